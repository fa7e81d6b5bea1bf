"""!wieweet: who offered to be found for a topic, and offering it oneself (C50, R-209)."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.disciplines import Read, read
from commands.rules.helping import spelling, topic_named
from commands.words.helping import Expertise, ExpertState
from commands.words.people import Person
from commands.words.structure import Body
from commands.words.verdict import Refused

_ME = re.compile(r"ik\b[:,]?\s*(?P<not>niet(?:\s+meer)?\b)?\s*", re.IGNORECASE)


@command(
    "wieweet",
    aliases=("wie-weet",),
    help="Zoek wie zich voor een thema heeft gemeld, of geef jezelf op met ik ervoor.",
    example="!wieweet PFAS",
    who=EVERYONE,
)
def wieweet(
    turn: Turn,
    text: Annotated[str | None, About("het thema, met ik ervoor om jezelf op te geven", "thema", rest=True)] = None,
) -> Outcome:
    words = " ".join((text or "").split()).strip(" .,:;?!\"'")
    oneself = _ME.match(words)
    said = words[oneself.end() :] if oneself else words
    if not said:
        return _mine(turn)
    meant = read(said, turn.structure.disciplines) if not oneself else Read(())
    discipline = meant.names[0] if len(meant.names) == 1 and not meant.unknown else ""
    topic: str | Refused = discipline or topic_named(said, turn.structure.topics, oneself[0].strip() if oneself else "")
    if oneself and oneself["not"] and turn.store.experts(topic=said, person=turn.person.id):
        # What was taken as a topic once can always be taken away.
        topic = said
    if isinstance(topic, Refused):
        return topic
    if oneself:
        return _list(turn, topic, wants=not oneself["not"])
    return _found(turn, topic, discipline)


def _found(turn: Turn, topic: str, discipline: str) -> Reply:
    """Who offered to be found for the topic, and who gave the discipline of that name (R-207)."""
    listed = turn.store.experts(topic=topic)
    topic = topic if topic in turn.structure.topics else spelling([one.topic for one in listed], topic)
    offered = _seen(turn, [one.person for one in listed])
    declared = turn.store.disciplines(name=discipline) if discipline else ()
    brings = _seen(turn, [one.person for one in declared])
    lines: list[str] = []
    if offered:
        has = "heeft" if len(offered) == 1 else "hebben"
        lines.append(f"Voor {topic} {has} zich gemeld: {_names(offered)}.")
    if brings:
        lines.append(f"Met de discipline {discipline}: {_names(brings)}.")
    if not lines:
        return Reply(say(f"Nog niemand heeft zich gemeld voor {topic}. Zelf aanmelden: !wieweet ik {topic}"))
    elsewhere = turn.room is not None and not all(_is_here(turn, one, turn.room) for one in (*offered, *brings))
    return Reply(say(*lines), private=elsewhere)


def _seen(turn: Turn, ids: Sequence[str]) -> list[Person]:
    found = (turn.store.get(Person, id) for id in ids)
    return [one for one in found if one is not None and turn.in_office(one) and _may_know(turn, one)]


def _names(people: Sequence[Person]) -> str:
    return ", ".join(f"{one.label} ({one.organisation})" for one in people)


def _may_know(turn: Turn, person: Person) -> bool:
    """Between the parties everyone; who is from outside only the people of the own groups, as with !wie (INV-20)."""
    if not turn.person.external or person.id == turn.person.id:
        return True
    bodies = {role.body for role in turn.store.roles(person=person.id, on=turn.today)}
    return bool(bodies & set(turn.viewer.bodies))


def _is_here(turn: Turn, person: Person, room: Body) -> bool:
    """Where people from outside read, only who is in that group is named."""
    held = turn.store.roles(person=person.id, body=room.code, on=turn.today)
    return not room.with_externals or bool(held)


def _mine(turn: Turn) -> Outcome:
    topics = [one.topic for one in turn.store.experts(person=turn.person.id)]
    you, are = ("U", "bent") if turn.formal else ("Je", "bent")
    if not topics:
        return Reply(say(f"{you} {are} nergens voor gemeld. Aanmelden: !wieweet ik PFAS"), private=True)
    return Reply(
        say(f"{you} {are} te vinden voor {', '.join(topics)}. Afmelden: !wieweet ik niet {topics[0]}"), private=True
    )


def _list(turn: Turn, topic: str, *, wants: bool) -> Outcome:
    """By oneself only: nobody is put on a list by another."""
    wanted = ExpertState.LISTED if wants else ExpertState.NOT_LISTED
    record = Expertise(turn.person.id, topic, topic.casefold(), wanted)
    known = turn.store.get(Expertise, record.id)
    if (known.state if known else ExpertState.NOT_LISTED) is wanted:
        return Refused(f"Dat was al zo: {'aangemeld' if wants else 'niet aangemeld'} voor {topic}.", code="E14")
    turn.put(record, str(wanted))
    you, your = ("u", "uw") if turn.formal else ("je", "je")
    if not wants:
        return Reply(say(f"{your.capitalize()} naam staat niet meer bij {topic}."), deed=f"afgemeld voor {topic}")
    said = f"Wie !wieweet {topic} typt, vindt nu {your} naam."
    asks = f"Bij een hulpvraag vraag ik {you} eerst of {you} wilt meedenken."
    return Reply(say(f"{said} {asks}"), deed=f"aangemeld voor {topic}")
