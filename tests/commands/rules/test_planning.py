from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules import planning
from commands.words.calendar import NamedPeriod, WorkCalendar
from commands.words.meeting import Meeting, MeetingKind, MeetingState
from commands.words.structure import Body, Structure
from commands.words.verdict import Allowed, Refused
from config.structure import load_structure

YEAR = load_structure("voorbeeldjaar")
TODAY = date(2027, 1, 12)


def tier(code: str) -> Body:
    found = YEAR.body(code)
    assert found is not None
    return found


def meeting(body: str, day: date, round: str | None = None, state: MeetingState = MeetingState.PLANNED) -> Meeting:
    return Meeting(f"VRG-{body}-{day.year}-01", body, MeetingKind.REGULAR, day, state, round=round)


@pytest.mark.parametrize(
    ("day", "because"),
    [
        (date(2027, 10, 9), "is geen werkdag"),
        (date(2027, 5, 17), "is Tweede pinksterdag"),
        (date(2027, 1, 11), "is voorbij"),
    ],
)
def test_a_meeting_is_on_a_working_day_that_is_not_past(day: date, because: str) -> None:
    verdict = planning.day_fits(day, TODAY, YEAR.calendar)
    assert isinstance(verdict, Refused)
    assert verdict.because == because


@given(st.dates(date(2027, 1, 12), date(2030, 12, 31)))
def test_a_day_is_fine_exactly_when_it_is_a_working_day(day: date) -> None:
    assert isinstance(planning.day_fits(day, TODAY, YEAR.calendar), Allowed) == YEAR.calendar.is_working_day(day)


def test_prinsjesdag_and_holidays_are_named_and_recess_only_where_there_is_no_holiday() -> None:
    assert planning.calendar_remarks(date(2027, 9, 21), YEAR.calendar) == ("is Prinsjesdag",)
    assert planning.calendar_remarks(date(2027, 10, 27), YEAR.calendar) == ("valt in de schoolvakantie (herfst zuid)",)
    assert planning.calendar_remarks(date(2027, 9, 6), YEAR.calendar) == ("valt in het reces (zomerreces)",)
    assert planning.calendar_remarks(date(2027, 2, 8), YEAR.calendar) == (
        "valt in een periode zonder vergaderingen (voorjaarsvakanties)",
    )
    assert planning.calendar_remarks(date(2027, 5, 25), YEAR.calendar) == ()


@pytest.mark.parametrize(
    ("code", "kind", "others", "because"),
    [
        ("BO", MeetingKind.REGULAR, 1, None),
        ("BO", MeetingKind.REGULAR, 2, "Het BO vergadert 2 keer per jaar; dit is nummer 3."),
        ("DO", MeetingKind.REGULAR, 2, "Het DO vergadert 2 keer per jaar; dit is nummer 3."),
        ("DO", MeetingKind.REFLECTION, 0, None),
        ("DO", MeetingKind.REFLECTION, 1, "Het DO houdt 1 keer per jaar een reflectieoverleg; dit is nummer 2."),
        ("DO", MeetingKind.INTERIM, 9, None),
        ("AO", MeetingKind.REGULAR, 20, None),
    ],
)
def test_one_more_than_the_structure_gives_needs_a_reason(
    code: str, kind: MeetingKind, others: int, because: str | None
) -> None:
    verdict = planning.within_frequency(kind, tier(code), others, YEAR)
    assert (verdict.because if isinstance(verdict, Refused) else None) == because


def test_the_number_of_meetings_comes_from_the_structure_and_not_from_a_code() -> None:
    more = Body("TOP", "Top", tier("BO").kind, level=2, regular_per_year=3)
    low = Body("LAAG", "Laag", tier("AO").kind, level=1, parent="TOP")
    other = Structure("ander", (low, more), YEAR.parties)
    assert isinstance(planning.within_frequency(MeetingKind.REGULAR, more, 2, other), Allowed)
    assert isinstance(planning.within_frequency(MeetingKind.REGULAR, more, 3, other), Refused)


def test_in_one_round_the_lower_tier_comes_first() -> None:
    round = [meeting("BO", date(2027, 12, 15), "2027-2")]
    assert isinstance(planning.in_order(date(2027, 11, 9), tier("DO"), round, YEAR), Allowed)
    late = planning.in_order(date(2027, 12, 15), tier("DO"), round, YEAR)
    assert isinstance(late, Refused)
    assert late.because == "Het DO moet vóór het BO van deze ronde liggen"
    early = planning.in_order(date(2027, 5, 1), tier("BO"), [meeting("DO", date(2027, 5, 25))], YEAR)
    assert isinstance(early, Refused)
    assert early.because == "Het BO moet ná het DO van deze ronde liggen"


@given(st.dates(date(2027, 1, 1), date(2027, 12, 31)), st.dates(date(2027, 1, 1), date(2027, 12, 31)))
def test_the_order_is_the_same_from_both_sides(low: date, high: date) -> None:
    from_below = planning.in_order(low, tier("DO"), [meeting("BO", high)], YEAR)
    from_above = planning.in_order(high, tier("BO"), [meeting("DO", low)], YEAR)
    assert isinstance(from_below, Allowed) == isinstance(from_above, Allowed) == (low < high)


