"""The digests above the filter: the tiers in between (DO), their reflection meeting, and the top (BO)."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from commands.kit import dates
from commands.kit.planned import signals_of
from commands.kit.reply import Line, Message, Strong, Text
from commands.moments import digest_commitments as commitments
from commands.moments import digest_parts as parts
from commands.moments.digest_evaluations import evaluations_section
from commands.moments.digest_frame import capital, foot, head, in_words, lead, listed
from commands.moments.digest_layout import Section, lay_out, words_of
from commands.moments.digest_parts import ALL, Facts
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.proposal import ProposalKind
from commands.words.signal import OPEN_STATES, Horizon, Signal, SignalState, Track
from commands.words.structure import Body
from commands.words.workgroup import GroupState

#: A topic that more parties than one bring in is a pattern (digests.md §1.3).
PARTIES_OF_A_PATTERN = 2
#: The most words of one point of the top (digests.md §1.0).
WORDS_PER_POINT = 60


# --- the tiers in between --------------------------------------------------------------------------------------------
def middle(facts: Facts) -> Message:
    """One main line, one choice, one decision asked for each point; what may go up, and what stays below."""
    above, below = facts.structure.above(facts.body), facts.structure.below(facts.body)
    ask = parts.headline(facts) + _meant_for(facts, above)
    sections = [
        *parts.agenda_sections(facts, full=True, most=lead(facts).items),
        commitments.written_section(facts),
        commitments.consultation_section(facts),
        _upward(facts, above),
        unplaced(facts),
        _strategy(facts),
        parts.tasks_section(facts, facts.body, below, f"Opdrachten aan {below.the}" if below else ""),
        commitments.agreements_section(facts),
        commitments.brought_section(facts),
        _from_below(facts, below),
        evaluations_section(facts, below),
        parts.ahead_section(facts, [place for place in (above, below) if place], "Vooruit"),
    ]
    return lay_out(head(facts, ask), sections, foot(facts), lead(facts).words)


def _proposed(facts: Facts) -> list[tuple[Signal, str]]:
    """Signals with an open proposal that this body's chair confirms, and its id."""
    found = facts.store.proposals(confirms=facts.body.code)
    signals = [(facts.store.get(Signal, one.about), one.id) for one in found if one.kind is ProposalKind.ESCALATE]
    return [(signal, id) for signal, id in signals if signal is not None]


def _meant_for(facts: Facts, above: Body | None) -> str:
    """ "2 punten zijn bedoeld voor het BO van 16 juni." """
    meeting = parts.next_of(facts, above) if above else None
    n = len({point for signal, _ in _proposed(facts) if (point := facts.point(signal))})
    if above is None or meeting is None or n == 0:
        return ""
    verb = "1 punt is" if n == 1 else f"{n} punten zijn"
    return f" {verb} bedoeld voor {above.the} van {day_only(meeting.day)}."


def day_only(day: date) -> str:
    """ "16 juni": a date within a sentence whose year is clear."""
    return dates.say_day(day, today=day).split(" ", 1)[1]


def _upward(facts: Facts, above: Body | None) -> Section:
    """What is proposed for the tier above and waits for this body's chair."""
    entries: list[tuple[Line, ...]] = []
    for signal, id in _proposed(facts) if above else ():
        line = f" {signal.title}{facts.point(signal)}. {id} wacht op de voorzitter."
        entries.append(((Strong(signal.id), line),))
    return Section(f"Door naar {above.the}?" if above else "", tuple(entries), more="voorstellen")


def unplaced(facts: Facts) -> Section:
    """Signals that lie here without a place on this agenda."""
    found = facts.signals((SignalState.HANDLING, SignalState.SCHEDULED), lies_with=facts.body.code)
    entries: list[tuple[Line, ...]] = [
        ((Strong(signal.id), f" {signal.title} · {signal.on_behalf_of}"),)
        for signal in found
        if not facts.point(signal)
    ]
    whose = "bij u" if facts.body.address == "u" else "bij ons"
    return Section(f"Ligt {whose}, niet op deze agenda", tuple(entries), more="signalen")


def _strategy(facts: Facts) -> Section:
    """Which points are about the long run, next to those about today (R-025)."""
    strategic = [f"punt {item.number}" for item in facts.items if item.horizon is Horizon.STRATEGY]
    if not strategic or len(strategic) == len(facts.items):
        return Section("")
    verb = "gaat" if len(strategic) == 1 else "gaan"
    return Section("Strategie", ((f"{capital(listed(strategic))} {verb} over strategie.",),))


def _from_below(facts: Facts, below: Body | None) -> Section:
    """R-053: what the filter did this year and settled by itself, so that its mandate stays visible."""
    if below is None:
        return Section("")
    lines = [(line,) for line in (_year_below(facts, below), *_ended_groups(facts, below)) if line]
    return Section(f"Van {below.the}", (*lines, *_settled(facts, below)), more="regels")


