"""planning_onvolledig: on 1 October the secretary hears which meetings of this year are not planned yet (R-033)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.meeting_checks import year_of
from commands.kit.owed import planning_due
from commands.kit.ports import Due
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules import planning
from commands.words.people import Person, RoleName
from commands.words.structure import Body


def incomplete(watch: Watch, due: Due) -> Sequence[Nudge]:
    """One question for this year when the planning has too few, none otherwise; the next year's turn is owed anew."""
    place = watch.structure.body(due.about)
    if place is None:
        return ()
    watch.owe_again(planning_due(place, int(due.occasion) + 1, watch.structure))
    reader = _reader(watch, place)
    missing = planning.missing_kinds(year_of(watch, int(due.occasion)), place, int(due.occasion))
    if reader is None or not missing or int(due.occasion) != watch.today.year:
        return ()
    kinds = " en ".join(f"{count} keer {kind}" for kind, count in missing)
    asks = "Plant u dat nog" if reader.address == "u" else "Plan je dat nog"
    text = f"{place.capital} mist in {due.occasion} nog: {kinds}. {asks}? Dat kan met !vergadering plan {place.code}."
    return [Nudge(reader.id, (text,), ())]


def _reader(watch: Watch, place: Body) -> Person | None:
    """The secretary of the body, else that of the filter, else who chairs it."""
    codes = (place.code, watch.structure.filter.code)
    secretaries = (watch.person_with(RoleName.SECRETARY, code) for code in codes)
    found = next((person for person in secretaries if person is not None), None)
    return found or watch.person_with(RoleName.CHAIR, place.code)


INCOMPLETE_PLANNING = Moment("planning_onvolledig", incomplete)
