"""The device of the bot on the server: logged in once and kept, since what was sent and can be read hangs on it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import string
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.channels.base import ChannelClosed

_FILE = "session.json"


@dataclass(frozen=True)
class Session:
    """`access_token` is empty between choosing the device and the first login."""

    user_id: str
    device_id: str
    access_token: str

    def __repr__(self) -> str:
        return f"Session({self.user_id}, {self.device_id})"


class SessionStore:
    """The directory of the session. Only one process may hold it: two would spoil each other's keys."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self._lock: int | None = None

    @property
    def file(self) -> Path:
        """Where the session is kept; removing it makes the bot log in anew, as a new device."""
        return self.directory / _FILE

    def open(self) -> None:
        """Make the directory private and take the lock. ChannelClosed if another process has it."""
        self.directory.mkdir(parents=True, exist_ok=True, mode=0o700)
        self.directory.chmod(0o700)
        lock = os.open(self.directory / "lock", os.O_RDWR | os.O_CREAT, 0o600)
        try:
            fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except OSError:
            os.close(lock)
            raise ChannelClosed(f"another process uses the Matrix session in {self.directory}") from None
        self._lock = lock

    def close(self) -> None:
        """Give the lock back; may be called twice."""
        if self._lock is not None:
            os.close(self._lock)
            self._lock = None

    def load(self) -> Session | None:
        """The kept session. ChannelClosed when the file cannot be read as one."""
        try:
            return Session(**json.loads(self.file.read_text("utf-8")))
        except FileNotFoundError:
            return None
        except (ValueError, TypeError) as error:
            raise ChannelClosed(f"{self.file} is damaged: restore it, or remove it to log in anew") from error

    def save(self, session: Session) -> None:
        """Keep the session, whole or not at all, readable by the bot's user only."""
        new = self.file.with_suffix(".new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            json.dump(asdict(session), out)
            out.flush()
            os.fsync(out.fileno())
        new.replace(self.file)


def new_device_id() -> str:
    """A device id of our own making: kept before the first login, so that a crash in between leaves one device."""
    return "OVERLEG" + "".join(secrets.choice(string.ascii_uppercase) for _ in range(8))
