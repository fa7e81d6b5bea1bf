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
from commands.words.helping import Success
from commands.words.meeting import AgendaItem, ItemState, MeetingKind, MeetingState, Nature
from commands.words.minutes import Bulletin, BulletinKind, BulletinState, Correction, CorrectionState
from commands.words.people import RoleName
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
    "successes",
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
