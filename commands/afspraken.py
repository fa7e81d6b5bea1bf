"""!afspraken: what was agreed and how it stands, by body, track, source, goal, topic and date (C31, R-057, R-060,
R-113)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.listing_records import (
    MOST,
    OfBody,
    OfKind,
    OnTopic,
    Since,
    Until,
    Which,
    agreement_line,
    readable,
    since_and_until,
)
from commands.kit.reply import Heading, Line, Message, Strong, Text, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.monitoring import lacks_measure, lives
from commands.words.agreement import LIVE_AGREEMENTS, Agreement, Progress
from commands.words.signal import Track
from commands.words.verdict import Refused


@command(
    "afspraken",
    aliases=("afsprakenlijst",),
    help="Toon de afspraken en hoe ze ervoor staan: van een overleg, spoor of onderwerp, open of alle.",
    example="!afspraken DO zonder monitoring",
    who=EVERYONE,
    reads=True,
)
def afspraken(
    turn: Turn,
    body: OfBody = None,
    which: OfKind = None,
    track: Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",))] = None,
    since: Since = None,
    until: Until = None,
    source: Annotated[str | None, About("waar het uit komt", "bron", greedy=True)] = None,
    goal: Annotated[str | None, About("bij welke doelstelling", "doelstelling", also=("doel",), greedy=True)] = None,
    topic: OnTopic = None,
) -> Outcome:
    if turn.person.external:
        return Refused(EXTERNAL_REFUSED, code="E16")
    place = body or turn.room
    start, end = since_and_until(since, until)
    states = () if which is Which.ALL else LIVE_AGREEMENTS
    found = turn.store.agreements(states=states, made_since=start, made_until=end, limit=1000)
    kept = [
        one
        for one in found
        if (place is None or place.code in (one.body, one.accountable_to))
        and readable(turn, one, topic or "")
        and _fits(one, which, track)
        and _has(source, one.source)
        and _has(goal, one.goal)
    ]
    words = (place.code if place else "", topic or "", str(track or ""), source or "", goal or "", str(which or ""))
    filters = f" ({', '.join(ways.shown(word) for word in words if word)})" if any(words) else ""
    if not kept:
        return done(f"Geen afspraken gevonden{filters}.")
    items: list[Line] = [(Strong(one.id), f" {agreement_line(turn, one, place)}") for one in kept[:MOST]]
    count = "1 afspraak" if len(kept) == 1 else f"{len(kept)} afspraken"
    more = (Text(f"En nog {len(kept) - MOST}; verfijn met een onderwerp of een dag."),) if len(kept) > MOST else ()
    private = turn.room is not None and (place is None or place.code != turn.room.code)
    return Reply(Message((Heading(f"{count}{filters}", 1), listing(items), *more)), private=private)


def _fits(one: Agreement, which: Which | None, track: Track | None) -> bool:
    if which is Which.OPEN and not (lives(one) and one.progress is not Progress.REALISED):
        return False
    if which is Which.UNMEASURED and not lacks_measure(one):
        return False
    return track is None or one.track is track


def _has(wanted: str | None, text: str) -> bool:
    """Whether the text has what was asked for, whatever its case; nothing asked for fits all."""
    return not wanted or wanted.casefold() in text.casefold()
