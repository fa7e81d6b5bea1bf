"""May this be put on that agenda, and is the agenda complete? (domain.md §2.7, INV-04, INV-31, INV-32, R-025, R-026)"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass

from commands.rules import ways
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.people import Role, RoleName
from commands.words.signal import Horizon, Signal, SignalKind, SignalState
from commands.words.structure import Body, Structure
from commands.words.verdict import Allowed, Refused, Verdict

LIVE = (ItemState.PROPOSED, ItemState.SCHEDULED)
#: What asks a meeting for something of substance.
SUBSTANCE = (Nature.DECIDE, Nature.DISCUSS)
#: What the chair of the filter may bring in (R-048).
PROCESS = (Nature.PROCESS, Nature.EVALUATE)
#: What a group brings to its parent by its chair (domain.md §2.7).
FROM_GROUP = (Nature.FEEDBACK, Nature.EVALUATE, Nature.PROCESS)
LEADERS = (RoleName.CHAIR, RoleName.LEAD)
SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.EXTERNAL)


def state_for(roles: Sequence[Role], body: Body, structure: Structure) -> ItemState | None:
    """Put on the agenda by the chair and the secretary, proposed by the rest of the body; None for others.

    The secretary of the filter keeps the register of the whole structure (G5); the chair of a group proposes to its
    parent.
    """
    if leads(roles, body.code) or keeps(roles, body, structure):
        return ItemState.SCHEDULED
    for role in roles:
        found = structure.body(role.body)
        if role.body == body.code and role.role in SITTING:
            return ItemState.PROPOSED
        if role.role in LEADERS and found is None and body.code == structure.filter.code:
            return ItemState.PROPOSED
    return None


def leads(roles: Sequence[Role], body: str) -> bool:
    """Whether one of these roles chairs the body."""
    return any(role.body == body and role.role in LEADERS for role in roles)


def keeps(roles: Sequence[Role], body: Body, structure: Structure) -> bool:
    """Whether one of these roles is the secretary of the body, or of the filter and so of the whole (G5)."""
    return any(role.role is RoleName.SECRETARY and role.body in (body.code, structure.filter.code) for role in roles)


def group_brings(roles: Sequence[Role], body: Body, nature: Nature) -> Verdict:
    """domain.md §2.7: who only chairs a group proposes to the filter its feedback or its future, no other point."""
    if any(role.body == body.code for role in roles) or nature in FROM_GROUP:
        return Allowed()
    kinds = ", ".join(str(one) for one in FROM_GROUP)
    return Refused(
        f"Vanuit een werkgroep komt op de agenda van {body.the}: {kinds}. {ways.ask_secretary(body.the)}", code="E04"
    )


def chair_brings(
    raiser_chairs: bool, nature: Nature, signal: Signal | None, body: Body, structure: Structure, substance: str = ""
) -> Verdict:
    """R-048, INV-17: the chair of the filter is never the one who brings in a point of substance.

    `substance` is who may bring it in instead, as a text names that person; "" when nobody is known.
    """
    if not raiser_chairs or body.code != structure.filter.code or nature in PROCESS:
        return Allowed()
    if signal is not None and signal.kind is SignalKind.PROCESS:
        return Allowed()
    other = substance or "Een inhoudelijk vertegenwoordiger van je partij"
    return Refused(
        f"Als voorzitter van {body.the} breng je geen inhoudelijk punt in. "
        f"{other} kan dit doen; een procespunt kan wel, met aard:proces.",
        code="R-048",
    )


def horizon_fits(kind: MeetingKind, horizon: Horizon) -> Verdict:
    """R-035, INV-31: no current affairs on a reflection meeting."""
    if kind is MeetingKind.REFLECTION and horizon is Horizon.CURRENT:
        return Refused(
            "Het reflectieoverleg is voor strategie; actualiteit staat daar niet op de agenda.",
            code="INV-31",
        )
    return Allowed()


def treated_below(nature: Nature, body: Body, structure: Structure) -> Verdict:
    """R-031, INV-04: a new point of substance does not start at the top; the tier below prepares it.

    A signal that lies at the top came by the ladder and is not asked.
    """
    below = structure.below(body)
    if structure.above(body) is not None or below is None or body.is_group or nature not in SUBSTANCE:
        return Allowed()
    return Refused(
        f"Een nieuw punt gaat eerst langs {below.the}, het voorportaal van {body.the}.",
        code="INV-04",
    )


def signal_fits(signal: Signal, body: Body, structure: Structure) -> Verdict:
    """S9, rulings.md 8: the signal lies with that body and is in hand; at the filter it may also still be unweighed."""
    if signal.lies_with != body.code:
        return Refused(f"{signal.id} ligt bij {_the(signal.lies_with, structure)}.", code="S9")
    states = [SignalState.HANDLING, SignalState.SCHEDULED]
    if body.code == structure.filter.code:
        states.append(SignalState.SUBMITTED)
    if signal.state in states:
        return Allowed()
    return Refused(f"{signal.id} is {signal.state}; agenderen kan niet. {ways.look(signal.id)}", code="E12")


def _the(code: str, structure: Structure) -> str:
    body = structure.body(code)
    return body.the if body else code


def still_open(meeting: Meeting) -> Verdict:
    """V2: a fixed agenda only changes by its chair."""
    if meeting.state is MeetingState.FIXED:
        return Refused("Die agenda staat vast.", code="V2")
    return Allowed()


# --- the agenda as a whole -------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Balance:
    """How an agenda is divided. `minutes` is None when not every item has them; `strategy` is a share in percent."""

    items: int
    strategic: int
    minutes: int | None
    strategic_minutes: int
    strategy: int


def balance_of(items: Sequence[AgendaItem]) -> Balance:
    """R-026: the share of strategy, in minutes where every item has them and else in items; 0 for an empty agenda."""
    strategic = [item for item in items if item.horizon is Horizon.STRATEGY]
    timed = bool(items) and all(item.minutes for item in items)
    total = sum(item.minutes or 0 for item in items)
    part = sum(item.minutes or 0 for item in strategic)
    share = round(100 * part / total) if timed else round(100 * len(strategic) / len(items)) if items else 0
    return Balance(len(items), len(strategic), total if timed else None, part, share)


def balance_warnings(items: Sequence[AgendaItem], kind: MeetingKind, least: int) -> tuple[str, ...]:
    """R-025, R-026, regular meetings only: an item of each horizon, and strategy not below `least` percent."""
    if kind is not MeetingKind.REGULAR:
        return ()
    horizons = {item.horizon for item in items}
    found = [f"Er staat geen punt over {horizon} op." for horizon in Horizon if horizon not in horizons]
    if Horizon.STRATEGY in horizons and balance_of(items).strategy < least:
        found.append(f"Strategie blijft onder {least}%.")
    return tuple(found)


def concentration(meetings: Sequence[Sequence[AgendaItem]], most: int) -> tuple[str, int] | None:
    """R-028: the topic that more than `most` percent of the points of these meetings are about, with its share.

    Points without a topic count as points. None when there is no such topic, or fewer than two points in all.
    """
    items = [item for each in meetings for item in each]
    topics = Counter(item.topic for item in items if item.topic)
    if len(items) < 2 or not topics:
        return None
    topic, n = topics.most_common(1)[0]
    share = round(100 * n / len(items))
    return (topic, share) if 100 * n > most * len(items) else None


def is_monitoring(item: AgendaItem) -> bool:
    """R-011: the standing point "Monitoring en beleidsevaluatie", however it is written."""
    title = item.title.casefold()
    return "beleidsevaluatie" in title or (item.nature is Nature.EVALUATE and "monitoring" in title)


def last_but_one(meetings: Sequence[Meeting], meeting: Meeting) -> bool:
    """R-012: whether this is the last but one of the meetings of a year (the only one counts); `meetings` by date."""
    ids = [one.id for one in meetings]
    return meeting.id in ids and ids.index(meeting.id) == max(0, len(ids) - 2)


def incomplete(items: Sequence[AgendaItem]) -> tuple[str, ...]:
    """INV-32: what is missing per item, as "AGP-2027-051 (namens)"; a proposed item still waits for a choice."""
    found: list[str] = []
    for item in items:
        missing = [name for name, value in (("inbrenger", item.raiser), ("namens", item.on_behalf_of)) if not value]
        if item.state is ItemState.PROPOSED:
            missing.append("nog een voorstel")
        if missing:
            found.append(f"{item.id} ({', '.join(missing)})")
    return tuple(found)


def may_fix(items: Sequence[AgendaItem], meeting: Meeting) -> Verdict:
    """V2: at least one item, every item complete, and not fixed before."""
    if meeting.state is not MeetingState.PLANNED:
        return Refused(
            f"De agenda van {meeting.id} is al verder: {meeting.state}. {ways.look_at_agenda(meeting.body)}", code="E12"
        )
    if not items:
        return Refused("Er staat nog niets op deze agenda. Zet er iets op met !agendeer.", code="V2")
    lacking = incomplete(items)
    if lacking:
        return Refused(f"Nog niet compleet: {', '.join(lacking)}. Vul het aan met !wijzig en het punt.", code="INV-32")
    for item in items:
        verdict = horizon_fits(meeting.kind, item.horizon)
        if isinstance(verdict, Refused):
            return Refused(
                f"{verdict.because} Punt {item.number} gaat over actualiteit. "
                f"Schuif het door met !doorschuif {item.number}.",
                code=verdict.code,
            )
    return Allowed()
