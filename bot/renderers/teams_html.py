"""The formatted form for Teams (`textFormat` xml): HTML, because its Markdown would read what people type."""

from __future__ import annotations

from collections.abc import Mapping
from html import escape

from bot.renderers.rich import rich, safe
from commands.kit.reply import Mention, Message

#: How a mention of someone with an address stands in the text until it is sent: then the channel knows their account.
AT = '<at id="{address}">{label}</at>'


def teams_html(message: Message, addresses: Mapping[str, str]) -> str:
    """The message as HTML; `addresses` gives the Entra object id of a person. Headings and lists as on Matrix."""

    def pill(mention: Mention) -> str:
        address = addresses.get(mention.person)
        label = safe(mention.label)
        return AT.format(address=escape(address), label=label) if address else f"@{label}"

    return rich(message, pill)
