"""A file as Matrix shows it: with its name, in a picture with what it shows in words, its size and a small copy."""

from __future__ import annotations

import io
from typing import Any

from bot.channels.base import Parcel
from bot.channels.matrix.sending import content_of
from bot.channels.matrix.transport import Transport
from bot.renderers.files import Ready

#: A thumbnail fits in a square of so many pixels, as clients show it in a conversation.
_THUMBNAIL = 400


async def attached(transport: Transport, parcel: Parcel, file: Ready, room_id: str) -> dict[str, Any]:
    """The content of the event, with the file on the server; encrypted where the room is. Raises MatrixError."""
    encrypt = transport.encrypted(room_id)
    content = content_of(parcel) | await transport.upload(file.data, file.media, file.name, encrypt=encrypt)
    # In words first: what a picture shows, for whoever cannot see it; the name goes apart.
    content |= {"body": file.alt or file.name, "filename": file.name}
    content.pop("format", None)
    content.pop("formatted_body", None)
    info: dict[str, Any] = {"mimetype": file.media, "size": len(file.data)}
    shown = thumbnail(file.data) if file.media.startswith("image/") else None
    if shown is not None:
        (width, height), small, (small_width, small_height) = shown
        there = await transport.upload(small, "image/png", f"klein-{file.name}", encrypt=encrypt)
        info |= {"w": width, "h": height, **{f"thumbnail_{name}": value for name, value in there.items()}}
        small_info = {"mimetype": "image/png", "size": len(small), "w": small_width, "h": small_height}
        info["thumbnail_info"] = small_info
    return {**content, "msgtype": "m.image" if shown is not None else "m.file", "info": info}


def thumbnail(data: bytes) -> tuple[tuple[int, int], bytes, tuple[int, int]] | None:
    """The size of a picture and a small copy of it with its size; None for what is no picture."""
    # Imported here: few messages have a picture, and every bot would carry the library.
    from PIL import Image, UnidentifiedImageError

    try:
        with Image.open(io.BytesIO(data)) as picture:
            size = picture.size
            picture.thumbnail((_THUMBNAIL, _THUMBNAIL))
            out = io.BytesIO()
            picture.save(out, "PNG")
            return size, out.getvalue(), picture.size
    except (UnidentifiedImageError, OSError, Image.DecompressionBombError):
        return None
