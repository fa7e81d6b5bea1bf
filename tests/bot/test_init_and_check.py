"""`init` writes files that pass `check-config`; `check-config` names all faults and prints no secret."""

from __future__ import annotations

from importlib.resources import files
from pathlib import Path

import pytest

from bot.cli import main

ENTRA = "0d2f4a1c-0000-4000-8000-00000000ab01"
SECRET = "zeer-geheim-7Q"


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def lines(capsys: pytest.CaptureFixture[str]) -> list[str]:
    return capsys.readouterr().out.splitlines()


# -- init


@pytest.mark.parametrize("secretary", [None, "@secr:example.org", "rijk.secr.9", ENTRA])
def test_what_init_writes_passes_check_config_as_it_is(capsys, secretary):
    assert main(["init", *(["--secretaris", secretary] if secretary else [])]) == 0
    assert lines(capsys)[0] == "Written: overlegbot.toml and mensen.toml. They work as they are, in the terminal."
    assert main(["check-config"]) == 0
    assert lines(capsys)[0] == (
        "ok: structure bijlage4, 3 tiers (AO, DO, BO), 6 connections; 1 person, 1 role, 0 rooms, 0 groups, 0 meetings; "
        "no Matrix, the terminal only"
    )


def test_init_fills_in_the_secretary(capsys):
    main(["init", "--secretaris", "@secr:example.org"])
    assert 'secretary = "@secr:example.org"' in Path("overlegbot.toml").read_text().splitlines()
    assert 'matrix = "@secr:example.org"' in Path("mensen.toml").read_text().splitlines()
    assert '# teams = "…"                      # the Entra object id, from the Entra admin centre' in (
        Path("mensen.toml").read_text().splitlines()
    )
    main(["init", "--directory", "teams", "--secretaris", ENTRA.upper()])
    assert f'secretary = "{ENTRA}"' in Path("teams/overlegbot.toml").read_text().splitlines()
    people = Path("teams/mensen.toml").read_text().splitlines()
    assert [line for line in people if line.startswith("teams = ")] == [
        f'teams = "{ENTRA}" # the Entra object id, from the Entra admin centre'
    ]
    assert '# matrix = "@naam:example.org"' in people
    main(["init", "--directory", "elders", "--secretaris", "rijk.secr.9"])
    assert 'id = "rijk.secr.9"' in Path("elders/mensen.toml").read_text().splitlines()


def test_with_the_comments_taken_away_the_written_files_are_still_right(capsys):
    main(["init", "--secretaris", "@secr:example.org"])
    settings, people = Path("overlegbot.toml"), Path("mensen.toml")
    for path, first in ((settings, "# [matrix]"), (people, "# [[person]]")):
        text = path.read_text()
        at = text.index(first)
        rest = [line.removeprefix("# ") if "=" in line or "# [" in line else line for line in text[at:].splitlines()]
        path.write_text(text[:at] + "\n".join(rest).replace("@…", "@vz") + "\n")
    for name in ("matrix-password", "matrix-key", "teams-secret"):
        Path(name).write_text(SECRET)
    assert main(["check-config"]) == 0, lines(capsys)
    out = capsys.readouterr().out
    assert "2 people, 3 roles, 1 room, 1 group, 1 meeting; Matrix as @overlegbot:example.org" in out
    assert SECRET not in out


def test_init_never_overwrites(capsys):
    Path("mensen.toml").write_text("van mij")
    assert main(["init"]) == 2
    assert capsys.readouterr().err == "overlegbot: mensen.toml in . already: nothing is written\n"
    assert Path("mensen.toml").read_text() == "van mij"
    assert not Path("overlegbot.toml").exists()


def test_init_refuses_a_secretary_that_is_no_id(capsys):
    assert main(["init", "--secretaris", 'jan "de" vries']) == 2
    assert "--secretaris must be a Matrix id" in capsys.readouterr().err
    assert not list(Path().iterdir())


def test_init_says_where_to_go_next(capsys):
    main(["init", "--directory", "nieuw"])
    said = lines(capsys)
    assert "  3. overlegbot --config nieuw/overlegbot.toml check-config" in said
    assert main(["--config", "nieuw/overlegbot.toml", "check-config"]) == 0


# -- check-config


def test_without_any_file_the_defaults_are_in_order(capsys):
    assert main(["check-config"]) == 0
    assert lines(capsys) == [
        "ok: structure bijlage4, 3 tiers (AO, DO, BO), 6 connections; no people file; no Matrix, the terminal only"
    ]


