"""!peiling: answer one question by one word, without a name, or read how it went (R-157, R-174, INV-36)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.dialogue import not_read
from commands.kit.polls import ANSWER, results
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.polls import may_answer
from commands.rules.visibility import may_see_body
from commands.words.poll import Poll
from commands.words.structure import Body
from commands.words.verdict import Refused

VISIBLE = "Niet opgeslagen, wel zichtbaar: verwijder het zelf, en antwoord in een privébericht."


@command(
    "peiling",
    aliases=("energie",),
    help="Lees hoe het gaat met de energie van een groep, of wat een overleg waard was; antwoorden gaat zonder naam.",
    example="!peiling WG-PFAS",
    who=EVERYONE,
    forgets=True,
)
def peiling(
    turn: Turn,
    poll: Annotated[Poll | None, About("de vraag", "id")] = None,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "van", words=("van",), bare=True)] = None,
    answer: Annotated[str | None, About("het antwoord", "antwoord", rest=True)] = None,
) -> Outcome:
    if poll is None:
        if (stray := not_read(peiling, answer)) is not None:
            return stray
        return _shown(turn, place or turn.room)
    if turn.room is not None:
        visible = VISIBLE.replace("en antwoord", "en antwoordt u") if turn.formal else VISIBLE
        return Reply(say(visible), mentions=(turn.person.id,), receipt=False)
    answered = dict(turn.store.polled(poll.id)).get(turn.person.id)
    if answered is None:
        return Refused(
            f"Bij {poll.id} is niets aan {'u' if turn.formal else 'jou'} gevraagd. Wat openstaat, staat bij !mijn.",
            code="E04",
        )
    said = (answer or "").strip(" .!").casefold()
    verdict = may_answer(poll, turn.today, said)
    if isinstance(verdict, Refused):
        return verdict
    if answered:
        return Refused("Er is al geantwoord; wijzigen kan niet, want wie wat zei weet ik niet.", code="E14")
    turn.store.add_voice(poll.id, ANSWER, said)
    turn.store.keep_polled(poll.id, turn.person.id, answered=True)
    least = turn.thresholds.anonymous_from
    return Reply(say(f"Dank, genoteerd zonder naam. Te zien is het na de sluiting, vanaf {least} antwoorden."))


def _shown(turn: Turn, body: Body | None) -> Outcome:
    if body is None:
        return Refused("Van welke groep of welk overleg? Bijvoorbeeld: !peiling WG-PFAS.", code="E02")
    if not may_see_body(turn.viewer, body, turn.structure):
        return Refused(
            f"De peilingen van {body.the} zijn voor {body.the} zelf. {ways.ask(f'de voorzitter van {body.the}')}",
            code="E04",
        )
    lines = results(turn, body)
    elsewhere = turn.room is not None and turn.room.code != body.code
    return Reply(say(*(lines or [f"Van {body.the} is nog niets gepeild."])), private=elsewhere)
