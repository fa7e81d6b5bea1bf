"""!vergadering: plan, move, cancel or mark a meeting as held; without words the planning of the year (V1, V3, V7)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import When, is_date_shaped
from commands.kit.attendance import attendance, attendance_offers
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.calendars import calendar_file
from commands.kit.declare import EVERYONE, About, Values, command
from commands.kit.dialogue import YES, not_read
from commands.kit.meeting_checks import as_remark, checks
from commands.kit.meeting_deeds import call_off, enter, later, others_of_kind, shift
from commands.kit.owed import owe_meeting
from commands.kit.planned import News, hours, leads_of, may_plan, moment_of, name_of
from commands.kit.ports import Option
from commands.kit.records import visible
from commands.kit.reminding import short_at
from commands.kit.reply import Heading, Line, Message, Strong, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.kit.year_paste import COMMAND, paste
from commands.kit.year_text import KIND_WORDS, counts_days
from commands.rules import planning, ways
from commands.rules.attendance import Attendance
from commands.rules.timing import papers_day
from commands.rules.visibility import may_see_body
from commands.words.action import Action
from commands.words.enumeration import joined
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.reminder import Reminder
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused


class Act(StrEnum):
    PLAN = "plan"
    MOVE = "verplaats"
    CANCEL = "annuleer"
    HELD = "gehouden"
    CALENDAR = "ics"


ACT_WORDS = {
    "plannen": "plan",
    "verplaatsen": "verplaats",
    "verzet": "verplaats",
    "verzetten": "verplaats",
    "verplaatst": "verplaats",
    "annuleren": "annuleer",
    "geannuleerd": "annuleer",
    "afzeggen": "annuleer",
    "afgezegd": "annuleer",
    "geweest": "gehouden",
    "icalendar": "ics",
    "ical": "ics",
}
#: States in which who was there can still be noted.
OVER = (MeetingState.HELD, MeetingState.MINUTES)
_CLOCK = re.compile(
    r"(?:om\s+)?\d{1,2}(?:[:.]\d\d)?(?:\s*[-–]\s*\d{1,2}(?:[:.]\d\d)?)?(?:\s*(?:uur|u))?", re.IGNORECASE
)
NO_ROUND = ("-", "geen")
#: What can have come of a meeting that still stands as planned.
CAME_OF_IT = tuple(Option(word, word) for word in ("gehouden", "verplaatst", "geannuleerd"))
#: Likely answers to a question about a meeting.
MOST_OPTIONS = 8
WHY = "Waarom? De deelnemers lezen dit."


def _cancels(values: Values) -> bool:
    return values["act"] is Act.CANCEL and bool(values["meeting"])


_Act = Annotated[Act | None, About("plan, verplaats, annuleer, gehouden of ics", "opdracht", synonyms=ACT_WORDS)]
_Kind = Annotated[
    MeetingKind | None,
    About("regulier, reflectie, informeel, tussentijds of kennis", "soort", synonyms=KIND_WORDS),
]
_Body = Annotated[Body | None, About("welk overleg", "gremium", words=("van", "voor"), bare=True)]
_Day = Annotated[When | None, About("de dag, eventueel met tijd", "datum", words=("op",), bare=True)]
_To = Annotated[When | None, About("de nieuwe dag", "naar", words=("naar",), trailing=True)]
_Round = Annotated[str | None, About("de ronde waar ze bij hoort", "ronde", words=("ronde",))]
_Present = Annotated[
    str | None,
    About("welke partijen er waren", "aanwezig", words=("aanwezig", "aanwezigen"), greedy=True),
]
_Absent = Annotated[
    str | None,
    About("welke partijen er niet waren", "afwezig", words=("afwezig", "afwezigen", "zonder"), greedy=True),
]
_Because = Annotated[
    str | None,
    About(
        "de reden",
        "reden",
        words=("want", "omdat", "wegens"),
        rest=True,
        greedy=True,
        ask=WHY,
        when=_cancels,
    ),
]
_Anyway = Annotated[bool | None, About("ondanks een waarschuwing", "toch")]


@command(
    "vergadering",
    aliases=("plan", "vergaderingen"),
    help="Plan, verplaats of annuleer een vergadering. Zonder meer: de planning van het jaar.",
    example="!vergadering plan DO 30 november 2027 14:00",
    who=EVERYONE,
)
def vergadering(
    turn: Turn,
    act: _Act = None,
    kind: _Kind = None,
    body: _Body = None,
    day: _Day = None,
    meeting: Annotated[Meeting | None, About("de vergadering", "id")] = None,
    to: _To = None,
    round: _Round = None,
    present: _Present = None,
    absent: _Absent = None,
    because: _Because = None,
    anyway: _Anyway = None,
) -> Outcome:
    if kind is None and because and because.casefold() in (*MeetingKind, *KIND_WORDS):
        kind, because = MeetingKind(KIND_WORDS.get(because.casefold(), because.casefold())), None
    when = to or day
    if act is None and when is not None:
        act = Act.MOVE if meeting or (to and day) else Act.PLAN
    place = turn.body(meeting.body) if meeting else body or turn.room
    stray = not_read(vergadering, because) if act in (None, Act.CALENDAR) else None
    if stray is not None:
        return stray
    if act is Act.CALENDAR:
        return _calendar(turn, place)
    if place is None:
        return Ask("body", "Van welk overleg?", _tiers(turn))
    if act is None:
        return _came_of_it(turn, place, meeting) or _year(turn, place)
    if not may_plan(turn, place):
        text = f"Dit mag alleen de voorzitter of de secretaris van {place.the}. Wat wel kan: vraag het de secretaris."
        return Refused(text, code="E04")
    several = _several(turn, place, kind, round, when) if act is Act.PLAN and when else None
    if several is not None:
        return several
    if because and act in (Act.PLAN, Act.MOVE) and is_date_shaped(because, turn):
        way = Instead("", {"to": because, "because": "", "day": ""}, "Op die dag?")
        return Refused(f"'{ways.shown(because)}' is een datum en geen reden.", way, "E11")
    if act is Act.PLAN:
        if when is None:
            return Ask("day", "Op welke dag?")
        new = Meeting("", place.code, kind or MeetingKind.REGULAR, when.day, round=_round(round, None))
        return _plan(turn, replace(new, start=when.start, end=when.end), place, because or "", bool(anyway))
    if act is Act.HELD:
        past = meeting or _which_past(turn, place, day, noting=bool(present or absent))
        return past if isinstance(past, Refused) else _held(turn, past, present, absent)
    chosen = meeting or _which(turn, place, day if act is not Act.MOVE or to else None)
    if isinstance(chosen, Ask | Refused):
        return chosen
    if chosen.state not in planning.AHEAD:
        return Refused(
            f"{chosen.id} is {chosen.state}; dat verandert niet meer. {ways.look_at_meetings(place.code)}", code="E12"
        )
    if act is Act.CANCEL:
        return _cancel(turn, chosen, place, because) if because else Ask("because", WHY)
    if when is None:
        return Ask("to", f"Naar welke dag? Nu {moment_of(chosen)}.")
    if _CLOCK.fullmatch(turn.typed.get("to" if to else "day", "").strip(" .")):
        when = replace(when, day=chosen.day)
    moved = replace(chosen, day=when.day, round=_round(round, chosen.round))
    if when.start:
        # At the same hour as before it also ends as before; at another hour its end is not guessed.
        same = chosen.end if when.start == chosen.start else None
        moved = replace(moved, start=when.start, end=when.end or same)
    return _move(turn, chosen, moved, place, because or "", bool(anyway))


def _several(turn: Turn, place: Body, kind: MeetingKind | None, round: str | None, when: When) -> Outcome | None:
    """Several days in one line are a planning of their own: counted, shown, and carried out after a yes."""
    days = " ".join(turn.typed.get(part, "") for part in ("day", "because", "to")).replace(",", " ")
    if not (turn.typed.get("day") and turn.typed.get("to")) or counts_days(days) < 2:
        return None
    text = " ".join(part for part in (place.code, kind or "", f"ronde {round}" if round else "", days) if part)
    parts = {"year": str(when.day.year)}
    outcome = paste(turn, text, parts)
    if isinstance(outcome, Ask):
        return Refused(outcome.text, Instead(COMMAND, {**parts, "text": text}, "Met een reden vastleggen?"), "INV-33")
    return outcome


def _came_of_it(turn: Turn, place: Body, meeting: Meeting | None) -> Ask | None:
    """What happened to a meeting whose day has come and that still stands as planned."""
    if meeting is None or meeting.state not in planning.AHEAD or meeting.day > turn.today or not may_plan(turn, place):
        return None
    text = f"Wat is er met {name_of(meeting)} van {dates.say_short(meeting.day)}: gehouden, verplaatst of geannuleerd?"
    return Ask("act", text, CAME_OF_IT)


def _tiers(turn: Turn) -> tuple[Option, ...]:
    return tuple(Option(body.code, body.code) for body in turn.structure.tiers)


def _round(typed: str | None, old: str | None) -> str | None:
    return None if typed in NO_ROUND else typed or old


def _which(turn: Turn, place: Body, day: When | None) -> Meeting | Ask | Refused:
    """The coming meeting that is meant: the only one, the one on that day, or a question with the days."""
    found = turn.store.meetings(body=place.code, since=turn.today)
    ahead = [m for m in found if m.state in planning.AHEAD and (day is None or m.day == day.day)]
    if len(ahead) == 1:
        return ahead[0]
    if not ahead:
        when = f" op {dates.say_short(day.day)}" if day else ""
        return Refused(f"Er is geen {place.sitting} gepland{when}. Kijk bij !vergadering.", code="E03")
    options = tuple(Option(dates.say_short(m.day), m.id) for m in ahead[:MOST_OPTIONS])
    labels = [option.label for option in options]
    return Ask("meeting", f"Welke vergadering: {', '.join(labels[:-1])} of {labels[-1]}?", options)


def _which_past(turn: Turn, place: Body, day: When | None, *, noting: bool) -> Meeting | Refused:
    """The last meeting that still stands as planned; when `noting` who was there also the last one that was held."""
    found = turn.store.meetings(body=place.code, until=day.day if day else turn.today, limit=500)
    past = [m for m in found if m.state in planning.AHEAD and (day is None or m.day == day.day)]
    if not past and noting:
        past = [m for m in found if m.state in OVER and (day is None or m.day == day.day)]
    if past:
        return past[-1]
    when = f" op {dates.say_short(day.day)}" if day else ""
    return Refused(
        f"Er is geen {place.code} geweest{when} dat nog open staat. {ways.look_at_meetings(place.code)}", code="E12"
    )


# --- planning and moving ---------------------------------------------------------------------------------------------
def _plan(turn: Turn, new: Meeting, place: Body, because: str, anyway: bool) -> Outcome:
    stop = _stops(turn, new, place, because, anyway, "plannen")
    if stop is not None:
        return stop
    meeting = enter(turn, new, place, because)
    leads_text = leads_of(turn, meeting, place)
    text = f"{name_of(meeting)} gepland op {moment_of(meeting)}. {leads_text}"
    turn.announce(place.code, say((Strong(meeting.id), f": {text}")), about=(meeting.id,), until=meeting.day)
    check = checks(turn, meeting, place)
    line = f" gepland op {moment_of(meeting)}. {leads_text}{check.in_round()}"
    return Reply(
        say((Strong(meeting.id), line), *map(as_remark, check.warnings())),
        about=(meeting.id,),
        deed=f"{meeting.id} gepland",
    )


def _move(turn: Turn, old: Meeting, new: Meeting, place: Body, because: str, anyway: bool) -> Outcome:
    if (old.day, old.start, old.end) == (new.day, new.start, new.end):
        return Refused(f"{old.id} staat al op {moment_of(old)}.", code="E14")
    stop = _stops(turn, new, place, because, anyway, "verplaatsen") if new.day != old.day else None
    if stop is not None:
        return stop
    new, news = later(old, new), News()
    moved = shift(turn, news, old, new, place, because)
    was = f"(was {dates.say_short(old.day)}{hours(old.start, None) if old.day == new.day else ''})"
    reason = f" Reden: {because}." if because else ""
    text = f" staat nu op {moment_of(new)} {was}. {leads_of(turn, new, place)}"
    said = say((Strong(new.id), f" ({name_of(new)}){text}{reason}"))
    turn.announce(place.code, said, about=(new.id,), until=min(old.day, new.day))
    news.tell(turn)
    check = checks(turn, new, place)
    return Reply(
        say((Strong(new.id), text + check.in_round()), _along(turn, moved), *map(as_remark, check.warnings())),
        about=(new.id,),
        deed=f"{new.id} verplaatst",
    )


def _along(turn: Turn, moved: tuple[Action | Signal | Reminder, ...]) -> str:
    """How much moves along, and to when what is the person's own, who gets no message."""
    actions = [one for one in moved if isinstance(one, Action)]
    tasks = [one for one in moved if isinstance(one, Signal) and visible(one, turn)]
    mine = [one for one in moved if isinstance(one, Reminder) and one.person == turn.person.id]
    said = [
        f"{len(found)} {one if len(found) == 1 else more}"
        for found, one, more in (
            (actions, "actie", "acties"),
            (tasks, "opdracht", "opdrachten"),
            (mine, "herinnering", "herinneringen"),
        )
        if found
    ]
    if not said:
        return ""
    count = f"{joined(said)} {'schuift' if len(actions) + len(tasks) + len(mine) == 1 else 'schuiven'} mee."
    own = [f"{one.id} uiterlijk {dates.say_short(one.due)}" for one in actions if one.holder == turn.person.id]
    own += [f"{one.id} {short_at(one.next_at)}" for one in mine if one.next_at is not None]
    whose = "uw" if turn.formal else "je"
    return f"{count} Van {whose}zelf: {', '.join(own)}." if own else count


