from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from commands.rules.ways import RESERVED


def test_who_is_who_is_told_by_function(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!wie AO")
    assert answer.text.startswith("AO: voorzitter rijk.ao.0 (Rijk), secretaris rijk.secr.1 (Rijk).")
    assert "Rijk: rijk.ao.1 (inhoudelijk), rijk.ao.2 (inhoudelijk)." in answer.text
    assert "VNG: vng.ao.1, vng.ao.2." in answer.text


def test_without_a_name_it_is_about_this_room(bot: TestBot) -> None:
    [answer] = bot.say("vng.bo.1", "!rollen", room="BO")
    assert answer.text.startswith("BO: voorzitter rijk.bo.1 (Rijk)")


def test_a_vacant_function_is_named_with_its_last_vacant_day(make_bot: Callable[[str], TestBot]) -> None:
    june = make_bot("2027-06-04 09:00")
    [answer] = june.say("rijk.secr.2", "!wie ipo.bo.1", room="BO")
    assert answer.text.startswith("De functie ipo.bo.1 is tot en met 8 juni niet bezet.")
    [whole] = june.say("rijk.secr.2", "!wie BO", room="BO")
    assert "De functie ipo.bo.1 is tot en met 8 juni niet bezet." in whole.text
    assert "Zonder lid: IPO." in whole.text


def test_a_function_that_is_filled_is_not_called_vacant(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.2", "!wie ipo.bo.1", room="BO")
    assert answer.text == "ipo.bo.1, IPO: lid van het BO."


def test_people_from_outside_learn_nothing_of_the_fixed_bodies(bot: TestBot) -> None:
    [refused] = bot.say("drinkwater.wg.1", "!wie AO", room="WG-PFAS")
    assert "rijk.ao" not in refused.text
    [own] = bot.say("drinkwater.wg.1", "!wie", room="WG-PFAS")
    assert own.text.startswith("WG-PFAS: voorzitter uvw.wg.1 (UvW).")


def test_a_fixed_body_is_not_shown_in_a_room_with_outsiders(bot: TestBot) -> None:
    [answer] = bot.say("vng.wg.2", "!wie AO", room="WG-PFAS")
    assert answer.room == "dm:vng.wg.2"


def test_an_unknown_name_gets_the_names_that_are_known(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!wie kabinet")
    assert answer.text == "'kabinet' ken ik niet als overleg, groep of persoon. Wel: BO, DO, AO."


def test_the_secretary_records_a_role_and_the_person_hears_it(bot: TestBot) -> None:
    answer, told = bot.say("rijk.secr.1", "!rol @vng.wg.1 lid AO namens VNG tot 31 december")
    assert answer.text == "vng.wg.1 is lid van het AO namens VNG tot en met vr 31 dec 2027."
    assert told.room == "dm:vng.wg.1"
    assert told.text.startswith("Je bent lid van het AO namens VNG")
    [listed] = bot.say("vng.wg.1", "!wie AO")
    assert "vng.wg.1" in listed.text


def test_a_director_is_addressed_formally(bot: TestBot) -> None:
    _, told = bot.say("rijk.secr.2", "!rol @vng.bo.1 lid DO", room="DO")
    assert told.text.startswith("U bent lid van het DO")


def test_a_role_ends_by_itself_after_its_last_day(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!rol @vng.wg.1 lid AO tot 15 januari")
    bot.until(bot.at.replace(day=16))
    [listed] = bot.say("vng.ao.1", "!wie AO")
    assert "vng.wg.1" not in listed.text


def test_others_record_no_roles(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!rol @vng.wg.1 lid AO")
    assert refused.text.startswith("Dit mag alleen een secretaris")
    [chair] = bot.say("rijk.ao.0", "!rol @vng.wg.1 lid AO")
    assert chair.text == "Rollen legt de secretaris van het AO vast. Vraag het daar."


def test_the_secretary_of_the_filter_records_for_the_whole_structure(bot: TestBot) -> None:
    answer, _ = bot.say("rijk.secr.1", "!rol @vng.ao.1 lid DO")
    assert answer.text == "vng.ao.1 is lid van het DO namens VNG."


def test_the_chair_of_the_filter_comes_from_the_party_in_the_structure(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.1", "!rol @vng.ao.2 voorzitter AO")
    assert refused.text == "De voorzitter van het AO komt vanuit het Rijk; vng.ao.2 is VNG."


def test_chair_and_substance_are_two_persons(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.1", "!rol @rijk.ao.0 inhoudelijk AO namens Rijk")
    assert (
        refused.text
        == "rijk.ao.0 is al voorzitter van het AO; inhoudelijk vertegenwoordiger is een ander. Kies een ander."
    )


def test_a_new_chair_takes_a_second_person(bot: TestBot) -> None:
    answer, asked = bot.say("rijk.secr.1", "!rol @rijk.wg.1 voorzitter AO")
    assert answer.text == (
        "Gevraagd aan rijk.ao.0. rijk.wg.1 wordt voorzitter van het AO namens Rijk zodra dat is bevestigd."
    )
    assert asked.room == "dm:rijk.ao.0"
    [before] = bot.say("vng.ao.1", "!wie AO")
    assert "voorzitter rijk.ao.0" in before.text
    confirmed = bot.react("rijk.ao.0", "✅", asked.id, room="dm")
    assert confirmed[0].text == "rijk.wg.1 is voorzitter van het AO namens Rijk."
    [after] = bot.say("vng.ao.1", "!wie AO")
    assert "voorzitter rijk.wg.1" in after.text
    assert "rijk.ao.0" not in after.text


def test_a_chair_does_not_appoint_a_successor_alone(bot: TestBot) -> None:
    [refused] = bot.say("rijk.ao.0", "!rol @rijk.wg.1 voorzitter AO")
    assert "legt de secretaris vast" in refused.text
    [again] = bot.say("rijk.secr.1", "!rol @rijk.wg.1 voorzitter AO gevraagd:@rijk.secr.1")
    assert "bevestigt een ander" in again.text


def test_someone_from_outside_is_extern_in_a_group_and_nothing_in_a_fixed_body(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.1", "!rol @drinkwater.wg.1 lid AO")
    assert refused.text == RESERVED
    [asked] = bot.say("rijk.secr.1", "!rol @drinkwater.wg.1 lid WG-BODEMMON")
    assert asked.text == "drinkwater.wg.1 komt van buiten de overheidspartijen. Als extern lid vastleggen?"
    answer, _ = bot.say("rijk.secr.1", "ja", reply_to=asked.id)
    assert answer.text == "drinkwater.wg.1 is extern lid van WG-BODEMMON namens drinkwatersector."


def test_the_same_role_twice_is_recorded_once(bot: TestBot) -> None:
    [again] = bot.say("rijk.secr.1", "!rol @vng.ao.2 lid AO")
    assert again.text == "Dit stond al genoteerd: vng.ao.2 is lid van het AO namens VNG."


def test_the_operator_role_opens_nothing(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!rol @vng.wg.1 beheerder AO")
    [refused] = bot.say("vng.wg.1", "!weeg 1 agenderen")
    assert refused.text.startswith("Dit mag alleen")
