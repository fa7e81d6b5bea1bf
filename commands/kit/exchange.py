"""Who helped whom, by organisation, out of the requests for help in which both sides said yes (R-188, R-211)."""

from __future__ import annotations

from commands.kit.register import Register
from commands.rules.bringing import Met
from commands.words.period import Period

#: More than any organisation asks in half a year.
_ALL = 5000


def met_in(register: Register, period: Period) -> list[Met]:
    """The pairs of requests that were asked in that period."""
    asked = register.store.help_requests(asked_since=period.since, asked_until=period.until, limit=_ALL)
    return [
        Met(person, register.organisation_of(person), register.organisation_of(one.by) if one.by else "")
        for one in asked
        for person in one.in_touch
    ]
