"""What people say without a name, and who was asked; two tables that nothing joins (R-146, INV-36). And who asks for
help without a name, apart from the request and its history, until it is over (R-186).

Texts of one subject share a row and stand in the order of the alphabet, so that their place tells nothing of when they
came. No history is kept of them: the history names who did something.
"""

from __future__ import annotations

from sqlmodel import Session, col, select

from commands.words.evaluation import Aspect, Respondent
from storage import tables


def respondents(session: Session, evaluation: str) -> tuple[Respondent, ...]:
    """Everyone who was asked, by id."""
    table = tables.Respondent
    rows = session.exec(select(table).where(table.evaluation == evaluation).order_by(col(table.person)))
    return tuple(Respondent(row.person, tuple(Aspect(one) for one in row.answered), row.reads) for row in rows)


def put_respondent(session: Session, evaluation: str, respondent: Respondent) -> None:
    """Insert or replace; the aspects in their own order, not in that of answering."""
    answered = [str(aspect) for aspect in Aspect if aspect in respondent.answered]
    row = session.get(tables.Respondent, (evaluation, respondent.person))
    if row is None:
        row = tables.Respondent(evaluation=evaluation, person=respondent.person, answered=[])
        session.add(row)
    row.answered, row.reads = answered, respondent.reads
    session.flush()


def said(session: Session, about: str, subject: str) -> tuple[str, ...]:
    """All texts of a subject in the order of the alphabet."""
    row = session.get(tables.Voice, (about, subject))
    return tuple(row.texts) if row is not None else ()


def add(session: Session, about: str, subject: str, text: str) -> None:
    """One more text; equal ones are kept apart."""
    _keep(session, about, subject, [*said(session, about, subject), text])


def drop(session: Session, about: str, subject: str, text: str) -> bool:
    """Take one text away that reads the same, whatever its case and spaces; False when there is none."""
    texts = list(said(session, about, subject))
    same = next((one for one in texts if _bare(one) == _bare(text)), None)
    if same is None:
        return False
    texts.remove(same)
    _keep(session, about, subject, texts)
    return True


def _keep(session: Session, about: str, subject: str, texts: list[str]) -> None:
    row = session.get(tables.Voice, (about, subject))
    if row is None:
        row = tables.Voice(about=about, subject=subject, texts=[])
        session.add(row)
    row.texts = sorted(texts, key=lambda text: (text.casefold(), text))
    session.flush()


def asker(session: Session, request: str) -> str | None:
    """Who asks for help without a name, while that is open."""
    row = session.get(tables.HelpAsker, request)
    return row.person if row is not None else None


def keep_asker(session: Session, request: str, person: str | None) -> None:
    """Keep who asks without a name; None takes it away for good."""
    row = session.get(tables.HelpAsker, request)
    if row is not None:
        session.delete(row)
        session.flush()
    if person is not None:
        session.add(tables.HelpAsker(request=request, person=person))
        session.flush()


def _bare(text: str) -> str:
    return " ".join(text.casefold().strip(" .,;:!?\"'").split())
