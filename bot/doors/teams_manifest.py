"""The app package for Teams: what the app is called, which commands its menu shows, and its two icons. Pure."""

from __future__ import annotations

import json
import re
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from io import BytesIO
from typing import Any

from PIL import Image, ImageDraw

from commands.kit.declare import EVERYONE, Command

#: It takes twelve commands, where earlier ones took ten.
SCHEMA = "1.25"
MOST_COMMANDS = 12
#: The lengths that Teams' documentation gives; the published schema allows commands more than every client shows.
_LONGEST = {
    "name.short": 30,
    "name.full": 100,
    "developer.name": 32,
    "description.short": 80,
    "description.full": 4000,
    "command.title": 32,
    "command.description": 128,
}
_ADDRESS = re.compile(r"https://[^\s/]+\.[^\s/]+\S*", re.IGNORECASE)
_ID = re.compile(r"[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}", re.IGNORECASE)
_VERSION = re.compile(r"(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)")
#: A dark blue on which white is read easily (contrast 10 to 1).
_COLOUR = "#154273"
_WHITE = (255, 255, 255, 255)
#: Files in a zip have a time; a fixed one makes the same package of the same facts.
_TIME = (2027, 1, 1, 0, 0, 0)
#: Icons are drawn this much larger, and made smaller after that, so that their edges are smooth.
_FINER = 8


@dataclass(frozen=True)
class Facts:
    """What differs between installations. `app_id` is that of the bot's registration in Entra; the addresses are web
    pages of the organisation that offers the bot, which Teams shows beside it."""

    app_id: str
    bot_name: str
    version: str
    organisation: str
    website: str
    privacy: str
    terms: str


def manifest_of(facts: Facts, commands: Sequence[Command]) -> dict[str, Any]:
    """The manifest in Dutch, with the commands that a menu shows: those for everybody first, help last."""
    shown = sorted((one for one in commands if one.menu), key=_order)
    return {
        "$schema": f"https://developer.microsoft.com/json-schemas/teams/v{SCHEMA}/MicrosoftTeams.schema.json",
        "manifestVersion": SCHEMA,
        "version": facts.version,
        "id": facts.app_id,
        "localizationInfo": {"defaultLanguageTag": "nl"},
        "developer": {
            "name": facts.organisation,
            "websiteUrl": facts.website,
            "privacyUrl": facts.privacy,
            "termsOfUseUrl": facts.terms,
        },
        "name": {"short": facts.bot_name, "full": f"{facts.bot_name}: het register van het overleg"},
        "description": {
            "short": "Houdt bij wat in het overleg gemeld, afgesproken en besloten is.",
            "full": (
                f"{facts.bot_name} houdt het register van een overlegstructuur bij: signalen, acties, besluiten en "
                "afspraken, van elk de hele route. Je typt een opdracht en een zin, in een kanaal na de naam van de "
                "bot, in een privéchat zonder. Wat ontbreekt vraagt de bot na. Voor een overleg stuurt de bot een "
                "overzicht, en wie iets te doen heeft krijgt op tijd een bericht.\n\n"
                "In een kanaal of groepschat leest de bot alleen wat aan de bot gericht is."
            ),
        },
        "icons": {"color": "kleur.png", "outline": "omtrek.png"},
        "accentColor": _COLOUR,
        "bots": [
            {
                "botId": facts.app_id,
                "scopes": ["team", "groupChat", "personal"],
                "isNotificationOnly": False,
                "supportsFiles": True,
                "commandLists": [
                    {
                        "scopes": ["team", "groupChat", "personal"],
                        "commands": [{"title": one.name, "description": one.help} for one in shown],
                    }
                ],
            }
        ],
        "defaultInstallScope": "team",
        "defaultGroupCapability": {"team": "bot", "groupchat": "bot"},
        "validDomains": [],
    }


