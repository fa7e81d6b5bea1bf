"""!aandachtspunt: what an informal meeting wants taken further; no decision until a formal one takes it (C33)."""

from __future__ import annotations

import re
from enum import StrEnum
from typing import Annotated

from commands.kit.attention import confirm, not_taken, schedule, show_points
from commands.kit.decisions import DAYS_BACK, at_the_table, named, place_for
from commands.kit.declare import About, Right, Where, command
from commands.kit.dossiers import dossier, not_confirmed
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.decisions import UNDECIDING
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint, AttentionState
from commands.words.decision import Decision
from commands.words.enumeration import joined
from commands.words.meeting import Meeting, MeetingState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

ROLES = (RoleName.SECRETARY, RoleName.CHAIR, RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.LEAD)
_BULLET = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s*")


class Act(StrEnum):
    SCHEDULE = "agenderen"
    CONFIRM = "bekrachtigd"
    NOT_TAKEN = "niet overgenomen"


WORDS = {"agendeer": "agenderen", "bekrachtig": "bekrachtigd", "overgenomen": "bekrachtigd", "niet": "niet overgenomen"}


@command(
    "aandachtspunt",
    aliases=("aap", "aandachtspunten"),
    help="Noteer een aandachtspunt van een informeel overleg, of meer: één per regel.",
    example="!aandachtspunt Neem energie uit de ondergrond mee in de visie",
    who=tuple(Right(role, Where.ANY) for role in ROLES),
    otherwise="vraag het de secretaris.",
)
def aandachtspunt(
    turn: Turn,
    point: Annotated[AttentionPoint | None, About("het aandachtspunt", "id")] = None,
    act: Annotated[Act | None, About("agenderen, bekrachtigd of niet overgenomen", "opdracht", synonyms=WORDS)] = None,
    confirmed_as: Annotated[
        Decision | Agreement | None, About("het besluit of de afspraak", "als", words=("als", "met"))
    ] = None,
    meeting: Annotated[Meeting | None, About("het informele overleg", "bij", words=("bij",))] = None,
    present: Annotated[str | None, About("wie er waren, per organisatie", "aanwezig", greedy=True)] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True)] = None,
    text: Annotated[str | None, About("het aandachtspunt", "tekst", greedy=True, rest=True)] = None,
) -> Outcome:
    if point is not None:
        return _further(turn, point, act, confirmed_as, because or text or "")
    place = turn.body(meeting.body) if meeting is not None else place_for(turn)
    if place is None:
        return Refused("Typ dit in de kamer van het overleg, of noem de vergadering met bij:.", code="E06")
    if act is not None and not text:
        return Ask("point", "Om welk aandachtspunt gaat het? Een nummer is genoeg.")
    lines = [_BULLET.sub("", line).strip() for line in (text or "").splitlines()]
    said = [line.strip("\"' ") for line in lines if line.strip("\"' ")]
    if not said:
        return show_points(turn, place)
    chosen = meeting or _session(turn, place, said[0])
    if not isinstance(chosen, Meeting):
        return chosen
    if chosen.kind not in UNDECIDING:
        way = Instead("besluit", {"text": said[0]}, "Als besluit vastleggen?")
        keeps = turn.holds(RoleName.SECRETARY, place.code) or turn.holds(RoleName.CHAIR, place.code)
        asked = "Bedoel je !besluit of !actie?" if not turn.formal else "Bedoelt u !besluit of !actie?"
        return Refused(f"Dit is een {chosen.kind} {place.code}. {asked}", way if keeps else None, "C33")
    if place.code not in turn.viewer.bodies:
        return Refused(f"Aandachtspunten noteren de deelnemers en de secretaris van {place.the}.", code="E04")
    return _noted(turn, place, chosen, said, present)


def _session(turn: Turn, place: Body, text: str) -> Meeting | Ask | Refused:
    """The informal meeting of today; else the last one, asked about first; else whatever meets today."""
    since = turn.today.fromordinal(turn.today.toordinal() - DAYS_BACK)
    known = [
        one
        for one in turn.store.meetings(body=place.code, since=since, until=turn.today)
        if one.state is not MeetingState.CANCELLED
    ]
    informal = [one for one in known if one.kind in UNDECIDING]
    today = [one for one in informal if one.day == turn.today] or [one for one in known if one.day == turn.today]
    if today:
        return today[0]
    if informal:
        return Ask("meeting", f"Van {named(informal[-1])}?", (Option("ja", informal[-1].id),))
    because = f"Er is geen informeel overleg van {place.the} geweest. Plan het met !vergadering plan {place.code}."
    return Refused(because, code="C33")


def _noted(turn: Turn, place: Body, meeting: Meeting, said: list[str], present: str | None) -> Outcome:
    """R-144: one record for each line; who were there goes along by organisation (R-145)."""
    before = turn.store.attention_points(meeting=meeting.id)
    there = tuple(word.strip() for word in re.split(r",|;|\ben\b", present or "") if word.strip())
    there = there or meeting.present or (before[-1].organisations if before else at_the_table(turn, place))
    known = {one.text.casefold(): one for one in before if one.state is not AttentionState.LAPSED}
    twin = next((known[line.casefold()] for line in said if line.casefold() in known), None)
    if twin is not None:
        return Refused(f"Dit stond al genoteerd als {twin.id}.", code="E14")
    made: list[AttentionPoint] = []
    for line in said:
        point = AttentionPoint(
            turn.new_id("AAP"), line, place.code, meeting.id, turn.person.id, turn.now, organisations=there
        )
        turn.put(point, f"genoteerd bij {meeting.id}")
        made.append(point)
    many = f"{len(made)} aandachtspunten genoteerd: {made[0].id} t/m {made[-1].id}."
    first = f"{made[0].id} genoteerd." if len(made) == 1 else many
    ids = tuple(one.id for one in made)
    return Reply(
        say(f"{first} {not_confirmed(turn, made[0])}"),
        about=ids,
        deed=f"{joined(ids[:1]) if len(ids) == 1 else f'{len(ids)} aandachtspunten'} genoteerd",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _further(
    turn: Turn, point: AttentionPoint, act: Act | None, confirmed_as: Decision | Agreement | None, text: str
) -> Outcome:
    """What becomes of it: on an agenda, taken over, or not."""
    if act is None and confirmed_as is None:
        private = turn.room is not None and turn.room.code != point.body
        return Reply(dossier(turn, point), about=(point.id,), private=private)
    if act is Act.SCHEDULE:
        return schedule(turn, point)
    if act is Act.NOT_TAKEN:
        return not_taken(turn, point, text)
    if confirmed_as is None:
        return Ask("confirmed_as", "Met welk besluit of welke afspraak is het bekrachtigd?")
    return confirm(turn, point, confirmed_as)
