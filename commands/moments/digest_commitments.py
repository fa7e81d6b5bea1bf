"""What was promised before and what came of it: agreements, decisions that still need a measure, positions of parties
(digests.md §1.2, §1.4; R-059, R-092)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from datetime import datetime, time

from commands.kit import consultations
from commands.kit.constituencies import source_of
from commands.kit.records import signals_behind
from commands.kit.reply import Line, Strong
from commands.moments.digest_frame import in_words, listed
from commands.moments.digest_layout import Section
from commands.moments.digest_parts import ALL, Facts
from commands.rules.decisions import lacks_outcome
from commands.rules.visibility import room_may_see_decision, room_may_see_signal
from commands.words.agreement import Agreement, AgreementState, DueKind, Progress
from commands.words.calendar import AMSTERDAM
from commands.words.decision import LIVE_DECISIONS, Decision, DecisionState, Stand, StandKind
from commands.words.minutes import BulletinKind, BulletinState
from commands.words.signal import Signal

LIVING = (AgreementState.CONCEPT, AgreementState.FIXED)
#: Characters of the text of a decision or agreement that a line shows.
SHOWN = 70


def opening(text: str) -> str:
    """The first words of a text, whole where it is short."""
    text = " ".join(text.split()).rstrip(".")
    return text if len(text) <= SHOWN else f"{text[:SHOWN].rsplit(' ', 1)[0]}…"


# --- agreements ------------------------------------------------------------------------------------------------------
def _agreements(facts: Facts) -> list[Agreement]:
    """Those that this body made or that are accounted for to it, and that still hold."""
    if facts.body.with_externals:
        return []
    made = facts.store.agreements(body=facts.body.code, states=LIVING, limit=ALL)
    accounted = facts.store.agreements(accountable_to=facts.body.code, states=LIVING, limit=ALL)
    return sorted({one.id: one for one in (*made, *accounted)}.values(), key=lambda one: (one.made_at, one.id))


def lacks_monitoring(one: Decision | Agreement) -> bool:
    """R-060: something has to be measured, and nobody has said yet what, when and by whom."""
    return one.needs_measure and one.measure is None


def agreements_section(facts: Facts) -> Section:
    """ "Stand afspraken" (rulings.md): how many, how far they are, and which nobody measures. Never left out."""
    agreements = _agreements(facts)
    late = without_outcome(facts)
    if not agreements and late:
        return Section("Stand afspraken", (("Er zijn geen afspraken vastgelegd.",), *late), more="regels")
    if not agreements:
        return Section("", none="Stand afspraken: geen afspraken vastgelegd")
    counted = Counter(one.progress for one in agreements)
    stands = ", ".join(f"{counted[progress]} {progress}" for progress in Progress if counted[progress])
    many = "1 afspraak" if len(agreements) == 1 else f"{len(agreements)} afspraken"
    bare = [one.id for one in agreements if lacks_monitoring(one)]
    without = f" Zonder monitoring: {', '.join(bare)}." if bare else ""
    entries: list[tuple[Line, ...]] = [(f"{many}: {stands}.{without}",)]
    entries += [((Strong(one.id), f" {opening(one.text)} · {one.progress}{_due(facts, one)}"),) for one in agreements]
    entries += late
    return Section("Stand afspraken", tuple(entries), more="afspraken")


def _due(facts: Facts, one: Agreement) -> str:
    if one.due is None:
        return ""
    word = "" if one.due_kind is DueKind.ONGOING else f"{one.due_kind} "
    return f" · {word}{facts.said(one.due)}"


# --- decisions -------------------------------------------------------------------------------------------------------
def _decisions(facts: Facts) -> list[Decision]:
    """What was decided and still has to show what came of it, as far as this room follows it."""
    codes = facts.register.codes()
    found = [one for code in codes for one in facts.store.decisions(body=code, states=LIVE_DECISIONS, limit=ALL)]
    found.sort(key=lambda one: (one.made_at, one.id))
    return [one for one in found if room_may_see_decision(facts.body, one, _signals(facts, one))]


def _signals(facts: Facts, one: Decision | Agreement) -> list[Signal]:
    return [found for id in one.signals if (found := facts.store.get(Signal, id)) is not None]


def unmeasured_lines(facts: Facts) -> list[tuple[Line, ...]]:
    """ "BO-besluit BES-2027-007 (…) heeft nog geen monitoring." """
    return [
        (f"{one.body}-besluit {one.id} ({opening(one.text)}) heeft nog geen monitoring.",)
        for one in _decisions(facts)
        if lacks_monitoring(one)
    ]


def without_outcome(facts: Facts) -> list[tuple[Line, ...]]:
    """R-058: decisions of this body whose date is past while nobody said what came of it, in one line."""
    found = facts.store.decisions(body=facts.body.code, states=LIVE_DECISIONS, limit=ALL)
    late = [one.id for one in found if lacks_outcome(one, facts.today)]
    if not late or facts.body.with_externals:
        return []
    noun = "besluit" if len(late) == 1 else "besluiten"
    return [(f"Over de datum en nog zonder uitkomst: {noun} {', '.join(late)}.",)]


def written_section(facts: Facts) -> Section:
    """digests.md §3.2: what was asked in writing, listed at the next meeting with what each party said."""
    found = facts.store.decisions(body=facts.body.code, states=LIVE_DECISIONS, limit=ALL)
    entries: list[tuple[Line, ...]] = []
    for one in found if not facts.body.with_externals else ():
        here = facts.meeting is not None and one.meeting == facts.meeting.id
        if one.written_until is None or not (here or one.state is DecisionState.CONCEPT):
            continue
        stand = positions(facts, one.stands)
        line = f" {opening(one.text)}, {one.state}, antwoord tot en met {facts.said(one.written_until)}. {stand}"
        entries.append(((Strong(one.id), line.rstrip()),))
    return Section("Schriftelijke ronde", tuple(entries), more="schriftelijke besluiten", keep=True)


def consultation_section(facts: Facts) -> Section:
    """R-127: what those the parties speak for were asked for this meeting, and what each party says."""
    found = (
        [] if facts.body.with_externals else consultations.of_meeting(facts.register, facts.body.code, facts.meeting)
    )
    entries: tuple[tuple[Line, ...], ...] = tuple(
        (consultations.line_of(one, one.parties, facts.today),) for one in found
    )
    return Section("Raadplegingen", entries, more="raadplegingen")


def brought_section(facts: Facts) -> Section:
    """R-128: what those the parties speak for brought in since the previous digest, by which network and party."""
    found = facts.store.bulletins(to=facts.body.code, states=(BulletinState.SENT,), limit=ALL)
    entries: list[tuple[Line, ...]] = []
    for one in found if not facts.body.with_externals else ():
        signals = [facts.store.get(Signal, id) for id in signals_behind(facts.register, one.about)]
        shown = all(signal is None or room_may_see_signal(facts.body, signal) for signal in signals)
        new = facts.since is None or (one.released_at is not None and one.released_at >= facts.since)
        if one.kind is BulletinKind.INWARD and new and shown:
            over = f", bij {one.about}" if one.about else ""
            entries.append(((Strong(one.id), f" {source_of(one)}{over}: {opening(one.text)}"),))
    return Section("Inbreng van de achterban", tuple(entries), more="keer inbreng")


def evaluation_section(facts: Facts) -> Section:
    """R-011: which decisions of this body are measured between its previous meeting and this one, or right after."""
    start = facts.previous.day if facts.previous else None
    until = facts.meeting.day if facts.meeting else facts.today
    entries: list[tuple[Line, ...]] = []
    for one in facts.store.decisions(body=facts.body.code, states=LIVE_DECISIONS, limit=ALL):
        measure = one.measure
        if measure is None or not any((start is None or day > start) and day <= until for day in measure.moments):
            continue
        entries.append(((Strong(one.id), f" {opening(one.text)}: {measure.what}, {measure.when} ({measure.who})"),))
    bare = [
        one.id for one in facts.store.decisions(body=facts.body.code, states=LIVE_DECISIONS) if lacks_monitoring(one)
    ]
    if bare:
        entries.append((f"Nog zonder maat en meetmoment: {', '.join(bare)}.",))
    return Section("Beleidsevaluatie", tuple(entries), more="regels")


# --- positions -------------------------------------------------------------------------------------------------------
def positions(facts: Facts, stands: Sequence[Stand], *, reasons: bool = True) -> str:
    """R-092: one joint text; what differs is listed by party and named as such. Never where outsiders read."""
    if not stands or facts.body.with_externals:
        return ""
    order = [party.code for party in facts.structure.parties]
    by_party = {one.party: one for one in stands}
    agreeing = [code for code in order if (one := by_party.get(code)) and _agrees(one)]
    if len(agreeing) == len(order):
        return f"Stand: alle {in_words(len(order))} de partijen akkoord."
    parts = [f"{listed(agreeing)} akkoord."] if agreeing else []
    for code in order:
        one = by_party.get(code)
        if one is None or _agrees(one):
            continue
        parts.append(f"{said_of(one, reasons=reasons)}.")
    return f"Stand: {' '.join(parts)}"


def said_of(stand: Stand, *, reasons: bool = True) -> str:
    """ "VNG akkoord met voorbehoud: ruimte voor lokaal maatwerk"."""
    if stand.kind is StandKind.RESERVED and stand.lifted_on is not None:
        return f"{stand.party} akkoord"
    why = f": {stand.because.rstrip('.')}" if stand.because and reasons else ""
    return f"{stand.party} {stand.kind}{why}"


def _agrees(stand: Stand) -> bool:
    return stand.kind is StandKind.AGREES or (stand.kind is StandKind.RESERVED and stand.lifted_on is not None)


def reservations(facts: Facts) -> list[str]:
    """For the chair: which parties still have a reservation, by decision of this body."""
    found: list[str] = []
    for one in facts.store.decisions(body=facts.body.code, states=LIVE_DECISIONS, limit=ALL):
        open_ones = [s.party for s in one.stands if s.kind is StandKind.RESERVED and s.lifted_on is None]
        if open_ones:
            verb = "heeft" if len(open_ones) == 1 else "hebben"
            found.append(f"{listed(open_ones)} {verb} nog een voorbehoud bij {one.id} ({opening(one.text)})")
    return found


def since_new_year(facts: Facts) -> datetime:
    """The first moment of this calendar year."""
    return datetime.combine(facts.today.replace(month=1, day=1), time(0), AMSTERDAM)