def _stops(turn: Turn, new: Meeting, place: Body, because: str, anyway: bool, act: str) -> Refused | Ask | None:
    """What stands in the way, with what does work; None when the day is fine."""
    check = checks(turn, new, place)
    group = turn.store.group(place.code) if place.is_group else None
    lasts = planning.within_term(place, new.day, group.end, dates.say_day(group.end)) if group else None
    fits, often, order = check.day_fits(), check.often(), check.in_order()
    for verdict in (lasts, fits):
        if isinstance(verdict, Refused):
            return verdict
    remark = check.remark()
    if isinstance(often, Refused) and because.casefold().rstrip(".!") in ("", *YES):
        text = f"{remark} {often.because} Geef een reden, of kies een andere datum."
        return Ask("because", text.strip())
    if isinstance(order, Refused):
        return order
    if remark and not anyway and not because:
        return Refused(remark, Instead("", {"anyway": "ja"}, f"Toch {act}?"), "E09")
    return None


# --- cancelling and holding ------------------------------------------------------------------------------------------
def _cancel(turn: Turn, meeting: Meeting, place: Body, because: str) -> Outcome:
    news = News()
    items = call_off(turn, news, meeting, place, because)
    text = f"{name_of(meeting)} van {moment_of(meeting)} gaat niet door. Reden: {because.rstrip('.')}."
    turn.announce(place.code, say((Strong(meeting.id), f": {text}")), about=(meeting.id,), until=meeting.day)
    news.tell(turn)
    warnings = planning.below_minimum(meeting.kind, place, others_of_kind(turn, meeting))
    back_again = f" {len(items)} punten gaan terug." if len(items) > 1 else " 1 punt gaat terug." if items else ""
    day = dates.say_short(meeting.day)
    return Reply(
        say((Strong(meeting.id), f" ({day}) gaat niet door.{back_again}"), *(f"Let op: {w}" for w in warnings)),
        about=(meeting.id,),
        deed=f"{meeting.id} geannuleerd",
    )


