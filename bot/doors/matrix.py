"""`overlegbot matrix`: log in once, and see how the bot's device stands. Prints no secret and asks for none twice."""

from __future__ import annotations

import argparse
import asyncio
import getpass
import os
import sys
from collections.abc import Coroutine
from pathlib import Path
from typing import Any, TypeVar

from bot.app import matrix_options
from bot.channels.base import ChannelClosed
from bot.doors import FAULTS_FOUND, REFUSED_CONFIGURATION, UNREACHABLE, WELL, DoorError
from bot.doors.opening import checked
from config.settings import load_settings

T = TypeVar("T")


def main(args: argparse.Namespace) -> int:
    """`login` or `verify`; 0, or 1 when the device is not signed. DoorError: 78 refused, 3 not reachable."""
    settings = checked(lambda: load_settings(Path(args.config) if args.config else None, os.environ, logging_in=True))
    if settings.matrix is None:
        raise DoorError("fill in [matrix] in the settings first", REFUSED_CONFIGURATION)
    # Imported here: it takes a second, and whoever asks for help need not wait for it.
    from bot.channels.matrix import account
    from bot.channels.matrix.options import MatrixOptions

    options: MatrixOptions = matrix_options(settings.matrix)
    if args.verb == "login":
        identity = _run(account.log_in(options, _secret(args, options), new_device=args.new_device))
    elif args.reset:
        identity = _run(account.replace_identity(options, _asked(options.password, f"Password of {options.user_id}: ")))
    else:
        identity = _run(account.verify(options))
    from bot.channels.matrix.identity import report

    print("\n".join(report(identity)))
    return WELL if identity.signed else FAULTS_FOUND


def _secret(args: argparse.Namespace, options: Any) -> Any:
    """What to log in with: the browser, what the settings hold, or what is typed."""
    from bot.channels.matrix.account import Secret, by_browser

    if args.sso:

        def show(address: str) -> None:
            print(f"Open this address in a browser on this machine, and log in as {options.user_id}:\n{address}")
            sys.stdout.flush()

        return Secret("sso", _run(by_browser(options.homeserver, show, args.port)))
    if args.access_token:
        return Secret("access token", _asked(options.access_token, f"Access token of {options.user_id}: "))
    if options.access_token and not options.password:
        return Secret("access token", options.access_token)
    return Secret("password", _asked(options.password, f"Password of {options.user_id}: "))


def _asked(known: str | None, question: str) -> str:
    """What the settings hold, or what is typed without showing it; from a pipe: its first line."""
    if known:
        return known
    try:
        typed = getpass.getpass(question) if sys.stdin.isatty() else sys.stdin.readline().rstrip("\r\n")
    except EOFError:
        typed = ""
    if not typed:
        raise DoorError("nothing was typed")
    return typed


def _run(work: Coroutine[Any, Any, T]) -> T:
    from bot.channels.matrix.errors import MatrixError

    try:
        return asyncio.run(work)
    except ChannelClosed as closed:
        raise DoorError(str(closed), closed.code) from closed
    except MatrixError as error:
        code = REFUSED_CONFIGURATION if error.token_gone else UNREACHABLE
        raise DoorError(f"the homeserver: {error}", code) from error
    except TimeoutError as error:
        raise DoorError("nobody logged in within ten minutes", UNREACHABLE) from error
    except OSError as failure:
        raise DoorError(f"{failure.filename or 'the system'}: {failure.strerror or failure}", UNREACHABLE) from failure
