"""What !werkgroep and !programma take alike: the parts of a group to found, and who may use them (W1, C34, C42)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.arguments import Deadline
from commands.kit.declare import About, Right, Where
from commands.words.people import RoleName
from commands.words.signal import Signal, Track

Occasion = Annotated[Signal | None, About("het signaal dat de aanleiding is", "aanleiding", words=("over",))]
Task = Annotated[str | None, About("de opdracht in één zin", "opdracht", greedy=True)]
NotTask = Annotated[str | None, About("wat niet bij de opdracht hoort", "niet", greedy=True)]
Topic = Annotated[str | None, About("het thema", "thema", greedy=True)]
OnTrack = Annotated[Track | None, About("aanspreken of aanjagen", "spoor", field_only=True)]
Combine = Annotated[str | None, About("met welke groep combineren, of nieuw", "combineren")]
Disciplines = Annotated[
    str | None, About("uit welke disciplines", "disciplines", also=("discipline",), field_only=True, greedy=True)
]
MoreDisciplines = Annotated[str | None, About("welke nog meer", "disciplines-erbij", field_only=True, greedy=True)]
Sure = Annotated[bool | None, About("zeker weten", "zeker", field_only=True)]


def _until(what: str) -> About:
    return About(
        "tot wanneer",
        "einde",
        words=("tot",),
        also=("tot", "einddatum"),
        greedy=True,
        endless=f"Een {what} heeft een einddatum. Een half jaar?",
    )


GroupEnd = Annotated[Deadline | None, _until("werkgroep")]
ProgrammeEnd = Annotated[Deadline | None, _until("programma")]


def because_of(lead: str) -> About:
    """The reason; also why that person is the `lead`, where the party that chairs the filter leads (INV-19)."""
    return About(f"de reden, ook waarom juist die {lead}", "motivering", also=("reden",), greedy=True)


#: Who founds a group, keeps the register, or is in one.
WHO = (
    *(
        Right(role, Where.FILTER, propose=True)
        for role in (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)
    ),
    Right(RoleName.SECRETARY, Where.TIER),
    *(Right(role, Where.GROUP) for role in (RoleName.CHAIR, RoleName.LEAD, RoleName.MEMBER, RoleName.EXTERNAL)),
)
#: What others can do instead.
OTHERWISE = "breng het onderwerp in met !signaal en één zin."
