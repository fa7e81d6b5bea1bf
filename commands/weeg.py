"""!weeg: the filter decides what happens with a signal (R-040, S2, S4-S6)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.anchors import said_again
from commands.kit.arguments import Deadline
from commands.kit.assigning import assign
from commands.kit.declare import About, Right, Values, Where, command
from commands.kit.items import put_on_agenda, take_off_agendas
from commands.kit.ports import Offer
from commands.kit.signals import asked_chair, may_decide, recorded, save, sentence, tell_raisers, up_offers
from commands.kit.turn import Ask, Outcome, Turn, done
from commands.rules import ladder
from commands.words.meeting import ItemOutcome, ItemState
from commands.words.people import RoleName
from commands.words.signal import Horizon, Signal, SignalKind, SignalState, Track
from commands.words.structure import Body
from commands.words.verdict import Refused, Verdict
from commands.words.workgroup import Workgroup


class Weighing(StrEnum):
    SETTLE = "afhandelen"
    SCHEDULE = "agenderen"
    GROUP = "werkgroep"
    PROGRAMME = "programma"
    ESCALATE = "escaleren"
    HOLD = "aanhouden"
    REJECT = "afwijzen"


def _can_be(values: Values, *outcomes: Weighing) -> bool:
    """Nothing is asked about a signal that cannot be weighed: the refusal comes first."""
    return values["outcome"] in outcomes and values["signal"].state in ladder.WEIGHABLE


def _needs_outcome(values: Values) -> bool:
    return values["group"] is None


def _needs_horizon(values: Values) -> bool:
    goes_on = _can_be(values, Weighing.SETTLE, Weighing.SCHEDULE, Weighing.ESCALATE)
    return goes_on and not values["signal"].horizon


def _needs_reason(values: Values) -> bool:
    return _can_be(values, Weighing.REJECT)


def _needs_question(values: Values) -> bool:
    return _can_be(values, Weighing.HOLD)


_Group = Annotated[
    Workgroup | None,
    About("de groep", "werkgroep", words=("bij", "aan", "naar"), also=("programma",), bare=True),
]
_Outcome = Annotated[
    Weighing | None,
    About(
        "wat ermee gebeurt",
        "uitkomst",
        ask="Wat wordt het: agenderen, afhandelen, werkgroep, programma, escaleren, aanhouden of afwijzen?",
        when=_needs_outcome,
        synonyms={"afhandel": "afhandelen", "agendeer": "agenderen", "afwijs": "afwijzen", "escaleer": "escaleren"},
    ),
]
_Kind = Annotated[SignalKind | None, About("de soort", "soort", field_only=True)]
_Horizon = Annotated[
    Horizon | None,
    About("strategie of actualiteit", "horizon", ask="Strategie of actualiteit?", when=_needs_horizon),
]
_Topic = Annotated[str | None, About("het thema", "thema", topic=True)]
_Track = Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",), field_only=True)]
_Relevant = Annotated[bool | None, About("bestuurlijk relevant", "relevant")]
_Due = Annotated[
    Deadline | None,
    About("terug of antwoord uiterlijk", "uiterlijk", words=("uiterlijk",), greedy=True, trailing=True),
]
_Because = Annotated[
    str | None,
    About(
        "de reden",
        "reden",
        words=("want", "omdat"),
        greedy=True,
        rest=True,
        ask="Waarom? De indiener leest dit.",
        when=_needs_reason,
    ),
]
_Question = Annotated[
    str | None,
    About(
        "de vraag aan de indiener",
        "vraag",
        greedy=True,
        ask="Wat is de vraag aan de indiener?",
        when=_needs_question,
    ),
]
_AskChair = Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")]


@command(
    "weeg",
    aliases=("filter", "triage"),
    help="Weeg een signaal: agenderen, afhandelen, werkgroep, programma, escaleren, aanhouden of afwijzen.",
    example="!weeg 14 agenderen",
    who=(
        Right(RoleName.CHAIR, Where.FILTER),
        Right(RoleName.SECRETARY, Where.FILTER),
        Right(RoleName.MEMBER, Where.FILTER, propose=True),
        Right(RoleName.SUBSTANCE, Where.FILTER, propose=True),
    ),
    otherwise="dien zelf een signaal in met !signaal.",
    menu=True,
)
def weeg(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    group: _Group = None,
    outcome: _Outcome = None,
    kind: _Kind = None,
    horizon: _Horizon = None,
    topic: _Topic = None,
    track: _Track = None,
    relevant: _Relevant = None,
    due: _Due = None,
    because: _Because = None,
    question: _Question = None,
    ask_chair: _AskChair = None,
) -> Outcome:
    place = turn.structure.filter
    # A group that is named says what becomes of it ("werkgroep:WG-PFAS").
    outcome = outcome or Weighing.GROUP
    verdict = _may_become(turn, signal, outcome)
    if isinstance(verdict, Refused):
        return verdict
    if ask_chair:
        return _before_the_chair(turn, signal, place, outcome, due, because)
    any_day = outcome in (Weighing.SCHEDULE, Weighing.GROUP, Weighing.PROGRAMME, Weighing.HOLD)
    verdict = may_decide(turn, place, "wegen", any_day=any_day)
    if isinstance(verdict, Refused):
        return verdict
    known = replace(
        signal,
        kind=kind or signal.kind,
        horizon=horizon or signal.horizon,
        topic=topic or signal.topic or _topic(turn, signal.title),
        track=track if track is not None and signal.track is Track.OPEN else signal.track,
        relevant=signal.relevant if relevant is None else relevant,
        relevant_because=because if relevant is not None and because else signal.relevant_because,
    )
    reason = because or ""
    match outcome:
        case Weighing.SCHEDULE:
            stands = _stands_already(turn, known, place) if known == signal and not because else None
            return stands or _schedule(turn, known, place, reason)
        case Weighing.SETTLE | Weighing.ESCALATE:
            return _keep(turn, known, place, outcome, reason)
        case Weighing.GROUP | Weighing.PROGRAMME:
            return assign(turn, known, group, known.title, due, reason)
        case Weighing.HOLD:
            return _hold(turn, known, place, question or reason, due)
        case Weighing.REJECT:
            return _reject(turn, known, place, reason)


def _may_become(turn: Turn, signal: Signal, outcome: Weighing) -> Verdict:
    """Whether the signal can be weighed now, and to that outcome."""
    verdict = ladder.may_weigh(signal, turn.structure, turn.store.proposals(about=signal.id))
    if isinstance(verdict, Refused) or outcome not in (Weighing.REJECT, Weighing.SETTLE):
        return verdict
    return ladder.is_own(signal, outcome, turn.structure)


def _before_the_chair(
    turn: Turn, signal: Signal, place: Body, outcome: Weighing, due: Deadline | None, because: str | None
) -> Outcome:
    """A member asks the chair to weigh it so."""
    parts = {"signal": signal.id, "outcome": str(outcome), "due": said_again(turn, due)}
    why = f", want {because}" if because else ""
    text = f"{signal.id} ({signal.title}) wegen: {outcome}{why}."
    return asked_chair(turn, place, "weeg", parts, text, signal.id)


def _topic(turn: Turn, title: str) -> str | None:
    """The topic that is proposed: one of the structure's topics that stands in the title, when there is just one."""
    named = [topic for topic in turn.structure.topics if topic.casefold() in title.casefold()]
    return named[0] if len(named) == 1 else None


