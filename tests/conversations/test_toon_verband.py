"""!toon as the spider in the web: what is like it, which bodies have it, and who has which role (R-140, INV-39)."""

from __future__ import annotations

import re

import pytest
from sqlalchemy import event

from bot.testing import TestBot
from tests.conftest import at, outsider_in
from tests.storage.test_reports_walk_nothing import GROWING

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
AO = "AO: voorzitter rijk.ao.0 (Rijk), secretaris rijk.secr.1 (Rijk)"
#: How the lines begin that name something else than the record itself.
AROUND = ("Verwant: ", "Gremia: ", "Mensen: ", "Acties: ", "Besloten en afgesproken: ", "Eerder hierover: ")


def around(bot: TestBot, who: str, typed: str = "!toon 1", room: str | None = None) -> dict[str, str]:
    """The lines about what hangs together with it, by how they begin."""
    [answer] = bot.say(who, typed, **({"room": room} if room else {}))
    assert "bestaat niet" not in answer.text
    lines = answer.text.splitlines()
    return {name.strip(": "): line for line in lines for name in AROUND if line.startswith(name)}


def test_it_names_the_bodies_that_have_it_and_who_leads_them(delegated: TestBot) -> None:
    found = around(delegated, "ipo.ao.1")
    assert found["Gremia"] == "Gremia: AO (ligt hier), DO (eigenaar)."
    assert found["Mensen"].startswith(f"Mensen: {AO}; DO: voorzitter rijk.do.1 (Rijk)")


def test_it_names_who_acts_on_it_and_who_keeps_the_contact_with_the_constituency(filed: TestBot) -> None:
    filed.say(SECRETARY, "!rol @uvw.ao.2 koepelcontact AO namens UvW")
    filed.say(SECRETARY, "!actie @vng.ao.1 depotkaart sturen voor 5 februari bij sig1")
    found = around(filed, "ipo.ao.1")
    assert found["Acties"] == "Acties: ACT-2027-001 (open)."
    assert found["Mensen"] == f"Mensen: {AO}; actiehouder vng.ao.1 (VNG); koepelcontact uvw.ao.2 (UvW)."


def test_it_names_what_is_like_it_and_what_is_on_its_topic(filed: TestBot) -> None:
    filed.say("vng.ao.1", "!signaal Baggerdepots vol in Brabant")
    filed.say("ipo.ao.1", "!signaal Kosten van ontwatering lopen op")
    for number in (1, 3):
        filed.say(SECRETARY, f"!wijzig {number} thema:PFAS in bagger")
    assert around(filed, "ipo.ao.1")["Verwant"] == (
        "Verwant: SIG-2027-002 (VNG, ma 11 jan 2027), SIG-2027-003 (IPO, ma 11 jan 2027), WG-PFAS."
    )


def test_what_stands_alone_names_nothing_that_is_like_it(filed: TestBot) -> None:
    found = around(filed, "ipo.ao.1")
    assert found == {"Gremia": "Gremia: AO (ligt hier, eigenaar).", "Mensen": f"Mensen: {AO}."}


def test_what_was_settled_before_is_named_and_the_signal_itself_never(filed: TestBot) -> None:
    filed.say("vng.ao.1", "!signaal Baggerdepots vol in Brabant")
    for number in (1, 2):
        filed.say(CHAIR, f"!weeg {number} afhandelen actualiteit")
        filed.say(CHAIR, f"!afhandel {number} het depot is uitgebreid")
    [settled] = [one for one in filed.say("ipo.ao.1", "!toon 1") if one.room == "AO"]
    assert "\nEerder hierover: SIG-2027-002 (afgehandeld).\n" in settled.text
    assert settled.text.count("SIG-2027-001") == 1


def test_a_decision_that_was_made_on_it_is_named_and_names_it_back(make_on_agenda: TestBot) -> None:
    bot = make_on_agenda
    assert around(bot, "ipo.ao.1")["Besloten en afgesproken"] == "Besloten en afgesproken: BES-2027-001 (concept)."
    [decision] = bot.say("ipo.ao.1", "!toon BES-1")
    assert "\nBij SIG-2027-001.\n" in decision.text
    assert f"\nMensen: {AO}.\n" in decision.text


