"""!vierp: the four p's as questions, on a reflection meeting or for the end of a programme (C53, R-203)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.agendas import is_here, may_keep, meeting_named, next_number
from commands.kit.declare import About, Right, Where, command
from commands.kit.ports import Offer
from commands.kit.programme_acts import may_lead_programme
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.agenda import LIVE, still_open
from commands.rules.group_life import GOING
from commands.words.meeting import AgendaItem, MeetingKind, Nature
from commands.words.people import RoleName
from commands.words.signal import Horizon
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Instead, Refused
from commands.words.workgroup import GroupState, Workgroup

TITLE = "Vier p's"
#: E§5: each p with the choice that the essay puts behind it.
QUESTIONS = (
    "positionering (aanspreken of aanjagen?)",
    "professionalisering (welke disciplines?)",
    "projecten (creëren of combineren?)",
    "prestaties (aantallen of aanduiden?)",
)
READY = f"Vier vragen klaargezet: {', '.join(QUESTIONS)}."


@command(
    "vierp",
    aliases=("4p",),
    help="Zet de vier p's klaar: voor het reflectieoverleg, of voor de eindevaluatie van een programma.",
    example="!vierp DO",
    who=(
        *(Right(role, Where.TIER) for role in (RoleName.SECRETARY, RoleName.CHAIR)),
        Right(RoleName.LEAD, Where.GROUP),
    ),
    otherwise="vraag het de secretaris of de trekker.",
)
def vierp(
    turn: Turn,
    place: Annotated[Body | None, About("het programma of het overleg", "voor", words=("voor",), bare=True)] = None,
) -> Outcome:
    body = place or turn.room
    if body is None:
        return Ask("place", "Voor welk programma of overleg?")
    programme = turn.store.get(Workgroup, body.code) if body.kind is BodyKind.PROGRAMME else None
    if programme is not None and not programme.within:
        return _for_programme(turn, programme)
    if body.kind is not BodyKind.FIXED:
        return Refused(
            f"De vier p's horen bij een programma of een reflectieoverleg, niet bij {body.the}. {ways.SEE_GROUPS}",
            code="E11",
        )
    return _for_reflection(turn, body)


def _for_programme(turn: Turn, programme: Workgroup) -> Outcome:
    """The questions of the final evaluation; what is answered is kept there."""
    verdict = may_lead_programme(turn, programme, "De vier p's klaarzetten")
    if isinstance(verdict, Refused):
        return verdict
    if programme.state not in (*GOING, GroupState.WINDING_UP):
        return Refused(
            f"{programme.code} is {programme.state}; evalueren kan niet meer. {ways.look(programme.code)}", code="E12"
        )
    offer = Offer("ja", "programma", {"act": "eindevaluatie", "name": programme.code})
    ask = f"Antwoord met ja, dan stel ik ze voor de eindevaluatie van {programme.code}, een voor een."
    if turn.formal:
        ask = f"Antwoordt u met ja, dan stel ik ze voor de eindevaluatie van {programme.code}, een voor een."
    return Reply(say(READY, ask), (programme.code,), (offer,), receipt=False)


def _for_reflection(turn: Turn, body: Body) -> Outcome:
    """One point of strategy on the next reflection meeting, so that its digest opens with it (R-034, INV-31)."""
    verdict = may_keep(turn, body, "agenderen")
    if isinstance(verdict, Refused):
        return verdict
    meeting = turn.next_meeting(body.code, kinds=(MeetingKind.REFLECTION,))
    if meeting is None and not body.reflection_per_year:
        tiers = [tier.code for tier in turn.structure.tiers if tier.reflection_per_year]
        return Refused(
            f"{body.capital} heeft geen reflectieoverleg. Wel: {', '.join(tiers) or 'geen overleg'}.", code="R-034"
        )
    if meeting is None:
        way = Instead("vergadering", {"act": "plan", "body": body.code, "kind": "reflectie"}, "Er een plannen?")
        return Refused(f"Er is geen reflectieoverleg van {body.the} gepland.", way, "R-034")
    fixed = still_open(meeting)
    if isinstance(fixed, Refused):
        return Refused(f"{fixed.because} {ways.ask(f'de voorzitter van {body.the}')}", code=fixed.code)
    items = [item for item in turn.store.items(meeting=meeting.id) if item.state in LIVE]
    known = next((item for item in items if item.title == TITLE), None)
    if known is not None:
        return Refused(f"De vier p's staan al op {meeting_named(meeting)}, punt {known.number}.", code="E14")
    item = AgendaItem(
        id=turn.new_id("AGP"),
        meeting=meeting.id,
        number=next_number(turn, meeting),
        title=TITLE,
        nature=Nature.DISCUSS,
        horizon=Horizon.STRATEGY,
        raiser=turn.person.id,
        on_behalf_of=turn.person.organisation,
        main_line=f"{'; '.join(QUESTIONS)}.".capitalize(),
    )
    turn.put(item, "vier p's")
    where = f"Punt {item.number} van {meeting_named(meeting)}."
    return Reply(
        say(READY, where), (item.id,), private=not is_here(turn, body), deed=f"vier p's op {meeting_named(meeting)}"
    )
