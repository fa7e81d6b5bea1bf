"""The app package for Teams: against the published schema, the limits of its documentation, and what its icons show."""

from __future__ import annotations

import json
import zipfile
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from jsonschema import Draft4Validator
from PIL import Image

from bot.cli import main
from bot.doors.teams_manifest import SCHEMA, Facts, faults_in, manifest_of, package
from commands import catalogue

REFERENCE = Path(__file__).parents[2] / "reference" / "node_modules" / "@microsoft" / "app-manifest"
APP = "00000000-0000-0000-0000-000000000001"
FACTS = Facts(
    app_id=APP,
    bot_name="Overlegbot",
    version="1.2.0",
    organisation="Het secretariaat",
    website="https://overleg.example/bot",
    privacy="https://overleg.example/privacy",
    terms="https://overleg.example/voorwaarden",
)
GIVEN = ["--app-id", APP, "--organisation", "Het secretariaat", "--website", "https://overleg.example/bot"]


@cache
def schema() -> Draft4Validator:
    """As the organisation behind Teams publishes it, of the version that the manifest names."""
    path = REFERENCE / "build" / "json-schemas" / "teams" / f"v{SCHEMA}" / "MicrosoftTeams.schema.json"
    return Draft4Validator(json.loads(path.read_text(encoding="utf-8-sig")))


def opened(made: bytes) -> zipfile.ZipFile:
    return zipfile.ZipFile(BytesIO(made))


def test_the_manifest_is_valid_by_the_published_schema_and_within_the_documented_lengths():
    manifest = manifest_of(FACTS, catalogue.ALL)
    assert [error.message for error in schema().iter_errors(manifest)] == []
    assert faults_in(manifest) == []


def test_the_menu_has_twelve_commands_in_dutch_signaal_first_and_help_last():
    (bot,) = manifest_of(FACTS, catalogue.ALL)["bots"]
    (menu,) = bot["commandLists"]
    assert [one["title"] for one in menu["commands"]] == [
        "signaal",
        "acties",
        "agenda",
        "digest",
        "gereed",
        "mijn",
        "signalen",
        "toon",
        "actie",
        "besluit",
        "weeg",
        "help",
    ]
    assert menu["commands"][0]["description"] == "Meld een signaal, knelpunt of trend. Eén zin is genoeg."
    assert bot["botId"] == APP
    assert bot["scopes"] == menu["scopes"] == ["team", "groupChat", "personal"]


def test_the_app_asks_for_no_right_to_read_along_and_for_no_channel_with_people_of_elsewhere():
    manifest = manifest_of(FACTS, catalogue.ALL)
    assert not {"authorization", "permissions", "webApplicationInfo", "supportsChannelFeatures"} & manifest.keys()


def test_the_package_holds_the_manifest_and_two_icons_and_is_the_same_every_time():
    manifest = manifest_of(FACTS, catalogue.ALL)
    archive = opened(package(manifest))
    assert archive.testzip() is None
    assert sorted(archive.namelist()) == ["kleur.png", "manifest.json", "omtrek.png"]
    assert json.loads(archive.read("manifest.json")) == manifest
    assert set(manifest["icons"].values()) <= set(archive.namelist())
    assert package(manifest) == package(manifest)


def test_the_icons_have_the_sizes_and_the_colours_that_teams_asks_for():
    archive = opened(package(manifest_of(FACTS, catalogue.ALL)))
    colour, outline = (Image.open(BytesIO(archive.read(name))) for name in ("kleur.png", "omtrek.png"))
    assert (colour.format, colour.size, colour.mode) == ("PNG", (192, 192), "RGB")
    assert (outline.format, outline.size, outline.mode) == ("PNG", (32, 32), "RGBA")
    assert [band.getextrema() for band in outline.split()[:3]] == [(255, 255)] * 3
    assert 100 < sum(outline.getchannel("A").histogram()[128:]) < 600
    background = colour.getpixel((0, 0))
    assert background == (0x15, 0x42, 0x73)
    middle = colour.crop((36, 36, 156, 156))
    beside = colour.copy()
    beside.paste(background, (36, 36, 156, 156))
    assert beside.getcolors() == [(192 * 192, background)]
    assert (255, 255, 255) in {pixel for _, pixel in middle.getcolors(maxcolors=20_000) or ()}


@pytest.mark.parametrize(
    ("facts", "says"),
    [
        (replace(FACTS, app_id="overlegbot"), "the app id must look like 00000000-0000-0000-0000-000000000000"),
        (replace(FACTS, bot_name="x" * 31), f"name.short: at most 30 characters, this has 31: {'x' * 31}"),
        (replace(FACTS, organisation=" "), "developer.name is empty"),
        (replace(FACTS, organisation="x" * 33), f"developer.name: at most 32 characters, this has 33: {'x' * 33}"),
        (
            replace(FACTS, terms="http://overleg.example"),
            "termsOfUseUrl must be a web address that begins with https://",
        ),
        (replace(FACTS, website="overleg"), "websiteUrl must be a web address that begins with https://"),
        (replace(FACTS, version="1.02.0"), "the version must be three numbers such as 1.2.0"),
    ],
)
def test_what_teams_would_refuse_is_said_before_anything_is_written(facts: Facts, says: str):
    assert faults_in(manifest_of(facts, catalogue.ALL)) == [says]


def test_more_commands_than_a_menu_shows_are_a_fault():
    menu = [replace(one, menu=True) for one in catalogue.ALL[:13]]
    assert faults_in(manifest_of(FACTS, menu)) == ["a menu shows at most 12 commands, this has 13"]


def test_the_door_writes_the_package_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OVERLEGBOT_CONFIG", raising=False)
    assert main(["teams", "manifest", *GIVEN, "--app-version", "1.2.0"]) == 0
    assert capsys.readouterr().out == "overlegbot-teams.zip: Overlegbot 1.2.0, 12 commands\n"
    manifest = json.loads(opened((tmp_path / "overlegbot-teams.zip").read_bytes()).read("manifest.json"))
    assert manifest["developer"]["privacyUrl"] == "https://overleg.example/bot"
    assert main(["teams", "manifest", *GIVEN]) == 2
    assert "is there already; name another with --output" in capsys.readouterr().err


def test_the_application_is_that_of_the_settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OVERLEGBOT_CONFIG", raising=False)
    assert main(["teams", "manifest", *GIVEN[2:]]) == 2
    assert "app_id under [teams] in the settings, or --app-id" in capsys.readouterr().err
    (tmp_path / "secret").write_text("s3cret")
    lines = ["[teams]", f'app_id = "{APP}"', f'tenant_id = "{APP}"', 'secret_file = "secret"']
    (tmp_path / "overlegbot.toml").write_text("\n".join(lines))
    assert main(["teams", "manifest", *GIVEN[2:]]) == 0
    assert json.loads(opened((tmp_path / "overlegbot-teams.zip").read_bytes()).read("manifest.json"))["id"] == APP


def test_the_door_writes_nothing_that_teams_refuses(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys):
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("OVERLEGBOT_CONFIG", raising=False)
    assert main(["teams", "manifest", *GIVEN, "--app-version", "1"]) == 2
    assert "the version must be three numbers such as 1.2.0" in capsys.readouterr().err
    assert main(["teams", "manifest", *GIVEN, "--output", str(tmp_path / "nowhere" / "a.zip")]) == 3
    assert list(tmp_path.iterdir()) == []
