"""What happens to a point of an agenda: outcome, moved on, taken off, hammered, discussed, what parties say of it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.decision import Stand, StandKind
from commands.words.meeting import AgendaItem, ItemState, Nature
from commands.words.signal import SignalState
from tests.conftest import at

SECRETARY, CHAIR, UPPER = "rijk.secr.1", "rijk.ao.0", "rijk.secr.2"


@pytest.fixture
def scheduled(filed: TestBot) -> TestBot:
    """SIG-2027-001 is point 1 of the AO of Thursday 14 January."""
    filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
    return filed


def item(register: Any, number: int = 1) -> AgendaItem:
    found = register.ask(lambda store: store.get(AgendaItem, f"AGP-2027-{number:03d}"))
    assert isinstance(found, AgendaItem)
    return found


def in_the_meeting(bot: TestBot) -> TestBot:
    bot.until(at("2027-01-14 10:30"))
    return bot


# --- outcome ---------------------------------------------------------------------------------------------------------
def test_what_is_noted_as_seen_is_in_hand_again_and_the_raiser_hears_it(scheduled: TestBot, register: Any) -> None:
    answers = in_the_meeting(scheduled).say(SECRETARY, "!uitkomst 1 kennisgenomen")
    assert [(one.room, one.text) for one in answers] == [
        ("AO", "Punt 1 van AO do 14 jan 2027: ter kennisname genomen."),
        (
            "dm:uvw.ao.1",
            "SIG-2027-001 (Baggerdepots zitten vol): het AO van do 14 jan 2027: ter kennisname genomen.",
        ),
    ]
    assert (item(register).state, item(register).outcome) == (ItemState.TREATED, "ter kennisname genomen")
    assert register.signal().state is SignalState.HANDLING


@pytest.mark.parametrize(
    ("typed", "outcome", "state"),
    [
        ("besloten", "besloten", SignalState.DECIDED),
        ("geen besluit", "geen besluit", SignalState.HANDLING),
        ("aangehouden wacht op de cijfers", "aangehouden", SignalState.HANDLING),
        ("ter kennisname genomen", "ter kennisname genomen", SignalState.HANDLING),
    ],
)
def test_each_outcome_leads_its_signal_on(
    scheduled: TestBot, register: Any, typed: str, outcome: str, state: SignalState
) -> None:
    in_the_meeting(scheduled).say(SECRETARY, f"!uitkomst punt 1 {typed}")
    assert item(register).outcome == outcome
    assert register.signal().state is state


def test_there_is_no_outcome_before_the_meeting(scheduled: TestBot, register: Any) -> None:
    [refused] = scheduled.say(SECRETARY, "!uitkomst 1 besloten")
    assert refused.text == "Het AO vergadert pas op do 14 jan 2027. Op die dag kan het."
    assert item(register).state is ItemState.SCHEDULED


def test_a_number_that_is_not_there_says_where_to_look(scheduled: TestBot) -> None:
    [refused] = in_the_meeting(scheduled).say(SECRETARY, "!uitkomst 7 besloten")
    assert refused.text == "Punt 7 staat niet op de agenda van het AO. Kijk bij !agenda."


def test_the_outcome_is_asked(scheduled: TestBot) -> None:
    [question] = in_the_meeting(scheduled).say(SECRETARY, "!uitkomst 1")
    assert question.text == "Wat is de uitkomst: besloten, geen besluit, kennisgenomen of aangehouden?"
    assert scheduled.say(SECRETARY, "geen besluit", reply_to=question.id)[0].text == (
        "Punt 1 van AO do 14 jan 2027: geen besluit."
    )


def test_a_point_that_is_still_open_in_two_meetings_is_asked_back(scheduled: TestBot) -> None:
    in_the_meeting(scheduled)
    scheduled.until(at("2027-01-18 09:00"))
    scheduled.say("vng.ao.1", "!signaal Regio's horen te laat wat we afspreken")
    scheduled.say(SECRETARY, "!agendeer 2 voor AO ter bespreking horizon:strategie")
    [question] = scheduled.say(SECRETARY, "!doorschuif 1")
    assert question.text == "Punt 1 van AO do 14 jan 2027 of van AO do 4 mrt 2027?"
    [done, *_] = scheduled.say(SECRETARY, "AO do 14 jan 2027", reply_to=question.id)
    assert done.text == "Punt 1 van AO do 14 jan 2027 is nu punt 2 van AO do 4 mrt 2027."


def test_an_unweighed_signal_stays_unweighed_and_that_is_said(filed: TestBot, register: Any) -> None:
    filed.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    [done, *_] = in_the_meeting(filed).say(SECRETARY, "!uitkomst 1 kennisgenomen")
    assert done.text.endswith("SIG-2027-001 is nog niet gewogen: !weeg 1.")
    assert register.signal().state is SignalState.SUBMITTED


def test_a_group_decides_nothing(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-06-01 09:00")
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 9 juni 2027 13:00-14:30", room="WG-PFAS")
    bot.say("uvw.wg.1", "!agendeer Verder of klaar? ter bespreking horizon:strategie", room="WG-PFAS")
    bot.until(at("2027-06-09 13:30"))
    [refused] = bot.say("uvw.wg.1", "!uitkomst 1 besloten", room="WG-PFAS")
    assert refused.text == ("Een werkgroep adviseert en besluit niet; het AO besluit. Als kennisgenomen noteren?")
    [done] = bot.say("uvw.wg.1", "ja", room="WG-PFAS", reply_to=refused.id)
    assert done.text == "Punt 1 van WG-PFAS wo 9 jun 2027: ter kennisname genomen."


def test_a_member_leaves_the_outcome_to_the_secretary(scheduled: TestBot) -> None:
    [refused] = in_the_meeting(scheduled).say("vng.ao.1", "!uitkomst 1 besloten")
    assert "Dit mag alleen" in refused.text


def test_delegating_in_the_meeting_is_the_outcome_of_the_point(at_do: TestBot, register: Any) -> None:
    at_do.say(UPPER, "!agendeer agp1 horizon:actualiteit", room="DO")
    at_do.until(at("2027-05-25 14:30"))
    at_do.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 18 juni", room="DO")
    assert (item(register).state, item(register).outcome) == (ItemState.TREATED, "gedelegeerd")


def test_escalating_before_the_meeting_takes_the_point_off(scheduled: TestBot, register: Any) -> None:
    scheduled.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag:Een tijdelijk kader toestaan")
    scheduled.say(CHAIR, "!akkoord 1")
    assert (item(register).state, item(register).outcome) == (ItemState.DROPPED, "")


# --- moved on --------------------------------------------------------------------------------------------------------
def test_a_point_that_is_moved_on_is_a_linked_new_one_with_a_count(scheduled: TestBot, register: Any) -> None:
    answers = in_the_meeting(scheduled).say(SECRETARY, "!doorschuif 1")
    assert [(one.room, one.text) for one in answers] == [
        ("AO", "Punt 1 van AO do 14 jan 2027 is nu punt 1 van AO do 4 mrt 2027."),
        (
            "dm:uvw.ao.1",
            "SIG-2027-001 (Baggerdepots zitten vol): is doorgeschoven naar het AO van do 4 mrt 2027.",
        ),
    ]
    old, new = item(register, 1), item(register, 2)
    assert old.state is ItemState.MOVED_ON
    assert (new.meeting, new.previous, new.moved_on, new.state) == ("VRG-AO-2027-02", old.id, 1, ItemState.SCHEDULED)
    assert register.signal().state is SignalState.SCHEDULED


def test_the_second_time_it_gets_stuck_and_that_is_said(scheduled: TestBot) -> None:
    in_the_meeting(scheduled).say(SECRETARY, "!doorschuif 1")
    scheduled.until(at("2027-03-04 11:00"))
    [done, *_] = scheduled.say(SECRETARY, "!doorschuif 1")
    assert done.text == (
        "Punt 1 van AO do 4 mrt 2027 is nu punt 1 van AO do 15 apr 2027. Het blijft hangen: 2 keer doorgeschoven."
    )
    [dossier] = scheduled.say(SECRETARY, "!toon 1")
    assert "Blijft hangen: twee keer of vaker doorgeschoven." in dossier.text
    block = scheduled.until(at("2027-04-09 09:00"))
    assert any(
        "Blijft hangen: punt 1 (2 keer doorgeschoven)." in one.text for one in block if one.room == f"dm:{CHAIR}"
    )


def test_current_affairs_do_not_move_on_to_a_reflection_meeting(bot: TestBot) -> None:
    bot.say(UPPER, "!agendeer Rolverdeling voor DO ter bespreking horizon:actualiteit", room="DO")
    [refused] = bot.say(UPPER, "!doorschuif 1 naar reflectie", room="DO")
    assert refused.text.startswith("Het reflectieoverleg is voor strategie")


def test_without_a_next_meeting_nothing_moves(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-11-22 09:00")
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    # Points 1 to 3 are proposals about the three groups that have lapsed by then.
    [refused] = bot.say(SECRETARY, "!doorschuif 4")
    assert refused.text == "Er is geen volgend AO gepland. Plan het met !vergadering plan AO."


# --- taken off -------------------------------------------------------------------------------------------------------
def test_the_chair_takes_a_point_off_and_the_reason_is_read(scheduled: TestBot, register: Any) -> None:
    [question] = scheduled.say(CHAIR, "!voeraf 1")
    assert question.text == "Waarom? De indiener leest dit."
    answers = scheduled.say(CHAIR, "het is opgelost", reply_to=question.id)
    assert [(one.room, one.text) for one in answers] == [
        ("AO", "Punt 1 is van de agenda van AO do 14 jan 2027 af."),
        (
            "dm:uvw.ao.1",
            "SIG-2027-001 (Baggerdepots zitten vol): staat niet meer op de agenda van AO do 14 jan 2027. "
            "Reden: het is opgelost.",
        ),
    ]
    assert item(register).state is ItemState.DROPPED
    assert register.signal().state is SignalState.HANDLING


def test_a_member_asks_the_chair_and_takes_back_the_own_proposal(bot: TestBot, register: Any) -> None:
    bot.say("vng.ao.1", "!agendeer Hoe werken we samen ter bespreking horizon:strategie")
    [done] = bot.say("vng.ao.1", "!voeraf agp1")
    assert done.text == "Punt 1 is van de agenda van AO do 14 jan 2027 af."
    assert item(register).state is ItemState.DROPPED
    bot.say(SECRETARY, "!agendeer Planning voor AO ter bespreking horizon:strategie")
    [refused] = bot.say("vng.ao.1", "!voeraf 2 want dit is te vroeg")
    assert refused.text == "Afvoeren doet de voorzitter van het AO. De voorzitter vragen?"


# --- hammered and discussed ------------------------------------------------------------------------------------------
def test_one_party_makes_a_hammer_item_a_point_of_discussion(bot: TestBot, register: Any) -> None:
    text = "!agendeer Verdeelsleutel bekrachtigen als hamerstuk horizon:actualiteit voor AO"
    bot.say(SECRETARY, text)
    assert (item(register).nature, item(register).hammer) == (Nature.DECIDE, True)
    [done] = bot.say("ipo.ao.1", "!bespreek 1")
    assert done.text == "Punt 1 van AO do 14 jan 2027 (Verdeelsleutel bekrachtigen) wordt besproken."
    assert not item(register).hammer
    [again] = bot.say("vng.ao.1", "!bespreek 1")
    assert again.text == "Punt 1 wordt al besproken."


def test_only_a_decision_can_be_a_hammer_item(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    [refused] = bot.say(SECRETARY, "!hamerstuk 1")
    assert refused.text == "Punt 1 is ter bespreking; alleen een besluit kan een hamerstuk zijn. Kijk bij !agenda."


def test_the_secretary_makes_a_decision_a_hammer_item(bot: TestBot, register: Any) -> None:
    bot.say(SECRETARY, "!agendeer Verdeelsleutel voor AO ter besluitvorming horizon:actualiteit")
    [done] = bot.say(SECRETARY, "!hamerstuk 1 allen akkoord per mail")
    assert done.text == "Punt 1 van AO do 14 jan 2027 is een hamerstuk. Toch bespreken: !bespreek 1."
    assert (item(register).hammer, item(register).beforehand) == (True, "allen akkoord per mail")


# --- what parties say ------------------------------------------------------------------------------------------------
@pytest.fixture
def at_the_directors(bot: TestBot) -> TestBot:
    text = "!agendeer Kader voor staalslak voor DO ter besluitvorming horizon:actualiteit vraag:Kies het kader"
    bot.say(UPPER, text, room="DO")
    return bot


def test_the_secretary_notes_the_position_of_each_party(at_the_directors: TestBot, register: Any) -> None:
    [done] = at_the_directors.say(UPPER, "!standpunt 1 VNG voorbehoud ruimte voor lokaal maatwerk", room="DO")
    assert done.text == "Punt 1 van DO di 25 mei 2027: VNG akkoord met voorbehoud: ruimte voor lokaal maatwerk."
    at_the_directors.say(UPPER, "!standpunt 1 IPO akkoord", room="DO")
    assert item(register).stands == (
        Stand("VNG", StandKind.RESERVED, "ruimte voor lokaal maatwerk"),
        Stand("IPO", StandKind.AGREES),
    )


def test_a_member_speaks_for_the_own_party_only(at_the_directors: TestBot, register: Any) -> None:
    [question] = at_the_directors.say("vng.do.1", "!standpunt 1 tegen", room="DO")
    assert question.text == "Waarom niet?"
    at_the_directors.say("vng.do.1", "te duur voor gemeenten", room="dm", reply_to=question.id)
    assert item(register).stands == (Stand("VNG", StandKind.AGAINST, "te duur voor gemeenten"),)
    [refused] = at_the_directors.say("vng.do.1", "!standpunt 1 IPO akkoord", room="DO")
    assert refused.text == "Het standpunt van IPO geeft wie in het DO zit voor IPO, of de secretaris."


def test_another_room_does_not_read_the_position(at_the_directors: TestBot) -> None:
    [done] = at_the_directors.say(SECRETARY, "!standpunt agp1 IPO akkoord", room="AO")
    assert done.room == f"dm:{SECRETARY}"


def test_a_decision_hears_what_was_still_to_come_and_no_more(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    text = "!agendeer Kader voor staalslak voor DO ter besluitvorming horizon:actualiteit vraag:Kies het kader"
    bot.say(UPPER, text, room="DO")
    bot.until(at("2027-05-25 15:00"))
    bot.say(UPPER, "!besluit 1 het DO kiest voor een landelijk kader", room="DO")
    [done] = bot.say(UPPER, "!standpunt BES-2027-001 IPO volgt na het bestuur van 7 juni", room="DO")
    assert done.text == "BES-2027-001: IPO nog te bevestigen: na het bestuur van 7 juni."
    [later] = bot.say(UPPER, "!standpunt BES-2027-001 IPO akkoord", room="DO")
    assert later.text == "BES-2027-001: IPO akkoord."


def test_a_point_that_was_only_proposed_was_treated_when_its_outcome_is_noted(bot: TestBot, register: Any) -> None:
    bot.say("vng.ao.1", "!agendeer Hoe werken we samen ter bespreking horizon:strategie")
    [done, *_] = in_the_meeting(bot).say(SECRETARY, "!uitkomst 1 geen besluit")
    assert done.text == "Punt 1 van AO do 14 jan 2027: geen besluit."
    history = register.ask(lambda store: [row.to_state for row in store.history("AGP-2027-001")])
    assert history == ["voorgesteld", "geagendeerd", "behandeld"]
