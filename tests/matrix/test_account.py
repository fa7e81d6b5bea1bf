"""`overlegbot matrix` and `overlegbot doctor` on a real server."""

from __future__ import annotations

import asyncio
import io
import json
import re
import stat
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, closing
from datetime import UTC, datetime
from pathlib import Path

import aiohttp
import pytest
from aiohttp import web

from bot import cli
from bot.channels.matrix import MatrixOptions, account
from bot.channels.matrix.crosssigning import Standing
from bot.testing import opened
from tests.matrix.proxy import proxy
from tests.matrix.whole_bot import WholeBot, Worlds
from tests.matrix.world import World
from tests.synapse import Official, synapse

pytestmark = pytest.mark.synapse


async def overlegbot(*arguments: str) -> int:
    """The command line, beside the people of the test."""
    return await asyncio.to_thread(cli.main, arguments)


def settings(world: World, directory: Path, *lines: str) -> str:
    """A settings file for the account of this world; gives its name."""
    file = directory / "overlegbot.toml"
    text = (
        'database = "sqlite:///bot.db"\n[matrix]\n'
        f'homeserver = "{world.server.url}"\nuser_id = "{world.bot_id}"\nstore_path = "matrix"\n'
    )
    file.write_text(text + "".join(f"{line}\n" for line in lines), "utf-8")
    return str(file)


def typed(monkeypatch: pytest.MonkeyPatch, text: str) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(text))


