"""!meldingen and !stil: how often the bot writes, and that it keeps to it. Monday 11 January 2027, 09:00."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.seed import import_people
from bot.testing import Said, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

RAISER = "uvw.ao.1"
CHAIR = "rijk.ao.0"
SECRETARY = "rijk.secr.1"


def to(person: str, said: list[Said]) -> list[tuple[str, str]]:
    """When and what this person was told in private."""
    return [(f"{one.at:%m-%d %H:%M}", one.text) for one in said if one.room == f"dm:{person}"]


def steps(bot: TestBot) -> list[Said]:
    """Two steps of the raiser's signal, by others."""
    said = bot.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    return said + bot.say("vng.ao.1", "!escaleer 1 want het raakt allen vraag: Een kader toestaan")


WEIGHED = "SIG-2027-001 (Baggerdepots zitten vol): gewogen: het AO handelt dit zelf af."
PROPOSED = "SIG-2027-001 (Baggerdepots zitten vol): is voorgesteld voor het DO; de voorzitter van het AO beslist."


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("!meldingen direct", "Je krijgt nieuws meteen."),
        ("!meldingen dagelijks", "Je krijgt nieuws één keer per dag, 08:30."),
        (
            "!meldingen wekelijks thema:grondwater",
            "Je krijgt één bericht per week, maandag 08:30, over grondwater. Acuut en eigen acties komen wel door.\n"
            "Nieuws over andere thema's stuur ik niet; het staat in !signalen.",
        ),
        (
            "!meldingen maandelijks via dm",
            "Je krijgt één bericht per maand, op de eerste werkdag om 08:30. Acuut en eigen acties komen wel door.",
        ),
        (
            "!meldingen licht",
            "Je krijgt één bericht per maand, op de eerste werkdag om 08:30. Je acties staan er ook in; alleen wat "
            "acuut is komt ertussendoor. Eén woord is genoeg als antwoord.",
        ),
        ("!meldingen", "Je krijgt alles zoals het voor iedereen is."),
        (
            "!meldingen soms",
            "'soms' ken ik hier niet. Kies uit: direct, dagelijks, wekelijks, maandelijks, licht, standaard; "
            "met via dm of kanaal, en over een thema.",
        ),
        (
            "!stil tot 1 maart",
            "Tot maandag 1 maart 2027 stuur ik je alleen wat acuut is en wat over je eigen acties gaat. "
            "De rest komt daarna in één bericht.",
        ),
        (
            "!stil deze week",
            "Tot maandag 18 januari 2027 stuur ik je alleen wat acuut is en wat over je eigen acties gaat. "
            "De rest komt daarna in één bericht.",
        ),
        ("!stil uit", "Het was al niet stil. Er is niets veranderd."),
        ("!stil", "Tot wanneer? Bijvoorbeeld tot 1 maart, of uit."),
    ],
)
def test_a_choice_is_said_back(bot: TestBot, typed: str, answer: str) -> None:
    assert [one.text for one in bot.say(RAISER, typed, room="dm")] == [answer]


def test_without_a_choice_each_step_is_told_at_once(filed: TestBot) -> None:
    assert [text for _, text in to(RAISER, steps(filed))] == [WEIGHED, PROPOSED]


