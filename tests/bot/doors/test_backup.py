"""`overlegbot backup`: what is copied, where it lands, and when nothing is."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot import cli
from bot.testing import opened


@pytest.fixture
def place(tmp_path: Path) -> Path:
    """A register with a file that lies outside its folder."""
    home = tmp_path / "register"
    home.mkdir()
    (tmp_path / "sleutel").write_text("een lange sleutel", "utf-8")
    (home / "overlegbot.toml").write_text(
        'database = "sqlite:///register.db"\n[matrix]\nhomeserver = "https://matrix.example"\n'
        'user_id = "@overlegbot:overleg.example"\npassword_file = "wachtwoord"\npickle_key_file = "../sleutel"\n',
        "utf-8",
    )
    (home / "wachtwoord").write_text("geheim", "utf-8")
    (home / "matrix-store").mkdir()
    for name in ("session.json", "cross-signing.json", "lock"):
        (home / "matrix-store" / name).write_text("{}", "utf-8")
    opened(f"sqlite:///{home / 'register.db'}").close()
    return home


def test_everything_lands_in_its_place_and_what_lies_elsewhere_is_named(
    place: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    copy = place.parent / "copy"
    assert cli.main(["--config", str(place / "overlegbot.toml"), "backup", str(copy)]) == 0
    found = sorted(str(path.relative_to(copy)) for path in copy.rglob("*") if path.is_file())
    assert found == [
        "elsewhere/sleutel",
        "matrix-store/cross-signing.json",
        "matrix-store/session.json",
        "overlegbot.toml",
        "register.db",
        "wachtwoord",
    ]
    said = capsys.readouterr().out.splitlines()
    assert said[0] == f"elsewhere/sleutel belongs at {place.parent / 'sleutel'}"
    assert "een lange sleutel" not in "".join(said)


def test_a_folder_that_holds_something_is_left_alone(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    copy = place.parent / "copy"
    copy.mkdir()
    (copy / "iets").write_text("van een ander", "utf-8")
    assert cli.main(["--config", str(place / "overlegbot.toml"), "backup", str(copy)]) == 2
    assert [path.name for path in copy.iterdir()] == ["iets"]
    assert "is not empty: name a new folder" in capsys.readouterr().err


def test_without_a_register_there_is_nothing_to_copy(place: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (place / "register.db").unlink()
    assert cli.main(["--config", str(place / "overlegbot.toml"), "backup", str(place.parent / "copy")]) == 3
    assert not (place.parent / "copy").exists()
    assert "there is no file to copy" in capsys.readouterr().err
