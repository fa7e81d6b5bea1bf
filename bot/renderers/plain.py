"""Complete plain text: what is read aloud, shown in a notification and printed by the console."""

from __future__ import annotations

from typing import assert_never

from bot.renderers.clean import clean
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Message, Span, Strong, Text


def plain(message: Message) -> str:
    """The whole message as lines: a heading stands alone with a blank line around it, lists have `- ` or `1. `."""
    chunks: list[str] = []
    heading = False
    for block in message.blocks:
        chunk = _block(block)
        if not chunk:
            continue
        if chunks:
            chunks.append("\n\n" if isinstance(block, Heading) or heading else "\n")
        chunks.append(chunk)
        heading = isinstance(block, Heading)
    return "".join(chunks)


def _block(block: Block) -> str:
    match block:
        case Heading() | Text():
            return _line(block.line)
        case Listing():
            return "\n".join(_item(block, number, item) for number, item in enumerate(block.items, block.start))
        case _:
            assert_never(block)


def _item(block: Listing, number: int, lines: tuple[Line, ...]) -> str:
    sign = f"{number}. " if block.ordered else "- "
    return sign + f"\n{' ' * len(sign)}".join(_line(line) for line in lines)


def _line(line: Line) -> str:
    return clean(line) if isinstance(line, str) else "".join(_span(span) for span in line)


def _span(span: Span) -> str:
    match span:
        case str():
            return clean(span)
        case Strong():
            return clean(span.text)
        case Code():
            return f"`{clean(span.text)}`"
        case Mention():
            return f"@{clean(span.label)}"
        case _:
            assert_never(span)
