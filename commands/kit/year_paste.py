"""Planning several meetings at once from one text, after a yes: what is understood is counted, what is odd is named."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit import dates
from commands.kit.planned import hours, may_plan, name_of
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.kit.year_plan import Plan, carry_out, weigh
from commands.kit.year_text import Wish, named_year, read_year
from commands.rules.timing import digest_day
from commands.words.meeting import Meeting
from commands.words.verdict import Instead, Refused

#: The command that a half planning waits for.
COMMAND = "jaarplanning"
#: From this month on the dates of the next year are fixed (digests.md §3.3): a day that is past is one of next year.
AUTUMN = 9
#: How many remarks one question names.
MOST_REMARKS = 5
#: How many meetings of a kind one question names.
MOST_NAMES = 8


def paste(turn: Turn, text: str, parts: Mapping[str, str]) -> Outcome:
    """Plan what the text says. `parts` are those of the command that were answered: jaar, reden, deels and akkoord."""
    year = _year(turn, text, parts.get("year", ""))
    if isinstance(year, Ask):
        return year
    written = read_year(text, turn, year)
    known = {**parts, "text": text, "year": str(year)}
    return settle(turn, written.wishes, written.faults, known, f"in {year}")


def settle(turn: Turn, wishes: Sequence[Wish], faults: Sequence[str], parts: Mapping[str, str], when: str) -> Outcome:
    """Weigh what is wished, ask what must be asked, and after the yes plan it. `parts` are the half command so far;
    `faults` what could not be read, and `when` says of which year it is: "in 2027"."""
    mine = [wish for wish in wishes if may_plan(turn, wish.body)]
    theirs = dict.fromkeys(wish.body for wish in wishes if wish not in mine)
    not_yours = [f"{body.capital} plant de voorzitter of de secretaris daarvan." for body in theirs]
    plan = weigh(turn, mine)
    wrong = [*faults, *not_yours, *plan.faults]
    if wrong and not parts.get("partly"):
        count = plan.changes
        which = "De andere vergadering wel?" if count == 1 else f"De andere {count} vergaderingen wel?"
        if not count:
            return Refused(f"{_some(wrong)} Pas het aan en stuur het opnieuw.", code="E11")
        return Refused(_some(wrong), Instead(COMMAND, {**parts, "partly": "ja"}, which), "E11")
    if not plan.changes:
        return Refused(_nothing(plan, when), code="E14")
    if plan.excess and not parts.get("because"):
        return Ask("because", f"{_some(plan.excess)} Wat is de reden?", parts=parts)
    if not parts.get("confirmed"):
        way = Instead(COMMAND, {**parts, "confirmed": "ja"}, "Zo laten?" if plan.remarks else "Klopt dat?")
        return Refused(_account(plan, when, "events" in parts), way, "E09")
    account = carry_out(turn, plan, parts.get("because", ""))
    shut = turn.room is not None and turn.room.with_externals
    return Reply(
        say(f"{_done(plan, when)}{_first_digest(turn, plan)}") + account,
        deed=f"jaarplanning {when.removeprefix('in ')}: {plan.changes} vergaderingen",
        private=shut,
    )


def _year(turn: Turn, text: str, typed: str) -> int | Ask:
    """The year that is meant: the one that is named, else this one while none of its days is past."""
    named = int(typed) if typed else named_year(text)
    if named is not None:
        return named
    year = turn.today.year
    wishes = read_year(text, turn, year).wishes
    past = [wish for wish in wishes if wish.day < turn.today]
    if not past:
        return year
    if len(past) == len(wishes) or turn.today.month >= AUTUMN:
        return year + 1
    gone = "is 1 dag" if len(past) == 1 else f"zijn {len(past)} dagen"
    options = tuple(Option(str(one), str(one)) for one in (year, year + 1))
    return Ask("year", f"Voor {year} of {year + 1}? In {year} {gone} al voorbij.", options)


def _nothing(plan: Plan, when: str) -> str:
    if not plan.same:
        return "Hier staat niets in dat de planning verandert. Er is niets gewijzigd."
    return f"{_count(len(plan.same), when)} staan al zo in de planning. Er is niets gewijzigd."


def _account(plan: Plan, when: str, named: bool) -> str:
    """What would change; `named`: each by name, where nobody has seen it in words yet."""
    new = [_named(meeting) for meeting, _ in plan.new] if named else []
    moved = [f"{_named(old)} wordt {_moment(one)}" for old, one, _ in plan.moved] if named else []
    said = [f"{_count(len(plan.new), when, new=bool(plan.same))}{_list(new)}."] if plan.new else []
    if plan.moved:
        said.append(
            f"{len(plan.moved)} {'krijgt' if len(plan.moved) == 1 else 'krijgen'} een andere tijd{_list(moved)}."
        )
    if plan.off:
        off = _list([_named(meeting) for meeting, _ in plan.off])
        said.append(f"{len(plan.off)} {'gaat' if len(plan.off) == 1 else 'gaan'} niet door{off}.")
    if plan.same:
        said.append(f"{len(plan.same)} {'staat' if len(plan.same) == 1 else 'staan'} er al.")
    if plan.remarks:
        said.append(f"Let op: {_some(plan.remarks)}")
    return " ".join(said)


def _named(meeting: Meeting) -> str:
    return f"{name_of(meeting)} {_moment(meeting)}"


def _moment(meeting: Meeting) -> str:
    return dates.say_short(meeting.day) + hours(meeting.start, meeting.end).replace(",", "")


def _list(names: Sequence[str]) -> str:
    """ ": AO do 14 jan 2027 10:00, DO di 25 mei 2027 14:00 en nog 3"; empty for none."""
    left = len(names) - MOST_NAMES
    more = f" en nog {left}" if left > 0 else ""
    return f": {', '.join(names[:MOST_NAMES])}{more}" if names else ""


def _done(plan: Plan, when: str) -> str:
    parts = [f"{_count(len(plan.new), when)} gepland"] if plan.new else []
    parts += [f"{len(plan.moved)} verplaatst"] if plan.moved else []
    parts += [f"{len(plan.off)} geannuleerd"] if plan.off else []
    return f"{', '.join(parts)}."


def _count(n: int, when: str, *, new: bool = False) -> str:
    which = ("nieuwe vergadering" if n == 1 else "nieuwe vergaderingen") if new else ""
    return f"{n} {which or ('vergadering' if n == 1 else 'vergaderingen')} {when}"


def _first_digest(turn: Turn, plan: Plan) -> str:
    ahead = [digest_day(meeting, wish.body, turn.structure.calendar) for meeting, wish in plan.new]
    ahead = [day for day in ahead if day > turn.today]
    return f" Eerste digest {dates.say_short(min(ahead))}, {turn.thresholds.send_at:%H:%M}." if ahead else ""


def _some(sentences: Sequence[str]) -> str:
    shown = " ".join(sentences[:MOST_REMARKS])
    left = len(sentences) - MOST_REMARKS
    return f"{shown} En nog {left}." if left > 0 else shown
