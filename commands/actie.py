"""!actie: one holder, one date (R-101, INV-28, C18)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import before, by_when, is_in, no_working_day, offers_for, request_offers
from commands.kit.anchors import leaning
from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, command
from commands.kit.filing import title_of
from commands.kit.owed import owe_action
from commands.kit.ports import Option
from commands.kit.records import from_context, mentioned
from commands.kit.reply import Strong, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import actions as rules
from commands.rules.preferences import looked_ahead_on
from commands.rules.timing import action_moments
from commands.words.action import Action, ActionState
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem
from commands.words.people import Person, RoleName
from commands.words.reminder import Intensity
from commands.words.signal import Signal, Track
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

GIVERS = (
    RoleName.MEMBER,
    RoleName.SECRETARY,
    RoleName.CHAIR,
    RoleName.SUBSTANCE,
    RoleName.LEAD,
    RoleName.EXTERNAL,
)
_SECOND = re.compile(r"(?:(?:en|of|,|&|\+)\s*)?@(?P<name>\S+?)[,;]?\s+(?P<rest>.*)", re.DOTALL)


_Holder = Annotated[
    Person,
    About("wie het oppakt", "wie", also=("actiehouder",), ask="Wie pakt dit op? Noem één actiehouder."),
]
_Text = Annotated[str, About("wat er moet gebeuren", "wat", rest=True, ask="Wat moet er gebeuren?", length="any")]
_Due = Annotated[
    Deadline, About("de laatste dag", "uiterlijk", words=("uiterlijk",), trailing=True, ask="Voor wanneer?")
]
_Signal = Annotated[Signal | None, About("het signaal waar het bij hoort", "bij", words=("bij",), also=("signaal",))]
_Track = Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",))]
_Body = Annotated[Body | None, About("het overleg waar het bij hoort", "gremium", words=("gremium",), behind="bij")]
_Deputy = Annotated[
    Person | None, About("wie hem afmaakt als de actiehouder er niet is", "vervanger", words=("vervanger",))
]


@command(
    "actie",
    aliases=("act",),
    help="Leg een actie vast: wie, wat en voor wanneer.",
    example="!actie @vng.ao.2 stukken sturen voor vrijdag",
    who=tuple(Right(role) for role in GIVERS),
    otherwise="met !signaal vragen om een actie.",
    menu=True,
)
def actie(
    turn: Turn,
    holder: _Holder,
    text: _Text,
    due: _Due,
    signal: _Signal = None,
    track: _Track = None,
    body: _Body = None,
    deputy: _Deputy = None,
) -> Outcome:
    stands_in = rules.may_deputise(holder, deputy) if deputy is not None else None
    if isinstance(stands_in, Refused):
        return stands_in
    second = _SECOND.fullmatch(text)
    if second and (others := turn.store.find_people(second["name"])):
        options = (Option(holder.label, f"@{holder.id}"), Option(others[0].label, f"@{others[0].id}"))
        question = f"Eén actiehouder per actie. Wie wordt het: {options[0].label} of {options[1].label}?"
        return Ask("holder", f"{question} Geef de ander een eigen actie.", options, {"text": second["rest"]})
    # Too long is no error (dialogue.md 6): the first sentence is the action, and the history keeps all of it.
    text, more = title_of(text, turn.thresholds.title_most)
    named = mentioned(f"{text}\n{more}", turn, "signal") if signal is None else None
    if isinstance(named, Ask | Refused):
        return named
    signal = signal or named
    place = _place(turn, body, signal)
    if not isinstance(place, Body):
        return place
    group = turn.store.group(place.code) if place.is_group else None
    verdict = rules.may_give(
        place, group.state_on(turn.today) if group else None, dates.say_day(group.end) if group else ""
    )
    if isinstance(verdict, Refused):
        above = turn.structure.above(place)
        if above is not None and above.code in _places(turn):
            return replace(verdict, instead=Instead("actie", {"body": above.code}, f"Bij {above.the} vastleggen?"))
        return verdict
    if holder.external and signal is not None and signal.sensitive:
        return Refused(f"{holder.label} komt van buiten; dit signaal is politiek gevoelig. Kies een ander.", code="E16")
    member = is_in(turn, holder.id, place)
    tracks = [found for found in (track, signal and signal.track, group and group.track) if found]
    action = Action(
        id="",
        text=text,
        holder=holder.id,
        on_behalf_of=_party(turn, holder, place),
        due=due,
        first_due=due,
        body=place.code,
        state=rules.first_state(asks_oneself=holder.id == turn.person.id, member=member),
        asked_by=turn.person.id,
        made_at=turn.now,
        track=next((found for found in tracks if found is not Track.OPEN), Track.OPEN),
        signal=signal.id if signal else None,
        deputy=deputy.id if deputy else None,
    )
    twin = _twin(turn, action)
    if twin is not None:
        return Refused(f"Dit stond al genoteerd als {twin.id}.", code="E14")
    action = leaning(turn, replace(action, id=turn.new_id("ACT"), origin=_origin(turn, place)))
    turn.put(action, more)
    owe_action(turn.store, turn.structure, turn.now, action)
    _tell_holder(turn, action, holder, place)
    return _receipt(turn, action, holder, place, named=named is not None)


def _origin(turn: Turn, place: Body) -> str | None:
    """What it came from: the decision, agreement or point that is answered, else the meeting of today."""
    found = from_context((Decision, Agreement, AgendaItem), turn)
    if len(found) == 1:
        return str(found[0].id)
    today = turn.store.meetings(body=place.code, since=turn.today, until=turn.today)
    return today[0].id if len(today) == 1 else None


def _receipt(turn: Turn, action: Action, holder: Person, place: Body, *, named: bool) -> Reply:
    """One line with what was understood, and what to mind; `named` when the text names the signal in passing."""
    near = f" Bij {action.signal}{', want de tekst noemt het' if named else ''}." if action.signal else ""
    near += f" Vervanger: {turn.person_named(action.deputy)}." if action.deputy else ""
    what = f"{action.text}, {by_when(action, dates.say_short(action.due))}{before(turn, 'due')}.{near}"
    lines = [no_working_day(turn, action), _load(turn, holder)]
    if action.state is ActionState.OPEN:
        first = (Strong(action.id), f" {holder.label}: {what}")
        offers = offers_for(action)
    else:
        asked = f": verzoek gestuurd aan {holder.label} ({holder.organisation}); de actie telt pas na !aanvaard. "
        first = (Strong(action.id), f"{asked}{what[0].upper()}{what[1:]}")
        offers = ()
    elsewhere = turn.room is not None and turn.room.code != place.code
    return Reply(say(first, *lines), (action.id,), offers, deed=f"{action.id} vastgelegd", private=elsewhere)


def _tell_holder(turn: Turn, action: Action, holder: Person, place: Body) -> None:
    you, your = ("u", "uw") if holder.address == "u" else ("je", "je")
    what = f"{action.text}, {by_when(action, dates.say_day(action.due))} ({action.id})."
    giver = f"{turn.person.label}, namens {place.the}"
    if action.state is ActionState.REQUESTED:
        takes = "Pakt u" if holder.address == "u" else "Pak je"
        ways = f"{takes} dit op? Antwoord met ja, met weiger en {your} reden, of met een datum die wel kan."
        message = say(f"Een verzoek van {giver}: {what}", ways)
        turn.tell(holder.id, message, about=(action.id,), offers=request_offers(action), receipt=False)
        return
    ahead = _reminded_on(turn, action)
    reminder = f" Ik herinner {you} {dates.say_short(ahead)}." if ahead and ahead > turn.today else ""
    term = turn.thresholds.refuse_within
    ways = f"Klaar? Antwoord met klaar. Kan het niet? Antwoord binnen {term.n} {term.unit} met weiger en {your} reden."
    offers = (*offers_for(action), *(offer for offer in request_offers(action) if offer.word == "weiger"))
    turn.tell(
        holder.id,
        say(f"Een actie van {giver}: {what}{reminder}", ways),
        about=(action.id,),
        offers=offers,
        receipt=False,
    )


def _reminded_on(turn: Turn, action: Action) -> date | None:
    """When the holder hears of it before its date, as they chose to be told (R-170)."""
    chosen = turn.store.preference(action.holder)
    if chosen is not None and chosen.intensity is Intensity.LIGHT:
        return looked_ahead_on(chosen, action.due, turn.today, turn.structure.calendar)
    found = (day for kind, day in action_moments(action, turn.structure) if kind == "actie_binnenkort")
    return next(found, None)


def _places(turn: Turn) -> tuple[str, ...]:
    """The bodies in which the person may give actions, an external only in groups."""
    found = dict.fromkeys(role.body for role in turn.roles if role.role in GIVERS)
    return tuple(code for code in found if not turn.person.external or turn.structure.body(code) is None)


def _place(turn: Turn, body: Body | None, signal: Signal | None) -> Body | Ask | Refused:
    """The body of the action: what was typed, the room, the signal's, or the only one of the giver; else asked."""
    mine = _places(turn)
    if body is not None:
        if body.code in mine:
            return body
        return Refused(f"Een actie voor {body.the} geven de leden, de voorzitter en de secretaris zelf.", code="E04")
    if turn.room is not None:
        return turn.room
    near = [code for code in mine if signal is not None and code == signal.lies_with]
    chosen = near or list(mine)
    if len(chosen) == 1:
        return turn.need_body(chosen[0])
    options = tuple(Option(code, code) for code in chosen)
    return Ask("body", f"Bij welk overleg hoort dit: {', '.join(chosen[:-1])} of {chosen[-1]}?", options)


def _party(turn: Turn, holder: Person, place: Body) -> str:
    roles = turn.store.roles(person=holder.id, body=place.code, on=turn.today)
    return roles[0].on_behalf_of if roles else holder.organisation


def _twin(turn: Turn, action: Action) -> Action | None:
    """The same action, recorded before and still alive (E14)."""
    known = turn.store.actions(holder=action.holder, body=action.body, states=rules.LIVE)
    said = action.text.casefold()
    return next((other for other in known if other.text.casefold() == said and other.due == action.due), None)


def _load(turn: Turn, holder: Person) -> str:
    """A warning for whoever asks when the holder has much on hand already; externals hear nothing of that."""
    most = turn.thresholds.load_warning
    count = len(turn.store.actions(holder=holder.id, states=(ActionState.OPEN,)))
    if count <= most or turn.person.external or holder.id == turn.person.id:
        return ""
    return f"Let op: {holder.label} heeft meer dan {most} open acties. Overleg of dit erbij kan."
