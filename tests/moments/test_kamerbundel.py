"""A room hears at most two messages a week that it did not ask for; the rest comes in one message, nothing is lost."""

from __future__ import annotations

from collections import Counter
from dataclasses import replace
from datetime import date, timedelta

import sqlalchemy
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlmodel import Session, col, select

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Outgoing
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.reply import say
from commands.rules.posting import Urgency, week_of
from commands.words.structure import Structure
from config.people import PeopleFile
from storage import tables
from storage.store import SqlStore
from tests.conftest import at

SECRETARY = "rijk.secr.1"


def put_up(bot: TestBot, number: int, room: str = "DO", **more: object) -> list[Said]:
    """Something that the room did not ask for."""
    simulation = bot.simulation

    def work(session: Session) -> None:
        register = Register(SqlStore(session), simulation.structure, bot.at)
        out = Outgoing(f"notice:test:{number}", "notice", room, say(f"Bericht {number}."), receipt=True, due=bot.at)
        post(register, replace(out, **more))  # type: ignore[arg-type]

    simulation.database.work(work)
    return [one for one in simulation.flush(bot.at) if one.room == room]


def in_room(said: list[Said], room: str = "DO") -> list[tuple[str, str]]:
    return [(f"{one.at:%m-%d %H:%M}", one.text) for one in said if one.room == room and "Bericht" in one.text]


def test_the_third_of_a_week_waits_for_monday_with_what_comes_after_it(bot: TestBot) -> None:
    assert [bool(put_up(bot, number)) for number in (1, 2, 3)] == [True, True, False]
    bot.until(at("2027-01-13 15:00"))
    put_up(bot, 4, about=("SIG-2027-001",))
    assert in_room(bot.until(at("2027-01-29 18:00"))) == [
        (
            "01-18 08:30",
            "Dit is hier nog niet gemeld; ik stuur niet meer dan 2 losse berichten per week. Op volgorde van belang:\n"
            "- wo 13 jan: Bericht 4.\n"
            "- ma 11 jan: Bericht 3.",
        )
    ]


def test_the_bundle_has_one_of_the_two_places_of_its_week(bot: TestBot) -> None:
    for number in (1, 2, 3):
        put_up(bot, number)
    bot.until(at("2027-01-18 07:00"))
    assert [bool(put_up(bot, number)) for number in (4, 5)] == [True, False]
    [(when, bundled)] = in_room(bot.until(at("2027-01-18 09:00")))
    assert when == "01-18 08:30"
    assert "Bericht 3" in bundled
    assert "Bericht 5" in bundled
    assert put_up(bot, 6) == []


def test_what_the_bundle_has_no_place_for_goes_to_the_secretary(bot: TestBot) -> None:
    for number in range(1, 11):
        put_up(bot, number)
    said = bot.until(at("2027-01-18 09:00"))
    [(_, bundled)] = in_room(said)
    assert [number for number in range(1, 11) if f"Bericht {number}." in bundled] == [3, 4, 5, 6, 7]
    [(_, passed)] = in_room(said, "dm:rijk.secr.2")
    assert passed == (
        "Deze berichten pasten niet meer in de kamer van het DO. Geef door wat daar nodig is:\n"
        "- ma 11 jan: Bericht 8.\n- ma 11 jan: Bericht 9.\n- ma 11 jan: Bericht 10."
    )


def test_what_is_urgent_and_what_someone_wants_there_never_waits(bot: TestBot) -> None:
    put_up(bot, 1)
    put_up(bot, 2)
    assert put_up(bot, 3, urgency=Urgency.FIRM)
    assert put_up(bot, 4, urgency=Urgency.ASKED)
    assert put_up(bot, 5, kind="digest")
    assert put_up(bot, 6, mentions=("rijk.do.1",))


