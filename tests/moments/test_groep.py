"""The clock around the end date of a group, in the example year: WG-LOOD ends on 31 March 2027."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.testing import Said, Simulation, TestBot
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at


def nudges(said: list[Said], words: str) -> list[Said]:
    """The nudges that say these words; digests name groups too."""
    return [one for one in said if one.kind == "nudge" and words in one.text]


def about(said: list[Said], words: str) -> list[tuple[str, str]]:
    """Who was told so, and when."""
    return [(one.room, f"{one.at.astimezone(AMSTERDAM):%Y-%m-%d %H:%M}") for one in nudges(said, words)]


def test_the_end_is_near_twice_for_the_chair_and_the_secretary(bot: TestBot) -> None:
    said = bot.until(at("2027-03-31 23:59"))
    assert about(said, "WG-LOOD loopt tot") == [
        ("dm:rijk.secr.1", "2027-01-29 08:30"),
        ("dm:vng.wg.1", "2027-01-29 08:30"),
        ("dm:rijk.secr.1", "2027-03-01 08:30"),
        ("dm:vng.wg.1", "2027-03-01 08:30"),
    ]
    assert nudges(said, "WG-LOOD loopt tot")[-1].text.startswith(
        "WG-LOOD loopt tot en met woensdag 31 maart: nog 30 dagen. Voor die datum besluit het AO: afronden, verlengen "
        "of omvormen. Laatste kans om het te agenderen: donderdag 4 maart. Wie schrijft het voorstel?"
    )


def test_a_group_lapses_the_day_after_its_end_date_and_nobody_hears_it_at_night(bot: TestBot) -> None:
    bot.until(at("2027-03-31 23:59"))
    [before] = bot.say("vng.ao.1", "!werkgroepen verlopen")
    assert before.text == "Geen verlopen werkgroepen."
    assert bot.until(at("2027-04-01 00:00")) == []
    [after] = bot.say("vng.ao.1", "!werkgroepen verlopen")
    assert "WG-LOOD, verlopen" in after.text


def test_the_first_working_day_after_chair_secretary_and_the_chair_of_the_filter_are_asked(bot: TestBot) -> None:
    bot.until(at("2027-03-31 23:59"))
    said = bot.until(at("2027-04-01 09:00"))
    assert about(said, "WG-LOOD") == [
        ("dm:rijk.ao.0", "2027-04-01 08:30"),
        ("dm:rijk.secr.1", "2027-04-01 08:30"),
        ("dm:vng.wg.1", "2027-04-01 08:30"),
    ]
    assert nudges(said, "WG-LOOD")[0].text.startswith(
        "WG-LOOD is sinds woensdag 31 maart over de einddatum. Er is geen besluit genomen. De groep verandert niet "
        "vanzelf: op donderdag 15 april kiest het AO tussen afronden, verlengen en omvormen. Is de evaluatie er dan?"
    )


def test_after_that_every_twenty_working_days_three_times_in_all(bot: TestBot) -> None:
    bot.until(at("2027-03-31 23:59"))
    said = bot.until(at("2027-12-24 18:00"))
    told = about(said, "WG-LOOD is sinds")
    days = ["2027-04-01 08:30", "2027-05-10 08:30", "2027-06-08 08:30"]
    assert [day for room, day in told if room == "dm:vng.wg.1"] == days
    assert [day for room, day in told if room == "dm:rijk.secr.1"] == days
    assert [day for room, day in told if room == "dm:rijk.ao.0"] == days[:1]


def test_a_lapsed_group_gets_no_new_signal_and_no_new_people(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Lood in speelplekken, opnieuw")
    bot.until(at("2027-04-01 09:00"))
    refused = bot.say("rijk.secr.1", "!beleg 1 bij WG-LOOD voor 20 april")
    assert "verlopen" in refused[0].text
    [member] = bot.say("rijk.secr.1", "!rol @vng.ao.2 lid WG-LOOD")
    assert member.text == "WG-LOOD is verlopen en krijgt geen nieuwe leden."


def test_one_word_shows_how_the_group_stands(bot: TestBot) -> None:
    bot.until(at("2027-04-01 09:00"))
    [shown] = bot.say("vng.wg.1", "toon", room="dm")
    assert shown.text.startswith("WG-LOOD, Werkgroep diffuus lood: verlopen.")
    assert "1 dag geleden" in shown.text


def test_a_group_without_a_chair_is_the_secretarys_and_encouraging_reads_otherwise(
    structure: Structure, people: PeopleFile
) -> None:
    changed = tuple(
        replace(one, track=Track.ENCOURAGE, chair=None) if one.code == "WG-LOOD" else one for one in people.groups
    )
    roles = tuple(role for role in people.roles if role.body != "WG-LOOD")
    simulation = Simulation(structure, replace(people, groups=changed, roles=roles))
    bot = TestBot(simulation, at("2027-02-20 09:00"))
    said = bot.until(at("2027-04-01 09:00"))
    simulation.close()
    mine = nudges(said, "WG-LOOD")
    assert [one.room for one in mine] == ["dm:rijk.secr.1", "dm:rijk.ao.0", "dm:rijk.secr.1"]
    assert "wat niet? Dat is de vraag voor het AO op donderdag 4 maart." in mine[0].text
    assert mine[1].text.startswith("WG-LOOD gaat door na woensdag 31 maart, zonder dat we dat hebben afgesproken.")
    assert "te laat" not in mine[1].text


def test_someone_who_prefers_it_is_addressed_formally(structure: Structure, people: PeopleFile) -> None:
    formal = tuple(replace(one, address="u") if one.id == "vng.wg.1" else one for one in people.people)
    simulation = Simulation(structure, replace(people, people=formal))
    bot = TestBot(simulation, at("2027-03-31 09:00"))
    said = bot.until(at("2027-04-01 09:00"))
    simulation.close()
    [chair] = [one.text for one in said if one.room == "dm:vng.wg.1"]
    [secretary] = [one.text for one in said if one.room == "dm:rijk.secr.1" and one.kind == "nudge"]
    assert chair.endswith("U kunt antwoorden met evalueren, afronden of verlengen.")
    assert secretary.endswith("Antwoord met evalueren, afronden of verlengen.")


def test_it_is_said_once_to_each(make_bot: Callable[[str], TestBot]) -> None:
    late = make_bot("2027-03-31 09:00")
    assert len(about(late.until(at("2027-04-02 12:00")), "WG-LOOD is sinds")) == 3
    assert about(late.until(at("2027-04-28 23:00")), "WG-LOOD is sinds") == []


def test_a_group_with_a_later_end_date_is_left_alone(structure: Structure, people: PeopleFile) -> None:
    longer = tuple(replace(one, end=date(2027, 12, 31)) if one.code == "WG-LOOD" else one for one in people.groups)
    simulation = Simulation(structure, replace(people, groups=longer))
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    said = bot.until(at("2027-06-30 18:00"))
    simulation.close()
    assert about(said, "WG-LOOD loopt") == about(said, "WG-LOOD is") == []


def test_past_its_end_an_extension_that_nobody_decides_is_asked_about_and_so_is_the_group_after_it(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-03-25 09:00")
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-LOOD proces: vlot inhoud: goed relatie: open advies: voortzetten "
            "want het loopt")  # fmt: skip
    bot.say("vng.wg.1", "!verleng WG-LOOD tot 31 december 2027 want er is nog werk")
    said = bot.until(at("2027-07-02 09:00"))
    asked = "WG-LOOD is over de einddatum van woensdag 31 maart"
    assert about(said, asked) == [
        ("dm:rijk.ao.0", "2027-04-01 08:30"),
        ("dm:rijk.secr.1", "2027-04-01 08:30"),
        ("dm:vng.wg.1", "2027-04-01 08:30"),
        ("dm:rijk.secr.1", "2027-05-10 08:30"),
        ("dm:vng.wg.1", "2027-05-10 08:30"),
        ("dm:rijk.secr.1", "2027-06-08 08:30"),
        ("dm:vng.wg.1", "2027-06-08 08:30"),
    ]
    assert nudges(said, asked)[0].text == (
        "WG-LOOD is over de einddatum van woensdag 31 maart en krijgt geen nieuw werk. VST-2027-001, verlengen, wacht "
        "op de voorzitter van het AO: !bekrachtig 1, of !wijsaf 1 met de reden. Antwoord met toon en je ziet hoe de "
        "groep ervoor staat."
    )
