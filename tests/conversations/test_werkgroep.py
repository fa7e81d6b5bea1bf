from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import Said, TestBot

COMPLETE = (
    '!werkgroep instellen Bodemenergie aanleiding:sig1 opdracht:"Warmte naast drinkwater" '
    'niet:"geen normstelling" waarde:"één landelijk beeld" einde:"30 juni 2028"'
)


@pytest.fixture
def autumn(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Tuesday 5 October 2027, with one signal."""
    bot = make_bot("2027-10-05 09:00")
    bot.say("uvw.ao.1", "!signaal Warmtepompen raken drinkwater")
    return bot


def answers(bot: TestBot, who: str, first: str, *replies: str) -> Said:
    """Type a command, answer each question in turn, and return the last thing said in the room."""
    said = bot.say(who, first)
    for text in replies:
        said = bot.say(who, text, reply_to=said[0].id)
    return said[0]


def texts(said: list[Said], room: str) -> list[str]:
    return [one.text for one in said if one.room == room]


def test_a_short_dialogue_founds_a_group_one_question_at_a_time(autumn: TestBot) -> None:
    [first] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie over 1")
    assert first.text == "Welke opdracht?"
    [second] = autumn.say("vng.ao.1", "Warmte naast drinkwater", reply_to=first.id)
    assert second.text == "Tot wanneer?"
    [third] = autumn.say("vng.ao.1", "eind juni", reply_to=second.id)
    assert third.text == ("Concept, tot vr 30 jun 2028. Voor de bekrachtiging nog: wat níet, en welke meerwaarde?")
    [fourth] = autumn.say("vng.ao.1", "geen normstelling", reply_to=third.id)
    assert fourth.text == "En welke meerwaarde heeft de groep?"
    said = autumn.say("vng.ao.1", "één landelijk beeld", reply_to=fourth.id)
    [answer] = texts(said, "AO")
    assert answer.startswith("VST-2027-001: werkgroep Bodemenergie (WG-BODEMENERGIE) tot vr 30 jun 2028")
    assert "wacht op de voorzitter van het AO." in answer
    assert "Evaluatie op wo 16 feb 2028 en do 4 mei 2028." in answer
    assert "Nog geen voorzitter: wie wil?" in answer
    [asked] = texts(said, "dm:rijk.ao.0")
    assert "Niet: geen normstelling. Meerwaarde: één landelijk beeld. Aanleiding: SIG-2027-001." in asked


def test_what_not_and_the_value_may_come_in_one_answer(autumn: TestBot) -> None:
    typed = ("Warmte naast drinkwater", "eind juni", "geen normstelling; één landelijk beeld")
    answer = answers(autumn, "vng.ao.1", "!werkgroep Bodemenergie over 1", *typed)
    assert answer.text.startswith("VST-2027-001")
    [shown] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie")
    assert "Niet: geen normstelling." in shown.text
    assert "Meerwaarde: één landelijk beeld." in shown.text


@pytest.mark.parametrize("word", ["doorlopend", "n.t.b."])
def test_a_group_without_an_end_is_offered_half_a_year(autumn: TestBot, word: str) -> None:
    """INV-12, R-078."""
    asked = answers(autumn, "vng.ao.1", "!werkgroep Bodemenergie over 1", "Warmte naast drinkwater", word)
    assert asked.text == "Een werkgroep heeft een einddatum. Een half jaar?"
    [concept] = autumn.say("vng.ao.1", "ja", reply_to=asked.id)
    assert concept.text.startswith("Concept, tot wo 5 apr 2028.")


def test_a_group_needs_a_signal_as_its_occasion(autumn: TestBot) -> None:
    [asked] = autumn.say("vng.ao.1", "!werkgroep instellen bodemenergie voorzitter ipo.ao.2")
    assert asked.text == "Welk signaal is de aanleiding? Een nummer is genoeg."
    [next_one] = autumn.say("vng.ao.1", "1", reply_to=asked.id)
    assert next_one.text == "Welke opdracht?"


def test_longer_than_the_maximum_is_refused_with_the_last_day_that_does_work(autumn: TestBot) -> None:
    """INV-12, R-080."""
    [refused] = autumn.say("vng.ao.1", COMPLETE.replace("30 juni 2028", "31 december 2031"))
    assert refused.text == (
        "Dat is langer dan 36 maanden. Een werkgroep duurt een paar maanden tot een paar jaar. "
        "Tot zaterdag 5 oktober 2030?"
    )
    said = autumn.say("vng.ao.1", "ja", reply_to=refused.id)
    assert "tot za 5 okt 2030" in said[0].text
    assert "Dat is langer dan 24 maanden; kan het korter?" in said[0].text


def test_the_party_that_chairs_the_filter_needs_a_reason_to_chair_a_group(autumn: TestBot) -> None:
    """INV-19, R-074."""
    [asked] = autumn.say("vng.ao.1", f"{COMPLETE} voorzitter:@rijk.wg.1")
    assert asked.text == "De voorzitter is niet bij voorbaat het Rijk. Waarom hier wel? Eén regel is genoeg."
    said = autumn.say("vng.ao.1", "kent als enige beide wetten", reply_to=asked.id)
    assert said[0].text.startswith("VST-2027-001")
    assert "Nog geen voorzitter" not in said[0].text


def test_another_party_chairs_without_a_reason_and_no_chair_is_ever_filled_in(autumn: TestBot) -> None:
    """INV-19, R-074."""
    said = autumn.say("vng.ao.1", f"{COMPLETE} voorzitter:@ipo.wg.1")
    assert said[0].text.startswith("VST-2027-001")
    [shown] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie")
    assert "Voorzitter: ipo.wg.1 (IPO). Leden: nog niet bekend." in shown.text


def test_what_runs_on_the_topic_is_offered_first_and_combining_is_the_first_choice(autumn: TestBot) -> None:
    """R-073, R-210."""
    [asked] = autumn.say("vng.ao.1", "!werkgroep Bodemmonitoring in de stad over 1")
    assert asked.text == (
        "Op dit thema is er al: Werkgroep EU-bodemmonitoring (WG-BODEMMON, tot vr 30 jun 2028). "
        "Kies: 1 combineren met WG-BODEMMON, 2 toch een nieuwe werkgroep."
    )
    [combined] = autumn.say("vng.ao.1", "1", reply_to=asked.id)
    assert combined.text == (
        "Dan komt er geen nieuwe groep: Werkgroep EU-bodemmonitoring (WG-BODEMMON) gaat hierover. "
        "SIG-2027-001 daar onderbrengen?"
    )
    [ask] = autumn.say("vng.ao.1", "ja", reply_to=combined.id)
    assert ask.text == ("Beleggen doet de voorzitter van het AO. De voorzitter vragen?")
    [none] = autumn.say("vng.ao.1", "!werkgroep Bodemmonitoring in de stad")
    assert none.text.startswith("Welk signaal is de aanleiding?")


def test_a_new_group_can_still_be_wanted(autumn: TestBot) -> None:
    [asked] = autumn.say("vng.ao.1", "!werkgroep Bodemmonitoring in de stad over 1")
    [task] = autumn.say("vng.ao.1", "2", reply_to=asked.id)
    assert task.text == "Welke opdracht?"


def test_what_has_lapsed_on_the_topic_is_named_too(autumn: TestBot) -> None:
    asked = answers(autumn, "vng.ao.1", "!werkgroep PFAS in grond over 1", "Waar kan grond heen", "eind juni")
    assert "Op dit thema is er al: WG-PFAS (verlopen)." in asked.text
    answer = answers(autumn, "vng.ao.1", "laat maar")
    assert answer.text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    said = autumn.say("vng.ao.1", COMPLETE.replace("Bodemenergie", "PFAS in grond") + " thema:PFAS-normen")
    assert "Op dit thema is er al: WG-PFAS (verlopen)." in said[0].text


def test_a_topic_that_cannot_be_told_from_the_name_is_asked(autumn: TestBot) -> None:
    [asked] = autumn.say("vng.ao.1", COMPLETE.replace("Bodemenergie", "Warmte"))
    assert asked.text.startswith("Bij welk thema hoort de groep? Kies: ")
    assert "bodemenergie, " in asked.text
    assert "samenwerking" in asked.text
    said = autumn.say("vng.ao.1", "bodemenergie", reply_to=asked.id)
    assert said[0].text.startswith("VST-2027-001: werkgroep Warmte")


def test_a_topic_that_nobody_knows_is_asked_again_with_the_nearest_first(autumn: TestBot) -> None:
    [asked] = autumn.say("vng.ao.1", COMPLETE.replace("Bodemenergie", "Warmte"))
    [again] = autumn.say("vng.ao.1", "bodemenergy", reply_to=asked.id)
    assert again.text.startswith(
        "'bodemenergy' ken ik niet als thema. Bij welk thema hoort de groep? Kies: bodemenergie, "
    )
    said = autumn.say("vng.ao.1", "Bodemenergie", reply_to=again.id)
    assert said[0].text.startswith("VST-2027-001: werkgroep Warmte")


def test_a_topic_that_is_typed_with_the_command_is_never_guessed_either(autumn: TestBot) -> None:
    [asked] = autumn.say("vng.ao.1", COMPLETE.replace("Bodemenergie", "Warmte") + " thema:energie uit de bodem")
    assert asked.text.startswith("'energie uit de bodem' ken ik niet als thema.")


def test_a_name_that_is_taken_is_asked_again(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", COMPLETE)
    [asked] = autumn.say("ipo.ao.1", COMPLETE)
    assert asked.text.startswith("Er is al een Werkgroep Bodemenergie (WG-BODEMENERGIE, voorgesteld).")
    said = autumn.say("ipo.ao.1", "Bodemenergie Noord", reply_to=asked.id)
    assert "(WG-BODEMENERGIE-NOORD)" in said[0].text


def test_the_chair_confirms_with_a_mark_and_the_group_exists(autumn: TestBot) -> None:
    said = autumn.say("vng.ao.1", COMPLETE)
    [asked] = [one for one in said if one.room == "dm:rijk.ao.0"]
    confirmed = autumn.react("rijk.ao.0", "✅", asked.id, room="dm")
    assert any("Werkgroep Bodemenergie (WG-BODEMENERGIE) is ingesteld" in one.text for one in confirmed)
    [shown] = autumn.say("vng.ao.1", "!werkgroep WG-BODEMENERGIE")
    assert shown.text.startswith("WG-BODEMENERGIE, Werkgroep Bodemenergie: ingesteld.")
    assert "nog 269 dagen" in shown.text


def test_the_proposer_does_not_confirm_the_own_group(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", COMPLETE)
    autumn.say("vng.ao.1", "!bekrachtig 1")
    [shown] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie")
    assert "voorgesteld" in shown.text


def test_a_rejected_group_does_not_exist_and_its_name_is_free_again(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", COMPLETE)
    said = autumn.say("rijk.ao.0", "!wijsaf 1 past bij WG-PFAS")
    assert any("komt er niet" in one.text for one in said)
    again = autumn.say("vng.ao.1", COMPLETE)
    assert again[0].text.startswith("VST-2027-002: werkgroep Bodemenergie (WG-BODEMENERGIE-2)")


def test_a_name_means_the_group_that_lives(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", COMPLETE)
    autumn.say("rijk.ao.0", "!wijsaf 1 nog te vroeg")
    autumn.say("vng.ao.1", COMPLETE)
    autumn.say("rijk.ao.0", "!bekrachtig 2")
    [shown] = autumn.say("vng.ao.1", "!wg bodemenergie")
    assert shown.text.startswith("WG-BODEMENERGIE-2, Werkgroep Bodemenergie: ingesteld.")


def test_a_fixed_body_is_no_working_group(autumn: TestBot) -> None:
    [refused] = autumn.say("vng.ao.1", "!werkgroep instellen AO over 1")
    assert refused.text == "AO is geen werkgroep. Wie erin zit, staat bij !wie AO."


def test_founding_can_be_undone_with_its_roles(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", f"{COMPLETE} voorzitter:@ipo.wg.1")
    autumn.say("rijk.ao.0", "!bekrachtig 1")
    autumn.say("rijk.ao.0", "!ongedaan")
    [shown] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie")
    assert shown.text.startswith("WG-BODEMENERGIE, Werkgroep Bodemenergie: voorgesteld; VST-2027-001 wacht op een")
    assert shown.text.endswith("Evaluatie: nog niet gepland.")
    [who] = autumn.say("vng.ao.1", "!wie bodemenergie")
    assert who.text.startswith("WG-BODEMENERGIE: nog niemand met een leidende rol.")


def test_a_group_becomes_active_with_a_chair_and_a_second_party(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", f"{COMPLETE} voorzitter:@ipo.wg.1")
    said = autumn.say("rijk.ao.0", "!bekrachtig 1")
    assert any("Actief zodra er leden van twee partijen zijn." in one.text for one in said)
    autumn.say("rijk.secr.1", "!rol @uvw.wg.1 lid WG-BODEMENERGIE")
    [shown] = autumn.say("vng.ao.1", "!werkgroep Bodemenergie")
    assert shown.text.startswith("WG-BODEMENERGIE, Werkgroep Bodemenergie: actief.")
    assert "Leden: uvw.wg.1 (UvW)." in shown.text


def test_a_proposal_can_be_undone(autumn: TestBot) -> None:
    autumn.say("vng.ao.1", COMPLETE)
    autumn.say("vng.ao.1", "!ongedaan")
    [refused] = autumn.say("rijk.ao.0", "!bekrachtig 1")
    assert "ingesteld tot" not in refused.text


def test_people_from_outside_see_their_own_group_only(autumn: TestBot) -> None:
    [own] = autumn.say("drinkwater.wg.1", "!werkgroep PFAS", room="WG-PFAS")
    assert own.text.startswith("WG-PFAS, Werkgroep PFAS in baggerspecie:")
    [other] = autumn.say("drinkwater.wg.1", "!werkgroep WG-LOOD", room="WG-PFAS")
    assert other.text == "WG-LOOD bestaat niet. Kijk bij !werkgroepen."
    [new] = autumn.say("drinkwater.wg.1", "!werkgroep Bodemenergie over 1", room="WG-PFAS")
    assert "bestaat niet" in new.text or "lid of de secretaris" in new.text


def test_nothing_of_the_filter_is_founded_where_outsiders_read_along(autumn: TestBot) -> None:
    [refused] = autumn.say("rijk.secr.1", "!werkgroep Bodemenergie over 1", room="WG-PFAS")
    assert refused.text == "Typ dit in het kanaal van het AO of in een privébericht."
    [elsewhere] = autumn.say("rijk.secr.1", "!werkgroep WG-LOOD", room="WG-PFAS")
    assert elsewhere.room == "dm:rijk.secr.1"


def test_a_director_does_not_found_a_group(autumn: TestBot) -> None:
    [refused] = autumn.say("vng.do.1", COMPLETE, room="dm")
    assert refused.text.startswith("Dit mag alleen")
    assert "!signaal" in refused.text


def test_groups_are_listed_by_end_date_with_what_is_past_and_near(autumn: TestBot) -> None:
    [lapsed] = autumn.say("vng.ao.1", "!werkgroepen verlopen")
    assert "WG-LOOD, verlopen, einddatum wo 31 mrt 2027, laatste evaluatie geen, geen open acties" in lapsed.text
    assert "WG-BODEMMON" not in lapsed.text
    [near] = autumn.say("vng.ao.1", "!werkgroepen bijna")
    assert near.text == "Geen werkgroepen die bijna aflopen."
    [every] = autumn.say("vng.ao.1", "!werkgroepen")
    assert every.text.index("WG-LOOD") < every.text.index("WG-STAAL") < every.text.index("PRG-SPOED")


def test_a_member_of_a_group_lists_the_own_groups_only(autumn: TestBot) -> None:
    [listed] = autumn.say("uvw.wg.1", "!werkgroepen", room="dm")
    assert listed.text.startswith("1 in totaal:")
    assert "WG-PFAS" in listed.text