def faults_in(manifest: dict[str, Any]) -> list[str]:
    """What Teams would refuse of what an operator or a structure fills in, one sentence each."""
    found = [
        f"{name}: at most {_LONGEST[name]} characters, this has {len(text)}: {text}"
        for name, text in _texts(manifest)
        if len(text) > _LONGEST[name]
    ]
    found += [f"{name} is empty" for name, text in _texts(manifest) if not text.strip()]
    for name, address in list(manifest["developer"].items())[1:]:
        if not _ADDRESS.fullmatch(address):
            found.append(f"{name} must be a web address that begins with https://")
    if not _ID.fullmatch(manifest["id"]):
        found.append("the app id must look like 00000000-0000-0000-0000-000000000000")
    if not _VERSION.fullmatch(manifest["version"]):
        found.append("the version must be three numbers such as 1.2.0")
    many = len(manifest["bots"][0]["commandLists"][0]["commands"])
    if many > MOST_COMMANDS:
        found.append(f"a menu shows at most {MOST_COMMANDS} commands, this has {many}")
    return found


def package(manifest: dict[str, Any]) -> bytes:
    """The zip with the manifest and both icons, of the same facts the same bytes."""
    files = {
        "manifest.json": json.dumps(manifest, ensure_ascii=False, indent=2).encode(),
        manifest["icons"]["color"]: _png(colour_icon()),
        manifest["icons"]["outline"]: _png(outline_icon()),
    }
    made = BytesIO()
    with zipfile.ZipFile(made, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in files.items():
            archive.writestr(zipfile.ZipInfo(name, _TIME), content, zipfile.ZIP_DEFLATED)
    return made.getvalue()


def colour_icon() -> Image.Image:
    """192 by 192: the sign in white on the whole square, within the 120 in its middle that every client shows."""
    image = Image.new("RGB", (192 * _FINER,) * 2, _COLOUR)
    _sign(ImageDraw.Draw(image), left=40, top=38, size=112, line=9)
    return image.reduce(_FINER)


def outline_icon() -> Image.Image:
    """32 by 32: the sign in white on nothing; Teams allows no other colour there."""
    mask = Image.new("L", (32 * _FINER,) * 2, 0)
    _sign(ImageDraw.Draw(mask), left=2, top=2, size=28, line=2, ink=255)
    image = Image.new("RGBA", (32, 32), _WHITE)
    image.putalpha(mask.reduce(_FINER))
    return image


def _sign(
    draw: ImageDraw.ImageDraw,
    *,
    left: float,
    top: float,
    size: float,
    line: float,
    ink: int | tuple[int, int, int, int] = _WHITE,
) -> None:
    """A speech balloon with three lines in it, each shorter than the one under it: what is said, tier by tier."""

    def at(x: float, y: float) -> tuple[float, float]:
        return (left + x * size) * _FINER, (top + y * size) * _FINER

    width = round(line * _FINER)
    draw.rounded_rectangle((*at(0, 0), *at(1, 0.8)), radius=0.16 * size * _FINER, outline=ink, width=width)
    draw.polygon((at(0.2, 0.79), at(0.2, 1), at(0.42, 0.79)), fill=ink)
    for number, half in enumerate((0.12, 0.21, 0.3)):
        y = 0.22 + 0.18 * number
        draw.line((*at(0.5 - half, y), *at(0.5 + half, y)), fill=ink, width=width)


def _png(image: Image.Image) -> bytes:
    made = BytesIO()
    image.save(made, "PNG", optimize=True)
    return made.getvalue()


def _order(command: Command) -> tuple[bool, bool, bool]:
    """`signaal` is the one to remember, so it comes first."""
    return command.name == "help", EVERYONE[0] not in command.who, command.name != "signaal"


def _texts(manifest: dict[str, Any]) -> Iterator[tuple[str, str]]:
    for part, names in (("name", ("short", "full")), ("developer", ("name",)), ("description", ("short", "full"))):
        yield from ((f"{part}.{name}", manifest[part][name]) for name in names)
    for one in manifest["bots"][0]["commandLists"][0]["commands"]:
        yield from ((f"command.{name}", one[name]) for name in ("title", "description"))
