"""Round trip, burst and memory of overlegbot on Matrix, beside an echo bot on nio, in one run on one Synapse.

    python benchmarks/matrix.py [--times 200] [--rooms 20] [--each 25]

Both bots are processes of their own; the same clients talk to both, by turns. Figures are of this machine at
this moment; only the ratios say something.
"""

from __future__ import annotations

import argparse
import asyncio
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.matrix.whole_bot import WholeBot, answered  # noqa: E402
from tests.synapse import Official, Synapse, synapse  # noqa: E402

SCRIPT = Path(sys.executable).with_name("overlegbot")
#: What is asked of overlegbot; the echo bot hears the same words.
ASKED = ("!help", "!signaal Depot {n} zit vol", "!acties")
PATIENCE = 120.0


@contextmanager
def process(*command: str, cwd: Path, ready: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """A bot that runs and has said that it listens."""
    log = (cwd / f"{Path(command[-1]).name}-{time.monotonic_ns()}.log").open("w+b")
    running = subprocess.Popen(command, cwd=cwd, stdout=log, stderr=subprocess.STDOUT)
    try:
        deadline = time.monotonic() + PATIENCE
        while True:
            log.seek(0)
            if ready in log.read():
                break
            if running.poll() is not None or time.monotonic() > deadline:
                log.seek(0)
                raise RuntimeError(log.read().decode())
            time.sleep(0.1)
        yield running
    finally:
        running.terminate()
        try:
            running.wait(20)
        except subprocess.TimeoutExpired:
            running.kill()
        log.close()


def memory(running: subprocess.Popen[bytes]) -> float:
    """Resident memory in MiB."""
    for line in Path(f"/proc/{running.pid}/status").read_text().splitlines():
        if line.startswith("VmRSS:"):
            return int(line.split()[1]) / 1024
    raise RuntimeError("no VmRSS")


async def round_trip(person: Official, room: str, bot: str, text: str) -> float:
    """Seconds from sending to having the answer."""
    start = time.perf_counter()
    sent = await person.say(room, text)
    await person.wait_for(lambda e: e["sender"] == bot and answered(e) == sent, within=PATIENCE)
    return time.perf_counter() - start


async def burst(people: list[tuple[Official, str]], bot: str, each: int) -> tuple[int, float]:
    """How many of the commands were answered once, and in how many seconds all of them were."""
    start = time.perf_counter()

    async def one(person: Official, room: str) -> int:
        sent = [await person.say(room, "!help") for _ in range(each)]
        waiting = set(sent)
        while waiting:
            event = await person.wait_for(lambda e: e["sender"] == bot and answered(e) in waiting, within=PATIENCE)
            waiting.discard(answered(event) or "")
        said = [answered(e) for e in await person.messages(room) if e["sender"] == bot]
        return sum(said.count(event_id) == 1 for event_id in sent)

    counts = await asyncio.gather(*(one(person, room) for person, room in people))
    return sum(counts), time.perf_counter() - start


def quantiles(times: list[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    cuts = statistics.quantiles(times, n=20)
    return statistics.median(times) * 1000, cuts[18] * 1000


async def measure(server: Synapse, directory: Path, times: int, rooms: int, each: int) -> None:
    whole = WholeBot(server, directory, datetime.now(UTC))
    echo_id, echo_password = server.register(server.unused("echo"))
    echo_command = (sys.executable, str(ROOT / "benchmarks" / "echo_bot.py"), server.url, echo_id, echo_password)
    ids = [one for one in whole.everyone() if not one.startswith("rijk.ao.0")][:rooms]
    with (
        process(str(SCRIPT), "--config", str(whole.config), "run", cwd=directory, ready=b"ready") as ours,
        process(*echo_command, cwd=directory, ready=b"ready") as echo,
    ):
        room = await whole.open_room("AO", "vng.ao.1", "rijk.secr.1")
        person = await whole.person("vng.ao.1")
        other = await person.create_room(echo_id)
        await person.wait_for(lambda e: e["type"] == "m.room.member" and e.get("state_key") == echo_id)
        await asyncio.sleep(1)
        found: dict[str, list[float]] = {"echo": []}
        for n in range(times):
            for asked in ASKED:
                text = asked.format(n=n)
                found["echo"].append(await round_trip(person, other, echo_id, text))
                found.setdefault(asked.split()[0], []).append(await round_trip(person, room, whole.bot_id, text))
        base = quantiles(found["echo"])
        print(f"load {os.getloadavg()[0]:.1f}; {times} of each, by turns")
        for name, took in found.items():
            p50, p95 = quantiles(took)
            ratios = f"ratio p50 {p50 / base[0]:.2f}  p95 {p95 / base[1]:.2f}"
            print(f"{name:10} p50 {p50:6.1f} ms   p95 {p95:6.1f} ms   {ratios}")
        places: dict[str, list[tuple[Official, str]]] = {"echo": [], "overlegbot": []}
        for id in ids:
            one = await whole.person(id)
            for name, bot in (("echo", echo_id), ("overlegbot", whole.bot_id)):
                direct = await one.create_direct(bot)
                await one.wait_for(
                    lambda e, bot=bot, direct=direct: (
                        e["type"] == "m.room.member"
                        and e["room_id"] == direct
                        and e.get("state_key") == bot
                        and e["content"].get("membership") == "join"
                    ),
                    within=PATIENCE,
                )
                places[name].append((one, direct))
        rates: dict[str, float] = {}
        for name, bot in (("echo", echo_id), ("overlegbot", whole.bot_id)):
            right, seconds = await burst(places[name], bot, each)
            rates[name] = rooms * each / seconds
            print(f"burst {name:10} {right} of {rooms * each} answered once, {rates[name]:.1f} a second")
        print(f"burst ratio {rates['overlegbot'] / rates['echo']:.2f}")
        here, there = memory(ours), memory(echo)
        print(f"memory overlegbot {here:.0f} MiB, echo {there:.0f} MiB, ratio {here / there:.2f}")
    await whole.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--times", type=int, default=200)
    parser.add_argument("--rooms", type=int, default=20)
    parser.add_argument("--each", type=int, default=25)
    args = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "server").mkdir()
        (directory / "bot").mkdir()
        with synapse(directory / "server") as server:
            asyncio.run(measure(server, directory / "bot", args.times, args.rooms, args.each))


if __name__ == "__main__":
    main()
