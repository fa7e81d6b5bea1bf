"""Who may bring something to the edge: every bad token is turned away before anything is stored."""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import AsyncIterator
from dataclasses import fields
from pathlib import Path

import httpx
import pytest
from starlette.types import Receive, Scope, Send

from bot.channels.base import ChannelClosed
from bot.channels.teams import TeamsChannel, TeamsOptions
from bot.channels.teams.edge import MOST_BYTES
from bot.channels.teams.server import Server
from bot.testing_teams import APP, TENANT, FakeConnector
from config.settings import TeamsSettings
from tests.teams.ears import ListEars
from tests.teams.office import room

AO = room("AO")


async def started(connector: FakeConnector, **more: object) -> tuple[TeamsChannel, ListEars]:
    ears = ListEars()
    channel = TeamsChannel(connector.options(**more))
    await channel.start(ears)
    return channel, ears


async def test_a_good_token_is_let_in_and_stored_before_the_answer(connector: FakeConnector) -> None:
    channel, ears = await started(connector)
    answer = await connector.bring(channel.port, connector.said("!signaal Sloten groeien dicht", "uvw.ao.1", room=AO))
    assert answer.status_code == 200
    assert ears.texts == ["!signaal Sloten groeien dicht"]
    await channel.stop()


async def test_every_bad_token_is_turned_away_and_nothing_is_stored(connector: FakeConnector) -> None:
    channel, ears = await started(connector)
    activity = connector.said("!signaal Sloten groeien dicht", "uvw.ao.1", room=AO)
    statuses = {}
    for name, header in connector.bad_headers().items():
        statuses[name] = (await connector.bring(channel.port, activity, header)).status_code
    assert len(statuses) >= 20
    assert statuses == dict.fromkeys(statuses, 401)
    assert ears.events == {}
    assert ears.kept == {"unlisted": "ja"}
    await channel.stop()


@pytest.mark.parametrize(
    "wrong",
    [
        {"channelData": {"tenant": {"id": "00000000-0000-4000-8000-0000000000ff"}}},
        {"channelData": {}, "conversation": {"id": "a:1", "conversationType": "personal"}},
        {"serviceUrl": "https://elders.example"},
        {"serviceUrl": None},
        {"channelId": "directline"},
    ],
    ids=["another tenant", "no tenant", "another service address", "no service address", "another channel"],
)
async def test_a_good_token_with_an_activity_that_does_not_fit_it_is_turned_away(
    connector: FakeConnector, wrong: dict[str, object]
) -> None:
    channel, ears = await started(connector)
    activity = {**connector.said("!signaal Sloten groeien dicht", "uvw.ao.1"), **wrong}
    assert (await connector.bring(channel.port, activity)).status_code == 401
    assert ears.events == {}
    await channel.stop()


async def test_another_organisation_is_heard_once_it_is_allowed(connector: FakeConnector) -> None:
    other = "00000000-0000-4000-8000-0000000000ff"
    channel, ears = await started(connector, tenants=(other.upper(),))
    activity = connector.said("hallo", "uvw.ao.1")
    activity["conversation"]["tenantId"] = activity["channelData"]["tenant"]["id"] = other
    assert (await connector.bring(channel.port, activity)).status_code == 200
    assert ears.texts == ["hallo"]
    await channel.stop()


async def test_a_replayed_activity_is_stored_once(connector: FakeConnector) -> None:
    channel, ears = await started(connector)
    activity = connector.said("!signaal Sloten groeien dicht", "uvw.ao.1", room=AO)
    statuses = [(await connector.bring(channel.port, activity)).status_code for _ in range(3)]
    assert statuses == [200, 200, 200]
    assert len(ears.events) == 1
    await channel.stop()


async def test_the_same_number_in_another_conversation_is_another_message(connector: FakeConnector) -> None:
    channel, ears = await started(connector)
    for body in ("AO", "DO"):
        await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1", room=room(body), id="1700000000001"))
    assert len(ears.events) == 2
    await channel.stop()


async def raw(port: int, content: bytes, authorization: str | None) -> int:
    headers = {"content-type": "application/json"} | ({"authorization": authorization} if authorization else {})
    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        answer = await client.post(f"http://127.0.0.1:{port}/api/messages", content=content, headers=headers)
        return answer.status_code


@pytest.mark.parametrize("body", [b"{", b"[]", b'"tekst"', b"{}", b"[" * 100_000, b"\xff\xfe", b'{"type": 3}'])
async def test_what_is_no_activity_is_a_bad_request_for_who_has_a_token_and_nothing_for_others(
    connector: FakeConnector, body: bytes
) -> None:
    channel, ears = await started(connector)
    assert await raw(channel.port, body, f"Bearer {connector.token()}") == 400
    assert await raw(channel.port, body, None) == 401
    assert ears.events == {}
    await channel.stop()


