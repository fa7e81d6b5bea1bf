"""What changed in the structure between two versions of one of its parts, in Dutch (R-007, R-076, INV-37)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date

from commands.words.mandate import Mandate
from commands.words.structure import Structure
from commands.words.workgroup import Workgroup

#: What the log follows of the standing part, as plain values that the history can keep.
Facts = Mapping[str, Mapping[str, str]]
_OF_A_BODY = ("naam", "onder", "vergaderingen per jaar", "reflectieoverleggen per jaar", "voorzitter uit", "koepel")
_PARTIES = "partijen"


def facts_of(structure: Structure) -> dict[str, dict[str, str]]:
    """The standing part as the log follows it, by body code; the parties under a name of their own."""
    found = {
        body.code: dict(
            zip(
                _OF_A_BODY,
                (
                    body.name,
                    body.parent or "",
                    str(body.regular_per_year or ""),
                    str(body.reflection_per_year or ""),
                    ", ".join(body.chair_from),
                    body.umbrella or "",
                ),
                strict=True,
            )
        )
        for body in structure.bodies
    }
    return {**found, _PARTIES: {party.code: party.name for party in structure.parties}}


def standing_changes(before: Facts, after: Facts) -> tuple[str, ...]:
    """One sentence for each difference, bodies by code; nothing for what stayed the same."""
    found: list[str] = []
    for code in sorted((set(before) | set(after)) - {_PARTIES}):
        old, new = before.get(code), after.get(code)
        if old is None or new is None:
            found.append(f"{code} {'is nieuw' if old is None else 'is er niet meer'}")
            continue
        found += [
            f"{code}: {name} {new.get(name) or 'vrij'} (was {old.get(name) or 'vrij'})"
            for name in _OF_A_BODY
            if old.get(name) != new.get(name)
        ]
    old_parties, new_parties = before.get(_PARTIES, {}), after.get(_PARTIES, {})
    found += [f"{code} is partij geworden" for code in new_parties if code not in old_parties]
    found += [f"{code} is geen partij meer" for code in old_parties if code not in new_parties]
    return tuple(found)


def group_change(before: Workgroup | None, after: Workgroup, say: Callable[[date], str]) -> str:
    """What became of a group; "" for a change that is none of the structure, such as a terugkoppeling.

    `say` gives a day in Dutch.
    """
    if before is None:
        return f"{after.state}, tot en met {say(after.end)}"
    found: list[str] = []
    if before.state is not after.state:
        found.append(f"{after.state} (was {before.state})")
    if before.end != after.end:
        found.append(f"einddatum {say(after.end)} (was {say(before.end)})")
    if before.task != after.task and before.task:
        found.append("opdracht gewijzigd")
    if before.chair != after.chair:
        found.append(f"voorzitter {after.chair or 'geen'}{f' (was {before.chair})' if before.chair else ''}")
    if before.phase is not after.phase:
        found.append(f"fase {after.phase}" if after.phase else f"geen fase meer (was {before.phase})")
    if before.track is not after.track:
        found.append(f"spoor {after.track} (was {before.track})")
    return "; ".join(found)


def mandate_change(before: Mandate | None, after: Mandate) -> str:
    """What the mandate became; "" where its categories are the same."""
    if before is not None and before.categories == after.categories:
        return ""
    return f"mandaat: {_listed(after.categories)}"


def _listed(words: Sequence[str]) -> str:
    return ", ".join(words) or "leeg"
