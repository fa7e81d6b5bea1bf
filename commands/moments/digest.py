"""The clock before a meeting: the digest, and later only what changed since (R-041, digests.md §1.0).

The digest leaves a row in the history of its meeting; from that moment on changes count.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.chat_rooms import as_read
from commands.kit.files import File
from commands.kit.forwarding import Printed, document_of, printed
from commands.kit.pictures import timeline
from commands.kit.planned import hours, name_of
from commands.kit.ports import Due, Outgoing
from commands.kit.reply import Line, Message, listing, say
from commands.moments.digest_chair import chair_block, readers
from commands.moments.digest_commitments import said_of
from commands.moments.digest_letting_go import ASKED, asks_now
from commands.moments.digest_parts import Facts
from commands.moments.digest_quiet import quiet_block
from commands.moments.digest_stage import placed_now
from commands.moments.digest_versions import participants
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.agenda import LIVE
from commands.rules.visibility import room_may_see_signal
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body

#: How the history of a meeting names that its digest was posted.
POSTED = "digest verstuurd"
COMING = (MeetingState.PLANNED, MeetingState.FIXED)


def sends_digest(watch: Watch, due: Due) -> Sequence[Nudge]:
    """digest: the participants' version in the body's room, the chair's block in private."""
    found = _meeting(watch, due)
    if found is None:
        return ()
    meeting, body = found
    key = f"digest:{meeting.id}:{meeting.day}"
    read = as_read(watch, body)
    message = participants(watch, read, meeting)
    about = (meeting.id,)
    files = _picture(watch, read)
    watch.post(Outgoing(f"{key}:deelnemers:1", "digest", body.code, message, about=about, due=due.at, files=files))
    facts = Facts(watch, body, meeting)
    block = chair_block(facts)
    if block is not None:
        for person in readers(facts):
            own = f"{key}:voorzitter:{person.id}"
            watch.post(Outgoing(own, "digest", f"dm:{person.id}", block, about=(meeting.id,), due=due.at))
    if (quiet := quiet_block(watch, body, meeting)) is not None:
        chair, text = quiet
        own = f"{key}:stil:{chair.id}"
        watch.post(Outgoing(own, "digest", f"dm:{chair.id}", text, about=about, due=due.at, receipt=True))
    _to_forward(watch, body, meeting, message, due)
    for success in placed_now(Facts(watch, read, meeting)):
        watch.put(success, f"in de digest van {meeting.id}")
    if asks_now(Facts(watch, read, meeting)):
        watch.put(meeting, ASKED)
    watch.put(meeting, POSTED)
    return ()


def _to_forward(watch: Watch, body: Body, meeting: Meeting, message: Message, due: Due) -> None:
    """The same digest as files for the secretary, where that is switched on: for those who are not in the chat."""
    secretary = secretary_of(watch, body.code)
    if not watch.thresholds.digest_to_forward or secretary is None:
        return
    name = f"digest-{body.code.casefold()}-{meeting.day}"
    files = tuple(printed(document_of(message), name, form) for form in (Printed.PDF, Printed.TEXT))
    text = say(f"De digest van {body.the}, om door te sturen aan wie niet in de chat zit.")
    key, to = f"digest:{meeting.id}:{meeting.day}:doorsturen", f"dm:{secretary.id}"
    watch.post(Outgoing(key, "digest", to, text, about=(meeting.id,), due=due.at, files=files))


def sends_changes(watch: Watch, due: Due) -> Sequence[Nudge]:
    """digest_wijziging: only what changed since the digest; nothing changed, nothing sent."""
    found = _meeting(watch, due)
    since = _posted_at(watch, due.about)
    if found is None or since is None:
        return ()
    meeting, body = found
    lines = changes(watch, as_read(watch, body), meeting, since)
    if lines:
        key = f"digest:{meeting.id}:{meeting.day}:wijziging:1"
        message = _changes_message(watch, meeting, since, lines)
        watch.post(Outgoing(key, "digest", body.code, message, about=(meeting.id,), due=due.at))
    return ()


def _picture(watch: Watch, body: Body) -> tuple[File, ...]:
    """The groups on a time line, with the digest of the filter, where that is switched on."""
    if not watch.thresholds.picture_in_digest or body.code != watch.structure.filter.code or body.with_externals:
        return ()
    drawn = timeline(watch, body)
    return (drawn.file,) if drawn is not None else ()


def _meeting(watch: Watch, due: Due) -> tuple[Meeting, Body] | None:
    """The meeting as it is now; None when it was cancelled, moved, held or is over."""
    meeting = watch.store.get(Meeting, due.about)
    if meeting is None or meeting.state not in COMING or due.occasion != str(meeting.day):
        return None
    body = watch.body(meeting.body)
    return (meeting, body) if body is not None and meeting.day >= watch.today else None


def _posted_at(watch: Watch, meeting: str) -> datetime | None:
    rows = [row for row in watch.store.history(meeting) if row.why == POSTED]
    return rows[-1].at if rows else None


