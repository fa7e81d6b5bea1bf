"""!kaart: where people would rather look than read, a picture goes with the words (digests.md §3.7)."""

from __future__ import annotations

from datetime import timedelta
from enum import StrEnum
from typing import Annotated

from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.pictures import Drawing, flow, progress, timeline
from commands.kit.records import visible
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.visibility import may_see_body
from commands.words.structure import Body
from commands.words.verdict import Refused

#: How far back the flow of signals looks when nobody says.
PERIOD = timedelta(days=182)


class Subject(StrEnum):
    GROUPS = "groepen"
    SIGNALS = "signalen"
    AGREEMENTS = "afspraken"


@command(
    "kaart",
    aliases=("beeld", "tijdlijn"),
    help="Teken de groepen op een tijdlijn, de weg van signalen of de voortgang van afspraken.",
    example="!kaart groepen",
    who=EVERYONE,
    reads=True,
)
def kaart(
    turn: Turn,
    subject: Annotated[
        Subject | None,
        About(
            "groepen, signalen of afspraken",
            "wat",
            synonyms={"werkgroepen": "groepen", "stroom": "signalen", "voortgang": "afspraken"},
        ),
    ] = None,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van", "bij"), bare=True)] = None,
    days: Annotated[int | None, About("over hoeveel dagen terug", "dagen", words=("dagen",), field_only=True)] = None,
) -> Outcome:
    place = body or turn.structure.filter
    if turn.person.external or not may_see_body(turn.viewer, place, turn.structure):
        text = f"De kaart van {place.the} is voor {place.the}. Wat wel kan: !werkgroepen."
        return Refused(EXTERNAL_REFUSED, code="E16") if turn.person.external else Refused(text, code="E04")
    drawing = _drawn(turn, subject or Subject.GROUPS, place, days)
    if drawing is None:
        return Refused(_nothing(subject or Subject.GROUPS, place), code="E03")
    here = turn.room is not None and turn.room.code == place.code and not turn.room.with_externals
    return Reply(drawing.message, files=(drawing.file,), private=turn.room is not None and not here)


def _nothing(subject: Subject, place: Body) -> str:
    """Why there is no drawing, and what brings something to draw."""
    match subject:
        case Subject.GROUPS:
            return f"Onder {place.the} zijn er geen werkgroepen of programma's om te tekenen. Kijk bij !werkgroepen."
        case Subject.SIGNALS:
            return f"Bij {place.the} bewoog in die tijd geen signaal. Verder terug kan met dagen: en een getal."
        case Subject.AGREEMENTS:
            return f"Van {place.the} zijn er nog geen afspraken om te tekenen. Vastleggen kan met !afspraak."


def _drawn(turn: Turn, subject: Subject, place: Body, days: int | None) -> Drawing | None:
    match subject:
        case Subject.GROUPS:
            return timeline(turn, place)
        case Subject.SIGNALS:
            back = timedelta(days=days) if days else PERIOD
            return flow(turn, place, turn.today - back, turn.today)
        case Subject.AGREEMENTS:
            found = [one for one in turn.store.agreements(limit=500) if visible(one, turn)]
            return progress(turn, [one for one in found if one.body == place.code or place == turn.structure.filter])
