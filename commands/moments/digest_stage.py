"""A stage for front runners in the digest of the filter and of their programme, at most three (R-187, R-215, R-216)."""

from __future__ import annotations

from dataclasses import replace

from commands.kit.reply import Line, Strong
from commands.moments.digest_layout import Section
from commands.moments.digest_parts import Facts, sentence
from commands.rules.initiatives import is_of_authority
from commands.words.helping import Success, SuccessState
from commands.words.workgroup import Workgroup

#: So many at a time; the others wait for the next digest.
MOST = 3


def shown(facts: Facts) -> list[Success]:
    """What the organisation agreed to share and no digest had before, oldest first."""
    if facts.body.with_externals:
        return []
    if facts.body.code == facts.structure.filter.code:
        return list(facts.store.successes(states=(SuccessState.SHARED,), limit=MOST))
    group = facts.store.get(Workgroup, facts.body.code) if facts.body.is_group else None
    if group is None or not group.is_programme:
        return []
    # the programme gives others the stage; what the filter had already, its own people have not.
    shared = (SuccessState.SHARED, SuccessState.PLACED)
    return list(facts.store.successes(states=shared, within=group.code, limit=MOST))


def successes_section(facts: Facts) -> Section:
    """Who comes along is a matter of age; of those the bevoegde gezagen come first (R-199)."""
    in_order = sorted(shown(facts), key=lambda one: not is_of_authority(one.pioneer, facts.structure))
    entries: list[tuple[Line, ...]] = [((Strong(one.pioneer), f": {sentence(one.text)}"),) for one in in_order]
    return Section("Koplopers en kleine successen", tuple(entries), more="successen")


def placed_now(facts: Facts) -> list[Success]:
    """The same as they are once that digest went out."""
    meeting = facts.meeting.id if facts.meeting else None
    if facts.body.is_group:
        return [replace(one, staged_in=meeting) for one in shown(facts)]
    return [replace(one, state=SuccessState.PLACED, placed_in=meeting) for one in shown(facts)]
