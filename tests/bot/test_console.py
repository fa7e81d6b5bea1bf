"""The interactive console: who you are, where you are, what time it is, and everything the bot says."""

from __future__ import annotations

import io
import os
import pty
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import suppress
from datetime import datetime
from pathlib import Path

import pytest

from bot.doors.opening import simulation
from bot.doors.talk import EXAMPLE_START, KINDS, Stop, Talk
from bot.doors.terminal import completions, converse, history_file, plain_lines
from bot.testing import opened

SCRIPT = Path(sys.executable).with_name("overlegbot")


@pytest.fixture
def make_talk() -> Iterator[Callable[..., Talk]]:
    made: list[Talk] = []

    def make(url: str = "sqlite://", structure: str | None = None, start: datetime = EXAMPLE_START) -> Talk:
        talk = Talk(simulation(opened(url), structure, None), start)
        made.append(talk)
        return talk

    yield make
    for talk in made:
        talk.simulation.close()


@pytest.fixture
def talk(make_talk: Callable[..., Talk]) -> Talk:
    talk = make_talk()
    list(talk.begin())
    return talk


def shown(talk: Talk, *lines: str) -> str:
    return "\n".join(text for line in lines for text in talk.say(line))


def test_it_begins_as_the_secretary_in_the_room_of_the_filter_and_says_so(make_talk: Callable[..., Talk]) -> None:
    talk = make_talk()
    [greeting] = talk.begin()
    assert greeting.startswith("De klok staat op maandag 11 januari 2027, 09:00. Je bent rijk.secr.1, in AO.")
    assert talk.prompt == "ma 11 jan 2027 09:00 · rijk.secr.1 · AO › "


def test_what_is_typed_is_said_by_that_person_and_the_answer_shows_room_and_kind(talk: Talk) -> None:
    assert shown(talk, "/als vng.ao.2", "!signaal Baggerdepots zitten vol") == (
        "Je bent nu vng.ao.2, VNG: lid AO, lid WG-STAAL.\n"
        "‹ ma 11 jan 2027 09:00 · AO · antwoord b1\n"
        "  SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027."
    )


def test_a_question_is_answered_by_naming_the_message_or_just_by_answering(talk: Talk) -> None:
    assert "Waarover?" in shown(talk, "/als vng.ao.2", "!signaal")
    assert "SIG-2027-001" in shown(talk, "/antwoord b1 Baggerdepots zitten vol")
    assert "SIG-2027-002" in shown(talk, "!signaal", "Sloten groeien dicht")


def test_the_private_chat_is_a_room_too(talk: Talk) -> None:
    text = shown(talk, "/als vng.ao.2", "/in dm", "!signaal")
    assert "Je bent nu in de privéchat met de bot." in text
    assert "dm:vng.ao.2 · antwoord" in text
    assert talk.prompt.endswith("· vng.ao.2 · dm › ")


def test_time_passes_and_what_falls_due_is_shown_at_its_own_time(talk: Talk) -> None:
    text = shown(talk, "/als vng.ao.2", "!signaal Baggerdepots zitten vol", "/tijd +4w")
    assert "· dm:rijk.secr.1 · seintje" in text
    assert text.endswith("Het is nu maandag 8 februari 2027, 09:00.")


@pytest.mark.parametrize(
    ("step", "now"),
    [
        ("+2w", "maandag 25 januari 2027, 09:00"),
        ("+3d", "donderdag 14 januari 2027, 09:00"),
        ("+2u", "maandag 11 januari 2027, 11:00"),
        ("+30m", "maandag 11 januari 2027, 09:30"),
        ("+ 2 weken", "maandag 25 januari 2027, 09:00"),
        ("+11w", "maandag 29 maart 2027, 09:00"),
        ("2027-05-14 09:00", "vrijdag 14 mei 2027, 09:00"),
        ("2027-05-14", "vrijdag 14 mei 2027, 09:00"),
        ("volgende dinsdag", "dinsdag 12 januari 2027, 09:00"),
        ("morgen 14:00", "dinsdag 12 januari 2027, 14:00"),
        ("14 januari", "donderdag 14 januari 2027, 09:00"),
    ],
)
def test_the_clock_is_told_in_steps_or_as_a_date(talk: Talk, step: str, now: str) -> None:
    assert shown(talk, f"/tijd {step}").splitlines()[-1] == f"Het is nu {now}."