def _changes_message(watch: Watch, meeting: Meeting, since: datetime, lines: list[Line]) -> Message:
    day = since.astimezone(AMSTERDAM).date()
    name = watch.need_body(meeting.body).called(name_of(meeting))
    on, when = (dates.say_day(one, today=watch.today) for one in (day, meeting.day))
    opening = f"Nieuw sinds {on} voor {name} van {when}:"
    return say(opening) + Message((listing(lines),)) + say("Verder geen wijzigingen.")


# --- what changed ----------------------------------------------------------------------------------------------------
def changes(watch: Watch, body: Body, meeting: Meeting, since: datetime) -> list[Line]:
    """One line for each item, signal and action that changed after `since` and may be named in the body's room, and
    one for the time of the meeting."""
    items = watch.store.items(meeting=meeting.id)
    lines: list[Line] = [line for line in (_time_change(watch, body, meeting, since),) if line]
    lines += [line for item in items if (line := _item_change(watch, body, item, since))]
    on_agenda = {id for item in items for id in item.signals}
    for signal in watch.store.signals(lies_with=body.code, states=_ASKING, limit=5000):
        if signal.id in on_agenda or not room_may_see_signal(body, signal) or not _came(watch, body, signal, since):
            continue
        what = "te wegen" if signal.state is SignalState.SUBMITTED else f"ligt nu bij {body.the}"
        lines.append(f"{signal.id} {signal.title} ({signal.on_behalf_of}): {what}.")
    done = watch.store.actions(body=body.code, states=(ActionState.DONE,), done_since=since)
    return lines + [f"{one.id} {one.text}: afgerond." for one in done if not _hidden(watch, body, one)]


_ASKING = (SignalState.SUBMITTED, SignalState.HANDLING)


def _came(watch: Watch, body: Body, signal: Signal, since: datetime) -> bool:
    """Whether the signal arrived here, or was raised, after that moment."""
    rows = watch.store.history(signal.id)
    before = [row.to_state for row in rows if row.at <= since]
    return not before or not before[-1].endswith(f"@{body.code}")


def _time_change(watch: Watch, body: Body, meeting: Meeting, since: datetime) -> str:
    before = watch.store.as_it_was(meeting, since)
    if before is None or (before.start, before.end) == (meeting.start, meeting.end) or meeting.start is None:
        return ""
    was = hours(before.start, before.end).removeprefix(", ")
    now = hours(meeting.start, meeting.end).removeprefix(", ")
    return f"{body.capital} is nu om {now}{f' (was {was})' if was else ''}."


def _item_change(watch: Watch, body: Body, item: AgendaItem, since: datetime) -> str:
    signals = [found for id in item.signals if (found := watch.store.get(Signal, id)) is not None]
    if not all(room_may_see_signal(body, signal) for signal in signals):
        return ""
    before = [row.to_state for row in watch.store.history(item.id) if row.at <= since]
    was, now = (before[-1] if before else None), item.state
    before_it = watch.store.as_it_was(item, since)
    if was == now and before_it is not None and now in LIVE:
        what = f"Punt {item.number}" if now is ItemState.SCHEDULED else "Voorstel"
        rewritten = "; ".join(_rewritten(watch, body, before_it, item))
        return f"{what}: {_with_ids(item)}: {rewritten}." if rewritten else ""
    if was == now or (was is None and now not in LIVE):
        return ""
    named = f"{_with_ids(item)} ({item.on_behalf_of}, {item.horizon})"
    time = f", {item.minutes} minuten" if item.minutes else ""
    if now is ItemState.SCHEDULED:
        return f"Punt {item.number}: {named}, ter {item.nature}{time}."
    if now is ItemState.PROPOSED:
        return f"Voorstel: {named} toevoegen, ter {item.nature}{time}."
    return f"Punt {item.number} vervalt: {named}." if was == ItemState.SCHEDULED else ""


def _with_ids(item: AgendaItem) -> str:
    return f"{', '.join(item.signals)} {item.title}".lstrip()


def _rewritten(watch: Watch, body: Body, old: AgendaItem, new: AgendaItem) -> list[str]:
    """What is said otherwise of a point that stays; where externals read along not what is prepared (§1.0)."""
    found = [f"heette {old.title}"] if old.title != new.title else []
    if old.nature != new.nature:
        found.append(f"nu ter {new.nature}")
    if old.hammer != new.hammer:
        found.append("nu een hamerstuk" if new.hammer else "geen hamerstuk meer")
    if old.minutes != new.minutes and new.minutes:
        found.append(f"nu {new.minutes} minuten" + (f" (was {old.minutes})" if old.minutes else ""))
    if body.with_externals:
        return found
    if old.ask != new.ask and new.ask:
        found.append(f"gevraagd wordt nu: {new.ask.rstrip('.')}")
    before = {one.party: one for one in old.stands}
    order = [party.code for party in watch.structure.parties]
    stands = [one for one in new.stands if before.get(one.party) != one]
    stands.sort(key=lambda one: order.index(one.party) if one.party in order else len(order))
    return found + [said_of(one) for one in stands]


def _hidden(watch: Watch, body: Body, action: Action) -> bool:
    signal = watch.store.get(Signal, action.signal) if action.signal else None
    return signal is not None and body.with_externals and signal.sensitive


DIGEST_MOMENTS = (Moment("digest", sends_digest), Moment("digest_wijziging", sends_changes))
