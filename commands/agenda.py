"""!agenda: what is on the agenda of the next meeting; the chair fixes it (C26, V2, R-025, R-026)."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import replace
from enum import StrEnum
from itertools import groupby
from typing import Annotated

from commands.kit import dates
from commands.kit.agendas import may_keep
from commands.kit.arguments import Deadline
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.chat_rooms import as_read
from commands.kit.declare import EVERYONE, About, command
from commands.kit.dialogue import not_read
from commands.kit.files import Document, Link
from commands.kit.forwarding import PRINTED_WORDS, Printed, links, printed
from commands.kit.planned import live_items, moment_of, name_of, signals_of
from commands.kit.ports import Option
from commands.kit.register import FORMAL_KINDS
from commands.kit.reply import Block, Heading, Line, Listing, Message, Strong, Text, flat, listing, say
from commands.kit.signals import leads
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.moments.digest_commitments import consultation_section, positions, written_section
from commands.moments.digest_layout import numbered
from commands.moments.digest_parts import Facts
from commands.rules import agenda as rules
from commands.rules import points
from commands.rules.planning import AHEAD
from commands.rules.timing import papers_day
from commands.rules.visibility import may_see_body, may_see_signal, room_may_see_signal
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused


class Act(StrEnum):
    FIX = "vaststellen"
    FIX_ANYWAY = "toch vaststellen"
    ORDER = "volgorde"


ACT_WORDS = {"vast": "vaststellen", "toch vast": "toch vaststellen", "op volgorde": "volgorde"}


@command(
    "agenda",
    aliases=("agendas",),
    help="Bekijk de agenda van het volgende overleg, zet de punten op volgorde of stel hem vast.",
    example="!agenda DO",
    who=EVERYONE,
    menu=True,
)
def agenda(
    turn: Turn,
    act: Annotated[Act | None, About("vaststellen of volgorde", "opdracht", synonyms=ACT_WORDS)] = None,
    body: Annotated[Body | None, About("welk overleg", "gremium", words=("van", "voor"), bare=True)] = None,
    meeting: Annotated[Meeting | None, About("welke vergadering", "id")] = None,
    day: Annotated[Deadline | None, About("de dag", "datum", words=("op",), trailing=True)] = None,
    as_file: Annotated[
        Printed | None, About("als bestand: odt, pdf of tekst", "als", words=("als",), synonyms=PRINTED_WORDS)
    ] = None,
    order: Annotated[
        str | None, About("de nummers in de nieuwe volgorde; zonder nummers de gebruikelijke", "nummers", rest=True)
    ] = None,
    anyway: Annotated[bool | None, About("vaststellen", "toch")] = None,
) -> Outcome:
    stray = not_read(agenda, order) if act is not Act.ORDER else None
    if stray is not None:
        return stray
    place = turn.body(meeting.body) if meeting else body or turn.room or _own(turn)
    if place is None:
        return Ask("body", "Van welk overleg?", tuple(Option(b.code, b.code) for b in turn.structure.tiers))
    chosen = meeting or _next(turn, place, day)
    if chosen is None:
        when = f" op {dates.say_short(day)}" if day else ""
        return Refused(f"Er is geen {place.sitting} gepland{when}. Kijk bij !vergadering.", code="E03")
    if act in (Act.FIX, Act.FIX_ANYWAY):
        return _fix(turn, chosen, place, bool(anyway) or act is Act.FIX_ANYWAY)
    if act is Act.ORDER:
        return _order(turn, chosen, place, order or "")
    return _printed(turn, chosen, place, as_file) if as_file else _show(turn, chosen, place)


def _own(turn: Turn) -> Body | None:
    """In the private chat: the body of the person, when there is just one."""
    codes = {role.body for role in turn.roles}
    return turn.body(codes.pop()) if len(codes) == 1 else None


def _next(turn: Turn, place: Body, day: Deadline | None) -> Meeting | None:
    found = [m for m in turn.store.meetings(body=place.code, since=turn.today) if m.state in AHEAD]
    if day is not None:
        found = [meeting for meeting in found if meeting.day == day]
    return found[0] if found else None


# --- showing ---------------------------------------------------------------------------------------------------------
def _show(turn: Turn, meeting: Meeting, place: Body) -> Outcome:
    """Outside the body's own room the answer goes to the person alone, and holds what that person may see (INV-39)."""
    if turn.person.external and not may_see_body(turn.viewer, place, turn.structure):
        return Refused(EXTERNAL_REFUSED, code="E16")
    read = as_read(turn, place) if turn.room is not None and turn.room.code == place.code else place
    items = [item for item in live_items(turn, meeting) if _seen(turn, item, read)]
    treated = [one for one in turn.store.items(meeting=meeting.id) if one.state is ItemState.TREATED]
    treated = [item for item in treated if _seen(turn, item, read)]
    fixed = ", vastgesteld" if meeting.state is MeetingState.FIXED else ""
    heading = Heading(f"Agenda {name_of(meeting)} · {moment_of(meeting)}{fixed}", level=1)
    outside = read.with_externals or turn.person.external
    facts = Facts(turn, replace(read, with_externals=outside), meeting)
    lines: dict[str, tuple[Line, ...]] = {}
    for item in items:
        prepared = () if outside and not place.is_group else _prepared(item)
        stand = positions(facts, item.stands)
        lines[item.id] = (_line(item), *prepared, *((stand,) if stand else ()))
    nothing = "Alle punten zijn behandeld." if treated else "Er staat nog niets op."
    message = Message((heading, *_listed(items, lines))) if lines else Message((heading,)) + say(nothing)
    if lines:
        scheduled = [item for item in items if item.state is ItemState.SCHEDULED]
        message += say(_sum(scheduled))
        lacking = rules.incomplete(items)
        if lacking:
            message += say(f"Nog niet compleet: {', '.join(lacking)}.")
    if treated:
        done = {item.id: (_done(item),) for item in treated}
        message += Message((Heading("Behandeld", level=2), *_listed(treated, done)))
    for section in (written_section(facts), consultation_section(facts)):
        if section.entries and may_see_body(turn.viewer, place, turn.structure):
            message += Message((Heading(section.heading, level=2), listing([list(lines) for lines in section.entries])))
    papers = papers_day(meeting, place, turn.structure.calendar)
    message += say(f"Stukken uiterlijk {dates.say_short(papers)}.")
    private = turn.room is not None and turn.room.code != place.code
    return Reply(message, about=(meeting.id, *(item.id for item in items)), private=private)


