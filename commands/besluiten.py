"""!besluiten: what was decided, by body, topic and date; *open* is what nobody said the outcome of (R-057, R-058)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.exports import ALL, FORMAT_WORDS, Format, file_reply
from commands.kit.listing_records import (
    MOST,
    OfBody,
    OfKind,
    OnTopic,
    Since,
    Until,
    Which,
    decision_line,
    readable,
    since_and_until,
)
from commands.kit.lists import decisions_table
from commands.kit.records import visible
from commands.kit.reply import Heading, Line, Message, Strong, Text, listing
from commands.kit.turn import Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.decisions import lacks_outcome
from commands.rules.monitoring import lacks_measure
from commands.words.decision import LIVE_DECISIONS, Decision
from commands.words.verdict import Refused


@command(
    "besluiten",
    aliases=("besluitenlijst",),
    help="Toon de besluiten: van een overleg, over een onderwerp, vanaf een dag, open of zonder monitoring.",
    example="!besluiten DO open",
    who=EVERYONE,
    reads=True,
)
def besluiten(
    turn: Turn,
    body: OfBody = None,
    which: OfKind = None,
    since: Since = None,
    until: Until = None,
    as_file: Annotated[
        Format | None,
        About("als bestand: ods, csv, odt, pdf of md", "als", words=("als",), synonyms=FORMAT_WORDS),
    ] = None,
    topic: OnTopic = None,
) -> Outcome:
    if turn.person.external:
        return Refused(EXTERNAL_REFUSED, code="E16")
    place = body or turn.room
    states = LIVE_DECISIONS if which in (Which.OPEN, Which.UNMEASURED) else ()
    start, end = since_and_until(since, until)
    found = turn.store.decisions(
        body=place.code if place else None, states=states, made_since=start, made_until=end, limit=1000
    )
    kept = [one for one in found if readable(turn, one, topic or "") and _fits(turn, one, which)]
    if as_file is not None:
        own = turn.store.actions(body=place.code, limit=ALL) if place else ()
        table = decisions_table(turn.store, kept, [one for one in own if visible(one, turn)])
        return file_reply(table, place, as_file, turn)
    kept.reverse()
    words = (place.code if place else "", ways.shown(topic or ""), str(which or ""))
    filters = f" ({', '.join(word for word in words if word)})" if any(words) else ""
    if not kept:
        return done(f"Geen besluiten gevonden{filters}.")
    late = [one for one in kept if lacks_outcome(one, turn.today)]
    items: list[Line] = [(Strong(one.id), f" {decision_line(turn, one, place)}") for one in kept[:MOST]]
    count = "1 besluit" if len(kept) == 1 else f"{len(kept)} besluiten"
    tail = [Text(f"En nog {len(kept) - MOST}; verfijn met een onderwerp of een dag.")] if len(kept) > MOST else []
    if late and which is Which.OPEN:
        named = ", ".join(one.id for one in late)
        tail.append(Text(f"Over de datum en zonder uitkomst: {named}. Meld die met !voortgang."))
    private = turn.room is not None and (place is None or place.code != turn.room.code)
    return Reply(Message((Heading(f"{count}{filters}", 1), listing(items), *tail)), private=private)


def _fits(turn: Turn, one: Decision, which: Which | None) -> bool:
    return which is not Which.UNMEASURED or lacks_measure(one)
