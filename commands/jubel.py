"""!jubel: what goes well, on the wall of a body, without a name (C40, R-146)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.evaluating import PRAISE
from commands.kit.turn import Outcome, Turn
from commands.kit.walls import put_up
from commands.words.structure import Body
from commands.words.verdict import Refused


@command(
    "jubel",
    help="Zet op de jubelmuur wat goed gaat, zonder naam, in een privébericht.",
    example="!jubel de afspraken staan eindelijk op één plek bij WG-PFAS",
    who=EVERYONE,
    forgets=True,
)
def jubel(
    turn: Turn,
    text: Annotated[str | None, About("wat goed gaat, in één zin", "tekst", rest=True)] = None,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "bij", words=("bij",))] = None,
) -> Outcome:
    if not text:
        return Refused("Wat gaat er goed? Typ het achter !jubel; één zin is genoeg.", code="E02")
    return put_up(turn, PRAISE, text, place, "Op de jubelmuur van {body}, zonder naam.")
