"""`overlegbot init`: a commented configuration and a first people file, which work as they are in the terminal."""

from __future__ import annotations

import argparse
import json
import re
from pathlib import Path

from bot.doors import UNREACHABLE, WELL, DoorError

SETTINGS_FILE = "overlegbot.toml"
PEOPLE_FILE = "mensen.toml"

_MATRIX_ID = re.compile(r"@[\w.=/+-]+:[\w.-]+(:\d+)?")
_ENTRA_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)
_PERSON_ID = re.compile(r"[^\W_](?:[\w.-]*\w)?")

SETTINGS = """\
# overlegbot: the settings of this installation.
# Each can also be given as an environment variable, which wins: OVERLEGBOT_DATABASE, OVERLEGBOT_MATRIX__USER_ID, …
# Paths in this file start at this file. `overlegbot check-config` names every fault with its line.

# Where the register is kept. One file; the bot makes it, and makes a backup before it changes its schema.
database = "sqlite:///overlegbot.db"
# backup_directory = "backups"     # default: next to the database

# Tiers, parties, thresholds and calendar: a shipped structure ("bijlage4"), or a file of your own ("structuur.toml").
structure = "bijlage4"

# People, roles, rooms and running groups. Checked here, brought into the register by `overlegbot people import`.
people = "mensen.toml"

# The person who looks after the register first: a Matrix id, or the Entra object id of someone on Teams.
{secretary}

log_level = "info"                 # debug, info, warning or error

# Matrix. Take away the # of these lines when the bot has an account; without them it speaks in the terminal only.
# [matrix]
# homeserver = "https://matrix.example.org"
# user_id = "@overlegbot:example.org"
# password_file = "matrix-password" # a file with only the password, readable by the bot alone (chmod 600)
# store_path = "matrix-store"       # keys of encrypted rooms: back it up, never share it
# pickle_key_file = "matrix-key"    # protects that store; any long text, kept for good
# encrypt_private = true            # whether the private chats that the bot makes are encrypted
# allowed_servers = ["example.org"] # whose people may invite the bot into a room; none = its own server only

# Teams, beside Matrix or without it; docs/teams.md says how the bot is registered.
# [teams]
# app_id = "00000000-0000-0000-0000-000000000000"
# tenant_id = "00000000-0000-0000-0000-000000000000"
# secret_file = "teams-secret"      # a file with only the secret, readable by the bot alone (chmod 600)
# port = 3978                       # on this machine; the proxy with the certificate passes /api/messages on to it
"""

PEOPLE = """\
# People, roles, rooms and running groups. `overlegbot people import` adds and updates from this file, never deletes.
# Ids are functions, not names: they stay when someone leaves. Roles: voorzitter, secretaris, lid, inhoudelijk, extern,
# trekker, koepelcontact, connectielid, beheerder. Dates look like 2027-01-14; from/until and start/end belong to it.

[[person]]
id = {person}
organisation = "Rijk"              # Rijk, VNG, IPO, UvW, or another name
{matrix}
{teams}
# name = "…"                       # how the bot calls this person; without it: the id
# address = "u"                    # je (default) or u
# deputy = "rijk.ao.2"             # the id of another person in this file
# external = true                  # for people from outside the four parties: never a member of AO, DO or BO

[[role]]
person = {person}
body = "AO"
role = "secretaris"
# on_behalf_of = "Rijk"            # default: the organisation of the person
# from = 2027-01-01
# until = 2027-12-31

# The chair of the AO comes from the Rijk and brings in no content; someone else of the Rijk does (role inhoudelijk):
#
# [[person]]
# id = "rijk.ao.0"
# organisation = "Rijk"
# matrix = "@…:example.org"
#
# [[role]]
# person = "rijk.ao.0"
# body = "AO"
# role = "voorzitter"

# One room for each body; invite the bot there.
#
# [[room]]
# body = "AO"
# matrix = "#ao-bodem:example.org" # or !id:example.org
# teams = "19:…@thread.tacv2"      # the id of the channel; !kanaal in the channel itself does it too

# Groups that run already. The chair and the members get their roles in the group from here.
#
# [[group]]
# code = "WG-VOORBEELD"
# name = "Werkgroep voorbeeld"
# kind = "werkgroep"               # or programma
# chair = "rijk.ao.0"
# members = []
# task = "…"
# topic = "grondwater"
# start = 2027-01-14
# end = 2027-12-31                 # every group has an end date
# evaluate_by = 2027-11-30
# state = "actief"

# Meetings that are planned already; later ones with !vergadering.
#
# [[meeting]]
# body = "AO"
# kind = "regulier"                # or reflectie
# date = 2027-01-14
# start = "10:00"
# end = "12:00"
"""


