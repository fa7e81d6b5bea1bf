"""Cards on their way: sent alone, answered by buttons and fields with the rights of words, replaced by the outcome."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answers import PRESSED
from bot.testing_teams import FakeConnector, Fault, Sent, entra
from bot.turn import STRANGER
from tests.bot.renderers.test_teams_card import golden
from tests.conftest import at
from tests.teams.office import Office, room, words

SECRETARY, CHAIR, HOLDER, OTHER = "rijk.secr.1", "rijk.ao.0", "vng.ao.1", "uvw.ao.1"
TASK = "!actie @vng.ao.1 stukken sturen uiterlijk 20 januari 2027"


def shown(sent: Sent) -> list[str]:
    """The texts of a card in reading order, without the backslashes."""

    def within(elements: object) -> list[str]:
        found: list[str] = []
        for one in elements if isinstance(elements, list) else ():
            found += [one["text"].replace("\\", "")] if one["type"] == "TextBlock" else within(one.get("items"))
        return found

    return within(sent.card["body"])


async def test_a_message_with_buttons_is_a_card_alone_whose_summary_says_everything(office: Office) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
    assert "text" not in card.body
    assert card.body["summary"] == card.card["fallbackText"]
    assert card.body["summary"].splitlines() == [
        "ACT-2027-001 vng.ao.1: stukken sturen, uiterlijk wo 20 jan 2027.",
        "Typen kan ook, na @Overlegbot: `!gereed 1`, `!verzet 1` of `!overdragen 1`.",
    ]
    assert list(card.buttons) == ["Gereed", "Later", "Overdragen"]


async def test_a_pressed_button_does_what_the_word_does_and_the_outcome_takes_the_place_of_the_card(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        before = len(connector.messages)
        assert await office.press(card, "Gereed", HOLDER) == "Ontvangen."
        [changed] = connector.replaced
        assert (changed.id, changed.conversation) == (card.id, card.conversation)
        assert shown(changed)[1:] == ["ACT-2027-001 klaar."]
        assert changed.buttons == {}
        assert len(connector.messages) == before
        again = await office.ask(OTHER, "!toon act1", "AO")
    assert "Afgerond" in words(again)


async def test_who_may_not_do_it_by_typing_may_not_by_pressing_and_the_card_stays(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.ask(OTHER, "signaal Sloten groeien dicht", "AO")
        await office.say(CHAIR, "!weeg 1 escaleren actualiteit", "AO")
        await office.all_sent()
        await office.say(SECRETARY, "!escaleer 1 want het raakt alle partijen vraag:Een kader", "AO")
        await office.all_sent()
        card = await connector.message("VST-2027-001")
        assert list(card.buttons) == ["Bekrachtigen", "Afwijzen"]
        before = len(connector.messages)
        await office.press(card, "Bekrachtigen", SECRETARY)
        pressed = words(connector.messages[before])
        await office.say(SECRETARY, "!bekrachtig 1", "AO")
        await office.all_sent()
        typed = words(connector.messages[before + 1])
        assert pressed == typed
        assert connector.replaced == []
        await office.press(card, "Bekrachtigen", CHAIR)
        [changed] = connector.replaced
    assert changed.id == card.id
    assert shown(changed)[-1].startswith("SIG-2027-001 ligt bij het DO: ")


async def test_an_outcome_that_not_everybody_there_may_read_is_said_in_private_and_the_card_stays(
    office: Office, connector: FakeConnector
) -> None:
    connector.there(room("AO"), CHAIR, SECRETARY, OTHER)
    async with office.running():
        await office.ask(OTHER, "signaal Geheime zaak gevoelig:ja", "AO")
        await office.say(CHAIR, "!weeg 1 escaleren actualiteit", "AO")
        await office.say(SECRETARY, "!escaleer 1 want het raakt alle partijen vraag:Een kader", "AO")
        card = await connector.message("VST-2027-001")
        connector.there(room("AO"), CHAIR, SECRETARY, OTHER, "kennis.wg.1")
        await office.changed("AO")
        await office.all_sent()
        before = len(connector.messages)
        await office.press(card, "Bekrachtigen", CHAIR)
        said = {one.conversation: words(one) for one in connector.messages[before:]}
    assert card.conversation.startswith(room("AO"))
    assert said[f"a:{entra(CHAIR)}"].startswith("SIG-2027-001 ligt bij het DO: ")
    assert not [place for place in said if place.startswith(room("AO"))]
    assert connector.replaced == []


async def test_a_button_that_asks_for_a_reason_asks_in_a_card_with_a_field(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.ask(OTHER, "signaal Sloten groeien dicht", "AO")
        await office.say(CHAIR, "!weeg 1 escaleren actualiteit", "AO")
        await office.say(SECRETARY, "!escaleer 1 want het raakt alle partijen vraag:Een kader", "AO")
        await office.all_sent()
        card = await connector.message("VST-2027-001")
        before = len(connector.messages)
        await office.press(card, "Afwijzen", CHAIR)
        question = connector.messages[before]
        assert question.card["fallbackText"].startswith(f"@{CHAIR}\nWaarom? De voorsteller leest dit.")
        assert question.card["body"][0]["text"] == f"<at>{CHAIR}</at>"
        assert [one["mentioned"]["id"] for one in question.card["msteams"]["entities"]] == [entra(CHAIR)]
        assert question.conversation == card.conversation
        await office.press(question, "Antwoorden", CHAIR, tekst="het AO kan dit zelf")
        [changed] = connector.replaced
    assert changed.id == question.id
    assert "VST-2027-001 afgewezen: het AO kan dit zelf." in changed.text


async def test_an_open_question_is_a_card_with_a_field_in_a_channel_and_plain_text_in_private(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        card = await office.ask(OTHER, "signaal", "AO")
        [field] = [one for one in card.card["body"] if one["type"].startswith("Input.")]
        assert (field["type"], field["label"]) == ("Input.Text", "Waarover? Eén zin is genoeg.")
        assert await office.press(card, "Antwoorden", OTHER) == "Er is niets ingevuld, dus er is niets veranderd."
        assert await office.press(card, "Antwoorden", OTHER, tekst="Sloten groeien dicht") == "Ontvangen."
        [changed] = connector.replaced
        assert shown(changed)[-1] == "**SIG-2027-001**, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
        private = await office.ask(OTHER, "signaal")
        assert (words(private), private.card) == ("Waarover? Eén zin is genoeg.", {})
        await office.ask(OTHER, "Kades zakken weg")
        assert "SIG-2027-002" in words(connector.messages[-1])


async def test_a_date_is_picked_and_laat_maar_is_a_button(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen", "AO")
        kinds = [one["type"] for one in card.card["body"] if one["type"].startswith("Input.")]
        assert kinds == ["Input.Date"]
        await office.press(card, "Antwoorden", SECRETARY, datum="2027-01-20")
        assert "uiterlijk wo 20 jan 2027" in words(connector.replaced[0])
        other = await office.ask(SECRETARY, "!actie @vng.ao.1 agenda maken", "AO")
        await office.press(other, "Laat maar", SECRETARY)
        assert shown(connector.replaced[-1])[-1] == "Goed, ik laat het erbij. Er is niets opgeslagen."


async def test_the_question_of_someone_else_and_one_that_was_answered_change_nothing_and_say_so(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        card = await office.ask(OTHER, "signaal", "AO")
        await office.press(card, "Antwoorden", HOLDER, tekst="iets anders")
        assert words(connector.messages[-1]) == PRESSED
        await office.press(card, "Antwoorden", OTHER, tekst="Sloten groeien dicht")
        await office.press(card, "Antwoorden", OTHER, tekst="nog een keer")
        assert words(connector.messages[-1]) == PRESSED
        assert len(connector.replaced) == 1
        found = await office.ask(OTHER, "!toon sig2", "AO")
    assert words(found) == "SIG-2027-002 bestaat niet. Kijk bij !signalen."


async def test_what_a_card_says_one_may_type_does_the_same_in_its_thread(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        done = await office.ask(HOLDER, "klaar", "AO", root=card.conversation.partition("=")[2])
        assert words(done) == "ACT-2027-001 klaar."
        question = await office.ask(OTHER, "signaal", "AO")
        root = question.conversation.partition("=")[2]
        filed = await office.ask(OTHER, "Sloten groeien dicht", "AO", root=root)
        assert words(filed).startswith("SIG-2027-001, namens UvW.")
        another = await office.ask(OTHER, "signaal", "AO")
        left = await office.ask(OTHER, "laat maar", "AO", root=another.conversation.partition("=")[2])
    assert words(left) == "Goed, ik laat het erbij. Er is niets opgeslagen."


async def test_what_is_pressed_is_never_read_as_a_command(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        forged = connector.pressed(card, "Gereed", HOLDER)
        forged["value"]["action"]["data"]["woord"] = "!signaal van een ander"
        await connector.bring(office.channel.port, forged)
        await office.all_sent()
        assert [one for one in connector.messages if "SIG-2027" in one.text] == []


async def test_a_press_that_teams_brings_twice_counts_once(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        activity = connector.pressed(card, "Gereed", HOLDER)
        for _ in range(2):
            assert (await connector.bring(office.channel.port, activity)).status_code == 200
        await office.all_sent()
        assert len(connector.replaced) == 1
        assert [one.kind for one in office.heard()].count("pressed") == 1


async def test_a_card_that_is_gone_has_its_outcome_said_in_the_thread(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        connector.faults.append(Fault(404))
        await office.press(card, "Gereed", HOLDER)
        assert connector.replaced == []
        assert (words(connector.messages[-1]), connector.messages[-1].conversation) == (
            "ACT-2027-001 klaar.",
            card.conversation,
        )


async def test_a_busy_connector_is_asked_again_until_the_card_has_changed(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running() as app:
        card = await office.ask(SECRETARY, TASK, "AO")
        await office.all_sent()
        before = len(connector.messages)
        connector.faults.append(Fault(429, {"Retry-After": "0"}))
        activity = connector.pressed(card, "Gereed", HOLDER)
        await connector.bring(office.channel.port, activity)
        while not connector.replaced:
            app.poster.wake()
            await office.moment()
        assert len(connector.messages) == before


async def test_of_two_actions_the_one_that_is_done_loses_its_buttons_and_both_outcomes_stay(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        card = await office.ask(
            SECRETARY,
            f"{TASK}\n!actie @vng.ao.1 agenda maken uiterlijk 21 januari 2027",
            "AO",
        )
        [choice] = [one for one in card.card["body"] if one["type"] == "Input.ChoiceSet"]
        assert [one["value"] for one in choice["choices"]] == ["1", "2"]
        await office.all_sent()
        await office.press(card, "Gereed", HOLDER, welke="2")
        first = connector.replaced[-1]
        assert shown(first)[2] == "ACT-2027-002 klaar."
        assert list(first.buttons) == ["Gereed", "Later", "Overdragen"]
        assert [one for one in first.card["body"] if one["type"] == "Input.ChoiceSet"] == []
        await office.press(replace(first, what="post"), "Gereed", HOLDER)
        last = connector.replaced[-1]
    assert shown(last)[2:] == ["ACT-2027-002 klaar.", "ACT-2027-001 klaar."]
    assert last.buttons == {}


async def test_a_digest_comes_by_itself_as_a_card_in_the_channel(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        await office.ask(OTHER, "signaal Sloten groeien dicht", "AO")
        await office.all_sent()
    office.now = at("2027-02-26 08:31")
    async with office.running():
        digest = await connector.message("AO 2 · donderdag 4 maart 2027")
    assert digest.conversation == room("AO")
    assert "text" not in digest.body
    assert digest.card["body"][0]["style"] == "heading"
    assert "Sloten groeien dicht" in digest.body["summary"]


async def test_who_is_not_known_is_told_and_a_button_in_private_works(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        await office.ask(HOLDER, "!help")
        await office.say(SECRETARY, TASK, "AO")
        await office.all_sent()
        asked = next(one for one in connector.messages if one.conversation == f"a:{entra(HOLDER)}" and one.buttons)
        card = await connector.message("ACT-2027-001 vng.ao.1")
        await office.press(card, "Gereed", "nie.mand.1")
        assert words(connector.messages[-1]) == STRANGER
        await office.press(asked, "Gereed", HOLDER)
        [changed] = connector.replaced
    assert (changed.conversation, changed.id) == (asked.conversation, asked.id)
    assert shown(changed)[-1] == "ACT-2027-001 klaar."


@pytest.mark.parametrize("body", ["AO"])
async def test_a_message_in_more_cards_is_answered_by_the_buttons_of_the_last(
    office: Office, connector: FakeConnector, body: str
) -> None:
    about = ["klei", "zand", "veen", "grind", "asfalt", "beton", "hout", "glas", "staal", "lood", "zink", "koper"]
    long = [f"!actie @vng.ao.1 {(one + ' ') * 60}uiterlijk 20 januari 2027" for one in about]
    many = "\n".join(long + [one.replace("actie @vng.ao.1", "actie @vng.ao.1 over") for one in long])
    async with office.running():
        await office.say(SECRETARY, many, body)
        await office.all_sent()
        cards = [one for one in connector.messages if one.card and one.conversation.startswith(room(body))]
        assert len(cards) > 1
        assert [bool(one.buttons) for one in cards] == [False] * (len(cards) - 1) + [True]
        await office.press(cards[-1], "Gereed", HOLDER, welke="1")
        [changed] = connector.replaced
    assert changed.id == cards[-1].id
    assert "ACT-2027-001 klaar." in shown(changed)


async def test_a_list_of_actions_is_a_card_with_the_buttons_that_its_readers_may_press(
    office: Office, connector: FakeConnector
) -> None:
    async with office.running():
        await office.say(SECRETARY, TASK, "AO")
        await office.say(SECRETARY, "!actie @uvw.ao.1 kaart maken uiterlijk 27 januari 2027", "AO")
        await office.all_sent()
        listed = await office.ask(OTHER, "!acties", "AO")
        keys = {one["data"].pop("sleutel") for one in listed.card["actions"]}
        assert len(keys) == 1
        assert listed.card == golden("acties")
        await office.press(await office.ask(OTHER, "!acties", "AO"), "Gereed", HOLDER, welke="1")
        [changed] = connector.replaced
        assert shown(changed)[-1] == "Typen kan ook, na @Overlegbot: **!gereed 2**, **!verzet 2** of **!overdragen 2**."
        assert "ACT-2027-001 klaar." in shown(changed)
        before = len(connector.messages)
        await office.press(replace(changed, what="post"), "Gereed", HOLDER)
        assert "ACT-2027-002 is van uvw.ao.1." in words(connector.messages[before])


async def test_in_private_the_list_of_someone_else_has_no_buttons(office: Office) -> None:
    async with office.running():
        await office.say(SECRETARY, TASK, "AO")
        await office.all_sent()
        theirs = await office.ask(OTHER, "!acties van vng.ao.1")
        own = await office.ask(HOLDER, "!acties")
        secretary = await office.ask(SECRETARY, "!acties van vng.ao.1")
    assert "ACT-2027-001" in words(theirs)
    assert theirs.buttons == {}
    assert list(own.buttons) == list(secretary.buttons) == ["Gereed", "Later", "Overdragen"]
