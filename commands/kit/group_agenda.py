"""The point that the register puts before the filter by itself: a group that has lapsed, or a programme near its end.

It is only ever proposed; the secretary or the chair puts it on the agenda. Once per meeting, also when that is planned
later (§4.2 line 6, R-162).
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from commands.kit import dates
from commands.kit.ports import Record
from commands.kit.register import Register
from commands.kit.turn import Turn
from commands.rules.group_life import lacks_evaluation
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, MeetingState, Nature
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon
from commands.words.workgroup import Workgroup

Put = Callable[[Record, str], None]
_LIVE = (ItemState.PROPOSED, ItemState.SCHEDULED)


def next_open_agenda(register: Register, group: Workgroup) -> Meeting | None:
    """The next regular meeting of the body above the group whose agenda is not fixed yet."""
    coming = register.store.meetings(body=group.parent, since=register.today, kinds=(MeetingKind.REGULAR,))
    return next((one for one in coming if one.state in (MeetingState.CONCEPT, MeetingState.PLANNED)), None)


def live_items(register: Register, group: Workgroup) -> list[tuple[Meeting, AgendaItem]]:
    """Points about the group that are proposed or scheduled on a coming meeting of the body above it."""
    coming = register.store.meetings(body=group.parent, since=register.today)
    return [
        (meeting, item)
        for meeting in coming
        for item in register.store.items(meeting=meeting.id)
        if item.group == group.code and item.state in _LIVE
    ]


def put_choice_on_agenda(register: Register, put: Put, group: Workgroup, note: str = "") -> AgendaItem | None:
    """ "WG-x: verlengen, afronden of opheffen", once; None where it stands already or there is no meeting to come."""
    lacks = lacks_evaluation(group)
    lacking = f" {lacks}; verlengen kan daarna." if lacks else ""
    end = "beëindigen" if group.is_programme else "opheffen"
    return _put(
        register,
        put,
        group,
        f"{group.code}: verlengen, afronden of {end}",
        f"{group.name}: de einddatum was {dates.say_day(group.end)}.{lacking}{note}",
        Horizon.CURRENT,
        f"Verlengen, afronden of {end}?",
    )


def put_outlook_on_agenda(register: Register, put: Put, group: Workgroup) -> AgendaItem | None:
    """R-162: "PRG-x: vervolg en koers"."""
    return _put(
        register,
        put,
        group,
        f"{group.code}: vervolg en koers",
        f"{group.name} loopt tot en met {dates.say_day(group.end)}. Wat blijft, wat gaat over en wie neemt het over?",
        Horizon.STRATEGY,
        "Hoe gaan we verder na de einddatum?",
    )


def _put(
    register: Register, put: Put, group: Workgroup, title: str, main_line: str, horizon: Horizon, ask: str
) -> AgendaItem | None:
    meeting = next_open_agenda(register, group)
    raiser = _raiser(register, group)
    if meeting is None or raiser is None or any(item.title == title for _, item in live_items(register, group)):
        return None
    known = register.store.items(meeting=meeting.id)
    if any(item.title == title for item in known):
        # It was dropped or moved on here by a person: that stands.
        return None
    roles = register.store.roles(person=raiser.id, body=group.parent, on=register.today)
    item = AgendaItem(
        id=register.store.new_id("AGP", register.today.year),
        meeting=meeting.id,
        number=max((item.number for item in known), default=0) + 1,
        title=title,
        nature=Nature.DECIDE,
        horizon=horizon,
        raiser=raiser.id,
        on_behalf_of=roles[0].on_behalf_of if roles else raiser.organisation,
        state=ItemState.PROPOSED,
        main_line=main_line,
        ask=ask,
        group=group.code,
    )
    put(item, f"{group.code}: einddatum {group.end.isoformat()}")
    return item


def _raiser(register: Register, group: Workgroup) -> Person | None:
    """The secretary of the body above, in whose name points of process stand; else who leads the group."""
    secretary = register.person_with(RoleName.SECRETARY, group.parent)
    if secretary is not None:
        return secretary
    chair = register.store.get(Person, group.chair) if group.chair else None
    return chair if chair is not None and not chair.external else register.person_with(RoleName.CHAIR, group.parent)


def drop_items(turn: Turn, group: Workgroup, why: str) -> None:
    """What was decided about a group today leaves the agendas of later days; on today's it stays to be treated."""
    for meeting, item in live_items(turn, group):
        if meeting.day > turn.today:
            turn.put(replace(item, state=ItemState.DROPPED), why)
