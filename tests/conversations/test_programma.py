"""Programmes: the exception, confirmed by the AO and the DO, led through phases, and handed over at the end (C42)."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date

import pytest

from bot.testing import Said, TestBot
from commands.words.action import Action
from commands.words.decision import Decision
from commands.words.signal import Signal
from commands.words.workgroup import GroupState, Phase, Workgroup
from storage.store import SqlStore
from tests.conftest import at

CODE = "PRG-BODEMENERGIE"
COMPLETE = (
    '!programma instellen Bodemenergie aanleiding:sig1 waarom:"te groot voor één groep" '
    'opdracht:"Warmte naast drinkwater" niet:"geen normstelling" '
    'waarde:"één landelijk beeld" afrekenen:"minder meldingen bij drinkwater" einde:"31 december 2031" '
    "trekker:@vng.wg.1"
)
REVIEW = (
    f'!programma eindevaluatie {CODE} behouden:"het loket" voortbouwen:"de kaarten" vernieuwen:"de aanpak" '
    'positionering:"tussen de partijen" professionalisering:"meten" projecten:"drie proeven" prestaties:"alles"'
)


@pytest.fixture
def spring(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Tuesday 30 March 2027, with one signal."""
    bot = make_bot("2027-03-30 09:00")
    bot.say("uvw.ao.1", "!signaal Warmtepompen raken drinkwater")
    return bot


@pytest.fixture
def running(spring: TestBot) -> TestBot:
    """PRG-BODEMENERGIE runs, with a member of a second party."""
    spring.say("vng.ao.1", COMPLETE)
    spring.say("rijk.ao.0", "!akkoord 1")
    spring.say("rijk.do.1", "!akkoord 2", room="dm")
    spring.say("rijk.secr.1", f"!rol @uvw.wg.1 lid {CODE}")
    return spring


def group(bot: TestBot, code: str = CODE) -> Workgroup:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Workgroup, code))
    assert found is not None
    return found


def told(said: list[Said], room: str) -> list[str]:
    return [one.text for one in said if one.room == room]


def agenda(bot: TestBot) -> str:
    return bot.say("rijk.secr.1", "!agenda AO", room="dm")[0].text


def test_a_programme_first_says_why_a_working_group_is_not_enough_and_who_leads_it(spring: TestBot) -> None:
    [why] = spring.say("vng.ao.1", "!programma instellen Bodemenergie over 1")
    assert why.text == "Een programma is voor uitzonderlijke gevallen. Waarom volstaat een werkgroep niet?"
    [task] = spring.say("vng.ao.1", "te groot voor één groep", reply_to=why.id)
    [end] = spring.say("vng.ao.1", "Warmte naast drinkwater", reply_to=task.id)
    [lead] = spring.say("vng.ao.1", "eind 2031", reply_to=end.id)
    assert lead.text == "Wie wordt de trekker? Een @-naam is genoeg."
    [rest] = spring.say("vng.ao.1", "@vng.wg.1", reply_to=lead.id)
    assert rest.text.startswith("Concept, tot wo 31 dec 2031. Voor de bekrachtiging nog: wat níet")
    [held_to] = spring.say("vng.ao.1", "geen normstelling; één landelijk beeld", reply_to=rest.id)
    assert held_to.text == "Waarop rekenen we het programma af? Eén zin is genoeg."
    spring.say("vng.ao.1", "minder meldingen bij drinkwater", reply_to=held_to.id)
    assert group(spring).held_to == "minder meldingen bij drinkwater"


def test_the_ao_and_then_the_do_confirm_and_36_months_do_not_bind(spring: TestBot) -> None:
    said = spring.say("vng.ao.1", COMPLETE)
    assert told(said, "AO")[0].startswith(
        f"VST-2027-001: programma Bodemenergie ({CODE}) tot wo 31 dec 2031; wacht op de voorzitter van het AO."
    )
    first = spring.say("rijk.ao.0", "!akkoord 1")
    assert told(first, "AO") == [
        "VST-2027-001 bekrachtigd. Een programma gaat ook langs het DO: VST-2027-002 wacht op de voorzitter van het DO."
    ]
    assert told(first, "dm:vng.ao.1") == [
        "VST-2027-001 is bekrachtigd door het AO; VST-2027-002 wacht op de voorzitter van het DO."
    ]
    assert group(spring).state is GroupState.PROPOSED
    second = spring.say("rijk.do.1", "!akkoord 2", room="dm")
    assert "is ingesteld tot en met wo 31 dec 2031." in told(second, "dm:rijk.do.1")[0]
    assert "Midterm review: di 14 aug 2029." in told(second, "dm:rijk.do.1")[0]
    assert group(spring).phase is Phase.TRUST


