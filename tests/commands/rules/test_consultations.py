"""Who may ask those the parties speak for, until when, and what an answer makes of it (R-127, C48)."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from commands.rules import consultations as rules
from commands.words.calendar import AMSTERDAM, NamedPeriod, WorkCalendar
from commands.words.consultation import Answer, Consultation, ConsultationState
from commands.words.decision import StandKind
from commands.words.people import Role, RoleName
from commands.words.structure import Body, BodyKind, Party, Structure
from commands.words.verdict import Allowed, Refused

AO = Body("AO", "AO", BodyKind.FIXED, 1, "DO")
DO = Body("DO", "DO", BodyKind.FIXED, 2)
PARTIES = (Party("Rijk"), Party("VNG", members="de gemeenten"), Party("IPO", members="de provincies"))
PLAIN = Structure("x", (AO, DO), PARTIES)
NOON = datetime(2027, 2, 1, 12, 0, tzinfo=AMSTERDAM)
MEETING_DAY = date(2027, 3, 4)
ONE = Consultation("RPL-2027-001", "Steunt u dit?", ("VNG", "IPO"), date(2027, 3, 1), "DO", "VRG-DO-2027-01", "x", NOON)


def role(name: RoleName, body: str, party: str = "Rijk") -> Role:
    return Role("iemand", body, name, party)


@pytest.mark.parametrize(
    ("held", "asked", "may"),
    [
        (role(RoleName.SECRETARY, "DO"), ("VNG", "IPO"), True),
        (role(RoleName.SECRETARY, "AO"), ("VNG", "IPO"), True),
        (role(RoleName.CHAIR, "DO"), ("VNG", "IPO"), True),
        (role(RoleName.CHAIR, "AO"), ("VNG",), False),
        (role(RoleName.MEMBER, "DO"), ("VNG",), False),
        (role(RoleName.UMBRELLA_CONTACT, "AO", "VNG"), ("VNG",), True),
        (role(RoleName.UMBRELLA_CONTACT, "AO", "VNG"), ("VNG", "IPO"), False),
        (role(RoleName.UMBRELLA_CONTACT, "AO", "VNG"), (), False),
    ],
)
def test_the_secretary_and_the_chair_ask_everyone_and_a_contact_for_the_own_party(
    held: Role, asked: tuple[str, ...], may: bool
) -> None:
    assert isinstance(rules.may_consult((held,), DO, asked, PLAIN), Allowed) is may


def test_who_speaks_for_nobody_has_nobody_to_ask() -> None:
    assert [party.code for party in rules.with_network(PLAIN)] == ["VNG", "IPO"]
    refused = rules.may_be_asked(("Rijk", "VNG"), PLAIN)
    assert isinstance(refused, Refused)
    assert refused.because == "Rijk spreekt niet namens anderen. Dat kan via VNG en IPO."
    assert isinstance(rules.may_be_asked(("IPO",), PLAIN), Allowed)


@pytest.mark.parametrize(
    ("closes", "because"),
    [
        (date(2027, 2, 1), "De sluitdatum ligt na vandaag: er moet tijd zijn om te antwoorden."),
        (date(2027, 3, 4), "Dat is de dag van het DO zelf; de antwoorden zijn er liever eerder."),
        (date(2027, 3, 5), "Dat is na het DO van do 4 mrt 2027."),
    ],
)
def test_a_date_that_is_too_early_or_too_late_is_refused_with_the_last_one_that_works(
    closes: date, because: str
) -> None:
    refused = rules.may_close_on(closes, MEETING_DAY, DO, date(2027, 2, 1), PLAIN)
    assert isinstance(refused, Refused)
    assert refused.because == because
    assert refused.instead is not None
    assert refused.instead.parts == {"closes": "wo 3 mrt 2027"}


def test_the_day_before_a_meeting_there_is_no_date_left_to_offer() -> None:
    refused = rules.may_close_on(MEETING_DAY, MEETING_DAY, DO, date(2027, 3, 3), PLAIN)
    assert isinstance(refused, Refused)
    assert refused.instead is None


def test_the_last_day_counts_as_in_time() -> None:
    assert not rules.closed_on(ONE, date(2027, 3, 1))
    assert rules.closed_on(ONE, date(2027, 3, 2))


def test_with_the_last_answer_the_positions_are_there_and_an_answer_may_be_changed() -> None:
    ipo = rules.with_answer(ONE, Answer("IPO", StandKind.AGREES, "", "x", NOON))
    assert (ipo.state, rules.waiting(ipo)) == (ConsultationState.OPEN, ("VNG",))
    both = rules.with_answer(ipo, Answer("VNG", None, "Eerst geld", "x", NOON))
    assert (both.state, rules.waiting(both)) == (ConsultationState.ANSWERED, ())
    assert [one.party for one in both.answers] == ["VNG", "IPO"]
    changed = rules.with_answer(both, Answer("VNG", StandKind.AGAINST, "geen geld", "x", NOON, late=True))
    assert [(one.party, one.kind, one.late) for one in changed.answers] == [
        ("VNG", StandKind.AGAINST, True),
        ("IPO", StandKind.AGREES, False),
    ]


def test_who_was_not_asked_and_what_was_withdrawn_take_no_answer() -> None:
    assert isinstance(rules.may_answer(ONE, "VNG"), Allowed)
    stranger = rules.may_answer(ONE, "UvW")
    assert isinstance(stranger, Refused)
    assert stranger.because == "RPL-2027-001 vraagt VNG en IPO, niet UvW. Namens UvW iets inbrengen gaat met !inbreng."
    assert isinstance(rules.may_answer(replace(ONE, state=ConsultationState.WITHDRAWN), "VNG"), Refused)


@pytest.mark.parametrize(
    ("text", "kind", "rest"),
    [
        ("Akkoord, mits er geld komt", StandKind.AGREES, "mits er geld komt"),
        ("akkoord met voorbehoud: eerst geld", StandKind.RESERVED, "eerst geld"),
        ("niet akkoord want te duur", StandKind.AGAINST, "want te duur"),
        ("tegen", StandKind.AGAINST, ""),
        ("Eens.", StandKind.AGREES, ""),
        ("voor de zomer lukt het niet", None, "voor de zomer lukt het niet"),
        ("tegenwind verwachten we niet", None, "tegenwind verwachten we niet"),
        ("De gemeenten willen eerst geld", None, "De gemeenten willen eerst geld"),
    ],
)
def test_a_position_is_read_only_where_it_is_said(text: str, kind: StandKind | None, rest: str) -> None:
    assert rules.kind_in(text) == (kind, rest)


def test_how_many_answered_is_read_and_nonsense_is_not() -> None:
    assert rules.heard_in("12 van de 40 gemeenten: mits") == (12, 40, "gemeenten: mits")
    assert rules.heard_in("3 van 12") == (3, 12, "")
    assert rules.heard_in("40 van de 12") is None
    assert rules.heard_in("0 van 0") is None
    assert rules.heard_in("twaalf van de veertig") is None


def test_reminders_come_before_the_closing_date_and_never_in_a_quiet_period() -> None:
    assert rules.reminder_days(ONE, PLAIN) == [date(2027, 2, 22), date(2027, 2, 26)]
    week = NamedPeriod("stil", date(2027, 2, 20), date(2027, 3, 1), "stilte")
    quiet = replace(PLAIN, calendar=WorkCalendar(periods=(week,)))
    assert rules.reminder_days(ONE, quiet) == [date(2027, 2, 19)]


@given(st.permutations(["VNG", "IPO", "UvW"]), st.integers(0, 3))
def test_whatever_the_order_of_the_answers_they_stand_in_the_order_of_asking(order: list[str], n: int) -> None:
    one = replace(ONE, parties=("VNG", "IPO", "UvW"))
    for party in order[:n]:
        one = rules.with_answer(one, Answer(party, StandKind.AGREES, "", "x", NOON))
    assert [answer.party for answer in one.answers] == [party for party in one.parties if party in order[:n]]
    assert set(rules.waiting(one)) == set(order[n:])
    assert (one.state is ConsultationState.ANSWERED) is (n == 3)
