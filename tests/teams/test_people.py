"""Who people are on Teams, where they are reached in private, and who reads along."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from bot.channels.teams import TeamsChannel
from bot.channels.teams.places import ROOMS, known_rooms
from bot.testing_teams import BOT, FakeConnector, entra
from storage import rooms
from storage.inbox import remember
from tests.teams.ears import ListEars
from tests.teams.office import Office, room, words

OUTSIDER = "kennis.wg.1"


def private(connector: FakeConnector, person: str) -> list[str]:
    """What this person read in their own chat."""
    return [words(one) for one in connector.messages if one.conversation == f"a:{entra(person)}"]


def in_room(connector: FakeConnector, body: str) -> list[str]:
    """What was said in the channel of a body."""
    return [words(one) for one in connector.messages if one.conversation.partition(";")[0] == room(body)]


def read_by_outsiders(office: Office, body: str) -> bool:
    return office.database.work(lambda session: rooms.outsiders_read(session, body))


async def test_whoever_is_not_in_the_register_is_told_so_and_nothing_is_done(office: Office) -> None:
    async with office.running():
        answer = await office.ask("iemand.anders", "!signaal Sloten groeien dicht", "AO")
    assert words(answer).startswith("Ik ken je nog niet in dit overleg")
    assert "SIG" not in words(answer)


async def test_an_entra_id_counts_in_any_case(office: Office, connector: FakeConnector) -> None:
    activity = connector.said("!mijn", "uvw.ao.1")
    activity["from"]["aadObjectId"] = entra("uvw.ao.1").upper()
    async with office.running():
        assert (await connector.bring(office.channel.port, activity)).status_code == 200
        await office.all_sent()
    assert len(private(connector, "uvw.ao.1")) == 1
    assert [one.sender for one in office.heard()] == [entra("uvw.ao.1")]


async def test_a_private_chat_is_begun_for_whoever_has_the_app_and_kept_over_a_restart(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.say("uvw.ao.1", "!mijn", "AO")
        await office.all_sent()
    office.restart()
    async with office.running():
        await office.say("uvw.ao.1", "!mijn", "AO")
        await office.all_sent()
    assert len(private(connector, "uvw.ao.1")) == 2
    assert [one.body["members"] for one in connector.sent if one.what == "begin"] == [[{"id": entra("uvw.ao.1")}]]
    assert in_room(connector, "AO") == []


async def test_whoever_has_not_installed_the_app_is_asked_to_and_the_secretary_is_told(
    office: Office, connector: FakeConnector
) -> None:
    connector.uninstalled.add("uvw.ao.1")
    async with office.running():
        said = await office.say("uvw.ao.1", "!mijn", "AO")
        await office.all_sent()
        [asked] = [one for one in connector.messages if one.conversation.startswith(room("AO"))]
        assert asked.conversation == f"{room('AO')};messageid={said['id']}"
        assert words(asked) == (
            "uvw.ao.1, ik heb iets voor je dat alleen in een eigen chat kan. "
            "Voeg mij toe bij je apps; dan krijg je het daar."
        )
        assert private(connector, "rijk.secr.1") == [
            "uvw.ao.1 is op Teams niet in een eigen chat te bereiken: ik sta daar nog niet bij de apps.\n"
            "Wat alleen voor uvw.ao.1 is, wacht daarop. In het kanaal heb ik gevraagd mij toe te voegen."
        ]
        connector.uninstalled.clear()
        await office.installed("uvw.ao.1")
        await office.all_sent()
    assert private(connector, "uvw.ao.1") == ["Er staat niets voor je open."]


async def test_the_secretary_is_told_once_a_month_about_the_same_person(
    office: Office, connector: FakeConnector
) -> None:
    connector.uninstalled.add("uvw.ao.1")
    async with office.running():
        for _ in range(3):
            await office.say("uvw.ao.1", "!mijn", "AO")
            await office.all_sent()
    assert len(in_room(connector, "AO")) == 3
    assert len(private(connector, "rijk.secr.1")) == 1


async def test_who_took_the_bot_out_of_their_apps_is_asked_for_it_again(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.installed("uvw.ao.1")
        await office.installed("uvw.ao.1", action="remove")
        connector.uninstalled.add("uvw.ao.1")
        await office.say("uvw.ao.1", "!mijn", "AO")
        await office.all_sent()
    assert private(connector, "uvw.ao.1") == []
    assert len(in_room(connector, "AO")) == 1


@pytest.mark.parametrize(
    ("what", "gone"),
    [
        ({"type": "conversationUpdate", "membersRemoved": [{"id": BOT}]}, ["AO", "DO"]),
        ({"type": "installationUpdate", "action": "remove"}, ["AO", "DO"]),
        ({"type": "conversationUpdate", "eventType": "teamDeleted"}, ["AO", "DO"]),
        ({"type": "conversationUpdate", "eventType": "channelDeleted"}, ["AO"]),
        ({"type": "conversationUpdate", "membersRemoved": [{"id": "29:iemand"}]}, []),
    ],
    ids=["bot removed", "app removed", "team deleted", "channel deleted", "somebody else removed"],
)
async def test_taken_out_of_a_team_it_is_out_of_all_its_channels_and_of_no_other(
    connector: FakeConnector, what: dict[str, Any], gone: list[str]
) -> None:
    ears, channel = ListEars(), TeamsChannel(connector.options())
    await channel.start(ears)
    for body, team in (("AO", "een"), ("DO", "een"), ("BO", "twee")):
        said = connector.said("hallo", "rijk.secr.1", room=room(body))
        said["channelData"]["team"] = {"id": f"19:{team}"}
        assert (await connector.bring(channel.port, said)).status_code == 200
    update = connector.about("rijk.secr.1", room("AO"))
    update["channelData"] |= {"team": {"id": "19:een"}, "eventType": what.get("eventType", "")}
    assert (await connector.bring(channel.port, {**update, **what, "id": "f:1"})).status_code == 200
    await channel.stop()
    told = [(where, by) for kind, where, by in ears.told if kind == "removed"]
    assert told == [(room(body), entra("rijk.secr.1")) for body in gone]
    kept = known_rooms(ears.kept[ROOMS])
    assert set(kept) == {room(body) for body in ("AO", "DO", "BO") if body not in gone}


# --- who reads along -------------------------------------------------------------------------------------------------
async def test_the_members_of_a_channel_are_asked_for_page_by_page_before_anybody_speaks_there(
    office: Office, connector: FakeConnector
) -> None:
    connector.there(room("AO"), "rijk.ao.0", "rijk.secr.1", "uvw.ao.1", "vng.ao.2", OUTSIDER)
    async with office.running():
        await office.until(lambda: bool(in_room(connector, "AO")))
    [warning] = in_room(connector, "AO")
    assert "leest nu iemand van buiten de overheid mee: kennis.wg.1" in warning
    assert read_by_outsiders(office, "AO")


async def test_a_room_without_outsiders_is_no_room_with_outsiders(office: Office, connector: FakeConnector) -> None:
    connector.there(room("AO"), "rijk.ao.0", "uvw.ao.1", "vng.ao.2")
    assert not read_by_outsiders(office, "AO")  # Teams was never used here
    async with office.running():
        await office.until(lambda: not read_by_outsiders(office, "AO"))
        connector.there(room("AO"), "rijk.ao.0", "uvw.ao.1", OUTSIDER)
        await office.changed("AO")
        await office.until(lambda: read_by_outsiders(office, "AO"))


async def test_who_came_in_without_word_of_it_is_noticed_all_the_same(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.teams.channel._LOOK_AGAIN_SECONDS", 0.05)
    connector.there(room("AO"), "uvw.ao.1")
    ears, channel = ListEars(), TeamsChannel(connector.options())
    await channel.start(ears)
    await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1", room=room("AO")))
    async with asyncio.timeout(10):
        while not ears.there:
            await asyncio.sleep(0.02)
    listening = asyncio.ensure_future(channel.listen())
    connector.there(room("AO"), "uvw.ao.1", OUTSIDER)
    async with asyncio.timeout(10):
        while entra(OUTSIDER) not in ears.there.get(room("AO"), ()):
            await asyncio.sleep(0.02)
    listening.cancel()
    await asyncio.wait([listening])
    await channel.stop()


def test_a_room_of_which_nothing_is_known_yet_counts_as_read_by_outsiders(office: Office) -> None:
    office.database.work(lambda session: remember(session, "teams", rooms.UNLISTED, "ja"))
    assert read_by_outsiders(office, "AO")


async def test_a_room_whose_members_are_not_to_be_had_counts_as_read_by_outsiders(
    office: Office, connector: FakeConnector
) -> None:
    connector.hidden.add(room("AO"))
    async with office.running():
        await office.ask("uvw.ao.1", "!status", "AO")
        await office.all_sent()
    assert read_by_outsiders(office, "AO")
    assert private(connector, "rijk.secr.1") == [
        "Ik kan niet zien wie er meeleest in de kamer van het AO. Ik zeg daar dus alleen wat iedereen mag lezen.\n"
        "Moet ik daar meer kunnen zeggen? Laat de beheerder nagaan of ik daar bij de leden mag."
    ]


async def test_a_list_that_is_not_to_be_had_just_now_stays_as_it_was(connector: FakeConnector) -> None:
    connector.there(room("AO"), "uvw.ao.1")
    ears, channel = ListEars(), TeamsChannel(connector.options())
    await channel.start(ears)
    await channel._look(room("AO"))
    connector.member_status = 503
    await channel._look(room("AO"))
    assert ears.there == {room("AO"): [entra("uvw.ao.1")]}
    assert ears.told == []
    await channel.stop()


async def test_someone_the_register_does_not_know_is_named_to_the_secretary_by_name(
    office: Office, connector: FakeConnector
) -> None:
    connector.there(room("AO"), "rijk.ao.0", "uvw.ao.1", "Vreemd Persoon")
    async with office.running():
        await office.ask("uvw.ao.1", "!status", "AO")
        await office.all_sent()
    [told] = private(connector, "rijk.secr.1")
    assert told.startswith(
        f"In de kamer van het AO zit iemand die ik niet ken: Vreemd Persoon ({entra('Vreemd Persoon')})."
    )


async def test_people_who_are_mentioned_are_the_people_of_the_register(
    office: Office, connector: FakeConnector
) -> None:
    connector.there(room("AO"), "rijk.secr.1", "uvw.ao.1", "vng.ao.2")
    mention = connector.mentioning("vng.ao.2")
    async with office.running():
        said = await office.ask("rijk.secr.1", f"!wie {mention['text']}", "AO", mentions=[mention])
    assert words(said).startswith("vng.ao.2")
