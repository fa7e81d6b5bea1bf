"""When is somebody asked how one sees whether it works, and how it stands? (R-058, R-060, R-175, digests.md §2.1)"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

from commands.rules.groups import add_months
from commands.words.agreement import LIVE_AGREEMENTS, Agreement, Progress
from commands.words.calendar import AMSTERDAM
from commands.words.decision import LIVE_DECISIONS, Decision
from commands.words.structure import Structure


def lives(record: Decision | Agreement) -> bool:
    """Whether it still binds and asks for something."""
    return record.state in (LIVE_DECISIONS if isinstance(record, Decision) else LIVE_AGREEMENTS)


def lacks_measure(record: Decision | Agreement) -> bool:
    """It lives, a measure is needed, and none was filled in."""
    return lives(record) and record.needs_measure and record.measure is None


def first_asked(meeting: date, structure: Structure) -> date:
    """afspraak_zonder_monitoring: `measure_asked` after the meeting (10 werkdagen), on a sending day."""
    calendar = structure.calendar
    return calendar.sending_on_or_after(structure.thresholds.measure_asked.after(meeting, calendar))


def looked_at(agreement: Agreement) -> date:
    """The last day on which somebody said how it stands: the last entry, else the day it was made."""
    made = agreement.made_at.astimezone(AMSTERDAM).date()
    return max((entry.on for entry in agreement.entries), default=made)


def next_look(agreement: Agreement, structure: Structure) -> date | None:
    """R-060: when the *trekker* is asked how it stands, every `monitor_months`; None once it was realised or ended."""
    if not lives(agreement) or agreement.progress is Progress.REALISED:
        return None
    day = add_months(looked_at(agreement), structure.thresholds.monitor_months)
    return structure.calendar.sending_on_or_after(day)


def uncovered_on(agreement: Agreement, on_agenda: Iterable[date], structure: Structure) -> date | None:
    """R-175: the first day on which it has been on no agenda for `coverage_months`; None for one that has ended.

    `on_agenda` are the days of the meetings that spoke of it; the day it was made counts too.
    """
    if not lives(agreement) or agreement.progress is Progress.REALISED:
        return None
    made = agreement.made_at.astimezone(AMSTERDAM).date()
    last = max([made, *on_agenda])
    day = add_months(last, structure.thresholds.coverage_months) + timedelta(days=1)
    return structure.calendar.sending_on_or_after(day)
