"""!afspraak: what parties bind themselves to, with who answers for it and to whom (C30, R-165, R-166, INV-25…26)."""

from __future__ import annotations

import re
from typing import Annotated

from commands.kit.agreeing import Terms, Who, ask_who, record_agreement, term_from
from commands.kit.arguments import Deadline
from commands.kit.deciding import fix_record
from commands.kit.decisions import is_steering, may_record, place_for, session_of, signals_under, within_mandate
from commands.kit.declare import About, Right, Where, command
from commands.kit.parties import Accountable, Parties, Responsible
from commands.kit.points import Point
from commands.kit.records import from_context
from commands.kit.turn import Ask, Outcome, Turn
from commands.rules import agreements as rules
from commands.rules import decisions
from commands.words.agreement import Agreement
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, Track
from commands.words.verdict import Refused

OFFICERS = (RoleName.SECRETARY, RoleName.CHAIR)
SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE)
QUESTION = "Wat is de afspraak? Eén volledige zin, te begrijpen zonder de stukken."
_FIX = re.compile(r"vaststellen|vast", re.IGNORECASE)


@command(
    "afspraak",
    aliases=("afgesproken",),
    help="Leg een afspraak vast: wie is gebonden, verantwoordelijk, trekt, en legt aan wie verantwoording af.",
    example="!afspraak elke regio een overzicht bindt Rijk, IPO en VNG verantwoordelijk IPO trekker @ipo.do.1",
    who=(
        *(Right(role, Where.TIER) for role in OFFICERS),
        *(Right(role, Where.GROUP) for role in (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)),
        *(Right(role, Where.ANY, explain=True) for role in SITTING),
    ),
    otherwise="vraag het de secretaris.",
)
def afspraak(
    turn: Turn,
    fixing: Annotated[
        Agreement | None, About("de afspraak die wordt vastgesteld", "vaststellen", words=("vaststellen",))
    ] = None,
    point: Annotated[
        Point | Signal | Agreement | None, About("het agendapunt of het signaal", "punt", also=("id",))
    ] = None,
    binds: Annotated[Parties | None, About("de gebonden partijen", "bindt", words=("bindt",), greedy=True)] = None,
    responsible: Annotated[
        Responsible | None, About("wie verantwoordelijk is", "verantwoordelijk", words=("verantwoordelijk",))
    ] = None,
    lead: Annotated[Person | None, About("wie het trekt", "trekker", words=("trekker",))] = None,
    accountable: Annotated[
        Accountable | None,
        About("aan wie verantwoording wordt afgelegd", "verantwoording", words=("verantwoording",), greedy=True),
    ] = None,
    due: Annotated[Deadline | None, About("de laatste dag", "uiterlijk", words=("uiterlijk",), greedy=True)] = None,
    target: Annotated[
        Deadline | None,
        About("de streefdatum", "streef", words=("streefdatum", "streef"), also=("streefdatum",), greedy=True),
    ] = None,
    term: Annotated[str | None, About("uiterlijk, streefdatum of doorlopend", "termijn", greedy=True)] = None,
    source: Annotated[str | None, About("waar het uit komt", "bron", greedy=True)] = None,
    goal: Annotated[str | None, About("de doelstelling", "doelstelling", also=("doel",), greedy=True)] = None,
    track: Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",))] = None,
    meeting: Annotated[Meeting | None, About("de vergadering", "vergadering", words=("vergadering",))] = None,
    category: Annotated[str | None, About("onder welk deel van het mandaat", "categorie", greedy=True)] = None,
    mandate: Annotated[bool | None, About("binnen het mandaat: ja of nee", "mandaat")] = None,
    replaces: Annotated[
        Agreement | None, About("de afspraak die hiermee wordt vervangen", "vervangt", field_only=True)
    ] = None,
    sure: Annotated[bool | None, About("zeker van het vaststellen", "zeker")] = None,
    text: Annotated[str | None, About("de afspraak", "tekst", greedy=True, rest=True)] = None,
) -> Outcome:
    said = (text or "").strip()
    if fixing is None and _FIX.fullmatch(said):
        fixing = point if isinstance(point, Agreement) else _replied_to(turn)
        if fixing is None:
            return Ask("fixing", "Welke afspraak stelt u vast?" if turn.formal else "Welke afspraak stel je vast?")
    if fixing is not None:
        return fix_record(turn, fixing, bool(sure))
    if isinstance(point, Agreement):
        return decisions.frozen(point) if not _is_concept(point) else Refused(f"{point.id} staat er al.", code="E14")
    item, signal = (point, None) if isinstance(point, AgendaItem) else (None, point)
    found = turn.store.get(Meeting, item.meeting) if item is not None else meeting
    place = turn.body(found.body) if found is not None else place_for(turn)
    if place is None:
        return Refused("Typ dit in de kamer van het overleg, of noem het agendapunt.", code="E06")
    competent = decisions.competent(place, steering=is_steering(turn, place))
    if isinstance(competent, Refused):
        return Refused("Afspraken maken de partijen in het AO, het DO of het BO.", code="INV-22")
    chosen = found or session_of(turn, place)
    if not isinstance(chosen, Meeting):
        return chosen
    for verdict in (decisions.takes_decisions(chosen, place, turn.today, said), may_record(turn, place, "afspraak")):
        if isinstance(verdict, Refused):
            return verdict
    if not said:
        return Ask("text", QUESTION)
    who = ask_who(turn, place, binds, responsible, lead, accountable)
    if not isinstance(who, Who):
        return who
    when = term_from(turn, due, target, term)
    if isinstance(when, Ask):
        return when
    if replaces is not None:
        verdict = rules.may_end(replaces, (place,), "vervangen", turn.structure)
        if isinstance(verdict, Refused):
            return verdict
    subject = signal or next(iter(signals_under(turn, item)), None)
    within = within_mandate(turn, place, category, mandate, subject)
    if isinstance(within, Ask | Refused):
        return within
    tracks = [one for one in (track, subject.track if subject else None) if one is not None and one is not Track.OPEN]
    terms = Terms(said, place, chosen, item, signal, who, when, source or "", goal or "", category, within, replaces)
    return record_agreement(turn, terms, tracks[0] if tracks else Track.OPEN)


def _is_concept(agreement: Agreement) -> bool:
    return agreement.state == "concept"


def _replied_to(turn: Turn) -> Agreement | None:
    found = [one for one in from_context((Agreement,), turn) if isinstance(one, Agreement)]
    return found[0] if len(found) == 1 else None
