"""How a group goes on, changes and ends: may it, and what is it afterwards? (W3-W10, INV-11..16, R-071..R-080)"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from commands.rules import ways
from commands.rules.groups import add_months, evaluation_days
from commands.words.calendar import WorkCalendar, say_short
from commands.words.enumeration import joined
from commands.words.proposal import ProposalKind, Terms
from commands.words.signal import PolicyChange, Track
from commands.words.structure import Body, Structure, Thresholds
from commands.words.verdict import Allowed, Instead, Refused, Verdict
from commands.words.workgroup import FinalReview, GroupState, Workgroup

#: From where a group can be extended, reshaped, wound up or go up in another one (W5, W6, W8, W10).
GOING = (GroupState.ACTIVE, GroupState.LAPSED)
#: Proposals about a programme that its commissioner confirms too, after the filter (domain.md §2.6, rulings.md).
_ALSO_ABOVE = (
    ProposalKind.FOUND_GROUP,
    ProposalKind.EXTEND_GROUP,
    ProposalKind.RESHAPE_GROUP,
    ProposalKind.END_GROUP,
)
#: More changes of task than this, or more signals on another topic, are pointed out (R-076).
MOST_SCOPE_CHANGES = 1
MOST_OUTSIDE = 3
#: How long after its day the midterm review of a programme may be missing (domain.md §2.10).
MIDTERM_MONTHS = 3


@dataclass(frozen=True)
class OpenThings:
    """What a group still has in hand: ids of open signals, actions and requests for help, and of decisions and
    agreements of its own that still have to show what comes of them (INV-15)."""

    signals: tuple[str, ...] = ()
    actions: tuple[str, ...] = ()
    decisions: tuple[str, ...] = ()
    agreements: tuple[str, ...] = ()
    requests: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.count > 0

    @property
    def count(self) -> int:
        lists = (self.signals, self.actions, self.decisions, self.agreements, self.requests)
        return sum(len(one) for one in lists)

    @property
    def goes(self) -> str:
        return "gaat" if self.count == 1 else "gaan"

    @property
    def said(self) -> str:
        """ "3 open acties en 1 signaal"; "" when there is nothing."""
        actions, signals = len(self.actions), len(self.signals)
        parts = ["1 open actie" if actions == 1 else f"{actions} open acties"] if actions else []
        parts += ["1 signaal" if signals == 1 else f"{signals} signalen"] if signals else []
        parts += ["1 besluit" if len(self.decisions) == 1 else f"{len(self.decisions)} besluiten"] * bool(
            self.decisions
        )
        many = "1 afspraak" if len(self.agreements) == 1 else f"{len(self.agreements)} afspraken"
        parts += [many] * bool(self.agreements)
        asked = "1 hulpvraag" if len(self.requests) == 1 else f"{len(self.requests)} hulpvragen"
        parts += [asked] * bool(self.requests)
        return joined(parts)

    def to(self, place: str) -> str:
        """ "3 open acties en 1 signaal gaan naar het AO."; "" when there is nothing."""
        return f"{self.said} {self.goes} naar {place}." if self else ""


def confirmed_by(group: Workgroup, kind: ProposalKind, structure: Structure) -> tuple[Body, ...]:
    """Whose chairs confirm a proposal about the group, in order: the filter, for a programme also the tier above."""
    above = structure.above(structure.filter)
    if group.is_programme and kind in _ALSO_ABOVE and above is not None:
        return (structure.filter, above)
    return (structure.filter,)


def one_open(group: Workgroup, proposals: Sequence[str]) -> Verdict:
    """INV-07, E18: at most one open proposal about a group; `proposals` are the ids of those."""
    if not proposals:
        return Allowed()
    return Refused(f"Over {group.code} loopt al een voorstel ({proposals[0]}). {ways.look(proposals[0])}", code="E18")


def is_evaluated(group: Workgroup) -> bool:
    """INV-13: whether an evaluation was finished since its start, or since it was last extended or reshaped."""
    if group.evaluated_on is None:
        return False
    return group.evaluated_on > group.extended_on if group.extended_on else group.evaluated_on >= group.start


def lacks_evaluation(group: Workgroup) -> str:
    """What is said of a group that was not evaluated since, in the words of its track and without a full stop; "" of
    one that was (digests.md §2.0)."""
    if is_evaluated(group):
        return ""
    since = _since_new_end(group)
    if group.track is Track.ENCOURAGE:
        return f"Samen achteromkijken{since} moet nog"
    return f"De evaluatie{since} ontbreekt nog"


def _since_new_end(group: Workgroup) -> str:
    """For a group that was evaluated, but not since it got another end date."""
    return " sinds de nieuwe einddatum" if group.evaluated_on is not None and group.extended_on is not None else ""


# --- going on --------------------------------------------------------------------------------------------------------
def may_extend(group: Workgroup, end: date | None, today: date, limits: Thresholds, *, under_way: str = "") -> Verdict:
    """W5, INV-13, R-080: after an evaluation, to a later day that is still to come, within the maximum in all.

    `end` None leaves the day out of it. The maximum binds working groups only. `under_way` is the id of an evaluation
    of the group that was begun and is not finished.
    """
    verdict = _may_go_on(group, "verlengen", under_way)
    if isinstance(verdict, Refused) or end is None:
        return verdict
    if end <= group.end:
        return Refused(
            f"{group.code} loopt al tot en met {say_short(group.end)}. Kies een latere datum.", code="INV-12"
        )
    return _fits(group, end, today, limits)


def may_reshape(group: Workgroup, end: date | None, today: date, limits: Thresholds, *, under_way: str = "") -> Verdict:
    """W10: another task and another end date, after an evaluation; bound as an extension is, `under_way` too."""
    verdict = _may_go_on(group, "omvormen", under_way)
    return verdict if isinstance(verdict, Refused) or end is None else _fits(group, end, today, limits)


def _may_go_on(group: Workgroup, act: str, under_way: str) -> Verdict:
    if group.within:
        return Refused(
            f"{group.code} hoort bij {group.within} en loopt even lang. {ways.look(group.within)}", code="E12"
        )
    if group.state not in GOING:
        return Refused(f"{group.code} is {group.state}; {act} kan niet. {ways.look(group.code)}", code="E12")
    if is_evaluated(group):
        return Allowed()
    last = f" De laatste evaluatie was {say_short(group.evaluated_on)}." if group.evaluated_on else ""
    how = (
        f"{under_way} loopt al; die sluit met !evaluatie afronden {group.code}."
        if under_way
        else f"Begin met !evaluatie start {group.code}."
    )
    return Refused(f"Eerst evalueren, dan {act}.{last} {how}", code="INV-13")


def _fits(group: Workgroup, end: date, today: date, limits: Thresholds) -> Verdict:
    if end <= today:
        return Refused("Die datum is voorbij. Kies een latere datum.", code="E08")
    last = add_months(group.start, limits.group_months_most)
    if not group.is_programme and end > last:
        return Refused(
            f"Samen wordt dat langer dan {limits.group_months_most} maanden. Het kan tot en met {say_short(last)}; "
            "daarna past een nieuwe werkgroep of een programma.",
            code="R-080",
        )
    return Allowed()


def extended(group: Workgroup, end: date, today: date, calendar: WorkCalendar, limits: Thresholds) -> Workgroup:
    """W5: it runs again, until the new day, with new evaluations."""
    return _going_on(replace(group, end=end, extensions=group.extensions + 1), today, calendar, limits)


def reshaped(group: Workgroup, terms: Terms, today: date, calendar: WorkCalendar, limits: Thresholds) -> Workgroup:
    """W10: it runs again with another task, until the new day, with new evaluations."""
    task = replace(group, end=terms.end or group.end, task=terms.task or group.task)
    task = replace(task, not_task=terms.not_task or group.not_task, scope_changes=0)
    return _going_on(task, today, calendar, limits)


def _going_on(group: Workgroup, today: date, calendar: WorkCalendar, limits: Thresholds) -> Workgroup:
    group = replace(group, state=GroupState.ACTIVE, extended_on=today)
    moments = [day for day in evaluation_days(group, calendar, limits) if day > today]
    return replace(group, evaluate_by=moments[0] if moments else None)


# --- its task --------------------------------------------------------------------------------------------------------
def may_change_task(group: Workgroup, today: date) -> Verdict:
    """W9: the task of a group that runs; one that has lapsed is reshaped instead, after its evaluation."""
    if group.takes_work(today):
        return Allowed()
    if group.state is GroupState.LAPSED:
        return Refused(
            f"{group.code} is verlopen; een andere opdracht krijgt de groep na de evaluatie, met !werkgroep "
            f"omvormen {group.code}.",
            code="INV-14",
        )
    return Refused(f"{group.code} is {group.state}; de opdracht wijzigen kan niet. {ways.look(group.code)}", code="E12")


def with_task(group: Workgroup, terms: Terms) -> Workgroup:
    """W9: the other task, counted."""
    return replace(
        group,
        task=terms.task,
        not_task=terms.not_task or group.not_task,
        scope_changes=group.scope_changes + 1,
    )


def widening(group: Workgroup, outside: int) -> tuple[str, ...]:
    """R-076: what points to an ever wider agenda; `outside` counts open signals on another topic than the group's."""
    found = []
    if group.scope_changes > MOST_SCOPE_CHANGES:
        found.append(f"de opdracht is {group.scope_changes} keer gewijzigd")
    if outside > MOST_OUTSIDE:
        found.append(f"{outside} signalen vallen buiten het thema")
    return tuple(found)


