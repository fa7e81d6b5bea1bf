"""The groups of a scenario, typed: what they report, their evaluation, what is decided about them (domain.md §2.10)."""

from __future__ import annotations

from bot.replay.steps import Report
from bot.replay.typist import Typing, Typist
from commands.words.workgroup import Workgroup


class Groups:
    """Plays what happens to groups."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist

    def report(self, deed: Report) -> Typing[None]:
        """Who leads the group tells the body above it how it stands."""
        code, typist = deed.group.id.upper(), self.typist
        answers = yield from typist.say(typist.chair(code), code, "!terugkoppeling Stand van zaken")
        group = typist.get(Workgroup, code)
        typist.expect(group is not None and group.last_feedback == typist.now.date(), answers)
