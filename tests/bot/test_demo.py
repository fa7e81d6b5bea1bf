"""`overlegbot demo`: what it shows, what it checks, and that it says so when something does not hold."""

from __future__ import annotations

import ast
import io
import os
import re
import subprocess
import sys
import time
from datetime import timedelta
from pathlib import Path

import pytest

from bot.doors import demo, demo_bot, demo_count, demo_script
from bot.doors.demo_count import Kill
from bot.doors.demo_script import BEGIN, END, SCRIPT, Aside, Passes
from bot.testing import opened

SCRIPT_FILE = Path(sys.executable).with_name("overlegbot")


def play(**environment: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [SCRIPT_FILE, "demo"], capture_output=True, encoding="utf-8", env={**os.environ, **environment}, timeout=60
    )


@pytest.fixture(scope="module")
def played() -> tuple[subprocess.CompletedProcess[str], float]:
    started = time.perf_counter()
    return play(), time.perf_counter() - started


@pytest.fixture(scope="module")
def text(played: tuple[subprocess.CompletedProcess[str], float]) -> str:
    """What the demo says, each message on one line."""
    return re.sub(r"\n {11}(?=\S)", " ", played[0].stdout)


def test_everything_it_checks_holds_well_within_a_minute(
    played: tuple[subprocess.CompletedProcess[str], float],
) -> None:
    run, seconds = played
    assert (run.returncode, run.stderr) == (0, "")
    assert "FOUT" not in run.stdout
    assert run.stdout.count("  klopt  ") == 9
    assert seconds < 45


def test_officials_raise_signals_in_one_sentence_or_in_answer_to_a_question(text: str) -> None:
    assert "  09:05  vng.ao.2, AO: !signaal Baggerdepots zitten vol\n" in text
    assert "overlegbot, AO: SIG-2027-001, namens VNG." in text
    assert "11:11  uvw.ao.1, privé: Zout grondwater komt verder landinwaarts\n" in text
    assert "overlegbot, privé aan uvw.ao.1: SIG-2027-003, namens UvW." in text


def test_the_filter_weighs_and_the_chair_confirms_what_goes_up(text: str) -> None:
    assert "overlegbot, AO: SIG-2027-001 gewogen: naar het DO." in text
    assert "13:15  rijk.ao.0, AO: ✅ op het bericht met VST-2027-001\n" in text
    assert "overlegbot, AO: SIG-2027-001 ligt bij het DO" in text


def test_an_action_gets_the_day_that_was_meant(text: str) -> None:
    assert "!actie @vng.ao.2 depotkaart sturen voor volgende week donderdag\n" in text
    assert "overlegbot, AO: ACT-2027-001 vng.ao.2: depotkaart sturen, uiterlijk wo 31 mrt 2027" in text


def test_the_digest_comes_on_its_own_morning_before_the_meeting(text: str) -> None:
    _, _, day = text.partition("\nDinsdag 30 maart 2027\n")
    assert re.match(r"  08:30  overlegbot, DO: .*woensdag 7 april 2027", day)
    assert "SIG-2027-001" in day.partition("\nWoensdag 31 maart 2027\n")[0]


def test_the_chair_of_a_group_past_its_end_date_is_nudged_the_morning_after(text: str) -> None:
    _, _, day = text.partition("\nDonderdag 1 april 2027\n")
    assert re.search(
        r"08:30  overlegbot(?:.|\n(?!  \d\d:\d\d))*: WG-LOOD is sinds woensdag 31 maart over de einddatum", day
    )
    assert "overlegbot, privé aan vng.wg.1: WG-LOOD" in day


def test_it_is_killed_before_handling_and_before_sending_and_goes_on(text: str) -> None:
    assert text.count("kill -9. In het bestand staat nu:") == 2
    assert "1 bericht gehoord en niet behandeld, 0 antwoorden" in text
    assert re.search(r"alles behandeld, [1-9]\d* berichten\s+besloten en niet verstuurd", text)
    assert text.count("overlegbot, AO: VST-2027-001: SIG-2027-001 naar het DO") == 1


def test_it_ends_with_how_to_go_on(text: str) -> None:
    assert "Zelf verder? .venv/bin/overlegbot console\n" in text


def test_it_says_the_same_on_another_day_in_another_zone_and_language(
    played: tuple[subprocess.CompletedProcess[str], float],
) -> None:
    assert play(TZ="Pacific/Auckland", LC_ALL="C", PYTHONHASHSEED="7").stdout == played[0].stdout


@pytest.mark.parametrize("module", [demo, demo_bot, demo_count, demo_script])
def test_it_reads_no_clock(module: object) -> None:
    tree = ast.parse(Path(str(getattr(module, "__file__", ""))).read_text(encoding="utf-8"))
    names = {node.attr for node in ast.walk(tree) if isinstance(node, ast.Attribute)}
    assert not names & {"now", "utcnow", "today", "time", "localtime"}


def test_it_is_a_fortnight_in_order_of_time() -> None:
    assert timedelta(days=14) == END - BEGIN
    moments = [BEGIN, *(step.at for step in SCRIPT if not isinstance(step, Aside)), END]
    assert moments == sorted(moments)
    assert isinstance(SCRIPT[-1], Passes)


def test_what_does_not_hold_is_named() -> None:
    """On a register in which nothing happened every finding is a fault."""
    database = opened("sqlite://")
    try:
        found = database.work(
            lambda session: [
                *demo_count._counted(session, ["m1"], [{"id": "b1"}]),
                demo_count._killed([Kill(0, "gehoord", 1, 0)]),
                *demo_count._kept(session, []),
            ]
        )
    finally:
        database.close()
    assert len(found) == 9
    assert not any(one.holds for one in found)
    assert "de digest van het DO: niet gekomen" in [one.text for one in found]


def test_a_kill_that_left_nothing_to_do_proves_nothing() -> None:
    good = [Kill(-9, "gehoord", 1, 0), Kill(-9, "besloten", 0, 4)]
    assert demo_count._killed(good).holds
    assert not demo_count._killed([good[0], Kill(-9, "besloten", 0, 0)]).holds
    assert not demo_count._killed([Kill(-9, "gehoord", 0, 1), good[1]]).holds
    assert not demo_count._killed(good[:1]).holds


def test_a_bot_that_cannot_go_on_says_why_in_one_line(tmp_path: Path) -> None:
    command = [sys.executable, "-P", "-m", "bot.doors.demo_bot", f"sqlite:///{tmp_path}/no/register.db"]
    environment = {name: value for name, value in os.environ.items() if name != "OVERLEGBOT_DEBUG"}
    run = subprocess.run(command, input="", capture_output=True, text=True, timeout=60, env=environment)
    assert (run.returncode, run.stdout) == (70, "")
    assert re.fullmatch(r"OperationalError: .*unable to open database file\n", run.stderr)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


def test_a_terminal_gets_the_same_words_with_colour(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("NO_COLOR", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "200")
    shown = []
    for out in (io.StringIO(), Terminal()):
        page = demo.Page(out)
        page.said(BEGIN, "vng.ao.2", "AO", "!signaal Baggerdepots zitten vol", "person")
        page.said(BEGIN, "overlegbot", "AO", "SIG-2027-001\n\nEn nog een regel.", "bot")
        shown.append(out.getvalue())
    assert "\x1b[" in shown[1]
    assert "\x1b[" not in shown[0]
    assert re.sub(r"\x1b\[\d+m", "", shown[1]) == shown[0]
