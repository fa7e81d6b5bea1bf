"""Settings: environment over file over defaults, secrets from files, every fault at once and never a secret in it."""

from __future__ import annotations

from pathlib import Path

import pytest

from config.faults import ConfigFaults
from config.settings import Settings, files_named, load_settings

ENTRA = "0d2f4a1c-0000-4000-8000-00000000ab01"
SECRET = "zeer-geheim-7Q"

MATRIX = """\
[matrix]
homeserver = "https://matrix.example/"
user_id = "@bot:example"
"""


@pytest.fixture(autouse=True)
def in_an_empty_directory(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)


def write(text: str, name: str = "overlegbot.toml") -> Path:
    path = Path(name)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    return path


def faults(path: Path | None, environ: dict[str, str]) -> list[str]:
    with pytest.raises(ConfigFaults) as found:
        load_settings(path, environ)
    text = f"{found.value!r} {found.value} {found.value.__cause__!r}"
    assert SECRET not in text
    return [str(fault) for fault in found.value.faults]


# -- where settings come from


def test_without_anything_the_defaults_hold():
    made = load_settings(None, {})
    assert (made.database, made.structure, made.people, made.matrix) == (
        "sqlite:///overlegbot.db",
        "bijlage4",
        None,
        None,
    )
    assert made == Settings()


def test_the_environment_wins_over_the_file_key_by_key():
    write('log_level = "debug"\nstructure = "voorbeeldjaar"\n' + MATRIX + 'password = "uit-bestand"\n')
    made = load_settings(None, {"OVERLEGBOT_LOG_LEVEL": "error", "OVERLEGBOT_MATRIX__USER_ID": "@andere:example"})
    assert (made.log_level, made.structure) == ("error", "voorbeeldjaar")
    assert made.matrix is not None
    assert (made.matrix.user_id, made.matrix.homeserver) == ("@andere:example", "https://matrix.example")


def test_everything_can_come_from_the_environment():
    environ = {
        "OVERLEGBOT_DATABASE": "sqlite:///x.db",
        "OVERLEGBOT_MATRIX__HOMESERVER": "http://localhost:8008",
        "OVERLEGBOT_MATRIX__USER_ID": "@bot:localhost:8448",
        "OVERLEGBOT_MATRIX__ACCESS_TOKEN": SECRET,
        "OVERLEGBOT_MATRIX__ALLOWED_SERVERS": "a.example, b.example",
    }
    made = load_settings(None, environ)
    assert made.database == "sqlite:///x.db"
    assert made.matrix is not None
    assert made.matrix.access_token is not None
    assert made.matrix.access_token.get_secret_value() == SECRET
    assert made.matrix.allowed_servers == ("a.example", "b.example")
    assert SECRET not in repr(made)


def test_an_empty_variable_is_not_set():
    assert load_settings(None, {"OVERLEGBOT_STRUCTURE": "", "OVERLEGBOT_PEOPLE": ""}) == Settings()


def test_a_stray_env_file_and_the_process_environment_have_no_effect(monkeypatch: pytest.MonkeyPatch):
    write("OVERLEGBOT_STRUCTURE=voorbeeldjaar\nOVERLEGBOT_ONZIN=1\n", ".env")
    monkeypatch.setenv("OVERLEGBOT_STRUCTURE", "voorbeeldjaar")
    assert load_settings(None, {}) == Settings()
    assert Settings().structure == "bijlage4"


def test_the_file_is_the_one_named_then_that_of_the_variable_then_the_default_one():
    named, variable = write('structure = "a.toml"\n', "een.toml"), write('structure = "b.toml"\n', "twee.toml")
    write('structure = "c.toml"\n')
    environ = {"OVERLEGBOT_CONFIG": str(variable)}
    assert load_settings(named, environ).structure == "a.toml"
    assert load_settings(None, environ).structure == "b.toml"
    assert load_settings(None, {}).structure == "c.toml"


