from __future__ import annotations

from collections.abc import Callable

import pytest

from bot.testing import Said, TestBot
from commands.rules.ways import RESERVED
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def to(person: str, said: list[Said]) -> str:
    """What this person reads in private, or an empty text."""
    return "\n".join(one.text for one in said if one.room == f"dm:{person}")


@pytest.fixture
def ao(make_bot: Callable[[str], TestBot]) -> TestBot:
    """The first AO of the example year, while it meets: Thursday 14 January 2027."""
    return make_bot("2027-01-14 11:00")


# --- !actie ----------------------------------------------------------------------------------------------------------
def test_who_what_and_when_in_one_sentence(ao: TestBot) -> None:
    answer, private = ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    assert answer.text == "ACT-2027-001 vng.ao.2: stukken sturen, uiterlijk do 4 feb 2027."
    assert private.room == "dm:vng.ao.2"
    assert "stukken sturen, uiterlijk donderdag 4 februari 2027 (ACT-2027-001)" in private.text


def test_before_friday_is_thursday_and_says_so(ao: TestBot) -> None:
    answer = ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen voor vrijdag 5 februari")[0]
    assert answer.text == "ACT-2027-001 vng.ao.2: stukken sturen, uiterlijk do 4 feb 2027 (vóór vrijdag 5 februari)."


@pytest.mark.parametrize(
    ("said", "due"),
    [
        ("voor het volgende AO", "wo 3 mrt 2027 (vóór het volgende AO)"),
        ("bij het volgende AO", "do 4 mrt 2027"),
        ("voor het DO", "ma 24 mei 2027 (vóór het DO)"),
        ("voor het DO van november", "ma 8 nov 2027 (vóór het DO van november)"),
        ("5 werkdagen voor het BO", "wo 9 jun 2027"),
        ("een week voor het BO", "wo 9 jun 2027"),
        ("uiterlijk het volgende AO", "do 4 mrt 2027"),
        ("voor de volgende vergadering", "wo 3 mrt 2027 (vóór de volgende vergadering)"),
        ("voor do", "wo 20 jan 2027 (vóór do)"),
        ("uiterlijk over twee weken", "do 28 jan 2027"),
    ],
)
def test_a_date_may_lean_on_a_meeting(ao: TestBot, said: str, due: str) -> None:
    answer = ao.say(SECRETARY, f"!actie @vng.ao.2 kaart maken {said}")[0]
    assert answer.text.splitlines()[0] == f"ACT-2027-001 vng.ao.2: kaart maken, uiterlijk {due}."


def test_a_meeting_as_the_subject_is_no_date(ao: TestBot) -> None:
    [question] = ao.say(SECRETARY, "!actie @vng.ao.2 verslag van het AO lezen")
    assert question.text == "Voor wanneer?"
    answer = ao.say(SECRETARY, "voor het volgende AO", reply_to=question.id)[0]
    assert answer.text.startswith("ACT-2027-001 vng.ao.2: verslag van het AO lezen, uiterlijk wo 3 mrt 2027")


def test_a_meeting_that_is_not_planned_is_said_and_asked(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-20 09:00")
    [question] = bot.say(SECRETARY, "!actie @vng.ao.2 kaart maken voor het volgende BO")
    assert question.text == "Er is geen BO gepland. Welke datum bedoel je?"


def test_what_is_missing_is_asked_one_at_a_time(ao: TestBot) -> None:
    [who] = ao.say(SECRETARY, "!actie")
    assert who.text == "Wie pakt dit op? Noem één actiehouder."
    [what] = ao.say(SECRETARY, "@uvw.ao.1", reply_to=who.id)
    assert what.text == "Wat moet er gebeuren?"
    [when] = ao.say(SECRETARY, "Lijst met depots sturen", reply_to=what.id)
    assert when.text == "Voor wanneer?"
    answer = ao.say(SECRETARY, "eind januari", reply_to=when.id)[0]
    assert answer.text.splitlines() == [
        "ACT-2027-001 uvw.ao.1: Lijst met depots sturen, uiterlijk zo 31 jan 2027.",
        "Zondag 31 januari 2027 is geen werkdag. Ik heb hem zo genoteerd; !verzet als dat niet klopt.",
    ]


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("plan maken na de zomer", "'Na de zomer' is voor mij geen precieze datum. Welke dag bedoel je?"),
        ("werkwijzen vrijdag 6 november", "6 november 2027 is een zaterdag. Bedoel je vrijdag 5 november 2027?"),
        ("werkwijzen 1 oktober 2026", "1 oktober 2026 is voorbij. Welke datum bedoel je?"),
    ],
)
def test_a_date_is_never_guessed(ao: TestBot, typed: str, asked: str) -> None:
    [question] = ao.say(SECRETARY, f"!actie @ipo.ao.1 {typed}")
    assert question.text == asked
    assert ao.say(SECRETARY, "!acties")[0].text == "Geen open acties. Filter: AO."


