"""Files on Teams: offered in a private chat, brought to the place that Teams names and nowhere else, once, and only for
whom they were offered to; in a channel it is said how to get them."""

from __future__ import annotations

import asyncio
import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from bot.channels.teams.files import CONSENT, DECLINED, ELSEWHERE, INFO, NOT_YOURS, may_upload
from bot.channels.teams.options import Services
from bot.channels.teams.sending import AGAIN
from bot.renderers.files import Ready
from bot.testing_teams import FakeConnector, Fault, Sent, entra
from config.people import PeopleFile
from tests.teams.ears import ListEars
from tests.teams.office import Office, on_teams, words
from tests.teams.test_sending import parcel, started

READER, OTHER, SECRETARY = "vng.ao.1", "uvw.ao.1", "rijk.secr.1"
COMMAND = "!digest AO als tekst"


async def offered(office: Office, by: str = READER, command: str = COMMAND) -> Sent:
    """Someone asks for a file in private; the card that offers it."""
    before = len(office.connector.messages)
    await office.say(by, command)
    await office.all_sent()
    return next(one for one in office.connector.messages[before:] if one.attached(CONSENT))


async def answer(office: Office, activity: dict[str, Any]) -> int:
    status = (await office.connector.bring(office.channel.port, activity)).status_code
    await office.all_sent()
    return status


async def test_a_file_in_private_is_offered_and_brought_where_teams_wants_it(office: Office) -> None:
    connector = office.connector
    async with office.running():
        card = await offered(office)
        consent = card.attached(CONSENT)
        assert consent["name"].startswith("digest-ao-")
        assert connector.uploads == {}
        assert await answer(office, connector.consented(card, READER)) == 200
        [upload] = connector.uploads.values()
        assert "AO" in upload.data.decode()
        size = consent["content"]["sizeInBytes"]
        assert (len(upload.data), upload.range) == (size, f"bytes 0-{size - 1}/{size}")
        assert upload.authorization == ""
        [shown] = connector.replaced
    assert (shown.conversation, shown.id) == (card.conversation, card.id)
    info = shown.attached(INFO)
    assert info["name"] == consent["name"]
    assert info["content"] == {"uniqueId": "uniek-1", "fileType": "txt"}
    assert info["contentUrl"].startswith(connector.url)


async def test_taken_twice_it_is_brought_once_also_after_a_restart(office: Office) -> None:
    connector = office.connector
    async with office.running():
        card = await offered(office)
        for _ in range(2):
            assert await answer(office, connector.consented(card, READER)) == 200
    office.restart()
    async with office.running():
        assert await answer(office, connector.consented(card, READER)) == 200
    assert sum(one.times for one in connector.uploads.values()) == 1
    assert len(connector.replaced) == 1


@pytest.mark.parametrize("restarts", [False, True])
async def test_what_was_brought_and_not_shown_is_shown_by_itself_later_and_not_brought_again(
    office: Office, connector: FakeConnector, restarts: bool
) -> None:
    async with office.running():
        card = await offered(office)
        connector.faults.append(Fault(502))
        await office.bring(connector.consented(card, READER))
        await office.until(lambda: not connector.faults)
        if not restarts:
            await office.postponed()
            await office.all_sent()
        assert len(connector.replaced) == (0 if restarts else 1)
    office.restart()
    async with office.running():
        assert await answer(office, connector.consented(card, READER)) == 200
        [shown] = connector.replaced
    assert shown.id == card.id
    assert shown.attached(INFO)["contentUrl"].startswith(connector.url)
    assert sum(one.times for one in connector.uploads.values()) == 1


async def test_a_file_that_was_offered_before_a_restart_is_made_again(office: Office) -> None:
    async with office.running():
        card = await offered(office)
    office.restart()
    async with office.running():
        assert await answer(office, office.connector.consented(card, READER)) == 200
    [upload] = office.connector.uploads.values()
    assert len(upload.data) == card.attached(CONSENT)["content"]["sizeInBytes"]


