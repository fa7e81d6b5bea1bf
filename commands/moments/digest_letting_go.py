"""Once per half year the digest of the filter asks what can go, what can be done a tier lower, and which meeting can be
dropped (R-202). It points at a few things that the register itself shows, and decides nothing."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date
from itertools import islice

from commands.kit.group_ends import open_things
from commands.kit.owed import heard_last
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import Code, Line, Strong
from commands.moments.digest_layout import Section
from commands.moments.digest_parts import Facts
from commands.rules import letting_go as rules
from commands.rules.balance import is_over
from commands.rules.groups import add_months
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, Meeting
from commands.words.signal import SignalState
from commands.words.structure import Body, BodyKind
from commands.words.workgroup import WORKING_STATES, Workgroup

QUESTION = "Wat kan los? Wat kan een niveau lager? Welk overleg kan vervallen?"
#: How the history of a meeting names that its digest asked.
ASKED = "gevraagd wat los kan"
#: So many of one kind, so that there is room for the others.
_OF_A_KIND = 2
#: Meetings of the filter looked at for what was only noted.
_LAST = 3
_OTHERS: Line = ("Iets anders? Zet het op de agenda: ", Code("!agendeer"), " en één zin.")


def letting_go_section(facts: Facts) -> Section:
    """Empty unless it is asked now. Cut first of all, the question itself excepted: that is the heading."""
    if not asks_now(facts):
        return Section("")
    found = tuple((line,) for line in islice(_candidates(facts), rules.MOST))
    return Section(QUESTION, (*found, (_OTHERS,)), more="regels")


def asks_now(facts: Facts) -> bool:
    """In the first digest of the half year of which the register has seen enough; asked once more in no other."""
    meeting, since = facts.meeting, _known_since(facts)
    if meeting is None or since is None or facts.body != facts.structure.filter:
        return False
    if not rules.has_seen_enough(since, facts.today, facts.structure):
        return False
    half = rules.half_year(facts.today)
    # A digest goes out before its meeting, so the meeting of one that asked in this half year is not before it.
    others = facts.store.meetings(body=facts.body.code, since=half.start, cancelled=True, limit=100)
    return not any(_asked_in(facts, one, half.start) for one in others if one.id != meeting.id)


def _known_since(facts: Facts) -> date | None:
    """When the register came to know the first meeting of the filter."""
    first = facts.store.meetings(body=facts.body.code, cancelled=True, limit=1)
    rows = facts.store.history(first[0].id) if first else ()
    return rows[0].at.astimezone(AMSTERDAM).date() if rows else None


def _asked_in(facts: Facts, meeting: Meeting, since: date) -> bool:
    rows = facts.store.history(meeting.id)
    return any(row.why == ASKED and row.at.astimezone(AMSTERDAM).date() >= since for row in rows)


# --- what the register points at -------------------------------------------------------------------------------------
def _candidates(facts: Facts) -> Iterator[Line]:
    """One line each, the strongest first; every one with what can be typed."""
    groups = [
        one
        for one in facts.store.groups(states=WORKING_STATES)
        if one.parent == facts.body.code and not one.within and one.end >= facts.today
    ]
    yield from islice(_advised(facts, groups), _OF_A_KIND)
    yield from islice(_idle(facts, groups), _OF_A_KIND)
    yield from _lower(facts, groups)
    yield from islice(_empty(facts), _OF_A_KIND)
    yield from _noted(facts)


def _advised(facts: Facts, groups: Sequence[Workgroup]) -> Iterator[Line]:
    """R-022: what an evaluation said that could go."""
    for body in (*facts.structure.tiers, *(group.as_body() for group in groups)):
        one = rules.advised_to_go(facts.store.evaluations(about=body.code))
        if one is not None:
            when = f" van {facts.said(one.held_on)}" if one.held_on else ""
            yield (Strong(body.code), f": de evaluatie{when} adviseert {one.advice} ({one.id}). ", *_way(body))


def _idle(facts: Facts, groups: Sequence[Workgroup]) -> Iterator[Line]:
    """The longest silence first."""
    silent = sorted((heard_last(facts.store, group, facts.today), group.code, group) for group in groups)
    for heard, _, group in silent:
        held = open_things(facts.register, group)
        count = sum(len(ids) for ids in (held.signals, held.actions, held.decisions, held.agreements, held.requests))
        if rules.is_idle(group, heard, facts.today, count, facts.structure):
            text = f" ({group.name}): sinds {facts.said(heard)} niets gehoord, en er ligt niets. "
            yield (Strong(group.code), text, *_way(group.as_body()))


def _way(body: Body) -> tuple[str | Code, ...]:
    if not body.is_group:
        return ("Bespreken: ", Code("!agendeer"), ".")
    end = f"!programma beeindig {body.code}" if body.kind is BodyKind.PROGRAMME else f"!ophef {body.code}"
    return ("Loslaten: ", Code(end), ".")


def _lower(facts: Facts, groups: Sequence[Workgroup]) -> Iterator[Line]:
    """A signal that lies here, on no agenda, about what a group is for."""
    on_agenda = {id for item in facts.items for id in item.signals}
    for signal in facts.signals((SignalState.HANDLING,), lies_with=facts.body.code):
        fits = [one for one in groups if one.topic and one.topic.casefold() == (signal.topic or "").casefold()]
        if fits and signal.id not in on_agenda:
            number = signal.id.rsplit("-", 1)[-1].lstrip("0")
            way = Code(f"!beleg {number} bij {fits[0].code}")
            yield (Strong(signal.id), f" ({signal.title}): daar gaat {fits[0].code} over. Lager: ", way, ".")
            return


def _agendas(facts: Facts, body: Body, since: date) -> list[tuple[AgendaItem, ...]]:
    """What lay on the table of each meeting that the body held since that day."""
    found = facts.store.meetings(body=body.code, since=since, until=facts.today, kinds=FORMAL_KINDS, limit=100)
    return [facts.store.items(meeting=one.id) for one in found if is_over(one, facts.today)]


def _empty(facts: Facts) -> Iterator[Line]:
    since = add_months(facts.today, -6)
    for body in facts.structure.tiers:
        agendas = _agendas(facts, body, since)
        if n := rules.empty_meetings(agendas):
            text = f": {n} van de {len(agendas)} vergaderingen in een half jaar hadden geen agendapunt. Er een minder: "
            yield (Strong(body.code), text, Code("!vergadering annuleer"), ".")


def _noted(facts: Facts) -> Iterator[Line]:
    """R-026, C16: what could do without a meeting."""
    agendas = _agendas(facts, facts.body, add_months(facts.today, -6))[-_LAST:]
    if counted := rules.only_noted(agendas):
        text = (
            f"{counted[0]} van de {counted[1]} punten van de laatste {facts.body.code}'s waren ter kennisname of een "
        )
        yield (f"{text}hamerstuk. Een punt eraf: ", Code("!voeraf"), ".")
