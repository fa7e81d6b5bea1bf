"""!programma: propose a programme, show one, or lead one to its end (C42, R-068, R-119..R-134, R-162..R-164, R-221)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Annotated

from commands.kit import group_parts as parts
from commands.kit.declare import About, command
from commands.kit.disciplines import set_disciplines
from commands.kit.group_draft import Draft, may_found, next_question, proposed, title
from commands.kit.groups import group_lines, split_group, which_group
from commands.kit.programme_acts import REVIEW, conclude, plan_communication, review, set_phase
from commands.kit.programme_bodies import apply_template, shown_bodies
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.words.people import Person
from commands.words.reminder import Intensity
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Refused
from commands.words.workgroup import Phase, Workgroup


class Act(StrEnum):
    FOUND = "instellen"
    PHASE = "fase"
    REVIEW = "eindevaluatie"
    CONCLUDE = "beeindig"
    TEMPLATE = "sjabloon"
    PLAN = "communicatie"
    DISCIPLINES = "disciplines"


@dataclass(frozen=True)
class Wanted:
    """What was typed for a programme that is there, besides its name."""

    phase: Phase | None
    reviewed: Mapping[str, str]
    open_to: Body | None
    because: str | None
    sure: bool | None
    target: str = ""
    way: str = ""
    intensity: Intensity | None = None
    disciplines: str = ""


_Name = Annotated[str, About("de naam van het programma", "naam", rest=True, ask="Welk programma?")]
_Act = Annotated[
    Act | None,
    About(
        "instellen, fase, communicatie, disciplines, eindevaluatie, beeindig of sjabloon",
        "wat",
        synonyms={
            "nieuw": "instellen",
            "communicatieplan": "communicatie",
            "discipline": "disciplines",
            "beëindig": "beeindig",
            "beëindigen": "beeindig",
            "beeindigen": "beeindig",
        },
    ),
]
_WhyNotGroup = Annotated[
    str | None,
    About("waarom een werkgroep niet volstaat", "waarom-geen-werkgroep", also=("waarom",), greedy=True),
]
_Value = Annotated[str | None, About("wat het programma toevoegt", "waarde", greedy=True)]
_Because = Annotated[str | None, parts.because_of("trekker")]
_Chair = Annotated[Person | None, About("wie trekker wordt", "trekker", words=("trekker",))]
_HeldTo = Annotated[str | None, About("waarop we het programma afrekenen", "afrekenen", greedy=True)]
_Phase = Annotated[Phase | None, About("de fase", "fase", field_only=True, greedy=True)]
_Target = Annotated[str | None, About("wie het programma wil bereiken", "doelgroep", greedy=True)]
_Way = Annotated[str | None, About("via welke weg", "weg", greedy=True)]
_Intensity = Annotated[Intensity | None, About("hoe vaak", "intensiteit", field_only=True)]
_OpenTo = Annotated[Body | None, About("waar gaat heen wat open staat", "open-naar", words=("naar",))]
_Keep = Annotated[str | None, About("wat we behouden", "behouden", greedy=True)]
_BuildOn = Annotated[str | None, About("waarop we voortbouwen", "voortbouwen", greedy=True)]
_Renew = Annotated[str | None, About("wat we vernieuwen", "vernieuwen", greedy=True)]
_Positioning = Annotated[str | None, About("hoe het programma staat", "positionering", greedy=True)]
_Professionalisation = Annotated[str | None, About("wat mensen nu beter kunnen", "professionalisering", greedy=True)]
_Projects = Annotated[str | None, About("wat er gedaan is", "projecten", greedy=True)]
_Performance = Annotated[str | None, About("wat er van de afspraken kwam", "prestaties", greedy=True)]


@command(
    "programma",
    aliases=("prg",),
    help="Stel een programma voor, bekijk er een, of leid het naar het einde.",
    example="!programma fase PRG-SPOED vooruitkijken",
    who=parts.WHO,
    otherwise=parts.OTHERWISE,
)
def programma(
    turn: Turn,
    name: _Name,
    act: _Act = None,
    occasion: parts.Occasion = None,
    why_not_group: _WhyNotGroup = None,
    task: parts.Task = None,
    end: parts.ProgrammeEnd = None,
    not_task: parts.NotTask = None,
    value: _Value = None,
    topic: parts.Topic = None,
    chair: _Chair = None,
    because: _Because = None,
    held_to: _HeldTo = None,
    track: parts.OnTrack = None,
    combine: parts.Combine = None,
    phase: _Phase = None,
    target: _Target = None,
    way: _Way = None,
    intensity: _Intensity = None,
    open_to: _OpenTo = None,
    sure: parts.Sure = None,
    keep: _Keep = None,
    build_on: _BuildOn = None,
    renew: _Renew = None,
    positioning: _Positioning = None,
    professionalisation: _Professionalisation = None,
    projects: _Projects = None,
    performance: _Performance = None,
    disciplines: parts.Disciplines = None,
    more_disciplines: parts.MoreDisciplines = None,
) -> Outcome:
    if act is not Act.FOUND and not any(part is not None for part in (occasion, task, end, not_task, value, chair)):
        answers = (keep, build_on, renew, positioning, professionalisation, projects, performance)
        reviewed = dict(zip(REVIEW, (one or "" for one in answers), strict=True))
        wanted = Wanted(phase, reviewed, open_to, because, sure, target or "", way or "", intensity, disciplines or "")
        return _of_a_programme(turn, act, name, wanted)
    draft = Draft(
        BodyKind.PROGRAMME,
        title(name, BodyKind.PROGRAMME),
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
        why_not_group or "",
        held_to or "",
        ", ".join(part for part in (disciplines, more_disciplines) if part),
    )
    return may_found(turn) or next_question(turn, draft) or proposed(turn, draft)


def _of_a_programme(turn: Turn, act: Act | None, name: str, wanted: Wanted) -> Outcome:
    """What is done with a programme that is there, or how it stands."""
    programme, text = _programme(turn, name)
    if not isinstance(programme, Workgroup):
        return programme
    match act:
        case Act.PHASE:
            return set_phase(turn, programme, wanted.phase, text)
        case Act.PLAN:
            return plan_communication(turn, programme, wanted.target, wanted.way, wanted.intensity)
        case Act.DISCIPLINES:
            return set_disciplines(turn, programme, text, wanted.disciplines)
        case Act.REVIEW:
            return review(turn, programme, wanted.reviewed)
        case Act.CONCLUDE:
            return conclude(turn, programme, wanted.open_to, wanted.because or text, wanted.sure)
        case Act.TEMPLATE:
            return apply_template(turn, programme, text)
        case _:
            return _show(turn, programme)


def _programme(turn: Turn, name: str) -> tuple[Workgroup | Ask | Refused, str]:
    found, text = split_group(turn, name)
    programmes = tuple(one for one in found if one.is_programme and not one.within)
    if len(programmes) == 1:
        return programmes[0], text
    if programmes:
        return which_group(programmes, "name", "", text), text
    if found:
        return Refused(f"{found[0].code} is geen programma. Kijk bij !werkgroep {found[0].code}.", code="E11"), text
    return Refused(
        "Dat programma ken ik niet. Kijk bij !werkgroepen, of typ !programma instellen en de naam.", code="E03"
    ), ""


def _show(turn: Turn, programme: Workgroup) -> Outcome:
    elsewhere = turn.room is not None and turn.room.with_externals and turn.room.code != programme.code
    message = say(*group_lines(turn, programme))
    bodies = shown_bodies(turn, programme)
    return Reply(message + bodies if bodies else message, (programme.code,), private=elsewhere, receipt=False)
