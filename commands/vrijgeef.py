"""!vrijgeef: let a text about a meeting go to those it is for; nothing is ever posted by itself (R-129, R-056)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.bulletins import REGION, TO_FILL, as_message, settle
from commands.kit.decisions import named
from commands.kit.declare import About, Right, Where, command
from commands.kit.files import Document, File
from commands.kit.forwarding import Printed, printed
from commands.kit.reply import Heading, Line, Message, Strong, Text, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.minutes import BACK_WORDS, UPWARD_WORDS, words_in
from commands.words.meeting import Meeting
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import RoleName, Room
from commands.words.structure import Body
from commands.words.verdict import Refused

ROLES = (RoleName.UMBRELLA_CONTACT, RoleName.SECRETARY, RoleName.CHAIR)


class Act(StrEnum):
    WAIVE = "vervalt"


WORDS = {"vervallen": "vervalt", "niet": "vervalt"}


@command(
    "vrijgeef",
    aliases=("vrijgeven",),
    help="Geef een terugblik voor de achterban of een bericht aan het overleg erboven vrij, of laat het vervallen.",
    example="!vrijgeef TRK-2027-004 regio: de loketten blijven open",
    who=tuple(Right(role, Where.ANY) for role in ROLES),
    otherwise="vraag het het koepelcontact.",
)
def vrijgeef(
    turn: Turn,
    act: Annotated[Act | None, About("vervalt", "opdracht", synonyms=WORDS)] = None,
    bulletin: Annotated[Bulletin | None, About("welk bericht", "id")] = None,
    region: Annotated[
        str | None, About("wat dit voor de regio betekent", "regio", words=("regio",), greedy=True)
    ] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True)] = None,
    text: Annotated[str | None, About("de tekst zoals hij moet worden", "tekst", greedy=True, field_only=True)] = None,
) -> Outcome:
    if bulletin is None:
        return _waiting(turn)
    meeting = turn.store.get(Meeting, bulletin.meeting)
    if meeting is None or not _may(turn, bulletin, meeting, waive=act is Act.WAIVE):
        who = "het koepelcontact" if bulletin.kind is BulletinKind.LOOKING_BACK else "de secretaris"
        return Refused(f"{bulletin.id} geeft {who} vrij ({turn.person_named(bulletin.releases)}).", code="E04")
    if bulletin.state is not BulletinState.DRAFT:
        return Refused(f"{bulletin.id} is al {bulletin.state}.", code="E14")
    if act is Act.WAIVE:
        return _waive(turn, bulletin, because)
    body = text or bulletin.text
    if TO_FILL in body:
        if not region:
            return Ask("region", "Wat betekent dit voor de regio? Eén of twee zinnen is genoeg.")
        body = body.replace(TO_FILL, f"{REGION} {region.strip()}")
    most = BACK_WORDS if bulletin.kind is BulletinKind.LOOKING_BACK else UPWARD_WORDS
    if words_in(body) > most:
        over = f"Dat worden {words_in(body)} woorden; hooguit {most}."
        return Ask("region", f"{over} Hoe kan het korter?") if region else Refused(over, code="R-056")
    return _release(turn, replace(bulletin, text=body), meeting)


def _waiting(turn: Turn) -> Outcome:
    drafts = turn.store.bulletins(states=(BulletinState.DRAFT,))
    mine = [one for one in drafts if one.releases == turn.person.id]
    if not mine:
        return Reply(
            say("Er staat voor u niets klaar." if turn.formal else "Er staat voor je niets klaar."), private=True
        )
    lines: list[Line] = [(Strong(one.id), f" {one.kind} voor {one.to}") for one in mine]
    message = Message((Heading("Klaar om vrij te geven", 1), listing(lines)))
    return Reply(message, about=tuple(one.id for one in mine), private=True)


def _may(turn: Turn, bulletin: Bulletin, meeting: Meeting, *, waive: bool) -> bool:
    """§2.13: the umbrella contact of that party; the secretary what goes up, and whether something goes out at all."""
    keeps = any(turn.holds(role, meeting.body) for role in (RoleName.SECRETARY, RoleName.CHAIR))
    if (bulletin.kind is BulletinKind.UPWARD or waive) and keeps:
        return True
    contact = any(r.role is RoleName.UMBRELLA_CONTACT and r.on_behalf_of == bulletin.to for r in turn.roles)
    return turn.person.id == bulletin.releases or contact


def _waive(turn: Turn, bulletin: Bulletin, because: str | None) -> Outcome:
    if not because:
        return Ask("because", "Waarom niet? De reden blijft in de geschiedenis.")
    after = replace(
        bulletin, state=BulletinState.WAIVED, because=because, released_by=turn.person.id, released_at=turn.now
    )
    closed = settle(turn, after, f"vervallen: {because}")
    return Reply(
        say(f"{after.id} gaat niet uit.{_closed(closed)}"),
        about=(after.id,),
        deed=f"{after.id} vervallen",
        private=True,
    )


def _release(turn: Turn, bulletin: Bulletin, meeting: Meeting) -> Outcome:
    rooms = [place for place in _readers(turn, bulletin) if _has_room(turn, place)]
    message = as_message(bulletin.text)
    for place in rooms:
        turn.announce(place.code, message)
    files: tuple[File, ...] = ()
    if rooms:
        route, text = (
            f"kamer {rooms[0].code}",
            f"{bulletin.id} staat in de kamer van {' en '.join(one.code for one in rooms)}.",
        )
    elif (
        bulletin.kind is BulletinKind.UPWARD
        and (keeper := turn.person_with(RoleName.SECRETARY, bulletin.to)) is not None
    ):
        turn.tell(keeper.id, message)
        route, text = f"secretaris {bulletin.to}", f"{bulletin.id} is naar de secretaris van het {bulletin.to}."
    else:
        document = Document(f"Terugblik {named(meeting)}", tuple(Text(line) for line in bulletin.text.splitlines()))
        name = f"terugblik-{meeting.body.casefold()}-{meeting.day}"
        files = tuple(printed(document, name, form) for form in (Printed.TEXT, Printed.PDF))
        you = "u het" if turn.formal else "je het"
        route, text = "door het koepelcontact", f"{bulletin.id} is vrijgegeven. Hierbij de tekst; zo stuurt {you} door."
        if not turn.formal:
            text = text.replace("stuurt je", "stuur je")
    after = replace(bulletin, state=BulletinState.SENT, route=route, released_by=turn.person.id, released_at=turn.now)
    closed = settle(turn, after, f"vrijgegeven: {route}")
    return Reply(
        say(text + _closed(closed)), about=(after.id,), deed=f"{after.id} vrijgegeven", files=files, private=True
    )


def _readers(turn: Turn, bulletin: Bulletin) -> list[Body]:
    if bulletin.kind is BulletinKind.UPWARD:
        above = turn.body(bulletin.to)
        return [above] if above is not None else []
    return [one for one in turn.structure.connections if one.umbrella == bulletin.to]


def _has_room(turn: Turn, place: Body) -> bool:
    room = turn.store.get(Room, place.code)
    return room is not None and bool(room.matrix or room.teams)


def _closed(meeting: Meeting | None) -> str:
    return f" {named(meeting)} is afgesloten." if meeting is not None else ""