def test_the_do_can_turn_down_what_the_ao_agreed_to(spring: TestBot) -> None:
    spring.say("vng.ao.1", COMPLETE)
    spring.say("rijk.ao.0", "!akkoord 1")
    spring.say("rijk.do.1", "!wijsaf 2 begin met een werkgroep", room="dm")
    assert group(spring).state is GroupState.REJECTED


def test_a_trekker_of_the_rijk_takes_a_reason(spring: TestBot) -> None:
    [asked] = spring.say("vng.ao.1", COMPLETE.replace("@vng.wg.1", "@rijk.wg.1"))
    assert asked.text == "De trekker is niet bij voorbaat het Rijk. Waarom hier wel? Eén regel is genoeg."


def test_the_last_phase_puts_the_course_on_the_agenda(running: TestBot) -> None:
    [refused] = running.say("vng.ao.1", f"!programma fase {CODE} vooruitkijken")
    assert refused.text == (f"De fase bepalen doet de trekker van {CODE}, of de voorzitter of secretaris van het AO.")
    said = running.say("vng.wg.1", f"!programma fase {CODE} voortgang", room="dm")
    assert told(said, "dm:vng.wg.1") == [f"{CODE}: fase voortgang boeken."]
    said = running.say("vng.wg.1", f"!programma fase {CODE} vooruitkijken", room="dm")
    assert told(said, "dm:vng.wg.1") == [
        f"{CODE}: fase vooruitkijken. Agendapunt 'Vervolg en koers' voorgesteld voor het AO."
    ]
    assert f"{CODE}: vervolg en koers" in agenda(running)


