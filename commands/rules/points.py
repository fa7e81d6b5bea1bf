"""The life of one point on an agenda: treated, moved on, taken off, hammered, put in order (domain.md §2.7, S10, S11).

Each `may_…` answers whether, each `…ed` gives the point as it is afterwards. Nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from commands.rules import ways
from commands.rules.agenda import LIVE
from commands.rules.lifecycle import STUCK_AFTER
from commands.words.calendar import say_short
from commands.words.decision import Stand, StandKind
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: States of a meeting in which what came of its points is still written down.
NOTING = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.HELD, MeetingState.MINUTES)
#: Meetings in which nothing is decided (INV-22, R-022).
UNDECIDING = (MeetingKind.INFORMAL, MeetingKind.KNOWLEDGE)
#: The customary order after opening and minutes (digests.md §3.2); hammer items come before what is discussed.
ORDER = (Nature.PROCESS, Nature.DECIDE, Nature.DISCUSS, Nature.INFORM, Nature.FEEDBACK, Nature.EVALUATE)


def named(item: AgendaItem) -> str:
    """How people call it: "punt 3"."""
    return f"punt {item.number}"


# --- what came of it -------------------------------------------------------------------------------------------------
def may_conclude(
    item: AgendaItem, meeting: Meeting, body: Body, outcome: ItemOutcome, today: date, above: str
) -> Verdict:
    """V4: on the day of the meeting or after it, until its minutes are confirmed; a group decides nothing (INV-22).

    Of a point that was only proposed, who notes the outcome says that it was treated. `above` names the body over this
    one with its article, for what a group may not decide.
    """
    if item.state not in (*LIVE, ItemState.TREATED):
        return Refused(
            f"{named(item).capitalize()} is {item.state}; een uitkomst kan niet. {ways.look_at_agenda(meeting.body)}",
            code="E12",
        )
    if meeting.state not in NOTING:
        return Refused(
            f"{meeting.id} is {meeting.state}; de uitkomst staat vast. Een fout verbeteren kan met !corrigeer.",
            code="E12",
        )
    if meeting.day > today:
        return Refused(f"{body.capital} vergadert pas op {say_short(meeting.day)}. Op die dag kan het.", code="V4")
    if outcome is ItemOutcome.DECIDED and body.is_group:
        way = Instead("", {"result": "kennisgenomen"}, "Als kennisgenomen noteren?")
        return Refused(f"Een werkgroep adviseert en besluit niet; {above} besluit.", way, "INV-22")
    if outcome is ItemOutcome.DECIDED and meeting.kind in UNDECIDING:
        way = Instead("", {"result": "kennisgenomen"}, "Als kennisgenomen noteren?")
        return Refused("In een informeel overleg worden geen besluiten genomen.", way, "INV-22")
    return Allowed()


def concluded(item: AgendaItem, outcome: ItemOutcome) -> AgendaItem:
    """Treated, with what came of it."""
    return replace(item, state=ItemState.TREATED, outcome=str(outcome))


def signal_after(signal: Signal, body: str, outcome: ItemOutcome, now: datetime) -> Signal:
    """S10, S11: decided, or back in hand; a signal that lies elsewhere or was not weighed stays as it is."""
    known = (SignalState.SCHEDULED, SignalState.HANDLING, SignalState.DECIDED)
    if signal.lies_with != body or signal.state not in known:
        return signal
    state = SignalState.DECIDED if outcome is ItemOutcome.DECIDED else SignalState.HANDLING
    return signal if signal.state is state else replace(signal, state=state, changed_at=now)


# --- moved on, taken off ---------------------------------------------------------------------------------------------
def may_move_on(item: AgendaItem, meeting: Meeting) -> Verdict:
    """Only what is on the agenda and was not treated; what is still a proposal is not on it."""
    if item.state is not ItemState.SCHEDULED:
        state = "nog een voorstel" if item.state is ItemState.PROPOSED else str(item.state)
        return Refused(
            f"{named(item).capitalize()} is {state}; doorschuiven kan niet. {ways.look_at_agenda(meeting.body)}",
            code="E12",
        )
    if meeting.state not in NOTING:
        return Refused(
            f"{meeting.id} is {meeting.state}; doorschuiven kan niet meer. {ways.look_at_agenda(meeting.body)}",
            code="E12",
        )
    return Allowed()


def moved_on(item: AgendaItem, id: str, meeting: str, number: int) -> AgendaItem:
    """The linked new point on the next meeting, with the count of how often it was moved on."""
    times = item.moved_on + 1
    return replace(item, id=id, meeting=meeting, number=number, moved_on=times, previous=item.id, outcome="")


def is_stuck(item: AgendaItem) -> bool:
    """*blijft hangen*: twice moved on (domain.md §2.5, derived flags)."""
    return item.moved_on >= STUCK_AFTER


def may_drop(item: AgendaItem) -> Verdict:
    """What is proposed or on the agenda."""
    if item.state in LIVE:
        return Allowed()
    return Refused(
        f"{named(item).capitalize()} is {item.state}; afvoeren kan niet. {ways.look_at_agenda()}", code="E12"
    )


# --- discussed or not ------------------------------------------------------------------------------------------------
def may_hammer(item: AgendaItem) -> Verdict:
    """digests.md §3.2: only a decision can be taken without discussion."""
    if item.state not in LIVE:
        return Refused(
            f"{named(item).capitalize()} is {item.state}; dat kan niet meer. {ways.look_at_agenda()}", code="E12"
        )
    if item.nature is not Nature.DECIDE:
        because = (
            f"{named(item).capitalize()} is ter {item.nature}; alleen een besluit kan een hamerstuk zijn. "
            f"{ways.look_at_agenda()}"
        )
        return Refused(because, code="E12")
    return Allowed()


def may_discuss(item: AgendaItem) -> Verdict:
    """digests.md §3.2: one party is enough, no reason needed; until the point is treated."""
    if item.state not in LIVE:
        return Refused(
            f"{named(item).capitalize()} is {item.state}; bespreken kan niet meer. {ways.look_at_agenda()}", code="E12"
        )
    if not item.hammer and item.nature in (Nature.DECIDE, Nature.DISCUSS):
        return Refused(f"{named(item).capitalize()} wordt al besproken.", code="E14")
    return Allowed()


def discussed(item: AgendaItem) -> AgendaItem:
    """No hammer item any more; what was only to be noted becomes a point of discussion."""
    nature = item.nature if item.nature is Nature.DECIDE else Nature.DISCUSS
    return replace(item, hammer=False, nature=nature)


# --- order -----------------------------------------------------------------------------------------------------------
def customary(items: Sequence[AgendaItem]) -> list[AgendaItem]:
    """digests.md §3.2: process, hammer items, decisions, discussion, for information, feedback, monitoring."""
    return sorted(items, key=lambda item: (ORDER.index(item.nature), not item.hammer, item.number))


def in_order(items: Sequence[AgendaItem], numbers: Sequence[int]) -> list[AgendaItem] | Refused:
    """The items in the order of those numbers; the rest follow as they were."""
    known = {item.number: item for item in items}
    strange = [number for number in numbers if number not in known]
    if strange or len(set(numbers)) != len(numbers):
        wrong = f"Punt {strange[0]} staat niet op deze agenda." if strange else "Elk nummer hoort er één keer in."
        there = ", ".join(str(number) for number in sorted(known))
        return Refused(f"{wrong} Er staan: {there}.", code="E11")
    first = [known[number] for number in numbers]
    return first + [item for item in items if item not in first]


# --- what the parties say --------------------------------------------------------------------------------------------
def with_stand(stands: Sequence[Stand], stand: Stand) -> tuple[Stand, ...]:
    """The positions with that of one party new or replaced; never more than one for a party."""
    kept = [one for one in stands if one.party != stand.party]
    return (*kept, stand)


def needs_reason(kind: StandKind) -> bool:
    """digests.md §3.1: a reservation says what it is about, and a no says why."""
    return kind in (StandKind.RESERVED, StandKind.AGAINST)
