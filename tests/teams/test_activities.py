"""What the bot hears in a Teams activity: plain values, no server."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.channels.base import FILE_NOT_HERE, Heard
from bot.channels.teams.activities import event_id, message_id, place_of, tidings, to_heard
from bot.testing_teams import BOT, FakeConnector, entra
from tests.teams.office import room

AO = room("AO")
NOW = "2027-01-11T08:00:00.000Z"
teams = FakeConnector()  # not started: it only makes activities


def heard(activity: Mapping[str, Any], people: Mapping[str, str] | None = None) -> list[Heard]:
    return list(to_heard("teams", activity, people or {}))


def text(typed: str, **more: Any) -> str:
    [one] = heard(teams.said(typed, "uvw.ao.1", room=AO, **more))
    return one.text


@pytest.mark.parametrize(
    ("typed", "understood"),
    [
        ("<at>Overlegbot</at> signaal Sloten groeien dicht", "signaal Sloten groeien dicht"),
        ("<at>Overlegbot</at>&nbsp;!signaal Sloten", "!signaal Sloten"),
        ("signaal Sloten <at>Overlegbot</at> groeien dicht", "signaal Sloten groeien dicht"),
        ("signaal Sloten groeien dicht <at>Overlegbot</at>", "signaal Sloten groeien dicht"),
        ("<at>Overlegbot</at>\r\n!signaal Sloten\r\n!signaal Wegen", "!signaal Sloten\n!signaal Wegen"),
        ('<at id="0">Overlegbot</at> signaal 1 &lt; 2 &amp; meer', "signaal 1 < 2 & meer"),
        ("<at>Overlegbot</at> <at>Overlegbot</at> status", "status"),
    ],
)
def test_the_mention_of_the_bot_is_taken_out_wherever_it_stands(typed: str, understood: str) -> None:
    assert text(typed) == understood


def test_other_people_who_are_mentioned_are_their_entra_ids_or_else_their_names() -> None:
    ann, bob = teams.mentioning("vng.ao.1"), teams.mentioning("vng.ao.2")
    typed = f"actie {ann['text']} en {bob['text']} nota, {ann['text']} leest mee"
    activity = teams.said(typed, "uvw.ao.1", room=AO, mentions=[ann, bob])
    [one] = heard(activity, {"29:vng.ao.1": entra("vng.ao.1")})
    assert one.text == f"actie {entra('vng.ao.1')} en vng.ao.2 nota, {entra('vng.ao.1')} leest mee"


def test_what_does_not_mention_the_bot_is_not_heard_in_a_channel_or_group_chat() -> None:
    for where in (AO, "19:groep@thread.v2"):
        assert heard(teams.said("!signaal Sloten", "uvw.ao.1", room=where, mention=False)) == []
    [one] = heard(teams.said("!signaal Sloten", "uvw.ao.1"))
    assert one.private
    assert one.room == ""


def test_a_post_begins_a_thread_and_an_answer_stands_in_it() -> None:
    [post] = heard(teams.said("status", "uvw.ao.1", room=AO, id="17"))
    [answer] = heard(teams.said("status", "uvw.ao.1", room=AO, root="17", id="18"))
    assert (post.event_id, post.room, post.thread, post.target) == (event_id(AO, "17"), AO, None, None)
    assert (answer.event_id, answer.thread, answer.target) == (event_id(AO, "18"), event_id(AO, "17"), None)
    assert message_id(post.event_id) == "17"


def test_a_quoted_message_is_the_one_that_is_replied_to() -> None:
    quote = '<blockquote itemscope itemtype="http://schema.skype.com/Reply" itemid="16"><p>eerder</p></blockquote>'
    attachment = {"contentType": "text/html", "content": f"{quote}<p>klaar</p>"}
    [one] = heard(teams.said("klaar", "uvw.ao.1", room="19:groep@thread.v2", id="17", attachments=[attachment]))
    assert one.target == event_id("19:groep@thread.v2", "16")
    [named] = heard(teams.said("klaar", "uvw.ao.1", id="18", replyToId="15"))
    assert named.target == event_id(f"a:{entra('uvw.ao.1')}", "15")


def test_a_calendar_file_is_heard_as_one_that_cannot_be_read_here_and_another_file_as_its_words() -> None:
    file = {"contentType": "application/vnd.microsoft.teams.file.download.info", "name": "Planning.ICS", "content": {}}
    [one] = heard(teams.said("hierbij", "uvw.ao.1", id="17", attachments=[file]))
    assert (one.kind, one.text, one.quoted, one.private) == ("file", "hierbij", FILE_NOT_HERE, True)
    [other] = heard(teams.said("hierbij", "uvw.ao.1", id="18", attachments=[{**file, "name": "verslag.pdf"}]))
    assert (other.kind, other.quoted) == ("message", "")


def changed(kind: str, what: str, typed: str = "", *, room: str = AO, id: str = "17") -> dict[str, Any]:
    said = teams.said(typed, "uvw.ao.1", room=room, root="17", id=id)
    return {**said, "type": kind, "channelData": {**said["channelData"], "eventType": what}}


def test_an_edit_says_what_it_stands_for_now() -> None:
    [edit] = heard(changed("messageUpdate", "editMessage", "signaal Sloten en vaarten"))
    assert (edit.kind, edit.text, edit.target) == ("edit", "signaal Sloten en vaarten", event_id(AO, "17"))
    again = {**changed("messageUpdate", "editMessage", "signaal Beken"), "timestamp": "2027-01-11T08:01:00Z"}
    assert heard(again)[0].event_id != edit.event_id
    assert heard(changed("messageUpdate", "editMessage", "signaal Sloten en vaarten"))[0].event_id == edit.event_id


def test_an_edit_that_does_not_mention_the_bot_is_not_heard() -> None:
    activity = {**changed("messageUpdate", "editMessage", "los gesprek"), "entities": []}
    assert heard(activity) == []


def test_a_removed_message_is_a_redaction_and_one_put_back_is_nothing() -> None:
    [gone] = heard(changed("messageDelete", "softDeleteMessage"))
    assert (gone.kind, gone.text, gone.target) == ("redaction", "", event_id(AO, "17"))
    assert heard(changed("messageUpdate", "undeleteMessage")) == []


def reacted(added: list[str], removed: list[str]) -> dict[str, Any]:
    return {
        **teams.about("uvw.ao.1", f"{AO};messageid=17"),
        "type": "messageReaction",
        "replyToId": "18",
        "reactionsAdded": [{"type": one} for one in added],
        "reactionsRemoved": [{"type": one} for one in removed],
    }


@pytest.mark.parametrize(
    ("name", "sign"),
    [("like", "👍"), ("heart", "❤"), ("2705_whiteheavycheckmark", "✅"), ("1f44d", "👍"), ("⏰", "⏰")],
)
def test_a_reaction_is_its_sign(name: str, sign: str) -> None:
    [one] = heard(reacted([name], []))
    assert (one.kind, one.text, one.target) == ("reaction", sign, event_id(AO, "18"))


def test_a_reaction_of_no_known_name_is_none_and_one_taken_back_is_heard() -> None:
    assert heard(reacted(["een heel lange naam"], [])) == []
    assert [one.kind for one in heard(reacted([], ["like"]))] == ["unreaction"]


def pressed(data: Mapping[str, Any], *, name: str = "adaptiveCard/action") -> dict[str, Any]:
    return {
        **teams.about("uvw.ao.1", f"{AO};messageid=17"),
        "type": "invoke",
        "name": name,
        "id": "f:1",
        "replyToId": "18",
        "value": {"action": {"type": "Action.Execute", "verb": "zeg", "data": dict(data)}},
    }


def test_a_pressed_button_is_its_word_with_what_was_filled_in() -> None:
    [one] = heard(pressed({"woord": "later", "velden": ["datum", "tijd"], "datum": "2027-02-01", "tijd": ""}))
    assert (one.kind, one.text, one.target) == ("pressed", "later 2027-02-01", event_id(AO, "18"))


def test_another_invoke_and_a_button_without_a_word_are_nothing() -> None:
    assert heard(pressed({"woord": "klaar"}, name="composeExtension/query")) == []
    assert heard(pressed({})) == []


def test_the_activity_says_when_and_now_when_that_is_impossible() -> None:
    assert heard(teams.said("status", "uvw.ao.1"))[0].at == datetime(2027, 1, 11, 8, tzinfo=UTC)
    assert heard({**teams.said("status", "uvw.ao.1"), "timestamp": "morgen"})[0].at.tzinfo is UTC


def test_the_bot_taken_out_of_a_team_or_a_channel_is_noticed() -> None:
    there = teams.about("rijk.ao.0", AO)
    assert tidings({**there, "type": "conversationUpdate", "membersRemoved": [{"id": BOT}]}).gone
    deleted = {**there["channelData"], "eventType": "channelDeleted"}
    assert tidings({**there, "type": "conversationUpdate", "channelData": deleted}).gone
    assert tidings({**there, "type": "installationUpdate", "action": "remove"}).gone
    came = tidings({**there, "type": "conversationUpdate", "membersAdded": [{"id": "29:x"}]})
    assert came.changed
    assert not came.gone


JUNK = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=20),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=12), inner, max_size=3),
    max_leaves=8,
)
_NAMES = """type id text from recipient conversation entities channelData value attachments replyToId reactionsAdded
reactionsRemoved timestamp membersRemoved name action"""
KEYS = st.sampled_from(_NAMES.split())


@given(st.sampled_from(["message", "messageUpdate", "messageReaction", "invoke", "conversationUpdate"]), KEYS, JUNK)
def test_an_activity_may_hold_anything(kind: str, key: str, junk: Any) -> None:
    for known in (teams.said("status", "uvw.ao.1", room=AO, id="17"), reacted(["like"], ["like"]), pressed({})):
        activity = {**known, "type": kind, key: junk}
        place_of(activity)
        tidings(activity)
        for one in heard(activity):
            assert one.event_id
            assert one.at.tzinfo is not None
