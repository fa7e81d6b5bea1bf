"""!meldingen: how often, where and about what the bot writes to this person of its own accord (C59, R-170)."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.choosing import in_words
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_preference
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.visibility import may_see_body
from commands.words.reminder import Intensity, Preference
from commands.words.structure import Body
from commands.words.verdict import Refused


class Choice(StrEnum):
    DIRECT = "direct"
    DAILY = "dagelijks"
    WEEKLY = "wekelijks"
    MONTHLY = "maandelijks"
    LIGHT = "licht"
    USUAL = "standaard"


class Route(StrEnum):
    DM = "dm"
    ROOM = "kanaal"


_CHOICES = {"meteen": "direct", "dag": "dagelijks", "week": "wekelijks", "maand": "maandelijks", "normaal": "standaard"}
_ROUTES = {"privé": "dm", "prive": "dm", "kamer": "kanaal"}


@command(
    "meldingen",
    aliases=("melding",),
    help="Kies hoe vaak, waar en waarover ik iets stuur.",
    example="!meldingen wekelijks",
    who=EVERYONE,
)
def meldingen(
    turn: Turn,
    choice: Annotated[Choice | None, About("hoe vaak", "hoe", synonyms=_CHOICES)] = None,
    route: Annotated[Route | None, About("dm of kanaal", "via", words=("via",), synonyms=_ROUTES)] = None,
    body: Annotated[Body | None, About("in welk kanaal", "gremium", words=("van", "bij"))] = None,
    topics: Annotated[
        str | None, About("over welke thema's", "thema", words=("over", "thema"), also=("themas",), greedy=True)
    ] = None,
    left: Annotated[str | None, About("wat de bot niet begrijpt", "rest", rest=True)] = None,
) -> Outcome:
    if left:
        choices = ", ".join(str(one) for one in Choice)
        return Refused(
            f"'{ways.shown(left)}' ken ik hier niet. Kies uit: {choices}; met via dm of kanaal, en over een thema.",
            code="E11",
        )
    known = turn.store.preference(turn.person.id)
    before = known or Preference(turn.person.id)
    if choice is None and route is None and topics is None:
        return Reply(say(*in_words(turn, before, formal=turn.formal)), private=True)
    chosen = _about(turn, topics) if topics is not None else before.topics
    if isinstance(chosen, Refused):
        return chosen
    room = before.room
    if route is not None:
        found = _room(turn, body) if route is Route.ROOM else None
        if isinstance(found, Ask | Refused):
            return found
        room = found.code if found is not None else None
    after = replace(before, room=room, topics=chosen)
    if choice is Choice.USUAL:
        after = Preference(turn.person.id, quiet_until=before.quiet_until)
    elif choice is not None:
        after = replace(after, intensity=Intensity(str(choice)))
    if after == before and known is not None:
        return Refused("Dat stond al zo. Er is niets veranderd.", code="E14")
    turn.put(after, "meldingen gekozen")
    owe_preference(turn.store, turn.structure, turn.now, after)
    return Reply(say(*in_words(turn, after, formal=turn.formal)), deed="meldingen gekozen")


def _about(turn: Turn, topics: str) -> tuple[str, ...] | Refused:
    """The topics as the structure writes them; of a structure without topics as they were typed. "alles" is all."""
    words = [word.strip(" .") for word in re.split(r",| en ", topics) if word.strip(" .")]
    if [word.casefold() for word in words] in (["alles"], ["alle thema's"]):
        return ()
    known = {topic.casefold(): topic for topic in turn.structure.topics}
    strange = [word for word in words if known and word.casefold() not in known]
    if strange:
        listed = ", ".join(turn.structure.topics)
        return Refused(f"'{ways.shown(strange[0])}' ken ik niet als thema. Wel: {listed}.", code="E11")
    return tuple(dict.fromkeys(known.get(word.casefold(), word) for word in words))


def _room(turn: Turn, body: Body | None) -> Body | Ask | Refused:
    """The room that was named or typed in, else that of the only body the person is in."""
    place = body or turn.room
    if place is not None:
        if place.code in turn.viewer.bodies and may_see_body(turn.viewer, place, turn.structure):
            return place
        return Refused(f"Je bent geen lid van {place.the}. Kies een kanaal waar je in zit, of via dm.", code="E04")
    mine = sorted(turn.viewer.bodies)
    if len(mine) == 1:
        return turn.need_body(mine[0])
    if not mine:
        return Refused("Je zit in geen kanaal. Kies via dm.", code="E04")
    return Ask("body", f"In welk kanaal: {', '.join(mine[:-1])} of {mine[-1]}?", tuple(Option(c, c) for c in mine))
