"""What the bot sends to the connector, and what it does when that refuses, hangs or says to slow down."""

from __future__ import annotations

import gc
import logging
import time
from dataclasses import replace
from datetime import UTC, datetime
from itertools import pairwise

import jwt
import pytest
from hypothesis import given
from hypothesis import strategies as st
from opentelemetry import metrics

from bot.channels.base import Parcel, Rendered, SendLater, SendNever, Unreached
from bot.channels.teams import TeamsChannel
from bot.channels.teams import connector as connecting
from bot.channels.teams.activities import event_id
from bot.channels.teams.files import CONSENT
from bot.channels.teams.pace import ALL, LIMITS, Pace
from bot.channels.teams.sending import AGAIN, MOST_BYTES, patience, render
from bot.renderers.files import Ready
from bot.testing_teams import APP, FakeConnector, Fault, entra
from commands.kit.reply import Heading, Listing, Message, Text, say
from tests.teams.ears import ListEars
from tests.teams.office import Office, quick, room, words

AO = room("AO")


def parcel(text: str = "Goedemorgen", key: str = "reply:1:1", **more: object) -> Parcel:
    html = f"<p>{text}</p>"
    return replace(Parcel(key, AO, private=False, rendered=Rendered(text, html)), **more)  # type: ignore[arg-type]


async def started(connector: FakeConnector, ears: ListEars | None = None, pace: Pace | None = None) -> TeamsChannel:
    channel = TeamsChannel(connector.options(), pace=pace or quick())
    await channel.start(ears or ListEars())
    return channel


# --- where it goes ---------------------------------------------------------------------------------------------------
async def test_a_message_is_a_new_post_and_an_answer_stands_in_the_thread(connector: FakeConnector) -> None:
    channel = await started(connector)
    id = await channel.send(parcel())
    await channel.send(parcel(key="b", reply_to=event_id(AO, "17")))
    await channel.send(parcel(key="c", reply_to=event_id(AO, "18"), thread=event_id(AO, "17")))
    assert [one.conversation for one in connector.messages] == [AO, f"{AO};messageid=17", f"{AO};messageid=17"]
    assert id == event_id(AO, connector.messages[0].id)
    assert connector.messages[0].body["text"] == "<p>Goedemorgen</p>"
    assert connector.messages[0].body["textFormat"] == "xml"
    await channel.stop()


async def test_the_bot_shows_its_own_token(connector: FakeConnector) -> None:
    channel = await started(connector)
    await channel.send(parcel())
    claims = jwt.decode(connector.tokens[0].removeprefix("Bearer "), options={"verify_signature": False})
    assert claims["appid"] == APP
    await channel.stop()


async def test_a_group_chat_has_no_threads(connector: FakeConnector) -> None:
    channel = await started(connector)
    group = "19:groep@thread.v2"
    await channel.send(parcel(room=group, reply_to=event_id(group, "17")))
    assert [one.conversation for one in connector.messages] == [group]
    await channel.stop()


async def test_a_thread_that_is_gone_is_no_reason_to_say_nothing(connector: FakeConnector) -> None:
    channel = await started(connector)
    connector.gone.add(f"{AO};messageid=17")
    await channel.send(parcel(reply_to=event_id(AO, "17")))
    assert [one.conversation for one in connector.messages] == [AO]
    await channel.stop()


async def test_who_must_act_is_called_and_whoever_is_answered_is_not(connector: FakeConnector) -> None:
    ears = ListEars()
    channel = await started(connector, ears)
    await connector.bring(channel.port, connector.said("hallo", "vng.ao.2", room=AO))
    someone = entra("vng.ao.2")
    await channel.send(parcel(key="a", mentions=(someone, entra("wie.nooit.sprak"))))
    await channel.send(parcel(key="b", mentions=(someone,), reply_to=event_id(AO, "17")))
    await channel.send(parcel(key="c", mentions=(someone,), notice=True))
    called, answered, receipt = connector.messages
    assert called.text == "<p><at>vng.ao.2</at></p><p>Goedemorgen</p>"
    mention = {"type": "mention", "text": "<at>vng.ao.2</at>", "mentioned": {"id": "29:vng.ao.2", "name": "vng.ao.2"}}
    [entity] = called.body["entities"]
    assert {**entity, "mentioned": {key: entity["mentioned"][key] for key in ("id", "name")}} == mention
    assert "entities" not in answered.body
    assert "entities" not in receipt.body
    await channel.stop()


