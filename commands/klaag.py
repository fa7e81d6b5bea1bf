"""!klaag: what does not go well, on the wall of a body, without a name; every point gets an answer (C41, R-147)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.evaluating import COMPLAINTS
from commands.kit.turn import Outcome, Turn
from commands.kit.walls import put_up
from commands.words.evaluation import Aspect
from commands.words.structure import Body
from commands.words.verdict import Refused


@command(
    "klaag",
    help="Zet op de klaagmuur wat niet goed gaat, zonder naam, in een privébericht.",
    example="!klaag terugkoppeling komt vaak na het overleg aspect:proces bij WG-PFAS",
    who=EVERYONE,
    forgets=True,
)
def klaag(
    turn: Turn,
    text: Annotated[str | None, About("wat niet goed gaat, in één zin", "tekst", rest=True, length="short")] = None,
    aspect: Annotated[Aspect | None, About("proces, inhoud of relatie", "aspect", field_only=True)] = None,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "bij", words=("bij",))] = None,
) -> Outcome:
    if not text:
        return Refused("Wat gaat er niet goed? Typ het achter !klaag; één zin is genoeg.", code="E02")
    point = f"{text} ({aspect})" if aspect else text
    thanks = "Op de klaagmuur van {body}, zonder naam. Elk punt krijgt een verbeteractie of een antwoord."
    return put_up(turn, COMPLAINTS, point, place, thanks)
