"""How a working group goes on, changes and ends: verlengen, opdracht, omvormen, afronden, opgaan, opheffen (W5-W10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

import pytest

from bot.testing import Said, TestBot
from commands.kit.ports import Change
from commands.words.action import Action
from commands.words.helping import HelpRequest
from commands.words.signal import Signal
from commands.words.workgroup import GroupState, Workgroup
from storage.store import SqlStore
from tests.conftest import at

EVALUATE_FIRST = "Eerst evalueren, dan verlengen."


@pytest.fixture
def spring(make_bot: Callable[[str], TestBot]) -> TestBot:
    """Tuesday 30 March 2027, the day before WG-LOOD ends; one signal lies with it, and it has one action."""
    bot = make_bot("2027-03-30 09:00")
    bot.say("uvw.ao.1", "!signaal Lood in speeltuinen is te hoog")
    bot.say("rijk.secr.1", "!beleg 1 bij WG-LOOD advies geven uiterlijk 31 maart")
    bot.say("vng.wg.1", "!actie @vng.wg.1 rapport schrijven voor 15 april", room="WG-LOOD")
    return bot


def group(bot: TestBot, code: str = "WG-LOOD") -> Workgroup:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Workgroup, code))
    assert found is not None
    return found


def evaluated(bot: TestBot, day: date, code: str = "WG-LOOD") -> None:
    """An evaluation of the group was finished on that day."""
    after = replace(group(bot, code), evaluated_on=day)
    bot.simulation.database.work(lambda session: SqlStore(session).put(after, Change("test", bot.at, "evaluatie")))


def lies_with(bot: TestBot) -> tuple[str, str]:
    def read(session: object) -> tuple[str, str]:
        store = SqlStore(session)  # type: ignore[arg-type]
        signal, action = store.get(Signal, "SIG-2027-001"), store.get(Action, "ACT-2027-001")
        assert signal is not None
        assert action is not None
        return signal.lies_with, action.body

    return bot.simulation.database.work(read)


def told(said: list[Said], room: str) -> list[str]:
    return [one.text for one in said if one.room == room]


def place_of_request(bot: TestBot) -> str | None:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(HelpRequest, "HV-2027-001"))
    assert found is not None
    return found.body


def agenda(bot: TestBot) -> str:
    return bot.say("rijk.secr.1", "!agenda AO", room="dm")[0].text


# --- §4.2 line 6 -----------------------------------------------------------------------------------------------------
def test_past_its_end_date_three_people_hear_it_once_nothing_new_comes_in_and_the_agenda_has_it(
    spring: TestBot,
) -> None:
    spring.until(at("2027-03-31 23:59"))
    assert group(spring).state is GroupState.ACTIVE
    night = spring.until(at("2027-04-01 00:30"))
    assert night == []
    assert group(spring).state is GroupState.LAPSED
    morning = spring.until(at("2027-04-01 18:00"))
    about = [one.room for one in morning if "WG-LOOD is sinds" in one.text]
    assert sorted(about) == ["dm:rijk.ao.0", "dm:rijk.secr.1", "dm:vng.wg.1"]
    spring.say("ipo.ao.1", "!signaal Nieuwe norm voor lood")
    [refused] = spring.say("rijk.secr.1", "!beleg 2 bij WG-LOOD uiterlijk 1 mei")
    assert refused.text.startswith(
        "Werkgroep diffuus lood is verlopen sinds wo 31 mrt 2027 en krijgt geen nieuwe signalen."
    )
    [no_action] = spring.say("vng.wg.1", "!actie @vng.wg.1 nog iets doen voor 1 mei", room="WG-LOOD")
    assert "krijgt geen nieuwe acties" in no_action.text
    shown = agenda(spring)
    assert shown.count("WG-LOOD: verlengen, afronden of opheffen") == 1
    assert "Rijk · ter besluitvorming · actualiteit · voorgesteld" in shown


def test_the_point_comes_on_an_ao_that_is_planned_only_later_and_once(spring: TestBot) -> None:
    for meeting in ("2027-03", "2027-04", "2027-05", "2027-06", "2027-07", "2027-08"):
        spring.say("rijk.secr.1", f"!vergadering annuleer VRG-AO-{meeting} reden:geen zaal")
        spring.say("rijk.secr.1", "ja")
    spring.until(at("2027-04-02 09:00"))
    before = agenda(spring)
    assert "WG-LOOD" not in before
    spring.say("rijk.secr.1", "!vergadering plan AO 22 april 10:00")
    spring.until(at("2027-04-02 09:01"))
    assert agenda(spring).count("WG-LOOD: verlengen, afronden of opheffen") == 1
    spring.say("rijk.secr.1", "!vergadering verplaats AO 22 april naar 29 april")
    spring.until(at("2027-04-02 09:02"))
    assert agenda(spring).count("WG-LOOD: verlengen, afronden of opheffen") == 1


def test_a_group_that_nobody_decided_about_is_on_the_next_agenda_too(spring: TestBot) -> None:
    spring.until(at("2027-04-16 09:00"))
    shown = agenda(spring)
    assert "27 mei" in shown
    assert shown.count("WG-LOOD: verlengen, afronden of opheffen") == 1


# --- §4.2 line 7 -----------------------------------------------------------------------------------------------------
def test_extending_waits_for_the_evaluation_and_for_the_chair_and_gives_new_moments(spring: TestBot) -> None:
    [refused] = spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    assert refused.text == f"{EVALUATE_FIRST} Begin met !evaluatie start WG-LOOD."
    spring.until(at("2027-04-01 09:00"))
    evaluated(spring, date(2027, 4, 1))
    said = spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    assert told(said, "AO") == [
        "VST-2027-001: WG-LOOD verlengen tot vr 31 dec 2027; wacht op de voorzitter van het AO."
    ]
    [asked] = [one for one in said if one.room == "dm:rijk.ao.0"]
    assert "Reden: het kader is nog niet af. Geëvalueerd op do 1 apr 2027." in asked.text
    assert group(spring).state is GroupState.LAPSED
    confirmed = spring.react("rijk.ao.0", "✅", asked.id, room="dm")
    assert told(confirmed, "dm:rijk.ao.0") == [
        "WG-LOOD is verlengd tot en met vr 31 dec 2027.\nEvaluatie op ma 16 aug 2027 en vr 5 nov 2027."
    ]
    assert told(confirmed, "WG-LOOD") == ["WG-LOOD: verlengd tot en met vr 31 dec 2027."]
    after = group(spring)
    assert (after.state, after.end, after.extensions) == (GroupState.ACTIVE, date(2027, 12, 31), 1)
    assert after.evaluate_by == date(2027, 8, 16)
    assert "WG-LOOD" not in agenda(spring)
    [again] = spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 januari 2028 want nog iets meer")
    assert again.text.startswith(f"{EVALUATE_FIRST} De laatste evaluatie was do 1 apr 2027.")


def test_while_an_evaluation_runs_extending_names_it(spring: TestBot) -> None:
    spring.say("vng.wg.1", "!evaluatie start WG-LOOD")
    for typed, act in (
        ("!verleng WG-LOOD tot 31 december 2027 want er is nog werk", "verlengen"),
        ("!werkgroep omvormen WG-LOOD tot 31 december 2027 Bouw een kennisloket", "omvormen"),
    ):
        [refused] = spring.say("vng.ao.1", typed)
        assert refused.text == (
            f"Eerst evalueren, dan {act}. EVA-2027-002 loopt al; die sluit met !evaluatie afronden WG-LOOD."
        )


def test_a_wish_to_extend_holds_up_the_lapse_until_the_ao_has_met_and_no_longer(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    spring.until(at("2027-04-15 12:00"))
    assert group(spring).state is GroupState.ACTIVE
    assert agenda(spring).count("WG-LOOD: verlengen, afronden of opheffen") == 1
    spring.say("ipo.ao.1", "!signaal Nieuwe norm voor lood")
    [refused] = spring.say("rijk.secr.1", "!beleg 2 bij WG-LOOD uiterlijk 1 mei")
    assert refused.text.startswith("Werkgroep diffuus lood is verlopen sinds wo 31 mrt 2027 en krijgt geen nieuwe")
    spring.say("rijk.secr.1", "laat maar")
    [shown] = spring.say("vng.ao.1", "!werkgroep WG-LOOD")
    assert "Werkgroep diffuus lood: verlopen; VST-2027-001 wacht op een besluit." in shown.text
    assert "WG-LOOD, verlopen" in spring.say("vng.ao.1", "!werkgroepen verlopen")[0].text
    [no_action] = spring.say("vng.wg.1", "!actie @vng.wg.1 nog iets doen voor 1 mei", room="WG-LOOD")
    assert "krijgt geen nieuwe acties" in no_action.text
    spring.until(at("2027-04-16 00:00"))
    assert group(spring).state is GroupState.LAPSED
    spring.say("rijk.ao.0", "!akkoord 1")
    assert group(spring).state is GroupState.ACTIVE


def test_together_it_stays_within_the_maximum(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    [asked] = spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2029 want er is nog veel")
    assert asked.text == (
        "Samen wordt dat langer dan 36 maanden. Het kan tot en met ma 9 okt 2028; daarna past een nieuwe werkgroep of "
        "een programma. Tot wanneer?"
    )
    said = spring.say("vng.ao.1", "9 oktober 2028", reply_to=asked.id)
    assert told(said, "AO")[0].startswith("VST-2027-001: WG-LOOD verlengen tot ma 9 okt 2028")


def test_no_end_is_no_extension(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    [asked] = spring.say("vng.ao.1", "!verleng WG-LOOD tot doorlopend")
    assert asked.text == "Een werkgroep heeft een einddatum. Een half jaar?"


def test_an_extension_can_be_undone_and_the_group_has_lapsed_again(spring: TestBot) -> None:
    spring.until(at("2027-04-01 09:00"))
    evaluated(spring, date(2027, 4, 1))
    spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    spring.say("rijk.ao.0", "!akkoord 1")
    spring.say("rijk.ao.0", "!ongedaan")
    assert group(spring).state is GroupState.LAPSED
    assert agenda(spring).count("WG-LOOD: verlengen, afronden of opheffen") == 1


def test_a_rejected_extension_leaves_the_group_as_it_was(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    said = spring.say("rijk.ao.0", "!wijsaf 1 het kader kan zo ook af")
    assert told(said, "AO") == [
        "VST-2027-001 afgewezen: het kader kan zo ook af. WG-LOOD blijft zoals het was: actief, "
        "tot en met wo 31 mrt 2027."
    ]


def test_one_proposal_about_a_group_at_a_time(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    spring.say("vng.ao.1", "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af")
    [refused] = spring.say("ipo.ao.1", "!werkgroep opdracht WG-LOOD Maak een kader voor scholen")
    assert refused.text == "Over WG-LOOD loopt al een voorstel (VST-2027-001). Kijk met !toon VST-2027-001."


def test_who_leads_another_group_does_not_extend_this_one(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    [refused] = spring.say("ipo.wg.1", "!verleng WG-LOOD tot 31 december 2027 want het loopt nog", room="dm")
    assert refused.text == (
        "Verlengen stelt een lid of de secretaris van het AO voor, of wie WG-LOOD leidt. Vraag het een van hen."
    )


# --- task and shape --------------------------------------------------------------------------------------------------
def test_another_task_is_confirmed_and_counted_and_a_second_one_is_pointed_out(spring: TestBot) -> None:
    said = spring.say("vng.wg.1", "!werkgroep opdracht WG-LOOD Maak een kader voor scholen", room="dm")
    assert told(said, "dm:vng.wg.1") == [
        "VST-2027-001: andere opdracht voor WG-LOOD; wacht op de voorzitter van het AO."
    ]
    assert group(spring).task.startswith("Maak een handelingskader")
    confirmed = spring.say("rijk.ao.0", "!akkoord 1")
    assert told(confirmed, "AO") == [
        "WG-LOOD: de opdracht is nu: Maak een kader voor scholen.\nDit is de eerste wijziging van de opdracht."
    ]
    said = spring.say("vng.ao.1", "!werkgroep opdracht WG-LOOD Maak ook een kader voor moestuinen")
    assert "Het wordt wijziging 2 van de opdracht; dat valt op in de agenda van het AO." in told(said, "AO")[0]
    spring.say("rijk.ao.0", "!akkoord 2")
    assert group(spring).scope_changes == 2


def test_reshaping_gives_another_task_until_another_day_after_an_evaluation(spring: TestBot) -> None:
    spring.until(at("2027-04-01 09:00"))
    typed = "!werkgroep omvormen WG-LOOD tot 31 december 2027 Bouw een kennisloket"
    [refused] = spring.say("vng.ao.1", typed)
    assert refused.text == "Eerst evalueren, dan omvormen. Begin met !evaluatie start WG-LOOD."
    evaluated(spring, date(2027, 4, 1))
    said = spring.say("vng.ao.1", typed)
    assert told(said, "AO") == [
        "VST-2027-001: WG-LOOD omvormen, tot vr 31 dec 2027. Opdracht: Bouw een kennisloket. "
        "Het wacht op de voorzitter van het AO."
    ]
    spring.say("rijk.ao.0", "!akkoord 1")
    after = group(spring)
    assert (after.state, after.end, after.task) == (GroupState.ACTIVE, date(2027, 12, 31), "Bouw een kennisloket")


def test_a_programme_is_reshaped_by_the_ao_and_then_the_do(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 1), "PRG-KENNIS")
    typed = "!werkgroep omvormen PRG-KENNIS tot 31 december 2029 kennisloket en traineeships"
    said = spring.say("vng.ao.1", typed)
    assert told(said, "AO")[0].startswith("VST-2027-001: PRG-KENNIS omvormen, tot ma 31 dec 2029.")
    first = spring.say("rijk.ao.0", "!akkoord 1")
    assert told(first, "AO") == [
        "VST-2027-001 bekrachtigd. Een programma gaat ook langs het DO: VST-2027-002 wacht op de voorzitter van het DO."
    ]
    assert group(spring, "PRG-KENNIS").end == date(2027, 12, 31)
    [refused] = spring.say("rijk.ao.0", "!akkoord 2")
    assert "alleen de voorzitter van het DO" in refused.text
    spring.say("rijk.do.1", "!akkoord 2", room="dm")
    after = group(spring, "PRG-KENNIS")
    assert (after.end, after.task, after.state) == (
        date(2029, 12, 31),
        "kennisloket en traineeships",
        GroupState.ACTIVE,
    )


# --- the end ---------------------------------------------------------------------------------------------------------
def wind_up(bot: TestBot) -> None:
    typed = '!werkgroep afronden WG-LOOD advies:"Het kader is klaar" beleid:nee'
    bot.say("vng.wg.1", typed, room="dm")


def test_winding_up_asks_for_the_advice_and_whether_policy_has_to_change(spring: TestBot) -> None:
    [first] = spring.say("vng.wg.1", "!werkgroep afronden WG-LOOD", room="dm")
    assert first.text == "Wat is het eindadvies van WG-LOOD? Een paar zinnen is genoeg."
    [second] = spring.say("vng.wg.1", "Het kader is klaar", room="dm")
    assert second.text == "Is aanpassing van beleid nodig: ja, nee of naderbezien?"
    said = spring.say("vng.wg.1", "nee", room="dm")
    assert told(said, "AO") == ["WG-LOOD is in afronding. Eindadvies: Het kader is klaar. Beleid aanpassen: nee."]
    assert "Nog af te maken: 1 open actie en 1 signaal." in told(said, "dm:vng.wg.1")[0]
    assert group(spring).state is GroupState.WINDING_UP


def test_a_member_who_wants_it_wound_up_asks_the_chair_of_the_ao(spring: TestBot) -> None:
    [refused] = spring.say("vng.ao.1", '!werkgroep afronden WG-LOOD advies:"klaar" beleid:nee')
    assert refused.text == "Afronden doet de voorzitter van het AO. De voorzitter vragen?"
    said = spring.say("vng.ao.1", "ja", reply_to=refused.id)
    [asked] = [one for one in said if one.room == "dm:rijk.ao.0"]
    spring.react("rijk.ao.0", "✅", asked.id, room="dm")
    assert group(spring).state is GroupState.WINDING_UP


def test_ending_waits_until_everything_open_has_a_place_and_then_moves_it(spring: TestBot) -> None:
    evaluated(spring, date(2027, 3, 30))
    [running] = spring.say("vng.ao.1", "!ophef WG-LOOD")
    assert running.text == "WG-LOOD loopt nog; eerst afronden, dan opheffen. Nu afronden?"
    wind_up(spring)
    [where] = spring.say("vng.wg.1", "!ophef WG-LOOD", room="dm")
    assert where.text == "Waar gaan 1 open actie en 1 signaal heen?"
    [sure] = spring.say("vng.wg.1", "AO", room="dm")
    assert sure.text == "Werkgroep diffuus lood opheffen? 1 open actie en 1 signaal gaan naar het AO."
    said = spring.say("vng.wg.1", "ja", room="dm")
    assert told(said, "dm:vng.wg.1") == [
        "VST-2027-001: WG-LOOD opheffen; wacht op de voorzitter van het AO. 1 open actie en 1 signaal gaan naar het AO."
    ]
    assert lies_with(spring) == ("WG-LOOD", "WG-LOOD")
    confirmed = spring.say("rijk.ao.0", "!akkoord 1")
    assert told(confirmed, "AO") == ["WG-LOOD is opgeheven.\n1 open actie en 1 signaal gaan naar het AO."]
    assert told(confirmed, "dm:uvw.ao.1") == [
        "SIG-2027-001 (Lood in speeltuinen is te hoog): ligt nu bij het AO, want WG-LOOD is opgeheven."
    ]
    after = group(spring)
    assert (after.state, after.ended_on, after.handed_over_to) == (GroupState.ENDED, date(2027, 3, 30), "AO")
    assert lies_with(spring) == ("AO", "AO")
    spring.say("rijk.ao.0", "!ongedaan")
    assert group(spring).state is GroupState.WINDING_UP
    assert lies_with(spring) == ("WG-LOOD", "WG-LOOD")


def test_without_an_evaluation_ending_takes_a_reason_that_the_chair_reads(spring: TestBot) -> None:
    wind_up(spring)
    [refused] = spring.say("vng.wg.1", "!ophef WG-LOOD naar AO", room="dm")
    assert refused.text == (
        "WG-LOOD is nog niet geëvalueerd. Evalueer eerst, of zeg waarom niet met zonder-evaluatie: en een reden."
    )
    typed = '!ophef WG-LOOD naar AO zonder-evaluatie:"drie leden zijn weg" zeker:ja'
    said = spring.say("vng.wg.1", typed, room="dm")
    [asked] = told(said, "dm:rijk.ao.0")
    assert "Zonder eindevaluatie: drie leden zijn weg." in asked


def test_a_fixed_body_cannot_be_ended(spring: TestBot) -> None:
    """INV-11, R-009."""
    [refused] = spring.say("vng.ao.1", "!ophef AO")
    assert refused.text == "Het AO is vast overleg en kan niet worden opgeheven. Kijk bij !werkgroepen."


def test_a_group_that_was_wound_up_is_asked_about_every_twenty_working_days_and_three_times_at_most(
    spring: TestBot,
) -> None:
    wind_up(spring)
    said = spring.until(at("2027-12-24 18:00"))
    mine = [f"{one.at:%d-%m}" for one in said if "WG-LOOD is in afronding" in one.text and one.room == "dm:vng.wg.1"]
    # The first would come on 28 April, in the quiet spring weeks; it comes on the first day after.
    assert mine == ["10-05", "08-06", "06-07"]


def test_going_up_in_another_group_is_for_the_chair_on_one_topic_and_is_asked_once(spring: TestBot) -> None:
    [asked] = spring.say("rijk.ao.0", "!werkgroep opgaan WG-LOOD in PRG-KENNIS")
    assert asked.text == (
        "PRG-KENNIS gaat over capaciteit en kennis, WG-LOOD over diffuus lood. Kies een groep over hetzelfde thema. "
        "In welke groep dan?"
    )
    spring.say("rijk.ao.0", "laat maar", reply_to=asked.id)
    [refused] = spring.say("vng.ao.1", "!werkgroep opgaan WG-LOOD in PRG-KENNIS")
    assert refused.text == "Laten opgaan doet de voorzitter van het AO. De voorzitter vragen?"


def test_what_goes_up_takes_everything_along(spring: TestBot) -> None:
    other = replace(group(spring, "PRG-KENNIS"), topic="diffuus lood")
    spring.simulation.database.work(lambda s: SqlStore(s).put(other, Change("test", spring.at, "thema")))
    [sure] = spring.say("rijk.ao.0", "!werkgroep opgaan WG-LOOD in PRG-KENNIS")
    assert sure.text == "WG-LOOD houdt op en gaat op in PRG-KENNIS. Mee gaan: 1 open actie en 1 signaal. Doen?"
    spring.say("rijk.ao.0", "ja", reply_to=sure.id)
    after = group(spring)
    assert (after.state, after.absorbed_into) == (GroupState.ABSORBED, "PRG-KENNIS")
    assert lies_with(spring) == ("PRG-KENNIS", "PRG-KENNIS")


# --- people ----------------------------------------------------------------------------------------------------------
def test_the_secretary_records_members_several_at_once(spring: TestBot) -> None:
    [said] = [
        one for one in spring.say("rijk.secr.1", "!werkgroep leden WG-LOOD @uvw.wg.1 en @ipo.wg.1") if one.room == "AO"
    ]
    assert said.text == "uvw.wg.1 (UvW) is lid van WG-LOOD.\nipo.wg.1 (IPO) is lid van WG-LOOD."
    [listed] = spring.say("vng.ao.1", "!werkgroep leden WG-LOOD")
    assert listed.text.startswith("Leden van WG-LOOD: kennis.wg.1")
    assert set(group(spring).members) == {"kennis.wg.1", "uvw.wg.1", "ipo.wg.1"}
    spring.say("rijk.secr.1", "!werkgroep leden WG-LOOD @rijk.wg.1")
    assert spring.say("rijk.secr.1", "!ongedaan")[0].text == "Ongedaan gemaakt: 1 lid van WG-LOOD."


def test_a_new_chair_is_confirmed_by_the_one_who_leads_now_and_the_rijk_takes_a_reason(spring: TestBot) -> None:
    [asked] = spring.say("rijk.secr.1", "!werkgroep voorzitter WG-LOOD @rijk.wg.1")
    assert asked.text == "De voorzitter is niet bij voorbaat het Rijk. Waarom hier wel?"
    said = spring.say("rijk.secr.1", "kent beide wetten", reply_to=asked.id)
    [question] = [one for one in said if one.room == "dm:vng.wg.1"]
    spring.react("vng.wg.1", "✅", question.id, room="dm")
    after = group(spring)
    assert (after.chair, after.chair_because) == ("rijk.wg.1", "kent beide wetten")


# --- what was asked there --------------------------------------------------------------------------------------------
def test_a_request_for_help_that_is_open_goes_along_when_the_group_ends(make_bot: Callable[[str], TestBot]) -> None:
    """INV-15: asked in the room of the group, with a name; without one it belongs to no room."""
    bot = make_bot("2027-03-30 09:00")
    bot.say("vng.wg.1", "!hulpvraag Wie kent lood in speeltuinen?", room="WG-LOOD")
    bot.say("rijk.wg.1", "!hulpvraag anoniem Wie kent slappe klei?", room="dm")
    evaluated(bot, date(2027, 3, 29))
    wind_up(bot)
    [where] = bot.say("vng.wg.1", "!ophef WG-LOOD", room="dm")
    assert where.text == "Waar gaat 1 hulpvraag heen?"
    bot.say("vng.wg.1", "AO", room="dm")
    bot.say("vng.wg.1", "ja", room="dm")
    assert place_of_request(bot) == "WG-LOOD"
    said = bot.say("rijk.ao.0", "!akkoord 1")
    assert group(bot).state is GroupState.ENDED
    assert place_of_request(bot) == "AO"
    assert told(said, "dm:vng.wg.1")[0] == (
        "HV-2027-001 (Wie kent lood in speeltuinen?) hoort nu bij het AO, want WG-LOOD is opgeheven."
    )
    assert not told(said, "dm:rijk.wg.1")


def test_a_request_for_help_that_is_over_needs_no_place(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-03-30 09:00")
    bot.say("vng.wg.1", "!hulpvraag Wie kent lood in speeltuinen?", room="WG-LOOD")
    bot.say("vng.wg.1", "!hulpvraag 1 beantwoord", room="dm")
    evaluated(bot, date(2027, 3, 29))
    wind_up(bot)
    [answer] = bot.say("vng.wg.1", "!ophef WG-LOOD", room="dm")
    assert answer.text == "Werkgroep diffuus lood opheffen?"
