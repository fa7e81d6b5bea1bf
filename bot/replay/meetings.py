"""The meetings of a scenario, typed: planned, moved and held (domain.md §2.7)."""

from __future__ import annotations

from datetime import date

from bot.replay import scenario as file
from bot.replay.steps import Held, Move, Plan
from bot.replay.typist import Typing, Typist, quoted
from commands.words.meeting import Meeting, MeetingState

#: Said where more meetings are planned than usual, or on a day that the calendar warns of.
BECAUSE = "jaarplanning"
PASSED = (MeetingState.HELD, MeetingState.MINUTES, MeetingState.CONFIRMED, MeetingState.DONE)


class Meetings:
    """Plays what happens to meetings."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist

    def plan(self, deed: Plan) -> Typing[None]:
        said, typist = deed.meeting, self.typist
        day = said.moved.start if said.moved else said.day
        more = f" soort:{said.kind} toch:ja reden:{BECAUSE}"
        text = f"!vergadering plan {said.body} datum:{quoted(_when(day, said))}{more}"
        answers = yield from typist.say(typist.secretary(said.body), said.body, text)
        planned = typist.meeting_on(said.body, day)
        typist.expect(planned is not None, answers)
        if planned is not None:
            typist.ids[said.id] = planned.id

    def move(self, deed: Move) -> Typing[None]:
        said, typist = deed.meeting, self.typist
        meeting = typist.get(Meeting, said.id)
        if meeting is None or said.moved is None:
            return
        reason = f" toch:ja reden:{quoted(said.moved.because or BECAUSE)}"
        text = f"!vergadering verplaats {meeting.id} naar:{quoted(_when(said.day, said))}{reason}"
        answers = yield from typist.say(typist.secretary(said.body), said.body, text)
        now = typist.get(Meeting, said.id)
        typist.expect(now is not None and now.day == said.day, answers)

    def held(self, deed: Held) -> Typing[None]:
        """Held, with every party there."""
        said, typist = deed.meeting, self.typist
        meeting = typist.get(Meeting, said.id)
        if meeting is None:
            return
        answers = yield from typist.say(
            typist.secretary(said.body), said.body, f"!vergadering gehouden {meeting.id}", yes="?"
        )
        now = typist.get(Meeting, said.id)
        typist.expect(now is not None and now.state in PASSED, answers)


def _when(day: date, said: file.Meeting) -> str:
    return f"{day.isoformat()} {said.hours}".strip()