def test_a_short_lead_in_the_round_is_a_warning_between_neighbours_only() -> None:
    round = [meeting("BO", date(2027, 6, 16), "2027-1")]
    assert planning.short_leads(date(2027, 5, 25), tier("DO"), round, YEAR) == ()
    assert planning.short_leads(date(2027, 6, 1), tier("DO"), round, YEAR) == (
        "Tussen het DO en het BO van deze ronde liggen minder dan 15 werkdagen.",
    )
    assert planning.short_leads(date(2027, 6, 10), tier("AO"), round, YEAR) == ()


def test_the_filter_meets_more_often_than_the_tier_above_it() -> None:
    assert planning.meets_more_often(8, 3, tier("AO"), tier("DO")) == ()
    assert planning.meets_more_often(3, 3, tier("AO"), tier("DO")) == (
        "Het AO komt dat jaar niet vaker bijeen dan het DO.",
    )
    assert planning.meets_more_often(0, 3, tier("AO"), tier("DO")) == ()


def test_a_cancelled_meeting_below_the_yearly_number_is_named() -> None:
    assert planning.below_minimum(MeetingKind.REGULAR, tier("DO"), 1) == (
        "Het DO heeft dat jaar nog 1 van de 2 (regulier).",
    )
    assert planning.below_minimum(MeetingKind.REGULAR, tier("DO"), 2) == ()
    assert planning.below_minimum(MeetingKind.INTERIM, tier("DO"), 0) == ()


def test_the_top_digest_may_not_leave_before_the_last_filter_meeting() -> None:
    top = meeting("BO", date(2027, 12, 15))
    fine = [meeting("AO", date(2027, 11, 25)), meeting("AO", date(2028, 1, 20))]
    assert planning.filter_after_digest(top, tier("BO"), fine, YEAR.calendar) is None
    late = meeting("AO", date(2027, 12, 9))
    assert planning.filter_after_digest(top, tier("BO"), [*fine[:1], late], YEAR.calendar) == late


def test_the_last_day_for_papers_decides_which_meeting_is_made() -> None:
    first, second = meeting("DO", date(2027, 5, 25)), meeting("DO", date(2027, 11, 9))
    calendar = YEAR.calendar
    assert planning.still_makes([first, second], tier("DO"), date(2027, 5, 13), calendar) == planning.Fit(first, None)
    assert planning.still_makes([first, second], tier("DO"), date(2027, 5, 14), calendar) == planning.Fit(second, first)
    gone = meeting("DO", date(2027, 5, 25), state=MeetingState.HELD)
    assert planning.still_makes([gone, second], tier("DO"), date(2027, 5, 25), calendar) == planning.Fit(second, None)


@given(st.integers(0, 300))
def test_a_meeting_that_is_made_has_its_papers_day_ahead(days: int) -> None:
    today = date(2027, 1, 1) + timedelta(days=days)
    meetings = [meeting("DO", date(2027, 5, 25)), meeting("DO", date(2027, 11, 9))]
    fit = planning.still_makes(meetings, tier("DO"), today, WorkCalendar())
    assert fit.meeting is None or WorkCalendar().add(fit.meeting.day, -7) >= today
    assert fit.missed is None or fit.missed.day >= today


def test_a_day_that_one_party_has_off_names_that_party_and_only_where_it_meets() -> None:
    calendar = WorkCalendar(
        (
            NamedPeriod("statenreces", date(2027, 2, 20), date(2027, 3, 7), "reces", party="IPO"),
            NamedPeriod("jaarcongres", date(2027, 3, 2), date(2027, 3, 2), "vrij", party="VNG"),
            NamedPeriod("heidag", date(2027, 3, 2), date(2027, 3, 2), "vrij"),
        )
    )
    day = date(2027, 3, 2)
    ipo = "valt in het reces van IPO (statenreces)"
    vng = "is een vrije dag van VNG (jaarcongres)"
    assert planning.calendar_remarks(day, calendar) == ("is heidag", ipo, vng)
    assert planning.calendar_remarks(day, calendar, ("IPO", "Rijk")) == ("is heidag", ipo)
    assert planning.calendar_remarks(day, calendar, ()) == ("is heidag",)


def test_a_year_planning_notices_a_lower_meeting_that_just_misses_the_one_above() -> None:
    top, calendar = tier("DO"), YEAR.calendar
    upper = meeting("DO", date(2027, 5, 25))
    missed, well_after = meeting("AO", date(2027, 5, 27)), meeting("AO", date(2027, 7, 1))
    assert planning.comes_too_late([missed, well_after], upper, top, calendar) == missed
    assert planning.comes_too_late([well_after], upper, top, calendar) is None
    assert planning.comes_too_late([meeting("AO", date(2027, 5, 25))], upper, top, calendar) is None


def test_what_the_year_lacks_is_counted_per_kind() -> None:
    body = tier("DO")
    one = Meeting("VRG-DO-2027-01", "DO", MeetingKind.REGULAR, date(2027, 5, 25))
    other_year = Meeting("VRG-DO-2028-01", "DO", MeetingKind.REFLECTION, date(2028, 9, 25))
    assert planning.missing_kinds([one, other_year], body, 2027) == (
        (MeetingKind.REGULAR, 1),
        (MeetingKind.REFLECTION, 1),
    )
    assert planning.missing_kinds([], replace(body, regular_per_year=None, reflection_per_year=0), 2027) == ()