def test_two_years_and_one_year_before_its_end_a_programme_asks_how_to_go_on(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2028-12-01 09:00")
    bot.say("rijk.secr.1", "!vergadering plan AO 18 januari 2029 10:00")
    said = bot.until(at("2029-01-12 09:00"))
    mine = [(one.room, f"{one.at:%Y-%m-%d}") for one in said if "Vervolg en koers" in one.text and one.kind == "nudge"]
    assert ("dm:rijk.wg.3", "2028-12-29") in mine
    assert ("dm:rijk.secr.1", "2028-12-29") in mine
    assert len([room for room, _ in mine if room == "dm:rijk.wg.3"]) == 1
    assert "PRG-SPOED: vervolg en koers" in agenda(bot)


# --- §4.2 line 24 ----------------------------------------------------------------------------------------------------
def test_a_programme_ends_after_its_review_with_a_place_for_everything_and_ids_unchanged(running: TestBot) -> None:
    running.say("rijk.secr.1", f"!beleg 1 bij {CODE} uitzoeken uiterlijk 1 juni")
    running.say("vng.wg.1", f"!actie @uvw.wg.1 meten voor 1 juni gremium {CODE}", room="dm")
    [first] = running.say("vng.wg.1", f"!programma beeindig {CODE}", room="dm")
    assert first.text == (
        "Eerst de eindevaluatie: behouden, voortbouwen, vernieuwen en de vier p's. "
        f"Typ !programma eindevaluatie {CODE}."
    )
    running.say("vng.wg.1", REVIEW, room="dm")
    [where] = running.say("vng.wg.1", f"!programma beeindig {CODE}", room="dm")
    assert where.text == "Waar gaan 1 open actie en 1 signaal heen?"
    assert group(running).state is GroupState.ACTIVE
    [sure] = running.say("vng.wg.1", "AO", room="dm")
    assert sure.text == "Programma Bodemenergie beëindigen? 1 open actie en 1 signaal gaan naar het AO."
    running.say("vng.wg.1", "ja", room="dm")
    running.say("rijk.ao.0", "!akkoord 3")
    assert group(running).state is GroupState.ACTIVE
    said = running.say("rijk.do.1", "!akkoord 4", room="dm")
    assert told(said, "dm:rijk.do.1") == [f"{CODE} is beëindigd.\n1 open actie en 1 signaal gaan naar het AO."]
    [contacts] = told(said, "dm:rijk.secr.1")
    assert contacts.startswith(f"De contacten van {CODE}, dat is beëindigd:")
    assert f"vng.wg.1 (VNG), trekker van {CODE}" in contacts
    after = group(running)
    assert (after.state, after.handed_over_to, after.ended_on) == (GroupState.CONCLUDED, "AO", date(2027, 3, 30))
    signal, action = running.simulation.database.work(
        lambda s: (SqlStore(s).get(Signal, "SIG-2027-001"), SqlStore(s).get(Action, "ACT-2027-001"))
    )
    assert signal is not None
    assert action is not None
    assert (signal.lies_with, signal.owner, action.body) == ("AO", "AO", "AO")
    shown = running.say("vng.ao.1", f"!programma {CODE}")[0].text
    assert "Opdracht: Warmte naast drinkwater." in shown
    [evaluations] = running.say("rijk.secr.1", "!evaluatie toon", room="dm")
    assert CODE not in evaluations.text


def test_the_final_review_asks_seven_things_one_at_a_time(running: TestBot) -> None:
    asked = [running.say("vng.wg.1", f"!programma eindevaluatie {CODE}", room="dm")[0].text]
    asked += [running.say("vng.wg.1", f"antwoord {number}", room="dm")[0].text for number in range(6)]
    assert [text.split()[0] for text in asked] == [
        "Wat",
        "Waarop",
        "Wat",
        "Positionering:",
        "Professionalisering:",
        "Projecten:",
        "Prestaties:",
    ]
    [done] = running.say("vng.wg.1", "de laatste", room="dm")
    assert done.text.startswith(f"Eindevaluatie van {CODE} vastgelegd.")
    review = group(running).final_review
    assert review is not None
    assert (review.keep, review.performance) == ("antwoord 0", "de laatste")


# --- the template ----------------------------------------------------------------------------------------------------
def test_the_template_makes_bodies_below_the_programme_and_shows_who_is_missing(running: TestBot) -> None:
    [made] = running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    assert made.text.startswith(f"{CODE}: 9 overleggen, onder het programma en niet boven het AO.")
    assert (
        f"Stuurgroep ({CODE}-STUURGROEP) · besluit over begroting en budgetverdeling, jaarplan, evaluaties, "
        "Kamerbrieven · nog zonder Rijk, VNG, IPO, UvW"
    ) in made.text
    assert made.text.endswith(
        "42 bevoegde gezagen, bereikt via WEB (koepel nog niet ingevuld) en BOOG (koepel nog niet ingevuld)."
    )
    running.say("rijk.secr.1", f"!rol @vng.ao.2 lid {CODE}-STUURGROEP")
    shown = running.say("rijk.secr.1", f"!programma {CODE}")[0].text
    assert "Kamerbrieven · nog zonder Rijk, IPO, UvW" in shown
    [listed] = running.say("rijk.secr.1", "!werkgroepen")
    assert "STUURGROEP" not in listed.text
    running.say("rijk.secr.1", "!ongedaan")
    [again] = running.say("rijk.secr.1", f"!programma sjabloon {CODE}")
    assert again.text == f"{CODE} heeft al de overleggen van uitvoeringsprogramma."


def test_the_bodies_of_the_template_end_with_the_programme(running: TestBot) -> None:
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    running.say("vng.wg.1", REVIEW, room="dm")
    running.say("vng.wg.1", f"!programma beeindig {CODE} zeker:ja", room="dm")
    running.say("rijk.ao.0", "!akkoord 3")
    running.say("rijk.do.1", "!akkoord 4", room="dm")
    assert group(running, f"{CODE}-STUURGROEP").state is GroupState.CONCLUDED


def test_the_steering_group_cannot_be_extended_or_ended_by_itself(running: TestBot) -> None:
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    [extend] = running.say("vng.ao.1", f"!verleng {CODE}-STUURGROEP tot 31 december 2032 want nuttig")
    assert extend.text == f"{CODE}-STUURGROEP hoort bij {CODE} en loopt even lang. Kijk met !toon {CODE}."
    [end] = running.say("vng.ao.1", f"!ophef {CODE}-STUURGROEP naar AO")
    assert end.text == f"{CODE}-STUURGROEP hoort bij {CODE} en eindigt daarmee. Kijk met !toon {CODE}."


def test_the_steering_group_decides_in_four_categories_and_notes_who_is_not_in_it(running: TestBot) -> None:
    room = f"{CODE}-STUURGROEP"
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    running.say("rijk.secr.1", f"!rol @vng.ao.2 lid {room}")
    running.say("rijk.secr.1", f"!rol @uvw.ao.1 secretaris {room}")
    running.say("uvw.ao.1", f"!vergadering plan {room} 30 maart", room="dm")
    [asked] = running.say("uvw.ao.1", "!besluit de begroting is akkoord", room=room)
    assert asked.text == (
        "Stuurgroep Bodemenergie besluit over begroting en budgetverdeling, jaarplan, evaluaties of Kamerbrieven. "
        "Waar valt dit onder?"
    )
    said = running.say("uvw.ao.1", "jaarplan", room=room, reply_to=asked.id)
    assert said[0].text.startswith("BES-2027-001")
    assert "Niet vertegenwoordigd: Rijk, IPO en UvW." in said[0].text
    [refused] = running.say("vng.wg.1", "!besluit we gaan door", room=CODE)
    assert refused.text.startswith("Een programma adviseert.")


def test_what_the_steering_group_decided_goes_along_when_the_programme_ends(running: TestBot) -> None:
    room = f"{CODE}-STUURGROEP"
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    running.say("rijk.secr.1", f"!rol @vng.ao.2 lid {room}")
    running.say("rijk.secr.1", f"!rol @uvw.ao.1 secretaris {room}")
    running.say("uvw.ao.1", f"!vergadering plan {room} 30 maart", room="dm")
    running.say("uvw.ao.1", "!besluit de begroting is akkoord categorie:jaarplan", room=room)
    running.say("vng.wg.1", REVIEW, room="dm")
    [where] = running.say("vng.wg.1", f"!programma beeindig {CODE}", room="dm")
    assert where.text == "Waar gaat 1 besluit heen?"
    running.say("vng.wg.1", "AO", room="dm")
    running.say("vng.wg.1", "ja", room="dm")
    running.say("rijk.ao.0", "!akkoord 3")
    running.say("rijk.do.1", "!akkoord 4", room="dm")
    kept = running.simulation.database.work(lambda s: SqlStore(s).get(Decision, "BES-2027-001"))
    assert kept is not None
    assert (kept.body, kept.text, kept.meeting) == ("AO", "de begroting is akkoord", f"VRG-{room}-2027-01")
    [listed] = running.say("rijk.secr.1", "!besluiten AO")
    assert f"de begroting is akkoord · concept, {room} di 30 mrt 2027" in listed.text


def test_the_programme_team_prepares_what_the_steering_group_treats(running: TestBot) -> None:
    steering, team = f"{CODE}-STUURGROEP", f"{CODE}-PROGRAMMATEAM"
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    for body in (steering, team):
        running.say("rijk.secr.1", f"!rol @uvw.ao.1 secretaris {body}")
    running.say("uvw.ao.1", f"!vergadering plan {team} 31 maart", room="dm")
    running.say("uvw.ao.1", f"!vergadering plan {steering} 7 april", room="dm")
    typed = "!agendeer Verdeling van het budget ter besluitvorming horizon:strategie"
    [first] = running.say("uvw.ao.1", typed, room=steering)
    assert first.text.startswith(
        f"Een nieuw punt gaat eerst langs Programmateam Bodemenergie ({team}), "
        "het voorportaal van Stuurgroep Bodemenergie."
    )
    put = running.say("uvw.ao.1", "ja", room=steering, reply_to=first.id)
    assert any("Punt 1 op" in one.text for one in put)
    running.until(at("2027-03-31 15:00"))
    running.say("uvw.ao.1", "!uitkomst 1 kennisgenomen", room=team)
    [on] = running.say("uvw.ao.1", f"!agendeer AGP-2027-001 voor {steering} ter besluitvorming", room=steering)
    assert on.text.startswith("Punt 1 op")


def test_the_roles_of_the_template_have_names_of_their_own(running: TestBot) -> None:
    running.say("rijk.secr.1", f"!programma sjabloon {CODE} uitvoeringsprogramma")
    said = running.say("rijk.secr.1", f"!rol @vng.ao.2 projectsecretaris in {CODE}-SPOED")
    assert told(said, "AO") == [f"vng.ao.2 is projectsecretaris van {CODE}-SPOED namens VNG."]
    assert "projectsecretaris vng.ao.2 (VNG)" in running.say("rijk.secr.1", f"!wie {CODE}-SPOED")[0].text
    said = running.say("rijk.secr.1", f"!rol @ipo.wg.1 projectleider in {CODE}-SPOED")
    assert any("projectleider van" in one.text for one in said)
    said = running.say("rijk.secr.1", f"!rol @ipo.wg.1 projectleider in {CODE}-KERNGROEP")
    assert told(said, "AO") == [f"ipo.wg.1 is lid van {CODE}-KERNGROEP namens IPO."]
    [refused] = running.say("rijk.secr.1", "!rol @vng.ao.2 projectsecretaris in AO")
    assert refused.text == "Een projectsecretaris hoort bij een projectgroep. Leg de rol daar vast met !rol."


# --- the communication plan (R-217) ----------------------------------------------------------------------------------
def test_a_programme_says_whom_it_reaches_by_which_way_and_how_often(running: TestBot) -> None:
    [shown] = running.say("vng.wg.1", f"!programma {CODE}", room="dm")
    assert f"Communicatieplan: nog niet; dat kan met !programma communicatie {CODE}." in shown.text
    [who] = running.say("vng.wg.1", f"!programma communicatie {CODE}", room="dm")
    assert who.text == "Wie wil Programma Bodemenergie bereiken?"
    [way] = running.say("vng.wg.1", "gemeenten en drinkwaterbedrijven", room="dm")
    assert way.text == "Via welke weg? Bijvoorbeeld een nieuwsbrief van de koepels."
    [often] = running.say("vng.wg.1", "de nieuwsbrief van de VNG", room="dm")
    assert often.text == "Hoe vaak: direct, dagelijks, wekelijks of maandelijks?"
    [done] = running.say("vng.wg.1", "maandelijks", room="dm")
    assert done.text == (
        f"Communicatieplan van {CODE}: gemeenten en drinkwaterbedrijven. Via de nieuwsbrief van de VNG, maandelijks. "
        f"Is het langer stil dan dat, dan vraag ik om een paar regels. In de kamer van {CODE} meld ik uit mezelf "
        "hooguit één keer per maand iets dat kan wachten; wat haast heeft, komt meteen."
    )
    [shown] = running.say("vng.wg.1", f"!programma {CODE}", room="dm")
    assert (
        "Communicatieplan: gemeenten en drinkwaterbedrijven; via de nieuwsbrief van de VNG; maandelijks." in shown.text
    )
    [other] = running.say("uvw.wg.1", f"!programma communicatie {CODE}", room="dm")
    assert other.text.startswith("Het communicatieplan vaststellen doet de trekker")


def test_a_silence_longer_than_the_plan_promises_is_asked_about(running: TestBot) -> None:
    """R-180, R-217: after 31 days and not after six weeks; the quiet weeks of May do not count, 17 May is a holiday."""
    plan = 'doelgroep:"gemeenten" weg:"de nieuwsbrief" intensiteit:maandelijks'
    running.say("vng.wg.1", f"!programma communicatie {CODE} {plan}", room="dm")
    said = running.until(at("2027-05-19 12:00"))
    [asked] = [one for one in said if one.room == "dm:vng.wg.1" and f"niets van {CODE}" in one.text]
    assert asked.at.date() == date(2027, 5, 18)