def test_debug_is_no_setting_and_no_fault():
    assert load_settings(None, {"OVERLEGBOT_DEBUG": "1"}) == Settings()


def test_paths_in_a_file_start_at_that_file_and_those_of_the_environment_here():
    write(SECRET + "\n", "map/wachtwoord")
    path = write(
        'people = "mensen.toml"\nstructure = "s.toml"\n' + MATRIX + 'password_file = "wachtwoord"\n', "map/o.toml"
    )
    made = load_settings(path, {"OVERLEGBOT_BACKUP_DIRECTORY": "kopie"})
    assert (made.people, made.structure) == (Path("map/mensen.toml"), "map/s.toml")
    assert (made.database, made.backup_directory) == ("sqlite:///map/overlegbot.db", Path("kopie"))
    assert made.matrix is not None
    assert made.matrix.store_path == Path("map/matrix-store")
    assert load_settings(path, {"OVERLEGBOT_DATABASE": "sqlite:///hier.db"}).database == "sqlite:///hier.db"


@pytest.mark.parametrize("url", ["sqlite://", "sqlite:///:memory:", "sqlite:////srv/x.db", "postgresql://db/x"])
def test_a_database_that_is_no_relative_file_stays_as_it_is(url):
    assert load_settings(write(f'database = "{url}"\n', "map/o.toml"), {}).database == url


# -- secrets


@pytest.mark.parametrize("key", ["password", "access_token", "pickle_key"])
def test_each_secret_may_stand_in_a_file_of_its_own(key):
    Path("geheim").write_text(SECRET + "\n")
    more = "" if key != "pickle_key" else 'password = "x"\n'
    made = load_settings(write(MATRIX + f'{key}_file = "geheim"\n' + more), {})
    assert getattr(made.matrix, key).get_secret_value() == SECRET
    assert SECRET not in repr(made)


def test_a_secret_given_twice_missing_unreadable_or_empty_is_a_fault():
    Path("leeg").write_text("\n")
    twice = faults(write(MATRIX + f'password = "{SECRET}"\npassword_file = "leeg"\n'), {})
    assert twice == [
        "overlegbot.toml:5: matrix.password_file: is not needed: password is given too; leave one of them out"
    ]
    none = faults(write(MATRIX), {})
    assert none == [
        "overlegbot.toml:1: matrix: needs password, password_file, access_token or access_token_file, "
        "or a session: run `overlegbot matrix login`"
    ]
    assert faults(write(MATRIX + 'password_file = "geen"\n'), {}) == [
        "overlegbot.toml:4: matrix.password_file: cannot be read: No such file or directory"
    ]
    assert faults(write(MATRIX + 'password_file = "leeg"\n'), {}) == [
        "overlegbot.toml:4: matrix.password_file: is empty"
    ]


@pytest.mark.parametrize(
    "text",
    [
        MATRIX + f'password = ["{SECRET}"]\n',
        MATRIX + f'password = {{x = "{SECRET}"}}\n',
        MATRIX + f'passwoord = "{SECRET}"\n',
        f'matrix = "{SECRET}"\n',
        f'[matrix]\nhomeserver = "https://bot:{SECRET}@x.example"\nuser_id = "{SECRET}"\n',
        f'database = "{SECRET}"\nlog_level = "{SECRET}"\nsecretary = "{SECRET}"\n',
        f'[matrix]\npassword = "{SECRET}\n',
    ],
)
def test_no_fault_shows_the_value_of_a_setting(text):
    assert faults(write(text), {})


def test_the_password_of_a_database_is_not_shown():
    assert SECRET not in repr(load_settings(None, {"OVERLEGBOT_DATABASE": f"postgresql://x:{SECRET}@db/y"}))


# -- faults


