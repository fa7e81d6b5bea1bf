"""The participants' version of the digest for each kind of meeting, told by place in the structure, never by code."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.evaluation_plan import coming
from commands.kit.register import FORMAL_KINDS, Register
from commands.kit.reply import Block, Line, Message, Strong, Text
from commands.moments import digest_commitments as commitments
from commands.moments import digest_parts as parts
from commands.moments import digest_stage as stage
from commands.moments import digest_upper as upper
from commands.moments.digest_frame import foot, head, lead
from commands.moments.digest_layout import Section, lay_out
from commands.moments.digest_letting_go import letting_go_section
from commands.moments.digest_parts import Facts
from commands.rules.timing import papers_day
from commands.words.meeting import AgendaItem, Meeting, MeetingKind
from commands.words.signal import SignalState, Track
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

#: What a room in which externals read along is told.
OUTSIDERS = "In dit kanaal lezen leden van buiten de overheid mee."


def participants(register: Register, body: Body, meeting: Meeting | None) -> Message:
    """What the body reads in its room before a meeting; without one, how things stand today."""
    facts = Facts(register, body, meeting)
    if meeting is not None and meeting.kind is MeetingKind.REFLECTION and not body.with_externals:
        return upper.reflection(facts)
    if body.is_group:
        return _group(facts)
    if body.with_externals:
        return _reduced(facts)
    if body.code == register.structure.filter.code:
        return _filter(facts)
    if register.structure.above(body) is None:
        return upper.top(facts)
    return upper.middle(facts)


# --- the filter ------------------------------------------------------------------------------------------------------
def _filter(facts: Facts) -> Message:
    above = facts.structure.above(facts.body)
    waiting = len(parts.to_weigh(facts)) + sum(s.state is SignalState.SUBMITTED for s in parts.floating(facts))
    weigh = f" Te wegen: {waiting} {'signaal' if waiting == 1 else 'signalen'}." if waiting else ""
    tasks = f"Opdrachten van {above.the}" if above else ""
    sections = [
        *parts.agenda_sections(facts, full=False, most=lead(facts).items),
        commitments.written_section(facts),
        commitments.consultation_section(facts),
        parts.floating_section(facts),
        parts.to_weigh_section(facts),
        *parts.action_sections(facts),
        _to_do(facts),
        parts.groups_section(facts),
        parts.tasks_section(facts, above, facts.body, tasks),
        parts.region_section(facts),
        commitments.brought_section(facts),
        stage.successes_section(facts),
        letting_go_section(facts),
        parts.ahead_section(facts, [above] if above else [], "Vooruit", on_way=True),
    ]
    return lay_out(head(facts, parts.headline(facts) + weigh), sections, foot(facts), lead(facts).words)


def _to_do(facts: Facts) -> Section:
    """What raisers still have to hear, and what was decided without saying how one sees that it works."""
    feedback = parts.feedback_section(facts)
    return Section(
        "Nog te doen",
        (*feedback.entries, *commitments.unmeasured_lines(facts), *commitments.without_outcome(facts)),
        more="punten",
    )


# --- where outsiders read along --------------------------------------------------------------------------------------
def _reduced(facts: Facts) -> Message:
    """A fixed body in whose room people from outside read: which points, how long, whose action. No positions, nothing
    that is asked or prepared for another tier (INV-39, digests.md §1.0)."""
    numbers = tuple(item.number for item in facts.items)
    points = tuple(_bare(item) for item in facts.items)
    late, moving, done = parts.action_sections(facts)
    sections = [Section("", points, numbers=numbers, more="punten", most=lead(facts).items), late, moving, done]
    closing: list[Block] = [Text(OUTSIDERS), *foot(facts)]
    return lay_out(head(facts, parts.headline(facts)), sections, closing, lead(facts).words)


def _bare(item: AgendaItem) -> tuple[Line, ...]:
    ids = f" ({', '.join(item.signals)})" if item.signals else ""
    time = f" ({item.minutes} min)" if item.minutes else ""
    return ((Strong(item.title), f"{ids} · {'hamerstuk' if item.hammer else f'ter {item.nature}'}.{time}"),)


# --- groups ----------------------------------------------------------------------------------------------------------
def _group(facts: Facts) -> Message:
    """The reduced version: outsiders may read along, so nothing of the fixed bodies stands in it (INV-39)."""
    group = facts.store.get(Workgroup, facts.body.code)
    closing: list[Block] = []
    if group is not None:
        parent = facts.register.need_body(group.parent)
        following = facts.register.next_meeting(parent.code, kinds=FORMAL_KINDS, after=facts.today)
        if following is not None:
            papers = facts.said(papers_day(following, parent, facts.structure.calendar))
            closing.append(Text(f"Terugkoppeling aan {parent.the}: uiterlijk {papers}."))
        if group.with_externals:
            closing.append(Text(OUTSIDERS))
    opening = head(facts, parts.headline(facts))
    if group is not None:
        opening += [
            Text((Strong("Onze opdracht: "), group.task or "nog niet vastgelegd.")),
            Text(_group_end(facts, group)),
        ]
    numbers = tuple(item.number for item in facts.items)
    sections = [
        Section(
            "", tuple(_for_group(item) for item in facts.items), numbers=numbers, more="punten", most=lead(facts).items
        ),
        *_progress(facts, group),
    ]
    return lay_out(opening, sections, closing, lead(facts).words)


def _for_group(item: AgendaItem) -> tuple[Line, ...]:
    """Flat, in its own order: a group's agenda is short (digests.md §1.5)."""
    ids = f" ({', '.join(item.signals)})" if item.signals else ""
    more = " ".join(parts.sentence(text) for text in (item.main_line, item.ask) if text and text != item.title)
    return ((Strong(item.title), f"{ids} · ter {item.nature}.{f' {more}' if more else ''}"),)


def _progress(facts: Facts, group: Workgroup | None) -> list[Section]:
    """A group reads its actions; a programme what is concrete in one line, and what is in motion (R-157)."""
    late, moving, done = parts.action_sections(facts)
    if group is None or not group.is_programme:
        return [late, moving, done]
    n, m = len(done.entries), parts.open_actions(facts)
    concrete = f"{m} {'actie' if m == 1 else 'acties'} open, {n} afgerond sinds de vorige keer."
    return [Section("Concreet", ((concrete,),)), replace(moving, most=2), stage.successes_section(facts), late]


def _group_end(facts: Facts, group: Workgroup) -> str:
    day = facts.meeting.day if facts.meeting else facts.today
    left = (group.end - day).days
    after = " na dit overleg" if facts.meeting else ""
    days = "1 dag" if left == 1 else f"{left} dagen"
    end = (
        f"Einddatum: {facts.said(group.end)}, nog {days}{after}."
        if left >= 0
        else f"Einddatum was {facts.said(group.end)}."
    )
    if evaluations := coming(facts.store, group):
        encourage = group.track is Track.ENCOURAGE
        end += f" {'Samen achteromkijken:' if encourage else 'Evaluatie: uiterlijk'} {facts.said(evaluations[0])}."
    return end
