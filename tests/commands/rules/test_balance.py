"""How the work is divided: tracks, and what came from below or from above; plain values."""

from __future__ import annotations

from datetime import date

import pytest

from commands.kit.looking_back import looked_back
from commands.rules.balance import OnTrack, common_track, direction_of, is_over, thin_tracks
from commands.rules.periods import ahead, halves, named_half
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.people import Role, RoleName
from commands.words.period import Period
from commands.words.signal import Direction, Track
from commands.words.structure import Structure

TODAY = date(2027, 10, 5)


def member(body: str) -> Role:
    return Role("vng.do.1", body, RoleName.MEMBER, "VNG")


@pytest.mark.parametrize(
    ("room", "bodies", "side"),
    [
        ("DO", ("AO", "DO"), Direction.ABOVE),
        ("BO", (), Direction.ABOVE),
        ("AO", ("DO",), Direction.BELOW),
        ("BOOG", ("BOOG",), Direction.BELOW),
        (None, ("DO",), Direction.ABOVE),
        (None, ("DO", "BO"), Direction.ABOVE),
        (None, ("AO", "DO"), Direction.BELOW),
        (None, ("WG-LOOD",), Direction.BELOW),
        (None, (), Direction.BELOW),
    ],
)
def test_the_side_is_where_it_was_raised(
    structure: Structure, room: str | None, bodies: tuple[str, ...], side: Direction
) -> None:
    place = structure.body(room) if room else None
    assert direction_of(place, [member(body) for body in bodies], structure) is side


def test_an_item_has_the_track_on_which_all_it_is_about_agrees() -> None:
    assert common_track([]) is Track.OPEN
    assert common_track([Track.OPEN, Track.HOLD]) is Track.HOLD
    assert common_track([Track.ENCOURAGE, Track.HOLD]) is Track.OPEN


def test_a_share_below_the_limit_is_named_with_what_it_was_taken_from() -> None:
    found = thin_tracks(OnTrack(minutes=90, actions=4, signals=4), OnTrack(minutes=10, actions=1, signals=0), 20)
    assert found == ((Track.ENCOURAGE, "agendaminuten", 10, 100),)
    assert thin_tracks(OnTrack(actions=1), OnTrack(actions=8), 20) == ((Track.HOLD, "acties", 1, 9),)
    assert thin_tracks(OnTrack(), OnTrack(), 20) == ()


def test_a_meeting_is_over_when_it_was_held_or_its_day_is_past() -> None:
    def on(day: date, state: MeetingState) -> Meeting:
        return Meeting("VRG-AO-2027-01", "AO", MeetingKind.REGULAR, day, state)

    assert is_over(on(date(2027, 10, 4), MeetingState.PLANNED), TODAY)
    assert is_over(on(TODAY, MeetingState.HELD), TODAY)
    assert not is_over(on(TODAY, MeetingState.FIXED), TODAY)
    assert not is_over(on(date(2027, 10, 4), MeetingState.CANCELLED), TODAY)


@pytest.mark.parametrize(
    ("said", "start", "end"),
    [
        ("2027", date(2027, 1, 1), TODAY),
        ("dit jaar", date(2027, 1, 1), TODAY),
        ("2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("heel 2026", date(2026, 1, 1), date(2026, 12, 31)),
        ("het vorig jaar", date(2026, 1, 1), date(2026, 12, 31)),
        ("de eerste helft van 2027", date(2027, 1, 1), date(2027, 6, 30)),
        ("tweede helft", date(2027, 7, 1), TODAY),
        ("2e halfjaar 2026", date(2026, 7, 1), date(2026, 12, 31)),
        ("vorig halfjaar", date(2027, 1, 1), date(2027, 6, 30)),
        ("dit halfjaar", date(2027, 7, 1), TODAY),
        ("2026-1", date(2026, 1, 1), date(2026, 6, 30)),
    ],
)
def test_a_period_is_a_year_or_half_a_year_as_far_as_it_is_over(said: str, start: date, end: date) -> None:
    assert looked_back(said, TODAY) == Period(start, end)


@pytest.mark.parametrize("said", ["lente", "2027-3", "vorig halfjaar 2026", "voor de zomer", "", "12"])
def test_what_is_no_period_is_none(said: str) -> None:
    assert looked_back(said, TODAY) is None


def test_before_july_the_previous_half_year_is_of_the_year_before() -> None:
    assert looked_back("vorig halfjaar", date(2027, 6, 30)) == Period(date(2026, 7, 1), date(2026, 12, 31))


def test_a_period_that_has_still_to_come_is_ahead() -> None:
    coming = looked_back("2028", TODAY)
    assert coming is not None
    assert ahead(coming, TODAY)


def test_a_year_has_two_halves_as_far_as_they_are_over() -> None:
    first, second = halves(Period(date(2027, 1, 1), TODAY))
    assert (first.end, second.start, second.end) == (date(2027, 6, 30), date(2027, 7, 1), TODAY)
    assert [named_half(one.start) for one in (first, second)] == ["eerste helft 2027", "tweede helft 2027"]
    assert halves(Period(date(2027, 1, 1), date(2027, 3, 1))) == (Period(date(2027, 1, 1), date(2027, 3, 1)),)
