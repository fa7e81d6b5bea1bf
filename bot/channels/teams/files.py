"""Files in a private chat: Teams takes one only once its reader agreed, and says then where to bring it.

A file is offered by a card and made again from the register when it is taken: nothing is kept meanwhile. The answer to
such a card comes from outside, so all of it is checked: who it was for, and where the file would go.
"""

from __future__ import annotations

from dataclasses import dataclass
from urllib.parse import urlsplit

import httpx
from microsoft_teams.api.models.attachment import Attachment
from microsoft_teams.api.models.file import FileConsentCard, FileInfoCard

from bot.channels.base import Parcel
from bot.channels.outside import as_dict, as_text
from bot.channels.teams.activities import Activity, place_of, sender_of
from bot.renderers.files import Ready

#: The invoke by which someone takes or declines a file.
ANSWERED = "fileConsent/invoke"
CONSENT = "application/vnd.microsoft.teams.card.file.consent"
INFO = "application/vnd.microsoft.teams.card.file.info"
#: What a card carries: the part of the outbox, and which file.
_KEY, _NAME = "sleutel", "bestand"
_SECONDS = 10.0
_LONGEST_NAME = 200

BROUGHT = "{name} staat nu bij de bestanden van deze chat."
DECLINED = "Goed, {name} blijft weg. Wie het toch wil, vraagt het opnieuw."
NOT_YOURS = "Dit bestand staat hier niet (meer) klaar. Opnieuw vragen kan."
ELSEWHERE = "Ik zet een bestand alleen in SharePoint of OneDrive. Het is nergens heen gestuurd."


class NotTaken(Exception):
    """The file did not arrive; whoever took it may try again. The text names no address."""


@dataclass(frozen=True)
class Brought:
    """A file where Teams wants it: the address at which it is read, and how Teams names it."""

    address: str
    shown_as: str
    unique_id: str | None
    file_type: str | None


@dataclass(frozen=True)
class Answer:
    """What someone said to the card of a file. `upload` is where Teams wants it, `brought` what it is there then."""

    person: str
    card: str | None
    key: str
    name: str
    takes: bool
    upload: str
    brought: Brought


def offer_of(parcel: Parcel, file: Ready, words: str) -> Attachment:
    """The card that asks whether its reader wants the file."""
    context = {_KEY: parcel.key, _NAME: file.name}
    card = FileConsentCard(
        description=words, size_in_bytes=len(file.data), accept_context=context, decline_context=context
    )
    content = card.model_dump(by_alias=True, exclude_none=True)
    return Attachment(content_type=CONSENT, name=file.name, content=content)


def answer_of(activity: Activity) -> Answer | None:
    """None unless someone answers the card of a file in their own chat."""
    place, person = place_of(activity), sender_of(activity)
    value = as_dict(activity.get("value"))
    context, info = as_dict(value.get("context")), as_dict(value.get("uploadInfo"))
    key, name = as_text(context.get(_KEY)), as_text(context.get(_NAME))
    if place is None or place.shape != "personal" or person is None or not key or not name:
        return None
    return Answer(
        person=person,
        card=as_text(activity.get("replyToId")),
        key=key,
        name=name,
        takes=value.get("action") == "accept",
        upload=as_text(info.get("uploadUrl")) or "",
        brought=Brought(
            address=as_text(info.get("contentUrl")) or "",
            shown_as=(as_text(info.get("name")) or name)[:_LONGEST_NAME],
            unique_id=as_text(info.get("uniqueId")),
            file_type=as_text(info.get("fileType")),
        ),
    )


def may_upload(address: str, places: tuple[str, ...]) -> bool:
    """Whether a file may be brought to that address: under one of these origins, of which `*.` stands for a part or
    more of a host's name. With a user or another port than that of the origin: no."""
    try:
        parts = urlsplit(address)
        port = parts.port
    except ValueError:
        return False
    if "@" in parts.netloc or "\\" in address or any(sign.isspace() or not sign.isprintable() for sign in address):
        return False
    host = (parts.hostname or "").rstrip(".")
    for place in places:
        allowed = urlsplit(place.replace("*.", "", 1))
        name = allowed.hostname or ""
        fits = host.endswith(f".{name}") if "//*." in place else host == name
        if fits and parts.scheme == allowed.scheme and port in (allowed.port, None if allowed.port else 443):
            return True
    return False


async def bring(address: str, data: bytes) -> None:
    """Bring the whole file there, without the bot's own token and without following on to another address. Raises
    NotTaken."""
    headers = {"Content-Type": "application/octet-stream", "Content-Range": f"bytes 0-{len(data) - 1}/{len(data)}"}
    try:
        async with httpx.AsyncClient(timeout=_SECONDS, follow_redirects=False) as client:
            answer = await client.put(address, content=data, headers=headers)
    except (httpx.HTTPError, httpx.InvalidURL) as error:
        raise NotTaken(type(error).__name__) from None
    if not answer.is_success:
        raise NotTaken(f"HTTP {answer.status_code}")


def arrived(brought: Brought) -> Attachment:
    """The card of a file that is there."""
    card = FileInfoCard(unique_id=brought.unique_id, file_type=brought.file_type)
    content = card.model_dump(by_alias=True, exclude_none=True)
    return Attachment(content_type=INFO, content_url=brought.address, name=brought.shown_as, content=content)
