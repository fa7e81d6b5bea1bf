"""signaal_zwevend: a signal without a place is put before the secretary of the filter, again and again (R-069)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from commands.kit import dates
from commands.kit.ports import Due, Offer
from commands.kit.reply import Line, Strong
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.timing import at_sending_time, floating_occasion, floats_from
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import ItemState, Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, SignalState, Track

_ON_AGENDA = (ItemState.PROPOSED, ItemState.SCHEDULED)
#: What the three answers stand for: outcomes of the weighing.
ANSWERS = (("1", "agenderen"), ("2", "werkgroep"), ("3", "afhandelen"))


def floats(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Ask the secretary for a place, if the signal still floats as it did when this was owed."""
    signal = watch.store.get(Signal, due.about)
    if signal is None or due.occasion != floating_occasion(signal, _count(due)):
        return ()
    from_day = _floats_from(watch, signal)
    if from_day is None:
        return ()
    if from_day > watch.today:
        _again(watch, due, signal, from_day)
        return ()
    calendar = watch.structure.calendar
    _again(watch, due, signal, watch.thresholds.floating_repeat.after(watch.today, calendar))
    place = watch.structure.filter.code
    reader = watch.person_with(RoleName.SECRETARY, place) or watch.person_with(RoleName.CHAIR, place)
    if reader is None:
        return ()
    offers = tuple(Offer(word, "weeg", {"signal": signal.id, "outcome": outcome}) for word, outcome in ANSWERS)
    return [Nudge(reader.id, (_text(watch, signal, reader),), (signal.id,), offers)]


def _floats_from(watch: Watch, signal: Signal) -> date | None:
    """The first floating day as things are now; the day after its meeting for what stands on an agenda to come."""
    filed = signal.filed_at.astimezone(AMSTERDAM).date()
    meetings = watch.store.meetings(body=watch.structure.filter.code, since=filed, limit=3)
    day = floats_from(signal, meetings, watch.structure)
    if day is None:
        return None
    planned = [
        meeting.day + timedelta(days=1)
        for item in watch.store.items(signal=signal.id)
        if item.state in _ON_AGENDA and (meeting := watch.store.get(Meeting, item.meeting)) is not None
    ]
    return max([day, *planned])


def _again(watch: Watch, due: Due, signal: Signal, day: date) -> None:
    at = at_sending_time(watch.structure.calendar.sending_on_or_after(day), watch.structure)
    watch.owe_again(Due(due.kind, due.about, floating_occasion(signal, _count(due) + 1), at))


def _count(due: Due) -> int:
    return int(due.occasion.rsplit("-", 1)[-1])


def _text(watch: Watch, signal: Signal, reader: Person) -> Line:
    since = signal.filed_at if signal.state is SignalState.SUBMITTED else signal.changed_at
    days = (watch.today - since.astimezone(AMSTERDAM).date()).days
    about = f"{signal.title} (namens {signal.on_behalf_of})."
    place = watch.structure.filter
    meeting = watch.next_meeting(place.code)
    when = f" op {dates.say_day(meeting.day, today=watch.today)}" if meeting else ""
    ways = f"agenderen voor {place.the}{when}, onderbrengen bij een werkgroep of programma, of zelf afdoen"
    if signal.track is Track.ENCOURAGE:
        raiser = watch.person_named(signal.raised_by[0])
        rest = (
            f" zweeft nu {_days(days)}: {about} Het hoeft nog geen oplossing te zijn. Wie weet hier al iets van, en "
            f"met wie wil {raiser} een half uur praten? Een plek kan ook: {ways}. {_answer(reader)}"
        )
    elif signal.state is SignalState.SUBMITTED:
        rest = f" heeft na {_days(days)} nog geen plek: {about} {_choose(reader)}: {ways}. {_answer(reader)}"
    else:
        where = watch.need_body(signal.lies_with).the
        rest = f" ligt al {_days(days)} stil bij {where}: {about} {_choose(reader)}: {ways}. {_answer(reader)}"
    return (Strong(signal.id), rest)


def _choose(reader: Person) -> str:
    return "Kiest u er één" if reader.address == "u" else "Kies er één"


def _answer(reader: Person) -> str:
    return "U antwoordt met 1, 2 of 3." if reader.address == "u" else "Antwoord met 1, 2 of 3."


def _days(n: int) -> str:
    return "1 dag" if n == 1 else f"{n} dagen"


FLOATS = Moment("signaal_zwevend", floats)