async def test_a_large_body_is_refused_without_being_read_to_its_end(connector: FakeConnector) -> None:
    channel, _ = await started(connector)
    assert await raw(channel.port, b"a" * (MOST_BYTES + 1), f"Bearer {connector.token()}") == 413
    assert await raw(channel.port, b"a" * MOST_BYTES, f"Bearer {connector.token()}") == 400
    sent = 0

    async def endless() -> AsyncIterator[bytes]:
        nonlocal sent
        for _ in range(1000):
            sent += 65_536
            yield b"a" * 65_536
            await asyncio.sleep(0)

    async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
        url = f"http://127.0.0.1:{channel.port}/api/messages"
        try:
            answer = await client.post(url, content=endless(), headers={"authorization": f"Bearer {connector.token()}"})
            assert answer.status_code == 413
        except httpx.TransportError:
            pass  # the connection is closed before everything is sent
    assert sent < 65_536_000
    await channel.stop()


@pytest.mark.parametrize("authorization", ["", "Bearer geen.echt.token"])
async def test_of_who_has_no_good_token_not_a_byte_is_waited_for(connector: FakeConnector, authorization: str) -> None:
    channel, _ = await started(connector)
    reader, writer = await asyncio.open_connection("127.0.0.1", channel.port)
    head = f"POST /api/messages HTTP/1.1\r\nHost: x\r\nAuthorization: {authorization}\r\nContent-Length: 1000\r\n\r\n"
    writer.write(head.encode())
    async with asyncio.timeout(5):
        assert (await reader.readline()).startswith(b"HTTP/1.1 401 ")
        await reader.read()
    writer.close()
    await channel.stop()


async def test_other_addresses_and_methods_do_not_exist(connector: FakeConnector) -> None:
    channel, _ = await started(connector)
    async with httpx.AsyncClient(trust_env=False) as client:
        here = f"http://127.0.0.1:{channel.port}"
        assert (await client.get(f"{here}/api/messages")).status_code == 405
        assert (await client.post(f"{here}/elders")).status_code == 404
    await channel.stop()


async def test_what_cannot_be_stored_is_not_confirmed(connector: FakeConnector) -> None:
    channel, ears = await started(connector)
    ears.broken = 1
    activity = connector.said("hallo", "uvw.ao.1")
    assert (await connector.bring(channel.port, activity)).status_code == 503
    assert (await connector.bring(channel.port, activity)).status_code == 200
    assert ears.texts == ["hallo"]
    await channel.stop()


