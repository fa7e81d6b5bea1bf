from __future__ import annotations

from collections.abc import Callable

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.testing import Said, TestBot
from commands.kit.owed import ACTION_KINDS
from commands.moments.actie_teksten import TEXTS, Facts, write
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def about(id: str, said: list[Said]) -> list[tuple[str, str, str]]:
    """When and to whom something was said about this action, and what; digests list it apart."""
    told = [one for one in said if id in one.text and one.kind != "digest"]
    return [(f"{one.at:%d-%m %H:%M}", one.room.removeprefix("dm:"), one.text) for one in told]


@pytest.fixture
def ao(make_bot: Callable[[str], TestBot]) -> TestBot:
    """The first AO of the example year, while it meets: Thursday 14 January 2027."""
    return make_bot("2027-01-14 11:00")


def test_the_ladder_of_aanspreken(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    assert about("ACT-2027-001", ao.until(at("2027-03-01 09:00"))) == [
        (
            "28-01 08:30",
            "vng.ao.2",
            "Over vijf werkdagen, op donderdag 4 februari, verwachten we: stukken sturen (ACT-2027-001). "
            "Lukt dat? Antwoord met ja, later of overdragen.",
        ),
        (
            "04-02 08:30",
            "vng.ao.2",
            "Vandaag is de afgesproken datum voor: stukken sturen (ACT-2027-001). Klaar? Meld het met "
            "!gereed ACT-2027-001. Lukt het niet, geef dan een nieuwe datum met !uitstel.",
        ),
        (
            "05-02 08:30",
            "vng.ao.2",
            "De datum voor stukken sturen (ACT-2027-001) was donderdag 4 februari. Is het klaar, of is er een nieuwe "
            "datum nodig? Antwoord met klaar of met een datum.",
        ),
        (
            "11-02 08:30",
            "vng.ao.1",
            "Ter informatie, als vervanger van vng.ao.2: Stukken sturen (ACT-2027-001) stond voor donderdag 4 "
            "februari; dat is 5 werkdagen geleden. Het AO rekent hierop. Kies vandaag: klaar, een nieuwe datum, of "
            "iemand anders (overdragen).",
        ),
        (
            "11-02 08:30",
            "vng.ao.2",
            "Stukken sturen (ACT-2027-001) stond voor donderdag 4 februari; dat is 5 werkdagen geleden. Het AO rekent "
            "hierop. Kies vandaag: klaar, een nieuwe datum, of iemand anders (overdragen).",
        ),
        (
            "18-02 08:30",
            "rijk.secr.1",
            "Actie van vng.ao.2: Stukken sturen (ACT-2027-001) is 10 werkdagen over de datum. Ik zet het op de "
            "actielijst van het AO op donderdag 4 maart. Is het daarvoor klaar, dan haal ik het eraf. Antwoord met "
            "klaar of met een datum.",
        ),
        (
            "18-02 08:30",
            "vng.ao.2",
            "Stukken sturen (ACT-2027-001) is 10 werkdagen over de datum. Ik zet het op de actielijst van het AO op "
            "donderdag 4 maart. Is het daarvoor klaar, dan haal ik het eraf. Antwoord met klaar of met een datum.",
        ),
    ]


def test_the_ladder_of_aanjagen_never_speaks_of_arrears(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @uvw.ao.1 verkenning doen 4 februari spoor aanjagen")
    said = about("ACT-2027-001", ao.until(at("2027-03-01 09:00")))
    assert [(day, who) for day, who, _ in said] == [
        ("28-01 08:30", "uvw.ao.1"),
        ("04-02 08:30", "uvw.ao.1"),
        ("05-02 08:30", "uvw.ao.1"),
        ("11-02 08:30", "uvw.ao.1"),
        ("11-02 08:30", "uvw.ao.2"),
        ("18-02 08:30", "rijk.secr.1"),
        ("18-02 08:30", "uvw.ao.1"),
    ]
    assert said[2][2].startswith("De datum die we afspraken voor verkenning doen (ACT-2027-001) is voorbij.")
    assert not any("te laat" in text or "over de datum" in text for _, _, text in said)


def test_nobody_is_nagged_about_finished_work(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.until(at("2027-02-04 09:00"))
    ao.say("vng.ao.2", "klaar", room="dm")
    assert about("ACT-2027-001", ao.until(at("2027-03-01 09:00"))) == []


def test_ja_to_the_first_reminder_is_thanked_and_keeps_the_date(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.until(at("2027-01-28 09:00"))
    [answer] = ao.say("vng.ao.2", "ja", room="dm")
    assert answer.text == "Dank. ACT-2027-001 blijft staan voor donderdag 4 februari 2027."


def test_a_new_date_starts_the_ladder_again_and_shows_the_postponement(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.until(at("2027-02-04 09:00"))
    ao.say("vng.ao.2", "later, 18 februari", room="dm")
    said = about("ACT-2027-001", ao.until(at("2027-02-20 09:00")))
    assert [day for day, _, _ in said] == ["11-02 08:30", "18-02 08:30", "19-02 08:30"]
    assert all("eerste uitstel" in text for _, _, text in said)


def test_a_request_that_nobody_accepted_is_not_chased(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.wg.1 opzet maken 4 februari")
    assert about("ACT-2027-001", ao.until(at("2027-03-01 09:00"))) == []


def test_nothing_goes_out_in_a_quiet_period(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-15 11:00")
    bot.say(SECRETARY, "!actie @vng.ao.1 overzicht maken 30 april")
    said = about("ACT-2027-001", bot.until(at("2027-05-10 09:00")))
    assert [day for day, _, _ in said] == ["22-04 08:30", "23-04 08:30", "10-05 08:30"]
    assert said[-1][2].startswith("Goedemorgen. Tijdens de stilteperiode (mei) heb ik niets gestuurd.")


def test_a_director_is_reminded_through_the_secretary_with_u(ao: TestBot) -> None:
    ao.say("rijk.secr.2", "!actie @vng.do.1 brief tekenen 4 februari", room="DO")
    said = about("ACT-2027-001", ao.until(at("2027-02-09 09:00")))
    assert {who for _, who, _ in said} == {"rijk.secr.2"}
    assert said[0][2].startswith("Voor vng.do.1: Op donderdag 4 februari verwachten wij: brief tekenen (ACT-2027-001).")
    assert "Kunt u laten weten wanneer het gereed is" in said[-1][2]
    done = ao.say("rijk.secr.2", "klaar", room="dm")
    assert done[0].text == "ACT-2027-001 klaar, genoteerd voor vng.do.1."


@given(
    days=st.integers(0, 300),
    kind=st.sampled_from(ACTION_KINDS),
    encourage=st.booleans(),
    formal=st.booleans(),
    meeting=st.sampled_from(["", "donderdag 4 maart"]),
)
def test_every_text_is_short_courteous_and_without_blame(
    days: int, kind: str, encourage: bool, formal: bool, meeting: str
) -> None:
    facts = Facts("ACT-2027-001", "stukken sturen", "donderdag 4 februari", days, "het AO", meeting)
    text = write(kind, facts, encourage=encourage, formal=formal)
    assert "ACT-2027-001" in text
    assert len(text.split()) <= 60
    assert "!" not in text.replace("!gereed", "").replace("!uitstel", "")
    assert not any(word in text.casefold() for word in ("te laat", "helaas", "nogmaals"))
    assert "{" not in text
    if days == 1:
        assert "werkdagen" not in text
    if encourage:
        assert "over de datum" not in text
    if formal:
        assert not any(f" {word} " in f" {text} " for word in ("je", "jij", "jouw"))


def test_every_moment_of_an_action_has_its_texts() -> None:
    assert set(TEXTS) == set(ACTION_KINDS)
