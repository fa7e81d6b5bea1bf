"""Giving, accepting, finishing, moving and handing over an action (domain.md §2.8, rulings.md 3, INV-14, INV-28)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from enum import Enum, auto

from commands.rules import ways
from commands.words.action import Action, ActionState
from commands.words.calendar import WorkCalendar
from commands.words.people import Person
from commands.words.signal import Track
from commands.words.structure import Body, Span
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import GroupState

#: States in which an action still asks for something.
LIVE = (ActionState.REQUESTED, ActionState.OPEN)
_OVER = (
    GroupState.LAPSED,
    GroupState.WINDING_UP,
    GroupState.ENDED,
    GroupState.CONCLUDED,
    GroupState.ABSORBED,
    GroupState.REJECTED,
)
_ORDINALS = ("", "eerste", "tweede", "derde", "vierde", "vijfde")


@dataclass(frozen=True)
class Actor:
    """Who acts, seen from one action: its holder, the holder's deputy, or chair or secretary of its body."""

    holder: bool = False
    deputy: bool = False
    officer: bool = False

    @property
    def own(self) -> bool:
        """Whether the action is theirs to answer for: the holder, or who stands in."""
        return self.holder or self.deputy


def may_give(place: Body, state: GroupState | None, end: str) -> Verdict:
    """INV-14: a group that is past its end date or ended gets no new actions; `end` is that date in Dutch."""
    if state not in _OVER:
        return Allowed()
    since = f"sinds {end}" if state is GroupState.LAPSED else "niet meer actief"
    over = f"is verlopen {since}" if state is GroupState.LAPSED else f"is {since}"
    return Refused(f"{place.name} {over} en krijgt geen nieuwe acties. {ways.look(place.code)}", code="INV-14")


def first_state(*, asks_oneself: bool, member: bool) -> ActionState:
    """Open at once for who gave it to oneself or belongs to the body; anyone else must accept first (R-120, R-206)."""
    return ActionState.OPEN if asks_oneself or member else ActionState.REQUESTED


def may_accept(action: Action, actor: Actor, holder: str) -> Verdict:
    """The holder, or the deputy, says yes to a request; yes to what is open already does no harm."""
    if not actor.own:
        return Refused(
            f"{action.id} is een verzoek aan {holder}; alleen {holder} kan het aanvaarden. {ways.ask(holder)}",
            code="E04",
        )
    return _live(action, "aanvaarden")


def may_refuse(
    action: Action, actor: Actor, holder: str, *, made: date, today: date, within: Span, calendar: WorkCalendar
) -> Verdict:
    """A request at any time; what was open at once within the term of `within` after `made` (domain.md §2.8)."""
    if not actor.own:
        return Refused(f"{action.id} is van {holder}; alleen {holder} kan weigeren. {ways.ask(holder)}", code="E04")
    if action.state is ActionState.OPEN and within.passed(made, today, calendar):
        return Refused(
            f"{action.id} staat al langer dan {within.n} {within.unit} op jouw naam; weigeren kan niet meer. "
            f"Wel kan: !verzet of !overdragen {action.id} aan een ander.",
            code="E12",
        )
    return _live(action, "weigeren")


def may_finish(action: Action, actor: Actor, holder: str, done_on: str) -> Verdict:
    """Holder, deputy, or chair and secretary of the body on the holder's behalf (rulings.md 3, dialogue.md 15).

    `done_on` says in Dutch when it was finished, for who comes second (E14).
    """
    if action.state is ActionState.DONE:
        return Refused(f"{action.id} was al klaar, sinds {done_on}. Er is niets veranderd.", code="E14")
    if not (actor.own or actor.officer):
        return Refused(f"{action.id} is van {holder}.", code="E04")
    if action.state is ActionState.REQUESTED and not actor.own:
        # INV-28: nobody is held to have done what they did not take on.
        return Refused(
            f"{action.id} is een verzoek waar {holder} nog geen ja op zei. {holder} kan het zelf melden; laten "
            f"vervallen kan met !vervalt {action.id}.",
            code="INV-28",
        )
    return _live(action, "afronden")


def may_reopen(action: Action, actor: Actor, body: Body, *, asker: bool = False) -> Verdict:
    """*Niet akkoord*: chair or secretary puts a finished action back (rulings.md 3); in a group also who asked for it
    (domain.md §2.8).
    """
    if not (actor.officer or (asker and body.is_group)):
        return Refused(f"Dit mag alleen de voorzitter of de secretaris van {body.the}.", code="E04")
    if action.state is not ActionState.DONE:
        return Refused(
            f"{action.id} is niet afgerond maar {action.state}. Er is niets veranderd. {ways.look(action.id)}",
            code="E12",
        )
    return Allowed()


