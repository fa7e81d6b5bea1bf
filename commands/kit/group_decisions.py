"""What confirming or rejecting a proposal about a group does (W2, W5, W7, W9, W10): one function for each kind."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

from commands.kit import dates
from commands.kit.founding import evaluations, found, reject_founding
from commands.kit.group_agenda import drop_items
from commands.kit.group_ends import bodies_within, close, hand_over, open_things
from commands.kit.group_proposals import by_proposer, next_step, put_before, tell_group, tell_proposer
from commands.kit.owed import owe_group
from commands.kit.programme_acts import review_lines
from commands.kit.reply import Line, Message, Text, listing, say
from commands.kit.signals import sentence
from commands.kit.trekkers import keeps_a_trekker
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import group_life as rules
from commands.rules import ways
from commands.rules.groups import evaluation_days
from commands.words.people import ROLE_TITLES, RoleName
from commands.words.proposal import Proposal, ProposalKind, Terms
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import GroupState, Workgroup

_GONE = "Deze groep is er niet meer; het voorstel vervalt. Kijk bij !werkgroepen."


@dataclass(frozen=True)
class Case:
    """A confirmed proposal with the group as it is now and what was agreed about it."""

    turn: Turn
    proposal: Proposal
    group: Workgroup
    terms: Terms


def confirmed(turn: Turn, proposal: Proposal) -> Outcome:
    """Carry out a proposal about a group, or put it before the next who confirms (a programme: AO, then DO)."""
    group = turn.store.get(Workgroup, proposal.about)
    if group is None:
        return Refused(_GONE, code="E12")
    case = Case(turn, proposal, group, proposal.terms or Terms())
    verdict = _still_may(case)
    if isinstance(verdict, Refused):
        return verdict
    after = next_step(turn, proposal, group)
    if after is not None:
        return _one_more(case, *after)
    return _DO[proposal.kind](case)


def rejected(turn: Turn, proposal: Proposal) -> tuple[str, ...]:
    """The lines that say what a rejected proposal about a group leaves as it was."""
    if proposal.kind is ProposalKind.FOUND_GROUP:
        return reject_founding(turn, proposal)
    group = turn.store.get(Workgroup, proposal.about)
    if group is None:
        return (_GONE,)
    if group.state is GroupState.LAPSED:
        return (f"{group.code} blijft verlopen, sinds {dates.say_short(group.end)}.",)
    return (f"{group.code} blijft zoals het was: {group.state}, tot en met {dates.say_short(group.end)}.",)


def _one_more(case: Case, proposal: Proposal, place: Body) -> Reply:
    """R-068: the next chair is asked, in a proposal of its own."""
    turn, group = case.turn, case.group
    title = {
        ProposalKind.FOUND_GROUP: "een programma instellen",
        ProposalKind.EXTEND_GROUP: "een programma verlengen",
        ProposalKind.RESHAPE_GROUP: "een programma omvormen",
        ProposalKind.END_GROUP: "een programma beëindigen",
    }[proposal.kind]
    first = turn.need_body(case.proposal.confirms)
    lines = [
        f"{proposal.id}: {title}: {group.name}{_until(case)}. Voorgesteld door {by_proposer(turn, proposal)}; "
        f"{first.the} is akkoord.",
        *_what_is_asked(case),
    ]
    waits = put_before(turn, proposal, [line for line in lines if line])
    tell_proposer(turn, case.proposal, f"is bekrachtigd door {first.the}; {proposal.id} {waits}.")
    return Reply(
        say(f"{case.proposal.id} bekrachtigd. Een programma gaat ook langs {place.the}: {proposal.id} {waits}."),
        about=(proposal.id, group.code),
        deed=f"{case.proposal.id} bekrachtigd",
    )


def _until(case: Case) -> str:
    if case.proposal.kind is ProposalKind.END_GROUP:
        return ""
    return f", tot en met {dates.say_day(case.terms.end or case.group.end)}"


def _what_is_asked(case: Case) -> list[str]:
    """What the next chair needs to know, by the kind of proposal."""
    turn, group, terms = case.turn, case.group, case.terms
    because = case.proposal.because
    if case.proposal.kind is ProposalKind.END_GROUP:
        left = open_things(turn, group)
        goes = left.to(turn.need_body(terms.open_to).the) if left and terms.open_to else "Er staat niets open."
        goes = f"{goes[0].upper()}{goes[1:]}"
        return [goes, *review_lines(group), *([f"Reden: {sentence(because)}"] if because else [])]
    founding = case.proposal.kind is ProposalKind.FOUND_GROUP
    task = terms.task or group.task
    found = [f"Opdracht: {sentence(task)}"] if task else []
    if founding and group.why_not_group:
        found.append(f"Waarom geen werkgroep: {sentence(group.why_not_group)}")
    if because:
        found.append(f"{'Meerwaarde' if founding else 'Reden'}: {sentence(because)}")
    return found


def _still_may(case: Case) -> Refused | None:
    """Whether the proposal still holds: much can have happened since it was made."""
    turn, group, terms = case.turn, case.group, case.terms
    match case.proposal.kind:
        case ProposalKind.EXTEND_GROUP:
            verdict = rules.may_extend(group, terms.end, turn.today, turn.thresholds)
        case ProposalKind.RESHAPE_GROUP:
            verdict = rules.may_reshape(group, terms.end, turn.today, turn.thresholds)
        case ProposalKind.CHANGE_TASK:
            verdict = rules.may_change_task(group, turn.today)
        case ProposalKind.END_GROUP:
            left = open_things(turn, group)
            if group.is_programme:
                verdict = rules.may_conclude(group, left, terms.open_to)
            else:
                verdict = rules.may_end(group, left, terms.open_to, terms.waived)
            if not isinstance(verdict, Refused):
                verdict = keeps_a_trekker(turn, group, bodies_within(turn, group))
        case _:
            if group.state is GroupState.PROPOSED:
                return None
            verdict = Refused(f"{group.code} wacht niet meer op een besluit. {ways.look(group.code)}", code="E12")
    return verdict if isinstance(verdict, Refused) else None


def _found(case: Case) -> Reply:
    lines = found(case.turn, case.group, case.proposal.because)
    tell_proposer(case.turn, case.proposal, "is bekrachtigd: de groep is ingesteld.")
    return Reply(say(*lines), about=(case.group.code,), deed=f"{case.proposal.id} bekrachtigd")


def _extend(case: Case) -> Reply:
    end = case.terms.end or case.group.end
    turn = case.turn
    after = rules.extended(case.group, end, turn.today, turn.structure.calendar, turn.thresholds)
    return _goes_on(case, after, f"verlengd tot en met {dates.say_short(after.end)}")


def _reshape(case: Case) -> Reply:
    turn = case.turn
    after = rules.reshaped(case.group, case.terms, turn.today, turn.structure.calendar, turn.thresholds)
    return _goes_on(case, after, f"omgevormd, tot en met {dates.say_short(after.end)}. Opdracht: {after.task}")


def _goes_on(case: Case, after: Workgroup, said: str) -> Reply:
    turn = case.turn
    moments = [day for day in evaluation_days(after, turn.structure.calendar, turn.thresholds) if day > turn.today]
    turn.put(after, case.proposal.because)
    for inner in bodies_within(turn, after):
        turn.put(replace(inner, state=GroupState.ACTIVE, end=after.end, extended_on=turn.today), case.proposal.id)
    owe_group(turn.store, turn.structure, turn.now, after)
    drop_items(turn, after, f"{case.proposal.id} bekrachtigd")
    return _said(case, said, f"{evaluations(tuple(moments))}." if moments else "")


def _change_task(case: Case) -> Reply:
    after = rules.with_task(case.group, case.terms)
    case.turn.put(after, case.proposal.because)
    times = "eerste" if after.scope_changes == 1 else f"{after.scope_changes}e"
    return _said(case, f"de opdracht is nu: {after.task}", f"Dit is de {times} wijziging van de opdracht.")


def _end(case: Case) -> Reply:
    turn, terms = case.turn, case.terms
    left = open_things(turn, case.group)
    word = "beëindigd" if case.group.is_programme else "opgeheven"
    why = f"{case.group.code} is {word}"
    if left and terms.open_to:
        hand_over(turn, case.group, turn.need_body(terms.open_to), why)
    because = terms.waived and f"zonder eindevaluatie: {terms.waived}"
    reason = "; ".join(part for part in (case.proposal.because, because) if part)
    if case.group.is_programme:
        _pass_on_contacts(turn, case.group)
    after = rules.ended(case.group, turn.today, reason, terms.open_to if left else None, terms)
    close(turn, after, reason or why)
    where = turn.need_body(terms.open_to).the if terms.open_to else ""
    return _said(case, word, left.to(where) if left else "Er stond niets open.")


def _pass_on_contacts(turn: Turn, programme: Workgroup) -> None:
    """R-221: the contacts of a programme do not go with it; the secretary of the body above gets the list."""
    secretary = turn.person_with(RoleName.SECRETARY, programme.parent)
    roles = [
        role
        for one in (programme, *bodies_within(turn, programme))
        for role in turn.store.roles(body=one.code, on=turn.today)
    ]
    if secretary is None or not roles:
        return
    items: list[Line] = [
        (f"{turn.person_named(role.person)} ({role.on_behalf_of}), {ROLE_TITLES[role.role]} van {role.body}",)
        for role in roles
    ]
    head = Text(f"De contacten van {programme.code}, dat is beëindigd:")
    turn.tell(secretary.id, Message((head, listing(items))), about=(programme.code,))


def _said(case: Case, said: str, *more: str) -> Reply:
    """Once to the group, once to who proposed it, and the answer to who confirmed."""
    turn, code = case.turn, case.group.code
    text = sentence(said)
    tell_group(turn, case.group, text)
    tell_proposer(turn, case.proposal, f"is bekrachtigd: {code} is {text}" if _is(said) else f"is bekrachtigd: {text}")
    first = f"{code} is {text}" if _is(said) else f"{code}: {text}"
    return Reply(say(first, *(one for one in more if one)), (code,), deed=f"{case.proposal.id} bekrachtigd")


def _is(said: str) -> bool:
    return said.startswith(("verlengd", "omgevormd", "opgeheven", "beëindigd"))


_DO: dict[ProposalKind, Callable[[Case], Reply]] = {
    ProposalKind.FOUND_GROUP: _found,
    ProposalKind.EXTEND_GROUP: _extend,
    ProposalKind.RESHAPE_GROUP: _reshape,
    ProposalKind.CHANGE_TASK: _change_task,
    ProposalKind.END_GROUP: _end,
}