def _held(turn: Turn, meeting: Meeting, present: str | None, absent: str | None) -> Outcome:
    """V3: it took place. Who was there is noted at once, or asked in the answer and left open."""
    noting = bool(present or absent)
    if meeting.state not in planning.AHEAD and not (noting and meeting.state in OVER):
        return Refused(f"{meeting.id} is {meeting.state}. {ways.look_at_meetings(meeting.body)}", code="E12")
    if meeting.day > turn.today:
        return Refused(f"{meeting.id} is pas op {moment_of(meeting)}. Op die dag kan het.", code="E12")
    found = attendance(turn, meeting, present or absent or "", absent=not present) if noting else None
    if isinstance(found, Ask):
        return found
    held = replace(meeting, state=MeetingState.HELD) if meeting.state in planning.AHEAD else meeting
    held = replace(held, present=found.present) if found else held
    turn.put(held, f"gehouden; {_who(found)}" if found else "gehouden")
    owe_meeting(turn.store, turn.structure, turn.now, held, turn.need_body(held.body))
    rest = f"; {_who(found)}." if found else "."
    ask = "" if found or held.present else "Wie waren er: iedereen, of aanwezig en welke partijen?"
    return Reply(
        say((Strong(held.id), f" ({dates.say_short(held.day)}) is gehouden{rest}"), ask),
        about=(held.id,),
        offers=() if found else attendance_offers(held),
        deed=f"{held.id} gehouden",
    )


