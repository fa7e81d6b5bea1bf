"""!vergadering: plan, move, cancel or mark a meeting as held; without words the planning of the year (V1, V3, V7)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import When, is_date_shaped
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, Values, command
from commands.kit.dialogue import YES
from commands.kit.owed import owe_meeting
from commands.kit.planned import hours, leads_of, live_items, moment_of, name_of, signals_of, tell_items
from commands.kit.ports import Option
from commands.kit.reply import Heading, Line, Message, Strong, listing, say
from commands.kit.signals import save
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import planning
from commands.rules.agenda import keeps, leads
from commands.rules.timing import papers_day
from commands.rules.visibility import may_see_body
from commands.words.meeting import ItemState, Meeting, MeetingKind, MeetingState
from commands.words.signal import SignalState
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused


class Act(StrEnum):
    PLAN = "plan"
    MOVE = "verplaats"
    CANCEL = "annuleer"
    HELD = "gehouden"


ACT_WORDS = {
    "plannen": "plan",
    "verplaatsen": "verplaats",
    "verzet": "verplaats",
    "verzetten": "verplaats",
    "annuleren": "annuleer",
    "afzeggen": "annuleer",
}
KIND_WORDS = {"reflectieoverleg": "reflectie", "extra": "reflectie", "gewoon": "regulier"}
NO_ROUND = ("-", "geen")
#: Likely answers to a question about a meeting.
MOST_OPTIONS = 8
WHY = "Waarom? De deelnemers lezen dit."


def _cancels(values: Values) -> bool:
    return values["act"] is Act.CANCEL and bool(values["meeting"])


@command(
    "vergadering",
    aliases=("plan", "vergaderingen"),
    help="Plan, verplaats of annuleer een vergadering. Zonder meer: de planning van het jaar.",
    example="!vergadering plan DO 30 november 2027 14:00",
    who=EVERYONE,
)
def vergadering(
    turn: Turn,
    act: Annotated[Act | None, About("plan, verplaats, annuleer of gehouden", "opdracht", synonyms=ACT_WORDS)] = None,
    kind: Annotated[
        MeetingKind | None,
        About("regulier, reflectie, informeel, tussentijds of kennis", "soort", synonyms=KIND_WORDS),
    ] = None,
    body: Annotated[Body | None, About("welk overleg", "gremium", words=("van", "voor"), bare=True)] = None,
    day: Annotated[When | None, About("de dag, eventueel met tijd", "datum", words=("op",), bare=True)] = None,
    meeting: Annotated[Meeting | None, About("de vergadering", "id")] = None,
    to: Annotated[When | None, About("de nieuwe dag", "naar", words=("naar",), trailing=True)] = None,
    round: Annotated[str | None, About("de ronde waar ze bij hoort", "ronde")] = None,
    because: Annotated[
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
    ] = None,
    anyway: Annotated[bool | None, About("ondanks een waarschuwing", "toch")] = None,
) -> Outcome:
    if kind is None and because and because.casefold() in (*MeetingKind, *KIND_WORDS):
        kind, because = MeetingKind(KIND_WORDS.get(because.casefold(), because.casefold())), None
    when = to or day
    if act is None and when is not None:
        act = Act.MOVE if meeting or (to and day) else Act.PLAN
    place = turn.body(meeting.body) if meeting else body or turn.room
    if place is None:
        return Ask("body", "Van welk overleg?", _tiers(turn))
    if act is None:
        return _year(turn, place)
    if not (leads(turn.roles, place.code) or keeps(turn.roles, place, turn.structure)):
        text = f"Dit mag alleen de voorzitter of de secretaris van {place.the}. Wat wel kan: vraag het de secretaris."
        return Refused(text, code="E04")
    if because and act in (Act.PLAN, Act.MOVE) and is_date_shaped(because, turn):
        way = Instead("", {"to": because, "because": "", "day": ""}, "Op die dag?")
        return Refused(f"'{because}' is een datum en geen reden.", way, "E11")
    if act is Act.PLAN:
        if when is None:
            return Ask("day", "Op welke dag?")
        new = Meeting("", place.code, kind or MeetingKind.REGULAR, when.day, round=_round(round, None))
        return _plan(turn, replace(new, start=when.start, end=when.end), place, because or "", bool(anyway))
    chosen = meeting or _which(turn, act, place, day if act is not Act.MOVE or to else None)
    if isinstance(chosen, Ask | Refused):
        return chosen
    if act is Act.HELD:
        return _held(turn, chosen)
    if chosen.state not in planning.AHEAD:
        return Refused(f"{chosen.id} is {chosen.state}; dat verandert niet meer.", code="E12")
    if act is Act.CANCEL:
        return _cancel(turn, chosen, place, because) if because else Ask("because", WHY)
    if when is None:
        return Ask("to", f"Naar welke dag? Nu {moment_of(chosen)}.")
    moved = replace(chosen, day=when.day, round=_round(round, chosen.round))
    if when.start:
        moved = replace(moved, start=when.start, end=when.end)
    return _move(turn, chosen, moved, place, because or "", bool(anyway))


def _tiers(turn: Turn) -> tuple[Option, ...]:
    return tuple(Option(body.code, body.code) for body in turn.structure.tiers)


def _round(typed: str | None, old: str | None) -> str | None:
    return None if typed in NO_ROUND else typed or old


def _which(turn: Turn, act: Act, place: Body, day: When | None) -> Meeting | Ask | Refused:
    """The meeting that is meant: the only one, the one on that day, or a question with the days."""
    if act is Act.HELD:
        found = turn.store.meetings(body=place.code, until=turn.today, limit=500)
        past = [meeting for meeting in found if meeting.state in planning.AHEAD]
        return past[-1] if past else Refused(f"Er is geen {place.code} geweest dat nog open staat.", code="E12")
    found = turn.store.meetings(body=place.code, since=turn.today)
    ahead = [m for m in found if m.state in planning.AHEAD and (day is None or m.day == day.day)]
    if len(ahead) == 1:
        return ahead[0]
    if not ahead:
        when = f" op {dates.say_short(day.day)}" if day else ""
        return Refused(f"Er is geen {place.code} gepland{when}. Kijk bij !vergadering.", code="E03")
    options = tuple(Option(dates.say_short(m.day), m.id) for m in ahead[:MOST_OPTIONS])
    labels = [option.label for option in options]
    return Ask("meeting", f"Welke vergadering: {', '.join(labels[:-1])} of {labels[-1]}?", options)


# --- planning and moving ---------------------------------------------------------------------------------------------
def _plan(turn: Turn, new: Meeting, place: Body, because: str, anyway: bool) -> Outcome:
    stop = _stops(turn, new, place, because, anyway, "plannen")
    if stop is not None:
        return stop
    meeting = replace(new, id=turn.store.new_id(f"VRG-{place.code}", new.day.year), because=because)
    turn.put(meeting, because or "gepland")
    owe_meeting(turn.store, turn.structure, turn.now, meeting, place)
    leads_text = leads_of(turn, meeting, place)
    text = f"{name_of(meeting)} gepland op {moment_of(meeting)}. {leads_text}"
    turn.announce(place.code, say((Strong(meeting.id), f": {text}")), about=(meeting.id,))
    line = f" gepland op {moment_of(meeting)}. {leads_text}{_in_round(turn, meeting)}"
    return Reply(
        say((Strong(meeting.id), line), *_warnings(turn, meeting, place)),
        about=(meeting.id,),
        deed=f"{meeting.id} gepland",
    )


def _move(turn: Turn, old: Meeting, new: Meeting, place: Body, because: str, anyway: bool) -> Outcome:
    if (old.day, old.start) == (new.day, new.start):
        return Refused(f"{old.id} staat al op {moment_of(old)}.", code="E14")
    stop = _stops(turn, new, place, because, anyway, "verplaatsen") if new.day != old.day else None
    if stop is not None:
        return stop
    why = because or f"verplaatst van {old.day.isoformat()} naar {new.day.isoformat()}"
    turn.put(new, why)
    owe_meeting(turn.store, turn.structure, turn.now, new, place)
    was = f"(was {dates.say_short(old.day)}{hours(old.start, None) if old.day == new.day else ''})"
    reason = f" Reden: {because}." if because else ""
    text = f" staat nu op {moment_of(new)} {was}. {leads_of(turn, new, place)}"
    turn.announce(place.code, say((Strong(new.id), f" ({name_of(new)}){text}{reason}")), about=(new.id,))
    heard = f"{place.the} van {dates.say_short(old.day)} is verplaatst naar {dates.say_short(new.day)}."
    tell_items(turn, live_items(turn, new), heard)
    return Reply(
        say((Strong(new.id), text + _in_round(turn, new)), *_warnings(turn, new, place)),
        about=(new.id,),
        deed=f"{new.id} verplaatst",
    )


def _stops(turn: Turn, new: Meeting, place: Body, because: str, anyway: bool, act: str) -> Refused | Ask | None:
    """What stands in the way, with what does work; None when the day is fine."""
    calendar = turn.structure.calendar
    said = dates.say_day(new.day).capitalize()
    verdict = planning.day_fits(new.day, turn.today, calendar)
    if isinstance(verdict, Refused):
        day = calendar.on_or_after(max(new.day, turn.today))
        way = Instead("", {"to": dates.say_short(day) + _clock(new), "day": ""}, f"{dates.say_day(day).capitalize()}?")
        return Refused(f"{said} {verdict.because}.", way, verdict.code)
    same = [m for m in turn.store.meetings(body=new.body, since=new.day, until=new.day) if m.id != new.id]
    if same:
        return Refused(f"Dit stond al genoteerd als {same[0].id}.", code="E14")
    others = [m for m in _of_year(turn, new) if m.body == new.body and m.kind is new.kind]
    same_year = new.id != "" and new.id.split("-")[-2] == str(new.day.year)
    remarks = planning.calendar_remarks(new.day, calendar)
    remark = f"{said} {' en '.join(remarks)}." if remarks else ""
    often = planning.within_frequency(new.kind, place, len(others), turn.structure)
    if isinstance(often, Refused) and not same_year and because.casefold().rstrip(".!") in ("", *YES):
        text = f"{remark} {often.because} Geef een reden, of kies een andere datum."
        return Ask("because", text.strip())
    order = planning.in_order(new.day, place, _round_of(turn, new), turn.structure)
    if isinstance(order, Refused):
        others_said = ", ".join(f"{m.body} {dates.say_short(m.day)}" for m in _round_of(turn, new))
        return Refused(f"{order.because} ({others_said}).", Instead("", {"round": "-"}, "Buiten de ronde?"), order.code)
    if remark and not anyway and not because:
        return Refused(remark, Instead("", {"anyway": "ja"}, f"Toch {act}?"), "E09")
    return None


def _clock(meeting: Meeting) -> str:
    return hours(meeting.start, meeting.end).replace(",", "").replace("–", "-")


def _of_year(turn: Turn, meeting: Meeting) -> list[Meeting]:
    year = meeting.day.year
    found = turn.store.meetings(since=date(year, 1, 1), until=date(year, 12, 31), limit=1000)
    return [other for other in found if other.id != meeting.id]


def _round_of(turn: Turn, meeting: Meeting) -> list[Meeting]:
    if meeting.round is None:
        return []
    return [other for other in _of_year(turn, meeting) if other.round == meeting.round]


def _in_round(turn: Turn, meeting: Meeting) -> str:
    others = [f"{other.body} {dates.say_short(other.day)}" for other in _round_of(turn, meeting)]
    return f" In deze ronde: {', '.join(others)}." if others else ""


def _warnings(turn: Turn, meeting: Meeting, place: Body) -> list[str]:
    """Remarks that stop nothing: short lead times in the round, and too few meetings of the filter (R-039)."""
    found = list(planning.short_leads(meeting.day, place, _round_of(turn, meeting), turn.structure))
    below = turn.structure.below(place)
    if below is not None and below.code == turn.structure.filter.code:
        year = [*_of_year(turn, meeting), meeting]
        lower, here = (sum(one.body == code for one in year) for code in (below.code, place.code))
        found += planning.meets_more_often(lower, here, below, place)
    found += _digest_too_early(turn, [*_of_year(turn, meeting), meeting], meeting)
    return [f"Let op: {text[0].lower()}{text[1:]}" for text in found]


def _digest_too_early(turn: Turn, year: list[Meeting], meeting: Meeting) -> list[str]:
    """The top's digest would leave before the last meeting of the filter that comes before it (digests.md §1.0)."""
    top, low = turn.structure.tiers[-1], turn.structure.filter
    lower = sorted((one for one in year if one.body == low.code), key=lambda one: one.day)
    found: list[str] = []
    for one in year:
        late = planning.filter_after_digest(one, top, lower, turn.structure.calendar) if one.body == top.code else None
        if late is not None and meeting.id in (one.id, late.id):
            days = f"{dates.say_short(one.day)} gaat uit vóór {low.the} van {dates.say_short(late.day)}"
            found.append(f"De digest van {top.the} van {days}.")
    return found


