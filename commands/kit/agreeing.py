"""Writing an agreement down: the questions who and when, with the likely answers, and what everybody reads (C30)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from commands.kit import dates
from commands.kit.arguments import read_moment
from commands.kit.deciding import decide_signals, item_about, reservations
from commands.kit.decisions import ask_chair_about_mandate, at_the_table, named, save_record, signals_under
from commands.kit.ports import Option
from commands.kit.reply import Line, Strong, say
from commands.kit.signals import recorded, sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import agreements as rules
from commands.rules import decisions, points, ways
from commands.words.agreement import LIVE_AGREEMENTS, Agreement, AgreementState, DueKind
from commands.words.enumeration import joined
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState, Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, Track
from commands.words.structure import Body
from commands.words.verdict import Refused

SOURCES = ("bestuurlijke afspraken", "samenwerkingsagenda", "convenant", "overig")
_ONGOING = re.compile(r"doorlopend|geen datum|altijd|blijvend", re.IGNORECASE)
_TARGET = re.compile(r"streef(?:datum)?\s*:?\s*(?P<when>.+)", re.IGNORECASE)
#: How many people are named as likely answers.
MOST_PEOPLE = 4


@dataclass(frozen=True)
class Who:
    """Whom it binds, who answers for it, who leads it, and to which body (INV-26)."""

    binds: tuple[str, ...]
    responsible: str
    lead: Person
    accountable: Body


@dataclass(frozen=True)
class Terms:
    """An agreement as it was typed and found allowed."""

    text: str
    place: Body
    meeting: Meeting
    item: AgendaItem | None
    signal: Signal | None
    who: Who
    when: tuple[DueKind, date | None]
    source: str
    goal: str
    category: str | None
    within: bool | None
    replaces: Agreement | None


# --- what is missing, one question at a time (INV-26) ----------------------------------------------------------------
def ask_who(
    turn: Turn,
    place: Body,
    binds: tuple[str, ...] | None,
    responsible: str | None,
    lead: Person | None,
    accountable: Body | None,
) -> Who | Ask | Refused:
    """All four; else the question about the first that is missing, with the likely answers."""
    if not binds:
        table = at_the_table(turn, place)
        return Ask("binds", f"Wie bindt dit: alle partijen ({joined(table)}), of noem ze.", (_all(table),))
    verdict = rules.binds_only_parties(binds, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    if responsible is None:
        options = tuple(Option(code, code) for code in binds)
        return Ask("responsible", f"Wie is verantwoordelijk: {_or(binds)}?", options)
    if lead is None:
        people = _likely_leads(turn, place, responsible)
        known = f" Bijvoorbeeld {_or([one.label for one in people])}." if people else ""
        return Ask("lead", f"Wie trekt het?{known}", tuple(Option(one.label, f"@{one.id}") for one in people))
    if lead.external:
        return Refused(f"{lead.label} komt van buiten. Een trekker komt van een van de partijen.", code="E16")
    if accountable is None:
        above = turn.structure.above(place)
        codes = [place.code, *([above.code] if above else [])]
        options = tuple(Option(code, code) for code in codes)
        return Ask("accountable", f"Aan wie wordt verantwoording afgelegd: {_or(codes)}?", options)
    return Who(binds, responsible, lead, accountable)


def _all(table: tuple[str, ...]) -> Option:
    return Option("alle partijen", ", ".join(table))


def _or(words: list[str] | tuple[str, ...]) -> str:
    return words[0] if len(words) == 1 else f"{', '.join(words[:-1])} of {words[-1]}"


def _likely_leads(turn: Turn, place: Body, responsible: str) -> list[Person]:
    """The person who answers for it, or those who sit in the body for that party; then the secretary."""
    ids = [responsible]
    roles = turn.store.roles(body=place.code, on=turn.today)
    ids += [one.person for one in roles if one.on_behalf_of == responsible and one.role is not RoleName.SECRETARY]
    ids += [one.person for one in roles if one.role is RoleName.SECRETARY]
    found = (turn.store.get(Person, id) for id in dict.fromkeys(ids))
    return [one for one in found if one is not None][:MOST_PEOPLE]


def term_from(turn: Turn, due: date | None, target: date | None, term: str | None) -> tuple[DueKind, date | None] | Ask:
    """R-114: a hard date, a target date, or ongoing; asked when nothing was said, and never guessed."""
    if due is not None:
        return DueKind.ULTIMATELY, due
    if target is not None:
        return DueKind.TARGET, target
    question = "Voor wanneer? Een datum, streefdatum met een datum, of doorlopend."
    if not term:
        return Ask("term", question, (Option("doorlopend", "doorlopend"), Option("streefdatum", "streefdatum")))
    if _ONGOING.fullmatch(term.strip(" .")):
        return DueKind.ONGOING, None
    aimed = _TARGET.fullmatch(term.strip())
    kind = DueKind.TARGET if aimed else DueKind.ULTIMATELY
    said = aimed["when"] if aimed else re.sub(r"^uiterlijk\s+", "", term.strip(), flags=re.IGNORECASE)
    if said.casefold().strip(" .") == "streefdatum":
        return Ask("target", "Welke streefdatum?", parts={"term": ""})
    result = read_moment(said, turn)
    if isinstance(result, dates.Unreadable):
        because = result.because if result.kind != "nonsense" else question
        return Ask("target" if aimed else "term", because, parts={"term": ""})
    return kind, dates.deadline(result)


# --- writing it down -------------------------------------------------------------------------------------------------
def record_agreement(turn: Turn, terms: Terms, track: Track) -> Outcome:
    """The concept; its item is treated and its signals decided, as with a decision."""
    place, meeting = terms.place, terms.meeting
    item = terms.item or item_about(turn, meeting, terms.signal)
    if item is not None and item.state not in (ItemState.SCHEDULED, ItemState.TREATED):
        return Refused(
            f"Punt {item.number} is {item.state}; daar hoort geen afspraak bij. {ways.look_at_agenda()}", code="E12"
        )
    known = turn.store.agreements(meeting=meeting.id, states=LIVE_AGREEMENTS)
    twin = next((one for one in known if one.text.casefold() == terms.text.casefold()), None)
    if twin is not None:
        return Refused(f"Dit stond al genoteerd als {twin.id}.", code="E14")
    signals = signals_under(turn, item, (terms.signal.id,) if terms.signal else ())
    kind, due = terms.when
    who = terms.who
    agreement = Agreement(
        id=turn.new_id("AFS"),
        text=terms.text,
        body=place.code,
        meeting=meeting.id,
        binds=who.binds,
        responsible=who.responsible,
        lead=who.lead.id,
        accountable_to=who.accountable.code,
        made_by=turn.person.id,
        made_at=turn.now,
        source=terms.source or SOURCES[0],
        item=item.id if item else None,
        signals=tuple(one.id for one in signals),
        due=due,
        due_kind=kind,
        goal=terms.goal,
        track=track,
        stands=decisions.first_stands(who.binds, item.stands if item else (), ()),
        replaces=terms.replaces.id if terms.replaces else None,
        category=terms.category,
        within_mandate=terms.within,
    )
    save_record(turn, agreement, recorded(turn, place, f"afgesproken in {meeting.id}"))
    if terms.replaces is not None:
        old = replace(terms.replaces, state=AgreementState.REPLACED, replaced_by=agreement.id)
        save_record(turn, old, f"vervangen door {agreement.id}")
    if item is not None:
        turn.put(points.concluded(item, ItemOutcome.DECIDED), f"{agreement.id}: {agreement.text}")
    decide_signals(turn, signals, agreement, place, meeting)
    return _answer(turn, terms, agreement, item)


def _answer(turn: Turn, terms: Terms, agreement: Agreement, item: AgendaItem | None) -> Reply:
    place = terms.place
    where = f"punt {item.number} van {named(terms.meeting)}" if item else named(terms.meeting)
    term = rules.term_in_words(agreement, dates.say_short(agreement.due) if agreement.due else "")
    lines = [f"{agreement.id}, concept, bij {where}, {term}.", bound(turn, agreement)]
    if agreement.replaces:
        lines.append(f"Vervangt {agreement.replaces}.")
    if agreement.within_mandate is None and place.code == turn.structure.filter.code:
        lines.append(ask_chair_about_mandate(turn, place, agreement))
    lines.append("Voorbehouden?")
    here = turn.room is not None and turn.room.code == place.code
    if not here:
        line: Line = (Strong(agreement.id), f" (concept, {where}): {sentence(agreement.text)}")
        turn.announce(place.code, say(line), about=(agreement.id,), offers=reservations(agreement))
    text = f"{agreement.text.rstrip('.')}, {term} ({agreement.id})."
    lead = terms.who.lead
    you = "u" if lead.address == "u" else "jou"
    turn.tell(lead.id, say(f"{place.capital} heeft afgesproken, met {you} als trekker: {text}"), about=(agreement.id,))
    return Reply(
        say(" ".join(lines)),
        about=(agreement.id, *((item.id,) if item else ()), *agreement.signals),
        offers=reservations(agreement),
        deed=f"{agreement.id} vastgelegd",
        private=turn.room is not None and not here,
    )


def bound(turn: Turn, agreement: Agreement) -> str:
    """R-137: "Bindt VNG, niet automatisch de gemeenten."."""
    members = rules.not_bound(agreement.binds, turn.structure)
    rest = f", niet automatisch {joined(members)}" if members else ""
    return f"Bindt {joined(agreement.binds)}{rest}."
