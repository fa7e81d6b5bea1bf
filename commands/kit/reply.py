"""Messages as data. A renderer turns blocks into plain text, Matrix HTML or a card; user text is only ever a `str`
span, so a renderer escapes it and no title can format, link or ping."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True)
class Strong:
    """Emphasised words; carries no meaning of its own."""

    text: str


@dataclass(frozen=True)
class Code:
    """Something to type, exactly so."""

    text: str


@dataclass(frozen=True)
class Mention:
    """A person who is addressed: `person` is the register's id, `label` what is read where no pill exists."""

    person: str
    label: str


Span = str | Strong | Code | Mention
Line = str | tuple[Span, ...]


@dataclass(frozen=True)
class Heading:
    """`level` 1 is the title of the message, 2 a section."""

    line: Line
    level: int = 2


@dataclass(frozen=True)
class Text:
    """One paragraph."""

    line: Line


@dataclass(frozen=True)
class Listing:
    """A list; `start` numbers an ordered one. An item with several lines keeps them together."""

    items: tuple[tuple[Line, ...], ...]
    ordered: bool = False
    start: int = 1


Block = Heading | Text | Listing


@dataclass(frozen=True)
class Message:
    """What the bot says, complete, in reading order."""

    blocks: tuple[Block, ...]

    def __add__(self, other: Message) -> Message:
        return Message(self.blocks + other.blocks)


def say(*lines: Line) -> Message:
    """A message of one paragraph per line; empty lines are left out."""
    return Message(tuple(Text(line) for line in lines if line))


def listing(items: Iterable[Line | Sequence[Line]], *, ordered: bool = False) -> Listing:
    """A list from single lines or groups of lines. A tuple is one line of spans; use a list for several lines."""
    return Listing(tuple(tuple(item) if isinstance(item, list) else (_line(item),) for item in items), ordered)


def _line(item: Line | Sequence[Line]) -> Line:
    return item if isinstance(item, str) else tuple(item)  # type: ignore[arg-type]


def flat(line: Line) -> str:
    """A line as plain text, unescaped."""
    if isinstance(line, str):
        return line
    return "".join(span if isinstance(span, str) else _span_text(span) for span in line)


def _span_text(span: Strong | Code | Mention) -> str:
    return f"@{span.label}" if isinstance(span, Mention) else span.text


def mentioned(message: Message) -> tuple[str, ...]:
    """Ids of the people the message addresses, each once, in order."""
    seen: dict[str, None] = {}
    for block in message.blocks:
        lines = [line for item in block.items for line in item] if isinstance(block, Listing) else [block.line]
        for line in lines:
            if not isinstance(line, str):
                seen.update({span.person: None for span in line if isinstance(span, Mention)})
    return tuple(seen)


def as_data(message: Message) -> list[dict[str, Any]]:
    """The message as JSON values, for the outbox; `from_data` reads it back unchanged."""
    return [_block_data(block) for block in message.blocks]


def _block_data(block: Block) -> dict[str, Any]:
    if isinstance(block, Heading):
        return {"heading": _line_data(block.line), "level": block.level}
    if isinstance(block, Text):
        return {"text": _line_data(block.line)}
    items = [[_line_data(line) for line in item] for item in block.items]
    return {"list": items, "ordered": block.ordered, "start": block.start}


def _line_data(line: Line) -> Any:
    if isinstance(line, str):
        return line
    return [span if isinstance(span, str) else _span_data(span) for span in line]


def _span_data(span: Strong | Code | Mention) -> dict[str, str]:
    if isinstance(span, Mention):
        return {"mention": span.person, "label": span.label}
    return {"strong": span.text} if isinstance(span, Strong) else {"code": span.text}


def from_data(data: Sequence[Mapping[str, Any]]) -> Message:
    """Read what `as_data` wrote. KeyError on anything else."""
    return Message(tuple(_read_block(block) for block in data))


def _read_block(data: Mapping[str, Any]) -> Block:
    if "heading" in data:
        return Heading(_read_line(data["heading"]), data["level"])
    if "text" in data:
        return Text(_read_line(data["text"]))
    items = tuple(tuple(_read_line(line) for line in item) for item in data["list"])
    return Listing(items, data["ordered"], data["start"])


def _read_line(data: Any) -> Line:
    return data if isinstance(data, str) else tuple(s if isinstance(s, str) else _read_span(s) for s in data)


def _read_span(data: Mapping[str, str]) -> Span:
    if "mention" in data:
        return Mention(data["mention"], data["label"])
    return Strong(data["strong"]) if "strong" in data else Code(data["code"])
