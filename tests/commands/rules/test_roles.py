from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules.roles import confirms, fitting, may_hold, may_join, parties_without_member, vacant_until
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Body, BodyKind, Party, Structure
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import GroupState, Workgroup

AO = Body("AO", "Ambtelijk overleg", BodyKind.FIXED, level=1, parent="DO", chair_from=("Rijk",))
WG = Body("WG-X", "Werkgroep X", BodyKind.WORKGROUP, level=0, parent="AO")
PRG = Body("PRG-X", "Programma X", BodyKind.PROGRAMME, level=0, parent="AO")
WEB = Body("WEB", "WEB", BodyKind.CONNECTION)
FOUR = Structure("vier", (AO,), tuple(Party(code) for code in ("Rijk", "VNG", "IPO", "UvW")))
RIJK = Person("rijk.1", "Rijk")
VNG = Person("vng.1", "VNG")
OUTSIDE = Person("kennis.1", "kennisinstituut", external=True)


def test_the_chair_of_the_filter_comes_from_the_party_that_the_structure_names() -> None:
    refused = may_hold(VNG, RoleName.CHAIR, AO, "VNG", ())
    assert isinstance(refused, Refused)
    assert refused.because == "De voorzitter van het AO komt vanuit het Rijk; vng.1 is VNG."
    assert isinstance(may_hold(VNG, RoleName.CHAIR, AO, "Rijk", ()), Refused)
    assert isinstance(may_hold(RIJK, RoleName.CHAIR, AO, "Rijk", ()), Allowed)


@pytest.mark.parametrize(("has", "gets"), [(RoleName.CHAIR, RoleName.SUBSTANCE), (RoleName.SUBSTANCE, RoleName.CHAIR)])
def test_chair_and_substance_are_two_persons(has: RoleName, gets: RoleName) -> None:
    held = (Role("rijk.1", "AO", has, "Rijk"),)
    refused = may_hold(RIJK, gets, AO, "Rijk", held)
    assert isinstance(refused, Refused)
    assert refused.code == "INV-18"
    elsewhere = (Role("rijk.1", "DO", has, "Rijk"),)
    assert isinstance(may_hold(RIJK, gets, AO, "Rijk", elsewhere), Allowed)


def test_chair_and_secretary_in_one_person_is_allowed_with_a_warning() -> None:
    verdict = may_hold(RIJK, RoleName.CHAIR, AO, "Rijk", (Role("rijk.1", "AO", RoleName.SECRETARY, "Rijk"),))
    assert isinstance(verdict, Allowed)
    assert verdict.warnings == ("rijk.1 is nu voorzitter en secretaris van het AO.",)


@given(st.sampled_from(list(RoleName)))
def test_someone_from_outside_holds_nothing_in_a_fixed_body(role: RoleName) -> None:
    refused = may_hold(OUTSIDE, role, AO, "kennisinstituut", ())
    assert isinstance(refused, Refused)
    assert refused.code == "E16"


@given(st.sampled_from(list(RoleName)))
def test_someone_from_outside_is_only_ever_extern_in_a_group(role: RoleName) -> None:
    allowed = isinstance(may_hold(OUTSIDE, role, WG, "kennisinstituut", ()), Allowed)
    assert allowed is (role is RoleName.EXTERNAL)


def test_the_way_for_an_external_is_extern_and_for_a_party_lid() -> None:
    outside = may_hold(OUTSIDE, RoleName.MEMBER, WG, "kennisinstituut", ())
    inside = may_hold(VNG, RoleName.EXTERNAL, WG, "VNG", ())
    assert isinstance(outside, Refused)
    assert isinstance(inside, Refused)
    assert outside.instead is not None
    assert inside.instead is not None
    assert outside.instead.parts == {"role": "extern"}
    assert inside.instead.parts == {"role": "lid"}


def test_a_connection_has_connection_members_and_a_tier_has_none() -> None:
    assert isinstance(may_hold(VNG, RoleName.CONNECTION_MEMBER, WEB, "VNG", ()), Allowed)
    assert isinstance(may_hold(VNG, RoleName.CONNECTION_MEMBER, AO, "VNG", ()), Refused)


def test_who_leads_a_programme_is_its_trekker() -> None:
    assert fitting(RoleName.CHAIR, PRG) is RoleName.LEAD
    assert fitting(RoleName.LEAD, WG) is RoleName.CHAIR
    assert fitting(RoleName.MEMBER, PRG) is RoleName.MEMBER


@pytest.mark.parametrize("state", list(GroupState))
def test_only_a_founded_or_active_group_gets_new_people(state: GroupState) -> None:
    group = Workgroup("WG-X", "X", BodyKind.WORKGROUP, state, date(2027, 1, 1), date(2027, 12, 31), "AO")
    assert isinstance(may_join(group, date(2027, 3, 1)), Allowed) is (state in (GroupState.FOUNDED, GroupState.ACTIVE))


def test_a_new_chair_is_confirmed_by_who_leads_that_body_or_the_one_above() -> None:
    assert confirms([Role("a", "WG-X", RoleName.CHAIR, "VNG")], WG)
    assert confirms([Role("a", "AO", RoleName.CHAIR, "Rijk")], WG)
    assert not confirms([Role("a", "DO", RoleName.CHAIR, "Rijk")], WG)
    assert not confirms([Role("a", "AO", RoleName.SECRETARY, "Rijk")], WG)


def test_a_function_that_comes_back_later_is_vacant_until_the_day_before() -> None:
    roles = [
        Role("ipo.bo.1", "BO", RoleName.MEMBER, "IPO", date(2023, 6, 1), date(2027, 5, 31)),
        Role("ipo.bo.1", "BO", RoleName.MEMBER, "IPO", date(2027, 6, 9)),
    ]
    person = Person("ipo.bo.1", "IPO")
    assert vacant_until(roles, person, date(2027, 5, 31)) == (False, None)
    assert vacant_until(roles, person, date(2027, 6, 4)) == (True, date(2027, 6, 8))
    assert vacant_until(roles, person, date(2027, 6, 9)) == (False, None)


def test_a_person_that_has_not_begun_makes_the_function_vacant_too() -> None:
    person = Person("vng.1", "VNG", start=date(2027, 3, 1))
    assert vacant_until([Role("vng.1", "AO", RoleName.MEMBER, "VNG")], person, date(2027, 2, 1)) == (
        True,
        date(2027, 2, 28),
    )
    gone = Person("vng.1", "VNG", end=date(2027, 1, 1))
    assert vacant_until([Role("vng.1", "AO", RoleName.MEMBER, "VNG")], gone, date(2027, 2, 1)) == (True, None)


def test_a_secretary_does_not_fill_the_seat_of_a_party() -> None:
    roles = [Role("a", "AO", RoleName.SECRETARY, "Rijk"), Role("b", "AO", RoleName.MEMBER, "VNG")]
    assert parties_without_member(FOUR, roles) == ("Rijk", "IPO", "UvW")


def test_nobody_leads_or_votes_in_a_connection() -> None:
    web = Body("WEB", "WEB", BodyKind.CONNECTION)
    person = Person("web.1", "WEB")
    verdict = may_hold(person, RoleName.MEMBER, web, "WEB", ())
    assert isinstance(verdict, Refused)
    assert verdict.instead is not None
    assert verdict.instead.parts == {"role": "connectielid"}
    assert isinstance(may_hold(person, RoleName.CONNECTION_MEMBER, web, "WEB", ()), Allowed)