async def test_a_password_is_typed_once_and_the_bot_starts_without_it(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings(world, tmp_path)
    typed(monkeypatch, f"{world.password}\n")
    assert await overlegbot("--config", config, "matrix", "login") == 0
    printed = capsys.readouterr()
    assert world.password not in printed.out + printed.err
    kept = json.loads((world.store / "session.json").read_text())
    assert kept["access_token"] not in printed.out + printed.err
    lines = dict(re.split(r"\s{2,}", line, maxsplit=1) for line in printed.out.splitlines())
    assert (lines["account"], lines["device"]) == (world.bot_id, kept["device_id"])
    assert lines["state"].startswith("signed: ")
    assert {stat.S_IMODE(file.stat().st_mode) for file in world.store.iterdir()} == {0o600}

    chair = await world.reference(careful=True)
    async with world.running(world.channel(password=False, own_key=False)) as channel:
        room = await world.encrypted_room(chair)
        sent = await channel.send(world.parcel("hallo", room, "Hallo"))
        assert (await chair.wait_for(lambda one: one["id"] == sent))["shield"] == "NONE"
        # Beside the running bot.
        assert await overlegbot("--config", config, "matrix", "verify") == 0
        assert capsys.readouterr().out == printed.out
        typed(monkeypatch, f"{world.password}\n")
        assert await overlegbot("--config", config, "matrix", "login", "--new-device") == 78
        assert "another process" in capsys.readouterr().err


async def test_a_second_login_is_refused_unless_a_new_device_is_asked_for_and_then_the_old_one_ends(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings(world, tmp_path, f'password = "{world.password}"')
    assert await overlegbot("--config", config, "matrix", "login") == 0
    first = capsys.readouterr().out
    assert await overlegbot("--config", config, "matrix", "login") == 78
    assert "there is a session already" in capsys.readouterr().err
    assert await overlegbot("--config", config, "matrix", "login", "--new-device") == 0
    second = capsys.readouterr().out
    identity = re.findall(r"^identity +(.*)$", first + second, re.MULTILINE)
    assert identity[0] == identity[1]
    devices = re.findall(r"^device +(.*)$", first + second, re.MULTILINE)
    someone = await world.official()
    seen = await someone.call("POST", "keys/query", {"device_keys": {world.bot_id: []}})
    assert list(seen["device_keys"][world.bot_id]) == [devices[1]]


async def test_an_access_token_serves_and_a_wrong_secret_is_refused_with_one_line(
    world: World, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings(world, tmp_path)
    for how, what in (
        ((), "the homeserver refuses the password"),
        (("--access-token",), "the homeserver refuses the access"),
    ):
        typed(monkeypatch, "fout\n")
        assert await overlegbot("--config", config, "matrix", "login", *how) == 78
        assert capsys.readouterr().err.startswith(f"overlegbot: {what}")
    typed(monkeypatch, "")
    assert await overlegbot("--config", config, "matrix", "login") == 2
    bot = await Official.log_in(world.server.url, world.bot_id, world.password)
    typed(monkeypatch, f"{bot.token}\n")
    assert await overlegbot("--config", config, "matrix", "login", "--access-token") == 0
    someone = await world.official()
    typed(monkeypatch, f"{someone.token}\n")
    assert await overlegbot("--config", config, "matrix", "login", "--access-token", "--new-device") == 78
    assert f"the access token is of {someone.user_id}" in capsys.readouterr().err
    await bot.close()


async def test_without_a_session_verify_says_what_to_do(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "matrix").mkdir()
    assert await overlegbot("--config", settings(world, tmp_path), "matrix", "verify") == 78
    assert capsys.readouterr().err == "overlegbot: there is no session yet: run `overlegbot matrix login`\n"


async def test_a_foreign_master_key_can_be_replaced_on_purpose_only(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    config = settings(world, tmp_path, f'password = "{world.password}"')
    chair = await world.reference()
    await world.device_of(world.bot_id, world.password, sign=True)
    assert await overlegbot("--config", config, "matrix", "login") == 78
    assert "overlegbot matrix verify --reset" in capsys.readouterr().err
    assert await overlegbot("--config", config, "matrix", "verify") == 1
    assert "state        NOT signed: the account has a master key that is not this bot's" in capsys.readouterr().out
    assert await overlegbot("--config", config, "matrix", "verify", "--reset") == 0
    async with world.running(world.channel(own_key=False)) as channel:
        room = await world.encrypted_room(chair)
        sent = await channel.send(world.parcel("hallo", room, "Hallo"))
        assert (await chair.wait_for(lambda one: one["id"] == sent))["shield"] == "NONE"


async def test_single_sign_on_goes_through_the_browser(tmp_path: Path) -> None:
    """The server sends to a place that knows who somebody is (CAS here), and from there back to the bot."""
    (tmp_path / "synapse").mkdir()
    async with sign_on("overlegbot") as cas:
        config = {
            "cas_config": {"enabled": True, "server_url": cas},
            "sso": {"client_whitelist": ["http://127.0.0.1:"]},
        }
        with synapse(tmp_path / "synapse", **config) as server:
            user_id, _ = server.register("overlegbot")
            shown: asyncio.Queue[str] = asyncio.Queue()
            waiting = asyncio.ensure_future(account.by_browser(server.url, shown.put_nowait))
            async with aiohttp.ClientSession() as browser:
                address = await shown.get()
                here = re.search(r"127\.0\.0\.1%3A(\d+)%2F", address)
                assert here is not None
                async with browser.get(f"http://127.0.0.1:{here[1]}/anders?loginToken=vals") as stranger:
                    assert stranger.status == 404
                async with browser.get(address) as page:
                    assert await page.text() == "The bot is logged in; this window can be closed."
            secret = account.Secret("sso", await asyncio.wait_for(waiting, 20))
            options = MatrixOptions(server.url, user_id, tmp_path / "matrix")
            identity = await account.log_in(options, secret)
            assert (identity.device.user_id, identity.standing) == (user_id, Standing.SIGNED)
            assert (await account.verify(options)).standing is Standing.SIGNED


@asynccontextmanager
async def sign_on(name: str) -> AsyncIterator[str]:
    """A CAS server that believes everybody is this person."""

    async def login(request: web.Request) -> web.Response:
        raise web.HTTPFound(f"{request.query['service']}&ticket=T1")

    async def validate(request: web.Request) -> web.Response:
        cas = "http://www.yale.edu/tp/cas"
        text = f"<cas:authenticationSuccess><cas:user>{name}</cas:user></cas:authenticationSuccess>"
        return web.Response(text=f"<cas:serviceResponse xmlns:cas='{cas}'>{text}</cas:serviceResponse>")

    app = web.Application()
    app.router.add_get("/login", login)
    app.router.add_get("/proxyValidate", validate)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    try:
        yield f"http://127.0.0.1:{runner.addresses[0][1]}"
    finally:
        await runner.cleanup()


# --- doctor ----------------------------------------------------------------------------------------------------------
async def doctor(bot: WholeBot, capsys: pytest.CaptureFixture[str]) -> tuple[int, dict[str, str]]:
    """Exit code, and the lines by what they are about, each beginning with `well` or `NOT`."""
    code = await overlegbot("--config", str(bot.config), "doctor")
    lines = capsys.readouterr().out.splitlines()
    return code, {line[6:19].strip(): f"{line[:4].strip()} {line[20:]}" for line in lines[:-1]} | {"": lines[-1]}


async def test_doctor_finds_everything_well_in_a_bot_that_runs(
    worlds: Worlds, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = worlds.whole_bot(datetime(2027, 1, 11, 8, tzinfo=UTC))
    for file in bot.directory.iterdir():
        file.chmod(0o600)
    async with bot.running():
        await bot.open_encrypted_room("AO", "rijk.secr.1", "vng.ao.2")
        await bot.open_room("DO", "rijk.do.1")
        await bot.open_room("BO", "rijk.bo.1")
        (bot.directory / "bot.db").chmod(0o600)
        code, found = await doctor(bot, capsys)
    assert {name: line for name, line in found.items() if line.startswith("NOT")} == {}
    assert code == 0
    assert found[""] == f"all {len(found) - 1} well"
    assert found["rate limit"] == "well none: 14 messages at once"
    assert found["room AO"].endswith(", encrypted")
    assert found["room DO"].endswith(", not encrypted")
    assert found["cross-signing"].startswith("well signed; fingerprint ")
    assert found["clock"] == "well the same as that of the homeserver"
    assert re.fullmatch(r"well Europe/Amsterdam, where it is \d\d:\d\d", found["time zone"])
    assert found["versions"].startswith("well speaks Matrix up to v1.")
    assert re.fullmatch(
        r"well \d+ one-time keys on the server; the store is under a pickle key of its own", found["encryption"]
    )


async def test_doctor_says_of_each_thing_what_to_do(worlds: Worlds, capsys: pytest.CaptureFixture[str]) -> None:
    bot = worlds.whole_bot(datetime(2027, 1, 11, 8, tzinfo=UTC))
    (bot.directory / "geheim").chmod(0o644)
    code, found = await doctor(bot, capsys)
    assert code == 1
    assert found["secrets"] == f"NOT others on this machine can read the bot's files; chmod 600 {bot.directory}/geheim"
    assert found["database"].startswith("NOT sqlite:///")
    assert found["session"] == "NOT there is none yet; run `overlegbot matrix login`"
    assert "room AO" not in found
    async with bot.running():
        room = await bot.open_room("AO", "rijk.secr.1", "vng.ao.2")
        secretary = await bot.person("rijk.secr.1")
        await secretary.call("PUT", f"rooms/{room}/state/m.room.power_levels/", {"events_default": 60, "users": {}})
        code, found = await doctor(bot, capsys)
    assert found["room AO"].startswith("NOT the bot may not write in #")
    assert found["room DO"].startswith("NOT #DO")
    assert found["room DO"].endswith("leads nowhere; correct the people file, or give the room that alias")
    session = json.loads((bot.directory / "sleutels" / "session.json").read_text())
    await secretary.call_as(session["access_token"], "POST", "logout", {})
    code, found = await doctor(bot, capsys)
    assert found["session"].endswith("run `overlegbot matrix login --new-device`")
    assert code == 1


async def test_doctor_prints_the_call_that_lifts_the_rate_limit_and_the_call_lifts_it(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (tmp_path / "synapse").mkdir()
    with synapse(tmp_path / "synapse", rc_message={"per_second": 0.2, "burst_count": 10}) as server:
        bot = WholeBot(server, tmp_path, datetime(2027, 1, 11, 8, tzinfo=UTC))
        assert await overlegbot("--config", str(bot.config), "matrix", "login") == 0
        capsys.readouterr()
        _, found = await doctor(bot, capsys)
        line = found["rate limit"]
        assert re.match(
            r"NOT the bot has to wait after \d+ messages; an administrator of the server lifts it: curl -X POST ", line
        )
        told = re.search(r"-d '(.*)' (http://\S+)$", line)
        assert told is not None
        admin_id, password = server.register("beheerder", admin=True)
        admin = await Official.log_in(server.url, admin_id, password)
        headers = {"Authorization": f"Bearer {admin.token}"}
        async with aiohttp.ClientSession() as http, http.post(told[2], data=told[1], headers=headers) as answer:
            assert answer.status == 200
        await admin.close()
        _, found = await doctor(bot, capsys)
        assert found["rate limit"] == "well none: 14 messages at once"


async def test_doctor_names_a_server_that_is_away_is_something_else_or_has_another_time(
    world: World, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with closing(opened(f"sqlite:///{tmp_path}/bot.db", now=datetime.now(UTC))):
        pass

    async def lines() -> list[str]:
        await overlegbot("--config", str(tmp_path / "overlegbot.toml"), "doctor")
        return capsys.readouterr().out.splitlines()

    config = settings(world, tmp_path, f'password = "{world.password}"')
    text = Path(config).read_text("utf-8")
    Path(config).write_text(text.replace(world.server.url, "http://127.0.0.1:9"), "utf-8")
    assert any("http://127.0.0.1:9 does not answer (ClientConnectorError); check" in line for line in await lines())

    async def other(request: web.Request) -> web.Response:
        versions = {"versions": ["r0.6.1"]} if request.path.endswith("versions") and late else {"hallo": 1}
        return web.json_response(versions, headers={"Date": "Thu, 01 Jan 2026 00:00:00 GMT"})

    late = False
    app = web.Application()
    app.router.add_route("*", "/{path:.*}", other)
    runner = web.AppRunner(app)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}"
    Path(config).write_text(text.replace(world.server.url, url), "utf-8")
    assert any(f"{url} is no Matrix homeserver; check" in line for line in await lines())
    late = True
    said = await lines()
    assert any(line.startswith("NOT   versions") and "upgrade the homeserver" in line for line in said)
    assert any(line.startswith("NOT   clock") and "ahead of that of the homeserver" in line for line in said)
    await runner.cleanup()


async def test_doctor_leaves_no_room_behind(worlds: Worlds, capsys: pytest.CaptureFixture[str]) -> None:
    bot = worlds.whole_bot(datetime(2027, 1, 11, 8, tzinfo=UTC))
    async with proxy(bot.server.url) as between:
        bot.config.write_text(bot.config.read_text().replace(bot.server.url, between.url), "utf-8")
        assert await overlegbot("--config", str(bot.config), "matrix", "login") == 0
        await doctor(bot, capsys)
        assert between.asked("/createRoom") == between.asked("/leave") == between.asked("/forget") == 1
