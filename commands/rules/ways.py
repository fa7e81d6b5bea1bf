"""The closing sentence of a refusal: what does work, or whom to ask (dialogue.md §1.5). Pure words, without je or u, so
that they fit every room."""

from __future__ import annotations

from commands.words.verdict import Instead, Refused

#: For what someone from outside may not do (E16): the help shows what this person can do here.
RESERVED = "Dit is voorbehouden aan de overheidspartijen in het vaste overleg. Wat wel kan, staat bij !help."
#: What someone who may not look here can read instead, or ask for.
SEE_GROUPS = "Kijk bij !werkgroepen."


#: How much of what was typed a refusal or a question repeats.
LONGEST_ECHO = 40


def shown(typed: str) -> str:
    """What was typed as an answer repeats it: on one line, and cut off when it is long."""
    line = " ".join(typed.split())
    return line if len(line) <= LONGEST_ECHO else f"{line[:LONGEST_ECHO].rstrip()}…"


def look(id: str) -> str:
    """How what is settled or over went on: the dossier of a signal, action, decision, agreement or group."""
    return f"Kijk met !toon {id}."


def look_at_agenda(code: str = "") -> str:
    """Where a point or a meeting can be seen; `code` is its body, empty for that of the room."""
    return f"Kijk bij !agenda {code}." if code else "Kijk bij !agenda."


def look_at_meetings(code: str) -> str:
    """When that body meets."""
    return f"Kijk bij !vergadering {code}."


def ask(whom: str) -> str:
    """Whom to ask, as a sentence names them: "smit", "de secretaris"."""
    return f"Vraag het aan {whom}."


def ask_secretary(the_body: str) -> str:
    """The secretary of a body, which is named as a sentence does: "het AO"."""
    return f"Vraag het aan de secretaris van {the_body}."


def refused(because: str, way: Instead | None, otherwise: str, code: str) -> Refused:
    """A refusal whose offer not everybody can take: with the offer, or closed by what else works."""
    return Refused(because, way, code) if way is not None else Refused(f"{because} {otherwise}", code=code)
