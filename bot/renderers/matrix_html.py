"""The formatted form for Matrix (`org.matrix.custom.html`), in the few tags that every client draws alike."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from typing import assert_never
from urllib.parse import quote

from bot.renderers.clean import clean
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Message, Span, Strong, Text


def matrix_html(message: Message, addresses: Mapping[str, str]) -> str:
    """The message as HTML; a mention becomes a pill where `addresses` has the Matrix id of the person.

    Everything people typed is escaped, so the only tags are ours: h3, h4, p, ul, ol, li, br, strong, code and a.
    """
    return "".join(_block(block, addresses) for block in message.blocks)


def _block(block: Block, addresses: Mapping[str, str]) -> str:
    match block:
        case Heading():
            tag = "h3" if block.level <= 1 else "h4"
            line = _line(block.line, addresses)
            return f"<{tag}>{line}</{tag}>" if line else ""
        case Text():
            line = _line(block.line, addresses)
            return f"<p>{line}</p>" if line else ""
        case Listing(items=()):
            return ""
        case Listing():
            tag = "ol" if block.ordered else "ul"
            start = f' start="{block.start}"' if block.ordered and block.start != 1 else ""
            items = ("<br>".join(_line(line, addresses) for line in item) for item in block.items)
            return f"<{tag}{start}>" + "".join(f"<li>{item}</li>" for item in items) + f"</{tag}>"
        case _:
            assert_never(block)


def _line(line: Line, addresses: Mapping[str, str]) -> str:
    return _safe(line) if isinstance(line, str) else "".join(_span(span, addresses) for span in line)


def _span(span: Span, addresses: Mapping[str, str]) -> str:
    match span:
        case str():
            return _safe(span)
        case Strong():
            return f"<strong>{_safe(span.text)}</strong>"
        case Code():
            return f"<code>{_safe(span.text)}</code>"
        case Mention():
            address = addresses.get(span.person)
            return _pill(address, span.label) if address else f"@{_safe(span.label)}"
        case _:
            assert_never(span)


def _pill(address: str, label: str) -> str:
    return f'<a href="https://matrix.to/#/{escape(quote(clean(address), safe="@:"))}">{_safe(label)}</a>'


def _safe(text: str) -> str:
    return escape(clean(text))
