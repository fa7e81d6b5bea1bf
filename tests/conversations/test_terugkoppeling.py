"""!terugkoppeling: every raiser hears what came of it; only then is it closed (C16, S15, INV-08; acceptance 16)."""

from __future__ import annotations

from dataclasses import replace
from typing import Any

from bot.testing import TestBot
from commands.kit.ports import Change
from commands.words.signal import SignalState
from storage.store import SqlStore

CHAIR, SECRETARY = "rijk.ao.0", "rijk.secr.1"


def test_the_raiser_hears_it_and_the_signal_is_closed(weighed: TestBot, register: Any) -> None:
    weighed.say(CHAIR, "!afhandel 1 handreiking staat er")
    answer, notice = weighed.say(SECRETARY, "!terugkoppeling 1 zit in het nieuwe kader")
    assert answer.text == "Verstuurd aan de indiener. SIG-2027-001 is gesloten."
    assert notice.room == "dm:uvw.ao.1"
    assert notice.text.endswith("zit in het nieuwe kader")
    assert register.signal().state is SignalState.CLOSED


def test_the_long_form(weighed: TestBot) -> None:
    weighed.say(CHAIR, "!afhandel 1 handreiking staat er")
    answer, notice = weighed.say(SECRETARY, '!tk sig1 aan:indiener "zit in het kader"')
    assert answer.text == "Verstuurd aan de indiener. SIG-2027-001 is gesloten."
    assert notice.text.endswith(": zit in het kader")


