"""The command line `overlegbot`: which door is asked for, and what the answer is to the shell.

Nothing heavy is imported here, so that `--help` answers at once: each door is imported when it is asked for.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from importlib import import_module
from io import TextIOWrapper

from bot.doors import WELL, DoorError
from bot.options import EPILOG, build_parser

__all__ = ["EPILOG", "INTERRUPTED", "UNEXPECTED", "build_parser", "main"]

UNEXPECTED = 70  # sysexits.h EX_SOFTWARE
INTERRUPTED = 130


def main(argv: Sequence[str] | None = None) -> int:
    """Run the door that `argv` (default: the command line) asks for.

    Returns the exit code; `--help`, `--version` and wrong use end in SystemExit, as argparse does.
    """
    _speak_utf8()
    try:
        try:
            return _run(argv)
        finally:
            sys.stdout.flush()
    except BrokenPipeError:
        return _reader_left()


def _run(argv: Sequence[str] | None) -> int:
    parser = build_parser()
    arguments = parser.parse_args(argv)
    if arguments.door is None:
        parser.error("no subcommand given")
    if arguments.door == "dates":
        if bool(arguments.file) == bool(arguments.expressions):
            parser.error("dates takes expressions or --file, one of the two")
        if arguments.expressions and not arguments.now:
            parser.error("dates needs --now to read an expression")
    os.umask(0o077)  # what the bot writes is for its own user
    try:
        return int(import_module(f"bot.doors.{arguments.module}").main(arguments))
    except DoorError as failure:
        _say(failure.message)
        return failure.code
    except KeyboardInterrupt:
        return INTERRUPTED
    except Exception as failure:
        if isinstance(failure, BrokenPipeError) and _stdout_is_broken():
            raise
        _say(f"unexpected {type(failure).__name__}: {failure} (OVERLEGBOT_DEBUG=1 prints the traceback)")
        return UNEXPECTED


def _speak_utf8() -> None:
    """UTF-8 in and out, whatever the locale. Input that is none reaches the door as lone surrogates, line by line."""
    for stream, errors in (
        (sys.stdin, "surrogateescape"),
        (sys.stdout, "backslashreplace"),
        (sys.stderr, "backslashreplace"),
    ):
        if isinstance(stream, TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors=errors)


def _stdout_is_broken() -> bool:
    """Whether a broken pipe is that of our reader (`| head`), and not one of the network."""
    from select import POLLERR, POLLHUP, poll

    poller = poll()
    try:
        poller.register(sys.stdout.fileno(), 0)
    except OSError:  # not a file
        return False
    return any(events & (POLLERR | POLLHUP) for _, events in poller.poll(0))


def _reader_left() -> int:
    """The reader had enough, which is no fault. Standard output goes nowhere, so that Python's last flush is quiet."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    return WELL


def _say(message: str) -> None:
    """One line on standard error, however many the message has; the traceback only when it is asked for."""
    if os.environ.get("OVERLEGBOT_DEBUG") == "1":
        from traceback import print_exc

        print_exc()
    print("overlegbot: " + " ".join(message.split()), file=sys.stderr)