def _who(found: Attendance) -> str:
    """ "aanwezig Rijk, VNG en IPO, afwezig UvW"."""
    there = f"aanwezig {joined(found.present)}" if found.present else "niemand aanwezig"
    return f"{there}, afwezig {joined(found.absent)}" if found.absent else there


# --- the calendar -----------------------------------------------------------------------------------------------------
def _calendar(turn: Turn, place: Body | None) -> Outcome:
    """The meetings as a file for the calendar of whoever asks: of one body, else of all in which the person sits."""
    if place is None:
        held = dict.fromkeys(role.body for role in turn.roles)
        bodies = tuple(body for code in held if (body := turn.body(code)) is not None)
    else:
        bodies = (place,)
    bodies = tuple(one for one in bodies if not turn.person.external or may_see_body(turn.viewer, one, turn.structure))
    if not bodies:
        return Refused(EXTERNAL_REFUSED, code="E16") if turn.person.external else Ask("body", "Van welk overleg?")
    file = calendar_file(turn, bodies)
    if not any(turn.store.meetings(body=one.code, since=turn.today, limit=1) for one in bodies):
        return Reply(say(f"Er is geen {' of '.join(one.sitting for one in bodies)} gepland."))
    opens = "Opent u het bestand, dan" if turn.formal else "Open je het bestand, dan"
    text = f"{opens} komen de vergaderingen in {'uw' if turn.formal else 'je'} agenda: {file.name}."
    return Reply(say(text), files=(file,), private=True)


