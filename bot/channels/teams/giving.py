"""A file that someone takes or declines: checked, brought once, and its card replaced by what came of it.

What came of it goes by the outbox, as all that the bot says; here is kept what a file looks like on Teams, and which
card it takes the place of.
"""

from __future__ import annotations

import json
import logging
from dataclasses import dataclass
from hashlib import sha256

from microsoft_teams.api.activities.message import MessageActivityInput

from bot.channels.base import Ears, Offered, Parcel
from bot.channels.teams.activities import Activity, message_id
from bot.channels.teams.files import (
    BROUGHT,
    DECLINED,
    ELSEWHERE,
    NOT_YOURS,
    Answer,
    Brought,
    answer_of,
    arrived,
    bring,
    may_upload,
)
from bot.channels.teams.options import TeamsOptions
from bot.channels.teams.sending import AGAIN, TeamsMessage, message_of

log = logging.getLogger("overlegbot.teams.files")

#: With this the key of all that is said of a file begins.
_OF_A_FILE = "file:"


@dataclass(frozen=True)
class Outcome:
    """The file where it is now, unless it was declined, and the card that this takes the place of, if it is known."""

    brought: Brought | None
    card: str | None

    def shown(self, parcel: Parcel) -> MessageActivityInput:
        """What is posted. What may have been posted before says so."""
        if self.brought is None:
            return message_of(parcel, {})
        again = {"text": f"<p>{AGAIN}</p>", "text_format": "xml"} if parcel.again else {}
        return TeamsMessage(attachments=[arrived(self.brought)], summary=parcel.rendered.text, **again)


class Files:
    """Finishes what the outbox began: it offered the file, and its reader says what becomes of it."""

    def __init__(self, channel: str, options: TeamsOptions) -> None:
        self._channel = channel
        self._places = options.services.uploads
        self._busy: set[str] = set()

    async def answered(self, ears: Ears, activity: Activity) -> None:
        """Someone answered the card of a file. Raises NotTaken when they may try again."""
        answer = answer_of(activity)
        if answer is None or answer.key in self._busy:
            return
        self._busy.add(answer.key)
        try:
            await self._one(ears, answer, activity)
        finally:
            self._busy.discard(answer.key)

    async def _one(self, ears: Ears, answer: Answer, activity: Activity) -> None:
        # Of an answer that leads to nothing only itself is known.
        apart = f"{_OF_A_FILE}no:{_mark(str(activity.get('id')), answer.person)}"
        offered = await ears.offered(self._channel, answer.key, answer.name, answer.person)
        if offered is None:
            await ears.say(self._channel, answer.person, apart, NOT_YOURS)
            return
        name, mark = offered.file.name, _mark(answer.key, answer.name)
        key = f"{_OF_A_FILE}{mark}"
        if await ears.recall(self._channel, key):
            return
        if not answer.takes:
            key, kept = f"{_OF_A_FILE}declined:{mark}", _kept(answer, offered, None)
            await ears.say(self._channel, answer.person, key, DECLINED.format(name=name), kept)
            return
        if not (may_upload(answer.upload, self._places) and may_upload(answer.brought.address, self._places)):
            log.warning("a file was to go to an address that is not of SharePoint; it was not sent")
            await ears.say(self._channel, answer.person, apart, ELSEWHERE)
            return
        await bring(answer.upload, offered.file.data)
        kept = _kept(answer, offered, answer.brought)
        await ears.say(self._channel, answer.person, key, BROUGHT.format(name=name), kept)

    async def outcome(self, ears: Ears, parcel: Parcel) -> Outcome | None:
        """What a part of the outbox shows when it tells what came of a file; None for every other."""
        key, _, _ = parcel.key.rpartition(":")
        kept = await ears.recall(self._channel, key) if key.startswith(_OF_A_FILE) else None
        if not kept:
            return None
        found = json.loads(kept)
        return Outcome(Brought(**found["brought"]) if found["brought"] is not None else None, found["card"])


def _mark(*parts: str) -> str:
    return sha256("/".join(parts).encode()).hexdigest()[:32]


def _kept(answer: Answer, offered: Offered, brought: Brought | None) -> str:
    """Only the card by which the file was offered is replaced, and no other message."""
    card = answer.card if offered.event_id is not None and answer.card == message_id(offered.event_id) else None
    return json.dumps({"card": card, "brought": vars(brought) if brought is not None else None})
