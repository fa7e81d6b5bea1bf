"""What becomes of a proposed working group when its proposal is decided; who confirms and who rejects share it."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

from commands.kit import dates
from commands.kit.owed import owe_group
from commands.kit.reply import say
from commands.kit.turn import Turn
from commands.rules.groups import evaluation_days, may_be_active, midterm_day
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.proposal import Proposal
from commands.words.structure import BodyKind
from commands.words.workgroup import GroupState, Phase, Workgroup


def found(turn: Turn, group: Workgroup, because: str) -> tuple[str, ...]:
    """Found the proposed group (W2, W3) and return the lines that say so.

    Writes the group, its roles and its clock rows as part of this deed. The proposal itself is the caller's.
    """
    start = min(turn.today, date.fromordinal(group.end.toordinal() - 1))
    group = replace(group, state=GroupState.FOUNDED, start=start)
    moments = evaluation_days(group, turn.structure.calendar, turn.thresholds)
    phase = Phase.TRUST if group.is_programme else None
    group = replace(group, evaluate_by=moments[0] if moments else None, phase=phase)
    turn.put(group, because)
    if group.chair:
        give_role(turn, group, group.chair, chair_role(group))
        title = ROLE_TITLES[chair_role(group)]
        chair = turn.store.get(Person, group.chair)
        you = "U" if chair is not None and chair.address == "u" else "Je"
        turn.tell(group.chair, say(f"{you} bent {title} van {group.name}, tot en met {dates.say_day(group.end)}."))
    for member in group.members:
        give_role(turn, group, member, member_role(turn, member))
    group = activate(turn, group)
    owe_group(turn.store, turn.structure, turn.now, group)
    lines = [f"{group.name} ({group.code}) is {group.state} tot en met {dates.say_short(group.end)}."]
    if moments:
        lines.append(f"{evaluations(moments)}.")
    if group.is_programme:
        lines.append(f"Midterm review: {dates.say_short(midterm_day(group, turn.structure.calendar))}.")
    lines.extend(still_needed(turn, group))
    return tuple(lines)


def reject_founding(turn: Turn, proposal: Proposal) -> tuple[str, ...]:
    """Turn the proposed group down and return the lines that say so; the signals stay where they are."""
    group = turn.store.get(Workgroup, proposal.about)
    if group is None or group.state is not GroupState.PROPOSED:
        return ("Deze groep wacht niet meer op een besluit; er is niets veranderd.",)
    turn.put(replace(group, state=GroupState.REJECTED), proposal.decided_because)
    return (f"{group.name} komt er niet. {_occasions(group)}".strip(),)


def activate(turn: Turn, group: Workgroup) -> Workgroup:
    """The group, active from now on when it has a chair and two parties (W3); written when that changes it."""
    people = [id for id in (group.chair, *group.members) if id]
    parties = [turn.organisation_of(id) for id in people]
    if group.state is not GroupState.FOUNDED or not may_be_active(group.chair, parties, turn.structure):
        return group
    group = replace(group, state=GroupState.ACTIVE)
    turn.put(group, "voorzitter en twee partijen bekend")
    return group


def give_role(turn: Turn, group: Workgroup, person: str, role: RoleName) -> None:
    """Write a role in the group on behalf of the person's own organisation, from today on."""
    turn.put(Role(person, group.code, role, turn.organisation_of(person), turn.today), f"{role} van {group.code}")


def chair_role(group: Workgroup) -> RoleName:
    """A working group has a voorzitter, a programme a trekker (domain.md §2.3)."""
    return RoleName.LEAD if group.kind is BodyKind.PROGRAMME else RoleName.CHAIR


def member_role(turn: Turn, person: str) -> RoleName:
    """Someone from outside the government parties is extern, everyone else lid (INV-20)."""
    found = turn.store.get(Person, person)
    return RoleName.EXTERNAL if found is not None and found.external else RoleName.MEMBER


def evaluations(moments: tuple[date, ...]) -> str:
    """The evaluation moments in words: "Evaluatie op vr 5 feb 2027 en di 4 mei 2027"."""
    said = [dates.say_short(day) for day in moments]
    return "Evaluatie op " + (said[0] if len(said) == 1 else f"{', '.join(said[:-1])} en {said[-1]}")


def still_needed(turn: Turn, group: Workgroup) -> list[str]:
    """What a group that is not active yet still lacks (W3)."""
    if group.chair is None:
        return ["Nog geen voorzitter: wie wil?"]
    if group.state is GroupState.FOUNDED:
        return ["Actief zodra er leden van twee partijen zijn."]
    return []


def _occasions(group: Workgroup) -> str:
    if not group.occasion:
        return ""
    verb = "blijft" if len(group.occasion) == 1 else "blijven"
    return f"{' en '.join(group.occasion)} {verb} waar het ligt."
