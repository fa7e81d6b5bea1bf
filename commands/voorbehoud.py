"""!voorbehoud: a party agrees but for something, or lifts that again; also after a decision is fixed (R-092)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from commands.kit.arguments import PartyCode
from commands.kit.decisions import keeper_of, save_record, stands_in_words
from commands.kit.declare import About, Right, Where, command
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import decisions as rules
from commands.rules import ways
from commands.rules.monitoring import lacks_measure, lives
from commands.rules.points import with_stand
from commands.words.agreement import Agreement, AgreementState
from commands.words.decision import Decision, DecisionState, Stand, StandKind
from commands.words.enumeration import joined
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

ROLES = (RoleName.SECRETARY, RoleName.CHAIR, RoleName.MEMBER, RoleName.SUBSTANCE)
_NONE = re.compile(r"(?:geen|nee|niemand)(?: voorbehoud(?:en)?)?", re.IGNORECASE)
_LIFTED = re.compile(r"(?:is |wordt )?(?:opgeheven|opheffen|vervallen|ingetrokken)", re.IGNORECASE)
_ALSO = re.compile(r"(?:en|,)\s+(?P<party>[^\s,.:]+)(?P<rest>.*)", re.IGNORECASE | re.DOTALL)


@command(
    "voorbehoud",
    help="Noteer het voorbehoud van een partij bij een besluit of afspraak, of dat het is opgeheven.",
    example="!voorbehoud BES-2027-012 VNG ruimte voor lokaal maatwerk",
    who=tuple(Right(role, Where.TIER) for role in ROLES),
    otherwise="vraag het de secretaris.",
)
def voorbehoud(
    turn: Turn,
    record: Annotated[Decision | Agreement, About("het besluit of de afspraak", "besluit", also=("id", "afspraak"))],
    party: Annotated[PartyCode | None, About("de partij", "partij", words=("van", "namens"), bare=True)] = None,
    text: Annotated[str | None, About("het voorbehoud, of opgeheven", "tekst", greedy=True, rest=True)] = None,
) -> Outcome:
    place = turn.need_body(record.body)
    said = (text or "").strip().rstrip(".")
    if party is None and _NONE.fullmatch(said):
        return Reply(say(f"Genoteerd: geen voorbehouden bij {record.id}. {_after(record)}".strip()), about=(record.id,))
    parties = [PartyCode(party)] if party else []
    while parties and (more := _ALSO.fullmatch(said)) and (other := turn.structure.party(more["party"])):
        parties.append(PartyCode(other.code))
        said = more["rest"].strip(" :,")
    if not parties:
        known = tuple(Option(one.party, one.party) for one in record.stands)
        return Ask("party", "Van welke partij is het voorbehoud?", known)
    stop = next((one for code in parties if (one := _may_speak(turn, place, code)) is not None), None)
    if stop is not None:
        return stop
    lifting = _LIFTED.fullmatch(said) is not None
    after = record
    for code in parties:
        stands = rules.lifted(after.stands, code, turn.today) if lifting else _reserved(after, code, said)
        if isinstance(stands, Refused):
            return stands
        after = replace(after, stands=stands)
    what = f"voorbehoud {joined([str(code) for code in parties])} " + ("opgeheven" if lifting else f"genoteerd: {said}")
    save_record(turn, after, what.rstrip(": "))
    _tell_keeper(turn, after, what.rstrip(": "))
    now = stands_in_words(after.stands)
    return Reply(
        say(f"{record.id}: {now}. {_after(after) if not lifting else ''}".strip()),
        about=(record.id, *record.signals),
        deed=f"{what.split(':')[0].rstrip()} bij {record.id}",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _reserved(record: Decision | Agreement, party: str, because: str) -> tuple[Stand, ...] | Refused:
    """INV-23: a new reservation only while it is a concept, or where the party had still to answer."""
    mine = next((one for one in record.stands if one.party == party), None)
    if mine is None:
        return Refused(f"{party} zat hierbij niet aan tafel. {ways.look(record.id)}", code="E12")
    concept = record.state in (DecisionState.CONCEPT, AgreementState.CONCEPT)
    if not lives(record) or not (concept or mine.kind is StandKind.PENDING):
        return Refused(
            f"{record.id} is {record.state}; het standpunt van {party} staat vast. {ways.look(record.id)}",
            code="INV-23",
        )
    return with_stand(record.stands, Stand(party, StandKind.RESERVED, because))


def _may_speak(turn: Turn, place: Body, party: str) -> Refused | None:
    """Whoever sits there for that party, and who keeps the list of the body."""
    officer = turn.holds(RoleName.SECRETARY, place.code) or turn.holds(RoleName.CHAIR, place.code)
    if officer or any(r.body == place.code and r.on_behalf_of == party and r.role in ROLES for r in turn.roles):
        return None
    because = f"Een voorbehoud van {party} meldt wie in {place.the} zit voor {party}, of de secretaris."
    return Refused(because, code="E04")


def _tell_keeper(turn: Turn, record: Decision | Agreement, what: str) -> None:
    keeper = keeper_of(turn, record)
    if keeper is not None and (turn.room is None or turn.room.code != record.body):
        turn.tell(keeper.id, say(f"{record.id}: {what}."), about=(record.id,))


def _after(record: Decision | Agreement) -> str:
    return "Maat en meetmoment vraag ik na afloop." if lacks_measure(record) else ""
