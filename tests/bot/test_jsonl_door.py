"""The door for programs: what goes in, what comes out, and that a kill -9 at any step loses and doubles nothing."""

from __future__ import annotations

import io
import json
import os
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from typing import Any, TextIO

import pytest

from bot.doors import DoorError, console, jsonl
from bot.doors.jsonl import Malformed, read_line, serve
from bot.doors.opening import simulation
from bot.testing import Said, opened
from storage.database import Database, build

SCRIPT = Path(sys.executable).with_name("overlegbot")
MONDAY = "2027-01-11T09:00:00+01:00"


def message(text: str, *, at: str = MONDAY, room: str = "AO", sender: str = "vng.ao.2", **more: Any) -> dict[str, Any]:
    return {"at": at, "room": room, "from": sender, "text": text, **more}


def as_bytes(lines: list[dict[str, Any]]) -> list[bytes]:
    return [json.dumps(line).encode() + b"\n" for line in lines]


#: A fortnight with everything that can be interrupted: no ids, a question, a redelivery, a reaction, a passing clock.
FORTNIGHT = [
    message("!signaal Baggerdepots zitten vol"),
    message("!signaal Drinkwaterbron vervuild", id="m1"),
    message("!signaal", room="dm", at="2027-01-11T09:05:00+01:00"),
    message("Sloten groeien dicht", room="dm", at="2027-01-11T09:06:00+01:00"),
    message("!signaal Drinkwaterbron vervuild", id="m1", at="2027-01-11T09:07:00+01:00"),
    message("zomaar een praatje", at="2027-01-11T09:08:00+01:00"),
    {"at": "2027-01-11T09:09:00+01:00", "room": "AO", "from": "vng.ao.2", "react": "👍", "to": "b1"},
    message("!signall Pfas in de bodem", at="2027-01-11T09:10:00+01:00", sender="uvw.ao.1"),
    {"at": "2027-02-01T12:00:00+01:00"},
    message("!signaal Rioolwater op het strand", at="2027-02-01T12:00:00+01:00"),
]


class Door:
    """The door in this process, on one database for as many inputs as you like."""

    def __init__(self, url: str = "sqlite://", structure: str | None = None, people: str | None = None) -> None:
        self.database = opened(url)
        self.simulation = simulation(self.database, structure, people)
        self.err = ""

    def feed(self, *lines: dict[str, Any] | bytes) -> list[dict[str, Any]]:
        return [json.loads(line) for line in self.raw(*lines).splitlines()]

    def raw(self, *lines: dict[str, Any] | bytes) -> str:
        out, err = io.StringIO(), io.StringIO()
        given = [line if isinstance(line, bytes) else json.dumps(line).encode() for line in lines]
        self.code = serve(given, out, err, self.simulation)
        self.err = err.getvalue()
        return out.getvalue()


@pytest.fixture
def door() -> Iterator[Door]:
    made = Door()
    yield made
    made.database.close()


def test_a_message_is_answered_with_one_line_and_then_a_line_that_says_done(door: Door) -> None:
    assert door.raw(message("!signaal Baggerdepots zitten vol", id="m1")) == (
        '{"at": "2027-01-11T09:00:00+01:00", "room": "AO", "kind": "reply", "id": "b1", "reply_to": "m1", '
        '"text": "SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027."}\n'
        '{"kind": "done", "line": 1}\n'
    )
    assert (door.code, door.err) == (0, "")


def test_text_is_written_as_it_is_and_not_in_codes(door: Door) -> None:
    assert "Eén zin is genoeg." in door.raw(message("!signaal"))


def test_time_is_shown_on_the_clock_of_amsterdam_whatever_the_offset_that_was_given(door: Door) -> None:
    [answer, _] = door.feed(message("!signaal Baggerdepots zitten vol", at="2027-01-11T08:00:00Z"))
    assert answer["at"] == MONDAY


@pytest.mark.parametrize("word", ["AO", "ao", "Ao"])
def test_a_room_is_known_by_its_code_whatever_the_case(door: Door, word: str) -> None:
    [answer, _] = door.feed(message("!signaal Baggerdepots zitten vol", room=word))
    assert answer["room"] == "AO"


def test_a_group_of_the_people_file_has_a_room_from_the_first_line_on(door: Door) -> None:
    [answer, _] = door.feed(message("!signaal Veel PFAS in de Lek", room="wg-pfas", sender="drinkwater.wg.1"))
    assert answer["room"] == "WG-PFAS"


