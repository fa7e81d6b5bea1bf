"""From request to reply, and memory, of overlegbot on Teams beside a bare echo on the same library, in one run.

    python benchmarks/teams.py [--times 500] [--memory 15000] [--short]

Both bots are processes of their own behind one connector on this machine. Each request carries a real token (RS256)
that both check, and the connector notes when an answer arrives. The same people write to both in private: one after the
other by turns, then sixteen at once, then so many messages that a leak would show. The pace of Teams (seven messages a
second in one conversation) is left out, being that of Teams. Figures are of this machine at this moment; only the
ratios say something. The reach is a p50 of at most twice that of the echo.

What is measured: from the request until its answer arrives at the connector, which the echo does without keeping
anything, and overlegbot after one sync of the disk (the message and its turn) and a turn that reads the register as a
new process would. Beside each ratio of times stands that of processor time, which says more on a machine that is busy.
What can be counted instead of timed is a test: statements for each command (`tests/bot/test_costs.py`), and syncs for
a message on Teams (`tests/teams/test_costs.py`).
"""

from __future__ import annotations

import argparse
import asyncio
import os
import socket
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

import httpx
from starlette.requests import Request
from starlette.responses import Response

ROOT = Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT))

from benchmarks.matrix import process, quantiles, status  # noqa: E402
from bot.testing_teams import FakeConnector, entra  # noqa: E402
from config.people import load_people  # noqa: E402
from config.structure import load_structure  # noqa: E402

#: What is asked of overlegbot: one command that reads, and one that writes a record with its history.
ASKED = ("!help", "!signaal Depot {n} zit vol")
AT_ONCE = 16
REACH = 2.0
PATIENCE = 60.0


class Waiting(FakeConnector):
    """A connector that tells whoever waits for an answer in a conversation, and keeps nothing."""

    def __init__(self) -> None:
        super().__init__()
        self.loop = asyncio.get_running_loop()
        self.expected: dict[str, asyncio.Future[float]] = {}

    async def _post(self, request: Request) -> Response:
        at = time.perf_counter()
        answer = await super()._post(request)
        self.sent.clear()
        self.loop.call_soon_threadsafe(self._arrived, request.path_params["id"], at)
        return answer

    def _arrived(self, conversation: str, at: float) -> None:
        waiting = self.expected.get(conversation)
        if waiting is not None and not waiting.done():
            waiting.set_result(at)


@dataclass(frozen=True)
class Bot:
    """One of the two, running."""

    name: str
    port: int
    running: subprocess.Popen[bytes]
    folder: Path


@dataclass
class Office:
    """Everything that is asked goes through here."""

    connector: Waiting
    client: httpx.AsyncClient
    people: Sequence[str]
    token: str = field(repr=False)

    async def trip(self, bot: Bot, person: str, text: str) -> float:
        """Seconds from the request to the answer's arrival."""
        activity = self.connector.said(text, person)
        answered = self.connector.loop.create_future()
        self.connector.expected[f"a:{entra(person)}"] = answered
        start = time.perf_counter()
        url = f"http://127.0.0.1:{bot.port}/api/messages"
        sent = await self.client.post(url, json=activity, headers={"authorization": f"Bearer {self.token}"})
        if sent.status_code != 200:
            raise RuntimeError(f"{bot.name} answered {sent.status_code}")
        try:
            async with asyncio.timeout(PATIENCE):
                return float(await answered) - start
        except TimeoutError as late:
            log = next(bot.folder.glob("*.log")).read_text(errors="replace")[-4000:]
            raise RuntimeError(f"{bot.name} left something unanswered:\n{log}") from late

    async def crowd(self, bot: Bot, text: str, times: int) -> tuple[list[float], float]:
        """The trips of so many messages, sixteen at once, and the seconds that all of them took."""
        numbers, found = iter(range(times)), list[float]()

        async def one(person: str) -> None:
            for n in numbers:
                found.append(await self.trip(bot, person, text.format(n=f"{bot.name} {n}")))

        start = time.perf_counter()
        await asyncio.gather(*(one(person) for person in self.people[:AT_ONCE]))
        return found, time.perf_counter() - start


def line(what: str, ours: Sequence[float], base: Sequence[float]) -> float:
    """One line of figures; returns the ratio of the medians."""
    mine, its = quantiles(list(ours)), quantiles(list(base))
    ratio = mine[0] / its[0]
    print(
        f"  {what:10} p50 {mine[0]:6.1f} ms  p95 {mine[1]:6.1f} ms   echo p50 {its[0]:6.1f} ms  p95 {its[1]:6.1f} ms   "
        f"ratio p50 {ratio:.2f}  p95 {mine[1] / its[1]:.2f}"
    )
    return ratio


