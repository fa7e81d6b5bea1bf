"""!zwevend: what has no place yet, or has gone silent (C17, R-006)."""

from __future__ import annotations

from datetime import datetime

from bot.testing import TestBot
from commands.rules.ways import RESERVED
from commands.words.calendar import AMSTERDAM

SECRETARY = "rijk.secr.1"


def on(bot: TestBot, day: str) -> TestBot:
    bot.until(datetime.fromisoformat(f"{day} 10:00").replace(tzinfo=AMSTERDAM))
    return bot


def test_none_at_first(filed: TestBot) -> None:
    [answer] = filed.say(SECRETARY, "!zwevend")
    assert answer.text == "Geen zwevende signalen."


def test_after_fourteen_days_with_the_number_of_days(filed: TestBot) -> None:
    [answer] = on(filed, "2027-01-25").say(SECRETARY, "!zwevend")
    assert answer.text == "Geen zwevende signalen."
    [answer] = on(filed, "2027-01-26").say(SECRETARY, "!rondzwevend")
    assert answer.text.splitlines()[0] == "1 zwevend signaal"
    assert "SIG-2027-001 Baggerdepots zitten vol: ingediend, 15 dagen niet gewogen" in answer.text


def test_silent_with_a_group(at_group: TestBot) -> None:
    [answer] = on(at_group, "2027-03-22").say(SECRETARY, "!zwevend")
    assert "SIG-2027-001 Baggerdepots zitten vol: bij WG-LOOD, 70 dagen stil" in answer.text


def test_only_the_older_ones(filed: TestBot) -> None:
    on(filed, "2027-01-26")
    [answer] = filed.say(SECRETARY, "!zwevend dagen:15")
    assert "SIG-2027-001" in answer.text
    [answer] = filed.say(SECRETARY, "!zwevend dagen:16")
    assert answer.text == "Geen zwevende signalen."
    [answer] = filed.say(SECRETARY, "!zwevend dagen:veel")
    assert answer.text == "'veel' is geen getal. Geef bij dagen een getal."


def test_others_see_no_titles(filed: TestBot) -> None:
    on(filed, "2027-01-26")
    [answer] = filed.say("vng.do.1", "!zwevend", room="DO")
    assert answer.text == "Geen zwevende signalen."
    [answer] = filed.say("drinkwater.wg.1", "!zwevend", room="WG-PFAS")
    assert answer.text == RESERVED
