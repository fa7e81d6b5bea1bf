"""The bot's own secret: what Microsoft says when it does not take it, and how long not to ask again."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Mapping
from typing import Any

from bot.channels.outside import as_list

#: Asking again changes nothing as long as nobody mends it: as Entra documents its errors.
_REASONS = {
    7000222: "the secret has ended",
    7000215: "the secret is another than Microsoft knows",
    700016: "the application is not known in this organisation",
    90002: "the organisation is not known",
    7000112: "the application is switched off",
}
_FOR_GOOD = ("invalid_client", "unauthorized_client")
_CODE = re.compile(r"AADSTS(\d+)")
#: Someone may be mending it: it is asked again after a minute, and ever less often.
_FIRST_SECONDS, _LONGEST_SECONDS = 60.0, 1800.0


class SecretRefused(Exception):
    """Microsoft gives the bot no token until somebody mends it. The text says why and holds no secret; `after` are the
    seconds in which it is not asked again."""

    def __init__(self, why: str, after: float = _FIRST_SECONDS) -> None:
        super().__init__(why)
        self.after = after


def refused_secret(answer: Mapping[str, Any]) -> SecretRefused | None:
    """What an answer without a token means, as Entra gives it; None for what may be over in a moment."""
    codes = [code for code in as_list(answer.get("error_codes")) if isinstance(code, int)]
    codes += [int(code) for code in _CODE.findall(str(answer.get("error_description", "")))]
    known = next((code for code in codes if code in _REASONS), None)
    if known is not None:
        return SecretRefused(f"{_REASONS[known]} (AADSTS{known})")
    if answer.get("error") in _FOR_GOOD:
        return SecretRefused(f"{answer['error']}{f' (AADSTS{codes[0]})' if codes else ''}")
    return None


class Patience:
    """Keeps from asking for what was refused, each time twice as long. `clock` gives seconds."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._why: str | None = None
        self._until = 0.0
        self._pause = _FIRST_SECONDS

    @property
    def silent(self) -> bool:
        """Whether it was refused the last time."""
        return self._why is not None

    def check(self) -> None:
        """Raises SecretRefused while it is not asked again."""
        left = self._until - self._clock()
        # More is left than ever was asked for when a clock was put back.
        if self._why is not None and 0 < left <= self._pause:
            raise SecretRefused(self._why, left)

    def refused(self, why: str) -> SecretRefused:
        """It was refused once more; what to raise."""
        self._pause = _FIRST_SECONDS if self._why is None else min(2 * self._pause, _LONGEST_SECONDS)
        self._why, self._until = why, self._clock() + self._pause
        return SecretRefused(why, self._pause)

    def accepted(self) -> None:
        """It was not refused this time."""
        self._why = None
