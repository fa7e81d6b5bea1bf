"""The structure file: what ships, what may differ, and every fault at once with its line."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, time
from importlib.resources import files
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from commands.words.structure import Body, BodyKind, Span
from config.faults import ConfigFaults, Fault
from config.lines import line_numbers
from config.structure import SHIPPED, load_structure

FOUR = Path(__file__).parents[1] / "data" / "structuur_vier.toml"

SMALL = """\
[[party]]
code = "Rijk"

[[body]]
code = "AO"
kind = "vast"
level = 1
"""


@pytest.fixture
def faults_of(tmp_path: Path) -> Callable[[str], list[str]]:
    """The faults of a structure text, as an operator reads them."""

    def faults(text: str) -> list[str]:
        path = tmp_path / "s.toml"
        path.write_text(text, encoding="utf-8")
        with pytest.raises(ConfigFaults) as found:
            load_structure(path)
        return [str(fault).removeprefix(f"{path}:") for fault in found.value.faults]

    return faults


# -- what ships


def test_the_default_is_bijlage4_with_three_tiers_and_six_connections():
    structure = load_structure()
    assert structure.name == "bijlage4"
    assert [(tier.code, tier.level, tier.parent) for tier in structure.tiers] == [
        ("AO", 1, "DO"),
        ("DO", 2, "BO"),
        ("BO", 3, None),
    ]
    assert [body.code for body in structure.connections] == ["WEB", "BOOG", "ODNL", "B+", "Platform", "UvW-netwerk"]
    assert [party.code for party in structure.parties] == ["Rijk", "VNG", "IPO", "UvW"]


def test_the_default_has_the_numbers_of_the_requirements():
    ao, do, bo = load_structure().tiers
    assert (ao.regular_per_year, do.regular_per_year, do.reflection_per_year, bo.regular_per_year) == (6, 2, 1, 2)
    assert [(b.lead.papers, b.lead.digest, b.lead.update) for b in (ao, do, bo)] == [(5, 4, 1), (7, 6, 2), (10, 9, 1)]
    assert [(b.lead.words, b.lead.chair_words, b.lead.items) for b in (ao, do, bo)] == [
        (400, 150, 10),
        (300, 120, 6),
        (300, 150, 5),
    ]
    assert (do.reflection_lead.papers, do.reflection_lead.digest, do.reflection_lead.update) == (10, 9, None)
    assert [(b.address, b.discreet, b.chair_from) for b in (ao, do, bo)] == [
        ("je", False, ("Rijk",)),
        ("u", True, ()),
        ("u", True, ()),
    ]


def test_the_shipped_thresholds_are_those_of_the_code():
    from commands.words.structure import Thresholds

    assert load_structure().thresholds == Thresholds()


def test_no_connection_ships_with_an_umbrella():
    assert {body.umbrella for body in load_structure().connections} == {None}


def test_b_plus_is_also_found_as_bodem_plus_in_any_case():
    body = load_structure().body(" bodem+ ")
    assert body is not None
    assert body.code == "B+"


def test_the_example_year_says_only_what_differs():
    year, default = load_structure("voorbeeldjaar"), load_structure()
    assert year.name == "voorbeeldjaar"
    assert year.filter.regular_per_year == 8
    assert year.thresholds.floating == Span(14)
    assert year.thresholds.action_on_the_day
    assert year.thresholds.action_overdue == tuple(Span(n, "werkdagen") for n in (1, 5, 10))
    assert (year.parties, year.connections, year.topics) == (default.parties, default.connections, default.topics)
    assert year.filter.chair_from == ("Rijk",)


def test_the_example_year_has_its_calendar():
    periods = load_structure("voorbeeldjaar").calendar.periods
    kinds = [period.kind for period in periods]
    assert {kind: kinds.count(kind) for kind in kinds} == {
        "vakantie": 10,
        "reces": 5,
        "vergadervrij": 7,
        "stilte": 3,
        "bijzonder": 2,
    }
    summer = next(period for period in periods if period.kind == "stilte" and period.start.month == 7)
    assert (summer.start, summer.end) == (date(2027, 7, 24), date(2027, 8, 22))


def test_four_tiers_with_other_names_load():
    structure = load_structure(FOUR)
    assert [tier.code for tier in structure.tiers] == ["Kring", "Staf", "Raad", "Top"]
    assert structure.filter.chair_from == ("Noord", "Zuid")
    assert structure.tiers[2].parent == "Top"
    assert structure.tiers[3].lead.update is None
    assert structure.connections[0].umbrella == "Noord"
    assert structure.thresholds.floating == Span(7)
    assert structure.thresholds.action_overdue == ()
    assert structure.thresholds.send_at == time(7, 45)
    assert structure.bot_name == "Gespreksbot"


def test_a_file_without_a_name_is_called_after_the_file(tmp_path: Path):
    path = tmp_path / "klein.toml"
    path.write_text(SMALL)
    structure = load_structure(path)
    assert structure.name == "klein"
    assert structure.filter.kind is BodyKind.FIXED


# -- faults


def test_all_faults_come_at_once_each_with_line_and_name(faults_of):
    assert faults_of(
        """\
