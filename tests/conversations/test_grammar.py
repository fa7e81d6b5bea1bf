"""How people type: case, spaces, quotes, ids, several commands, and chat that is no command (domain.md §3.1)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot

CHAIR, RAISER, MEMBER = "rijk.ao.0", "uvw.ao.1", "ipo.ao.1"


@pytest.mark.parametrize(
    "typed",
    [
        "!signaal Baggerdepots zitten vol",
        "!Signaal Baggerdepots zitten vol",
        "!SIGNAAL Baggerdepots zitten vol",
        "! signaal Baggerdepots zitten vol",
        "  !signaal   Baggerdepots zitten vol  ",
        "!signaal\u00a0Baggerdepots zitten vol",
        "!sig Baggerdepots zitten vol",
        "!knelpunt Baggerdepots zitten vol",
        '!signaal "Baggerdepots zitten vol"',
        "!signaal “Baggerdepots zitten vol”",
        "!signaal „Baggerdepots zitten vol”",
        "!signaal ‘Baggerdepots zitten vol’",
    ],
)
def test_any_spelling_of_the_command(bot: TestBot, register: Any, typed: str) -> None:
    [answer] = bot.say(RAISER, typed)
    assert answer.text.startswith("SIG-2027-001, namens UvW.")
    assert register.signal().title == "Baggerdepots zitten vol"


def test_all_fields_of_the_example(bot: TestBot, register: Any) -> None:
    typed = (
        "!signaal Gemeenten lopen vast op PFAS-normen bij grondverzet thema:PFAS regio:Zuidwest soort:trend "
        "herkomst:regio belang:gemeenten gevoelig:ja"
    )
    bot.say(RAISER, typed)
    signal = register.signal()
    assert signal.title == "Gemeenten lopen vast op PFAS-normen bij grondverzet"
    assert (signal.topic, signal.region, signal.kind, signal.origin, signal.interest, signal.sensitive) == (
        "PFAS",
        "Zuidwest",
        "trend",
        "regio",
        "gemeenten",
        True,
    )


def test_only_known_fields_count_and_a_place_with_a_colon_is_text(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, "!signaal Zuid-Limburg: depots vol")
    assert answer.text.count("\n") == 0
    assert register.signal().title == "Zuid-Limburg: depots vol"


def test_an_unknown_field_is_remarked_and_kept_in_the_text(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, "!signaal Depots zitten vol prio:hoog")
    assert "'prio:' ken ik niet; het staat nu in de tekst. Velden bij !signaal: thema, soort" in answer.text
    assert register.signal().title == "Depots zitten vol prio:hoog"


def test_a_typo_gets_the_nearest_command_and_stores_nothing(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, "!signal Depots zitten vol")
    assert answer.text == "Ik ken !signal niet. Bedoel je !signaal? Typ !help voor alle opdrachten."
    assert register.count() == 0


def test_several_commands_in_one_message_get_one_answer_in_order(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, "!signaal Depots zitten vol\n!signaal Sloten lopen over\n!signalen")
    first, second, *rest = [line for line in answer.text.splitlines() if line]
    assert first.startswith("SIG-2027-001")
    assert second.startswith("SIG-2027-002")
    assert rest[0] == "2 signalen (AO)"


def test_one_of_several_that_fails_leaves_the_others_done(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, "!toon 99\n!signaal Sloten lopen over")
    assert "SIG-2027-099 bestaat niet" in answer.text
    assert "SIG-2027-001, namens UvW." in answer.text


def test_further_lines_belong_to_the_command_before_them(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol\nHet gaat om drie plekken\nin het zuiden")
    assert register.signal().title == "Depots zitten vol"
    assert "Het gaat om drie plekken" in register.signal().explanation


def test_a_long_signal_gets_a_title_and_an_explanation(bot: TestBot, register: Any) -> None:
    [answer] = bot.say(RAISER, f"!signaal De depots in het zuiden zitten vol. {'En dat blijft zo. ' * 10}")
    assert answer.text.endswith("Titel: De depots in het zuiden zitten vol.")
    assert "En dat blijft zo." in register.signal().explanation


@pytest.mark.parametrize(
    "text",
    [
        "Zie ook !signaal voor hoe het werkt",
        "> !signaal Depots zitten vol",
        "```\n!signaal Depots zitten vol\n```",
        "Morgen weer, Jan!",
        "!!!",
        "!",
        "! ",
        "",
    ],
)
def test_chat_quotations_and_code_are_left_alone(bot: TestBot, register: Any, text: str) -> None:
    assert bot.say(RAISER, text) == []
    assert register.count() == 0


def test_a_command_below_a_quotation_counts(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "> wat jij zei\n!signaal Depots zitten vol")
    assert register.signal().title == "Depots zitten vol"


def test_too_short_is_asked(bot: TestBot, register: Any) -> None:
    [question] = bot.say(RAISER, "!signaal vol")
    assert question.text == "Waarover? Eén zin is genoeg."
    assert register.count() == 0


def test_acceptance_21_ambiguous_and_impossible_dates_store_nothing(filed: TestBot, register: Any) -> None:
    """INV-40."""
    [question] = filed.say(CHAIR, "!beleg 1 bij lood uiterlijk volgende vrijdag")
    assert "vrijdag 15" in question.text
    assert "22 januari" in question.text
    assert register.signal().lies_with == "AO"
    [impossible] = filed.say(CHAIR, "!beleg 1 bij lood uiterlijk 31 november")
    assert impossible.text.startswith("31 november bestaat niet.")
    [past] = filed.say(CHAIR, "!beleg 1 bij lood uiterlijk 4 januari 2027")
    assert "voorbij" in past.text
    assert register.signal().lies_with == "AO"


def test_acceptance_22_redelivered_or_edited_is_one_record(bot: TestBot, register: Any) -> None:
    bot.say(RAISER, "!signaal Depots zitten vol", id="m1")
    assert bot.say(RAISER, "!signaal Depots zitten vol", id="m1") == []
    [edited] = bot.say(RAISER, "!signaal Depots zitten over-vol", reply_to="m1", kind="edit")
    assert "er is niets veranderd" in edited.text
    assert bot.say(RAISER, "!signaal Depots zitten weer vol", reply_to="m1", kind="edit") == []
    assert (register.count(), register.signal().title) == (1, "Depots zitten vol")


def test_acceptance_13_uwv_is_asked_and_nothing_stored_until_answered(bot: TestBot, register: Any) -> None:
    [question] = bot.say(RAISER, "!signaal Sloten lopen over namens:uwv")
    assert question.text == "Bedoel je UvW (Unie van Waterschappen)?"
    assert register.count() == 0
    bot.say(RAISER, "ja", reply_to=question.id)
    assert register.signal().on_behalf_of == "UvW"


def test_acceptance_4_the_chair_passes_content_on_to_the_second_representative(bot: TestBot, register: Any) -> None:
    [refused] = bot.say(CHAIR, "!signaal Normen moeten strenger")
    assert "Als voorzitter van het AO breng je geen inhoudelijk punt in" in refused.text
    assert "@rijk.ao.1 (Rijk) kan dit doen. Doorsturen?" in refused.text
    assert register.count() == 0
    answer, request = bot.say(CHAIR, "ja", reply_to=refused.id)
    assert answer.text == "Doorgestuurd aan @rijk.ao.1; er is nog niets ingediend."
    [filed] = bot.say("rijk.ao.1", "ja", room="dm", reply_to=request.id)
    assert filed.text.startswith("SIG-2027-001, namens Rijk.")
    assert register.signal().raised_by == ("rijk.ao.1",)
    [process] = bot.say(CHAIR, "!signaal Verslagen komen laat soort:proces")
    assert process.text.startswith("SIG-2027-002")


def test_people_may_be_named_with_a_comma_behind_the_name(bot: TestBot) -> None:
    [answer, *_] = bot.say(CHAIR, "!actie @vng.ao.2, stukken sturen uiterlijk 22 januari")
    assert "stukken sturen, uiterlijk vr 22 jan 2027" in answer.text


@pytest.mark.parametrize("typed", ["!toon SIG-2027-001", "!toon sig1", "!toon sig 1", "!toon 1", "!dossier 1."])
def test_ids_in_any_spelling(filed: TestBot, typed: str) -> None:
    [answer] = filed.say(RAISER, typed)
    assert answer.text.startswith("SIG-2027-001 Baggerdepots zitten vol")


def test_what_people_read_is_dutch_and_courteous(at_do: TestBot) -> None:
    english = {"the", "signal", "proposal", "owner", "error", "unknown", "pending", "none", "null"}
    for said in at_do.log:
        words = {word.strip(".,:;()!?").casefold() for word in said.text.split()}
        assert not words & english, said.text
        assert "!" not in said.text.replace("!akkoord", "").replace("!ongedaan", "").replace("!afhandel", "")
