"""!signaal: one sentence is enough; it is filed first and completed later (R-003, S1, dialogue.md 4)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.arguments import PartyCode
from commands.kit.declare import EVERYONE, About, command
from commands.kit.filing import QUESTION, file_signal, forward_to, title_of
from commands.kit.turn import Ask, Outcome, Turn
from commands.rules.filing import may_raise
from commands.words.people import Person, RoleName
from commands.words.signal import SignalKind
from commands.words.verdict import Refused


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
    text: Annotated[
        str, About("waar het over gaat, in één zin", "tekst", rest=True, ask=QUESTION, quoted="text", length="any")
    ],
    topic: Annotated[str | None, About("het thema", "thema", topic=True)] = None,
    kind: Annotated[
        SignalKind | None,
        About("acuut, trend, proces of overig", "soort", field_only=True, synonyms={"knelpunt": "acuut"}),
    ] = None,
    region: Annotated[str | None, About("de regio", "regio")] = None,
    origin: Annotated[str | None, About("waar het vandaan komt", "herkomst")] = None,
    on_behalf_of: Annotated[PartyCode | None, About("namens welke partij", "namens", words=("namens",))] = None,
    interest: Annotated[str | None, About("wiens belang het is", "belang")] = None,
    sensitive: Annotated[bool | None, About("politiek gevoelig: ja of nee", "gevoelig")] = None,
    safety_net: Annotated[bool | None, About("vangnet, en dus acuut: ja of nee", "vangnet", field_only=True)] = None,
    source: Annotated[str | None, About("van wie het bericht was", "bronbericht", quoted="sender")] = None,
    forward: Annotated[bool | None, About("doorsturen aan wie het wel mag indienen", "doorsturen")] = None,
) -> Outcome:
    if len(title_of(text, turn.thresholds.title_most)[0]) < turn.thresholds.title_least:
        return Ask("text", QUESTION)
    party = on_behalf_of or turn.person.organisation
    # what is labelled vangnet is acute, whatever was typed as its kind; the filter weighs it like any other.
    kind = SignalKind.ACUTE if safety_net else kind
    place = turn.structure.filter
    # Whoever stands in for the chair stays free to raise: only the chair's own role counts.
    roles = turn.store.roles(person=turn.person.id, body=place.code, role=RoleName.CHAIR, on=turn.today)
    substance = turn.person_with(RoleName.SUBSTANCE, place.code)
    who = f"@{substance.label} ({substance.organisation})" if substance else ""
    verdict = may_raise(party, kind, chairs=bool(roles), place=place, substance=who)
    if isinstance(verdict, Refused):
        return forward_to(turn, substance, text) if forward and substance else verdict
    return file_signal(
        turn,
        text,
        party,
        kind=kind,
        topic=topic,
        region=region,
        origin=origin,
        interest=interest,
        sensitive=bool(sensitive),
        safety_net=bool(safety_net),
        source=turn.store.get(Person, source) if source else None,
    )
