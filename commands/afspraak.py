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
from commands.words.structure import Body
from commands.words.verdict import Refused

OFFICERS = (RoleName.SECRETARY, RoleName.CHAIR)
SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE)
QUESTION = "Wat is de afspraak? Eén volledige zin, te begrijpen zonder de stukken."
_FIX = re.compile(r"vaststellen|vast", re.IGNORECASE)


_Fixing = Annotated[Agreement | None, About("de afspraak die wordt vastgesteld", "vaststellen", words=("vaststellen",))]
_Point = Annotated[Point | Signal | Agreement | None, About("het agendapunt of het signaal", "punt", also=("id",))]
_Binds = Annotated[Parties | None, About("de gebonden partijen", "bindt", words=("bindt",), greedy=True)]
_Responsible = Annotated[
    Responsible | None, About("wie verantwoordelijk is", "verantwoordelijk", words=("verantwoordelijk",))
]
_Lead = Annotated[Person | None, About("wie het trekt", "trekker", words=("trekker",))]
_Accountable = Annotated[
    Accountable | None,
    About("aan wie verantwoording wordt afgelegd", "verantwoording", words=("verantwoording",), greedy=True),
]
_Due = Annotated[Deadline | None, About("de laatste dag", "uiterlijk", words=("uiterlijk",), greedy=True)]
_Target = Annotated[
    Deadline | None,
    About("de streefdatum", "streef", words=("streefdatum", "streef"), also=("streefdatum",), greedy=True),
]
_Term = Annotated[str | None, About("uiterlijk, streefdatum of doorlopend", "termijn", greedy=True)]
_Source = Annotated[str | None, About("waar het uit komt", "bron", greedy=True)]
_Goal = Annotated[str | None, About("de doelstelling", "doelstelling", also=("doel",), greedy=True)]
_Track = Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",))]
_Meeting = Annotated[Meeting | None, About("de vergadering", "vergadering", words=("vergadering",))]
_Category = Annotated[str | None, About("onder welk deel van het mandaat", "categorie", greedy=True)]
_Mandate = Annotated[bool | None, About("binnen het mandaat: ja of nee", "mandaat")]
_Replaces = Annotated[Agreement | None, About("de afspraak die hiermee wordt vervangen", "vervangt", field_only=True)]
_Sure = Annotated[bool | None, About("zeker van het vaststellen", "zeker")]
_Text = Annotated[str | None, About("de afspraak", "tekst", greedy=True, rest=True)]


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
    fixing: _Fixing = None,
    point: _Point = None,
    binds: _Binds = None,
    responsible: _Responsible = None,
    lead: _Lead = None,
    accountable: _Accountable = None,
    due: _Due = None,
    target: _Target = None,
    term: _Term = None,
    source: _Source = None,
    goal: _Goal = None,
    track: _Track = None,
    meeting: _Meeting = None,
    category: _Category = None,
    mandate: _Mandate = None,
    replaces: _Replaces = None,
    sure: _Sure = None,
    text: _Text = None,
) -> Outcome:
    said = (text or "").strip()
    known = fixing or _known(turn, point, said)
    if known is not None:
        return fix_record(turn, known, bool(sure)) if isinstance(known, Agreement) else known
    item, signal = (
        (point, None) if isinstance(point, AgendaItem) else (None, point if isinstance(point, Signal) else None)
    )
    where = _made_in(turn, item, meeting, said)
    if not isinstance(where, tuple):
        return where
    place, chosen = where
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


def _known(turn: Turn, point: object, said: str) -> Agreement | Ask | Refused | None:
    """An agreement that is there: to be fixed by "vaststellen", or named where a new one cannot be."""
    named = point if isinstance(point, Agreement) else None
    if _FIX.fullmatch(said):
        fixing = named or _replied_to(turn)
        return fixing or Ask(
            "fixing", "Welke afspraak stelt u vast?" if turn.formal else "Welke afspraak stel je vast?"
        )
    if named is None:
        return None
    return decisions.frozen(named) if not _is_concept(named) else Refused(f"{named.id} staat er al.", code="E14")


def _made_in(
    turn: Turn, item: AgendaItem | None, meeting: Meeting | None, said: str
) -> tuple[Body, Meeting] | Ask | Refused:
    """The body that makes it and its meeting; only one that decides, and by who records there."""
    found = turn.store.get(Meeting, item.meeting) if item is not None else meeting
    place = turn.body(found.body) if found is not None else place_for(turn)
    if place is None:
        return Refused("Typ dit in de kamer van het overleg, of noem het agendapunt.", code="E06")
    competent = decisions.competent(place, turn.structure.above(place), steering=is_steering(turn, place))
    if isinstance(competent, Refused):
        return Refused("Afspraken maken de partijen in een vast overleg. Typ dit in de kamer daarvan.", code="INV-22")
    chosen = found or session_of(turn, place)
    if not isinstance(chosen, Meeting):
        return chosen
    for verdict in (decisions.takes_decisions(chosen, place, turn.today, said), may_record(turn, place, "afspraak")):
        if isinstance(verdict, Refused):
            return verdict
    return place, chosen


def _is_concept(agreement: Agreement) -> bool:
    return agreement.state == "concept"


def _replied_to(turn: Turn) -> Agreement | None:
    found = [one for one in from_context((Agreement,), turn) if isinstance(one, Agreement)]
    return found[0] if len(found) == 1 else None
