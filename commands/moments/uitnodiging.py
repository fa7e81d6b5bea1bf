"""uitnodiging: before each meeting of the filter its connections are asked what must be on the table (R-185)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit import dates
from commands.kit.chat_rooms import as_read
from commands.kit.connections import has_room, written_to
from commands.kit.owed import owe_connections
from commands.kit.ports import Due, Offer, Outgoing
from commands.kit.reply import Code, Line, Strong, say
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.planning import AHEAD
from commands.rules.posting import Urgency
from commands.rules.timing import papers_day
from commands.words.meeting import Meeting
from commands.words.structure import Body

ASKS = "Wat moet er op tafel?"
#: Nobody's chatter becomes a signal: the word says that it is one.
OFFERS = (Offer("signaal", "signaal", {}, rest="text"),)


def invites(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Once for each meeting: in the room of each connection, or in private where it has people and no room."""
    meeting = watch.store.get(Meeting, due.about)
    place = watch.structure.filter
    if meeting is None or meeting.state not in AHEAD or due.occasion != str(meeting.day) or meeting.day <= watch.today:
        return ()
    # Connections that came into use since the start are followed from here on.
    owe_connections(watch.store, watch.structure, watch.now)
    nudges: list[Nudge] = []
    until = papers_day(meeting, place, watch.structure.calendar)
    for connection in watch.structure.connections:
        key = f"uitnodiging:{meeting.id}:{connection.code}"
        if has_room(watch, connection):
            message = say(*_text(watch, meeting, place, as_read(watch, connection)))
            out = Outgoing(key, "notice", connection.code, message, offers=OFFERS, receipt=True, due=due.at)
            watch.post(replace(out, urgency=Urgency.MILD, until=until))
            continue
        if watch.store.done_before(meeting.id, due.kind, due.occasion):
            # It moved after they were asked.
            continue
        for person in written_to(watch, connection):
            theirs = replace(connection, address=person.address)
            lines = _text(watch, meeting, place, theirs)
            nudges.append(Nudge(person.id, lines, offers=OFFERS, day=meeting.day, subject=f"uitnodiging:{meeting.id}"))
    return nudges


def _text(watch: Watch, meeting: Meeting, place: Body, room: Body) -> tuple[Line, ...]:
    """Where someone from outside reads along, no day of a meeting that is not theirs."""
    ask: Line = (Strong(ASKS), " ", _when(watch, meeting, place, room))
    if room.address == "u":
        ways: Line = ("U typt ", Code("!signaal"), " en één zin, of antwoordt hier met signaal en die zin.")
    else:
        ways = ("Typ ", Code("!signaal"), " en één zin, of antwoord hier met signaal en die zin.")
    return (ask, ways)


def _when(watch: Watch, meeting: Meeting, place: Body, room: Body) -> str:
    if room.with_externals:
        return f"Binnenkort is {place.the} weer bij elkaar."
    day = dates.say_day(meeting.day, today=watch.today)
    last = dates.say_day(papers_day(meeting, place, watch.structure.calendar), today=watch.today)
    return f"{day.capitalize()} is {place.the}; tot en met {last} kan het nog op de agenda."


INVITATION = Moment("uitnodiging", invites)