[[party]]
code = "Rijk"

[[body]]
code = "AO"
kind = "vast"
level = 1
parent = "DO"
chair_from = ["KNMI"]
einddatum = 2027-12-31

[[body]]
code = "DO"
kind = "vast"
level = 3
end = 2027-12-31
aliases = ["ao"]

[thresholds]
floating = {weken = 2}
send_at = "half negen"
titel_least = 3
"""
    ) == [
        "7: body.AO.level: must be one below its parent's: DO is on level 3",
        "9: body.AO.chair_from: KNMI is no party of this structure",
        "10: body.AO.einddatum: is unknown here",
        "16: body.DO.end: is not for here: a standing body has no start and no end (R-009)",
        "17: body.DO.aliases: ao also belongs to AO",
        "20: thresholds.floating: must be {dagen = 14} or {werkdagen = 10}, with a number from 1 to 5000",
        '21: thresholds.send_at: must be a time such as "10:00"',
        "22: thresholds.titel_least: is unknown here; did you mean title_least?",
    ]


@pytest.mark.parametrize(
    ("addition", "fault"),
    [
        ('[[body]]\ncode = "ao"\nkind = "vast"\nlevel = 2\n', "9: body.ao.code: stands here twice"),
        ('[[body]]\ncode = "DO"\nkind = "vast"\nlevel = 2\n', "4: body.AO.parent: is missing: DO is the top already"),
        ('[[body]]\ncode = "DO"\nkind = "vast"\nlevel = 1\n', "11: body.DO.level: is taken by AO"),
        ('[[body]]\ncode = "DO"\nkind = "tak"\n', "10: body.DO.kind: must be one of vast"),
        ('[[body]]\ncode = "DO"\nkind = "vast"\n', "8: body.DO.level: is missing"),
        ('[[body]]\ncode = "DO"\nlevel = 2\n', "8: body.DO.kind: is missing: vast or connectie"),
        (
            '[[body]]\ncode = "WG-X"\nkind = "werkgroep"\n',
            "10: body.WG-X.kind: must be vast or connectie: running groups",
        ),
        ('[[body]]\ncode = "WEB"\nkind = "connectie"\nlevel = 1\n', "11: body.WEB.level: is for a fixed body"),
        ('[[body]]\ncode = "WEB"\nkind = "connectie"\numbrella = "FNV"\n', "11: body.WEB.umbrella: FNV is no party"),
        ('[[body]]\nkind = "connectie"\n', "8: body.2.code: is missing"),
        ('[[body]]\ncode = "twee woorden"\nkind = "connectie"\n', "9: body.twee woorden.code: must be one word"),
        ('[[party]]\ncode = "RIJK"\n', "9: party.RIJK.code: stands here twice"),
        ('[misread_parties]\nuwv = "UvW"\n', "9: misread_parties.uwv: UvW is no party"),
        ('[misread_parties]\nrijk = "Rijk"\n', "9: misread_parties.rijk: is itself a party"),
        (
            '[[period]]\nname = "x"\nkind = "stilte"\nstart = 2027-02-01\nend = 2027-01-01\n',
            "12: period.x.end: is before",
        ),
        (
            '[[period]]\nname = "x"\nkind = "stilte"\nstart = 2027-02-01\nend = 2030-01-01\n',
            "12: period.x.end: is more",
        ),
        (
            '[[period]]\nname = "x"\nkind = "feest"\nstart = 2027-02-01\nend = 2027-02-01\n',
            "10: period.x.kind: must be",
        ),
        (
            '[[period]]\nname = "x"\nkind = "vrij"\nparty = "X"\ndays = [2027-02-01]\n',
            "11: period.x.party: X is no party",
        ),
        (
            '[[period]]\nname = "x"\nkind = "vrij"\nstart = 2027-02-01\ndays = [2027-02-01]\n',
            "12: period.x.days: stands",
        ),
        ('[[period]]\nname = "x"\nkind = "vrij"\ndays = ["morgen"]\n', "11: period.x.days: must be a list of dates"),
        ("[thresholds]\naction_before = {dagen = 1}\n", "9: thresholds.action_before: must be a list"),
        ("[thresholds]\nstrategy_share = 101\n", "9: thresholds.strategy_share: is a percentage"),
        ("[thresholds]\ntitle_least = 500\n", "9: thresholds.title_least: is more than title_most"),
        ("[thresholds]\nundo_minutes = true\n", "9: thresholds.undo_minutes: must be a whole number"),
        ("[body.lead]\npapers = 3\n", "8: body.AO.lead.digest: goes out before the papers are due"),
        ("[body.lead]\nupdate = 4\n", "9: body.AO.lead.update: must be nearer"),
        ("[body.lead]\nupdate = true\n", "9: body.AO.lead.update: must be a whole number"),
        ("[boddy]\n", "8: boddy: is unknown here; did you mean body?"),
    ],
)
def test_what_is_wrong_is_said_at_its_line(faults_of, addition, fault):
    found = faults_of(SMALL + addition)
    assert [one for one in found if one.startswith(fault)], found


@pytest.mark.parametrize(
    ("text", "fault"),
    [
        ("", "body: is missing: a structure has at least one fixed body"),
        (SMALL.replace("level = 1", "level = 2"), "7: body.AO.level: of the lowest tier is 1"),
        (SMALL + 'parent = "AO"\n', "8: body.AO.parent: is the body itself"),
        (SMALL + 'parent = "XO"\n', "8: body.AO.parent: XO is no body of this structure"),
        ('extends = "bijlage5"\n' + SMALL, "1: extends: must be the name of a shipped structure"),
        ('naam = "x\n', "1: is no TOML: "),
        ('a = 1\nb = """\n', "2: is no TOML: "),
        ("a = 1\na = 2\n", "2: is no TOML: Cannot overwrite a value"),
        ("[" * 3000, ""),
    ],
)
def test_a_file_that_is_no_structure_says_so(faults_of, text, fault):
    assert any(fault in one for one in faults_of(text)), faults_of(text)