async def test_who_declines_is_told_how_to_get_it_after_all_and_nothing_is_brought(office: Office) -> None:
    async with office.running():
        card = await offered(office)
        assert await answer(office, office.connector.consented(card, READER, action="decline")) == 200
        [shown] = office.connector.replaced
    name = card.attached(CONSENT)["name"]
    assert (shown.id, words(shown)) == (card.id, DECLINED.format(name=name))
    assert office.connector.uploads == {}


async def test_nobody_else_can_take_it(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await offered(office)
        before = len(connector.messages)
        for by, there in ((OTHER, f"a:{entra(OTHER)}"), ("iemand.anders", "a:vreemd"), (OTHER, card.conversation)):
            stolen = connector.consented(card, by)
            stolen["conversation"]["id"] = there
            assert await answer(office, stolen) == 200
        assert connector.uploads == {}
        assert connector.replaced == []
        assert {words(one) for one in connector.messages[before:]} == {NOT_YOURS}
        in_room = connector.consented(card, READER)
        in_room["conversation"] |= {"id": "19:ao@thread.tacv2", "conversationType": "channel"}
        assert await answer(office, in_room) == 200
        assert connector.uploads == {}


async def test_who_has_left_the_structure_gets_nothing_any_more(
    office: Office, connector: FakeConnector, people: PeopleFile
) -> None:
    async with office.running():
        card = await offered(office)
    everyone = on_teams(people)
    gone = tuple(replace(one, end=date(2027, 1, 10)) if one.id == READER else one for one in everyone.people)
    office.people(replace(everyone, people=gone))
    office.restart()
    async with office.running():
        assert await answer(office, connector.consented(card, READER)) == 200
    assert connector.uploads == {}
    assert words(connector.messages[-1]) == NOT_YOURS


async def test_the_file_goes_to_no_other_address(office: Office, connector: FakeConnector) -> None:
    bad = [
        "http://elders.example/upload",
        connector.url.replace("http", "https") + "/upload/1",
        connector.url.replace("127.0.0.1", "127.0.0.1@elders.example") + "/upload/1",
        "file:///etc/passwd",
        "",
    ]
    async with office.running():
        card = await offered(office)
        for address in bad:
            before = len(connector.messages)
            activity = connector.consented(card, READER)
            activity["value"]["uploadInfo"]["uploadUrl"] = address
            assert await answer(office, activity) == 200
            assert [words(one) for one in connector.messages[before:]] == [ELSEWHERE]
        activity = connector.consented(card, READER)
        activity["value"]["uploadInfo"]["contentUrl"] = "https://elders.example/lezen"
        assert await answer(office, activity) == 200
        assert connector.uploads == {}
        assert await answer(office, connector.consented(card, READER)) == 200
    assert len(connector.uploads) == 1


async def test_two_presses_at_once_bring_it_once(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await offered(office)
        pressed = [answer(office, connector.consented(card, READER)) for _ in range(4)]
        assert await asyncio.gather(*pressed) == [200] * 4
    assert sum(one.times for one in connector.uploads.values()) == 1
    assert len(connector.replaced) == 1


@pytest.mark.parametrize("status", [302, 307, 308])
async def test_a_file_is_not_brought_on_to_another_address(
    office: Office, connector: FakeConnector, status: int
) -> None:
    async with office.running():
        card = await offered(office)
        connector.upload_faults.append(Fault(status, {"Location": f"{connector.url}/upload/elders"}))
        assert await answer(office, connector.consented(card, READER)) == 503
        assert connector.uploads == {}


@pytest.mark.parametrize("fault", [Fault(503), Fault(404)])
async def test_what_could_not_be_brought_can_be_taken_again(
    office: Office, connector: FakeConnector, fault: Fault
) -> None:
    async with office.running():
        card = await offered(office)
        connector.upload_faults.append(fault)
        assert await answer(office, connector.consented(card, READER)) == 503
        assert connector.replaced == []
        assert await answer(office, connector.consented(card, READER)) == 200
    assert len(connector.uploads) == 1


async def test_a_card_that_is_gone_gives_way_to_a_new_message(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await offered(office)
        connector.faults.append(Fault(404))
        assert await answer(office, connector.consented(card, READER)) == 200
    assert connector.messages[-1].attached(INFO)["name"] == card.attached(CONSENT)["name"]


@pytest.mark.parametrize(("card", "texts"), [(None, [f"{AGAIN}\n\nHet staat er"]), ("1", [])])
async def test_a_file_that_may_have_been_shown_says_so_when_it_is_shown_apart_once_more(
    connector: FakeConnector, card: str | None, texts: list[str]
) -> None:
    ears, key = ListEars(), "file:1"
    channel = await started(connector, ears)
    where = {"address": "https://a.example/1", "shown_as": "a.txt", "unique_id": None, "file_type": "txt"}
    await ears.say("teams", entra(READER), key, "", json.dumps({"card": card, "brought": where}))
    event = await channel.send(parcel("Het staat er", f"{key}:1", room=entra(READER), private=True, again=True))
    await channel.stop()
    shown = [*connector.messages, *connector.replaced]
    assert [one.attached(INFO)["name"] for one in shown] == ["a.txt"]
    assert [words(one) for one in connector.messages] == texts
    assert bool(event) == (card is None)


async def test_no_other_message_takes_the_place_of_the_card(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        other = await office.ask(READER, "!status")
        card = await offered(office)
        activity = connector.consented(card, READER) | {"replyToId": other.id}
        assert await answer(office, activity) == 200
        assert connector.replaced == []
    assert connector.messages[-1].attached(INFO)


@pytest.mark.parametrize(
    "value",
    [None, [], "x", {}, {"action": "accept"}, {"context": []}, {"action": 3, "context": {"sleutel": 3, "bestand": {}}}],
)
async def test_an_answer_that_makes_no_sense_does_nothing(office: Office, connector: FakeConnector, value: Any) -> None:
    async with office.running():
        card = await offered(office)
        activity = connector.consented(card, READER) | {"value": value}
        assert await answer(office, activity) == 200
        assert connector.uploads == {}
        assert await answer(office, connector.consented(card, READER)) == 200
    assert len(connector.uploads) == 1


async def test_a_list_is_a_card_and_in_private_a_file_as_well(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
        card = await offered(office, SECRETARY, "!exporteer acties AO als csv")
        assert await answer(office, connector.consented(card, SECRETARY)) == 200
    [upload] = connector.uploads.values()
    assert b"stukken sturen" in upload.data
    assert any(one.card.get("body") for one in connector.messages)


async def test_a_file_in_a_channel_is_named_with_the_way_to_get_it(connector: FakeConnector) -> None:
    channel = await started(connector)
    await channel.send(parcel("Het verslag", file=Ready("verslag.odt", "application/odt", b"PK", "")))
    [sent] = connector.messages
    assert words(sent) == (
        "Het verslag\nverslag.odt: een bestand kan ik in een kanaal of groepschat niet meesturen, in een eigen chat "
        "met mij wel. Vraag het daar opnieuw, of vraag het de secretaris."
    )
    assert "attachments" not in sent.body
    await channel.stop()


# --- where a file may go ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "address",
    [
        "https://overleg-my.sharepoint.com/personal/x/_api/v2.0/drive/uploadSession?guid='1'",
        "https://overleg.sharepoint.com:443/upload",
        "https://OVERLEG.SharePoint.com/upload",
    ],
)
def test_sharepoint_is_where_a_file_may_go(address: str) -> None:
    assert may_upload(address, Services().uploads)


@pytest.mark.parametrize(
    "address",
    [
        "http://overleg.sharepoint.com/upload",
        "https://sharepoint.com/upload",
        "https://sharepoint.com.elders.example/upload",
        "https://elders-sharepoint.com/upload",
        "https://overleg.sharepoint.com@elders.example/upload",
        "https://wie:wat@overleg.sharepoint.com/upload",
        "https://elders.example/?x=.sharepoint.com",
        "https://elders.example#.sharepoint.com",
        "https://elders.example\\.sharepoint.com/upload",
        "https://overleg.sharepoint.com:8443/upload",
        "https://overleg.sharepoint.com:x/upload",
        "https://[::1]/upload",
        "https://127.0.0.1/upload",
        "https://elders.example/\n.sharepoint.com",
        "//overleg.sharepoint.com/upload",
        "https://",
        "",
    ],
)
def test_anything_else_is_not(address: str) -> None:
    assert not may_upload(address, Services().uploads)
