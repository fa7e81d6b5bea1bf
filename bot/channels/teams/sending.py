"""A parcel as a Teams message, and what the bot does when the connector refuses it."""

from __future__ import annotations

import base64
import random
import re
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from email.utils import parsedate_to_datetime
from html import escape, unescape
from typing import Any

import httpx
from microsoft_teams.api.activities.message import MessageActivityInput
from microsoft_teams.api.models import Account
from microsoft_teams.api.models.attachment import Attachment
from microsoft_teams.api.models.entity import MentionEntity

from bot.channels.base import Parcel, Rendered, SendLater, SendNever
from bot.channels.teams.files import offer_of
from bot.channels.teams.secret import SecretRefused
from bot.renderers.plain import plain
from bot.renderers.split import split
from bot.renderers.teams_card import begun
from bot.renderers.teams_html import teams_html
from commands.kit.reply import Message

#: Teams takes a hundred thousand bytes, as UTF-16 and everything counted; older clients show less.
MOST_BYTES = 20_000
#: A picture inside the message: what is larger Teams does not show.
_MOST_PICTURE = 500_000
_CARD = "application/vnd.microsoft.card.adaptive"
_AT = re.compile(r'<at id="([^"]*)">(.*?)</at>')
#: What stands above a message that may have arrived before: the bot stopped while it sent it.
AGAIN = "Ik stuur dit nog een keer, want ik weet niet of het is aangekomen:"
_NO_FILES = (
    "een bestand kan ik in een kanaal of groepschat niet meesturen, in een eigen chat met mij wel. Vraag het daar "
    "opnieuw, of vraag het de secretaris."
)

#: entra object id -> the id and the name that Teams uses for that person.
Accounts = Mapping[str, tuple[str, str]]


class TeamsMessage(MessageActivityInput):
    """A message with what the library leaves out of it."""

    summary: str | None = None


def render(message: Message, addresses: Mapping[str, str]) -> Sequence[Rendered]:
    """The message in parts that each fit one Teams message, as plain text and HTML."""
    whole = teams_html(message, addresses)
    if _fits(whole):
        return [Rendered(plain(message), whole)]
    parts = split(message, lambda part: _fits(teams_html(part, addresses)))
    return [Rendered(plain(part), teams_html(part, addresses)) for part in parts]


def _fits(html: str) -> bool:
    return len(html.encode("utf-16-le")) <= MOST_BYTES


def message_of(parcel: Parcel, accounts: Accounts) -> MessageActivityInput:
    """What is posted. What may have been sent before says so."""
    if parcel.rendered.card is not None:
        return _card_alone(parcel, parcel.rendered.card, accounts)
    file = parcel.file
    shown = file is not None and file.media.startswith("image/") and len(file.data) <= _MOST_PICTURE
    if file is not None and parcel.private and not shown:
        words = f"{AGAIN} {parcel.rendered.text}" if parcel.again else parcel.rendered.text
        return TeamsMessage(attachments=[offer_of(parcel, file, words)], summary=words)
    html = parcel.rendered.html if parcel.rendered.html is not None else _as_html(parcel.rendered.text)
    html, mentions = _named(html, accounts)
    for person in parcel.mentions:
        # Who must act hears it; whoever is answered in a thread of their own does so anyway.
        if not (parcel.private or parcel.notice or parcel.reply_to) and person in accounts:
            id, name = accounts[person]
            if all(mention.mentioned.id != id for mention in mentions):
                mentions.append(_mention(id, name))
                html = f"<p>{mentions[-1].text}</p>{html}"
    attachments = []
    if file is not None and shown:
        address = f"data:{file.media};base64,{base64.b64encode(file.data).decode()}"
        attachments.append(Attachment(content_type=file.media, content_url=address, name=file.name))
    elif file is not None:
        html += f"<p>{escape(file.name)}: {_NO_FILES}</p>"
    if parcel.again:
        html = f"<p>{AGAIN}</p>{html}"
    message = TeamsMessage(text=html, text_format="xml")
    if mentions:
        message.entities = [*mentions]
    if attachments:
        message.attachments = attachments
    return message