async def test_what_people_typed_cannot_call_anyone_or_be_a_tag(connector: FakeConnector) -> None:
    channel = await started(connector)
    [part] = channel.render(say('<at id="x">Jan</at> <script>&'), {})
    await channel.send(parcel(rendered=part))
    [sent] = connector.messages
    assert "<at" not in sent.text
    assert "<script" not in sent.text
    assert words(sent) == '<at id="x">Jan</at> <script>&'
    assert "entities" not in sent.body
    await channel.stop()


async def test_what_is_said_in_words_only_is_no_tag_either(connector: FakeConnector) -> None:
    channel = await started(connector)
    await channel.send(parcel(rendered=Rendered('<at id="x">Jan</at>\n<script>&', None)))
    [sent] = connector.messages
    assert sent.text == "<p>&lt;at id=&quot;x&quot;&gt;Jan&lt;/at&gt;<br>&lt;script&gt;&amp;</p>"
    await channel.stop()


async def test_a_small_picture_goes_along_and_another_file_is_named(connector: FakeConnector) -> None:
    channel = await started(connector)
    picture = Ready("stand.png", "image/png", b"\x89PNG", "De stand")
    await channel.send(parcel("De stand", key="a", file=picture))
    await channel.send(parcel("Het verslag", key="b", file=Ready("verslag.odt", "application/odt", b"PK", "")))
    first, second = connector.messages
    assert first.body["attachments"][0]["contentUrl"] == "data:image/png;base64,iVBORw=="
    assert words(second).startswith("Het verslag\nverslag.odt: een bestand kan ik in een kanaal of groepschat niet ")
    assert "attachments" not in second.body
    await channel.stop()


# --- size ------------------------------------------------------------------------------------------------------------
@given(st.integers(1, 60), st.integers(1, 400))
def test_every_part_fits_and_nothing_is_lost(items: int, length: int) -> None:
    lines = [f"{n}: " + "ééé " * length for n in range(items)]
    message = Message((Heading("Digest"), Text("Begin"), Listing(tuple((line,) for line in lines))))
    parts = render(message, {})
    assert all(part.html is not None and len(part.html.encode("utf-16-le")) <= MOST_BYTES for part in parts)
    whole = "\n".join(part.html or "" for part in parts)
    assert whole.count("ééé") == items * length


# --- refusals --------------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("status", [408, 412, 425, 429, 500, 502, 503, 504])
async def test_what_is_refused_for_the_moment_is_sent_later_and_once(connector: FakeConnector, status: int) -> None:
    channel = await started(connector)
    connector.faults.append(Fault(status))
    with pytest.raises(SendLater):
        await channel.send(parcel())
    await channel.send(parcel())
    assert len(connector.messages) == 1
    await channel.stop()


@pytest.mark.parametrize(("status", "arrived"), [(412, False), (429, False), (408, None), (502, None)])
async def test_a_refusal_says_whether_the_message_may_have_arrived(
    connector: FakeConnector, status: int, arrived: bool | None
) -> None:
    channel = await started(connector)
    connector.faults.append(Fault(status))
    with pytest.raises(SendLater) as later:
        await channel.send(parcel())
    assert later.value.arrived is arrived
    await channel.stop()


