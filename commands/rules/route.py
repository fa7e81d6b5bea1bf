"""Which way may a signal go? The escalation map J1-J8 (domain.md §2.4), without a single code of its own (R-016)."""

from __future__ import annotations

from commands.rules import ways
from commands.words.enumeration import joined
from commands.words.structure import Body, BodyKind, Structure
from commands.words.verdict import Allowed, Instead, Refused, Verdict


def upward(id: str, origin: Body, target: Body, structure: Structure, when: str = "") -> Verdict:
    """May a signal that lies with `origin` be escalated to `target`? One step at a time (INV-02).

    `when` tells which meeting the step that does work can still make; it is shown with the way that *ja* takes.
    """
    if target.kind is BodyKind.CONNECTION or origin.kind is BodyKind.CONNECTION:
        return connection(target if target.kind is BodyKind.CONNECTION else origin, structure)
    next_up = structure.above(origin)
    if next_up is None:
        return Refused(f"{id} ligt bij {origin.the}; hoger is er geen overleg. {ways.look(id)}", code="E12")
    if target.code == origin.code:
        return Refused(f"{id} ligt al bij {origin.the}. {ways.look(id)}", code="E12")
    if target.code == next_up.code:
        return Allowed()
    way = Instead("escaleer", {"signal": id, "to": next_up.code}, f"Naar {next_up.the}?")
    if origin.is_group and target.is_group:
        because = "Een werkgroep kan een signaal niet zelf aan een andere werkgroep geven; dat doet"
        return Refused(f"{because} {next_up.the}.", way, "J1")
    if origin.kind is BodyKind.PROGRAMME:
        return Refused(f"Een programma legt bestuurlijke punten voor aan {next_up.the}.", way, "J8")
    if origin.is_group:
        higher = joined([tier.code for tier in structure.tiers if tier.code != next_up.code])
        return Refused(f"Dat gaat via {next_up.the}, dat filtert voor {higher}.", way, "J2")
    if (target.level or 0) > (next_up.level or 0):
        first = f"Eerst {next_up.the}, {when}. " if when else ""
        because = f"{first}Niet in één stap: {next_up.the} is het voorportaal van {target.the}."
        return Refused(because, way, "J3")
    lower = f"Escaleren is omhoog; {target.the} ligt lager dan {origin.the}."
    return ways.refused(lower, _down_way(id, origin), ways.look(id), "E12")


def _down_way(id: str, origin: Body) -> Instead | None:
    if origin.is_group or (origin.level or 0) <= 1:
        return None
    return Instead("deescaleer", {"signal": id}, "Teruggeven met !deescaleer?")


def downward(id: str, origin: Body, target: Body, structure: Structure) -> Verdict:
    """May `origin` delegate to `target`? A tier to the one below it; the filter to groups (R-037, J4, J5)."""
    if target.kind is BodyKind.CONNECTION:
        return connection(target, structure)
    if origin.is_group:
        return Refused(f"{origin.code} delegeert niet verder. Terug naar {origin.parent} gaat met !gereed.", code="J1")
    below = structure.below(origin)
    if below is None:
        return (
            Allowed()
            if target.is_group
            else Refused(f"Onder {origin.the} liggen alleen groepen. {ways.SEE_GROUPS}", code="E12")
        )
    if target.code == below.code:
        return Allowed()
    way = Instead("delegeer", {"signal": id, "to": below.code}, f"Aan {below.the} geven?")
    if structure.below(below) is None and target.is_group:
        assigns = f"{below.capital} belegt bij een werkgroep."
        return Refused(assigns, way, "J4")
    if (target.level or 0) > (origin.level or 0):
        return Refused(
            f"Delegeren is omlaag; {target.the} ligt hoger dan {origin.the}. Omhoog gaat met !escaleer.", code="E12"
        )
    return Refused(f"{origin.capital} delegeert via {below.the}.", way, "J5")


def connection(body: Body, structure: Structure) -> Refused:
    """J6: no authority over connections; the line runs through the filter."""
    return Refused(
        f"Met {body.code} loopt de lijn via {structure.filter.the}. "
        f"Gebruik !terugkoppeling of vraag het secretariaat van {structure.filter.the}.",
        code="J6",
    )
