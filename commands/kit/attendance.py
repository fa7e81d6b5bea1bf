"""Who was at a meeting, asked and read back (V3)."""

from __future__ import annotations

from commands.kit.ports import Offer
from commands.kit.turn import Ask, Turn
from commands.rules import ways
from commands.rules.attendance import Attendance, read_attendance
from commands.words.meeting import Meeting


def expected_at(turn: Turn, meeting: Meeting) -> tuple[str, ...]:
    """The parties that belong at the meeting: those with a role in its body that day, in the structure's order."""
    held = dict.fromkeys(role.on_behalf_of for role in turn.store.roles(body=meeting.body, on=meeting.day))
    parties = [party.code for party in turn.structure.parties]
    if not held:
        return tuple(parties)
    return (*(code for code in parties if code in held), *(name for name in held if name not in parties))


def attendance(turn: Turn, meeting: Meeting, text: str, *, absent: bool) -> Attendance | Ask:
    """What was typed as organisations, or the question which one is meant; a look-alike is asked, never mapped (G9)."""
    expected = expected_at(turn, meeting)
    names = {name.casefold(): name for name in expected}
    for party in turn.structure.parties:
        names |= {word.casefold(): party.code for word in (party.code, party.name, *party.aliases) if word}
    found = read_attendance(text, names, expected, absent=absent)
    if not found.unknown:
        return found
    word = found.unknown[0]
    meant = turn.structure.misread_parties.get(word.casefold())
    hint = f" Bedoel je {meant}?" if meant else ""
    part, what = ("absent", "niet waren") if absent else ("present", "er waren")
    text = f"'{ways.shown(word)}' ken ik hier niet.{hint} Welke partijen {what}? Wel bekend: {', '.join(expected)}."
    return Ask(part, text)


def attendance_offers(meeting: Meeting) -> tuple[Offer, ...]:
    """The words that answer the question who was there."""
    this = {"act": "gehouden", "meeting": meeting.id}
    return (
        Offer("iedereen", "vergadering", {**this, "present": "iedereen"}),
        Offer("aanwezig", "vergadering", this, rest="present"),
        Offer("afwezig", "vergadering", this, rest="absent"),
    )