async def test_what_may_have_arrived_is_sent_once_more_and_says_so(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        connector.faults += [Fault(502, delivered=True), Fault(429)]
        await office.say("uvw.ao.1", "!signaal Sloten groeien dicht", "AO")
        await office.postponed()
        await office.postponed()
        await office.all_sent()
        await office.ask("uvw.ao.1", "!signaal Kades zakken weg", "AO")
    first, twice, other = [words(one) for one in connector.messages]
    assert twice == f"{AGAIN}\n{first}"
    assert "SIG-2027-002" in other
    assert AGAIN not in first + other


async def test_the_patience_that_teams_asks_for_is_kept_for_that_conversation_only(connector: FakeConnector) -> None:
    channel = await started(connector, pace=Pace())
    connector.faults.append(Fault(429, {"retry-after": "7"}))
    with pytest.raises(SendLater) as later:
        await channel.send(parcel())
    assert later.value.after == 7.0
    with pytest.raises(SendLater, match="the pace of Teams"):
        await channel.send(parcel(key="b"))
    await channel.send(parcel(key="c", room=room("DO")))
    assert [one.conversation for one in connector.messages] == [room("DO")]
    await channel.stop()


async def test_that_patience_is_kept_too_when_a_card_was_to_be_replaced(connector: FakeConnector) -> None:
    channel = await started(connector, pace=Pace())
    connector.faults.append(Fault(429, {"retry-after": "7"}))
    with pytest.raises(SendLater) as later:
        await channel.replace(parcel(), event_id(AO, "17"))
    assert later.value.after == 7.0
    with pytest.raises(SendLater, match="the pace of Teams"):
        await channel.send(parcel(key="b"))
    assert connector.sent == []
    await channel.stop()


@pytest.mark.parametrize("again", [False, True])
async def test_the_offer_of_a_file_says_so_when_it_may_have_arrived_before(
    connector: FakeConnector, again: bool
) -> None:
    channel = await started(connector)
    file = Ready("verslag.odt", "application/odt", b"PK", "")
    said = parcel(room=entra("uvw.ao.1"), private=True, rendered=Rendered("Het verslag"), file=file, again=again)
    await channel.send(said)
    [sent] = connector.messages
    told = f"{AGAIN} Het verslag" if again else "Het verslag"
    assert (sent.body["summary"], sent.attached(CONSENT)["content"]["description"]) == (told, told)
    await channel.stop()


def test_a_retry_after_may_name_seconds_or_a_moment() -> None:
    now = datetime(2027, 1, 11, 8, 0, tzinfo=UTC)
    assert patience("7", now) == 7.0
    assert patience("Mon, 11 Jan 2027 08:00:30 GMT", now) == 30.0
    assert patience("Mon, 11 Jan 2027 07:00:00 GMT", now) == 0.0
    assert patience("999999", now) == 3600.0
    assert patience("straks", now) is None
    assert patience(None, now) is None


async def test_a_room_where_the_bot_may_not_write_is_given_up_and_the_secretary_may_be_told(
    connector: FakeConnector,
) -> None:
    ears = ListEars()
    channel = await started(connector, ears)
    connector.faults.append(Fault(403))
    with pytest.raises(SendNever, match="HTTP 403"):
        await channel.send(parcel())
    assert ears.told == [("muted", AO, "")]
    await channel.stop()


async def test_a_private_chat_that_is_gone_is_not_tried_again_by_itself(connector: FakeConnector) -> None:
    channel = await started(connector)
    there = parcel(room=entra("uvw.ao.1"), private=True)
    await channel.send(there)
    connector.faults.append(Fault(403))
    with pytest.raises(Unreached):
        await channel.send(replace(there, key="b"))
    connector.uninstalled.add("uvw.ao.1")
    with pytest.raises(Unreached):
        await channel.send(replace(there, key="c"))
    await channel.stop()


@pytest.mark.parametrize("limit", ["_TIMEOUT_SECONDS", "_WHOLE_SECONDS"])
async def test_a_connector_that_hangs_holds_nothing_up(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch, limit: str
) -> None:
    monkeypatch.setattr(connecting, limit, 0.5)
    ears = ListEars()
    channel = await started(connector, ears)
    connector.slow_posts = 5.0
    began = time.monotonic()
    with pytest.raises(SendLater, match="no answer in time"):
        await channel.send(parcel())
    assert time.monotonic() - began < 4
    assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"))).status_code == 200
    await channel.stop()


async def test_a_connector_that_is_away_is_tried_again(connector: FakeConnector) -> None:
    channel = await started(connector)
    with FakeConnector() as other:
        gone = other.url
    services = replace(connector.services, connector=gone)
    lost = TeamsChannel(connector.options(services=services))
    await lost.start(ListEars())
    with pytest.raises(SendLater, match="no connection"):
        await lost.send(parcel())
    await lost.stop()
    await channel.stop()


# --- pace ------------------------------------------------------------------------------------------------------------
@given(st.lists(st.tuples(st.sampled_from("ab"), st.floats(0, 5)), min_size=1, max_size=200))
def test_no_limit_of_teams_is_ever_passed(said: list[tuple[str, float]]) -> None:
    now = 0.0
    pace = Pace(lambda: now)
    times: dict[str, list[float]] = {"a": [], "b": []}
    for conversation, pause in said:
        now += pause / 20
        now += pace.wait(conversation)
        assert pace.wait(conversation) <= 1e-9
        pace.said(conversation)
        times[conversation].append(now)
    for one in times.values():
        for seconds, most in LIMITS:
            assert all(b - a >= seconds - 1e-6 for a, b in zip(one, one[most:], strict=False))
    together = sorted(times["a"] + times["b"])
    for seconds, most in ALL:
        assert all(b - a >= seconds - 1e-6 for a, b in zip(together, together[most:], strict=False))


@pytest.mark.parametrize(("seconds", "most"), [(1, 7), (2, 8), (30, 60), (3600, 1800)])
def test_as_much_as_teams_takes_is_said_in_a_conversation_and_no_more(seconds: float, most: int) -> None:
    now = 0.0
    pace = Pace(lambda: now)
    times: list[float] = []
    while len(times) < 2000:
        now += pace.wait("19:ao")
        pace.said("19:ao")
        times.append(now)
    assert all(later - earlier >= seconds - 1e-6 for earlier, later in zip(times, times[most:], strict=False))
    # Nothing else holds it back: somewhere so many are said in so short a time.
    assert min(later - earlier for earlier, later in zip(times, times[most - 1 :], strict=False)) <= seconds


def test_the_pace_forgets_conversations_that_are_silent() -> None:
    now = 0.0
    pace = Pace(lambda: now)
    for n in range(3000):
        now += 10
        pace.said(f"19:{n}")
    assert len(pace._said) <= 1001


# --- what the library must not do ------------------------------------------------------------------------------------
async def test_sending_much_fills_no_memory(connector: FakeConnector) -> None:
    channel = await started(connector)
    assert isinstance(metrics.get_meter_provider(), metrics.NoOpMeterProvider)
    counts: list[int] = []
    for _ in range(6):
        for n in range(60):
            await channel.send(parcel(key=f"{len(counts)}:{n}"))
        connector.sent.clear()
        connector.tokens.clear()
        gc.collect()
        counts.append(len(gc.get_objects()))
    growth = [after - before for before, after in pairwise(counts)]
    assert min(growth) < 60, growth  # the library remembers several things of each message when it may
    await channel.stop()


async def test_no_text_and_no_conversation_comes_into_the_log(
    office: Office, connector: FakeConnector, caplog: pytest.LogCaptureFixture
) -> None:
    caplog.set_level(logging.DEBUG)
    async with office.running():
        connector.faults.append(Fault(429))
        await office.say("uvw.ao.1", "!signaal Sloten groeien dicht", "AO")
        await office.postponed()
        await office.all_sent()
        await office.say("uvw.ao.1", "!mijn")
        await office.all_sent()
    ours = [record.getMessage() for record in caplog.records if not record.name.startswith(("asyncio", "aiosqlite"))]
    assert ours
    for line in ours:
        assert "Sloten" not in line
        assert "thread.tacv2" not in line
        assert entra("uvw.ao.1") not in line


# --- the whole way ---------------------------------------------------------------------------------------------------
async def test_an_answer_that_is_refused_for_a_moment_arrives_once(office: Office, connector: FakeConnector) -> None:
    async with office.running():
        connector.faults += [Fault(429, {"retry-after": "1"}), Fault(412)]
        await office.say("uvw.ao.1", "!signaal Sloten groeien dicht", "AO")
        await office.postponed()
        await office.postponed()
        await office.all_sent()
    assert [words(one) for one in connector.messages] == [
        "SIG-2027-001, namens UvW. Ligt bij het AO, weging do 14 jan 2027."
    ]
