"""Points of an agenda as people call them: "punt 3" in the room of the body that meets, or `AGP-2027-012` anywhere."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta
from typing import NewType

from commands.kit import dates
from commands.kit.ports import Option, Record
from commands.kit.records import clean, find_record, looks_like_id, visible
from commands.kit.turn import Ask, Turn
from commands.rules.agenda import LIVE
from commands.rules.planning import AHEAD
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.structure import Body
from commands.words.verdict import Refused

#: A point of the meeting of today or of the last one, or else of the one to come.
Point = NewType("Point", AgendaItem)
#: A point of the meeting of today or of the one to come.
ComingPoint = NewType("ComingPoint", AgendaItem)
POINTS = (Point, ComingPoint)

#: How long after a meeting its points can be called by their number.
DAYS_BACK = 31
_NAMED = re.compile(r"(?:agenda)?punt[- ]?(?P<number>\d{1,3})", re.IGNORECASE)
_BARE = re.compile(r"\d{1,3}")


def is_named(raw: str) -> bool:
    """Whether this is a point by its number: "punt 3"."""
    return _NAMED.fullmatch(clean(raw)) is not None


def take_named(tokens: Sequence[str]) -> int:
    """How many of the leading words are "punt 3"."""
    return next((n for n in (2, 1) if len(tokens) >= n and is_named(" ".join(tokens[:n]))), 0)


def take_point(tokens: Sequence[str], types: Sequence[object]) -> int:
    """How many of the leading words name a point: "3", "punt 3", "AGP-2027-012" ("BES 12" where that may be too)."""
    if not tokens:
        return 0
    records, word = records_of(types), clean(tokens[0])
    if len(tokens) > 1 and word.isalpha() and looks_like_id(f"{word} {clean(tokens[1])}", records):
        return 2
    return take_named(tokens) or int(looks_like_id(word, records))


def records_of(types: Sequence[object]) -> tuple[type, ...]:
    """The kinds of record behind these types of argument."""
    return tuple(AgendaItem if one in POINTS else one for one in types)  # type: ignore[misc]


def find_point(raw: str, types: Sequence[object], turn: Turn, part: str) -> Record | Ask | Refused:
    """The item with that number on the agenda in play, or the record with that id."""
    word = clean(raw)
    named = _NAMED.fullmatch(word) or _BARE.fullmatch(word)
    if named is None:
        return find_record(raw, records_of(types), turn, part)
    number = int(named["number"] if named.re is _NAMED else word)
    places = [turn.room] if turn.room is not None else _own(turn)
    found = [one for place in places for one in _numbered(turn, place, number, coming=types[0] is not Point)]
    found = [(meeting, item) for meeting, item in found if visible(item, turn)]
    if not found:
        where = f"de agenda van {places[0].the}" if len(places) == 1 else "een agenda"
        return Refused(f"Punt {number} staat niet op {where}. Kijk bij !agenda.", code="E03")
    if len(found) == 1:
        return found[0][1]
    labels = [f"{meeting.body} {dates.say_short(meeting.day)}" for meeting, _ in found]
    options = tuple(Option(label, item.id) for label, (_, item) in zip(labels, found, strict=True))
    return Ask(part, f"Punt {number} van {', '.join(labels[:-1])} of van {labels[-1]}?", options)


def _own(turn: Turn) -> list[Body]:
    codes = dict.fromkeys(role.body for role in turn.roles)
    return [body for code in codes if (body := turn.body(code)) is not None]


def _numbered(turn: Turn, place: Body, number: int, *, coming: bool) -> list[tuple[Meeting, AgendaItem]]:
    """Today's; else what is still open of the last meeting and of the next one, or the last when nothing is open."""
    since = turn.today - timedelta(days=DAYS_BACK)
    meetings = turn.store.meetings(body=place.code, since=since)
    today = [one for one in meetings if one.day == turn.today and one.state is not MeetingState.CANCELLED]
    last = [one for one in meetings if one.day < turn.today][-1:]
    ahead = [one for one in meetings if one.day > turn.today and one.state in AHEAD]
    for meeting in today:
        if item := _item(turn, meeting, number):
            return [(meeting, item)]
    behind = [(one, item) for one in last if (item := _item(turn, one, number))]
    # A number is looked for in the next meeting that has it: a reflection meeting may lie between two regular ones.
    after = next(([(one, item)] for one in ahead if (item := _item(turn, one, number))), [])
    if coming:
        return after or behind
    open_ones = [(one, item) for one, item in behind if item.state in LIVE] + after
    return open_ones or behind


def _item(turn: Turn, meeting: Meeting, number: int) -> AgendaItem | None:
    kept = (*LIVE, ItemState.TREATED)
    return next((i for i in turn.store.items(meeting=meeting.id) if i.number == number and i.state in kept), None)