def test_the_example_year_is_in_order(capsys, monkeypatch):
    people = Path("mensen.toml")
    people.write_text(files("config").joinpath("shipped", "voorbeeldjaar_mensen.toml").read_text(encoding="utf-8"))
    monkeypatch.setenv("OVERLEGBOT_STRUCTURE", "voorbeeldjaar")
    monkeypatch.setenv("OVERLEGBOT_PEOPLE", "mensen.toml")
    assert main(["check-config"]) == 0
    assert lines(capsys) == [
        "ok: structure voorbeeldjaar, 3 tiers (AO, DO, BO), 6 connections; 33 people, 41 roles, 9 rooms, 6 groups, "
        "13 meetings; no Matrix, the terminal only"
    ]


def test_faults_of_all_files_come_at_once_one_per_line(capsys, monkeypatch):
    Path("o.toml").write_text(
        'log_level = "luid"\npeople = "m.toml"\n[matrix]\nhomeserver = "https://x.example"\nuser_id = "@b:x"\n'
        f'password = "{SECRET}"\npasswoord = "{SECRET}"\n'
    )
    Path("m.toml").write_text(
        '[[person]]\nid = "a"\norganisation = "uwv"\n[[room]]\nbody = "XO"\nteams = "19:x@thread.tacv2"\n'
    )
    monkeypatch.setenv("OVERLEGBOT_ONZIN", SECRET)
    assert main(["check-config", "--config", "o.toml"]) == 1
    assert lines(capsys) == [
        "o.toml:1: log_level: must be 'debug', 'info', 'warning' or 'error'",
        "o.toml:7: matrix.passwoord: is unknown here; did you mean password?",
        "environment: OVERLEGBOT_ONZIN: is unknown here",
        "m.toml:3: person.a.organisation: uwv is no party here. Bedoel je UvW (Unie van Waterschappen)?",
        "m.toml:5: room.XO.body: XO is no body of the structure bijlage4 and no group of this file",
    ]


def test_a_secretary_in_the_settings_whom_the_people_file_does_not_know_so_is_noted(capsys):
    main(["init", "--secretaris", ENTRA])
    capsys.readouterr()
    assert main(["check-config"]) == 0
    assert not [line for line in lines(capsys) if line.startswith("note: secretary")]
    people = Path("mensen.toml")
    people.write_text(people.read_text().replace('role = "secretaris"', 'role = "voorzitter"'))
    assert main(["check-config"]) == 0
    assert "note: secretary is rijk.secr.1 of the people file, who is secretary of no body" in lines(capsys)
    people.write_text(people.read_text().replace("ab01", "ab02"))
    assert main(["check-config"]) == 0
    assert "note: secretary is nobody of the people file; give that person this id there as matrix or teams" in lines(
        capsys
    )


def test_people_wait_for_a_faulty_structure(capsys):
    Path("overlegbot.toml").write_text('structure = "s.toml"\npeople = "m.toml"\n')
    Path("s.toml").write_text("[[body]]\n")
    assert main(["check-config"]) == 1
    said = lines(capsys)
    assert "s.toml:1: body.1.code: is missing" in said
    assert said[-1] == "note: m.toml is checked when the structure is right"


@pytest.mark.parametrize("text", ['structure = "geen.toml"\n', 'people = "geen.toml"\n'])
def test_a_file_that_is_named_and_not_there_is_a_fault(capsys, text):
    Path("overlegbot.toml").write_text(text)
    assert main(["check-config"]) == 1
    assert lines(capsys) == ["geen.toml: No such file or directory"]
    assert main(["check-config", "--config", "ook-geen.toml"]) == 1
    assert lines(capsys) == ["ook-geen.toml: No such file or directory"]


def test_the_password_is_not_printed_when_all_is_well(capsys):
    Path("overlegbot.toml").write_text(
        f'[matrix]\nhomeserver = "https://x.example"\nuser_id = "@b:x"\npassword = "{SECRET}"\n'
    )
    assert main(["check-config"]) == 0
    out = capsys.readouterr().out
    assert "Matrix as @b:x" in out
    assert SECRET not in out


def test_what_deserves_a_look_is_a_note_and_no_fault(capsys):
    Path("overlegbot.toml").write_text('structure = "s.toml"\n')
    Path("s.toml").write_text('extends = "bijlage4"\n[[body]]\ncode = "AO"\nregular_per_year = 2\n')
    assert main(["check-config"]) == 0
    assert lines(capsys)[1:] == ["note: AO meets no more often than DO (R-039)"]