def may_deputise(holder: Person, deputy: Person) -> Verdict:
    """Who stands in for one action comes from the same party (C58), is another, and nobody from outside (INV-20)."""
    if deputy.id == holder.id:
        return Refused("Een actiehouder vervangt zichzelf niet. Kies een ander.", code="E11")
    if deputy.external or holder.external:
        return Refused(
            "Een extern lid heeft geen vervanger en is er geen. Overdragen kan wel: !overdragen.", code="E16"
        )
    if deputy.organisation != holder.organisation:
        return Refused(f"Een vervanger komt van dezelfde partij ({holder.organisation}). Kies een ander.", code="C58")
    return Allowed()


def may_lapse(action: Action) -> Verdict:
    """*Vervallen*: what still asks for something. Who may is the chair, or the secretary in a meeting (§2.8)."""
    return _live(action, "laten vervallen")


def may_say_who_has_it(action: Action, actor: Actor, holder: str) -> Verdict:
    """*Ligt nu bij*: who answers for the action, or keeps the list."""
    if not (actor.own or actor.officer):
        return Refused(f"{action.id} is van {holder}; {holder} of de secretaris zegt waar hij ligt.", code="E04")
    return _live(action, "bijwerken")


_WAITS = re.compile(r"(?:ik )?(?:wacht(?:en)?|het wachten is) (?:nog )?(?:op|is op) (?P<who>.+?)[.!]*", re.IGNORECASE)


def waits_for(reason: str) -> str:
    """Who or what a reason says it waits for: "wacht op jurist" is the jurist; "" when it says nothing of the kind."""
    match = _WAITS.fullmatch(reason.strip())
    return match["who"] if match else ""


class Move(Enum):
    """What becomes of a new date: it holds, or the secretary is asked."""

    HOLDS = auto()
    ASK_SECRETARY = auto()


def may_move(action: Action, actor: Actor, holder: str, new: date, said: str) -> Move | Refused:
    """R-101, C23: the holder moves the date once; later only chair or secretary. An earlier date is no postponement.

    `said` is the new date in Dutch.
    """
    if not (actor.own or actor.officer):
        return Refused(
            f"{action.id} is van {holder}; alleen {holder}, de secretaris of de voorzitter verzet hem.", code="E04"
        )
    verdict = _live(action, "verzetten")
    if isinstance(verdict, Refused):
        return verdict
    if new == action.due:
        return Refused(f"{action.id} staat al op {said}. Er is niets veranderd.", code="E14")
    if actor.officer or new < action.due or action.postponed == 0:
        return Move.HOLDS
    return Move.ASK_SECRETARY


class Hand(Enum):
    """What becomes of a request to hand over: one of the two must still say yes, or both have."""

    ASK_NEW = auto()
    ASK_HOLDER = auto()
    DONE = auto()


def may_hand_over(
    action: Action, actor: Actor, holder: str, *, to: str, by: str, agreed: Sequence[str]
) -> Hand | Refused:
    """C24: holder or secretary offers it, the new holder accepts; until then it stays (INV-28).

    Someone who wants to take it over asks the holder. `agreed` are the people (by id, "holder side" as the holder's id)
    whose yes to this same new holder is in the record already.
    """
    if to == action.holder:
        return Refused("Dat is al de actiehouder.", code="E14")
    verdict = _live(action, "overdragen")
    if isinstance(verdict, Refused):
        return verdict
    gives, takes = actor.own or actor.officer, by == to
    if not (gives or takes):
        return Refused(f"{action.id} is van {holder}; alleen {holder} of de secretaris draagt hem over.", code="E04")
    if takes and (actor.holder or actor.officer or action.holder in agreed):
        return Hand.DONE
    if gives and not takes:
        return Hand.DONE if to in agreed else Hand.ASK_NEW
    return Hand.ASK_HOLDER


def _live(action: Action, verb: str) -> Verdict:
    if action.state in LIVE:
        return Allowed()
    return Refused(f"{action.id} is {action.state}; {verb} kan niet meer. {ways.look(action.id)}", code="E12")


def is_past(action: Action, today: date) -> bool:
    """Open and past its date, on any track."""
    return action.state is ActionState.OPEN and action.due < today


def is_late(action: Action, today: date) -> bool:
    """*Over de datum* as arrears: never on the track aanjagen (INV-29)."""
    return is_past(action, today) and action.track is not Track.ENCOURAGE


def in_order(actions: Sequence[Action], today: date) -> list[Action]:
    """Over the date first, then by date; requests that nobody accepted last (digests.md §3.1)."""
    return sorted(actions, key=lambda a: (a.state is ActionState.REQUESTED, not is_past(a, today), a.due, a.id))


def ordinal(n: int) -> str:
    """How often an action was postponed, in words: "eerste", "tweede"."""
    return _ORDINALS[n] if 0 < n < len(_ORDINALS) else f"{n}e"
