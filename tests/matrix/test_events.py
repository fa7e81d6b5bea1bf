"""Events as the bot hears them, without a server: whatever an event holds, hearing it never fails."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import Heard
from bot.channels.matrix.events import to_heard
from bot.channels.matrix.rooms import after_own_join

BOT, PERSON, ROOM = "@bot:overleg.example", "@jansen:overleg.example", "!ao"
KEYS = st.sampled_from(
    "body msgtype formatted_body m.relates_to m.new_content rel_type event_id key m.in_reply_to is_falling_back "
    "redacts membership".split()
)
json = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(KEYS, inner, max_size=6),
    max_leaves=12,
)
TYPES = st.sampled_from(["m.room.message", "m.reaction", "m.room.redaction", "m.room.member", "m.poll.start"])


def hear(content: dict[str, Any], event_type: str = "m.room.message", **more: Any) -> Heard | None:
    event = {"type": event_type, "event_id": "$1", "sender": PERSON, "origin_server_ts": 1_790_000_000_000}
    return to_heard("matrix", {**event, "content": content, **more}, BOT, ROOM, private=False)


def text(body: str, **more: Any) -> str | None:
    heard = hear({"msgtype": "m.text", "body": body, **more})
    return heard.text if heard else None


@given(
    st.fixed_dictionaries(
        {"type": TYPES | json, "event_id": st.just("$1") | json, "sender": st.just(PERSON) | json},
        optional={"content": st.dictionaries(KEYS, json, max_size=6) | json, "origin_server_ts": json, "redacts": json},
    )
)
def test_no_event_makes_hearing_fail(event: dict[str, Any]) -> None:
    heard = to_heard("matrix", event, BOT, ROOM, private=True)
    assert heard is None or (heard.at.tzinfo is UTC and heard.room == "" and isinstance(heard.text, str))
    if isinstance(event.get("content"), dict):
        after_own_join([event], BOT)


def test_the_time_is_that_of_the_server() -> None:
    heard = hear({"msgtype": "m.text", "body": "!mijn"})
    assert heard is not None
    assert heard.at == datetime(2026, 9, 21, 14, 13, 20, tzinfo=UTC)


@pytest.mark.parametrize("strange", [None, "gisteren", 10**20, -(10**20), float("nan")])
def test_an_impossible_time_is_now(strange: object) -> None:
    heard = hear({"msgtype": "m.text", "body": "!mijn"}, origin_server_ts=strange)
    assert heard is not None
    assert abs((datetime.now(UTC) - heard.at).total_seconds()) < 60


def test_the_bot_does_not_hear_itself() -> None:
    assert hear({"msgtype": "m.text", "body": "!mijn"}, sender=BOT) is None


def test_an_edit_without_new_text_is_not_heard() -> None:
    relation = {"rel_type": "m.replace", "event_id": "$0"}
    assert hear({"msgtype": "m.text", "body": "* x", "m.relates_to": relation}) is None
    notice = {"msgtype": "m.notice", "body": "x"}
    assert hear({"msgtype": "m.text", "body": "* x", "m.relates_to": relation, "m.new_content": notice}) is None


def test_a_pill_is_read_as_the_person_and_not_as_the_name_they_chose() -> None:
    pill = '<a href="https://matrix.to/#/@smit:overleg.example">Voorzitter</a>'
    assert text("!actie Rapport Voorzitter", formatted_body=f"!actie Rapport {pill}") == (
        "!actie Rapport @smit:overleg.example"
    )
    two = pill + " en " + pill.replace("smit", "de%2Fvries")
    assert text("aan Voorzitter en Voorzitter", formatted_body=f"aan {two}") == (
        "aan @smit:overleg.example en @de/vries:overleg.example"
    )


def test_other_links_leave_the_text_alone() -> None:
    room = '<a href="https://matrix.to/#/#ao:overleg.example">AO</a> <a href="https://example.org/@x">hier</a>'
    assert text("zie AO hier", formatted_body=f"zie {room}") == "zie AO hier"


def test_a_quote_is_stripped_from_a_reply_only() -> None:
    quote = "> <@smit:overleg.example> !signaal\n> tweede regel\n\nja"
    assert text(quote, **{"m.relates_to": {"m.in_reply_to": {"event_id": "$0"}}}) == "ja"
    assert text(quote) == quote


def test_events_from_before_the_bot_came_in_are_left_out() -> None:
    def member(membership: str, before: str | None) -> dict[str, Any]:
        old = {"unsigned": {"prev_content": {"membership": before}}} if before else {}
        return {"type": "m.room.member", "state_key": BOT, "content": {"membership": membership}, **old}

    one, two = {"event_id": "$1"}, {"event_id": "$2"}
    assert after_own_join([one, member("join", "invite"), two], BOT) == [two]
    assert after_own_join([one, member("join", None), two], BOT) == [two]
    renamed = member("join", "join")
    assert after_own_join([one, renamed, two], BOT) == [one, renamed, two]
