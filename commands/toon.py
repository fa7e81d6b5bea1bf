"""!toon: the dossier of a signal with its whole route, of an action or a group (R-004, C03)."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import datetime
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import by_when
from commands.kit.chat_rooms import as_read
from commands.kit.constituencies import lines_about
from commands.kit.consultations import away, line_of
from commands.kit.decisions import signals_under
from commands.kit.declare import EVERYONE, About, command
from commands.kit.dossiers import consulted, dossier
from commands.kit.evaluation_results import outcome
from commands.kit.groups import group_lines, may_see_group
from commands.kit.next_meeting import makes, weighing
from commands.kit.ports import Offer
from commands.kit.records import choose, from_context, missing, visible
from commands.kit.reply import Block, Heading, Line, Message, Text, listing, say
from commands.kit.signals import PROPOSERS, sentence, up_offers
from commands.kit.surroundings import actions_shown, around_group, around_signal, may_name
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.kit.urging import draft_to_send
from commands.rules import ladder, ways
from commands.rules.lifecycle import gets_stuck
from commands.rules.visibility import (
    may_see_body,
    parties_shown,
    room_may_see_decision,
    room_may_see_signal,
)
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.calendar import AMSTERDAM
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision
from commands.words.evaluation import Evaluation
from commands.words.meeting import ItemState, Meeting
from commands.words.proposal import Proposal
from commands.words.record import HistoryRow
from commands.words.signal import OPEN_STATES, Signal, SignalState, Track
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused
from commands.words.workgroup import Workgroup

#: How the history begins when something was reworded (C45).
_STEERED = "bijgesteld, was: "
#: How the history words a new date of an action.
_MOVED = re.compile(r"van \w{2} \d{1,2} \w{3} 20\d\d naar ")
_GROUP = re.compile(r"(?:WG|PRG)-[\w-]+", re.IGNORECASE)
#: An evaluation is shown by its whole id: a bare number never means one.
_EVALUATED = re.compile(r"EVA-20\d\d-\d{3,}", re.IGNORECASE)
#: Ids of what has no dossier of its own.
_LISTED = re.compile(r"(?:AGP|VRG)-[\w+.&/-]+", re.IGNORECASE)
#: What a number, or the message that is replied to, may stand for.
SHOWN = (Signal, Action, Proposal, Decision, Agreement, AttentionPoint, Consultation)


@command(
    "toon",
    aliases=("dossier",),
    help="Toon een dossier met de hele route, en wat en wie erbij hoort.",
    example="!toon 14",
    who=EVERYONE,
    menu=True,
    reads=True,
)
def toon(
    turn: Turn,
    item: Annotated[
        Signal | Action | Proposal | Decision | Agreement | AttentionPoint | Consultation | None,
        About("het signaal, de actie, het voorstel, het besluit of de afspraak", "id"),
    ] = None,
    body: Annotated[Body | None, About("een werkgroep of programma", "groep", bare=True)] = None,
    words: Annotated[str | None, About("wat je verder typt", "woorden", rest=True)] = None,
) -> Outcome:
    if item is None and body is not None:
        return _group(turn, body)
    if item is None:
        found = from_context(SHOWN, turn)
        if not found and words:
            return _evaluation(turn, words) if _EVALUATED.fullmatch(words) else _no_dossier(words)
        one = choose(found, "item", turn) if found else Ask("item", "Om welk nummer gaat het?")
        if isinstance(one, Ask):
            return one
        item = one  # type: ignore[assignment]
    match item:
        case Signal():
            private = turn.room is not None and not room_may_see_signal(turn.room, item)
            outside = turn.person.external or (not private and turn.room is not None and turn.room.with_externals)
            message = _signal(_reading(turn, private=private), item, outside=outside)
            offers: tuple[Offer, ...] = ()
            if not outside and _may_go_up(turn, item):
                message, offers = (
                    message + say("Hogerop? Antwoord met escaleer, of 🔼 op dit bericht."),
                    up_offers(item.id),
                )
            return Reply(message, about=(item.id,), offers=offers, private=private)
        case Action():
            private = turn.room is not None and turn.room.code != item.body
            return Reply(_action(_reading(turn, private=private), item), about=(item.id,), private=private)
        case Proposal():
            private = turn.room is not None and turn.room.code != item.confirms
            return Reply(_proposal(turn, item), about=(item.id, item.about), private=private)
        case Decision() | Agreement() | AttentionPoint():
            signals = [] if isinstance(item, AttentionPoint) else signals_under(turn, None, item.signals)
            private = turn.room is not None and not room_may_see_decision(turn.room, item, signals)
            return Reply(dossier(_reading(turn, private=private), item), about=(item.id,), private=private)
        case Consultation():
            return Reply(consulted(turn, item), about=(item.id,), private=away(turn, turn.need_body(item.body)))
        case None:
            raise LookupError("nothing to show")


def _reading(turn: Turn, *, private: bool) -> Turn:
    """The turn as the answer is read: by this person alone, or by the whole room."""
    return replace(turn, room=None) if private else turn


def _evaluation(turn: Turn, id: str) -> Outcome:
    """What !evaluatie toon shows, for who may see the body; to others it does not exist."""
    found = turn.store.get(Evaluation, id.upper())
    body = turn.body(found.about) if found else None
    if found is None or body is None or not may_see_body(turn.viewer, body, turn.structure):
        return missing(id.upper(), Evaluation)
    return Reply(outcome(turn, found, body), (found.id,), private=turn.room is not None and turn.room.code != body.code)


def _no_dossier(words: str) -> Refused:
    """What was typed comes back: a point and a meeting stand in lists, other words may be looked up (dialogue.md 5)."""
    if _GROUP.fullmatch(words):
        return missing(words.upper(), Workgroup)
    if _LISTED.fullmatch(words):
        return Refused(f"{words.upper()} heeft geen dossier. Kijk bij !agenda, of na afloop bij !verslag.", code="E11")
    return Refused(
        f"'{ways.shown(words)}' is geen nummer of groep die ik ken.", Instead("zoek", {"text": words}, "Zoeken?"), "E03"
    )


def _group(turn: Turn, body: Body) -> Outcome:
    """A group as !werkgroep shows it; a standing body has no dossier, but lists of its own."""
    if not body.is_group:
        lists = f"!wie {body.code}, !agenda {body.code} of !signalen bij:{body.code}"
        return Refused(f"{body.capital} heeft geen dossier. Kijk bij {lists}.", code="E11")
    group = turn.store.get(Workgroup, body.code)
    if group is None or not may_see_group(turn, group):
        return missing(body.code, Workgroup)
    elsewhere = turn.room is not None and turn.room.with_externals and turn.room.code != group.code
    lines = (*group_lines(turn, group), *around_group(_reading(turn, private=elsewhere), group))
    return Reply(say(*lines), about=(group.code,), private=elsewhere)


def _may_go_up(turn: Turn, signal: Signal) -> bool:
    """Whether this person may propose it for the tier above now."""
    body = turn.body(signal.lies_with)
    if body is None or body.is_group or signal.hops or not any(turn.holds(role, body.code) for role in PROPOSERS):
        return False
    verdict = ladder.may_escalate(signal, body, turn.structure, turn.store.proposals(about=signal.id))
    return turn.structure.above(body) is not None and isinstance(verdict, Allowed)


def _signal(turn: Turn, signal: Signal, *, outside: bool) -> Message:
    """The dossier. `outside`: externals read it, so nothing of what a fixed body said or decided (INV-20, INV-39)."""
    history = turn.store.history(signal.id)
    labels = [str(signal.state)]
    if signal.state is SignalState.MERGED:
        target = turn.store.get(Signal, signal.merged_into or "")
        labels.append(f"samengevoegd met {target.id}" if target and may_name(turn, target) else "samengevoegd")
    else:
        labels += [f"ligt bij {signal.lies_with}", f"eigenaar {signal.owner}"]
    if signal.track is not Track.OPEN:
        labels.append(f"spoor {signal.track}")
    blocks: list[Heading | Text] = [
        Heading(f"{signal.id} {signal.title}", 1),
        Text(_sentence(labels)),
    ]
    raised = ", ".join(turn.person_named(person) for person in signal.raised_by)
    filed = _day(history[0].at if history else signal.filed_at)
    blocks.append(Text(f"Ingediend door {raised}, namens {signal.on_behalf_of}, {filed}."))
    if signal.explanation:
        blocks.append(Text(signal.explanation))
    extra = [f"{name}: {value}" for name, value in _facts(signal) if value]
    if extra:
        blocks.append(Text("; ".join(extra) + "."))
    if signal.brief is not None and not outside:
        blocks.append(Text(f"Gevraagd besluit: {sentence(signal.brief.ask)}"))
        blocks.append(Text(f"Waarom dit niveau: {sentence(signal.brief.why)}"))
    if signal.hops and signal.hops[-1].task:
        blocks.append(Text(f"Opdracht: {sentence(signal.hops[-1].task)}"))
    route: list[Line] = [_step(turn, row, outside=outside) for row in _moves(history)]
    return Message((*blocks, Heading("Route", 2), listing(route, ordered=True), *_tail(turn, signal, outside=outside)))


def _tail(turn: Turn, signal: Signal, *, outside: bool) -> list[Text]:
    tail: list[Text] = []
    actions = [] if outside else actions_shown(turn, signal)
    items = () if outside else turn.store.items(signal=signal.id)
    earlier = [row.why for row in turn.store.history(signal.id) if row.why.startswith(_STEERED)]
    tail += [Text(f"Eerder {why.removeprefix('bijgesteld, ')}") for why in earlier if not outside]
    if not outside:
        merged = [one for one in turn.store.merged_into(signal.id) if may_name(turn, one)]
        tail += [Text(f"Hierin opgegaan: {one.id} (namens {one.on_behalf_of}).") for one in merged]
        if actions:
            tail.append(Text("Acties: " + ", ".join(f"{action.id} ({action.state})" for action in actions) + "."))
        tail += [
            Text(f"Voorstel: {one.id}, wacht op de voorzitter {one.confirms}.")
            for one in turn.store.proposals(about=signal.id)
            if visible(one, turn)
        ]
        tail += _consulted(turn, signal.id)
        tail += [Text(line) for line in lines_about(turn, signal.id)]
    if gets_stuck(items):
        tail.append(Text("Blijft hangen: twee keer of vaker doorgeschoven."))
    if signal.outcome:
        tail.append(Text(f"Uitkomst: {sentence(signal.outcome)}"))
    if not outside:
        tail += [Text(line) for line in around_signal(turn, signal, actions, items)]
    if signal.state in OPEN_STATES:
        tail.append(Text(_next_step(turn, signal)))
    return tail


def _consulted(turn: Turn, about: str) -> list[Text]:
    """What was asked of those the parties speak for, as far as this person may read it."""
    lines: list[Text] = []
    for one in turn.store.consultations(about=about):
        shown = parties_shown(turn.viewer, one, turn.need_body(one.body), turn.structure)
        here = turn.room is None or not as_read(turn, turn.room).with_externals
        if shown and here and one.state is not ConsultationState.WITHDRAWN:
            lines.append(Text(("Raadpleging ", *line_of(one, shown, turn.today))))
    return lines


def _sentence(labels: list[str]) -> str:
    text = ", ".join(labels)
    return f"{text[0].upper()}{text[1:]}."


def _facts(signal: Signal) -> list[tuple[str, str]]:
    return [
        ("soort", str(signal.kind or "")),
        ("thema", signal.topic or ""),
        ("horizon", str(signal.horizon or "")),
        ("regio", signal.region or ""),
        ("herkomst", signal.origin or ""),
        ("richting", str(signal.direction or "")),
        ("vangnet", "ja" if signal.safety_net else ""),
        ("politiek gevoelig", "ja" if signal.sensitive else ""),
    ]


def _moves(rows: tuple[HistoryRow, ...]) -> list[HistoryRow]:
    return [row for row in rows if row.from_state != row.to_state]


def _step(turn: Turn, row: HistoryRow, *, outside: bool) -> Line:
    if outside:
        return f"{_day(row.at)}, {row.to_state.replace('@', 'bij ')}"
    who = "" if row.by == "overlegbot" else f" door {turn.person_named(row.by)}"
    why = f": {row.why}" if row.why else ""
    return f"{_day(row.at)}, {row.to_state.replace('@', 'bij ')}{who}{why}"


def _next_step(turn: Turn, signal: Signal) -> str:
    if signal.hops:
        hop = signal.hops[-1]
        back = f" uiterlijk {dates.say_short(hop.due)}" if hop.due else ""
        back += f" ({hop.anchor_text})" if hop.anchor else ""
        return f"Volgende stap: {hop.receiver} meldt terug aan {hop.giver}{back}."
    body = turn.body(signal.lies_with)
    if body is None or body.is_group:
        return f"Volgende stap: bij {signal.lies_with}."
    if signal.state is SignalState.SUBMITTED:
        return f"Volgende stap bij {body.the}: {weighing(turn)}."
    planned = _on_agenda(turn, signal)
    if planned is not None:
        return f"Volgende stap: {body.the} van {dates.say_short(planned.day)}."
    return f"Volgende stap bij {body.the}: {makes(turn, body.code)}."


def _on_agenda(turn: Turn, signal: Signal) -> Meeting | None:
    """The meeting to come on whose agenda the signal stands."""
    live = (ItemState.PROPOSED, ItemState.SCHEDULED)
    for item in turn.store.items(signal=signal.id):
        meeting = turn.store.get(Meeting, item.meeting) if item.state in live else None
        if meeting is not None and meeting.body == signal.lies_with and meeting.day >= turn.today:
            return meeting
    return None


def _action(turn: Turn, action: Action) -> Message:
    holder = turn.person_named(action.holder)
    about = turn.store.get(Signal, action.signal) if action.signal else None
    first = turn.store.history(action.id)[:1]
    # What did not fit the text of the action was kept with its first row (dialogue.md 6).
    explanation = first[0].why if first and first[0].by == action.asked_by else ""
    moved = f", {action.postponed} keer verzet (eerst {dates.say_short(action.first_due)})" if action.postponed else ""
    lines = [
        f"{str(action.state).capitalize()}, {by_when(action, dates.say_short(action.due))}{moved}.",
        f"Spoor {action.track}." if action.track is not Track.OPEN else "",
        f"Actiehouder {holder}, namens {action.on_behalf_of}, van {action.body}.",
        f"Gevraagd door {turn.person_named(action.asked_by)}." if action.asked_by != action.holder else "",
        f"Ligt nu bij {action.waits_for}." if action.waits_for else "",
        f"Vervanger {turn.person_named(action.deputy)}." if action.deputy else "",
        f"Bij {about.id}." if about is not None and may_name(turn, about) else "",
        f"Uit {action.origin}." if action.origin else "",
        f"Hangt aan {action.anchor}: {action.anchor_text}." if action.anchor else "",
        f"Toelichting: {explanation}" if explanation else "",
        f"Resultaat: {action.result}" if action.result else "",
        draft_to_send(turn, action),
    ]
    steps: list[Line] = [f"{_day(row.at)}, {row.why}" for row in turn.store.history(action.id) if _MOVED.match(row.why)]
    rows = [row for row in turn.store.history(action.id) if row.why.startswith(_STEERED)]
    steered: list[Line] = [f"{_day(row.at)}, {row.why}" for row in rows]
    blocks: list[Block] = [Heading(f"{action.id} {action.text}", 1), *(Text(line) for line in lines if line)]
    for heading, found in (("Verzet", steps), ("Eerder", steered)):
        blocks += [Heading(heading, 2), listing(found, ordered=True)] if found else []
    return Message(tuple(blocks))


def _proposal(turn: Turn, proposal: Proposal) -> Message:
    proposer = turn.person_named(proposal.proposer)
    lines = [
        f"{str(proposal.kind).capitalize()} van {proposal.about}, voorgesteld door {proposer}: "
        f"{sentence(proposal.because)}",
        f"{str(proposal.state).capitalize()}; de voorzitter van {turn.need_body(proposal.confirms).the} beslist.",
    ]
    if proposal.decided_by is not None:
        by = turn.person_named(proposal.decided_by)
        lines[1] = f"{str(proposal.state).capitalize()} door {by}, {_day(proposal.decided_at or proposal.made_at)}."
    return Message((Heading(proposal.id, 1), *(Text(line) for line in lines)))


def _day(at: datetime) -> str:
    return dates.say_short(at.astimezone(AMSTERDAM).date())
