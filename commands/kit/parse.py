"""From a chat message to half commands: which command, and which words belong to which part.

Short natural forms first (dialogue.md §1): plain words separate the parts. Only known field names count as
`veld:waarde` (domain.md §3.1). Nothing that was typed is dropped.
"""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from commands.kit import dates, meeting_dates
from commands.kit.arguments import LONGEST_NAME, take
from commands.kit.declare import Argument, Command
from commands.kit.records import clean
from commands.kit.turn import Turn
from commands.rules import ways

_COMMAND = re.compile(r"\s*!\s?(?P<name>[^\W\d_][\w-]*|\?)(?P<rest>.*)", re.DOTALL)
_UNKNOWN_FIELD = re.compile(r"(?<!\S)(?P<name>[a-z]{3,}):(?=[^\s/\d])")
#: How many separating words of one message are looked at; beyond them it is text. No sentence has as many, and each
#: costs a look into the register.
MOST_SEPARATORS = 100
#: A line that only greets may stand before a command: "Goedemorgen allemaal,".
_GREETING = re.compile(
    r"(?:hoi|hallo|h[eé]+[yj]?|heej|goede?\s?(?:morgen|middag|avond|dag)|goeie?\s?(?:morgen|middag|avond)|dag|morgen|beste"
    r"|geachte|collega'?s|allen|allemaal)(?:[\s,]+[^\s,.!?]+){0,4}\s*[,.!…]*",
    re.IGNORECASE,
)
_QUOTES = str.maketrans(
    {"“": '"', "”": '"', "„": '"', "«": '"', "»": '"', "‘": "'", "’": "'", "\u00a0": " ", "\u202f": " "}
)


@dataclass(frozen=True)
class Typed:
    """One command as typed: its word, lower case, and what follows."""

    name: str
    rest: str


@dataclass(frozen=True)
class Split:
    """The raw parts by argument name, what is left over, and remarks about what was typed."""

    parts: Mapping[str, str]
    remarks: tuple[str, ...] = ()
    left: str = ""


def typed_commands(text: str) -> tuple[Typed, ...]:
    """Commands in a message, in order. Quotations and code blocks are ignored; other lines go with the command before.

    A message whose first own line is neither a command nor a greeting holds none: chat that mentions `!signaal` is
    chat.
    """
    found: list[list[str]] = []
    in_code = False
    for line in text.translate(_QUOTES).splitlines():
        if line.strip().startswith("```"):
            in_code = not in_code
            continue
        if in_code or line.lstrip().startswith(">"):
            continue
        if _COMMAND.fullmatch(line):
            found.append([line])
        elif found:
            found[-1].append(line)
        elif line.strip() and not _GREETING.fullmatch(line.strip()):
            return ()
    typed = []
    for lines in found:
        match = _COMMAND.fullmatch("\n".join(lines).rstrip())
        if match:
            typed.append(Typed(match["name"].casefold(), match["rest"].strip()))
    return tuple(typed)


def nearest(name: str, known: Iterable[str]) -> str | None:
    """The command that was probably meant (E01), or None."""
    close = difflib.get_close_matches(name.casefold(), sorted(known), n=1, cutoff=0.6)
    return close[0] if close else None


def unquoted(text: str) -> str:
    """A text without the quotes around the whole of it, or a loose one; those around a part of it are its own.

    "het kader" is het kader; geld is "nul" and 's morgens stay as they are.
    """
    text = text.strip()
    if len(text) > 1 and text[0] == text[-1] and text[0] in "'\"" and text[0] not in text[1:-1]:
        return text[1:-1].strip()
    if text.count('"') == 1:
        return text.strip('"').strip()
    return text


def split(command: Command, text: str, turn: Turn, given: Mapping[str, str] | None = None) -> Split:
    """Distribute the words over the parts of the command; reads the register only to recognise people and bodies.

    `given` are parts that are known already: no word of the text is taken for those.
    """
    parts: dict[str, str] = dict(given or {})
    left = _fields(command, text, parts, turn)
    remarks = _unknown_fields(command, left)
    tokens = left.split(" ") if "\n" not in left else re.split(r" +", left)
    tokens = [token for token in tokens if token]
    tokens = _leading(command, tokens, parts, turn)
    tokens = _separated(command, tokens, parts, turn)
    left = _trailing(command, " ".join(tokens), parts, turn)
    return Split({name: raw for name, raw in parts.items() if raw.strip()}, remarks, left)


