"""Files as a Matrix client gets them: name, type, size, and of a picture the words and a small copy."""

from __future__ import annotations

import io

import pytest
from PIL import Image

from bot.channels.base import Parcel, Rendered
from bot.channels.matrix.attaching import thumbnail
from bot.renderers.files import Ready
from tests.matrix.world import World
from tests.synapse import Official

pytestmark = pytest.mark.synapse


def picture(width: int = 1000, height: int = 500) -> bytes:
    out = io.BytesIO()
    Image.new("RGB", (width, height), "white").save(out, "PNG")
    return out.getvalue()


async def sent(world: World, file: Ready, text: str) -> tuple[Official, dict[str, object]]:
    person = await world.official()
    async with world.running() as channel:
        room = await world.room(person, await world.official())
        parcel = Parcel("digest:1:2", room, False, Rendered(text), file=file, reply_to=None)
        first = await channel.send(parcel)
        assert await channel.send(parcel) == first, "the same key is one event"
    heard = await person.wait_for(lambda e: e.get("sender") == world.bot_id and e["type"] == "m.room.message")
    return person, heard["content"]


async def test_a_file_keeps_the_name_a_secretary_gave_it(world: World) -> None:
    file = Ready("Verslag AO 14 januari 2027.pdf", "application/pdf", b"%PDF-1.7 verslag")
    person, content = await sent(world, file, file.name)
    assert content["msgtype"] == "m.file"
    assert content["filename"] == content["body"] == "Verslag AO 14 januari 2027.pdf"
    assert content["info"] == {"mimetype": "application/pdf", "size": 16}
    assert content["m.mentions"] == {}
    assert "formatted_body" not in content
    assert await person.download(str(content["url"])) == b"%PDF-1.7 verslag"


async def test_a_picture_says_what_it_shows_and_brings_a_small_copy(world: World) -> None:
    alt = "Tijdlijn van 2027: zes keer AO, twee keer DO en twee keer BO."
    person, content = await sent(world, Ready("Tijdlijn 2027.png", "image/png", picture(), alt), alt)
    assert (content["msgtype"], content["body"], content["filename"]) == ("m.image", alt, "Tijdlijn 2027.png")
    info = content["info"]
    assert isinstance(info, dict)
    assert (info["mimetype"], info["w"], info["h"]) == ("image/png", 1000, 500)
    small = await person.download(str(info["thumbnail_url"]))
    with Image.open(io.BytesIO(small)) as shown:
        assert shown.size == (400, 200)
    assert info["thumbnail_info"] == {"mimetype": "image/png", "size": len(small), "w": 400, "h": 200}


def test_what_is_no_picture_has_no_small_copy() -> None:
    assert thumbnail(b"geen plaatje") is None


async def test_in_an_encrypted_room_nothing_of_a_file_is_readable_on_the_server(world: World) -> None:
    person = await world.official()
    encryption = {"type": "m.room.encryption", "state_key": "", "content": {"algorithm": "m.megolm.v1.aes-sha2"}}
    async with world.running() as channel:
        room = await world.room(person, await world.official(), initial_state=[encryption])
        file = Ready("Geheim verslag.pdf", "application/pdf", b"%PDF-1.7 geheim")
        event_id = await channel.send(Parcel("digest:2:1", room, False, Rendered(file.name), file=file))
    event = next(one for one in await person.messages(room) if one["event_id"] == event_id)
    assert event["type"] == "m.room.encrypted"
    assert "Geheim" not in str(event)
    mine = {one["type"] for one in await person.state(room) if one["sender"] == world.bot_id}
    assert mine == {"m.room.member"}
