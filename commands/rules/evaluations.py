"""When is something evaluated, who may lead that, who may answer, and what is still needed? (domain.md §2.10)"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import date

from commands.rules.groups import add_months, evaluation_days
from commands.words.calendar import WorkCalendar
from commands.words.enumeration import joined
from commands.words.evaluation import Aspect, Evaluation, EvaluationKind, EvaluationState, Respondent
from commands.words.people import Role, RoleName
from commands.words.structure import Body, BodyKind, Structure, Thresholds
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import Workgroup

_LEADERS = (RoleName.CHAIR, RoleName.LEAD, RoleName.SECRETARY)
_OFFICERS = (RoleName.CHAIR, RoleName.SECRETARY)
#: A planned evaluation counts for one that is begun or held at most so many days before its day.
EARLY = 90
#: Roles that take no part in the work of a body.
_BESIDE = (RoleName.OPERATOR, RoleName.UMBRELLA_CONTACT)


def days_for(group: Workgroup, structure: Structure) -> tuple[date, ...]:
    """R-079: the days on which a running group is evaluated, in order.

    Those that follow from its start and end; of a group whose file names a day of its own, that day and what follows
    well after it. A body within a programme is evaluated with it.
    """
    if group.within is not None:
        return ()
    found = evaluation_days(group, structure.calendar, structure.thresholds)
    own = group.evaluate_by
    if own is None or own in found:
        return found
    return (own, *(day for day in found if (day - own).days > EARLY))


def kind_for(body: Body, day: date, group: Workgroup | None) -> EvaluationKind:
    """What kind an evaluation of this body is on that day (R-164, R-176).

    Of a programme the one in the last quarter of its term is the final one, every other a midterm.
    """
    if group is not None and body.kind is BodyKind.PROGRAMME:
        return EvaluationKind.FINAL if day > group.end - (group.end - group.start) / 4 else EvaluationKind.MIDTERM
    return EvaluationKind.GROUP if body.is_group else EvaluationKind.LEAN


def next_lean(after: date, calendar: WorkCalendar, limits: Thresholds) -> date:
    """R-149: a fixed body is evaluated a year after it began, and every year; on a working day (INV-12)."""
    return calendar.on_or_before(add_months(after, limits.evaluation_months))


def may_lead(roles: Iterable[Role], body: Body, structure: Structure) -> Verdict:
    """C38: who leads or keeps the body, its parent, or the register (the secretary of the filter)."""
    for role in roles:
        if role.body == body.code and role.role in _LEADERS:
            return Allowed()
        if body.is_group and role.body == body.parent and role.role in _OFFICERS:
            return Allowed()
        if role.body == structure.filter.code and role.role is RoleName.SECRETARY:
            return Allowed()
    who = "de voorzitter" if body.kind is not BodyKind.PROGRAMME else "de trekker"
    return Refused(
        f"Een evaluatie van {body.the} leidt {who} of de secretaris. Wat wel kan: !evaluatie toon {body.code}.",
        code="E04",
    )


def takes_part(roles: Iterable[Role], body: Body) -> bool:
    """C39: whether someone with these roles is asked in an evaluation of the body: its members, also from outside."""
    return any(role.body == body.code and role.role not in _BESIDE for role in roles)


def may_last_until(start: date, until: date, said: str, calendar: WorkCalendar, limits: Thresholds) -> Verdict:
    """C38: people get at least five working days (setting). `said` is that last day in Dutch."""
    least = limits.evaluation_term_least
    if until >= least.after(start, calendar):
        return Allowed()
    return Refused(f"Geef leden minstens {least.n} {least.unit}, dus tot en met {said} of later.", code="C38")


def takes_answers(evaluation: Evaluation, today: date) -> bool:
    """C39: only while it is out, up to and including its last day."""
    over = evaluation.closes_on is not None and today > evaluation.closes_on
    return evaluation.state is EvaluationState.OUT and not over


def may_answer(evaluation: Evaluation, today: date, closed: str) -> Verdict:
    """C39: only while it is out, up to and including its last day. `closed` is that day in Dutch."""
    if evaluation.state is EvaluationState.PLANNED:
        return Refused(
            "Deze evaluatie is nog niet begonnen. Wacht even: er komt bericht als de vragen er zijn.", code="E12"
        )
    if takes_answers(evaluation, today):
        return Allowed()
    return Refused(
        f"De inbreng is gesloten sinds {closed}. Noem het bij de bespreking, of vraag de voorzitter.", code="E12"
    )


def is_complete(respondent: Respondent) -> bool:
    """Whether someone answered all three questions, so that no reminder is needed."""
    return all(aspect in respondent.answered for aspect in Aspect)


def answered(respondents: Sequence[Respondent]) -> int:
    """How many people answered something: the n of "n van N" (R-110)."""
    return sum(bool(one.answered) for one in respondents)


def per_aspect(respondents: Sequence[Respondent]) -> dict[Aspect, int]:
    """How many people answered each question."""
    return {aspect: sum(aspect in one.answered for one in respondents) for aspect in Aspect}


def may_show(count: int, limits: Thresholds) -> bool:
    """INV-36: answers without a name are shown from four up (setting)."""
    return count >= limits.anonymous_from


def all_let_read(respondents: Sequence[Respondent]) -> bool:
    """Fewer answers than are shown: the chair reads them when everyone who answered says yes, as nobody knows whose
    answer is whose."""
    asked = [one for one in respondents if one.answered]
    return bool(asked) and all(one.reads is True for one in asked)


def findings(evaluation: Evaluation) -> Mapping[Aspect, str]:
    """What was found per aspect, "" where nothing is."""
    return {
        Aspect.PROCESS: evaluation.process,
        Aspect.CONTENT: evaluation.content,
        Aspect.RELATION: evaluation.relation,
    }


def gaps(evaluation: Evaluation) -> tuple[str, ...]:
    """R-091, R-148, INV-35: what keeps an evaluation from being finished, but for advice and steering."""
    empty = [str(aspect) for aspect, text in findings(evaluation).items() if not text]
    verb = "is" if len(empty) == 1 else "zijn"
    found = [f"{joined(empty)} {verb} leeg"] if empty else []
    found += [
        f"klaagpunt {number} heeft geen actie of toelichting"
        for number, point in enumerate(evaluation.complaints, 1)
        if not point.answer
    ]
    return tuple(found)


def is_steered(evaluation: Evaluation) -> bool:
    """R-090, R-148: every complaint has an answer, and there is an improvement or a reason that none is needed."""
    answered_all = all(point.answer for point in evaluation.complaints)
    return answered_all and bool(evaluation.actions or evaluation.no_actions)