def test_before_the_end_it_is_offered_as_an_interim_message(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(SECRETARY, "!terugkoppeling 1 we zijn bezig")
    assert refused.text == "SIG-2027-001 is nog niet afgehandeld. Als tussenbericht?"
    answer, notice = weighed.say(SECRETARY, "ja", reply_to=refused.id)
    assert answer.text == "Verstuurd aan de indiener."
    assert notice.text.startswith("Tussenbericht over SIG-2027-001")
    assert notice.text.endswith("we zijn bezig")
    assert register.signal().state is SignalState.HANDLING


def test_acceptance_16_both_raisers_of_merged_signals_hear_it(weighed: TestBot, register: Any) -> None:
    weighed.say("vng.ao.1", "!signaal Depots in het zuiden vol")
    other = replace(register.signal(2), state=SignalState.MERGED, merged_into="SIG-2027-001")
    weighed.simulation.database.work(lambda session: SqlStore(session).put(other, Change(CHAIR, weighed.at)))
    [settled] = weighed.say(CHAIR, "!afhandel 1 handreiking staat er")
    assert settled.text.endswith("Nog nodig: !terugkoppeling 1 aan 2 indieners.")
    answer, *notices = weighed.say(SECRETARY, "!terugkoppeling 1 zit in het kader")
    assert answer.text == "Verstuurd aan de twee indieners. SIG-2027-001 is gesloten."
    assert {notice.room for notice in notices} == {"dm:uvw.ao.1", "dm:vng.ao.1"}
    [merged] = weighed.say(CHAIR, "!weeg 2 agenderen")
    assert merged.text == ("SIG-2027-002 is samengevoegd; wegen kan niet. Waar het verdergaat, zegt !toon.")


def test_empty_asks_and_done_needs_nothing(weighed: TestBot) -> None:
    weighed.say(CHAIR, "!afhandel 1 handreiking staat er")
    [question] = weighed.say(SECRETARY, "!terugkoppeling 1")
    assert question.text == "Wat is de terugkoppeling? Twee zinnen is genoeg."
    weighed.say(SECRETARY, "Zit in het kader", reply_to=question.id)
    [refused] = weighed.say(SECRETARY, "!terugkoppeling 1 nog eens")
    assert refused.text == "SIG-2027-001 is gesloten; terugkoppelen hoeft niet meer. Kijk met !toon SIG-2027-001."


def test_acceptance_26_without_a_secretary_the_chair_does_it(weighed: TestBot, register: Any) -> None:
    from commands.words.people import Role, RoleName

    def leave(session: Any) -> None:
        gone = Role(SECRETARY, "AO", RoleName.SECRETARY, "Rijk", end=weighed.at.date().replace(day=1))
        SqlStore(session).put(gone, Change("beheerder", weighed.at))

    weighed.simulation.database.work(leave)
    weighed.say(CHAIR, "!afhandel 1 handreiking staat er")
    [answer, _] = weighed.say(CHAIR, "!terugkoppeling 1 zit in het kader")
    assert answer.text.startswith("Verstuurd aan de indiener.")
    rows = register.ask(lambda store: store.history("SIG-2027-001"))
    assert (rows[-1].by, rows[-1].to_state) == (CHAIR, "gesloten @AO")
    [acute, notice] = weighed.say("uvw.ao.1", "!signaal Lek in de leiding soort:acuut")
    assert acute.text.endswith("Voorzitter AO is gewaarschuwd.")
    assert notice.room == "dm:rijk.ao.0"


def test_a_member_does_not(weighed: TestBot) -> None:
    [refused] = weighed.say("ipo.ao.1", "!terugkoppeling 1 klaar")
    assert refused.text.startswith("Dit mag alleen")


def test_a_group_tells_the_ao_in_its_own_room_with_a_sentence(bot: TestBot, register: Any) -> None:
    [answer] = bot.say("uvw.wg.1", "!terugkoppeling Twee opties klaar; hulp nodig bij de toets", room="WG-PFAS")
    assert answer.text == "TRK-2027-001 van WG-PFAS vastgelegd; staat in de digest van het AO van do 14 jan 2027."
    group = register.ask(lambda store: store.group("WG-PFAS"))
    assert group.last_feedback == bot.at.date()
    [told] = register.ask(lambda store: store.feedback(about="WG-PFAS", to="AO"))
    assert told.text == "Twee opties klaar; hulp nodig bij de toets"


def test_without_a_text_the_group_is_asked_for_three_lines(bot: TestBot) -> None:
    [question] = bot.say("uvw.wg.1", "!terugkoppeling", room="WG-PFAS")
    assert question.text == "Wat wil je terugkoppelen? Drie regels is genoeg: stand, hulp nodig, voor het AO."
    [answer] = bot.say("uvw.wg.1", "Alles loopt", room="WG-PFAS", reply_to=question.id)
    assert answer.text.startswith("TRK-2027-001 van WG-PFAS vastgelegd")


def test_a_group_tells_nobody_but_the_ao(bot: TestBot, register: Any) -> None:
    """INV-16, R-072."""
    [refused] = bot.say("uvw.wg.1", "!terugkoppeling aan DO twee opties klaar", room="WG-PFAS")
    assert refused.text == "Dat gaat via het AO: een groep koppelt terug aan het AO. Aan het AO?"
    assert register.ask(lambda store: store.feedback(about="WG-PFAS")) == ()
    [answer] = bot.say("uvw.wg.1", "ja", room="WG-PFAS", reply_to=refused.id)
    assert answer.text.startswith("TRK-2027-001 van WG-PFAS vastgelegd")


def test_a_member_speaks_not_for_the_group_and_the_secretary_may_record_it(bot: TestBot) -> None:
    [refused] = bot.say("rijk.wg.1", "!terugkoppeling twee opties klaar", room="WG-PFAS")
    assert refused.text.startswith("Dit mag alleen")
    [answer] = bot.say(SECRETARY, "!terugkoppeling WG-PFAS twee opties klaar")
    assert answer.text.startswith("TRK-2027-001 van WG-PFAS vastgelegd")


def test_the_long_form_of_a_group_names_the_body(bot: TestBot, register: Any) -> None:
    bot.say("uvw.wg.1", '!terugkoppeling WG-PFAS aan:AO "Twee opties klaar; hulp nodig bij de toets"', room="WG-PFAS")
    [feedback] = register.ask(lambda store: store.feedback(about="WG-PFAS"))
    assert (feedback.to, feedback.text) == ("AO", "Twee opties klaar; hulp nodig bij de toets")
    [refused] = bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS aan:DO klaar", room="WG-PFAS")
    assert refused.text.startswith("Dat gaat via het AO")
    [unknown] = bot.say("uvw.wg.1", "!terugkoppeling WG-PFAS aan:iemand klaar", room="WG-PFAS")
    assert unknown.text == "'iemand' ken ik niet bij aan. Kies uit: indiener, achterban."
