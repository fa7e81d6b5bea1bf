"""!status: how the bot itself is doing (rulings.md 2)."""

from __future__ import annotations

from importlib.metadata import version

from commands.kit import dates
from commands.kit.declare import Right, Where, command
from commands.kit.ports import Speaker
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
    reads=True,
)
def status(turn: Turn) -> Outcome:
    unsent, failed = turn.store.deliveries()
    due = turn.store.next_due()
    waiting = f"{_messages(unsent)} {'wacht' if unsent == 1 else 'wachten'} op verzending, {failed} niet bezorgd."
    ahead = f"Eerstvolgende moment: {dates.say_instant(due.at)}." if due else "Er staat geen moment gepland."
    name = f"{turn.structure.bot_name} {version('overlegbot')}, structuur {turn.structure.name}."
    speaker = turn.store.speaker("matrix")
    return Reply(say(name, waiting, ahead, *_voiceless(turn), *(_speaker(speaker) if speaker else ())))


def _voiceless(turn: Turn) -> tuple[str, ...]:
    """Where the platform takes nothing from the bot, which only the operator can mend."""
    since = turn.store.voiceless_since("teams")
    if since is None:
        return ()
    return (
        f"Op Teams kan ik sinds {dates.say_instant(since)} niets zeggen: mijn eigen toegang (het clientgeheim) wordt "
        "daar niet meer aanvaard. De beheerder zet een nieuw geheim klaar; dan komt alles alsnog.",
    )


def _speaker(speaker: Speaker) -> tuple[str, ...]:
    """How people can see in their own client that it is the bot, and no other, who writes."""
    signed = "ondertekend door de bot zelf" if speaker.signed else "niet ondertekend; vraag de beheerder ernaar"
    lines = (f"Matrix-apparaat {speaker.device}, {signed}.", f"Vingerafdruk van het apparaat: {speaker.fingerprint}")
    return (*lines, f"Vingerafdruk van de bot: {speaker.identity}") if speaker.identity else lines


def _messages(n: int) -> str:
    return "1 bericht" if n == 1 else f"{n or 'Geen'} berichten"
