"""!werkgroep: propose a working group in a short dialogue, show one, or change one (W1-W10, C34, dialogue.md §2)."""

from __future__ import annotations

import re
from collections.abc import Callable
from enum import StrEnum
from typing import Annotated

from commands.kit import group_acts
from commands.kit import group_parts as parts
from commands.kit.declare import About, command
from commands.kit.disciplines import set_disciplines
from commands.kit.group_acts import Wanted
from commands.kit.group_draft import Draft, may_found, next_question, proposed, title
from commands.kit.groups import group_lines, named_groups, split_group, which_group
from commands.kit.ports import Option
from commands.kit.records import clean
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.words.people import Person
from commands.words.signal import PolicyChange
from commands.words.structure import BodyKind
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup


class Act(StrEnum):
    FOUND = "instellen"
    CHAIR = "voorzitter"
    MEMBERS = "leden"
    TASK = "opdracht"
    WIND_UP = "afronden"
    ABSORB = "opgaan"
    RESHAPE = "omvormen"
    DISCIPLINES = "disciplines"


_DO: dict[Act, Callable[[Turn, Workgroup, Wanted], Outcome]] = {
    Act.CHAIR: group_acts.set_chair,
    Act.MEMBERS: group_acts.add_members,
    Act.TASK: group_acts.change_task,
    Act.WIND_UP: group_acts.wind_up,
    Act.ABSORB: group_acts.absorb,
    Act.RESHAPE: group_acts.reshape,
    Act.DISCIPLINES: lambda turn, group, wanted: set_disciplines(turn, group, wanted.text, wanted.disciplines),
}
_CODE = re.compile(r"(?:wg|prg)-\S+", re.IGNORECASE)


_Name = Annotated[str, About("de naam van de groep", "naam", rest=True, ask="Welke werkgroep? De naam is genoeg.")]
_Act = Annotated[
    Act | None,
    About(
        "instellen, voorzitter, leden, opdracht, disciplines, afronden, opgaan of omvormen",
        "wat",
        synonyms={"nieuw": "instellen", "lid": "leden", "rondaf": "afronden", "discipline": "disciplines"},
    ),
]
_Value = Annotated[str | None, About("wat de groep toevoegt", "waarde", greedy=True)]
_Because = Annotated[str | None, parts.because_of("voorzitter")]
_Chair = Annotated[Person | None, About("wie voorzitter wordt", "voorzitter", words=("voorzitter",))]
_Advice = Annotated[str | None, About("het eindadvies", "advies", greedy=True)]
_Policy = Annotated[PolicyChange | None, About("beleid aanpassen: ja, nee of naderbezien", "beleid", field_only=True)]
_Into = Annotated[str | None, About("in welke groep hij opgaat", "opgaan-in")]
_AskChair = Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")]


@command(
    "werkgroep",
    aliases=("wg",),
    help="Stel een werkgroep voor, bekijk er een, of wijzig er een.",
    example="!werkgroep Bodemenergie over 23",
    who=parts.WHO,
    otherwise=parts.OTHERWISE,
)
def werkgroep(
    turn: Turn,
    name: _Name,
    act: _Act = None,
    occasion: parts.Occasion = None,
    task: parts.Task = None,
    end: parts.GroupEnd = None,
    not_task: parts.NotTask = None,
    value: _Value = None,
    topic: parts.Topic = None,
    chair: _Chair = None,
    because: _Because = None,
    track: parts.OnTrack = None,
    combine: parts.Combine = None,
    advice: _Advice = None,
    policy: _Policy = None,
    into: _Into = None,
    sure: parts.Sure = None,
    ask_chair: _AskChair = None,
    disciplines: parts.Disciplines = None,
    more_disciplines: parts.MoreDisciplines = None,
) -> Outcome:
    standing = turn.structure.body(name)
    if standing is not None:
        return Refused(f"{standing.code} is geen werkgroep. Wie erin zit, staat bij !wie {standing.code}.", code="E11")
    if act is not None and act is not Act.FOUND:
        given = (task or "", not_task or "", end, chair, because or "", advice or "", policy, into or "", sure)
        return _of_a_group(turn, act, name, lambda text: Wanted(text, *given, bool(ask_chair), disciplines or ""))
    founding = act is Act.FOUND or any(part is not None for part in (occasion, task, end, not_task, value, chair))
    shown = None if founding else _shown(turn, name)
    if shown is not None:
        return shown
    draft = Draft(
        BodyKind.WORKGROUP,
        title(name, BodyKind.WORKGROUP),
        occasion,
        task or "",
        end,
        not_task or "",
        value or "",
        topic,
        chair,
        because or "",
        combine or "",
        track,
        disciplines=", ".join(part for part in (disciplines, more_disciplines) if part),
    )
    return may_found(turn) or next_question(turn, draft) or proposed(turn, draft)


def _of_a_group(turn: Turn, act: Act, name: str, wanted: Callable[[str], Wanted]) -> Outcome:
    """What is done with a group that is there; `wanted` takes what is left of the words after its name."""
    found, text = split_group(turn, name)
    if len(found) != 1:
        return _which(turn, name) if not found else which_group(found, "name", "", text)
    return _DO[act](turn, found[0], wanted(text))


def _which(turn: Turn, name: str) -> Outcome:
    if _CODE.match(name.strip()):
        return Refused(f"{clean(name.split()[0]).upper()} bestaat niet. Kijk bij !werkgroepen.", code="E03")
    return Ask("name", "Welke werkgroep? De naam is genoeg.")


def _shown(turn: Turn, name: str) -> Outcome | None:
    """The group of that name, the question which one, or None when there is none and it may be a new one."""
    found = named_groups(turn, name)
    if len(found) > 1:
        options = tuple(Option(group.code, group.code) for group in found)
        return Ask("name", f"{', '.join(o.label for o in options[:-1])} of {options[-1].label}?", options)
    if found:
        group = found[0]
        elsewhere = turn.room is not None and turn.room.with_externals and turn.room.code != group.code
        return Reply(say(*group_lines(turn, group)), about=(group.code,), private=elsewhere, receipt=False)
    if _CODE.fullmatch(name.strip()):
        return Refused(f"{clean(name).upper()} bestaat niet. Kijk bij !werkgroepen.", code="E03")
    return None
