"""Groups and programmes, evaluations and what was fed back."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from commands.words.evaluation import Evaluation, EvaluationState, Respondent
from commands.words.record import Feedback
from commands.words.workgroup import GroupState, Workgroup


class Groups(Protocol):
    """A part of `Store`."""

    def group(self, word: str) -> Workgroup | None:
        """The group with that code or alias, whatever its case and state."""

    def groups(self, *, states: Sequence[GroupState] = ()) -> tuple[Workgroup, ...]:
        """Groups by code."""

    def feedback(self, *, about: str | None = None, to: str | None = None, limit: int = 50) -> tuple[Feedback, ...]:
        """Feedback that matches, newest first."""

    def evaluations(
        self, *, about: str | None = None, states: Sequence[EvaluationState] = (), limit: int = 50
    ) -> tuple[Evaluation, ...]:
        """Evaluations that match, by day."""

    def respondents(self, evaluation: str) -> tuple[Respondent, ...]:
        """Who was asked, by id, with which questions each answered."""

    def put_respondent(self, evaluation: str, respondent: Respondent) -> None:
        """Ask one more person, or note what someone answered. Keeps no history."""

    def voices(self, about: str, subject: str) -> tuple[str, ...]:
        """What was said about that subject of an evaluation or a body's wall, in the order of the alphabet."""

    def add_voice(self, about: str, subject: str, text: str) -> None:
        """Keep a text without who said it or when; it goes into no history row."""

    def drop_voice(self, about: str, subject: str, text: str) -> bool:
        """Take one such text away again, told by its words; False when nothing reads like that."""
