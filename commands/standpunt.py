"""!standpunt: what a party says of a point or of a decision; of a party, never of a person (R-092, digests.md §3.1)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit.agendas import is_here, meeting_named, stands_on
from commands.kit.arguments import PartyCode
from commands.kit.consultations import answer
from commands.kit.declare import About, Right, Where, command
from commands.kit.points import Point
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import points, ways
from commands.rules.agenda import keeps
from commands.rules.decisions import unanswered
from commands.words.consultation import Consultation
from commands.words.decision import LIVE_DECISIONS, Decision, DecisionState, Stand, StandKind
from commands.words.meeting import AgendaItem, ItemState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

WORDS = {
    "eens": "akkoord",
    "voor": "akkoord",
    "voorbehoud": "akkoord met voorbehoud",
    "met voorbehoud": "akkoord met voorbehoud",
    "tegen": "niet akkoord",
    "oneens": "niet akkoord",
    "volgt": "nog te bevestigen",
    "later": "nog te bevestigen",
}
ROLES = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.CHAIR, RoleName.SECRETARY)
QUESTIONS = {StandKind.RESERVED: "Welk voorbehoud?", StandKind.AGAINST: "Waarom niet?"}


@command(
    "standpunt",
    help="Leg vast wat een partij vindt van een punt of een besluit, of antwoordt op een raadpleging.",
    example="!standpunt 3 VNG voorbehoud ruimte voor lokaal maatwerk",
    who=(*(Right(role, Where.TIER) for role in ROLES), Right(RoleName.UMBRELLA_CONTACT, Where.ANY)),
    otherwise="vraag een lid van dat overleg.",
)
def standpunt(
    turn: Turn,
    subject: Annotated[
        Point | Decision | Consultation,
        About("het agendapunt, het besluit of de raadpleging", "punt", ask="Welk punt, besluit of welke raadpleging?"),
    ],
    party: Annotated[PartyCode | None, About("welke partij", "partij", words=("namens",), bare=True)] = None,
    kind: Annotated[
        StandKind | None,
        About("akkoord, voorbehoud, tegen of volgt", "standpunt", words=("is",), bare=True, synonyms=WORDS),
    ] = None,
    because: Annotated[
        str | None, About("waarom", "waarom", words=("want", "omdat"), also=("reden",), greedy=True, rest=True)
    ] = None,
) -> Outcome:
    if isinstance(subject, Consultation):
        return answer(turn, subject, party, kind, because or "")
    found = _what_counts(turn, subject)
    return found if isinstance(found, Ask) else _noted(turn, found, party, kind, because)


def _noted(
    turn: Turn, subject: AgendaItem | Decision, party: PartyCode | None, kind: StandKind | None, because: str | None
) -> Outcome:
    place = turn.need_body(subject.body) if isinstance(subject, Decision) else stands_on(turn, subject)[1]
    if place.is_group:
        return Refused(
            f"In {place.the} worden geen standpunten van partijen vastgelegd. "
            "Typ het in de kamer van een vast overleg.",
            code="E12",
        )
    party = party or _own_party(turn, place)
    if party is None or turn.structure.party(party) is None:
        return Ask("party", "Van welke partij?", tuple(Option(one.code, one.code) for one in turn.structure.parties))
    verdict = _may_speak(turn, place, party) or _still_open(subject, party)
    if verdict is not None:
        return verdict
    if kind is None:
        return Ask("kind", f"{party}: akkoord, voorbehoud, tegen of volgt?")
    if points.needs_reason(kind) and not because:
        return Ask("because", QUESTIONS[kind])
    stand = Stand(party, kind, because or "")
    after = replace(subject, stands=points.with_stand(subject.stands, stand))
    turn.put(after, _said(stand))
    where = subject.id if isinstance(subject, Decision) else f"Punt {subject.number} van {_meeting(turn, subject)}"
    done = isinstance(after, Decision) and after.written_until is not None and not unanswered(after)
    all_said = " Alle partijen hebben geantwoord; de voorzitter kan het vaststellen." if done else ""
    return Reply(
        say(f"{where}: {_said(stand)}.{all_said}"),
        about=(subject.id, *subject.signals),
        deed=f"standpunt {party} bij {subject.id}",
        private=not is_here(turn, place) or place.with_externals,
    )


def _what_counts(turn: Turn, subject: AgendaItem | Decision) -> AgendaItem | Decision | Ask:
    """Once a point was decided, a position is one on the decision: that is what the minutes list (INV-23)."""
    if isinstance(subject, Decision):
        return subject
    made = turn.store.decisions(item=subject.id, states=LIVE_DECISIONS)
    if len(made) > 1:
        options = tuple(Option(one.id, one.id) for one in made)
        return Ask("subject", f"Bij welk besluit: {' of '.join(one.id for one in made)}?", options)
    return made[0] if made else subject


def _said(stand: Stand) -> str:
    reason = f": {stand.because}" if stand.because else ""
    return f"{stand.party} {stand.kind}{reason}".rstrip(".")


def _meeting(turn: Turn, item: AgendaItem) -> str:
    return meeting_named(stands_on(turn, item)[0])


def _own_party(turn: Turn, place: Body) -> PartyCode | None:
    """The party that the person speaks for there; nobody's for a secretary."""
    held = [one for one in turn.roles if one.body == place.code and one.role is not RoleName.SECRETARY]
    return PartyCode(held[0].on_behalf_of) if held else None


def _may_speak(turn: Turn, place: Body, party: str) -> Refused | None:
    """Whoever sits there for that party; the secretary notes it for every party."""
    if keeps(turn.roles, place, turn.structure) or any(
        one.body == place.code and one.on_behalf_of == party and one.role in ROLES for one in turn.roles
    ):
        return None
    return Refused(
        f"Het standpunt van {party} geeft wie in {place.the} zit voor {party}, of de secretaris.", code="E04"
    )


def _still_open(subject: AgendaItem | Decision, party: str) -> Refused | None:
    """INV-23: of a fixed decision only what was still to come is filled in."""
    said = next((one for one in subject.stands if one.party == party), None)
    if isinstance(subject, Decision):
        if subject.state is DecisionState.CONCEPT or said is None or said.kind is StandKind.PENDING:
            return None
        return Refused(
            f"{subject.id} is {subject.state}; het standpunt van {party} staat vast. {ways.look(subject.id)}",
            code="INV-23",
        )
    if subject.state in (ItemState.PROPOSED, ItemState.SCHEDULED, ItemState.TREATED):
        return None
    return Refused(f"Punt {subject.number} is {subject.state}. {ways.look_at_agenda()}", code="E12")
