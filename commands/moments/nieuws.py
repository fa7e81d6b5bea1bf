"""The message that someone chose to have: the news that waited for it, and for *licht* the month ahead (C59, R-170)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.owed import LIGHT, NEWS, at_next_message
from commands.kit.ports import Due
from commands.kit.ports import News as Kept
from commands.kit.reply import Line, Listing
from commands.moments.actie import remind
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.preferences import looks_ahead_to
from commands.rules.visibility import Viewer, may_see_signal
from commands.words.action import ActionState
from commands.words.people import Person
from commands.words.reminder import Intensity
from commands.words.signal import Signal

_HIDDEN = "Er is nieuws over een signaal van je. De secretaris vertelt je meer."


def tell(watch: Watch, due: Due) -> Sequence[Nudge]:
    """What was kept for this person, each step once, in the order in which it happened."""
    person = watch.store.get(Person, due.about)
    kept = watch.store.take_news(due.about)
    if person is None or not kept:
        return ()
    lines: dict[Line, None] = {}
    about: dict[str, None] = {}
    for news in kept:
        told = _lines(watch, person, news)
        lines.update(dict.fromkeys(told))
        about.update(dict.fromkeys(news.about if told != [_HIDDEN] else ()))
    return (Nudge(person.id, tuple(lines), tuple(about), kind="reminder", subject=f"{NEWS}:{person.id}"),)


def _lines(watch: Watch, person: Person, news: Kept) -> list[Line]:
    """The words that were kept; of what became sensitive meanwhile an external only hears that there is news."""
    signals = [found for id in news.about if (found := watch.store.get(Signal, id)) is not None]
    viewer = Viewer(
        person.id, person.organisation, person.external, watch.store.roles(person=person.id, on=watch.today)
    )
    if person.external and not all(may_see_signal(viewer, signal) for signal in signals):
        return [_HIDDEN]
    return [block.line for block in news.message.blocks if not isinstance(block, Listing)]


def look_ahead(watch: Watch, due: Due) -> Sequence[Nudge]:
    """*Licht*: the own actions that fall due before the next message, all in this one; and the next is owed."""
    preference = watch.store.preference(due.about)
    if preference is None or preference.intensity is not Intensity.LIGHT:
        return ()
    calendar = watch.structure.calendar
    until = looks_ahead_to(preference, watch.today, calendar)
    at = at_next_message(preference, watch.now, watch.structure)
    watch.owe_again(Due(LIGHT, due.about, str(at.date()), at))
    found: list[Nudge] = []
    for action in watch.store.actions(holder=due.about, states=(ActionState.OPEN,), due_before=until):
        if action.due >= watch.today:
            step = Due("actie_binnenkort", action.id, str(action.due), due.at)
            found += [nudge for nudge in remind(watch, step) if nudge.person == due.about]
    return found


CHOSEN_MOMENTS = (Moment(NEWS, tell), Moment(LIGHT, look_ahead))
