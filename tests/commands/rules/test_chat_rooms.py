"""Who may bring the bot into a room, and which room may become that of a body."""

from __future__ import annotations

import pytest

from commands.rules.chat_rooms import DECLINED, DECLINED_OUTSIDER, may_bind, may_invite
from commands.words.people import Person
from commands.words.structure import Structure
from commands.words.verdict import Allowed, Refused

MEMBER = Person("vng.ao.1", "VNG", matrix="@vng.ao.1:x")
OUTSIDER = Person("kennis.wg.1", "kennisinstituut", matrix="@kennis.wg.1:x", external=True)


@pytest.mark.parametrize(
    ("person", "in_office", "private", "because"),
    [
        (MEMBER, True, False, None),
        (MEMBER, True, True, None),
        (MEMBER, False, False, DECLINED),
        (MEMBER, False, True, DECLINED),
        (OUTSIDER, True, False, DECLINED_OUTSIDER),
        (OUTSIDER, True, True, None),
        (OUTSIDER, False, True, DECLINED),
        (None, False, True, DECLINED),
        (None, True, False, DECLINED),
    ],
)
def test_only_who_acts_today_may_invite_and_an_outsider_only_in_private(
    person: Person | None, in_office: bool, private: bool, because: str | None
) -> None:
    verdict = may_invite(person, in_office=in_office, private=private)
    assert (verdict.because if isinstance(verdict, Refused) else None) == because


def test_a_room_is_of_one_body(structure: Structure) -> None:
    ao, do = structure.body("AO"), structure.body("DO")
    assert ao is not None
    assert do is not None
    assert isinstance(may_bind(ao, None, None), Allowed)
    assert isinstance(may_bind(ao, do, None), Refused)
    assert isinstance(may_bind(ao, ao, None), Refused)
