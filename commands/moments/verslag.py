"""After a meeting: the concept list one working day later, and a question when a text for others waits (R-056)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.chat_rooms import as_read
from commands.kit.connections import who_lets_go
from commands.kit.constituencies import release_offers, what_it_is
from commands.kit.correction_term import LIST_POSTED, corrections_end
from commands.kit.decisions import named, signals_under
from commands.kit.forwarding import Printed, printed
from commands.kit.minutes import document_of_minutes, gather, message_of
from commands.kit.ports import Due, Outgoing, Record
from commands.kit.records import body_of
from commands.kit.reply import Code, Line, Message, Strong, Text, say
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.consultations import closed_on
from commands.rules.minutes import CONCEPT
from commands.rules.posting import Urgency
from commands.rules.visibility import room_may_see_action, room_may_see_decision, room_may_see_signal
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body


def posts_list(watch: Watch, due: Due) -> Sequence[Nudge]:
    """besluitenlijst: in the room what the room may read; the whole as files to chair and secretary."""
    meeting = watch.store.get(Meeting, due.about)
    body = watch.body(meeting.body) if meeting else None
    if meeting is None or body is None or meeting.state not in CONCEPT or due.occasion != str(meeting.day):
        return ()
    minutes = gather(watch.store, meeting, lambda record: True)
    keeper = secretary_of(watch, body.code)
    if minutes.is_empty:
        text = f"Van {named(meeting)} is nog niets vastgelegd. Noteren kan met !besluit, !actie en !uitkomst."
        return [Nudge(keeper.id, (text,), (meeting.id,), day=meeting.day)] if keeper is not None else ()
    watch.put(meeting, LIST_POSTED)
    key, about = f"besluitenlijst:{meeting.id}:{meeting.day}", (meeting.id,)
    read = as_read(watch, body)
    shown = gather(watch.store, meeting, lambda record: _room_reads(watch, read, record))
    if not shown.is_empty:
        message = message_of(watch.store, shown, today=watch.today) + _how_to_correct(watch, meeting, body)
        to_room = Outgoing(f"{key}:kamer:1", "notice", body.code, message, about=about, receipt=True, due=due.at)
        # The term for corrections runs from now.
        watch.post(replace(to_room, urgency=Urgency.FIRM))
    document = document_of_minutes(watch.store, minutes, today=watch.today)
    files = tuple(printed(document, minutes.name, form) for form in (Printed.ODT, Printed.PDF))
    text = f"De concept besluiten- en actielijst van {named(meeting)}, als document en als PDF."
    chair = watch.person_with(RoleName.CHAIR, body.code) or watch.person_with(RoleName.LEAD, body.code)
    for id in dict.fromkeys(one.id for one in (chair, keeper) if one is not None and not one.external):
        own = f"{key}:{id}"
        watch.post(Outgoing(own, "notice", f"dm:{id}", say(text), about=about, receipt=True, due=due.at, files=files))
    return ()


def _how_to_correct(watch: Watch, meeting: Meeting, body: Body) -> Message:
    end = dates.say_day(corrections_end(watch, meeting), today=watch.today)
    asks = "Klopt er iets niet? Typ " if body.address == "je" else "Klopt er iets niet? U typt "
    line: Line = (asks, Code("!corrigeer"), f" en wat er anders moet, tot en met {end}.")
    return Message((Text(line),))


def _room_reads(watch: Watch, room: Body, record: Record) -> bool:
    """INV-20, INV-39: where outsiders read, no decisions and nothing of a sensitive signal."""
    match record:
        case Decision() | Agreement():
            return room_may_see_decision(room, record, signals_under(watch, None, record.signals))
        case Action():
            signal = watch.store.get(Signal, record.signal) if record.signal else None
            return room_may_see_action(room, record, room, signal)
        case AgendaItem():
            signals = signals_under(watch, record)
            return not room.with_externals or all(room_may_see_signal(room, one) for one in signals)
        case _:
            return True


def text_waits(watch: Watch, due: Due) -> Sequence[Nudge]:
    """bericht_wacht: nobody released it and nobody said why not; the secretary is asked (R-056)."""
    bulletin = _waiting(watch, due)
    keeper = secretary_of(watch, body_of(watch, bulletin)) if bulletin is not None else None
    if bulletin is None or keeper is None:
        return ()
    own = bulletin.kind is BulletinKind.UPWARD
    reader = who_lets_go(watch, bulletin)
    whose = "" if reader is None or reader.id == keeper.id else f" Het ligt bij {reader.label}."
    if reader is None:
        whose = " Er is nu geen koepelcontact; vastleggen kan met !rol."
    answer = "U antwoordt met vervalt en een reden" if keeper.address == "u" else "Antwoord met vervalt en een reden"
    answer += ", of het gaat uit met ja." if own else " als het niet meer hoeft."
    line: Line = (Strong(bulletin.id), f": {_named(watch, bulletin)} is nog niet verstuurd.{whose} {answer}")
    offers = release_offers(bulletin) if own else release_offers(bulletin)[-1:]
    return [Nudge(keeper.id, (line,), (bulletin.id,), offers, day=_day(watch, bulletin))]


def text_is_yours(watch: Watch, due: Due) -> Sequence[Nudge]:
    """bericht_vrijgeven: who may let it go is asked once more, before the secretary is (R-129)."""
    bulletin = _waiting(watch, due)
    reader = who_lets_go(watch, bulletin) if bulletin is not None else None
    if bulletin is None or reader is None:
        return ()
    ways = "U antwoordt" if reader.address == "u" else "Antwoord"
    text = f": {_named(watch, bulletin)} wacht op vrijgave. {ways} met ja, of met vervalt en een reden."
    return [
        Nudge(
            reader.id,
            ((Strong(bulletin.id), text),),
            (bulletin.id,),
            release_offers(bulletin),
            day=_day(watch, bulletin),
        )
    ]


def _waiting(watch: Watch, due: Due) -> Bulletin | None:
    """The draft, as long as it still makes sense to let it go."""
    bulletin = watch.store.get(Bulletin, due.about)
    if bulletin is None or bulletin.state is not BulletinState.DRAFT:
        return None
    asks = watch.store.get(Consultation, bulletin.about) if bulletin.kind is BulletinKind.CONSULTATION else None
    over = asks is not None and (asks.state is not ConsultationState.OPEN or closed_on(asks, watch.today))
    return None if over else bulletin


def _named(watch: Watch, bulletin: Bulletin) -> str:
    meeting = watch.store.get(Meeting, bulletin.meeting) if bulletin.meeting else None
    text = what_it_is(bulletin, named(meeting) if meeting is not None else bulletin.about, watch.the(bulletin.to))
    return text[0].upper() + text[1:]


def _day(watch: Watch, bulletin: Bulletin) -> date:
    """In whose order a bundle lists it: the meeting, or the day it was made."""
    meeting = watch.store.get(Meeting, bulletin.meeting) if bulletin.meeting else None
    return meeting.day if meeting is not None else bulletin.made_at.astimezone(AMSTERDAM).date()


MINUTES_MOMENTS = (
    Moment("besluitenlijst", posts_list),
    Moment("bericht_wacht", text_waits),
    Moment("bericht_vrijgeven", text_is_yours),
)
