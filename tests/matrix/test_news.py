"""What the bot takes from a sync, whatever the server or a proxy before it says."""

from __future__ import annotations

from typing import Any

import pytest

from bot.channels.matrix.errors import MatrixError
from bot.channels.matrix.news import Invite, JoinedRoom, Left, batch_of, of_the_keys, one_time_keys

ME = "@bot:overleg.example"
ROOM = "!kamer"
SAID = {"type": "m.room.message", "event_id": "$1", "sender": "@a:overleg.example", "content": {"body": "!help"}}
CAME = {"type": "m.room.member", "event_id": "$2", "state_key": "@b:overleg.example", "content": {"membership": "join"}}
SECRET = {"type": "m.room.encrypted", "event_id": "$3", "sender": "@a:overleg.example", "content": {}}


def answer(**rooms: Any) -> dict[str, Any]:
    return {"next_batch": "s2", "rooms": rooms, "device_one_time_keys_count": {"signed_curve25519": 50}}


def joined(*timeline: Any, **more: Any) -> dict[str, Any]:
    return answer(join={ROOM: {"timeline": {"events": list(timeline), **more}, "state": {"events": []}}})


def as_said(room_id: str, event: Any) -> Any:
    return event if event["type"] != "m.room.encrypted" else None


def test_what_people_said_is_of_no_concern_to_the_keys() -> None:
    assert of_the_keys(joined(SAID), ()) is None


def test_who_came_in_concerns_the_keys_and_what_was_said_beside_it_does_not() -> None:
    found = of_the_keys(joined(SAID, CAME), ())
    assert found is not None
    assert found["rooms"]["join"][ROOM]["timeline"]["events"] == [CAME]


def test_news_of_an_encrypted_room_always_concerns_the_keys() -> None:
    found = of_the_keys(joined(SECRET), {ROOM})
    assert found is not None
    assert found["rooms"]["join"][ROOM]["timeline"]["events"] == []


@pytest.mark.parametrize(
    "more",
    [
        {"to_device": {"events": [{"type": "m.room_key"}]}},
        {"device_lists": {"changed": ["@a:overleg.example"]}},
        {"device_lists": {"left": ["@a:overleg.example"]}},
    ],
)
def test_what_came_for_the_device_and_changed_devices_concern_the_keys(more: dict[str, Any]) -> None:
    found = of_the_keys(joined(SAID) | more, ())
    assert found is not None
    assert more.items() <= found.items()


def test_an_empty_sync_concerns_nobody() -> None:
    nothing: dict[str, Any] = {"to_device": {"events": []}, "device_lists": {"changed": [], "left": []}}
    assert of_the_keys(answer() | nothing, {ROOM}) is None


def test_events_come_in_order_and_what_cannot_be_read_stays_encrypted() -> None:
    batch = batch_of(joined(SAID, SECRET, CAME), ME, as_said)
    assert batch.joined == [JoinedRoom(ROOM, [], [SAID, SECRET, CAME], None)]
    assert batch.position == "s2"


def test_a_gap_is_told_only_where_events_were_left_out() -> None:
    whole = batch_of(joined(SAID, prev_batch="s1", limited=False), ME, as_said)
    part = batch_of(joined(SAID, prev_batch="s1", limited=True), ME, as_said)
    assert (whole.joined[0].gap_from, part.joined[0].gap_from) == (None, "s1")


def test_only_an_invitation_of_the_bot_itself_counts() -> None:
    def invited(whom: str, **content: Any) -> dict[str, Any]:
        event = {"type": "m.room.member", "state_key": whom, "sender": "@a:overleg.example", "content": content}
        return answer(invite={ROOM: {"invite_state": {"events": [event]}}})

    mine = batch_of(invited(ME, membership="invite", is_direct=True), ME, as_said)
    other = batch_of(invited("@b:overleg.example", membership="invite"), ME, as_said)
    entered = batch_of(invited(ME, membership="join"), ME, as_said)
    assert mine.invites == [Invite(ROOM, "@a:overleg.example", True)]
    assert (other.invites, entered.invites) == ([], [])


def test_who_put_the_bot_out_is_known() -> None:
    out = {"type": "m.room.member", "event_id": "$9", "state_key": ME, "sender": "@a:overleg.example", "content": {}}
    batch = batch_of(answer(leave={ROOM: {"timeline": {"events": [out]}}}), ME, as_said)
    assert batch.left == [Left(ROOM, "@a:overleg.example", "$9")]


def test_a_change_of_the_own_keys_is_noticed() -> None:
    changed = batch_of(answer() | {"device_lists": {"changed": [ME]}}, ME, as_said)
    other = batch_of(answer() | {"device_lists": {"changed": ["@a:overleg.example"]}}, ME, as_said)
    assert (changed.own_keys, other.own_keys) == (True, False)


@pytest.mark.parametrize("nonsense", [{}, {"next_batch": 3}, {"next_batch": ""}, {"rooms": []}])
def test_what_is_no_answer_to_a_sync_is_asked_again(nonsense: dict[str, Any]) -> None:
    with pytest.raises(MatrixError) as caught:
        batch_of(nonsense, ME, as_said)
    assert caught.value.passing


@pytest.mark.parametrize(
    "rooms",
    [
        [],
        {"join": []},
        {"join": {ROOM: None}},
        {"join": {ROOM: {"timeline": []}}},
        {"join": {ROOM: {"timeline": {"events": {}, "prev_batch": 3, "limited": True}, "state": None}}},
        {"join": {ROOM: {"timeline": {"events": [None, "x", 3]}}}},
        {"invite": {ROOM: {"invite_state": {"events": [{"type": "m.room.member", "state_key": ME}]}}}},
        {"leave": {ROOM: 3}},
    ],
)
def test_an_answer_of_another_form_breaks_nothing(rooms: Any) -> None:
    strange = {"next_batch": "s2", "rooms": rooms, "to_device": [], "device_lists": 3}
    batch = batch_of(strange, ME, as_said)
    assert [(room.timeline, room.gap_from) for room in batch.joined] in ([], [([], None)])
    assert batch.invites == []
    of_the_keys(strange, {ROOM})


def test_own_answers_are_told_from_everything_else() -> None:
    own, named = {**SAID, "sender": ME}, {**CAME, "sender": ME}
    state = {"next_batch": "s2", "rooms": {"join": {ROOM: {"state": {"events": [named]}}}}}
    assert batch_of(joined(own), ME, as_said).only_said_by(ME)
    for other in (joined(own, SAID), joined(own, named), joined(own, limited=True, prev_batch="s1"), state):
        assert not batch_of(other, ME, as_said).only_said_by(ME)
    gone = answer(leave={ROOM: {}}) | {"device_lists": {"changed": []}}
    assert not batch_of(gone, ME, as_said).only_said_by(ME)


def test_keys_that_are_used_up_are_told_from_keys_of_which_nothing_is_said() -> None:
    assert one_time_keys({"device_one_time_keys_count": {"signed_curve25519": 0}}) == 0
    assert one_time_keys({"device_one_time_keys_count": {}}) is None