# --- cancelling and holding ------------------------------------------------------------------------------------------
def _cancel(turn: Turn, meeting: Meeting, place: Body, because: str) -> Outcome:
    items = live_items(turn, meeting)
    turn.put(replace(meeting, state=MeetingState.CANCELLED, because=because), because)
    owe_meeting(turn.store, turn.structure, turn.now, replace(meeting, state=MeetingState.CANCELLED), place)
    for item in items:
        turn.put(replace(item, state=ItemState.DROPPED), f"{meeting.id} geannuleerd")
        for signal in signals_of(turn, item):
            if signal.state is SignalState.SCHEDULED:
                back = replace(signal, state=SignalState.HANDLING, changed_at=turn.now)
                save(turn, back, f"{meeting.id} geannuleerd")
    day = dates.say_short(meeting.day)
    text = f"{name_of(meeting)} van {moment_of(meeting)} gaat niet door. Reden: {because.rstrip('.')}."
    turn.announce(place.code, say((Strong(meeting.id), f": {text}")), about=(meeting.id,))
    tell_items(turn, items, f"{place.the} van {day} gaat niet door; het punt ligt weer bij {place.the}.")
    left = sum(m.body == place.code and m.kind is meeting.kind for m in _of_year(turn, meeting))
    warnings = planning.below_minimum(meeting.kind, place, left)
    back_again = f" {len(items)} punten gaan terug." if len(items) > 1 else " 1 punt gaat terug." if items else ""
    return Reply(
        say((Strong(meeting.id), f" ({day}) gaat niet door.{back_again}"), *(f"Let op: {w}" for w in warnings)),
        about=(meeting.id,),
        deed=f"{meeting.id} geannuleerd",
    )


