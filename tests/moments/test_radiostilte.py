"""Nothing heard of a group for six weeks: who leads it is asked for a few lines, once for each silence."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from bot.testing import Said, Simulation, TestBot
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

START = "2027-01-11 09:00"


def about(said: list[Said], words: str) -> list[tuple[str, str]]:
    return [(one.room, f"{one.at:%Y-%m-%d %H:%M}") for one in said if one.kind == "nudge" and words in one.text]


def test_a_group_that_says_nothing_for_six_weeks_is_asked_for_three_lines(bot: TestBot) -> None:
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt, vervolg in maart")
    said = bot.until(at("2027-06-01 09:00"))
    # 11 January and 43 days: Tuesday 23 February.
    assert about(said, "niets van WG-PFAS") == [("dm:uvw.wg.1", "2027-02-23 08:30")]
    [asked] = [one for one in said if "niets van WG-PFAS" in one.text]
    assert (
        "Het AO hoorde 43 dagen niets van WG-PFAS. Stuur voor donderdag 4 maart drie regels: wat is af, wat komt, wat "
        "is nodig. Ik neem ze op in het overzicht. Antwoord met terugkoppeling en de tekst." in asked.text
    )


def test_who_is_addressed_with_u_is_asked_in_a_whole_sentence(structure: Structure, people: PeopleFile) -> None:
    formal = [replace(one, address="u") if one.id == "uvw.wg.1" else one for one in people.people]
    bot = TestBot(Simulation(structure, replace(people, people=tuple(formal))), at(START))
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt, vervolg in maart")
    [asked] = [one for one in bot.until(at("2027-02-24 09:00")) if "niets van WG-PFAS" in one.text]
    assert (
        "Wilt u voor donderdag 4 maart drie regels sturen: wat is af, wat komt, wat is nodig? Ik neem ze op in het "
        "overzicht." in asked.text
    )
    bot.simulation.close()


def test_an_answer_is_feedback_and_only_the_next_silence_is_asked_about(bot: TestBot) -> None:
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt")
    bot.until(at("2027-02-23 09:00"))
    [told] = bot.say("uvw.wg.1", "terugkoppeling de proef is klaar", room="dm")
    assert "van WG-PFAS vastgelegd" in told.text
    said = bot.until(at("2027-06-01 09:00"))
    assert about(said, "niets van WG-PFAS") == [("dm:uvw.wg.1", "2027-04-07 08:30")]


def test_feedback_in_time_keeps_it_quiet(bot: TestBot) -> None:
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt")
    bot.until(at("2027-02-22 09:00"))
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt nog")
    assert about(bot.until(at("2027-04-01 09:00")), "niets van WG-PFAS") == []


def test_a_lapsed_group_counts_too_and_one_that_never_reported_from_when_it_was_known(bot: TestBot) -> None:
    said = bot.until(at("2027-04-30 18:00"))
    assert about(said, "niets van WG-LOOD") == [("dm:vng.wg.1", "2027-02-23 08:30")]


def test_a_lapsed_group_that_reported_last_before_it_lapsed_is_asked_too(bot: TestBot) -> None:
    bot.until(at("2027-03-22 09:00"))
    bot.say("vng.wg.1", "!terugkoppeling WG-LOOD De lijst is af")
    said = bot.until(at("2027-05-31 18:00"))
    # 22 March and 43 days is Tuesday 4 May; the sixteen quiet days of the May holidays do not count: Thursday 20 May.
    assert about(said, "niets van WG-LOOD") == [("dm:vng.wg.1", "2027-05-20 08:30")]
    [asked] = [one for one in said if "niets van WG-LOOD" in one.text]
    assert "Het AO hoorde 43 dagen niets van WG-LOOD." in asked.text


def test_an_open_task_is_asked_what_another_would_want_to_know(structure: Structure, people: PeopleFile) -> None:
    groups = tuple(
        replace(one, track=Track.ENCOURAGE, last_feedback=date(2027, 1, 4)) if one.code == "WG-PFAS" else one
        for one in people.groups
    )
    simulation = Simulation(structure, replace(people, groups=groups))
    bot = TestBot(simulation, at(START))
    said = bot.until(at("2027-02-16 09:00"))
    [asked] = [one for one in said if "stil rond WG-PFAS" in one.text]
    assert (
        "Het is 43 dagen stil rond WG-PFAS. Stilte kan betekenen dat het loopt, of dat het vastzit. Wat zou een ander "
        "nu willen weten? Eén zin is genoeg, en een vraag mag ook." in asked.text
    )
    simulation.close()


def test_undone_feedback_brings_the_silence_back(bot: TestBot) -> None:
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS De proef loopt")
    bot.until(at("2027-02-22 09:00"))
    bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS Vergissing")
    bot.say("uvw.wg.1", "!ongedaan")
    assert about(bot.until(at("2027-03-01 09:00")), "niets van WG-PFAS") == [("dm:uvw.wg.1", "2027-02-23 08:30")]
