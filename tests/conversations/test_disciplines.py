"""Which disciplines someone and a group bring, and a group that looks from one side only (R-153, R-207)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.database import Database, build
from tests.conftest import at

CHAIR = "vng.wg.1"
MEMBER = "kennis.wg.1"
ASKED = "alleen de discipline bodem"


def nudged(said: list[Said]) -> list[tuple[str, str]]:
    """Who was asked about one discipline, and on which day."""
    return [(one.room, f"{one.at:%m-%d}") for one in said if one.kind == "nudge" and "discipline bodem" in one.text]


def test_someone_says_of_oneself_which_disciplines_and_sees_them_again(bot: TestBot) -> None:
    [said] = bot.say("vng.ao.1", "!mijn disciplines bodem, RO", room="dm")
    assert said.text == (
        "Je disciplines: bodem en ruimtelijke ordening. Wie je functie kan zien, ziet ze ook: bij !wie, bij !wieweet "
        "en bij je groepen. Weghalen kan met !mijn disciplines geen"
    )
    [shown] = bot.say("vng.ao.1", "!mijn disciplines", room="dm")
    assert shown.text.startswith("Je disciplines: bodem en ruimtelijke ordening. ")
    [who] = bot.say("ipo.ao.1", "!wie vng.ao.1")
    assert "Disciplines: bodem en ruimtelijke ordening." in who.text


def test_the_answer_is_private_also_when_it_was_typed_in_a_room(bot: TestBot) -> None:
    [said] = bot.say("vng.ao.1", "!mijn disciplines: bodem en water")
    assert (said.room, said.text.split(". ")[0]) == ("dm:vng.ao.1", "Je disciplines: bodem en water")


def test_a_new_list_takes_the_place_of_the_old_one_and_none_takes_all_away(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines bodem en water", room="dm")
    [changed] = bot.say("vng.ao.1", "!mijn disciplines water, archeologie", room="dm")
    assert changed.text.startswith("Je disciplines: water en archeologie. ")
    [same] = bot.say("vng.ao.1", "!mijn disciplines archeologie en water", room="dm")
    assert same.text == "Dat stond al zo: water en archeologie. Er is niets veranderd."
    [gone] = bot.say("vng.ao.1", "!mijn disciplines geen", room="dm")
    assert gone.text == "Je disciplines zijn weg. Opnieuw opgeven kan met !mijn disciplines bodem, ruimtelijke ordening"
    assert "Disciplines" not in bot.say("ipo.ao.1", "!wie vng.ao.1")[0].text


def test_what_is_no_discipline_is_asked_with_the_list_and_what_was_known_is_kept(bot: TestBot) -> None:
    [asked] = bot.say("vng.ao.1", "!mijn disciplines bodem, sterrenkunde", room="dm")
    assert asked.text.startswith("'sterrenkunde' ken ik niet als discipline. Kies uit: bodem, ruimtelijke ordening, ")
    [again] = bot.say("vng.ao.1", "koffie", room="dm")
    assert again.text.startswith("'koffie' ken ik niet als discipline. ")
    [done] = bot.say("vng.ao.1", "planologie", room="dm")
    assert done.text.startswith("Je disciplines: bodem en ruimtelijke ordening. ")


def test_nothing_is_stored_while_the_question_is_open(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines bodem, sterrenkunde", room="dm")
    bot.say("vng.ao.1", "laat maar", room="dm")
    [shown] = bot.say("vng.ao.1", "!mijn disciplines", room="dm")
    assert shown.text.startswith("Je hebt nog geen disciplines opgegeven. Kies uit: bodem, ruimtelijke ordening, ")


def test_an_undo_takes_the_last_list_back(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines bodem", room="dm")
    bot.say("vng.ao.1", "!mijn disciplines water", room="dm")
    bot.say("vng.ao.1", "!ongedaan", room="dm")
    assert bot.say("vng.ao.1", "!mijn disciplines", room="dm")[0].text.startswith("Je discipline: bodem. ")
    bot.say("ipo.ao.1", "!mijn disciplines water", room="dm")
    bot.say("ipo.ao.1", "!ongedaan", room="dm")
    assert bot.say("ipo.ao.1", "!mijn disciplines", room="dm")[0].text.startswith("Je hebt nog geen disciplines")


def test_who_is_addressed_with_u_reads_u(bot: TestBot) -> None:
    [said] = bot.say("vng.bo.1", "!mijn disciplines ruimtelijke ordening", room="dm")
    assert "ziet die ook: bij !wie" in said.text
    assert said.text.startswith("Uw discipline: ruimtelijke ordening. Wie uw functie kan zien, ")
    [gone] = bot.say("vng.bo.1", "!mijn disciplines geen", room="dm")
    assert gone.text.startswith("Uw disciplines zijn weg.")
    [none] = bot.say("vng.bo.1", "!mijn disciplines", room="dm")
    assert none.text.startswith("U hebt nog geen disciplines opgegeven.")


def test_the_list_of_what_is_open_is_as_it_was(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines bodem", room="dm")
    assert bot.say("vng.ao.1", "!mijn", room="dm")[0].text == "Er staat niets voor je open."
    assert bot.say("vng.ao.1", "!mijn bodem", room="dm")[0].text.startswith("'bodem' ken ik niet bij !mijn.")


# --- finding people --------------------------------------------------------------------------------------------------
def test_who_knows_of_it_finds_people_by_the_discipline_they_gave(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines ruimtelijke ordening", room="dm")
    bot.say("ipo.ao.1", "!mijn disciplines ro en water", room="dm")
    [found] = bot.say("uvw.ao.1", "!wieweet RO")
    assert found.text == "Met de discipline ruimtelijke ordening: ipo.ao.1 (IPO), vng.ao.1 (VNG)."
    bot.say("rijk.ao.1", "!wieweet ik water", room="dm")
    [both] = bot.say("uvw.ao.1", "!wieweet water")
    assert both.text == "Voor water heeft zich gemeld: rijk.ao.1 (Rijk).\nMet de discipline water: ipo.ao.1 (IPO)."
    [none] = bot.say("uvw.ao.1", "!wieweet archeologie")
    assert none.text.startswith("Nog niemand heeft zich gemeld voor archeologie.")


def test_who_gave_a_discipline_is_not_asked_to_help_for_that(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines archeologie", room="dm")
    said = bot.say("uvw.ao.1", "!hulpvraag Wie kent archeologie van dichtbij?", room="dm")
    assert {one.room for one in said} == {"dm:uvw.ao.1"}


def test_someone_from_outside_finds_only_who_is_in_the_own_groups(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!mijn disciplines archeologie", room="dm")
    bot.say(CHAIR, "!mijn disciplines archeologie", room="dm")
    [found] = bot.say(MEMBER, "!wieweet archeologie", room="dm")
    assert found.text == f"Met de discipline archeologie: {CHAIR} (VNG)."


# --- groups ----------------------------------------------------------------------------------------------------------
def test_the_chair_says_which_disciplines_a_group_brings_and_the_dossier_shows_who(bot: TestBot) -> None:
    [said] = bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem en gezondheid", room="dm")
    assert said.text == "Disciplines van WG-LOOD: bodem en gezondheid."
    bot.say(CHAIR, "!mijn disciplines bodem, RO", room="dm")
    for typed in ("!toon WG-LOOD", "!werkgroep WG-LOOD"):
        [shown] = bot.say("rijk.secr.1", typed)
        assert "Disciplines: bodem en gezondheid. Opgegeven: vng.wg.1 bodem en ruimtelijke ordening." in shown.text


def test_a_group_without_any_says_how_to_give_them(bot: TestBot) -> None:
    [shown] = bot.say("rijk.secr.1", "!toon WG-LOOD")
    assert "Disciplines: nog niet; dat kan met !werkgroep disciplines WG-LOOD." in shown.text
    [programme] = bot.say("rijk.secr.1", "!toon PRG-KENNIS")
    assert "Disciplines: nog niet; dat kan met !programma disciplines PRG-KENNIS." in programme.text


def test_what_is_missing_or_unknown_is_asked_with_the_list(bot: TestBot) -> None:
    [asked] = bot.say("rijk.secr.1", "!werkgroep disciplines WG-LOOD")
    assert asked.text.startswith("Welke disciplines horen bij WG-LOOD? Kies uit: bodem, ruimtelijke ordening, ")
    [unknown] = bot.say("rijk.secr.1", "bodem en koffie")
    assert unknown.text.startswith("'koffie' ken ik niet als discipline. Kies uit: ")
    [done] = bot.say("rijk.secr.1", "GGD")
    assert done.text == "Disciplines van WG-LOOD: bodem en gezondheid."


def test_a_programme_has_them_too(bot: TestBot) -> None:
    [said] = bot.say("ipo.wg.2", "!programma disciplines PRG-KENNIS bodem, water", room="dm")
    assert said.text == "Disciplines van PRG-KENNIS: bodem en water."
    [asked] = bot.say("ipo.wg.2", "!programma disciplines PRG-KENNIS koffie", room="dm")
    assert asked.text.startswith("'koffie' ken ik niet als discipline.")


def test_who_only_sits_in_a_group_gives_the_own_ones(bot: TestBot) -> None:
    [refused] = bot.say("rijk.wg.1", "!werkgroep disciplines WG-STAAL bodem", room="dm")
    assert refused.text == (
        "De disciplines van WG-STAAL legt de voorzitter of de secretaris vast. Je eigen disciplines geef je op met "
        "!mijn disciplines bodem"
    )
    assert "Disciplines: nog niet" in bot.say("rijk.secr.1", "!toon WG-STAAL")[0].text


def test_a_new_group_may_have_them_from_the_beginning_and_is_not_asked_for_them(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Warmte uit de bodem naast drinkwater")
    start = (
        "!werkgroep instellen Warmte over 1 opdracht: Warmte naast drinkwater tot: 30 juni 2027 niet: beleid waarde: "
    )
    [asked] = bot.say("rijk.secr.1", f"{start}rust thema: bodemenergie disciplines: bodem, koffie")
    assert asked.text.startswith("'koffie' ken ik niet als discipline. Kies uit: ")
    [proposed] = [one for one in bot.say("rijk.secr.1", "energie") if one.room == "AO"]
    assert "VST-2027-001" in proposed.text
    assert "Disciplines: bodem en energie." in bot.say("rijk.secr.1", "!toon WG-WARMTE")[0].text


# --- one side only ---------------------------------------------------------------------------------------------------
def test_the_chair_of_a_group_with_only_bodem_is_asked_once(bot: TestBot) -> None:
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    said = bot.until(at("2027-03-20 18:00"))
    assert nudged(said) == [(f"dm:{CHAIR}", "01-25")]
    [text] = [one.text for one in said if ASKED in one.text and one.kind == "nudge"]
    assert text == (
        "WG-LOOD heeft alleen de discipline bodem. Wie moet erbij om de opdracht ook van een andere kant te "
        "bekijken, bijvoorbeeld uit ruimtelijke ordening of water? Wie je kunt vragen, staat bij !wieweet ruimtelijke "
        "ordening. Vastleggen: !werkgroep disciplines WG-LOOD bodem, ruimtelijke ordening"
    )
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem, water", room="dm")
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    assert nudged(bot.until(at("2027-03-30 18:00"))) == []


def test_it_is_not_asked_when_another_discipline_came_meanwhile(bot: TestBot) -> None:
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    bot.until(at("2027-01-20 12:00"))
    bot.say(MEMBER, "!mijn disciplines gezondheid", room="dm")
    assert nudged(bot.until(at("2027-03-20 18:00"))) == []
    bot.say(MEMBER, "!mijn disciplines bodem", room="dm")
    assert [room for room, _ in nudged(bot.until(at("2027-03-30 18:00")))] == []


def test_it_is_asked_still_when_the_other_discipline_went_away_again(bot: TestBot) -> None:
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem, water", room="dm")
    bot.until(at("2027-01-20 12:00"))
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    assert nudged(bot.until(at("2027-03-20 18:00"))) == [(f"dm:{CHAIR}", "02-03")]


def test_of_a_group_that_said_nothing_it_is_asked_when_all_its_people_gave_bodem(bot: TestBot) -> None:
    bot.say(CHAIR, "!mijn disciplines bodem", room="dm")
    assert nudged(bot.until(at("2027-02-10 18:00"))) == []
    bot.say(MEMBER, "!mijn disciplines bodem", room="dm")
    assert nudged(bot.until(at("2027-03-20 18:00"))) == [(f"dm:{CHAIR}", "02-24")]


def test_an_undo_takes_the_question_away(bot: TestBot) -> None:
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    bot.say(CHAIR, "!ongedaan", room="dm")
    assert nudged(bot.until(at("2027-03-20 18:00"))) == []


def test_on_aanjagen_it_invites(bot: TestBot, make_bot: Callable[[str], TestBot]) -> None:
    bot.say("vng.ao.1", "!spoor WG-LOOD aanjagen want de aanpak is nog open")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    [text] = [one.text for one in bot.until(at("2027-03-20 18:00")) if "discipline bodem" in one.text]
    assert text == (
        "In WG-LOOD komt alles nu uit de discipline bodem. Wie zou willen meekijken, bijvoorbeeld uit ruimtelijke "
        "ordening of water? Wie zich meldde, staat bij !wieweet ruimtelijke ordening. Komt er iemand bij, dan kan dat "
        "met !werkgroep disciplines WG-LOOD bodem, ruimtelijke ordening"
    )


def test_the_holes_of_the_structure_name_such_groups(bot: TestBot) -> None:
    assert ASKED not in bot.say("rijk.secr.1", "!structuur gaten")[0].text
    bot.say(CHAIR, "!werkgroep disciplines WG-LOOD bodem", room="dm")
    [line] = [one for one in bot.say("rijk.secr.1", "!structuur gaten")[0].text.splitlines() if "WG-LOOD" in one]
    assert ASKED in line
    bot.say(MEMBER, "!mijn disciplines gezondheid", room="dm")
    assert ASKED not in bot.say("rijk.secr.1", "!structuur gaten")[0].text


@pytest.fixture
def without(structure: Structure, people: PeopleFile) -> TestBot:
    """A structure that has no list of disciplines."""
    bare = replace(structure, disciplines=(), home_discipline="")
    database = Database("sqlite://", throwaway=True)
    build(database)
    return TestBot(Simulation(bare, people, database), at("2027-01-11 09:00"))


def test_a_structure_without_disciplines_says_so_and_shows_nothing_of_them(without: TestBot) -> None:
    for person, typed in (("vng.ao.1", "!mijn disciplines bodem"), (CHAIR, "!werkgroep disciplines WG-LOOD bodem")):
        [refused] = without.say(person, typed, room="dm")
        assert refused.text == (
            "In deze overlegstructuur is geen lijst van disciplines. De beheerder kan die toevoegen: [disciplines] in "
            "het structuurbestand."
        )
    assert "Disciplines" not in without.say("rijk.secr.1", "!toon WG-LOOD")[0].text
