"""!help: what this person can do here, from the declarations and the rights; never more than twelve lines (C55)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Annotated

from commands.kit.authorise import how_far, who_may
from commands.kit.declare import EVERYONE, About, Command, Right, Where, command
from commands.kit.parse import nearest
from commands.kit.records import clean
from commands.kit.reply import Code, Line, Message, Text, listing, say
from commands.kit.turn import Outcome, Reply, Turn
from commands.kit.urging import ladder_in_words
from commands.rules import ways
from commands.rules.address import formally
from commands.words.people import RoleName
from commands.words.verdict import Refused

#: What fits on a phone: the ten of dialogue.md 12, one line before and one after.
MOST = 10
LINES = 12


@command(
    "help",
    aliases=("hulp", "?"),
    help="Laat zien wat je hier kunt.",
    example="!help escaleer",
    who=(*EVERYONE, Right(RoleName.OPERATOR, Where.ANY)),
    menu=True,
    reads=True,
)
def help_(
    turn: Turn, about: Annotated[str | None, About("een opdracht, of alles", "opdracht", rest=True)] = None
) -> Outcome:
    word = clean(about or "").removeprefix("!").casefold()
    if not word:
        return _ten(turn)
    if word == "alles":
        return _all(turn)
    if (topic := _TOPICS.get(word)) is not None:
        return Reply(topic(turn))
    found = turn.catalogue.get(word)
    if found is None:
        close = nearest(word, turn.catalogue)
        hint = f" Bedoel je !{close}?" if close else ""
        return Refused(f"Ik ken !{ways.shown(word)} niet.{hint} Typ !help voor alle opdrachten.", code="E01")
    return Reply(_one(turn, found))


def _mine(turn: Turn) -> list[Command]:
    """The commands this person may use here, each once: what belongs in a small menu first, what may only be proposed
    last.
    """
    names = dict.fromkeys(one.name for one in turn.catalogue.values())
    far = {name: how_far(turn.catalogue[name], turn.person, turn.roles, turn.room, turn.structure) for name in names}
    mine = [turn.catalogue[name] for name in names if far[name] != "refused"]
    return sorted(mine, key=lambda one: (not one.menu, far[one.name] == "proposes", one.who != EVERYONE))


def _only_proposes(turn: Turn, one: Command) -> bool:
    return how_far(one, turn.person, turn.roles, turn.room, turn.structure) == "proposes"


def _may(turn: Turn, one: Command) -> bool:
    return how_far(one, turn.person, turn.roles, turn.room, turn.structure) != "refused"


def _line(turn: Turn, one: Command) -> Line:
    """What only goes as a proposal says so: someone else decides (domain.md §2.13)."""
    proposes = " Als voorstel." if _only_proposes(turn, one) and "voorstel" not in one.help else ""
    return (Code(f"!{one.name}"), f": {_addressed(turn, one.help)}{proposes}")


def _ten(turn: Turn) -> Reply:
    mine = [one for one in _mine(turn) if one.name != "help"]
    items = [_line(turn, one) for one in mine[:MOST]]
    more: Line = ("De rest: ", Code("!help alles"), ". Over één opdracht: ", Code(f"!help {mine[0].name}"), ".")
    return Reply(
        Message((Text(f"Dit {'kunt u' if turn.formal else 'kun je'} {_here(turn)}:"), listing(items), Text(more)))
    )


def _all(turn: Turn) -> Reply:
    names = ", ".join(f"!{name}" for name in sorted(one.name for one in _mine(turn)))
    more: Line = ("Meer over één opdracht: ", Code("!help"), " en het woord.")
    return Reply(say(f"Alles wat {'u' if turn.formal else 'je'} {_here(turn)} kunt: {names}.", more))


def _here(turn: Turn) -> str:
    return f"hier ({turn.room.code})" if turn.room else "hier"


def _one(turn: Turn, one: Command) -> Message:
    lines: list[Line] = [
        _addressed(turn, one.help),
        ("Zo werkt het: ", Code(one.usage)),
        ("Voorbeeld: ", Code(one.example)),
    ]
    if one.aliases:
        lines.append(f"Ook: {', '.join(f'!{alias}' for alias in one.aliases)}.")
    lines.append(f"Voor {who_may(one, turn.room, turn.structure)}.")
    if not _may(turn, one) and one.otherwise:
        lines.append(f"Voor {'u' if turn.formal else 'jou'} hier niet. Wat wel kan: {one.otherwise}")
    if _only_proposes(turn, one):
        lines.append(f"{'U' if turn.formal else 'Jij'} kunt het hier voorstellen; een ander beslist.")
    parts = [f"{part.about.field}: {_addressed(turn, part.about.text)}" for part in one.arguments]
    room = LINES - len(lines)
    if len(parts) > room:
        parts = [*parts[: room - 1], "; ".join(parts[room - 1 :])]
    blocks = (listing(parts),) if parts else ()
    return say(*lines) + Message(blocks)


def _route(turn: Turn) -> Message:
    tiers = " › ".join(tier.code for tier in turn.structure.tiers)
    first = turn.structure.filter
    return say(
        f"Een signaal gaat één niveau per keer: {tiers}.",
        f"{first.the.capitalize()} weegt alles eerst; omhoog gaat met een voorstel dat een voorzitter bekrachtigt.",
        f"Werkgroepen en programma's vallen onder {first.the} en koppelen daaraan terug.",
    )


def _tracks(turn: Turn) -> Message:
    return say(
        "Spoor aanspreken: er is een product en een datum. Ik vraag vooraf en na de datum hoe het staat.",
        "Spoor aanjagen: de aanpak is nog open. Ik vraag wat beweegt en wie kan helpen, zonder oordeel over de datum.",
        ladder_in_words(turn.thresholds),
        "Een herinnering komt in het privégesprek, op een werkdag, hooguit één bericht per dag.",
    )


_TOPICS: dict[str, Callable[[Turn], Message]] = {"route": _route, "aanspreken": _tracks, "aanjagen": _tracks}


def _addressed(turn: Turn, text: str) -> str:
    return formally(text) if turn.formal else text
