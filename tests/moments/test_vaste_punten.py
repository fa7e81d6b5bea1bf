"""What comes back once a year is asked for in time (R-011, R-012, R-063)."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import Said, TestBot
from tests.conftest import at

SECRETARY, CHAIR, UPPER = "rijk.secr.1", "rijk.ao.0", "rijk.secr.2"
#: The digest of the AO of 14 October, the last but one of the example year.
LAST_BUT_ONE = "2027-10-08 08:30"


def asked(said: list[Said], person: str) -> list[str]:
    return [one.text for one in said if one.room == f"dm:{person}" and "stond dit jaar nog niet" in one.text]


def test_at_the_last_but_one_meeting_chair_and_secretary_hear_what_the_year_lacks(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-10-07 09:00")
    said = bot.until(at("2027-10-08 09:00"))
    [text] = asked(said, SECRETARY)
    assert (
        "'Monitoring en beleidsevaluatie' stond dit jaar nog niet op een agenda van het AO. Het laatste overleg "
        "van dit jaar is AO van donderdag 25 november. Antwoord met ja: dan staat het daar op."
    ) in text
    assert (
        "Het thema Omgevingswet-praktijk stond dit jaar nog niet op een agenda van het AO. "
        "Met !agendeer, een paar woorden en thema:Omgevingswet-praktijk komt het erop."
    ) in text
    assert len(asked(said, CHAIR)) == 1
    assert {one.at for one in said if one.text == text} == {at(LAST_BUT_ONE)}


def test_yes_puts_it_on_the_last_agenda(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-10-07 09:00")
    [nudge] = [
        one
        for one in bot.until(at("2027-10-08 09:00"))
        if "Antwoord met ja: dan staat het daar op" in one.text and one.room == f"dm:{SECRETARY}"
    ]
    [done] = bot.say(SECRETARY, "ja", room="dm", reply_to=nudge.id)
    assert done.text == "Punt 1 op AO do 25 nov 2027. Stukken uiterlijk do 18 nov 2027."


def test_what_stood_on_an_agenda_this_year_is_not_asked_for(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-09-01 09:00")
    bot.say(SECRETARY, "!agendeer Monitoring en beleidsevaluatie voor AO ter evaluatie horizon:strategie")
    text = "!agendeer Omgevingswet in de praktijk voor AO ter bespreking horizon:strategie thema:Omgevingswet-praktijk"
    bot.say(SECRETARY, text)
    assert asked(bot.until(at("2027-10-08 09:00")), SECRETARY) == []


def test_another_meeting_asks_nothing(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-08-30 09:00")
    assert asked(bot.until(at("2027-09-10 09:00")), SECRETARY) == []


def test_the_directors_hear_it_of_their_own_year(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-13 09:00")
    [text] = asked(bot.until(at("2027-05-14 09:00")), UPPER)
    assert "van het DO. Het laatste overleg van dit jaar is DO van dinsdag 9 november." in text
