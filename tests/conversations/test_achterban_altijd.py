"""Whatever anyone types in whatever order: no text leaves for those a party speaks for before its umbrella contact let
it go (R-129)."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Change
from commands.moments.uitnodiging import ASKS
from commands.words.minutes import OUTWARD, Bulletin, BulletinState
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.database import Database, build
from storage.store import SqlStore
from tests.conftest import at, raw

START = "2027-01-14 10:30"
CONTACTS = {"vng.wg.2": "VNG", "ipo.wg.2": "IPO"}
NETWORKS = {"WEB": "VNG", "BOOG": "IPO"}
MEMBERS = {"web.1": "WEB", "boog.1": "BOOG"}
#: A deputy of the contact acts with the rights of the contact.
WHO = ("rijk.secr.1", "rijk.ao.0", "rijk.secr.2", "uvw.ao.1", "vng.ao.1", "drinkwater.wg.1", *CONTACTS, *MEMBERS)
TYPED = (
    '!raadpleeg alle "Vraag een?" sluit 1 maart voor VRG-AO-2027-02',
    '!raadpleeg over SIG-1 "Vraag twee?" sluit 18 januari voor VRG-AO-2027-02',
    "!raadpleeg intrekken RPL-1 niet meer nodig",
    "!raadpleeg RPL-1 sluit 3 maart",
    "!standpunt RPL-1 akkoord",
    "!terugkoppeling SIG-1 aan achterban Antwoord een",
    "!terugkoppeling SIG-2 aan achterban via VNG Antwoord twee",
    "!inbreng SIG-2 Inbreng een",
    "!inbreng Inbreng twee via VNG",
    "!verslag VRG-AO-2027-01 https://stukken.example/verslag",
    "!wijzig SIG-1 gevoelig:ja",
    "!ongedaan",
    "ja",
)
NUMBERED = ("!vrijgeef TRK-{}", "!vrijgeef vervalt TRK-{} want nee", "!vrijgeef TRK-{} regio: er verandert niets",
            "!vrijgeef TRK-{} tekst: Iets anders", "!inbreng TRK-{} Inbreng drie")  # fmt: skip
STEP = st.one_of(
    st.tuples(st.sampled_from(WHO), st.sampled_from(TYPED)),
    st.tuples(st.sampled_from(WHO), st.builds(str.format, st.sampled_from(NUMBERED), st.integers(1, 6))),
    st.tuples(st.sampled_from(tuple(CONTACTS)), st.builds("!vrijgeef TRK-{}".format, st.integers(1, 6))),
    st.tuples(st.sampled_from(WHO), st.sampled_from(("✅", "ja onder het laatste concept"))),
    st.tuples(st.just(""), st.sampled_from(("1", "6", "20"))),
)


@pytest.fixture(scope="module")
def networked(structure: Structure) -> Structure:
    """WEB is the network of the VNG, BOOG that of the IPO."""
    bodies = (replace(one, umbrella=NETWORKS[one.code]) if one.code in NETWORKS else one for one in structure.bodies)
    return replace(structure, bodies=tuple(bodies))


@pytest.fixture(scope="module")
def begun(networked: Structure, people: PeopleFile) -> bytes:
    """The AO of 14 January was held; both networks have a room, both parties a contact, with two drafts each."""
    everyone = replace(
        people,
        people=(*people.people, *(Person(id, code) for id, code in MEMBERS.items())),
        roles=(*people.roles, *(Role(id, code, RoleName.CONNECTION_MEMBER, code) for id, code in MEMBERS.items())),
    )
    database = Database("sqlite://", throwaway=True)
    build(database)
    simulation = Simulation(networked, everyone, database)
    bot = TestBot(simulation, at(START))

    def rooms(session: Any) -> None:
        for code in NETWORKS:
            room = Room(code, matrix=f"!{code.lower()}:overleg.example")
            SqlStore(session).put(room, Change("rijk.secr.1", bot.at))

    database.work(rooms)
    for person, party in CONTACTS.items():
        bot.say("rijk.secr.1", f"!rol @{person} koepelcontact AO namens {party}")
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("web.1", "!signaal Loketten lopen vol", room="dm")
    bot.say("rijk.secr.1", "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.say("rijk.secr.1", "!vergadering gehouden AO aanwezig Rijk VNG IPO UvW")
    bot.say("rijk.secr.1", '!raadpleeg VNG en IPO "Vraag nul?" sluit 1 maart voor VRG-AO-2027-02')
    bot.say("rijk.secr.1", "!terugkoppeling SIG-1 aan achterban Antwoord nul")
    kept: bytes = raw(database).serialize()
    simulation.close()
    return kept


def run(bot: TestBot, who: str, text: str) -> list[Said]:
    """One step: something typed or reacted, or days that pass."""
    if not who:
        return bot.until(bot.at + timedelta(days=int(text)))
    drafts = [one for one in bot.log if "Ik plaats dit niet zelf" in one.text or "ik plaats die niet zelf" in one.text]
    if text == "✅":
        return bot.react(who, text, drafts[-1].id, room="dm") if drafts else []
    if text.startswith("ja onder"):
        return bot.say(who, "ja", room="dm", reply_to=drafts[-1].id) if drafts else []
    return bot.say(who, text, room="dm")


def speaks_for(bot: TestBot, who: str, party: str) -> bool:
    """Whether that person is the contact of the party, or stands in for it."""

    def ask(session: Any) -> bool:
        store, day = SqlStore(session), bot.at.date()
        roles = (*store.roles(person=who, on=day), *store.standing_in(who, on=day))
        return any(one.role is RoleName.UMBRELLA_CONTACT and one.on_behalf_of == party for one in roles)

    return bool(bot.simulation.database.work(ask))


@settings(max_examples=25, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(steps=st.lists(STEP, min_size=4, max_size=16))
def test_nothing_leaves_before_the_contact_of_that_party_lets_it_go(
    networked: Structure, people: PeopleFile, begun: bytes, steps: list[tuple[str, str]]
) -> None:
    database = Database("sqlite://", throwaway=True)
    raw(database).deserialize(begun)
    simulation = Simulation(networked, people, database)
    bot = TestBot(simulation, at(START))
    try:
        for who, text in steps:
            said = run(bot, who, text)
            found = database.work(lambda session: SqlStore(session).bulletins(limit=500))
            for one in said:
                # The bot's own question to a network tells nothing of anybody, and the same goes for "taken back".
                own = one.text.startswith("Ongedaan gemaakt door") or ASKS in one.text
                if one.room in NETWORKS and not own:
                    assert released(found, one, who, NETWORKS[one.room]), (who, text, one)
                    assert speaks_for(bot, who, NETWORKS[one.room])
                if any(file.name.startswith(("raadpleging", "terugkoppeling", "terugblik")) for file in one.files):
                    assert one.room == f"dm:{who}"
            for sent in found:
                if sent.kind in OUTWARD and sent.state is BulletinState.SENT:
                    assert speaks_for(bot, sent.released_by or "", NETWORKS.get(sent.to, sent.to)), sent
    finally:
        simulation.close()


def released(found: tuple[Bulletin, ...], said: Said, who: str, party: str) -> bool:
    """Whether what stands in the room of a network is a text for it that this person let go."""
    return any(
        one.state is BulletinState.SENT
        and one.to in (party, said.room)
        and one.released_by == who
        and [line for line in one.text.splitlines() if line] == said.text.splitlines()
        for one in found
    )


def test_the_steps_do_let_texts_go(networked: Structure, people: PeopleFile, begun: bytes) -> None:
    database = Database("sqlite://", throwaway=True)
    raw(database).deserialize(begun)
    simulation = Simulation(networked, people, database)
    bot = TestBot(simulation, at(START))
    assert {one.room for one in run(bot, "vng.wg.2", "!vrijgeef TRK-1")} == {"dm:vng.wg.2", "WEB"}
    assert {one.room for one in run(bot, "vng.wg.2", "!vrijgeef TRK-2")} == {"dm:vng.wg.2"}
    run(bot, "rijk.secr.1", TYPED[0])
    assert {one.room for one in run(bot, "ipo.wg.2", "✅")} == {"dm:ipo.wg.2", "BOOG"}
    simulation.close()
