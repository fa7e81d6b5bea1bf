"""The rest of a signal's life: add to it, correct it, withdraw it, reopen it, and what its clock owes (domain.md §2.5).

Each `may_…` answers whether, each `…ed` gives the signal as it is afterwards. Nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

from commands.rules import ways
from commands.rules.groups import add_months
from commands.rules.ladder import MOVING, in_state, one_open_proposal
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, ItemState
from commands.words.proposal import Proposal
from commands.words.signal import OPEN_STATES, Signal, SignalState
from commands.words.structure import Body, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: From where its raiser takes it back without asking anyone (S8).
UNWEIGHED = (SignalState.SUBMITTED, SignalState.HELD)
#: Settled or rejected, and the raisers may still have to hear it.
ANSWERED = (SignalState.SETTLED, SignalState.REJECTED)
#: Moved on this often, a signal gets stuck (domain.md §2.5, derived flags).
STUCK_AFTER = 2


# --- adding (C04, S3) ------------------------------------------------------------------------------------------------
def may_add(signal: Signal, text: str, *, raiser: bool, secretary: bool) -> Verdict:
    """C04: the raiser, or the secretary of the body where it lies or of the filter; only while it is open."""
    if not (raiser or secretary):
        way = Instead("signaal", {"text": text}, "Als eigen signaal indienen?") if text else None
        because = "Alleen de indiener vult aan. Een eigen signaal indienen kan wel, en koppelen ook."
        return Refused(because, way, "E04")
    verdict = in_state(signal, "aanvullen", OPEN_STATES)
    if isinstance(verdict, Refused) and signal.state is SignalState.CLOSED:
        return replace(verdict, instead=Instead("heropen", {"signal": signal.id, "because": text}, "Heropenen?"))
    return verdict


def added_to(signal: Signal, text: str, now: datetime) -> Signal:
    """S3: what was held goes back to be weighed, with a new date of filing; elsewhere only the text grows."""
    grown = replace(signal, explanation=f"{signal.explanation}\n{text}".strip(), changed_at=now)
    if signal.state is not SignalState.HELD:
        return grown
    due = signal.hops[-1].due if signal.hops else None
    return replace(grown, state=SignalState.SUBMITTED, filed_at=now, due=due)


# --- withdrawing (C14, S8) -------------------------------------------------------------------------------------------
def may_withdraw(
    signal: Signal, owner: Body, *, raiser: bool, agreed: bool, others: bool, proposals: tuple[Proposal, ...] = ()
) -> Verdict:
    """S8: the raiser, at once before the weighing; after it, or with `others` who raised it too, the chair agrees.

    `owner` is the body that answers for it: its chair decides. `agreed` says that this chair did.
    """
    if not (raiser or agreed):
        return Refused("Intrekken doet de indiener zelf.", code="E04")
    verdict = in_state(signal, "intrekken", (*UNWEIGHED, *MOVING))
    if isinstance(verdict, Refused):
        return verdict
    verdict = one_open_proposal(proposals)
    if isinstance(verdict, Refused) or agreed or (signal.state in UNWEIGHED and not others):
        return verdict
    way = Instead("", {"ask_chair": "ja"}, "De voorzitter vragen?")
    if signal.state in UNWEIGHED:
        because = f"{signal.id} heeft meer indieners; intrekken kan met akkoord van de voorzitter van {owner.the}."
        return Refused(because, way, "S8")
    because = f"{owner.capital} heeft dit al in behandeling; intrekken kan met akkoord van de voorzitter."
    return Refused(because, way, "S8")


def withdrawn(signal: Signal, now: datetime) -> Signal:
    """S8: the end; it keeps its landing place and owner (INV-01)."""
    return replace(signal, state=SignalState.WITHDRAWN, changed_at=now, due=None)


# --- reopening (C15, S16) --------------------------------------------------------------------------------------------
def may_reopen(
    signal: Signal, because: str, today: date, structure: Structure, *, party_to_it: bool, adds: bool, answers: bool
) -> Verdict:
    """S16: only what is closed, by a raiser, someone of the filter or the secretary, within `reopen_months`.

    What was closed longer ago, or withdrawn, comes back as a new signal that names the old one. `adds` and `answers`
    say whether the person may add to it or give feedback about it, the ways out of the other states.
    """
    if not party_to_it:
        way = Instead("signaal", {"text": because}, "Als eigen signaal indienen?") if because else None
        who = f"de indiener, een lid of de secretaris van {structure.filter.the}"
        return Refused(f"Heropenen doet {who}.", way, "E04")
    if signal.state in OPEN_STATES:
        way = Instead("vulaan", {"signal": signal.id, "text": because}, "Dit erbij zetten?") if adds else None
        open_still = f"{signal.id} is {signal.state}; heropenen hoeft niet."
        return ways.refused(open_still, way, ways.look(signal.id), "E12")
    if signal.state in ANSWERED:
        way = Instead("terugkoppeling", {"signal": signal.id}, "Nu terugkoppelen?") if answers else None
        unanswered = f"{signal.id} is {signal.state} en nog niet teruggekoppeld."
        return ways.refused(unanswered, way, ways.look(signal.id), "E12")
    again = Instead("signaal", _followed_up(signal, because), "Als nieuw signaal indienen, met verwijzing?")
    if signal.state is SignalState.WITHDRAWN:
        return Refused(f"{signal.id} is ingetrokken; heropenen kan niet.", again, "E12")
    verdict = in_state(signal, "heropenen", (SignalState.CLOSED,))
    if isinstance(verdict, Refused):
        return verdict
    months = structure.thresholds.reopen_months
    if today > add_months(signal.changed_at.astimezone(AMSTERDAM).date(), months):
        longer = "een jaar" if months == 12 else f"{months} maanden"
        return Refused(f"Langer dan {longer} gesloten.", again, "S16")
    return Allowed()


def _followed_up(signal: Signal, because: str) -> dict[str, str]:
    """The parts of a new signal that goes on with this one; what is sensitive stays so."""
    text = f"{signal.title}: {because}" if because else signal.title
    kept = {"text": text, "origin": f"vervolg op {signal.id}", "topic": signal.topic or ""}
    return {**kept, "sensitive": "ja" if signal.sensitive else ""}


def reopened(signal: Signal, filter_code: str, because: str, now: datetime) -> Signal:
    """S16: it lies with the filter again, unweighed; the outcome of before stands in the history."""
    return replace(
        signal,
        state=SignalState.SUBMITTED,
        lies_with=filter_code,
        owner=filter_code,
        hops=(),
        passed=tuple(dict.fromkeys((*signal.passed, signal.lies_with, signal.owner))),
        filed_at=now,
        changed_at=now,
        explanation=f"{signal.explanation}\nHeropend: {because}".strip(),
        brief=None,
        outcome="",
        policy_change=None,
        weighed_at=None,
        settled_at=None,
        due=None,
        told=(),
    )


# --- correcting (C63) ------------------------------------------------------------------------------------------------
#: What the weighing settles: from then on the secretary changes it, not the raiser (S4).
WEIGHED_FIELDS = ("kind", "horizon", "topic", "sensitive", "safety_net")
#: What the raiser may still set to *ja* after the weighing: it only makes more careful (INV-39).
NEVER_WAITS = ("sensitive",)
#: A judgement of the filter, never the raiser's (R-029).
JUDGED_FIELDS = ("relevant",)


def may_change(signal: Signal, changes: dict[str, Any], *, raiser: bool, secretary: bool, place: Body) -> Verdict:
    """C63: by who made it or the secretary, while it is open. `changes` are the new values by field.

    After the weighing kind, topic and horizon are the secretary's; lifting *gevoelig* as well, setting it never
    waits. Whether it matters to the tiers above is for who weighs.
    """
    if not (raiser or secretary):
        return Refused(f"Wijzigen doet de indiener of de secretaris van {place.the}.", code="E04")
    verdict = in_state(signal, "wijzigen", OPEN_STATES)
    if isinstance(verdict, Refused):
        way = Instead("heropen", {"signal": signal.id}, "Heropenen?")
        return replace(verdict, instead=way) if signal.state is SignalState.CLOSED else verdict
    if secretary:
        return Allowed()
    if any(name in JUDGED_FIELDS for name in changes):
        because = f"Of het bestuurlijk relevant is, bepaalt wie weegt; vraag het de secretaris van {place.the}."
        return Refused(because, code="R-029")
    settled = [
        name
        for name, value in changes.items()
        if name in WEIGHED_FIELDS and not (name in NEVER_WAITS and value is True)
    ]
    if settled and signal.weighed_at is not None:
        return Refused(f"Dit is bij de weging vastgesteld; de secretaris van {place.the} wijzigt het.", code="S4")
    return Allowed()


def title_fits(title: str, least: int, most: int) -> Verdict:
    """R-046, E10: within the limits of a title, with the count; nothing is cut silently."""
    if least <= len(title) <= most:
        return Allowed()
    limit = f"minstens {least}" if len(title) < least else f"maximaal {most}"
    return Refused(f"De titel is {len(title)} tekens, {limit}. Niets gewijzigd.", code="E10")


# --- parking (C52) ---------------------------------------------------------------------------------------------------
def may_park(item: AgendaItem) -> Verdict:
    """R-045, C52: what is still to be discussed; an item that was treated or dropped is over."""
    if item.state in (ItemState.PROPOSED, ItemState.SCHEDULED):
        return Allowed()
    return Refused(f"{item.id} is {item.state}; parkeren kan niet. {ways.look_at_agenda()}", code="E12")


# --- derived flags and moments ---------------------------------------------------------------------------------------
def gets_stuck(items: Sequence[AgendaItem]) -> bool:
    """*blijft hangen*: on the agenda and moved on twice, over all items about the signal (domain.md §2.5)."""
    return sum(item.moved_on for item in items) >= STUCK_AFTER


def since(at: datetime) -> str:
    """What tells one stay in a state from the next, as part of an occasion."""
    return f"{at.astimezone(UTC):%Y%m%d%H%M%S}"


def held_moment(signal: Signal, structure: Structure) -> tuple[str, date] | None:
    """S3b: (occasion, day) on which an unanswered question comes back: the first sending day after its date."""
    if signal.state is not SignalState.HELD or signal.due is None:
        return None
    return since(signal.changed_at), structure.calendar.sending_on_or_after(signal.due + timedelta(days=1))


def hop_moments(signal: Signal, structure: Structure) -> list[tuple[str, date]]:
    """INV-06: (occasion, day) around the date on which the last delegation reports back: just before and just after."""
    if signal.state not in MOVING or not signal.hops or signal.hops[-1].due is None:
        return []
    hop, due = signal.hops[-1], signal.hops[-1].due
    one = timedelta(days=1)
    before = structure.calendar.sending_on_or_before(due - one)
    after = structure.calendar.sending_on_or_after(due + one)
    return [(f"{hop.receiver}-{due}-voor", before), (f"{hop.receiver}-{due}-na", after)]


def feedback_moments(signal: Signal, structure: Structure) -> list[tuple[str, date]]:
    """R-151: (occasion, day) of the questions about feedback that was not given, by the setting."""
    if signal.state not in ANSWERED or signal.settled_at is None:
        return []
    settled = signal.settled_at.astimezone(AMSTERDAM).date()
    calendar = structure.calendar
    return [
        (f"{since(signal.settled_at)}-{n}", calendar.sending_on_or_after(span.after(settled, calendar)))
        for n, span in enumerate(structure.thresholds.feedback_reminders, 1)
    ]
