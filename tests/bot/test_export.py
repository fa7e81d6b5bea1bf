"""`export json`: one document that follows the schema we publish, the same every time, without chat addresses."""

from __future__ import annotations

import io
import json
from argparse import Namespace
from collections.abc import Callable
from datetime import date, datetime
from enum import StrEnum
from pathlib import Path
from typing import Any

import jsonschema
import pytest

from bot.doors import DoorError, export
from bot.doors.opening import simulation
from bot.testing import TestBot, opened
from commands.kit.ports import Change
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Answer, Consultation
from commands.words.decision import StandKind
from commands.words.helping import HelpRequest, HelpState, Success
from commands.words.meeting import AgendaItem, ItemState, MeetingKind, MeetingState, Nature
from commands.words.minutes import Bulletin, BulletinKind, BulletinState, Correction, CorrectionState
from commands.words.people import RoleName
from commands.words.poll import Poll, PollKind, PollState
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.record import Feedback
from commands.words.signal import Brief, Horizon, PolicyChange, SignalKind, SignalState, Track
from commands.words.workgroup import GroupState
from storage.database import Database
from storage.export import CHUNK
from storage.store import SqlStore

SCHEMA = json.loads((Path(__file__).parents[2] / "docs" / "register.schema.json").read_text(encoding="utf-8"))
ARRAYS = [
    "signals",
    "proposals",
    "actions",
    "meetings",
    "agenda_items",
    "decisions",
    "agreements",
    "attention_points",
    "mandates",
    "workgroups",
    "evaluations",
    "corrections",
    "bulletins",
    "consultations",
    "help_requests",
    "successes",
    "polls",
    "people",
    "roles",
]
NOON = datetime(2027, 7, 1, 12, 0, tzinfo=AMSTERDAM)


def exported(database: Database) -> str:
    out = io.StringIO()
    database.work(lambda session: export.write(session, out))
    return out.getvalue()


def checked(database: Database) -> dict[str, Any]:
    document: dict[str, Any] = json.loads(exported(database))
    jsonschema.Draft202012Validator(SCHEMA, format_checker=jsonschema.FormatChecker()).validate(document)
    return document


def with_everything(bot: TestBot) -> None:
    """One of every kind of record, put into the register by hand."""
    bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")

    def put(session: Any) -> None:
        store, change = SqlStore(session), Change("rijk.secr.1", NOON, "met de hand", "console:m9")
        brief = Brief("Het raakt alle partijen", "Een tijdelijk kader toestaan", "Geld")
        for record in (
            Action("ACT-2027-001", "Stukken sturen", "vng.ao.2", "VNG", date(2027, 2, 5), date(2027, 1, 29), "AO",
                   ActionState.OPEN, "rijk.secr.1", NOON, Track.HOLD, "SIG-2027-001", 1),
            Proposal("VST-2027-001", ProposalKind.ESCALATE, "SIG-2027-001", "vng.ao.2", "raakt alle partijen", "AO",
                     ProposalState.SUBMITTED, NOON, "DO", brief),
            AgendaItem("AGP-2027-001", "VRG-AO-2027-01", 1, "Baggerdepots", Nature.DECIDE, Horizon.CURRENT, "vng.ao.2",
                       "VNG", signals=("SIG-2027-001",), minutes=10),
            Feedback("TRK-2027-001", "SIG-2027-001", "vng.ao.2", "Zit in het kader", "rijk.secr.1", NOON),
            Correction("COR-2027-001", "VRG-AO-2027-01", "AGP-2027-001", "Het IPO was erbij", "ipo.ao.1", NOON),
            Bulletin("TRK-2027-002", "VRG-AO-2027-01", BulletinKind.UPWARD, "DO", "Twee besluiten", "rijk.secr.1",
                     NOON),
            Success("SUC-2027-001", "Bodemdaling samen aangepakt", "Waterschap-X", "uvw.ao.1", NOON),
            Consultation("RPL-2027-001", "Steunt u een tijdelijk kader?", ("VNG", "IPO"), date(2027, 3, 1), "AO",
                         "VRG-AO-2027-02", "rijk.secr.1", NOON, "SIG-2027-001",
                         answers=(Answer("VNG", StandKind.AGREES, "mits er geld komt", "vng.ao.2", NOON, heard=12,
                                         asked=40),)),
            HelpRequest("HV-2027-001", "Wie kent bodemdaling?", "uvw.ao.1", NOON, topic="bodemdaling",
                        matches=("vng.ao.2",)),
            Poll("PEI-2027-001", PollKind.ENERGY, "WG-STAAL", "1", date(2027, 7, 1), date(2027, 7, 15), 6),
        ):  # fmt: skip
            store.put(record, change)

    bot.simulation.database.work(put)


