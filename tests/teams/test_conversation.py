"""Whole conversations through the edge, the inbox, the outbox and the connector."""

from __future__ import annotations

from bot.testing_teams import BOT, FakeConnector
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


async def test_an_edited_slip_is_carried_out_and_an_edit_of_a_command_says_how_to_correct_it(office: Office) -> None:
    async with office.running():
        said = await office.say("uvw.ao.1", "signal Sloten groeien dicht", "AO")
        await office.all_sent()
        before = len(office.connector.messages)
        edit = office.connector.edited(said, "signaal Sloten groeien dicht")
        await office.bring(edit)
        filed = await office.next(before)
        assert words(filed).startswith("SIG-2027-001, namens UvW.")
        await office.bring(office.connector.edited(said, "signaal Iets anders", moment="2027-01-11T08:02:00.000Z"))
        told = await office.next(before + 1)
        assert "er is niets veranderd" in words(told)
        await office.bring(edit)  # Teams brings it twice
        await office.all_sent()
    assert len(office.connector.messages) == before + 2


async def test_a_removed_message_undoes_what_it_did(office: Office) -> None:
    async with office.running():
        said = await office.say("uvw.ao.1", "signaal Sloten groeien dicht", "AO")
        await office.all_sent()
        await office.bring(office.connector.removed(said))
        await office.all_sent()
        answer = await office.ask("uvw.ao.1", "toon 1", "AO")
    assert "Ingetrokken, ligt bij AO, eigenaar AO." in words(answer).splitlines()


async def test_a_sign_under_a_message_counts_and_can_be_taken_back(office: Office) -> None:
    async with office.running():
        action = await office.ask("rijk.secr.1", "actie @vng.ao.2 opties ophalen uiterlijk 5 februari", "AO")
        await office.all_sent()
        before = len(office.connector.messages)
        await office.bring(office.connector.reacted(action, "2705_whiteheavycheckmark", "vng.ao.2"))
        done = await office.next(before)
        assert words(done).startswith("ACT-2027-001 klaar.")
        await office.bring(office.connector.reacted(action, "2705_whiteheavycheckmark", "vng.ao.2", taken_back=True))
        undone = await office.next(before + 1)
    assert words(undone) == "Ongedaan gemaakt: ACT-2027-001 klaar."


async def test_a_question_is_answered_in_its_thread_with_a_mention_or_in_private_without(office: Office) -> None:
    async with office.running():
        said = await office.say("uvw.ao.1", "signaal", "AO")
        question = await office.connector.message("Waarover?")
        assert question.conversation == f"{room('AO')};messageid={said['id']}"
        filed = await office.ask("uvw.ao.1", "Sloten groeien dicht", "AO", root=said["id"])
        assert words(filed).startswith("SIG-2027-001")
        asked = await office.ask("uvw.ao.1", "signaal")
        assert words(asked).startswith("Waarover?")
        second = await office.ask("uvw.ao.1", "Wegen verzakken")
    assert words(second).startswith("SIG-2027-002")


async def test_a_group_chat_becomes_the_room_of_a_group_and_is_left_when_the_bot_is_taken_out(office: Office) -> None:
    chat = "19:0123456789abcdef@thread.v2"
    office.connector.there(chat, "rijk.secr.1", "rijk.ao.0", "vng.ao.2")
    async with office.running():
        await office.bring(office.connector.said("kanaal AO", "rijk.secr.1", room=chat))
        await office.all_sent()
        asked = await office.connector.message("wordt de kamer van het AO")
        assert asked.conversation.startswith("a:")
        before = len(office.connector.messages)
        await office.say("rijk.ao.0", "ja")
        await office.all_sent()
        hello = [words(one) for one in office.connector.messages[before:] if one.conversation == chat]
        assert len(hello) == 1
        assert "Dit is nu de kamer van het AO" in hello[0]
        there = office.connector.about("rijk.ao.0", chat)
        gone = {**there, "type": "conversationUpdate", "membersRemoved": [{"id": BOT}], "id": "f:weg"}
        before = len(office.connector.messages)
        await office.bring(gone)
        told = await office.next(before)
    assert words(told).startswith("rijk.ao.0 heeft mij uit de kamer van het AO gehaald.")
    assert told.conversation.startswith("a:")
