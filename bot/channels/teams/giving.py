"""A file that someone takes or declines: checked, brought once, and its card replaced by what came of it."""

from __future__ import annotations

import json
import logging
from dataclasses import replace
from hashlib import sha256

from microsoft_teams.api.activities.message import MessageActivityInput

from bot.channels.base import Ears, Offered
from bot.channels.teams.activities import Activity, message_id
from bot.channels.teams.connector import Connector
from bot.channels.teams.files import DECLINED, ELSEWHERE, NOT_YOURS, Answer, answer_of, arrived, bring, may_upload
from bot.channels.teams.options import TeamsOptions
from bot.channels.teams.pace import Pace
from bot.channels.teams.sending import Refused

log = logging.getLogger("overlegbot.teams.files")

#: Kept of a file that was brought until its card says so: where it is.
_WHERE = ("address", "shown_as", "unique_id", "file_type")
_SHOWN = "getoond"


class Files:
    """Finishes what the outbox began: it offered the file, and its reader says what becomes of it."""

    def __init__(self, channel: str, options: TeamsOptions, connector: Connector, pace: Pace) -> None:
        self._channel = channel
        self._places = options.services.uploads
        self._connector = connector
        self._pace = pace
        self._busy: set[str] = set()

    async def answered(self, ears: Ears, activity: Activity) -> None:
        """Someone answered the card of a file. Raises NotTaken when they may try again."""
        answer = answer_of(activity)
        service = str(activity.get("serviceUrl", "")).rstrip("/")
        if answer is None or answer.key in self._busy:
            return
        self._busy.add(answer.key)
        try:
            await self._one(ears, answer, service)
        finally:
            self._busy.discard(answer.key)

    async def _one(self, ears: Ears, answer: Answer, service: str) -> None:
        offered = await ears.offered(self._channel, answer.key, answer.name, answer.person)
        if offered is None:
            await self._show(answer, service, MessageActivityInput(text=NOT_YOURS), None)
            return
        mark = f"file:{sha256(f'{answer.key}/{answer.name}'.encode()).hexdigest()[:32]}"
        brought = await ears.recall(self._channel, mark)
        if brought == _SHOWN:
            return
        if brought:
            # It is there, and a crash or a refusal kept that from being said.
            answer = replace(answer, **json.loads(brought))
        elif not answer.takes:
            text = DECLINED.format(name=offered.file.name)
            await self._show(answer, service, MessageActivityInput(text=text, text_format="plain"), offered)
            return
        elif not (may_upload(answer.upload, self._places) and may_upload(answer.address, self._places)):
            log.warning("a file was to go to an address that is not of SharePoint; it was not sent")
            await self._show(answer, service, MessageActivityInput(text=ELSEWHERE), None)
            return
        else:
            await bring(answer.upload, offered.file.data)
            await ears.remember(self._channel, mark, json.dumps({name: getattr(answer, name) for name in _WHERE}))
        if await self._show(answer, service, MessageActivityInput(attachments=[arrived(answer)]), offered):
            await ears.remember(self._channel, mark, _SHOWN)

    async def _show(self, answer: Answer, service: str, message: MessageActivityInput, offered: Offered | None) -> bool:
        """In the place of the card by which it was offered, and of no other message; else apart. False when neither."""
        sent = offered.event_id if offered is not None else None
        self._pace.said(answer.conversation)
        try:
            if sent is not None and answer.card == message_id(sent):
                try:
                    await self._connector.update(service, answer.conversation, answer.card, message)
                    return True
                except Refused as refused:
                    log.info("the card of a file is not to be replaced: %s", refused)
            await self._connector.post(service, answer.conversation, message)
        except Refused as refused:
            log.warning("what came of a file could not be said: %s", refused)
            return False
        return True
