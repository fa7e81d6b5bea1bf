import io
from collections.abc import Sequence

import pytest

from bot.cli import main
from bot.doors import DoorError
from bot.doors.dates import run

NOW = "2026-11-18T10:00+01:00"


def answers(now: str | None = None, expressions: Sequence[str] = (), file: str | None = None) -> list[str]:
    out = io.StringIO()
    assert run(now, list(expressions), file, out=out) == 0
    return out.getvalue().splitlines()


def test_each_expression_gets_one_line_with_only_the_result():
    assert answers(NOW, ["vrijdag", "vrijdag 14u", "week 48", "volgende vrijdag", "31 november"]) == [
        "2026-11-20",
        "2026-11-20T14:00+01:00",
        "2026-11-23/2026-11-29",
        "ERROR:ambiguous",
        "ERROR:invalid",
    ]


def test_a_file_ends_with_the_score_over_the_rows_that_expect_something(tmp_path):
    rows = tmp_path / "rows.tsv"
    rows.write_text(
        "# a remark\n"
        f"{NOW}\tvrijdag\t2026-11-20\tweekday\n"
        f"{NOW}\tvrijdag\t2026-11-27\n"
        f"{NOW}\tbinnenkort\tERROR:nonsense\n"
        f"{NOW}\tblabla\t2026-11-20\n"
        f"{NOW}\tmorgen\tERROR:past\n"
        f"{NOW}\tmorgen\n",
        encoding="utf-8",
    )
    lines = answers(file=str(rows))
    assert lines[:2] == ["2026-11-20", "2026-11-20"]
    assert lines[-2:] == ["2026-11-19", "SCORE 2/5 wrong=2 refused=1"]


@pytest.mark.parametrize("now", [None, "", "gisteren", "2026-11-18T10:00"])
def test_a_moment_that_is_missing_unreadable_or_naive_is_wrong_use(now):
    with pytest.raises(DoorError) as failure:
        run(now, ["vrijdag"], None)
    assert failure.value.code == 2


@pytest.mark.parametrize("text", ["vrijdag\n", f"{NOW}\n", f"{NOW}\ta\tb\tc\td\n", "2026-11-18T10:00\tvrijdag\n"])
def test_a_bad_row_is_named_by_its_number(tmp_path, text):
    rows = tmp_path / "rows.tsv"
    rows.write_text(text, encoding="utf-8")
    with pytest.raises(DoorError, match="line 1"):
        run(None, [], str(rows), out=io.StringIO())


def test_a_missing_file_is_one_line_on_standard_error(capsys, tmp_path):
    assert main(["dates", "--file", str(tmp_path / "none.tsv")]) == 2
    captured = capsys.readouterr()
    assert captured.out == ""
    assert captured.err.count("\n") == 1
