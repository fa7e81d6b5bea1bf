"""Reminders about an action, before and after its date (R-101, R-102, digests.md §2.0). The tone follows the track.

People who are addressed with "u" are reminded through the secretary (a setting): a bot does not chase a director.
"""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import offers_for, secretary_of
from commands.kit.owed import ACTION_KINDS
from commands.kit.ports import Due
from commands.moments.actie_teksten import Facts, write
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.actions import ordinal
from commands.words.action import Action, ActionState
from commands.words.people import Person
from commands.words.signal import Track


def remind(watch: Watch, due: Due) -> Sequence[Nudge]:
    """The message of one step of the ladder; nothing when the action is done, moved or not accepted meanwhile."""
    action = watch.store.get(Action, due.about)
    if action is None or action.state is not ActionState.OPEN or str(action.due) != due.occasion:
        return ()
    holder = watch.store.get(Person, action.holder)
    if holder is None:
        return ()
    secretary = secretary_of(watch, action.body)
    deputy = _deputy(watch, holder, action)
    formal = holder.address == "u"
    text = write(due.kind, _facts(watch, action), encourage=action.track is Track.ENCOURAGE, formal=formal)
    first = holder
    lead = ""
    if formal and watch.thresholds.through_secretary and secretary is not None and secretary.id != holder.id:
        first, lead = secretary, f"Voor {holder.label}: "
    elif not watch.in_office(holder):
        first = deputy or secretary or holder
        lead = f"Voor {holder.label}: "
    nudges = [_nudge(due.kind, first, f"{lead}{text}", action)]
    copies: list[tuple[Person | None, str]] = []
    if due.kind == "actie_voorbij_2":
        copies.append((deputy, f"Ter informatie, als vervanger van {holder.label}: "))
    if due.kind == "actie_voorbij_3":
        copies.append((secretary, f"Actie van {holder.label}: "))
    nudges += [_nudge(due.kind, who, f"{why}{text}", action) for who, why in copies if who and who.id != first.id]
    return nudges


def _deputy(watch: Watch, holder: Person, action: Action) -> Person | None:
    """Who stands in for the holder: for this action, or today in its body or everywhere."""
    if action.deputy is not None:
        return watch.store.get(Person, action.deputy)
    held = watch.store.roles(person=holder.id, body=action.body, on=watch.today)
    named = next((id for role in held if (id := role.deputy_on(watch.today))), holder.deputy)
    return watch.store.get(Person, named) if named else None


def _nudge(kind: str, to: Person, text: str, action: Action) -> Nudge:
    early = kind in ("actie_binnenkort", "actie_vandaag")
    offers = offers_for(action, accept=kind == "actie_binnenkort")
    return Nudge(to.id, (text,), (action.id,), offers, "reminder" if early else "nudge", action.due, action.id)


def _facts(watch: Watch, action: Action) -> Facts:
    body = watch.need_body(action.body)
    meeting = watch.next_meeting(action.body)
    return Facts(
        id=action.id,
        action=action.text.rstrip("."),
        due=dates.say_day(action.due, today=watch.today),
        days=abs(watch.structure.calendar.between(watch.today, action.due)),
        body=body.the,
        meeting=dates.say_day(meeting.day, today=watch.today) if meeting else "",
        note=f", {ordinal(action.postponed)} uitstel" if action.postponed else "",
    )


ACTION_MOMENTS = tuple(Moment(kind, remind) for kind in ACTION_KINDS)
