from __future__ import annotations

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from commands.rules.deputies import may_stand_in, replaceable
from commands.rules.roles import in_office
from commands.words.people import Person, Role, RoleName
from commands.words.verdict import Allowed, Refused

SMIT = Person("uvw.ao.1", "UvW", name="Smit")
DEKKER = Person("uvw.ao.2", "UvW", name="Dekker")
SEAT = Role("uvw.ao.1", "AO", RoleName.MEMBER, "UvW")
FIRST, LAST = date(2027, 3, 1), date(2027, 3, 31)
DAYS = st.dates(date(2027, 1, 1), date(2027, 12, 31))


def refusal(deputy: Person, holder: Person, *roles: Role, last: date | None = None) -> str:
    verdict = may_stand_in(deputy, holder, roles, FIRST, last)
    assert isinstance(verdict, Refused)
    return verdict.because


def test_someone_of_the_same_party_may_stand_in() -> None:
    assert isinstance(may_stand_in(DEKKER, SMIT, [SEAT], FIRST, LAST), Allowed)


def test_a_deputy_comes_from_the_same_party() -> None:
    assert (
        refusal(Person("vng.ao.1", "VNG"), SMIT, SEAT)
        == "Een vervanger komt van dezelfde partij (UvW). Kies een ander."
    )


def test_nobody_stands_in_for_themselves_or_without_a_role_or_backwards_in_time() -> None:
    assert "een ander" in refusal(SMIT, SMIT, SEAT)
    assert "geen rol" in refusal(DEKKER, SMIT)
    assert "voor de eerste" in refusal(DEKKER, SMIT, SEAT, last=date(2027, 2, 28))


def test_nobody_from_outside_stands_in_or_is_stood_in_for() -> None:
    outsider = Person("bedrijf.1", "UvW", external=True)
    assert "extern" in refusal(outsider, SMIT, SEAT)
    assert "extern" in refusal(DEKKER, outsider, SEAT)


def test_running_the_bot_and_being_external_are_not_handed_to_a_deputy() -> None:
    others = (Role("a", "AO", RoleName.OPERATOR, "UvW"), Role("a", "WG-X", RoleName.EXTERNAL, "UvW"))
    assert replaceable([SEAT, *others]) == (SEAT,)


@given(DAYS, st.none() | DAYS, st.none() | DAYS)
def test_a_deputy_counts_from_the_first_day_to_the_last_and_no_other(
    day: date, first: date | None, last: date | None
) -> None:
    role = Role("a", "AO", RoleName.MEMBER, "UvW", deputy="b", deputy_start=first, deputy_end=last)
    within = (first is None or day >= first) and (last is None or day <= last)
    assert role.deputy_on(day) == ("b" if within else None)


def test_a_function_is_not_filled_before_it_begins_and_between_two_terms() -> None:
    before = Role("a", "BO", RoleName.MEMBER, "IPO", end=date(2027, 5, 31))
    after = Role("a", "BO", RoleName.MEMBER, "IPO", start=date(2027, 6, 9))
    person = Person("a", "IPO")
    filled = [day for day in range(30, 0, -1) if in_office(person, [before, after], date(2027, 6, day))]
    assert filled == list(range(30, 8, -1))
    assert in_office(person, [before, after], date(2027, 5, 31))
    assert in_office(person, [before], date(2027, 7, 1)), "whoever left is still known"
    assert in_office(person, [], date(2027, 7, 1))
    assert not in_office(Person("a", "IPO", end=date(2027, 5, 31)), [after], date(2027, 7, 1))
