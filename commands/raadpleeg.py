"""!raadpleeg: ask those the parties speak for something before a meeting, by their koepelcontact (C48, R-127)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.arguments import Deadline
from commands.kit.chat_rooms import as_read
from commands.kit.constituencies import contact_of, contacts_in_words, not_outside, waive_drafts
from commands.kit.consultations import away, begin, line_of, rewrite_drafts, save, tell_new_date, term
from commands.kit.decisions import named
from commands.kit.declare import About, Right, Where, command
from commands.kit.dossiers import consulted
from commands.kit.parties import Parties
from commands.kit.ports import Option
from commands.kit.reply import Line, Message, Strong, listing, say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import consultations as rules
from commands.rules import ways
from commands.rules.agenda import keeps
from commands.rules.visibility import parties_shown, room_may_see_consultation
from commands.words.consultation import Consultation, ConsultationState
from commands.words.enumeration import joined
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Allowed, Instead, Refused

MOST = 10
_NO_DATE = "Een raadpleging heeft een sluitdatum, vóór de vergadering. Welke dag?"


class Act(StrEnum):
    WITHDRAW = "intrekken"
    LIST = "lijst"


@dataclass(frozen=True)
class Asked:
    """What is asked for which meeting, and the last day to answer."""

    place: Body
    meeting: Meeting
    about: Signal | AgendaItem | None
    closes: date


@command(
    "raadpleeg",
    aliases=("raadpleging", "raadplegen"),
    help="Vraag de achterban van een of meer koepels iets voor een overleg, met een sluitdatum.",
    example='!raadpleeg VNG en IPO "Steunt u een tijdelijk kader?" sluit 19 februari voor DO',
    who=(
        Right(RoleName.SECRETARY, Where.TIER),
        Right(RoleName.CHAIR, Where.TIER),
        Right(RoleName.UMBRELLA_CONTACT, Where.ANY),
    ),
    otherwise="vraag het de secretaris.",
)
def raadpleeg(
    turn: Turn,
    act: Annotated[Act | None, About("intrekken of lijst", "opdracht", synonyms={"intrek": "intrekken"})] = None,
    consultation: Annotated[Consultation | None, About("welke raadpleging", "id")] = None,
    parties: Annotated[Parties | None, About("welke koepels", "koepel", words=("via",), bare=True)] = None,
    network: Annotated[Body | None, About("welk netwerk", "netwerk", bare=True, words=("netwerk",))] = None,
    about: Annotated[
        Signal | AgendaItem | None, About("het signaal of het agendapunt", "over", words=("over",))
    ] = None,
    meeting: Annotated[Meeting | None, About("voor welke vergadering", "vergadering", words=("voor",))] = None,
    body: Annotated[Body | None, About("voor welk overleg", "voor", words=("voor",))] = None,
    closes: Annotated[
        Deadline | None,
        About(
            "de laatste dag om te antwoorden", "sluit", words=("sluit", "sluiting", "sluitdatum"),
            also=("sluitdatum",), ask=_NO_DATE, endless=_NO_DATE, usual=False,
        ),
    ] = None,
    question: Annotated[str | None, About("de vraag", "vraag", greedy=True, rest=True, length="short")] = None,
) -> Outcome:  # fmt: skip
    if consultation is not None:
        return _further(turn, consultation, act, closes, (question or "").strip())
    if act is Act.WITHDRAW:
        return Ask("consultation", "Welke raadpleging? Een nummer is genoeg.")
    if act is Act.LIST or not any((parties, network, about, meeting, body, closes, question)):
        return _listed(turn)
    found = _meeting(turn, about, meeting, body or _tier(network))
    if not isinstance(found, tuple):
        return found
    asked = _parties(turn, parties, network)
    if not isinstance(asked, tuple):
        return asked
    verdict = _may(turn, found[0], asked, about)
    if isinstance(verdict, Refused):
        return verdict
    if not (question or "").strip():
        return Ask("question", "Wat is de vraag aan de achterban? Eén zin is genoeg.")
    if closes is None:
        last = dates.say_day(rules.last_day(found[1].day, turn.structure))
        return Ask(
            "closes", f"Wanneer sluit de raadpleging? Uiterlijk {last}, vóór {found[0].called(named(found[1]))}."
        )
    closing = rules.may_close_on(closes, found[1].day, found[0], turn.today, turn.structure)
    if isinstance(closing, Refused):
        return closing
    return _begun(turn, Asked(*found, about, closes), asked, (question or "").strip())


# --- what is meant ---------------------------------------------------------------------------------------------------
def _tier(network: Body | None) -> Body | None:
    return network if network is not None and network.kind is BodyKind.FIXED else None


def _meeting(
    turn: Turn, about: Signal | AgendaItem | None, meeting: Meeting | None, body: Body | None
) -> tuple[Body, Meeting] | Ask | Refused:
    """The meeting that waits for the answers: the one that was named, that of the point, or the next of the body."""
    if isinstance(about, AgendaItem):
        meeting = meeting or turn.store.get(Meeting, about.meeting)
    code = meeting.body if meeting is not None else about.lies_with if isinstance(about, Signal) else ""
    place = body or turn.body(code) or turn.room
    if place is None:
        return Ask("body", "Voor welk overleg?", tuple(Option(one.code, one.code) for one in turn.structure.tiers))
    if place.kind is not BodyKind.FIXED:
        way = (
            Instead("", {"body": place.parent}, f"Voor {turn.the(place.parent)}?")
            if place.is_group and place.parent
            else None
        )
        because = "Een achterban raadplegen doet een vast overleg, niet een groep."
        return ways.refused(because, way, "Noem er een met voor.", "J6")
    chosen = meeting if meeting is not None and meeting.body == place.code else turn.next_meeting(place.code)
    if chosen is None:
        return Refused(
            f"Er is geen {place.sitting} gepland om het voor te vragen. Plan dat met !vergadering.", code="C48"
        )
    return place, chosen


def _parties(turn: Turn, parties: Parties | None, network: Body | None) -> tuple[str, ...] | Ask | Refused:
    """Those that were named; WEB or BOOG is the party whose network it is; else the own one, or it is asked."""
    able = [party.code for party in rules.with_network(turn.structure)]
    if parties is not None:
        everyone = len(parties) == len(turn.structure.parties)
        named_ones = tuple(code for code in parties if code in able) if everyone else tuple(parties)
        verdict = rules.may_be_asked(named_ones, turn.structure)
        return verdict if isinstance(verdict, Refused) else named_ones
    if network is not None and network.kind is BodyKind.CONNECTION:
        if network.umbrella is None:
            because = f"Van welke koepel {network.code} het netwerk is, is nog niet ingevuld. Noem de koepel."
            return Refused(because, code="G8")
        return (network.umbrella,)
    own = tuple(code for code in able if rules.is_contact(turn.roles, code))
    if own:
        return own
    options = (*(Option(code, code) for code in able), Option("alle", "alle"))
    return Ask("parties", f"Welke koepels: {', '.join(able)} of alle?", options)


def _may(turn: Turn, place: Body, asked: tuple[str, ...], about: Signal | AgendaItem | None) -> Allowed | Refused:
    verdict = rules.may_consult(turn.roles, place, asked, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    hidden = not_outside(turn, about.id) if about is not None else None
    if hidden is not None:
        return hidden
    if not any(contact_of(turn, party) for party in asked):
        return Refused(f"Van {joined(asked)} is geen koepelcontact bekend. Leg dat vast met !rol.", code="C48")
    return Allowed()


def _begun(turn: Turn, asked: Asked, parties: tuple[str, ...], question: str) -> Reply:
    place, meeting = asked.place, asked.meeting
    about = asked.about.id if asked.about is not None else ""
    one = Consultation(
        turn.new_id("RPL"), question, parties, asked.closes, place.code, meeting.id, turn.person.id, turn.now, about
    )
    with_contact, missing = begin(turn, one, place, meeting)
    lines = [
        f"{one.id} ligt klaar voor vrijgave door {contacts_in_words(with_contact)}; sluit "
        f"{dates.say_day(one.closes_on)}, vóór {place.called(named(meeting))}."
    ]
    if missing:
        lines.append(f"Niet gevraagd: {joined(missing)}, daar is geen koepelcontact. Leg dat vast met !rol.")
    keeper = secretary_of(turn, place.code)
    if keeper is not None and not keeps(turn.roles, place, turn.structure):
        text = f" van {turn.person.label}: {sentence(question)} {joined(parties)}, {term(one, turn.today)}."
        turn.tell(keeper.id, say((Strong(one.id), text)), about=(one.id,))
    return Reply(say(" ".join(lines)), about=(one.id,), deed=f"{one.id} gevraagd", private=away(turn, place))


# --- afterwards ------------------------------------------------------------------------------------------------------
def _further(turn: Turn, one: Consultation, act: Act | None, closes: date | None, because: str) -> Outcome:
    place = turn.need_body(one.body)
    if act is None and closes is None:
        return Reply(consulted(turn, one), about=(one.id,), private=away(turn, place))
    if not (turn.person.id == one.made_by or keeps(turn.roles, place, turn.structure)):
        return Refused(f"Dit doet wie {one.id} vroeg, of de secretaris van {place.the}.", code="E04")
    if one.state is not ConsultationState.OPEN:
        return Refused(f"{one.id}: {term(one, turn.today)}. {ways.look(one.id)}", code="E12")
    if act is Act.WITHDRAW:
        if not because:
            return Ask("question", "Waarom? De koepelcontacten lezen dit.")
        return _withdrawn(turn, one, because)
    return _moved(turn, one, place, closes or one.closes_on)


def _moved(turn: Turn, one: Consultation, place: Body, closes: date) -> Outcome:
    """Another closing date: everyone who still has to answer hears it."""
    meeting = turn.store.get(Meeting, one.meeting)
    if meeting is None:
        raise KeyError(one.meeting)
    verdict = rules.may_close_on(closes, meeting.day, place, turn.today, turn.structure)
    if isinstance(verdict, Refused):
        way = verdict.instead
        return replace(verdict, instead=replace(way, parts={**way.parts, "consultation": one.id})) if way else verdict
    if closes == one.closes_on:
        return Refused(f"{one.id} sluit al op {dates.say_day(closes)}.", code="E14")
    after = replace(one, closes_on=closes)
    save(turn, after, f"sluit {dates.say_short(closes)}, was {dates.say_short(one.closes_on)}")
    text = f" sluit nu {dates.say_day(closes)}; dat was {dates.say_day(one.closes_on)}."
    tell_new_date(turn, after, text, rewrite_drafts(turn, after, place, meeting))
    deed = f"sluitdatum van {one.id} van {dates.say_short(one.closes_on)} naar {dates.say_short(closes)}"
    return Reply(say((Strong(one.id), text)), about=(one.id,), deed=deed, private=away(turn, place))


def _withdrawn(turn: Turn, one: Consultation, because: str) -> Reply:
    """Drafts go nowhere any more; who had let one go can tell those who were asked."""
    after = replace(one, state=ConsultationState.WITHDRAWN, because=because)
    save(turn, after, f"ingetrokken: {because}")
    waived = waive_drafts(turn, one.id, f"{one.id} is ingetrokken")
    _tell_contacts(turn, after, one.parties, f" is ingetrokken: {sentence(because)}")
    rest = f" Vervallen zijn {joined(waived)}." if len(waived) > 1 else f" Vervallen is {waived[0]}." if waived else ""
    private = away(turn, turn.need_body(one.body))
    return Reply(say(f"{one.id} is ingetrokken.{rest}"), about=(one.id,), deed=f"{one.id} ingetrokken", private=private)


def _tell_contacts(turn: Turn, one: Consultation, parties: tuple[str, ...], text: str) -> None:
    contacts = (contact_of(turn, party) for party in parties)
    for person in dict.fromkeys(contact.id for contact in contacts if contact is not None):
        turn.tell(person, say((Strong(one.id), text)), about=(one.id,))


def _listed(turn: Turn) -> Outcome:
    """What is open, as far as this person may read it; in a room only what is for that room."""
    room = as_read(turn, turn.room) if turn.room is not None else None
    lines: list[Line] = []
    ids: list[str] = []
    for one in turn.store.consultations(states=(ConsultationState.OPEN,)):
        shown = parties_shown(turn.viewer, one, turn.need_body(one.body), turn.structure)
        if shown and (room is None or room.with_externals or room_may_see_consultation(room, one)):
            lines.append(line_of(one, shown, turn.today))
            ids.append(one.id)
    if not lines:
        return Reply(say("Er loopt geen raadpleging."), private=True)
    rest = f"En nog {len(lines) - MOST}." if len(lines) > MOST else ""
    message = say("Raadplegingen:") + Message((listing(lines[:MOST]),)) + say(rest)
    return Reply(message, about=tuple(ids[:MOST]), private=room is None or room.with_externals)
