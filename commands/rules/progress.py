"""A progress list: only on aanspreken, organisations and never persons, and out only after a decision and the right of
reply (R-109, R-112, R-190, R-196, R-197, INV-29, INV-30). It counts side by side and makes no score."""

from __future__ import annotations

import re
from collections.abc import Iterable
from datetime import date

from commands.rules.actions import is_late
from commands.words.action import Action, ActionState
from commands.words.decision import DecisionState
from commands.words.evaluation import Evaluation, ProgressLine
from commands.words.signal import Track
from commands.words.structure import Body, BodyKind, Structure
from commands.words.template import Seat
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import Workgroup

_REPORTED = re.compile(
    r"(?P<count>\d{1,4})(?:\s+van\s+(?:de\s+)?(?P<of>\d{1,4}))?(?:\s+bevoegde gezagen)?", re.IGNORECASE
)
#: States in which a decision lets something out.
_IN_FORCE = (DecisionState.FIXED, DecisionState.CARRYING_OUT, DecisionState.DONE)
_COUNTED = (ActionState.OPEN, ActionState.DONE)


def may_list(group: Workgroup) -> Verdict:
    """R-191, R-197: no list on the track aanjagen, nor where the track is not known yet."""
    if group.track is Track.HOLD:
        return Allowed()
    if group.track is Track.ENCOURAGE:
        return Refused(
            "Op het spoor aanjagen maak ik geen lijst. Wel een duiding met voorbeelden: !evaluatie en de groep.",
            code="INV-29",
        )
    return Refused(
        f"Het spoor van {group.code} is nog onbepaald; een lijst is er alleen op aanspreken. Voorstellen kan met "
        f"!spoor {group.code} aanspreken.",
        code="INV-29",
    )


def lines_of(actions: Iterable[Action], today: date, before: Iterable[ProgressLine] = ()) -> tuple[ProgressLine, ...]:
    """One line per organisation, by name; what it replied before goes along. Work on aanjagen is left out."""
    counted = [one for one in actions if one.track is not Track.ENCOURAGE and one.state in _COUNTED]
    replies = {line.organisation: line.reply for line in before}
    found = []
    for organisation in sorted({one.on_behalf_of for one in counted}, key=str.casefold):
        mine = [one for one in counted if one.on_behalf_of == organisation]
        done = sum(one.state is ActionState.DONE for one in mine)
        late = sum(is_late(one, today) for one in mine)
        line = ProgressLine(organisation, done, len(mine) - done, late, replies.get(organisation, ""))
        found.append(line)
    return tuple(found)


def in_words(line: ProgressLine) -> str:
    """ "3 afgerond, 2 open, waarvan 1 over de datum"."""
    past = f", waarvan {line.past} over de datum" if line.past else ""
    return f"{line.done} afgerond, {line.open} open{past}"


def reported(said: str, authorities: int) -> tuple[int, int] | Refused:
    """R-110: how many *bevoegde gezagen* told how they stand, of how many: "29", or "29 van 42" where the structure
    does not say how many there are."""
    found = _REPORTED.fullmatch(said.strip().rstrip("."))
    if found is None:
        return Refused("Hoeveel bevoegde gezagen gaven stand door? Een getal, zoals 29 van 42.", code="R-110")
    count, of = int(found["count"]), int(found["of"] or authorities)
    if authorities and of != authorities:
        return Refused(
            f"Er zijn {authorities} bevoegde gezagen, volgens de structuur. Typ alleen het aantal dat antwoordde.",
            code="R-110",
        )
    if not of:
        return Refused("Van hoeveel? Bijvoorbeeld: respons:29 van 42.", code="R-110")
    return (
        (count, of)
        if count <= of
        else Refused(f"Er zijn er {of}; meer kan niet. Geef een getal tot en met {of}.", code="R-110")
    )


def reported_of(evaluation: Evaluation) -> str:
    """ "29 van 42 bevoegde gezagen"."""
    return f"{evaluation.reported} van {evaluation.authorities} bevoegde gezagen"


def may_decide(body: Body, group: Workgroup | None, about: Workgroup, structure: Structure) -> Verdict:
    """R-196: a tier above the filter lets it out, or the steering group of the programme itself."""
    above = body.kind is BodyKind.FIXED and body.code != structure.filter.code
    steering = group is not None and group.seat is Seat.STEERING and group.within == about.code
    if above or steering:
        return Allowed()
    tiers = " of ".join(tier.code for tier in structure.tiers[1:])
    return Refused(f"Publiceren kan na een besluit van {tiers} en na wederhoor.", code="INV-30")


def may_publish(evaluation: Evaluation, state: DecisionState, id: str, today: date, until: str) -> Verdict:
    """INV-30: a decision in force, and the term for reply has passed. `until` is its last day in Dutch."""
    if not evaluation.progress or evaluation.reply_until is None:
        return Refused("Er is nog geen concept. Begin met !midterm en het programma.", code="E12")
    if evaluation.published_by is not None:
        return Refused(f"{evaluation.id} is al gepubliceerd, met {evaluation.published_by}.", code="E14")
    if state not in _IN_FORCE:
        return Refused(f"{id} is {state}; publiceren kan met een besluit dat is vastgesteld.", code="INV-30")
    if today <= evaluation.reply_until:
        return Refused(f"Wederhoor loopt tot en met {until}. Publiceren kan daarna.", code="INV-30")
    return Allowed()
