"""!signaal: one sentence is enough; it is filed first and completed later (R-003, S1, dialogue.md 4)."""

from __future__ import annotations

import re
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import PartyCode
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_signal
from commands.kit.reply import Strong, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.filing import may_raise
from commands.words.people import RoleName
from commands.words.signal import Signal, SignalKind, SignalState
from commands.words.verdict import Refused

QUESTION = "Waarover? Eén zin is genoeg."


@command(
    "signaal",
    aliases=("sig", "issue", "knelpunt"),
    help="Meld een signaal, knelpunt of trend. Eén zin is genoeg.",
    example="!signaal Baggerdepots zitten vol",
    who=EVERYONE,
    menu=True,
)
def signaal(
    turn: Turn,
    text: Annotated[str, About("waar het over gaat, in één zin", "tekst", rest=True, ask=QUESTION)],
    topic: Annotated[str | None, About("het thema", "thema")] = None,
    kind: Annotated[
        SignalKind | None, About("acuut, trend, proces of overig", "soort", synonyms={"knelpunt": "acuut"})
    ] = None,
    region: Annotated[str | None, About("de regio", "regio")] = None,
    origin: Annotated[str | None, About("waar het vandaan komt", "herkomst")] = None,
    on_behalf_of: Annotated[PartyCode | None, About("namens welke partij", "namens", words=("namens",))] = None,
    interest: Annotated[str | None, About("wiens belang het is", "belang")] = None,
    sensitive: Annotated[
        bool | None,
        About(
            "politiek gevoelig: ja of nee",
            "gevoelig",
        ),
    ] = None,
) -> Outcome:
    title, explanation = title_of(text, turn.thresholds.title_most)
    if len(title) < turn.thresholds.title_least:
        return Ask("text", QUESTION)
    party = on_behalf_of or turn.person.organisation
    place = turn.structure.filter
    verdict = may_raise(party, kind, chairs=turn.holds(RoleName.CHAIR, place.code), place=place)
    if isinstance(verdict, Refused):
        return verdict
    signal = Signal(
        id=turn.new_id("SIG"),
        title=title,
        explanation=explanation,
        raised_by=(turn.person.id,),
        on_behalf_of=party,
        state=SignalState.SUBMITTED,
        lies_with=place.code,
        owner=place.code,
        filed_at=turn.now,
        changed_at=turn.now,
        passed=(turn.room.code,) if turn.room is not None and turn.room.is_group else (),
        kind=kind,
        topic=topic,
        region=region,
        origin=origin,
        interest=interest,
        sensitive=bool(sensitive),
    )
    turn.put(signal)
    owe_signal(turn.store, turn.structure, turn.now, signal)
    meeting = turn.next_meeting(place.code)
    weighed = f", weging {dates.say_short(meeting.day)}" if meeting else "; er is nog geen vergadering gepland"
    shown = f" Titel: {title}." if explanation else ""
    line = f", namens {party}. Ligt bij {place.the}{weighed}.{shown}"
    return Reply(say((Strong(signal.id), line)), about=(signal.id,), deed=f"{signal.id} ingediend")


def title_of(text: str, most: int) -> tuple[str, str]:
    """The title and the explanation of what was typed: too long is no error (dialogue.md 6)."""
    text = text.strip()
    if len(text) <= most and "\n" not in text:
        return text, ""
    sentence = re.match(r".+?[.!?](?=\s)|[^\n]+", text, re.DOTALL)
    first = (sentence[0] if sentence else text).strip()
    if len(first) > most:
        first = first[: most - 1].rsplit(" ", 1)[0] + "…"
        return first, text
    return first.rstrip("."), text[len(first) :].strip() or text
