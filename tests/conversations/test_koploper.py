"""A stage for who went ahead, only with consent, at most three in the digest of the AO (C47, R-187, R-216)."""

from __future__ import annotations

from bot.testing import Said, TestBot
from commands.words.helping import Success, SuccessState
from tests.conftest import at

DEED = "bodemdaling samen met de provincie aangepakt"


def to(said: list[Said], room: str) -> Said:
    [found] = [one for one in said if one.room == room]
    return found


def digest(bot: TestBot, when: str) -> str:
    [one] = [one for one in bot.until(at(when)) if one.kind == "digest" and one.room == "AO"]
    return one.text


def success(register: object, number: int = 1) -> Success:
    found = register.ask(lambda store: store.get(Success, f"SUC-2027-{number:03d}"))  # type: ignore[attr-defined]
    assert isinstance(found, Success)
    return found


def test_with_consent_it_goes_along_in_the_next_digest_and_in_that_one_only(bot: TestBot, register: object) -> None:
    [noted] = bot.say("vng.ao.1", f"!koploper Waterschap-X {DEED} toestemming:ja")
    assert noted.text == "SUC-2027-001 genoteerd; gaat mee in de digest van het AO."
    first = digest(bot, "2027-02-26 09:00")
    assert "Koplopers en kleine successen" in first
    assert "Waterschap-X: bodemdaling samen met de provincie aangepakt." in first
    assert success(register).state is SuccessState.PLACED
    assert "Koplopers" not in digest(bot, "2027-04-09 09:00")


def test_without_consent_the_organisation_is_asked_first_and_nothing_is_shared(bot: TestBot, register: object) -> None:
    said = bot.say("vng.ao.1", f"!koploper IPO {DEED}")
    assert to(said, "AO").text == (
        "SUC-2027-001 genoteerd. Ik vraag eerst toestemming aan de organisatie; tot die tijd deel ik niets."
    )
    [asked] = [one for one in said if one.room.startswith("dm:ipo")]
    assert asked.text.startswith("[gevraagd: toestemming] ")
    assert asked.text.endswith(
        "wil IPO een podium geven (SUC-2027-001): bodemdaling samen met de provincie aangepakt. Vind je het goed dat "
        "dit in de digest van het AO staat? Antwoord met ja of nee."
    )
    assert bot.say("uvw.ao.1", "!zoek bodemdaling")[0].text.startswith("Niets gevonden")
    assert bot.say("uvw.ao.1", "!koploper SUC-2027-001")[0].text == "SUC-2027-001 bestaat niet. Kijk bij !koploper."
    person = asked.room.removeprefix("dm:")
    said = bot.say(person, "ja", room="dm")
    assert to(said, asked.room).text == "SUC-2027-001 gaat mee in de digest van het AO."
    assert to(said, "dm:vng.ao.1").text == "SUC-2027-001 gaat mee in de digest van het AO: IPO vindt het goed."
    assert success(register).consent_by == person
    assert "SUC-2027-001" in bot.say("uvw.ao.1", "!zoek bodemdaling in successen")[0].text


def test_a_no_keeps_it_from_everyone(bot: TestBot, register: object) -> None:
    said = bot.say("vng.ao.1", f"!koploper IPO {DEED}")
    [asked] = [one for one in said if one.room.startswith("dm:ipo")]
    said = bot.say(asked.room.removeprefix("dm:"), "nee", room="dm")
    assert to(said, "dm:vng.ao.1").text == "IPO deelt SUC-2027-001 liever niet. Er is niets gedeeld."
    assert success(register).state is SuccessState.WITHDRAWN
    assert "Koplopers" not in digest(bot, "2027-02-26 09:00")


def test_a_colleague_of_who_was_asked_decides_nothing_for_the_organisation(bot: TestBot, register: object) -> None:
    """R-216: the organisation speaks through who was asked; no other may refuse or agree in that person's place."""
    said = bot.say("vng.ao.1", f"!koploper IPO {DEED}")
    [asked] = [one.room.removeprefix("dm:") for one in said if one.room.startswith("dm:ipo")]
    colleague = next(id for id in ("ipo.ao.1", "ipo.ao.2") if id != asked)
    for answer in ("toestemming nee", "toestemming ja", "intrekken"):
        [refused] = bot.say(colleague, f"!koploper SUC-2027-001 {answer}", room="dm")
        assert refused.text == f"Namens IPO beslist {asked}. Vraag het aan {asked}."
        assert success(register).state is SuccessState.WAITING
    bot.say(asked, "nee", room="dm")
    assert success(register).state is SuccessState.WITHDRAWN


