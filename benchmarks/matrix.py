"""Round trip, burst and memory of overlegbot on Matrix, beside an echo bot on nio, in one run on one Synapse.

    python benchmarks/matrix.py [--times 200] [--rooms 20] [--each 25] [--short] [--parts trips plain encrypted]

Both bots are processes of their own with a store for keys; the same people talk to both, in rooms of the same shape:
for the round trips by turns, now one first and then the other, for the bursts one after the other and back again.
Figures are of this machine at this moment; only the ratios say something.
"""

from __future__ import annotations

import argparse
import asyncio
import logging
import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from tests.matrix.ciphered import CipheredPerson  # noqa: E402
from tests.matrix.whole_bot import WholeBot, answered  # noqa: E402
from tests.synapse import Official, Synapse, synapse  # noqa: E402

SCRIPT = Path(sys.executable).with_name("overlegbot")
#: What is asked of overlegbot; the echo bot hears the same words.
ASKED = ("!help", "!signaal Depot {n} zit vol", "!acties")
PARTS = ("trips", "plain", "encrypted")
PATIENCE = 300.0

Person = Official | CipheredPerson


@dataclass(frozen=True)
class Bot:
    """One of the two, running; `room` is where it hears the round trips."""

    name: str
    user_id: str
    running: subprocess.Popen[bytes]
    room: str = ""


@contextmanager
def process(*command: str, cwd: Path, ready: bytes) -> Iterator[subprocess.Popen[bytes]]:
    """A bot that runs and has said that it listens."""
    log = (cwd / f"{time.monotonic_ns()}.log").open("w+b")
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