def test_a_round_of_parents_is_a_fault(faults_of):
    text = SMALL + 'parent = "DO"\n[[body]]\ncode = "DO"\nkind = "vast"\nlevel = 2\nparent = "AO"\n'
    assert "13: body.DO.parent: goes round: one fixed body has no parent, the top" in faults_of(text)


def test_what_extends_a_shipped_structure_is_checked_as_a_whole(faults_of):
    assert faults_of('extends = "bijlage4"\n[[body]]\ncode = "do"\naliases = ["WEB"]\nlevel = 3\n')[2:] == [
        "4: body.do.aliases: WEB also belongs to WEB",
        "5: body.do.level: must be one below its parent's: BO is on level 3",
    ]


def test_a_missing_file_and_one_that_is_no_text_are_faults(tmp_path: Path):
    (tmp_path / "raar.toml").write_bytes(b"a = 1\nb = '\xff'\n")
    for name, message in (
        ("geen.toml", "geen.toml: No such file or directory"),
        ("raar.toml", "raar.toml:2: is not UTF"),
    ):
        with pytest.raises(ConfigFaults) as found:
            load_structure(tmp_path / name)
        assert message in str(found.value)


# -- lines


def test_lines_are_found_past_texts_lists_and_tables_that_look_like_others():
    text = (
        'one = """\n[no]\nkey = 1\n"""\r\n'
        "two = [\n  1, # ] [no]\n  {a = ']'},\n]\n"
        "[table]\n\"quoted.key\" = '''\n[[no]]'''\na.b = 1\n"
        "[[list]]\nx = 1\n[list.inner]\ny = 2\n[[list]]\n  x = 3\n[[list.deep]]\nz = 1\n"
    )
    assert line_numbers(text) == {
        ("one",): 1,
        ("two",): 5,
        ("table",): 9,
        ("table", "quoted.key"): 10,
        ("table", "a", "b"): 12,
        ("list", 0): 13,
        ("list", 0, "x"): 14,
        ("list", 0, "inner"): 15,
        ("list", 0, "inner", "y"): 16,
        ("list", 1): 17,
        ("list", 1, "x"): 18,
        ("list", 1, "deep", 0): 19,
        ("list", 1, "deep", 0, "z"): 20,
    }


# -- whatever the text, only ConfigFaults


WORDS = (
    "name",
    "extends",
    "topics",
    "party",
    "body",
    "period",
    "thresholds",
    "misread_parties",
    "code",
    "kind",
    "level",
)
MORE = (
    "parent",
    "aliases",
    "chair_from",
    "lead",
    "update",
    "papers",
    "floating",
    "action_overdue",
    "start",
    "end",
    "x",
)
SCALARS = st.one_of(
    st.sampled_from(('"AO"', '"vast"', '"connectie"', '"Rijk"', '""', '"bijlage4"', '"uwv"', "2027-01-14", "08:30:00")),
    st.sampled_from(("true", "false", "nan", "inf", "1e400", "2027-01-14T08:30:00Z", "[]", "{}", "{dagen = 3}")),
    st.integers().map(str),
)
VALUES = st.recursive(
    SCALARS,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3).map(lambda all: f"[{', '.join(all)}]"),
        st.dictionaries(st.sampled_from(WORDS + MORE), inner, max_size=3).map(
            lambda all: "{" + ", ".join(f"{key} = {value}" for key, value in all.items()) + "}"
        ),
    ),
    max_leaves=8,
)
TABLES = st.lists(
    st.tuples(
        st.sampled_from(
            ("[[body]]", "[[party]]", "[[period]]", "[body.lead]", "[thresholds]", "[misread_parties]", "")
        ),
        st.dictionaries(st.sampled_from(WORDS + MORE), VALUES, max_size=5),
    ),
    max_size=5,
).map(lambda tables: "".join(f"{head}\n" + "".join(f"{k} = {v}\n" for k, v in body.items()) for head, body in tables))