def test_a_private_answer_names_the_person(door: Door) -> None:
    [answer, _] = door.feed(message("!signaal", room="dm"))
    assert (answer["room"], answer["kind"], answer["reply_to"]) == ("dm:vng.ao.2", "reply", "in1")


def test_the_same_id_again_is_heard_once(door: Door) -> None:
    line = message("!signaal Baggerdepots zitten vol", id="m1")
    assert [one["kind"] for one in door.feed(line, line)] == ["reply", "done", "done"]


def test_two_equal_lines_without_an_id_are_two_messages(door: Door) -> None:
    line = message("!signaal Baggerdepots zitten vol")
    assert [one["kind"] for one in door.feed(line, line)] == ["reply", "done", "reply", "done"]
    assert [one["kind"] for one in door.feed(line)] == ["reply", "done"]


def test_an_id_of_our_own_is_never_one_that_was_given(door: Door) -> None:
    found = door.feed(message("!signaal", id="in2"), message("!signaal", sender="uvw.ao.1"))
    assert [one["reply_to"] for one in found if one["kind"] == "reply"] == ["in2", "in3"]


def test_what_falls_due_is_said_first_at_its_own_time_and_in_order(door: Door) -> None:
    found = door.feed(*FORTNIGHT[:1], {"at": "2027-03-02T12:00:00+01:00"})[2:-1]
    assert found
    assert {one["kind"] for one in found} <= {"nudge", "reminder", "digest", "notice"}
    times = [one["at"] for one in found]
    assert times == sorted(times)
    assert times[-1] < "2027-03-02T12:00:00+01:00"


def test_an_edit_of_a_command_changes_nothing_and_says_so(door: Door) -> None:
    found = door.feed(
        message("!signaal Baggerdepots zitten vol", id="m1"),
        {"at": MONDAY, "room": "AO", "from": "vng.ao.2", "edit": "m1", "text": "!signaal Iets anders"},
    )
    assert found[2]["reply_to"] == "m1"
    assert "er is niets veranderd" in found[2]["text"]


def test_empty_lines_are_skipped_and_keep_their_number(door: Door) -> None:
    assert door.feed(b"\n", b"  \r\n", {"at": MONDAY}) == [{"kind": "done", "line": 3}]


def test_no_input_is_no_output(door: Door) -> None:
    assert (door.raw(), door.code) == ("", 0)


WRONG = [
    (b"geen json", "is no JSON"),
    (b"[1, 2]", "is no JSON object"),
    (b'"tekst"', "is no JSON object"),
    (b'{"at": "2027-01-11T09:00:00+01:00", "room": "AO", "from": "vng.ao.2", "text": "\xff"}', "is no UTF-8"),
    (b"[" * 100_000, "is no JSON"),
    (b"{}", "has no at"),
    ({"at": "2027-01-11T09:00:00"}, "has no offset"),
    ({"at": "2027-01-11"}, "has no offset"),
    ({"at": "gisteren"}, "must be a time"),
    ({"at": 1_800_000_000}, "at must be a text"),
    ({"at": "0001-01-01T00:00:00+05:00"}, "too far away"),
    ({"at": MONDAY, "room": "AO"}, "has no from"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2"}, "has no text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "text": None}, "has no text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "text": 3}, "text must be a text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "text": "\ud800"}, "half a character"),
    ({"at": MONDAY, "room": "AO", "text": "!help"}, "has no from"),
    ({"at": MONDAY, "from": "vng.ao.2", "text": "!help"}, "has no room"),
    ({"at": MONDAY, "room": "", "from": "vng.ao.2", "text": "!help"}, "room is empty"),
    ({"at": MONDAY, "room": "XX", "from": "vng.ao.2", "text": "!help"}, "room 'XX' is unknown"),
    ({"at": MONDAY, "room": ["AO"], "from": "vng.ao.2", "text": "!help"}, "room must be a text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "react": "✅"}, "has no to"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "react": "✅", "to": "b1", "text": "ja"}, "react and text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "redact": "m1", "react": "✅", "to": "b1"}, "react and redact"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "edit": "m1"}, "has no text"),
    ({"at": MONDAY, "room": "AO", "from": "vng.ao.2", "text": "ja", "to": "b1"}, "reply_to"),
    ({"at": "2027-01-10T09:00:00+01:00", "room": "AO", "from": "vng.ao.2", "text": "!help"}, "at goes back"),
    ({"at": "2027-01-11T08:59:59.999+01:00"}, "at goes back"),
]


