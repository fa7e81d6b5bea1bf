"""The Matrix demo in a process of its own, and the person at its terminal."""

from __future__ import annotations

import asyncio
import os
import re
import signal
import sys
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path

SCRIPT = Path(sys.executable).with_name("overlegbot")


class Demo:
    """The demo in a process of its own, as `make demo-matrix` starts it."""

    def __init__(self, process: Process) -> None:
        self.process = process
        self.said = ""

    async def until(self, words: str, within: float = 90) -> str:
        """Everything it printed, once these words are in it."""
        assert self.process.stdout is not None
        async with asyncio.timeout(within):
            while words not in self.said:
                line = await self.process.stdout.readline()
                assert line, f"it stopped: {self.said}"
                self.said += line.decode()
        return self.said

    def type(self, line: str) -> None:
        """What a person types at its terminal."""
        assert self.process.stdin is not None
        self.process.stdin.write(line.encode() + b"\n")

    def told(self, what: str) -> str:
        """What it says behind one of its words."""
        found = re.search(rf"^  {what} +(\S+?),?(?: |$)", self.said, re.MULTILINE)
        assert found is not None
        return found[1]


@asynccontextmanager
async def demo(folder: Path, *options: str, behind: bool = False) -> AsyncIterator[Demo]:
    """Started, and waited for at the end. `folder` is all it may write in. `behind`: as a shell runs what it does not
    wait for."""
    environment = {**os.environ, "TMPDIR": str(folder)}
    shell = ("sh", "-c", 'trap "" INT; exec "$@"', "sh") if behind else ()
    process = await asyncio.create_subprocess_exec(
        *shell,
        SCRIPT,
        "demo-matrix",
        *options,
        stdin=PIPE,
        stdout=PIPE,
        stderr=STDOUT,
        env=environment,
        preexec_fn=_heed_ctrl_c,
    )
    running = Demo(process)
    try:
        await running.until("om te stoppen")
        yield running
    finally:
        if process.returncode is None:
            process.send_signal(signal.SIGTERM)
            await process.wait()


def _heed_ctrl_c() -> None:
    """As in a terminal, also where the tests themselves run behind a shell that has it ignored."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
