"""!mijn: what is open for me everywhere: actions by date, my signals with where they lie, questions (rulings.md 2)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import action_line
from commands.kit.connections import is_to_let_go_by
from commands.kit.consultations import term
from commands.kit.declare import EVERYONE, About, command
from commands.kit.dialogue import not_read
from commands.kit.disciplines import my_disciplines
from commands.kit.evaluating import named, open_for, respondent
from commands.kit.ports import Offer
from commands.kit.records import visible
from commands.kit.reply import Block, Heading, Line, Message, Text, listing, say
from commands.kit.signals import sentence
from commands.kit.turn import Outcome, Reply, Turn
from commands.kit.waiting import subject
from commands.kit.waiting import waiting as waiting_proposals
from commands.rules import actions as rules
from commands.rules.consultations import is_contact, waiting
from commands.rules.evaluations import is_complete
from commands.rules.visibility import may_see_signal
from commands.words.action import Action, ActionState
from commands.words.consultation import ConsultationState
from commands.words.evaluation import Evaluation, EvaluationKind
from commands.words.minutes import Bulletin, BulletinState
from commands.words.people import RoleName
from commands.words.signal import OPEN_STATES, Signal
from commands.words.workgroup import Workgroup

MOST = 10


#: What people type behind it for a part of the list: they get the whole, which is short.
_PARTS = frozenset(
    (
        "acties actie signalen vragen voorstellen evaluaties raadplegingen vrijgaven open openstaande overzicht lijst "
        "werk alles en"
    ).split()
)


class Mine(StrEnum):
    DISCIPLINES = "disciplines"


@command(
    "mijn",
    help="Toon wat er voor jou openstaat: acties, signalen, vragen, vrijgaven. Of geef je disciplines op.",
    example="!mijn",
    who=EVERYONE,
    menu=True,
)
def mijn(
    turn: Turn,
    what: Annotated[
        Mine | None, About("disciplines", "wat", synonyms={"discipline": "disciplines", "vakgebieden": "disciplines"})
    ] = None,
    disciplines: Annotated[
        str | None, About("je disciplines, of geen", "disciplines", also=("discipline",), field_only=True, greedy=True)
    ] = None,
    text: Annotated[str | None, About("wat je verder typt", "woorden", rest=True)] = None,
) -> Outcome:
    if what is not None or disciplines is not None:
        return my_disciplines(turn, (text or "") if what is not None else "", disciplines or "")
    words = [word for word in (text or "").split() if word.casefold().strip(",.") not in _PARTS]
    if (stray := not_read(mijn, " ".join(words))) is not None:
        return stray
    mine = rules.in_order(turn.store.actions(holder=turn.person.id, states=rules.LIVE), turn.today)
    raised = turn.store.signals(raiser=turn.person.id, states=OPEN_STATES)
    signals = [signal for signal in raised if may_see_signal(turn.viewer, signal)]
    questions = turn.store.open_questions(turn.person.id)
    blocks: list[Block] = []
    blocks += _section("Acties", [action_line(turn, action, with_body=True, with_holder=False) for action in mine])
    blocks += _section("Signalen", [_signal_line(turn, signal) for signal in signals])
    proposals = [f"{one.id}: {subject(turn, one)}" for one in waiting_proposals(turn)]
    blocks += _section("Voorstellen die op een besluit wachten", proposals)
    blocks += _section("Vragen die op antwoord wachten", [question.text for question in questions])
    blocks += _section("Evaluaties die op antwoord wachten", _evaluated(turn))
    blocks += _section("Raadplegingen die op antwoord wachten", _consulted(turn))
    drafts = _to_let_go(turn)
    blocks += _section("Klaar om vrij te geven", [f"{one.id}: {one.kind} voor {one.to}" for one in drafts])
    blocks += _section("Komt nog", _held(turn))
    if not blocks:
        return Reply(say(f"Er staat niets voor {'u' if turn.formal else 'je'} open."), private=True)
    offers = tuple(
        Offer("klaar", "gereed", {"item": action.id}, rest="result")
        if action.state is ActionState.OPEN
        else Offer("ja", "aanvaard", {"action": action.id})
        for action in mine[:MOST]
    )
    about = (*(action.id for action in mine[:MOST]), *(signal.id for signal in signals[:MOST]))
    return Reply(Message(tuple(blocks)), about, offers, private=True)


def _evaluated(turn: Turn) -> list[str]:
    """The evaluations in which this person has not answered all three questions (C39)."""
    lines: list[str] = []
    for one in open_for(turn, turn.person.id):
        me, body = respondent(turn, one, turn.person.id), turn.body(one.about)
        if me is None or body is None or is_complete(me) or one.kind is EvaluationKind.WALL:
            continue
        if one.closes_on is not None and one.closes_on < turn.today:
            continue
        until = f", tot en met {dates.say_short(one.closes_on)}" if one.closes_on else ""
        lines.append(f"{one.id}: evaluatie van {named(body)}{until}: !evalueer {body.code}")
    return lines


def _held(turn: Turn) -> list[str]:
    """What the clock keeps for this person: it did not fit in a message, or comes in a bundle (digests.md §2.1)."""
    found: dict[str, str] = {}
    for due in turn.store.held_for(turn.person.id):
        signal = turn.store.get(Signal, due.about)
        action = turn.store.get(Action, due.about)
        evaluation = turn.store.get(Evaluation, due.about)
        group = turn.store.get(Workgroup, evaluation.about if evaluation is not None else due.about)
        if signal is not None and may_see_signal(turn.viewer, signal):
            found[due.about] = f"{signal.id}: {signal.title}"
        elif action is not None and visible(action, turn):
            found[due.about] = f"{action.id}: {action.text}"
        elif evaluation is not None:
            found[due.about] = f"{evaluation.id}: evaluatie van {group.name if group else evaluation.about}"
        elif group is not None:
            found[due.about] = f"{group.code}: {group.name}"
    return list(found.values())


def _consulted(turn: Turn) -> list[str]:
    """For an umbrella contact: what the own party still has to say."""
    if not any(role.role is RoleName.UMBRELLA_CONTACT for role in turn.roles):
        return []
    return [
        f"{one.id}: {sentence(one.question)} Standpunt van {party}, {term(one, turn.today)}"
        for one in turn.store.consultations(states=(ConsultationState.OPEN,))
        for party in waiting(one)
        if is_contact(turn.roles, party)
    ]


def _to_let_go(turn: Turn) -> list[Bulletin]:
    """Drafts that wait for this person, also those that were put before who had the function then."""
    contact = any(role.role is RoleName.UMBRELLA_CONTACT for role in turn.roles)
    drafts = turn.store.bulletins(releases=None if contact else turn.person.id, states=(BulletinState.DRAFT,))
    return [one for one in drafts if is_to_let_go_by(turn, one)]


def _section(title: str, lines: list[str]) -> list[Block]:
    if not lines:
        return []
    shown: list[Line] = list(lines[:MOST])
    left = len(lines) - MOST
    rest: list[Block] = [Text(f"En nog {left}.")] if left > 0 else []
    return [Heading(title), listing(shown), *rest]


def _signal_line(turn: Turn, signal: Signal) -> str:
    place = turn.body(signal.lies_with)
    where = place.the if place else signal.lies_with
    meeting = turn.next_meeting(signal.lies_with)
    when = f", volgende vergadering {dates.say_short(meeting.day)}" if meeting else ""
    return f"{signal.id}: {signal.title}, {signal.state}, ligt bij {where}{when}"