def _card_alone(parcel: Parcel, card: Mapping[str, Any], accounts: Accounts) -> TeamsMessage:
    """A notification and a list of chats say the summary, which is all there is to read. Who must act is called in the
    card, in a thread as well: it is for one of those who read there."""
    asked = () if parcel.private or parcel.notice else parcel.mentions
    named = {one["mentioned"]["id"] for one in card["msteams"].get("entities", ())}
    called = [(person, accounts[person][1]) for person in asked if person in accounts and person not in named]
    whole = begun(card, [AGAIN] if parcel.again else [], called)
    return TeamsMessage(attachments=[Attachment(content_type=_CARD, content=whole)], summary=whole["fallbackText"])


def mentioned(parcel: Parcel) -> list[str]:
    """The Entra object ids of the people who are mentioned within the text."""
    return [unescape(person) for person, _ in _AT.findall(parcel.rendered.html or "")]


def _as_html(text: str) -> str:
    return "<p>" + escape(text).replace("\n", "<br>") + "</p>"


def _named(html: str, accounts: Accounts) -> tuple[str, list[MentionEntity]]:
    """With everyone called by the account that Teams knows; who has none there is called by name only."""
    found: dict[str, MentionEntity] = {}

    def one(match: re.Match[str]) -> str:
        person, label = unescape(match[1]), match[2]
        if person not in accounts:
            return f"@{label}"
        id, _ = accounts[person]
        found[id] = _mention(id, unescape(label))
        return found[id].text or ""

    return _AT.sub(one, html), list(found.values())


def _mention(id: str, name: str) -> MentionEntity:
    label = escape(name or "?")
    return MentionEntity(mentioned=Account(id=id, name=name), text=f"<at>{label}</at>")


# --- refusals -------------------------------------------------------------------------------------------------------
#: Not now: the connector is busy or does not get through; it is tried again.
_LATER = (408, 412, 425, 429, 500, 502, 503, 504)
#: Once the answer is one of these, the message was certainly not delivered.
_SURELY_NOT = (401, 412, 429)
_LONGEST_PATIENCE = 3600.0


class Refused(Exception):
    """The connector does not take something. `status` is that of HTTP, 0 without an answer; `after` in seconds.

    `secret`: Microsoft does not take the bot itself, until somebody mends that."""

    def __init__(
        self,
        why: str,
        status: int = 0,
        after: float | None = None,
        *,
        delivered: bool | None = None,
        secret: bool = False,
    ) -> None:
        super().__init__(why)
        self.secret = secret
        self.status = status
        self.after = after
        #: False: certainly not; None: nobody knows.
        self.delivered = delivered


def refusal_of(error: Exception) -> Refused:
    """What an error of the connection means; its text names no conversation."""
    if isinstance(error, httpx.HTTPStatusError):
        status = error.response.status_code
        sure = status in _SURELY_NOT or (400 <= status < 500 and status not in _LATER)
        after = patience(error.response.headers.get("retry-after"))
        return Refused(f"HTTP {status}", status, after, delivered=False if sure else None)
    if isinstance(error, httpx.ConnectError | httpx.ConnectTimeout | httpx.PoolTimeout):
        return Refused("no connection", delivered=False)
    if isinstance(error, httpx.HTTPError | TimeoutError):
        return Refused("no answer in time" if _late(error) else type(error).__name__)
    if isinstance(error, SecretRefused):
        return Refused(str(error), after=error.after, delivered=False, secret=True)
    # Asking for the bot's own token failed, before anything was sent.
    return Refused(f"no token: {type(error).__name__}", delivered=False)


def outbox_error(refused: Refused) -> SendLater | SendNever:
    """What it means for whoever keeps the outbox."""
    if refused.status in _LATER or refused.status in (0, 401):
        after = refused.after
        if after is None and refused.status == 429:
            after = 1 + random.random()  # noqa: S311 (so that not all come back at once)
        return SendLater(str(refused), after, arrived=refused.delivered)
    return SendNever(str(refused), arrived=refused.delivered)


def patience(said: str | None, now: datetime | None = None) -> float | None:
    """The seconds of a Retry-After, which may also name a moment; at most an hour. None when it says nothing."""
    if not said:
        return None
    try:
        return min(max(float(said), 0.0), _LONGEST_PATIENCE)
    except ValueError:
        pass
    try:
        until = parsedate_to_datetime(said)
    except ValueError:
        return None
    until = until if until.tzinfo is not None else until.replace(tzinfo=UTC)
    return min(max((until - (now or datetime.now(UTC))).total_seconds(), 0.0), _LONGEST_PATIENCE)


def _late(error: Exception) -> bool:
    return isinstance(error, httpx.TimeoutException | TimeoutError)