def test_who_brought_a_success_in_may_always_take_it_back(bot: TestBot, register: object) -> None:
    bot.say("vng.ao.1", f"!koploper IPO {DEED}")
    assert bot.say("vng.ao.1", "!koploper 1 intrekken")[0].text == "SUC-2027-001 deel ik niet."
    assert success(register).state is SuccessState.WITHDRAWN


def test_of_ones_own_organisation_one_is_asked_oneself(bot: TestBot, register: object) -> None:
    [noted] = bot.say("vng.ao.1", f"!koploper VNG {DEED}", room="dm")
    assert noted.text == (
        "SUC-2027-001 genoteerd. Mag ik het namens je organisatie delen? Antwoord met ja of nee; tot die tijd deel ik "
        "niets."
    )
    [shared] = bot.say("vng.ao.1", "ja", room="dm")
    assert shared.text == "SUC-2027-001 gaat mee in de digest van het AO."


def test_an_organisation_that_nobody_here_is_from_is_asked_by_who_tells_it(bot: TestBot) -> None:
    [noted] = bot.say("vng.ao.1", f"!koploper gemeente Zuidwolde {DEED}")
    assert noted.text == (
        "SUC-2027-001 genoteerd; ik deel niets zonder toestemming. Ik ken niemand van gemeente Zuidwolde. Vraag het "
        "daar, en typ daarna: !koploper 1 toestemming ja"
    )
    [other] = bot.say("ipo.ao.1", "!koploper SUC-2027-001 toestemming ja")
    assert other.text == "SUC-2027-001 bestaat niet. Kijk bij !koploper."
    [shared] = bot.say("vng.ao.1", "!koploper 1 toestemming ja")
    assert shared.text == "SUC-2027-001 gaat mee in de digest van het AO."


def test_who_it_was_is_asked_and_never_guessed(bot: TestBot) -> None:
    [asked] = bot.say("vng.ao.1", f"!koploper {DEED}")
    assert asked.text == "Welke organisatie is de koploper?"
    [noted] = bot.say("vng.ao.1", "Waterschap Drents")
    assert "Ik ken niemand van Waterschap Drents." in noted.text


def test_the_stage_is_for_who_did_it_and_not_for_the_programme(bot: TestBot) -> None:
    for whose in ("WG-PFAS", "programma Bodem"):
        [asked] = bot.say("vng.ao.1", f"!koploper {whose} {DEED}")
        assert asked.text == "Welke organisatie is de koploper?"
        bot.say("vng.ao.1", "laat maar")


def test_three_at_a_time(bot: TestBot) -> None:
    for number in range(1, 5):
        bot.say("vng.ao.1", f"!koploper Gemeente-{number} heeft een loket geopend toestemming:ja")
    first = digest(bot, "2027-02-26 09:00")
    assert [f"Gemeente-{n}" in first for n in range(1, 5)] == [True, True, True, False]
    second = digest(bot, "2027-04-09 09:00")
    assert [f"Gemeente-{n}" in second for n in range(1, 5)] == [False, False, False, True]


def test_a_success_is_undone_before_it_is_out(bot: TestBot, register: object) -> None:
    bot.say("vng.ao.1", f"!koploper Waterschap-X {DEED} toestemming:ja")
    bot.say("vng.ao.1", "!ongedaan")
    assert "Koplopers" not in digest(bot, "2027-02-26 09:00")


def test_a_programme_gives_its_front_runners_a_stage_in_its_own_digest_too(bot: TestBot, register: object) -> None:
    """R-215, digests.md §1.5: once there and once in that of the AO; never before the organisation agreed."""
    bot.say("rijk.wg.3", "!vergadering plan PRG-SPOED 3 februari 10:00", room="dm")
    bot.say("rijk.wg.3", "!vergadering plan PRG-SPOED 3 maart 10:00", room="dm")
    [asked] = [
        one for one in bot.say("rijk.wg.3", f"!koploper UvW {DEED}", room="PRG-SPOED") if one.room.startswith("dm:uvw")
    ]
    assert "dit in de digest van het AO en die van PRG-SPOED staat?" in asked.text
    quiet = [one for one in bot.until(at("2027-01-20 09:00")) if one.room == "PRG-SPOED"]
    assert not any(DEED in one.text for one in quiet)
    bot.say(asked.room.removeprefix("dm:"), "ja", room="dm")
    said = bot.until(at("2027-03-03 12:00"))
    for room in ("PRG-SPOED", "AO"):
        told = [one for one in said if one.kind == "digest" and one.room == room and f"UvW: {DEED}." in one.text]
        assert len(told) == 1, room
    assert success(register).staged_in == "VRG-PRG-SPOED-2027-01"
