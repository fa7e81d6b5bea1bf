"""The people file: what ships, how organisations are written, who may hold what, and every fault at once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from datetime import date, time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.words.meeting import MeetingKind
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.structure import BodyKind
from commands.words.workgroup import GroupState
from config.faults import ConfigFaults
from config.people import EXAMPLE_YEAR, PeopleFile, load_people
from config.structure import load_structure

FOUR = Path(__file__).parents[1] / "data" / "structuur_vier.toml"


@pytest.fixture
def load(tmp_path: Path) -> Callable[..., PeopleFile]:
    def load(text: str, **more: object) -> PeopleFile:
        path = tmp_path / "p.toml"
        path.write_text(text, encoding="utf-8")
        return load_people(path, **more)  # type: ignore[arg-type]

    return load


@pytest.fixture
def faults_of(load: Callable[..., PeopleFile], tmp_path: Path) -> Callable[[str], list[str]]:
    def faults(text: str) -> list[str]:
        with pytest.raises(ConfigFaults) as found:
            load(text)
        return [str(fault).removeprefix(f"{tmp_path / 'p.toml'}:") for fault in found.value.faults]

    return faults


# -- what ships


@pytest.fixture(scope="module")
def year() -> PeopleFile:
    return load_people(None, load_structure("voorbeeldjaar"))


def test_the_example_year_has_its_people_rooms_groups_and_meetings(year: PeopleFile):
    assert (len(year.people), len(year.rooms), len(year.groups), len(year.meetings)) == (33, 9, 6, 13)
    assert load_people(EXAMPLE_YEAR) == load_people()


def test_the_example_year_names_functions_only(year: PeopleFile):
    assert {person.name for person in year.people} == {""}
    assert {person.id for person in year.people if person.external} == {
        "odnl.wg.1",
        "kennis.wg.1",
        "bedrijf.wg.1",
        "drinkwater.wg.1",
    }


def test_the_example_year_has_a_full_ao(year: PeopleFile):
    held = {(role.person, role.role, role.on_behalf_of) for role in year.roles if role.body == "AO"}
    assert ("rijk.ao.0", RoleName.CHAIR, "Rijk") in held
    assert ("rijk.secr.1", RoleName.SECRETARY, "Rijk") in held
    assert ("rijk.ao.1", RoleName.SUBSTANCE, "Rijk") in held
    assert Counter(role for _, role, _ in held)[RoleName.MEMBER] == 6
    secretary = next(role for role in year.roles if role.person == "rijk.secr.1")
    assert secretary.deputy == "rijk.secr.2"


def test_an_unfilled_function_has_two_stretches(year: PeopleFile):
    spans = [(role.start, role.end) for role in year.roles if role.person == "ipo.bo.1"]
    assert spans == [(date(2023, 6, 1), date(2027, 5, 31)), (date(2027, 6, 9), None)]


def test_the_groups_of_the_example_year_run_and_give_roles(year: PeopleFile):
    assert {group.state for group in year.groups} == {GroupState.ACTIVE}
    assert {group.parent for group in year.groups} == {"AO"}
    assert {group.code for group in year.groups if group.with_externals} == {
        "WG-PFAS",
        "WG-LOOD",
        "WG-STAAL",
        "PRG-KENNIS",
    }
    lood = [(role.person, role.role) for role in year.roles if role.body == "WG-LOOD"]
    assert lood == [("vng.wg.1", RoleName.CHAIR), ("kennis.wg.1", RoleName.EXTERNAL)]
    assert [role.role for role in year.roles if role.body == "PRG-SPOED"] == [RoleName.LEAD]


def test_ao_6_was_moved_to_9_september(year: PeopleFile):
    sixth = [meeting for meeting in year.meetings if meeting.body == "AO"][5]
    assert (sixth.day, sixth.start, sixth.end) == (date(2027, 9, 9), time(10), time(12))
    assert [m.day for m in year.meetings if m.kind is MeetingKind.REFLECTION] == [date(2027, 9, 28)]


# -- how things are written


def test_organisations_are_written_one_way_and_others_as_entered(load):
    people = load(
        '[[person]]\nid = "a"\norganisation = "RIJK"\n[[person]]\nid = "b"\norganisation = " uvw "\n'
        '[[person]]\nid = "c"\norganisation = "Omgevingsdienst Midden"\n'
    ).people
    assert [person.organisation for person in people] == ["Rijk", "UvW", "Omgevingsdienst Midden"]


@pytest.mark.parametrize("word", ["uwv", "UWV", "Uwv"])
def test_uwv_is_asked_about_and_never_mapped(faults_of, word):
    text = f'[[person]]\nid = "a"\norganisation = "{word}"\n'
    assert faults_of(text) == [
        f"3: person.a.organisation: {word} is no party here. Bedoel je UvW (Unie van Waterschappen)?"
    ]


def test_references_to_people_and_bodies_do_not_mind_case(load):
    made = load(
        '[[person]]\nid = "vng.ao.1"\norganisation = "VNG"\n'
        '[[role]]\nperson = "VNG.ao.1"\nbody = "ambtelijk overleg"\nrole = "Lid"\nfrom = "2027-01-01"\n'
    )
    (role,) = made.roles
    assert (role.person, role.body, role.role, role.on_behalf_of) == ("vng.ao.1", "AO", RoleName.MEMBER, "VNG")
    assert role.start == date(2027, 1, 1)


def test_a_group_takes_every_optional_key(load):
    made = load(
        '[[person]]\nid = "a"\norganisation = "VNG"\n'
        '[[group]]\ncode = "PRG-X"\nname = "X"\nchair = "a"\nmembers = ["a"]\nstart = 2027-01-01\nend = 2037-01-01\n'
        'task = "t"\nnot_task = "n"\nvalue = "v"\ntopic = "GRONDWATER"\ntrack = "aanjagen"\naliases = ["ix"]\n'
        "evaluate_by = 2027-06-01\nevaluated_on = 2027-05-01\nlast_feedback = 2027-04-01\nwith_externals = true\n"
        'state = "afronding"\n[[room]]\nbody = "IX"\nmatrix = "!r:x.example"\n'
    )
    (group,) = made.groups
    assert (group.kind, group.state, group.track) == (BodyKind.PROGRAMME, GroupState.WINDING_UP, Track.ENCOURAGE)
    assert (group.chair, group.members, group.with_externals, group.topic) == ("a", (), True, "grondwater")
    assert (group.evaluate_by, group.last_feedback) == (date(2027, 6, 1), date(2027, 4, 1))
    assert [(role.person, role.role) for role in made.roles] == [("a", RoleName.LEAD)]
    assert made.rooms[0].body == "PRG-X"


def test_the_chair_and_members_of_a_group_win_over_roles_that_say_the_same(load):
    made = load(
        '[[person]]\nid = "a"\norganisation = "VNG"\n[[person]]\nid = "b"\norganisation = "IPO"\n'
        '[[group]]\ncode = "WG-X"\nchair = "a"\nmembers = ["b"]\nstart = 2027-01-01\nend = 2027-02-01\n'
        '[[role]]\nperson = "a"\nbody = "WG-X"\nrole = "lid"\n[[role]]\nperson = "b"\nbody = "WG-X"\nrole = "lid"\n'
        '[[role]]\nperson = "b"\nbody = "WG-X"\nrole = "secretaris"\n'
    )
    assert [(role.person, role.role) for role in made.roles] == [
        ("b", RoleName.SECRETARY),
        ("a", RoleName.CHAIR),
        ("b", RoleName.MEMBER),
    ]


def test_a_group_longer_than_the_founding_maximum_is_imported(load):
    (group,) = load('[[group]]\ncode = "WG-X"\nstart = 2020-01-01\nend = 2030-01-01\n').groups
    assert group.end == date(2030, 1, 1)


def test_a_file_may_add_to_people_and_groups_that_are_known(load):
    text = '[[role]]\nperson = "a"\nbody = "wg-x"\nrole = "lid"\n'
    group = load('[[group]]\ncode = "WG-X"\nstart = 2027-01-01\nend = 2028-01-01\n').groups
    made = load(text, known_people=[Person("a", "VNG")], known_groups=group)
    assert (made.people, made.groups, made.roles[0].body) == ((), (), "WG-X")


def test_bodies_are_those_of_the_structure_that_is_given(load):
    structure = load_structure(FOUR)
    text = '[[person]]\nid = "a"\norganisation = "zuid"\n[[role]]\nperson = "a"\nbody = "kring"\nrole = "voorzitter"\n'
    assert load(text, structure=structure).roles[0].body == "Kring"
    with pytest.raises(ConfigFaults, match="AO is no body of the structure vierlagen"):
        load(text.replace("kring", "AO"), structure=structure)


# -- faults


def test_all_faults_come_at_once_each_with_line_and_name(faults_of):
    assert faults_of(
        """\
