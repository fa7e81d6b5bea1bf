"""What !werkgroep does to a group that is there: chair and members, task, and how it is wound up (W3, W6-W10)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date

from commands.kit import dates
from commands.kit.appointing import Seating, appoint
from commands.kit.arguments import LONGEST_NAME
from commands.kit.evaluating import id_under_way
from commands.kit.group_ends import close, hand_over, open_things
from commands.kit.group_proposals import (
    by_speaker,
    leads_group,
    may_propose_about,
    offers_on,
    propose,
    put_before,
    tell_group,
)
from commands.kit.groups import members_now, split_group, which_group
from commands.kit.owed import owe_group
from commands.kit.ports import Option
from commands.kit.records import clean
from commands.kit.reply import say
from commands.kit.signals import asked_chair, may_decide, recorded, sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.rules import group_life as rules
from commands.rules import ways
from commands.words.people import ROLE_TITLES, Person, RoleName
from commands.words.proposal import ProposalKind, Terms
from commands.words.signal import PolicyChange
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

_POLICY = tuple(Option(word, word) for word in ("ja", "nee", "naderbezien"))
_SURE = (Option("ja", "ja"), Option("nee", "nee"))
_BETWEEN = re.compile(r"[\s,;&+]+")


@dataclass(frozen=True)
class Wanted:
    """What was typed about the group, as far as it goes. `text` is what follows the name of the group."""

    text: str = ""
    task: str = ""
    not_task: str = ""
    end: date | None = None
    chair: Person | None = None
    because: str = ""
    advice: str = ""
    policy: PolicyChange | None = None
    into: str = ""
    sure: bool | None = None
    ask_chair: bool = False
    disciplines: str = ""


# --- people ----------------------------------------------------------------------------------------------------------
def set_chair(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """W3, INV-19: who leads it; recorded by the secretary, confirmed by a second person, the Rijk with a reason."""
    person = wanted.chair or (_one_person(turn, wanted.text) if wanted.text else None)
    if not isinstance(person, Person):
        return person or Ask("chair", f"Wie wordt {_lead_title(group)} van {group.code}? Een @-naam is genoeg.")
    return appoint(turn, Seating(person, RoleName.CHAIR, group.as_body(), because=wanted.because))


def add_members(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """Who joins; people from outside as extern lid. Without names: who is in it."""
    words = _names(turn, wanted.text)
    if not words:
        members = ", ".join(f"{turn.person_named(id)} ({turn.organisation_of(id)})" for id in members_now(turn, group))
        return done(f"Leden van {group.code}: {members or 'nog niet bekend'}.", about=(group.code,))
    people: list[Person] = []
    for word in words:
        found = _one_person(turn, word)
        if not isinstance(found, Person):
            ask = found if isinstance(found, Ask) else None
            text = ask.text if ask else f"Ik ken '{ways.shown(clean(word))}' niet. Wie bedoel je?"
            others = " ".join(one for one in words if one != word)
            options = tuple(Option(o.label, f"{group.code} {others} {o.value}") for o in ask.options) if ask else ()
            return Ask("name", text, options)
        if found not in people:
            people.append(found)
    lines: list[str] = []
    for person in people:
        role = RoleName.EXTERNAL if person.external else RoleName.MEMBER
        outcome = appoint(turn, Seating(person, role, group.as_body()))
        known = isinstance(outcome, Refused) and outcome.code == "E14" and len(people) > 1
        if not isinstance(outcome, Reply) and not known:
            return outcome
        already = "al " * known
        lines.append(f"{person.label} ({person.organisation}) is {already}{ROLE_TITLES[role]} van {group.code}.")
    joined = "1 lid" if len(people) == 1 else f"{len(people)} leden"
    return done(*lines, about=(group.code,), deed=f"{joined} van {group.code}")


def _names(turn: Turn, text: str) -> list[str]:
    """The names in "Nina Tuur, @vng.ao.1 en De Vries": the longest runs of words that someone is called."""
    words = [word for word in _BETWEEN.split(text) if word and word.casefold() != "en"]
    found: list[str] = []
    while words:
        most = min(LONGEST_NAME, len(words))
        fits = (n for n in range(most, 1, -1) if turn.store.find_people(" ".join(words[:n]).removeprefix("@")))
        taken = next(fits, 1)
        found.append(" ".join(words[:taken]))
        del words[:taken]
    return found


def _one_person(turn: Turn, text: str) -> Person | Ask | None:
    word = clean(text).removeprefix("@")
    found = turn.store.find_people(word) if word else ()
    if not found and text.split():
        word = clean(text.split()[0]).removeprefix("@")
        found = turn.store.find_people(word) if word else ()
    if len(found) == 1:
        return found[0]
    if not found:
        return None
    options = tuple(Option(f"@{one.id}", f"@{one.id}") for one in found)
    return Ask("chair", f"Wie bedoel je: {', '.join(o.label for o in options)}?", options)


def _lead_title(group: Workgroup) -> str:
    return "de trekker" if group.is_programme else "de voorzitter"


# --- its task --------------------------------------------------------------------------------------------------------
def change_task(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """W9, R-076: another task is a decision of the filter, and is counted."""
    allowed = may_propose_about(turn, group, "een andere opdracht")
    if isinstance(allowed, Refused):
        return allowed
    verdict = rules.may_change_task(group, turn.today)
    if isinstance(verdict, Refused):
        return verdict
    task = wanted.task or wanted.text
    if not task:
        return Ask("task", f"Wat wordt de opdracht van {group.code}?")
    terms = Terms(task=task, not_task=wanted.not_task)
    because = wanted.because
    proposal = propose(turn, group, ProposalKind.CHANGE_TASK, because, terms)
    if isinstance(proposal, Refused):
        return proposal
    counted = group.scope_changes + 1
    lines = [
        f"{proposal.id}: {by_speaker(turn)} stelt voor de opdracht van {group.name} te wijzigen.",
        f"Nu: {sentence(group.task)} Nieuw: {sentence(task)}" if group.task else f"Nieuw: {sentence(task)}",
        f"Dit wordt wijziging {counted}." if counted > 1 else "",
        f"Reden: {sentence(because)}" if because else "",
    ]
    waits = put_before(turn, proposal, [line for line in lines if line])
    said = f"{proposal.id}: andere opdracht voor {group.code}; {waits}."
    wide = f"Het wordt wijziging {counted} van de opdracht; dat valt op in de agenda van {turn.the(group.parent)}."
    return Reply(
        say(said, *([wide] if counted > rules.MOST_SCOPE_CHANGES else [])),
        (proposal.id, group.code),
        offers_on(proposal),
        deed=f"{proposal.id} voorgesteld",
    )


def reshape(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """W10: another task until another date, after an evaluation; confirmed by the filter, of a programme also above."""
    allowed = may_propose_about(turn, group, "omvormen")
    if isinstance(allowed, Refused):
        return allowed
    running = id_under_way(turn, group)
    for end in (None, wanted.end):
        verdict = rules.may_reshape(group, end, turn.today, turn.thresholds, under_way=running)
        if isinstance(verdict, Refused):
            return Ask("end", verdict.because) if verdict.code in ("E08", "R-080") else verdict
    if wanted.end is None:
        return Ask("end", "Tot wanneer?")
    task = wanted.task or wanted.text
    if not task:
        return Ask("task", "Welke opdracht krijgt de groep dan?")
    terms = Terms(end=wanted.end, task=task, not_task=wanted.not_task)
    proposal = propose(turn, group, ProposalKind.RESHAPE_GROUP, wanted.because, terms)
    if isinstance(proposal, Refused):
        return proposal
    until = dates.say_day(wanted.end)
    lines = [
        f"{proposal.id}: {by_speaker(turn)} stelt voor {group.name} om te vormen, tot en met {until}.",
        f"Opdracht: {sentence(task)}",
        f"Reden: {sentence(wanted.because)}" if wanted.because else "",
    ]
    waits = put_before(turn, proposal, [line for line in lines if line])
    said = f"{proposal.id}: {group.code} omvormen, tot {dates.say_short(wanted.end)}. Opdracht: {sentence(task)}"
    return Reply(
        say(f"{said} Het {waits}."), (proposal.id, group.code), offers_on(proposal), deed=f"{proposal.id} voorgesteld"
    )


# --- winding up ------------------------------------------------------------------------------------------------------
def wind_up(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """W6, R-071: with an advice and whether policy has to change; it finishes what it has and gets nothing new."""
    verdict = rules.may_wind_up(group)
    if isinstance(verdict, Refused):
        return verdict
    place = turn.structure.filter
    if not leads_group(turn, group):
        stop = _decides(turn, group, wanted, "afronden", {"act": "afronden"})
        if stop is not None:
            return stop
    advice = wanted.advice or wanted.text
    if not advice:
        return Ask("advice", f"Wat is het eindadvies van {group.code}? Een paar zinnen is genoeg.")
    if wanted.policy is None:
        return Ask("policy", "Is aanpassing van beleid nodig: ja, nee of naderbezien?", _POLICY)
    after = rules.wound_up(group, advice, wanted.policy)
    turn.put(after, recorded(turn, place, f"eindadvies: {advice}"))
    owe_group(turn.store, turn.structure, turn.now, after)
    left = open_things(turn, after)
    text = f"{group.code} is in afronding. Eindadvies: {sentence(advice)} Beleid aanpassen: {wanted.policy}."
    if turn.room is None or turn.room.code != place.code:
        turn.announce(place.code, say(text), about=(group.code,))
    if turn.room is None or turn.room.code != group.code:
        tell_group(turn, group, "de groep is in afronding en krijgt geen nieuw werk.")
    lines = [text, f"Nog af te maken: {left.said}." if left else ""]
    if lacks := rules.lacks_evaluation(after):
        lines.append(f"{lacks}; dat hoort erbij voor het einde.")
    end = "!programma beeindig" if group.is_programme else "!ophef"
    lines.append(f"Daarna: {end} {group.code}.")
    return done(*(line for line in lines if line), about=(group.code,), deed=f"{group.code} in afronding")


def absorb(turn: Turn, group: Workgroup, wanted: Wanted) -> Outcome:
    """W8: up in another group or programme on the topic, with all that is open; asked once, as it ends the group."""
    stop = _decides(turn, group, wanted, "laten opgaan", {"act": "opgaan", "into": wanted.into or wanted.text})
    if stop is not None:
        return stop
    words = re.sub(r"(?i)^(?:in|bij|naar|met)\s+", "", (wanted.into or wanted.text).strip())
    found, _ = split_group(replace(turn, room=None), words) if words else ((), "")
    if len(found) != 1:
        return which_group(found, "into", f"In welke groep of welk programma gaat {group.code} op?")
    target = found[0]
    verdict = rules.may_absorb(group, target, turn.today)
    if isinstance(verdict, Refused):
        return verdict if verdict.code == "E12" else Ask("into", f"{verdict.because} In welke groep dan?")
    left = open_things(turn, group)
    goes = f" Mee {left.goes}: {left.said}." if left else ""
    if wanted.sure is None:
        return Ask(
            "sure", f"{group.code} houdt op en gaat op in {target.code}.{goes} Doen?", _SURE, {"into": target.code}
        )
    if not wanted.sure:
        return done("Goed, er is niets veranderd.")
    why = f"{group.code} is opgegaan in {target.code}"
    if left:
        hand_over(turn, group, target.as_body(), why)
    because = recorded(turn, turn.structure.filter, wanted.because or why)
    close(turn, rules.absorbed(group, target.code, turn.today, wanted.because or why), because)
    tell_group(turn, group, f"de groep is opgegaan in {target.code}.")
    tell_group(turn, target, f"{group.name} is hierin opgegaan.{goes}")
    return done(f"{why}.{goes}", *verdict.warnings, about=(group.code, target.code), deed=why)


def _decides(turn: Turn, group: Workgroup, wanted: Wanted, act: str, parts: Mapping[str, str]) -> Outcome | None:
    """The chair of the filter decides, or the secretary in the meeting; others may ask the chair."""
    place = turn.structure.filter
    verdict = may_decide(turn, place, act)
    if not isinstance(verdict, Refused):
        return None
    if not wanted.ask_chair:
        return verdict
    return asked_chair(turn, place, "werkgroep", {"name": group.code, **parts}, f"{group.name} {act}", group.code)