def _stands_already(turn: Turn, signal: Signal, place: Body) -> Refused | None:
    """E14: chair and secretary both typed it; the raiser hears it once (dialogue.md 9)."""
    meeting = turn.next_meeting(place.code)
    if meeting is None or signal.state is not SignalState.SCHEDULED:
        return None
    found = [one for one in turn.store.items(signal=signal.id) if one.meeting == meeting.id]
    item = next((one for one in found if one.state is ItemState.SCHEDULED), None)
    if item is None:
        return None
    where = f"de agenda van {place.code} {dates.say_short(meeting.day)}, punt {item.number}"
    return Refused(f"{signal.id} staat al op {where}. Er is niets veranderd.", code="E14")


def _schedule(turn: Turn, signal: Signal, place: Body, reason: str) -> Outcome:
    save(
        turn,
        ladder.weighed(signal, turn.now, SignalState.HANDLING),
        recorded(turn, place, reason or "gewogen: agenderen"),
    )
    meeting = turn.next_meeting(place.code)
    if meeting is None:
        tell_raisers(turn, signal, f"gewogen door {place.the}: op de agenda zodra er een vergadering is gepland.")
        return done(
            f"{signal.id} gewogen: agenderen. Er is nog geen {place.code} gepland; plan het met !vergadering.",
            about=(signal.id,),
            deed=f"{signal.id} gewogen",
        )
    item = put_on_agenda(turn, meeting, signal)
    save(turn, ladder.weighed(signal, turn.now, SignalState.SCHEDULED), f"op de agenda van {meeting.id}")
    day = dates.say_short(meeting.day)
    told = tell_raisers(turn, signal, f"staat op de agenda van {place.the} van {day}.")
    heard = " De indiener weet het." if told else ""
    return done(
        f"Op de agenda van {place.code} {day}, punt {item.number}.{heard}",
        about=(signal.id, item.id),
        deed=f"{signal.id} op de agenda van {place.code} {day}",
    )