def _held(turn: Turn, meeting: Meeting) -> Outcome:
    if meeting.state not in planning.AHEAD:
        return Refused(f"{meeting.id} is {meeting.state}.", code="E12")
    if meeting.day > turn.today:
        return Refused(f"{meeting.id} is pas op {moment_of(meeting)}.", code="E12")
    turn.put(replace(meeting, state=MeetingState.HELD), "gehouden")
    owe_meeting(
        turn.store, turn.structure, turn.now, replace(meeting, state=MeetingState.HELD), turn.need_body(meeting.body)
    )
    return Reply(
        say((Strong(meeting.id), f" ({dates.say_short(meeting.day)}) is gehouden.")),
        about=(meeting.id,),
        deed=f"{meeting.id} gehouden",
    )


# --- the year --------------------------------------------------------------------------------------------------------
def _year(turn: Turn, place: Body) -> Outcome:
    if turn.person.external and not may_see_body(turn.viewer, place, turn.structure):
        return Refused(EXTERNAL_REFUSED, code="E16")
    found = turn.store.meetings(body=place.code, since=date(turn.today.year, 1, 1), limit=100)
    if not found:
        return Reply(say(f"Er is geen {place.code} gepland."))
    lines: list[Line] = [_meeting_line(turn, meeting, place) for meeting in found]
    heading = Heading(f"Planning {place.code} {turn.today.year}")
    message = Message((heading, listing(lines)))
    missing: list[str] = []
    for kind, wanted in (
        (MeetingKind.REGULAR, place.regular_per_year),
        (MeetingKind.REFLECTION, place.reflection_per_year),
    ):
        have = sum(m.kind is kind and m.day.year == turn.today.year for m in found)
        if wanted and have < wanted:
            missing.append(f"{wanted - have} {kind}")
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