def main(args: argparse.Namespace) -> int:
    """Write both files into `args.directory` (default: here), with `args.secretaris` filled in; overwrite nothing.

    Raises DoorError: a file is there already (2), `--secretaris` is no id (2), the directory cannot be written (3).
    """
    directory = Path(args.directory or ".")
    texts = _texts(args.secretaris)
    there = [name for name in texts if (directory / name).exists()]
    if there:
        raise DoorError(f"{' and '.join(there)} in {directory} already: nothing is written")
    try:
        directory.mkdir(parents=True, exist_ok=True)
        for name, text in texts.items():
            with (directory / name).open("x", encoding="utf-8") as file:
                file.write(text)
    except OSError as failure:
        raise DoorError(f"{directory} cannot be written: {failure.strerror}", UNREACHABLE) from failure
    print(_next_steps(directory, args.secretaris))
    return WELL


def _texts(secretary: str | None) -> dict[str, str]:
    """Both files; `secretary` is a Matrix id, an Entra object id or the id of a function, None leaves an example."""
    given = secretary or ""
    matrix = given if _MATRIX_ID.fullmatch(given) else None
    entra = given.lower() if _ENTRA_ID.fullmatch(given) else None
    person = given if given and not (matrix or entra) else "rijk.secr.1"
    if not _PERSON_ID.fullmatch(person):
        raise DoorError(
            "--secretaris must be a Matrix id such as @naam:example.org, an Entra object id (of Teams), "
            "or an id such as rijk.secr.1"
        )
    on_matrix = f"matrix = {json.dumps(matrix or '@naam:example.org', ensure_ascii=False)}"
    on_teams = f'teams = "{entra or "…"}"'.ljust(32) + " # the Entra object id, from the Entra admin centre"
    chosen = json.dumps(matrix or entra or "@naam:example.org", ensure_ascii=False)
    return {
        SETTINGS_FILE: SETTINGS.format(secretary=f"{'' if matrix or entra else '# '}secretary = {chosen}"),
        PEOPLE_FILE: PEOPLE.format(
            person=json.dumps(person, ensure_ascii=False),
            matrix=f"{'' if matrix else '# '}{on_matrix}",
            teams=f"{'' if entra else '# '}{on_teams}",
        ),
    }


def _next_steps(directory: Path, secretary: str | None) -> str:
    settings, people = directory / SETTINGS_FILE, directory / PEOPLE_FILE
    who = (
        "the other people and their roles" if secretary else "the people and their roles, beginning with the secretary"
    )
    config = "" if settings == Path(SETTINGS_FILE) else f" --config {settings}"
    return "\n".join(
        (
            f"Written: {settings} and {people}. They work as they are, in the terminal.",
            "Next:",
            f"  1. fill in {who}, in {people}",
            f"  2. for Matrix: take away the # of [matrix] in {settings}, and put the password in the file it names;",
            "     for Teams the same with [teams] and the secret",
            f"  3. overlegbot{config} check-config",
            f"  4. overlegbot{config} people import {people}",
            f"  5. overlegbot{config} console, or run",
        )
    )
