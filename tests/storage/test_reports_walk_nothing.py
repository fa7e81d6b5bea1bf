"""What looks back over a year or over the history finds it by index, however long the register gets."""

from __future__ import annotations

import re
from typing import Any

import pytest
from sqlalchemy import event

from bot.testing import TestBot
from tests.conftest import at

#: Tables that grow with the work. People, roles and groups are few, and looked through by name.
GROWING = "signal|action|history|meeting|agenda_item|decision|agreement|evaluation|proposal|feedback|help_request"


@pytest.mark.parametrize(
    "typed",
    [
        "!balans",
        "!balans DO 2027",
        "!structuur",
        "!structuur gaten",
        "!structuur lean",
        "!structuur log",
        "!digest AO",
        "!digest DO",
        "!digest BO",
        "!brengen",
    ],
)
def test_no_report_walks_what_grows(bot: TestBot, typed: str) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.until(at("2027-01-15 09:00"))
    asked: list[tuple[str, Any]] = []

    def keep(_connection: Any, _cursor: Any, statement: str, values: Any, *_: Any) -> None:
        asked.append((statement, values))

    engine = bot.simulation.database.engine
    event.listen(engine, "before_cursor_execute", keep)
    bot.say("rijk.secr.1", typed, room="dm")
    event.remove(engine, "before_cursor_execute", keep)
    plans: list[str] = []
    with engine.connect() as connection:
        for statement, values in asked:
            if statement.lstrip().upper().startswith("SELECT"):
                plans += [row[3] for row in connection.exec_driver_sql(f"EXPLAIN QUERY PLAN {statement}", values)]
    assert plans
    assert [plan for plan in plans if re.match(rf"SCAN ({GROWING})\b", plan)] == []
