"""!acties: the open actions of this body, or mine in the private chat; over the date first (C19, digests.md §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from commands.kit.actions import action_line
from commands.kit.arguments import PartyCode
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.records import visible
from commands.kit.reply import Message, Text, listing, say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import actions as rules
from commands.rules.visibility import may_see_body
from commands.words.action import Action, ActionState
from commands.words.people import Person
from commands.words.structure import Body
from commands.words.verdict import Refused

MOST = 10
_LATE = ("te laat", "telaat", "over de datum", "voorbij", "achterstallig")


@command(
    "acties",
    aliases=("actielijst",),
    help="Toon de open acties: hier, van iemand, van een organisatie, of te laat.",
    example="!acties vng",
    who=EVERYONE,
    menu=True,
)
def acties(
    turn: Turn,
    person: Annotated[Person | None, About("van wie", "van", words=("van",), bare=True)] = None,
    party: Annotated[
        PartyCode | None, About("van welke organisatie", "organisatie", words=("namens", "van"), bare=True)
    ] = None,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van", "bij"), bare=True)] = None,
    only: Annotated[str | None, About("te laat: alleen wat over de datum is", "alleen", rest=True)] = None,
) -> Outcome:
    late = False
    if only:
        late, left = _without_late(only)
        party = party or _party(left, turn)
        if left and party is None:
            return Refused(
                f"'{left}' ken ik niet bij !acties. Kies een naam, een organisatie, een overleg of te laat.", code="E11"
            )
    place = body or turn.room
    if place is not None and not may_see_body(turn.viewer, place, turn.structure):
        hidden = f"De acties van {place.the} zijn alleen zichtbaar voor {place.the}."
        return Refused(
            EXTERNAL_REFUSED if turn.person.external else hidden, code="E16" if turn.person.external else "E04"
        )
    if person is None and party is None and place is None:
        person = turn.person
    found = [
        action
        for action in turn.store.actions(
            holder=person.id if person else None,
            on_behalf_of=party,
            body=place.code if place else None,
            states=rules.LIVE,
        )
        if visible(action, turn) and (not late or rules.is_late(action, turn.today))
    ]
    words = [place.code if place else "", person.label if person else "", party or "", "over de datum" if late else ""]
    elsewhere = turn.room is not None and place is not None and place.code != turn.room.code
    message = _list(found, [word for word in words if word], turn, with_body=place is None)
    return Reply(message, tuple(action.id for action in found[:MOST]), private=elsewhere)


def _list(found: Sequence[Action], words: Sequence[str], turn: Turn, *, with_body: bool) -> Message:
    scope = ", ".join(words)
    if not found:
        return say(f"Geen open acties. Filter: {scope}.")
    today = turn.today
    shown = rules.in_order(found, today)
    open_ones = [action for action in shown if action.state is ActionState.OPEN]
    late = sum(rules.is_late(action, today) for action in open_ones)
    asked = len(shown) - len(open_ones)
    counts = [f"{len(open_ones)} open"]
    counts += [f"{late} over de datum"] if late and late < len(shown) else []
    counts += [f"{asked} nog niet aanvaard"] if asked else []
    lines = [action_line(turn, action, with_body=with_body) for action in shown[:MOST]]
    left = len(shown) - MOST
    rest = (Text(f"En nog {left}, met een latere datum of nog niet aanvaard."),) if left > 0 else ()
    return Message((Text(f"{scope}: {', '.join(counts)}."), listing(lines), *rest))


def _without_late(text: str) -> tuple[bool, str]:
    said = " ".join(text.casefold().strip(" .,;").split())
    for word in _LATE:
        if said == word or said.startswith(f"{word} ") or said.endswith(f" {word}"):
            return True, said.replace(word, "").strip(" ,")
    return False, said


def _party(word: str, turn: Turn) -> PartyCode | None:
    party = turn.structure.party(word) if word else None
    return PartyCode(party.code) if party else None
