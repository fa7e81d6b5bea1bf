"""A calendar goes out as RFC 5545 wants it, and comes back as it went."""

from __future__ import annotations

import contextlib
from datetime import UTC, date, datetime, time
from time import process_time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.calendars import Why, read
from bot.renderers.files import made
from bot.renderers.ics import ics
from commands.kit.files import Calendar, Event, File, files_as_data, files_from_data

CHANGED = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
MOVED = Event(
    "VRG-DO-2027-01@voorbeeldjaar.overlegbot",
    2,
    CHANGED,
    "DO",
    date(2027, 5, 25),
    time(14),
    time(16),
    "VRG-DO-2027-01. Stukken uiterlijk donderdag 13 mei 2027.",
)


def lines(calendar: Calendar) -> list[str]:
    return ics(calendar).decode("utf-8").replace("\r\n ", "").split("\r\n")


def test_an_event_has_its_number_sequence_zone_and_state() -> None:
    found = lines(Calendar("Vergaderingen DO", (MOVED,)))
    event = found[found.index("BEGIN:VEVENT") : found.index("END:VEVENT")]
    assert set(event) >= {
        "UID:VRG-DO-2027-01@voorbeeldjaar.overlegbot",
        "SEQUENCE:2",
        "DTSTAMP:20270111T080000Z",
        "SUMMARY:DO",
        "DTSTART;TZID=Europe/Amsterdam:20270525T140000",
        "DTEND;TZID=Europe/Amsterdam:20270525T160000",
        "STATUS:CONFIRMED",
    }
    zone = found[found.index("BEGIN:VTIMEZONE") : found.index("END:VTIMEZONE")]
    assert "TZID:Europe/Amsterdam" in zone
    assert "RRULE:FREQ=YEARLY;BYDAY=-1SU;BYMONTH=3" in zone


def test_a_cancelled_meeting_says_so_and_a_day_without_a_time_is_a_whole_day() -> None:
    event = Event("x@y", 1, CHANGED, "BO", date(2027, 6, 16), cancelled=True)
    found = lines(Calendar("BO", (event,)))
    assert "STATUS:CANCELLED" in found
    assert "DTSTART;VALUE=DATE:20270616" in found
    assert not [line for line in found if line.startswith("DTEND")]


def test_the_outbox_keeps_a_calendar_as_data_and_it_goes_out_as_a_file() -> None:
    file = File("vergaderingen-DO.ics", "ics", Calendar("DO", (MOVED, Event("x", 0, CHANGED, "AO", date(2027, 1, 14)))))
    assert files_from_data(files_as_data([file])) == (file,)
    ready = made(file)
    assert (ready.name, ready.media) == ("vergaderingen-DO.ics", "text/calendar")
    assert ready.data == made(file).data


CLOCKS = st.one_of(
    st.none(),
    st.tuples(st.integers(4, 11), st.integers(12, 23)).map(lambda hours: (time(hours[0], 30), time(hours[1]))),
)
EVENTS = st.builds(
    lambda uid, sequence, summary, day, clocks, cancelled: Event(
        uid, sequence, CHANGED, summary, day, clocks and clocks[0], clocks and clocks[1], cancelled=cancelled
    ),
    uid=st.from_regex(r"[a-z0-9]{1,12}@[a-z]{1,8}", fullmatch=True),
    sequence=st.integers(0, 9),
    summary=st.text(st.characters(codec="utf-8", categories=("L", "N", "P")), min_size=1, max_size=90),
    day=st.dates(date(2026, 1, 1), date(2036, 12, 31)),
    clocks=CLOCKS,
    cancelled=st.booleans(),
)


@given(st.lists(EVENTS, max_size=5))
def test_what_goes_out_comes_back_unchanged(events: list[Event]) -> None:
    came = read(ics(Calendar("x", tuple(events))))
    assert (came.events, came.faults) == (tuple(events), ())


FOREIGN = """BEGIN:VCALENDAR
VERSION:2.0
PRODID:-//x//y
BEGIN:VEVENT
UID:1
SUMMARY:AO
DTSTART:20270114T090000Z
DURATION:PT2H
END:VEVENT
BEGIN:VEVENT
UID:2
SUMMARY:AO weekly
DTSTART:20270114T090000Z
RRULE:FREQ=WEEKLY
END:VEVENT
BEGIN:VEVENT
UID:3
SUMMARY:AO zonder dag
END:VEVENT
END:VCALENDAR
"""


