"""Random people say random things in random rooms; nobody reads a word that the visibility rules keep from them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.testing import Said, Simulation, TestBot
from commands import catalogue
from commands.rules.consultations import is_contact
from commands.rules.visibility import (
    Viewer,
    may_see_action,
    may_see_body,
    may_see_consultation,
    may_see_decision,
    may_see_signal,
    parties_shown,
    room_may_see_action,
    room_may_see_consultation,
    room_may_see_decision,
    room_may_see_signal,
)
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, BulletinKind
from commands.words.people import Person, Role, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body, Structure
from config.people import PeopleFile
from storage.database import Database
from storage.store import SqlStore
from tests.conftest import at

#: Everyone who could be curious, besides the people of the example year.
EXTRA = (
    (Person("web.1", "WEB", name="Jansen"), Role("web.1", "WEB", RoleName.CONNECTION_MEMBER, "WEB")),
    (Person("vng.koepel.1", "VNG", name="Jansen"), Role("vng.koepel.1", "AO", RoleName.UMBRELLA_CONTACT, "VNG")),
    (Person("rijk.beheer.1", "Rijk"), Role("rijk.beheer.1", "AO", RoleName.OPERATOR, "Rijk")),
    (Person("vng.oud.1", "VNG"), Role("vng.oud.1", "AO", RoleName.MEMBER, "VNG", end=at("2027-01-01 09:00").date())),
    (Person("vng.los.1", "VNG"), None),
)
CURIOUS = (
    "vng.ao.1",
    "uvw.ao.1",
    "rijk.ao.0",
    "rijk.secr.1",
    "rijk.secr.2",
    "vng.do.1",
    "rijk.do.1",
    "vng.bo.1",
    "uvw.wg.1",
    "vng.wg.2",
    "drinkwater.wg.1",
    "bedrijf.wg.1",
    *(person.id for person, _ in EXTRA),
)
ROOMS = ("AO", "DO", "BO", "WG-PFAS", "WG-STAAL", "WG-LOOD", "dm")
#: Each title is one word that nobody types and no other text contains, so that reading it is knowing it.
MARK = re.compile(r"Geheim\w+")


@pytest.fixture(scope="module")
def crowded(structure: Structure, people: PeopleFile) -> PeopleFile:
    """The example year with the curious in it."""
    return replace(
        people,
        people=(*people.people, *(person for person, _ in EXTRA)),
        roles=(*people.roles, *(role for _, role in EXTRA if role is not None)),
    )


#: Whom an agreement binds and who answers for it.
WHO = "bindt VNG verantwoordelijk VNG trekker @vng.ao.1 verantwoording AO termijn:doorlopend mandaat:ja"


def filled(structure: Structure, people: PeopleFile) -> TestBot:
    """A register with something to hide in every place; each thing is brought in where only its own people read."""
    bot = TestBot(Simulation(structure, people), at("2027-01-14 09:00"))
    for who, text in (
        ("uvw.ao.1", "Geheimeen in de sloot"),
        ("vng.ao.1", "Geheimtwee in de kering gevoelig:ja"),
        ("vng.ao.1", "Geheimdrie bij de groep"),
        ("uvw.ao.1", "Geheimvier bij de groep gevoelig:ja"),
        ("uvw.ao.1", "Geheimvijf naar boven"),
        ("web.1", "Geheimzes uit de regio"),
        ("drinkwater.wg.1", "Geheimzeven van buiten"),
        ("vng.ao.1", "Geheimacht bij een andere groep"),
        ("ipo.ao.1", "Geheimnegen alleen gemeld"),
        ("drinkwater.wg.1", "Geheimtien van buiten, later gevoelig"),
    ):
        bot.say(who, f"!signaal {text}", room="dm")
    for text in (
        "!beleg 3 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027",
        "!beleg 4 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027",
        "!beleg 8 bij WG-STAAL opdracht:Zoek het uit uiterlijk:1-3-2027",
        "!weeg 5 afhandelen actualiteit",
        "!weeg 2 agenderen actualiteit",
        "!wijzig 10 gevoelig:ja",
    ):
        bot.say("rijk.ao.0", text, room="dm")
    bot.say("vng.ao.1", "!escaleer 5 want het raakt alle partijen vraag:Geheimvraag toestaan", room="dm")
    bot.say("rijk.ao.0", "!akkoord 1", room="dm")
    bot.say("rijk.secr.1", "!wijzig 10 gevoelig:ja", room="dm")
    for who, room, text in (
        ("rijk.secr.1", "AO", "!actie @vng.ao.1 Geheimactieeen uitzoeken 5 februari"),
        ("rijk.do.1", "DO", "!actie @vng.do.1 Geheimactietwee uitzoeken 5 februari"),
        ("uvw.wg.1", "dm", "!actie @vng.wg.2 Geheimactiedrie uitzoeken 5 februari bij 4 gremium WG-PFAS"),
        ("uvw.wg.1", "WG-PFAS", "!actie @vng.wg.2 Geheimactievier uitzoeken 5 februari"),
        ("rijk.secr.2", "DO", "!agendeer Geheimpuntdo bespreken voor DO aard:bespreking horizon:strategie"),
        ("rijk.secr.1", "AO", "!agendeer Geheimpuntao bespreken voor AO aard:bespreking horizon:strategie"),
        ("vng.ao.1", "AO", "!escaleer 1 want Geheimreden vraag:Geheimvraagtwee beantwoorden"),
        ("rijk.secr.1", "AO", "!besluit Geheimbesluit om te delen mandaat:ja"),
        ("rijk.secr.1", "AO", f"!afspraak Geheimafspraak om te delen {WHO}"),
        ("rijk.secr.1", "AO", '!raadpleeg VNG, IPO "Geheimraad steunen?" sluit 1 maart voor VRG-AO-2027-02'),
        ("vng.koepel.1", "dm", "!standpunt RPL-1 akkoord Geheimstandpunt van de koepel"),
        ("rijk.secr.1", "dm", "!standpunt RPL-1 IPO tegen Geheimtegen van een ander"),
        ("vng.koepel.1", "dm", "!inbreng Geheiminbreng van de achterban"),
    ):
        bot.say(who, text, room=room)
    return bot


class Oracle:
    """Who may read which mark, asked of the rules and the register as it is now."""

    def __init__(self, session: Session, structure: Structure, bot: TestBot) -> None:
        self.store, self.structure = SqlStore(session), structure
        self.today = bot.at.date()

    def body(self, code: str) -> Body | None:
        group = self.store.group(code)
        return self.structure.body(code) or (group.as_body() if group else None)

    def viewer(self, id: str) -> Viewer:
        person = self.store.get(Person, id)
        assert person is not None
        own = self.store.roles(person=id, on=self.today)
        roles = own if person.external else own + self.store.standing_in(id, on=self.today)
        return Viewer(id, person.organisation, person.external, roles)

    def leaks(self, said: Said) -> list[str]:
        """The marks in this message that its readers may not know."""
        return [mark for mark in MARK.findall(said.text) if not self.allowed(mark, said.room)]

    def allowed(self, mark: str, room: str) -> bool:
        signals = [one for one in self.store.signals() if any(mark in text for text in _texts(one))]
        actions = [one for one in self.store.actions() if mark in one.text]
        every: list[Decision | Agreement] = [*self.store.decisions(), *self.store.agreements()]
        decided = [one for one in every if mark in one.text]
        if any(self._follows(one, room) for one in decided):
            return True
        if any(self._consulted(one, mark, room) for one in self.store.consultations()):
            return True
        if any(self._told(one, room) for one in self.store.bulletins() if mark in one.text):
            return True
        meetings = self.store.meetings(limit=500)
        items = [item for meeting in meetings for item in self.store.items(meeting=meeting.id) if mark in item.title]
        if room.startswith("dm:"):
            return self._person(room.removeprefix("dm:"), signals, actions, items)
        return self._room(room, signals, actions, items)

    def _follows(self, one: Decision | Agreement, room: str) -> bool:
        body = self.body(one.body)
        signals = [signal for id in one.signals if (signal := self.store.get(Signal, id)) is not None]
        if room.startswith("dm:"):
            viewer = self.viewer(room.removeprefix("dm:"))
            return body is not None and may_see_decision(viewer, one, body, signals, self.structure)
        here = self.body(room)
        return here is not None and room_may_see_decision(here, one, signals)

    def _consulted(self, one: Consultation, mark: str, room: str) -> bool:
        body = self.body(one.body)
        said = [answer.party for answer in one.answers if mark in answer.text]
        if body is None or not (said or mark in one.question):
            return False
        if not room.startswith("dm:"):
            here = self.body(room)
            return here is not None and room_may_see_consultation(here, one)
        viewer = self.viewer(room.removeprefix("dm:"))
        shown = parties_shown(viewer, one, body, self.structure)
        seen = mark in one.question and may_see_consultation(viewer, one, body, self.structure)
        return seen or any(party in shown for party in said)

    def _told(self, one: Bulletin, room: str) -> bool:
        """A text for others, before it is let go: the contact of the party, and the people of the body."""
        inward = one.kind is BulletinKind.INWARD
        body = self.body(one.line[-1 if inward else 0])
        if body is None or not room.startswith("dm:"):
            return inward and body is not None and room == body.code and not body.with_externals
        viewer = self.viewer(room.removeprefix("dm:"))
        party = one.line[1] if inward else one.to
        near = viewer.person == one.releases or is_contact(viewer.roles, party)
        return near or (not viewer.external and may_see_body(viewer, body, self.structure))

    def _person(self, id: str, signals: list[Signal], actions: list[Action], items: list[AgendaItem]) -> bool:
        viewer = self.viewer(id)
        if any(may_see_signal(viewer, one) for one in signals):
            return True
        for action in actions:
            body = self.body(action.body)
            signal = self.store.get(Signal, action.signal) if action.signal else None
            if body and may_see_action(viewer, action, body, signal, self.structure):
                return True
        places = [(item, self._meets(item)) for item in items if not item.signals]
        return any(item.raiser == id or may_see_body(viewer, body, self.structure) for item, body in places if body)

    def _room(self, code: str, signals: list[Signal], actions: list[Action], items: list[AgendaItem]) -> bool:
        room = self.body(code)
        assert room is not None
        if any(room_may_see_signal(room, one) for one in signals):
            return True
        for action in actions:
            body = self.body(action.body)
            signal = self.store.get(Signal, action.signal) if action.signal else None
            if body and room_may_see_action(room, action, body, signal):
                return True
        places = [self._meets(item) for item in items if not item.signals]
        return any(body.code == code for body in places if body)

    def _meets(self, item: AgendaItem) -> Body | None:
        meeting = self.store.get(Meeting, item.meeting)
        return self.body(meeting.body) if meeting else None


def _texts(signal: Signal) -> tuple[str, ...]:
    brief = (signal.brief.ask, signal.brief.why, signal.brief.main_line) if signal.brief else ()
    return (signal.title, signal.explanation, *brief)


def leaks(bot: TestBot, structure: Structure, said: list[Said]) -> list[str]:
    database: Database = bot.simulation.database

    def judge(session: Session) -> list[str]:
        oracle = Oracle(session, structure, bot)
        return [f"{one.room}: {mark}: {one.text}" for one in said for mark in oracle.leaks(one)]

    return database.work(judge)


# --- what people try -------------------------------------------------------------------------------------------------
NUMBERS = st.integers(0, 13).map(str)
PREFIX = st.sampled_from(
    ["", "sig", "act", "vst", "agp", "bes", "afs", "rpl", "trk", "SIG-2027-0", "vrg-do-2027-", "VRG-AO-2027-"]
)
PLACES = st.sampled_from(["AO", "DO", "BO", "WG-PFAS", "WG-STAAL", "WG-LOOD", "PFAS", "WEB", "lood"])
PEOPLE = st.sampled_from(["@vng.ao.1", "@uvw.ao.1", "@drinkwater.wg.1", "@vng.do.1", "Jansen", "@web.1", "ik"])
WORDS = st.sampled_from(
    ["voor", "bij", "naar", "van", "mij", "want het moet", "agenderen", "afhandelen", "afwijzen Loopt al", "ja",
     "gevoelig:ja", "gevoelig:nee", "bespreking", "strategie", "uiterlijk 1 maart", "te laat", "voorzitter", "plan",
     "status:besloten", "thema:bodem", "dagen:0", "toch:ja", "vraagvoorzitter:ja", "doorsturen:ja", "alles",
     "Geheim", "als csv", "besluiten", "in afspraken", "uitgevoerd",
     "vaststellen", "escaleren horizon:actualiteit", "VNG", "UvW", "gemaild", "stop",
     "in de sloot bij de groep uit de regio van buiten naar boven alleen gemeld"]
)  # fmt: skip
REFERENCE = st.builds(lambda prefix, number: prefix + number, PREFIX, NUMBERS)
NAMES = st.sampled_from(sorted(catalogue.COMMANDS))
COMMAND = st.builds(
    lambda name, parts: " ".join([f"!{name}", *parts]),
    NAMES,
    st.lists(REFERENCE | PLACES | PEOPLE | WORDS, max_size=4),
)
ANSWER = st.sampled_from(
    ["ja", "nee", "1", "2", "klaar", "later", "ja graag", "laat maar", "overdragen aan Jansen", "✅"]
)
STEP = st.tuples(
    st.sampled_from(CURIOUS),
    st.sampled_from(ROOMS),
    COMMAND | ANSWER,
    st.integers(0, 40),
    st.sampled_from([0, 0, 0, 1]),
)


@pytest.fixture(scope="module")
def bots(structure: Structure, crowded: PeopleFile) -> Iterator[list[TestBot]]:
    made: list[TestBot] = []
    yield made
    for bot in made:
        bot.simulation.close()


def say(bot: TestBot, who: str, room: str, text: str, back: int, days: int) -> list[Said]:
    """One thing said or reacted, as an answer to one of the last messages in that room when there is one."""
    here = [one for one in bot.log if one.room == (f"dm:{who}" if room == "dm" else room)]
    target = here[-1 - back].id if back < len(here) else None
    if days:
        # A day passes first: digests and reminders are read by the same eyes.
        return bot.until(bot.at.replace(day=bot.at.day + days)) if bot.at.day + days <= 28 else []
    if text == "✅":
        return bot.react(who, text, target, room=room) if target else []
    return bot.say(who, text, room=room, reply_to=target)


def test_the_register_that_is_attacked_holds_what_it_should(structure: Structure, crowded: PeopleFile) -> None:
    bot = filled(structure, crowded)

    def look(session: Session) -> tuple[set[str], set[str]]:
        store = SqlStore(session)
        [asked] = store.consultations()
        assert [answer.party for answer in asked.answers] == ["VNG", "IPO"]
        assert [one.kind for one in store.bulletins()] == [BulletinKind.CONSULTATION, BulletinKind.INWARD]
        places = {f"{one.lies_with}{' gevoelig' if one.sensitive else ''}" for one in store.signals()}
        return places, {action.body for action in store.actions()}

    places, actions = bot.simulation.database.work(look)
    assert places >= {"AO", "AO gevoelig", "WG-PFAS", "WG-PFAS gevoelig", "DO", "WG-STAAL"}
    assert actions == {"AO", "DO", "WG-PFAS"}
    assert leaks(bot, structure, bot.log) == []
    bot.simulation.close()


@settings(max_examples=20, deadline=None, derandomize=True, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(steps=st.lists(STEP, min_size=1, max_size=25))
def test_nobody_reads_what_the_rules_keep_from_them(
    structure: Structure, crowded: PeopleFile, steps: list[tuple[str, str, str, int, int]]
) -> None:
    bot = filled(structure, crowded)
    try:
        for who, room, text, back, days in steps:
            said = say(bot, who, room, text, back, days)
            assert leaks(bot, structure, said) == [], (who, room, text)
    finally:
        bot.simulation.close()
