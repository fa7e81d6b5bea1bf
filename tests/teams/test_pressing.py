"""All that a button of a card must do, for each of the five: by Action.Execute, with the rights of whoever presses it,
its outcome in the place of the card; pressed twice, by someone else, and long after."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from dataclasses import replace

import pytest

from bot.answers import PRESSED
from bot.testing_teams import Sent, entra
from tests.conftest import at
from tests.teams.office import Office, words
from tests.teams.test_cards import CHAIR, HOLDER, OTHER, SECRETARY, TASK, shown


async def action(office: Office) -> Sent:
    card = await office.ask(SECRETARY, TASK, "AO")
    await office.all_sent()
    return card


async def proposal(office: Office) -> Sent:
    await office.ask(OTHER, "signaal Sloten groeien dicht", "AO")
    await office.say(CHAIR, "!weeg 1 escaleren actualiteit", "AO")
    await office.say(SECRETARY, "!escaleer 1 want het raakt alle partijen vraag:Een kader", "AO")
    await office.all_sent()
    return await office.connector.message("VST-2027-001")


Make = Callable[[Office], Awaitable[Sent]]
#: title, what makes the card, who may press it, who may not, and what the latter reads.
PRESSES: tuple[tuple[str, Make, str, str, str], ...] = (
    ("Gereed", action, HOLDER, OTHER, "ACT-2027-001 is van vng.ao.1."),
    ("Later", action, HOLDER, OTHER, "ACT-2027-001 is van vng.ao.1; alleen"),
    ("Bekrachtigen", proposal, CHAIR, OTHER, "Dit mag alleen de voorzitter van het AO, of de vervanger."),
    ("Afwijzen", proposal, CHAIR, OTHER, "Dit mag alleen de voorzitter van het AO, of de vervanger."),
)


async def through(office: Office, card: Sent, title: str, by: str) -> None:
    """Press it, and fill in what is asked for: what is replaced in the end is the card that asked."""
    before = len(office.connector.messages)
    await office.press(card, title, by)
    asked = [one for one in office.connector.messages[before:] if "Antwoorden" in one.buttons]
    for question in asked:
        kinds = {one["type"]: one["id"] for one in question.card["body"] if one["type"].startswith("Input.")}
        filled = {"datum": "2027-01-27"} if "Input.Date" in kinds else {"tekst": "het AO kan dit zelf"}
        await office.press(question, "Antwoorden", by, **filled)


OUTCOMES = {
    "Gereed": "ACT-2027-001 klaar.",
    "Later": "ACT-2027-001 wordt wo 27 jan 2027, eerste uitstel.",
    "Bekrachtigen": "SIG-2027-001 ligt bij het DO",
    "Afwijzen": "VST-2027-001 afgewezen: het AO kan dit zelf.",
}
AGAIN = {
    "Gereed": "ACT-2027-001 was al klaar, sinds ma 11 jan 2027. Er is niets veranderd.",
    "Later": "ACT-2027-001 staat al op wo 27 jan 2027",
    "Bekrachtigen": "VST-2027-001 is al bekrachtigd.",
    "Afwijzen": "VST-2027-001 is al afgewezen.",
}


@pytest.mark.parametrize(("title", "make", "may", "may_not", "refusal"), PRESSES)
async def test_a_press_works_for_who_may_and_only_for_them(
    office: Office, title: str, make: Make, may: str, may_not: str, refusal: str
) -> None:
    connector = office.connector
    async with office.running():
        card = await make(office)
        before = len(connector.messages)
        await through(office, card, title, may_not)
        told = [words(one) for one in connector.messages[before:]]
        assert any(refusal in text for text in told), told
        assert connector.replaced == []
        await through(office, card, title, may)
        [last] = connector.replaced
        assert any(OUTCOMES[title] in text.replace("*", "") for text in shown(last)), shown(last)


@pytest.mark.parametrize(("title", "make", "may"), [press[:3] for press in PRESSES])
async def test_pressed_twice_and_on_an_old_card_it_is_done_once(
    office: Office, title: str, make: Make, may: str
) -> None:
    connector = office.connector
    async with office.running():
        card = await make(office)
        await through(office, card, title, may)
        replaced = len(connector.replaced)
        before = len(connector.messages)
        await through(office, card, title, may)
        told = [words(one) for one in connector.messages[before:]]
        assert any(AGAIN[title] in text for text in told), told
        assert len(connector.replaced) == replaced
    office.now = at("2027-03-15 10:00")
    office.restart()
    async with office.running():
        await office.all_sent()
        before = len(connector.messages)
        await office.press(card, title, OTHER)
        told = [words(one) for one in connector.messages[before:] if one.conversation == card.conversation]
        assert len(told) == 1


async def test_the_button_evalueren_asks_the_questions_in_private_and_not_of_someone_else(office: Office) -> None:
    connector = office.connector
    office.now = at("2027-01-11 09:00")
    async with office.running():
        await office.say(SECRETARY, "!evaluatie start WG-STAAL tot 25 januari")
        await office.all_sent()
    office.now = at("2027-01-18 10:00")
    office.restart()
    async with office.running():
        await office.all_sent()
        cards = {one.conversation: one for one in connector.messages if "Evalueren" in one.buttons}
        mine = cards[f"a:{entra('rijk.wg.1')}"]
        before = len(connector.messages)
        for _ in range(2):
            await office.press(mine, "Evalueren", "rijk.wg.1")
        [first, second] = connector.messages[before:]
        assert first.conversation == second.conversation == mine.conversation
        assert words(first) == "Proces: hoe lopen de afspraken, de planning en de stukken?"
        assert words(second) == words(first)
        typed = words(mine).splitlines()[-1].split("`")[1]
        assert words(await office.ask("ipo.wg.1", typed)) == words(first)
        stolen = connector.pressed(mine, "Evalueren", "vng.ao.2")
        stolen["conversation"]["id"] = f"a:{entra('vng.ao.2')}"
        before = len(connector.messages)
        await office.bring(stolen)
        await office.all_sent()
        assert [words(one) for one in connector.messages[before:]] == [PRESSED]


async def test_a_button_means_its_own_card_whatever_else_is_asked_in_that_thread(office: Office) -> None:
    connector = office.connector
    async with office.running():
        card = await action(office)
        await office.press(card, "Later", HOLDER)
        await office.press(card, "Gereed", HOLDER)
        [changed] = connector.replaced
    assert (changed.id, shown(changed)[-1]) == (card.id, "ACT-2027-001 klaar.")


async def test_the_buttons_of_an_outcome_work_in_the_place_of_the_question(office: Office) -> None:
    connector = office.connector
    async with office.running():
        question = await office.ask(SECRETARY, "!actie @vng.ao.1 stukken sturen", "AO")
        await office.press(question, "Antwoorden", SECRETARY, datum="2027-01-20")
        [filed] = connector.replaced
        assert filed.id == question.id
        assert list(filed.buttons) == ["Gereed", "Later", "Overdragen"]
        await office.press(replace(filed, what="post"), "Gereed", HOLDER)
        done = connector.replaced[-1]
    assert done.id == question.id
    assert shown(done)[-1] == "ACT-2027-001 klaar."
    assert done.buttons == {}


async def test_a_choice_and_a_date_at_once_are_not_guessed_between(office: Office) -> None:
    connector = office.connector
    async with office.running():
        question = await office.ask(SECRETARY, "actie @vng.ao.1 kaart sturen volgende vrijdag", "AO")
        fields = [one["id"] for one in question.card["body"] if one["type"].startswith("Input.")]
        assert fields == ["keuze", "datum"]
        before = len(connector.messages)
        both = {"keuze": "vr 22 jan 2027", "datum": "2027-01-29"}
        assert await office.press(question, "Antwoorden", SECRETARY, **both) == (
            "Kies een antwoord of vul er zelf een in, niet allebei. Er is niets veranderd."
        )
        assert (len(connector.messages), connector.replaced) == (before, [])
        assert await office.press(question, "Antwoorden", SECRETARY, datum="2027-01-29") == "Ontvangen."
        [filed] = connector.replaced
    assert "uiterlijk vr 29 jan 2027" in "".join(shown(filed))
