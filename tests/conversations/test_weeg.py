"""!weeg: the filter decides what happens (C05, S2-S6, R-040)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.testing import TestBot
from commands.words.signal import SignalState

CHAIR, SECRETARY, MEMBER, RAISER = "rijk.ao.0", "rijk.secr.1", "ipo.ao.1", "uvw.ao.1"


def test_onto_the_agenda_asks_the_horizon_and_tells_the_raiser(filed: TestBot) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 agenderen")
    assert question.text == "Strategie of actualiteit?"
    answer, notice = filed.say(CHAIR, "actualiteit", reply_to=question.id)
    assert answer.text == "Op de agenda van AO do 14 jan 2027, punt 1. De indiener weet het."
    assert (notice.room, notice.kind) == ("dm:uvw.ao.1", "notice")
    assert "staat op de agenda van het AO van do 14 jan 2027" in notice.text


def test_rejecting_asks_for_a_reason_that_the_raiser_reads(filed: TestBot, register: Any) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 afwijzen")
    assert question.text == "Waarom? De indiener leest dit."
    answer, notice = filed.say(CHAIR, "Loopt al bij IPO", reply_to=question.id)
    assert answer.text == "SIG-2027-001 afgewezen; indiener bericht."
    assert notice.text.endswith("Reden: Loopt al bij IPO")
    assert register.signal().state is SignalState.REJECTED


def test_holding_asks_for_the_question_and_a_date(filed: TestBot, register: Any) -> None:
    [question] = filed.say(SECRETARY, "!weeg 1 aanhouden")
    assert question.text == "Wat is de vraag aan de indiener?"
    [question] = filed.say(SECRETARY, "Om hoeveel depots gaat het?", reply_to=question.id)
    assert question.text == "Voor wanneer is het antwoord nodig?"
    answer, notice = filed.say(SECRETARY, "vrijdag 22 januari", reply_to=question.id)
    assert "aangehouden tot uiterlijk vr 22 jan 2027" in answer.text
    assert "Om hoeveel depots gaat het?" in notice.text
    assert register.signal().state is SignalState.HELD


def test_a_group_may_be_named_at_once_or_by_field(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!signaal Lood in speeltuinen")
    [answer, *_] = filed.say(CHAIR, "!weeg 1 werkgroep lood voor 6 maart")
    assert answer.text == "SIG-2027-001: bij Werkgroep diffuus lood, terug bij het AO uiterlijk vr 5 mrt 2027."
    filed.say(CHAIR, '!weeg sig2 werkgroep:WG-PFAS reden:"past daar" uiterlijk:"8 maart"')
    assert register.signal(2).lies_with == "WG-PFAS"


def test_the_word_group_alone_asks_which(filed: TestBot) -> None:
    [question] = filed.say(CHAIR, "!weeg 1 programma")
    assert question.text == "PRG-KENNIS of PRG-SPOED?"
    [question] = filed.say(CHAIR, "kennis", reply_to=question.id)
    assert question.text == "Wanneer terug?"


def test_all_fields_of_the_long_form_are_kept(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, '!weeg sig1 agenderen soort:acuut horizon:actualiteit relevant:ja reden:"landelijk effect"')
    signal = register.signal()
    assert (signal.kind, signal.horizon, signal.relevant) == ("acuut", "actualiteit", True)
    assert signal.relevant_because == "landelijk effect"
    assert signal.state is SignalState.SCHEDULED


def test_a_member_asks_the_chair_and_the_chairs_yes_runs_in_the_room_where_it_was_asked(filed: TestBot) -> None:
    [refused] = filed.say(MEMBER, "!weeg 1 afwijzen want loopt al")
    assert refused.text == "Wegen doet de voorzitter van het AO. De voorzitter vragen?"
    asked, request = filed.say(MEMBER, "ja", reply_to=refused.id, id="m1")
    assert asked.text == "Gevraagd aan de voorzitter van het AO."
    assert request.room == "dm:rijk.ao.0"
    assert "SIG-2027-001 (Baggerdepots zitten vol) wegen: afwijzen, want loopt al" in request.text
    done, notice = filed.say(CHAIR, "ja", room="dm", reply_to=request.id)
    assert (done.room, done.reply_to, done.text) == ("AO", "m1", "SIG-2027-001 afgewezen; indiener bericht.")
    assert notice.text.endswith("Reden: loopt al")


def test_asked_in_private_the_asker_hears_what_came_of_it(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(MEMBER, "!weeg 1 afwijzen want loopt al", room="dm")
    _, request = filed.say(MEMBER, "ja", room="dm", reply_to=refused.id)
    said = filed.react(CHAIR, "✅", request.id, room="dm")
    assert {"dm:rijk.ao.0", "dm:ipo.ao.1", "dm:uvw.ao.1"} == {one.room for one in said}
    assert register.signal().state is SignalState.REJECTED


def test_the_chair_may_say_no(filed: TestBot, register: Any) -> None:
    [refused] = filed.say(MEMBER, "!weeg 1 afwijzen want loopt al")
    _, request = filed.say(MEMBER, "ja", reply_to=refused.id)
    said = filed.say(CHAIR, "nee", room="dm", reply_to=request.id)
    assert ("AO", "rijk.ao.0 gaat hier niet mee akkoord: SIG-2027-001.") in {(one.room, one.text) for one in said}
    assert register.signal().state is SignalState.SUBMITTED


def test_the_secretary_weighs_in_the_meeting_and_asks_on_other_days(
    filed: TestBot, make_bot: Callable[[str], TestBot]
) -> None:
    [refused] = filed.say(SECRETARY, "!weeg 1 afwijzen want loopt al")
    assert "de secretaris legt het vast op de dag van een vergadering" in refused.text
    meeting = make_bot("2027-01-14 10:30")
    meeting.say(RAISER, "!signaal Baggerdepots zitten vol")
    [done, _] = meeting.say(SECRETARY, "!weeg 1 afwijzen want loopt al")
    assert done.text == "SIG-2027-001 afgewezen; indiener bericht."
    [dossier] = meeting.say(RAISER, "!toon 1")
    assert "door rijk.secr.1: loopt al (namens de voorzitter rijk.ao.0)" in dossier.text


def test_the_secretary_may_assign_and_schedule_on_any_day(filed: TestBot) -> None:
    [done, _] = filed.say(SECRETARY, "!weeg 1 agenderen actualiteit")
    assert done.text.startswith("Op de agenda van AO do 14 jan 2027")


def test_nobody_outside_the_filter_weighs(filed: TestBot, register: Any) -> None:
    [refused] = filed.say("vng.do.1", "!weeg 1 agenderen", room="DO")
    assert refused.room == "dm:vng.do.1"
    assert "Dit mag alleen" in refused.text
    assert "Baggerdepots" not in refused.text
    assert register.signal().state is SignalState.SUBMITTED


def test_an_open_proposal_blocks_weighing_and_assigning(proposed: TestBot) -> None:
    for typed in ("!weeg 1 afwijzen want dubbel", "!beleg 1 bij pfas voor 1 april", "!afhandel 1 klaar"):
        [refused] = proposed.say(CHAIR, typed)
        assert refused.text == "Er loopt al een voorstel (VST-2027-001, wacht op de voorzitter AO)."


def test_what_the_do_delegated_is_not_rejected_or_settled_below(delegated: TestBot, register: Any) -> None:
    for typed in ("!weeg 1 afwijzen want nee", "!afhandel 1 klaar"):
        [refused] = delegated.say(CHAIR, typed)
        assert "is een opdracht van het DO, dat eigenaar blijft" in refused.text
    assert register.signal().owner == "DO"


def test_a_closed_signal_is_refused_before_anything_is_asked(filed: TestBot) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen want dubbel")
    filed.say(SECRETARY, "!terugkoppeling 1 loopt al bij IPO")
    [refused] = filed.say(CHAIR, "!weeg 1 agenderen")
    assert refused.text == "SIG-2027-001 is gesloten; wegen kan niet. Kijk met !toon SIG-2027-001."


def test_whatever_leaves_the_agenda_by_another_weighing_is_taken_off_it(filed: TestBot, register: Any) -> None:
    for typed in ("afhandelen", "aanhouden vraag:Hoeveel uiterlijk:22 januari", "werkgroep lood voor 5 maart"):
        filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
        assert [item.state for item in register.ask(lambda store: store.items(signal="SIG-2027-001"))][
            -1
        ] == "geagendeerd"
        filed.say(CHAIR, f"!weeg 1 {typed}")
        assert {item.state for item in register.ask(lambda store: store.items(signal="SIG-2027-001"))} == {"afgevoerd"}


def test_without_a_planned_meeting_it_says_so(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-16 09:00")
    [filed] = bot.say(RAISER, "!signaal Baggerdepots zitten vol")
    assert filed.text == "SIG-2027-001, namens UvW. Ligt bij het AO; er is nog geen vergadering gepland."
    [done, _] = bot.say(CHAIR, "!weeg 1 agenderen actualiteit")
    assert "Er is nog geen AO gepland" in done.text


def test_an_acute_signal_warns_chair_and_secretary_at_once(bot: TestBot) -> None:
    answer, *notices = bot.say(RAISER, "!signaal Lek in de leiding soort:acuut")
    assert answer.text.endswith("Voorzitter en secretaris AO zijn gewaarschuwd.")
    assert {notice.room for notice in notices} == {"dm:rijk.ao.0", "dm:rijk.secr.1"}
    assert all("acuut" in notice.text for notice in notices)