@pytest.mark.parametrize(("wrong", "why"), WRONG)
def test_a_line_that_cannot_be_used_ends_it_with_one_line_and_keeps_what_came_before(
    door: Door, wrong: dict[str, Any] | bytes, why: str
) -> None:
    found = door.feed(message("!signaal Baggerdepots zitten vol"), wrong, message("!signaal Nooit gehoord"))
    assert [one["kind"] for one in found] == ["reply", "done"]
    assert door.code == 2
    assert door.err.startswith("overlegbot: line 2: ")
    assert door.err.count("\n") == 1
    assert why in door.err
    [answer, _] = door.feed(message("!signaal Sloten groeien dicht"))
    assert answer["text"].startswith("SIG-2027-002")


def test_the_hour_that_comes_twice_is_told_apart_by_its_offset(door: Door) -> None:
    door.feed({"at": "2027-10-31T02:30:00+02:00"}, {"at": "2027-10-31T02:15:00+01:00"})
    assert door.code == 0
    door.feed({"at": "2027-10-31T02:45:00+02:00"})
    assert door.code == 2


def test_a_line_is_read_with_a_byte_order_mark_and_with_keys_that_mean_nothing() -> None:
    line = read_line(b"\xef\xbb\xbf" + json.dumps(message("ja", note="x", reply_to=None, id=None)).encode())
    assert (line.text, line.target, line.id) == ("ja", None, None)
    with pytest.raises(Malformed):
        read_line(b"\xef\xbb\xbf\xef\xbb\xbf{}")


def test_same_input_and_same_database_is_the_same_output_byte_for_byte() -> None:
    once, twice = Door(), Door()
    assert once.raw(*FORTNIGHT) == twice.raw(*FORTNIGHT)
    for door in (once, twice):
        door.database.close()


@pytest.mark.parametrize("cut", [1, 3, 9])
def test_split_over_two_starts_it_says_the_same(tmp_path: Path, cut: int) -> None:
    whole = Door()
    expected = [one for one in whole.feed(*FORTNIGHT) if one["kind"] != "done"]
    whole.database.close()
    found: list[dict[str, Any]] = []
    for part in (FORTNIGHT[:cut], FORTNIGHT[cut:]):
        door = Door(f"sqlite:///{tmp_path}/register.db")
        found += [one for one in door.feed(*part) if one["kind"] != "done"]
        door.database.close()
    assert found == expected


def test_the_clock_of_the_database_counts_after_a_restart(tmp_path: Path) -> None:
    for at, code in ((MONDAY, 0), ("2027-01-11T08:59:00+01:00", 2)):
        door = Door(f"sqlite:///{tmp_path}/register.db")
        door.feed({"at": at})
        assert door.code == code
        door.database.close()


