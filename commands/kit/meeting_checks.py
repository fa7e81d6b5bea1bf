"""What stands in the way of a meeting on that day, and what to mind: V1, INV-33, INV-34 and the calendar."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from commands.kit import dates
from commands.kit.planned import hours
from commands.kit.register import Register
from commands.rules import planning
from commands.words.meeting import Meeting
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: More meetings than one year holds, however many bodies there are.
MOST_MEETINGS = 2000


@dataclass(frozen=True)
class Checks:
    """`others` are the year's meetings besides this one, also those that the same deed is about to plan."""

    register: Register
    meeting: Meeting
    place: Body
    others: Sequence[Meeting]

    def day_fits(self) -> Verdict:
        """A working day that is not past, with the next one as the way out, and no second meeting on the same day."""
        new, calendar = self.meeting, self.register.structure.calendar
        verdict = planning.day_fits(new.day, self.register.today, calendar)
        if isinstance(verdict, Refused):
            day = calendar.on_or_after(max(new.day, self.register.today))
            said = {"to": dates.say_short(day) + _clock(new), "day": ""}
            way = Instead("", said, f"{dates.say_day(day).capitalize()}?")
            return Refused(f"{self._said} {verdict.because}.", way, verdict.code)
        same = next((one for one in self.others if one.body == new.body and one.day == new.day), None)
        if same is None:
            return Allowed()
        noted = f"Dit stond al genoteerd als {same.id}." if same.id else f"{self._said} staat er twee keer."
        return Refused(noted, code="E14")

    def often(self) -> Verdict:
        """INV-33: one more of its kind than the structure gives in a year needs a reason."""
        new = self.meeting
        if new.id and new.id.split("-")[-2] == str(new.day.year):
            return Allowed()
        count = sum(one.body == new.body and one.kind is new.kind for one in self.others)
        return planning.within_frequency(new.kind, self.place, count, self.register.structure)

    def in_order(self) -> Verdict:
        """INV-34: in its round it lies after the lower tier and before the higher one."""
        order = planning.in_order(self.meeting.day, self.place, self.round, self.register.structure)
        if isinstance(order, Allowed):
            return order
        others = ", ".join(f"{one.body} {dates.say_short(one.day)}" for one in self.round)
        return Refused(f"{order.because} ({others}).", Instead("", {"round": "-"}, "Buiten de ronde?"), order.code)

    def remark(self) -> str:
        """Why people may not want to meet on that day, as a sentence; "" when nothing is known."""
        remarks = planning.calendar_remarks(self.meeting.day, self.register.structure.calendar, self._parties())
        return f"{self._said} {' en '.join(remarks)}." if remarks else ""

    def warnings(self) -> list[str]:
        """Remarks that stop nothing: short lead times in the round, too few meetings of the filter (R-039), a digest
        that leaves before the last meeting below."""
        register, meeting, place = self.register, self.meeting, self.place
        found = list(planning.short_leads(meeting.day, place, self.round, register.structure))
        below = register.structure.below(place)
        if below is not None and below.code == register.structure.filter.code:
            lower, here = (sum(one.body == code for one in self._year) for code in (below.code, place.code))
            found += planning.meets_more_often(lower, here, below, place)
        found += self.digests()
        return found

    def digests(self) -> list[str]:
        """The top's digest would leave before the last meeting of the filter that comes before it (digests.md §1.0)."""
        structure = self.register.structure
        top, low = structure.tiers[-1], structure.filter
        lower = [one for one in self._year if one.body == low.code]
        found: list[str] = []
        for one in self._year:
            late = planning.filter_after_digest(one, top, lower, structure.calendar) if one.body == top.code else None
            if late is not None and self.meeting in (one, late):
                days = f"{dates.say_short(one.day)} gaat uit vóór {low.the} van {dates.say_short(late.day)}"
                found.append(f"De digest van {top.the} van {days}.")
        return found

    def in_round(self) -> str:
        """ " In deze ronde: BO wo 16 jun 2027." or nothing."""
        others = [f"{one.body} {dates.say_short(one.day)}" for one in self.round]
        return f" In deze ronde: {', '.join(others)}." if others else ""

    @property
    def round(self) -> list[Meeting]:
        """The other meetings of its round."""
        name = self.meeting.round
        return [] if name is None else [one for one in self.others if one.round == name]

    @property
    def _year(self) -> list[Meeting]:
        return sorted([*self.others, self.meeting], key=lambda one: one.day)

    @property
    def _said(self) -> str:
        return dates.say_day(self.meeting.day).capitalize()

    def _parties(self) -> tuple[str, ...] | None:
        """Whose days off count: of a tier everyone's, of a group those of the parties in it."""
        if not self.place.is_group:
            return None
        held = self.register.store.roles(body=self.place.code, on=self.register.today)
        return tuple(dict.fromkeys(role.on_behalf_of for role in held))


def checks(register: Register, meeting: Meeting, place: Body) -> Checks:
    """The checks of a meeting against the register."""
    return Checks(register, meeting, place, others_in_year(register, meeting))


def others_in_year(register: Register, meeting: Meeting) -> list[Meeting]:
    """The meetings of all bodies in its calendar year, without itself and without cancelled ones."""
    return [one for one in year_of(register, meeting.day.year) if one.id != meeting.id]


def year_of(register: Register, year: int) -> tuple[Meeting, ...]:
    """The meetings of all bodies in that calendar year, by day."""
    return register.store.meetings(since=date(year, 1, 1), until=date(year, 12, 31), limit=MOST_MEETINGS)


def as_remark(text: str) -> str:
    """ "Let op: …" before a sentence."""
    return f"Let op: {text[0].lower()}{text[1:]}"


def _clock(meeting: Meeting) -> str:
    return hours(meeting.start, meeting.end).replace(",", "").replace("–", "-")
