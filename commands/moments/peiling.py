"""One question that is answered by one word: the energy of a group on aanjagen, twice a year (R-157), and where that is
switched on whether a meeting was worth the time (R-174). Without a name; asked once, and nobody is chased."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.evaluating import named
from commands.kit.owed import energy_due
from commands.kit.polls import asked_now
from commands.kit.ports import Due, Offer
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.polls import is_polled
from commands.words.meeting import Meeting, MeetingState
from commands.words.people import Person
from commands.words.poll import CHOICES, Poll, PollKind
from commands.words.workgroup import Workgroup


def asks_energy(watch: Watch, due: Due) -> Sequence[Nudge]:
    """energiepeiling: to everyone in the group; the next time is owed at once."""
    group = watch.store.get(Workgroup, due.about)
    if group is None or not is_polled(group, watch.thresholds):
        return ()
    following = energy_due(group, watch.today, watch.structure)
    if following is not None:
        watch.owe_again(following)
    body = group.as_body()
    return _asked(watch, asked_now(watch, body, PollKind.ENERGY, due.occasion), named(body))


def asks_worth(watch: Watch, due: Due) -> Sequence[Nudge]:
    """overleg_waard: the day after, to everyone in the body that met."""
    meeting = watch.store.get(Meeting, due.about)
    body = watch.body(meeting.body) if meeting is not None else None
    if meeting is None or body is None or meeting.state in (MeetingState.CANCELLED, MeetingState.CONCEPT):
        return ()
    if due.occasion != str(meeting.day) or not watch.thresholds.meeting_question:
        return ()
    what = f"{body.the} van {dates.say_day(meeting.day, today=watch.today)}"
    return _asked(watch, asked_now(watch, body, PollKind.WORTH, due.occasion, meeting.id), what)


def _asked(watch: Watch, found: tuple[Poll, list[Person]] | None, what: str) -> Sequence[Nudge]:
    if found is None:
        return ()
    poll, people = found
    offers = tuple(Offer(word, "peiling", {"poll": poll.id, "answer": word}) for word in CHOICES[poll.kind])
    return [Nudge(one.id, (_text(poll, one, what),), (poll.id,), offers) for one in people]


def _text(poll: Poll, person: Person, what: str) -> str:
    formal = person.address == "u"
    answer = "U antwoordt" if formal else "Antwoord"
    if poll.kind is PollKind.WORTH:
        your = "uw" if formal else "je"
        return f"Was {what} {your} tijd waard? {answer} met ja, deels of nee; er komt geen naam bij."
    how = f"{answer} met een cijfer van 1 (weinig) tot 5 (veel); er komt geen naam bij."
    return f"Hoeveel energie zit er nu in {what}? {how}"


POLL_MOMENTS = (Moment("energiepeiling", asks_energy), Moment("overleg_waard", asks_worth))
