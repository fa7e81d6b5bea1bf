"""The device of the bot on the server: logged in once and kept, since what was sent and can be read hangs on it."""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import string
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict, dataclass
from pathlib import Path

from bot.channels.base import ChannelClosed
from bot.channels.matrix.crosssigning import Device, Seeds

_FILE = "session.json"
_SEEDS = "cross-signing.json"
_DEVICE = "device.json"
_PICKLE_KEY = "pickle-key"


@contextmanager
def privately() -> Iterator[None]:
    """Files made meanwhile are for the bot's user only: nio makes its store for everybody to read."""
    before = os.umask(0o077)
    try:
        yield
    finally:
        os.umask(before)


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
        for file in self.directory.iterdir():
            if file.is_file():
                file.chmod(0o600)
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
        self._write(_FILE, json.dumps(asdict(session)))

    def forget(self) -> None:
        """The next login is of a new device."""
        self.file.unlink(missing_ok=True)

    def seeds(self) -> Seeds | None:
        """The seeds of the bot's identity. ChannelClosed when the file cannot be read as them."""
        file = self.directory / _SEEDS
        try:
            return Seeds.from_json(file.read_text("utf-8"))
        except FileNotFoundError:
            return None
        except ValueError as error:
            raise ChannelClosed(f"{file} is damaged: restore it from the backup") from error

    def save_seeds(self, seeds: Seeds) -> None:
        """Keep the identity, in the same way."""
        self._write(_SEEDS, seeds.to_json())

    def device(self) -> Device | None:
        """The public keys of this device, as far as it was in order once."""
        try:
            return Device(**json.loads((self.directory / _DEVICE).read_text("utf-8")))
        except (FileNotFoundError, ValueError, TypeError):
            return None

    def save_device(self, device: Device) -> None:
        """Keep the public keys where they can be read while the bot runs."""
        if device != self.device():
            self._write(_DEVICE, json.dumps(asdict(device)))

    def pickle_key(self) -> str | None:
        """What the keys are kept under when the operator named nothing: made with the store. None for a store that
        is older than this key."""
        file = self.directory / _PICKLE_KEY
        if not file.exists():
            if any(self.directory.glob("@*.db")):
                return None
            self._write(_PICKLE_KEY, secrets.token_urlsafe(32))
        return file.read_text("utf-8")

    def _write(self, name: str, text: str) -> None:
        file = self.directory / name
        new = file.with_name(f"{name}.new")
        with open(os.open(new, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w", encoding="utf-8") as out:
            out.write(text)
            out.flush()
            os.fsync(out.fileno())
        new.replace(file)


def new_device_id() -> str:
    """A device id of our own making: kept before the first login, so that a crash in between leaves one device."""
    return "OVERLEG" + "".join(secrets.choice(string.ascii_uppercase) for _ in range(8))
