"""!afhandel: the outcome of a signal (C12, S13, S14, INV-08)."""

from __future__ import annotations

from typing import Any

from bot.testing import TestBot
from commands.kit.ports import Change
from commands.words.action import Action, ActionState
from commands.words.signal import SignalState
from storage.store import SqlStore

CHAIR, MEMBER = "rijk.ao.0", "ipo.ao.1"


def test_within_the_mandate_and_what_is_still_needed(weighed: TestBot, register: Any) -> None:
    [answer] = weighed.say(CHAIR, '!afhandel sig1 uitkomst:"Handreiking gepubliceerd" beleid:nee mandaat:ja')
    assert answer.text == (
        "SIG-2027-001 afgehandeld door het AO, binnen mandaat. Nog nodig: !terugkoppeling 1 aan de indiener."
    )
    signal = register.signal()
    assert (signal.state, signal.outcome, signal.policy_change) == (
        SignalState.SETTLED,
        "Handreiking gepubliceerd",
        "nee",
    )


def test_the_outcome_is_asked(weighed: TestBot) -> None:
    [question] = weighed.say(CHAIR, "!afhandel 1")
    assert question.text == "Wat is de uitkomst? De indiener leest dit."
    [answer] = weighed.say(CHAIR, "De handreiking staat er", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-001 afgehandeld")


def test_a_trend_asks_whether_policy_must_change(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Lood in tuinen soort:trend")
    bot.say(CHAIR, "!weeg 1 afhandelen strategie")
    [question] = bot.say(CHAIR, "!afhandel 1 in het kader")
    assert question.text == "Is aanpassing van beleid nodig: ja, nee of naderbezien?"
    [again] = bot.say(CHAIR, "misschien", reply_to=question.id)
    assert "Kies uit: ja, nee, naderbezien." in again.text
    [answer] = bot.say(CHAIR, "naderbezien", reply_to=again.id)
    assert answer.text.startswith("SIG-2027-001 afgehandeld")


def test_outside_the_mandate_the_way_is_up(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(CHAIR, "!afhandel 1 we betalen het mandaat:nee")
    assert refused.text == "Buiten het mandaat van het AO kan het AO dit niet afdoen. Naar het DO?"
    [question] = weighed.say(CHAIR, "ja", reply_to=refused.id)
    assert question.text.startswith("Waarom kan het AO dit niet zelf afdoen?")
    assert register.signal().state is SignalState.HANDLING


def test_open_actions_need_a_reason(weighed: TestBot, register: Any) -> None:
    def write(session: Any) -> None:
        due = weighed.at.date().replace(month=3)
        action = Action(
            "ACT-2027-001",
            "stukken",
            MEMBER,
            "IPO",
            due,
            due,
            "AO",
            ActionState.OPEN,
            CHAIR,
            weighed.at,
            signal="SIG-2027-001",
        )
        SqlStore(session).put(action, Change(CHAIR, weighed.at))

    weighed.simulation.database.work(write)
    [question] = weighed.say(CHAIR, "!afhandel 1 klaar")
    assert question.text.startswith("Er staat nog 1 actie open (ACT-2027-001).")
    [answer] = weighed.say(CHAIR, "die loopt door", reply_to=question.id)
    assert answer.text.startswith("SIG-2027-001 afgehandeld")
    [dossier] = weighed.say(CHAIR, "!toon 1")
    assert "open acties: die loopt door" in dossier.text


def test_a_member_asks_the_chair(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(MEMBER, "!afhandel 1 handreiking staat er")
    assert refused.text == "Afhandelen doet de voorzitter van het AO. De voorzitter vragen?"
    _, request = weighed.say(MEMBER, "ja", reply_to=refused.id)
    [answer] = weighed.say(CHAIR, "ja", room="dm", reply_to=request.id)
    assert (answer.room, register.signal().outcome) == ("AO", "handreiking staat er")


def test_the_do_settles_after_a_decision_only(at_do: TestBot) -> None:
    [refused] = at_do.say("rijk.do.1", "!afhandel 1 klaar", room="DO")
    assert refused.text == ("Het DO heeft hier nog geen besluit over genomen. Teruggeven aan het AO?")


def test_what_lies_with_a_group_is_reported_first(at_group: TestBot) -> None:
    [refused] = at_group.say(CHAIR, "!afhandel 1 klaar")
    assert refused.text == "SIG-2027-001 ligt bij Werkgroep diffuus lood. Die meldt het eerst gereed met !gereed."
