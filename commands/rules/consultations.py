"""A consultation: who may ask whom, until when, and what an answer makes of it (R-127, C48, domain.md §2.10).

Nothing here looks anything up. That the closing date has passed is read from the date; no clock changes the state.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import date

from commands.rules import ways
from commands.rules.agenda import keeps
from commands.words.calendar import say_short
from commands.words.consultation import Answer, Consultation, ConsultationState
from commands.words.decision import StandKind
from commands.words.enumeration import joined
from commands.words.people import Role, RoleName
from commands.words.structure import Body, Party, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: How a position begins; "voor" is left out, because "voor de zomer" is none.
_KINDS = {
    "akkoord met voorbehoud": StandKind.RESERVED,
    "met voorbehoud": StandKind.RESERVED,
    "voorbehoud": StandKind.RESERVED,
    "niet akkoord": StandKind.AGAINST,
    "tegen": StandKind.AGAINST,
    "oneens": StandKind.AGAINST,
    "akkoord": StandKind.AGREES,
    "eens": StandKind.AGREES,
}
_HEARD = re.compile(r"(?P<heard>\d{1,5})\s+van\s+(?:de\s+|het\s+)?(?P<asked>\d{1,5})(?!\d)[\s,;:.]*", re.IGNORECASE)


def with_network(structure: Structure) -> tuple[Party, ...]:
    """The parties that speak for others, and so can ask them something (R-137): in the shipped structure not Rijk."""
    return tuple(party for party in structure.parties if party.members)


def is_contact(roles: Iterable[Role], party: str) -> bool:
    """Whether one of these roles is the umbrella contact of that party."""
    return any(role.role is RoleName.UMBRELLA_CONTACT and role.on_behalf_of == party for role in roles)


def may_consult(roles: Sequence[Role], place: Body, parties: Sequence[str], structure: Structure) -> Verdict:
    """C48, domain.md §2.4: secretary and chair of the body ask everyone, an umbrella contact asks for the own party."""
    if keeps(roles, place, structure) or any(r.role is RoleName.CHAIR and r.body == place.code for r in roles):
        return Allowed()
    if parties and all(is_contact(roles, party) for party in parties):
        return Allowed()
    because = (
        f"Raadplegen voor {place.the} doet de secretaris of de voorzitter, of een koepelcontact voor de eigen koepel."
    )
    return Refused(because, code="E04")


def may_be_asked(parties: Sequence[str], structure: Structure) -> Verdict:
    """Only who speaks for others has someone to ask."""
    able = [party.code for party in with_network(structure)]
    unable = [party for party in parties if party not in able]
    if not unable:
        return Allowed()
    return Refused(f"{joined(unable)} spreekt niet namens anderen. Dat kan via {joined(able)}.", code="C48")


def last_day(meeting_day: date, structure: Structure) -> date:
    """The last working day before the meeting."""
    return structure.calendar.add(meeting_day, -1)


def may_close_on(closes: date, meeting_day: date, place: Body, today: date, structure: Structure) -> Verdict:
    """C48: there is time to answer, and the answers are there before the meeting (R-127)."""
    if closes <= today:
        because = "De sluitdatum ligt na vandaag: er moet tijd zijn om te antwoorden."
    elif closes > meeting_day:
        because = f"Dat is na {place.the} van {say_short(meeting_day)}."
    elif closes == meeting_day:
        because = f"Dat is de dag van {place.the} zelf; de antwoorden zijn er liever eerder."
    else:
        return Allowed()
    last = last_day(meeting_day, structure)
    if last <= today:
        return Refused(f"{because} Vraag het dan in de vergadering zelf.", code="C48")
    return Refused(because, Instead("", {"closes": say_short(last)}, f"Sluiten op {say_short(last)}?"), "C48")


def closed_on(one: Consultation, today: date) -> bool:
    """Whether the last day to answer in time has passed."""
    return today > one.closes_on


def waiting(one: Consultation) -> tuple[str, ...]:
    """The parties that were asked and have said nothing yet, in the order they were asked."""
    said = {answer.party for answer in one.answers}
    return tuple(party for party in one.parties if party not in said)


def answer_of(one: Consultation, party: str) -> Answer | None:
    """What the party says, if it said anything."""
    return next((answer for answer in one.answers if answer.party == party), None)


def may_answer(one: Consultation, party: str) -> Verdict:
    """Also after the closing date, and again: that is then marked."""
    if one.state is ConsultationState.WITHDRAWN:
        return Refused(f"{one.id} is ingetrokken; een standpunt is niet meer nodig. {ways.look(one.id)}", code="E12")
    if party not in one.parties:
        return Refused(
            f"{one.id} vraagt {joined(one.parties)}, niet {party}. Namens {party} iets inbrengen gaat met !inbreng.",
            code="E12",
        )
    return Allowed()


def with_answer(one: Consultation, answer: Answer) -> Consultation:
    """With this answer in the place of an earlier one of the same party, in the order in which parties were asked."""
    by_party = {given.party: given for given in one.answers} | {answer.party: answer}
    given = tuple(by_party[party] for party in one.parties if party in by_party)
    after = replace(one, answers=given)
    return replace(after, state=ConsultationState.OPEN if waiting(after) else ConsultationState.ANSWERED)


def kind_in(text: str) -> tuple[StandKind | None, str]:
    """The position that a text begins with, and what stands behind it: "Akkoord, mits er geld komt"."""
    said = " ".join(text.split())
    for word, kind in _KINDS.items():
        if re.match(rf"{word}(?![\w-])", said, re.IGNORECASE):
            return kind, said[len(word) :].lstrip(" ,;:.–-")
    return None, said


def heard_in(text: str) -> tuple[int, int, str] | None:
    """How many of how many answered, and what stands behind it: "12 van de 40"; None when that is not what it says."""
    match = _HEARD.match(text.strip())
    if match is None or int(match["heard"]) > int(match["asked"]) or int(match["asked"]) == 0:
        return None
    return int(match["heard"]), int(match["asked"]), text.strip()[match.end() :]


def is_miscounted(text: str) -> bool:
    """Whether it begins with a count that cannot be: more than were asked, or of nobody ("50 van de 40")."""
    return _HEARD.match(text.strip()) is not None and heard_in(text) is None


def reminder_days(one: Consultation, structure: Structure) -> list[date]:
    """When who has not answered is reminded, before the closing date; never in a quiet period (INV-12)."""
    calendar = structure.calendar
    days = (
        calendar.sending_on_or_before(span.before(one.closes_on, calendar))
        for span in structure.thresholds.consultation_reminders
    )
    return list(dict.fromkeys(days))
