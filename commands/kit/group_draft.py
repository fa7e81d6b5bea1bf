"""The short dialogue that founds a working group or a programme, one question at a time (W1, R-067..R-080, R-210).

The commands hold what was typed as a `Draft`; `next_question` says what is still needed and `proposed` files it.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date

from commands.kit import dates
from commands.kit.disciplines import asked_of_new, of_new
from commands.kit.founding import chair_role, evaluations
from commands.kit.group_proposals import by_speaker, offers_on, propose, put_before
from commands.kit.groups import same_name
from commands.kit.ports import Option
from commands.kit.records import from_context
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Reply, Turn
from commands.rules import ways
from commands.rules.groups import (
    add_months,
    alternatives,
    evaluation_days,
    group_code,
    may_last,
    may_propose,
    midterm_day,
    near_topics,
    needs_motivation,
    topic_for,
)
from commands.words.enumeration import joined
from commands.words.people import ROLE_TITLES, Person
from commands.words.proposal import Proposal, ProposalKind
from commands.words.signal import FINAL_STATES, Signal, Track
from commands.words.structure import BodyKind
from commands.words.verdict import Allowed, Instead, Refused
from commands.words.workgroup import GroupState, Workgroup

#: What says that a new group is wanted after all.
NEW = "nieuw"
_NEW_WORDS = (NEW, "nieuwe", "nieuwe groep", "nee", "toch", "nieuw programma", "nieuwe werkgroep")
_CHAIR_NEEDS_REASON = "De {title} is niet bij voorbaat het {party}. Waarom hier wel? Eén regel is genoeg."
#: So many groups are offered to combine with.
MOST_OFFERED = 3


@dataclass(frozen=True)
class Draft:
    """A group as far as it was typed."""

    kind: BodyKind
    name: str
    occasion: Signal | None
    task: str
    end: date | None
    not_task: str
    value: str
    topic: str | None
    chair: Person | None
    because: str
    combine: str = ""
    track: Track | None = None
    why_not_group: str = ""
    held_to: str = ""
    disciplines: str = ""

    @property
    def heading(self) -> str:
        """The name as it stands in a sentence."""
        return self.name[0].lower() + self.name[1:]

    @property
    def is_programme(self) -> bool:
        return self.kind is BodyKind.PROGRAMME


def title(name: str, kind: BodyKind) -> str:
    """How the group is called: "Werkgroep Bodemenergie"."""
    bare = re.sub(r"(?i)^(?:werkgroep|programma)\s+", "", name.strip().strip("\"'.")) or name
    return f"{str(kind).capitalize()} {bare[0].upper()}{bare[1:]}"


def may_found(turn: Turn) -> Refused | None:
    """Who proposes a group, and where: never where people from outside read along."""
    allowed = may_propose(turn.roles, turn.structure.filter)
    if isinstance(allowed, Refused):
        return allowed
    if turn.room is not None and turn.room.with_externals:
        return Refused(f"Typ dit in het kanaal van {turn.structure.filter.the} of in een privébericht.", code="E06")
    return None


def next_question(turn: Turn, draft: Draft) -> Ask | Refused | None:
    """The first thing that is still needed, or that cannot be; None when the proposal is complete."""
    taken = same_name(turn, draft.name)
    if taken is not None:
        return Ask("name", f"Er is al een {taken.name} ({taken.code}, {taken.state}). Welke andere naam?")
    occasion = occasion_of(turn, draft)
    if occasion is None:
        return Ask("occasion", "Welk signaal is de aanleiding? Een nummer is genoeg.")
    if occasion.state in FINAL_STATES:
        return Ask("occasion", f"{occasion.id} is {occasion.state}. Welk ander signaal is de aanleiding?")
    combined = _combining(turn, draft, occasion)
    if combined is not None:
        return combined
    if draft.is_programme and not draft.why_not_group:
        return Ask(
            "why_not_group", "Een programma is voor uitzonderlijke gevallen. Waarom volstaat een werkgroep niet?"
        )
    if not draft.task:
        return Ask("task", "Welke opdracht?")
    return _asked_of_end(turn, draft) or _asked_of_chair(turn, draft) or _asked_of_rest(turn, draft, occasion)


def _combining(turn: Turn, draft: Draft, occasion: Signal) -> Ask | Refused | None:
    """R-073, R-210: what exists on the topic is offered first, and combining is the first choice."""
    running = [one for one in _existing(turn, draft, occasion) if one.takes_work(turn.today)][:MOST_OFFERED]
    said = draft.combine.strip().casefold().strip(".")
    if not running or said in _NEW_WORDS:
        return None
    chosen = next(
        (one for one in running if said and (said in one.code.casefold() or said in one.name.casefold())), None
    )
    if chosen is None and len(running) == 1 and said in ("ja", "combineren"):
        chosen = running[0]
    if chosen is not None:
        way = Instead("beleg", {"signal": occasion.id, "group": chosen.code}, f"{occasion.id} daar onderbrengen?")
        return Refused(f"Dan komt er geen nieuwe groep: {chosen.name} ({chosen.code}) gaat hierover.", way, "R-210")
    new = "toch een nieuw programma" if draft.is_programme else "toch een nieuwe werkgroep"
    labels = [*(f"combineren met {one.code}" for one in running), new]
    choices = ", ".join(f"{number} {label}" for number, label in enumerate(labels, 1))
    values = [*(one.code for one in running), NEW]
    options = tuple(Option(label, value) for label, value in zip(labels, values, strict=True))
    return Ask(
        "combine", f"Op dit thema is er al: {joined([_named(one) for one in running])}. Kies: {choices}.", options
    )


def _named(group: Workgroup) -> str:
    return f"{group.name} ({group.code}, tot {dates.say_short(group.end)})"


def _asked_of_end(turn: Turn, draft: Draft) -> Ask | Refused | None:
    if draft.end is None:
        return Ask("end", "Tot wanneer?")
    verdict = may_last(turn.today, draft.end, turn.thresholds, bounded=not draft.is_programme)
    if isinstance(verdict, Allowed):
        return None
    if draft.end <= turn.today:
        return Ask("end", verdict.because)
    last = dates.say_day(add_months(turn.today, turn.thresholds.group_months_most))
    return replace(verdict, instead=Instead("", {"end": last}, f"Tot {last}?"))


def _asked_of_chair(turn: Turn, draft: Draft) -> Ask | Refused | None:
    if draft.chair is None:
        # A working group never gets a chair of itself (INV-19); a programme has to have its trekker at once.
        return Ask("chair", "Wie wordt de trekker? Een @-naam is genoeg.") if draft.is_programme else None
    role = "programmatrekker" if draft.is_programme else "werkgroepvoorzitter"
    if draft.chair.external:
        return Refused(f"Een {role} komt van een van de overheidspartijen. Kies een ander.", code="E16")
    if draft.because or not needs_motivation(draft.chair.organisation, turn.structure.filter):
        return None
    said = "trekker" if draft.is_programme else "voorzitter"
    return Ask("because", _CHAIR_NEEDS_REASON.format(title=said, party=draft.chair.organisation))


def _asked_of_rest(turn: Turn, draft: Draft, occasion: Signal) -> Ask | Refused | None:
    if not draft.not_task and draft.end is not None:
        text = f"Concept, tot {dates.say_short(draft.end)}. {_others(turn, draft, occasion)}".strip()
        both = "wat níet?" if draft.value else "wat níet, en welke meerwaarde?"
        return Ask("not_task", f"{text} Voor de bekrachtiging nog: {both}")
    if not draft.value and not _both(draft)[1]:
        kind = "het programma" if draft.is_programme else "de groep"
        return Ask("value", f"En welke meerwaarde heeft {kind}?")
    if draft.is_programme and not draft.held_to:
        return Ask("held_to", "Waarop rekenen we het programma af? Eén zin is genoeg.")
    return _asked_of_topic(turn, draft, occasion) or asked_of_new(turn, draft.disciplines)


def _asked_of_topic(turn: Turn, draft: Draft, occasion: Signal) -> Ask | None:
    """R-020: one of the topics of the structure, or that of the signal; of a structure without topics whatever is
    typed. What is not known is asked again, the nearest first."""
    topics, found = turn.structure.topics, _topic(turn, draft, occasion)
    if found is not None and (not topics or found in (*topics, occasion.topic)):
        return None
    near = near_topics(found or f"{draft.name} {draft.task} {occasion.title}", topics)
    unknown = f"'{ways.shown(found)}' ken ik niet als thema. " if found else ""
    listed = ", ".join((*near, *(one for one in topics if one not in near)))
    choose = f" Kies: {listed}." if listed else ""
    kind = "het programma" if draft.is_programme else "de groep"
    options = tuple(Option(one, one) for one in near)
    return Ask("topic", f"{unknown}Bij welk thema hoort {kind}?{choose}", options)


def _both(draft: Draft) -> tuple[str, str]:
    """What it is not for and what it adds; one answer may hold both, with a semicolon or on two lines."""
    parts = [part.strip() for part in re.split(r"[;\n]", draft.not_task, maxsplit=1)]
    if draft.value or len(parts) < 2:
        return draft.not_task.strip(), draft.value
    return parts[0], parts[1]


def occasion_of(turn: Turn, draft: Draft) -> Signal | None:
    """The signal that was named, or the one that the message replied to is about."""
    if draft.occasion is not None:
        return draft.occasion
    about = [record for record in from_context((Signal,), turn) if isinstance(record, Signal)]
    return about[0] if len(about) == 1 else None


def _topic(turn: Turn, draft: Draft, occasion: Signal) -> str | None:
    return topic_for(draft.name, draft.topic or occasion.topic, turn.structure.topics)


def _existing(turn: Turn, draft: Draft, occasion: Signal) -> tuple[Workgroup, ...]:
    return alternatives(draft.name, _topic(turn, draft, occasion), turn.store.groups())


def _others(turn: Turn, draft: Draft, occasion: Signal) -> str:
    """What exists on the topic, once more beside the proposal: who confirms reads it too."""
    found = _existing(turn, draft, occasion)[:MOST_OFFERED]
    if not found:
        return ""
    named = (one.code if one.takes_work(turn.today) else f"{one.code} ({one.state})" for one in found)
    return f"Op dit thema is er al: {', '.join(named)}."


def proposed(turn: Turn, draft: Draft) -> Reply | Refused:
    """File the complete draft as a proposed group with its proposal, and ask who confirms it."""
    place, occasion, end = turn.structure.filter, occasion_of(turn, draft), draft.end
    if occasion is None or end is None:
        raise ValueError("a proposal is made of a complete draft")
    others = _others(turn, draft, occasion)
    not_task, value = _both(draft)
    prefix = "PRG" if draft.is_programme else "WG"
    group = Workgroup(
        code=group_code(draft.name, [one.code for one in turn.store.groups()], prefix),
        name=draft.name,
        kind=draft.kind,
        state=GroupState.PROPOSED,
        start=turn.today,
        end=end,
        parent=place.code,
        task=draft.task,
        not_task=not_task,
        value=value,
        topic=_topic(turn, draft, occasion),
        chair=draft.chair.id if draft.chair else None,
        chair_because=draft.because if draft.chair else "",
        occasion=(occasion.id,),
        track=draft.track or occasion.track,
        why_not_group=draft.why_not_group,
        held_to=draft.held_to,
        disciplines=of_new(turn, draft.disciplines),
    )
    turn.put(group, draft.because)
    proposal = propose(turn, group, ProposalKind.FOUND_GROUP, value)
    if isinstance(proposal, Refused):
        return proposal
    waits = put_before(turn, proposal, _for_who_confirms(turn, draft, group, proposal, others))
    lines = [
        f"{proposal.id}: {draft.heading} ({group.code}) tot {dates.say_short(group.end)}; {waits}.",
        others,
        *_remarks(turn, group),
    ]
    about = (proposal.id, group.code, occasion.id)
    deed = f"{proposal.id}: {draft.heading} voorgesteld"
    return Reply(say(*(line for line in lines if line)), about=about, offers=offers_on(proposal), deed=deed)


def _remarks(turn: Turn, group: Workgroup) -> list[str]:
    """What follows from the dates, and what a group still lacks."""
    verdict = may_last(turn.today, group.end, turn.thresholds, bounded=not group.is_programme)
    moments = evaluation_days(group, turn.structure.calendar, turn.thresholds)
    found = [*(verdict.warnings if isinstance(verdict, Allowed) else ())]
    if moments:
        found.append(f"{evaluations(moments)}.")
    if group.is_programme:
        midterm = dates.say_short(midterm_day(group, turn.structure.calendar))
        found.append(f"Midterm review: {midterm}. Na {turn.structure.filter.the} beslist de opdrachtgever.")
    elif group.chair is None:
        found.append("Nog geen voorzitter: wie wil?")
    return found


def _for_who_confirms(turn: Turn, draft: Draft, group: Workgroup, proposal: Proposal, others: str) -> list[str]:
    what = "een programma" if draft.is_programme else "een groep"
    lines = [
        f"{proposal.id}: {by_speaker(turn)} stelt {what} voor: {draft.heading}, tot en met {dates.say_day(group.end)}.",
        f"Opdracht: {sentence(group.task)} Niet: {sentence(group.not_task)} Meerwaarde: {sentence(group.value)} "
        f"Aanleiding: {group.occasion[0]}.",
    ]
    if draft.is_programme:
        lines.append(f"Waarom geen werkgroep: {sentence(group.why_not_group)}")
        lines.append(f"Waarop we het afrekenen: {sentence(group.held_to)}")
    if group.chair_because:
        said = f"{turn.person_named(group.chair or '')} ({turn.organisation_of(group.chair or '')})"
        lines.append(f"{ROLE_TITLES[chair_role(group)].capitalize()} {said}: {sentence(group.chair_because)}")
    return [line for line in (*lines, others) if line]
