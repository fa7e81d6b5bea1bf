"""No group is ever past its end without a question to people, a point on the agenda, and an end to new work."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cache, partial

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session

from bot.testing import Simulation, TestBot
from commands.kit.group_agenda import live_items
from commands.kit.ports import Change
from commands.kit.register import Register
from commands.words.meeting import MeetingKind, MeetingState
from commands.words.proposal import ProposalKind
from commands.words.structure import Structure
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup
from config.people import PeopleFile, SeedMeeting, load_people
from config.structure import load_structure
from storage.store import SqlStore
from tests.conftest import at

START = date(2027, 1, 11)
LEADERS = {"WG-PFAS": "uvw.wg.1", "WG-LOOD": "vng.wg.1", "WG-STAAL": "ipo.wg.1"}
ACTS = ("evaluate", "extend", "confirm", "reject", "wind up", "undo", "plan", "cancel", "nothing")


@dataclass(frozen=True)
class Step:
    """Something people do, so many days after what came before."""

    after: int
    act: str
    code: str


ENDS = st.lists(st.integers(2, 90), min_size=3, max_size=3)
MEETINGS = st.lists(st.integers(1, 160), max_size=4, unique=True)
STEPS = st.lists(
    st.builds(Step, st.integers(0, 25), st.sampled_from(ACTS), st.sampled_from(sorted(LEADERS))),
    min_size=1,
    max_size=9,
)


@cache
def example_year() -> tuple[Structure, PeopleFile]:
    structure = load_structure("voorbeeldjaar")
    return structure, load_people(None, structure)


def world(ends: list[int], meetings: list[int]) -> TestBot:
    """Three groups with these last days, and meetings of the AO on these days (moved to working days)."""
    structure, people = example_year()
    last = dict(zip(LEADERS, ends, strict=True))
    groups = tuple(
        replace(one, end=START + timedelta(days=last[one.code])) for one in people.groups if one.code in last
    )
    calendar = structure.calendar
    days = {calendar.on_or_before(START + timedelta(days=n)) for n in meetings}
    seeds = tuple(SeedMeeting("AO", MeetingKind.REGULAR, day, None, None, None) for day in sorted(days) if day > START)
    known = {*last, *(body.code for body in structure.bodies)}
    roles = tuple(role for role in people.roles if role.body in known)
    rooms = tuple(room for room in people.rooms if room.body in known)
    file = replace(people, groups=groups, meetings=seeds, roles=roles, rooms=rooms)
    bot = TestBot(Simulation(structure, file), at(f"{START} 09:00"))
    bot.say("uvw.ao.1", "!signaal Er is te veel lood in speeltuinen")
    return bot


def do(bot: TestBot, step: Step) -> None:
    leader, today = LEADERS[step.code], bot.at.date()
    match step.act:
        case "evaluate":
            bot.simulation.database.work(lambda session: _evaluated(session, step.code, today, bot))
        case "extend":
            end = today + timedelta(days=45)
            bot.say(leader, f'!verleng {step.code} tot {end.isoformat()} reden:"er is nog werk"', room="dm")
        case "confirm" | "reject":
            word = "!akkoord" if step.act == "confirm" else "!wijsaf"
            for number in _open_proposals(bot, step.code):
                bot.say("rijk.ao.0", f"{word} {number} want zo is het")
        case "wind up":
            bot.say(leader, f'!werkgroep afronden {step.code} advies:"klaar" beleid:nee', room="dm")
        case "undo":
            bot.say("rijk.ao.0", "!ongedaan")
        case "plan":
            day = bot.simulation.structure.calendar.next_working_day(today + timedelta(days=8))
            bot.say("rijk.secr.1", f"!vergadering plan AO {day.isoformat()} 10:00")
        case "cancel":
            bot.say("rijk.secr.1", "!vergadering annuleer AO reden:geen zaal")
            bot.say("rijk.secr.1", "ja")
        case _:
            pass


def _evaluated(session: Session, code: str, day: date, bot: TestBot) -> None:
    store = SqlStore(session)
    group = store.get(Workgroup, code)
    if group is not None:
        store.put(replace(group, evaluated_on=day), Change("test", bot.at, "evaluatie"))


def _open_proposals(bot: TestBot, code: str) -> list[str]:
    found = bot.simulation.database.work(lambda session: SqlStore(session).proposals(about=code))
    return [one.id.rsplit("-", 1)[-1].lstrip("0") for one in found]


def check(bot: TestBot) -> None:
    """The promise, for every group, at the end of a day."""
    today, calendar = bot.at.date(), bot.simulation.structure.calendar
    for code, leader in LEADERS.items():
        group, waits, points, can_be_on = bot.simulation.database.work(partial(_facts, bot=bot, code=code))
        if group.state not in RUNNING_STATES or today <= group.end:
            continue
        assert group.state in (GroupState.LAPSED, GroupState.WINDING_UP) or waits, (code, group.state)
        assert not group.takes_work(today)
        [answer, *_] = bot.say(leader, f"!actie @{leader} nog iets doen voor 31 december 2027", room=code)
        assert "krijgt geen nieuwe acties" in answer.text, answer.text
        [answer] = bot.say("rijk.secr.1", f"!beleg 1 bij {code}")
        assert "krijgt geen nieuwe signalen" in answer.text, answer.text
        bot.say("rijk.secr.1", "laat maar")
        [answer] = bot.say("rijk.secr.1", f"!werkgroep leden {code} @ipo.wg.2")
        assert "krijgt geen nieuwe leden" in answer.text, answer.text
        if group.state is GroupState.WINDING_UP:
            continue
        assert points == (1 if can_be_on else 0), (code, points, can_be_on)
        sending = [
            day
            for day in (group.end + timedelta(days=n) for n in range(1, (today - group.end).days + 1))
            if calendar.is_sending_day(day)
        ]
        told = [one for one in bot.log if one.kind == "nudge" and code in one.text and one.at.date() > group.end]
        assert told or len(sending) < 2, (code, group.end, today)


def _facts(session: Session, bot: TestBot, code: str) -> tuple[Workgroup, bool, int, bool]:
    """The group, whether an extension waits, its points on agendas, and whether there is an agenda for it."""
    register = Register(SqlStore(session), bot.simulation.structure, bot.at)
    group = register.store.get(Workgroup, code)
    assert group is not None
    waits = any(one.kind is ProposalKind.EXTEND_GROUP for one in register.store.proposals(about=code))
    coming = register.store.meetings(body="AO", since=register.today, kinds=(MeetingKind.REGULAR,))
    return group, waits, len(live_items(register, group)), any(one.state is MeetingState.PLANNED for one in coming)


@settings(max_examples=25, suppress_health_check=[HealthCheck.too_slow])
@given(ENDS, MEETINGS, STEPS)
def test_no_group_is_past_its_end_without_a_question_a_point_and_an_end_to_new_work(
    ends: list[int], meetings: list[int], steps: list[Step]
) -> None:
    bot = world(ends, meetings)
    try:
        for step in [*steps, Step(30, "nothing", "WG-LOOD")]:
            day = bot.at.date() + timedelta(days=step.after)
            bot.until(at(f"{day} 12:00") if at(f"{day} 12:00") > bot.at else bot.at)
            do(bot, step)
            bot.until(bot.at + timedelta(minutes=1))
            check(bot)
    finally:
        bot.simulation.close()
