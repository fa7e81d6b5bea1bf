"""The participants' version of the digest for each kind of meeting, told by place in the structure, never by code."""

from __future__ import annotations

from datetime import date, datetime, time

from commands.kit import dates
from commands.kit.planned import hours, signals_of
from commands.kit.register import FORMAL_KINDS, Register
from commands.kit.reply import Block, Code, Heading, Line, Message, Strong, Text
from commands.moments import digest_parts as parts
from commands.moments.digest_layout import Section, lay_out
from commands.moments.digest_parts import ALL, Facts
from commands.rules.timing import lead_of, papers_day
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, Meeting, MeetingKind, Nature
from commands.words.people import RoleName
from commands.words.proposal import ProposalKind
from commands.words.signal import Horizon, Signal, SignalState
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

NO_AGREEMENTS = "Stand afspraken: geen afspraken vastgelegd"


def participants(register: Register, body: Body, meeting: Meeting | None) -> Message:
    """What the body reads in its room before a meeting; without one, how things stand today."""
    facts = Facts(register, body, meeting)
    if meeting is not None and meeting.kind is MeetingKind.REFLECTION:
        return _reflection(facts)
    if body.is_group:
        return _group(facts)
    if body.code == register.structure.filter.code:
        return _filter(facts)
    if register.structure.above(body) is None:
        return _top(facts)
    return _middle(facts)


def _head(facts: Facts, ask: str) -> list[Block]:
    meeting, body, register = facts.meeting, facts.body, facts.register
    now = register.now.astimezone(AMSTERDAM)
    stand = f"Stand: {dates.say_day(facts.today, today=facts.today)}, {now:%H:%M}"
    if meeting is None:
        title = f"{body.code} · stand van {dates.say_day(facts.today)}"
    else:
        title = f"{_title(facts, meeting)} · {dates.say_day(meeting.day)}{hours(meeting.start, meeting.end)}"
    return [Heading(title, level=1), Text(stand), Text((Strong(ask),))]


def _title(facts: Facts, meeting: Meeting) -> str:
    """ "AO 7": the how-manieth regular one of the year; other kinds by their name, groups by theirs."""
    if facts.body.is_group:
        return facts.body.name
    if meeting.kind is not MeetingKind.REGULAR:
        return f"{meeting.body} {meeting.kind}"
    first = date(meeting.day.year, 1, 1)
    found = facts.store.meetings(
        body=meeting.body, since=first, until=meeting.day, kinds=(MeetingKind.REGULAR,), limit=ALL
    )
    return f"{meeting.body} {len(found)}"


def _words(facts: Facts) -> int:
    kind = facts.meeting.kind if facts.meeting else MeetingKind.REGULAR
    return lead_of(facts.body, kind).words


def _most(facts: Facts) -> int:
    kind = facts.meeting.kind if facts.meeting else MeetingKind.REGULAR
    return lead_of(facts.body, kind).items


def _foot(facts: Facts) -> list[Block]:
    """One line: where to correct it."""
    secretary = facts.register.person_with(RoleName.SECRETARY, facts.body.code)
    who = secretary or facts.register.person_with(RoleName.CHAIR, facts.body.code)
    named = f" ({who.label})" if who else ""
    role = "secretaris" if secretary else "voorzitter"
    if facts.body.address == "u":
        return [Text(f"Vragen over de lijst: {role}{named}.")]
    asks: Line = (
        f"Klopt er iets niet? Zeg het de {role}{named}. Een dossier lezen: ",
        Code("!toon"),
        " en het nummer.",
    )
    return [Text(asks)]


# --- the filter ------------------------------------------------------------------------------------------------------
def _filter(facts: Facts) -> Message:
    above = facts.structure.above(facts.body)
    waiting = len(parts.to_weigh(facts)) + sum(s.state is SignalState.SUBMITTED for s in parts.floating(facts))
    weigh = f" Te wegen: {waiting} {'signaal' if waiting == 1 else 'signalen'}." if waiting else ""
    tasks = f"Opdrachten van {above.the}" if above else ""
    sections = [
        *parts.agenda_sections(facts, full=False, most=_most(facts)),
        parts.floating_section(facts),
        parts.to_weigh_section(facts),
        *parts.action_sections(facts),
        parts.feedback_section(facts),
        parts.groups_section(facts),
        parts.tasks_section(facts, above, facts.body, tasks),
        parts.region_section(facts),
        parts.ahead_section(facts, [above] if above else [], "Vooruit"),
    ]
    return lay_out(_head(facts, parts.headline(facts) + weigh), sections, _foot(facts), _words(facts))