def test_all_faults_come_at_once_each_with_its_place():
    path = write(
        'structuur = "x"\nlog_level = "luid"\npeople = 3\ndatabase = "overlegbot.db"\n\n'
        '[matrix]\nhomeserver = "matrix.example"\nuser_id = "bot"\npassword = "x"\n'
    )
    environ = {
        "OVERLEGBOT_MATRX__USER_ID": "@bot:x",
        "OVERLEGBOT_MATRIX__PASWORD": SECRET,
        "OVERLEGBOT_SECRETARY": SECRET,
    }
    assert faults(path, environ) == [
        "overlegbot.toml:1: structuur: is unknown here; did you mean structure?",
        "overlegbot.toml:2: log_level: must be 'debug', 'info', 'warning' or 'error'",
        "overlegbot.toml:3: people: must be a path",
        "overlegbot.toml:4: database: must be a database URL such as sqlite:///overlegbot.db",
        "overlegbot.toml:7: matrix.homeserver: must be a web address such as https://matrix.example",
        "overlegbot.toml:8: matrix.user_id: must be a Matrix id such as @naam:server.example",
        "environment: OVERLEGBOT_SECRETARY: must be a Matrix id such as @naam:server.example, or the Entra object id "
        "of the person",
        "environment: OVERLEGBOT_MATRIX__PASWORD: is unknown here; did you mean password?",
        "environment: OVERLEGBOT_MATRX__…: is unknown here; did you mean matrix?",
    ]


def test_what_is_missing_is_named_where_the_rest_stands():
    assert faults(write('[matrix]\npassword = "x"\n'), {}) == [
        "overlegbot.toml:1: matrix.homeserver: is missing",
        "overlegbot.toml:1: matrix.user_id: is missing",
    ]
    Path("overlegbot.toml").unlink()
    assert faults(None, {"OVERLEGBOT_MATRIX__USER_ID": "@b:x"}) == [
        "environment: OVERLEGBOT_MATRIX__…: needs password, password_file, access_token or access_token_file, "
        "or a session: run `overlegbot matrix login`",
        "environment: OVERLEGBOT_MATRIX__HOMESERVER: is missing",
    ]


def test_a_variable_that_is_a_table_and_a_value_at_once_is_a_fault():
    assert faults(write('matrix = "x"\n'), {"OVERLEGBOT_MATRIX__USER_ID": "@b:x"})[0] == (
        "overlegbot.toml:1: matrix: must be a table"
    )
    found = faults(write(MATRIX + 'password = "x"\n'), {"OVERLEGBOT_MATRIX": SECRET})
    assert found == ["environment: OVERLEGBOT_MATRIX: is a table: use OVERLEGBOT_MATRIX__…"]


def test_the_secretary_is_named_by_matrix_id_or_by_entra_object_id_in_any_case():
    for given, kept in (("@secr:example.org", "@secr:example.org"), (ENTRA.upper(), ENTRA)):
        assert load_settings(None, {"OVERLEGBOT_SECRETARY": given}).secretary == kept


@pytest.mark.parametrize("name", ["OVERLEGBOT_", "OVERLEGBOT__X", "OVERLEGBOT_DATABASE__X", "overlegbot_onzin"])
def test_a_strange_variable_is_a_fault_that_names_it(name):
    found = faults(None, {name: SECRET})
    assert any(name.upper().removesuffix("X") in fault.upper() for fault in found), found


def test_a_missing_file_is_a_fault_when_it_was_named():
    assert faults(Path("geen.toml"), {}) == ["geen.toml: No such file or directory"]
    assert faults(None, {"OVERLEGBOT_CONFIG": "ook-geen.toml"}) == ["ook-geen.toml: No such file or directory"]


def test_the_files_to_check_are_known_even_when_settings_are_faulty():
    path = write('log_level = "luid"\npeople = "m.toml"\nstructure = "s.toml"\n', "map/o.toml")
    assert files_named(path, {}) == ("map/s.toml", Path("map/m.toml"))
    assert files_named(write("people = 3\nstructure = 4\n"), {}) == ("bijlage4", None)
