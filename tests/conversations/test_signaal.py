from __future__ import annotations

from typing import Any

from bot.testing import TestBot


def test_one_sentence_is_enough_and_the_answer_says_where_it_lies_and_when_it_is_weighed(bot: TestBot) -> None:
    [answer] = bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    assert answer.text == "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
    assert answer.room == "AO"


def test_without_a_sentence_it_asks_and_the_answer_needs_no_exclamation_mark(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!signaal")
    assert question.text == "Waarover? Eén zin is genoeg."
    [answer] = bot.say("uvw.ao.1", "Depots zitten vol", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-001")


def test_uwv_is_asked_and_never_mapped_silently(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!signaal Sloten zitten vol namens uwv")
    assert question.text == "Bedoel je UvW (Unie van Waterschappen)?"
    [answer] = bot.say("uvw.ao.1", "ja", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-001, namens UvW.")


def test_a_stranger_gets_a_courteous_refusal_and_nothing_is_stored(bot: TestBot) -> None:
    [answer] = bot.say("onbekend", "!signaal Iets belangrijks")
    assert answer.text == "Ik ken je nog niet in dit overleg. Vraag het secretariaat je aan te melden."
    [next_one] = bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    assert next_one.text.startswith("SIG-2027-001")


def test_the_chair_of_the_filter_raises_no_content_but_may_raise_a_process_point(bot: TestBot) -> None:
    [refused] = bot.say("rijk.ao.0", "!signaal Normen moeten strenger")
    assert "breng je geen inhoudelijk punt in" in refused.text
    [filed] = bot.say("rijk.ao.0", "!signaal Verslagen komen te laat soort:proces")
    assert filed.text.startswith("SIG-2027-001")


def test_the_same_event_twice_is_one_signal(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol", id="m1")
    assert bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol", id="m1") == []


def test_an_external_is_heard_only_in_the_own_group(bot: TestBot) -> None:
    [refused] = bot.say("drinkwater.wg.1", "!signaal PFOS in ons winveld, opnieuw", room="AO")
    assert "Je bent geen lid van het AO" in refused.text
    [filed] = bot.say("drinkwater.wg.1", "!signaal PFOS in ons winveld, opnieuw", room="WG-PFAS")
    assert filed.text.startswith("SIG-2027-001")


def test_the_first_word_of_a_sentence_is_never_taken_for_the_kind(bot: TestBot) -> None:
    for number, title in enumerate(("Knelpunt nummer drie", "Proces rond verslagen hapert", "Trend in grondwater"), 1):
        bot.say("uvw.ao.1", f"!signaal {title}")
        [shown] = bot.say("uvw.ao.1", f"!toon {number}")
        assert shown.text.startswith(f"SIG-2027-00{number} {title}")
        assert "soort" not in shown.text


def test_a_topic_of_two_words_is_taken_whole_and_the_sentence_goes_on(bot: TestBot, register: Any) -> None:
    bot.say("vng.ao.2", "!signaal thema:diffuus lood Tuinen vragen een handelingskader")
    assert (register.signal().topic, register.signal().title) == ("diffuus lood", "Tuinen vragen een handelingskader")
    bot.say("vng.ao.2", "!signaal Bodem thema:PFAS in bagger soort:trend")
    assert (register.signal(2).topic, register.signal(2).title) == ("PFAS in bagger", "Bodem")
    bot.say("vng.ao.2", "!signaal thema:kabels liggen overal in de weg")
    assert (register.signal(3).topic, register.signal(3).title) == ("kabels", "liggen overal in de weg")


def test_a_title_loses_the_full_stop_of_its_sentence_so_that_what_is_said_of_it_can_follow(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Het duurt te lang.")
    bot.say("uvw.ao.1", "!signaal Wie let op depots, loketten enz.")
    bot.say("uvw.ao.1", "!signaal Zitten de depots vol?")
    [shown] = bot.say("rijk.secr.1", "!signalen bij:AO")
    assert "SIG-2027-001 Het duurt te lang: ingediend, namens UvW" in shown.text
    assert "SIG-2027-002 Wie let op depots, loketten enz.: ingediend, namens UvW" in shown.text
    assert "SIG-2027-003 Zitten de depots vol?: ingediend, namens UvW" in shown.text
    bot.say("rijk.secr.1", "!wijzig 1 titel:Het duurt veel te lang.")
    [dossier] = bot.say("rijk.secr.1", "!toon 1")
    assert dossier.text.startswith("SIG-2027-001 Het duurt veel te lang\n")


def test_a_vangnet_is_acute_and_the_chair_of_the_filter_hears_it_at_once(bot: TestBot) -> None:
    """R-118: straight to the chair, and through the same filter."""
    said = bot.say("uvw.ao.1", "!signaal Drinkwater raakt vervuild vangnet:ja soort:trend")
    assert said[0].text.startswith("SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027.")
    [told] = [one for one in said if one.room == "dm:rijk.ao.0"]
    assert told.text == (
        "SIG-2027-001 (Drinkwater raakt vervuild) is acuut, een vangnet, namens UvW. Het ligt bij het AO, weging do "
        "14 jan 2027.\nWegen: !weeg 1."
    )
    [shown] = bot.say("rijk.secr.1", "!toon 1")
    assert "soort: acuut; " in shown.text
    assert "vangnet: ja" in shown.text
    assert shown.text.splitlines()[2] == "Ingediend, ligt bij AO, eigenaar AO."


def test_without_the_label_it_is_as_it_was_typed(bot: TestBot) -> None:
    said = bot.say("uvw.ao.1", "!signaal Drinkwater raakt vervuild vangnet:nee soort:trend")
    assert not [one for one in said if one.room == "dm:rijk.ao.0"]
    [shown] = bot.say("rijk.secr.1", "!toon 1")
    assert "soort: trend" in shown.text
    assert "vangnet" not in shown.text