async def test_nobody_waits_for_a_key_server_that_hangs(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.teams.keys._COOL_SECONDS", 0.0)
    channel, ears = await started(connector)
    connector.slow_keys = 2.0
    unknown = connector.bad_headers()["a rogue key under an unknown id"]
    activity = connector.said("hallo", "uvw.ao.1")
    asking = [asyncio.ensure_future(connector.bring(channel.port, activity, unknown)) for _ in range(3)]
    while connector.keys_asked < 2:
        await asyncio.sleep(0.01)
    begun = time.monotonic()
    assert (await connector.bring(channel.port, activity)).status_code == 200
    assert time.monotonic() - begun < 1.5
    assert not any(one.done() for one in asking)
    assert [(await one).status_code for one in asking] == [401, 401, 401]
    assert ears.texts == ["hallo"]
    assert connector.keys_asked == 2
    await channel.stop()


async def test_an_unknown_key_makes_the_bot_look_once_in_half_a_minute(connector: FakeConnector) -> None:
    channel, _ = await started(connector)
    asked = connector.keys_asked
    unknown = connector.bad_headers()["a rogue key under an unknown id"]
    for _ in range(5):
        await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"), unknown)
    assert connector.keys_asked == asked
    await channel.stop()


async def test_a_new_key_of_microsoft_is_found_and_an_old_one_counts_no_longer(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.teams.keys._COOL_SECONDS", 0.0)
    channel, ears = await started(connector)
    old = f"Bearer {connector.token()}"
    connector.rotate()
    assert (await connector.bring(channel.port, connector.said("nieuw", "uvw.ao.1"))).status_code == 200
    assert (await connector.bring(channel.port, connector.said("oud", "uvw.ao.1"), old)).status_code == 401
    assert ears.texts == ["nieuw"]
    await channel.stop()


async def test_the_keys_stay_when_the_key_server_is_away(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("bot.channels.teams.keys._COOL_SECONDS", 0.0)
    channel, ears = await started(connector)
    connector.broken_keys = True
    for name in ("a rogue key under an unknown id", "a rogue key under a known id"):
        bad = connector.bad_headers()[name]
        assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"), bad)).status_code == 401
    assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"))).status_code == 200
    assert ears.texts == ["hallo"]
    await channel.stop()


async def test_keys_that_were_not_had_anew_for_a_day_are_not_believed_any_more(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    channel, ears = await started(connector)
    connector.broken_keys = True
    assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"))).status_code == 200
    monkeypatch.setattr("bot.channels.teams.keys._OLDEST_SECONDS", 0.0)  # as if it were a day later
    assert (await connector.bring(channel.port, connector.said("later", "uvw.ao.1"))).status_code == 401
    assert ears.texts == ["hallo"]
    await channel.stop()


async def test_keys_are_had_anew_before_anybody_needs_them(
    connector: FakeConnector, monkeypatch: pytest.MonkeyPatch
) -> None:
    for seconds in ("_FRESH_SECONDS", "_AGAIN_SECONDS"):
        monkeypatch.setattr(f"bot.channels.teams.keys.{seconds}", 0.05)
    channel, ears = await started(connector)
    connector.rotate()
    async with asyncio.timeout(10):
        while connector.keys_asked < 3:
            await asyncio.sleep(0.01)
    # The key is known by now: an unknown one would not be looked for so soon after the last time.
    assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"))).status_code == 200
    assert ears.texts == ["hallo"]
    await channel.stop()


@pytest.mark.parametrize(
    "activity",
    [
        {"type": "typing"},
        {"type": "iets.nieuws"},
        {"type": "invoke", "name": "composeExtension/query"},
        {"type": "invoke"},
        {"type": "messageUpdate", "channelData": {"tenant": {"id": TENANT}, "eventType": "undeleteMessage"}},
        {"type": "message", "from": {"id": "28:een.andere.bot"}},
        {"type": "message", "conversation": {"tenantId": TENANT}},
    ],
    ids=["typing", "unknown type", "other invoke", "nameless invoke", "undelete", "another bot", "nowhere"],
)
async def test_what_is_nothing_for_the_bot_is_confirmed_and_not_stored(
    connector: FakeConnector, activity: dict[str, object]
) -> None:
    channel, ears = await started(connector)
    said = {**connector.said("hallo", "uvw.ao.1"), **activity}
    assert (await connector.bring(channel.port, said)).status_code == 200
    assert ears.events == {}
    await channel.stop()


def test_only_this_machine_is_listened_on_unless_it_is_said() -> None:
    assert TeamsOptions(APP, TENANT).host == "127.0.0.1"
    assert TeamsSettings.model_fields["host"].default == "127.0.0.1"


def test_nothing_turns_the_check_off() -> None:
    names = {field.name for field in fields(TeamsOptions)} | set(TeamsSettings.model_fields)
    assert [name for name in names if re.search("auth|allow_un|danger|check|skip|insecure|anonymous", name)] == []


async def test_a_stray_env_file_has_no_effect(
    connector: FakeConnector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / ".env").write_text(
        "DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS=true\nCLIENT_ID=vreemd\nSERVICE_URL=https://elders.example\n"
    )
    script = "import os, bot.channels.teams; print([n for n in ('CLIENT_ID', 'SERVICE_URL', 'PYTHON_DOTENV_DISABLED',"
    script += " 'DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS') if n in os.environ])"
    root = str(Path(__file__).parents[2])
    command, surroundings = [sys.executable, "-c", script], {"PYTHONPATH": root}
    done = await asyncio.to_thread(
        subprocess.run, command, cwd=tmp_path, env=surroundings, capture_output=True, text=True
    )
    assert done.stdout == "[]\n", done.stderr
    for name in ("DANGEROUSLY_ALLOW_UNAUTHENTICATED_REQUESTS", "CLIENT_ID", "TENANT_ID"):
        monkeypatch.setenv(name, "true")
    channel, ears = await started(connector)
    assert (await connector.bring(channel.port, connector.said("hallo", "uvw.ao.1"), None)).status_code == 401
    assert ears.events == {}
    await channel.stop()


async def test_an_edge_that_lets_anybody_in_is_not_started(connector: FakeConnector) -> None:
    async def open_door(scope: Scope, receive: Receive, send: Send) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        await send({"type": "http.response.body", "body": b""})

    server = Server(open_door, connector.options())
    with pytest.raises(ChannelClosed, match="answers 200 to a message without a token") as closed:
        await server.open()
    assert closed.value.code == 78


async def test_a_port_that_is_taken_is_said_in_one_line(connector: FakeConnector) -> None:
    channel, _ = await started(connector)
    with pytest.raises(ChannelClosed, match=f"cannot listen for Teams on 127.0.0.1 port {channel.port}") as closed:
        await started(connector, port=channel.port)
    assert closed.value.code == 3
    await channel.stop()