def test_an_empty_register_is_a_document_with_all_arrays() -> None:
    database = opened("sqlite://")
    document = checked(database)
    database.close()
    assert document == {name: [] for name in ARRAYS}


def test_the_document_follows_the_published_schema_with_one_of_everything(bot: TestBot) -> None:
    with_everything(bot)
    document = checked(bot.simulation.database)
    assert list(document) == ARRAYS
    filled = {name for name in ARRAYS if document[name]}
    assert filled == set(ARRAYS) - {"decisions", "agreements", "attention_points", "mandates"}


def test_a_signal_has_the_keys_that_were_promised_and_its_history(bot: TestBot) -> None:
    with_everything(bot)
    [signal] = checked(bot.simulation.database)["signals"]
    assert (
        signal.items()
        >= {
            "id": "SIG-2027-001",
            "title": "Baggerdepots zitten vol",
            "state": "ingediend",
            "lies_with": "AO",
            "owner": "AO",
            "raised_by": ["vng.ao.2"],
            "on_behalf_of": "VNG",
            "topic": None,
            "kind": None,
            "horizon": None,
            "track": "onbepaald",
            "merged_into": None,
            "filed_at": "2027-01-11T09:00:00+01:00",
        }.items()
    )
    assert signal["history"] == [
        {
            "at": "2027-01-11T09:00:00+01:00",
            "by": "vng.ao.2",
            "from": None,
            "to": "ingediend @AO",
            "why": "",
            "source": "console:in1",
        }
    ]
    assert [one["text"] for one in signal["feedback"]] == ["Zit in het kader"]


def test_an_action_and_a_group_have_the_keys_that_were_promised(bot: TestBot) -> None:
    with_everything(bot)
    document = checked(bot.simulation.database)
    assert (
        document["actions"][0].items()
        >= {
            "id": "ACT-2027-001",
            "text": "Stukken sturen",
            "holder": "vng.ao.2",
            "on_behalf_of": "VNG",
            "due": "2027-02-05",
            "state": "open",
            "postponed": 1,
            "body": "AO",
            "signal": "SIG-2027-001",
            "made_at": "2027-07-01T12:00:00+02:00",
        }.items()
    )
    lead = next(one for one in document["workgroups"] if one["id"] == "WG-LOOD")
    assert lead.items() >= {"chair": "vng.wg.1", "start": "2025-10-09", "end": "2027-03-31", "state": "actief"}.items()


def test_every_array_is_sorted_by_id_and_the_text_is_the_same_every_time(bot: TestBot) -> None:
    for title in ("Sloten groeien dicht", "Bronnen drogen uit"):
        bot.say("uvw.ao.1", f"!signaal {title}")
    with_everything(bot)
    document = checked(bot.simulation.database)
    for name in ARRAYS:
        ids = [one["id"] for one in document[name]]
        assert ids == sorted(set(ids)), name
    assert exported(bot.simulation.database) == exported(bot.simulation.database)


def test_names_and_chat_addresses_stay_in_the_register(bot: TestBot) -> None:
    text = exported(bot.simulation.database)
    assert "overleg.example" not in text
    assert "00000000-0000-4000-8000" not in text


