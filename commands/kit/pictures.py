"""What the drawings show, as data and in words: the words are complete without the drawing (digests.md §3.7)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from commands.kit import dates
from commands.kit.evaluation_plan import coming
from commands.kit.files import File, Picture
from commands.kit.register import Register
from commands.kit.reply import Heading, Line, Message, Text, listing
from commands.rules.visibility import places
from commands.words.agreement import Agreement, AgreementState, Progress
from commands.words.calendar import AMSTERDAM
from commands.words.evaluation import UNDER_WAY, EvaluationState
from commands.words.signal import OPEN_STATES, SignalState
from commands.words.structure import Body
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

#: A group that is over stays on the time line for so long.
REMEMBERED = timedelta(days=92)
#: More agreements than this do not fit a drawing that people can read; the words name them all.
MOST_ROWS = 60
#: More than any register of this kind holds open at one time.
ALL = 5000
_SETTLED = (SignalState.SETTLED, SignalState.REJECTED)


@dataclass(frozen=True)
class Drawing:
    """A picture with the message that says the same in words."""

    message: Message
    file: File


@dataclass(frozen=True)
class _Looks:
    """The days of a group's evaluations: held, still to come, and past without having been held; ids of those begun."""

    held: tuple[date, ...]
    planned: tuple[date, ...]
    missed: tuple[date, ...]
    running: tuple[str, ...]


# --- groups on a time line -------------------------------------------------------------------------------------------
def timeline(register: Register, parent: Body) -> Drawing | None:
    """Groups and programmes with end dates, evaluations and what has lapsed; None when there are none."""
    today = register.today
    found = [one for one in register.store.groups() if one.parent == parent.code and _on_line(one, today)]
    found.sort(key=lambda one: (one.end, one.code))
    if not found:
        return None
    looks = [(one, _evaluations(register, one)) for one in found]
    lapsed = [one.code for one in found if _lapsed(one, today)]
    title = f"Werkgroepen en programma's onder {parent.the}"
    conclusion = (
        f"{_count(len(found), 'groep', 'groepen')}; na hun einddatum: {', '.join(lapsed) if lapsed else 'geen'}."
    )
    lines: list[Line] = [_group_in_words(register, *one) for one in looks]
    message = Message((Heading(title), Text(conclusion), listing(lines)))
    alt = f"{title}, stand {dates.say_day(today)}. {conclusion} " + " ".join(str(line) for line in lines)
    rows = [_group_row(register, *one) for one in looks]
    data = {"title": title, "today": today.isoformat(), "rows": rows}
    return Drawing(message, File(f"tijdlijn-groepen-{today}.png", "png", Picture("tijdlijn", data), alt))


def _on_line(group: Workgroup, today: date) -> bool:
    if group.within is not None:
        return False
    gone = group.ended_on
    return group.state in RUNNING_STATES or (gone is not None and today - gone <= REMEMBERED)


def _lapsed(group: Workgroup, today: date) -> bool:
    return group.state_on(today) is GroupState.LAPSED


def _evaluations(register: Register, group: Workgroup) -> _Looks:
    """What the register says of its evaluations, so that the drawing is no other plan than people have."""
    known = register.store.evaluations(about=group.code, states=(*UNDER_WAY, EvaluationState.DONE))
    held = {one.held_on for one in known if one.held_on is not None} | ({group.evaluated_on} - {None})
    days = coming(register.store, group) if group.ended_on is None else ()
    return _Looks(
        held=tuple(sorted(day for day in held if day is not None)),
        planned=tuple(day for day in days if day >= register.today),
        missed=tuple(day for day in days if day < register.today),
        running=tuple(one.id for one in known if one.state in UNDER_WAY),
    )


def _group_row(register: Register, group: Workgroup, looks: _Looks) -> dict[str, Any]:
    return {
        "name": group.code,
        "start": group.start.isoformat(),
        "end": group.end.isoformat(),
        "over": group.ended_on.isoformat() if group.ended_on else None,
        "lapsed": _lapsed(group, register.today),
        "held": [day.isoformat() for day in looks.held],
        "planned": [day.isoformat() for day in looks.planned],
        "missed": [day.isoformat() for day in looks.missed],
    }


def _group_in_words(register: Register, group: Workgroup, looks: _Looks) -> str:
    today = register.today
    if group.ended_on is not None:
        state = f"{group.state} op {dates.say_short(group.ended_on)}"
    elif _lapsed(group, today):
        state = f"verlopen sinds {dates.say_short(group.end)}, {_count((today - group.end).days, 'dag', 'dagen')}"
    else:
        state = f"tot en met {dates.say_short(group.end)}, nog {_count((group.end - today).days, 'dag', 'dagen')}"
    found = [state]
    found += [f"geëvalueerd op {_listed(looks.held)}"] if looks.held else []
    found += [f"evaluatie {', '.join(looks.running)} loopt"] if looks.running else []
    found += ["nog niet geëvalueerd"] if len(found) == 1 else []
    found += [f"evaluatie van {_listed(looks.missed)} niet gehouden"] if looks.missed else []
    found += [f"evaluatie gepland op {_listed(looks.planned)}"] if looks.planned else []
    return f"{group.code}: {'; '.join(found)}."