# --- the tiers in between --------------------------------------------------------------------------------------------
def _middle(facts: Facts) -> Message:
    above, below = facts.structure.above(facts.body), facts.structure.below(facts.body)
    sections = [
        *parts.agenda_sections(facts, full=True, most=_most(facts)),
        _upward(facts, above),
        _unplaced(facts),
        parts.tasks_section(facts, facts.body, below, f"Opdrachten aan {below.the}" if below else ""),
        Section("", none=NO_AGREEMENTS),
        _settled_below(facts, below),
        parts.ahead_section(facts, [place for place in (above, below) if place], "Vooruit"),
    ]
    return lay_out(_head(facts, parts.headline(facts)), sections, _foot(facts), _words(facts))


def _upward(facts: Facts, above: Body | None) -> Section:
    """What is proposed for the tier above and waits for this body's chair."""
    entries: list[tuple[Line, ...]] = []
    for proposal in facts.store.proposals(confirms=facts.body.code) if above else ():
        signal = facts.store.get(Signal, proposal.about) if proposal.kind is ProposalKind.ESCALATE else None
        if signal is not None:
            line = f" {signal.title}{facts.point(signal)}. {proposal.id} wacht op de voorzitter."
            entries.append(((Strong(signal.id), line),))
    return Section(f"Door naar {above.the}?" if above else "", tuple(entries), more="voorstellen")


def _unplaced(facts: Facts) -> Section:
    """Signals that lie here without a place on this agenda."""
    found = facts.signals((SignalState.HANDLING, SignalState.SCHEDULED), lies_with=facts.body.code)
    entries: list[tuple[Line, ...]] = [
        ((Strong(signal.id), f" {signal.title} · {signal.on_behalf_of}"),)
        for signal in found
        if not facts.point(signal)
    ]
    whose = "bij u" if facts.body.address == "u" else "bij ons"
    return Section(f"Ligt {whose}, niet op deze agenda", tuple(entries), more="signalen")


def _settled_below(facts: Facts, below: Body | None) -> Section:
    """R-053: what the filter settled by itself since the previous time, so that its mandate stays visible."""
    if below is None:
        return Section("")
    since, previous = facts.since, f"sinds het vorige {facts.body.code}" if facts.previous else "tot nu toe"
    settled = [
        signal
        for signal in facts.store.signals(
            owner=below.code, states=(SignalState.SETTLED, SignalState.CLOSED), settled_since=since, limit=ALL
        )
        if signal.settled_at is not None
        and any(row.to_state.startswith(SignalState.SETTLED) for row in facts.store.history(signal.id))
    ]
    lines: list[tuple[Line, ...]] = []
    if settled:
        lines.append((f"Zelfstandig afgehandeld {previous}: {len(settled)}.",))
        lines += [((Strong(one.id), f" {one.title}: {one.outcome}"),) for one in settled if not one.sensitive]
    return Section(f"Van {below.the}", tuple(lines), more="regels")


# --- the top ---------------------------------------------------------------------------------------------------------
def _top(facts: Facts) -> Message:
    below = facts.structure.below(facts.body)
    decide = [item for item in facts.items if item.nature is Nature.DECIDE]
    others = [item for item in facts.items if item.nature is not Nature.DECIDE]
    prepared = below is not None and facts.items and all(_prepared(facts, item, below) for item in facts.items)
    ask = parts.headline(facts) + (f" Alle punten zijn in {below.the} voorbereid." if prepared and below else "")
    sections = [
        Section("", tuple(_for_top(one) for one in decide), keep=True, numbers=tuple(one.number for one in decide)),
        Section(
            "",
            tuple(_for_top(one) for one in others),
            most=max(0, _most(facts) - len(decide)),
            numbers=tuple(one.number for one in others),
            more="punten",
        ),
        _unplaced(facts),
        Section("", none=NO_AGREEMENTS),
        parts.ahead_section(facts, [place for place in (below, facts.body) if place], "Hierna"),
    ]
    closing = "Besluiten neemt u in de vergadering; dit bericht is een samenvatting."
    return lay_out(_head(facts, ask), sections, [Text(closing), *_foot(facts)], _words(facts))


