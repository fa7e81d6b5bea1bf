"""From a half command to an outcome: read the parts, ask for what is missing one at a time, then run it.

What may be asked stands on the declaration. The half command travels as raw text, so that nothing typed is lost.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, time
from typing import Any

from commands.kit.arguments import RECORDS, default_question, read_part, take
from commands.kit.declare import Argument, Command
from commands.kit.parse import split, unquoted
from commands.kit.points import POINTS, records_of
from commands.kit.ports import Option, Question
from commands.kit.records import choose, from_context
from commands.kit.turn import Ask, Outcome, Turn
from commands.kit.waiting import waiting_for
from commands.rules import ways
from commands.words.calendar import AMSTERDAM, WorkCalendar
from commands.words.proposal import Proposal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused
from commands.words.workgroup import Workgroup

#: Open questions expire at the end of the next working day (dialogue.md 4), when quiet hours begin.
END_OF_DAY = time(18, 0)

YES = ("ja", "j", "jazeker", "graag", "ok", "oké", "akkoord", "doe maar", "klopt", "✅")
NO = ("nee", "n", "nee dank je", "liever niet", "❌")
COURTESY = tuple(
    "graag hoor prima goed dank je u bedankt doe maar aub svp alsjeblieft alstublieft even eens nu mij me".split()
)
_GROUP_CODE = re.compile(r"\b(?:wg|prg)-[\w-]+", re.IGNORECASE)
#: What is said of a name that nobody goes by.
UNKNOWN = "ken ik niet"
_WANT = re.compile(r"^want\s+(?=\w)", re.IGNORECASE)
#: What answers no question that asks who, what or why.
BARE = ("ja", "j", "jazeker", "nee", "n")
_OPEN = re.compile(r"(?:waar|wat(?! wordt (?!de |het ))|welk|wie|hoe|geef kort aan waarom)", re.IGNORECASE)
CANCEL = ("laat maar", "laat maar zitten", "annuleer", "stop")


def run(command: Command, parts: Mapping[str, str], turn: Turn) -> Outcome:
    """Read every part, ask for the first that is missing or unclear, otherwise let the command's handler decide."""
    values: dict[str, Any] = {}
    for argument in command.arguments:
        value = _value(argument, parts, values, turn)
        if isinstance(value, Refused):
            return value
        if isinstance(value, Ask):
            return Ask(value.missing, value.text, value.options, {**parts, **value.parts})
        values[argument.name] = value
    turn.typed = parts
    outcome: Outcome = command.run(turn, **values)
    if isinstance(outcome, Ask):
        return Ask(outcome.missing, outcome.text, outcome.options, {**parts, **outcome.parts})
    if isinstance(outcome, Refused) and outcome.instead is not None:
        same = outcome.instead.command in ("", command.name)
        merged = {**parts, **outcome.instead.parts} if same else outcome.instead.parts
        name = command.name if same else outcome.instead.command
        way = Instead(name, {part: raw for part, raw in merged.items() if raw}, outcome.instead.ask)
        return Refused(outcome.because, way, outcome.code)
    return outcome


def _value(argument: Argument, parts: Mapping[str, str], values: Mapping[str, Any], turn: Turn) -> Any:
    raw = parts.get(argument.name, "")
    if raw.strip():
        return read_part(argument, raw, turn)
    if argument.type in (*RECORDS, *POINTS, Workgroup) and argument.required:
        found = from_context(records_of(argument.types), turn)
        if found:
            return choose(found, argument.name, turn)
    if Proposal in argument.types and argument.required and (waits := waiting_for(argument.name, turn)) is not None:
        return waits
    about = argument.about
    if argument.required or (about.ask and about.when is not None and about.when(values)):
        return Ask(argument.name, default_question(argument), _options(argument))
    return None


def _options(argument: Argument) -> tuple[Option, ...]:
    if argument.type is bool:
        return (Option("ja", "ja"), Option("nee", "nee"))
    return ()


