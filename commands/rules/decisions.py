"""May this body decide here, does it lie within its mandate, and what may still be changed? (domain.md §2.8)

Each `may_…` answers whether, each `…ed` gives the decision as it is afterwards. Nothing here looks anything up.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date, datetime
from enum import StrEnum
from typing import TypeVar

from commands.rules import ways
from commands.words.agreement import Agreement, AgreementState
from commands.words.calendar import say_short
from commands.words.decision import FROZEN_STATES, Decision, DecisionState, Stand, StandKind
from commands.words.mandate import Mandate, MandateState
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict

R = TypeVar("R", Decision, Agreement, Decision | Agreement)
#: Meetings that take no decisions (INV-22, R-142).
UNDECIDING = (MeetingKind.INFORMAL, MeetingKind.KNOWLEDGE)
#: States of a meeting in which its decisions are still written down.
RECORDING = (MeetingState.PLANNED, MeetingState.FIXED, MeetingState.HELD, MeetingState.MINUTES)
#: What may become of a decision, and from where (domain.md §2.8).
OUTCOMES: dict[DecisionState, tuple[DecisionState, ...]] = {
    DecisionState.CARRYING_OUT: (DecisionState.FIXED,),
    DecisionState.DONE: (DecisionState.FIXED, DecisionState.CARRYING_OUT),
    DecisionState.NOT_DONE: (DecisionState.FIXED, DecisionState.CARRYING_OUT),
    DecisionState.LAPSED: (DecisionState.CONCEPT, DecisionState.FIXED, DecisionState.CARRYING_OUT),
}
#: Outcomes that say why.
WITH_REASON = (DecisionState.NOT_DONE, DecisionState.LAPSED)


# --- who decides, and where (INV-22) ---------------------------------------------------------------------------------
def competent(body: Body, above: Body | None, *, steering: bool = False) -> Verdict:
    """INV-22: the fixed bodies, and the steering group of a programme; working groups and programmes advise the body
    that is `above` them."""
    if body.kind is BodyKind.FIXED or steering:
        return Allowed()
    if body.kind is BodyKind.CONNECTION:
        return Refused("Een netwerk besluit niet. Indienen kan wel, met !signaal.", code="INV-22")
    kind = "werkgroep" if body.kind is BodyKind.WORKGROUP else "programma"
    way = Instead("", {"advice": "ja"}, f"Als advies aan {above.the if above else 'wie besluit'} vastleggen?")
    return Refused(f"Een {kind} adviseert.", way, "INV-22")


def takes_decisions(meeting: Meeting, body: Body, today: date, text: str) -> Verdict:
    """INV-22: a formal meeting that runs or was held, until its minutes are confirmed. `text` travels with the way."""
    if meeting.kind in UNDECIDING:
        way = Instead("aandachtspunt", {"text": text}, "Als aandachtspunt vastleggen?")
        return Refused("In een informeel overleg worden geen besluiten genomen.", way, "INV-22")
    if meeting.day > today:
        when = say_short(meeting.day)
        because = (
            f"{body.capital} vergadert pas op {when}; een besluit wordt in de vergadering genomen. Op die dag kan het."
        )
        return Refused(because, code="INV-22")
    if meeting.state not in RECORDING:
        return Refused(
            f"{meeting.id} is {meeting.state}; daar komt geen besluit meer bij. {ways.look_at_meetings(meeting.body)}",
            code="E12",
        )
    return Allowed()


def may_ask_in_writing(until: date, meeting: Meeting, body: Body, today: date) -> Verdict:
    """INV-22, digests.md §3.2: between meetings, with a day to answer by that lies before the next meeting."""
    if until <= today:
        return Refused("Partijen hebben tijd nodig om te antwoorden: kies een dag na vandaag.", code="E08")
    if until >= meeting.day:
        when = say_short(meeting.day)
        because = (
            f"{body.capital} vergadert al op {when}: neem het besluit daar, of kies een dag daarvoor om te antwoorden."
        )
        return Refused(because, code="INV-22")
    return Allowed()


def unanswered(decision: Decision | Agreement) -> tuple[str, ...]:
    """The parties that still have to say something."""
    return tuple(one.party for one in decision.stands if one.kind is StandKind.PENDING)


def consented(record: R, structure: Structure, today: date) -> R:
    """digests.md §3.2: where that was agreed (`silence_consents`), a party that said nothing in time agrees."""
    if not structure.thresholds.silence_consents:
        return record
    if isinstance(record, Decision):
        late = record.written_until is not None and record.written_until < today
        silent = unanswered(record) if late else ()
        agreed = {party: Stand(party, StandKind.AGREES, "geen bezwaar binnen de termijn") for party in silent}
        return replace(record, stands=tuple(agreed.get(one.party, one) for one in record.stands))
    return record


# --- the mandate (INV-24, R-051) -------------------------------------------------------------------------------------
class Mandated(StrEnum):
    """Whether something lies within the mandate of a body, or who still has to say so."""

    NOT_ASKED = "geen mandaat nodig"
    WITHIN = "binnen mandaat"
    OUTSIDE = "buiten mandaat"
    ASK_CATEGORY = "welke categorie"
    ASK_CHAIR = "vraag de voorzitter"


def categories_of(body: Body, mandate: Mandate | None) -> tuple[str, ...]:
    """The categories in force: as the body above set them, else those of the structure file (R-051)."""
    if mandate is not None and mandate.state is MandateState.IN_FORCE:
        return mandate.categories
    return body.mandate


def mandated(
    body: Body, structure: Structure, categories: Sequence[str], category: str | None, confirmed: bool | None
) -> Mandated:
    """INV-24: only the filter decides within a mandate. `confirmed` is what its chair said of this case."""
    if body.code != structure.filter.code:
        return Mandated.NOT_ASKED
    if confirmed is not None:
        return Mandated.WITHIN if confirmed else Mandated.OUTSIDE
    if not categories:
        return Mandated.ASK_CHAIR
    if category is None:
        return Mandated.ASK_CATEGORY
    known = {one.casefold() for one in categories}
    return Mandated.WITHIN if category.casefold() in known else Mandated.OUTSIDE


# --- fixing and revising (INV-23) ------------------------------------------------------------------------------------
def frozen(decision: Decision | Agreement) -> Refused:
    """INV-23, C29: a fixed text is never edited; the way is a new one."""
    noun, field = ("besluit", "herziet") if isinstance(decision, Decision) else ("afspraak", "vervangt")
    new = "Maak een nieuw besluit" if isinstance(decision, Decision) else "Maak een nieuwe afspraak"
    return Refused(f"{decision.id} is {decision.state}. {new} met !{noun} en {field}:{decision.id}.", code="INV-23")


def is_frozen(decision: Decision) -> bool:
    """Whether the text can no longer change."""
    return decision.state in FROZEN_STATES


def may_fix(decision: Decision | Agreement, body: Body, structure: Structure) -> Verdict:
    """A concept; at the filter only once the chair has said that it lies within the mandate (INV-24). In writing only
    when every party answered: silence is no consent (digests.md §3.2).
    """
    if decision.state not in (DecisionState.CONCEPT, AgreementState.CONCEPT):
        return Refused(f"{decision.id} is al {decision.state}.", code="E14")
    if body.code == structure.filter.code and decision.within_mandate is not True:
        way = Instead("mandaat", {"subject": decision.id, "answer": "ja"}, "Binnen mandaat: ja of nee?")
        because = f"Van {decision.id} is nog niet gezegd of het binnen het mandaat van {body.the} valt."
        return Refused(because, way, "INV-24")
    pending = unanswered(decision)
    if pending and isinstance(decision, Decision) and decision.written_until is not None:
        because = f"Nog geen antwoord van {', '.join(pending)}. Wie niets zegt, stemt niet in. Noteren: !standpunt."
        return Refused(because, code="INV-22")
    return Allowed((f"nog te bevestigen: {', '.join(pending)}",) if pending else ())


def fixed(record: R, by: str, now: datetime) -> R:
    """From now on the text never changes."""
    if isinstance(record, Decision):
        return replace(record, state=DecisionState.FIXED, fixed_by=by, fixed_at=now)
    return replace(record, state=AgreementState.FIXED, fixed_by=by, fixed_at=now)


def may_revise(old: Decision, body: Body, structure: Structure) -> Verdict:
    """INV-23: what is fixed, by the same body or a higher one. A concept is simply corrected."""
    if not may_overrule(old.body, body, structure):
        owner = structure.body(old.body)
        above = structure.above(owner) if owner else None
        who = f"{owner.the}{f' of {above.the}' if above else ''}" if owner else old.body
        because = (
            f"{old.id} is van {owner.the if owner else old.body}. Herzien kan alleen {who}. "
            f"{ways.ask_secretary(owner.the) if owner else ways.look(old.id)}"
        )
        return Refused(because, code="INV-23")
    if old.state is DecisionState.CONCEPT:
        return Refused(f"{old.id} is nog concept. Wijzigen kan met !wijzig.", code="E12")
    if old.state not in (DecisionState.FIXED, DecisionState.CARRYING_OUT):
        return Refused(f"{old.id} is {old.state}; herzien kan niet. {ways.look(old.id)}", code="E12")
    return Allowed()


def may_overrule(owner: str, body: Body, structure: Structure) -> bool:
    """INV-23: the body itself, or one above it on the ladder. A body that is no fixed tier only overrules itself."""
    if owner == body.code:
        return True
    mine, theirs = structure.body(owner), structure.body(body.code)
    if theirs is None or theirs.level is None:
        return False
    return mine is None or (mine.level is not None and theirs.level > mine.level)


def revised(old: Decision, by: str) -> Decision:
    """It gave way to a new decision."""
    return replace(old, state=DecisionState.REVISED, revised_by=by)


def restored(old: Decision) -> Decision:
    """The new decision lapsed before it was fixed: the old one holds again."""
    return replace(old, state=DecisionState.FIXED, revised_by=None)


# --- what came of it (R-058) -----------------------------------------------------------------------------------------
def may_become(decision: Decision, state: DecisionState, because: str) -> Verdict:
    """domain.md §2.8: the ways from one state to the next; *niet uitgevoerd* and *vervallen* say why."""
    if state not in OUTCOMES:
        return Refused(f"{state} wordt een besluit niet met een uitkomst. Kijk bij !help besluit.", code="E12")
    if decision.state is state:
        return Refused(f"{decision.id} was al {state}.", code="E14")
    if decision.state not in OUTCOMES[state]:
        if decision.state is DecisionState.CONCEPT:
            return Refused(f"{decision.id} is nog concept. Eerst: !besluit vaststellen {decision.id}.", code="E12")
        return Refused(
            f"{decision.id} is {decision.state}; {state} kan niet meer. {ways.look(decision.id)}", code="E12"
        )
    if state in WITH_REASON and not because:
        return Refused("Waarom niet?" if state is DecisionState.NOT_DONE else "Waarom vervalt het?", code="WHY")
    return Allowed()


def became(decision: Decision, state: DecisionState, outcome: str) -> Decision:
    """With what came of it in words; the old words stay in the history."""
    return replace(decision, state=state, outcome=outcome or decision.outcome)


def lacks_outcome(decision: Decision, today: date) -> bool:
    """R-058: fixed or carried out, past its date, and nobody said what came of it. Without a date of its own the last
    moment of measuring counts.
    """
    if decision.state not in (DecisionState.FIXED, DecisionState.CARRYING_OUT):
        return False
    moments = decision.measure.moments if decision.measure else ()
    until = decision.due or max(moments, default=None)
    return until is not None and until < today


# --- what the parties say (R-092) ------------------------------------------------------------------------------------
def first_stands(
    parties: Iterable[str], said: Sequence[Stand], absent: Sequence[str], pending: Sequence[str] = ()
) -> tuple[Stand, ...]:
    """The position of every party at the table: what was said of the item, else akkoord. A party that was not there
    has none; one that answers later is *nog te bevestigen*.
    """
    known = {one.party: one for one in said}
    found: list[Stand] = []
    for party in parties:
        if party in absent:
            continue
        kind = StandKind.PENDING if party in pending else StandKind.AGREES
        found.append(known.get(party, Stand(party, kind)))
    return tuple(found)


def lifted(stands: Sequence[Stand], party: str, day: date) -> tuple[Stand, ...] | Refused:
    """A reservation is lifted: the row stays, with the day (digests.md §3.1)."""
    mine = next((one for one in stands if one.party == party), None)
    if mine is None or mine.kind is not StandKind.RESERVED:
        return Refused(f"{party} heeft hier geen voorbehoud. De standpunten staan bij !toon.", code="E12")
    if mine.lifted_on is not None:
        return Refused(f"Het voorbehoud van {party} is al opgeheven op {say_short(mine.lifted_on)}.", code="E14")
    return tuple(replace(one, lifted_on=day) if one.party == party else one for one in stands)


def open_reservations(decision: Decision | Agreement) -> tuple[Stand, ...]:
    """Reservations that stand."""
    return tuple(one for one in decision.stands if one.kind is StandKind.RESERVED and one.lifted_on is None)
