""" "Evaluaties en bijsturing" in the digest of the DO: what was found, what follows, who decides. Written by hand from
domain.md §2.12 and R-090."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from tests.conftest import at

SECRETARY = "rijk.secr.1"
HELD = "proces: vlot inhoud: goed relatie: open"


def digest_of_the_do(bot: TestBot) -> str:
    """What the DO reads on 14 May."""
    said = bot.until(at("2027-05-14 09:00"))
    [found] = [one for one in said if one.kind == "digest" and one.room == "DO"]
    return found.text


def section(text: str) -> list[str]:
    """The lines of the section, without its heading; empty when it is not there."""
    if "Evaluaties en bijsturing\n" not in text:
        return []
    return text.split("Evaluaties en bijsturing\n\n")[1].split("\n\n")[0].splitlines()


def id_in(text: str) -> str:
    """The id that an answer about an evaluation begins with."""
    return text.split(":")[0].split(" ")[0]


def test_of_a_group_the_ao_decides_and_of_a_programme_the_do_as_well(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    [lood] = bot.say(SECRETARY, f"!evaluatie gehouden WG-LOOD op 7 mei {HELD} advies: opheffen want het werk is klaar")
    [spoed] = bot.say(SECRETARY, f"!evaluatie gehouden PRG-SPOED op 6 mei {HELD} advies: bijstellen")
    bot.say("rijk.secr.2", "!actie @ipo.do.1 de kaders geven uiterlijk 1 juni 2027", room="DO")
    bot.say(SECRETARY, "!actie @vng.ao.1 de lijst bijwerken uiterlijk 2 juni 2027")
    bot.say(SECRETARY, "!bijsturing PRG-SPOED met actie ACT-2027-001")
    bot.say(SECRETARY, "!bijsturing PRG-SPOED met actie ACT-2027-002")
    bot.say(SECRETARY, "!evaluatie afronden PRG-SPOED")
    bot.say("vng.ao.1", "!gereed 2 bijgewerkt")
    assert section(digest_of_the_do(bot)) == [
        f"- {id_in(spoed.text)} PRG-SPOED: geëvalueerd op donderdag 6 mei. Advies: bijstellen. 2 verbeteracties, "
        "1 afgerond. Voor u: de kaders geven (ACT-2027-001, dinsdag 1 juni). Het AO besluit hierover, daarna u.",
        f"- {id_in(lood.text)} WG-LOOD: geëvalueerd op vrijdag 7 mei. Advies: opheffen. Geen bijsturing nodig: het "
        "werk is klaar. Het AO besluit hierover.",
    ]


def test_it_says_how_many_of_how_many_answered_and_never_what(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-19 09:00")
    [start, *_] = bot.say(SECRETARY, "!evaluatie start WG-STAAL tot 4 mei")
    for who in ("bedrijf.wg.1", "ipo.wg.1", "odnl.wg.1", "rijk.wg.1"):
        bot.say(who, "!evalueer WG-STAAL proces: zeepaardje inhoud: walrus relatie: kolibrie", room="dm")
    bot.until(at("2027-05-05 10:00"))
    bot.say(SECRETARY, "!evaluatie sluit WG-STAAL")
    text = digest_of_the_do(bot)
    assert section(text) == [f"- {id_in(start.text)} WG-STAAL: inbreng gesloten; de bijsturing is nog niet belegd."]
    assert not any(word in text for word in ("zeepaardje", "walrus", "kolibrie"))
    bot.say(SECRETARY, "!evaluatie afronden WG-STAAL advies voortzetten want het loopt goed")
    [now] = bot.say("rijk.do.1", "!digest", room="DO")
    assert section(now.text) == [
        f"- {id_in(start.text)} WG-STAAL: geëvalueerd op vrijdag 14 mei, respons 4 van 5. Advies: voortzetten. "
        "Geen bijsturing nodig: het loopt goed."
    ]


def test_of_the_bodies_themselves_it_says_what_is_asked_of_the_do(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    [ao] = bot.say(SECRETARY, f"!evaluatie gehouden AO op 7 mei {HELD} advies: bijstellen want dat doen we zelf")
    [do] = bot.say(SECRETARY, "!evaluatie plan DO op 12 mei")
    assert section(digest_of_the_do(bot)) == [
        f"- {id_in(do.text)} het DO: de evaluatie stond voor woensdag 12 mei en is nog niet gehouden.",
        f"- {id_in(ao.text)} het AO: geëvalueerd op vrijdag 7 mei. Advies: bijstellen. Geen bijsturing nodig: dat doen "
        "we zelf. U bent opdrachtgever: wat geeft u mee?",
    ]


def test_what_was_told_is_told_again_only_while_an_improvement_is_open(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    [lood] = bot.say(SECRETARY, f"!evaluatie gehouden WG-LOOD op 7 mei {HELD} advies: voortzetten")
    bot.say(SECRETARY, "!actie @vng.ao.1 de lijst bijwerken uiterlijk 2 december 2027")
    bot.say(SECRETARY, "!bijsturing WG-LOOD met actie ACT-2027-001")
    bot.say(SECRETARY, "!evaluatie afronden WG-LOOD")
    bot.say(SECRETARY, f"!evaluatie gehouden WG-PFAS op 6 mei {HELD} advies: voortzetten want het loopt")
    assert len(section(digest_of_the_do(bot))) == 2
    bot.until(at("2027-10-01 09:00"))
    [later] = bot.say("rijk.do.1", "!digest", room="DO")
    told = f"- {id_in(lood.text)} WG-LOOD: geëvalueerd op vrijdag 7 mei. Advies: voortzetten. "
    assert [line for line in section(later.text) if " WG-" in line] == [f"{told}1 verbeteractie, nog geen afgerond."]
    bot.say("vng.ao.1", "!gereed 1 bijgewerkt")
    [after] = bot.say("rijk.do.1", "!digest", room="DO")
    assert not [line for line in section(after.text) if " WG-" in line]
