"""A message as HTML in the few tags that every client draws alike; how a person is named is up to the platform."""

from __future__ import annotations

from collections.abc import Callable
from html import escape
from typing import assert_never

from bot.renderers.clean import clean
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Message, Span, Strong, Text

#: The HTML for one mention; what it puts in from people must be `safe`.
Pill = Callable[[Mention], str]


def rich(message: Message, pill: Pill) -> str:
    """Everything people typed is escaped, so the only tags are ours: h3, h4, p, ul, ol, li, br, strong, code, and
    what `pill` makes."""
    return "".join(_block(block, pill) for block in message.blocks)


def safe(text: str) -> str:
    """What people typed, without anything that a client could take for a tag."""
    return escape(clean(text))


def _block(block: Block, pill: Pill) -> str:
    match block:
        case Heading():
            tag = "h3" if block.level <= 1 else "h4"
            line = _line(block.line, pill)
            return f"<{tag}>{line}</{tag}>" if line else ""
        case Text():
            line = _line(block.line, pill)
            return f"<p>{line}</p>" if line else ""
        case Listing(items=()):
            return ""
        case Listing():
            tag = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = ("<br>".join(_line(line, pill) for line in item) for item in block.items)
            return f"<{tag}{start}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
        case _:
            assert_never(block)


def _line(line: Line, pill: Pill) -> str:
    return safe(line) if isinstance(line, str) else "".join(_span(span, pill) for span in line)


def _span(span: Span, pill: Pill) -> str:
    match span:
        case str():
            return safe(span)
        case Strong():
            return f"<strong>{safe(span.text)}</strong>"
        case Code():
            return f"<code>{safe(span.text)}</code>"
        case Mention():
            return pill(span)
        case _:
            assert_never(span)
