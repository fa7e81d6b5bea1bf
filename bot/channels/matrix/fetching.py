"""What a calendar file in a room says: fetched when it is heard, decrypted in memory, kept nowhere else."""

from __future__ import annotations

import logging

from nio.crypto.attachments import decrypt_attachment  # type: ignore[import-untyped]

from bot.channels.base import FILE_MOST, FILE_NOT_HAD, FILE_TOO_LARGE
from bot.channels.matrix.news import Event
from bot.channels.matrix.transport import MatrixError, Transport
from bot.channels.outside import as_dict

logger = logging.getLogger(__name__)


async def calendar_in(transport: Transport, event: Event) -> str:
    """The text of the file of this event, "" when it is no text, or one of FILE_FAULTS.

    Raises MatrixError only when the session is gone: hearing goes on without a file that cannot be had.
    """
    content = as_dict(event.get("content"))
    encrypted, size = as_dict(content.get("file")), as_dict(content.get("info")).get("size")
    address = encrypted.get("url") if encrypted else content.get("url")
    if isinstance(size, int) and size > FILE_MOST:
        return FILE_TOO_LARGE
    if not isinstance(address, str):
        return FILE_NOT_HAD
    try:
        data = await transport.download(address, FILE_MOST)
    except MatrixError as error:
        if error.token_gone:
            raise
        logger.warning("Matrix: the calendar file of %s cannot be had: %s", event.get("event_id"), error)
        return FILE_NOT_HAD
    if data is None:
        return FILE_TOO_LARGE
    if encrypted:
        try:
            key, digest = encrypted["key"]["k"], encrypted["hashes"]["sha256"]
            data = decrypt_attachment(data, key, digest, encrypted["iv"])
        except Exception as error:  # the keys may be anything, and so may what is done with them
            logger.warning(
                "Matrix: the file of %s cannot be decrypted (%s)", event.get("event_id"), type(error).__name__
            )
            return FILE_NOT_HAD
    try:
        return data.decode("utf-8-sig")
    except UnicodeDecodeError:
        return ""
