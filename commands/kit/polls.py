"""A poll: asking it once for each occasion, and what the people of the body may read of it (R-157, R-174, INV-36)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.kit import dates
from commands.kit.evaluating import people_of
from commands.kit.ports import CLOCK, Change
from commands.kit.register import Register
from commands.rules import polls as rules
from commands.rules.evaluations import may_show
from commands.words.meeting import Meeting
from commands.words.people import Person
from commands.words.poll import Poll, PollKind, PollState
from commands.words.structure import Body

#: What an answer is called in the store (`Store.voices`).
ANSWER = "antwoord"
#: So many times are shown.
SHOWN = 4


def asked_now(
    register: Register, body: Body, kind: PollKind, occasion: str, meeting: str | None = None
) -> tuple[Poll, list[Person]] | None:
    """The poll of this occasion, made when it is not there yet, and who still has to answer; None where so few people
    are in the body that nothing could ever be shown."""
    known = register.store.polls(about=body.code, kind=kind)
    found = next((one for one in known if one.occasion == occasion), None)
    if found is None:
        people = people_of(register, body)
        if not may_show(len(people), register.thresholds):
            return None
        until = register.thresholds.evaluation_term.after(register.today, register.structure.calendar)
        id = register.store.new_id("PEI", register.today.year)
        found = Poll(id, kind, body.code, occasion, register.today, until, len(people), meeting)
        register.store.put(found, Change(CLOCK, register.now, f"{len(people)} gevraagd"))
        for person in people:
            register.store.keep_polled(found.id, person.id, answered=False)
    if found.state is not PollState.OUT or register.today > found.closes_on:
        return found, []
    left = (register.store.get(Person, id) for id, answered in register.store.polled(found.id) if not answered)
    return found, [one for one in left if one is not None]


def results(register: Register, body: Body, *, since: date | None = None) -> list[str]:
    """One line for each time, oldest first, and how the energy went; `since` leaves out what was asked before."""
    found = [one for one in register.store.polls(about=body.code) if one.state is PollState.OUT]
    found = [one for one in found if since is None or one.asked_on > since]
    lines: list[str] = []
    for kind, what in ((PollKind.ENERGY, "Energie"), (PollKind.WORTH, "Tijd waard")):
        last = [one for one in found if one.kind is kind][-SHOWN:]
        lines += [f"{what}, {_when(register, one)}: {_result(register, one)}." for one in last]
        if kind is PollKind.ENERGY:
            lines += _trend(register, last)
    return lines


def _result(register: Register, poll: Poll) -> str:
    return rules.result(poll, register.store.voices(poll.id, ANSWER), register.today, register.thresholds)


def _when(register: Register, poll: Poll) -> str:
    meeting = register.store.get(Meeting, poll.meeting) if poll.meeting else None
    return dates.say_short(meeting.day if meeting is not None else poll.asked_on)


def _trend(register: Register, polls: Sequence[Poll]) -> list[str]:
    shown = [register.store.voices(one.id, ANSWER) for one in polls if register.today > one.closes_on]
    means = [rules.mean(votes) for votes in shown if may_show(len(votes), register.thresholds)]
    return [rules.trend(means[-2], means[-1])] if len(means) > 1 else []
