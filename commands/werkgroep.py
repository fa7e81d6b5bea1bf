"""!werkgroep: propose a working group in a short dialogue, or show one (W1, R-067, R-073..R-080, dialogue.md §2)."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where, command
from commands.kit.founding import evaluations
from commands.kit.groups import group_lines, named_groups, same_name
from commands.kit.ports import Offer, Option
from commands.kit.records import clean, from_context
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.groups import (
    add_months,
    alternatives,
    evaluation_days,
    group_code,
    may_last,
    may_propose,
    needs_motivation,
    topic_for,
)
from commands.words.people import Person, RoleName
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from commands.words.signal import FINAL_STATES, Signal
from commands.words.structure import BodyKind
from commands.words.verdict import Allowed, Instead, Refused
from commands.words.workgroup import GroupState, Workgroup


class Act(StrEnum):
    FOUND = "instellen"


_CODE = re.compile(r"(?:wg|prg)-\S+", re.IGNORECASE)
_CHAIR_NEEDS_REASON = "De voorzitter is niet bij voorbaat het {party}. Waarom hier wel? Eén regel is genoeg."


@command(
    "werkgroep",
    aliases=("wg",),
    help="Stel een werkgroep voor, of bekijk er een.",
    example="!werkgroep Bodemenergie over 23",
    who=(
        Right(RoleName.MEMBER, Where.FILTER, propose=True),
        Right(RoleName.SUBSTANCE, Where.FILTER, propose=True),
        Right(RoleName.SECRETARY, Where.FILTER, propose=True),
        Right(RoleName.CHAIR, Where.FILTER, propose=True),
        Right(RoleName.SECRETARY, Where.TIER),
        Right(RoleName.CHAIR, Where.GROUP),
        Right(RoleName.LEAD, Where.GROUP),
        Right(RoleName.MEMBER, Where.GROUP),
        Right(RoleName.EXTERNAL, Where.GROUP),
    ),
    otherwise="breng het onderwerp in met !signaal en je zin.",
)
def werkgroep(
    turn: Turn,
    name: Annotated[str, About("de naam van de groep", "naam", rest=True, ask="Welke werkgroep? De naam is genoeg.")],
    act: Annotated[
        Act | None, About("instellen, voor een nieuwe groep", "wat", synonyms={"nieuw": "instellen"})
    ] = None,
    occasion: Annotated[Signal | None, About("het signaal dat de aanleiding is", "aanleiding", words=("over",))] = None,
    task: Annotated[str | None, About("de opdracht in één zin", "opdracht", greedy=True)] = None,
    end: Annotated[
        Deadline | None,
        About(
            "tot wanneer",
            "einde",
            words=("tot",),
            also=("tot", "einddatum"),
            greedy=True,
            endless="Een werkgroep heeft een einddatum. Een half jaar?",
        ),
    ] = None,
    not_task: Annotated[str | None, About("wat niet bij de opdracht hoort", "niet", greedy=True)] = None,
    value: Annotated[str | None, About("wat de groep toevoegt", "waarde", greedy=True)] = None,
    topic: Annotated[str | None, About("het thema", "thema", greedy=True)] = None,
    chair: Annotated[Person | None, About("wie voorzitter wordt", "voorzitter", words=("voorzitter",))] = None,
    because: Annotated[str | None, About("waarom die voorzitter", "motivering", greedy=True)] = None,
) -> Outcome:
    standing = turn.structure.body(name)
    if standing is not None:
        return Refused(f"{standing.code} is geen werkgroep. Wie erin zit, staat bij !wie {standing.code}.", code="E11")
    founding = act is Act.FOUND or any(part is not None for part in (occasion, task, end, not_task, value, chair))
    if not founding:
        found = named_groups(turn, name)
        if len(found) > 1:
            options = tuple(Option(group.code, group.code) for group in found)
            return Ask("name", f"{', '.join(o.label for o in options[:-1])} of {options[-1].label}?", options)
        if found:
            return _show(turn, found[0])
        if _CODE.fullmatch(name.strip()):
            return Refused(f"{clean(name).upper()} bestaat niet. Kijk bij !werkgroepen.", code="E03")
    allowed = may_propose(turn.roles, turn.structure.filter)
    if isinstance(allowed, Refused):
        return allowed
    if turn.room is not None and turn.room.with_externals:
        return Refused(f"Dit hoort in het kanaal van {turn.structure.filter.the} of in een privébericht.", code="E06")
    draft = Draft(_title(name), occasion, task or "", end, not_task or "", value or "", topic, chair, because or "")
    return _asked(turn, draft) or _propose(turn, draft)


@dataclass(frozen=True)
class Draft:
    """A working group as far as it was typed."""

    name: str
    occasion: Signal | None
    task: str
    end: date | None
    not_task: str
    value: str
    topic: str | None
    chair: Person | None
    because: str

    @property
    def heading(self) -> str:
        """The name as it starts a sentence or stands in one."""
        return self.name[0].lower() + self.name[1:]


def _title(name: str) -> str:
    bare = re.sub(r"(?i)^werkgroep\s+", "", name.strip().strip("\"'.")) or name
    return f"Werkgroep {bare[0].upper()}{bare[1:]}"


def _show(turn: Turn, group: Workgroup) -> Outcome:
    elsewhere = turn.room is not None and turn.room.with_externals and turn.room.code != group.code
    return Reply(say(*group_lines(turn, group)), about=(group.code,), private=elsewhere, receipt=False)


def _asked(turn: Turn, draft: Draft) -> Ask | Refused | None:
    """The first thing that is still needed, or that cannot be; None when the proposal is complete."""
    taken = same_name(turn, draft.name)
    if taken is not None:
        return Ask("name", f"Er is al een {taken.name} ({taken.code}, {taken.state}). Welke andere naam?")
    occasion = _occasion(turn, draft)
    if occasion is None:
        return Ask("occasion", "Welk signaal is de aanleiding? Een nummer is genoeg.")
    if occasion.state in FINAL_STATES:
        return Ask("occasion", f"{occasion.id} is {occasion.state}. Welk ander signaal is de aanleiding?")
    if not draft.task:
        return Ask("task", "Welke opdracht?")
    return _asked_of_end(turn, draft) or _asked_of_chair(turn, draft) or _asked_of_rest(turn, draft, occasion)


def _asked_of_end(turn: Turn, draft: Draft) -> Ask | Refused | None:
    if draft.end is None:
        return Ask("end", "Tot wanneer?")
    verdict = may_last(turn.today, draft.end, turn.thresholds)
    if isinstance(verdict, Allowed):
        return None
    if draft.end <= turn.today:
        return Ask("end", verdict.because)
    last = dates.say_day(add_months(turn.today, turn.thresholds.group_months_most))
    return replace(verdict, instead=Instead("werkgroep", {"end": last}, f"Tot {last}?"))


def _asked_of_chair(turn: Turn, draft: Draft) -> Ask | Refused | None:
    if draft.chair is None:
        return None
    if draft.chair.external:
        return Refused("Een werkgroepvoorzitter komt van een van de overheidspartijen.", code="E16")
    if draft.because or not needs_motivation(draft.chair.organisation, turn.structure.filter):
        return None
    return Ask("because", _CHAIR_NEEDS_REASON.format(party=draft.chair.organisation))


def _asked_of_rest(turn: Turn, draft: Draft, occasion: Signal) -> Ask | None:
    if not draft.not_task and draft.end is not None:
        others = _alternatives(turn, draft, occasion)
        text = f"Concept, tot {dates.say_short(draft.end)}. {others}".strip()
        return Ask("not_task", f"{text} Voor de bekrachtiging nog: wat níet, en welke meerwaarde?")
    if not draft.value and not _both(draft)[1]:
        return Ask("value", "En welke meerwaarde heeft de groep?")
    if _topic(turn, draft, occasion) is None:
        return Ask("topic", "Bij welk thema hoort de groep?")
    return None


def _both(draft: Draft) -> tuple[str, str]:
    """What it is not for and what it adds; one answer may hold both, with a semicolon or on two lines."""
    parts = [part.strip() for part in re.split(r"[;\n]", draft.not_task, maxsplit=1)]
    if draft.value or len(parts) < 2:
        return draft.not_task.strip(), draft.value
    return parts[0], parts[1]


def _occasion(turn: Turn, draft: Draft) -> Signal | None:
    if draft.occasion is not None:
        return draft.occasion
    about = [record for record in from_context((Signal,), turn) if isinstance(record, Signal)]
    return about[0] if len(about) == 1 else None


def _topic(turn: Turn, draft: Draft, occasion: Signal) -> str | None:
    return topic_for(draft.name, draft.topic or occasion.topic, turn.structure.topics)


def _alternatives(turn: Turn, draft: Draft, occasion: Signal) -> str:
    """R-073, R-210: what exists already on this topic, because combining comes before making."""
    found = alternatives(draft.name, _topic(turn, draft, occasion), turn.store.groups())
    if not found:
        return ""
    return f"Op dit thema is er al: {', '.join(group.code for group in found[:3])}; aansluiten kan ook."


def _propose(turn: Turn, draft: Draft) -> Outcome:
    place, occasion, end = turn.structure.filter, _occasion(turn, draft), draft.end
    if occasion is None or end is None:
        raise ValueError("a proposal is made of a complete draft")
    others = _alternatives(turn, draft, occasion)
    not_task, value = _both(draft)
    group = Workgroup(
        code=group_code(draft.name, [one.code for one in turn.store.groups()]),
        name=draft.name,
        kind=BodyKind.WORKGROUP,
        state=GroupState.PROPOSED,
        start=turn.today,
        end=end,
        parent=place.code,
        task=draft.task,
        not_task=not_task,
        value=value,
        topic=_topic(turn, draft, occasion),
        chair=draft.chair.id if draft.chair else None,
        occasion=(occasion.id,),
        track=occasion.track,
    )
    turn.put(group, draft.because)
    proposal = Proposal(
        id=turn.new_id("VST"),
        kind=ProposalKind.FOUND_GROUP,
        about=group.code,
        proposer=turn.person.id,
        because=value,
        confirms=place.code,
        state=ProposalState.SUBMITTED,
        made_at=turn.now,
    )
    turn.put(proposal, f"aanleiding {occasion.id}")
    offers = (Offer("✅", "bekrachtig", {"proposal": proposal.id}),)
    about = (proposal.id, group.code, occasion.id)
    waits = _ask_confirmation(turn, draft, group, proposal, others, offers)
    verdict = may_last(turn.today, end, turn.thresholds)
    moments = evaluation_days(group, turn.structure.calendar, turn.thresholds)
    lines = [
        f"{proposal.id}: {draft.heading} ({group.code}) tot {dates.say_short(end)}; {waits}.",
        others,
        *(verdict.warnings if isinstance(verdict, Allowed) else ()),
        f"{evaluations(moments)}." if moments else "",
        "" if group.chair else "Nog geen voorzitter: wie wil?",
    ]
    return Reply(say(*lines), about=about, offers=offers, deed=f"{proposal.id}: {draft.heading} voorgesteld")


def _ask_confirmation(
    turn: Turn, draft: Draft, group: Workgroup, proposal: Proposal, others: str, offers: tuple[Offer, ...]
) -> str:
    """Ask who confirms, in private: the chair of the filter, or the stand-in when the chair proposes (INV-05)."""
    place = turn.structure.filter
    chair = turn.person_with(RoleName.CHAIR, place.code)
    readers = [chair.id] if chair is not None and chair.id != turn.person.id else []
    if not readers:
        readers = [id for id in turn.store.stand_ins(RoleName.CHAIR, place.code, on=turn.today) if id != turn.person.id]
    number = proposal.id.rsplit("-", 1)[-1].lstrip("0")
    text = say(
        f"{proposal.id}: {turn.person.label} ({turn.person.organisation}) stelt een groep voor: {draft.heading}, "
        f"tot en met {dates.say_day(group.end)}.",
        f"Opdracht: {group.task}. Niet: {group.not_task}. Meerwaarde: {group.value}. Aanleiding: {group.occasion[0]}.",
        others,
        f"Bekrachtigen kan met ✅ of !bekrachtig {number}, afwijzen met !wijsaf {number} en de reden.",
    )
    for reader in readers:
        turn.tell(reader, text, about=(proposal.id, group.code), offers=offers, receipt=False)
    if readers and chair is not None and readers[0] == chair.id:
        return f"wacht op de voorzitter van {place.the}"
    if readers:
        return "wacht op de vervanger van de voorzitter, want dit is je eigen voorstel"
    return f"wacht op een voorzitter van {place.the} die het niet zelf voorstelde"
