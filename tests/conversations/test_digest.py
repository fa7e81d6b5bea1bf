from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from commands.rules.ways import RESERVED


def test_now_shows_the_digest_in_the_own_room(bot: TestBot) -> None:
    [answer] = bot.say("vng.ao.1", "!digest nu")
    assert answer.room == "AO"
    assert answer.text.startswith("AO 1 · donderdag 14 januari 2027, 10:00–12:00\n\nStand: maandag 11 januari, 09:00\n")


def test_another_room_never_shows_it(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.2", "!digest DO", room="AO")
    assert answer.room == "dm:rijk.secr.2"


def test_who_does_not_sit_there_gets_the_way_instead(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!digest DO")
    assert refused.text == "Dit mag alleen wie in het DO zit. Wat wel kan: !agenda DO."


def test_externals_see_no_digest_of_a_fixed_body(bot: TestBot) -> None:
    [refused] = bot.say("drinkwater.wg.1", "!digest AO", room="WG-PFAS")
    assert refused.text == RESERVED


def test_the_chairs_block_is_for_chair_and_secretary_and_private(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!digest voorzitter")
    assert refused.text == "Dit is alleen voor de voorzitter en de secretaris van het AO."
    [block] = bot.say("rijk.ao.0", "!digest AO voorzitter")
    assert block.room == "dm:rijk.ao.0"
    assert block.text.startswith("Alleen voor voorzitter en secretaris, AO donderdag 14 januari 2027")


def test_without_a_meeting_it_gives_how_things_stand_today(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-20 09:00")
    [answer] = bot.say("vng.do.1", "!digest", room="DO")
    assert answer.text.startswith(
        "Er is geen DO gepland. Ik geef de stand van vandaag.\n\nDO · stand van maandag 20 december 2027"
    )


def test_in_private_it_asks_which_body_when_there_are_more(bot: TestBot) -> None:
    [question] = bot.say("rijk.secr.2", "!digest", room="dm")
    assert question.text.startswith("Van welk overleg?")
