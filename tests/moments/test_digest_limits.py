"""Whatever stands on an agenda: the digest keeps to its words and items, and never cuts a decision (digests.md §1.0).

And whatever people do: no current affairs on a reflection meeting, a fixed agenda is complete (INV-31, INV-32).
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.renderers.plain import plain
from bot.testing import Simulation, TestBot
from commands.kit.ports import Change
from commands.kit.register import Register
from commands.moments.digest_layout import count_words
from commands.moments.digest_versions import participants
from commands.rules.timing import lead_of
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Stand, StandKind
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.signal import Horizon, Signal, SignalState
from commands.words.structure import Structure
from storage.store import SqlStore

NOW = datetime(2027, 2, 1, 9, 0, tzinfo=AMSTERDAM)
MEETINGS = {"AO": "VRG-AO-2027-02", "DO": "VRG-DO-2027-01", "BO": "VRG-BO-2027-01"}
SIMPLE = settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])

words = st.integers(0, 30).map(lambda n: " ".join(["woord"] * n))
stands = st.lists(
    st.builds(Stand, st.sampled_from(["Rijk", "VNG", "IPO", "UvW"]), st.sampled_from(StandKind), words),
    max_size=4,
    unique_by=lambda one: one.party,
).map(tuple)


@st.composite
def agendas(draw: st.DrawFn) -> list[AgendaItem]:
    """Up to fifteen points of every nature, with texts of any length."""
    return [
        AgendaItem(
            f"AGP-2027-{n:03d}",
            "",
            n,
            f"Titel{n}",
            draw(st.sampled_from(Nature)),
            draw(st.sampled_from(Horizon)),
            "vng.ao.1",
            "VNG",
            main_line=draw(words),
            choice=draw(words),
            ask=f"Vraag{n} {draw(words)}".strip(),
            without=draw(words),
            minutes=draw(st.sampled_from([None, 5, 20])),
            hammer=draw(st.booleans()),
            stands=draw(stands),
        )
        for n in range(1, draw(st.integers(0, 15)) + 1)
    ]


def shown(simulation: Simulation, structure: Structure, code: str, items: list[AgendaItem], floating: int) -> Any:
    """The participants' version for that agenda, with so many signals that float, and nothing kept of it."""

    def read(session: Any) -> Any:
        store = SqlStore(session)
        point = store.savepoint()
        change = Change("rijk.secr.1", NOW)
        for item in items:
            store.put(AgendaItem(**{**vars(item), "meeting": MEETINGS[code]}), change)
        for n in range(1, floating + 1):
            signal = Signal(
                f"SIG-2027-{n:03d}",
                f"Zweeft{n} al een tijd rond zonder plek",
                ("vng.ao.1",),
                "VNG",
                SignalState.SUBMITTED,
                "AO",
                "AO",
                NOW.replace(month=1),
                NOW.replace(month=1),
            )
            store.put(signal, change)
        body, meeting = structure.body(code), store.get(Meeting, MEETINGS[code])
        assert body is not None
        message = participants(Register(store, structure, NOW), body, meeting)
        point.rollback()
        return message

    return simulation.database.work(read)


@pytest.mark.parametrize("code", ["AO", "DO", "BO"])
@SIMPLE
@given(items=agendas(), floating=st.integers(0, 40))
def test_a_digest_keeps_to_its_words_and_never_cuts_a_decision(
    code: str, make_bot: Callable[[str], TestBot], structure: Structure, items: list[AgendaItem], floating: int
) -> None:
    simulation = _simulation(make_bot)
    body = structure.body(code)
    assert body is not None
    message = shown(simulation, structure, code, items, floating)
    text, limit = plain(message), lead_of(body, MeetingKind.REGULAR)
    decisions = [item for item in items if item.nature is Nature.DECIDE]
    others = [item for item in items if item.nature is not Nature.DECIDE]
    for item in decisions:
        assert f"Titel{item.number}" in text
        assert item.ask.split()[0] in text
    named = [item for item in others if f"Titel{item.number} " in text or f"Titel{item.number}\n" in text]
    assert len(named) <= max(0, limit.items - len(decisions)) or code != "BO"
    if count_words(message) > limit.words:
        # Only what may not be cut is left: decisions, dates ahead, and headings with a count.
        assert named == []
        assert "Zweeft" not in text


_MADE: dict[int, Simulation] = {}


def _simulation(make_bot: Callable[[str], TestBot]) -> Simulation:
    """One register for all examples of a test; each example leaves it as it was."""
    key = id(make_bot)
    if key not in _MADE:
        _MADE.clear()
        _MADE[key] = make_bot("2027-01-11 09:00").simulation
    return _MADE[key]


# --- INV-31 and INV-32 -----------------------------------------------------------------------------------------------
MOVES = (
    "!agendeer Rolverdeling voor DO ter bespreking horizon:{horizon}",
    "!agendeer Vier vragen voor DO reflectie ter bespreking horizon:{horizon}",
    "!agendeer Verder kijken voor DO reflectie als evaluatie horizon:{horizon}",
    "!agendeer punt {number} horizon:{horizon}",
    "!doorschuif {number} naar reflectie",
    "!doorschuif {number} naar 9 november",
    "!hamerstuk {number}",
    "!bespreek {number}",
    "!voeraf {number} want het is te vroeg",
    "!agenda DO toch vaststellen",
    "!agenda volgorde {number}",
)
moves = st.lists(
    st.tuples(
        st.sampled_from(MOVES),
        st.sampled_from(list(Horizon)),
        st.integers(1, 3),
        st.sampled_from(["rijk.secr.2", "rijk.do.1", "vng.do.1"]),
    ),
    max_size=14,
)


@settings(max_examples=12, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(made=moves)
def test_whatever_people_do_a_reflection_meeting_has_no_current_affairs_and_a_fixed_agenda_is_complete(
    make_bot: Callable[[str], TestBot], made: list[tuple[str, Horizon, int, str]]
) -> None:
    bot = make_bot("2027-05-03 09:00")
    for move, horizon, number, person in made:
        bot.say(person, move.format(horizon=horizon, number=number), room="DO")

    def look(session: Any) -> None:
        store = SqlStore(session)
        for meeting in store.meetings(body="DO"):
            live = [i for i in store.items(meeting=meeting.id) if i.state in (ItemState.PROPOSED, ItemState.SCHEDULED)]
            if meeting.kind is MeetingKind.REFLECTION:
                assert not [item for item in live if item.horizon is Horizon.CURRENT]
            if meeting.state is MeetingState.FIXED:
                scheduled = [item for item in live if item.state is ItemState.SCHEDULED]
                assert all(item.raiser and item.on_behalf_of and item.nature and item.horizon for item in scheduled)
            numbers = [item.number for item in live]
            assert len(numbers) == len(set(numbers))

    bot.simulation.database.work(look)