def test_an_acute_signal_never_waits(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Lekkage bij een depot soort:acuut")
    put_up(bot, 1)
    put_up(bot, 2)
    assert put_up(bot, 3, about=("SIG-2027-001",))


def test_a_deadline_before_monday_is_one_extra_a_day_and_the_next_one_waits_for_the_morning(bot: TestBot) -> None:
    put_up(bot, 1)
    put_up(bot, 2)
    soon = date(2027, 1, 14)
    assert put_up(bot, 3, until=soon)
    assert put_up(bot, 4, until=soon) == []
    assert put_up(bot, 5) == []
    # Of use today only: it cannot wait.
    assert put_up(bot, 6, until=date(2027, 1, 11))
    [(when, bundled)] = in_room(bot.until(at("2027-01-12 09:00")))
    assert when == "01-12 08:30"
    assert "Bericht 4" in bundled
    assert "Bericht 5" in bundled
    assert in_room(bot.until(at("2027-01-25 09:00"))) == []


def test_a_bundle_that_goes_for_a_deadline_has_a_place_for_it(bot: TestBot) -> None:
    for number in range(1, 9):
        put_up(bot, number)
    put_up(bot, 9, until=date(2027, 1, 11))
    put_up(bot, 10, until=date(2027, 1, 12))
    said = bot.until(at("2027-01-12 09:00"))
    [(_, bundled)] = in_room(said)
    assert [number for number in range(1, 11) if f"Bericht {number}." in bundled] == [3, 4, 5, 6, 10]
    [(_, passed)] = in_room(said, "dm:rijk.secr.2")
    assert [number for number in range(1, 11) if f"Bericht {number}." in passed] == [7, 8]


def test_moved_meetings_of_far_away_wait_and_one_of_this_week_does_not(bot: TestBot) -> None:
    bot.say(SECRETARY, "!vergadering plan DO 30 november 14:00 want het is nodig", room="dm")
    bot.say(SECRETARY, "!vergadering plan DO 1 december 14:00 tussentijds want er is haast", room="dm")
    said = bot.say(SECRETARY, "!vergadering plan DO 2 december 14:00 tussentijds want er is haast", room="dm")
    assert [one.room for one in said] == [f"dm:{SECRETARY}"]
    said = bot.say(SECRETARY, "!vergadering plan DO 13 januari 14:00 tussentijds want er is haast", room="dm")
    assert "DO" in [one.room for one in said]


def test_what_is_taken_back_while_it_waits_is_not_told_and_not_taken_back_aloud(bot: TestBot) -> None:
    put_up(bot, 1)
    put_up(bot, 2)
    bot.say(SECRETARY, "!vergadering plan DO 30 november 14:00 want het is nodig", room="dm")
    said = bot.say(SECRETARY, "!ongedaan", room="dm")
    assert [one.room for one in said] == [f"dm:{SECRETARY}"]
    assert [one for one in bot.until(at("2027-01-29 18:00")) if "30 nov" in one.text] == []


def test_what_was_bundled_is_taken_back_in_the_room(structure: Structure, people: PeopleFile) -> None:
    limits = replace(structure.thresholds, undo_minutes=7 * 24 * 60)
    simulation = Simulation(replace(structure, thresholds=limits), people)
    bot = TestBot(simulation, at("2027-01-14 09:00"))
    put_up(bot, 1)
    put_up(bot, 2)
    bot.say(SECRETARY, "!vergadering plan DO 30 november 14:00 want het is nodig", room="dm")
    [bundled] = [one for one in bot.until(at("2027-01-18 08:30")) if one.room == "DO"]
    assert "do 14 jan: VRG-DO-2027-04: DO gepland op dinsdag 30 november 2027, 14:00." in bundled.text
    said = bot.say(SECRETARY, "!ongedaan", room="dm")
    assert ("DO", f"Ongedaan gemaakt door {SECRETARY}: VRG-DO-2027-04 gepland.") in [
        (one.room, one.text) for one in said
    ]
    simulation.close()


# --- the communication plan (R-217) ----------------------------------------------------------------------------------
PLANNED = "PRG-SPOED"
LEAD = "rijk.wg.3"


def plan(bot: TestBot, intensity: str) -> str:
    typed = f'!programma communicatie {PLANNED} doelgroep:"gemeenten" weg:"de nieuwsbrief" intensiteit:{intensity}'
    [said] = bot.say(LEAD, typed, room="dm")
    return said.text


def test_a_plan_of_once_a_month_holds_the_second_message_until_the_next_month(bot: TestBot) -> None:
    assert plan(bot, "maandelijks").endswith(
        f"In de kamer van {PLANNED} meld ik uit mezelf hooguit één keer per maand iets dat kan wachten; "
        "wat haast heeft, komt meteen."
    )
    assert put_up(bot, 1, PLANNED)
    bot.until(at("2027-01-19 15:00"))
    assert put_up(bot, 2, PLANNED) == []
    assert put_up(bot, 3, "DO")
    assert in_room(bot.until(at("2027-02-28 18:00")), PLANNED) == [
        (
            "02-01 08:30",
            "Dit is hier nog niet gemeld; ik stuur niet meer dan één los bericht per maand. Op volgorde van belang:\n"
            "- di 19 jan: Bericht 2.",
        )
    ]


def test_a_plan_of_once_a_week_leaves_one_place_in_a_week(bot: TestBot) -> None:
    assert "hooguit één keer per week" in plan(bot, "wekelijks")
    assert put_up(bot, 1, PLANNED)
    assert put_up(bot, 2, PLANNED) == []
    [(when, bundled)] = in_room(bot.until(at("2027-01-29 18:00")), PLANNED)
    assert when == "01-18 08:30"
    assert "niet meer dan één los bericht per week" in bundled


def test_a_plan_of_every_day_does_not_raise_the_cap(bot: TestBot) -> None:
    assert "hooguit" not in plan(bot, "dagelijks")
    assert [bool(put_up(bot, number, PLANNED)) for number in (1, 2, 3)] == [True, True, False]


def test_a_deadline_is_not_held_back_by_a_plan(bot: TestBot) -> None:
    plan(bot, "maandelijks")
    put_up(bot, 1, PLANNED)
    assert put_up(bot, 2, PLANNED, until=date(2027, 1, 14))
    assert put_up(bot, 3, PLANNED, urgency=Urgency.FIRM)


def test_what_waits_when_a_plan_is_made_is_told_when_the_plan_has_room(bot: TestBot) -> None:
    for number in (1, 2, 3):
        put_up(bot, number, PLANNED)
    bot.until(at("2027-01-12 15:00"))
    plan(bot, "maandelijks")
    assert in_room(bot.until(at("2027-01-31 18:00")), PLANNED) == []
    [(when, bundled)] = in_room(bot.until(at("2027-02-28 18:00")), PLANNED)
    assert when == "02-01 08:30"
    assert "Bericht 3." in bundled


def test_the_plan_holds_in_the_rooms_of_the_bodies_within_the_programme(bot: TestBot) -> None:
    bot.say(SECRETARY, f"!programma sjabloon {PLANNED} uitvoeringsprogramma", room="dm")
    team = f"{PLANNED}-PROGRAMMATEAM"
    assert [bool(put_up(bot, number, team)) for number in (1, 2, 3)] == [True, True, False]
    plan(bot, "maandelijks")
    assert in_room(bot.until(at("2027-01-31 18:00")), team) == []
    [(when, bundled)] = in_room(bot.until(at("2027-02-28 18:00")), team)
    assert when == "02-01 08:30"
    assert "Bericht 3." in bundled


# --- whatever happens ----------------------------------------------------------------------------------------------
HAPPENS = st.lists(
    st.tuples(
        st.integers(0, 40),  # hours later
        st.sampled_from(["mild", "mild", "mild", "deadline", "firm", "digest"]),
        st.integers(0, 12),  # the days that a deadline still has
    ),
    max_size=40,
)
#: The plan of the programme at the start, and what it is made after so many messages.
PLANS = st.tuples(
    st.sampled_from([None, "dagelijks", "wekelijks", "maandelijks"]),
    st.none() | st.tuples(st.integers(0, 39), st.sampled_from(["direct", "wekelijks", "maandelijks"])),
)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(happens=HAPPENS, most=st.integers(1, 3), secretary=st.booleans(), plans=PLANS)
def test_never_more_than_the_most_and_nothing_is_lost_or_told_twice(
    structure: Structure,
    people: PeopleFile,
    happens: list[tuple[int, str, int]],
    most: int,
    secretary: bool,
    plans: tuple[str | None, tuple[int, str] | None],
) -> None:
    limits = replace(structure.thresholds, unasked_most=most)
    keepers = ("secretaris", "voorzitter")
    few = people if secretary else replace(people, roles=tuple(one for one in people.roles if one.role not in keepers))
    simulation = Simulation(replace(structure, thresholds=limits), replace(few, meetings=()))
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    begun, changed = plans
    if begun is not None:
        plan(bot, begun)
    hasty: set[str] = set()
    for number, (hours, kind, days) in enumerate(happens):
        bot.until(bot.at + timedelta(hours=hours))
        if changed is not None and changed[0] == number:
            plan(bot, changed[1])
        more: dict[str, object] = {}
        if kind == "deadline":
            more["until"] = bot.at.date() + timedelta(days=days)
        elif kind == "firm":
            more["urgency"] = Urgency.FIRM
        elif kind == "digest":
            more["kind"] = "digest"
        if more:
            hasty.add(f"Bericht {number}.")
        put_up(bot, number, PLANNED, **more)
    bot.until(bot.at + timedelta(days=70))
    rows = simulation.database.work(_said)
    told = Counter(word for _, _, text in rows for word in _named(text, len(happens)))
    assert told == Counter(f"Bericht {number}." for number in range(len(happens)))
    # A plan that was made on the way holds from then on: over the whole only the cap itself can be counted.
    steady = begun if changed is None or changed[0] >= len(happens) else None
    weekly = min(1, most) if steady == "wekelijks" else most
    monthly = min(1, most) if steady == "maandelijks" else None
    week: Counter[date] = Counter()
    month: Counter[date] = Counter()
    extra: Counter[date] = Counter()
    for to, day, text in rows:
        if to != PLANNED or day is None:
            continue
        week[week_of(day)[0]] += 1
        month[day.replace(day=1)] += 1
        named = _named(text, len(happens))
        apart = len(named) == 1 and named[0] in hasty and not text.startswith("Dit is hier")
        over = week[week_of(day)[0]] > weekly or (monthly is not None and month[day.replace(day=1)] > monthly)
        if over and not apart:
            # Only a bundle with a deadline in it, and that once a day.
            assert hasty.intersection(named)
            extra[day] += 1
            assert extra[day] == 1
    simulation.close()


def _said(session: Session) -> list[tuple[str, date | None, str]]:
    table = tables.Outbox
    rows = session.exec(select(table).order_by(col(table.id)))
    return [(row.to, row.counted, str(row.message)) for row in rows if "Bericht" in str(row.message)]


def _named(text: str, many: int) -> list[str]:
    return [f"Bericht {number}." for number in range(many) if f"Bericht {number}." in text]


def test_counting_and_looking_for_what_waits_use_an_index(bot: TestBot) -> None:
    def plans(session: Session) -> list[str]:
        asked = (
            "SELECT count(*) FROM outbox WHERE outbox.\"to\" = 'DO' AND counted BETWEEN '2027-01-11' AND '2027-01-17'",
            "SELECT * FROM held_post WHERE held_post.\"to\" = 'DO' AND told_at IS NULL ORDER BY id",
        )
        return [str(session.connection().execute(sqlalchemy.text(f"EXPLAIN QUERY PLAN {one}")).all()) for one in asked]

    counting, waiting = bot.simulation.database.work(plans)
    assert "ix_outbox_to_counted" in counting
    assert "ix_held_post_waiting" in waiting
