"""One question to everyone in a body, and who was asked."""

from __future__ import annotations

from typing import Protocol

from commands.words.poll import Poll, PollKind


class Polls(Protocol):
    """A part of `Store`."""

    def polls(self, *, about: str, kind: PollKind | None = None, limit: int = 200) -> tuple[Poll, ...]:
        """The polls of a body, by the day on which they were asked."""

    def polled(self, poll: str) -> tuple[tuple[str, bool], ...]:
        """Who was asked, by id, and whether each answered; what they said are voices (`Store.voices`)."""

    def keep_polled(self, poll: str, person: str, *, answered: bool) -> None:
        """Ask one more person, or note that someone answered. Keeps no history."""