@pytest.mark.parametrize(
    ("line", "why"),
    [
        ("/tijd 2027-01-10 09:00", "De tijd loopt alleen vooruit"),
        ("/tijd 2027-02-30", "2027-02-30 bestaat niet."),
        ("/tijd blauw", "Hoe ver?"),
        ("/tijd", "Hoe ver?"),
        ("/tijd +99999w +1d", "Hoe ver?"),
        ("/als", "Wie wil je zijn?"),
        ("/als niemand", "niemand ken ik niet"),
        ("/in xx", "xx ken ik niet. Kies uit: AO, DO, BO"),
        ("/in", "Die ruimte ken ik niet"),
        ("/wie xx", "xx ken ik niet"),
        ("/reactie ✅", "Zo: /reactie ✅ b3"),
        ("/antwoord b3", "Zo: /antwoord b3 ja"),
        ("/intrekken", "Er is nog niets om in te trekken."),
        ("/tyd +1d", "Bedoel je /tijd?"),
        ("\udcff", "geen leesbare tekst"),
    ],
)
def test_what_cannot_be_done_says_why_and_changes_nothing(talk: Talk, line: str, why: str) -> None:
    before = talk.prompt
    assert why in shown(talk, line)
    assert talk.prompt == before


def test_a_calendar_ends_somewhere(talk: Talk) -> None:
    list(talk.say("/tijd 2027-01-11 10:00"))
    talk.simulation._clock = datetime.fromisoformat("9990-01-01T09:00:00+01:00")
    assert shown(talk, "/tijd +99999d") == "Zover reikt de kalender niet."


def test_who_is_there_is_said_with_the_roles_of_that_day(talk: Talk) -> None:
    assert "vng.ao.2, VNG: lid AO, lid WG-STAAL" in shown(talk, "/wie")
    assert "rijk.do.2" not in shown(talk, "/wie ao")
    assert "rijk.ao.0, Rijk: voorzitter AO" in shown(talk, "/wie ao")


def test_help_names_every_word_of_the_terminal(talk: Talk) -> None:
    text = shown(talk, "/help")
    assert all(word in text for word in talk.slash_words)


def test_a_message_is_withdrawn_without_naming_it(talk: Talk) -> None:
    shown(talk, "/als vng.ao.2", "!signaal Baggerdepots zitten vol")
    assert talk.simulation.heard == "in1"
    shown(talk, "/intrekken")
    assert talk.simulation.heard == "in2"


def test_a_register_without_people_says_how_to_get_them(make_talk: Callable[..., Talk]) -> None:
    talk = make_talk(structure="bijlage4")
    assert "Het register kent nog niemand." in "".join(talk.begin())
    assert "overlegbot people import" in shown(talk, "!help")


def test_stop_stops_and_what_comes_after_is_not_heard(talk: Talk) -> None:
    with pytest.raises(Stop):
        list(talk.say("/stop"))
    out = io.StringIO()
    given = io.StringIO("/als vng.ao.2\n/stop\n!signaal Nooit gehoord\n")
    assert converse(talk, plain_lines(talk, given, out), out) == 0
    assert out.getvalue().endswith("vng.ao.2 · AO › /stop\n")


