"""Once in each half year the digest of the filter asks what it can do without (R-202)."""

from __future__ import annotations

from bot.renderers.plain import plain
from bot.testing import TestBot
from commands.kit.register import Register
from commands.moments.digest_versions import participants
from commands.words.meeting import Meeting
from storage.store import SqlStore

QUESTION = "Wat kan een niveau lager, en welk overleg kan vervallen?"


def asked(bot: TestBot, body: str) -> list[str]:
    """The months of the meetings of a body this year whose digest asks it."""

    def read(session: object) -> list[str]:
        register = Register(SqlStore(session), bot.simulation.structure, bot.at)  # type: ignore[arg-type]
        found: tuple[Meeting, ...] = register.store.meetings(body=body, limit=100)
        place = register.need_body(body)
        return [f"{one.day:%Y-%m-%d}" for one in found if QUESTION in plain(participants(register, place, one))]

    return bot.simulation.database.work(read)


def test_the_first_ao_after_a_half_year_in_which_it_met_is_asked_and_no_other(bot: TestBot) -> None:
    bot.say("rijk.secr.1", "!vergadering plan AO 20 januari 2028 10:00", room="dm")
    meetings = bot.simulation.database.work(lambda session: SqlStore(session).meetings(body="AO", limit=100))
    days = [f"{one.day}" for one in meetings]
    second_half = next(day for day in days if day >= "2027-07-01")
    # January 2027 has nothing before it in this register.
    assert days[0] < "2027-02-01"
    assert asked(bot, "AO") == [second_half, "2028-01-20"]


def test_the_tiers_above_are_not_asked(bot: TestBot) -> None:
    assert asked(bot, "DO") == []
    assert asked(bot, "BO") == []
