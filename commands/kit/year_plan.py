"""From wished meetings, pasted or from a calendar, to the register: what is new, what moves, what stands in the way."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace

from commands.kit import dates
from commands.kit.meeting_checks import Checks, year_of
from commands.kit.meeting_deeds import call_off, enter, later, shift
from commands.kit.planned import News, hours, name_of
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import Heading, Line, Message, Strong, listing
from commands.kit.turn import Turn
from commands.kit.year_text import Wish
from commands.rules import planning
from commands.words.meeting import Meeting
from commands.words.structure import Structure
from commands.words.verdict import Refused

#: How the number of a meeting of the bot looks in calendars: its id, and where it comes from.
_OWN = re.compile(r"(?P<id>VRG-[\w+.&/-]+-\d{4}-\d{2,})@[\w.-]+\.overlegbot")
#: Why a meeting that is off in the calendar is off in the register.
OFF = "geannuleerd in de agenda"


def own_uid(meeting: Meeting, structure: Structure) -> str:
    """The number of a meeting in calendars, for ever the same: that of where it came from, else its own."""
    place = re.sub(r"[^\w.-]+", "-", structure.name.casefold())
    return meeting.uid or f"{meeting.id}@{place}.overlegbot"


def own_id(uid: str) -> str:
    """The id in a number that a bot gave, "" in any other."""
    match = _OWN.fullmatch(uid)
    return match["id"] if match else ""


@dataclass
class Plan:
    """What the wishes come to, before anything is written.

    `faults` are sentences about wishes that cannot be; `excess` those that need a reason (INV-33); `remarks` what to
    mind. `outdated` counts what the register knows a newer version of.
    """

    new: list[tuple[Meeting, Wish]] = field(default_factory=list)
    moved: list[tuple[Meeting, Meeting, Wish]] = field(default_factory=list)
    off: list[tuple[Meeting, Wish]] = field(default_factory=list)
    same: list[Meeting] = field(default_factory=list)
    outdated: int = 0
    past: int = 0
    faults: list[str] = field(default_factory=list)
    excess: list[str] = field(default_factory=list)
    remarks: list[str] = field(default_factory=list)

    @property
    def changes(self) -> int:
        return len(self.new) + len(self.moved) + len(self.off)


def weigh(turn: Turn, wishes: Sequence[Wish]) -> Plan:
    """What these wishes come to against the register; writes nothing."""
    plan = Plan()
    years: dict[int, list[Meeting]] = {}
    for wish in sorted(wishes, key=lambda one: (one.day, one.body.code)):
        others = years.setdefault(wish.day.year, list(year_of(turn, wish.day.year)))
        _weigh(turn, plan, wish, others)
    for year, meetings in years.items():
        _remark_on_year(turn, plan, year, meetings, wishes)
    return plan


def _weigh(turn: Turn, plan: Plan, wish: Wish, others: list[Meeting]) -> None:
    known = _known(turn, wish)
    if known is None and (wish.cancelled or (wish.uid and wish.day < turn.today)):
        plan.past += 1
        return
    if known is None:
        meeting = Meeting("", wish.body.code, wish.kind, wish.day, start=wish.start, end=wish.end, round=wish.round)
        meeting = replace(meeting, uid=_foreign(wish), sequence=wish.sequence)
        if _fits(turn, plan, meeting, wish, others):
            plan.new.append((meeting, wish))
            others.append(meeting)
        return
    if known.state not in planning.AHEAD:
        plan.same.append(known)
        return
    if wish.cancelled:
        plan.off.append((known, wish))
        others[:] = [one for one in others if one.id != known.id]
        return
    start, end = (wish.start, wish.end) if wish.start else (known.start, known.end)
    new = replace(known, day=wish.day, start=start, end=end or known.end if start == known.start else end)
    if (new.day, new.start, new.end) == (known.day, known.start, known.end):
        plan.same.append(known)
    elif wish.uid and wish.sequence < known.sequence:
        plan.outdated += 1
    else:
        rest = [one for one in others if one.id != known.id]
        if new.day == known.day or _fits(turn, plan, new, wish, rest):
            new = later(known, replace(new, sequence=wish.sequence, uid=known.uid or _foreign(wish)))
            plan.moved.append((known, new, wish))
            others[:] = [*rest, new]


def _known(turn: Turn, wish: Wish) -> Meeting | None:
    """The meeting that is meant: by its number in calendars, else of that body on that day."""
    own = own_id(wish.uid)
    found = turn.store.get(Meeting, own) if own else turn.store.meeting_of(wish.uid) if wish.uid else None
    if found is not None:
        return found
    same_day = turn.store.meetings(body=wish.body.code, since=wish.day, until=wish.day, limit=1)
    return same_day[0] if same_day else None


def _foreign(wish: Wish) -> str:
    """The number of another calendar; the bot's own says which meeting it is by itself."""
    return "" if own_id(wish.uid) else wish.uid


