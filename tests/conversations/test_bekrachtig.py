"""!bekrachtig: a second person, always (C08, INV-05; acceptance 3, 27, 30)."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from bot.testing import TestBot
from commands.words.people import Person, Role, RoleName
from commands.words.proposal import Proposal, ProposalState

CHAIR, PROPOSER = "rijk.ao.0", "vng.ao.1"


def test_the_chair_confirms_and_everyone_concerned_hears_it_once(proposed: TestBot, register: Any) -> None:
    answer, *notices = proposed.say(CHAIR, "!bekrachtig VST-2027-001 wijze:vergadering")
    assert answer.text == (
        "SIG-2027-001 ligt bij het DO: di 25 mei 2027 (stukken uiterlijk do 13 mei 2027). "
        "Typ !ongedaan binnen tien minuten om het ongedaan te maken."
    )
    assert [notice.room for notice in notices] == ["DO", "dm:vng.ao.1", "dm:uvw.ao.1"]
    assert "komt van het AO naar het DO" in notices[0].text
    assert "Gevraagd: Een tijdelijk kader toestaan." in notices[0].text
    signal = register.signal()
    assert (signal.lies_with, signal.owner) == ("DO", "DO")
    decided = register.ask(lambda store: store.get(Proposal, "VST-2027-001"))
    assert (decided.state, decided.decided_by, decided.decided_because) == (
        ProposalState.CONFIRMED,
        CHAIR,
        "vergadering",
    )


def test_a_tick_does_the_same_and_taking_it_away_undoes_it(weighed: TestBot, register: Any) -> None:
    [question] = weighed.say(PROPOSER, "!escaleer 1 want het raakt alle partijen")
    [proposal, _] = weighed.say(PROPOSER, "Een kader", reply_to=question.id)
    said = weighed.say(CHAIR, "✅", reply_to=proposal.id, kind="reaction", id="r1")
    assert said[0].text.endswith("Haal ✅ weg binnen tien minuten om het ongedaan te maken.")
    assert register.signal().lies_with == "DO"
    undone = weighed.say(CHAIR, "", reply_to="r1", kind="unreaction")
    assert undone[0].text == "Ongedaan gemaakt: SIG-2027-001 → DO. Ligt weer bij het AO."
    assert {one.room for one in undone} == {one.room for one in said}
    assert register.signal().lies_with == "AO"
    again = weighed.say(CHAIR, "✅", reply_to=proposal.id, kind="reaction", id="r2")
    assert again[0].text.startswith("SIG-2027-001 ligt bij het DO")


def test_another_sign_or_another_person_binds_nobody(weighed: TestBot, register: Any) -> None:
    [proposal, _] = weighed.say(PROPOSER, "!escaleer 1 want het raakt allen vraag:Een kader")
    assert weighed.react(CHAIR, "👍", proposal.id) == []
    [refused] = weighed.react("ipo.ao.1", "✅", proposal.id)
    assert refused.text == "Dit mag alleen de voorzitter van het AO, of de vervanger."
    [own] = weighed.react(PROPOSER, "✅", proposal.id)
    assert own.text.startswith("Je hebt dit zelf voorgesteld; een ander bekrachtigt.")
    assert register.signal().lies_with == "AO"


def test_acceptance_3_the_proposer_never_confirms_and_the_deputy_is_named(weighed: TestBot, register: Any) -> None:
    weighed.say(CHAIR, "!escaleer 1 want het raakt allen vraag:Een kader")
    [refused] = weighed.say(CHAIR, "!akkoord 1")
    assert refused.text.startswith("Je hebt dit zelf voorgesteld; een ander bekrachtigt.")
    appoint_deputy(weighed, "rijk.ao.2")
    [refused] = weighed.say(CHAIR, "!akkoord 1")
    assert refused.text == "Je hebt dit zelf voorgesteld; een ander bekrachtigt. Vraag het de vervanger: @rijk.ao.2."
    [done, *_] = weighed.say("rijk.ao.2", "!akkoord 1")
    assert done.text.startswith("SIG-2027-001 ligt bij het DO")
    assert register.signal().lies_with == "DO"


def appoint_deputy(bot: TestBot, person: str) -> None:
    from commands.kit.ports import Change
    from storage.store import SqlStore

    def write(session: Any) -> None:
        role = Role(CHAIR, "AO", RoleName.CHAIR, "Rijk", deputy=person)
        SqlStore(session).put(role, Change("beheerder", bot.at, "vervanger"))

    bot.simulation.database.work(write)


def test_acceptance_27_rights_follow_the_id_and_not_a_name_someone_gave_oneself(proposed: TestBot) -> None:
    from commands.kit.ports import Change
    from storage.store import SqlStore

    def rename(session: Any) -> None:
        store = SqlStore(session)
        for id in (CHAIR, "ipo.ao.1"):
            found = store.get(Person, id)
            assert found is not None
            store.put(
                Person(found.id, found.organisation, matrix=found.matrix, name="Voorzitter AO"),
                Change("beheerder", proposed.at, "naam"),
            )

    proposed.simulation.database.work(rename)
    [refused] = proposed.say("ipo.ao.1", "!akkoord 1")
    assert refused.text == "Dit mag alleen de voorzitter van het AO, of de vervanger."
    [done, *_] = proposed.say(CHAIR, "!akkoord 1")
    assert done.text.startswith("SIG-2027-001 ligt bij het DO")


def test_a_proposal_is_confirmed_once(at_do: TestBot) -> None:
    [refused] = at_do.say(CHAIR, "!akkoord 1")
    assert refused.text == "VST-2027-001 is al bekrachtigd. Kijk met !toon VST-2027-001."


def test_who_may_not_see_it_is_told_that_it_does_not_exist(proposed: TestBot) -> None:
    [hidden] = proposed.say("ipo.wg.1", "!akkoord 1", room="dm")
    [missing] = proposed.say("ipo.wg.1", "!akkoord 9", room="dm")
    assert hidden.text.replace("001", "009") == missing.text
    assert "bestaat niet" in hidden.text


def test_it_stands_proposed_on_the_next_agenda(at_do: TestBot, register: Any) -> None:
    [item] = [one for one in register.ask(lambda store: store.items(signal="SIG-2027-001")) if "DO" in one.meeting]
    assert (item.state, item.ask) == ("voorgesteld", "Een tijdelijk kader toestaan")


def test_after_the_last_meeting_it_says_that_none_is_planned(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-12-16 09:00")
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say(CHAIR, "!weeg 1 afhandelen actualiteit")
    bot.say(PROPOSER, "!escaleer 1 want het raakt allen vraag:Een kader")
    [done, *_] = bot.say(CHAIR, "!akkoord 1")
    assert done.text.startswith("SIG-2027-001 ligt bij het DO: er is geen DO gepland.")


def test_the_proposal_waits_while_there_is_no_chair(weighed: TestBot) -> None:
    from commands.kit.ports import Change
    from storage.store import SqlStore

    def leave(session: Any) -> None:
        role = Role(CHAIR, "AO", RoleName.CHAIR, "Rijk", end=weighed.at.date().replace(day=1))
        SqlStore(session).put(role, Change("beheerder", weighed.at, "weg"))

    weighed.simulation.database.work(leave)
    [answer, _] = weighed.say(PROPOSER, "!escaleer 1 want het raakt allen vraag:Een kader")
    assert answer.text.endswith("Het AO heeft nu geen voorzitter; het voorstel wacht.")
    [refused] = weighed.say(CHAIR, "!akkoord 1")
    assert "Dit mag alleen" in refused.text or "bestaat niet" in refused.text


def test_the_words_of_the_buttons_confirm_and_reject_like_the_commands(weighed: TestBot, register: Any) -> None:
    [question] = weighed.say(PROPOSER, "!escaleer 1 want het raakt alle partijen")
    [proposal, _] = weighed.say(PROPOSER, "Een kader", reply_to=question.id)
    [own] = weighed.say(PROPOSER, "afwijzen", reply_to=proposal.id)
    assert register.ask(lambda store: store.get(Proposal, "VST-2027-001")).state is ProposalState.SUBMITTED, own.text
    [why] = weighed.say(CHAIR, "afwijzen", reply_to=proposal.id)
    assert why.text == "Waarom? De voorsteller leest dit."
    weighed.say(CHAIR, "het AO kan dit zelf", reply_to=why.id)
    rejected = register.ask(lambda store: store.get(Proposal, "VST-2027-001"))
    assert (rejected.state, rejected.decided_because) == (ProposalState.REJECTED, "het AO kan dit zelf")
    [question] = weighed.say(PROPOSER, "!escaleer 1 want het raakt alle partijen")
    [proposal, _] = weighed.say(PROPOSER, "Een kader", reply_to=question.id)
    weighed.say(CHAIR, "✅", reply_to=proposal.id)
    assert register.signal().lies_with == "DO"
