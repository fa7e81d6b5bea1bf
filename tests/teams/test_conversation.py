"""Whole conversations through the edge, the inbox, the outbox and the connector."""

from __future__ import annotations

from bot.testing_teams import FakeConnector
from tests.teams.office import Office, room, words


async def test_a_signal_in_a_channel_is_filed_and_answered_in_its_thread(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        said = await office.say("uvw.ao.1", "!signaal Sloten groeien dicht", "AO")
        answer = await connector.message("SIG-2027-001")
    assert answer.conversation == f"{room('AO')};messageid={said['id']}"
    assert words(answer) == "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."


async def test_a_command_needs_no_exclamation_mark_and_the_mention_may_stand_anywhere(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        first = await office.ask("uvw.ao.1", "signaal Sloten groeien dicht", "AO")
        second = await office.ask("uvw.ao.1", "signaal Wegen <at>Overlegbot</at> verzakken", "AO")
        third = await office.ask("uvw.ao.1", "signaal Kades zakken weg")
    assert [f"SIG-2027-00{n}" in words(one) for n, one in enumerate((first, second, third), 1)] == [True] * 3


async def test_what_does_not_mention_the_bot_is_neither_kept_nor_answered(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.say("uvw.ao.1", "!signaal Sloten groeien dicht", "AO", mention=False)
        await office.ask("uvw.ao.1", "!status", "AO")
        await office.all_sent()
    assert [one.text for one in office.heard()] == ["!status"]
    assert len(connector.messages) == 1