def _listed(items: Sequence[AgendaItem], lines: Mapping[str, tuple[Line, ...]]) -> list[Block]:
    """The points under their own numbers, and in their place those that are only proposed, which have none."""
    blocks: list[Block] = []
    for proposed, run in groupby(items, key=lambda item: item.state is ItemState.PROPOSED):
        points = list(run)
        entries = [lines[item.id] for item in points]
        blocks += [Listing(tuple(entries))] if proposed else numbered(entries, [item.number for item in points])
    return blocks


def _printed(turn: Turn, meeting: Meeting, place: Body, form: Printed) -> Outcome:
    """The same agenda on paper, in private, with the papers to click on; what is only proposed is left out."""
    if turn.person.external and not may_see_body(turn.viewer, place, turn.structure):
        return Refused(EXTERNAL_REFUSED, code="E16")
    listed = (ItemState.SCHEDULED, ItemState.TREATED)
    items = [item for item in turn.store.items(meeting=meeting.id) if item.state in listed]
    items = [item for item in items if _seen(turn, item, place)]
    if not items:
        return Refused(f"Er staat nog niets op de agenda van {place.the}. Zet er iets op met !agendeer.", code="V2")
    papers = papers_day(meeting, place, turn.structure.calendar)
    parts: list[Block | Link] = [Text(f"Stukken uiterlijk {dates.say_day(papers)}.")]
    for item in items:
        texts = [_line(item), *_prepared(replace(item, papers=()))]
        first = flat(texts[0]).removeprefix(item.title)
        unlinked = [paper for paper in item.papers if paper not in {link.address for link in links(item.papers)}]
        noted: list[Line] = [f"Stukken: {', '.join(unlinked)}"] if unlinked else []
        lines = ((Strong(item.title), first), *texts[1:], *noted)
        parts += [Listing((lines,), ordered=True, start=item.number), *links(item.papers)]
    fixed = "" if meeting.state is MeetingState.FIXED else " (concept)"
    document = Document(f"Agenda {name_of(meeting)} · {moment_of(meeting)}{fixed}", tuple(parts))
    file = printed(document, f"agenda-{place.code.casefold()}-{meeting.day}", form)
    return Reply(say(f"Hierbij de agenda van {place.the}."), about=(meeting.id,), files=(file,), private=True)


def _seen(turn: Turn, item: AgendaItem, place: Body) -> bool:
    signals = signals_of(turn, item)
    if turn.room is not None and turn.room.code == place.code:
        return all(room_may_see_signal(place, signal) for signal in signals)
    if not may_see_body(turn.viewer, place, turn.structure):
        own = item.raiser == turn.person.id
        return own or (bool(signals) and all(may_see_signal(turn.viewer, signal) for signal in signals))
    return not turn.person.external or all(may_see_signal(turn.viewer, signal) for signal in signals)


def _line(item: AgendaItem) -> Line:
    ids = f" · {', '.join(item.signals)}" if item.signals else ""
    time = f" · {item.minutes} minuten" if item.minutes else ""
    times = (
        f" · {item.moved_on} keer doorgeschoven" if item.moved_on > 1 else " · doorgeschoven" if item.moved_on else ""
    )
    kind = "hamerstuk" if item.hammer else f"ter {item.nature}"
    state = f" · voorgesteld ({item.id})" if item.state is ItemState.PROPOSED else ""
    interest = f" · belang: {item.interest}" if item.interest else ""
    rest = f"{ids} · {item.on_behalf_of} · {kind} · {item.horizon}{interest}{time}{times}{state}"
    return (Strong(item.title), rest)