def start(command: Command, text: str, turn: Turn) -> tuple[Outcome, tuple[str, ...]]:
    """Run a command as it was typed; also returns remarks about fields that are not known."""
    typed = split(command, text, turn)
    stray = not_read(command, typed.left) if command.reads else None
    if stray is not None:
        return stray, ()
    outcome = run(command, _with_quote(command, typed.parts, turn), turn)
    if isinstance(outcome, Ask):
        outcome = _code_named(command, _not_known(command, outcome), text, turn)
    return outcome, typed.remarks


def not_read(command: Command, left: str | None) -> Refused | None:
    """What only shows leaves no word aside without a sound: it is said back, with what does work. None for nothing, and
    for a courteous word."""
    words = [_bare(word) for word in re.split(r"[\s,]+", left or "") if word]
    if all(word in COURTESY for word in words):
        return None
    because = f"'{ways.shown(left or '')}' ken ik niet bij !{command.name}. Wat wel kan: {command.example}"
    return Refused(f"{because}. Meer staat bij !help {command.name}.", code="E11")


def _code_named(command: Command, ask: Ask, text: str, turn: Turn) -> Ask:
    """A code that looks like that of a group and is none this person may know of is named in the question for one."""
    asked = next((one for one in command.arguments if one.name == ask.missing and one.type in (Body, Workgroup)), None)
    found = _GROUP_CODE.search(text)
    if asked is None or found is None or UNKNOWN in ask.text or take(asked, [found[0]], turn):
        return ask
    return replace(ask, text=f"'{ways.shown(found[0])}' {UNKNOWN}. {ask.text}")


def _not_known(command: Command, ask: Ask) -> Ask:
    """A place that nobody knows is named in the question, and does not end up in the sentence: "bij grondwater"."""
    asked = next((one for one in command.arguments if one.name == ask.missing and one.type in (Body, Workgroup)), None)
    rest = next((one.name for one in command.arguments if one.about.rest), "")
    if asked is None or not asked.about.words:
        return ask
    words = "|".join(re.escape(word) for word in asked.about.words)
    found = re.match(rf"(?:{words})\s+(?P<name>\S+)\s*", ask.parts.get(rest, ""), re.IGNORECASE)
    if found is None:
        return ask
    left = {**ask.parts, rest: ask.parts[rest][found.end() :]}
    parts = {name: raw for name, raw in left.items() if raw}
    return Ask(ask.missing, f"'{ways.shown(found['name'].strip('.,;:'))}' ken ik niet. {ask.text}", ask.options, parts)


def _with_quote(command: Command, parts: Mapping[str, str], turn: Turn) -> Mapping[str, str]:
    """What someone said stands in for the sentence that a bare command lacks (domain.md §3.1), with who said it."""
    text = next((argument.name for argument in command.arguments if argument.about.quoted == "text"), None)
    if text is None or text in parts or not turn.quoted.strip():
        return parts
    said = {"text": turn.quoted, "sender": turn.quoted_by}
    found = {one.name: said[one.about.quoted] for one in command.arguments if one.about.quoted}
    return {**{name: raw for name, raw in found.items() if raw}, **parts}


def question_from(ask: Ask, command: Command, turn: Turn, thread: str | None, room: str) -> Question:
    """The stored row of an open question."""
    return Question(
        turn.person.id,
        command.name,
        ask.parts,
        ask.missing,
        ask.text,
        ask.options,
        room,
        thread,
        turn.now,
        expiry(turn.now, turn.structure.calendar),
    )


def offer_from(instead: Instead, text: str, turn: Turn, thread: str | None, room: str) -> Question:
    """The stored row of an offer after a refusal: *ja* runs the other half command."""
    return Question(
        turn.person.id,
        instead.command,
        instead.parts,
        None,
        text,
        (Option("ja", "ja"), Option("nee", "nee")),
        room,
        thread,
        turn.now,
        expiry(turn.now, turn.structure.calendar),
    )


