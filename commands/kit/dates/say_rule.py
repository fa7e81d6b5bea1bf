"""A rule that recurs in Dutch: "elke maandag om 09:00, t/m wo 30 jun 2027". What is said here is read back the same."""

from __future__ import annotations

from collections.abc import Mapping

from commands.kit.dates.say import MONTHS, WEEKDAYS
from commands.rules.recurrence import DAYS, WORKING_WEEK, Recurrence, read_until
from commands.words.calendar import AMSTERDAM, say_short

_ORDINALS = {1: "eerste", 2: "tweede", 3: "derde", 4: "vierde", 5: "vijfde", -1: "laatste", -2: "voorlaatste"}
_QUARTERS = ("1,4,7,10", "3,6,9,12")
_HALVES = ("1,7", "6,12")


def say_rule(recurrence: Recurrence) -> str:
    """The rhythm with its time and its end; of what comes once only the time ("om 09:00")."""
    parts = recurrence.parts
    count, until = parts.get("COUNT"), parts.get("UNTIL")
    words = [_rhythm(parts, working=recurrence.working)] if parts else []
    if recurrence.working and parts.get("BYDAY") != WORKING_WEEK:
        words.append("behalve feestdagen")
    words.append(f"om {recurrence.wall:%H:%M}")
    if count:
        words.append(f"{count} keer")
    if until:
        words.append(f"t/m {say_short(read_until(until).astimezone(AMSTERDAM).date())}")
    return " ".join(words)


def _rhythm(parts: Mapping[str, str], *, working: bool) -> str:
    n = int(parts.get("INTERVAL", "1"))
    match parts["FREQ"]:
        case "DAILY":
            return "elke dag" if n == 1 else f"elke {n} dagen"
        case "WEEKLY":
            return _weekly(parts, n, working=working)
        case "MONTHLY":
            return f"{_period(parts, n)} {_on(parts, working=working)}"
    every = "elk jaar" if n == 1 else f"elke {n} jaar"
    month = MONTHS[int(parts["BYMONTH"]) - 1]
    if "BYMONTHDAY" in parts and (day := int(parts["BYMONTHDAY"])) > 0:
        only = "alleen " if (day, month) == (29, "februari") else ""
        return f"{every} {only}op {day} {month}"
    return f"{every} {_on(parts, working=working)} van {month}"


def _weekly(parts: Mapping[str, str], n: int, *, working: bool) -> str:
    every = "elke week" if n == 1 else f"elke {n} weken"
    if "BYSETPOS" in parts:
        return f"{every} op de {_ORDINALS[int(parts['BYSETPOS'])]} werkdag"
    if working and parts["BYDAY"] == WORKING_WEEK and n == 1:
        return "elke werkdag"
    names = [WEEKDAYS[DAYS.index(day)] for day in parts["BYDAY"].split(",")]
    listed = names[0] if len(names) == 1 else f"{', '.join(names[:-1])} en {names[-1]}"
    return f"elke {listed}" if n == 1 else f"{every} op {listed}"


def _period(parts: Mapping[str, str], n: int) -> str:
    if parts.get("BYMONTH") in _QUARTERS:
        return "elk kwartaal"
    if parts.get("BYMONTH") in _HALVES:
        return "elk half jaar"
    return "elke maand" if n == 1 else f"elke {n} maanden"


def _on(parts: Mapping[str, str], *, working: bool) -> str:
    place = int(parts.get("BYSETPOS", "0"))
    if "BYMONTHDAY" in parts:
        days = [int(day) for day in parts["BYMONTHDAY"].split(",")]
        if place:
            return f"op de {days[-1]}e of de laatste dag"
        if days[0] in (-1, -2):
            return f"op de {_ORDINALS[days[0]]} dag"
        return f"{'alleen ' if days[0] > 28 else ''}op de {days[0]}e"
    if place:
        return f"op de {_ORDINALS.get(place) or f'{place}e'} werkdag"
    number, day = int(parts["BYDAY"][:-2]), parts["BYDAY"][-2:]
    only = "alleen " if number == 5 else ""
    return f"{only}op de {_ORDINALS[number]} {WEEKDAYS[DAYS.index(day)]}"