def _keep(turn: Turn, signal: Signal, place: Body, outcome: Weighing, reason: str) -> Outcome:
    up = outcome is Weighing.ESCALATE
    if up and signal.relevant is False:
        return Refused(f"{signal.id} staat als 'niet bestuurlijk relevant'; weeg het met relevant:ja.", code="R-029")
    signal = replace(signal, relevant=True if up else signal.relevant)
    stays = up and signal.state is SignalState.SCHEDULED
    if not stays:
        take_off_agendas(turn, signal, f"gewogen: {outcome}", outcome=ItemOutcome.UNDECIDED)
    signal = ladder.weighed(signal, turn.now, SignalState.SCHEDULED if stays else SignalState.HANDLING)
    save(turn, signal, recorded(turn, place, reason or f"gewogen: {outcome}"))
    number = signal.id.rsplit("-", 1)[-1].lstrip("0")
    offers: tuple[Offer, ...] = ()
    if up:
        above = turn.structure.above(place)
        where = above.the if above else "hoger"
        tell_raisers(turn, signal, f"gewogen door {place.the}: gaat naar {where}, als voorstel.")
        next_step = f"naar {where}. Leg het voor met !escaleer {number} want …"
        offers = up_offers(signal.id)
    else:
        tell_raisers(turn, signal, f"gewogen: {place.the} handelt dit zelf af.")
        next_step = f"{place.the} handelt dit zelf af. Sluit af met !afhandel {number} en de uitkomst."
    said = f"{signal.id} gewogen: {next_step}"
    return done(said, about=(signal.id,), deed=f"{signal.id} gewogen", offers=offers)


def _hold(turn: Turn, signal: Signal, place: Body, question: str, due: Deadline | None) -> Outcome:
    if not question:
        return Ask("question", "Wat is de vraag aan de indiener?")
    if due is None:
        return Ask("due", "Voor wanneer is het antwoord nodig?")
    take_off_agendas(turn, signal, "aangehouden", outcome=ItemOutcome.HELD)
    held = replace(ladder.weighed(signal, turn.now, SignalState.HELD), due=due)
    save(turn, held, recorded(turn, place, f"aangehouden: {question}"))
    until = dates.say_short(due)
    tell_raisers(
        turn,
        signal,
        f"{place.the} heeft een vraag, met antwoord uiterlijk {until}: {sentence(question)} "
        f"Een antwoord op dit bericht komt bij het signaal; daarna weegt {place.the} het opnieuw.",
        offers=(Offer("antwoord", "vulaan", {"signal": signal.id, "answers": "ja"}, rest="text"),),
    )
    return done(
        f"{signal.id} aangehouden tot uiterlijk {until}; de vraag ligt bij de indiener.",
        about=(signal.id,),
        deed=f"{signal.id} aangehouden",
    )


def _reject(turn: Turn, signal: Signal, place: Body, reason: str) -> Outcome:
    take_off_agendas(turn, signal, "afgewezen", outcome=ItemOutcome.UNDECIDED)
    rejected = replace(ladder.weighed(signal, turn.now, SignalState.REJECTED), outcome=reason, settled_at=turn.now)
    save(turn, rejected, recorded(turn, place, reason))
    told = tell_raisers(turn, signal, f"afgewezen door {place.the}. Reden: {reason}")
    heard = "; indiener bericht" if told else ""
    return done(f"{signal.id} afgewezen{heard}.", about=(signal.id,), deed=f"{signal.id} afgewezen")
