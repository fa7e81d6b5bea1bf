"""!vierp: four questions on the reflection meeting, or for the end of a programme (C53, R-203)."""

from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from tests.conftest import at

READY = (
    "Vier vragen klaargezet: positionering (aanspreken of aanjagen?), professionalisering (welke disciplines?), "
    "projecten (creëren of combineren?), prestaties (aantallen of aanduiden?)."
)


def test_they_stand_on_the_next_reflection_meeting_and_open_its_digest(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-09-01 09:00")
    [ready] = bot.say("rijk.secr.2", "!vierp DO", room="DO")
    assert ready.text == f"{READY}\nPunt 1 van DO reflectie di 28 sep 2027."
    [again] = bot.say("rijk.secr.2", "!vierp DO", room="DO")
    assert again.text == "De vier p's staan al op DO reflectie di 28 sep 2027, punt 1."
    said = bot.until(at("2027-09-15 09:00"))
    [digest] = [one for one in said if one.kind == "digest" and one.room == "DO"]
    assert (
        "1. Vier p's\n"
        "   Positionering (aanspreken of aanjagen?); professionalisering (welke disciplines?); projecten (creëren of "
        "combineren?); prestaties (aantallen of aanduiden?).\n"
    ) in digest.text
    assert "Eén vraag, geen besluiten over lopende zaken." in digest.text


def test_for_a_programme_a_yes_asks_the_questions_of_the_final_evaluation(bot: TestBot) -> None:
    [ready] = bot.say("rijk.secr.1", "!vierp PRG-KENNIS", room="dm")
    assert ready.text == (
        f"{READY}\nAntwoord met ja, dan stel ik ze voor de eindevaluatie van PRG-KENNIS, een voor een."
    )
    answers = {
        "ja": "Wat willen we behouden? Denk aan de bijeenkomsten voor kennisuitwisseling en de voortgangsrapportages.",
        "het loket": "Waarop bouwen we voort?",
        "de kaarten": "Wat vernieuwen we?",
        "de aanpak": "Positionering: hoe staat het programma tussen de partijen?",
        "ertussen": "Professionalisering: wat kunnen mensen nu beter?",
        "meten": "Projecten: wat is er gedaan, en wat gaat zonder het programma door?",
        "drie proeven": "Prestaties: wat is er van de afspraken terechtgekomen?",
    }
    for typed, asked in answers.items():
        assert [one.text for one in bot.say("rijk.secr.1", typed, room="dm")] == [asked]
    [done] = bot.say("rijk.secr.1", "alles", room="dm")
    assert done.text.startswith("Eindevaluatie van PRG-KENNIS vastgelegd.")


def test_it_says_where_they_do_belong(bot: TestBot) -> None:
    [none] = bot.say("rijk.secr.1", "!vierp AO")
    assert none.text == "Het AO heeft geen reflectieoverleg. Wel: DO."
    [group] = bot.say("rijk.secr.1", "!vierp WG-PFAS")
    assert (
        group.text
        == "De vier p's horen bij een programma of een reflectieoverleg, niet bij WG-PFAS. Kijk bij !werkgroepen."
    )


def test_after_the_last_one_it_offers_to_plan_another(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-10-01 09:00")
    [none] = bot.say("rijk.secr.1", "!vierp DO", room="dm")
    assert none.text == "Er is geen reflectieoverleg van het DO gepland. Er een plannen?"


def test_a_member_does_not_put_them_there(bot: TestBot) -> None:
    [refused] = bot.say("vng.do.1", "!vierp DO", room="DO")
    assert refused.text.startswith("Dit mag alleen de secretaris of de voorzitter van een vast overleg")


def test_it_can_be_undone(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!vierp DO", room="dm")
    bot.say("rijk.secr.1", "!ongedaan", room="dm")
    [once_more] = bot.say("rijk.secr.1", "!vierp DO", room="dm")
    assert once_more.text.startswith(READY)
