"""!agendeer: put a signal or a point on the agenda of a meeting, or propose it (S9, C25, rulings.md 8)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.agenda_ways import agenda_stops, find_meeting
from commands.kit.arguments import Deadline, PartyCode
from commands.kit.declare import About, Right, Where, command
from commands.kit.planned import name_of
from commands.kit.ports import Offer, Option
from commands.kit.records import from_context
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import agenda as rules
from commands.rules.planning import AHEAD
from commands.rules.timing import papers_day
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, Nature
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon, Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

NATURES = {
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
QUESTION = "Wat komt er op de agenda? Een nummer van een signaal of een paar woorden."
ROLES = (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)
PROPOSE = (RoleName.MEMBER, RoleName.SUBSTANCE)


@command(
    "agendeer",
    aliases=("agendapunt",),
    help="Zet een signaal of een punt op de agenda, of stel het voor.",
    example="!agendeer 14 voor DO ter besluitvorming",
    who=(*(Right(role, Where.ANY) for role in ROLES), *(Right(role, Where.ANY, propose=True) for role in PROPOSE)),
    otherwise="dien een signaal in met !signaal.",
    menu=True,
)
def agendeer(
    turn: Turn,
    subject: Annotated[Signal | AgendaItem | None, About("het signaal of het voorgestelde punt", "id")] = None,
    body: Annotated[Body | None, About("welk overleg", "voor", words=("voor", "op", "bij", "naar"))] = None,
    meeting: Annotated[Meeting | None, About("welke vergadering", "vergadering", words=("voor", "op"))] = None,
    kind: Annotated[
        MeetingKind | None, About("regulier of reflectie", "soort", words=("voor", "op"), synonyms=KINDS)
    ] = None,
    day: Annotated[Deadline | None, About("de dag van de vergadering", "datum", trailing=True)] = None,
    nature: Annotated[
        Nature | None,
        About(
            "ter besluitvorming, bespreking, informatie, terugkoppeling, evaluatie of proces",
            "aard",
            words=("ter", "als"),
            synonyms=NATURES,
            ask="Ter besluitvorming of ter bespreking?",
        ),
    ] = None,
    horizon: Annotated[Horizon | None, About("strategie of actualiteit", "horizon", words=("horizon",))] = None,
    minutes: Annotated[int | None, About("hoeveel minuten", "minuten", words=("minuten",))] = None,
    on_behalf_of: Annotated[PartyCode | None, About("namens welke partij", "namens", words=("namens",))] = None,
    raiser: Annotated[Person | None, About("wie het inbrengt", "inbrenger", words=("inbrenger",))] = None,
    ask: Annotated[str | None, About("wat u van het overleg vraagt", "vraag", greedy=True)] = None,
    main_line: Annotated[str | None, About("de hoofdlijn", "hoofdlijn", greedy=True)] = None,
    choice: Annotated[str | None, About("de keuze", "keuze", greedy=True)] = None,
    without: Annotated[str | None, About("wat er zonder besluit gebeurt", "zonder", greedy=True)] = None,
    after: Annotated[bool | None, About("op een vastgestelde agenda", "naagenda")] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
    text: Annotated[str | None, About("het punt, in een paar woorden", "tekst", rest=True)] = None,
) -> Outcome:
    if subject is None and not text:
        subject = _replied_to(turn)
    if isinstance(subject, AgendaItem):
        return _accept(turn, subject)
    if subject is None and not text:
        return Ask("text", QUESTION)
    text, kind = _kind_at_the_end(text or "", kind)
    if subject is not None and text:
        ask = ask or text
    place = turn.body(meeting.body) if meeting else body or turn.room
    if place is None:
        return Ask("body", "Voor welk overleg?", tuple(Option(b.code, b.code) for b in turn.structure.tiers))
    chosen = meeting or find_meeting(turn, place, kind, day)
    if isinstance(chosen, Refused):
        return chosen
    horizon = horizon or (subject.horizon if subject else None)
    stop = agenda_stops(turn, subject, place, chosen, nature, horizon)
    if stop is not None:
        return stop
    fixed = rules.still_open(chosen)
    if isinstance(fixed, Refused) and not (after and leads(turn, place)):
        if ask_chair and not leads(turn, place):
            return _asked(turn, subject, text, place, chosen, horizon)
        way = Instead("", {"after": "ja"}, "Toch toevoegen?")
        way = way if leads(turn, place) else Instead("", {"ask_chair": "ja"}, "De voorzitter vragen?")
        return Refused(fixed.because, way, fixed.code)
    missing = _missing(place, turn, subject, nature, horizon, ask)
    if missing is not None or nature is None or horizon is None:
        return missing or _ask_nature()
    item = _new_item(turn, subject, text, place, chosen, nature, horizon, raiser, on_behalf_of)
    item = replace(item, minutes=minutes, choice=choice or "", without=without or "")
    item = replace(item, ask=ask or item.ask, main_line=main_line or item.main_line)
    return _put(turn, item, subject, place, chosen)


def _kind_at_the_end(text: str, kind: MeetingKind | None) -> tuple[str, MeetingKind | None]:
    """ "voor DO reflectie": what is left of the sentence then ends with the kind of meeting."""
    before, _, last = text.rpartition(" ")
    return (before, kind or _KIND_WORDS[last]) if last in _KIND_WORDS else (text, kind)


def _replied_to(turn: Turn) -> Signal | AgendaItem | None:
    found = [one for one in from_context((Signal, AgendaItem), turn) if isinstance(one, Signal | AgendaItem)]
    return found[0] if found else None


def _ask_nature() -> Ask:
    options = (Option("ter besluitvorming", "besluitvorming"), Option("ter bespreking", "bespreking"))
    return Ask("nature", "Ter besluitvorming of ter bespreking?", options)


def _ask_horizon() -> Ask:
    return Ask("horizon", "Strategie of actualiteit?", tuple(Option(str(one), str(one)) for one in Horizon))


def _missing(
    place: Body, turn: Turn, signal: Signal | None, nature: Nature | None, horizon: Horizon | None, ask: str | None
) -> Ask | None:
    """What every item needs (INV-32); above the filter a decision also says what is decided (S9)."""
    if nature is None:
        return _ask_nature()
    if horizon is None:
        return _ask_horizon()
    above_filter = place.level is not None and place.level > (turn.structure.filter.level or 0)
    if nature is Nature.DECIDE and above_filter and not (ask or (signal and signal.brief)):
        return Ask("ask", f"Wat moet {place.the} besluiten?")
    return None


def _new_item(
    turn: Turn,
    signal: Signal | None,
    text: str,
    place: Body,
    meeting: Meeting,
    nature: Nature,
    horizon: Horizon,
    raiser: Person | None,
    on_behalf_of: PartyCode | None,
) -> AgendaItem:
    state = rules.state_for(turn.roles, place, turn.structure) or ItemState.PROPOSED
    item = AgendaItem("", meeting.id, 0, "", nature, horizon, turn.person.id, "", state)
    if signal is not None:
        brief = signal.brief
        return replace(
            item,
            title=signal.title,
            raiser=raiser.id if raiser else signal.raised_by[0],
            on_behalf_of=on_behalf_of or signal.on_behalf_of,
            signals=(signal.id,),
            main_line=brief.main_line if brief else "",
            ask=brief.ask if brief else "",
        )
    who = raiser or turn.person
    party = on_behalf_of or _party(turn, who, place)
    return replace(item, title=_title(text, turn.thresholds.title_most), raiser=who.id, on_behalf_of=party)


def _title(text: str, most: int) -> str:
    text = text.strip().rstrip(".")
    return text if len(text) <= most else text[: most - 1].rsplit(" ", 1)[0] + "…"


def _party(turn: Turn, person: Person, place: Body) -> str:
    held = turn.store.roles(person=person.id, body=place.code, on=turn.today)
    return held[0].on_behalf_of if held else person.organisation


def _put(turn: Turn, item: AgendaItem, signal: Signal | None, place: Body, meeting: Meeting) -> Reply:
    items = turn.store.items(meeting=meeting.id)
    known = next((one for one in items if signal and signal.id in one.signals and one.state in rules.LIVE), None)
    number = known.number if known else max((one.number for one in items), default=0) + 1
    item = replace(item, id=known.id if known else turn.new_id("AGP"), number=number)
    turn.put(item, f"op {meeting.id}")
    if item.state is ItemState.PROPOSED:
        return _proposed(turn, item, place, meeting)
    return _scheduled(turn, item, signal, place, meeting)


def _scheduled(turn: Turn, item: AgendaItem, signal: Signal | None, place: Body, meeting: Meeting) -> Reply:
    day = dates.say_short(meeting.day)
    if signal is not None:
        told = replace(signal, horizon=signal.horizon or item.horizon)
        if signal.state is SignalState.HANDLING:
            save(turn, replace(told, state=SignalState.SCHEDULED, changed_at=turn.now), f"op {meeting.id}")
        elif told != signal:
            turn.put(told, f"{item.horizon}, op {meeting.id}")
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
    keeper = turn.person_with(RoleName.SECRETARY, place.code) or turn.person_with(RoleName.CHAIR, place.code)
    offers = (Offer("✅", "agendeer", {"subject": item.id}), Offer("ja", "agendeer", {"subject": item.id}))
    if keeper is not None:
        who = f"{turn.person.label} ({item.on_behalf_of})"
        what = f"{', '.join(item.signals)} {item.title}".strip()
        line = f"{who} stelt voor {place.the} van {day} voor: {what}, ter {item.nature}. Met ja of ✅ staat het erop."
        turn.tell(keeper.id, say(line), about=(item.id,), offers=offers, receipt=False)
    decides = "de secretaris" if turn.person_with(RoleName.SECRETARY, place.code) else "de voorzitter"
    number = item.id.rsplit("-", 1)[-1].lstrip("0")
    return Reply(
        say((Strong(item.id), f" voorgesteld voor {name_of(meeting)} {day}; {decides} zet het op de agenda.")),
        about=(item.id, *item.signals),
        deed=f"agendapunt {number} voorgesteld",
    )


def _accept(turn: Turn, item: AgendaItem) -> Outcome:
    """A proposed item comes on the agenda by the secretary or the chair."""
    meeting = turn.store.get(Meeting, item.meeting)
    place = turn.body(meeting.body) if meeting else None
    if meeting is None or place is None:
        return Refused(f"{item.id} bestaat niet. Kijk bij !agenda.", code="E03")
    if rules.state_for(turn.roles, place, turn.structure) is not ItemState.SCHEDULED:
        return Refused(f"Dit mag alleen de voorzitter of de secretaris van {place.the}.", code="E04")
    if item.state is not ItemState.PROPOSED or meeting.state not in AHEAD:
        return Refused(f"{item.id} is {item.state}.", code="E12")
    if isinstance(rules.still_open(meeting), Refused) and not leads(turn, place):
        return Refused(
            f"Die agenda staat vast; alleen de voorzitter van {place.the} kan er nog iets op zetten.", code="V2"
        )
    signal = turn.store.get(Signal, item.signals[0]) if item.signals else None
    fits = rules.signal_fits(signal, place, turn.structure) if signal else None
    if isinstance(fits, Refused):
        return fits
    item = replace(item, state=ItemState.SCHEDULED)
    turn.put(item, f"op {meeting.id}")
    return _scheduled(turn, item, signal, place, meeting)


def _asked(
    turn: Turn, signal: Signal | None, text: str, place: Body, meeting: Meeting, horizon: Horizon | None
) -> Outcome:
    """A fixed agenda: the chair gets the half command, complete, and runs it with *ja*."""
    if horizon is None:
        return _ask_horizon()
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
