"""!monitoring: how one sees whether a decision or agreement works: what, when and by whom; or why not (§2.8, C29)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import read_moment
from commands.kit.decisions import may_answer_for, save_record
from commands.kit.declare import EVERYONE, About, command
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.monitoring import lives
from commands.words.agreement import Agreement
from commands.words.decision import Decision, Measure
from commands.words.enumeration import joined
from commands.words.people import Person
from commands.words.verdict import Refused

_NOT_NEEDED = re.compile(r"(?:is )?niet nodig(?:[\s,:]+(?:want|omdat)?\s*(?P<why>.*))?", re.IGNORECASE | re.DOTALL)
_SPLIT = re.compile(r"\s*(?:,|;| en | & )\s*", re.IGNORECASE)


@command(
    "monitoring",
    aliases=("maat",),
    help="Leg bij een besluit of afspraak vast hoe we zien of het werkt: maat, meetmoment en wie.",
    example="!monitoring BES-2027-012 aantal regio's met een plan, 1 december, @uvw.do.1",
    who=EVERYONE,
)
def monitoring(
    turn: Turn,
    record: Annotated[Decision | Agreement, About("het besluit of de afspraak", "besluit", also=("id", "afspraak"))],
    what: Annotated[str | None, About("de maat", "maat", greedy=True)] = None,
    when: Annotated[str | None, About("het meetmoment", "meetmoment", also=("wanneer",), greedy=True)] = None,
    who: Annotated[str | None, About("wie meet", "wie", greedy=True)] = None,
    because: Annotated[str | None, About("waarom het niet nodig is", "reden", greedy=True)] = None,
    text: Annotated[str | None, About("maat, meetmoment en wie", "tekst", rest=True)] = None,
) -> Outcome:
    verdict = may_answer_for(turn, record)
    if isinstance(verdict, Refused):
        return verdict
    if not lives(record):
        return Refused(f"{record.id} is {record.state}; monitoring hoeft niet meer. {ways.look(record.id)}", code="E12")
    not_needed = _NOT_NEEDED.fullmatch((text or "").strip())
    if not_needed is not None:
        return _not_needed(turn, record, (because or not_needed["why"] or "").strip())
    parts = [part.strip() for part in (text or "").split(",") if part.strip()]
    known = {"what": what, "when": when, "who": who}
    for name, value in known.items():
        if not value and parts:
            known[name] = ", ".join(parts) if name == "who" else parts.pop(0)
            parts = [] if name == "who" else parts
    return _measured(turn, record, known)


def _not_needed(turn: Turn, record: Decision | Agreement, because: str) -> Outcome:
    if not because:
        return Ask("because", "Waarom is een maat niet nodig?")
    after = replace(record, needs_measure=False, measure_because=because, measure=None)
    save_record(turn, after, f"monitoring niet nodig: {because}")
    return Reply(
        say(f"{record.id}: monitoring niet nodig, want {because.rstrip('.')}."),
        about=(record.id,),
        deed=f"monitoring {record.id} niet nodig",
        private=_elsewhere(turn, record),
    )


def _measured(turn: Turn, record: Decision | Agreement, known: dict[str, str | None]) -> Outcome:
    """The three parts, asked one at a time; what was typed for the others stays."""
    kept = {name: value or "" for name, value in known.items()} | {"text": ""}
    what, when, who = known["what"], known["when"], known["who"]
    if not what:
        return Ask("what", "Waaraan zien we of het werkt? Een maat, of niet nodig met een reden.", parts=kept)
    if _NOT_NEEDED.fullmatch(what.strip()):
        found = _NOT_NEEDED.fullmatch(what.strip())
        return _not_needed(turn, record, (found["why"] or "").strip() if found else "")
    if not when:
        return Ask("when", "Wanneer meten we? Eén of meer dagen.", parts=kept)
    moments: list[date] = []
    for piece in _SPLIT.split(when.strip()):
        result = read_moment(piece, turn)
        if isinstance(result, dates.Unreadable):
            if result.kind != "nonsense":
                return Ask("when", result.because, parts=kept)
            continue
        day = dates.deadline(result)
        moments += [day] if day is not None else []
    if not who:
        return Ask("who", "Wie meet het?", parts=kept)
    people = turn.store.find_people(who.strip(" .@"))
    named = people[0].id if len(people) == 1 else who.strip(" .")
    said = joined([dates.say_short(day) for day in sorted(moments)]) if moments else when.strip()
    measure = Measure(what.strip(" ."), when.strip(), named, turn.today, tuple(sorted(moments)))
    after = replace(record, measure=measure, needs_measure=True, measure_because="")
    save_record(turn, after, f"maat: {measure.what}; meetmoment: {said}; wie: {named}")
    person = turn.store.get(Person, named)
    line = f"{record.id}: {measure.what}, {said}, door {person.label if person else named}."
    return Reply(
        say(line), about=(record.id,), deed=f"monitoring {record.id} vastgelegd", private=_elsewhere(turn, record)
    )


def _elsewhere(turn: Turn, record: Decision | Agreement) -> bool:
    return turn.room is not None and turn.room.code != record.body
