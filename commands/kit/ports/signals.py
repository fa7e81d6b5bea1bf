"""Signals, proposals and actions, and texts that are alike."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from commands.rules.likeness import Lexicon
from commands.words.action import Action, ActionState
from commands.words.proposal import Proposal
from commands.words.signal import Signal, SignalState


class Signals(Protocol):
    """A part of `Store`."""

    def signals(
        self,
        *,
        lies_with: str | None = None,
        owner: str | None = None,
        states: Sequence[SignalState] = (),
        raiser: str | None = None,
        anchor: str | None = None,
        topic: str | None = None,
        filed_since: datetime | None = None,
        filed_until: datetime | None = None,
        settled_since: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Signal, ...]:
        """Signals that match all that is given, oldest first, at most `limit`; `…_since` include that moment,
        `filed_until` does not.

        `anchor` is a meeting that the date of one of its delegations leans on.
        """

    def similar(self, text: str, lexicon: Lexicon, *, limit: int = 3, ever: bool = False) -> tuple[str, ...]:
        """Ids of open signals and running groups with a text like this one, nearest first, none that is too far off.

        With `ever` of all signals, decisions, agreements and attention points instead, whatever their state.
        """

    def find(self, text: str, *, limit: int = 50) -> tuple[str, ...]:
        """Ids of signals, decisions, agreements and attention points, of whatever state, that hold every word of the
        text or a part of a word; best first. Words of fewer than three letters do not count.
        """

    def merged_into(self, signal: str) -> tuple[Signal, ...]:
        """Signals that were merged into this one."""

    def raised_into(self, person: str) -> frozenset[str]:
        """Ids of the signals in which one that this person raised went up, however far back (R-130)."""

    def proposals(
        self, *, about: str | None = None, confirms: str | None = None, open_only: bool = True
    ) -> tuple[Proposal, ...]:
        """Proposals that match, oldest first (INV-07: at most one open per object)."""

    def actions(
        self,
        *,
        holder: str | None = None,
        on_behalf_of: str | None = None,
        body: str | None = None,
        signal: str | None = None,
        anchor: str | None = None,
        states: Sequence[ActionState] = (),
        due_before: date | None = None,
        done_since: datetime | None = None,
        made_since: datetime | None = None,
        made_until: datetime | None = None,
        limit: int = 200,
    ) -> tuple[Action, ...]:
        """Actions that match all that is given, by due date and id, at most `limit`; made in
        [made_since, made_until).
        """
