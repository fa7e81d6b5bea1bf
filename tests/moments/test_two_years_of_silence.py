"""Two years with six groups whose chairs never answer: how often each person hears from the bot about them.

`pytest -s` prints every message by person and date.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass, replace
from datetime import date

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.words.meeting import MeetingKind
from commands.words.structure import Structure
from config.people import PeopleFile, SeedMeeting
from tests.conftest import at

ENDS = {
    "WG-LOOD": date(2027, 3, 31),
    "WG-PFAS": date(2027, 7, 15),
    "WG-STAAL": date(2027, 9, 30),
    "PRG-KENNIS": date(2027, 12, 31),
    "WG-BODEMMON": date(2028, 6, 30),
    "PRG-SPOED": date(2028, 10, 31),
}
NEXT_YEAR = (date(2028, 1, 20), date(2028, 3, 9), date(2028, 5, 18), date(2028, 9, 14), date(2028, 11, 16))
BEFORE, AFTER, COURSE = r"loopt tot en met [^:\n]*: nog", "over de einddatum", "Vervolg en koers"
SECRETARY, CHAIR = "dm:rijk.secr.1", "dm:rijk.ao.0"


@dataclass(frozen=True)
class Heard:
    """Everything the clock said to people in two years."""

    said: tuple[Said, ...]

    def about(self, code: str, words: str) -> dict[str, list[date]]:
        """By reader the days on which a message said these words about that group, on one line."""
        pattern = re.compile(rf"{code}\b[^\n]*{words}")
        found: dict[str, list[date]] = defaultdict(list)
        for one in self.said:
            if pattern.search(one.text):
                found[one.room].append(one.at.date())
        return dict(found)


@pytest.fixture(scope="module")
def heard(structure: Structure, people: PeopleFile) -> Heard:
    groups = tuple(replace(one, end=ENDS[one.code]) for one in people.groups)
    later = tuple(SeedMeeting("AO", MeetingKind.REGULAR, day, None, None, None) for day in NEXT_YEAR)
    file = replace(people, groups=groups, meetings=(*people.meetings, *later))
    simulation = Simulation(structure, file)
    bot = TestBot(simulation, at("2027-01-04 09:00"))
    bot.until(at("2028-12-29 18:00"))
    simulation.close()
    mine = tuple(one for one in bot.log if one.kind in ("nudge", "reminder"))
    _print(mine)
    return Heard(mine)


def _print(said: tuple[Said, ...]) -> None:
    by_person: dict[str, list[Said]] = defaultdict(list)
    for one in said:
        by_person[one.room].append(one)
    for person, messages in sorted(by_person.items()):
        print(f"\n{person}: {len(messages)}")
        for one in messages:
            codes = [code for code in ENDS if code in one.text]
            print(f"  {one.at:%a %Y-%m-%d %H:%M}  {', '.join(codes) or one.text[:60]}")


def test_nobody_hears_more_than_one_message_a_day_and_only_at_half_past_eight_on_sending_days(
    heard: Heard, structure: Structure
) -> None:
    days = Counter((one.room, one.at.date()) for one in heard.said)
    assert max(days.values()) == 1
    assert all(structure.calendar.is_sending_day(one.at.date()) for one in heard.said)
    assert {f"{one.at:%H:%M}" for one in heard.said} == {"08:30"}


@pytest.mark.parametrize("code", [code for code in ENDS if code != "PRG-SPOED"])
def test_about_its_end_a_chair_hears_twice_before_and_three_times_after(heard: Heard, code: str) -> None:
    before, after = heard.about(code, BEFORE), heard.about(code, AFTER)
    leaders = (set(before) | set(after)) - {SECRETARY, CHAIR}
    assert len(leaders) == 1
    [leader] = leaders
    assert len(before[leader]) == len(before[SECRETARY]) == 2
    assert len(after[leader]) == len(after[SECRETARY]) == 3
    assert len(after[CHAIR]) == 1
    assert CHAIR not in before
    assert all(day < ENDS[code] for day in before[leader])
    assert all(day > ENDS[code] for day in after[leader])


def test_the_days_of_one_group_are_those_of_the_calendar(heard: Heard) -> None:
    # WG-PFAS ends on Thursday 15 July 2027: 60 and 30 days before; the day after is a Friday in term; then every 20
    # working days, or the first day after the quiet summer weeks.
    before, after = heard.about("WG-PFAS", BEFORE), heard.about("WG-PFAS", AFTER)
    assert before["dm:uvw.wg.1"] == [date(2027, 5, 14), date(2027, 6, 15)]
    assert after["dm:uvw.wg.1"][0] == date(2027, 7, 16)
    assert after[CHAIR] == [date(2027, 7, 16)]


def test_a_programme_is_asked_for_its_course_a_year_before_its_end_once(heard: Heard) -> None:
    course = heard.about("PRG-SPOED", COURSE)
    assert {room: len(days) for room, days in course.items()} == {SECRETARY: 1, "dm:rijk.wg.3": 1}
    assert course["dm:rijk.wg.3"] == [date(2027, 10, 29)]


def test_in_two_years_the_end_of_six_groups_costs_a_chair_six_messages_at_most_and_the_secretary_thirty_two(
    heard: Heard,
) -> None:
    total: Counter[str] = Counter()
    for code in ENDS:
        for words in (BEFORE, AFTER, COURSE):
            for room, days in heard.about(code, words).items():
                total[room] += len(days)
    assert total[SECRETARY] <= 6 * 5 + 2
    assert total[CHAIR] <= 6
    assert max(count for room, count in total.items() if room not in (SECRETARY, CHAIR)) <= 6


def test_of_one_evaluation_a_chair_hears_three_times_at_most_and_in_all_no_more_than_the_caps_add_up_to(
    heard: Heard,
) -> None:
    silences: Counter[str] = Counter()
    by_evaluation: Counter[tuple[str, str]] = Counter()
    for one in heard.said:
        silences[one.room] += len(re.findall(r"hoorde \d+ dagen niets|dagen stil rond", one.text))
        for group, day in re.findall(r"De evaluatie van (.*?) (?:staat|stond) voor ([a-z]+ \d+ [a-z]+)", one.text):
            by_evaluation[one.room, f"{group} {day}"] += 1
    assert max(by_evaluation.values()) == 3
    # Of one silence a chair hears once; nothing was ever reported, so there is one for each group.
    leaders = {room for code in ENDS for room in heard.about(code, BEFORE)} - {SECRETARY, CHAIR}
    assert len(leaders) == len(ENDS)
    for room in leaders:
        evaluations = sum(1 for reader, _ in by_evaluation if reader == room)
        messages = sum(one.room == room for one in heard.said)
        assert silences[room] <= 1
        assert messages <= 2 + 3 + 1 + 3 * evaluations + silences[room]
