"""Another holder for an action: who was asked, who agreed so far, and who said no (C24, INV-28).

The history of the action tells: a row for each question, each no, and each time it changed hands.
"""

from __future__ import annotations

from dataclasses import dataclass

from commands.kit.reply import say
from commands.kit.turn import Reply, Turn
from commands.words.action import Action

OFFERED, WANTED, DONE = "overdragen gevraagd aan ", "overnemen gevraagd door ", "overgedragen aan "
_DECLINED = "overdracht afgewezen, aan "


@dataclass(frozen=True)
class Handing:
    """A hand-over to `to` that waits for one of the two; `by` asked for it, `asked` must answer."""

    to: str
    by: str
    asked: str


def agreed(turn: Turn, action: Action, to: str) -> tuple[str, ...]:
    """Who said yes to this new holder, since the action last changed hands or one of the two said no."""
    found: list[str] = []
    for row in reversed(turn.store.history(action.id)):
        if row.why.startswith(DONE) or _declined(row.why) == to:
            break
        if row.why == f"{OFFERED}{to}":
            found.append(action.holder)
        if row.why == f"{WANTED}{to}":
            found.append(to)
    return tuple(found)


def _declined(why: str) -> str:
    """For which new holder the row says no; "" when it says no such thing."""
    return why.removeprefix(_DECLINED).partition(":")[0] if why.startswith(_DECLINED) else ""


def waiting_for(turn: Turn, action: Action, person: str, *, to: str | None = None) -> Handing | None:
    """The newest question that still waits for this person, of those that would make `to` the holder."""
    answered: set[str] = set()
    for row in reversed(turn.store.history(action.id)):
        if row.why.startswith(DONE):
            return None
        answered.add(_declined(row.why))
        for kind, asked in ((OFFERED, None), (WANTED, action.holder)):
            if row.why.startswith(kind):
                new = row.why.removeprefix(kind)
                found = Handing(new, row.by, asked or new)
                if found.asked == person and new not in answered and to in (None, new):
                    return found
    return None


def decline(turn: Turn, action: Action, handing: Handing, reason: str) -> Reply:
    """One of the two said no: it stays with its holder, and who asked hears so."""
    turn.put(action, f"{_DECLINED}{handing.to}{': ' if reason else ''}{reason}")
    why = f" De reden: {reason.rstrip('.')}." if reason else ""
    line = f"{turn.person.label} zegt nee: {action.id} blijft bij {turn.person_named(action.holder)}.{why}"
    for person in dict.fromkeys((handing.by, action.holder)):
        turn.tell(person, say(line), about=(action.id,))
    own = "jou" if not turn.formal else "u"
    stays = own if turn.person.id == action.holder else turn.person_named(action.holder)
    return Reply(
        say(f"Genoteerd. {action.id} blijft bij {stays}."), (action.id,), deed=f"{action.id} niet overgedragen"
    )