def fields_only(command: Command, text: str, turn: Turn) -> Mapping[str, str]:
    """The parts of a text that is `veld:waarde` from beginning to end; empty when anything stands beside them."""
    parts: dict[str, str] = {}
    return {} if _fields(command, text.strip(), parts, turn) else parts


def _fields(command: Command, text: str, parts: dict[str, str], turn: Turn) -> str:
    """Take `veld:waarde` out of the text; returns what is left."""
    by_name = {name.casefold(): argument for argument in command.arguments for name in argument.names}
    if not by_name:
        return text
    names = "|".join(re.escape(name) for name in sorted(by_name, key=len, reverse=True))
    pattern = re.compile(rf"(?<!\S)(?P<name>{names}):\s*(?P<value>\"[^\"]*\"|'[^']*'|\S*)", re.IGNORECASE)
    left: list[str] = []
    at = 0
    for match in _matches(pattern, text):
        if match.start() < at:
            continue
        argument = _meant(command, by_name[match["name"].casefold()], match["name"].casefold(), match["value"], turn)
        left.append(text[at : match.start()])
        at = match.end()
        value = match["value"]
        if argument.about.greedy and value[:1] not in ("'", '"'):
            following = next(_matches(pattern, text, at), None)
            end = following.start() if following else len(text)
            value += text[at:end]
            at = end
        elif argument.about.topic and value[:1] not in ("'", '"'):
            at = max(at, match.start("value") + _whole_topic(text[match.start("value") :], turn.structure.topics))
            value = text[match.start("value") : at]
        parts.setdefault(argument.name, unquoted(value))
    left.append(text[at:])
    return " ".join(piece.strip() for piece in left if piece.strip())


def _meant(command: Command, named: Argument, name: str, value: str, turn: Turn) -> Argument:
    """The part of that field name; or, when the value is none for it, one that the same word opens and that it fits:
    "aan:indiener" and "aan:AO"."""
    tokens = [unquoted(value)]
    if named.about.greedy or named.type is str or take(named, tokens, turn):
        return named
    others = (one for one in command.arguments if one is not named and one.type is not str and name in one.about.words)
    return next((one for one in others if take(one, tokens, turn)), named)


def _whole_topic(text: str, topics: Sequence[str]) -> int:
    """How much of the text is the longest topic that it begins with; 0 for none."""
    patterns = (r"\s+".join(re.escape(word) for word in topic.split()) for topic in topics)
    found = (re.match(rf"{pattern}(?![\w-])", text, re.IGNORECASE) for pattern in patterns)
    return max((match.end() for match in found if match), default=0)


def _matches(pattern: re.Pattern[str], text: str, at: int = 0) -> Any:
    return pattern.finditer(text, at)


def _unknown_fields(command: Command, text: str) -> tuple[str, ...]:
    names = [name for argument in command.arguments if (name := argument.about.field) and not argument.about.rest]
    found = dict.fromkeys(match["name"] for match in _UNKNOWN_FIELD.finditer(text))
    listed = ", ".join(names)
    return tuple(
        f"'{ways.shown(name)}:' ken ik niet; het staat nu in de tekst. Velden bij !{command.name}: {listed}."
        for name in found
    )


def _leading(command: Command, tokens: list[str], parts: dict[str, str], turn: Turn) -> list[str]:
    """Parts that need no word before them and stand first: an id, a person, a choice, in declared order.

    A choice may also stand behind the others: "agenda vaststellen DO" and "agenda DO vaststellen".
    """
    choices = [one for one in command.arguments if isinstance(one.type, type) and issubclass(one.type, StrEnum)]
    for argument in (*command.arguments, *choices):
        about = argument.about
        if argument.name in parts or about.rest or argument.type is str or (about.words and not about.bare):
            continue
        if about.field_only:
            continue
        if about.trailing and not about.bare:
            continue
        if argument.type is bool and not about.bare:
            # A sentence may begin with ja or nee; which question that answers is never guessed.
            continue
        count = take(argument, tokens, turn)
        if count:
            parts[argument.name] = " ".join(tokens[:count])
            tokens = tokens[count:]
    return tokens