def test_what_was_not_said_is_said_first_also_when_nothing_is_asked(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    door = Door(url)
    lines = door.simulation.hear(
        read_line(as_bytes([message("!signaal Iets")])[0]).at, "AO", "vng.ao.2", "!signaal Iets"
    )
    unsent = next(lines)  # printed, and killed before it was marked
    door.database.close()
    door = Door(url)
    [again] = door.feed()
    assert (again["id"], again["text"]) == (unsent.id, unsent.text)
    assert door.feed() == []
    door.database.close()


# --- which people ----------------------------------------------------------------------------------------------------
PEOPLE = """
[[person]]
id = "vng.ao.2"
organisation = "VNG"
name = "{name}"

[[role]]
person = "vng.ao.2"
body = "AO"
role = "lid"
"""


def test_another_structure_has_no_example_people(door: Door) -> None:
    other = Door(structure="bijlage4")
    [answer, _] = other.feed(message("!signaal Baggerdepots zitten vol"))
    assert answer["text"].startswith("Ik ken je nog niet")
    other.database.close()


def test_a_people_file_is_read_once_and_again_only_when_it_changed(tmp_path: Path) -> None:
    file, url = tmp_path / "people.toml", f"sqlite:///{tmp_path}/register.db"
    history = []
    for name in ("Jansen", "Jansen", "De Vries"):
        file.write_text(PEOPLE.format(name=name), encoding="utf-8")
        door = Door(url, people=str(file))
        door.feed({"at": MONDAY})
        history.append(door.database.work(lambda session: len(_store(session).history("vng.ao.2"))))
        door.database.close()
    assert history == [1, 1, 2]


def test_the_example_people_do_not_enter_a_register_that_has_people(tmp_path: Path) -> None:
    file, url = tmp_path / "people.toml", f"sqlite:///{tmp_path}/register.db"
    file.write_text(PEOPLE.format(name="Jansen"), encoding="utf-8")
    for people in (str(file), None):
        door = Door(url, people=people)
        [answer, _] = door.feed(message("!signaal Depots vol", sender="uvw.ao.1"))
        assert answer["text"].startswith("Ik ken je nog niet")
        door.database.close()


def _store(session: Any) -> Any:
    from storage.store import SqlStore

    return SqlStore(session)


def test_faults_in_a_people_file_are_one_line_with_code_78(tmp_path: Path) -> None:
    file = tmp_path / "people.toml"
    file.write_text('[[person]]\nid = "x y"\n', encoding="utf-8")
    with pytest.raises(DoorError, match="one word") as failure:
        Door(people=str(file))
    assert failure.value.code == 78


# --- kill -9 ---------------------------------------------------------------------------------------------------------
def die() -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def run_until_killed(url: str, lines: list[bytes], out: Path, *, works: int = 0, prints: int = 0) -> bool:
    """Feed the lines in a process of its own that kills itself before that unit of work, or right after that line was
    printed; returns whether it was killed."""
    child = os.fork()
    if child == 0:
        try:
            countdown = {"work": works, "print": prints}
            work, show = Database.work, jsonl._print

            def counted_work(self: Database, unit: Any) -> Any:
                countdown["work"] -= 1
                if countdown["work"] == 0:
                    die()
                return work(self, unit)

            def counted_print(said: Said, out: TextIO, files: Path) -> None:
                show(said, out, files)
                countdown["print"] -= 1
                if countdown["print"] == 0:
                    die()

            door = Door(url)
            Database.work = counted_work  # type: ignore[method-assign]
            jsonl._print = counted_print
            with out.open("a", encoding="utf-8") as stream:
                serve(lines, stream, sys.stderr, door.simulation)
            os._exit(0)
        except BaseException:
            os._exit(1)
    _, status = os.waitpid(child, 0)
    assert os.WIFSIGNALED(status) or os.WEXITSTATUS(status) == 0
    return os.WIFSIGNALED(status)


def rest(lines: list[bytes], out: Path) -> list[bytes]:
    """What a careful feeder sends after a kill: everything after the last line that was done."""
    done = [json.loads(line)["line"] for line in out.read_text(encoding="utf-8").splitlines() if '"done"' in line]
    return lines[max(done, default=0) :]


def told(out: str) -> dict[str, dict[str, Any]]:
    """What was said by id; the same id again must be the very same message."""
    found: dict[str, dict[str, Any]] = {}
    for line in out.splitlines():
        one = json.loads(line)
        if one["kind"] != "done":
            assert found.setdefault(one["id"], one) == one
    return found


def register(url: str) -> list[Any]:
    """Everything the register holds that must not depend on where it was killed."""
    database = Database(url)
    with database.engine.connect() as connection:
        tables = [
            connection.exec_driver_sql(f"SELECT * FROM {table} ORDER BY id").all()  # noqa: S608
            for table in ("signal", "history", "question", "inbox", "due", "outbox")
        ]
    database.close()
    return tables


@pytest.fixture(scope="module")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a register that must still begin, and one that began on Monday."""
    folder = tmp_path_factory.mktemp("databases")
    for name in ("empty", "begun"):
        database = Database(f"sqlite:///{folder}/{name}.db", throwaway=True)
        build(database)
        if name == "begun":
            serve(as_bytes([{"at": MONDAY}]), io.StringIO(), io.StringIO(), simulation(database, None, None))
        database.close()
    return folder


def killed_at_every_step(start: Path, lines: list[bytes], folder: Path, kind: str, most: int) -> int:
    """Kill it at step 1, 2, 3 ... and finish the input after each; compares with a run that nobody killed."""
    shutil.copy(start, folder / "whole.db")
    whole = Door(f"sqlite:///{folder}/whole.db")
    expected = told(whole.raw(*lines))
    whole.database.close()
    kept = register(f"sqlite:///{folder}/whole.db")
    for step in range(1, most):
        path, out = folder / f"{step}.db", folder / f"{step}.jsonl"
        shutil.copy(start, path)
        out.touch()
        if not run_until_killed(f"sqlite:///{path}", lines, out, **{kind: step}):
            return step - 1
        assert not run_until_killed(f"sqlite:///{path}", rest(lines, out), out)
        assert told(out.read_text(encoding="utf-8")) == expected, f"killed at {kind} {step}"
        assert register(f"sqlite:///{path}") == kept, f"killed at {kind} {step}"
    return most - 1


def test_a_kill_before_any_unit_of_work_loses_nothing_and_doubles_nothing(databases: Path, tmp_path: Path) -> None:
    lines = as_bytes([*FORTNIGHT[:1], *FORTNIGHT[2:5], FORTNIGHT[8]])
    steps = killed_at_every_step(databases / "begun.db", lines, tmp_path, "works", 300)
    assert 15 < steps < 299


def test_a_kill_after_any_line_that_was_printed_doubles_only_that_line(databases: Path, tmp_path: Path) -> None:
    steps = killed_at_every_step(databases / "begun.db", as_bytes(FORTNIGHT), tmp_path, "prints", 300)
    assert 5 < steps < 299


def test_a_kill_while_the_register_begins_loses_nothing(databases: Path, tmp_path: Path) -> None:
    assert killed_at_every_step(databases / "empty.db", as_bytes(FORTNIGHT[:1]), tmp_path, "works", 6) == 5


def test_the_console_script_keeps_the_promise_when_it_is_killed_from_outside(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    lines = as_bytes(FORTNIGHT)
    output = ""
    for count in (2, 3):
        with subprocess.Popen(
            [SCRIPT, "console", "--jsonl", "--database", url], stdin=subprocess.PIPE, stdout=subprocess.PIPE
        ) as process:
            assert process.stdin is not None
            assert process.stdout is not None
            for line in lines[:count]:
                process.stdin.write(line)
                process.stdin.flush()
                while b'"done"' not in (answer := process.stdout.readline()):
                    output += answer.decode()
            process.kill()
            lines = lines[count:]
    last = subprocess.run(
        [SCRIPT, "console", "--jsonl", "--database", url], input=b"".join(lines), capture_output=True, timeout=60
    )
    assert (last.returncode, last.stderr) == (0, b"")
    whole = Door()
    assert told(output + last.stdout.decode()) == told(whole.raw(*FORTNIGHT))
    whole.database.close()


# --- the shell -------------------------------------------------------------------------------------------------------
def test_the_exit_code_and_the_error_reach_the_shell() -> None:
    run = subprocess.run(
        [SCRIPT, "console", "--jsonl"],
        input=b'{"at": "2027-01-11T09:00:00+01:00"}\nmis',
        capture_output=True,
        timeout=60,
    )
    assert (run.returncode, run.stdout) == (2, b'{"kind": "done", "line": 1}\n')
    assert run.stderr.startswith(b"overlegbot: line 2: is no JSON")


def test_a_reader_that_leaves_is_no_fault() -> None:
    lines = b"".join(as_bytes([{"at": MONDAY}] * 5000))
    with subprocess.Popen(
        [SCRIPT, "console", "--jsonl"], stdin=subprocess.PIPE, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdin.write(message_line())
        process.stdin.flush()
        process.stdout.readline()
        process.stdout.close()
        with suppress(BrokenPipeError):
            process.stdin.write(lines)
            process.stdin.close()
        assert process.stderr.read() == b""
        assert process.wait(timeout=60) == 0


def message_line() -> bytes:
    return as_bytes([message("!signaal Baggerdepots zitten vol")])[0]


@pytest.mark.parametrize("url", ["sqlite:////nergens/register.db", "register.db", "sqlite:////"])
def test_a_database_that_cannot_be_opened_is_one_line_with_code_3(url: str) -> None:
    arguments = type("Args", (), {"database": url, "structure": None, "people": None, "jsonl": True})()
    with pytest.raises(DoorError, match="database") as failure:
        console.main(arguments)
    assert failure.value.code == 3


def test_dates_are_not_parsed_by_the_slow_library_unless_needed() -> None:
    program = (
        "import sys; from bot import cli; code = cli.main(['console', '--jsonl'])\n"
        "assert not {'dateparser', 'alembic', 'nio', 'aiohttp', 'apscheduler', 'prompt_toolkit'} & set(sys.modules), "
        "sorted(sys.modules); sys.exit(code)"
    )
    run = subprocess.run([sys.executable, "-c", program], input=message_line(), capture_output=True, timeout=60)
    assert run.returncode == 0, run.stderr[-300:]
