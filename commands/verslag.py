"""!verslag: the minutes of a meeting. A link makes them a concept, the chair fixes them (C32, V4-V6)."""

from __future__ import annotations

import re
from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import keeps_list
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.bulletins import close_if_told, draft_bulletins, draft_decided
from commands.kit.constituencies import contacts_in_words
from commands.kit.deciding import decided_in_writing
from commands.kit.decisions import fix_with_minutes, named
from commands.kit.declare import About, Right, Where, command
from commands.kit.exports import many
from commands.kit.files import File
from commands.kit.forwarding import PRINTED_WORDS, Printed, printed
from commands.kit.minutes import document_of_minutes, gather, message_of
from commands.kit.ports import Option
from commands.kit.records import visible
from commands.kit.reply import say
from commands.kit.signals import leads, recorded
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import minutes as rules
from commands.rules import ways
from commands.rules.decisions import unanswered
from commands.rules.visibility import may_see_body
from commands.words.decision import Decision
from commands.words.enumeration import joined
from commands.words.meeting import Meeting, MeetingState
from commands.words.minutes import BulletinKind, CorrectionState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

ROLES = (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD, RoleName.MEMBER, RoleName.SUBSTANCE)
_LINK = re.compile(r"https?://\S+")


class Act(StrEnum):
    FIX = "vastgesteld"


WORDS = {"vaststellen": "vastgesteld", "vast": "vastgesteld"}


@command(
    "verslag",
    aliases=("notulen", "besluitenenacties"),
    help="Bekijk de besluiten- en actielijst van een vergadering, koppel het verslag of stel het vast.",
    example="!verslag VRG-DO-2027-02 https://stukken.example/verslag",
    who=tuple(Right(role, Where.ANY) for role in ROLES),
    otherwise="vraag het de secretaris.",
)
def verslag(
    turn: Turn,
    act: Annotated[Act | None, About("vastgesteld", "opdracht", synonyms=WORDS)] = None,
    meeting: Annotated[Meeting | None, About("van welke vergadering", "id")] = None,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van",), bare=True)] = None,
    written: Annotated[bool | None, About("in een schriftelijke ronde", "schriftelijk")] = None,
    sure: Annotated[bool | None, About("zeker van het vaststellen", "zeker")] = None,
    as_file: Annotated[
        Printed | None, About("als bestand: odt, pdf of tekst", "als", words=("als",), synonyms=PRINTED_WORDS)
    ] = None,
    link: Annotated[str | None, About("de koppeling naar het verslag", "koppeling", rest=True, greedy=True)] = None,
) -> Outcome:
    said = (link or "").strip(" .,<>")
    if said.casefold() in ("schriftelijk", "schriftelijke ronde", "in een schriftelijke ronde"):
        said, written = "", True
    place = turn.body(meeting.body) if meeting else body or turn.room or _own(turn)
    if place is None:
        return Ask("body", "Van welk overleg?", tuple(Option(one.code, one.code) for one in turn.structure.tiers))
    if not may_see_body(turn.viewer, place, turn.structure):
        if turn.person.external:
            return Refused(EXTERNAL_REFUSED, code="E16")
        return Refused(
            f"Het verslag van {place.the} is voor wie in {place.the} zit. {ways.ask_secretary(place.the)}", code="E04"
        )
    found = meeting or _last(turn, place, act)
    if found is None:
        return Refused(f"Er is nog geen {place.code} gehouden. {ways.look_at_meetings(place.code)}", code="V4")
    if act is Act.FIX:
        return _fix(turn, found, place, written=bool(written), sure=bool(sure))
    if said:
        return _concept(turn, found, place, said)
    return _show(turn, found, place, as_file)


def _own(turn: Turn) -> Body | None:
    codes = list(dict.fromkeys(role.body for role in turn.roles))
    return turn.body(codes[0]) if len(codes) == 1 else None


def _last(turn: Turn, place: Body, act: Act | None) -> Meeting | None:
    """The last meeting that was held; to fix, the last of which the minutes are a concept."""
    states = (MeetingState.MINUTES,) if act is Act.FIX else (*rules.CONCEPT, MeetingState.CONFIRMED, MeetingState.DONE)
    past = turn.store.meetings(body=place.code, until=turn.today, limit=1000)
    named_so = [one for one in past if one.state in states]
    if not named_so and act is Act.FIX:
        named_so = [one for one in past if one.state is MeetingState.HELD]
    return named_so[-1] if named_so else None


def _show(turn: Turn, meeting: Meeting, place: Body, form: Printed | None) -> Outcome:
    minutes = gather(turn.store, meeting, lambda record: visible(record, turn))
    if form is not None:
        file = printed(document_of_minutes(turn.store, minutes, today=turn.today), minutes.name, form)
        text = f"Hierbij de besluiten- en actielijst van {named(meeting)}."
        return Reply(say(text), about=(meeting.id,), files=(file,), private=True)
    message = message_of(turn.store, minutes, today=turn.today)
    if meeting.minutes:
        message += say(f"Verslag: {meeting.minutes}")
    elsewhere = turn.room is not None and turn.room.code != place.code
    return Reply(message, about=(meeting.id,), private=elsewhere or place.with_externals)


