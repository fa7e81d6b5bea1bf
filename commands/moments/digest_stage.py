"""A stage for front runners in the digest of the filter, at most three, only when there are any (R-187, R-216)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.reply import Line, Strong
from commands.moments.digest_layout import Section
from commands.moments.digest_parts import Facts, sentence
from commands.words.helping import Success, SuccessState

#: So many at a time; the others wait for the next digest.
MOST = 3


def shown(facts: Facts) -> list[Success]:
    """What the organisation agreed to share and no digest had before, oldest first."""
    found = facts.store.successes(states=(SuccessState.SHARED,), limit=MOST)
    return list(found) if facts.body.code == facts.structure.filter.code and not facts.body.with_externals else []


def successes_section(facts: Facts) -> Section:
    entries: list[tuple[Line, ...]] = [((Strong(one.pioneer), f": {sentence(one.text)}"),) for one in shown(facts)]
    return Section("Koplopers en kleine successen", tuple(entries), more="successen")


def placed_now(facts: Facts) -> list[Success]:
    """The same as they are once that digest went out."""
    meeting = facts.meeting.id if facts.meeting else None
    return [replace(one, state=SuccessState.PLACED, placed_in=meeting) for one in shown(facts)]