def test_a_kept_register_goes_on_where_it_stopped_and_says_first_what_was_not_said(
    make_talk: Callable[..., Talk], tmp_path: Path
) -> None:
    url = f"sqlite:///{tmp_path}/register.db"
    first = make_talk(url)
    list(first.begin())
    list(first.say("/tijd 2027-03-01 10:00"))
    next(first.simulation.hear(first.now, "AO", "vng.ao.2", "!signaal Baggerdepots zitten vol"))
    first.simulation.close()
    again = make_talk(url)
    [unsent, greeting] = again.begin()
    assert "SIG-2027-001" in unsent
    assert greeting.startswith("De klok staat op maandag 1 maart 2027, 10:00.")


def test_every_kind_of_message_has_a_word() -> None:
    assert set(KINDS) == {"reply", "notice", "reminder", "nudge", "digest"}


# --- completion and history ------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("before", "expected"),
    [
        ("/ti", ["/tijd"]),
        ("!signaa", ["!signaal"]),
        ("/als vng.ao", ["vng.ao.1", "vng.ao.2"]),
        ("/in wg-p", ["WG-PFAS"]),
        ("/in d", ["DO", "dm"]),
        ("!actie @uvw.ao", ["@uvw.ao.1", "@uvw.ao.2"]),
        ("zomaar tekst", []),
        ("", []),
    ],
)
def test_words_people_and_rooms_are_completed(talk: Talk, before: str, expected: list[str]) -> None:
    assert completions(talk, before) == expected


def test_what_was_typed_is_kept_in_the_state_directory_or_not_at_all(tmp_path: Path) -> None:
    kept = history_file({"XDG_STATE_HOME": str(tmp_path / "state")})
    assert kept == tmp_path / "state" / "overlegbot" / "console_history"
    assert kept.stat().st_mode & 0o077 == 0
    assert history_file({"HOME": str(tmp_path)}) == tmp_path / ".local/state/overlegbot/console_history"
    assert history_file({}) is None
    (tmp_path / "file").touch()
    assert history_file({"XDG_STATE_HOME": str(tmp_path / "file")}) is None


# --- the shell -------------------------------------------------------------------------------------------------------
def test_piped_lines_work_without_a_terminal() -> None:
    run = subprocess.run(
        [SCRIPT, "console"],
        input="/als vng.ao.2\n!signaal Baggerdepots zitten vol\n",
        capture_output=True,
        text=True,
        timeout=60,
    )
    assert (run.returncode, run.stderr) == (0, "")
    assert "SIG-2027-001, namens VNG." in run.stdout


def test_a_terminal_gets_a_prompt_and_ends_with_stop(tmp_path: Path) -> None:
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [SCRIPT, "console"],
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        env={**os.environ, "XDG_STATE_HOME": str(tmp_path), "TERM": "xterm", "PROMPT_TOOLKIT_NO_CPR": "1"},
    ) as process:
        os.close(theirs)
        heard = b""
        while "›".encode() not in heard:
            heard += os.read(ours, 4096)
        os.write(ours, b"/wie\r/stop\r")
        with suppress(OSError):  # the terminal is gone when the process is
            while chunk := os.read(ours, 4096):
                heard += chunk
        assert process.wait(timeout=60) == 0
    os.close(ours)
    assert "rijk.secr.1 · AO" in heard.decode()
    assert "vng.ao.2, VNG" in heard.decode()
    assert "/wie" in (tmp_path / "overlegbot" / "console_history").read_text(encoding="utf-8")


def test_two_consoles_on_one_register_are_refused(tmp_path: Path) -> None:
    arguments = [str(SCRIPT), "console", "--jsonl", "--database", f"sqlite:///{tmp_path}/register.db"]
    with subprocess.Popen(arguments, stdin=subprocess.PIPE, stdout=subprocess.PIPE) as first:
        assert first.stdin is not None
        assert first.stdout is not None
        first.stdin.write(b'{"at": "2027-01-11T09:00:00+01:00"}\n')
        first.stdin.flush()
        assert b"done" in first.stdout.readline()
        second = subprocess.run(arguments, input=b"", capture_output=True, timeout=60)
        first.stdin.close()
    assert second.returncode == 3
    assert b"another overlegbot is running" in second.stderr