def _done(item: AgendaItem) -> Line:
    """What came of a point while the meeting goes on; what was decided stands in !verslag."""
    return (Strong(item.title), f" · {item.outcome}")


def _prepared(item: AgendaItem) -> tuple[Line, ...]:
    """What is asked, what was settled beforehand and the papers; a fixed body keeps these from outsiders (§1.0)."""
    parts = (("Gevraagd", item.ask), ("Vooraf", item.beforehand), ("Stukken", ", ".join(item.papers)))
    return tuple(f"{name}: {text}" for name, text in parts if text)


def _sum(items: list[AgendaItem]) -> str:
    balance = rules.balance_of(items)
    many = "1 punt" if balance.items == 1 else f"{balance.items} punten"
    time = f", {balance.minutes} minuten" if balance.minutes else ""
    share = f"; strategie {balance.strategy}%, actualiteit {100 - balance.strategy}%" if items else ""
    return f"{many}{time}{share}."


def _one_topic(turn: Turn, meeting: Meeting, place: Body) -> tuple[str, ...]:
    """R-028."""
    found = turn.store.meetings(body=place.code, until=meeting.day, kinds=FORMAL_KINDS, limit=1000)
    counted = (*rules.LIVE, ItemState.TREATED)
    last = found[-turn.thresholds.topic_meetings :]
    agendas = [[one for one in turn.store.items(meeting=each.id) if one.state in counted] for each in last]
    heavy = rules.concentration(agendas, turn.thresholds.topic_share)
    return (f"{heavy[1]}% van de laatste {len(last)} agenda's gaat over {heavy[0]}.",) if heavy else ()


# --- order -----------------------------------------------------------------------------------------------------------
def _order(turn: Turn, meeting: Meeting, place: Body, typed: str) -> Outcome:
    """digests.md §3.2: as typed, or hammer items before discussion, then what is only to be noted."""
    verdict = may_keep(turn, place, "de volgorde bepalen")
    if isinstance(verdict, Refused):
        return verdict
    fixed = rules.still_open(meeting)
    if isinstance(fixed, Refused) and not leads(turn, place):
        return Refused(f"Die agenda staat vast; alleen de voorzitter van {place.the} verandert hem.", code="V2")
    items = live_items(turn, meeting)
    if not items:
        return Refused("Er staat nog niets op deze agenda. Zet er iets op met !agendeer.", code="V2")
    numbers = [int(word) for word in re.findall(r"\d+", typed)]
    ordered = points.in_order(items, numbers) if numbers else points.customary(items)
    if isinstance(ordered, Refused):
        return ordered
    for number, item in enumerate(ordered, 1):
        if item.number != number:
            turn.put(replace(item, number=number), "volgorde")
    shown = _show(turn, meeting, place)
    return replace(shown, deed=f"volgorde van {meeting.id}") if isinstance(shown, Reply) else shown


# --- fixing ----------------------------------------------------------------------------------------------------------
def _fix(turn: Turn, meeting: Meeting, place: Body, anyway: bool) -> Outcome:
    """V2: by the chair; the secretary records it in the meeting. Freezing asks for a *ja* first (dialogue.md 7)."""
    records = turn.holds(RoleName.SECRETARY, place.code) and turn.meets_today(place.code)
    if not (leads(turn, place) or records):
        return Refused(f"Dit mag alleen de voorzitter van {place.the}.", code="E04")
    items = live_items(turn, meeting)
    verdict = rules.may_fix(items, meeting)
    if isinstance(verdict, Refused):
        return verdict
    name = f"{name_of(meeting)} {dates.say_short(meeting.day)}"
    if not anyway:
        warnings = rules.balance_warnings(items, meeting.kind, turn.thresholds.strategy_share)
        warnings += _one_topic(turn, meeting, place)
        noticed = f" Let op: {' '.join(warnings)}" if warnings else ""
        ask = "Toch vaststellen?" if warnings else "Vaststellen?"
        return Refused(f"Agenda {name}: {_sum(items)}{noticed}", Instead("", {"anyway": "ja"}, ask), "R-025")
    chair = turn.person_with(RoleName.CHAIR, place.code)
    why = f"vastgesteld (namens de voorzitter {chair.id})" if records and chair else "vastgesteld"
    turn.put(replace(meeting, state=MeetingState.FIXED), why)
    text = f"De agenda van {place.the} van {dates.say_short(meeting.day)} staat vast: {_sum(items)}"
    if meeting.kind in FORMAL_KINDS:
        turn.announce(place.code, say(text), about=(meeting.id,), until=meeting.day)
    return Reply(say(text), about=(meeting.id,), deed=f"agenda {meeting.id} vastgesteld")