@pytest.fixture
def make_on_agenda(filed: TestBot) -> TestBot:
    """Decided on in the meeting of the AO of 14 January."""
    filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
    filed.until(at("2027-01-14 10:30"))
    filed.say(SECRETARY, "!besluit 1 het AO stemt in met een tijdelijk kader mandaat:ja")
    return filed


# --- who may not know ------------------------------------------------------------------------------------------------
def test_what_is_like_it_but_may_not_be_seen_leaves_no_trace(delegated: TestBot) -> None:
    """A director sees the one that went up, and knows nothing of the other that stayed below."""
    before = around(delegated, "vng.do.1", room="dm")
    delegated.say("vng.ao.1", "!signaal Baggerdepots vol in Brabant")
    assert "SIG-2027-002" in around(delegated, "ipo.ao.1")["Verwant"]
    assert around(delegated, "vng.do.1", room="dm") == before
    assert "Verwant" not in before
    # Who may see both names it in private only: not all who read in the room of the DO may.
    assert "Verwant" in around(delegated, SECRETARY, room="dm")
    assert "Verwant" not in around(delegated, SECRETARY, room="DO")


def test_an_action_of_a_body_whose_lists_one_may_not_see_is_not_named(delegated: TestBot) -> None:
    delegated.say("rijk.secr.1", "!actie @ipo.ao.1 depotkaart sturen voor 5 februari bij sig1", room="AO")
    assert around(delegated, "uvw.ao.1")["Acties"] == "Acties: ACT-2027-001 (open)."
    seen = around(delegated, "vng.do.1", room="dm")
    assert "Acties" not in seen
    assert "actiehouder" not in seen["Mensen"]
    delegated.say("rijk.do.1", "!actie @vng.do.1 depotkaart lezen voor 5 februari bij sig1", room="DO")
    both = around(delegated, SECRETARY, room="dm")
    assert both["Acties"] == "Acties: ACT-2027-001 (open), ACT-2027-002 (open)."
    # In the room of the AO not everyone may see the lists of the DO.
    assert around(delegated, SECRETARY, room="AO")["Acties"] == "Acties: ACT-2027-001 (open)."
    assert "vng.do.1" not in around(delegated, SECRETARY, room="AO")["Mensen"]


def test_the_people_of_a_group_are_for_who_may_see_that_group(at_group: TestBot) -> None:
    inside = around(at_group, "ipo.ao.1")
    assert inside["Gremia"] == "Gremia: WG-LOOD (ligt hier), AO (eigenaar)."
    assert "WG-LOOD: voorzitter vng.wg.1 (VNG); AO: voorzitter rijk.ao.0 (Rijk)" in inside["Mensen"]
    at_group.say("uvw.wg.1", "!signaal Zout grondwater komt verder landinwaarts", room="dm")
    at_group.say(CHAIR, "!beleg 2 bij lood voor 6 maart")
    outside = around(at_group, "uvw.wg.1", "!toon 2", room="dm")
    assert "vng.wg.1" not in outside["Mensen"]
    assert outside["Mensen"].startswith(f"Mensen: {AO}")


def test_a_group_on_the_topic_is_named_only_to_who_may_see_it(filed: TestBot) -> None:
    filed.say("uvw.wg.1", "!signaal Lood in de grond van speelplekken", room="dm")
    filed.say(SECRETARY, "!wijzig 2 thema:diffuus lood")
    assert "WG-LOOD" in around(filed, SECRETARY, "!toon 2")["Verwant"]
    assert "Verwant" not in around(filed, "uvw.wg.1", "!toon 2", room="dm")


@pytest.mark.parametrize(
    ("who", "room"), [("drinkwater.wg.1", "dm"), ("drinkwater.wg.1", "WG-PFAS"), ("uvw.wg.1", "WG-PFAS")]
)
def test_people_from_outside_and_rooms_where_they_read_get_none_of_it(filed: TestBot, who: str, room: str) -> None:
    filed.say("vng.ao.1", "!signaal Baggerdepots vol in Brabant")
    filed.say(CHAIR, "!beleg 1 bij pfas voor 6 maart")
    assert around(filed, who, room=room) == {}


def test_where_someone_from_outside_came_to_read_the_room_gets_none_of_it(filed: TestBot) -> None:
    outsider_in(filed, "AO")
    [answer] = filed.say("ipo.ao.1", "!toon 1", room="AO")
    assert answer.room == "AO"
    assert answer.text.startswith("SIG-2027-001 ")
    assert [name for name in AROUND if name in answer.text] == []