# --- the end ---------------------------------------------------------------------------------------------------------
def may_wind_up(group: Workgroup) -> Verdict:
    """W6: from running or lapsed; the advice and whether policy has to change are asked for by the command."""
    if group.within:
        return Refused(
            f"{group.code} hoort bij {group.within} en eindigt daarmee. {ways.look(group.within)}", code="E12"
        )
    if group.state in GOING:
        return Allowed()
    return Refused(f"{group.code} is {group.state}; afronden kan niet. {ways.look(group.code)}", code="E12")


def wound_up(group: Workgroup, advice: str, policy: PolicyChange) -> Workgroup:
    """W6, R-071."""
    return replace(group, state=GroupState.WINDING_UP, advice=advice, policy_change=policy)


def may_end(group: Workgroup, left: OpenThings, open_to: str | None, waived: str) -> Verdict:
    """W7, INV-15: after winding up or lapsing, evaluated (or waived with a reason), and everything open has a place."""
    if group.within:
        return Refused(
            f"{group.code} hoort bij {group.within} en eindigt daarmee. {ways.look(group.within)}", code="E12"
        )
    if group.state is GroupState.ACTIVE:
        way = Instead("werkgroep", {"act": "afronden", "name": group.code}, "Nu afronden?")
        return Refused(f"{group.code} loopt nog; eerst afronden, dan opheffen.", way, "E12")
    if group.state not in (GroupState.WINDING_UP, GroupState.LAPSED):
        return Refused(f"{group.code} is {group.state}; opheffen kan niet. {ways.look(group.code)}", code="E12")
    if not is_evaluated(group) and not waived:
        return Refused(
            f"{group.code} is{_since_new_end(group)} nog niet geëvalueerd. Evalueer eerst, of zeg waarom niet met "
            "zonder-evaluatie: en een reden.",
            code="W7",
        )
    return _has_place(left, open_to)


