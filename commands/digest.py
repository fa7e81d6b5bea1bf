"""!digest: how things stand before the next meeting, now (C28)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.chat_rooms import as_read
from commands.kit.declare import EVERYONE, About, command
from commands.kit.forwarding import PRINTED_WORDS, Printed, document_of, printed
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.moments.digest_chair import chair_block, readers
from commands.moments.digest_parts import Facts
from commands.moments.digest_versions import participants
from commands.rules.planning import AHEAD
from commands.rules.visibility import may_see_body
from commands.words.meeting import Meeting
from commands.words.structure import Body
from commands.words.verdict import Refused


class Version(StrEnum):
    CHAIR = "voorzitter"


@command(
    "digest",
    aliases=("overzicht",),
    help="Zie hoe het ervoor staat voor het volgende overleg.",
    example="!digest DO",
    who=EVERYONE,
    menu=True,
    reads=True,
)
def digest(
    turn: Turn,
    version: Annotated[Version | None, About("het blok voor de voorzitter", "versie")] = None,
    body: Annotated[Body | None, About("welk overleg", "gremium", words=("van", "voor"), bare=True)] = None,
    as_file: Annotated[
        Printed | None,
        About("om door te sturen: pdf, tekst of odt", "als", words=("als",), synonyms=PRINTED_WORDS),
    ] = None,
) -> Outcome:
    place = body or turn.room
    if place is None:
        own = [found for code in sorted({role.body for role in turn.roles}) if (found := turn.body(code))]
        if len(own) != 1:
            return Ask("body", "Van welk overleg?", tuple(Option(one.code, one.code) for one in own))
        place = own[0]
    if not may_see_body(turn.viewer, place, turn.structure):
        if turn.person.external:
            return Refused(EXTERNAL_REFUSED, code="E16")
        return Refused(f"Dit mag alleen wie in {place.the} zit. Wat wel kan: !agenda {place.code}.", code="E04")
    facts = Facts(turn, place, _next(turn, place))
    if version is Version.CHAIR:
        return _for_chair(turn, facts)
    here = turn.room is not None and turn.room.code == place.code and as_file is None
    message = participants(turn, as_read(turn, place) if here or turn.person.external else place, facts.meeting)
    if as_file is not None:
        name = f"digest-{place.code.casefold()}-{facts.meeting.day if facts.meeting else turn.today}"
        files = (printed(document_of(message), name, as_file),)
        return Reply(say(f"Hierbij de digest van {place.the}, om door te sturen."), files=files, private=True)
    if facts.meeting is None:
        message = say(f"Er is geen {place.sitting} gepland. Ik geef de stand van vandaag.") + message
    private = turn.room is not None and not here
    return Reply(message, about=(facts.meeting.id,) if facts.meeting else (), private=private)


def _next(turn: Turn, place: Body) -> Meeting | None:
    found = turn.store.meetings(body=place.code, since=turn.today)
    return next((meeting for meeting in found if meeting.state in AHEAD), None)


def _for_chair(turn: Turn, facts: Facts) -> Outcome:
    """In private only, and only for the chair and the secretary."""
    if turn.person.id not in {person.id for person in readers(facts)}:
        return Refused(f"Dit is alleen voor de voorzitter en de secretaris van {facts.body.the}.", code="E04")
    block = chair_block(facts)
    if block is None:
        return Reply(say("Geen bijzonderheden voor de voorzitter."), private=True)
    return Reply(block, about=(facts.meeting.id,) if facts.meeting else (), private=True)
