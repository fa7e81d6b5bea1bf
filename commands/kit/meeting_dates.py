"""Dates that lean on a meeting: "voor het volgende AO", "5 werkdagen voor het BO", "bij het DO van november".

The meeting's own date is put in the place of its name, and the grammar of dates reads the rest: so 'voor' is the day
before it (C9), here as everywhere. Without a time of its own a meeting is the first one after today.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from commands.kit import dates
from commands.kit.dates.results import first_day
from commands.kit.dates.say import MONTHS, say_date
from commands.kit.records import visible
from commands.kit.turn import Turn
from commands.rules.planning import AHEAD
from commands.words.meeting import Meeting
from commands.words.structure import Body

_MOST_WORDS = 9
_NEXT = "volgend|volgende|eerstvolgend|eerstvolgende|komend|komende"
_SIDE = "voor|vóór|voór|vóor|bij|op|in|tijdens|na|vanaf|tot"
_GENERAL = "vergadering|overleg|bijeenkomst"
_NAMED = re.compile(
    rf"(?P<lead>(?:uiterlijk |t/m )?(?:(?:[\w+]+ ){{1,3}}(?=(?:voor|vóór|na) ))?)"
    rf"(?:(?P<side>{_SIDE}) )?(?P<article>(?:het|de|'t) )?(?P<next>(?:{_NEXT}) )?(?P<body>[\w+-]+)"
    r"(?: (?P<of>van|in|op) (?P<when>.+))?",
    re.IGNORECASE,
)


#: A meeting by its id, as in "voor het AO van VRG-AO-2027-02".
_ID = re.compile(r"VRG-[\w+.&/-]+", re.IGNORECASE)


@dataclass(frozen=True)
class Leaning:
    """A date expression that names a meeting: the meeting that is meant, and the words as typed."""

    meeting: Meeting
    text: str


def leans_on(text: str, turn: Turn) -> Leaning | dates.Unreadable | None:
    """The meeting that the expression names.

    None when no meeting is named; Unreadable (kind "invalid") when that body has no such meeting planned. A meeting
    that the person may not know of counts as not planned (INV-20).
    """
    said = _plain(text)
    match = _NAMED.fullmatch(said)
    body = _body(match, turn) if match else None
    if match is None or body is None:
        return None
    when = match["when"]
    if when is not None and _ID.fullmatch(when):
        found = _with_id(when, body, turn)
        return Leaning(found, said[: match.start("of")].rstrip()) if found else _none_planned(body, when)
    meeting = _meeting(body, when, turn)
    if meeting is None:
        known = when is None or when.casefold() in MONTHS or _is_date(when, turn)
        return _none_planned(body, when) if known else None
    return Leaning(meeting, said)


def pinned(leaning: Leaning, body: Body) -> str:
    """The same words with the meeting named by its id, so that they mean that one whenever they are read again."""
    match = _NAMED.fullmatch(leaning.text)
    if match is None:
        raise ValueError(f"no meeting is named: {leaning.text}")
    side = f"{match['side']} " if match["side"] else ""
    return f"{match['lead']}{side}{body.the} van {leaning.meeting.id}"


def with_day(text: str, day: date) -> str:
    """The expression with `day` in place of the meeting it names. ValueError when it has not the shape of one."""
    match = _NAMED.fullmatch(_plain(text))
    if match is None:
        raise ValueError(f"no meeting is named: {text}")
    side = (match["side"] or "").casefold()
    side = "op" if side in ("bij", "in", "tijdens", "") else side
    return f"{match['lead']}{side} {say_date(day)}".strip()


def with_meeting_day(text: str, turn: Turn) -> str | dates.Unreadable | None:
    """The expression with the date of the meeting in place of its name; None and Unreadable as `leans_on`."""
    found = leans_on(text, turn)
    return with_day(found.text, found.meeting.day) if isinstance(found, Leaning) else found


def _plain(text: str) -> str:
    return " ".join(text.strip(" .,;:").split())


def trailing(text: str, turn: Turn) -> tuple[str, str] | None:
    """The sentence without the meeting expression at its end, and that expression; None if it has none.

    "notulen van het AO" is about a meeting and no date: a word such as 'voor' or 'bij' must lead to it.
    """
    words = text.split()
    for start in range(max(0, len(words) - _MOST_WORDS), len(words)):
        ending = " ".join(words[start:])
        match = _NAMED.fullmatch(ending.strip(" .,;:"))
        if match is None or not match["side"] or _is_text(match["lead"], turn):
            continue
        if with_meeting_day(ending, turn) is not None:
            return " ".join(words[:start]).rstrip(" ,;:-"), ending
    return None


def _is_text(lead: str, turn: Turn) -> bool:
    """Words before 'voor' that are no stretch of time belong to the sentence."""
    lead = re.sub(r"^(?:uiterlijk|t/m) ", "", lead, flags=re.IGNORECASE)
    if not lead:
        return False
    probe = dates.read(f"{lead}na 1 januari {turn.today.year + 1}", turn.now, turn.structure.calendar)
    return isinstance(probe, dates.Unreadable)


def _body(match: re.Match[str], turn: Turn) -> Body | None:
    word, article = match["body"], match["article"]
    if word.casefold() in _GENERAL.split("|"):
        return turn.room if article or match["next"] else None
    if not (match["side"] or article or match["next"]):
        return None
    body = turn.body(word)
    # "voor do" is the day before Thursday; "voor het do" and "voor DO" name the directors' meeting.
    return None if body is not None and not article and word != body.code and _is_date(word, turn) else body


def _is_date(text: str, turn: Turn) -> bool:
    return not isinstance(dates.read(text, turn.now, turn.structure.calendar), dates.Unreadable)


def _with_id(id: str, body: Body, turn: Turn) -> Meeting | None:
    numbered = re.search(r"-\d{4}-\d+$", id)
    found = turn.store.get(Meeting, f"VRG-{body.code}{numbered[0]}") if numbered else None
    fits = found is not None and found.body == body.code and found.state in AHEAD and found.day >= turn.today
    return found if found is not None and fits and visible(found, turn) else None


def _meeting(body: Body, when: str | None, turn: Turn) -> Meeting | None:
    if when is None:
        found = turn.next_meeting(body.code, after=turn.today)
        return found if found is not None and visible(found, turn) else None
    ahead = [m for m in turn.store.meetings(body=body.code, since=turn.today) if visible(m, turn)]
    month = when.casefold()
    if month in MONTHS:
        return next((m for m in ahead if m.day.month == MONTHS.index(month) + 1), None)
    read = dates.read(when, turn.now, turn.structure.calendar)
    if isinstance(read, dates.Unreadable):
        return None
    first, last = first_day(read), dates.deadline(read) or first_day(read)
    return next((m for m in ahead if first <= m.day <= last), None)


def _none_planned(body: Body, when: str | None) -> dates.Unreadable:
    name = body.code if not body.is_group else f"vergadering van {body.code}"
    said = f" in {when}" if when and when.casefold() in MONTHS else f" op {when}" if when else ""
    return dates.Unreadable("invalid", f"Er is geen {name} gepland{said}.")
