"""!hulpvraag: ask colleagues, with a name or without; contact only when both sides agree (C46, R-186, R-211)."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.filing import file_signal
from commands.kit.helping import ask_for_help, closed, keep, meet, said_by_expert, withdraw_from
from commands.kit.reply import Line, Message, Strong, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.filing import may_raise
from commands.rules.helping import may_go_on
from commands.words.helping import OPEN_HELP, HelpRequest, HelpState
from commands.words.people import Person, RoleName
from commands.words.verdict import Refused

VISIBLE = "Niet opgeslagen, wel zichtbaar: verwijder het zelf, en stel de vraag in een privébericht."
_NAMELESS = r"(?:graag )?(?:anoniem|zonder (?:mijn )?naam)"
_WITHOUT_NAME = re.compile(
    rf"^\(?{_NAMELESS}(?:e (?:hulp)?vraag)?\)?[:,]?\s+|[\s,.]*\(?\b{_NAMELESS}e?\)?\.?$", re.IGNORECASE
)
_YES_OR_NO = re.compile(r"(?P<said>ja|nee)\b[.,]?\s*", re.IGNORECASE)


class Act(StrEnum):
    YES = "ja"
    NO = "nee"
    ANSWERED = "beantwoord"
    SIGNAL = "doorzetten"
    WITHDRAW = "intrekken"


WORDS = {"ingetrokken": "intrekken", "signaal": "doorzetten", "opgelost": "beantwoord", "graag": "ja"}


@command(
    "hulpvraag",
    aliases=("hv",),
    help="Vraag collega's om hulp. In een privébericht kan het ook zonder naam, met anoniem erbij.",
    example="!hulpvraag Wie heeft ervaring met gebiedsgericht grondwaterbeheer?",
    who=EVERYONE,
)
def hulpvraag(
    turn: Turn,
    request: Annotated[HelpRequest | None, About("de hulpvraag", "id")] = None,
    act: Annotated[Act | None, About("beantwoord, doorzetten of intrekken", "opdracht", synonyms=WORDS)] = None,
    topic: Annotated[str | None, About("het thema", "thema", topic=True)] = None,
    anonymous: Annotated[
        str | None,
        About("zonder naam: ja of nee, of de vraag zelf", "anoniem", field_only=True, greedy=True, length="short"),
    ] = None,
    expert: Annotated[Person | None, About("wie wil meedenken", "met", field_only=True)] = None,
    named: Annotated[bool | None, About("als signaal, met naam: ja of nee", "metnaam", field_only=True)] = None,
    text: Annotated[
        str | None, About("waarmee we kunnen helpen", "vraag", rest=True, greedy=True, length="short")
    ] = None,
) -> Outcome:
    if request is None:
        return _new(turn, act, text or "", topic, anonymous)
    if turn.person.id != turn.store.asker(request):
        return (
            said_by_expert(turn, request, agrees=act is Act.YES) if act in (Act.YES, Act.NO) else _shown(turn, request)
        )
    if act is None:
        return _shown(turn, request)
    verdict = may_go_on(request)
    if isinstance(verdict, Refused):
        return verdict
    match act:
        case Act.YES | Act.NO:
            return meet(turn, request, expert, agrees=act is Act.YES)
        case Act.SIGNAL:
            return _as_signal(turn, request, named)
        case Act.ANSWERED:
            keep(turn, replace(request, state=HelpState.ANSWERED, outcome=(text or "").strip()), "beantwoord")
            return closed(turn, request, f"{request.id} is beantwoord. Mooi.", f"{request.id} beantwoord")
        case Act.WITHDRAW:
            withdraw_from(turn, request)
            keep(turn, replace(request, state=HelpState.WITHDRAWN), "ingetrokken")
            return closed(turn, request, f"{request.id} is ingetrokken.", f"{request.id} ingetrokken")


def _new(turn: Turn, act: Act | None, text: str, topic: str | None, nameless: str | None) -> Outcome:
    """`nameless` is what stood behind `anoniem:`: ja or nee, and the question itself when it was typed there."""
    said = _YES_OR_NO.match(nameless or "")
    behind = (nameless or "")[said.end() :] if said is not None else nameless or ""
    text = " ".join(part.strip() for part in (text, behind) if part.strip())
    question = _WITHOUT_NAME.sub("", text).strip()
    asked_for = nameless is not None and not (said is not None and said["said"].casefold() == "nee")
    anonymous = asked_for or question != text
    if act is not None and (not question or question.isdigit() or act is Act.NO):
        return Ask("request", "Om welke hulpvraag gaat het? Een nummer is genoeg.")
    if anonymous and turn.room is not None:
        visible = VISIBLE.replace("stel de vraag", "stelt u de vraag") if turn.formal else VISIBLE
        return Reply(say(visible), mentions=(turn.person.id,), receipt=False, forgets=True)
    if not question:
        mine = turn.store.help_requests(by=turn.person.id, states=OPEN_HELP)
        asks = "Waarmee kunnen we helpen? Eén zin is genoeg."
        return Ask("text", asks) if not mine or turn.room is not None else Reply(_listed(mine), private=True)
    return ask_for_help(turn, question, topic, anonymous=anonymous)


def _listed(found: tuple[HelpRequest, ...]) -> Message:
    lines: list[Line] = [(Strong(one.id), f" {one.text} · {one.state}") for one in found]
    return say(*lines)


def _shown(turn: Turn, request: HelpRequest) -> Outcome:
    """To the asker and those who were asked; what the other has not agreed to stays out."""
    if turn.person.id != turn.store.asker(request):
        return Reply(say((Strong(request.id), f": {request.text}")), (request.id,), private=True)
    asked = "" if turn.person.external else f"Gevraagd: {len(request.matches)}, "
    counts = f"{asked}wil meedenken: {len(request.willing)}."
    counts = f"{counts[0].upper()}{counts[1:]}"
    names = ", ".join(turn.person_named(id) for id in request.in_touch)
    touch = f" In contact met {names}." if names else ""
    return Reply(
        say((Strong(request.id), f": {request.text} · {request.state}. {counts}{touch}")), (request.id,), private=True
    )


def _as_signal(turn: Turn, request: HelpRequest, named: bool | None) -> Outcome:
    """A signal has a raiser: without a name it cannot be one, so that is asked first."""
    if request.anonymous and named is None:
        your = "uw" if turn.formal else "je"
        return Ask(
            "named", f"Een signaal heeft een indiener: {your} naam komt erbij te staan. Toch doorzetten: ja of nee?"
        )
    if request.anonymous and not named:
        return Reply(say(f"{request.id} blijft een hulpvraag, zonder naam."), (request.id,), private=True)
    place = turn.structure.filter
    chairs = turn.store.roles(person=turn.person.id, body=place.code, role=RoleName.CHAIR, on=turn.today)
    verdict = may_raise(turn.person.organisation, None, chairs=bool(chairs), place=place)
    if isinstance(verdict, Refused):
        return verdict
    filed = file_signal(turn, request.text, turn.person.organisation, topic=request.topic)
    signal = filed.about[0]
    keep(turn, replace(request, state=HelpState.PASSED_ON, signal=signal), f"doorgezet als {signal}")
    deed = filed.deed if request.anonymous else f"{request.id} doorgezet als {signal}"
    return replace(filed, private=True, deed=deed)
