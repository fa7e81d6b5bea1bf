"""The clock around an evaluation: who is asked for it, who is reminded, and who is asked to close it."""

from __future__ import annotations

from dataclasses import replace

from bot.testing import Said, Simulation, TestBot
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at


def about(said: list[Said], words: str) -> list[tuple[str, str]]:
    """Who was told so, and when."""
    return [(one.room, f"{one.at.astimezone(AMSTERDAM):%Y-%m-%d}") for one in said if words in one.text]


def test_who_leads_the_group_is_asked_before_on_and_after_its_day(bot: TestBot) -> None:
    """WG-PFAS is evaluated on Tuesday 15 June 2027: 20 working days before is Tuesday 18 May (Whit Monday is free)."""
    said = bot.until(at("2027-07-14 18:00"))
    days = about(said, "De evaluatie van Werkgroep PFAS in baggerspecie staat")
    assert days == [("dm:uvw.wg.1", "2027-05-18"), ("dm:uvw.wg.1", "2027-06-15")]
    assert about(said, "De evaluatie van Werkgroep PFAS in baggerspecie stond") == [("dm:uvw.wg.1", "2027-06-29")]
    [first] = [one.text for one in said if "Werkgroep PFAS in baggerspecie staat voor dinsdag 15 juni" in one.text][:1]
    assert (
        "De evaluatie van Werkgroep PFAS in baggerspecie staat voor dinsdag 15 juni. Drie vragen, hooguit één "
        "bladzijde: proces, inhoud, relatie. Wie vult in, en wanneer? Antwoord met start (dan vraag ik het ieder "
        "privé), gehouden of later met een datum."
    ) in first


def test_one_word_starts_it_and_then_nobody_is_asked_for_it_again(bot: TestBot) -> None:
    bot.until(at("2027-05-18 09:00"))
    started = bot.say("uvw.wg.1", "start", room="dm")
    assert "gestart voor WG-PFAS" in started[0].text
    said = bot.until(at("2027-07-14 18:00"))
    assert about(said, "De evaluatie van Werkgroep PFAS in baggerspecie sta") == []
    assert about(said, "De evaluatie van Werkgroep PFAS in baggerspecie stond") == []


def test_later_with_a_date_moves_it_and_gehouden_records_it(bot: TestBot) -> None:
    bot.until(at("2027-05-18 09:00"))
    [moved] = bot.say("uvw.wg.1", "later, 1 juli", room="dm")
    assert moved.text.endswith("evaluatie van WG-PFAS op donderdag 1 juli 2027.")
    said = bot.until(at("2027-07-01 09:00"))
    assert ("dm:uvw.wg.1", "2027-07-01") in about(said, "De evaluatie van Werkgroep PFAS")
    [held] = bot.say("uvw.wg.1", "gehouden", room="dm")
    assert "WG-PFAS is geëvalueerd op donderdag 1 juli 2027." in held.text


def test_on_the_track_aanjagen_it_reads_otherwise(structure: Structure, people: PeopleFile) -> None:
    changed = tuple(replace(one, track=Track.ENCOURAGE) if one.code == "WG-PFAS" else one for one in people.groups)
    formal = tuple(replace(one, address="u") if one.id == "uvw.wg.1" else one for one in people.people)
    simulation = Simulation(structure, replace(people, groups=changed, people=formal))
    bot = TestBot(simulation, at("2027-05-17 09:00"))
    said = bot.until(at("2027-05-18 09:00"))
    simulation.close()
    [text] = [one.text for one in said if "Werkgroep PFAS" in one.text]
    assert text == (
        "Tijd om met Werkgroep PFAS in baggerspecie achterom te kijken, voor dinsdag 15 juni. Wat is er gaan bewegen, "
        "wat verraste, en wie wilt u daarvoor een podium geven? Een goed gesprek en vijf regels zijn genoeg. U "
        "antwoordt met start (dan vraag ik het ieder privé), gehouden of later met een datum."
    )


def test_only_who_has_not_answered_is_reminded_and_then_the_secretary_may_close(bot: TestBot) -> None:
    """Asked on Monday 11 January: reminders 5 and 10 working days later, closing the day after the last one."""
    bot.say("rijk.secr.1", "!evaluatie start WG-STAAL")
    bot.say("ipo.wg.1", "!evalueer proces: vlot inhoud: goed relatie: open", room="dm")
    bot.say("vng.ao.2", "!evalueer proces: vlot", room="dm")
    said = bot.until(at("2027-01-18 09:00"))
    everyone = [(f"dm:{who}", "2027-01-18") for who in ("bedrijf.wg.1", "odnl.wg.1", "rijk.wg.1", "vng.ao.2")]
    assert about(said, "evaluatie van Werkgroep secundaire bouwstoffen nog") == everyone
    [begun] = [one.text for one in said if one.room == "dm:vng.ao.2"]
    assert begun == (
        "Tot en met maandag 25 januari kan de rest van de evaluatie van Werkgroep secundaire bouwstoffen nog worden "
        "ingevuld: drie vragen, zonder namen. Antwoord met evalueer, en ik stel ze."
    )
    [asked] = bot.say("vng.ao.2", "evalueer", room="dm")
    assert asked.text == "Inhoud: wat levert het op, en wat ontbreekt?"
    said = bot.until(at("2027-01-26 09:00"))
    assert ("dm:ipo.wg.1", "2027-01-25") not in about(said, "nog worden ingevuld")
    [close] = [one for one in said if "kan dicht" in one.text]
    assert (close.room, f"{close.at.astimezone(AMSTERDAM):%Y-%m-%d}") == ("dm:rijk.secr.1", "2027-01-26")
    assert "kan dicht: 2 van 5 antwoordden. Getoond wordt vanaf vier." in close.text


def test_directors_are_asked_once_and_not_chased(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!evaluatie start DO")
    said = bot.until(at("2027-01-26 09:00"))
    assert not [one for one in said if ".do." in one.room and "nog worden ingevuld" in one.text]


def test_a_group_that_is_over_is_not_evaluated_any_more(structure: Structure, people: PeopleFile) -> None:
    over = tuple(
        replace(one, state=type(one.state)("opgeheven")) if one.code == "WG-PFAS" else one for one in people.groups
    )
    simulation = Simulation(structure, replace(people, groups=over))
    bot = TestBot(simulation, at("2027-05-17 09:00"))
    said = bot.until(at("2027-07-01 09:00"))
    simulation.close()
    assert about(said, "De evaluatie van Werkgroep PFAS") == []