# --- the year --------------------------------------------------------------------------------------------------------
def _year(turn: Turn, place: Body) -> Outcome:
    if turn.person.external and not may_see_body(turn.viewer, place, turn.structure):
        return Refused(EXTERNAL_REFUSED, code="E16")
    found = turn.store.meetings(body=place.code, since=date(turn.today.year, 1, 1), limit=100)
    if not found:
        return Reply(say(f"Er is geen {place.sitting} gepland."))
    lines: list[Line] = [_meeting_line(turn, meeting, place) for meeting in found]
    heading = Heading(f"Planning {place.code} {turn.today.year}")
    message = Message((heading, listing(lines)))
    missing = [f"{count} {kind}" for kind, count in planning.missing_kinds(found, place, turn.today.year)]
    if missing:
        message += say(f"Nog te plannen dit jaar: {' en '.join(missing)}.")
    return Reply(message, about=tuple(meeting.id for meeting in found))


def _meeting_line(turn: Turn, meeting: Meeting, place: Body) -> Line:
    when = dates.say_short(meeting.day) + hours(meeting.start, meeting.end)
    kind = "" if meeting.kind is MeetingKind.REGULAR else f" · {meeting.kind}"
    if meeting.day < turn.today or meeting.state not in planning.AHEAD:
        rest = f" · {meeting.state}" if meeting.state is not MeetingState.PLANNED else " · geweest"
    else:
        rest = f" · stukken uiterlijk {dates.say_short(papers_day(meeting, place, turn.structure.calendar))}"
    return (f"{when}{kind}{rest} · {meeting.id}",)