def may_conclude(group: Workgroup, left: OpenThings, open_to: str | None) -> Verdict:
    """R-164, R-221, INV-15: a programme ends after its final evaluation, with a new place for everything open."""
    if group.state not in (*GOING, GroupState.WINDING_UP):
        return Refused(f"{group.code} is {group.state}; beëindigen kan niet. {ways.look(group.code)}", code="E12")
    if not is_reviewed(group):
        return Refused(
            "Eerst de eindevaluatie: behouden, voortbouwen, vernieuwen en de vier p's. "
            f"Typ !programma eindevaluatie {group.code}.",
            code="R-164",
        )
    return _has_place(left, open_to)


def _has_place(left: OpenThings, open_to: str | None) -> Verdict:
    if left and not open_to:
        return Refused(f"Waar {left.goes} {left.said} heen?", code="INV-15")
    return Allowed()


def may_receive(target: Body, group: Workgroup | None, leaving: Workgroup, parent: Body, today: date) -> Verdict:
    """INV-14, INV-15: what is open goes to the filter (`parent`), or to a group that takes work; never back."""
    if target.code == leaving.code:
        return Refused(f"{leaving.code} houdt op; kies een andere plek.", code="INV-15")
    if target.code == parent.code:
        return Allowed()
    if group is None:
        return Refused(f"Dat gaat naar {parent.the} of naar een lopende groep.", code="INV-15")
    if not group.takes_work(today):
        return Refused(f"{group.code} is {group.state} en krijgt geen nieuw werk. Kies een andere plek.", code="INV-14")
    return Allowed()