def _separated(command: Command, tokens: list[str], parts: dict[str, str], turn: Turn) -> list[str]:
    """Parts behind a separating word, taken only where what follows fits."""
    left: list[str] = []
    at = 0
    separating = {word for argument in command.arguments for word in argument.about.words}
    places = [n for n, token in enumerate(tokens) if token.casefold().strip(",;:") in separating]
    last = len(tokens) if len(places) <= MOST_SEPARATORS else places[MOST_SEPARATORS]
    while at < len(tokens):
        count = 0
        for argument in _opened_by(command, tokens, at, parts) if at < last else ():
            count = _behind(command, argument, tokens, at + 1, last, parts, turn)
            if count:
                parts[argument.name] = " ".join(tokens[at + 1 : at + 1 + count])
                break
        if not count:
            left.append(tokens[at])
        at += 1 + count
    return left


def _opened_by(command: Command, tokens: Sequence[str], at: int, parts: Mapping[str, str]) -> list[Argument]:
    word = tokens[at].casefold().strip(",;:")
    return [arg for arg in command.arguments if arg.name not in parts and word in arg.about.words]


def _behind(
    command: Command,
    argument: Argument,
    tokens: Sequence[str],
    at: int,
    last: int,
    parts: Mapping[str, str],
    turn: Turn,
) -> int:
    if argument.type is not str:
        return take(argument, tokens[at:], turn)
    taken = {**parts, argument.name: "…"}
    for end in range(at + 1, min(len(tokens), last)):
        for following in _opened_by(command, tokens, end, taken):
            if following.type is str or take(following, tokens[end + 1 :], turn):
                return end - at
    return len(tokens) - at


def _trailing(command: Command, text: str, parts: dict[str, str], turn: Turn) -> str:
    """A date at the end of the sentence, then the rest to the part that takes it; returns what no part takes."""
    text = text.strip().strip(",;").strip()
    text = _group_behind(command, text, parts, turn, dated=True)
    for argument in command.arguments:
        if argument.about.trailing and argument.name not in parts and text:
            found = _dated(text, turn)
            if found is not None:
                parts[argument.name] = text[len(found) :].strip().strip(",;").strip()
                text = found.strip().strip(",;").strip()
    text = unquoted(_group_behind(command, text, parts, turn, dated=False))
    rest = next((argument for argument in command.arguments if argument.about.rest), None)
    if rest is not None and text:
        parts[rest.name] = f"{parts[rest.name]} {text}" if rest.name in parts else text
        return ""
    return text


def _dated(text: str, turn: Turn) -> str | None:
    """The sentence without the date at its end, None when it has none."""
    found: tuple[str, Any] | None = meeting_dates.trailing(text, turn)
    found = found or dates.trailing(text, turn.now, turn.structure.calendar)
    return found[0] if found is not None else None


def _group_behind(command: Command, text: str, parts: dict[str, str], turn: Turn, *, dated: bool) -> str:
    """Take a group at the end of the sentence, where a date is known or (`dated`) stands before it; returns the rest.

    Without another date "bij WG-PFAS" is one: the next meeting of that group.
    """
    argument = next((one for one in command.arguments if one.about.behind and one.name not in parts), None)
    trailing = next((one for one in command.arguments if one.about.trailing), None)
    words = text.split()
    if argument is None or trailing is None or len(words) < 3:
        return text
    for length in range(1, min(LONGEST_NAME, len(words) - 2) + 1):
        name = words[-length:]
        if words[-length - 1].casefold() != argument.about.behind or take(argument, name, turn) != length:
            continue
        body = turn.body(clean(" ".join(name)))
        before = text[: text.rindex(words[-length - 1], 0, len(text) - len(" ".join(name)))].rstrip(" ,;")
        known = trailing.name in parts if not dated else trailing.name in parts or _dated(before, turn) is not None
        if body is not None and body.is_group and known and before:
            parts[argument.name] = body.code
            return before
    return text
