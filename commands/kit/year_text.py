"""A year planning as someone pastes it: "AO 14/1 4/3 10:00", "DO 25/5 9/11 14:00, reflectie 28/9 13:00".

A body begins its dates, a kind those up to the next comma; a time holds for the dates before it that have none. Each
date is read by the one grammar of dates, within the year that is meant.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time

from commands.kit import dates
from commands.kit.records import clean
from commands.kit.turn import Turn
from commands.rules import ways
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import MeetingKind
from commands.words.structure import Body

KIND_WORDS = {
    "reflectieoverleg": "reflectie",
    "extra": "reflectie",
    "gewoon": "regulier",
    "reguliere": "regulier",
    "informele": "informeel",
    "tussentijdse": "tussentijds",
    "kennissessie": "kennis",
}
KINDS = {**{str(kind): kind for kind in MeetingKind}, **{word: MeetingKind(kind) for word, kind in KIND_WORDS.items()}}
#: In small letters only: "do 25/5" is a Thursday, "DO 25/5" the directors' meeting.
_WEEKDAY = r"(?-i:(?:maan|dins|woens|donder|vrij|zater|zon)dag|(?:ma|di|wo|do|vr|za|zo)\.?)"
_MONTH = r"(?:jan|feb|mrt|maa|apr|mei|jun|jul|aug|sep|okt|nov|dec)[a-z]*\.?"
_TIME = r"\d{1,2}[:.][0-5]\d"
_TO = r"\ ?(?:[-–]|tot)\ ?"
_TOKEN = re.compile(
    rf"""(?P<gap>[ \t·•*]+)
    |(?P<line>\n|;)
    |(?P<comma>[,:](?!\d))
    |(?P<open>\() | (?P<close>\))
    |(?P<day>(?:{_WEEKDAY}\ )?(?:20\d\d-\d\d-\d\d|\d{{1,2}}[/-]\d{{1,2}}(?:[/-](?:20)?\d\d)?(?![\d:]|\.\d|\ ?u(?:ur)?\b)
        |\d{{1,2}}\ {_MONTH}(?:\ 20\d\d)?))
    |(?P<clock>(?:om\ |van\ )?(?:{_TIME}(?:{_TO}{_TIME})?(?:\ ?uur\b|u\b)?|\d{{1,2}}(?:{_TO}\d{{1,2}})?\ ?(?:uur|u)\b))
    |(?P<year>20\d\d)\b
    |(?P<round>ronde\ [\w-]+)
    |(?P<word>[^\s,;:()]+)""",
    re.IGNORECASE | re.VERBOSE,
)
_NOISE = (
    "jaarplanning",
    "planning",
    "vergaderingen",
    "vergadering",
    "data",
    "in",
    "voor",
    "en",
    "op",
    "het",
    "de",
    "-",
)
_LONGEST_NAME = 4


@dataclass(frozen=True)
class Wish:
    """One meeting as it should be. `uid`, `sequence` and `cancelled` come from a calendar."""

    body: Body
    kind: MeetingKind
    day: date
    start: time | None = None
    end: time | None = None
    round: str | None = None
    uid: str = ""
    sequence: int = 0
    cancelled: bool = False


@dataclass(frozen=True)
class Written:
    """What was understood, and for each thing that was not a sentence."""

    wishes: tuple[Wish, ...]
    faults: tuple[str, ...]


@dataclass
class _Reading:
    year: int
    turn: Turn
    body: Body | None
    kind: MeetingKind
    round: str | None
    clock: tuple[time | None, time | None] = (None, None)
    waiting: list[int] = field(default_factory=list)
    wishes: list[Wish] = field(default_factory=list)
    faults: list[str] = field(default_factory=list)
    aside: bool = False

    def begin(self, body: Body | None, kind: MeetingKind, round: str | None) -> None:
        if body != self.body or kind is not self.kind:
            self.waiting = []
        if body != self.body:
            self.clock = (None, None)
        self.body, self.kind, self.round = body, kind, round

    def day(self, raw: str) -> None:
        if self.body is None:
            self.faults.append(f"Van welk overleg is {raw}?")
            return
        # From the first of the year on, a day without a year is a day of that year.
        start = datetime(self.year, 1, 1, tzinfo=AMSTERDAM)
        read = dates.read(raw, start, self.turn.structure.calendar)
        if not isinstance(read, dates.Day):
            because = read.because if isinstance(read, dates.Unreadable) else ""
            self.faults.append(because or f"'{ways.shown(raw)}' is voor mij geen dag.")
            return
        self.wishes.append(Wish(self.body, self.kind, read.day, *self.clock, self.round))
        if self.clock[0] is None:
            self.waiting.append(len(self.wishes) - 1)

    def time(self, raw: str) -> None:
        numbers = [_at(one) for one in re.findall(r"\d{1,2}(?:[:.]\d\d)?", raw)]
        clock = (numbers[0], numbers[1] if len(numbers) > 1 else None)
        if not self.waiting:
            last = self.wishes[-1] if self.wishes and self.wishes[-1].body == self.body else None
            if last is not None:
                self.faults.append(f"Bij welke dag hoort {raw.strip()}?")
            self.clock = clock
        for at in self.waiting:
            self.wishes[at] = replace(self.wishes[at], start=clock[0], end=clock[1])
        self.waiting = []


def _at(raw: str) -> time:
    hour, _, minute = raw.replace(".", ":").partition(":")
    return time(int(hour), int(minute or 0))


def read_year(
    text: str,
    turn: Turn,
    year: int,
    *,
    body: Body | None = None,
    kind: MeetingKind = MeetingKind.REGULAR,
    round: str | None = None,
) -> Written:
    """Read a planning; `body`, `kind` and `round` hold until the text names others."""
    reading = _Reading(year, turn, body, kind, round)
    tokens = [match for match in _TOKEN.finditer(text) if match.lastgroup != "gap"]
    at = 0
    while at < len(tokens):
        at += _take(reading, tokens, at, kind, round)
    return Written(tuple(reading.wishes), tuple(dict.fromkeys(reading.faults)))


def _take(reading: _Reading, tokens: Sequence[re.Match[str]], at: int, kind: MeetingKind, round: str | None) -> int:
    """Take one thing; returns how many tokens it was."""
    token = tokens[at]
    raw = token[0].strip()
    match token.lastgroup:
        case "day":
            reading.day(raw)
        case "clock":
            _clock(reading, raw)
        case "open" | "close":
            reading.aside = token.lastgroup == "open"
        case "line" | "comma":
            reading.begin(reading.body, kind, round)
        case "round":
            _part(reading, round=raw.split()[1])
        case "word":
            return _word(reading, tokens, at, kind, round)
        case _:
            pass  # the year was read before
    return 1


def _clock(reading: _Reading, raw: str) -> None:
    try:
        reading.time(raw)
    except ValueError:
        reading.faults.append(f"'{ways.shown(raw)}' is geen tijd.")


def _word(reading: _Reading, tokens: Sequence[re.Match[str]], at: int, kind: MeetingKind, round: str | None) -> int:
    words = [clean(token[0]) for token in tokens[at : at + _LONGEST_NAME] if token.lastgroup == "word"]
    for length in range(len(words), 0, -1):
        body = reading.turn.body(" ".join(words[:length]))
        if body is not None:
            reading.begin(body, kind, round)
            return length
    word = words[0].casefold()
    if word in KINDS:
        _part(reading, kind=KINDS[word])
    elif word and word not in _NOISE:
        reading.faults.append(f"'{ways.shown(words[0])}' ken ik niet in een jaarplanning.")
    return 1


def _part(reading: _Reading, *, kind: MeetingKind | None = None, round: str | None = None) -> None:
    """Between brackets it is about the day before it, else about the days that follow."""
    if reading.aside and reading.wishes:
        last = reading.wishes[-1]
        reading.wishes[-1] = replace(last, kind=kind or last.kind, round=round or last.round)
    else:
        reading.begin(reading.body, kind or reading.kind, round or reading.round)


def counts_days(text: str) -> int:
    """How many days the text names."""
    return sum(match.lastgroup == "day" for match in _TOKEN.finditer(text))


def named_year(text: str) -> int | None:
    """The year at the head of a planning ("2027"), None when it has none."""
    return next((int(match[0]) for match in _TOKEN.finditer(text) if match.lastgroup == "year"), None)
