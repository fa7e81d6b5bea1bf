"""!corrigeer: say what is wrong in the list of a meeting; the secretary works it in (digests.md §1.6)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import keeps_list, secretary_of
from commands.kit.correction_term import corrections_end
from commands.kit.decisions import DAYS_BACK, named
from commands.kit.declare import EVERYONE, About, command
from commands.kit.points import Point, find_point, take_point
from commands.kit.ports import Offer, Record
from commands.kit.records import find_record
from commands.kit.reply import Heading, Line, Message, Strong, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.minutes import CONCEPT
from commands.rules.visibility import may_see_body
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Correction, CorrectionState
from commands.words.structure import Body
from commands.words.verdict import Refused

TARGETS = (Point, Decision, Agreement, Action)
QUESTION = "Wat klopt er niet? Bijvoorbeeld: bij punt 3 was iedereen aanwezig."


class Act(StrEnum):
    DONE = "verwerkt"
    REJECT = "afgewezen"


WORDS = {"verwerken": "verwerkt", "afwijzen": "afgewezen"}


@command(
    "corrigeer",
    aliases=("correctie", "correcties"),
    help="Zeg wat er niet klopt in de lijst van een vergadering. De secretaris verwerkt het.",
    example="!corrigeer BES-2027-012 het gaat om vier regio's",
    who=EVERYONE,
)
def corrigeer(
    turn: Turn,
    act: Annotated[Act | None, About("verwerkt of afgewezen", "opdracht", synonyms=WORDS)] = None,
    meeting: Annotated[Meeting | None, About("van welke vergadering", "vergadering", words=("van",))] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True)] = None,
    text: Annotated[
        str | None, About("het punt, het besluit of de actie, en wat er anders moet", "tekst", rest=True)
    ] = None,
) -> Outcome:
    said = (text or "").strip()
    if act is not None:
        return _settle(turn, act, said, because or "")
    if because:
        said = f"{said} want {because}"
    target, said = _target(turn, said)
    if isinstance(target, Ask | Refused):
        return target
    found = meeting or _meeting(turn, target)
    if found is None:
        return Refused(
            "Over welke vergadering gaat het? Noem het punt of het besluit, of typ het in de kamer.", code="E06"
        )
    place = turn.need_body(found.body)
    if not may_see_body(turn.viewer, place, turn.structure):
        return Refused(
            f"De lijst van {place.the} corrigeert wie in {place.the} zit. {ways.ask_secretary(place.the)}", code="E04"
        )
    if not said:
        return (
            _list(turn, found, place)
            if target is None
            else Ask("text", "Wat moet er anders?", parts={"text": target.id})
        )
    return _record(turn, found, place, target, said)


def _target(turn: Turn, said: str) -> tuple[AgendaItem | Decision | Agreement | Action | Ask | Refused | None, str]:
    """What the sentence begins with: a point, a decision, an agreement or an action; else the list as a whole."""
    tokens = said.split()
    n = take_point(tokens, TARGETS)
    if not n:
        replied = [id for id in turn.context if id.split("-", 1)[0] in ("BES", "AFS", "ACT", "AGP")]
        if len(replied) != 1:
            return None, said
        tokens, n = [replied[0], *tokens], 1
    record = find_point(" ".join(tokens[:n]), TARGETS, turn, "text")
    if isinstance(record, Ask):
        return Refused(f"{record.text} Noem het nummer, bijvoorbeeld BES-2027-001.", code="E03"), said
    if not isinstance(record, AgendaItem | Decision | Agreement | Action):
        return record if isinstance(record, Refused) else None, said
    return record, " ".join(tokens[n:]).strip(" :,")


def _meeting(turn: Turn, target: Record | None) -> Meeting | None:
    """The meeting it belongs to; an action by the day it was agreed, else the last one that was held here."""
    if isinstance(target, AgendaItem | Decision | Agreement):
        return turn.store.get(Meeting, target.meeting)
    if isinstance(target, Action):
        return _held(turn, target.body, target.made_at.astimezone(AMSTERDAM).date()) or _held(turn, target.body, None)
    return _held(turn, turn.room.code, None) if turn.room is not None else None


def _held(turn: Turn, body: str, day: date | None) -> Meeting | None:
    since = day or turn.today.fromordinal(turn.today.toordinal() - DAYS_BACK)
    found = turn.store.meetings(body=body, since=since, until=day or turn.today)
    held = [one for one in found if one.state in CONCEPT]
    return held[-1] if held else None


def _record(turn: Turn, meeting: Meeting, place: Body, target: Record | None, said: str) -> Outcome:
    if meeting.state not in CONCEPT:
        return Refused(
            f"De lijst van {named(meeting)} is {meeting.state}; corrigeren kan alleen in het concept. "
            f"{ways.ask('de secretaris')}",
            code="V5",
        )
    end = corrections_end(turn, meeting)
    if turn.today > end:
        because = f"Corrigeren kon tot en met {dates.say_short(end)}. Noem het bij het vaststellen van het verslag."
        return Refused(because, code="§1.6")
    about = target.id if target is not None else ""
    made = Correction(turn.new_id("COR"), meeting.id, about, said, turn.person.id, turn.now)
    turn.put(made, said)
    on = about or named(meeting)
    keeper = secretary_of(turn, place.code)
    line: Line = (Strong(made.id), f" van {turn.person.label} bij {on}: {said}")
    ask = f"Verwerk het met {_way(turn, about)}. Antwoord daarna met verwerkt, of met afgewezen en een reden."
    if keeper is not None:
        turn.tell(keeper.id, say(line, ask), about=(made.id,), offers=_offers(made), receipt=False)
    text = f"{made.id} genoteerd bij {on}. De secretaris van {place.the} verwerkt het."
    return Reply(
        say(text),
        about=(made.id,),
        deed=f"{made.id} genoteerd",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _way(turn: Turn, about: str) -> str:
    """What the secretary types to work it in."""
    under = turn.store.decisions(item=about) if about.startswith("AGP") else ()
    if len(under) == 1:
        about = under[0].id
    if about[:3] in ("BES", "AFS"):
        return f"!wijzig {about} en de nieuwe tekst"
    ways = {"AGP": f"!uitkomst {about}", "ACT": f"!verzet of !overdragen {about}"}
    return ways.get(about[:3], "!besluit, !actie of !uitkomst")


def _offers(made: Correction) -> tuple[Offer, ...]:
    done = {"act": "verwerkt", "text": made.id}
    return (
        Offer("✅", "corrigeer", done),
        Offer("verwerkt", "corrigeer", done),
        Offer("afgewezen", "corrigeer", {"act": "afgewezen", "text": made.id}, rest="because"),
    )


def _settle(turn: Turn, act: Act, said: str, because: str) -> Outcome:
    number, _, rest = said.partition(" ")
    if not number:
        return Ask("text", "Welke correctie? Een nummer is genoeg.")
    correction = find_record(number, (Correction,), turn, "text")
    if not isinstance(correction, Correction):
        return (
            correction
            if isinstance(correction, Ask | Refused)
            else Refused("Die correctie ken ik niet. Kijk bij !correcties.", code="E03")
        )
    meeting = turn.store.get(Meeting, correction.meeting)
    place = turn.need_body(meeting.body) if meeting else None
    if meeting is None or place is None or not keeps_list(turn, place):
        return Refused("Een correctie verwerkt de secretaris.", code="E04")
    if correction.state is not CorrectionState.OPEN:
        return Refused(f"{correction.id} is al {correction.state}.", code="E14")
    why = because or rest.strip()
    if act is Act.REJECT and not why:
        return Ask("because", f"Waarom niet? {turn.person_named(correction.by)} leest dit.")
    state = CorrectionState.WORKED_IN if act is Act.DONE else CorrectionState.REJECTED
    after = replace(correction, state=state, because=why, settled_by=turn.person.id, settled_at=turn.now)
    turn.put(after, why or str(state))
    reason = f": {why}" if why else ""
    turn.tell(after.by, say((Strong(after.id), f" ({named(meeting)}) is {state}{reason}.")), about=(after.id,))
    return Reply(
        say(f"{after.id} is {state}."),
        about=(after.id,),
        deed=f"{after.id} {state}",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _list(turn: Turn, meeting: Meeting, place: Body) -> Outcome:
    found = turn.store.corrections(meeting=meeting.id, states=(CorrectionState.OPEN,))
    if not found:
        return Ask("text", QUESTION)
    lines: list[Line] = [(Strong(one.id), f" {one.about} {one.text} ({turn.person_named(one.by)})") for one in found]
    message = Message((Heading(f"Open correcties, {named(meeting)}", 1), listing(lines)))
    return Reply(
        message, about=tuple(one.id for one in found), private=turn.room is not None and turn.room.code != place.code
    )