def test_a_foreign_calendar_is_read_on_the_clock_of_amsterdam_and_what_cannot_be_is_named() -> None:
    came = read(FOREIGN.encode())
    assert [(one.day, one.start, one.end) for one in came.events] == [(date(2027, 1, 14), time(10), time(12))]
    assert tuple(map(str, came.faults)) == (
        '"AO weekly" recurs: give each meeting a line of its own',
        '"AO zonder dag" has no date that can be read',
    )


ZONE = """BEGIN:VTIMEZONE
TZID:{name}
BEGIN:STANDARD
DTSTART:19700101T000000
TZOFFSETFROM:+0200
TZOFFSETTO:+0900
{rule}END:STANDARD
END:VTIMEZONE
"""


def foreign(fields: str, before: str = "") -> bytes:
    """A calendar of one meeting with these fields, and what stands before it."""
    event = f"BEGIN:VEVENT\nUID:1\nSUMMARY:AO\n{fields}\nEND:VEVENT\n"
    return f"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n{before}{event}END:VCALENDAR\n".encode()


@pytest.mark.parametrize("name", ["Europe/Amsterdam", "W. Europe Standard Time"])
def test_a_zone_goes_by_its_name_whatever_the_file_says_of_it(name: str) -> None:
    came = read(foreign(f"DTSTART;TZID={name}:20270114T090000", ZONE.format(name=name, rule="")))
    assert [(one.day, one.start) for one in came.events] == [(date(2027, 1, 14), time(9))]
    away = read(foreign("DTSTART;TZID=America/New_York:20270114T090000"))
    assert [one.start for one in away.events] == [time(15)]


@pytest.mark.parametrize("rule", ["", "RRULE:FREQ=SECONDLY\n", "RRULE:FREQ=YEARLY;BYSECOND=0,1,2;BYMINUTE=0,1\n"])
def test_a_zone_that_only_the_file_knows_is_not_believed(rule: str) -> None:
    came = read(foreign("DTSTART;TZID=Mijn zone:20270114T090000", ZONE.format(name="Mijn zone", rule=rule)))
    assert [(left.name, left.why) for left in came.faults] == [("AO", Why.ZONE)]
    folded = ZONE.format(name="Mijn zone", rule=rule).replace("BEGIN:VTIME", "BEGIN:VTIME\n ")
    assert read(foreign("DTSTART;TZID=Mijn zone:20270114T090000", folded)) == came


def test_a_file_of_zones_that_never_end_is_refused_before_it_costs_seconds() -> None:
    began = process_time()
    for line in (b"BEGIN:VTIMEZONE\n", b"BEGIN", b"\n ", b"BEGIN:VTIMEZONE\nEND:VTIMEZONE\n"):
        many = b"BEGIN:VCALENDAR\nVERSION:2.0\nPRODID:x\n" + line * (1_000_000 // len(line))
        with contextlib.suppress(ValueError):
            assert read(many).events == ()
    assert process_time() - began < 10


@pytest.mark.parametrize(
    "fields",
    [
        "DTSTART:00000114T090000Z",
        "DTSTART:99991231T235900Z",
        "DTSTART:00010101T000000Z",
        "DTSTART;VALUE=TIME:090000",
        "DTSTART;VALUE=PERIOD:20270114T090000Z/20270114T100000Z",
        "DTSTART:20270114T090000Z\nDTSTART:20270115T090000Z",
        "DTSTART:20270114T090000Z\nDURATION:P999999999W",
        f"DTSTART:20270114T090000Z\nSEQUENCE:{'9' * 5000}",
    ],
)
def test_an_impossible_moment_is_named_and_breaks_nothing(fields: str) -> None:
    came = read(foreign(fields))
    assert [(left.name, left.why) for left in came.faults] == [("AO", Why.UNDATED)]


def test_a_number_too_high_for_a_database_is_the_highest() -> None:
    [event] = read(foreign(f"DTSTART:20270114T090000Z\nSEQUENCE:{'9' * 30}")).events
    assert event.sequence == 2**31 - 1


def test_a_calendar_without_end_is_refused() -> None:
    empty = "BEGIN:VEVENT\nEND:VEVENT\n" * 1001
    many = foreign("DTSTART:20270114T090000Z", empty)
    with pytest.raises(ValueError, match="holds more than 1000 meetings"):
        read(many)


@pytest.mark.parametrize(
    "data",
    [
        b"",
        b"nothing",
        b"BEGIN:VCALENDAR\nBEGIN;X=1:VTIMEZONE\nEND:VCALENDAR\n",
        b"BEGIN:VCARD\r\nEND:VCARD\r\n",
        b"\xff\xfe\x00",
    ],
)
def test_what_is_no_calendar_is_a_value_error(data: bytes) -> None:
    with pytest.raises(ValueError, match="is no calendar"):
        read(data)
