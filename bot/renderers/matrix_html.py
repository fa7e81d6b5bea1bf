"""The formatted form for Matrix (`org.matrix.custom.html`), in the few tags that every client draws alike."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape
from urllib.parse import quote

from bot.renderers.clean import clean
from bot.renderers.rich import rich, safe
from commands.kit.reply import Mention, Message


def matrix_html(message: Message, addresses: Mapping[str, str]) -> str:
    """The message as HTML; a mention becomes a pill where `addresses` has the Matrix id of the person.

    Everything people typed is escaped, so the only tags are ours: h3, h4, p, ul, ol, li, br, strong, code and a.
    """

    def pill(mention: Mention) -> str:
        address = addresses.get(mention.person)
        return _pill(address, mention.label) if address else f"@{safe(mention.label)}"

    return rich(message, pill)


def _pill(address: str, label: str) -> str:
    return f'<a href="https://matrix.to/#/{escape(quote(clean(address), safe="@:"))}">{safe(label)}</a>'
