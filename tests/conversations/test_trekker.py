"""Another trekker for an agreement, who says yes first, and none left behind by what ends (INV-26, R-165, R-221)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.testing import Said, TestBot
from commands.kit.ports import Change
from commands.words.agreement import Agreement
from commands.words.workgroup import GroupState, Workgroup
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, LEAD = "rijk.secr.2", "ipo.do.1"
CODE = "PRG-BODEMENERGIE"
TEXT = "Overzicht knelpunten per regio gereed"


@pytest.fixture
def agreed(make_bot: Callable[[str], TestBot]) -> TestBot:
    """The DO of Tuesday 25 May made an agreement that ipo.do.1 leads."""
    bot = make_bot("2027-05-25 14:30")
    bot.say(
        SECRETARY,
        f"!afspraak {TEXT} bindt Rijk, IPO en VNG verantwoordelijk IPO trekker @{LEAD} verantwoording aan het DO "
        "uiterlijk 1 november",
        room="DO",
    )
    return bot


def lead(bot: TestBot) -> str:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Agreement, "AFS-2027-001"))
    assert found is not None
    return found.lead


def to(said: list[Said], room: str) -> Said:
    [found] = [one for one in said if one.room == room]
    return found


def test_another_trekker_leads_it_after_a_yes_and_not_before(agreed: TestBot) -> None:
    said = agreed.say(LEAD, "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    assert to(said, f"dm:{LEAD}").text == ("Gevraagd aan vng.do.1 (VNG). Tot die ja zegt, blijft ipo.do.1 de trekker.")
    assert to(said, "dm:vng.do.1").text == (
        f"ipo.do.1 vraagt of u deze afspraak gaat trekken: {TEXT} (AFS-2027-001). U antwoordt met ja of nee."
    )
    assert lead(agreed) == LEAD
    said = agreed.say("vng.do.1", "ja", room="dm")
    done = f"AFS-2027-001 heeft nu vng.do.1 (VNG) als trekker: {TEXT}."
    assert [(one.room, one.text) for one in said] == [("dm:vng.do.1", done), (f"dm:{LEAD}", done)]
    assert lead(agreed) == "vng.do.1"


def test_someone_who_wants_to_lead_it_asks_the_trekker(agreed: TestBot) -> None:
    said = agreed.say("vng.do.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    assert to(said, f"dm:{LEAD}").text == (
        f"vng.do.1 wil deze afspraak trekken: {TEXT} (AFS-2027-001). Akkoord: ja of nee?"
    )
    agreed.say(LEAD, "ja", room="dm")
    assert lead(agreed) == "vng.do.1"


def test_who_is_asked_from_another_table_may_read_what_it_is_and_nobody_else(agreed: TestBot) -> None:
    [unknown] = agreed.say("vng.wg.1", "!overdragen AFS-2027-001 aan @vng.wg.1", room="dm")
    assert unknown.text == "AFS-2027-001 bestaat niet. Kijk bij !afspraken."
    agreed.say(SECRETARY, "!overdragen AFS-2027-001 aan @vng.wg.1", room="dm")
    agreed.say("vng.wg.1", "ja", room="dm")
    assert lead(agreed) == "vng.wg.1"


def test_who_would_rather_not_says_no_and_that_ends_it(agreed: TestBot) -> None:
    agreed.say(SECRETARY, "!overdragen AFS-2027-001 aan @vng.do.1 want die kent de regio's", room="dm")
    said = agreed.say("vng.do.1", "nee, te weinig tijd", room="dm")
    assert to(said, "dm:vng.do.1").text == "Genoteerd. AFS-2027-001 houdt ipo.do.1 als trekker."
    for person in (SECRETARY, LEAD):
        assert to(said, f"dm:{person}").text == (
            "vng.do.1 zegt nee: AFS-2027-001 houdt ipo.do.1 als trekker. De reden: te weinig tijd."
        )
    # A no is no half yes: the trekker is asked again.
    agreed.say("vng.do.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    assert lead(agreed) == LEAD
    [nothing] = agreed.say("uvw.do.1", "!overdragen AFS-2027-001 aan @vng.do.1 antwoord:nee", room="dm")
    assert nothing.text == "Over AFS-2027-001 is u niets gevraagd. Kijk met !toon AFS-2027-001."


def test_a_trekker_comes_from_one_of_the_parties_and_is_someone_else(agreed: TestBot) -> None:
    [outside] = agreed.say(LEAD, "!overdragen AFS-2027-001 aan @bedrijf.wg.1", room="dm")
    assert outside.text == "bedrijf.wg.1 komt van buiten. Een trekker komt van een van de partijen."
    [same] = agreed.say(LEAD, f"!overdragen AFS-2027-001 aan @{LEAD}", room="dm")
    assert same.text == "Dat is al de trekker."
    [stranger] = agreed.say("uvw.do.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    assert stranger.text == "Een andere trekker vraagt de trekker zelf of de secretaris."


def test_an_offer_that_was_taken_back_counts_for_no_yes(agreed: TestBot) -> None:
    agreed.say(LEAD, "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    agreed.say(LEAD, "!ongedaan", room="dm")
    agreed.say("vng.do.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    assert lead(agreed) == LEAD


# --- at the end of a programme ---------------------------------------------------------------------------------------
@pytest.fixture
def programme(make_bot: Callable[[str], TestBot]) -> TestBot:
    """A reviewed programme on 25 May, and an agreement of the DO whose trekker is nothing but in that programme."""
    bot = make_bot("2027-05-25 14:30")
    bot.say("uvw.ao.1", "!signaal Warmtepompen raken drinkwater", room="AO")
    bot.say(
        "vng.ao.1",
        '!programma instellen Bodemenergie aanleiding:sig1 waarom:"te groot voor één groep" opdracht:"Warmte naast '
        'drinkwater" niet:"geen normstelling" waarde:"één landelijk beeld" afrekenen:"minder meldingen" '
        'einde:"31 december 2031" trekker:@vng.wg.1 combineren:nieuw',
        room="AO",
    )
    bot.say("rijk.ao.0", "!akkoord 1", room="AO")
    bot.say("rijk.do.1", "!akkoord 2", room="dm")
    bot.say("rijk.secr.1", f"!rol @uvw.wg.1 lid {CODE}", room="AO")
    bot.say(
        "vng.wg.1",
        f'!programma eindevaluatie {CODE} behouden:"het loket" voortbouwen:"de kaarten" vernieuwen:"de aanpak" '
        'positionering:"tussen de partijen" professionalisering:"meten" projecten:"drie proeven" prestaties:"alles"',
        room="dm",
    )
    bot.say(
        SECRETARY,
        f"!afspraak {TEXT} bindt Rijk, IPO en VNG verantwoordelijk IPO trekker @vng.wg.1 verantwoording aan het DO "
        "uiterlijk 1 november",
        room="DO",
    )
    only_in(bot, "vng.wg.1", CODE)
    return bot


def only_in(bot: TestBot, person: str, code: str) -> None:
    """What this person does elsewhere ended yesterday."""

    def end(session: object) -> None:
        store = SqlStore(session)  # type: ignore[arg-type]
        for role in store.roles(person=person, on=date(2027, 5, 25)):
            if role.body != code:
                store.put(replace(role, end=date(2027, 5, 24)), Change("test", at("2027-05-25 14:30")))

    bot.simulation.database.work(end)


def state(bot: TestBot) -> GroupState:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Workgroup, CODE))
    assert found is not None
    return found.state


def test_a_programme_does_not_end_while_an_agreement_would_lose_its_only_trekker(programme: TestBot) -> None:
    end = f"!programma beeindig {CODE} naar AO"
    [refused] = programme.say("vng.wg.1", end, room="dm")
    assert refused.text == (
        f"AFS-2027-001 trekt vng.wg.1, en die stopt met {CODE}. Vraag eerst een andere trekker, die ja zegt: "
        "!overdragen AFS-2027-001 aan @naam."
    )
    programme.say("vng.wg.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    [still] = programme.say("vng.wg.1", end, room="dm")
    assert still.text == refused.text
    programme.say("vng.do.1", "ja", room="dm")
    [sure] = programme.say("vng.wg.1", end, room="dm")
    assert sure.text.startswith("Programma Bodemenergie beëindigen?")
    programme.say("vng.wg.1", "ja", room="dm")
    programme.say("rijk.ao.0", "!akkoord 3", room="AO")
    programme.say("rijk.do.1", "!akkoord 4", room="dm")
    assert state(programme) is GroupState.CONCLUDED
    assert lead(programme) == "vng.do.1"


def test_what_lost_its_trekker_since_it_was_proposed_is_asked_about_once_more(programme: TestBot) -> None:
    programme.say("vng.wg.1", "!overdragen AFS-2027-001 aan @vng.do.1", room="dm")
    programme.say("vng.do.1", "ja", room="dm")
    programme.say("vng.wg.1", f"!programma beeindig {CODE} naar AO zeker:ja", room="dm")
    programme.say("vng.do.1", "!overdragen AFS-2027-001 aan @vng.wg.1", room="dm")
    programme.say("vng.wg.1", "ja", room="dm")
    [refused] = programme.say("rijk.ao.0", "!akkoord 3", room="AO")
    assert refused.text.startswith("AFS-2027-001 trekt vng.wg.1")
    assert state(programme) is GroupState.ACTIVE
