"""!ongedaan: ten minutes, the same person, and nobody acted on it (C64, INV-37; acceptance 30)."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

import pytest
from sqlmodel import select

from bot.testing import TestBot
from commands.words.signal import Signal, SignalState
from storage import tables

CHAIR, SECRETARY, DO_CHAIR = "rijk.ao.0", "rijk.secr.1", "rijk.do.1"

DEEDS = [
    ("filed", CHAIR, "AO", "!weeg 1 agenderen actualiteit"),
    ("filed", CHAIR, "AO", "!weeg 1 afhandelen actualiteit"),
    ("filed", CHAIR, "AO", "!weeg 1 afwijzen want dubbel"),
    ("filed", CHAIR, "AO", "!weeg 1 aanhouden vraag:Hoeveel uiterlijk:22 januari"),
    ("filed", CHAIR, "AO", "!beleg 1 bij lood voor 5 maart"),
    ("weighed", "vng.ao.1", "AO", "!escaleer 1 want het raakt allen vraag:Een kader"),
    ("weighed", CHAIR, "AO", "!afhandel 1 klaar"),
    ("proposed", CHAIR, "AO", "!akkoord 1"),
    ("proposed", CHAIR, "AO", "!wijsaf 1 want nee"),
    ("at_do", DO_CHAIR, "DO", "!deescaleer 1 want het AO kan dit zelf"),
    ("at_do", DO_CHAIR, "DO", "!delegeer 1 twee opties, uiterlijk 18 maart"),
    ("at_group", "vng.wg.1", "WG-LOOD", "!escaleer 1 want te groot"),
    ("at_group", "vng.wg.1", "WG-LOOD", "!gereed sig1 onderzocht"),
]


def owed(bot: TestBot) -> set[tuple[str, datetime]]:
    """What the clock still owes about the signal."""
    table = tables.Due
    query = select(table).where(table.about == "SIG-2027-001", table.done_at == None)  # noqa: E711
    rows = bot.simulation.database.work(lambda session: [(row.kind, row.at) for row in session.exec(query)])
    return set(rows)


def on_agendas(register: Any) -> list[Any]:
    """The agenda items about the signal that are still to be treated."""
    return [
        item for item in register.ask(lambda store: store.items(signal="SIG-2027-001")) if item.state != "afgevoerd"
    ]


@pytest.mark.parametrize(("start", "who", "room", "typed"), DEEDS, ids=[deed[3] for deed in DEEDS])
def test_everything_is_as_before_and_whoever_was_told_hears_it(
    request: pytest.FixtureRequest, register: Any, start: str, who: str, room: str, typed: str
) -> None:
    bot: TestBot = request.getfixturevalue(start)
    before, clock = register.signal(), owed(bot)
    proposals, items = register.ask(lambda store: store.proposals()), on_agendas(register)
    said = bot.say(who, typed, room=room)
    assert (register.signal(), register.ask(lambda store: store.proposals())) != (before, proposals)
    undone = bot.say(who, "!ongedaan", room=room)
    assert undone[0].text.startswith("Ongedaan gemaakt: ")
    assert {one.room for one in said} == {one.room for one in undone}
    assert register.signal() == before
    assert register.ask(lambda store: store.proposals()) == proposals
    assert owed(bot) == clock
    assert on_agendas(register) == items


def test_it_is_a_new_entry_in_the_history(at_do: TestBot, register: Any) -> None:
    count = len(register.ask(lambda store: store.history("SIG-2027-001")))
    [answer, *_] = at_do.say(CHAIR, "!ongedaan")
    assert answer.text == "Ongedaan gemaakt: SIG-2027-001 → DO. Ligt weer bij het AO."
    rows = register.ask(lambda store: store.history("SIG-2027-001"))
    assert len(rows) == count + 1
    assert rows[-1].why == "ongedaan gemaakt: SIG-2027-001 → DO"


def test_a_filed_signal_is_withdrawn_and_its_number_stays_taken(filed: TestBot, register: Any) -> None:
    [answer] = filed.say("uvw.ao.1", "!ongedaan")
    assert answer.text == "Ongedaan gemaakt: SIG-2027-001 ingediend."
    assert register.signal().state is SignalState.WITHDRAWN
    assert owed(filed) == set()
    [next_one] = filed.say("uvw.ao.1", "!signaal Sloten lopen over")
    assert next_one.text.startswith("SIG-2027-002")


def test_acceptance_30_not_after_someone_else_acted(at_do: TestBot, register: Any) -> None:
    at_do.say(DO_CHAIR, "!delegeer 1 twee opties, uiterlijk 18 maart", room="DO")
    [refused] = at_do.say(CHAIR, "!ongedaan")
    assert refused.text.startswith("Er is al op gereageerd (AGP-2027-001, SIG-2027-001).")
    assert "!deescaleer" in refused.text
    assert register.signal().owner == "DO"


def test_not_after_ten_minutes(at_do: TestBot, register: Any) -> None:
    at_do.until(at_do.at + timedelta(minutes=11))
    [refused] = at_do.say(CHAIR, "!ongedaan")
    assert refused.text.startswith("Dat kan tot 10 minuten na de opdracht.")
    assert register.signal().lies_with == "DO"


def test_not_twice_and_not_for_another(at_do: TestBot) -> None:
    [nothing] = at_do.say("ipo.ao.2", "!ongedaan")
    assert nothing.text == "Er is niets om terug te draaien. Een nieuwe opdracht verandert het wel: zie !help."
    at_do.say(CHAIR, "!ongedaan")
    [refused] = at_do.say(CHAIR, "!ongedaan")
    assert refused.text == (
        "Dit is al ongedaan gemaakt: SIG-2027-001 → DO. Er is niets veranderd; !ongedaan gaat één opdracht terug. Iets "
        "van eerder verander je met een nieuwe opdracht, of door dat bericht binnen 10 minuten te verwijderen."
    )


def test_an_earlier_message_can_be_taken_away_after_ones_own_undo(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit", id="w1")
    filed.say(CHAIR, "!afhandel 1 klaar", id="w2")
    filed.say(CHAIR, "!ongedaan")
    [undone, *_] = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert undone.text.startswith("Ongedaan gemaakt: SIG-2027-001")
    assert register.signal().state is SignalState.SUBMITTED


def test_one_after_the_other_all_messages_about_a_record_can_be_taken_away(filed: TestBot, register: Any) -> None:
    before = register.signal()
    for n, typed in enumerate(("!wijzig 1 thema:grondwater", "!wijzig 1 thema:data", "!wijzig 1 regio:Flevoland")):
        filed.say(SECRETARY, typed, id=f"w{n}")
    for n in (2, 1, 0):
        [undone, *_] = filed.say(SECRETARY, "", reply_to=f"w{n}", kind="redaction")
        assert undone.text.startswith("Ongedaan gemaakt: SIG-2027-001")
    assert register.signal() == before


def test_not_when_another_also_acted_before_or_after_what_was_undone(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit", id="w1")
    filed.say(SECRETARY, "!wijzig 1 thema:grondwater")
    filed.say(CHAIR, "!afhandel 1 klaar")
    filed.say(CHAIR, "!ongedaan")
    [refused] = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert refused.text.startswith("Er is al op gereageerd (SIG-2027-001).")
    assert register.signal().topic == "grondwater"
    assert register.signal().state is SignalState.HANDLING


def test_a_reason_in_the_words_of_an_undo_hides_no_change(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afhandelen actualiteit", id="w1")
    filed.say(SECRETARY, "!wijzig 1 thema:grondwater want ongedaan gemaakt: SIG-2027-001 ingediend")
    [refused] = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert refused.text.startswith("Er is al op gereageerd (SIG-2027-001).")
    assert register.signal().state is SignalState.HANDLING


def test_withdrawing_the_message_undoes_it_for_ten_minutes(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 afwijzen want dubbel", id="w1")
    undone = filed.say(CHAIR, "", reply_to="w1", kind="redaction")
    assert undone[0].text == "Ongedaan gemaakt: SIG-2027-001 afgewezen."
    assert isinstance(register.signal(), Signal)
    assert register.signal().state is SignalState.SUBMITTED
    filed.say(CHAIR, "!weeg 1 afwijzen want dubbel", id="w2")
    filed.until(filed.at + timedelta(minutes=11))
    assert filed.say(CHAIR, "", reply_to="w2", kind="redaction") == []
    assert register.signal().state is SignalState.REJECTED
