"""!agendeer: put a signal or a point on the agenda of a meeting, or propose it (S9, C25, rulings.md 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.agenda_steps import (
    as_initiative,
    ask_horizon,
    join,
    missing_of,
    offer_to_keeper,
    propose_initiative,
    schedule,
)
from commands.kit.agenda_ways import agenda_stops, find_meeting, prepared_below
from commands.kit.agendas import may_keep, meeting_named, next_number, stands_on
from commands.kit.arguments import Deadline, PartyCode
from commands.kit.declare import About, Right, Where, command
from commands.kit.item_parts import Parts, new_item, parts_fit
from commands.kit.planned import name_of
from commands.kit.points import ComingPoint
from commands.kit.ports import Offer, Option
from commands.kit.records import from_context
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import agenda as rules
from commands.rules import ways
from commands.rules.planning import AHEAD
from commands.rules.timing import papers_day
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, Nature
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon, Signal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

NATURES = {
    "hamerstuk": "besluitvorming",
    "besluit": "besluitvorming",
    "besluiten": "besluitvorming",
    "beslissen": "besluitvorming",
    "bespreken": "bespreking",
    "kennisname": "informatie",
    "informeren": "informatie",
    "terugkoppelen": "terugkoppeling",
    "evalueren": "evaluatie",
}
KINDS = {"reflectieoverleg": "reflectie"}
_KIND_WORDS = {"reflectie": MeetingKind.REFLECTION, "reflectieoverleg": MeetingKind.REFLECTION}
_HORIZONS = {str(one): one for one in Horizon}
QUESTION = "Wat komt er op de agenda? Een nummer van een signaal of een paar woorden."
ROLES = (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


_Subject = Annotated[Signal | AgendaItem | None, About("het signaal of het voorgestelde punt", "id")]
_Under = Annotated[ComingPoint | None, About("bij welk punt dat er al op staat", "bijpunt", words=("bij", "onder"))]
_Body = Annotated[Body | None, About("welk overleg", "voor", words=("voor", "op", "bij", "naar"))]
_Meeting = Annotated[Meeting | None, About("welke vergadering", "vergadering", words=("voor", "op"))]
_Kind = Annotated[MeetingKind | None, About("regulier of reflectie", "soort", words=("voor", "op"), synonyms=KINDS)]
_Day = Annotated[Deadline | None, About("de dag van de vergadering", "datum", trailing=True)]
_Nature = Annotated[
    Nature | None,
    About(
        "ter besluitvorming, bespreking, informatie, terugkoppeling, evaluatie of proces",
        "aard",
        words=("ter", "als"),
        synonyms=NATURES,
        ask="Ter besluitvorming of ter bespreking?",
    ),
]
_Horizon = Annotated[Horizon | None, About("strategie of actualiteit", "horizon", words=("horizon",))]
_Minutes = Annotated[int | None, About("hoeveel minuten", "minuten", words=("minuten",))]
_OnBehalfOf = Annotated[PartyCode | None, About("namens welke partij", "namens", words=("namens",))]
_Raiser = Annotated[Person | None, About("wie het inbrengt", "inbrenger", words=("inbrenger",))]
_Ask = Annotated[str | None, About("wat u van het overleg vraagt", "vraag", greedy=True)]
_MainLine = Annotated[str | None, About("de hoofdlijn", "hoofdlijn", greedy=True)]
_Choice = Annotated[str | None, About("de keuze", "keuze", greedy=True)]
_Without = Annotated[str | None, About("wat er zonder besluit gebeurt", "zonder", greedy=True)]
_Topic = Annotated[str | None, About("het thema", "thema", greedy=True)]
_Interest = Annotated[str | None, About("gezamenlijk, of het belang van een partij", "belang")]
_Papers = Annotated[str | None, About("koppelingen naar de stukken", "stukken", greedy=True)]
_Hammer = Annotated[bool | None, About("een hamerstuk: ja of nee", "hamerstuk")]
_Beforehand = Annotated[str | None, About("wat vooraf is afgesproken", "vooraf", greedy=True)]
_Initiative = Annotated[bool | None, About("een bestuurlijk initiatief", "initiatief")]
_After = Annotated[bool | None, About("op een vastgestelde agenda", "naagenda")]
_AskChair = Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")]
_Text = Annotated[str | None, About("het punt, in een paar woorden", "tekst", rest=True)]


@command(
    "agendeer",
    aliases=("agendapunt",),
    help="Zet een signaal of een punt op de agenda, of stel het voor.",
    example="!agendeer 14 voor DO ter besluitvorming",
    who=(*(Right(role, Where.ANY) for role in ROLES), *(Right(role, Where.ANY, propose=True) for role in PROPOSE)),
    otherwise="dien een signaal in met !signaal.",
)
def agendeer(
    turn: Turn,
    subject: _Subject = None,
    under: _Under = None,
    body: _Body = None,
    meeting: _Meeting = None,
    kind: _Kind = None,
    day: _Day = None,
    nature: _Nature = None,
    horizon: _Horizon = None,
    minutes: _Minutes = None,
    on_behalf_of: _OnBehalfOf = None,
    raiser: _Raiser = None,
    ask: _Ask = None,
    main_line: _MainLine = None,
    choice: _Choice = None,
    without: _Without = None,
    topic: _Topic = None,
    interest: _Interest = None,
    papers: _Papers = None,
    hammer: _Hammer = None,
    beforehand: _Beforehand = None,
    initiative: _Initiative = None,
    after: _After = None,
    ask_chair: _AskChair = None,
    text: _Text = None,
) -> Outcome:
    if subject is None and not text:
        subject = _replied_to(turn)
    hammer = hammer or ("hamerstuk" in turn.typed.get("nature", "").casefold() or None)
    parts = Parts(nature, horizon, minutes, on_behalf_of, raiser, ask, main_line, choice, without, topic, interest)
    parts = replace(parts, papers=papers, beforehand=beforehand, hammer=hammer)
    if isinstance(subject, AgendaItem) and not (subject.state is ItemState.TREATED and (body or meeting)):
        return _known(turn, subject, parts)
    if subject is None and not text:
        return Ask("text", QUESTION)
    if isinstance(subject, Signal) and under is not None:
        return join(turn, subject, under)
    treated = subject if isinstance(subject, AgendaItem) else None
    signal = subject if isinstance(subject, Signal) else None
    if signal is not None and horizon is None and (text or "").casefold().strip(" .,") in _HORIZONS:
        # "ter besluitvorming actualiteit": of a signal the title is known, so this word can only be that.
        horizon, text = _HORIZONS[(text or "").casefold().strip(" .,")], ""
        parts = replace(parts, horizon=horizon)
    text, kind = _kind_at_the_end(text or (treated.title if treated else ""), kind)
    if signal is not None and text:
        parts = replace(parts, ask=ask or text)
    place = turn.body(meeting.body) if meeting else body or turn.room
    if place is None:
        return Ask("body", "Voor welk overleg?", tuple(Option(b.code, b.code) for b in turn.structure.tiers))
    text, named = as_initiative(text)
    if initiative or named:
        return propose_initiative(turn, text, place, parts)
    chosen = meeting or find_meeting(turn, place, kind, day)
    if isinstance(chosen, Refused):
        return chosen
    parts = replace(parts, horizon=horizon or (signal.horizon if signal else treated.horizon if treated else None))
    return _new(turn, signal, text, place, chosen, parts, treated, after=bool(after), ask_chair=bool(ask_chair))


def _new(
    turn: Turn,
    signal: Signal | None,
    text: str,
    place: Body,
    meeting: Meeting,
    parts: Parts,
    treated: AgendaItem | None,
    *,
    after: bool,
    ask_chair: bool,
) -> Outcome:
    """A new point, or a proposal for one; `treated` is the point one tier down that prepared it (INV-04)."""
    fits = parts_fit(turn, parts, place)
    if isinstance(fits, Refused):
        return fits
    stop = agenda_stops(turn, signal, place, meeting, parts.nature, parts.horizon, raiser=parts.raiser, treated=treated)
    if stop is not None:
        return stop
    fixed = rules.still_open(meeting)
    if isinstance(fixed, Refused) and not (after and leads(turn, place)):
        if ask_chair and not leads(turn, place):
            return _asked(turn, signal, text, place, meeting, parts.horizon)
        way = Instead("", {"after": "ja"}, "Toch toevoegen?")
        way = way if leads(turn, place) else Instead("", {"ask_chair": "ja"}, "De voorzitter vragen?")
        return Refused(fixed.because, way, fixed.code)
    parts = replace(parts, ask=parts.ask or (treated.ask if treated else None) or None)
    missing = missing_of(place, turn, signal, parts)
    if missing is not None:
        return missing
    item = new_item(turn, signal, text, place, meeting, parts)
    if treated is not None:
        item = _prepared(item, treated)
    return _put(turn, item, signal, place, meeting)


def _prepared(item: AgendaItem, treated: AgendaItem) -> AgendaItem:
    """What was treated one tier down goes on under its own raiser, with what was said of it."""
    kept = {name: getattr(item, name) or getattr(treated, name) for name in ("main_line", "choice", "ask", "without")}
    return replace(
        item,
        raiser=treated.raiser,
        on_behalf_of=treated.on_behalf_of,
        previous=treated.id,
        topic=item.topic or treated.topic,
        interest=item.interest or treated.interest,
        papers=item.papers or treated.papers,
        stands=treated.stands,
        **kept,
    )


def _kind_at_the_end(text: str, kind: MeetingKind | None) -> tuple[str, MeetingKind | None]:
    """ "voor DO reflectie": what is left of the sentence then ends with the kind of meeting."""
    before, _, last = text.rpartition(" ")
    return (before, kind or _KIND_WORDS[last]) if last in _KIND_WORDS else (text, kind)


def _replied_to(turn: Turn) -> Signal | AgendaItem | None:
    found = [one for one in from_context((Signal, AgendaItem), turn) if isinstance(one, Signal | AgendaItem)]
    return found[0] if found else None


def _put(turn: Turn, item: AgendaItem, signal: Signal | None, place: Body, meeting: Meeting) -> Reply:
    items = turn.store.items(meeting=meeting.id)
    known = next((one for one in items if signal and signal.id in one.signals and one.state in rules.LIVE), None)
    number = known.number if known else next_number(turn, meeting)
    signals = known.signals if known else item.signals
    item = replace(item, id=known.id if known else turn.new_id("AGP"), number=number, signals=signals)
    turn.put(item, f"op {meeting.id}")
    if item.state is ItemState.PROPOSED:
        return _proposed(turn, item, place, meeting)
    return _scheduled(turn, item, signal, place, meeting)


def _scheduled(turn: Turn, item: AgendaItem, signal: Signal | None, place: Body, meeting: Meeting) -> Reply:
    day = dates.say_short(meeting.day)
    if signal is not None:
        schedule(turn, signal, item, meeting)
        tell_raisers(turn, signal, f"staat op de agenda van {place.the} van {day}.")
    elif item.raiser != turn.person.id:
        turn.tell(item.raiser, say(f"{item.title} staat op de agenda van {place.the} van {day}."), about=(item.id,))
    papers = papers_day(meeting, place, turn.structure.calendar)
    passed = papers < turn.today
    note = f"de stukkentermijn ({dates.say_short(papers)}) is voorbij." if passed else ""
    ahead = f" Stukken uiterlijk {dates.say_short(papers)}." if not passed else f" Let op: {note}"
    return Reply(
        say(f"Punt {item.number} op {name_of(meeting)} {day}.{ahead}"),
        about=(item.id, *item.signals, meeting.id),
        deed=f"punt {item.number} op {meeting.id}",
    )


def _proposed(turn: Turn, item: AgendaItem, place: Body, meeting: Meeting) -> Reply:
    day = dates.say_short(meeting.day)
    offer_to_keeper(turn, item, place, meeting)
    decides = "de secretaris" if turn.person_with(RoleName.SECRETARY, place.code) else "de voorzitter"
    number = item.id.rsplit("-", 1)[-1].lstrip("0")
    return Reply(
        say((Strong(item.id), f" voorgesteld voor {name_of(meeting)} {day}; {decides} zet het op de agenda.")),
        about=(item.id, *item.signals),
        deed=f"agendapunt {number} voorgesteld",
    )


def _known(turn: Turn, item: AgendaItem, parts: Parts) -> Outcome:
    """A point that is there: the proposed one comes on the agenda, of the other one changes what was typed."""
    meeting, place = stands_on(turn, item)
    verdict = may_keep(turn, place, "agenderen")
    if isinstance(verdict, Refused):
        return verdict
    if item.state not in rules.LIVE or meeting.state not in AHEAD:
        return Refused(f"{item.id} is {item.state}. {ways.look_at_agenda()}", code="E12")
    if isinstance(rules.still_open(meeting), Refused) and not leads(turn, place):
        return Refused(
            f"Die agenda staat vast; alleen de voorzitter van {place.the} kan er nog iets op zetten.", code="V2"
        )
    changed = parts.put_on(item)
    signal = turn.store.get(Signal, item.signals[0]) if item.signals else None
    verdicts = [parts_fit(turn, replace(parts, nature=changed.nature), place)]
    verdicts.append(rules.horizon_fits(meeting.kind, changed.horizon))
    if signal is not None and item.state is ItemState.PROPOSED:
        verdicts.append(rules.signal_fits(signal, place, turn.structure))
    if signal is None and item.previous is None:
        verdicts.append(prepared_below(turn, changed.nature, place))
    for verdict in verdicts:
        if isinstance(verdict, Refused):
            return verdict
    if item.state is ItemState.PROPOSED:
        item = replace(changed, state=ItemState.SCHEDULED)
        turn.put(item, f"op {meeting.id}")
        return _scheduled(turn, item, signal, place, meeting)
    where = f"punt {item.number} van {meeting_named(meeting)}"
    if changed == item:
        return Refused(f"Dit stond al op de agenda: {where}.", code="E14")
    turn.put(changed, "gewijzigd")
    return Reply(
        say(f"{where[0].upper()}{where[1:]} is gewijzigd."), about=(item.id, *item.signals), deed=f"{where} gewijzigd"
    )


def _asked(
    turn: Turn, signal: Signal | None, text: str, place: Body, meeting: Meeting, horizon: Horizon | None
) -> Outcome:
    """A fixed agenda: the chair gets the half command, complete, and runs it with *ja*."""
    if horizon is None:
        return ask_horizon()
    chair = turn.person_with(RoleName.CHAIR, place.code) or turn.person_with(RoleName.LEAD, place.code)
    if chair is None:
        return Refused(f"{place.capital} heeft nu geen voorzitter. Vraag het secretariaat.", code="E04")
    kept = {name: raw for name, raw in turn.typed.items() if name != "ask_chair" and raw}
    kept |= {"nature": kept.get("nature", "bespreking"), "horizon": str(horizon), "meeting": meeting.id, "after": "ja"}
    if signal is None:
        kept |= {"raiser": f"@{turn.person.id}", "on_behalf_of": kept.get("on_behalf_of", turn.person.organisation)}
    else:
        kept |= {"subject": signal.id}
    what = f"{signal.id} {signal.title}" if signal else text
    day = dates.say_short(meeting.day)
    line = (
        f"{turn.person.label} ({turn.person.organisation}) vraagt: {what} nog op de agenda van {place.the} van {day}, "
        f"ter {kept['nature']}. Akkoord? Antwoord met ja, of ✅ op dit bericht."
    )
    offers = (Offer("✅", "agendeer", kept), Offer("ja", "agendeer", kept))
    turn.tell(chair.id, say(line), about=(signal.id,) if signal else (meeting.id,), offers=offers, receipt=False)
    return Reply(say("Gevraagd."), about=(signal.id,) if signal else ())