def is_reviewed(group: Workgroup) -> bool:
    """R-164: whether the final evaluation of a programme is there, newer than its last extension."""
    review = group.final_review
    return review is not None and (group.extended_on is None or review.held_on > group.extended_on)


def ended(group: Workgroup, today: date, because: str, open_to: str | None, terms: Terms) -> Workgroup:
    """W7: over; of a programme *beëindigd*."""
    return replace(
        group,
        state=GroupState.CONCLUDED if group.is_programme else GroupState.ENDED,
        ended_on=today,
        ended_because=because,
        handed_over_to=open_to,
        advice=terms.advice or group.advice,
        policy_change=terms.policy_change or group.policy_change,
    )


def may_absorb(group: Workgroup, target: Workgroup, today: date) -> Verdict:
    """W8: into a group or programme that runs, on the same topic."""
    if group.within or target.within:
        return Refused(
            "Een onderdeel van een programma gaat niet op in iets anders. Eindigen kan met !programma beeindig.",
            code="E12",
        )
    if group.code == target.code:
        return Refused(f"{group.code} gaat niet op in zichzelf. In welke groep dan?", code="W8")
    if group.state not in GOING:
        return Refused(f"{group.code} is {group.state}; opgaan kan niet. {ways.look(group.code)}", code="E12")
    if not target.takes_work(today):
        return Refused(
            f"{target.code} is {target.state} en krijgt geen nieuw werk. Kies een andere groep.", code="INV-14"
        )
    mine, theirs = (group.topic or "").casefold(), (target.topic or "").casefold()
    if mine and theirs and mine != theirs:
        return Refused(
            f"{target.code} gaat over {target.topic}, {group.code} over {group.topic}. "
            "Kies een groep over hetzelfde thema.",
            code="W8",
        )
    if mine != theirs:
        return Allowed((f"Let op: het thema van {group.code if not mine else target.code} staat niet vast.",))
    return Allowed()


def absorbed(group: Workgroup, target: str, today: date, because: str) -> Workgroup:
    """W8."""
    return replace(
        group,
        state=GroupState.ABSORBED,
        absorbed_into=target,
        handed_over_to=target,
        ended_on=today,
        ended_because=because,
    )


# --- programmes ------------------------------------------------------------------------------------------------------
def with_review(group: Workgroup, review: FinalReview) -> Workgroup:
    """The final evaluation of a programme counts as an evaluation too."""
    return replace(group, final_review=review, evaluated_on=max(review.held_on, group.evaluated_on or review.held_on))


def lacks_midterm(group: Workgroup, midterm: date, today: date) -> bool:
    """domain.md §2.10: no review from three months before the middle on, while the second half is three months old.

    Of a programme that came from a file, and so has no phase, nobody here knows whether it was reviewed before.
    """
    if not group.is_programme or group.phase is None or today <= add_months(midterm, MIDTERM_MONTHS):
        return False
    return group.evaluated_on is None or group.evaluated_on < add_months(midterm, -MIDTERM_MONTHS)


def outlook_days(group: Workgroup, calendar: WorkCalendar, limits: Thresholds) -> tuple[date, ...]:
    """R-162: 24 and 12 months before its end a programme asks how to go on; on a sending day (the one before)."""
    if not group.is_programme or group.within:
        return ()
    months = (limits.programme_outlook_months, limits.programme_outlook_again_months)
    days = (add_months(group.end, -n) for n in sorted(months, reverse=True))
    return tuple(calendar.sending_on_or_before(day) for day in days if day > group.start)