def unfit(command: Command, question: Question, parts: Mapping[str, str], turn: Turn) -> str:
    """Why an answer cannot be this part (an unknown choice, an id that does not exist), "" when it can.

    The question then stays open: a slip of the thumb loses nothing of what was typed before (dialogue.md 5).
    """
    argument = next((argument for argument in command.arguments if argument.name == question.missing), None)
    if argument is None:
        return ""
    raw = parts.get(argument.name, "")
    asked = (question.text, re.split(r"(?<=[.?!:;])\s+", question.text.strip())[-1])
    if argument.type is str and not question.options and any(map(_OPEN.match, asked)) and _bare(raw) in BARE:
        return f"Ja of nee past hier niet; stoppen kan met laat maar. {question.text}"
    value = read_part(argument, raw, turn)
    if isinstance(value, Ask) and not value.options and not value.parts and argument.name not in question.parts:
        # Nothing was made of it: the half command stays without, also where it is printed to type again.
        return value.text
    return value.because if isinstance(value, Refused) and value.instead is None else ""


def expiry(now: datetime, calendar: WorkCalendar) -> datetime:
    """End of the next working day in Europe/Amsterdam, as an aware instant."""
    day = calendar.next_working_day(now.astimezone(AMSTERDAM).date())
    return datetime.combine(day, END_OF_DAY, AMSTERDAM)


@dataclass(frozen=True)
class Answer:
    """What an answer to an open question comes to. `again` repeats the question with a sentence before it."""

    parts: Mapping[str, str] | None = None
    cancelled: bool = False
    again: str = ""


def answer(question: Question, text: str) -> Answer:
    """Read an answer: an option by its words or number, a yes or no, or free text for the missing part."""
    said = unquoted(text)
    word = _bare(said)
    if word in CANCEL:
        return Answer(cancelled=True)
    if question.missing is None:
        if _means(word, YES) or word == _offered(question.text):
            return Answer(parts=question.parts)
        if _means(word, NO):
            return Answer(cancelled=True)
        return Answer(again="Antwoord met ja of nee.")
    chosen = _chosen(question.options, word)
    if chosen is None and word in NO and len(question.options) == 1:
        return Answer(again="Goed. Wat bedoel je dan?")
    value = chosen if chosen is not None else _WANT.sub("", said)
    if not re.search(r"\w", value):
        return Answer(again=f"Ik las geen antwoord. {question.text}")
    return Answer(parts={**question.parts, question.missing: value})


def _bare(text: str) -> str:
    return text.strip().casefold().rstrip(".!")


def _offered(text: str) -> str:
    """What the offer asks, as someone says it back: "Toch vaststellen?" is answered by "toch vaststellen"."""
    return re.split(r"(?<=[.?!:])\s+", text.strip())[-1].rstrip("?").casefold()


def _means(word: str, answers: tuple[str, ...]) -> bool:
    """Whether this is one of the answers, also with a courteous word behind it: "ja graag", "nee, dank u"."""
    first, *rest = re.split(r"[\s,]+", word)
    return word in answers or (first in answers and (all(more in COURTESY for more in rest) or f"{first}," in word))


def _chosen(options: tuple[Option, ...], word: str) -> str | None:
    if len(options) == 1 and word in YES:
        return options[0].value
    exact = [o.value for o in options if word == o.label.casefold()]
    if exact:
        return exact[0]
    with_number = [o.value for o in options if re.search(rf"(?<!\d){re.escape(word)}(?!\d)", o.label.casefold())]
    if word.isdigit() and len(with_number) == 1:
        return with_number[0]
    numbered = any(o.label.isdigit() for o in options)
    if word.isdigit() and not with_number and not numbered and 0 < int(word) <= len(options):
        return options[int(word) - 1].value
    if word in YES or word in NO:
        # "ja" says nothing about "do 14 jan", and "ok" nothing about "do 14 okt".
        return None
    near = [o.value for o in options if len(word) > 1 and word in o.label.casefold()]
    return near[0] if len(near) == 1 else None
