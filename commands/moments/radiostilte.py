"""radiostilte: nothing was heard of a group for too long; who leads it is asked for a few lines (R-072, R-180)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.owed import heard_last
from commands.kit.ports import Due, Offer
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.silence import days_heard_nothing
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.workgroup import RUNNING_STATES, Workgroup


def says_nothing(watch: Watch, due: Due) -> Sequence[Nudge]:
    """Once for each silence, to who leads the group; without one to the secretary of the body above it."""
    group = watch.store.get(Workgroup, due.about)
    if group is None or group.state not in RUNNING_STATES or group.within:
        return ()
    since = heard_last(watch.store, group, watch.today)
    if str(since) != due.occasion:
        return ()
    chair = watch.store.get(Person, group.chair) if group.chair else None
    reader = chair or watch.person_with(RoleName.SECRETARY, group.parent)
    if reader is None:
        return ()
    days = days_heard_nothing(since, watch.today, watch.structure.calendar)
    offer = Offer("terugkoppeling", "terugkoppeling", {"group": group.code}, rest="text")
    return [Nudge(reader.id, (_text(watch, group, days, formal=reader.address == "u"),), (group.code,), (offer,))]


def _text(watch: Watch, group: Workgroup, days: int, *, formal: bool) -> str:
    """The texts of digests.md §2.1, by the track of the group."""
    answer = "U antwoordt" if formal else "Antwoord"
    ways = f"{answer} met terugkoppeling en de tekst."
    if group.track is Track.ENCOURAGE:
        return (
            f"Het is {days} dagen stil rond {group.code}. Stilte kan betekenen dat het loopt, of dat het vastzit. Wat "
            f"zou een ander nu willen weten? Eén zin is genoeg, en een vraag mag ook. {ways}"
        )
    parent = watch.need_body(group.parent)
    meeting = watch.next_meeting(parent.code)
    before = f" voor {dates.say_day(meeting.day, today=watch.today)}" if meeting else ""
    what = "wat is af, wat komt, wat is nodig"
    send = f"Wilt u{before} drie regels sturen: {what}?" if formal else f"Stuur{before} drie regels: {what}."
    return f"{parent.capital} hoorde {days} dagen niets van {group.code}. {send} Ik neem ze op in het overzicht. {ways}"


RADIO_SILENCE = Moment("radiostilte", says_nothing)
