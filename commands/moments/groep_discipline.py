"""Once: a group that looks at its task from one discipline only is asked who could join it (R-153)."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit.one_discipline import KIND, looks_one_way
from commands.kit.ports import Due, Offer
from commands.moments.watch import Moment, Nudge, Watch
from commands.words.people import Person
from commands.words.signal import Track
from commands.words.workgroup import Workgroup


def has_one_discipline(watch: Watch, due: Due) -> Sequence[Nudge]:
    """To who leads the group; not when another discipline came, or the group went, since it fell due."""
    group = watch.store.get(Workgroup, due.about)
    chair = watch.store.get(Person, group.chair) if group is not None and group.chair else None
    if group is None or chair is None or not looks_one_way(watch.store, watch.structure, group):
        return ()
    home = watch.structure.home_discipline
    others = [one[0] for one in watch.structure.disciplines if one[0] != home][:2]
    if not others:
        return ()
    formal = chair.address == "u"
    command = "programma" if group.is_programme else "werkgroep"
    add = f"!{command} disciplines {group.code} {home}, {others[0]}"
    find = f"!wieweet {others[0]}"
    if group.track is Track.ENCOURAGE:
        text = (
            f"In {group.code} komt alles nu uit de discipline {home}. Wie zou willen meekijken, bijvoorbeeld uit "
            f"{' of '.join(others)}? Wie zich meldde, staat bij {find}. Komt er iemand bij, dan kan dat met {add}"
        )
    else:
        text = (
            f"{group.code} heeft alleen de discipline {home}. Wie moet erbij om de opdracht ook van een andere kant te "
            f"bekijken, bijvoorbeeld uit {' of '.join(others)}? Wie {'u kunt' if formal else 'je kunt'} vragen, staat "
            f"bij {find}. Vastleggen: {add}"
        )
    return [Nudge(chair.id, (text,), (group.code,), (Offer("toon", "werkgroep", {"name": group.code}),))]


ONE_DISCIPLINE = Moment(KIND, has_one_discipline)
