"""Groups and programmes, evaluations and what was fed back."""

from __future__ import annotations

from collections.abc import Sequence

from sqlmodel import col, select

from commands.words.evaluation import Evaluation, EvaluationState, Respondent
from commands.words.record import Feedback
from commands.words.workgroup import LIVING_STATES, GroupState, Workgroup
from storage import tables, voices
from storage.store.records import Records


class Groups(Records):
    """See the port for what each call means."""

    def group(self, word: str) -> Workgroup | None:
        found = self.get(Workgroup, word.strip().upper())
        if found is not None:
            return found
        wanted = word.strip().casefold()
        named = (wanted, f"werkgroep {wanted}", f"programma {wanted}")
        for group in sorted(self.groups(), key=lambda one: one.state not in LIVING_STATES):
            known = {group.code.casefold(), group.name.casefold(), *(alias.casefold() for alias in group.aliases)}
            if known & set(named):
                return group
        return None

    def groups(self, *, states: Sequence[GroupState] = ()) -> tuple[Workgroup, ...]:
        table = tables.Workgroup
        query = select(table).order_by(col(table.code))
        if states:
            query = query.where(col(table.state).in_(list(states)))
        return self._all(Workgroup, query)

    def feedback(self, *, about: str | None = None, to: str | None = None, limit: int = 50) -> tuple[Feedback, ...]:
        table = tables.Feedback
        query = select(table)
        if about is not None:
            query = query.where(table.about == about)
        if to is not None:
            query = query.where(table.to == to)
        return self._all(Feedback, query.order_by(col(table.at).desc(), col(table.id).desc()).limit(limit))

    def evaluations(
        self, *, about: str | None = None, states: Sequence[EvaluationState] = (), limit: int = 50
    ) -> tuple[Evaluation, ...]:
        table = tables.Evaluation
        query = select(table)
        if about is not None:
            query = query.where(table.about == about)
        if states:
            query = query.where(col(table.state).in_(list(states)))
        return self._all(Evaluation, query.order_by(col(table.day), col(table.id)).limit(limit))

    def respondents(self, evaluation: str) -> tuple[Respondent, ...]:
        return voices.respondents(self.session, evaluation)

    def put_respondent(self, evaluation: str, respondent: Respondent) -> None:
        voices.put_respondent(self.session, evaluation, respondent)

    def voices(self, about: str, subject: str) -> tuple[str, ...]:
        return voices.said(self.session, about, subject)

    def add_voice(self, about: str, subject: str, text: str) -> None:
        voices.add(self.session, about, subject, text)

    def drop_voice(self, about: str, subject: str, text: str) -> bool:
        return voices.drop(self.session, about, subject, text)
