"""Rooms in the chat: which body they are of, who reads along, and what happens when one is closed or replaced."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

import pytest
from sqlmodel import Session, col, select

from bot.channels.base import Heard
from bot.ears import DatabaseEars
from bot.hall import Hall
from bot.house import House, handle_all
from bot.renderers.plain import plain
from bot.seed import import_people, know_bodies
from bot.testing import opened
from commands import catalogue
from commands.kit.ports import Outgoing
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import from_data, say
from commands.rules.chat_rooms import DECLINED, DECLINED_OUTSIDER
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import outbox, tables
from storage.database import Database
from storage.store import SqlStore
from tests.conftest import at

MORNING = at("2027-01-11 09:00")
CHAIR, SECRETARY, MEMBER = "rijk.ao.0", "rijk.secr.1", "vng.ao.2"


class Chat:
    """The bot on Matrix, without a server: people speak in rooms by address; what is sent is read from the outbox."""

    def __init__(self, structure: Structure, people: PeopleFile, database: Database) -> None:
        self.structure = structure
        self.database = database
        self.now: datetime = MORNING
        self.house = House(structure, catalogue.COMMANDS, catalogue.MOMENTS)
        self.count = 0
        database.work(lambda session: know_bodies(session, structure))
        database.work(lambda session: import_people(session, structure, people, MORNING))
        database.work(self._addresses)
        self.sent()

    def _addresses(self, session: Session) -> None:
        for person in session.exec(select(tables.Person)):
            person.matrix = f"@{person.id}:x"
        for room in session.exec(select(tables.Room)):
            room.matrix = None

    def say(self, who: str, room: str, text: str, *, reply_to: str | None = None) -> list[tuple[str, str]]:
        """Someone speaks in a room ("" is in private); gives what is sent because of it, by destination."""
        self.count += 1
        at_room = None if room else ""
        heard = Heard(
            "matrix", f"$m{self.count}", self.now, room, at_room == "", f"@{who}:x", "message", text, reply_to
        )
        self.database.work(lambda session: self.house.receive(session, "matrix", [heard], None))
        handle_all(self.house, self.database, self.now)
        return self.sent()

    def look(self, what: str, *given: object) -> list[tuple[str, str]]:
        """The channel tells something of a room."""

        def unit(session: Session) -> None:
            getattr(Hall(session, self.structure, self.now), what)("matrix", *given)

        self.database.work(unit)
        return self.sent()

    def unasked(self, number: int) -> list[tuple[str, str]]:
        """The AO hears something that it did not ask for."""

        def unit(session: Session) -> None:
            register = Register(SqlStore(session), self.structure, self.now)
            post(register, Outgoing(f"notice:test:{number}", "notice", "AO", say(f"Bericht {number}."), due=self.now))

        self.database.work(unit)
        return self.sent()

    def sweep(self, when: datetime) -> list[tuple[str, str]]:
        """What the clock says by itself at that moment."""
        self.now = when
        self.database.work(lambda session: self.house.sweep(session, when))
        return self.sent()

    def sent(self) -> list[tuple[str, str]]:
        """What was sent since the last time."""

        def unit(session: Session) -> list[tuple[str, str]]:
            table, found = tables.Outbox, []
            for row in session.exec(select(table).where(col(table.sent_at).is_(None)).order_by(col(table.id))):
                assert row.id is not None
                outbox.mark_part(session, row.id, 1, f"$b{row.id}")
                outbox.mark_sent(session, row.id, "matrix", self.now)
                found.append((row.to, plain(from_data(row.message))))
            return found

        return self.database.work(unit)

    def room_of(self, body: str) -> str | None:
        def unit(session: Session) -> str | None:
            found = SqlStore(session).get(Room, Room(body).id)
            return found.matrix if found else None

        return self.database.work(unit)

    def bind(self, body: str = "AO", room: str = "!ao") -> None:
        self.say(SECRETARY, room, f"!kanaal {body}")
        self.say(CHAIR, "", "ja")
        assert self.room_of(body) == room


@pytest.fixture
def chat(structure: Structure, people: PeopleFile) -> Iterator[Chat]:
    database = opened("sqlite://")
    yield Chat(structure, people, database)
    database.close()


def test_who_brings_the_bot_into_a_room_has_a_part_in_the_structure_today(chat: Chat, people: PeopleFile) -> None:
    ears = DatabaseEars(chat.database, chat.house, lambda: chat.now, lambda _lasting: None, lambda: None)

    def answers(who: str) -> tuple[str | None, str | None, bool]:
        async def asked() -> tuple[str | None, str | None, bool]:
            room, private = [await ears.may_invite("matrix", f"@{who}:x", private=one) for one in (False, True)]
            return room, private, await ears.knows("matrix", f"@{who}:x")

        return asyncio.run(asked())

    assert answers(MEMBER) == (None, None, True)
    assert answers("vreemd") == (DECLINED, DECLINED, False)
    assert answers("kennis.wg.1") == (DECLINED_OUTSIDER, None, True)
    gone = [
        replace(one, end=MORNING.date() - timedelta(days=1), matrix=f"@{one.id}:x") if one.id == MEMBER else one
        for one in people.people
    ]
    later = replace(people, people=tuple(gone))
    chat.database.work(lambda session: import_people(session, chat.structure, later, MORNING))
    assert answers(MEMBER) == (DECLINED, DECLINED, False)


def test_the_secretary_asks_the_chair_confirms_and_the_room_is_of_the_body(chat: Chat) -> None:
    chat.look("present", "!ao", ["@rijk.ao.0:x", "@rijk.secr.1:x", "@vreemd:y"])
    (to, asked), (place, answer) = sorted(chat.say(SECRETARY, "!ao", "!kanaal AO"))
    assert (to, place) == (f"dm:{CHAIR}", "room:matrix:!ao")
    assert asked.splitlines() == [
        "rijk.secr.1 vraagt: een kamer wordt de kamer van het AO. Wat het AO leest, staat dan daar.",
        "In die kamer: rijk.ao.0, rijk.secr.1. Ik ken niet: @vreemd:y.",
        "Akkoord? Antwoord met ja, of ✅ op dit bericht; zonder je antwoord verandert er niets.",
    ]
    assert answer == "Gevraagd aan rijk.ao.0. Zodra dat is bevestigd, is deze kamer van het AO."
    assert chat.room_of("AO") is None
    said = dict(chat.say(CHAIR, "", "ja"))
    assert chat.room_of("AO") == "!ao"
    assert (
        said["AO"] == "Ik ben Overlegbot. Dit is nu de kamer van het AO. Eén ding om te onthouden: !signaal en je zin."
    )
    assert said[f"dm:{CHAIR}"] == "De kamer is nu van het AO."
    [(where, filed)] = chat.say(MEMBER, "!ao", "!signaal Baggerdepots zitten vol")
    assert (where, filed[:12]) == ("AO", "SIG-2027-001")


def test_the_binding_stands_in_the_history_and_can_be_undone(chat: Chat) -> None:
    chat.bind()

    def history(session: Session) -> list[tuple[str, str]]:
        return [(row.to_state, row.why) for row in SqlStore(session).history("kamer AO")]

    assert chat.database.work(history)[-1] == ("gekoppeld", "gevraagd door rijk.secr.1, bevestigd door rijk.ao.0")
    chat.say(CHAIR, "", "!ongedaan")
    assert chat.room_of("AO") == "#ao-bodem:overleg.example", "as the file had it"


def test_only_the_secretary_or_the_operator_asks_and_never_confirms_themselves(chat: Chat) -> None:
    [(_, refused)] = chat.say(MEMBER, "!ao", "!kanaal AO")
    assert refused.startswith("Dit mag alleen een secretaris of een beheerder.")
    [(_, refused)] = chat.say("vng.wg.1", "!lood", "!kanaal WG-LOOD")
    assert refused == "De kamer van WG-LOOD wijst de secretaris aan, of de beheerder. Vraag het daar."
    [(_, refused)] = chat.say(SECRETARY, "", "!kanaal AO")
    assert refused == "Typ !kanaal in de kamer die van het overleg wordt, niet in een privébericht."
    typed = f"!kanaal AO via:matrix adres:!ao gevraagd:@{SECRETARY}"
    [(_, refused)] = chat.say(SECRETARY, "", typed)
    assert refused == "Dit bevestigt rijk.ao.0, een ander dan wie het vroeg. Vraag het aan rijk.ao.0."
    assert chat.room_of("AO") is None


def test_the_operator_may_ask(chat: Chat) -> None:
    def unit(session: Session) -> None:
        store = SqlStore(session)
        from commands.kit.ports import Change

        store.put(Person("rijk.beheer.1", "Rijk", matrix="@beheer:x"), Change("x", MORNING))
        store.put(Role("rijk.beheer.1", "AO", RoleName.OPERATOR, "Rijk"), Change("x", MORNING))

    chat.database.work(unit)
    chat.count += 1
    heard = Heard("matrix", "$o1", chat.now, "!do", False, "@beheer:x", "message", "!kanaal DO")
    chat.database.work(lambda session: chat.house.receive(session, "matrix", [heard], None))
    handle_all(chat.house, chat.database, chat.now)
    assert sorted(to for to, _ in chat.sent()) == ["dm:rijk.do.1", "room:matrix:!do"]


def test_which_body_is_asked_and_answered_in_the_room(chat: Chat) -> None:
    [(where, asked)] = chat.say(SECRETARY, "!ao", "!kanaal")
    assert (where, asked) == ("room:matrix:!ao", "Van welk overleg is deze kamer?")
    answered = dict(chat.say(SECRETARY, "!ao", "AO", reply_to=f"$m{chat.count}"))
    assert answered["room:matrix:!ao"].startswith("Gevraagd aan rijk.ao.0.")


def test_one_body_for_each_room_and_one_room_for_each_body(chat: Chat) -> None:
    chat.bind()
    [(_, again)] = chat.say(SECRETARY, "!ao", "!kanaal AO")
    assert again == "Deze kamer is al van het AO."
    [(_, taken)] = chat.say(SECRETARY, "!ao", "!kanaal WG-PFAS")
    assert taken == "Deze kamer is van het AO. Maak voor WG-PFAS een eigen kamer."
    asked = dict(chat.say(SECRETARY, "!nieuw", "!kanaal AO"))
    assert "Die komt in de plaats van de kamer die het AO nu heeft." in asked[f"dm:{CHAIR}"]
    chat.say(CHAIR, "", "ja")
    assert chat.room_of("AO") == "!nieuw"
    assert chat.say(MEMBER, "!ao", "Hallo allemaal") == []


def test_in_a_room_of_nobody_only_the_way_to_bind_it_is_said(chat: Chat) -> None:
    assert chat.say(MEMBER, "!onbekend", "Goedemorgen") == []
    [(where, told)] = chat.say(MEMBER, "!onbekend", "!signaal Geheim")
    assert where == "room:matrix:!onbekend"
    assert told == (
        "Deze kamer is nog niet van een overleg, dus ik doe hier niets. De secretaris koppelt hem met !kanaal en "
        "de naam van dat overleg."
    )
    assert chat.say("vreemd", "!onbekend", "!signaal Iets") == []


def test_people_the_register_does_not_know_are_named_to_the_secretary_once(chat: Chat) -> None:
    chat.bind()
    [(to, told)] = chat.look("present", "!ao", ["@vreemd:y", "@vng.ao.2:x"])
    assert to == f"dm:{SECRETARY}"
    assert told.splitlines()[0] == "In de kamer van het AO zit iemand die ik niet ken: @vreemd:y."
    assert chat.look("present", "!ao", ["@vreemd:y", "@vng.ao.2:x"]) == []
    assert chat.look("present", "!ao", ["@vng.ao.2:x"]) == []
    [(_, told)] = chat.look("present", "!ao", ["@vreemd:y", "@a:y", "@b:y"])
    assert told.splitlines() == [
        "In de kamer van het AO zitten 2 mensen die ik niet ken: @a:y, @b:y.",
        "Zij lezen mee; ik voer niets voor hen uit. Hoort dit zo? Meld hen aan bij de beheerder.",
    ]


def test_whom_the_register_did_not_know_before_is_named_when_the_room_is_bound(chat: Chat) -> None:
    chat.look("present", "!ao", ["@vreemd:y"])
    chat.say(SECRETARY, "!ao", "!kanaal AO")
    said = [text for to, text in chat.say(CHAIR, "", "ja") if to == f"dm:{SECRETARY}"]
    assert any("@vreemd:y" in text for text in said)


def test_a_room_warns_when_someone_from_outside_reads_along_and_says_less(chat: Chat) -> None:
    chat.bind()
    chat.say(MEMBER, "!ao", "!signaal Geheime zaak gevoelig:ja")
    [(_, shown)] = chat.say(MEMBER, "!ao", "!toon 1")
    assert "Geheime zaak" in shown
    [(to, warned)] = chat.look("present", "!ao", ["@vng.ao.2:x", "@kennis.wg.1:x"])
    assert to == "AO"
    assert warned.startswith("Let op: hier leest nu iemand van buiten de overheid mee: kennis.wg.1 (")
    assert [place for place, _ in chat.say(MEMBER, "!ao", "!toon 1")] == [f"dm:{MEMBER}"]
    assert chat.look("present", "!ao", ["@vng.ao.2:x"]) == []
    assert [place for place, _ in chat.say(MEMBER, "!ao", "!toon 1")] == ["AO"]


def test_a_group_with_outsiders_is_told_so_once(chat: Chat) -> None:
    chat.say(SECRETARY, "!pfas", "!kanaal WG-PFAS")
    chat.say("vng.wg.1", "", "ja")
    if chat.room_of("WG-PFAS") is None:
        chat.say("uvw.wg.1", "", "ja")
    assert chat.room_of("WG-PFAS") == "!pfas"
    told = chat.look("present", "!pfas", ["@kennis.wg.1:x"])
    assert told == [("WG-PFAS", "In dit kanaal lezen leden van buiten de overheid mee.")]
    assert chat.look("present", "!pfas", ["@kennis.wg.1:x"]) == []


def test_the_secretary_hears_that_the_bot_was_put_out(chat: Chat) -> None:
    chat.bind()
    [(to, told)] = chat.look("removed", "!ao", "@vng.ao.2:x", "$kick")
    assert to == f"dm:{SECRETARY}"
    assert told.splitlines() == [
        "vng.ao.2 heeft mij uit de kamer van het AO gehaald. Wat ik het AO wil zeggen, komt nu niet aan.",
        "Was dat niet de bedoeling? Nodig mij daar dan opnieuw uit.",
    ]
    assert chat.look("removed", "!ao", "@vng.ao.2:x", "$kick") == []
    assert chat.look("removed", "!elders", "@vng.ao.2:x", "$kick2") == []


def test_a_room_that_was_replaced_is_followed_with_everything_that_hangs_on_it(chat: Chat) -> None:
    chat.bind()
    chat.look("present", "!ao", ["@vreemd:y"])
    [(to, asked)] = chat.look("closed", "!ao", "!ao2")
    assert to == f"dm:{SECRETARY}"
    assert asked.startswith("De kamer van het AO is vervangen door een nieuwe. Nodig mij daar uit;")
    assert chat.look("closed", "!ao", "!ao2") == []
    assert chat.look("moved", "!ao", "!ao2") == [
        ("AO", "Dit is nu de kamer van het AO; de oude is gesloten. Alles wat liep, loopt hier door.")
    ]
    assert chat.room_of("AO") == "!ao2"
    assert chat.look("moved", "!ao", "!ao2") == []
    assert chat.look("present", "!ao2", ["@vreemd:y"]) == []
    assert [to for to, _ in chat.say(MEMBER, "!ao2", "!signaal Depots zitten vol")] == ["AO"]


def test_a_room_of_another_body_is_not_taken_over(chat: Chat) -> None:
    chat.bind()
    chat.say(SECRETARY, "!do", "!kanaal DO")
    chat.say("rijk.do.1", "", "ja")
    assert chat.look("moved", "!ao", "!do") == []
    assert (chat.room_of("AO"), chat.room_of("DO")) == ("!ao", "!do")


# --- what nobody asked for (R-181) -----------------------------------------------------------------------------------
def test_that_someone_from_outside_reads_along_is_said_at_once_in_a_full_week_and_takes_a_place(chat: Chat) -> None:
    chat.bind()
    assert chat.unasked(1)
    [(to, warned)] = chat.look("present", "!ao", ["@kennis.wg.1:x"])
    assert to == "AO"
    assert warned.startswith("Let op: hier leest nu iemand van buiten de overheid mee")
    # That was the second of the week.
    assert chat.unasked(2) == []
    [(_, warned)] = chat.look("present", "!ao", ["@kennis.wg.1:x", "@drinkwater.wg.1:x"])
    assert "drinkwater.wg.1" in warned


def test_that_a_room_replaces_another_waits_in_a_full_week_and_is_told_in_the_bundle(chat: Chat) -> None:
    chat.bind()
    assert [bool(chat.unasked(number)) for number in (1, 2)] == [True, True]
    assert chat.look("moved", "!ao", "!ao2") == []
    assert chat.room_of("AO") == "!ao2"
    [(_, bundled)] = [one for one in chat.sweep(at("2027-01-18 08:30")) if one[0] == "AO"]
    assert "ma 11 jan: Dit is nu de kamer van het AO; de oude is gesloten." in bundled


def test_that_a_room_replaces_another_takes_a_place_of_the_week(chat: Chat) -> None:
    chat.bind()
    assert [to for to, _ in chat.look("moved", "!ao", "!ao2")] == ["AO"]
    assert [bool(chat.unasked(number)) for number in (1, 2)] == [True, False]
