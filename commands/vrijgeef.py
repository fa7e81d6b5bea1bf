"""!vrijgeef: let a text about a meeting go to those it is for; nothing is ever posted by itself (R-129, R-056)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.bulletins import REGION, TO_FILL, settle
from commands.kit.connections import has_room, is_to_let_go_by, who_lets_go
from commands.kit.constituencies import as_message, handed_on, network_of, not_outside, who_brought
from commands.kit.consultations import answer_offer
from commands.kit.decisions import named
from commands.kit.declare import About, Right, Where, command
from commands.kit.files import Document, File
from commands.kit.forwarding import Printed, printed
from commands.kit.records import body_of
from commands.kit.reply import Block, Heading, Line, Message, Strong, Text, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.consultations import answer_of, closed_on
from commands.rules.minutes import BACK_WORDS, UPWARD_WORDS, words_in
from commands.rules.posting import Urgency
from commands.words.consultation import Consultation
from commands.words.meeting import Meeting
from commands.words.minutes import OUTWARD, Bulletin, BulletinKind, BulletinState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

ROLES = (RoleName.UMBRELLA_CONTACT, RoleName.SECRETARY, RoleName.CHAIR)


class Act(StrEnum):
    WAIVE = "vervalt"


WORDS = {"vervallen": "vervalt", "niet": "vervalt"}


@command(
    "vrijgeef",
    aliases=("vrijgeven",),
    help="Geef een tekst voor de achterban of een bericht aan het overleg erboven vrij, of laat die vervallen.",
    example="!vrijgeef TRK-2027-004 regio: de loketten blijven open",
    who=tuple(Right(role, Where.ANY) for role in ROLES),
    otherwise="vraag het aan het koepelcontact.",
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
    if not _may(turn, bulletin, waive=act is Act.WAIVE):
        who = "de secretaris" if bulletin.kind is BulletinKind.UPWARD else "het koepelcontact"
        reader = who_lets_go(turn, bulletin)
        named_one = f" ({reader.label})" if reader is not None else "; dat is er nu niet, leg het vast met !rol"
        return Refused(f"{bulletin.id} geeft {who} vrij{named_one}.", code="E04")
    if bulletin.state is not BulletinState.DRAFT:
        return Refused(f"{bulletin.id} is al {bulletin.state}.", code="E14")
    if act is Act.WAIVE:
        return _waive(turn, bulletin, because)
    over = _too_late(turn, bulletin)
    if bulletin.kind in OUTWARD:
        over = not_outside(turn, bulletin.about) or over
    if over is not None:
        return over
    body = text or bulletin.text
    if TO_FILL in body:
        if not region:
            return Ask("region", "Wat betekent dit voor de regio? Eén of twee zinnen is genoeg.")
        body = body.replace(TO_FILL, f"{REGION} {region.strip()}")
    most = UPWARD_WORDS if bulletin.kind is BulletinKind.UPWARD else BACK_WORDS
    if words_in(body) > most:
        long = f"Dat worden {words_in(body)} woorden; hooguit {most}."
        return Ask("region", f"{long} Hoe kan het korter?") if region else Refused(long, code="R-056")
    after = replace(bulletin, text=body)
    return _hand_on(turn, after) if after.kind is BulletinKind.INWARD else _release(turn, after)


def _hand_on(turn: Turn, bulletin: Bulletin) -> Outcome:
    """What a network says goes to the body, and who said it hears that."""
    after = handed_on(turn, bulletin)
    text = f"{after.id} is doorgegeven {after.route}."
    turn.tell(who_brought(turn, after), say(text), about=(after.id,))
    return Reply(say(text), about=(after.id,), deed=f"{after.id} doorgegeven", private=True)


def _too_late(turn: Turn, bulletin: Bulletin) -> Refused | None:
    """Nobody is asked something that is closed, or that is asked no more."""
    asks = turn.store.get(Consultation, bulletin.about) if bulletin.kind is BulletinKind.CONSULTATION else None
    if asks is None or not closed_on(asks, turn.today):
        return None
    way = f"Verzet die met !raadpleeg {asks.id} sluit en een datum, of laat dit bericht vervallen."
    return Refused(f"De sluitdatum van {asks.id} was {dates.say_short(asks.closes_on)}. {way}", code="E12")


def _waiting(turn: Turn) -> Outcome:
    """What waits for this person, and for who keeps the lists of a body also what waits for others."""
    drafts = turn.store.bulletins(states=(BulletinState.DRAFT,))
    mine = [one for one in drafts if is_to_let_go_by(turn, one)]
    kept = [one for one in drafts if one not in mine and turn.holds(RoleName.SECRETARY, body_of(turn, one))]
    blocks: list[Block] = []
    if mine:
        lines: list[Line] = [(Strong(one.id), f" {one.kind} voor {one.to}") for one in mine]
        blocks += [Heading("Klaar om vrij te geven", 1), listing(lines)]
    if kept:
        lines = [(Strong(one.id), f" {one.kind} voor {one.to}, {_lies_with(turn, one)}") for one in kept]
        blocks += [Heading("Wacht op een ander", 1), listing(lines)]
    if not blocks:
        return Reply(
            say("Er staat voor u niets klaar." if turn.formal else "Er staat voor je niets klaar."), private=True
        )
    return Reply(Message(tuple(blocks)), about=tuple(one.id for one in (*mine, *kept)), private=True)


def _may(turn: Turn, bulletin: Bulletin, *, waive: bool) -> bool:
    """§2.13: the umbrella contact of that party; the secretary what goes up, and whether something goes out at all."""
    keeps = any(turn.holds(role, body_of(turn, bulletin)) for role in (RoleName.SECRETARY, RoleName.CHAIR))
    if (bulletin.kind is BulletinKind.UPWARD or waive) and keeps:
        return True
    return is_to_let_go_by(turn, bulletin)


def _lies_with(turn: Turn, bulletin: Bulletin) -> str:
    reader = who_lets_go(turn, bulletin)
    return f"ligt bij {reader.label}" if reader is not None else "er is nu geen koepelcontact"


def _waive(turn: Turn, bulletin: Bulletin, because: str | None) -> Outcome:
    if not because:
        return Ask("because", "Waarom niet? De reden blijft in de geschiedenis.")
    after = replace(
        bulletin, state=BulletinState.WAIVED, because=because, released_by=turn.person.id, released_at=turn.now
    )
    closed = settle(turn, after, f"vervallen: {because}")
    inward = after.kind is BulletinKind.INWARD
    if inward:
        turn.tell(who_brought(turn, after), say(f"{after.id} is niet doorgegeven: {because}"), about=(after.id,))
    return Reply(
        say(f"{after.id} gaat niet {'door' if inward else 'uit'}.{_closed(closed)}"),
        about=(after.id,),
        deed=f"{after.id} vervallen",
        private=True,
    )


def _release(turn: Turn, bulletin: Bulletin) -> Outcome:
    rooms = [place for place in _readers(turn, bulletin) if has_room(turn, place)]
    message = as_message(bulletin.text)
    for place in rooms:
        turn.announce(place.code, message, urgency=Urgency.ASKED)
    files: tuple[File, ...] = ()
    if rooms:
        where = " en ".join(one.code for one in rooms)
        route, text = f"kamer {rooms[0].code}", f"{bulletin.id} staat in de kamer van {where}."
    elif (
        bulletin.kind is BulletinKind.UPWARD
        and (keeper := turn.person_with(RoleName.SECRETARY, bulletin.to)) is not None
    ):
        turn.tell(keeper.id, message)
        route, text = f"secretaris {bulletin.to}", f"{bulletin.id} is naar de secretaris van {turn.the(bulletin.to)}."
    else:
        files = _to_forward(turn, bulletin)
        you = "stuurt u" if turn.formal else "stuur je"
        route, text = "door het koepelcontact", f"{bulletin.id} is vrijgegeven. Hierbij de tekst; zo {you} het door."
    after = replace(bulletin, state=BulletinState.SENT, route=route, released_by=turn.person.id, released_at=turn.now)
    closed = settle(turn, after, f"vrijgegeven: {route}")
    asks = turn.store.get(Consultation, bulletin.about) if bulletin.kind is BulletinKind.CONSULTATION else None
    offers = (answer_offer(asks, bulletin.to),) if asks is not None else ()
    rest = _then(turn, asks, bulletin.to) if asks is not None else ""
    return Reply(
        say(text + rest + _closed(closed)),
        about=(after.id, *((asks.id,) if asks is not None else ())),
        offers=offers,
        deed=f"{after.id} vrijgegeven",
        files=files,
        private=True,
    )


def _to_forward(turn: Turn, bulletin: Bulletin) -> tuple[File, ...]:
    """The text as files, for who sends it on by hand."""
    meeting = turn.store.get(Meeting, bulletin.meeting) if bulletin.meeting else None
    title = f"Terugblik {named(meeting)}" if meeting else f"{str(bulletin.kind).capitalize()} {bulletin.about}"
    name = f"terugblik-{meeting.body.casefold()}-{meeting.day}" if meeting else f"{bulletin.kind}-{bulletin.about}"
    document = Document(title, tuple(Text(line) for line in bulletin.text.splitlines()))
    return tuple(printed(document, name.casefold().replace(" ", "-"), form) for form in (Printed.TEXT, Printed.PDF))


def _then(turn: Turn, asks: Consultation, party: str) -> str:
    if answer_of(asks, party) is not None:
        return f" Het standpunt van {party} is al genoteerd; wat nu nog komt, vervangt het."
    answer = "U antwoordt daarna" if turn.formal else "Antwoord daarna"
    return f" {answer} met standpunt en wat de koepel vindt, tot en met {dates.say_day(asks.closes_on)}."


def _readers(turn: Turn, bulletin: Bulletin) -> list[Body]:
    if bulletin.kind is BulletinKind.UPWARD:
        above = turn.body(bulletin.to)
        return [above] if above is not None else []
    if bulletin.kind is BulletinKind.STANDING:
        return [one for one in turn.structure.connections if one.code == bulletin.to]
    return list(network_of(turn, bulletin.to))


def _closed(meeting: Meeting | None) -> str:
    return f" {named(meeting)} is afgesloten." if meeting is not None else ""