def _listed(days: Sequence[date]) -> str:
    *most, last = (dates.say_short(day) for day in days)
    return f"{', '.join(most)} en {last}" if most else last


# --- signals through the tiers ---------------------------------------------------------------------------------------
def flow(register: Register, body: Body, since: date, until: date) -> Drawing | None:
    """How signals moved between filing, groups, tiers and settlement in a period, those that `body` had or has; None
    when nothing moved."""
    structure = register.structure
    tiers = {tier.code for tier in structure.tiers}
    moves: Counter[tuple[str, str]] = Counter()
    begin = datetime.combine(since, time(0), AMSTERDAM)
    end = datetime.combine(until + timedelta(days=1), time(0), AMSTERDAM)
    for id in _moving_since(register, body, begin):
        place = ""
        for row in register.store.history(id):
            state, _, code = row.to_state.partition(" @")
            after = "afgehandeld" if state in _SETTLED else "samengevoegd" if state == SignalState.MERGED else code
            after = after if after in tiers or state in (*_SETTLED, SignalState.MERGED) else "groepen"
            if state in (SignalState.CLOSED, SignalState.WITHDRAWN):
                continue
            if after != place and begin <= row.at < end:
                moves[(place or "ingediend", after)] += 1
            place = after
    if not moves:
        return None
    stations = ["ingediend", "groepen", *(tier.code for tier in structure.tiers), "afgehandeld", "samengevoegd"]
    period = f"{dates.say_short(since)} t/m {dates.say_short(until)}"
    title = f"Signalen door de lagen, {period}"
    ordered = sorted(moves.items(), key=lambda one: (stations.index(one[0][0]), stations.index(one[0][1])))
    lines: list[Line] = [f"{_way(start, to)}: {n}" for (start, to), n in ordered]
    filed = sum(n for (start, _), n in moves.items() if start == "ingediend")
    settled = sum(n for (_, to), n in moves.items() if to == "afgehandeld")
    conclusion = f"{_count(filed, 'signaal', 'signalen')} ingediend, {settled} afgehandeld."
    data = {
        "title": title,
        "stations": stations,
        "moves": [{"from": start, "to": to, "n": n} for (start, to), n in ordered],
    }
    alt = f"{title}. {conclusion} " + "; ".join(str(line) for line in lines) + "."
    message = Message((Heading(title), Text(conclusion), listing(lines)))
    return Drawing(message, File(f"stroom-signalen-{until}.png", "png", Picture("stroom", data), alt))


def _moving_since(register: Register, body: Body, begin: datetime) -> list[str]:
    """Signals that may have moved since then: the open ones, and what was filed or settled since."""
    store, tiers = register.store, register.structure.tiers
    found = [*store.signals(states=OPEN_STATES, limit=ALL), *store.signals(filed_since=begin, limit=ALL)]
    for tier in tiers:
        found += store.signals(owner=tier.code, settled_since=begin, limit=ALL)
    return sorted({signal.id for signal in found if body.code in places(signal)})


def _way(start: str, to: str) -> str:
    return f"van {start} naar {to}" if start != "ingediend" else f"ingediend bij {to}"


# --- progress of agreements ------------------------------------------------------------------------------------------
def progress(register: Register, found: Sequence[Agreement]) -> Drawing | None:
    """How far the agreements have come, from paper to practice: where each stands, without judgement or score."""
    live = [one for one in found if one.state in (AgreementState.CONCEPT, AgreementState.FIXED)]
    if not live:
        return None
    live.sort(key=lambda one: (list(Progress).index(one.progress), one.id))
    counts = Counter(one.progress for one in live)
    title = f"Voortgang van afspraken, stand {dates.say_short(register.today)}"
    conclusion = ", ".join(f"{stage}: {counts[stage]}" for stage in Progress) + "."
    lines: list[Line] = [f"{one.id} {one.text.rstrip('.')}: {_stands(one)}" for one in live]
    # What nobody said anything about is left out first when they do not all fit.
    drawn = {one.id for one in sorted(live, key=lambda one: not one.entries)[:MOST_ROWS]}
    rows = [
        {
            "name": one.id,
            "text": one.text,
            "stage": list(Progress).index(one.progress),
            "before": _before(one),
        }
        for one in live
        if one.id in drawn
    ]
    data = {"title": title, "stages": [str(stage) for stage in Progress], "rows": rows, "left": len(live) - len(rows)}
    alt = f"{title}. {conclusion} " + "; ".join(str(line) for line in lines) + "."
    message = Message((Heading(title), Text(conclusion[0].upper() + conclusion[1:]), listing(lines)))
    return Drawing(message, File(f"voortgang-afspraken-{register.today}.png", "png", Picture("voortgang", data), alt))


def _before(one: Agreement) -> int | None:
    """The stage it was in before its last step, at first on paper; None while nobody said how it stands."""
    stages = [Progress.ON_PAPER, *(entry.progress for entry in one.entries)]
    return list(Progress).index(stages[-2]) if len(stages) > 1 else None


def _stands(one: Agreement) -> str:
    before = _before(one)
    was = None if before is None else list(Progress)[before]
    return str(one.progress) if was in (None, one.progress) else f"{one.progress}, eerder {was}"


def _count(n: int, one: str, more: str) -> str:
    return f"{n} {one if n == 1 else more}"
