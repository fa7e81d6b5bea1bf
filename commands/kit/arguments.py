"""How each kind of argument is recognised in a sentence (`take`) and read (`read_part`)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, time
from enum import StrEnum
from typing import Any, NewType

from commands.kit import dates
from commands.kit.dates.context import Context
from commands.kit.dates.reader import LONGEST, by_grammar
from commands.kit.dates.results import last_day
from commands.kit.declare import Argument
from commands.kit.meeting_dates import with_meeting_day
from commands.kit.parties import (
    Accountable,
    Parties,
    Responsible,
    read_accountable,
    read_parties,
    take_accountable,
    take_parties,
)
from commands.kit.points import POINTS, find_point, is_named, take_named, take_point
from commands.kit.ports import Option
from commands.kit.records import NOUNS, PREFIXES, clean, find_record, looks_like_id
from commands.kit.turn import Ask, Turn
from commands.rules import ways
from commands.rules.groups import USUAL_MONTHS, add_months, says_no_end
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import AgendaItem
from commands.words.people import Person, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import LIVING_STATES, Workgroup

#: A deadline: a day. A period that was typed counts as its last day (rulings.md "Dates").
Deadline = NewType("Deadline", date)
#: The same behind "tot": "schriftelijk tot 14 mei" is that day included.
Until = NewType("Until", date)
#: On behalf of whom: the code of a party, or an organisation or connection as entered.
PartyCode = NewType("PartyCode", str)

RECORDS = tuple(PREFIXES)
_UNTIL = re.compile(r"tot\s+(?!en met\b)", re.IGNORECASE)
LONGEST_DATE = 9
LONGEST_NAME = 4
#: Words for whoever types them.
ONESELF = ("ik", "mij", "mezelf", "mijzelf")


@dataclass(frozen=True)
class When:
    """A day, and wall-clock times when given."""

    day: date
    start: time | None = None
    end: time | None = None


def take(argument: Argument, tokens: Sequence[str], turn: Turn) -> int:
    """How many of the leading words belong to this argument; 0 when the sentence goes on without it."""
    if not tokens:
        return 0
    kind = argument.type
    if AgendaItem in argument.types and (named := take_named(tokens)):
        return named
    if kind is AttentionPoint and tokens[0].strip().endswith((".", ")")):
        # "1. energie" begins a list of new ones.
        return 0
    if kind in RECORDS:
        # "sig 14" is one id in two words.
        spaced = len(tokens) > 1 and tokens[0].isalpha() and looks_like_id(" ".join(tokens[:2]), argument.types)
        return 2 if spaced else int(looks_like_id(tokens[0], argument.types))
    if kind in POINTS:
        return take_point(tokens, argument.types)
    if kind is Person:
        named = tokens[0].startswith("@") or clean(tokens[0]).casefold() in ONESELF
        return _take_full_name(tokens, turn) or int(named or bool(_people(tokens[0], turn)))
    if kind in (Body, Workgroup):
        return _take_body(tokens, turn)
    if kind is PartyCode:
        return int(
            _party(clean(tokens[0]), turn) is not None or clean(tokens[0]).casefold() in turn.structure.misread_parties
        )
    if kind is Parties:
        return take_parties(tokens, turn)
    if kind is Responsible:
        named = tokens[0].startswith("@") or turn.structure.party(clean(tokens[0])) is not None
        return _take_full_name(tokens, turn) or int(named or bool(_people(tokens[0], turn)))
    if kind is Accountable:
        return take_accountable(tokens, turn)
    if kind in (Deadline, When, Until):
        return (_take_endless(tokens) if argument.about.endless else 0) or take_date(tokens, turn)
    if isinstance(kind, type) and issubclass(kind, StrEnum):
        return _take_choice(tokens, argument)
    if kind is bool:
        return int(clean(tokens[0]).casefold() in ("ja", "nee"))
    if kind is int:
        return int(clean(tokens[0]).isdigit())
    return len(tokens)


def _take_choice(tokens: Sequence[str], argument: Argument) -> int:
    """A choice may be of several words: "geen besluit"."""
    known = {str(one) for one in argument.type} | set(argument.about.synonyms)
    longest = min(len(tokens), max(len(one.split()) for one in known))
    for length in range(longest, 1, -1):
        if clean(" ".join(tokens[:length])).casefold() in known:
            return length
    return int(_choice(clean(tokens[0]), argument) is not None)


def _take_endless(tokens: Sequence[str]) -> int:
    return next((n for n in range(LONGEST_NAME, 0, -1) if says_no_end(" ".join(tokens[:n])) and n <= len(tokens)), 0)


def take_date(tokens: Sequence[str], turn: Turn) -> int:
    """The longest run of leading words that has the shape of a date, also of one that is past or unclear."""
    for length in range(min(LONGEST_DATE, len(tokens)), 0, -1):
        if is_date_shaped(" ".join(tokens[:length]), turn):
            return length
    return 0


def is_date_shaped(text: str, turn: Turn) -> bool:
    """Whether the grammar knows this as a date, also as one that is past, impossible or unclear. Asks no fallback."""
    said = " ".join(text.strip(" ,;").split())
    if not said or len(said) > LONGEST:
        return False
    met = with_meeting_day(said, turn)
    if isinstance(met, dates.Unreadable):
        return True
    said = met or said
    result = by_grammar(Context(turn.now.astimezone(AMSTERDAM), turn.structure.calendar, said))
    return result is not None and not (isinstance(result, dates.Unreadable) and result.kind == "nonsense")


def _take_full_name(tokens: Sequence[str], turn: Turn) -> int:
    """How many words are a name of more than one: "De Vries", "Nina Tuur"; 0 when the first word stands alone."""
    longest = min(LONGEST_NAME, len(tokens))
    return next((n for n in range(longest, 1, -1) if _people(" ".join(tokens[:n]), turn)), 0)


def _take_body(tokens: Sequence[str], turn: Turn) -> int:
    for length in range(min(LONGEST_NAME, len(tokens)), 0, -1):
        word = clean(" ".join(tokens[:length]))
        body = turn.body(word)
        if (body is not None and _known_to(turn, body)) or (len(word) > 3 and _groups_known(word, turn)):
            return length
    return 0


def read_part(argument: Argument, raw: str, turn: Turn) -> Any:
    """The value that was typed, an Ask when it is unclear, or a Refused when it cannot be."""
    reader = _READERS.get(argument.type)
    if reader is not None:
        return reader(argument, raw, turn)
    if argument.type in POINTS or (AgendaItem in argument.types and is_named(raw)):
        return find_point(raw, argument.types, turn, argument.name)
    if argument.type in RECORDS:
        return find_record(raw, argument.types, turn, argument.name)
    if isinstance(argument.type, type) and issubclass(argument.type, StrEnum):
        return _read_choice(argument, raw)
    raise TypeError(f"no reader for {argument.type}")


def _read_text(argument: Argument, raw: str, turn: Turn) -> str | Refused:
    """E10: no text is longer than it is read; what a command shortens itself goes through as a whole."""
    text, limits = raw.strip(), turn.thresholds
    most = limits.main_line_most if argument.about.length == "short" else limits.text_most
    if len(text) <= most or argument.about.length == "any":
        return text
    return Refused(
        f"De tekst is {len(text)} tekens, maximaal {most}. Niets opgeslagen. Kan het korter? "
        "Een koppeling naar de rest mag erbij.",
        code="E10",
    )


def _read_bool(argument: Argument, raw: str, turn: Turn) -> bool | Refused:
    word = clean(raw).casefold()
    if word in ("ja", "j", "nee", "n"):
        return word.startswith("j")
    return Refused(f"'{ways.shown(raw)}' ken ik niet bij {argument.about.field}. Kies ja of nee.", code="E11")


def _read_int(argument: Argument, raw: str, turn: Turn) -> int | Refused:
    word = clean(raw)
    if word.isdigit() and len(word) < 7:
        return int(word)
    return Refused(f"'{ways.shown(raw)}' is geen getal. Geef bij {argument.about.field} een getal.", code="E11")


# --- people and parties ----------------------------------------------------------------------------------------------
def _people(token: str, turn: Turn) -> tuple[Person, ...]:
    word = clean(token).removeprefix("@")
    return _known_people(word, turn) if len(word) > 1 else ()


def _known_people(word: str, turn: Turn) -> tuple[Person, ...]:
    """The people of that name; someone from outside only knows those of the own groups (INV-20)."""
    found = turn.store.find_people(word)
    if not turn.person.external:
        return found
    near = {role.person for code in turn.viewer.bodies for role in turn.store.roles(body=code, on=turn.today)}
    return tuple(person for person in found if person.id in near or person.id == turn.person.id)


def _read_person(argument: Argument, raw: str, turn: Turn) -> Person | Ask:
    word = clean(raw)
    if word.casefold() in ONESELF:
        return turn.person
    role = {"secretaris": RoleName.SECRETARY, "voorzitter": RoleName.CHAIR}.get(word.casefold())
    if role and turn.room and (held := turn.person_with(role, turn.room.code)):
        return held
    found = _known_people(word.removeprefix("@"), turn) or _known_people(word, turn)
    if len(found) == 1:
        return found[0]
    if not found:
        return Ask(
            argument.name, f"Ik ken '{ways.shown(word)}' niet. Wie bedoel je? Een @-naam of achternaam is genoeg."
        )
    options = tuple(Option(person.organisation, f"@{person.id}") for person in found)
    if len({option.label for option in options}) < len(options):
        options = tuple(Option(f"@{person.id}", f"@{person.id}") for person in found)
    labels = [option.label for option in options]
    return Ask(argument.name, f"{word} van {', '.join(labels[:-1])} of {labels[-1]}?", options)


def _party(word: str, turn: Turn) -> str | None:
    party = turn.structure.party(word)
    if party:
        return party.code
    body = turn.structure.body(word)
    return body.code if body and body in turn.structure.connections else None


def _read_party(argument: Argument, raw: str, turn: Turn) -> str | Ask | Refused:
    word = clean(raw)
    meant = turn.structure.misread_parties.get(word.casefold())
    if meant:
        return Ask(argument.name, f"Bedoel je {meant} (Unie van Waterschappen)?", (Option("ja", meant),))
    found = _party(word, turn)
    if found:
        return found
    if word.casefold() == turn.person.organisation.casefold():
        return turn.person.organisation
    known = ", ".join(party.code for party in turn.structure.parties)
    return Refused(f"'{ways.shown(word)}' ken ik niet als partij. Wel: {known}.", code="E11")


def _read_parties(argument: Argument, raw: str, turn: Turn) -> tuple[str, ...] | Ask | Refused:
    return read_parties(argument.name, raw, turn)


def _read_responsible(argument: Argument, raw: str, turn: Turn) -> str | Ask | Refused:
    """A standing party, or a person of the register."""
    party = turn.structure.party(clean(raw))
    if party is not None:
        return party.code
    if clean(raw).casefold() in turn.structure.misread_parties:
        return _read_party(argument, raw, turn)
    found = _read_person(argument, raw, turn)
    return found.id if isinstance(found, Person) else found


def _read_accountable(argument: Argument, raw: str, turn: Turn) -> Body | Ask:
    return read_accountable(argument.name, raw, turn)


# --- bodies ----------------------------------------------------------------------------------------------------------
def groups_named(word: str, turn: Turn) -> list[Workgroup]:
    """Groups whose code or name contains the word, without "werkgroep" or "programma" before it."""
    bare = word.casefold()
    for lead in ("werkgroep ", "programma ", "wg ", "wg-", "prg-"):
        bare = bare.removeprefix(lead)
    if len(bare) < 3:
        return []
    groups = turn.store.groups()
    living = [group for group in groups if group.state in LIVING_STATES]
    return _named(bare, living) or _named(bare, groups)


def _groups_known(word: str, turn: Turn) -> list[Workgroup]:
    """Someone from outside knows no groups but the own ones: another is a word like any other (INV-20)."""
    return [g for g in groups_named(word, turn) if not turn.person.external or g.code in turn.viewer.bodies]


def _known_to(turn: Turn, body: Body) -> bool:
    return not (turn.person.external and body.is_group) or body.code in turn.viewer.bodies


def _named(bare: str, groups: Sequence[Workgroup]) -> list[Workgroup]:
    exact = [g for g in groups if bare in (g.code.casefold().split("-", 1)[-1], *(a.casefold() for a in g.aliases))]
    return exact or [g for g in groups if bare in g.name.casefold()]


def _read_body(argument: Argument, raw: str, turn: Turn) -> Body | Ask | Refused:
    word = clean(raw)
    found = turn.body(word)
    if found is not None and not (turn.person.external and found.is_group and found.code not in turn.viewer.bodies):
        return found
    group = _one_group(argument, word, turn)
    return group.as_body() if isinstance(group, Workgroup) else group


def _read_group(argument: Argument, raw: str, turn: Turn) -> Workgroup | Ask | Refused:
    word = clean(raw)
    found = turn.store.group(word)
    if found is not None and (not turn.person.external or found.code in turn.viewer.bodies):
        return found
    return _one_group(argument, word, turn)


def _one_group(argument: Argument, word: str, turn: Turn) -> Workgroup | Ask | Refused:
    found = _groups_known(word, turn)
    if len(found) == 1:
        return found[0]
    if found:
        options = tuple(Option(g.code, g.code) for g in found)
        labels = [option.label for option in options]
        return Ask(argument.name, f"{', '.join(labels[:-1])} of {labels[-1]}?", options)
    tiers = ", ".join(body.code for body in reversed(turn.structure.tiers))
    return Refused(
        f"'{ways.shown(word)}' ken ik niet als gremium. Wel: {tiers} en de groepen in !werkgroepen.", code="E11"
    )


# --- choices ---------------------------------------------------------------------------------------------------------
def _choice(word: str, argument: Argument) -> str | None:
    options = [str(value) for value in argument.type]
    word = word.casefold()
    if word in options:
        return word
    if word in argument.about.synonyms:
        return argument.about.synonyms[word]
    near = [option for option in options if len(word) > 3 and option.startswith(word)]
    return near[0] if len(near) == 1 else None


def _read_choice(argument: Argument, raw: str) -> Any:
    word = clean(raw).casefold()
    found = _choice(word, argument)
    for lead in ("ter ", "als "):
        found = found or _choice(word.removeprefix(lead), argument)
    if found is not None:
        return argument.type(found)
    options = ", ".join(str(value) for value in argument.type)
    return Refused(
        f"'{ways.shown(clean(raw))}' ken ik niet bij {argument.about.field}. Kies uit: {options}.", code="E11"
    )


# --- dates -----------------------------------------------------------------------------------------------------------
def _read_date(argument: Argument, raw: str, turn: Turn) -> Any:
    if argument.about.endless and says_no_end(raw):
        usual = dates.say_day(add_months(turn.today, USUAL_MONTHS))
        options = (Option("ja", usual),) if argument.about.usual else ()
        return Ask(argument.name, argument.about.endless, options)
    result = read_moment(raw, turn)
    if isinstance(result, dates.Unreadable):
        return ask_date(argument, result, turn)
    return dates.deadline(result)


def _read_until(argument: Argument, raw: str, turn: Turn) -> Any:
    return _read_date(argument, _UNTIL.sub("", raw.strip()), turn)


def read_moment(raw: str, turn: Turn) -> dates.Result:
    """What a date expression means here, meetings of the register included ("voor het volgende AO")."""
    met = with_meeting_day(raw, turn)
    return met if isinstance(met, dates.Unreadable) else dates.read(met or raw, turn.now, turn.structure.calendar)


def ask_date(argument: Argument, unreadable: dates.Unreadable, turn: Turn) -> Ask:
    """E07/E08 as an open question: why it is not a date, and the likely answers."""
    options = tuple(Option(dates.say_short(day), dates.say_short(day)) for day in map(_day, unreadable.options))
    text = unreadable.because
    if unreadable.kind == "nonsense":
        text = argument.about.ask or "Welke datum bedoel je?"
    elif len(options) == 1 and not text.endswith("?"):
        text = f"{text} Bedoel je {dates.say_day(_day(unreadable.options[0]))}?"
    elif not text.endswith("?"):
        text = f"{text} Welke datum bedoel je?"
    return Ask(argument.name, text, options)


def _day(reading: Any) -> date:
    return last_day(reading)


def _read_when(argument: Argument, raw: str, turn: Turn) -> Any:
    result = read_moment(raw, turn)
    match result:
        case dates.Unreadable():
            return ask_date(argument, result, turn)
        case dates.Day(day):
            return When(day)
        case dates.Instant(at):
            return When(at.date(), at.time().replace(tzinfo=None))
        case dates.Period(start=datetime() as start, end=datetime() as end) if start.date() == end.date():
            return When(start.date(), start.time().replace(tzinfo=None), end.time().replace(tzinfo=None))
        case _:
            return Ask(argument.name, "Dat is een periode. Op welke dag precies?")


_READERS: dict[Any, Callable[[Argument, str, Turn], Any]] = {
    str: _read_text,
    bool: _read_bool,
    int: _read_int,
    Person: _read_person,
    PartyCode: _read_party,
    Parties: _read_parties,
    Responsible: _read_responsible,
    Accountable: _read_accountable,
    Body: _read_body,
    Workgroup: _read_group,
    Deadline: _read_date,
    Until: _read_until,
    When: _read_when,
}


def default_question(argument: Argument) -> str:
    """What is asked when the declaration gives no question of its own."""
    if argument.about.ask:
        return argument.about.ask
    noun = NOUNS.get(argument.type)
    return f"Om {noun[0]} gaat het? Een nummer is genoeg." if noun else f"Nog nodig: {argument.about.text}."
