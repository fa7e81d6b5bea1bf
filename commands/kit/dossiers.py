"""The dossier of a decision, an agreement or an attention point, for `!toon` (C03, R-057)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.agreeing import bound
from commands.kit.constituencies import lines_about
from commands.kit.consultations import positions, term
from commands.kit.decisions import named, signals_under, stands_in_words
from commands.kit.reply import Heading, Line, Listing, Message, Text, listing
from commands.kit.signals import sentence
from commands.kit.surroundings import may_name, people_of
from commands.kit.turn import Turn
from commands.rules.agreements import standing, term_in_words
from commands.rules.monitoring import lacks_measure
from commands.rules.visibility import parties_shown
from commands.words.agreement import Agreement
from commands.words.attention import WAITING, AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation
from commands.words.decision import Decision
from commands.words.enumeration import joined
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import Person


def dossier(turn: Turn, record: Decision | Agreement | AttentionPoint) -> Message:
    """Everything that is known of it, and how it came to that."""
    match record:
        case Decision():
            lines = _decision(turn, record)
        case Agreement():
            lines = _agreement(turn, record)
        case AttentionPoint():
            lines = _point(turn, record)
    people = people_of(turn, turn.need_body(record.body))
    lines = [*lines, *lines_about(turn, record.id), f"Mensen: {people}." if people else ""]
    texts = (Text(line) for line in lines if line)
    return Message((Heading(f"{record.id} {record.text}", 1), *texts, *_course(turn, record.id)))


def _course(turn: Turn, id: str) -> tuple[Heading | Listing, ...]:
    route: list[Line] = []
    for row in turn.store.history(id):
        who = "" if row.by == "overlegbot" else f" door {turn.person_named(row.by)}"
        why = f": {row.why}" if row.why else ""
        day = dates.say_short(row.at.astimezone(AMSTERDAM).date())
        route.append(f"{day}, {row.to_state}{who}{why}")
    return (Heading("Verloop", 2), listing(route, ordered=True))


def consulted(turn: Turn, one: Consultation) -> Message:
    """A consultation: what each party says, as far as this person may read it; the course of it for who reads all."""
    place = turn.need_body(one.body)
    meeting = turn.store.get(Meeting, one.meeting)
    shown = parties_shown(turn.viewer, one, place, turn.structure)
    said = positions(one, shown)
    when = term(one, turn.today)
    lines = (
        f"{when[0].upper()}{when[1:]}; voor {named(meeting) if meeting else one.body}.",
        f"Bij {one.about}." if one.about else "",
        f"Gevraagd: {joined(one.parties)}.",
        f"Standpunten: {said}." if said else "",
        f"Reden: {sentence(one.because)}" if one.because else "",
    )
    course = _course(turn, one.id) if shown == one.parties else ()
    return Message((Heading(f"{one.id} {one.question}", 1), *(Text(line) for line in lines if line), *course))


def _made(turn: Turn, record: Decision | Agreement | AttentionPoint) -> str:
    meeting = turn.store.get(Meeting, record.meeting)
    item = turn.store.get(AgendaItem, record.item) if record.item else None
    point = f"punt {item.number} van " if item is not None and not isinstance(record, AttentionPoint) else ""
    return f"{point}{named(meeting)}" if meeting else record.body


def _decision(turn: Turn, one: Decision) -> list[str]:
    fixed = f", vastgesteld {dates.say_short(one.fixed_at.astimezone(AMSTERDAM).date())}" if one.fixed_at else ""
    return [
        f"{str(one.state).capitalize()}, {_made(turn, one)}{fixed}.",
        _signals(turn, one),
        _stands(one),
        f"Niet vertegenwoordigd: {joined(one.not_represented)}." if one.not_represented else "",
        {True: "Binnen mandaat.", False: "Buiten mandaat.", None: ""}[one.within_mandate],
        _measure(turn, one),
        f"Uiterlijk {dates.say_short(one.due)}." if one.due else "",
        f"Uitkomst: {sentence(one.outcome)}" if one.outcome else "",
        f"Schriftelijke ronde tot en met {dates.say_short(one.written_until)}." if one.written_until else "",
        f"Herziet {one.revises}." if one.revises else "",
        f"Herzien door {one.revised_by}." if one.revised_by else "",
        f"Openbaar: {sentence(one.public)}" if one.public else "",
    ]


def _agreement(turn: Turn, one: Agreement) -> list[str]:
    term = term_in_words(one, dates.say_short(one.due) if one.due else "")
    responsible = turn.store.get(Person, one.responsible)
    entries = [
        f"{dates.say_short(entry.on)} {entry.progress}{f': {entry.meaning}' if entry.meaning else ''}"
        for entry in one.entries
    ]
    return [
        f"{str(one.state).capitalize()}, {_made(turn, one)}; {term}.",
        bound(turn, one),
        f"Verantwoordelijk {responsible.label if responsible else one.responsible}, "
        f"trekker {turn.person_named(one.lead)}, verantwoording aan {turn.need_body(one.accountable_to).the}.",
        f"Stand: {standing(one)}; cyclus {one.pdca}{f', {one.act}' if one.act else ''}.",
        _signals(turn, one),
        f"Doelstelling: {sentence(one.goal)}" if one.goal else "",
        f"Bron: {sentence(one.source)} Spoor {one.track}.",
        _stands(one),
        _measure(turn, one),
        f"Bewijs: {sentence(one.evidence)}" if one.evidence else "",
        f"Gemeld: {'; '.join(entries)}." if entries else "",
        *(f"Invulling {variant.region}: {sentence(variant.text)}" for variant in one.variants),
        f"Uitkomst: {sentence(one.outcome)}" if one.outcome else "",
        f"Vervangt {one.replaces}." if one.replaces else "",
        f"Vervangen door {one.replaced_by}." if one.replaced_by else "",
    ]


def _signals(turn: Turn, one: Decision | Agreement) -> str:
    """Those that may be named here: who may read a decision may not always know of all that lies under it."""
    seen = [signal.id for signal in signals_under(turn, None, one.signals) if may_name(turn, signal)]
    return f"Bij {joined(seen)}." if seen else ""


def _stands(one: Decision | Agreement) -> str:
    said = stands_in_words(one.stands)
    return f"Standpunten: {said}." if said else ""


def _measure(turn: Turn, one: Decision | Agreement) -> str:
    if one.measure is not None:
        person = turn.store.get(Person, one.measure.who)
        who = person.label if person else one.measure.who
        days = [dates.say_short(day) for day in one.measure.moments]
        return f"Maat: {one.measure.what}; meetmoment: {joined(days) or one.measure.when}; wie: {who}."
    if not one.needs_measure:
        return f"Monitoring niet nodig: {sentence(one.measure_because)}"
    return "Nog zonder maat en meetmoment." if lacks_measure(one) else ""


def _point(turn: Turn, one: AttentionPoint) -> list[str]:
    return [
        not_confirmed(turn, one),
        f"{str(one.state).capitalize()}, {_made(turn, one)}.",
        f"Aanwezig: {joined(one.organisations)}." if one.organisations else "",
        f"Op de agenda: {one.item}." if one.item else "",
        f"Bekrachtigd als {one.confirmed_as}." if one.confirmed_as else "",
        f"Niet overgenomen: {sentence(one.because)}" if one.because else "",
    ]


def not_confirmed(turn: Turn, one: AttentionPoint) -> str:
    """R-143: the sentence that goes with an attention point until a body that decides has taken it over."""
    if one.state not in WAITING:
        return ""
    return f"Geen besluit; nog niet bekrachtigd door {turn.need_body(one.body).the}."
