"""How quickly the bot may speak in one conversation, as Teams limits it."""

from __future__ import annotations

import time
from collections import deque
from collections.abc import Callable

#: (seconds, messages): what one bot may say in one conversation.
LIMITS = ((1.0, 7), (2.0, 8), (30.0, 60), (3600.0, 1800))
#: What it may say in all conversations of an organisation together: fifty a second, of which some are questions.
ALL = ((1.0, 40),)
_LONGEST = max(seconds for seconds, _ in LIMITS)
#: Conversations that were silent for so long are forgotten once there are so many.
_MANY = 1000


class Pace:
    """Counts what was said in each conversation. `clock` gives seconds that only go forward."""

    def __init__(self, clock: Callable[[], float] = time.monotonic) -> None:
        self._clock = clock
        self._said: dict[str, deque[float]] = {}
        self._held: dict[str, float] = {}
        self._together: deque[float] = deque(maxlen=max(most for _, most in ALL))

    def wait(self, conversation: str) -> float:
        """Seconds until the next message may go there; 0 when it may go now."""
        now = self._clock()
        said = self._said.get(conversation, deque())
        free = [self._held.get(conversation, now)]
        free += [said[-most] + seconds for seconds, most in LIMITS if len(said) >= most]
        free += [self._together[-most] + seconds for seconds, most in ALL if len(self._together) >= most]
        return max(0.0, max(free) - now)

    def said(self, conversation: str) -> None:
        """A message goes there now."""
        now = self._clock()
        if conversation not in self._said and len(self._said) >= _MANY:
            self._forget(now)
        times = self._said.setdefault(conversation, deque(maxlen=max(most for _, most in LIMITS)))
        times.append(now)
        self._together.append(now)

    def hold(self, conversation: str, seconds: float) -> None:
        """Teams asked for so much patience there."""
        self._held[conversation] = self._clock() + seconds

    def _forget(self, now: float) -> None:
        self._said = {name: times for name, times in self._said.items() if times[-1] > now - _LONGEST}
        self._held = {name: until for name, until in self._held.items() if until > now}
