"""INV-04, INV-28 and INV-41, attacked by people who type what comes to mind: after each line the register is judged.

What is right is written down here once more, apart from the rules that the commands ask.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TypeVar

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.testing import Simulation, TestBot
from commands.kit.ports import Change
from commands.words.action import Action, ActionState
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.people import Person
from commands.words.proposal import Proposal, ProposalState
from commands.words.signal import Horizon, Signal
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.database import Database, build
from storage.store import SqlStore
from tests.conftest import at, raw

T = TypeVar("T")
START = "2027-01-11 09:00"
QUIET = settings(
    max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture]
)


@pytest.fixture(scope="module")
def fresh(structure: Structure, people: PeopleFile) -> Iterator[Callable[[str], TestBot]]:
    """A bot as it stands after the named preparation, each time a new one."""
    kept: dict[str, bytes] = {}
    made: list[Simulation] = []

    def start(prepared: str) -> TestBot:
        database = Database("sqlite://", throwaway=True)
        if prepared not in kept:
            kept[prepared] = _prepared(structure, people, LINES[prepared])
        raw(database).deserialize(kept[prepared])
        simulation = Simulation(structure, people, database)
        made.append(simulation)
        return TestBot(simulation, at("2027-01-11 10:00"))

    yield start
    for simulation in made:
        simulation.close()


def _prepared(structure: Structure, people: PeopleFile, lines: tuple[tuple[str, str, str], ...]) -> bytes:
    database = Database("sqlite://", throwaway=True)
    build(database)
    bot = TestBot(Simulation(structure, people, database), at(START))
    for who, room, text in lines:
        bot.say(who, text, room=room)
    data: bytes = raw(database).serialize()
    bot.simulation.close()
    return data


#: SIG-1 lies with the DO, SIG-2 was weighed at the AO, SIG-3 was only filed.
LADDER = (
    ("uvw.ao.1", "AO", "!signaal Baggerdepots zitten vol"),
    ("vng.ao.1", "AO", "!signaal Sloten lopen over"),
    ("ipo.ao.1", "AO", "!signaal Kades verzakken"),
    ("rijk.ao.0", "AO", "!weeg 1 afhandelen actualiteit"),
    ("rijk.ao.0", "AO", "!weeg 2 afhandelen actualiteit"),
    ("vng.ao.1", "AO", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan"),
    ("rijk.ao.0", "AO", "!akkoord 1"),
)
LINES = {"ladder": LADDER, "actions": LADDER[:1]}


def judge(bot: TestBot, question: Callable[[SqlStore], T]) -> T:
    """What the register answers."""
    return bot.simulation.database.work(lambda session: question(SqlStore(session)))


def attack(bot: TestBot, steps: list[tuple[str, str, str]], wrong: Callable[[SqlStore], list[str]]) -> None:
    """Each line is said (*ja* to the last question of that person); after each the register has to be right."""
    for who, room, text in steps:
        here = [one for one in bot.log if one.room == (f"dm:{who}" if room == "dm" else room)]
        bot.say(who, text, room=room, reply_to=here[-1].id if text == "ja" and here else None)
        assert judge(bot, wrong) == []


# --- INV-04 ----------------------------------------------------------------------------------------------------------
TOP = ("rijk.bo.1", "rijk.secr.2", "vng.bo.1", "rijk.do.1", "rijk.ao.0", "rijk.secr.1", "vng.ao.1")
NATURES = ("besluitvorming", "bespreking", "informatie")
AGENDA = st.builds(
    "!agendeer {} BO aard:{} horizon:strategie vraag:Instemmen {}".format,
    st.sampled_from(("SIG-1", "SIG-2", "SIG-3", "Nieuwe koers voor de bodem", "punt 1")),
    st.sampled_from(NATURES),
    st.sampled_from(("", "", "toch:ja", "initiatief:ja", "hamerstuk:ja", "naagenda:ja")),
)
CLIMB = st.sampled_from(
    (
        *(
            "!escaleer 1 BO want te groot vraag: Een kader",
            "!escaleer SIG-2 BO want te groot vraag: Een kader",
        ),
        *("!akkoord 1", "!akkoord 2", "!weeg 3 agenderen actualiteit", "!doorschuif 1 BO", "!agenda vaststellen BO"),
        *("!uitkomst 1 besloten", "!agendeer SIG-1 DO aard:besluitvorming horizon:strategie vraag:Ja", "ja", "ja"),
    )
)
STEP_UP = st.tuples(st.sampled_from(TOP), st.sampled_from(("BO", "BO", "DO", "AO", "dm")), AGENDA | AGENDA | CLIMB)


def unprepared(store: SqlStore) -> list[str]:
    """INV-04: points of substance on an agenda of the BO that the DO did not deal with first: as a point that it
    treated, or as a signal that its chair confirmed for the BO."""
    found: list[str] = []
    for meeting in store.meetings(body="BO", limit=100):
        for item in store.items(meeting=meeting.id):
            if item.state not in (ItemState.SCHEDULED, ItemState.TREATED):
                continue
            if item.nature not in (Nature.DECIDE, Nature.DISCUSS):
                continue
            before = store.get(AgendaItem, item.previous) if item.previous else None
            there = store.get(Meeting, before.meeting) if before else None
            treated = (
                before is not None and there is not None and there.body == "DO" and before.state is ItemState.TREATED
            )
            if not treated and not (item.signals and all(_let_through(store, id) for id in item.signals)):
                found.append(f"{item.id} {item.title}")
    return found


def _let_through(store: SqlStore, signal: str) -> bool:
    known = [one for one in store.proposals(about=signal, open_only=False) if one.state is ProposalState.CONFIRMED]
    return any(one.confirms == "DO" and one.to_body == "BO" for one in known)


@given(steps=st.lists(STEP_UP, min_size=4, max_size=10))
@QUIET
def test_inv_04_nothing_of_substance_comes_to_the_top_that_the_tier_below_did_not_treat(
    fresh: Callable[[str], TestBot], steps: list[tuple[str, str, str]]
) -> None:
    attack(fresh("ladder"), steps, unprepared)


def test_inv_04_the_ladder_does_bring_a_signal_to_the_top(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("ladder")
    bot.say("vng.do.1", "!escaleer 1 want het is te groot vraag: Een kader", room="DO")
    bot.say("rijk.do.1", "!akkoord 2", room="DO")
    bot.say("rijk.secr.2", "!agendeer SIG-1 aard:besluitvorming horizon:actualiteit vraag:Instemmen", room="BO")
    items = judge(bot, lambda store: [one for m in store.meetings(body="BO") for one in store.items(meeting=m.id)])
    assert [one.signals for one in items] == [("SIG-2027-001",)]
    assert judge(bot, unprepared) == []


def test_inv_04_the_judge_notices_a_point_that_came_from_nowhere(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("ladder")

    def plant(session: Session) -> None:
        store = SqlStore(session)
        meeting = store.meetings(body="BO")[0]
        item = AgendaItem("AGP-2027-900", meeting.id, 1, "Zomaar", Nature.DECIDE, Horizon.STRATEGY, "vng.bo.1", "VNG")
        store.put(item, Change("vng.bo.1", bot.at))

    bot.simulation.database.work(plant)
    assert judge(bot, unprepared) == ["AGP-2027-900 Zomaar"]


# --- INV-28 ----------------------------------------------------------------------------------------------------------
GIVERS = ("vng.ao.1", "rijk.secr.1", "rijk.ao.0", "uvw.ao.1", "vng.wg.1", "drinkwater.wg.1", "web.1")
HOLDERS = (
    "@vng.ao.2",
    "@ipo.ao.1",
    "@drinkwater.wg.1",
    "@web.1",
    "@vng.do.1",
    "@vng.ao.2 en @ipo.ao.1",
    "ik",
    "@nobody",
)
DATES = ("voor vrijdag", "uiterlijk 5 maart", "", "ooit", "31 november", "zo snel mogelijk")
GIVE = st.builds("!actie {} stukken sturen {}".format, st.sampled_from(HOLDERS), st.sampled_from(DATES))
HANDLE = st.sampled_from(
    (
        *(
            "!overdragen 1 aan @web.1",
            "!overdragen 1 aan @ipo.ao.1",
            "!overdragen 1 aan @drinkwater.wg.1",
            "!aanvaard 1",
        ),
        *("!weiger 1 daar ga ik niet over", "!verzet 1 12 maart want drukte", "!gereed 1 klaar", "!nietakkoord 1 nee"),
        *("!vervalt 1 want niet meer nodig", "!ongedaan", "ja", "5 maart", "@vng.ao.2"),
    )
)
DOERS = (*GIVERS, "vng.ao.2", "ipo.ao.1", "vng.do.1")
STEP_ACTION = st.tuples(st.sampled_from(DOERS), st.sampled_from(("AO", "WG-PFAS", "dm")), GIVE | HANDLE)
BINDING = (ActionState.OPEN, ActionState.DONE)


def without_one_holder(store: SqlStore) -> list[str]:
    """INV-28: one holder who exists and one date; who sits not in the body of the action, and did not take it for
    themselves, said yes first: a row of their own in its history."""
    found: list[str] = []
    for action in store.actions():
        holder = store.get(Person, action.holder)
        if holder is None or action.due is None:
            found.append(f"{action.id}: no holder or no date")
            continue
        seated = store.roles(person=holder.id, body=action.body, on=action.made_at.date())
        asked = not seated and action.asked_by != holder.id
        if asked and action.state in BINDING and not any(row.by == holder.id for row in store.history(action.id)):
            found.append(f"{action.id}: {holder.id} was never asked")
    return found


@given(steps=st.lists(STEP_ACTION, min_size=3, max_size=9))
@QUIET
def test_inv_28_every_action_has_one_holder_and_one_date_and_outsiders_said_yes(
    fresh: Callable[[str], TestBot], steps: list[tuple[str, str, str]]
) -> None:
    attack(fresh("actions"), steps, without_one_holder)


def test_inv_28_an_outsider_holds_nothing_before_a_yes(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("actions")
    bot.say("vng.ao.1", "!actie @vng.do.1 stukken sturen uiterlijk 5 maart")
    [asked] = judge(bot, lambda store: store.actions())
    assert (asked.holder, asked.state) == ("vng.do.1", ActionState.REQUESTED)
    bot.say("vng.do.1", "!aanvaard 1", room="dm")
    [taken] = judge(bot, lambda store: store.actions())
    assert (taken.state, judge(bot, without_one_holder)) == (ActionState.OPEN, [])


def test_inv_28_the_judge_notices_an_action_that_nobody_was_asked(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("actions")
    bot.say("vng.ao.1", "!actie @vng.do.1 stukken sturen uiterlijk 5 maart")

    def plant(session: Session) -> None:
        store = SqlStore(session)
        action = store.get(Action, "ACT-2027-001")
        assert action is not None
        store.put(replace(action, state=ActionState.OPEN), Change("vng.ao.1", bot.at))

    bot.simulation.database.work(plant)
    assert judge(bot, without_one_holder) == ["ACT-2027-001: vng.do.1 was never asked"]


# --- INV-41 ----------------------------------------------------------------------------------------------------------
CHAIR = "rijk.ao.0"
POSING = (
    "De Vries",
    "de vries",
    "@rijk.ao.0",
    "RIJK.AO.0",
    "rijk.ao.0 ",
    "rijk.ao.0\u200b",
    "rijk․ao․0",
    "voorzitter AO",
)


def named(bot: TestBot, *people: str) -> None:
    """These people carry the same name."""

    def rename(session: Session) -> None:
        store = SqlStore(session)
        for id in people:
            person = store.get(Person, id)
            assert person is not None
            store.put(replace(person, name="De Vries"), Change("rijk.secr.1", bot.at))

    bot.simulation.database.work(rename)


@pytest.mark.parametrize("sender", POSING)
def test_inv_41_who_only_looks_like_the_chair_can_do_nothing(fresh: Callable[[str], TestBot], sender: str) -> None:
    bot = fresh("ladder")
    named(bot, CHAIR)
    before = judge(bot, lambda store: (store.signals(), store.proposals(), store.actions()))
    said = [
        one.text
        for typed in ("!weeg 3 afwijzen want dubbel", "!akkoord 1", "!toon 3", "!mijn", "!actie ik bellen voor vrijdag")
        for one in bot.say(sender, typed)
    ]
    assert judge(bot, lambda store: (store.signals(), store.proposals(), store.actions())) == before
    assert not [text for text in said if "Kades" in text or "Baggerdepots" in text]


def test_inv_41_of_two_with_one_name_each_keeps_the_own_rights_and_deeds(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("ladder")
    named(bot, CHAIR, "vng.ao.2")
    bot.say("vng.ao.2", "!weeg 3 afwijzen want dubbel")
    unchanged = judge(bot, lambda store: store.get(Signal, "SIG-2027-003"))
    assert unchanged is not None
    assert unchanged.weighed_at is None
    bot.say(CHAIR, "!weeg 3 afwijzen want dubbel")
    assert judge(bot, lambda store: store.history("SIG-2027-003"))[-1].by == CHAIR
    bot.say("vng.ao.2", "!signaal Duinen stuiven weg")
    filed = judge(bot, lambda store: store.get(Signal, "SIG-2027-004"))
    assert filed is not None
    assert (filed.raised_by, filed.on_behalf_of) == (("vng.ao.2",), "VNG")


def test_inv_41_a_name_that_two_people_bear_is_asked_about(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("ladder")
    named(bot, CHAIR, "vng.ao.2")
    [asked, *_] = bot.say("vng.ao.1", "!actie @Vries stukken sturen uiterlijk 5 maart")
    assert asked.text.endswith("?")
    assert judge(bot, lambda store: store.actions()) == ()


def test_inv_41_a_proposer_does_not_confirm_under_the_name_of_the_chair(fresh: Callable[[str], TestBot]) -> None:
    bot = fresh("ladder")
    named(bot, CHAIR, "vng.ao.1")
    bot.say("vng.ao.1", "!escaleer 2 want het raakt alle partijen vraag: Een kader")
    bot.say("vng.ao.1", "!akkoord 2")
    proposal = judge(bot, lambda store: store.get(Proposal, "VST-2027-002"))
    assert proposal is not None
    assert proposal.state is not ProposalState.CONFIRMED
