"""What a group still has in hand when it ends, and where that goes (INV-11, INV-14, INV-15, R-010, R-221)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commands.kit.decisions import save_record
from commands.kit.group_agenda import drop_items
from commands.kit.group_proposals import withdraw_open
from commands.kit.owed import owe_action, owe_group, owe_meeting
from commands.kit.register import Register
from commands.kit.reply import Strong, say
from commands.kit.signals import save, tell_raisers
from commands.kit.turn import Turn
from commands.rules import ladder
from commands.rules.group_life import OpenThings
from commands.words.action import Action, ActionState
from commands.words.agreement import LIVE_AGREEMENTS, Agreement
from commands.words.decision import LIVE_DECISIONS, Decision
from commands.words.helping import OPEN_HELP, HelpRequest
from commands.words.meeting import MeetingState
from commands.words.signal import FINAL_STATES, Signal
from commands.words.structure import Body
from commands.words.workgroup import RUNNING_STATES, GroupState, Workgroup

_LIVE = (ActionState.REQUESTED, ActionState.OPEN)
#: A group never has as many open things; what is more would be left behind, so it is asked for in one go.
_ALL = 10_000


def bodies_within(register: Register, group: Workgroup) -> tuple[Workgroup, ...]:
    """The bodies of a programme's template that still live."""
    if group.template is None:
        return ()
    return tuple(one for one in register.store.groups(states=RUNNING_STATES) if one.within == group.code)


def open_things(register: Register, group: Workgroup) -> OpenThings:
    """Open signals and actions of the group, those of the bodies within it included."""
    signals: list[str] = []
    actions: list[str] = []
    decisions: list[str] = []
    agreements: list[str] = []
    requests: list[str] = []
    for one in (group, *bodies_within(register, group)):
        signals += [signal.id for signal in _signals(register, one)]
        actions += [action.id for action in _actions(register, one)]
        decisions += [record.id for record in _decisions(register, one)]
        agreements += [record.id for record in _agreements(register, one)]
        requests += [request.id for request in _requests(register, one)]
    return OpenThings(tuple(signals), tuple(actions), tuple(decisions), tuple(agreements), tuple(requests))


def _signals(register: Register, group: Workgroup) -> list[Signal]:
    found = register.store.signals(lies_with=group.code, limit=_ALL)
    return [signal for signal in found if signal.state not in FINAL_STATES]


def _actions(register: Register, group: Workgroup) -> tuple[Action, ...]:
    return register.store.actions(body=group.code, states=_LIVE, limit=_ALL)


def _decisions(register: Register, group: Workgroup) -> tuple[Decision, ...]:
    return register.store.decisions(body=group.code, states=LIVE_DECISIONS, limit=_ALL)


def _agreements(register: Register, group: Workgroup) -> tuple[Agreement, ...]:
    return register.store.agreements(body=group.code, states=LIVE_AGREEMENTS, limit=_ALL)


def _requests(register: Register, group: Workgroup) -> tuple[HelpRequest, ...]:
    """Asked in its room, with a name; what is asked without one is in no room."""
    return register.store.help_requests(body=group.code, states=OPEN_HELP, limit=_ALL)


def hand_over(turn: Turn, group: Workgroup, target: Body, why: str) -> None:
    """Give everything open to the target; ids stay. Raisers and holders hear where it is now."""
    last = receiving.end if (receiving := turn.store.get(Workgroup, target.code)) is not None else None
    for one in (group, *bodies_within(turn, group)):
        for signal in _signals(turn, one):
            _move_signal(turn, signal, target, last, why)
        for action in _actions(turn, one):
            moved = replace(action, body=target.code)
            turn.put(moved, f"van {one.code} naar {target.code}: {why}")
            owe_action(turn.store, turn.structure, turn.now, moved)
            line = (Strong(action.id), f" ({action.text}) hoort nu bij {target.the}, want {why}. De datum blijft.")
            turn.tell(action.holder, say(line), about=(action.id,))
        for request in _requests(turn, one):
            turn.put(replace(request, body=target.code), f"van {one.code} naar {target.code}: {why}")
            line = (Strong(request.id), f" ({request.text}) hoort nu bij {target.the}, want {why}.")
            turn.tell(request.by or "", say(line), about=(request.id,))
        _hand_over_records(turn, one, target, why)


def _hand_over_records(turn: Turn, group: Workgroup, target: Body, why: str) -> None:
    """Text, meeting and who agreed stay as they were; the new body follows what comes of it. A group decides nothing,
    so then it is the fixed body above that group (INV-22, R-221).
    """
    place = target if not target.is_group or not target.parent else turn.need_body(target.parent)
    because = f"van {group.code} naar {place.code}: {why}"
    for decision in _decisions(turn, group):
        save_record(turn, replace(decision, body=place.code), because)
    for agreement in _agreements(turn, group):
        owed = place.code if agreement.accountable_to == group.code else agreement.accountable_to
        save_record(turn, replace(agreement, body=place.code, accountable_to=owed), because)
        line = (Strong(agreement.id), f" ({agreement.text}) hoort nu bij {place.the}, want {why}. De tekst blijft.")
        turn.tell(agreement.lead, say(line), about=(agreement.id,))


def _move_signal(turn: Turn, signal: Signal, target: Body, last: date | None, why: str) -> None:
    place = turn.structure.filter
    hop = signal.hops[-1] if signal.hops else None
    after = ladder.reported(signal, turn.now) if hop else ladder.given_back(signal, place.code, turn.now)
    if target.code != place.code:
        due = min((day for day in (hop.due if hop else None, last) if day), default=last)
        task = hop.task if hop else ""
        after = ladder.assigned(after, place.code, target.code, task, due, turn.now)
        if hop is not None and due == hop.due:
            leans = replace(after.hops[-1], anchor=hop.anchor, anchor_text=hop.anchor_text)
            after = ladder.with_hop(after, len(after.hops) - 1, leans)
    save(turn, after, why)
    tell_raisers(turn, after, f"ligt nu bij {target.the}, want {why}.")


def close(turn: Turn, group: Workgroup, why: str) -> None:
    """Write a group that is over, with all that goes with it: its roles, meetings, agenda items and the clock."""
    inner = bodies_within(turn, group)
    turn.put(group, why)
    for one in inner:
        turn.put(replace(one, state=GroupState.CONCLUDED, ended_on=turn.today, ended_because=why), why)
    for one in (group, *inner):
        owe_group(turn.store, turn.structure, turn.now, replace(one, state=group.state))
        for role in turn.store.roles(body=one.code, on=turn.today):
            turn.put(replace(role, end=turn.today), why)
        for meeting in turn.store.meetings(body=one.code, since=turn.today):
            if meeting.state in (MeetingState.CONCEPT, MeetingState.PLANNED, MeetingState.FIXED):
                cancelled = replace(meeting, state=MeetingState.CANCELLED, because=why)
                turn.put(cancelled, why)
                owe_meeting(turn.store, turn.structure, turn.now, cancelled, one.as_body())
    withdraw_open(turn, group, why)
    drop_items(turn, group, why)
