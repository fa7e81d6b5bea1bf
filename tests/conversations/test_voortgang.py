"""!voortgang and !monitoring: how an agreement stands, what came of a decision, and how one sees whether it works."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.agreement import Agreement, AgreementState, Feasible, Pdca, Progress
from commands.words.decision import Decision, DecisionState
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, CHAIR, LEAD = "rijk.secr.2", "rijk.do.1", "ipo.do.1"


@pytest.fixture
def agreed(make_bot: Any) -> TestBot:
    """AFS-2027-001 and BES-2027-001 of the DO of Tuesday 25 May, both fixed; two months later."""
    bot = make_bot("2027-05-25 14:30")
    assert isinstance(bot, TestBot)
    bot.room = "DO"
    bot.say(
        SECRETARY,
        "!afspraak Overzicht knelpunten per regio gereed bindt Rijk, IPO en VNG verantwoordelijk IPO "
        "trekker @ipo.do.1 verantwoording aan het BO uiterlijk 1 november",
    )
    bot.say(SECRETARY, "!besluit het DO stemt in met het kader")
    for line in ("!afspraak vaststellen AFS-1", "!besluit vaststellen BES-1"):
        [sure] = bot.say(CHAIR, line)
        bot.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    bot.until(at("2027-07-01 09:00"))
    return bot


def agreement(bot: TestBot) -> Agreement:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Agreement, "AFS-2027-001"))
    assert isinstance(found, Agreement)
    return found


def decision(bot: TestBot) -> Decision:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Decision, "BES-2027-001"))
    assert isinstance(found, Decision)
    return found


def only(said: list[Any]) -> str:
    [one] = said
    return str(one.text)


def test_the_lead_says_how_it_stands_in_one_sentence(agreed: TestBot) -> None:
    text = only(
        agreed.say(LEAD, "!voortgang AFS-1 in uitvoering, tijd haalbaar, geld doorpakken nodig, drie van vier klaar")
    )
    assert text == (
        "AFS-2027-001: in uitvoering · tijd haalbaar · geld doorpakken nodig. Gaat mee in de stand voor het BO."
    )
    now = agreement(agreed)
    assert (now.progress, now.in_time, now.in_money) == (Progress.CARRYING_OUT, Feasible.FEASIBLE, Feasible.PUSH)
    [entry] = now.entries
    assert (entry.by, entry.meaning, str(entry.on)) == (LEAD, "drie van vier klaar", "2027-07-01")


def test_the_same_in_fields(agreed: TestBot) -> None:
    agreed.say(SECRETARY, '!voortgang AFS-1 stand:uitvoering tijd:"niet haalbaar" geld:haalbaar duiding:"het schuift"')
    now = agreement(agreed)
    assert (now.progress, now.in_time, now.in_money, now.meaning) == (
        Progress.CARRYING_OUT,
        Feasible.NOT,
        Feasible.FEASIBLE,
        "het schuift",
    )


def test_realised_needs_evidence(agreed: TestBot) -> None:
    """INV-27."""
    [asked] = agreed.say(LEAD, "!voortgang AFS-1 gerealiseerd")
    assert asked.text == "Waar blijkt dat uit? Geef een bewijs of een voorbeeld."
    assert agreement(agreed).progress is Progress.ON_PAPER
    done = agreed.say(LEAD, "alle twaalf overzichten staan online", room="dm", reply_to=asked.id)
    assert done[0].text.startswith("AFS-2027-001: gerealiseerd.")
    assert agreement(agreed).evidence == "alle twaalf overzichten staan online"


def test_a_step_back_needs_a_reason(agreed: TestBot) -> None:
    agreed.say(LEAD, "!voortgang AFS-1 in uitvoering, het loopt overal")
    [asked] = agreed.say(LEAD, "!voortgang AFS-1 op papier")
    assert asked.text == "Van in uitvoering terug naar op papier: waarom?"
    agreed.say(LEAD, "het geld is weg", room="dm", reply_to=asked.id)
    assert agreement(agreed).progress is Progress.ON_PAPER


def test_while_encouraging_a_number_is_not_enough(make_bot: Any) -> None:
    bot = make_bot("2027-05-25 14:30")
    bot.room = "DO"
    bot.say(
        SECRETARY,
        "!afspraak samen leren bindt VNG verantwoordelijk VNG trekker @vng.do.1 verantwoording DO "
        "termijn:doorlopend spoor:aanjagen",
    )
    [asked] = bot.say("vng.do.1", "!voortgang AFS-1 in uitvoering 3")
    assert asked.text == "Bij aanjagen graag in woorden: wat is er in beweging gekomen?"
    done = bot.say("vng.do.1", "drie regio's delen hun aanpak", room="dm", reply_to=asked.id)
    assert done[0].text.startswith("AFS-2027-001: in uitvoering.")


def test_the_cycle_goes_step_by_step(agreed: TestBot) -> None:
    """R-059."""
    assert only(agreed.say(LEAD, "!voortgang AFS-1 pdca:check")) == "Na plan komt do. Typ !voortgang AFS-2027-001 do."
    assert only(agreed.say(LEAD, "!voortgang AFS-1 pdca:do")) == "AFS-2027-001 staat op do."
    assert only(agreed.say(LEAD, "!voortgang AFS-1 pdca:check")) == (
        "Voor check is eerst een stand nodig: !voortgang AFS-2027-001."
    )
    agreed.say(LEAD, "!voortgang AFS-1 in uitvoering, het loopt")
    agreed.say(LEAD, "!voortgang AFS-1 pdca:check")
    [which] = agreed.say(LEAD, "!voortgang AFS-1 pdca:act")
    assert which.text == "Wat wordt het: voortzetten, bijstellen of stoppen?"
    [by] = agreed.say(LEAD, "bijstellen", room="dm", reply_to=which.id)
    assert by.text == "Bij welk besluit? Bijstellen gebeurt met een besluit."
    done = agreed.say(LEAD, "BES-1", room="dm", reply_to=by.id)
    assert done[0].text == "AFS-2027-001 staat op act: bijstellen (BES-2027-001)."
    assert (agreement(agreed).pdca, agreement(agreed).act) == (Pdca.ACT, "bijstellen (BES-2027-001)")


def test_a_region_may_do_it_its_own_way(agreed: TestBot) -> None:
    """R-171."""
    text = only(agreed.say(LEAD, "!voortgang AFS-1 regio:Zeeland duiding:met de waterschappen samen"))
    assert text == "AFS-2027-001: invulling Zeeland genoteerd. Dat is een variant, geen afwijking."
    assert "Invulling Zeeland: met de waterschappen samen." in only(agreed.say(LEAD, "!toon AFS-1"))


def test_only_its_own_body_or_a_higher_one_ends_it(agreed: TestBot) -> None:
    refused = only(agreed.say("rijk.ao.0", "!voortgang AFS-1 vervallen niet meer nodig", room="dm"))
    assert refused == "AFS-2027-001 bestaat niet. Kijk bij !afspraken."
    refused = only(agreed.say(LEAD, "!voortgang AFS-1 vervallen niet meer nodig"))
    assert (
        refused == "AFS-2027-001 laten vervallen of vervangen kan alleen het DO of het BO. Kijk met !toon AFS-2027-001."
    )
    [asked] = agreed.say("rijk.bo.1", "!voortgang AFS-1 niet gerealiseerd", room="BO")
    assert asked.text == "Waarom wordt AFS-2027-001 niet gerealiseerd?"
    agreed.say("rijk.bo.1", "het geld ontbrak", room="dm", reply_to=asked.id)
    assert (agreement(agreed).state, agreement(agreed).outcome) == (AgreementState.NOT_REALISED, "het geld ontbrak")


def test_what_came_of_a_decision(agreed: TestBot) -> None:
    """R-058."""
    assert only(agreed.say(SECRETARY, "!voortgang BES-1 in uitvoering")) == "BES-2027-001 is in uitvoering."
    [why] = agreed.say(SECRETARY, "!voortgang BES-1 niet uitgevoerd")
    assert why.text == "Waarom niet?"
    agreed.say(SECRETARY, "de wet kwam eerder", room="dm", reply_to=why.id)
    assert (decision(agreed).state, decision(agreed).outcome) == (DecisionState.NOT_DONE, "de wet kwam eerder")
    assert only(agreed.say(SECRETARY, "!voortgang BES-1 uitgevoerd")) == (
        "BES-2027-001 is niet uitgevoerd; uitgevoerd kan niet meer. Kijk met !toon BES-2027-001."
    )
    agreed.say(SECRETARY, "!ongedaan")
    assert decision(agreed).state is DecisionState.CARRYING_OUT


# --- monitoring ------------------------------------------------------------------------------------------------------
def test_the_measure_in_one_line(agreed: TestBot) -> None:
    text = only(agreed.say(SECRETARY, "!monitoring BES-1 aantal plannen, 14 oktober en 1 december, @uvw.do.1"))
    assert text == "BES-2027-001: aantal plannen, do 14 okt 2027 en wo 1 dec 2027, door uvw.do.1."
    measure = decision(agreed).measure
    assert measure is not None
    assert (measure.what, measure.who, str(measure.filled_on)) == ("aantal plannen", "uvw.do.1", "2027-07-01")
    assert [str(day) for day in measure.moments] == ["2027-10-14", "2027-12-01"]


def test_what_is_missing_of_the_measure_is_asked(agreed: TestBot) -> None:
    [when] = agreed.say(LEAD, "!monitoring AFS-1 aantal overzichten")
    assert when.text == "Wanneer meten we? Eén of meer dagen."
    [who] = agreed.say(LEAD, "1 oktober", room="dm", reply_to=when.id)
    assert who.text == "Wie meet het?"
    done = agreed.say(LEAD, "het IPO", room="dm", reply_to=who.id)
    assert done[0].text == "AFS-2027-001: aantal overzichten, vr 1 okt 2027, door het IPO."


def test_not_needed_with_a_reason(agreed: TestBot) -> None:
    [why] = agreed.say(SECRETARY, "!monitoring BES-1 niet nodig")
    assert why.text == "Waarom is een maat niet nodig?"
    done = agreed.say(SECRETARY, "het is eenmalig", room="dm", reply_to=why.id)
    assert done[0].text == "BES-2027-001: monitoring niet nodig, want het is eenmalig."
    assert (decision(agreed).needs_measure, decision(agreed).measure_because) == (False, "het is eenmalig")


def test_a_number_that_two_have_is_asked_about(agreed: TestBot) -> None:
    [which] = agreed.say(SECRETARY, "!monitoring 1 niet nodig, want eenmalig")
    assert which.text == "BES-2027-001 of AFS-2027-001?"
    done = agreed.say(SECRETARY, "AFS-2027-001", room="dm", reply_to=which.id)
    assert done[0].text == "AFS-2027-001: monitoring niet nodig, want eenmalig."


# --- lists and dossiers ----------------------------------------------------------------------------------------------
def test_the_lists_of_a_body(agreed: TestBot) -> None:
    assert only(agreed.say("vng.do.1", "!besluiten")) == (
        "1 besluit (DO)\n\n- BES-2027-001 het DO stemt in met het kader · vastgesteld, di 25 mei 2027, "
        "nog zonder monitoring"
    )
    assert only(agreed.say("vng.do.1", "!afspraken zonder monitoring")) == (
        "1 afspraak (DO, zonder monitoring)\n\n- AFS-2027-001 Overzicht knelpunten per regio gereed · op papier, "
        "uiterlijk ma 1 nov 2027, trekker ipo.do.1, di 25 mei 2027, nog zonder monitoring"
    )
    assert only(agreed.say("vng.do.1", "!besluiten over grondwater")) == "Geen besluiten gevonden (DO, grondwater)."
    assert only(agreed.say("vng.do.1", "!besluiten sinds 1 juni")) == "Geen besluiten gevonden (DO)."


def test_a_decision_past_its_date_without_outcome_stands_out(agreed: TestBot) -> None:
    agreed.say(SECRETARY, "!monitoring BES-1 aantal plannen, 10 juli, @uvw.do.1")
    agreed.until(at("2027-08-30 09:00"))
    text = only(agreed.say(SECRETARY, "!besluiten open"))
    assert text.endswith("Over de datum en zonder uitkomst: BES-2027-001. Meld die met !voortgang.")


def test_the_dossier_of_an_agreement(agreed: TestBot) -> None:
    text = only(agreed.say(LEAD, "!toon AFS-1"))
    for line in (
        "AFS-2027-001 Overzicht knelpunten per regio gereed",
        "Vastgesteld, DO di 25 mei 2027; uiterlijk ma 1 nov 2027.",
        "Bindt Rijk, VNG en IPO, niet automatisch de gemeenten en de provincies.",
        "Verantwoordelijk IPO, trekker ipo.do.1, verantwoording aan het BO.",
        "Standpunten: Rijk, VNG en IPO akkoord.",
    ):
        assert line in text


def test_who_may_not_see_them_hears_nothing_of_them(agreed: TestBot) -> None:
    assert only(agreed.say("vng.ao.1", "!toon BES-1", room="AO")) == "BES-2027-001 bestaat niet. Kijk bij !besluiten."
    assert only(agreed.say("vng.ao.1", "!besluiten DO", room="AO")) == "Geen besluiten gevonden (DO)."
    assert "overheidspartijen" in only(agreed.say("drinkwater.wg.1", "!besluiten DO", room="dm"))


# --- who raised it ---------------------------------------------------------------------------------------------------
def test_who_raised_what_a_decision_is_about_hears_what_became_of_it(weighed: TestBot) -> None:
    weighed.until(at("2027-01-14 10:30"))
    weighed.say(SECRETARY, "!besluit SIG-1 het AO maakt een depotkaart mandaat:ja")
    [sure] = weighed.say("rijk.ao.0", "!besluit vaststellen BES-1")
    weighed.say("rijk.ao.0", "ja", reply_to=sure.id)
    underway = weighed.say(SECRETARY, "!voortgang BES-1 in uitvoering")
    assert "dm:uvw.ao.1" not in {one.room for one in underway}
    said = weighed.say(SECRETARY, "!voortgang BES-1 uitgevoerd de kaart staat online")
    assert ("dm:uvw.ao.1", "SIG-2027-001 (Baggerdepots zitten vol): het besluit hierover is uitgevoerd: "
            "de kaart staat online.") in [(one.room, one.text) for one in said]  # fmt: skip


def test_who_raised_it_hears_that_a_decision_was_revised_also_when_the_new_one_names_no_signal(
    weighed: TestBot,
) -> None:
    weighed.until(at("2027-01-14 10:30"))
    weighed.say(SECRETARY, "!besluit SIG-1 het AO maakt een depotkaart mandaat:ja")
    [sure] = weighed.say("rijk.ao.0", "!besluit vaststellen BES-1")
    weighed.say("rijk.ao.0", "ja", reply_to=sure.id)
    said = weighed.say(SECRETARY, "!besluit het AO maakt een depotlijst mandaat:ja herziet:BES-1")
    assert ("dm:uvw.ao.1", "SIG-2027-001 (Baggerdepots zitten vol): het besluit hierover is herzien. "
            "Nu geldt: het AO maakt een depotlijst.") in [(one.room, one.text) for one in said]  # fmt: skip
