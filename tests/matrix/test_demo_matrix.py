"""`overlegbot demo-matrix`: anyone with a client takes part, time passes when told to, and a stop leaves nothing."""

from __future__ import annotations

import asyncio
import signal
from pathlib import Path
from urllib.parse import urlsplit

import aiohttp
import pytest

from bot.doors import demo_matrix
from bot.testing_synapse import SERVER_NAME
from tests.matrix.demo import demo
from tests.synapse import Official

pytestmark = pytest.mark.synapse

CLIENT = "<title>Overleg</title>"


async def answers(url: str) -> bool:
    """Whether anything listens there."""
    try:
        async with aiohttp.ClientSession() as http, http.get(url):
            return True
    except aiohttp.ClientConnectionError:
        return False


async def test_an_official_takes_part_with_any_client_and_sees_a_digest_when_time_passes(tmp_path: Path) -> None:
    async with demo(tmp_path, "--web", str(tmp_path / "not built")) as running:
        assert f"  webclient   {demo_matrix.NO_CLIENT}\n" in running.said
        server = running.told("homeserver")
        person = await Official.log_in(server, f"@vng.ao.2:{SERVER_NAME}", running.told("wachtwoord"))
        try:
            ao = (await person.call("GET", f"directory/room/%23ao-bodem:{SERVER_NAME}"))["room_id"]
            await person.say(ao, "!signaal Baggerdepots zitten vol")
            bot = f"@overlegbot:{SERVER_NAME}"
            said = await person.wait_for_text(bot, "SIG-2027-001", room=ao)
            assert said == "SIG-2027-001, namens VNG. Ligt bij het AO, weging do 14 jan 2027."
            running.type("ooit")
            await running.until("Hoe ver? Bijvoorbeeld +2w,")
            running.type("2027-02-26 09:00")
            await running.until("Het is nu vrijdag 26 februari 2027, 09:00.")
            digest = await person.wait_for_text(bot, "AO 2 · donderdag 4 maart 2027", room=ao)
            assert "SIG-2027-001 Baggerdepots zitten vol" in digest
        finally:
            await person.close()
        running.type("stop")
        await running.until("Gestopt; er is niets van over.")
        assert await running.process.wait() == 0
        assert not await answers(server)
    assert list(tmp_path.iterdir()) == []


async def test_a_ctrl_c_ends_all_of_it(tmp_path: Path) -> None:
    client = tmp_path / "dist"
    client.mkdir()
    (client / "index.html").write_text(CLIENT, "utf-8")
    async with demo(tmp_path, "--web", str(client)) as running:
        server, address = running.told("homeserver"), running.told("webclient")
        async with aiohttp.ClientSession() as http:
            async with http.get(address) as page:
                assert await page.text() == CLIENT
            async with http.get(f"{address}config.json") as settings:
                assert await settings.json() == {"defaultHomeServer": server}
        assert address.startswith("http://127.0.0.1:")
        running.process.send_signal(signal.SIGINT)
        await running.until("Gestopt; er is niets van over.")
        assert await running.process.wait() == 0
        assert not await answers(server)
        assert not await answers(address)
    assert list(tmp_path.iterdir()) == [client]


async def test_behind_a_shell_it_is_ended_as_any_program_is(tmp_path: Path) -> None:
    async with demo(tmp_path, behind=True) as running:
        server = running.told("homeserver")
        running.process.send_signal(signal.SIGTERM)
        await running.until("Gestopt; er is niets van over.", within=30)
        assert await running.process.wait() == 0
        assert not await answers(server)
    assert list(tmp_path.iterdir()) == []


async def test_a_kill_ends_the_homeserver_and_the_web_client_as_well(tmp_path: Path) -> None:
    client = tmp_path / "dist"
    client.mkdir()
    (client / "index.html").write_text(CLIENT, "utf-8")
    async with demo(tmp_path, "--web", str(client)) as running:
        server, address = running.told("homeserver"), running.told("webclient")
        there = urlsplit(server)
        reader, writer = await asyncio.open_connection(there.hostname, there.port)
        running.process.kill()
        assert await running.process.wait() == -signal.SIGKILL
        async with asyncio.timeout(30):
            assert await reader.read() == b""
        writer.close()
        assert not await answers(server)
        assert not await answers(address)
