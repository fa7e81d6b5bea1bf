"""!structuur: which tables there are, how alive they are, where the holes are, and what changed when (C60, R-007,
R-038, R-084, R-085, R-154)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.chat_rooms import as_read
from commands.kit.connections import has_room, written_to
from commands.kit.decisions import categories
from commands.kit.declare import About, Right, Where, command
from commands.kit.groups import may_see_group
from commands.kit.looking_back import looked_back
from commands.kit.one_discipline import looks_one_way
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import Line, Message, Strong, listing, say
from commands.kit.structure_log import Entry, log
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.balance import is_over
from commands.rules.floating import is_floating
from commands.rules.gaps import gaps_of_group, gaps_of_tier
from commands.rules.visibility import may_see_body, may_see_signal
from commands.words.calendar import AMSTERDAM
from commands.words.evaluation import EvaluationState
from commands.words.meeting import Meeting
from commands.words.minutes import BulletinState
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import RUNNING_STATES, Workgroup

#: So many changes are shown at once.
MOST = 12
MOST_OF_A_PERIOD = 60
ALL = 5000


class View(StrEnum):
    GAPS = "gaten"
    LEAN = "lean"
    LOG = "log"


@command(
    "structuur",
    aliases=("overlegstructuur",),
    help="Toon de overleggen en groepen en hoe het ermee staat, de gaten, de lean-check of wat er veranderde.",
    example="!structuur gaten",
    who=tuple(Right(role, Where.ANY) for role in RoleName if role is not RoleName.OPERATOR),
    otherwise="vraag het de secretaris.",
)
def structuur(
    turn: Turn,
    view: Annotated[
        View | None,
        About(
            "gaten, lean of log",
            "wat",
            synonyms={"gat": "gaten", "lean-check": "lean", "wijzigingen": "log", "geschiedenis": "log"},
        ),
    ] = None,
    period: Annotated[str | None, About("van het log: een jaar of een halfjaar", "periode", rest=True)] = None,
) -> Outcome:
    if turn.person.external:
        return Refused(EXTERNAL_REFUSED, code="E16")
    groups = [group for group in turn.store.groups() if not group.within and may_see_group(turn, group)]
    running = [group for group in groups if group.state in RUNNING_STATES]
    if view is View.LOG:
        return _log(turn, groups, period)
    if period:
        return Refused(f"'{ways.shown(period)}' ken ik niet bij !structuur. Kies uit: gaten, lean, log.", code="E11")
    lines = _SHOWN[view](turn, running)
    head = say(_chain(turn, running), *(["Gaten:" if lines else "Gaten: geen."] if view is View.GAPS else []))
    message = head + Message((listing(lines),)) if lines else head
    return Reply(message, private=_outsiders_read(turn), receipt=False)


def _outsiders_read(turn: Turn) -> bool:
    return turn.room is not None and as_read(turn, turn.room).with_externals


def _chain(turn: Turn, groups: Sequence[Workgroup]) -> str:
    """ "BO (2) › DO (2+1) › AO › 3 werkgroepen, 1 programma." """
    tiers = [f"{body.code}{_often(body)}" for body in reversed(turn.structure.tiers)]
    programmes = sum(group.is_programme for group in groups)
    counts = (
        (len(groups) - programmes, "werkgroep", "werkgroepen"),
        (programmes, "programma", "programma's"),
    )
    told = ", ".join(f"{n} {one if n == 1 else more}" for n, one, more in counts if n)
    return f"{' › '.join([*tiers, told] if told else tiers)}."


def _often(body: Body) -> str:
    """How many meetings a year the structure gives it; nothing where it gives none (G1)."""
    if body.regular_per_year is None:
        return ""
    return f" ({body.regular_per_year}{f'+{body.reflection_per_year}' if body.reflection_per_year else ''})"


# --- how alive (R-084) -----------------------------------------------------------------------------------------------
def _alive(turn: Turn, groups: Sequence[Workgroup]) -> list[Line]:
    tiers = [_tier(turn, body) for body in reversed(turn.structure.tiers)]
    used = [one for one in turn.structure.connections if has_room(turn, one) or written_to(turn, one)]
    return tiers + [_group(turn, group) for group in groups] + [_connection(turn, one) for one in used]


def _connection(turn: Turn, place: Body) -> Line:
    """R-154: when something last went out to it, and last came in from it as far as this person may see."""
    sent = [
        one.released_at.astimezone(AMSTERDAM).date()
        for to in (place.code, place.umbrella)
        if to
        for one in turn.store.bulletins(to=to, states=(BulletinState.SENT,), limit=ALL)
        if one.released_at is not None
    ]
    found = turn.store.signals(filed_since=_midnight(turn.today - timedelta(days=365)), limit=ALL)
    raised = [
        one.filed_at.astimezone(AMSTERDAM).date()
        for one in found
        if one.on_behalf_of == place.code and may_see_signal(turn.viewer, one)
    ]
    out = f"laatste bericht daarheen {dates.say_short(max(sent))}" if sent else "nog geen bericht daarheen"
    back = f"laatste signaal {dates.say_short(max(raised))}" if raised else "geen signaal in het afgelopen jaar"
    return (Strong(place.code), f": {out}; {back}.")


def _tier(turn: Turn, body: Body) -> Line:
    start = turn.today.replace(month=1, day=1)
    held = len(_held(turn, body, start))
    decided = len(turn.store.decisions(body=body.code, made_since=_midnight(start), limit=ALL))
    chair = turn.person_with(RoleName.CHAIR, body.code)
    leads = f"voorzitter {chair.label} ({chair.organisation})" if chair else "nog zonder voorzitter"
    counted = f"{_n(held, 'vergadering', 'vergaderingen')} en {_n(decided, 'besluit', 'besluiten')} dit jaar"
    return (Strong(body.code), f": {leads}; {counted}{_next(turn, body)}.")


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time(0), AMSTERDAM)


def _next(turn: Turn, body: Body) -> str:
    meeting = turn.next_meeting(body.code)
    return f"; volgende {dates.say_short(meeting.day)}" if meeting else "; nog geen volgende gepland"


def _held(turn: Turn, body: Body, since: date) -> list[Meeting]:
    found = turn.store.meetings(body=body.code, since=since, until=turn.today, kinds=FORMAL_KINDS, limit=ALL)
    return [meeting for meeting in found if is_over(meeting, turn.today)]


def _group(turn: Turn, group: Workgroup) -> Line:
    told = (
        f"terugkoppeling {dates.say_short(group.last_feedback)}" if group.last_feedback else "nog geen terugkoppeling"
    )
    evaluated = f"geëvalueerd {dates.say_short(group.evaluated_on)}" if group.evaluated_on else "nog niet geëvalueerd"
    return (Strong(group.code), f": {group.state}, tot en met {dates.say_short(group.end)}; {told}; {evaluated}.")


# --- holes (R-038, R-085) --------------------------------------------------------------------------------------------
def _gaps(turn: Turn, groups: Sequence[Workgroup]) -> list[Line]:
    lines: list[Line] = []
    low = turn.structure.filter
    for body in reversed(turn.structure.tiers):
        held = turn.store.roles(body=body.code, on=turn.today)
        people = {role.person: one for role in held if (one := turn.store.get(Person, role.person)) is not None}
        now = [role for role in held if role.person in people and turn.in_office(people[role.person])]
        found = list(gaps_of_tier(body, now, people, turn.structure, turn.today))
        if body == low and not categories(turn, low):
            found.append("zonder vastgelegd mandaat")
        if found:
            lines.append((Strong(body.code), f": {'; '.join(found)}."))
    for group in groups:
        parent = turn.body(group.parent) or low
        chaired = group.chair is not None or any(
            turn.person_with(role, group.code) for role in (RoleName.CHAIR, RoleName.LEAD)
        )
        home = turn.structure.home_discipline if looks_one_way(turn.store, turn.structure, group) else ""
        if missing := gaps_of_group(group, chaired, _held(turn, parent, group.start), turn.today, home):
            lines.append((Strong(group.code), f": {'; '.join(missing)}."))
    return lines


# --- does it add something (R-022, R-023) ----------------------------------------------------------------------------
def _lean(turn: Turn, groups: Sequence[Workgroup]) -> list[Line]:
    """What each table gave this year, when it was last evaluated, and why there was a meeting more (INV-33)."""
    tiers = [_lean_tier(turn, body) for body in reversed(turn.structure.tiers)]
    values = [f": {group.value.rstrip('.')}" if group.value else " is nog niet vastgelegd" for group in groups]
    return tiers + [
        (Strong(group.code), f": toegevoegde waarde{value}.") for group, value in zip(groups, values, strict=True)
    ]


def _lean_tier(turn: Turn, body: Body) -> Line:
    start = turn.today.replace(month=1, day=1)
    decided = len(turn.store.decisions(body=body.code, made_since=_midnight(start), limit=ALL))
    held = len(_held(turn, body, start))
    given = f"{_n(decided, 'besluit', 'besluiten')} in {_n(held, 'vergadering', 'vergaderingen')} dit jaar"
    done = turn.store.evaluations(about=body.code, states=(EvaluationState.DONE,))
    last = max((one.held_on for one in done if one.held_on), default=None)
    looked = f"geëvalueerd {dates.say_short(last)}" if last else "nog niet geëvalueerd"
    parts = [given, looked]
    if body == turn.structure.filter and may_see_body(turn.viewer, body, turn.structure):
        n = len(_floating(turn))
        parts.append(f"{n or 'geen'} {'zwevend signaal' if n == 1 else 'zwevende signalen'}")
    year = turn.store.meetings(body=body.code, since=start, until=turn.today.replace(month=12, day=31), limit=ALL)
    extra = [f"{dates.say_short(one.day)}, {_why(one.because.rstrip('.'))}" for one in year if one.because]
    more = f" Met een reden gepland: {'; '.join(extra)}." if extra else ""
    return (Strong(body.code), f": {'; '.join(parts)}.{more}")


def _why(because: str) -> str:
    """A reason behind a comma, with the word before it that was not typed."""
    return because if because.casefold().startswith(("omdat ", "want ")) else f"want {because}"


def _floating(turn: Turn) -> list[Signal]:
    found: list[Signal] = []
    for signal in turn.store.signals(states=(SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING), limit=ALL):
        since = signal.filed_at.astimezone(AMSTERDAM).date() + timedelta(days=1)
        meetings = turn.store.meetings(body=turn.structure.filter.code, since=since, limit=1)
        if is_floating(signal, turn.today, meetings, turn.structure):
            found.append(signal)
    return found


_SHOWN = {None: _alive, View.GAPS: _gaps, View.LEAN: _lean}


# --- what changed ----------------------------------------------------------------------------------------------------
def _log(turn: Turn, groups: Sequence[Workgroup], period: str | None) -> Outcome:
    looked = looked_back(period, turn.today) if period else None
    if period and looked is None:
        known = f"{turn.today.year}, vorig jaar of eerste helft {turn.today.year}"
        return Refused(f"'{ways.shown(period)}' ken ik niet als periode. Wel: {known}.", code="E11")
    found = [one for one in log(turn, groups) if looked is None or looked.since <= one.at < looked.until]
    if not found:
        return Reply(say("Er is in deze periode niets veranderd in de structuur."), private=_outsiders_read(turn))
    most = MOST if looked is None else MOST_OF_A_PERIOD
    lines = [_changed(turn, one) for one in found[:most]]
    left = len(found) - most
    you = "ziet u" if turn.formal else "zie je"
    how = f"; met een jaar erbij {you} er meer" if looked is None else ""
    rest = f"En nog {_n(left, 'wijziging', 'wijzigingen')} daarvoor{how}." if left > 0 else ""
    message = say("Wat er in de structuur veranderde, het nieuwste eerst:") + Message((listing(lines),)) + say(rest)
    return Reply(message, private=_outsiders_read(turn), receipt=False)


def _changed(turn: Turn, one: Entry) -> str:
    day = dates.say_short(one.at.astimezone(AMSTERDAM).date())
    who = "de beheerder" if one.by == "beheerder" else turn.person_named(one.by)
    why = f" Reden: {one.why.rstrip('.')}." if one.why and one.why not in one.what else ""
    return f"{day}, {who}: {one.what}.{why}"


def _n(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {more}"
