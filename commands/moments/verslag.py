"""After a meeting: the concept list one working day later, and a question when a text for others waits (R-056)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.bulletins import release_offers
from commands.kit.chat_rooms import as_read
from commands.kit.correction_term import LIST_POSTED, corrections_end
from commands.kit.decisions import named, signals_under
from commands.kit.forwarding import Printed, printed
from commands.kit.minutes import document_of_minutes, gather, message_of
from commands.kit.ports import Due, Outgoing, Record
from commands.kit.reply import Code, Line, Message, Strong, Text, say
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.minutes import CONCEPT
from commands.rules.visibility import room_may_see_action, room_may_see_decision, room_may_see_signal
from commands.words.action import Action
from commands.words.agreement import Agreement
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
        watch.post(Outgoing(f"{key}:kamer:1", "notice", body.code, message, about=about, receipt=True, due=due.at))
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
    bulletin = watch.store.get(Bulletin, due.about)
    meeting = watch.store.get(Meeting, bulletin.meeting) if bulletin else None
    if bulletin is None or meeting is None or bulletin.state is not BulletinState.DRAFT:
        return ()
    keeper = secretary_of(watch, meeting.body)
    if keeper is None:
        return ()
    back = bulletin.kind is BulletinKind.LOOKING_BACK
    what = f"De terugblik voor de achterban van {bulletin.to}" if back else f"Het bericht aan het {bulletin.to}"
    whose = f" Het ligt bij {watch.person_named(bulletin.releases)}." if bulletin.releases != keeper.id else ""
    answer = "U antwoordt met vervalt en een reden" if keeper.address == "u" else "Antwoord met vervalt en een reden"
    answer += ", of het gaat uit met ja." if not back else " als het niet meer hoeft."
    line: Line = (Strong(bulletin.id), f": {what} over {named(meeting)} is nog niet verstuurd.{whose} {answer}")
    offers = release_offers(bulletin) if not back else release_offers(bulletin)[-1:]
    return [Nudge(keeper.id, (line,), (bulletin.id,), offers, day=meeting.day)]


MINUTES_MOMENTS = (Moment("besluitenlijst", posts_list), Moment("bericht_wacht", text_waits))
