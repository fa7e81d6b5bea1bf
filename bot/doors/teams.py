"""`overlegbot teams`: the app package that an organisation uploads in its Teams admin centre."""

from __future__ import annotations

import argparse
from importlib.metadata import version
from pathlib import Path

from bot.doors import UNREACHABLE, WELL, WRONG_USE, DoorError
from bot.doors.opening import checked, settings_of
from bot.doors.teams_manifest import Facts, faults_in, manifest_of, package
from commands import catalogue
from config.structure import load_structure


def main(args: argparse.Namespace) -> int:
    """`manifest` writes the package and prints where it is; it overwrites nothing. DoorError 2: what Teams refuses."""
    settings = settings_of(args)
    structure = checked(lambda: load_structure(settings.structure))
    app_id = args.app_id or (settings.teams.app_id if settings.teams is not None else None)
    if app_id is None:
        raise DoorError("say which application it is: app_id under [teams] in the settings, or --app-id", WRONG_USE)
    facts = Facts(
        app_id=app_id,
        bot_name=structure.bot_name,
        version=args.app_version or version("overlegbot"),
        organisation=args.organisation,
        website=args.website,
        privacy=args.privacy or args.website,
        terms=args.terms or args.website,
    )
    manifest = manifest_of(facts, catalogue.ALL)
    if faults := faults_in(manifest):
        raise DoorError("; ".join(faults), WRONG_USE)
    path = Path(args.output)
    try:
        with path.open("xb") as file:
            file.write(package(manifest))
    except FileExistsError as there:
        raise DoorError(f"{path} is there already; name another with --output", WRONG_USE) from there
    except OSError as failure:
        raise DoorError(f"{path}: {failure.strerror}", UNREACHABLE) from failure
    print(
        f"{path}: {facts.bot_name} {facts.version}, {len(manifest['bots'][0]['commandLists'][0]['commands'])} commands"
    )
    return WELL