def test_more_than_fits_in_one_chunk_comes_out_whole(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    [filed] = bot.say("vng.ao.2", "!signaal Baggerdepots zitten vol")

    def many(session: Any) -> None:
        store = SqlStore(session)
        for n in range(2 * CHUNK + 3):
            action = Action(f"ACT-2027-{n:03d}", "Doen", "vng.ao.2", "VNG", NOON.date(), NOON.date(), "AO",
                            ActionState.OPEN, "vng.ao.2", NOON)  # fmt: skip
            store.put(action, Change("vng.ao.2", NOON))

    bot.simulation.database.work(many)
    actions = json.loads(exported(bot.simulation.database))["actions"]
    assert len({one["id"] for one in actions}) == 2 * CHUNK + 3
    assert all(len(one["history"]) == 1 for one in actions)
    assert filed.kind == "reply"


ENUMS: list[tuple[str, str, type[StrEnum]]] = [
    ("signal", "state", SignalState),
    ("signal", "kind", SignalKind),
    ("signal", "policy_change", PolicyChange),
    ("proposal", "kind", ProposalKind),
    ("proposal", "state", ProposalState),
    ("action", "state", ActionState),
    ("meeting", "kind", MeetingKind),
    ("meeting", "state", MeetingState),
    ("agenda_item", "nature", Nature),
    ("agenda_item", "state", ItemState),
    ("workgroup", "state", GroupState),
    ("help_request", "state", HelpState),
    ("poll", "kind", PollKind),
    ("poll", "state", PollState),
    ("correction", "state", CorrectionState),
    ("bulletin", "kind", BulletinKind),
    ("bulletin", "state", BulletinState),
    ("role", "role", RoleName),
]


@pytest.mark.parametrize(("name", "key", "kind"), ENUMS)
def test_the_schema_knows_every_state_and_no_other(name: str, key: str, kind: type[StrEnum]) -> None:
    allowed = SCHEMA["$defs"][name]["properties"][key]["enum"]
    assert {one for one in allowed if one is not None} == {str(member) for member in kind}


def test_the_schema_knows_every_track_and_horizon() -> None:
    assert set(SCHEMA["$defs"]["track"]["enum"]) == {str(track) for track in Track}
    assert set(SCHEMA["$defs"]["horizon"]["enum"]) == {str(horizon) for horizon in Horizon}


def test_the_schema_itself_is_one_and_refuses_what_it_does_not_know(bot: TestBot) -> None:
    jsonschema.Draft202012Validator.check_schema(SCHEMA)
    document = checked(bot.simulation.database)
    document["people"][0]["matrix"] = "@vng.ao.2:overleg.example"
    with pytest.raises(jsonschema.ValidationError, match="matrix"):
        jsonschema.validate(document, SCHEMA)


# --- without a name --------------------------------------------------------------------------------------------------
def request(bot: TestBot, number: int = 1) -> dict[str, Any]:
    found: dict[str, dict[str, Any]] = {one["id"]: one for one in checked(bot.simulation.database)["help_requests"]}
    return found[f"HV-2027-{number:03d}"]


@pytest.fixture
def listed(bot: TestBot) -> TestBot:
    """Two people can be found for PFAS."""
    for person in ("vng.ao.1", "ipo.ao.1"):
        bot.say(person, "!wieweet ik PFAS", room="dm")
    return bot


def test_a_request_for_help_says_who_asked_and_who_was_found_but_not_who_was_asked(listed: TestBot) -> None:
    listed.say("uvw.ao.1", "!hulpvraag Wie kent PFAS in grondwater?", room="dm")
    listed.say("vng.ao.1", "ja", room="dm")
    told = request(listed)
    assert (told["by"], told["text"], told["topic"]) == ("uvw.ao.1", "Wie kent PFAS in grondwater?", "PFAS")
    assert (told["asked"], told["willing"], told["met"], told["in_touch"]) == (2, 1, 0, [])
    assert [row["by"] for row in told["history"]] == ["uvw.ao.1", "anoniem"]
    assert not any(person in json.dumps(told) for person in ("vng.ao.1", "ipo.ao.1"))
    listed.say("uvw.ao.1", "ja", room="dm")
    told = request(listed)
    assert (told["state"], told["met"], told["in_touch"]) == ("in contact", 1, ["vng.ao.1"])


def test_a_request_without_a_name_cannot_be_traced_by_person_message_moment_or_helper(listed: TestBot) -> None:
    """Whoever has the whole document finds nothing in it that joins the request to a person (R-186, INV-36)."""
    several = "!hulpvraag anoniem Wie kent PFAS in grondwater?\n!signaal Baggerdepots zitten vol"
    listed.say("uvw.ao.1", several, room="dm")
    listed.say("vng.ao.1", "ja", room="dm")
    listed.say("uvw.ao.1", "ja", room="dm")
    told = request(listed)
    assert (told["by"], told["anonymous"], told["asked"], told["met"]) == (None, True, 2, 1)
    document = checked(listed.simulation.database)
    people = {one["id"] for one in document["people"]}
    assert not {word for word in people if f'"{word}"' in json.dumps(told)}
    [signal] = document["signals"]
    elsewhere = {signal["filed_at"], *(row["at"] for row in signal["history"])}
    here = {told["asked_at"], *(row["at"] for row in told["history"])}
    assert here == {"2027-01-11T00:00:00+01:00"}
    assert not here & elsewhere
    assert {row["source"] for row in told["history"]} == {None}


def test_a_request_without_a_name_that_became_a_signal_is_only_that_signal(listed: TestBot) -> None:
    listed.say("uvw.ao.1", "!hulpvraag anoniem Wie kent PFAS in grondwater?", room="dm")
    listed.say("uvw.ao.1", "!hulpvraag 1 doorzetten", room="dm")
    listed.say("uvw.ao.1", "ja", room="dm")
    document = checked(listed.simulation.database)
    assert document["help_requests"] == []
    assert [(one["title"], one["raised_by"]) for one in document["signals"]] == [
        ("Wie kent PFAS in grondwater?", ["uvw.ao.1"])
    ]
    assert "HV-2027" not in json.dumps(document)


def put_poll(session: Any, kind: PollKind, answers: tuple[str, ...]) -> None:
    """A poll of six people that closes on 20 January, with these answers."""
    store = SqlStore(session)
    poll = Poll("PEI-2027-001", kind, "WG-STAAL", "1", date(2027, 1, 11), date(2027, 1, 20), 6)
    store.put(poll, Change("overlegbot", NOON))
    for person, answer in zip(("vng.wg.1", "ipo.wg.1", "uvw.ao.1", "vng.ao.1", "ipo.ao.1"), answers, strict=False):
        store.keep_polled(poll.id, person, answered=True)
        store.add_voice(poll.id, "antwoord", answer)


def polled(bot: TestBot, kind: PollKind, answers: tuple[str, ...]) -> dict[str, Any]:
    """What is told of that poll."""
    bot.simulation.database.work(lambda session: put_poll(session, kind, answers))
    [told] = checked(bot.simulation.database)["polls"]
    assert not any(one["id"] in json.dumps(told) for one in checked(bot.simulation.database)["people"])
    one: dict[str, Any] = told
    return one


def test_a_poll_tells_what_was_said_together_only_after_its_last_day(bot: TestBot) -> None:
    told = polled(bot, PollKind.ENERGY, ("2", "3", "4", "4"))
    assert (told["asked"], told["answered"], told["mean"], told["counts"]) == (6, 4, None, None)
    bot.until(datetime(2027, 1, 20, 23, 0, tzinfo=AMSTERDAM))
    [told] = checked(bot.simulation.database)["polls"]
    assert told["mean"] is None
    bot.until(datetime(2027, 1, 21, 9, 0, tzinfo=AMSTERDAM))
    [told] = checked(bot.simulation.database)["polls"]
    assert (told["mean"], told["counts"]) == (3.2, None)


def test_three_answers_are_told_as_three_and_no_more(bot: TestBot) -> None:
    bot.until(datetime(2027, 1, 21, 9, 0, tzinfo=AMSTERDAM))
    told = polled(bot, PollKind.WORTH, ("ja", "ja", "nee"))
    assert (told["answered"], told["mean"], told["counts"]) == (3, None, None)


def test_whether_a_meeting_was_worth_it_is_told_by_count(bot: TestBot) -> None:
    bot.until(datetime(2027, 1, 21, 9, 0, tzinfo=AMSTERDAM))
    told = polled(bot, PollKind.WORTH, ("ja", "ja", "nee", "ja"))
    assert (told["mean"], told["counts"]) == (None, {"nee": 1, "deels": 0, "ja": 3})


# --- the door --------------------------------------------------------------------------------------------------------
@pytest.fixture
def url(tmp_path: Path) -> str:
    return f"sqlite:///{tmp_path}/register.db"


def test_the_door_prints_the_register_of_a_file_and_leaves_it_alone(
    url: str, capsys: pytest.CaptureFixture[str]
) -> None:
    database = opened(url)
    made = simulation(database, None, None)
    list(made.pass_time(NOON))
    expected = exported(database)
    database.close()
    assert export.main(Namespace(database=url, config=None)) == 0
    assert capsys.readouterr().out == expected


def test_a_register_that_is_being_written_can_be_read_meanwhile(url: str) -> None:
    database = opened(url)
    with database.session() as writing:
        SqlStore(writing).know_body("AO", "vast")
        reader = Database(url, read_only=True)
        assert json.loads(exported(reader))["people"] == []
        reader.close()
    database.close()


@pytest.mark.parametrize("what", ["nothing", "empty", "text"])
def test_what_is_no_register_is_one_line_with_code_3(what: str, url: str, tmp_path: Path) -> None:
    file = tmp_path / "register.db"
    if what != "nothing":
        file.write_bytes(b"" if what == "empty" else b"geen database, maar wel een heel bestand vol met gewone tekst\n")
    before = file.read_bytes() if file.exists() else None
    with pytest.raises(DoorError, match="database") as failure:
        export.main(Namespace(database=url, config=None))
    assert failure.value.code == 3
    assert (file.read_bytes() if file.exists() else None) == before


def test_the_door_shows_answers_from_as_many_as_the_structure_of_the_settings_says(
    url: str, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    database = opened(url)
    made = simulation(database, None, None)
    list(made.pass_time(datetime(2027, 1, 21, 9, 0, tzinfo=AMSTERDAM)))
    database.work(lambda session: put_poll(session, PollKind.WORTH, ("ja", "ja", "nee", "ja")))
    database.close()
    shipped = Path(__file__).parents[2] / "config" / "shipped" / "voorbeeldjaar.toml"
    shown: list[Any] = []
    for least in (4, 5):
        text = shipped.read_text().replace("[thresholds]", f"[thresholds]\nanonymous_from = {least}")
        (tmp_path / "structure.toml").write_text(text)
        settings = tmp_path / "overlegbot.toml"
        settings.write_text(f'database = "{url}"\nstructure = "structure.toml"\n')
        assert export.main(Namespace(database=None, config=str(settings))) == 0
        [told] = json.loads(capsys.readouterr().out)["polls"]
        shown.append(told["counts"])
    assert shown == [{"nee": 1, "deels": 0, "ja": 3}, None]


def test_disciplines_stand_with_the_people_who_gave_them_and_with_the_group(bot: TestBot) -> None:
    bot.say("vng.wg.1", "!mijn disciplines water en bodem", room="dm")
    bot.say("vng.wg.1", "!mijn disciplines bodem", room="dm")
    bot.say("vng.wg.1", "!werkgroep disciplines WG-LOOD bodem, gezondheid", room="dm")
    document = checked(bot.simulation.database)
    given = {one["id"]: one["disciplines"] for one in document["people"]}
    assert {id: names for id, names in given.items() if names} == {"vng.wg.1": ["bodem"]}
    [lead] = [one for one in document["workgroups"] if one["id"] == "WG-LOOD"]
    assert lead["disciplines"] == ["bodem", "gezondheid"]
