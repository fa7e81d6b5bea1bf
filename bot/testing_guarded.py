"""Runs a module as `python -m` does, until whoever started it is gone: `python -m bot.testing_guarded MODULE …`.

Standard input is a pipe of which only the starter holds the other end. However the starter ends, a kill -9 included,
the system closes that end; nothing needs to be asked of the system that only Linux has.
"""

from __future__ import annotations

import os
import runpy
import signal
import sys
import time
from threading import Thread

#: For leaving in order; after that it ends at once.
_LEAVE_SECONDS = 10


def main(arguments: list[str]) -> None:
    """Become that module, with its own arguments."""
    Thread(target=_watch, args=(sys.stdin.fileno(),), daemon=True).start()
    sys.argv = arguments
    runpy.run_module(arguments[0], run_name="__main__", alter_sys=True)


def _watch(pipe: int) -> None:
    while os.read(pipe, 1024):
        pass
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(_LEAVE_SECONDS)
    os._exit(1)


if __name__ == "__main__":
    main(sys.argv[1:])
