"""The profile *licht* (R-170): the same half year twice, for someone who gets everything and someone who begins light.

What is no longer sent, and that nothing gets lost by it, was worked out by hand from R-170 and digests.md §2.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace

import pytest

from bot.seed import import_people
from bot.testing import Said, Simulation, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

WHO = "uvw.ao.1"


@contextmanager
def half_a_year(structure: Structure, people: PeopleFile, *light: str) -> Iterator[list[Said]]:
    """A signal that goes up and three actions, of which only the first gets done; from January up to and including
    July. What the bot said to WHO of its own accord."""
    simulation = Simulation(structure, replace(people, light=light))
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    bot.say(WHO, "!signaal Baggerdepots zitten vol")
    for text in ("kaart sturen 17 februari", "lijst sturen 10 maart", "kring bellen 20 april"):
        bot.say("rijk.secr.1", f"!actie @{WHO} {text}")
    bot.until(at("2027-01-14 11:00"))
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.until(at("2027-02-02 11:00"))
    bot.say("vng.ao.1", "!escaleer 1 want het raakt allen vraag: Een kader toestaan")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.until(at("2027-02-16 11:00"))
    bot.say(WHO, "!gereed 1 verstuurd", room="dm")
    bot.until(at("2027-07-30 18:00"))
    try:
        yield [one for one in bot.log if one.room == f"dm:{WHO}" and one.kind != "reply"]
    finally:
        simulation.close()


def dates(said: list[Said]) -> list[str]:
    return [f"{one.at:%d-%m}" for one in said]


def test_the_usual_way_is_a_message_for_each_step(structure: Structure, people: PeopleFile) -> None:
    with half_a_year(structure, people) as said:
        given, news = said[:3], said[3:6]
        assert dates(given) == ["11-01"] * 3
        assert dates(news) == ["14-01", "02-02", "02-02"]
        # Five working days before, on the day, and one, five and ten after; of what was done only the first.
        kaart, lijst, kring = ["10-02"], ["03-03", "10-03", "11-03", "17-03", "24-03"], ["13-04", "20-04", "21-04"]
        # The last two steps of the third action fell in the quiet period of May.
        assert dates(said[6:]) == [*kaart, *lijst, *kring, "10-05"]


def test_light_is_one_message_on_the_first_sending_day_of_the_month(structure: Structure, people: PeopleFile) -> None:
    with half_a_year(structure, people, WHO) as said:
        # What is new and one's own is said at once: an action can be refused within two working days.
        assert dates(said[:3]) == ["11-01"] * 3
        february, march, april, may = said[3:]
        assert dates([february, march, april, may]) == ["01-02", "01-03", "01-04", "10-05"]
        assert "gewogen: het AO handelt dit zelf af" in february.text
        assert "op woensdag 17 februari, verwachten we: kaart sturen (ACT-2027-001)" in february.text
        assert "ligt nu bij het DO" in march.text
        assert "op woensdag 10 maart, verwachten we: lijst sturen (ACT-2027-002)" in march.text
        assert "kaart sturen" not in march.text, "it was done"
        assert "Lijst sturen (ACT-2027-002) is 14 werkdagen over de datum" in april.text
        assert "op dinsdag 20 april, verwachten we: kring bellen (ACT-2027-003)" in april.text
        assert "Kring bellen (ACT-2027-003) is 11 werkdagen over de datum" in may.text


def test_a_new_action_names_the_day_on_which_light_hears_of_it_again(structure: Structure, people: PeopleFile) -> None:
    with half_a_year(structure, people, WHO) as said:
        assert "(ACT-2027-001). Ik herinner je ma 1 feb 2027." in said[0].text
        assert "(ACT-2027-002). Ik herinner je ma 1 mrt 2027." in said[1].text
    with half_a_year(structure, people) as said:
        assert "(ACT-2027-001). Ik herinner je wo 10 feb 2027." in said[0].text


@pytest.mark.parametrize("intensity", ["standaard", "direct"])
def test_who_chose_otherwise_stays_with_that_when_the_file_comes_again(
    structure: Structure, people: PeopleFile, intensity: str
) -> None:
    file = replace(people, light=(WHO,))
    simulation = Simulation(structure, file)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    [before] = bot.say(WHO, "!meldingen", room="dm")
    assert before.text.startswith("Je krijgt één bericht per maand")
    bot.say(WHO, f"!meldingen {intensity}", room="dm")
    simulation.database.work(lambda session: import_people(session, structure, file, bot.at))
    [after] = bot.say(WHO, "!meldingen", room="dm")
    assert not after.text.startswith("Je krijgt één bericht per maand")
    simulation.close()