def test_weekly_news_comes_on_monday_morning_in_one_message(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen wekelijks", room="dm")
    assert to(RAISER, steps(filed)) == []
    assert to(RAISER, filed.until(at("2027-01-18 08:29"))) == []
    assert to(RAISER, filed.until(at("2027-01-18 08:30"))) == [("01-18 08:30", f"{WEIGHED}\n{PROPOSED}")]
    assert to(RAISER, filed.until(at("2027-01-26 08:30"))) == []


def test_daily_news_comes_the_next_morning(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen dagelijks", room="dm")
    assert to(RAISER, steps(filed)) == []
    assert to(RAISER, filed.until(at("2027-01-12 08:30"))) == [("01-12 08:30", f"{WEIGHED}\n{PROPOSED}")]


def test_what_is_acute_comes_through_at_once(bot: TestBot) -> None:
    bot.say(RAISER, "!stil tot 1 juni", room="dm")
    bot.say(RAISER, "!signaal Lekkage bij de depots soort:acuut")
    told = bot.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    assert [text for _, text in to(RAISER, told)] == [
        "SIG-2027-001 (Lekkage bij de depots): gewogen: het AO handelt dit zelf af."
    ]


def test_a_new_choice_says_what_waited_on_its_own_day(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen maandelijks", room="dm")
    steps(filed)
    filed.say(RAISER, "!meldingen standaard", room="dm")
    assert to(RAISER, filed.until(at("2027-01-12 08:30"))) == [("01-12 08:30", f"{WEIGHED}\n{PROPOSED}")]


def test_news_about_another_topic_is_not_sent(bot: TestBot) -> None:
    bot.say(RAISER, "!signaal Zout water komt verder thema:grondwater")
    bot.say(RAISER, "!signaal Depots zitten vol thema:pfas")
    bot.say(RAISER, "!meldingen direct over grondwater", room="dm")
    told = [*bot.say(CHAIR, "!weeg 1 afhandelen actualiteit"), *bot.say(CHAIR, "!weeg 2 afhandelen actualiteit")]
    assert [text[:12] for _, text in to(RAISER, told)] == ["SIG-2027-001"]


def test_news_in_the_room_where_all_may_read_it(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen via kanaal")
    [_, told] = filed.say(CHAIR, "!weeg 1 afhandelen actualiteit", room="dm")
    assert (told.room, told.text) == ("AO", f"@uvw.ao.1:\n{WEIGHED}")
    # Typed in that room itself it was read there: one event, one message.
    said = filed.say("vng.ao.1", "!escaleer 1 want het raakt allen vraag: Een kader toestaan")
    assert [one.room for one in said if "is voorgesteld voor" in one.text] == []


def test_what_was_taken_back_before_it_was_told_is_never_told(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen wekelijks", room="dm")
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    filed.say(CHAIR, "!ongedaan")
    assert to(RAISER, filed.until(at("2027-01-18 08:30"))) == []


def test_ones_own_deadlines_come_through(bot: TestBot) -> None:
    bot.say(RAISER, "!meldingen maandelijks", room="dm")
    bot.say(RAISER, "!stil tot 1 maart", room="dm")
    bot.say(SECRETARY, f"!actie @{RAISER} kaart sturen 20 januari")
    told = [when for when, _ in to(RAISER, bot.until(at("2027-01-22 18:00")))]
    assert told == ["01-13 08:30", "01-20 08:30", "01-21 08:30"]


def test_nudges_wait_for_the_end_of_the_silence_and_come_once(filed: TestBot) -> None:
    """The secretary is nudged about a signal that floats, on 26 January and every ten working days after."""
    filed.say(SECRETARY, "!stil tot 3 maart", room="dm")
    quiet = to(SECRETARY, filed.until(at("2027-03-02 18:00")))
    assert [text for _, text in quiet if "nog geen plek" in text] == []
    after = [text for when, text in to(SECRETARY, filed.until(at("2027-03-03 08:30"))) if when == "03-03 08:30"]
    assert len(after) == 1
    assert after[0].count("SIG-2027-001 heeft na") == 1


def test_silence_that_ends_early_says_what_waited_the_next_morning(filed: TestBot) -> None:
    filed.say(SECRETARY, "!stil tot 3 maart", room="dm")
    filed.until(at("2027-02-01 12:00"))
    assert filed.say(SECRETARY, "!stil uit", room="dm")[0].text == "Ik stuur weer bericht zoals ingesteld."
    told = [text for _, text in to(SECRETARY, filed.until(at("2027-02-02 08:30")))]
    assert [text.count("SIG-2027-001 heeft na") for text in told] == [1]


def test_licht_is_one_message_a_month_that_looks_ahead(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say(RAISER, "!meldingen licht", room="dm")
    bot.say(SECRETARY, f"!actie @{RAISER} kaart sturen 17 februari")
    bot.say(SECRETARY, f"!actie @{RAISER} lijst sturen 10 maart")
    told = to(RAISER, bot.until(at("2027-03-01 18:00")))
    assert [when for when, _ in told] == ["02-01 08:30", "03-01 08:30"]
    assert "kaart sturen (ACT-2027-001)" in told[0][1]
    assert "lijst sturen" not in told[0][1]
    assert "ACT-2027-001" in told[1][1]
    assert "lijst sturen (ACT-2027-002)" in told[1][1]


def test_one_word_answers_the_message_of_the_month(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    bot.say(RAISER, "!meldingen licht", room="dm")
    bot.say(SECRETARY, f"!actie @{RAISER} kaart sturen 17 februari")
    bot.until(at("2027-02-01 08:30"))
    assert bot.say(RAISER, "klaar", room="dm")[0].text == "ACT-2027-001 klaar."


def test_an_import_of_people_leaves_the_choice_alone(filed: TestBot, structure: Structure, people: PeopleFile) -> None:
    filed.say(RAISER, "!meldingen wekelijks", room="dm")
    filed.simulation.database.work(lambda session: import_people(session, structure, people, filed.at))
    assert to(RAISER, steps(filed)) == []


def test_a_choice_can_be_undone(filed: TestBot) -> None:
    filed.say(RAISER, "!meldingen wekelijks", room="dm")
    filed.say(RAISER, "!ongedaan", room="dm")
    assert [text for _, text in to(RAISER, steps(filed))] == [WEIGHED, PROPOSED]


def test_a_channel_that_one_is_not_in_cannot_be_chosen(bot: TestBot) -> None:
    [refused] = bot.say(RAISER, "!meldingen via kanaal van DO", room="dm")
    assert refused.text == "Je bent geen lid van het DO. Kies een kanaal waar je in zit, of via dm."
