"""The nudge about a signal without a place: in the example year after fourteen calendar days."""

from __future__ import annotations

from dataclasses import replace

from bot.testing import Said, Simulation, TestBot
from commands.words.structure import Structure, Thresholds
from config.people import PeopleFile
from tests.conftest import at


def nudges(said: list[Said]) -> list[Said]:
    return [one for one in said if one.kind == "nudge" and "SIG-2027-001" in one.text]


def test_after_fourteen_days_the_secretary_is_asked_to_choose(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    assert nudges(bot.until(at("2027-01-26 08:29"))) == []
    [asked] = nudges(bot.until(at("2027-01-26 08:30")))
    assert asked.room == "dm:rijk.secr.1"
    assert asked.text == (
        "SIG-2027-001 heeft na 15 dagen nog geen plek: Baggerdepots zitten vol (namens UvW). Kies er één: agenderen "
        "voor het AO op donderdag 4 maart, onderbrengen bij een werkgroep of programma, of zelf afdoen. "
        "Antwoord met 1, 2 of 3."
    )


def test_it_is_asked_again_every_ten_working_days(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    said = nudges(bot.until(at("2027-02-28 18:00")))
    assert [f"{one.at:%m-%d %H:%M}" for one in said] == ["01-26 08:30", "02-09 08:30", "02-23 08:30"]


def test_a_signal_that_found_a_place_is_not_asked_about(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.until(at("2027-01-14 11:00"))
    bot.say("rijk.ao.0", "!weeg 1 agenderen")
    bot.say("rijk.ao.0", "actualiteit")
    assert nudges(bot.until(at("2027-02-28 18:00"))) == []


def test_a_withdrawn_signal_is_not_asked_about(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("uvw.ao.1", "!ongedaan")
    assert nudges(bot.until(at("2027-02-28 18:00"))) == []


def test_the_answers_are_outcomes_of_the_weighing(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    [asked, *_] = nudges(bot.until(at("2027-03-04 11:00")))
    [group] = bot.say("rijk.secr.1", "2", room="dm", reply_to=asked.id)
    assert group.text == "Bij welke werkgroep of welk programma?"
    [when] = bot.say("rijk.secr.1", "WG-PFAS", room="dm", reply_to=group.id)
    assert when.text == "Wanneer terug?"


def test_a_signal_that_waits_for_its_meeting_is_asked_about_only_after_it(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    placed = bot.say("rijk.secr.1", "!agendeer 1 voor AO ter bespreking 4 maart")
    while placed and placed[0].text.endswith("?"):
        placed = bot.say("rijk.secr.1", "actualiteit")
    assert nudges(bot.until(at("2027-01-29 18:00"))) == []


def test_a_signal_floats_too_when_the_meeting_passed_if_the_structure_says_so(
    structure: Structure, people: PeopleFile
) -> None:
    simulation = Simulation(replace(structure, thresholds=Thresholds()), people)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    [asked, *_] = nudges(bot.until(at("2027-01-22 18:00")))
    simulation.close()
    assert f"{asked.at:%m-%d %H:%M}" == "01-15 08:30"
    assert "na 4 dagen nog geen plek" in asked.text


def test_without_a_secretary_the_chair_is_asked(structure: Structure, people: PeopleFile) -> None:
    roles = tuple(role for role in people.roles if role.person != "rijk.secr.1")
    simulation = Simulation(structure, replace(people, roles=roles))
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    [asked] = nudges(bot.until(at("2027-01-26 18:00")))
    simulation.close()
    assert asked.room == "dm:rijk.ao.0"