def status(running: subprocess.Popen[bytes]) -> tuple[float, float]:
    """Resident memory in MiB, and the seconds of processor time so far."""
    lines = Path(f"/proc/{running.pid}/status").read_text().splitlines()
    resident = next(int(line.split()[1]) / 1024 for line in lines if line.startswith("VmRSS:"))
    fields = Path(f"/proc/{running.pid}/stat").read_text().rpartition(")")[2].split()
    return resident, (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


async def joined(person: Person, room: str, bot: str) -> None:
    """Wait until the bot is in the room."""

    def there(event: dict[str, Any]) -> bool:
        member = event["type"] == "m.room.member" and event["room_id"] == room and event.get("state_key") == bot
        return member and event["content"].get("membership") == "join"

    await person.wait_for(there, within=PATIENCE)


async def round_trip(person: Official, bot: Bot, text: str) -> float:
    """Seconds from sending to having the answer."""
    start = time.perf_counter()
    sent = await person.say(bot.room, text)
    await person.wait_for(lambda e: e["sender"] == bot.user_id and answered(e) == sent, within=PATIENCE)
    return time.perf_counter() - start


async def trips(whole: WholeBot, bots: Sequence[Bot], times: int) -> None:
    """The round trips, printed with the ratio to those of the same words to the echo bot, and what each bot spends on
    one: of its own processor time, which other work on the machine does not change."""
    person = await whole.person("vng.ao.1")
    spent = {bot.name: -status(bot.running)[1] for bot in bots}
    found: dict[tuple[str, str], list[float]] = {}
    for n in range(-5, times):
        for turn, asked in enumerate(ASKED):
            for bot in bots if (n + turn) % 2 else reversed(bots):
                seconds = await round_trip(person, bot, asked.format(n=n))
                if n >= 0:
                    found.setdefault((bot.name, asked.split()[0]), []).append(seconds)
    print(f"round trips: {times} of each, by turns; load {os.getloadavg()[0]:.1f}")
    for asked in (words.split()[0] for words in ASKED):
        ours, base = quantiles(found["overlegbot", asked]), quantiles(found["echo", asked])
        print(
            f"  {asked:10} p50 {ours[0]:6.1f} ms  p95 {ours[1]:6.1f} ms   echo p50 {base[0]:6.1f} ms  "
            f"p95 {base[1]:6.1f} ms   ratio p50 {ours[0] / base[0]:.2f}  p95 {ours[1] / base[1]:.2f}"
        )
    for bot in bots:
        spent[bot.name] += status(bot.running)[1]
    each = ", ".join(f"{name} {total / (times + 5) / len(ASKED) * 1000:.1f} ms" for name, total in spent.items())
    print(f"  processor time of the bot for each: {each}")


def quantiles(times: list[float]) -> tuple[float, float]:
    """p50 and p95, in milliseconds."""
    cuts = statistics.quantiles(times, n=20)
    return statistics.median(times) * 1000, cuts[18] * 1000


async def burst(people: Sequence[tuple[Person, str]], bot: str, each: int) -> tuple[int, bool, float]:
    """How many of the commands were answered once, whether in order, and in how many seconds all of them were."""
    start = time.perf_counter()

    async def one(person: Person, room: str) -> tuple[int, bool]:
        sent = [await person.say(room, "!help") for _ in range(each)]
        waiting, answers = set(sent), []
        while waiting:
            event = await person.wait_for(lambda e: e["sender"] == bot and answered(e) in sent, within=PATIENCE)
            answers.append(answered(event) or "")
            waiting.discard(answers[-1])
        return sum(answers.count(event_id) == 1 for event_id in sent), answers == sent

    found = await asyncio.gather(*(one(person, room) for person, room in people))
    return sum(n for n, _ in found), all(ordered for _, ordered in found), time.perf_counter() - start


async def bursts(
    name: str, people: Sequence[Person], bots: Sequence[Bot], each: int, make: Callable[[Any, str], Any]
) -> None:
    """A burst in a private chat of each of these people with each bot, there and back; prints the ratio."""
    places: dict[str, list[tuple[Person, str]]] = {bot.name: [] for bot in bots}
    for person in people:
        for bot in bots:
            room = await make(person, bot.user_id)
            await joined(person, room, bot.user_id)
            places[bot.name].append((person, room))
    for bot in bots:  # the keys are given, so that it is the messages that count
        await burst(places[bot.name], bot.user_id, 1)
    total = len(people) * each
    rates: dict[str, list[float]] = {bot.name: [] for bot in bots}
    print(f"burst in {len(people)} {name} rooms; load {os.getloadavg()[0]:.1f}")
    for bot in (*bots, *reversed(bots)):
        before = status(bot.running)[1]
        right, ordered, seconds = await burst(places[bot.name], bot.user_id, each)
        rates[bot.name].append(total / seconds)
        spent = (status(bot.running)[1] - before) / total * 1000
        print(
            f"  {bot.name:10} {right} of {total} answered once, {'in' if ordered else 'NOT IN'} order, "
            f"{total / seconds:.1f} a second, {spent:.1f} ms of its processor each"
        )
    ours, echo = (statistics.mean(rates[bot.name]) for bot in sorted(bots, key=lambda bot: bot.name == "echo"))
    print(f"  ratio {ours / echo:.2f}")


async def measure(server: Synapse, directory: Path, args: argparse.Namespace) -> None:
    """Both bots on that server, part after part."""
    whole = WholeBot(server, directory, datetime.now(UTC))
    echo_id, password = server.register(server.unused("echo"))
    keys = directory / "echo"
    keys.mkdir()
    echo = (sys.executable, str(ROOT / "benchmarks" / "echo_bot.py"), server.url, echo_id, password, str(keys))
    ids = [one for one in whole.everyone() if not one.startswith("rijk.ao.0")][: args.rooms]
    with (
        process(str(SCRIPT), "--config", str(whole.config), "run", cwd=directory, ready=b"ready") as here,
        process(*echo, cwd=directory, ready=b"ready") as there,
    ):
        room = await whole.open_room("AO", "vng.ao.1", "rijk.secr.1")
        person, other = await whole.person("vng.ao.1"), await whole.person("rijk.secr.1")
        same = await person.create_room(other.user_id, echo_id, name="AO")
        await other.join(same)
        await joined(person, same, echo_id)
        bots = (Bot("echo", echo_id, there, same), Bot("overlegbot", whole.bot_id, here, room))
        await asyncio.sleep(1)
        if "trips" in args.parts:
            await trips(whole, bots, args.times)
        if "plain" in args.parts:
            people = [await whole.person(id) for id in ids]
            await bursts("plain", people, bots, args.each, Official.create_direct)
        if "encrypted" in args.parts:
            ciphered = [await whole.ciphered(id) for id in ids]
            await bursts("encrypted", ciphered, bots, args.each, CipheredPerson.create_direct)
        (ours, _), (least, _) = status(here), status(there)
        print(f"memory: overlegbot {ours:.0f} MiB, echo {least:.0f} MiB, ratio {ours / least:.2f}")
    await whole.close()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--times", type=int, default=200, help="round trips of each command to each bot")
    parser.add_argument("--rooms", type=int, default=20, help="rooms of a burst, at most 20")
    parser.add_argument("--each", type=int, default=25, help="commands in each room of a burst")
    parser.add_argument("--short", action="store_true", help="40 round trips, 8 rooms, 8 commands in each")
    parser.add_argument("--parts", nargs="+", choices=PARTS, default=PARTS)
    args = parser.parse_args()
    logging.getLogger("nio").setLevel(logging.CRITICAL)
    if args.short:
        args.times, args.rooms, args.each = 40, 8, 8
    with tempfile.TemporaryDirectory() as name:
        directory = Path(name)
        (directory / "server").mkdir()
        (directory / "bot").mkdir()
        with synapse(directory / "server") as server:
            asyncio.run(measure(server, directory / "bot", args))


if __name__ == "__main__":
    main()