def loads_or_says_why(path: Path, text: str) -> None:
    path.write_text(text, encoding="utf-8", newline="", errors="surrogatepass")
    faults: tuple[Fault, ...] = ()
    try:
        assert load_structure(path).tiers[0].level == 1
    except ConfigFaults as found:
        faults = found.faults or (Fault("no faults\n", None, "", ""),)
    assert all("\n" not in str(fault) for fault in faults)


@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(text=st.one_of(st.text(max_size=200), TABLES))
def test_no_text_crashes_the_loader(tmp_path: Path, text: str):
    loads_or_says_why(tmp_path / "s.toml", text)


@settings(max_examples=150, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(data=st.data())
def test_no_damage_to_a_shipped_structure_crashes_the_loader(tmp_path: Path, data: st.DataObject):
    text = (
        files("config").joinpath("shipped", f"{data.draw(st.sampled_from(SHIPPED))}.toml").read_text(encoding="utf-8")
    )
    at = data.draw(st.integers(0, len(text)))
    upto = at + data.draw(st.integers(0, 40))
    loads_or_says_why(tmp_path / "s.toml", text[:at] + data.draw(st.text(max_size=5)) + text[upto:])


def test_a_structure_may_name_a_template_of_its_own_for_programmes(tmp_path: Path) -> None:
    (tmp_path / "gebied.toml").write_text(
        'name = "gebiedsproces"\n[[body]]\ncode = "KERN"\nname = "Kernteam"\nseat = "stuurgroep"\n', encoding="utf-8"
    )
    file = tmp_path / "structuur.toml"
    file.write_text('extends = "bijlage4"\ntemplates = ["gebied.toml", "uitvoeringsprogramma"]\n', encoding="utf-8")
    assert [one.name for one in load_structure(file).templates] == ["gebiedsproces", "uitvoeringsprogramma"]
    file.write_text('extends = "bijlage4"\ntemplates = ["weg.toml"]\n', encoding="utf-8")
    with pytest.raises(ConfigFaults, match=r"weg\.toml"):
        load_structure(file)


def test_a_structure_says_why_it_differs_and_no_other_inherits_that(tmp_path: Path):
    path = tmp_path / "s.toml"
    path.write_text('extends = "bijlage4"\nbecause = "acht keer was te veel"\n', encoding="utf-8")
    assert load_structure(path).because == "acht keer was te veel"
    assert load_structure("bijlage4").because == ""


# -- the article of a body
@pytest.mark.parametrize(
    ("code", "name", "the"),
    [
        ("AO", "Ambtelijk overleg", "het AO"),
        ("Stuurgroep", "Stuurgroep", "de Stuurgroep"),
        ("SG", "Stuurgroep bodem", "de SG"),
        ("Commissie", "Commissie", "de Commissie"),
        ("Raad", "Directieraad", "de Raad"),
        ("Beraad", "Beraad", "het Beraad"),
        ("RG", "Regiegroep", "de RG"),
        ("Tafel", "Tafel water", "de Tafel"),
        ("XYZ", "XYZ", "het XYZ"),
    ],
)
def test_the_article_of_a_body_follows_from_what_it_is_called(tmp_path: Path, code: str, name: str, the: str) -> None:
    assert _alone(tmp_path, f'code = "{code}"\nname = "{name}"').the == the


def test_an_operator_says_the_article_where_the_name_does_not(tmp_path: Path) -> None:
    assert _alone(tmp_path, 'code = "XYZ"\narticle = "de"').the == "de XYZ"
    assert _alone(tmp_path, 'code = "Kerngroep"\narticle = "het"').capital == "Het Kerngroep"


def test_an_article_that_is_none_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigFaults, match="article"):
        _alone(tmp_path, 'code = "XYZ"\narticle = "een"')


def _alone(folder: Path, body: str) -> Body:
    path = folder / "klein.toml"
    path.write_text(f'name = "k"\n[[party]]\ncode = "Noord"\n[[body]]\n{body}\nkind = "vast"\nlevel = 1\n', "utf-8")
    return load_structure(path).filter
