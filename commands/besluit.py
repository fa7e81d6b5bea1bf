"""!besluit: what a competent body decided in its meeting; the chair fixes it (C29, S11, INV-22, INV-23, INV-24)."""

from __future__ import annotations

import re
from typing import Annotated

from commands.kit.advice import advise
from commands.kit.arguments import Deadline, Until
from commands.kit.deciding import Draft, fix_record, next_to_list, record_decision
from commands.kit.decisions import is_steering, may_record, place_for, session_of, signals_under, within_mandate
from commands.kit.declare import About, Right, Where, command
from commands.kit.parties import Parties
from commands.kit.points import Point
from commands.kit.records import from_context
from commands.kit.turn import Ask, Outcome, Turn
from commands.rules import decisions as rules
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

OFFICERS = (RoleName.SECRETARY, RoleName.CHAIR)
#: Who hears from the rule how a decision comes about; that opens nothing.
SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE)
QUESTION = "Wat is het besluit? Eén volledige zin, te begrijpen zonder de stukken."
_IN_WRITING = re.compile(r"(?P<text>.*?),?\s+schriftelijk(?:e ronde)?\.?", re.IGNORECASE | re.DOTALL)
_FIX = re.compile(r"vaststellen|vast", re.IGNORECASE)


_Fixing = Annotated[Decision | None, About("het besluit dat wordt vastgesteld", "vaststellen", words=("vaststellen",))]
_Point = Annotated[Point | Signal | Decision | None, About("het agendapunt of het signaal", "punt", also=("id",))]
_Meeting = Annotated[Meeting | None, About("de vergadering", "vergadering", words=("vergadering",))]
_Category = Annotated[str | None, About("onder welk deel van het mandaat", "categorie", greedy=True)]
_Mandate = Annotated[bool | None, About("binnen het mandaat: ja of nee", "mandaat")]
_Absent = Annotated[
    Parties | None, About("wie niet vertegenwoordigd was", "nietvertegenwoordigd", field_only=True, greedy=True)
]
_Pending = Annotated[Parties | None, About("wie nog bevestigt", "volgt", field_only=True, greedy=True)]
_Revises = Annotated[Decision | None, About("het besluit dat hiermee wordt herzien", "herziet", field_only=True)]
_Due = Annotated[Deadline | None, About("uitgevoerd uiterlijk", "uiterlijk", greedy=True, field_only=True)]
_Public = Annotated[str | None, About("openbaar: ja, nee of later, met de reden", "openbaar", greedy=True)]
_Written = Annotated[
    Until | None, About("schriftelijke ronde tot", "schriftelijk", words=("schriftelijk",), greedy=True)
]
_Advice = Annotated[bool | None, About("als advies vastleggen", "advies")]
_Sure = Annotated[bool | None, About("zeker van het vaststellen", "zeker")]
_Text = Annotated[str | None, About("het besluit", "tekst", greedy=True, rest=True)]


@command(
    "besluit",
    aliases=("besloten",),
    help="Leg een besluit van de vergadering vast. De voorzitter stelt het vast met besluit vaststellen.",
    example="!besluit 3 het DO stemt in met het tijdelijke kader",
    who=(
        *(Right(role, Where.TIER) for role in OFFICERS),
        *(Right(role, Where.GROUP) for role in (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)),
        *(Right(role, Where.ANY, explain=True) for role in SITTING),
    ),
    otherwise="vraag het de secretaris.",
    menu=True,
)
def besluit(
    turn: Turn,
    fixing: _Fixing = None,
    point: _Point = None,
    meeting: _Meeting = None,
    category: _Category = None,
    mandate: _Mandate = None,
    absent: _Absent = None,
    pending: _Pending = None,
    revises: _Revises = None,
    due: _Due = None,
    public: _Public = None,
    written: _Written = None,
    advice: _Advice = None,
    sure: _Sure = None,
    text: _Text = None,
) -> Outcome:
    said = (text or "").strip()
    if fixing is None and _FIX.fullmatch(said):
        fixing = point if isinstance(point, Decision) else _replied_to(turn)
        if fixing is None:
            return Ask("fixing", "Welk besluit stelt u vast?" if turn.formal else "Welk besluit stel je vast?")
    if fixing is not None:
        return fix_record(turn, fixing, bool(sure))
    if isinstance(point, Decision):
        return _known(point, said)
    item, signal = (point, None) if isinstance(point, AgendaItem) else (None, point)
    found = turn.store.get(Meeting, item.meeting) if item is not None else meeting
    place = turn.body(found.body) if found is not None else _place(turn, signal)
    if place is None:
        return Refused("Typ dit in de kamer van het overleg, of noem het agendapunt.", code="E06")
    competent = rules.competent(place, turn.structure.above(place), steering=is_steering(turn, place))
    if isinstance(competent, Refused):
        return advise(turn, place, said, signal) if advice else competent
    if written is None and (bare := _IN_WRITING.fullmatch(said)):
        return Ask("written", "Tot en met welke dag kunnen partijen antwoorden?", parts={"text": bare["text"]})
    chosen = found or session_of(turn, place) if written is None else next_to_list(turn, place)
    if not isinstance(chosen, Meeting):
        return chosen
    if written is not None:
        fits = rules.may_ask_in_writing(written, chosen, place, turn.today)
    else:
        fits = rules.takes_decisions(chosen, place, turn.today, said)
    for verdict in (fits, may_record(turn, place, "besluit")):
        if isinstance(verdict, Refused):
            return Ask("written", f"{verdict.because} Welke dag?") if verdict.code == "E08" else verdict
    if not said:
        return Ask("text", QUESTION)
    if revises is not None:
        verdict = rules.may_revise(revises, place, turn.structure)
        if isinstance(verdict, Refused):
            return verdict
    within = within_mandate(turn, place, category, mandate, signal or next(iter(signals_under(turn, item)), None))
    if isinstance(within, Ask | Refused):
        return within
    parties = (absent or (), pending or ())
    return record_decision(
        turn, Draft(said, place, chosen, item, signal, category, within, *parties, revises, due, public, written)
    )


def _place(turn: Turn, signal: Signal | None) -> Body | None:
    """The body that decides: of the room, else where the signal lies, else the only one of the person."""
    if turn.room is None and signal is not None:
        return turn.body(signal.lies_with)
    return place_for(turn)


def _replied_to(turn: Turn) -> Decision | None:
    found = [one for one in from_context((Decision,), turn) if isinstance(one, Decision)]
    return found[0] if len(found) == 1 else None


def _known(decision: Decision, text: str) -> Outcome:
    """A decision that was recorded already is corrected, or revised by a new one."""
    if rules.is_frozen(decision):
        frozen = rules.frozen(decision)
        again = {"revises": decision.id, "text": text, "point": ""}
        ask = Instead("", again, "Als nieuw besluit vastleggen?")
        return Refused(frozen.because, ask, frozen.code) if text else frozen
    way = Instead("wijzig", {"signal": decision.id, "wording": text}, "De tekst wijzigen?") if text else None
    return Refused(f"{decision.id} staat er al, als concept.", way, "E14")
