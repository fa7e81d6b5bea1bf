"""!status: how the bot itself is doing (rulings.md 2)."""

from __future__ import annotations

from importlib.metadata import version

from commands.kit import dates
from commands.kit.declare import Right, Where, command
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.words.people import RoleName

_WHO = tuple(Right(role, Where.ANY) for role in RoleName if role is not RoleName.EXTERNAL)


@command(
    "status",
    help="Toon hoe het met de bot zelf gaat.",
    example="!status",
    who=_WHO,
    otherwise="vraag het de secretaris.",
)
def status(turn: Turn) -> Outcome:
    unsent, failed = turn.store.deliveries()
    due = turn.store.next_due()
    waiting = f"{_messages(unsent)} {'wacht' if unsent == 1 else 'wachten'} op verzending, {failed} niet bezorgd."
    ahead = f"Eerstvolgende moment: {dates.say_instant(due.at)}." if due else "Er staat geen moment gepland."
    return Reply(
        say(f"{turn.structure.bot_name} {version('overlegbot')}, structuur {turn.structure.name}.", waiting, ahead)
    )


def _messages(n: int) -> str:
    return "1 bericht" if n == 1 else f"{n or 'Geen'} berichten"