def _year_below(facts: Facts, below: Body) -> str:
    year = facts.store.signals(states=tuple(SignalState), filed_since=commitments.since_new_year(facts), limit=ALL)
    merged = sum(one.state is SignalState.MERGED for one in year)
    distinct = [one for one in year if one.state not in (SignalState.MERGED, SignalState.WITHDRAWN)]
    if not distinct:
        return ""
    many = "1 signaal" if len(distinct) == 1 else f"{len(distinct)} verschillende signalen"
    joined = ""
    if merged:
        joined = "; 1 dubbel is samengevoegd" if merged == 1 else f"; {merged} dubbele zijn samengevoegd"
    counts = (
        (sum(one.state in (SignalState.SETTLED, SignalState.CLOSED) for one in distinct), "afgehandeld", "afgehandeld"),
        (sum(one.lies_with == facts.body.code and one.state in OPEN_STATES for one in distinct), *_lies(facts)),
        (
            sum(one.state in (SignalState.SUBMITTED, SignalState.HELD) for one in distinct),
            "heeft nog geen plek",
            "hebben nog geen plek",
        ),
    )
    told = [f"{n} {one if n == 1 else more}" for n, one, more in counts if n]
    rest = f" {capital(', '.join(told))}." if told else ""
    return f"{many} dit jaar{joined}.{rest}"


def _lies(facts: Facts) -> tuple[str, str]:
    whose = "bij u" if facts.body.address == "u" else "bij ons"
    return f"ligt {whose}", f"liggen {whose}"


def _ended_groups(facts: Facts, below: Body) -> list[str]:
    found = [group for group in facts.store.groups(states=(GroupState.LAPSED,)) if group.parent == below.code]
    return [
        f"{group.code} gaat door na {day_only(group.end)}. {below.capital} kiest welke vorm past."
        if group.track is Track.ENCOURAGE
        else f"{group.code} is over de einddatum ({day_only(group.end)}). {below.capital} besluit hierover."
        for group in found
    ]


def _settled(facts: Facts, below: Body) -> list[tuple[Line, ...]]:
    since, previous = (
        facts.since,
        f"sinds {facts.body.called(f'vorige {facts.body.code}')}" if facts.previous else "tot nu toe",
    )
    settled = [
        signal
        for signal in facts.store.signals(
            owner=below.code, states=(SignalState.SETTLED, SignalState.CLOSED), settled_since=since, limit=ALL
        )
        if signal.settled_at is not None
        and any(row.to_state.startswith(SignalState.SETTLED) for row in facts.store.history(signal.id))
    ]
    if not settled:
        return []
    lines: list[tuple[Line, ...]] = [(f"Zelfstandig afgehandeld {previous}: {len(settled)}.",)]
    return lines + [((Strong(one.id), f" {one.title}: {one.outcome}"),) for one in settled if not one.sensitive]


# --- the top ---------------------------------------------------------------------------------------------------------
def top(facts: Facts) -> Message:
    """For each point the decision asked, what happens without it, and where each party stands. One page."""
    below = facts.structure.below(facts.body)
    decide = [item for item in facts.items if item.nature is Nature.DECIDE]
    others = [item for item in facts.items if item.nature is not Nature.DECIDE]
    sections = [
        Section(
            "", tuple(_for_top(facts, one) for one in decide), keep=True, numbers=tuple(one.number for one in decide)
        ),
        Section(
            "",
            tuple(_for_top(facts, one) for one in others),
            most=max(0, lead(facts).items - len(decide)),
            numbers=tuple(one.number for one in others),
            more="punten",
        ),
        commitments.written_section(facts),
        commitments.consultation_section(facts),
        unplaced(facts),
        commitments.agreements_section(facts),
        commitments.brought_section(facts),
        commitments.evaluation_section(facts),
        parts.ahead_section(facts, [place for place in (below, facts.body) if place], "Hierna"),
    ]
    u = facts.body.address == "u"
    closing = f"Besluiten {'neemt u' if u else 'nemen we'} in de vergadering; dit bericht is een samenvatting."
    ask = parts.headline(facts) + _all_prepared(facts, below)
    return lay_out(head(facts, ask), sections, [Text(closing), *foot(facts)], lead(facts).words)


def _all_prepared(facts: Facts, below: Body | None) -> str:
    """ "Alle punten zijn in het DO van 25 mei voorbereid." """
    if below is None or not facts.items or not all(_prepared(facts, item, below) for item in facts.items):
        return ""
    days = {day for item in facts.items for day in _treated_on(facts, item, below)}
    when = f" van {day_only(days.pop())}" if len(days) == 1 else ""
    return f" Alle punten zijn in {below.the}{when} voorbereid."


def _prepared(facts: Facts, item: AgendaItem, below: Body) -> bool:
    signals = signals_of(facts.register, item)
    return bool(_treated_on(facts, item, below)) or (
        bool(signals) and all(below.code in signal.passed for signal in signals)
    )