def _concept(turn: Turn, meeting: Meeting, place: Body, link: str) -> Outcome:
    """V4: every point has an outcome. The chair gets the list too, and the drafts for others are made."""
    if not keeps_list(turn, place):
        return Refused(f"Het verslag koppelt de secretaris van {place.the}.", code="E04")
    if not _LINK.fullmatch(link):
        return Refused(f"'{ways.shown(link)}' is geen koppeling. Geef er een die met https:// begint.", code="V4")
    verdict = rules.may_have_minutes(meeting, turn.store.items(meeting=meeting.id))
    if isinstance(verdict, Refused):
        return verdict
    after = replace(meeting, state=MeetingState.MINUTES, minutes=link)
    turn.put(after, recorded(turn, place, "verslag in concept"))
    minutes = gather(turn.store, after, lambda record: True)
    chair = turn.person_with(RoleName.CHAIR, place.code)
    document = document_of_minutes(turn.store, minutes, today=turn.today)
    files: tuple[File, ...] = tuple(printed(document, minutes.name, form) for form in (Printed.ODT, Printed.PDF))
    if chair is not None:
        text = f"Het verslag van {named(after)} is in concept: {link}. Vaststellen gaat met !verslag vastgesteld."
        turn.tell(chair.id, say(text), about=(after.id,), files=files)
    drafts, missing = draft_bulletins(turn, after, place)
    contacts = [one.to for one in drafts if one.kind is BulletinKind.LOOKING_BACK]
    counted = (("Besluiten", minutes.decisions), ("Afspraken", minutes.agreements), ("Acties", minutes.actions))
    numbers = [f"{len(found)} {many(title, len(found))}" for title, found in counted if found]
    lines = [f"Verslag in concept. {joined(numbers) or 'Nog niets vastgelegd'}."]
    if contacts:
        lines.append(f"De terugblik staat klaar bij het koepelcontact van {joined(contacts)}.")
    if missing:
        lines.append(f"Geen terugblik voor {joined(missing)}: daar is geen koepelcontact. Leg dat vast met !rol.")
    return Reply(
        say(" ".join(lines)), about=(after.id,), deed=f"verslag van {after.id} in concept", private=_away(turn, place)
    )


def _fix(turn: Turn, meeting: Meeting, place: Body, *, written: bool, sure: bool) -> Outcome:
    """V5: by the chair, or by the secretary in the meeting on the chair's behalf; freezing asks for a *ja* first."""
    records = turn.holds(RoleName.SECRETARY, place.code) and (turn.meets_today(place.code) or written)
    if not (leads(turn, place) or records):
        return Refused(f"Vaststellen doet de voorzitter van {place.the}.", code="E04")
    meets = turn.meets_today(place.code)
    verdict = rules.may_fix_minutes(meeting, meets_today=meets, written=written, today=turn.today)
    if isinstance(verdict, Refused):
        way = verdict.instead
        return replace(verdict, instead=replace(way, parts={**way.parts, "meeting": meeting.id})) if way else verdict
    waiting = turn.store.corrections(meeting=meeting.id, states=(CorrectionState.OPEN,))
    if not sure:
        noted = f" Let op: nog open: {', '.join(one.id for one in waiting)}." if waiting else ""
        because = (
            f"Het verslag van {named(meeting)} wordt vastgesteld; de besluiten en afspraken staan daarna vast.{noted}"
        )
        parts = {"meeting": meeting.id, "link": "", "sure": "ja", **({"written": "ja"} if written else {})}
        return Refused(because, Instead("", parts, "Vaststellen?"), "V5")
    how = "in een schriftelijke ronde" if written else f"in het overleg van {dates.say_short(turn.today)}"
    after = replace(meeting, state=MeetingState.CONFIRMED)
    turn.put(after, recorded(turn, place, f"verslag vastgesteld {how}"))
    fixed, left = fix_with_minutes(turn, after)
    for record in fixed:
        decided_in_writing(turn, record, turn.need_body(after.body))
    contacts = draft_decided(turn, after, place)
    done = close_if_told(turn, after)
    lines = [f"Het verslag van {named(after)} is vastgesteld."]
    if fixed:
        lines.append(f"Vast staan nu {joined([one.id for one in fixed])}.")
    silent = [one.id for one in left if isinstance(one, Decision) and one.written_until and unanswered(one)]
    unclear = [one.id for one in left if one.id not in silent]
    if unclear:
        lines.append(f"Nog concept: {joined(unclear)}, want het mandaat is nog niet duidelijk.")
    if silent:
        lines.append(f"Nog concept: {joined(silent)}, want schriftelijk hebben niet alle partijen geantwoord.")
    if contacts:
        lines.append(f"De terugkoppeling staat klaar bij {contacts_in_words(contacts)}.")
    lines.append("De vergadering is afgesloten." if done else "Afgesloten is ze als de berichten verstuurd zijn.")
    about = (after.id, *(one.id for one in fixed))
    return Reply(
        say(" ".join(lines)), about=about, deed=f"verslag van {after.id} vastgesteld", private=_away(turn, place)
    )


def _away(turn: Turn, place: Body) -> bool:
    return turn.room is not None and turn.room.code != place.code