def _prepared(facts: Facts, item: AgendaItem, below: Body) -> bool:
    signals = signals_of(facts.register, item)
    return bool(signals) and all(below.code in signal.passed for signal in signals)


def _for_top(item: AgendaItem) -> tuple[Line, ...]:
    ids = f" ({', '.join(item.signals)})" if item.signals else ""
    lines: list[Line] = [(Strong(item.title), f"{ids} · ter {item.nature}")]
    for name, text in (("Gevraagd besluit", item.ask), ("Zonder besluit", item.without)):
        if text:
            lines.append(f"{name}: {parts.sentence(text)}")
    return tuple(lines)


# --- reflection ------------------------------------------------------------------------------------------------------
def _reflection(facts: Facts) -> Message:
    """No action list, no dates that passed, no papers for the tier above (R-035)."""
    n = len(facts.items)
    many = "1 vraag" if n == 1 else f"{n or 'nog geen'} vragen"
    ask = f"Gevraagd: {many}, geen besluiten over lopende zaken. Actualiteit staat niet op de agenda."
    entries: list[tuple[Line, ...]] = []
    for item in facts.items:
        lines: list[Line] = [(Strong(item.title),)]
        lines += [text for text in (item.main_line, item.choice) if text and text != item.title]
        if item.signals:
            lines.append(f"Uit: {', '.join(item.signals)} ({item.on_behalf_of})")
        entries.append(tuple(lines))
    numbers = tuple(item.number for item in facts.items)
    seen = _this_year(facts)
    sections = [
        Section("", tuple(entries), most=_most(facts), numbers=numbers, more="vragen"),
        Section("Wat we dit jaar zien", seen),
    ]
    return lay_out(_head(facts, ask), sections, _foot(facts), _words(facts))


def _this_year(facts: Facts) -> tuple[tuple[Line, ...], ...]:
    gone = (SignalState.MERGED, SignalState.WITHDRAWN)
    states = tuple(state for state in SignalState if state not in gone)
    first = datetime.combine(date(facts.today.year, 1, 1), time(0), AMSTERDAM)
    year = facts.store.signals(states=states, filed_since=first, limit=ALL)
    if not year:
        return ()
    strategy = sum(signal.horizon is Horizon.STRATEGY for signal in year)
    current = sum(signal.horizon is Horizon.CURRENT for signal in year)
    total = "1 signaal" if len(year) == 1 else f"{len(year)} verschillende signalen"
    rest = len(year) - strategy - current
    open_ones = f", {rest} nog niet gewogen" if rest else ""
    return ((f"{total}: {strategy} over strategie, {current} over actualiteit{open_ones}.",),)


# --- groups ----------------------------------------------------------------------------------------------------------
def _group(facts: Facts) -> Message:
    """The reduced version: outsiders may read along, so nothing of the fixed bodies stands in it (INV-39)."""
    group = facts.store.get(Workgroup, facts.body.code)
    foot: list[Block] = []
    if group is not None:
        parent = facts.register.need_body(group.parent)
        following = facts.register.next_meeting(parent.code, kinds=FORMAL_KINDS, after=facts.today)
        if following is not None:
            papers = facts.said(papers_day(following, parent, facts.structure.calendar))
            foot.append(Text(f"Terugkoppeling aan {parent.the}: uiterlijk {papers}."))
        if group.with_externals:
            foot.append(Text("In dit kanaal lezen leden van buiten de overheid mee."))
    head = _head(facts, parts.headline(facts))
    if group is not None:
        head += [
            Text((Strong("Onze opdracht: "), group.task or "nog niet vastgelegd.")),
            Text(_group_end(facts, group)),
        ]
    sections = [*parts.agenda_sections(facts, full=False, most=_most(facts)), *parts.action_sections(facts)]
    return lay_out(head, sections, foot, _words(facts))


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
    if group.evaluate_by and not group.evaluated_on:
        end += f" Evaluatie: uiterlijk {facts.said(group.evaluate_by)}."
    return end
