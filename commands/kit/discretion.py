"""What a room or an external may read, asked once more of every answer and notice, whichever command made it (INV-39).

A command decides itself what it says where; this is the last door, so that one that forgets says it in private.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import replace
from typing import Any, cast

from commands.kit.chat_rooms import as_read
from commands.kit.ports import Outgoing, Record
from commands.kit.records import PREFIXES, body_of, signals_behind, visible
from commands.kit.register import Register
from commands.kit.reply import say
from commands.kit.turn import Turn
from commands.rules.visibility import (
    Viewer,
    may_see_signal,
    places,
    room_may_see_action,
    room_may_see_consultation,
    room_may_see_decision,
    room_may_see_signal,
)
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.evaluation import Evaluation
from commands.words.helping import HelpRequest, Success, SuccessState
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, BulletinKind, Correction
from commands.words.people import Person, RoleName
from commands.words.poll import Poll
from commands.words.proposal import Proposal
from commands.words.signal import Signal
from commands.words.structure import Body

_ID = re.compile(r"\b(?P<prefix>SIG|ACT|VST|AGP|BES|AFS|AAP|EVA|SUC|COR|TRK|RPL)-20\d\d-\d{3,}\b")
_KINDS = {prefix: kind for kind, prefix in PREFIXES.items()}


def may_read_here(turn: Turn, room: Body, text: str, about: Iterable[str], *, notice: bool = False) -> bool:
    """Whether this text may stand in this room, judged by what it names and what it is `about` (ids).

    Where externals read, nothing is named that is not this room's. Between the parties an id is no secret; a title or
    text of what this room does not follow is. What the person just brought in may be said back to them. A `notice` was
    sent to this room on purpose ("taken back"): there only a title, and what is sensitive, stays out.
    """
    room = as_read(turn, room)
    for id in dict.fromkeys((*(match[0] for match in _ID.finditer(text)), *about)):
        record = _record(turn, id)
        if record is None:
            continue
        if _is_sensitive(turn, record) and room.with_externals and (notice or visible(record, turn)):
            return False
        if _is_for(turn, room, record):
            continue
        words = _words(record)
        told = bool(words) and words.casefold() in text.casefold()
        if told:
            return False
        # An id that was not found for this person sounds as one that is not there, also by where it is answered.
        named = notice or visible(record, turn)
        if room.with_externals and named and not _is_known(turn, room, record, notice=notice):
            return False
    return True


def may_be_told(register: Register, room: Body, text: str, about: Iterable[str]) -> bool:
    """Whether a text may be told in this room unasked, as `may_read_here` judges a notice, when no person asks."""
    room = as_read(register, room)
    for id in dict.fromkeys((*(match[0] for match in _ID.finditer(text)), *about)):
        record = _record(register, id)
        if record is None:
            continue
        if _is_sensitive(register, record) and room.with_externals:
            return False
        words = _words(record)
        if not _is_for(register, room, record) and words and words.casefold() in text.casefold():
            return False
    return True


def _is_known(turn: Turn, room: Body, record: Record, *, notice: bool) -> bool:
    """Whether a room with externals knows of the record already, so that its id tells nothing: it had the signal, or
    the person brought it in."""
    if not isinstance(record, Signal) or record.sensitive:
        return notice and not isinstance(record, Signal)
    return notice or turn.person.id in record.raised_by or room.code in places(record)


def for_its_reader(turn: Turn, notice: Outgoing, text: str) -> Outgoing | None:
    """The notice as its reader may have it. What a room may not read goes to who leads that body; an external hears of
    a sensitive signal only that there is news. None when nobody is left to tell.
    """
    if notice.to.startswith("dm:"):
        person = turn.store.get(Person, notice.to.removeprefix("dm:"))
        hidden = person is not None and person.external and any(_hidden(turn, person, id) for id in notice.about)
        if not hidden:
            return notice
        line = say(
            f"Er is nieuws over een signaal van je. De secretaris van {turn.structure.filter.the} vertelt je meer."
        )
        return replace(notice, message=line, about=(), offers=(), mentions=())
    room = turn.body(notice.to)
    if room is None or may_read_here(turn, room, text, notice.about, notice=True):
        return notice
    reader = _leader(turn, room)
    if reader is None or reader.id == turn.person.id:
        return None
    line = say(f"Niet in de kamer van {room.code}, want niet iedereen daar mag dit lezen:")
    mentions = (reader.id,) if notice.mentions else ()
    return replace(notice, to=f"dm:{reader.id}", message=line + notice.message, mentions=mentions)


def _leader(turn: Turn, room: Body) -> Person | None:
    seats = [(role, room.code) for role in (RoleName.CHAIR, RoleName.LEAD)]
    seats += [(RoleName.SECRETARY, code) for code in (room.code, room.parent or turn.structure.filter.code)]
    found = (turn.person_with(role, code) for role, code in seats)
    return next((person for person in found if person is not None and not person.external), None)


def _hidden(turn: Turn, person: Person, id: str) -> bool:
    record = _record(turn, id)
    viewer = Viewer(person.id, person.organisation, True, turn.store.roles(person=person.id, on=turn.today))
    return isinstance(record, Signal) and not may_see_signal(viewer, record)


def _record(register: Register, id: str) -> Record | None:
    kind = _KINDS.get(id.split("-", 1)[0])
    return register.store.get(cast(Any, kind), id) if kind is not None else None


def _is_sensitive(register: Register, record: Record) -> bool:
    """Whether it is a sensitive signal, or belongs to one."""
    match record:
        case Signal():
            return record.sensitive
        case Action():
            ids: Iterable[str] = (record.signal,) if record.signal else ()
        case Proposal():
            ids = (record.about,)
        case AgendaItem() | Decision() | Agreement():
            ids = record.signals
        case Consultation() | Bulletin():
            ids = signals_behind(register, record.about)
        case _:
            return False
    return any(one is not None and one.sensitive for one in (register.store.get(Signal, id) for id in ids))


def _is_for(register: Register, room: Body, record: Record) -> bool:
    """Whether this room follows the record."""
    match record:
        case Signal():
            return room_may_see_signal(room, record)
        case Action():
            body = register.body(record.body)
            signal = register.store.get(Signal, record.signal) if record.signal else None
            return body is not None and room_may_see_action(room, record, body, signal)
        case Proposal():
            signal = register.store.get(Signal, record.about)
            near = room.code in (record.confirms, record.to_body, record.about)
            return not room.with_externals and (near or (signal is not None and room_may_see_signal(room, signal)))
        case AgendaItem():
            signals = [one for id in record.signals if (one := register.store.get(Signal, id)) is not None]
            own = _meets_here(register, room, record.meeting)
            if room.with_externals:
                return own and all(room_may_see_signal(room, one) for one in signals)
            return own or (bool(signals) and all(room_may_see_signal(room, one) for one in signals))
        case Decision() | Agreement() | AttentionPoint():
            ids = () if isinstance(record, AttentionPoint) else record.signals
            signals = [one for id in ids if (one := register.store.get(Signal, id)) is not None]
            return room_may_see_decision(room, record, signals)
        case Meeting():
            return not room.with_externals or record.body == room.code
        case Evaluation() | Poll():
            return not room.with_externals or record.about == room.code
        case Correction():
            return not room.with_externals and _meets_here(register, room, record.meeting)
        case Bulletin():
            # Whom it is for, once someone let it go.
            to = room.code == record.to or room.umbrella == record.to
            behind = [register.store.get(Signal, id) for id in signals_behind(register, record.about)]
            near = bool(behind) and all(one is not None and room_may_see_signal(room, one) for one in behind)
            brought = near and record.kind is BulletinKind.INWARD
            return not room.with_externals and (to or brought or body_of(register, record) == room.code)
        case Success():
            return not room.with_externals and record.state in (SuccessState.SHARED, SuccessState.PLACED)
        case HelpRequest():
            return False
        case Consultation():
            return room_may_see_consultation(room, record)
        case _:
            return True


def _meets_here(register: Register, room: Body, meeting: str) -> bool:
    found = register.store.get(Meeting, meeting)
    return found is not None and found.body == room.code


def _words(record: Record) -> str:
    """What must not be read by others: the title, or the text of an action."""
    match record:
        case Signal() | AgendaItem():
            return record.title
        case (
            Action()
            | Decision()
            | Agreement()
            | AttentionPoint()
            | Correction()
            | Bulletin()
            | HelpRequest()
            | Success()
        ):
            return record.text
        case Consultation():
            return record.question
        case Proposal():
            return record.because
        case _:
            return ""
