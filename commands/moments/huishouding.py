"""huishouding: on the first working day of a month the secretary hears what nobody looks after (R-089)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.kit import dates
from commands.kit.housekeeping import findings
from commands.kit.owed import housekeeping_due
from commands.kit.ports import Due, Outgoing
from commands.kit.reply import Heading, Message, listing
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.groups import add_months
from commands.words.people import RoleName


def looks_round(watch: Watch, due: Due) -> Sequence[Nudge]:
    """To the secretary of the filter, else its chair; nothing when all is in order. The next month's note is owed."""
    if not watch.thresholds.housekeeping:
        return ()
    watch.owe_again(housekeeping_due(watch.structure, watch.today))
    place = watch.structure.filter
    roles = (RoleName.SECRETARY, RoleName.CHAIR)
    reader = next((person for role in roles if (person := watch.person_with(role, place.code)) is not None), None)
    before = add_months(date.fromisoformat(f"{due.occasion}-01"), -1)
    found = findings(watch, before) if reader is not None and not reader.external else []
    if reader is None or not found:
        return ()
    title = f"Huishouding, {dates.say_day(watch.today)}"
    message = Message((Heading(title, 1), listing([one.line for one in found])))
    key = f"huishouding:{due.occasion}:{reader.id}"
    watch.post(Outgoing(key, "digest", f"dm:{reader.id}", message, due=due.at))
    return ()


HOUSEKEEPING_NOTE = Moment("huishouding", looks_round)