async def trips(office: Office, bots: Sequence[Bot], times: int) -> None:
    """One after the other, the bots by turns."""
    ratios: list[float] = []
    print(f"request to reply, {times} of each, one at a time; load {os.getloadavg()[0]:.1f}")
    for asked in ASKED:
        found: dict[str, list[float]] = {bot.name: [] for bot in bots}
        worked = dict.fromkeys(found, 0.0)
        for n in range(-10, times):
            if n == 0:
                worked = {bot.name: -status(bot.running)[1] for bot in bots}
            for bot in bots if n % 2 else reversed(bots):
                seconds = await office.trip(bot, office.people[n % len(office.people)], asked.format(n=n))
                found[bot.name] += [seconds] if n >= 0 else []
        ratios.append(line(asked.split()[0], found["overlegbot"], found["echo"]))
        ours, base = (1000 * (worked[bot.name] + status(bot.running)[1]) / times for bot in bots)
        print(f"  {'':10} processor {ours:.1f} ms a message   echo {base:.1f} ms   ratio {ours / base:.2f}")
    print(f"  reach: p50 at most {REACH:.0f} times the echo: {'met' if max(ratios) <= REACH else 'NOT met'}")


async def crowds(office: Office, bots: Sequence[Bot], times: int) -> None:
    """Sixteen at once, there and back again."""
    print(f"request to reply, {times} of each, {AT_ONCE} at once; load {os.getloadavg()[0]:.1f}")
    for asked in ASKED:
        found: dict[str, list[float]] = {bot.name: [] for bot in bots}
        took = dict.fromkeys(found, 0.0)
        for half, bot in enumerate((*bots, *reversed(bots))):
            seconds, whole = await office.crowd(bot, f"{asked} {half}", times // 2)
            found[bot.name] += seconds
            took[bot.name] += whole
        line(asked.split()[0], found["overlegbot"], found["echo"])
        rates = {name: len(found[name]) / took[name] for name in found}
        ratio = rates["overlegbot"] / rates["echo"]
        print(f"  {'':10} {rates['overlegbot']:.0f} a second   echo {rates['echo']:.0f}   ratio {ratio:.2f}")


async def memory(office: Office, bots: Sequence[Bot], times: int) -> None:
    """Resident memory before, after a third and at the end of many messages: what grows in the last part is a leak."""
    print(f"memory over {times} messages, {AT_ONCE} at once")
    ends = {}
    for bot in bots:
        shown = [status(bot.running)[0]]
        for _ in range(3):
            await office.crowd(bot, ASKED[0], times // 3)
            shown.append(status(bot.running)[0])
        ends[bot.name] = shown[-1]
        grown = (shown[3] - shown[1]) * 1024 / (2 * times / 3)
        print(
            f"  {bot.name:10} MiB {'  '.join(f'{one:.0f}' for one in shown)}   {grown:+.2f} KiB a message after a third"
        )
    print(f"  ratio at the end {ends['overlegbot'] / ends['echo']:.2f}")


def free_port() -> int:
    """A port that nobody has now."""
    with socket.socket() as one:
        one.bind(("127.0.0.1", 0))
        return int(one.getsockname()[1])


@contextmanager
def bot(name: str, connector: FakeConnector, folder: Path) -> Iterator[Bot]:
    """One of the two in a folder of its own."""
    (folder / name).mkdir()
    port = free_port()
    script = str(ROOT / "benchmarks" / "teams_bots.py")
    arguments = [name, connector.url, connector.bot_token(), str(port), str(folder / name)]
    with process(sys.executable, script, *arguments, cwd=folder / name, ready=b"ready") as running:
        yield Bot(name, port, running, folder / name)


async def main() -> None:
    """Run what is asked for."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("--times", type=int, default=500, help="messages for each figure")
    parser.add_argument("--memory", type=int, default=15_000, help="messages for the memory; 0 leaves it out")
    parser.add_argument("--short", action="store_true", help="a tenth of both")
    asked = parser.parse_args()
    times, many = (asked.times // 10, asked.memory // 10) if asked.short else (asked.times, asked.memory)
    people = [one.id for one in load_people(None, load_structure("voorbeeldjaar")).people if not one.external]
    with tempfile.TemporaryDirectory() as name, Waiting() as connector:
        folder = Path(name)
        async with httpx.AsyncClient(timeout=PATIENCE, trust_env=False) as client:
            office = Office(connector, client, people, connector.token())
            with bot("overlegbot", connector, folder) as ours, bot("echo", connector, folder) as base:
                await trips(office, (ours, base), times)
                await crowds(office, (ours, base), times)
                if many:
                    await memory(office, (ours, base), many)


if __name__ == "__main__":
    asyncio.run(main())
