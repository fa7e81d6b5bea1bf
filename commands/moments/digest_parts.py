"""What stands in the digests: each function looks one thing up and gives one section (digests.md §1.1-§1.5)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from commands.kit import dates
from commands.kit.planned import name_of, signals_of
from commands.kit.register import FORMAL_KINDS, Register
from commands.kit.reply import Line, Strong
from commands.moments.digest_layout import Section
from commands.rules import group_life
from commands.rules.agenda import LIVE, balance_of
from commands.rules.floating import age_in_days, is_floating
from commands.rules.groups import midterm_day
from commands.rules.initiatives import authorities_first, is_of_authority, signals_in_order
from commands.rules.planning import AHEAD
from commands.rules.programmes import lists_overdue
from commands.rules.timing import at_sending_time, digest_day, papers_day
from commands.rules.visibility import room_may_see_signal
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem, ItemState, Meeting, MeetingKind, Nature
from commands.words.proposal import ProposalKind
from commands.words.signal import OPEN_STATES, Signal, SignalState, Track
from commands.words.structure import Body
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

#: More than any register of this kind holds open at one time.
ALL = 5000


class Facts:
    """The register as one body sees it just before one meeting (None: no meeting is planned)."""

    def __init__(self, register: Register, body: Body, meeting: Meeting | None) -> None:
        self.register = register
        self.body = body
        self.meeting = meeting
        self.structure = register.structure
        self.store = register.store
        self.today = register.today
        found = self.store.items(meeting=meeting.id) if meeting else ()
        self.items = [item for item in found if item.state in LIVE and self._shown(item)]

    def _shown(self, item: AgendaItem) -> bool:
        return all(room_may_see_signal(self.body, signal) for signal in signals_of(self.register, item))

    @property
    def previous(self) -> Meeting | None:
        """The meeting of the body before this one."""
        until = date.fromordinal((self.meeting.day if self.meeting else self.today).toordinal() - 1)
        found = self.store.meetings(body=self.body.code, until=until, kinds=FORMAL_KINDS, limit=ALL)
        return found[-1] if found else None

    @property
    def since(self) -> datetime | None:
        """When the digest before this one was due: what happened after it has not been told yet."""
        before = self.previous
        if before is None:
            return None
        return at_sending_time(digest_day(before, self.body, self.structure.calendar), self.structure)

    def signals(self, states: Sequence[SignalState], lies_with: str | None = None) -> list[Signal]:
        """Signals in those states that may be named in the room of the body, as R-199 orders them."""
        found = self.store.signals(lies_with=lies_with, states=states, limit=ALL)
        seen = [signal for signal in found if room_may_see_signal(self.body, signal)]
        return signals_in_order(seen, self.structure)

    def point(self, signal: Signal) -> str:
        """ " → punt 5" for a signal that is on this agenda."""
        number = next((item.number for item in self.items if signal.id in item.signals), None)
        return f" → punt {number}" if number else ""

    def said(self, day: date) -> str:
        """A date in a line; the year only when it is another one."""
        return dates.say_day(day, today=self.today)


# --- the agenda ------------------------------------------------------------------------------------------------------
def headline(facts: Facts) -> str:
    """What is asked of the meeting: decisions, discussions, minutes."""
    decide = sum(item.nature is Nature.DECIDE for item in facts.items)
    discuss = sum(item.nature is Nature.DISCUSS for item in facts.items)
    counts = (_many(decide, "besluit", "besluiten"), _many(discuss, "bespreekpunt", "bespreekpunten"))
    parts = [text for text in counts if text]
    if not parts:
        return "Gevraagd: nog geen besluiten of bespreekpunten op de agenda."
    minutes = balance_of(facts.items).minutes
    together = f" Samen {minutes} minuten." if minutes else ""
    return f"Gevraagd: {', '.join(parts)}.{together}"


def _many(n: int, one: str, more: str) -> str:
    return "" if n == 0 else f"1 {one}" if n == 1 else f"{n} {more}"


def agenda_sections(facts: Facts, *, full: bool, most: int) -> list[Section]:
    """The items by what is asked. `full` gives main line, choice and decision on lines of their own (DO, BO). All
    decisions are shown; the others as far as `most` items allow."""
    kinds = (
        ("Ter besluitvorming", (Nature.DECIDE,), ""),
        ("Ter bespreking", (Nature.DISCUSS,), "punten ter bespreking"),
        ("Ter kennisname", (Nature.INFORM, Nature.FEEDBACK), "punten ter kennisname"),
        ("Proces en evaluatie", (Nature.PROCESS, Nature.EVALUATE), "punten"),
    )
    found: list[Section] = []
    left = most
    for heading, natures, more in kinds:
        items = [item for item in facts.items if item.nature in natures]
        keep = Nature.DECIDE in natures
        entries = tuple(_full(facts, item) if full else _short(facts, item) for item in items)
        numbers = tuple(item.number for item in items)
        found.append(Section(heading, entries, keep=keep, most=None if keep else left, numbers=numbers, more=more))
        left = max(0, left - len(items))
    return found


def parties_of(facts: Facts, signals: Sequence[Signal]) -> list[str]:
    """On whose behalf these signals were raised, those that went up in them included; each party once, in order."""
    found: dict[str, None] = {}
    for signal in signals:
        found.setdefault(signal.on_behalf_of)
        for one in facts.store.merged_into(signal.id):
            found.setdefault(one.on_behalf_of)
    return list(found)


def with_others(parties: Sequence[str]) -> str:
    """ "VNG, mede IPO en Rijk": the first brought it in, the others do too."""
    first, *others = parties
    if not others:
        return first
    rest = others[0] if len(others) == 1 else f"{', '.join(others[:-1])} en {others[-1]}"
    return f"{first}, mede {rest}"


def _labels(facts: Facts, item: AgendaItem) -> str:
    proposed = "voorgesteld" if item.state is ItemState.PROPOSED else ""
    hammer = "hamerstuk" if item.hammer else ""
    parties = dict.fromkeys((item.on_behalf_of, *parties_of(facts, signals_of(facts.register, item))))
    labels = (", ".join(item.signals), with_others(list(parties)), hammer, proposed)
    return "".join(f" · {label}" for label in labels if label)


def _short(facts: Facts, item: AgendaItem) -> tuple[Line, ...]:
    ask = f" {sentence(item.ask)}" if item.ask else ""
    time = f" ({item.minutes} min)" if item.minutes else ""
    return ((Strong(item.title), f"{_labels(facts, item)} · {item.horizon}.{ask}{time}"),)


def sentence(text: str) -> str:
    """The text with the sign that ends a sentence."""
    text = text.strip()
    return text if text.endswith((".", "?", "!")) else f"{text}."


def _full(facts: Facts, item: AgendaItem) -> tuple[Line, ...]:
    lines: list[Line] = [(Strong(item.title), _labels(facts, item))]
    main = item.main_line if item.main_line != item.title else ""
    for name, text in (("Hoofdlijn", main), ("Keuze", item.choice), ("Gevraagd", item.ask)):
        if text:
            lines.append(f"{name}: {sentence(text)}")
    return tuple(lines)


# --- signals ---------------------------------------------------------------------------------------------------------
def floating(facts: Facts) -> list[Signal]:
    """Signals without a place, at the filter or silent in a group below it; oldest first (but R-199)."""
    low = [place.code for place in facts.structure.tiers if place.code != facts.structure.filter.code]
    states = (SignalState.SUBMITTED, SignalState.HELD, SignalState.HANDLING)
    return [s for s in facts.signals(states) if s.lies_with not in low and _floats(facts, s)]


def _floats(facts: Facts, signal: Signal) -> bool:
    filed = signal.filed_at.astimezone(AMSTERDAM).date()
    meetings = facts.store.meetings(body=facts.structure.filter.code, since=filed, until=facts.today, limit=3)
    if not is_floating(signal, facts.today, meetings, facts.structure):
        return False
    if signal.state is SignalState.SUBMITTED:
        return True
    on_agenda = any(item.state in LIVE for item in facts.store.items(signal=signal.id))
    return not on_agenda and not facts.store.actions(signal=signal.id, states=(ActionState.OPEN,), limit=1)


def floating_section(facts: Facts) -> Section:
    entries: list[tuple[Line, ...]] = []
    for signal in floating(facts):
        days = age_in_days(signal, facts.today)
        where = "" if signal.state is SignalState.SUBMITTED else f", stil bij {signal.lies_with}"
        line = f" {signal.title} · {signal.on_behalf_of}, {days} dagen{where}{facts.point(signal)}"
        entries.append(((Strong(signal.id), line),))
    limits = facts.register.thresholds
    after = f" (langer dan {limits.floating.n} {limits.floating.unit} zonder plek)"
    heading = "Zwevende signalen" + ("" if limits.floating_after_meeting else after)
    return Section(heading, tuple(entries), none="Zwevende signalen: geen", more="zwevende signalen")


def to_weigh(facts: Facts) -> list[Signal]:
    """What waits for weighing and does not float yet."""
    waiting = facts.signals((SignalState.SUBMITTED,), lies_with=facts.body.code)
    return [signal for signal in waiting if not _floats(facts, signal)]


def to_weigh_section(facts: Facts) -> Section:
    entries: list[tuple[Line, ...]] = []
    for signal in to_weigh(facts):
        filed = dates.say_short(signal.filed_at.astimezone(AMSTERDAM).date())
        line = f" {signal.title} · {signal.on_behalf_of}, {filed}{facts.point(signal)}"
        entries.append(((Strong(signal.id), line),))
    return Section("Te wegen signalen", tuple(entries), more="te wegen signalen")


def region_section(facts: Facts) -> Section:
    """R-064: what came from the connections or about a region since the previous meeting; never left out."""
    since = facts.previous.day if facts.previous else None
    known = {place.code for place in facts.structure.connections}
    entries: list[tuple[Line, ...]] = []
    for signal in facts.signals(tuple(SignalState)):
        filed = signal.filed_at.astimezone(AMSTERDAM).date()
        if (since and filed <= since) or not (signal.region or signal.on_behalf_of in known or signal.origin in known):
            continue
        where = ", ".join(word for word in (signal.on_behalf_of, signal.region) if word)
        entries.append(((Strong(signal.id), f" {signal.title} · {where}"),))
    return Section("Uit de regio", tuple(entries), none="Uit de regio: geen signalen", more="signalen uit de regio")


def feedback_section(facts: Facts) -> Section:
    """What is settled while its raiser has not heard it."""
    entries: list[tuple[Line, ...]] = []
    for signal in facts.signals((SignalState.SETTLED, SignalState.REJECTED), lies_with=facts.body.code):
        to = ", ".join(facts.register.person_named(id) for id in signal.raised_by if id not in signal.told)
        day = facts.said((signal.settled_at or signal.changed_at).astimezone(AMSTERDAM).date())
        entries.append((f"Terugkoppeling aan {to} over {signal.id} ({signal.title}), {signal.state} op {day}.",))
    return Section("Nog te doen", tuple(entries), more="terugkoppelingen")


def tasks_section(facts: Facts, giver: Body | None, receiver: Body | None, heading: str) -> Section:
    """R-037: what one tier gave to the one below it and expects back, with the date."""
    entries: list[tuple[Line, ...]] = []
    for signal in facts.signals(OPEN_STATES) if giver and receiver else []:
        for hop in signal.hops:
            if giver and receiver and (hop.giver, hop.receiver) == (giver.code, receiver.code):
                due = f", terug uiterlijk {facts.said(hop.due)}" if hop.due else ""
                entries.append(((Strong(signal.id), f" {signal.title}: {hop.task.rstrip('.')}{due}"),))
    return Section(heading, tuple(entries), more="opdrachten")


# --- actions and groups ----------------------------------------------------------------------------------------------
def _overdue(facts: Facts) -> list[Action]:
    if not lists_overdue(facts.store.get(Workgroup, facts.body.code) if facts.body.is_group else None):
        return []
    found = facts.store.actions(body=facts.body.code, states=(ActionState.OPEN,), due_before=facts.today, limit=ALL)
    named = [action for action in found if _named_here(facts, action)]
    return authorities_first(
        named,
        lambda one: one.track is Track.ENCOURAGE,
        lambda one: is_of_authority(one.on_behalf_of, facts.structure),
    )


def _named_here(facts: Facts, action: Action) -> bool:
    signal = facts.store.get(Signal, action.signal) if action.signal else None
    return signal is None or not (facts.body.with_externals and signal.sensitive)


def action_sections(facts: Facts) -> list[Section]:
    """Past their date by id, holder and date only; what is to be encouraged is never "te laat" but "in beweging"
    (INV-29, digests.md §1.0); what was finished is shown once more (rulings.md 3)."""
    overdue = _overdue(facts)
    name = facts.register.person_named
    late = tuple(
        ((Strong(one.id), f" {one.text} · {name(one.holder)} · {facts.said(one.due)}"),)
        for one in overdue
        if one.track is not Track.ENCOURAGE
    )
    moving = tuple(
        ((Strong(one.id), f" {one.text} · {name(one.holder)}"),) for one in overdue if one.track is Track.ENCOURAGE
    )
    finished = facts.store.actions(body=facts.body.code, states=(ActionState.DONE,), done_since=facts.since, limit=ALL)
    done = tuple(
        ((Strong(one.id), f" {one.text} · {name(one.holder)}"),) for one in finished if _named_here(facts, one)
    )
    return [
        Section("Acties over de datum", late, more="acties over de datum"),
        Section("In beweging", moving, more="in beweging"),
        Section("Afgeronde acties sinds de vorige keer", done, more="afgeronde acties"),
    ]


def open_actions(facts: Facts) -> int:
    """How many actions of this body are open."""
    return len(facts.store.actions(body=facts.body.code, states=(ActionState.OPEN,), limit=ALL))


def groups_section(facts: Facts) -> Section:
    """R-041: every group in one place; by name those near or past their end or whose task grows (R-076), the others
    in one line, with the day they last reported."""
    warn = max((span.n for span in facts.register.thresholds.group_end_warnings), default=0)
    entries: list[tuple[Line, ...]] = []
    fine: list[str] = []
    for group in facts.store.groups(states=RUNNING_STATES):
        if group.parent != facts.body.code or group.within:
            continue
        left = (group.end - facts.today).days
        wider = _wider(facts, group)
        if left > warn and group.state is not GroupState.LAPSED:
            told = f" (terugkoppeling {facts.said(group.last_feedback)})" if group.last_feedback else ""
            fine += [f"{group.code}{told}"] if not wider else []
            entries += [((Strong(group.code), f" ({group.name}): {wider}."),)] if wider else []
        else:
            grows = f" {wider[0].upper()}{wider[1:]}." if wider else ""
            entries.append(((Strong(group.code), f" {_end_of(facts, group, left)}{grows}"),))
    if fine:
        entries.append((f"Op koers: {', '.join(fine)}.",))
    return Section("Groepen", tuple(entries), more="groepen")


def _wider(facts: Facts, group: Workgroup) -> str:
    """What is said of a group beside its end: an agenda that grows (R-076), a midterm review that is not there."""
    strange = [
        signal
        for signal in facts.store.signals(lies_with=group.code, states=OPEN_STATES, limit=ALL)
        if group.topic and signal.topic and signal.topic.casefold() != group.topic.casefold()
    ]
    found = list(group_life.widening(group, len(strange)))
    if group.state is GroupState.FOUNDED:
        lacks = "zonder voorzitter" if group.chair is None else "zonder leden van twee partijen"
        found.append(f"nog niet van start, {lacks}")
    midterm = midterm_day(group, facts.register.structure.calendar)
    if group_life.lacks_midterm(group, midterm, facts.today):
        lacks = "is er nog niet" if group.track is Track.ENCOURAGE else "ontbreekt"
        found.append(f"de midterm review van {facts.said(midterm)} {lacks}")
    return "; ".join(found)


def _end_of(facts: Facts, group: Workgroup, left: int) -> str:
    if group.track is Track.ENCOURAGE:
        return f"({group.name}): {_encouraged(facts, group, left)}"
    lacking = "" if group_life.is_evaluated(group) else "; de evaluatie ontbreekt"
    if group.state is GroupState.WINDING_UP:
        return f"({group.name}): in afronding{lacking}."
    if left < 0:
        return f"({group.name}): de einddatum was {facts.said(group.end)}{lacking}."
    days = "1 dag" if left == 1 else f"{left} dagen"
    return f"({group.name}): loopt tot en met {facts.said(group.end)}, nog {days}{lacking}."


def _encouraged(facts: Facts, group: Workgroup, left: int) -> str:
    """Where a group on the track aanjagen stands: no arrears, but what there is to talk about (§2.0)."""
    looks = "" if group_life.is_evaluated(group) else " Samen achteromkijken kan nog."
    if group.state is GroupState.WINDING_UP:
        return f"in afronding.{looks}"
    if left < 0:
        return f"gaat door na {facts.said(group.end)}. Welke vorm past nu?{looks}"
    days = "1 dag" if left == 1 else f"{left} dagen"
    return f"loopt tot en met {facts.said(group.end)}, nog {days}. Wat gaat daarna zonder de groep door?{looks}"


# --- ahead -----------------------------------------------------------------------------------------------------------
def on_its_way(facts: Facts, place: Body) -> list[str]:
    """Ids of signals that lie with a body and are open, or are proposed for it."""
    found = [signal.id for signal in facts.signals(OPEN_STATES, lies_with=place.code)]
    below = facts.structure.below(place)
    for proposal in facts.store.proposals(confirms=below.code) if below else ():
        signal = facts.store.get(Signal, proposal.about) if proposal.kind is ProposalKind.ESCALATE else None
        if signal and proposal.to_body == place.code and room_may_see_signal(facts.body, signal):
            found.append(signal.id)
    return sorted(set(found))


def next_of(facts: Facts, place: Body) -> Meeting | None:
    """The first meeting of a body after this one that decides."""
    after = facts.meeting.day if facts.meeting else facts.today
    found = facts.store.meetings(body=place.code, since=after, kinds=FORMAL_KINDS)
    own = facts.meeting.id if facts.meeting else ""
    return next((meeting for meeting in found if meeting.id != own and meeting.state in AHEAD), None)


def ahead_section(facts: Facts, places: Sequence[Body], heading: str, *, on_way: bool = False) -> Section:
    """The next meetings with the last day for papers, and with `on_way` what is on its way up. Never cut: it holds the
    dates."""
    entries: list[tuple[Line, ...]] = []
    for place in places:
        meeting = next_of(facts, place)
        until = meeting.day if meeting else None
        entries += [
            (f"{name_of(other)} {facts.said(other.day)}.",)
            for other in facts.store.meetings(
                body=place.code, since=facts.today, until=until, kinds=(MeetingKind.REFLECTION,)
            )
            if other.state in AHEAD and other != facts.meeting
        ]
        if meeting is None:
            entries.append((f"Er is geen {place.code} gepland.",))
            continue
        papers = facts.said(papers_day(meeting, place, facts.structure.calendar))
        coming = on_its_way(facts, place) if on_way and (place.level or 0) > (facts.body.level or 0) else []
        named = f" Nu op weg: {', '.join(coming)}." if coming else ""
        entries.append((f"{name_of(meeting)} {facts.said(meeting.day)}. Stukken uiterlijk {papers}.{named}",))
    return Section(heading, tuple(entries), keep=True)