def _fits(turn: Turn, plan: Plan, meeting: Meeting, wish: Wish, others: Sequence[Meeting]) -> bool:
    checks = Checks(turn, meeting, wish.body, others)
    for verdict in (checks.day_fits(), checks.in_order()):
        if isinstance(verdict, Refused):
            plan.faults.append(f"{meeting.body}: {verdict.because}")
            return False
    often = checks.often()
    if isinstance(often, Refused):
        plan.excess.append(often.because)
    remark = checks.remark()
    if remark:
        plan.remarks.append(f"{name_of(meeting)}: {remark}")
    plan.remarks += planning.short_leads(meeting.day, wish.body, checks.round, turn.structure)
    return True


def _remark_on_year(turn: Turn, plan: Plan, year: int, meetings: Sequence[Meeting], wishes: Sequence[Wish]) -> None:
    """What strikes in the year as a whole: an order that helps nobody, a digest that leaves too early, what lacks."""
    structure = turn.structure
    wished = {wish.body.code for wish in wishes}
    changed = [meeting for meeting, _ in plan.new] + [meeting for _, meeting, _ in plan.moved]
    formal = [one for one in meetings if one.kind in FORMAL_KINDS]
    for place in structure.tiers:
        below = structure.below(place)
        lower = [one for one in formal if below is not None and one.body == below.code]
        for upper in (one for one in formal if one.body == place.code):
            late = planning.comes_too_late(lower, upper, place, structure.calendar)
            if late is not None and (late in changed or upper in changed):
                plan.remarks.append(f"{_brief(late)} valt ná {_brief(upper)}.")
        if place.code in wished:
            for kind, count in planning.missing_kinds(meetings, place, year):
                plan.remarks.append(f"{place.capital} heeft in {year} nog {count} {kind} te weinig.")
    for meeting in changed:
        if meeting.day.year == year:
            rest = [one for one in meetings if one is not meeting and (not one.id or one.id != meeting.id)]
            plan.remarks += Checks(turn, meeting, turn.need_body(meeting.body), rest).digests()
    plan.remarks = list(dict.fromkeys(plan.remarks))


def _brief(meeting: Meeting) -> str:
    """ "AO 27/5", as it was typed."""
    return f"{meeting.body} {meeting.day.day}/{meeting.day.month}"


def carry_out(turn: Turn, plan: Plan, because: str) -> Message:
    """Write the plan; every body hears its part in one message, everyone who is touched one. Returns the account."""
    news = News()
    lines: dict[str, list[Line]] = {}
    for draft, wish in plan.new:
        meeting = enter(turn, draft, wish.body, because)
        lines.setdefault(wish.body.code, []).append(_line(meeting))
    for old, new, wish in plan.moved:
        shift(turn, news, old, new, wish.body, because)
        lines.setdefault(wish.body.code, []).append((*_line(new), f", was {_when(old)}"))
    for meeting, wish in plan.off:
        call_off(turn, news, meeting, wish.body, OFF)
        lines.setdefault(wish.body.code, []).append((*_line(meeting), ", gaat niet door"))
    account = Message(())
    for code, said in lines.items():
        block = Message((Heading(f"Planning {code}"), listing(said)))
        turn.announce(code, block)
        account += block
    news.tell(turn)
    return account


def _line(meeting: Meeting) -> tuple[str | Strong, ...]:
    kind = "" if name_of(meeting) == meeting.body else f" · {meeting.kind}"
    return (f"{_when(meeting)}{kind} · ", Strong(meeting.id))


def _when(meeting: Meeting) -> str:
    return dates.say_short(meeting.day) + hours(meeting.start, meeting.end)
