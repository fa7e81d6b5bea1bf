"""An open question closes at the end of the next working day, and the person hears that nothing was stored."""

from __future__ import annotations

from bot.testing import TestBot
from tests.conftest import at


def test_a_question_that_nobody_answers_expires_and_is_told_once(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal namens IPO")
    assert bot.until(at("2027-01-12 18:00")) == []
    [told] = bot.until(at("2027-01-13 08:30"))
    assert told.room == "dm:uvw.ao.1"
    assert told.kind == "reminder"
    assert told.text == (
        "Je vraag bij !signaal is verlopen; er is niets van bewaard. Typ gerust opnieuw: `!signaal namens:IPO`"
    )
    later = bot.until(at("2027-02-28 18:00"))
    assert [one for one in later if "verlopen; er is niets" in one.text] == []


def test_an_expired_question_does_nothing_by_itself_any_more(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!signaal")
    bot.until(at("2027-01-12 18:30"))
    [late] = bot.say("uvw.ao.1", "Depots zitten vol", reply_to=question.id)
    assert late.text == "Deze vraag is verlopen. Alsnog doen?"
    [first] = bot.say("uvw.ao.1", "!signaal Depots zitten echt vol")
    assert first.text.startswith("SIG-2027-001")


def test_a_question_can_be_answered_until_it_expires(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!signaal")
    bot.until(at("2027-01-12 17:59"))
    [filed] = bot.say("uvw.ao.1", "Depots zitten vol", reply_to=question.id)
    assert filed.text.startswith("SIG-2027-001")
    said = bot.until(at("2027-01-15 18:00"))
    assert not any("verlopen; er is niets" in one.text for one in said)


def test_a_cancelled_question_does_not_expire(bot: TestBot) -> None:
    [question] = bot.say("uvw.ao.1", "!signaal")
    bot.say("uvw.ao.1", "laat maar", reply_to=question.id)
    said = bot.until(at("2027-01-15 18:00"))
    assert not any("verlopen; er is niets" in one.text for one in said)


def test_what_is_said_to_type_again_is_understood(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Warmtepompen raken drinkwater")
    bot.say("vng.ao.1", '!werkgroep Bodemenergie over 1 niet:"geen normen, dus advies"')
    said = bot.until(at("2027-01-13 08:30"))
    [told] = [one.text for one in said if one.room == "dm:vng.ao.1"]
    again = told.split("`")[1]
    assert again == '!werkgroep Bodemenergie aanleiding:1 niet:"geen normen, dus advies"'
    [asked] = bot.say("vng.ao.1", again)
    assert asked.text == "Welke opdracht?"


def test_a_director_is_told_formally(bot: TestBot) -> None:
    bot.say("vng.do.1", "!signaal", room="DO")
    [told] = [one for one in bot.until(at("2027-01-13 08:30")) if one.room == "dm:vng.do.1"]
    assert told.text.startswith("Uw vraag bij !signaal is verlopen")
