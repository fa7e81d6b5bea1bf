"""!jubel: what goes well, on the wall of a body, without a name (C40, R-146)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.evaluating import PRAISE, open_for, respondent
from commands.kit.ports import Offer
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.kit.walls import put_up
from commands.rules.evaluations import is_complete
from commands.words.evaluation import EvaluationKind
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
    text: Annotated[str | None, About("wat goed gaat, in één zin", "tekst", rest=True, length="short")] = None,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "bij", words=("bij",))] = None,
) -> Outcome:
    if not text:
        return Refused("Wat gaat er goed? Typ het achter !jubel; één zin is genoeg.", code="E02")
    outcome = put_up(turn, PRAISE, text, place, "Op de jubelmuur van {body}, zonder naam.")
    return _share(turn, outcome) if isinstance(outcome, Reply) and turn.room is None else outcome


def _share(turn: Turn, kept: Reply) -> Reply:
    """R-216: it may become a small success. The words are not passed on: they would stand beside a name (INV-36)."""
    asked = [one for one in open_for(turn, turn.person.id) if one.kind is not EvaluationKind.WALL]
    if any(not is_complete(me) for one in asked if (me := respondent(turn, one, turn.person.id)) is not None):
        # An open question of an evaluation comes first: what is typed next answers that.
        return replace(kept, message=kept.message + say("Delen als klein succes kan daarna, met !koploper."))
    ask = "Mag dit gedeeld als klein succes? Antwoord met ja of nee."
    you, your = ("typt u", "uw") if turn.formal else ("typ je", "je")
    more = f"Bij ja {you} het opnieuw, en dan met {your} naam"
    words = {"✅": {"act": "delen"}, "ja": {"act": "delen"}, "nee": {"act": "delen", "consent": "nee"}}
    offers = tuple(Offer(word, "koploper", parts) for word, parts in words.items())
    return replace(kept, message=kept.message + say(f"{ask} {more}; op de muur blijft het zonder naam."), offers=offers)