def _treated_on(facts: Facts, item: AgendaItem, below: Body) -> set[date]:
    """The days on which the tier below treated it."""
    earlier = [facts.store.get(AgendaItem, item.previous)] if item.previous else []
    earlier += [one for id in item.signals for one in facts.store.items(signal=id)]
    days: set[date] = set()
    for one in earlier:
        meeting = facts.store.get(Meeting, one.meeting) if one and one.state is ItemState.TREATED else None
        if meeting is not None and meeting.body == below.code:
            days.add(meeting.day)
    return days


def _for_top(facts: Facts, item: AgendaItem) -> tuple[Line, ...]:
    """At most 60 words: what happens without a decision gives way first, then the reasons of the parties."""
    ids = f" ({', '.join(item.signals)})" if item.signals else ""
    kind = "hamerstuk" if item.hammer else f"ter {item.nature}"
    title: Line = (Strong(item.title), f"{ids} · {kind}")
    ask = f"Gevraagd besluit: {parts.sentence(item.ask)}" if item.ask else ""
    without = f"Zonder besluit: {parts.sentence(item.without)}" if item.without else ""
    full, short = (commitments.positions(facts, item.stands, reasons=reasons) for reasons in (True, False))
    shapes = ((ask, without, full), (ask, full), (ask, short))
    made = [(title, *(line for line in lines if line)) for lines in shapes]
    return next((lines for lines in made if words_of(lines) <= WORDS_PER_POINT), made[-1])


# --- reflection ------------------------------------------------------------------------------------------------------
def reflection(facts: Facts) -> Message:
    """Questions and patterns: no action list, no dates that passed, no papers for the tier above (R-035)."""
    n = len(facts.items)
    many = "Eén vraag" if n == 1 else f"{capital(in_words(n))} vragen" if n else "Nog geen vragen"
    ask = f"{many}, geen besluiten over lopende zaken. Actualiteit staat niet op de agenda."
    entries = tuple(_question(facts, item) for item in facts.items)
    numbers = tuple(item.number for item in facts.items)
    u = facts.body.address == "u"
    half_hour = "Laatste half uur: hoe werkt dit overleg voor ieder van ons? Proces, inhoud, relatie."
    sections = [
        Section("", entries, most=lead(facts).items, numbers=numbers, more="vragen", keep=True),
        Section("Wat we dit jaar zien", _this_year(facts)),
        Section("Samenwerking", ((half_hour,),), keep=True),
    ]
    own, need = ("uw", "U hoeft") if u else ("je", "Je hoeft")
    bring = f"Meenemen: één voorbeeld uit {own} eigen praktijk. {need} niets voor te bereiden op papier."
    return lay_out(head(facts, ask), sections, [Text(bring), *foot(facts)], lead(facts).words)


def _question(facts: Facts, item: AgendaItem) -> tuple[Line, ...]:
    lines: list[Line] = [(Strong(item.title),)]
    lines += [parts.sentence(text) for text in (item.main_line, item.choice) if text and text != item.title]
    signals = signals_of(facts.register, item)
    if signals:
        named = [f"{one.id} ({parts.with_others(parts.parties_of(facts, [one]))})" for one in signals]
        lines.append(f"Uit: {', '.join(named)}")
    return tuple(lines)


def _this_year(facts: Facts) -> tuple[tuple[Line, ...], ...]:
    gone = (SignalState.MERGED, SignalState.WITHDRAWN)
    states = tuple(state for state in SignalState if state not in gone)
    year = facts.store.signals(states=states, filed_since=commitments.since_new_year(facts), limit=ALL)
    if not year:
        return ()
    strategy = sum(signal.horizon is Horizon.STRATEGY for signal in year)
    current = sum(signal.horizon is Horizon.CURRENT for signal in year)
    total = "1 signaal" if len(year) == 1 else f"{len(year)} verschillende signalen"
    rest = len(year) - strategy - current
    open_ones = f", {rest} nog niet gewogen" if rest else ""
    lines: list[tuple[Line, ...]] = [(f"{total}: {strategy} over strategie, {current} over actualiteit{open_ones}.",)]
    patterns = [topic for topic, found in topics_of(facts, year).items() if len(found) >= PARTIES_OF_A_PATTERN]
    if patterns:
        verb = "komt" if len(patterns) == 1 else "komen"
        lines.append((f"{capital(listed(patterns))} {verb} bij meer dan één partij terug.",))
    return tuple(lines)


def topics_of(facts: Facts, signals: tuple[Signal, ...]) -> dict[str, list[str]]:
    """The parties that bring in each topic, those of merged signals included; by topic, in the order they came up."""
    found: dict[str, list[str]] = defaultdict(list)
    for signal in signals:
        for party in parts.parties_of(facts, [signal]) if signal.topic and not signal.sensitive else ():
            if party not in found[signal.topic or ""]:
                found[signal.topic or ""].append(party)
    return found
