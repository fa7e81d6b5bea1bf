"""!herinner: set, asked about, put off, listed and stopped. Monday 11 January 2027, 09:00, unless it says otherwise."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at

WHO = "vng.ao.1"
SECRETARY = "rijk.secr.1"


def reminders(said: list[Said]) -> list[tuple[str, str]]:
    """When and what was said as a reminder, the first line."""
    return [(f"{one.at:%m-%d %H:%M}", one.text.splitlines()[0]) for one in said if "HER-" in one.text]


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        (
            "!herinner mij stukken DO insturen 5 november 9:00",
            "Ik herinner je vrijdag 5 november 2027 om 09:00: stukken DO insturen (HER-2027-001).",
        ),
        (
            "!herinner mij morgen om 14:00 aan de bijlage",
            "Ik herinner je dinsdag 12 januari 2027 om 14:00: de bijlage (HER-2027-001).",
        ),
        (
            "!herinner bellen over een uur",
            "Ik herinner je maandag 11 januari 2027 om 10:00: bellen (HER-2027-001).",
        ),
        (
            "!herinner mij bellen voor het volgende AO",
            "Ik herinner je woensdag 13 januari 2027 om 08:30: bellen (HER-2027-001).",
        ),
        (
            "!herinner mij zondag bellen",
            "Ik herinner je zondag 17 januari 2027 om 08:30: bellen (HER-2027-001).\n"
            "Dat is geen werkdag; ik stuur hem dan toch.",
        ),
        (
            "!herinner mij elke maandag om 9:00 de actielijst nalopen tot eind maart",
            "Ik herinner je elke maandag om 09:00 t/m wo 31 mrt 2027: de actielijst nalopen (HER-2027-001).\n"
            "De eerste keer ma 18 jan 2027, daarna ma 25 jan 2027 en ma 1 feb 2027. "
            "Ook op feestdagen, zoals Tweede paasdag (ma 29 mrt 2027); met 'behalve feestdagen' sla ik ze over.",
        ),
        (
            "!herinner mij rapportage iedere eerste dinsdag van de maand",
            "Ik herinner je elke maand op de eerste dinsdag om 08:30: rapportage (HER-2027-001).\n"
            "De eerste keer di 2 feb 2027, daarna di 2 mrt 2027 en di 6 apr 2027.",
        ),
        (
            "!herinner mij declaratie laatste werkdag van de maand om 16:00",
            "Ik herinner je elke maand op de laatste werkdag om 16:00: declaratie (HER-2027-001).\n"
            "De eerste keer vr 29 jan 2027, daarna vr 26 feb 2027 en wo 31 mrt 2027.",
        ),
    ],
)
def test_it_is_said_back_with_weekday_and_time(bot: TestBot, typed: str, answer: str) -> None:
    assert [one.text for one in bot.say(WHO, typed)] == [answer]


@pytest.mark.parametrize(
    ("typed", "asked", "reply", "answer"),
    [
        (
            "!herinner mij taart volgende vrijdag om 15:00",
            "'Volgende vrijdag om 15:00' kan vrijdag 15 of vrijdag 22 januari 2027 zijn. Welke bedoel je?",
            "22",
            "Ik herinner je vrijdag 22 januari 2027 om 15:00: taart (HER-2027-001).",
        ),
        (
            "!herinner mij taart elke 6 weken om 10:00",
            "Elke 6 weken. Wanneer voor het eerst? Een datum is genoeg.",
            "1 maart",
            "Ik herinner je elke 6 weken op maandag om 10:00: taart (HER-2027-001).",
        ),
        (
            "!herinner mij taart elke maand op de 31e",
            "De 31e is er niet in elke maand. In een kortere maand op de laatste dag, of die maand overslaan?",
            "overslaan",
            "Ik herinner je elke maand alleen op de 31e om 08:30: taart (HER-2027-001).",
        ),
        (
            "!herinner mij taart vandaag",
            "Hoe laat vandaag?",
            "half 4",
            "Ik herinner je maandag 11 januari 2027 om 15:30: taart (HER-2027-001).",
        ),
        (
            "!herinner mij taart elke week",
            "Op welke dag van de week?",
            "banaan",
            "'banaan' past daar niet. Wanneer? Bijvoorbeeld morgen om 9:00, of elke maandag.",
        ),
        (
            "!herinner mij taart volgende week",
            "Maandag 18 januari 2027 t/m zondag 24 januari 2027 is een periode. Op welke dag precies?",
            "dinsdag 19 januari",
            "Ik herinner je dinsdag 19 januari 2027 om 08:30: taart (HER-2027-001).",
        ),
        (
            "!herinner mij morgen bellen met Jansen vrijdag",
            "Wanneer: morgen, of vrijdag?",
            "morgen",
            "Ik herinner je dinsdag 12 januari 2027 om 08:30: morgen bellen met Jansen vrijdag (HER-2027-001).",
        ),
        (
            "!herinner mij taart 31 november",
            "31 november bestaat niet. Wanneer dan?",
            "ja",
            "Ik herinner je dinsdag 30 november 2027 om 08:30: taart (HER-2027-001).",
        ),
    ],
)
def test_what_is_not_clear_is_asked(bot: TestBot, typed: str, asked: str, reply: str, answer: str) -> None:
    [question] = bot.say(WHO, typed)
    assert question.text == asked
    [done] = bot.say(WHO, reply, reply_to=question.id)
    assert done.text.splitlines()[0] == answer


def test_what_is_missing_is_asked_one_at_a_time(bot: TestBot) -> None:
    assert bot.say(WHO, "!herinner", room="dm")[0].text == "Waaraan?"
    assert bot.say(WHO, "de bijlage", room="dm")[0].text == "Wanneer? Bijvoorbeeld morgen om 9:00, of elke maandag."
    [done] = bot.say(WHO, "overmorgen 20:15", room="dm")
    assert done.text == "Ik herinner je woensdag 13 januari 2027 om 20:15: de bijlage (HER-2027-001)."


def test_vaker_dan_elke_dag_kan_niet(bot: TestBot) -> None:
    [answer] = bot.say(WHO, "!herinner mij drinken elke 2 uur")
    assert answer.text == "Vaker dan één keer per dag herinner ik niet. Wanneer dan?"
    assert bot.say(WHO, "laat maar", reply_to=answer.id)[0].text == "Goed, ik laat het erbij. Er is niets opgeslagen."
    assert bot.say(WHO, "!herinner lijst", room="dm")[0].text == "Er staan geen herinneringen."


def test_it_comes_at_the_time_that_was_chosen_also_on_a_sunday_evening(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij tas inpakken zondag 21:45")
    [said] = [one for one in bot.until(at("2027-01-17 21:45")) if one.room == f"dm:{WHO}"]
    assert (said.room, said.kind, f"{said.at:%d %H:%M}") == (f"dm:{WHO}", "reminder", "17 21:45")
    assert said.text == (
        "Tas inpakken (je herinnering, HER-2027-001).\n"
        "Nog niet? Antwoord met later, of met een tijd zoals morgen om 9:00."
    )


def test_a_rhythm_goes_on_until_it_is_stopped(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij lijst nalopen elke maandag om 9:00")
    first = reminders(bot.until(at("2027-02-01 09:00")))
    assert first == [
        (f"{day} 09:00", "Lijst nalopen (je herinnering, HER-2027-001).") for day in ("01-18", "01-25", "02-01")
    ]
    [stopped] = bot.say(WHO, "stop", room="dm")
    assert stopped.text == "HER-2027-001 is gestopt: lijst nalopen."
    assert reminders(bot.until(at("2027-03-01 12:00"))) == []


def test_so_many_times_and_no_more(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij drinken elke dag om 8:00 2 keer")
    assert [when for when, _ in reminders(bot.until(at("2027-01-20 12:00")))] == ["01-12 08:00", "01-13 08:00"]


def test_it_keeps_the_time_on_the_wall_when_the_clock_changes(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-03-20 12:00")
    bot.say(WHO, "!herinner mij bellen elke zondag om 9:00")
    said = reminders(bot.until(at("2027-04-04 12:00")))
    assert [when for when, _ in said] == ["03-21 09:00", "03-28 09:00", "04-04 09:00"]


@pytest.mark.parametrize(
    ("word", "answer"),
    [
        ("over een uur", "HER-2027-001 komt terug dinsdag 12 januari 2027 om 15:00."),
        ("morgen", "HER-2027-001 komt terug woensdag 13 januari 2027 om 14:00."),
        ("later, donderdag 9:30", "HER-2027-001 komt terug donderdag 14 januari 2027 om 09:30."),
    ],
)
def test_it_is_put_off_by_answering(bot: TestBot, word: str, answer: str) -> None:
    bot.say(WHO, "!herinner mij bellen morgen 14:00")
    bot.until(at("2027-01-12 14:00"))
    [done] = bot.say(WHO, word, room="dm")
    assert done.text == answer
    assert len(reminders(bot.until(at("2027-01-18 08:00")))) == 1


def test_later_alone_asks_when(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen morgen 14:00")
    bot.until(at("2027-01-12 14:00"))
    [question] = bot.say(WHO, "later", room="dm")
    assert question.text == "Wanneer dan? Bijvoorbeeld over een uur, of morgen om 9:00."
    assert bot.say(WHO, "over een half uur", room="dm")[0].text == (
        "HER-2027-001 komt terug dinsdag 12 januari 2027 om 14:30."
    )


def test_what_recurs_is_put_off_within_its_rhythm(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen elke dag om 14:00")
    bot.until(at("2027-01-11 14:00"))
    [refused] = bot.say(WHO, "overmorgen", room="dm")
    assert refused.text == "HER-2027-001 komt eerder al weer: di 12 jan 2027 om 14:00. Er is niets veranderd."
    bot.say(WHO, "over een uur", room="dm")
    said = [when for when, _ in reminders(bot.until(at("2027-01-12 15:00")))]
    assert said == ["01-11 15:00", "01-12 14:00"]


def test_klaar_is_enough(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen over een uur")
    bot.until(at("2027-01-11 10:00"))
    assert bot.say(WHO, "klaar", room="dm")[0].text == "Goed."


def test_in_a_room_only_chair_and_secretary_set_one(bot: TestBot) -> None:
    [refused] = bot.say(WHO, "!herinner hier notulen vrijdag 12:00")
    assert refused.text == "In dit kanaal kan alleen de secretaris of voorzitter een herinnering zetten."
    [done] = bot.say(SECRETARY, "!herinner hier notulen vrijdag 12:00")
    assert done.text == "Ik herinner het AO vrijdag 15 januari 2027 om 12:00: notulen (HER-2027-001)."
    found = [one for one in bot.until(at("2027-01-15 12:00")) if "HER-" in one.text]
    assert [(one.room, one.text.splitlines()[0]) for one in found] == [
        ("AO", "Notulen (herinnering van rijk.secr.1, HER-2027-001).")
    ]
    [not_yours] = bot.say(WHO, "stop", reply_to=found[0].id)
    assert not_yours.text == "HER-2027-001 is van een ander. De secretaris of de voorzitter kan hem ook stoppen."
    assert bot.say("rijk.ao.0", "stop", reply_to=found[0].id)[0].text == "HER-2027-001 is gestopt: notulen."


def test_it_hangs_on_what_it_is_about(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    [done] = bot.say(WHO, "!herinner mij navragen bij sig1 morgen 9:00")
    assert done.text == "Ik herinner je dinsdag 12 januari 2027 om 09:00: navragen (HER-2027-001, bij SIG-2027-001)."
    [said] = [one for one in bot.until(at("2027-01-12 09:00")) if "HER-" in one.text]
    assert said.text.splitlines()[1] == "Hoort bij SIG-2027-001 Baggerdepots zitten vol (ingediend, ligt bij AO)."


def test_klaar_finishes_the_action_that_it_hangs_on(bot: TestBot) -> None:
    bot.say(SECRETARY, f"!actie @{WHO} kaart sturen 4 februari")
    bot.say(WHO, "!herinner mij kaart bij act1 over een uur")
    [said] = bot.until(at("2027-01-11 10:00"))
    assert said.text.splitlines()[1] == "Hoort bij ACT-2027-001 kaart sturen (open)."
    assert bot.say(WHO, "klaar, verstuurd", room="dm")[0].text == "ACT-2027-001 klaar."


def test_what_another_may_not_see_is_not_told_by_a_reminder(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Vertrouwelijk punt")
    [hidden] = bot.say("vng.wg.1", "!herinner mij navragen bij sig1 morgen 9:00", room="dm")
    [nothing] = bot.say("vng.wg.1", "!herinner mij navragen bij sig77 morgen 9:00", room="dm")
    assert hidden.text == "SIG-2027-001 bestaat niet. Kijk bij !signalen."
    assert nothing.text == "SIG-2027-077 bestaat niet. Kijk bij !signalen."


def test_the_list_is_private_and_of_oneself(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen morgen 14:00")
    bot.say(WHO, "!herinner mij lijst nalopen elke maandag")
    bot.say("ipo.ao.1", "!herinner mij geheim morgen")
    [listed] = bot.say(WHO, "!herinner lijst")
    assert listed.room == f"dm:{WHO}"
    assert listed.text.splitlines() == [
        "2 herinneringen:",
        "- HER-2027-001: bellen, di 12 jan 2027 om 14:00",
        "- HER-2027-002: lijst nalopen, elke maandag om 08:30; de volgende ma 18 jan 2027 om 08:30",
        "Stoppen: !herinner weg 1.",
    ]
    assert bot.say(WHO, "!herinner weg 2")[0].text == "HER-2027-002 is gestopt: lijst nalopen."
    assert bot.say(WHO, "!herinner weg 3")[0].text == "HER-2027-003 bestaat niet. Kijk bij !herinner lijst."
    assert bot.say(WHO, "!herinner weg")[0].text == "HER-2027-001 is gestopt: bellen."


def test_which_one_to_stop_is_asked(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen morgen")
    bot.say(WHO, "!herinner mij mailen morgen")
    [question] = bot.say(WHO, "!herinner weg", room="dm")
    assert question.text == "Welke: 1 of 2? Kijk bij !herinner lijst."
    assert bot.say(WHO, "2", room="dm")[0].text == "HER-2027-002 is gestopt: mailen."


def test_it_can_be_undone(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen over een uur")
    assert bot.say(WHO, "!ongedaan")[0].text == "Ongedaan gemaakt: herinnering HER-2027-001 gezet."
    assert bot.until(at("2027-01-11 11:00")) == []
    bot.say(WHO, "!herinner mij mailen over een uur")
    bot.say(WHO, "!herinner weg 2")
    bot.say(WHO, "!ongedaan")
    assert len(reminders(bot.until(at("2027-01-11 12:30")))) == 1


def test_another_is_asked_with_an_action(bot: TestBot) -> None:
    [refused] = bot.say(WHO, "!herinner @uvw.ao.1 bellen morgen")
    assert refused.text.endswith("Iets vragen aan een ander gaat met een actie: !actie @uvw.ao.1 bellen morgen.")


def test_each_time_is_said_once_over_a_restart(structure: Structure, people: PeopleFile, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    first = Simulation(structure, people, url)
    bot = TestBot(first, at("2027-01-11 09:00"))
    bot.say(WHO, "!herinner mij bellen elke dag om 10:00")
    said = reminders(bot.until(at("2027-01-12 10:00")))
    first.close()
    second = Simulation(structure, people, url)
    again = TestBot(second, at("2027-01-12 10:00"))
    said += reminders(again.log) + reminders(again.until(at("2027-01-13 10:00")))
    second.close()
    assert [when for when, _ in said] == ["01-11 10:00", "01-12 10:00", "01-13 10:00"]


def test_a_room_is_not_told_what_not_everyone_there_may_read(bot: TestBot) -> None:
    """The signal lies with the AO, and externals read in the room of the group (INV-39)."""
    bot.say("uvw.wg.1", "!signaal PFAS bij de fabriek", room="WG-PFAS")
    [done] = bot.say("uvw.wg.1", "!herinner hier PFAS bij de fabriek morgen 9:00 bij sig1", room="WG-PFAS")
    assert done.room == "dm:uvw.wg.1"
    [said] = [one for one in bot.until(at("2027-01-12 09:00")) if "HER-" in one.text]
    assert (said.room, said.text.splitlines()[:2]) == (
        "dm:uvw.wg.1",
        [
            "Niet in de kamer van WG-PFAS, want niet iedereen daar mag dit lezen:",
            "PFAS bij de fabriek (je herinnering, HER-2027-001).",
        ],
    )


def test_a_clock_on_the_message_asks_when(bot: TestBot) -> None:
    bot.say(WHO, "!herinner mij bellen over een uur")
    [said] = bot.until(at("2027-01-11 10:00"))
    [question] = bot.react(WHO, "⏰", said.id, room="dm")
    assert question.text == "Wanneer dan? Bijvoorbeeld over een uur, of morgen om 9:00."


def test_a_director_is_addressed_formally(bot: TestBot) -> None:
    [done] = bot.say("rijk.do.1", "!herinner mij brief tekenen morgen 9:00", room="dm")
    assert done.text == "Ik herinner u dinsdag 12 januari 2027 om 09:00: brief tekenen (HER-2027-001)."
    [said] = [one for one in bot.until(at("2027-01-12 09:00")) if "HER-" in one.text]
    assert said.text.splitlines()[0] == "Brief tekenen (uw herinnering, HER-2027-001)."