def test_two_holders_are_one_too_many(ao: TestBot) -> None:
    [question] = ao.say(SECRETARY, "!actie @vng.ao.2 @ipo.ao.1 stukken sturen 4 februari")
    assert question.text.startswith("Eén actiehouder per actie. Wie wordt het: vng.ao.2 of ipo.ao.1?")
    answer = ao.say(SECRETARY, "ipo.ao.1", reply_to=question.id)[0]
    assert answer.text == "ACT-2027-001 ipo.ao.1: stukken sturen, uiterlijk do 4 feb 2027."


def test_the_same_action_is_recorded_once(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    [again] = ao.say(SECRETARY, "!actie @vng.ao.2 Stukken sturen 4 februari")
    assert again.text == "Dit stond al genoteerd als ACT-2027-001."


def test_someone_from_outside_the_body_must_accept_first(ao: TestBot) -> None:
    answer, private = ao.say(SECRETARY, "!actie @vng.wg.1 opzet maken 4 februari")
    assert answer.text.startswith("ACT-2027-001: verzoek gestuurd aan vng.wg.1 (VNG); de actie telt pas na !aanvaard.")
    assert private.text.startswith("Een verzoek van rijk.secr.1, namens het AO: opzet maken")
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 0 open, 1 nog niet aanvaard.")
    accepted, told = ao.say("vng.wg.1", "ja", room="dm")
    assert accepted.text == "Dank. ACT-2027-001 staat op jouw naam, uiterlijk donderdag 4 februari 2027."
    assert told.room == "dm:rijk.secr.1"
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 1 open.")


def test_a_request_can_be_refused_with_a_reason(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.wg.1 opzet maken 4 februari")
    [asked] = ao.say("vng.wg.1", "weiger", room="dm")
    assert asked.text == "Geef kort aan waarom; dan zoekt de secretaris een ander."
    said = ao.say("vng.wg.1", "hier gaan wij niet over", room="dm")
    assert "De reden: hier gaan wij niet over" in to(SECRETARY, said)
    assert ao.say(SECRETARY, "!acties")[0].text == "Geen open acties. Filter: AO."


def test_an_open_action_can_be_refused_within_two_working_days_only(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 opzet maken 4 februari")
    ao.until(at("2027-01-19 09:00"))
    [late] = ao.say("vng.ao.2", "!weiger 1 geen tijd", room="dm")
    assert "weigeren kan niet meer" in late.text


def test_a_lapsed_group_gets_no_new_actions_and_the_body_above_is_offered(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-03-30 09:00")
    bot.until(at("2027-04-02 09:00"))
    [refused] = bot.say("vng.wg.1", "!actie @kennis.wg.1 meten 1 juni", room="WG-LOOD")
    assert refused.text == (
        "Werkgroep diffuus lood is verlopen sinds woensdag 31 maart 2027 en krijgt geen nieuwe acties. "
        "Kijk met !toon WG-LOOD."
    )
    assert bot.say("vng.wg.1", "!acties", room="WG-LOOD")[0].text == "Geen open acties. Filter: WG-LOOD."


def test_only_who_belongs_to_the_body_gives_actions(ao: TestBot) -> None:
    [refused] = ao.say("vng.do.1", "!actie @vng.ao.2 iets doen 4 februari")
    assert "Jij hebt geen rol in het AO" in refused.text


def test_in_private_the_body_is_asked_when_there_are_more(ao: TestBot) -> None:
    [question] = ao.say("rijk.wg.1", "!actie ik opzet maken 4 februari", room="dm")
    assert question.text == "Bij welk overleg hoort dit: WG-PFAS of WG-STAAL?"
    [answer] = ao.say("rijk.wg.1", "WG-STAAL", room="dm")
    assert answer.text == "ACT-2027-001 rijk.wg.1: opzet maken, uiterlijk do 4 feb 2027."


def test_more_than_seven_open_actions_is_a_warning(ao: TestBot) -> None:
    for n in range(1, 8):
        assert "Let op" not in ao.say(SECRETARY, f"!actie @vng.ao.2 taak nummer {n} doen 4 februari")[0].text
    answer = ao.say(SECRETARY, "!actie @vng.ao.2 nog iets 4 februari")[0]
    assert "Let op: vng.ao.2 heeft meer dan 7 open acties." in answer.text


# --- klaar, later ----------------------------------------------------------------------------------------------------
def test_the_check_mark_on_the_message_means_done_as_the_command_would(ao: TestBot) -> None:
    given = ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")[0]
    [answer] = ao.react("vng.ao.2", "✅", given.id)
    assert answer.text == "ACT-2027-001 klaar."
    assert ao.say(SECRETARY, "!acties")[0].text == "Geen open acties. Filter: AO."


def test_a_check_mark_of_someone_else_binds_nobody(ao: TestBot) -> None:
    given = ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")[0]
    [answer] = ao.react("ipo.ao.1", "✅", given.id)
    assert answer.text == "ACT-2027-001 is van vng.ao.2. Wil je overnemen?"
    assert ao.react("vng.ao.2", "👍", given.id) == []
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 1 open.")


def test_the_deputy_and_the_secretary_may_say_that_it_is_done(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.say(SECRETARY, "!actie @vng.ao.2 kaart maken 4 februari")
    first = ao.say("vng.ao.1", "!klaar 1 gemaild")
    assert first[0].text == "ACT-2027-001 klaar, genoteerd voor vng.ao.2."
    second = ao.say(SECRETARY, "!rondaf 2")
    assert "rijk.secr.1 noteerde ACT-2027-002 als klaar" not in to("vng.ao.1", second)
    assert "rijk.secr.1 noteerde ACT-2027-002 als klaar" in to("vng.ao.2", second)


def test_several_are_finished_at_once_or_none(ao: TestBot) -> None:
    for text in ("stukken sturen", "kaart maken"):
        ao.say(SECRETARY, f"!actie @vng.ao.2 {text} 4 februari")
    ao.say(SECRETARY, "!actie @ipo.ao.1 nota maken 4 februari")
    [refused] = ao.say("vng.ao.2", "!rondaf act1 act3")
    assert refused.text.startswith("ACT-2027-003 is van ipo.ao.1.")
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 3 open.")
    done = ao.say("vng.ao.2", "!rondaf act1 act2")
    assert done[0].text.splitlines() == ["ACT-2027-001 klaar.", "ACT-2027-002 klaar."]
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 1 open.")


def test_done_twice_changes_nothing(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.say("vng.ao.2", "!gereed 1")
    [again] = ao.say("vng.ao.2", "!gereed 1")
    assert again.text == "ACT-2027-001 was al klaar, sinds do 14 jan 2027. Er is niets veranderd."


def test_the_secretary_puts_it_back_and_the_holder_hears_why(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.say("vng.ao.2", "!gereed 1")
    [refused] = ao.say("vng.ao.2", "!nietakkoord 1 toch niet")
    assert refused.text.startswith("Dit mag alleen")
    said = ao.say(SECRETARY, "!nietakkoord 1 de bijlage ontbreekt")
    assert said[0].text == "ACT-2027-001 staat weer open. vng.ao.2 weet het."
    assert "de bijlage ontbreekt" in to("vng.ao.2", said)
    assert ao.say(SECRETARY, "!acties")[0].text.startswith("AO: 1 open.")


def test_later_with_a_date_and_a_reason(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.until(at("2027-01-21 09:00"))
    [answer] = ao.say("vng.ao.2", "later, over een week, wacht op jurist", room="dm")
    assert "ACT-2027-001 staat al op do 28 jan 2027" in answer.text
    [moved] = ao.say("vng.ao.2", "later, over twee weken, wacht op jurist", room="dm")
    assert moved.text == "ACT-2027-001 wordt do 4 feb 2027, eerste uitstel."


def test_a_bare_date_answers_a_reminder_too(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.until(at("2027-01-29 09:00"))
    [moved] = ao.say("vng.ao.2", "vrijdag 12 februari", room="dm")
    assert moved.text == "ACT-2027-001 wordt vr 12 feb 2027, eerste uitstel."


def test_a_date_that_does_not_exist_is_asked_and_nothing_is_lost(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    [asked] = ao.say("vng.ao.2", "later, 31 november", room="dm")
    assert asked.text.startswith("31 november")
    assert "bestaat niet" in asked.text
    [moved] = ao.say("vng.ao.2", "30 november", room="dm")
    assert moved.text == "ACT-2027-001 wordt di 30 nov 2027, eerste uitstel."


def test_the_second_time_the_secretary_decides(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.say("vng.ao.2", "!verzet 1 naar 4 februari want wacht op jurist")
    said = ao.say("vng.ao.2", "!uitstel 1 11 februari, jurist is ziek")
    assert said[0].text == "Dit is de tweede keer. Ik heb het verzoek aan de secretaris gestuurd."
    assert "van do 4 feb 2027 naar do 11 feb 2027. De reden: jurist is ziek." in to(SECRETARY, said)
    decided = ao.say(SECRETARY, "ja", room="dm")
    assert decided[0].text == "ACT-2027-001 wordt do 11 feb 2027, tweede uitstel."
    assert "do 11 feb 2027" in to("vng.ao.2", decided)


def test_on_a_bundle_the_number_is_asked_and_what_was_said_is_kept(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 lijst sturen 28 januari")
    ao.say(SECRETARY, "!actie @vng.ao.2 kaart maken 28 januari")
    [bundle] = [one for one in ao.until(at("2027-01-21 09:00")) if one.room == "dm:vng.ao.2"]
    assert "lijst sturen" in bundle.text
    assert "kaart maken" in bundle.text
    [asked] = ao.say("vng.ao.2", "klaar, 3 brieven verstuurd", room="dm")
    assert asked.text == "1, 2 of beide?"
    done = ao.say("vng.ao.2", "2", room="dm")
    assert done[0].text == "ACT-2027-002 klaar."
    assert "Resultaat: 3 brieven verstuurd" in to(SECRETARY, done)
    [moved] = ao.say("vng.ao.2", "later, over twee weken", room="dm")
    assert moved.text == "ACT-2027-001 wordt do 4 feb 2027, eerste uitstel."


def test_on_a_bundle_the_number_may_be_said_at_once(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 lijst sturen 28 januari")
    ao.say(SECRETARY, "!actie @vng.ao.2 kaart maken 28 januari")
    [bundle] = [one for one in ao.until(at("2027-01-21 09:00")) if one.room == "dm:vng.ao.2"]
    done = ao.say("vng.ao.2", "klaar 1", room="dm", reply_to=bundle.id)
    assert done[0].text == "ACT-2027-001 klaar."


# --- overdragen ------------------------------------------------------------------------------------------------------
def test_handing_over_holds_when_the_new_holder_says_yes(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    [asked, _] = ao.say("vng.ao.2", "overdragen aan uvw.ao.1", room="dm")
    assert asked.text == "Verzoek aan uvw.ao.1 (UvW). Tot aanvaarding blijft vng.ao.2 actiehouder."
    assert "vng.ao.2 (VNG): stukken sturen" in ao.say(SECRETARY, "!acties")[0].text
    ao.say("uvw.ao.1", "ja", room="dm")
    assert "uvw.ao.1 (UvW): stukken sturen" in ao.say(SECRETARY, "!acties")[0].text


def test_who_wants_to_take_over_asks_the_holder(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    [refused] = ao.say("ipo.ao.1", "!gereed 1")
    ao.say("ipo.ao.1", "ja", reply_to=refused.id)
    assert "vng.ao.2 (VNG)" in ao.say(SECRETARY, "!acties")[0].text
    ao.say("vng.ao.2", "ja", room="dm")
    assert "ipo.ao.1 (IPO)" in ao.say(SECRETARY, "!acties")[0].text


def test_who_is_asked_to_take_over_can_say_no_and_it_stays(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.say("vng.ao.2", "!overdragen 1 aan @uvw.ao.1", room="dm")
    answer, told = ao.say("uvw.ao.1", "nee, wij hebben de capaciteit niet", room="dm")
    assert answer.text.startswith("Genoteerd. ACT-2027-001 blijft bij vng.ao.2.")
    assert (told.room, told.text) == (
        "dm:vng.ao.2",
        "uvw.ao.1 zegt nee: ACT-2027-001 blijft bij vng.ao.2. De reden: wij hebben de capaciteit niet.",
    )
    [late] = ao.say("uvw.ao.1", "!overdragen 1 aan @uvw.ao.1 antwoord:nee", room="dm")
    assert late.text == "Over ACT-2027-001 is jou niets gevraagd. Kijk met !toon ACT-2027-001."
    [asks, _] = ao.say("uvw.ao.1", "!overdragen 1 aan @uvw.ao.1", room="dm")
    assert asks.text == "Gevraagd aan vng.ao.2. Tot die ja zegt, blijft vng.ao.2 actiehouder."
    answer, told = ao.say("vng.ao.2", "nee", room="dm")
    assert answer.text.startswith("Genoteerd. ACT-2027-001 blijft bij jou.")
    assert told.room == "dm:uvw.ao.1"
    assert "vng.ao.2 (VNG): stukken sturen" in ao.say(SECRETARY, "!acties")[0].text


def test_weiger_says_no_to_what_was_asked_of_you(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.say("vng.ao.2", "!overdragen 1 aan @uvw.ao.1", room="dm")
    [refused] = ao.say("ipo.ao.1", "!weiger 1 geen tijd", room="dm")
    assert refused.text == "ACT-2027-001 is van vng.ao.2; alleen vng.ao.2 kan weigeren. Vraag het aan vng.ao.2."
    answer, _ = ao.say("uvw.ao.1", "!weiger 1 geen tijd", room="dm")
    assert answer.text.startswith("Genoteerd. ACT-2027-001 blijft bij vng.ao.2.")


def test_nobody_takes_an_action_over_unasked(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 28 januari")
    ao.say("ipo.ao.1", "!overdragen 1 aan @ipo.ao.1")
    ao.say("ipo.ao.1", "!overdragen 1 aan @ipo.ao.1")
    assert "vng.ao.2 (VNG)" in ao.say(SECRETARY, "!acties")[0].text


# --- lists -----------------------------------------------------------------------------------------------------------
def test_the_list_has_what_is_past_its_date_first_and_no_arrears_on_aanjagen(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @uvw.ao.1 verkenning doen 28 januari spoor aanjagen")
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 29 januari spoor aanspreken")
    ao.say(SECRETARY, "!actie @ipo.ao.1 nota maken 1 maart")
    ao.until(at("2027-02-03 09:00"))
    assert ao.say(SECRETARY, "!acties")[0].text.splitlines() == [
        "AO: 3 open, 1 over de datum.",
        "- ACT-2027-001 uvw.ao.1 (UvW): verkenning doen, de datum die we afspraken is voorbij (do 28 jan 2027)",
        "- ACT-2027-002 vng.ao.2 (VNG): stukken sturen, was vr 29 jan 2027",
        "- ACT-2027-003 ipo.ao.1 (IPO): nota maken, uiterlijk ma 1 mrt 2027",
    ]
    late = ao.say(SECRETARY, "!acties te laat")[0].text
    assert "ACT-2027-002" in late
    assert "ACT-2027-001" not in late
    assert ao.say(SECRETARY, "!acties ipo")[0].text.startswith("AO, IPO: 1 open.")
    assert ao.say(SECRETARY, "!acties @vng.ao.2")[0].text.startswith("AO, vng.ao.2: 1 open.")


def test_at_most_ten_lines_then_a_count(ao: TestBot) -> None:
    for n in range(1, 13):
        ao.say(SECRETARY, f"!actie @vng.ao.{1 + n % 2} taak nummer {n} doen 4 februari")
    lines = ao.say(SECRETARY, "!acties")[0].text.splitlines()
    assert lines[0] == "AO: 12 open."
    assert sum(line.startswith("- ") for line in lines) == 10
    assert lines[-1].startswith("En nog 2")


def test_in_private_the_list_is_ones_own(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    assert "stukken sturen" in ao.say("vng.ao.2", "!acties", room="dm")[0].text
    assert ao.say("ipo.ao.1", "!acties", room="dm")[0].text == "Geen open acties. Filter: ipo.ao.1."


def test_an_external_sees_only_the_own_group(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 geheime nota maken 4 februari")
    ao.say("uvw.wg.1", "!actie @drinkwater.wg.1 metingen delen 4 februari", room="WG-PFAS")
    assert "geheime" not in ao.say("drinkwater.wg.1", "!acties", room="WG-PFAS")[0].text
    [refused] = ao.say("drinkwater.wg.1", "!acties AO", room="WG-PFAS")
    assert refused.text == RESERVED
    [unknown] = ao.say("drinkwater.wg.1", "!gereed 1", room="WG-PFAS")
    assert unknown.text == "ACT-2027-001 bestaat niet. Kijk bij !acties of !mijn."
    assert ao.say("drinkwater.wg.1", "!klaar 2", room="WG-PFAS")[0].text == "ACT-2027-002 klaar."


def test_a_fixed_body_is_never_listed_in_another_room(ao: TestBot) -> None:
    ao.say("rijk.secr.2", "!actie @vng.do.1 brief tekenen 4 februari", room="DO")
    [answer] = ao.say(SECRETARY, "!acties DO")
    assert answer.room == "dm:rijk.secr.1"
    [refused] = ao.say("vng.ao.2", "!acties DO")
    assert "alleen zichtbaar voor het DO" in refused.text
    assert "brief" not in refused.text


def test_mine_is_everything_of_mine_everywhere_and_in_private(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.ao.2 stukken sturen 4 februari")
    ao.say("ipo.wg.1", "!actie @vng.ao.2 regels tellen 1 februari", room="WG-STAAL")
    ao.say("vng.ao.2", "!signaal Staalslak ligt overal")
    ao.say("vng.ao.2", "!actie", room="dm")
    [mine] = ao.say("vng.ao.2", "!mijn")
    assert mine.room == "dm:vng.ao.2"
    assert [line for line in mine.text.splitlines() if line.startswith("- ")] == [
        "- ACT-2027-002: regels tellen, uiterlijk ma 1 feb 2027, WG-STAAL",
        "- ACT-2027-001: stukken sturen, uiterlijk do 4 feb 2027, AO",
        "- SIG-2027-001: Staalslak ligt overal, ingediend, ligt bij het AO, volgende vergadering do 14 jan 2027",
        "- Wie pakt dit op? Noem één actiehouder.",
    ]
    assert ao.say("ipo.ao.2", "!mijn")[0].text == "Er staat niets voor je open."


def test_a_long_text_is_cut_at_its_first_sentence_and_nothing_of_it_is_lost(ao: TestBot) -> None:
    long = f"Stuur de kaart van alle depots. {'Met per depot de inhoud en de eigenaar. ' * 5}".strip()
    said = ao.say(SECRETARY, f"!actie @vng.ao.2 {long} uiterlijk 5 februari")
    assert said[0].text.startswith("ACT-2027-001 vng.ao.2: Stuur de kaart van alle depots, uiterlijk vr 5 feb 2027.")
    [shown] = ao.say(SECRETARY, "!toon act1")
    assert f"Toelichting: {'Met per depot de inhoud en de eigenaar. ' * 5}".strip() in shown.text


def test_what_an_outsider_did_not_take_on_is_not_done_by_a_word_of_the_secretary(ao: TestBot) -> None:
    ao.say(SECRETARY, "!actie @vng.do.1 stukken sturen 4 februari")
    [refused] = ao.say(SECRETARY, "!gereed 1 klaar")
    assert refused.text == (
        "ACT-2027-001 is een verzoek waar vng.do.1 nog geen ja op zei. vng.do.1 kan het zelf melden; laten vervallen "
        "kan met !vervalt ACT-2027-001."
    )
    [done, *_] = ao.say("vng.do.1", "!gereed 1 verstuurd", room="dm")
    assert "ACT-2027-001" in done.text
    assert "gereed" in done.text or "klaar" in done.text
