"""The movements of a signal: weigh, assign, escalate, give back, delegate, report back, settle (domain.md §2.5).

Each `may_…` answers whether, each `…ed` gives the signal as it is afterwards. Nothing here looks anything up.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

from commands.rules import ways
from commands.words.action import Action
from commands.words.calendar import say_short
from commands.words.proposal import Proposal
from commands.words.signal import Brief, Hop, Signal, SignalState
from commands.words.structure import Body, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict
from commands.words.workgroup import GroupState, Workgroup

#: From where a signal may go up or down a tier (S17-S19).
MOVING = (SignalState.HANDLING, SignalState.SCHEDULED, SignalState.DECIDED)
#: From where the filter may weigh or assign, also again (S4-S7, rulings.md 7).
WEIGHABLE = (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING, SignalState.SCHEDULED)


def in_state(signal: Signal, act: str, states: tuple[SignalState, ...]) -> Verdict:
    """E12: an act fits only some states; the text says what stands in the way."""
    if signal.state in states:
        return Allowed()
    if signal.state is SignalState.MERGED and signal.merged_into:
        # Where it went on may be out of sight for who asks; the dossier tells whoever may know.
        return Refused(f"{signal.id} is samengevoegd; {act} kan niet. Waar het verdergaat, zegt !toon.", code="E12")
    return Refused(f"{signal.id} is {signal.state}; {act} kan niet. {ways.look(signal.id)}", code="E12")


def one_open_proposal(proposals: tuple[Proposal, ...]) -> Verdict:
    """INV-07, E18."""
    if not proposals:
        return Allowed()
    one = proposals[0]
    return Refused(f"Er loopt al een voorstel ({one.id}, wacht op de voorzitter {one.confirms}).", code="E18")


# --- weighing and assigning ------------------------------------------------------------------------------------------
def may_weigh(signal: Signal, structure: Structure, proposals: tuple[Proposal, ...] = ()) -> Verdict:
    """S2, S4-S6: only where it lies with the filter, is not settled and has no open proposal (R-040, INV-07)."""
    place = structure.filter
    if signal.lies_with != place.code and signal.state in MOVING:
        because = (
            f"{signal.id} ligt bij {signal.lies_with}; {place.the} weegt wat bij {place.the} ligt. "
            f"{ways.look(signal.id)}"
        )
        return Refused(because, code="E12")
    verdict = in_state(signal, "wegen", WEIGHABLE)
    return verdict if isinstance(verdict, Refused) else one_open_proposal(proposals)


def is_own(signal: Signal, act: str, structure: Structure) -> Verdict:
    """S6, S13: what a higher body delegated is not for the lower one to end; it reports back (S20, §2.4 delegeren)."""
    if not signal.hops:
        return Allowed()
    giver = signal.hops[-1].giver
    body = structure.body(giver)
    the, which = (body.the, body.which) if body else (giver, "dat")
    way = Instead("gereed", {"item": signal.id}, f"Gereed melden aan {the}?")
    return Refused(f"{signal.id} is een opdracht van {the}, {which} eigenaar blijft; {act} kan hier niet.", way, "E12")


def may_assign(group: Workgroup, due: date | None, others: tuple[Workgroup, ...], parent: Body, today: date) -> Verdict:
    """S5, INV-14: a group that takes work, and back before its end date. The way is another such group on the topic, or
    the agenda of `parent`, the body above the group."""
    state = group.state_on(today)
    if not group.takes_work(today):
        fit = (one for one in others if one.topic and one.topic == group.topic and one.takes_work(today))
        other = next((one for one in fit if one.code != group.code), None)
        way = Instead("weeg", {"outcome": "agenderen"}, f"Op de agenda van {parent.the}?")
        if other:
            way = Instead("beleg", {"group": other.code}, f"{other.name}?")
        since = f" sinds {say_short(group.end)}" if state is GroupState.LAPSED else ""
        return Refused(f"{group.name} is {state}{since} en krijgt geen nieuwe signalen.", way, "INV-14")
    if due is not None and due > group.end:
        return Refused(f"Dat is na de einddatum van {group.code} ({say_short(group.end)}).", code="C06")
    return Allowed()


def may_take(signal: Signal, group: Workgroup, room: str, place: Body) -> Verdict:
    """S5: a group's chair takes on what was raised in the group's own room and lies within its task; no more."""
    if signal.state is not SignalState.SUBMITTED or room != group.code or group.code not in signal.passed:
        return Refused(
            f"De voorzitter van {group.code} neemt alleen aan wat in de eigen kamer is ingediend. "
            f"Beleggen doet {place.the}.",
            code="E04",
        )
    if group.topic and signal.topic and signal.topic.casefold() != group.topic.casefold():
        return Refused(
            f"Dit valt buiten de opdracht van {group.code} (thema: {group.topic}); {place.the} weegt het. "
            f"{ways.ask_secretary(place.the)}",
            code="C06",
        )
    return Allowed()


def weighed(signal: Signal, now: datetime, state: SignalState) -> Signal:
    """The signal after a weighing by the filter."""
    due = signal.hops[-1].due if signal.hops else None
    return replace(signal, state=state, weighed_at=now, changed_at=now, due=due)


def assigned(signal: Signal, giver: str, receiver: str, task: str, due: date | None, now: datetime) -> Signal:
    """One hop further down: the owner stays, the landing place moves (INV-06)."""
    return replace(
        signal,
        state=SignalState.HANDLING,
        lies_with=receiver,
        hops=(*signal.hops, Hop(giver, receiver, task, due)),
        passed=_passed(signal),
        weighed_at=signal.weighed_at or now,
        changed_at=now,
        due=due,
    )


def hops_fit(signal: Signal) -> Hop | None:
    """INV-06: the delegation that expects it back before the one below it has it; None when all dates fit."""
    for upper, lower in zip(signal.hops, signal.hops[1:], strict=False):
        if upper.due is not None and lower.due is not None and lower.due > upper.due:
            return upper
    return None


def with_hop(signal: Signal, number: int, hop: Hop) -> Signal:
    """The signal with another delegation in that place of its chain; its own date follows that of the last one."""
    hops = (*signal.hops[:number], hop, *signal.hops[number + 1 :])
    follows = signal.hops and signal.due == signal.hops[-1].due
    return replace(signal, hops=hops, due=hops[-1].due if follows else signal.due)


# --- up --------------------------------------------------------------------------------------------------------------
def may_escalate(signal: Signal, origin: Body, structure: Structure, proposals: tuple[Proposal, ...]) -> Verdict:
    """S17, INV-03, R-029: weighed, relevant, in a moving state and without an open proposal. From a group: always to
    the filter, which weighs anyway."""
    if signal.state in (*MOVING, SignalState.SUBMITTED, SignalState.HELD):
        verdict = one_open_proposal(proposals)
        if isinstance(verdict, Refused):
            return verdict
    if not origin.is_group and signal.state in (SignalState.SUBMITTED, SignalState.HELD):
        way = Instead("weeg", {"signal": signal.id, "outcome": "escaleren"}, "Nu wegen?")
        return Refused(f"{signal.id} is nog niet gewogen door {structure.filter.the}.", way, "INV-03")
    verdict = in_state(signal, "escaleren", MOVING)
    if isinstance(verdict, Refused):
        return verdict
    if signal.relevant is False:
        return Refused(
            f"{signal.id} staat als 'niet bestuurlijk relevant'. Pas eerst de weging aan met !weeg.", code="R-029"
        )
    return Allowed()


def still_there(signal: Signal, proposal: Proposal) -> Verdict:
    """INV-02: what was proposed by a body goes up from that body; not when the signal has moved on since."""
    if signal.lies_with != proposal.confirms:
        return Refused(
            f"{signal.id} ligt niet meer bij {proposal.confirms}; {proposal.id} vervalt. {ways.look(signal.id)}",
            code="E12",
        )
    return in_state(signal, "escaleren", MOVING)


def brief_of(main_line: str, ask: str, why: str, most: int) -> Brief | Refused:
    """R-042, R-046: the brief that goes up; too long a main line is told with its length, never cut."""
    if len(main_line) > most:
        return Refused(f"De hoofdlijn is {len(main_line)} tekens, maximaal {most}. Niets opgeslagen.", code="E10")
    return Brief(main_line.strip(), ask.strip(), why.strip())


def escalated(signal: Signal, target: str, brief: Brief | None, now: datetime) -> Signal:
    """One tier up. A delegated signal that comes back up loses its last hop; otherwise the higher body is the owner."""
    hops = signal.hops[:-1] if signal.hops else ()
    owner = signal.owner if signal.hops and signal.hops[-1].giver == target else target
    return replace(
        signal,
        state=SignalState.HANDLING,
        lies_with=target,
        owner=hops[0].giver if hops else owner,
        hops=hops,
        passed=_passed(signal),
        brief=brief or signal.brief,
        relevant=True if brief else signal.relevant,
        changed_at=now,
        due=hops[-1].due if hops else None,
    )


def resubmitted(signal: Signal, place: str, why: str, now: datetime) -> Signal:
    """From a group to the filter: it lands as *ingediend*, and the filter weighs it again (domain.md §2.5).

    It keeps the day on which it was raised: a way round by a group does not make it younger (R-069).
    """
    return replace(
        escalated(signal, place, None, now),
        state=SignalState.SUBMITTED,
        explanation=f"{signal.explanation}\n{why}".strip() if why else signal.explanation,
    )


# --- down ------------------------------------------------------------------------------------------------------------
def may_give_back(signal: Signal, origin: Body, structure: Structure) -> Verdict:
    """S18: only from a tier that has one below it, and not while a proposal is open (checked apart)."""
    if origin.is_group:
        return Refused(f"{signal.id} ligt bij {origin.name}. Terug naar {origin.parent} gaat met !gereed.", code="E12")
    below = structure.below(origin)
    if below is None:
        return Refused(f"{signal.id} ligt al bij {origin.the}. Bedoel je !weeg of !afhandel?", code="E12")
    return in_state(signal, "teruggeven", MOVING)


def given_back(signal: Signal, below: str, now: datetime) -> Signal:
    """De-escalated: the lower body owns it and decides itself; the chain of delegations is cleared."""
    return replace(
        signal,
        state=SignalState.HANDLING,
        lies_with=below,
        owner=below,
        hops=(),
        passed=_passed(signal),
        changed_at=now,
        due=None,
    )


def due_fits(signal: Signal, due: date) -> Verdict:
    """INV-06: a lower date may not be later than the one above it."""
    limit = signal.hops[-1].due if signal.hops else None
    if limit is not None and due > limit:
        return Refused(
            f"Dat is later dan de datum waarop {signal.hops[-1].giver} het terug verwacht ({say_short(limit)}).",
            code="INV-06",
        )
    return Allowed()


def may_report(signal: Signal, proposals: tuple[Proposal, ...] = ()) -> Verdict:
    """S12, S20: only what was delegated can be reported back, and not while a proposal about it is open (INV-07)."""
    if not signal.hops:
        return Refused(f"{signal.id} is niet gedelegeerd. Afronden gaat met !afhandel.", code="E12")
    verdict = in_state(signal, "gereed melden", MOVING)
    return verdict if isinstance(verdict, Refused) else one_open_proposal(proposals)


def reported(signal: Signal, now: datetime) -> Signal:
    """Back to who gave it: the last hop is popped."""
    hop = signal.hops[-1]
    hops = signal.hops[:-1]
    return replace(
        signal,
        state=SignalState.HANDLING,
        lies_with=hop.giver,
        hops=hops,
        passed=_passed(signal),
        changed_at=now,
        due=hops[-1].due if hops else None,
    )


# --- the end ---------------------------------------------------------------------------------------------------------
def may_settle(signal: Signal, place: Body, structure: Structure, actions: tuple[Action, ...], reason: str) -> Verdict:
    """S13, S14: at the filter by its mandate, at a higher tier after a decision; open actions need a reason."""
    at_filter = place.code == structure.filter.code
    states = (SignalState.HANDLING, SignalState.SCHEDULED, SignalState.DECIDED) if at_filter else (SignalState.DECIDED,)
    if signal.state in MOVING and signal.state not in states:
        below = structure.below(place)
        because = f"{place.capital} heeft hier nog geen besluit over genomen."
        if below is None:
            return Refused(f"{because} {ways.look(signal.id)}", code="E12")
        return Refused(because, Instead("deescaleer", {"signal": signal.id}, f"Teruggeven aan {below.the}?"), "E12")
    for verdict in (in_state(signal, "afhandelen", states), is_own(signal, "afhandelen", structure)):
        if isinstance(verdict, Refused):
            return verdict
    if actions and not reason:
        ids = ", ".join(action.id for action in actions)
        many = "Er staat nog 1 actie" if len(actions) == 1 else f"Er staan nog {len(actions)} acties"
        return Refused(f"{many} open ({ids}). Rond die af of geef reden:", code="C12")
    return Allowed()


def settled(signal: Signal, outcome: str, now: datetime) -> Signal:
    """INV-08: settled with an outcome; the raisers still have to hear it."""
    return replace(signal, state=SignalState.SETTLED, outcome=outcome, settled_at=now, changed_at=now, due=None)


def closed_if_told(signal: Signal, raisers: tuple[str, ...], told: tuple[str, ...], now: datetime) -> Signal:
    """S15, INV-08: closed only when every raiser, merged ones included, has heard it."""
    everyone = tuple(dict.fromkeys((*signal.told, *told)))
    state = SignalState.CLOSED if set(raisers) <= set(everyone) else signal.state
    return replace(signal, state=state, told=everyone, changed_at=now)


def _passed(signal: Signal) -> tuple[str, ...]:
    return tuple(dict.fromkeys((*signal.passed, signal.lies_with)))
