"""What nobody should send, brought with a good token all the same: nothing is stored or said that should not be, Teams
is not asked to bring it again, and the bot goes on."""

from __future__ import annotations

import copy
import random
import time
from collections.abc import Iterator
from datetime import timedelta
from typing import Any

import pytest

from bot.channels.teams import TeamsChannel, activities
from bot.testing_teams import TENANT, FakeConnector, Fault, Json, entra
from tests.teams.ears import ListEars
from tests.teams.office import Office, room, words

AO = room("AO")
teams = FakeConnector()  # not started: it only makes activities
HOLDER, OTHER, SECRETARY = "vng.ao.1", "uvw.ao.1", "rijk.secr.1"
ODD: tuple[Any, ...] = (
    None,
    0,
    -1,
    1.5,
    True,
    "",
    " ",
    "x" * 3000,
    "d800",
    [],
    {},
    [None],
    [{}],
    {"id": None},
    {"id": []},
    "\ud800",
    "\x00",
    "~",
    ".",
    ";messageid=",
    "0001-01-01T00:00:00+14:00",
    "9999-12-31T23:59:59-14:00",
    [[[]]],
)


def paths(value: Any, here: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    if here:
        yield here
    items = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, one in items:
        yield from paths(one, (*here, key))


def changed(activity: Json, path: tuple[Any, ...], odd: Any) -> Json:
    made = copy.deepcopy(activity)
    within: Any = made
    for key in path[:-1]:
        within = within[key]
    within[path[-1]] = odd
    return made


async def test_no_part_of_an_activity_can_break_the_bot(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
        said = connector.said("signaal Sloten", OTHER, room=room("AO"), mentions=[connector.mentioning(HOLDER)])
        examples = [
            said,
            connector.edited(said, "signaal"),
            connector.removed(said),
            connector.pressed(card, "Gereed", "nie.mand"),
            connector.reacted(card, "like", OTHER),
            {**connector.about(OTHER, room("AO")), "type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]},
            {**connector.about(OTHER, room("AO")), "type": "installationUpdate", "action": "add"},
        ]
        every = [(example, path, odd) for example in examples for path in paths(example) for odd in ODD]
        chosen = random.Random(7).sample(every, 250)
        answers: dict[int, list[Any]] = {}
        for example, path, odd in chosen:
            answer = await connector.bring(office.channel.port, changed(example, path, odd))
            answers.setdefault(answer.status_code, []).append((path, odd))
        assert set(answers) <= {200, 400, 401}, {k: v for k, v in answers.items() if k not in (200, 400, 401)}
        await office.all_sent()
        assert words(await office.ask(OTHER, "!status")).startswith("Overlegbot")


# --- texts -----------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    "attack",
    [
        {"text": "<at>" * 25_000},
        {"text": "<at " * 25_000},
        {"text": "<at>Overlegbot" * 7_000},
        {"attachments": [{"content": "<blockquote" * 9_000}]},
        {"attachments": [{"content": "<blockquote " + 'schema.skype.com/Reply" ' * 4_000}]},
        {"attachments": [{"content": '<blockquote schema.skype.com/Reply" ' * 2_000}]},
    ],
)
def test_no_text_takes_long_to_read(attack: Json) -> None:
    began = time.process_time()
    activities.to_heard("teams", teams.said("hoi", OTHER, room=AO) | attack, {})
    assert time.process_time() - began < 1.0


async def test_half_a_sign_and_no_sign_at_all_are_left_out(office: Office) -> None:
    async with office.running():
        filed = await office.ask(OTHER, "!signaal Sloten \ud83d groeien\x00 dicht")
        assert words(filed).startswith("SIG-2027-001")
    assert office.heard()[0].text == "!signaal Sloten ? groeien dicht"


async def test_what_is_typed_as_html_or_as_the_text_of_a_card_stays_text(office: Office) -> None:
    typed = "signaal <script>x</script> [klik](https://elders.example) &lt;at&gt;Voorzitter&lt;/at&gt; {{DATE(2027)}}"
    async with office.running():
        await office.ask(OTHER, typed, "AO")
        shown = await office.ask(OTHER, "!toon sig1", "AO")
    assert "<script" not in shown.text
    assert "<at>Voorzitter" not in str(shown.card["body"])
    assert "entities" not in shown.card["msteams"]
    assert "<script>x</script> [klik](https://elders.example) <at>Voorzitter</at> {{DATE(2027)}}" in words(shown)


async def test_a_file_that_somebody_sends_is_not_an_answer(office: Office, connector: FakeConnector) -> None:
    file = {
        "contentType": "application/vnd.microsoft.teams.file.download.info",
        "contentUrl": "https://elders.example/x",
        "name": "plan.docx",
        "content": {"downloadUrl": "https://elders.example/x", "uniqueId": "x", "fileType": "docx"},
    }
    async with office.running():
        asked = await office.ask(OTHER, "!signaal")
        assert words(asked).startswith("Waarover?")
        again = await office.ask(OTHER, "", attachments=[file])
        assert "SIG-" not in words(again)
        filed = await office.ask(OTHER, "Sloten groeien dicht")
    assert words(filed).startswith("SIG-2027-001")


# --- whose it is -----------------------------------------------------------------------------------------------------
async def test_what_somebody_else_edits_or_takes_away_changes_nothing(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        said = await office.say(OTHER, "signaal Sloten groeien dicht", "AO")
        await office.all_sent()
        before = len(connector.messages)
        who = connector.about(HOLDER, said["conversation"]["id"])["from"]
        await office.bring({**connector.edited(said, "signaal Iets anders"), "from": who})
        await office.bring({**connector.removed(said), "from": who})
        await office.all_sent()
        assert len(connector.messages) == before
        shown = await office.ask(OTHER, "!toon sig1", "AO")
    assert "Sloten groeien dicht" in words(shown)
    assert "Ingetrokken" not in words(shown)


async def test_a_channel_that_calls_itself_a_private_chat_is_not_one(office: Office, connector: FakeConnector) -> None:
    for there in (room("AO"), f"{room('AO')};messageid=17", "19:0123456789abcdef@thread.v2"):
        forged = connector.said("!mijn", OTHER, room=room("AO"))
        forged["conversation"] |= {"id": there, "conversationType": "personal"}
        place = activities.place_of(forged)
        assert place is not None
        assert place.shape != "personal"
    async with office.running():
        await office.bring(connector.said("!mijn", OTHER, room=room("AO")) | {"conversation": forged["conversation"]})
        await office.say(SECRETARY, f"!actie @{OTHER} stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
    private = [one for one in connector.messages if "Een actie van rijk.secr.1" in words(one)]
    assert {one.conversation for one in private} == {f"a:{entra(OTHER)}"}


async def test_the_thread_in_the_name_of_a_conversation_leads_nowhere_else(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        for odd in ("x", "1;messageid=2", "../../17", "\u0661\u0662", "1" * 500, ""):
            said = connector.said("!status", OTHER, room=room("AO"))
            said["conversation"]["id"] = f"{room('AO')};messageid={odd}"
            before = len(connector.messages)
            await office.bring(said)
            answer = await office.next(before)
            assert answer.conversation.partition(";")[0] == room("AO")
            root = answer.conversation.partition("messageid=")[2]
            assert root == "" or (root.isascii() and root.isdecimal())


async def test_in_a_group_chat_with_guests_a_guest_does_nothing_and_presses_nothing(
    office: Office, connector: FakeConnector
) -> None:
    chat = "19:0123456789abcdef@thread.v2"
    connector.there(chat, SECRETARY, OTHER, "gast.elders")
    async with office.running():
        await office.bring(connector.said("!signaal Sloten", "gast.elders", room=chat))
        await office.all_sent()
        guest = connector.said("!signaal Sloten", "gast.elders", room=chat)
        guest["channelData"]["tenant"]["id"] = "00000000-0000-4000-8000-0000000000ff"
        assert (await connector.bring(office.channel.port, guest)).status_code == 401
        nobody = connector.said("!signaal Sloten", "gast.elders", room=chat)
        del nobody["from"]["aadObjectId"]
        await office.bring(nobody)
        await office.all_sent()
        card = await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
        pressed = connector.pressed(card, "Gereed", "gast.elders")
        await office.bring(pressed)
        await office.all_sent()
        assert connector.replaced == []
        shown = await office.ask(OTHER, "!signalen", "AO")
    assert "Sloten" not in words(shown)


async def test_a_button_of_a_card_in_another_room_does_nothing(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
        elsewhere = connector.pressed(card, "Gereed", HOLDER)
        elsewhere["conversation"]["id"] = f"{room('DO')};messageid={card.id}"
        await office.bring(elsewhere)
        await office.all_sent()
        assert connector.replaced == []
        assert "Afgerond" not in words(await office.ask(HOLDER, "!toon act1", "AO"))


# --- two organisations, and the clock --------------------------------------------------------------------------------
async def test_of_two_organisations_both_are_heard_and_a_third_is_not(connector: FakeConnector) -> None:
    second = "00000000-0000-4000-8000-0000000000dd"
    ears, channel = ListEars(), TeamsChannel(connector.options(tenants=(TENANT, second.upper())))
    await channel.start(ears)
    try:
        for tenant, status in ((TENANT, 200), (second, 200), ("00000000-0000-4000-8000-0000000000ee", 401)):
            said = connector.said(f"signaal {tenant}", OTHER)
            said["channelData"]["tenant"]["id"] = said["conversation"]["tenantId"] = tenant
            assert (await connector.bring(channel.port, said)).status_code == status
        mixed = connector.said("signaal van twee", OTHER)
        mixed["channelData"]["tenant"]["id"] = "00000000-0000-4000-8000-0000000000ee"
        assert (await connector.bring(channel.port, mixed)).status_code == 401
    finally:
        await channel.stop()
    assert ears.texts == [f"signaal {TENANT}", f"signaal {second}"]


@pytest.mark.parametrize("jump", [timedelta(days=-400), timedelta(days=400)])
async def test_after_the_clock_jumped_everything_is_still_answered_once(
    office: Office, connector: FakeConnector, jump: timedelta
) -> None:
    async with office.running():
        await office.ask(OTHER, "!signaal Sloten groeien dicht", "AO")
        office.now += jump
        connector.faults.append(Fault(429, {"Retry-After": "1"}))
        await office.say(OTHER, "!signaal Kades zakken weg", "AO")
        await office.postponed()
        await office.all_sent()
        office.now -= jump
        await office.say(OTHER, "!signaal Wegen verzakken", "AO")
        await office.all_sent()
    filed = [words(one) for one in connector.messages if words(one).startswith("SIG-")]
    assert len(filed) == 3
    assert ["Kades" in one.text for one in office.heard()] == [False, True, False]
