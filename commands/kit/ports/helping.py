"""Requests for help, who is to be found for what, and what deserves a stage."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from commands.words.helping import Expertise, HelpRequest, HelpState, Success, SuccessState


class Helping(Protocol):
    """A part of `Store`."""

    def help_requests(
        self,
        *,
        by: str | None = None,
        body: str | None = None,
        states: Sequence[HelpState] = (),
        asked_since: datetime | None = None,
        asked_until: datetime | None = None,
        limit: int = 50,
    ) -> tuple[HelpRequest, ...]:
        """Requests for help that match, those without a name among what someone asked; by id. Asked in
        [asked_since, asked_until)."""

    def asker(self, request: HelpRequest) -> str | None:
        """Who asked; of a request without a name only while it is open, else None."""

    def keep_asker(self, request: str, person: str | None) -> None:
        """Keep who asks without a name, beside the history; None forgets."""

    def experts(self, *, topic: str | None = None, person: str | None = None) -> tuple[Expertise, ...]:
        """Who is listed for a topic (whatever its case), or for what a person is listed; by topic and person."""

    def successes(
        self, *, states: Sequence[SuccessState] = (), within: str | None = None, limit: int = 50
    ) -> tuple[Success, ...]:
        """Successes in those states, by id; `within`: those told in that programme that its digest did not have yet."""
