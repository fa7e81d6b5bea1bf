"""`overlegbot check-config`: all faults of settings, structure and people at once, one per line; prints no secret."""

from __future__ import annotations

import argparse
import os
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import TypeVar

from bot.doors import FAULTS_FOUND, WELL
from commands.words.people import RoleName
from commands.words.structure import Body, Structure
from config.faults import ConfigFaults, Fault
from config.people import PeopleFile, load_people
from config.settings import Settings, files_named, load_settings
from config.structure import load_structure

Loaded = TypeVar("Loaded")


def main(args: argparse.Namespace) -> int:
    """Print every fault and return 1, or print what was found and return 0. `args.config`: the file, or None."""
    lines, well = report(Path(args.config) if args.config else None, os.environ)
    print("\n".join(lines))
    return WELL if well else FAULTS_FOUND


def report(path: Path | None, environ: Mapping[str, str]) -> tuple[list[str], bool]:
    """The lines to print, and whether all is well (notes do not count as faults)."""
    faults: list[Fault] = []

    def collect(load: Callable[[], Loaded]) -> Loaded | None:
        try:
            return load()
        except ConfigFaults as found:
            faults.extend(found.faults)
            return None

    settings = collect(lambda: load_settings(path, environ))
    try:
        structure_name, people_path = files_named(path, environ)
    except ConfigFaults:
        return [str(fault) for fault in faults], False
    structure = collect(lambda: load_structure(structure_name))
    people: PeopleFile | None = None
    notes: list[str] = []
    if people_path is not None and structure is not None:
        people = collect(lambda: load_people(people_path, structure))
    elif people_path is not None:
        notes.append(f"note: {people_path} is checked when the structure is right")
    if faults or settings is None or structure is None:
        return [*map(str, faults), *notes], False
    return [_summary(settings, structure, people), *_notes(settings, structure, people)], True


def _summary(settings: Settings, structure: Structure, people: PeopleFile | None) -> str:
    parts = [
        f"structure {structure.name}, {_count(len(structure.tiers), 'tier')}"
        f" ({', '.join(tier.code for tier in structure.tiers)}), {_count(len(structure.connections), 'connection')}"
    ]
    if people is None:
        parts.append("no people file")
    else:
        parts.append(
            f"{_count(len(people.people), 'person', 'people')}, {_count(len(people.roles), 'role')}, "
            f"{_count(len(people.rooms), 'room')}, {_count(len(people.groups), 'group')}, "
            f"{_count(len(people.meetings), 'meeting')}"
        )
    if settings.matrix:
        parts.append(f"Matrix as {settings.matrix.user_id}")
    if settings.teams:
        parts.append(f"Teams as {settings.teams.app_id}, heard on {settings.teams.host} port {settings.teams.port}")
    if not settings.matrix and not settings.teams:
        parts.append("no Matrix, the terminal only")
    return "ok: " + "; ".join(parts)


def _count(n: int, one: str, more: str = "") -> str:
    return f"{n} {one if n == 1 else more or one + 's'}"


def _notes(settings: Settings, structure: Structure, people: PeopleFile | None) -> list[str]:
    """What works but deserves a look: it stops nothing."""
    notes = []
    filter_, above = structure.filter, structure.above(structure.filter)
    if above and (filter_.regular_per_year or 0) <= (above.regular_per_year or 0) and filter_.regular_per_year:
        notes.append(f"note: {filter_.code} meets no more often than {above.code} (R-039)")
    if people is not None:
        notes += _first_secretary(settings, people)
        notes += [f"note: {text}" for tier in structure.tiers for text in _vacant(tier, people)]
        parties = {role.on_behalf_of for role in people.roles if role.body == filter_.code}
        missing = [party.code for party in structure.parties if party.code not in parties]
        if missing:
            notes.append(f"note: nobody in {filter_.code} on behalf of {', '.join(missing)} (R-001)")
    return notes


def _vacant(tier: Body, people: PeopleFile) -> list[str]:
    held = {role.role for role in people.roles if role.body == tier.code}
    wanted = (RoleName.CHAIR, RoleName.SECRETARY) if tier.level == 1 else (RoleName.CHAIR,)
    return [f"{tier.code} has no {role} in the people file" for role in wanted if role not in held]


def _first_secretary(settings: Settings, people: PeopleFile) -> list[str]:
    """Whether `secretary` is someone of the people file, on Matrix or on Teams, who is secretary of something."""
    if settings.secretary is None:
        return []
    found = {one.id for one in people.people if settings.secretary in (one.matrix, one.teams)}
    if not found:
        return ["note: secretary is nobody of the people file; give that person this id there as matrix or teams"]
    held = {role.body for role in people.roles if role.person in found and role.role is RoleName.SECRETARY}
    return [] if held else [f"note: secretary is {found.pop()} of the people file, who is secretary of no body"]
