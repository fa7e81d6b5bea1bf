"""What is a topic to be found for, and what someone from outside hears of it (R-209, INV-20)."""

from __future__ import annotations

import pytest

from bot.testing import Said, TestBot

OUTSIDER = "bedrijf.wg.1"
NEUTRAL = "Ik zoek wie kan meedenken. Wil iemand dat, dan hoor je het van mij in een privébericht."


def to(said: list[Said], room: str) -> str:
    [found] = [one for one in said if one.room == room]
    return found.text


@pytest.mark.parametrize("word", ["nee", "ja", "999", "?!", "niet", "ok", "alles", "a b c", "-- 12 --"])
@pytest.mark.parametrize("command", ["!wieweet ik {}", "!wieweet {}"])
def test_an_answer_or_a_number_is_no_topic(bot: TestBot, command: str, word: str) -> None:
    [refused] = bot.say("vng.ao.1", command.format(word), room="dm")
    assert "is geen thema. Kies een woord, zoals PFAS-normen" in refused.text or "nergens voor gemeld" in refused.text
    assert bot.say("vng.ao.1", "!wieweet", room="dm")[0].text.startswith("Je bent nergens voor gemeld.")


def test_a_topic_of_the_structure_is_kept_in_its_own_spelling(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!wieweet ik GRONDWATER.", room="dm")
    assert bot.say("vng.ao.1", "!wieweet", room="dm")[0].text.startswith("Je bent te vinden voor grondwater. ")
    bot.say("ipo.ao.1", "!wieweet ik pfas-normen", room="dm")
    assert bot.say("uvw.ao.1", "!wieweet pfas-NORMEN")[0].text == "Voor PFAS-normen heeft zich gemeld: ipo.ao.1 (IPO)."


def test_a_slip_in_a_topic_of_the_structure_is_offered_and_yes_takes_it(bot: TestBot) -> None:
    [asked] = bot.say("vng.ao.1", "!wieweet ik bodemdalig", room="dm")
    assert asked.text == "'bodemdalig' ken ik niet als thema. Is bodemdaling bedoeld?"
    [done] = bot.say("vng.ao.1", "ja", room="dm")
    assert done.text.startswith("Wie !wieweet bodemdaling typt, vindt nu je naam.")
    [found] = bot.say("uvw.ao.1", "!wieweet bodemdalign")
    assert found.text.endswith("Is bodemdaling bedoeld?")


def test_the_first_who_writes_a_topic_does_not_decide_how_everyone_reads_it(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!wieweet ik ZOUT WATER", room="dm")
    assert bot.say("uvw.ao.1", "!wieweet zout water")[0].text == "Voor zout water heeft zich gemeld: vng.ao.1 (VNG)."
    bot.say("vng.ao.1", "!wieweet ik pFaS", room="dm")
    assert bot.say("uvw.ao.1", "!wieweet pfas")[0].text.startswith("Voor pFaS heeft zich gemeld")
    for person in ("ipo.ao.1", "rijk.ao.1"):
        bot.say(person, "!wieweet ik PFAS", room="dm")
    assert bot.say("uvw.ao.1", "!wieweet pfas")[0].text.startswith("Voor PFAS hebben zich gemeld")


def test_what_is_too_long_for_a_topic_is_refused_with_an_example(bot: TestBot) -> None:
    [refused] = bot.say("vng.ao.1", "!wieweet ik alles wat met water en bodem te maken heeft", room="dm")
    assert refused.text.startswith("Een thema is een of enkele woorden, zoals PFAS-normen")


def test_someone_from_outside_hears_the_same_whoever_can_be_found_for_a_request(bot: TestBot) -> None:
    """How many can be found is kept from them by !wieweet, so a request for help does not count them either."""
    [nobody] = bot.say(OUTSIDER, "!hulpvraag Wie kent bodemdaling van dichtbij?", room="dm")
    for person in ("vng.ao.1", "ipo.ao.1"):
        bot.say(person, "!wieweet ik bodemdaling", room="dm")
    said = bot.say(OUTSIDER, "!hulpvraag Wie kent bodemdaling van dichtbij?", room="dm")
    assert nobody.text == f"HV-2027-001 genoteerd. {NEUTRAL}"
    assert to(said, f"dm:{OUTSIDER}") == f"HV-2027-002 genoteerd. {NEUTRAL}"
    assert {one.room for one in said} == {f"dm:{OUTSIDER}", "dm:vng.ao.1", "dm:ipo.ao.1"}
    assert "Gevraagd" not in bot.say(OUTSIDER, "!hulpvraag 2", room="dm")[0].text


def test_where_people_from_outside_read_along_nobody_is_counted(bot: TestBot) -> None:
    bot.say("vng.do.1", "!wieweet ik bodemdaling", room="dm")
    said = bot.say("rijk.wg.1", "!hulpvraag Wie kent bodemdaling van dichtbij?", room="WG-STAAL")
    [told] = [one.text for one in said if "genoteerd" in one.text]
    assert "mens heeft" not in told
    assert "Ik zoek wie kan meedenken." in told
    inside = bot.say("uvw.ao.1", "!hulpvraag Wie kent bodemdaling van dichtbij?", room="AO")
    assert "Eén mens heeft zich gemeld voor bodemdaling." in to(inside, "AO")