[[person]]
id = "a"
organisation = "VNG"
matrix = "@a:x.example"
deputy = "niemand"
vervanger = "b"

[[person]]
id = "A"
organisation = "IPO"
matrix = "@a:x.example"
until = 2027-01-01
from = 2027-02-01

[[role]]
person = "x"
body = "XO"
role = "baas"

[[room]]
body = "AO"

[[group]]
code = "AO"
chair = "y"
members = ["a", "z"]
state = "bezig"
start = 2027-02-01
end = 2027-01-01

[[meeting]]
body = "AO"
date = "morgen"
start = "12:00"
end = "10:00"
"""
    ) == [
        "5: person.a.deputy: niemand is no person of this file",
        "6: person.a.vervanger: is unknown here",
        "9: person.A.id: A stands here twice",
        "11: person.A.matrix: already belongs to person.a: one person for each chat address",
        "12: person.A.until: is before from",
        "16: role.x.person: x is no person of this file",
        "17: role.x.body: XO is no body of the structure bijlage4 and no group of this file",
        "18: role.x.role: must be one of voorzitter, secretaris, lid, inhoudelijk, extern, trekker, koepelcontact, "
        "connectielid, beheerder",
        "20: room.AO: has no address: give matrix, teams or both",
        "24: group.AO.code: AO already belongs to AO",
        "25: group.AO.chair: y is no person of this file",
        "26: group.AO.members: z is no person of this file",
        "27: group.AO.state: must be one of voorgesteld, ingesteld, actief, verlopen, afronding, opgeheven, "
        "beëindigd, opgegaan, afgewezen",
        "29: group.AO.end: is before start",
        "33: meeting.AO.date: must be a date such as 2027-01-14",
        "35: meeting.AO.end: is not after start",
    ]


PAIR = '[[person]]\nid = "r"\norganisation = "Rijk"\n[[person]]\nid = "v"\norganisation = "VNG"\nexternal = true\n'


def role(person: str, body: str, name: str, more: str = "") -> str:
    return f'[[role]]\nperson = "{person}"\nbody = "{body}"\nrole = "{name}"\n{more}'


@pytest.mark.parametrize(
    ("addition", "fault"),
    [
        (role("v", "DO", "voorzitter"), "11: role.v.role: v is external and can only be extern in DO (INV-20)"),
        (role("v", "AO", "voorzitter"), "11: role.v.role: the chair of AO comes from Rijk; v is VNG (R-043)"),
        (
            role("r", "AO", "inhoudelijk") + role("r", "ao", "voorzitter"),
            "15: role.r.role: r cannot be both voorzitter and inhoudelijk of AO (INV-18)",
        ),
        (role("r", "AO", "lid") + role("r", "AO", "lid"), "12: role.r: r has the role lid in AO already at that time"),
        (role("r", "AO", "lid", 'on_behalf_of = "uwv"\n'), "12: role.r.on_behalf_of: uwv is no party here. Bedoel je"),
        (role("r", "AO", "lid", "until = 2027-01-01T10:00:00\n"), "12: role.r.until: must be a date"),
        ('[[role]]\nbody = "AO"\n', "8: role.1.role: is missing"),
        ('[[person]]\nid = "q"\n', "8: person.q.organisation: is missing"),
        ('[[person]]\nid = "een twee"\norganisation = "VNG"\n', "9: person.een twee.id: must be one word"),
        ('[[person]]\nid = "q"\norganisation = "VNG"\nmatrix = "q"\n', "11: person.q.matrix: must be a Matrix id"),
        (
            '[[person]]\nid = "q"\norganisation = "VNG"\nteams = "q@x.y"\n',
            "11: person.q.teams: must be the Entra object id",
        ),
        ('[[person]]\nid = "q"\norganisation = "VNG"\ndeputy = "Q"\n', "11: person.q.deputy: is the person itself"),
        ('[[person]]\nid = "q"\norganisation = "VNG"\naddress = "gij"\n', "11: person.q.address: must be je or u"),
        ('[[room]]\nbody = "AO"\nmatrix = "ao"\n', "10: room.AO.matrix: must be a Matrix room"),
        ('[[room]]\nbody = "AO"\nteams = "AO Bodem"\n', "10: room.AO.teams: must be the id of a channel"),
        (
            '[[room]]\nbody = "AO"\nmatrix = "#x:y"\n[[room]]\nbody = "DO"\nmatrix = "#X:y"\n',
            "13: room.DO.matrix: already belongs to room.AO: one body for each chat address",
        ),
        (
            '[[room]]\nbody = "AO"\nmatrix = "#x:y"\n[[room]]\nbody = "AO"\nteams = "19:z@thread.tacv2"\n',
            "12: room.AO.body: AO has a room already",
        ),
        ('[[group]]\ncode = "WG-X"\nstart = 2027-01-01\n', "8: group.WG-X.end: is missing"),
        ('[[group]]\ncode = "WG-X"\nstart = 2027-01-01\nend = 2027-01-01\n', "11: group.WG-X.end: must be after start"),
        ('[[group]]\ncode = "WG-X"\nkind = "vast"\n', "10: group.WG-X.kind: must be werkgroep or programma"),
        (
            '[[meeting]]\nbody = "AO"\ndate = 2027-01-14\n[[meeting]]\nbody = "AO"\ndate = 2027-01-14\n',
            "13: meeting.AO.date: the AO has this meeting already",
        ),
        ("[people]\n", "8: people: is unknown here"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(faults_of, addition, fault):
    found = faults_of(PAIR + addition)
    assert [one for one in found if one.startswith(fault)], found


def test_chair_and_substance_after_each_other_is_no_fault(load):
    made = load(
        PAIR
        + role("r", "AO", "inhoudelijk", "until = 2027-06-30\n")
        + role("r", "AO", "voorzitter", "from = 2027-07-01\n")
    )
    assert len(made.roles) == 2


def test_an_external_may_be_extern_in_a_fixed_body_and_chair_a_group(load):
    made = load(
        PAIR
        + role("v", "AO", "extern")
        + '[[group]]\ncode = "WG-X"\nchair = "v"\nstart = 2027-01-01\nend = 2027-02-01\n'
    )
    assert [role.role for role in made.roles] == [RoleName.EXTERNAL, RoleName.CHAIR]
    assert made.groups[0].with_externals


# -- whatever the text, only ConfigFaults


KEYS = st.sampled_from(
    "id organisation matrix deputy external address from until person body role on_behalf_of code name kind chair "
    "members task start end state track aliases date round x".split()
)
WORDS = '"a" "b" "AO" "WG-X" "VNG" "uwv" "lid" "voorzitter" "@a:b" "" "u" 2027-01-14 2027-01-13 10:00:00 "11:00"'
SCALARS = st.sampled_from([*WORDS.split(), "1", "true", "nan", "[]", '["a"]', '["b", 1]', "{}", "{a = 1}"])
TABLES = st.lists(
    st.tuples(st.sampled_from("person role room group meeting".split()), st.dictionaries(KEYS, SCALARS, max_size=7)),
    max_size=6,
).map(lambda tables: "".join(f"[[{t}]]\n" + "".join(f"{k} = {v}\n" for k, v in body.items()) for t, body in tables))


def loads_or_says_why(load, text: str) -> bool:
    """True when it loads, or when each of its faults is one line; anything else that it raises fails the test."""
    try:
        load(text)
    except ConfigFaults as found:
        return bool(found.faults) and str(found).count("\n") + 1 == len(found.faults)
    return True


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=100), TABLES))
def test_no_text_crashes_the_loader(load, text: str):
    assert loads_or_says_why(load, text.encode("utf-8", "replace").decode())


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_the_example_year_crashes_the_loader(load, data: st.DataObject):
    text = files("config").joinpath("shipped", f"{EXAMPLE_YEAR}.toml").read_text(encoding="utf-8")
    at = data.draw(st.integers(0, len(text)))
    put = data.draw(st.sampled_from(['"', "", "[[group]]\n", "=", "\n"]))
    assert loads_or_says_why(load, text[:at] + put + text[at + data.draw(st.integers(0, 60)) :])


def test_a_person_may_begin_light_and_no_other_profile_exists(load, faults_of):
    one = '[[person]]\nid = "vng.ao.1"\norganisation = "VNG"\nprofile = "{}"\n'
    assert load(one.format("licht")).light == ("vng.ao.1",)
    assert load(one.split("profile")[0]).light == ()
    [fault] = faults_of(one.format("zwaar"))
    assert fault == "4: person.vng.ao.1.profile: must be licht"


# -- how people are addressed


def test_who_sits_only_where_people_are_addressed_with_u_is_addressed_so_unless_the_file_says_otherwise(
    load: Callable[..., PeopleFile],
) -> None:
    people = load(
        "".join(
            f'[[person]]\nid = "{id}"\norganisation = "{party}"\n{address}\n'
            for id, party, address in (
                ("directeur", "VNG", ""),
                ("je.directeur", "IPO", 'address = "je"'),
                ("secretaris", "Rijk", ""),
                ("beide", "UvW", ""),
                ("ambtenaar", "VNG", ""),
            )
        )
        + "".join(
            f'[[role]]\nperson = "{person}"\nbody = "{body}"\nrole = "{role}"\n'
            for person, body, role in (
                ("directeur", "DO", "lid"),
                ("je.directeur", "DO", "lid"),
                ("secretaris", "DO", "secretaris"),
                ("beide", "DO", "lid"),
                ("beide", "AO", "lid"),
                ("ambtenaar", "AO", "lid"),
            )
        )
    ).people
    assert {person.id: person.address for person in people} == {
        "directeur": "u",
        "je.directeur": "je",
        "secretaris": "je",
        "beide": "je",
        "ambtenaar": "je",
    }
