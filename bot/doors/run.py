"""`overlegbot run`: listen and speak on all configured channels until the process is told to stop."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from bot.app import run
from bot.channels.base import ChannelClosed
from bot.doors import REFUSED_CONFIGURATION, UNREACHABLE, WELL, DoorError
from bot.doors.opening import reachable
from bot.lock import InUse
from bot.logs import log_to_stderr
from config.faults import ConfigFaults
from config.settings import load_settings


def main(args: argparse.Namespace) -> int:
    """Run until SIGTERM or SIGINT, and return 0. `args.config`: the file, or None.

    78 with every fault of the configuration on a line of standard error. Raises DoorError: no channel, or a channel
    that the operator must mend (78), a database that cannot be used, or is in use (3).
    """
    try:
        settings = load_settings(Path(args.config) if args.config else None, os.environ)
        log_to_stderr(settings.log_level)
        if settings.matrix is None and settings.teams is None:
            raise DoorError(
                "no channel is configured: fill in [matrix] or [teams], or use `overlegbot console`",
                REFUSED_CONFIGURATION,
            )
        with reachable(settings.database):
            run(settings)
    except ConfigFaults as found:
        for fault in found.faults:
            print(fault, file=sys.stderr)
        return REFUSED_CONFIGURATION
    except ChannelClosed as closed:
        raise DoorError(str(closed), closed.code) from closed
    except InUse as in_use:
        raise DoorError(str(in_use), UNREACHABLE) from in_use
    except OSError as failure:
        raise DoorError(f"{failure.filename or 'the system'}: {failure.strerror or failure}", UNREACHABLE) from failure
    return WELL