def test_an_action_names_its_signal_only_to_who_may_see_that(filed: TestBot) -> None:
    filed.say(SECRETARY, "!actie @vng.do.1 depotkaart sturen voor 5 februari bij sig1")
    [shown] = filed.say(SECRETARY, "!toon act1")
    assert "\nBij SIG-2027-001.\n" in f"{shown.text}\n"
    assert "\nGevraagd door rijk.secr.1.\n" in shown.text
    [hidden] = filed.say("vng.do.1", "!toon act1", room="dm")
    assert hidden.text.startswith("ACT-2027-001 depotkaart sturen")
    assert "SIG-" not in hidden.text


# --- of a group ------------------------------------------------------------------------------------------------------
def test_a_group_names_what_lies_there_what_is_on_its_topic_and_who_is_above_it(at_group: TestBot) -> None:
    at_group.say("vng.ao.1", "!signaal Lood in de grond van speelplekken")
    at_group.say(SECRETARY, "!wijzig 2 thema:diffuus lood")
    [shown] = at_group.say(SECRETARY, "!toon WG-LOOD")
    assert shown.text.splitlines()[-3:] == [
        "Signalen hier: SIG-2027-001.",
        "Verwant: SIG-2027-002 (VNG, ma 11 jan 2027).",
        f"Erboven: {AO}.",
    ]


def test_people_from_outside_see_of_their_group_only_what_lies_there_and_is_not_sensitive(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("uvw.ao.1", "!signaal Baggerdepots vol in Brabant gevoelig:ja")
    bot.say("uvw.ao.1", "!signaal PFAS in de bagger van de haven")
    bot.say(SECRETARY, "!wijzig 3 thema:PFAS in bagger")
    for number in (1, 2):
        bot.say(CHAIR, f"!beleg {number} bij pfas voor 6 maart")
    for who, room in (("drinkwater.wg.1", "dm"), ("uvw.wg.1", "WG-PFAS")):
        [shown] = bot.say(who, "!toon WG-PFAS", room=room)
        assert shown.text.splitlines()[-1] == "Signalen hier: SIG-2027-001."
        assert "SIG-2027-003" not in shown.text


# --- its cost --------------------------------------------------------------------------------------------------------
def test_no_dossier_walks_what_grows(make_on_agenda: TestBot) -> None:
    bot = make_on_agenda
    bot.say(SECRETARY, "!wijzig 1 thema:PFAS in bagger")
    bot.say(SECRETARY, "!actie @vng.ao.1 depotkaart sturen voor 5 februari bij sig1")
    asked: list[tuple[str, object]] = []

    def keep(_connection: object, _cursor: object, statement: str, values: object, *_: object) -> None:
        asked.append((statement, values))

    engine = bot.simulation.database.engine
    event.listen(engine, "before_cursor_execute", keep)
    for typed in ("!toon 1", "!toon BES-1", "!toon act1", "!toon WG-PFAS"):
        bot.say(SECRETARY, typed, room="dm")
    event.remove(engine, "before_cursor_execute", keep)
    plans: list[str] = []
    with engine.connect() as connection:
        for statement, values in asked:
            if statement.lstrip().upper().startswith("SELECT"):
                explained = connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)  # type: ignore[arg-type]
                plans += [row[3] for row in explained]
    assert plans
    assert [plan for plan in plans if re.match(rf"SCAN ({GROWING})\b", plan)] == []


def test_what_the_constituency_said_of_it_is_for_the_body_it_was_said_to(delegated: TestBot) -> None:
    delegated.say(SECRETARY, "!rol @vng.ao.2 koepelcontact AO namens VNG")
    delegated.say("vng.ao.2", "!inbreng SIG-1 de gemeenten zien het ook bij:WEB via VNG", room="dm")
    [inside] = delegated.say("ipo.ao.1", "!toon 1")
    assert "de gemeenten zien het ook" in inside.text
    for who, room in (("vng.do.1", "dm"), (SECRETARY, "DO")):
        [outside] = delegated.say(who, "!toon 1", room=room)
        assert outside.text.startswith("SIG-2027-001")
        assert "gemeenten zien" not in outside.text
