"""vergadering_voorbij: a meeting that nobody marked as held is asked about, and once more; nothing is guessed (V3)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.planned import name_of
from commands.kit.ports import Due, Offer
from commands.kit.reply import Line, Strong
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.planning import AHEAD
from commands.rules.timing import over_moments
from commands.words.meeting import Meeting
from commands.words.people import Person, RoleName
from commands.words.structure import Body

#: The words that answer, and what each stands for; after *nee* it is asked what happened instead.
ANSWERS = (
    ("ja", "gehouden"),
    ("gehouden", "gehouden"),
    ("verplaatst", "verplaats"),
    ("geannuleerd", "annuleer"),
    ("afgezegd", "annuleer"),
    ("nee", ""),
)


def asks_whether_held(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Ask who keeps the list of the body, as long as the meeting stands as planned on that day."""
    meeting = watch.store.get(Meeting, due.about)
    body = watch.body(meeting.body) if meeting else None
    if meeting is None or body is None or meeting.state not in AHEAD:
        return ()
    asked = [occasion for occasion, _ in over_moments(meeting, watch.structure)]
    if due.occasion not in asked:
        return ()
    reader = _reader(watch, body)
    if reader is None:
        return ()
    again, last = asked.index(due.occasion) > 0, due.occasion == asked[-1]
    line = _text(watch, meeting, body, formal=reader.address == "u", again=again, last=again and last)
    return [Nudge(reader.id, (line,), (meeting.id,), _offers(meeting), day=meeting.day, subject=meeting.id)]


def _reader(watch: Watch, body: Body) -> Person | None:
    """Who may say so: the secretary, else who leads the body; a group that has neither, who keeps the list above it."""
    for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD):
        found = watch.person_with(role, body.code)
        if found is not None:
            return found
    return secretary_of(watch, body.code) or secretary_of(watch, watch.structure.filter.code)


def _offers(meeting: Meeting) -> tuple[Offer, ...]:
    this = {"meeting": meeting.id}
    return tuple(
        Offer(word, "vergadering", {**this, "act": act} if act else this, rest="present" if act == "gehouden" else None)
        for word, act in ANSWERS
    )


def _text(watch: Watch, meeting: Meeting, body: Body, *, formal: bool, again: bool, last: bool) -> Line:
    day = dates.say_day(meeting.day, today=watch.today)
    answer = "U antwoordt" if formal else "Antwoord"
    ways = f"{answer} met ja, met verplaatst naar en de nieuwe dag, of met geannuleerd en de reden."
    named = (Strong(meeting.id), f": {name_of(meeting)} van {day}")
    held = "Is het gehouden?" if body.which == "dat" else "Is de vergadering gehouden?"
    if not again:
        return (*named, f" is voorbij. {held} {ways} Na ja volgt de concept besluiten- en actielijst.")
    closing = " Hierna vraag ik het niet meer." if last else ""
    return (*named, f" staat nog als gepland. {held} Tot dan komt er geen besluitenlijst. {ways}{closing}")


OVER = Moment("vergadering_voorbij", asks_whether_held)
