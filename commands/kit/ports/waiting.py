"""What goes out, waits for an answer, and is owed by the clock."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime
from typing import Protocol

from commands.kit.ports.rows import Due, HeldPost, News, Offer, Outgoing, Posted, Question, QuestionState, Speaker
from commands.words.reminder import Reminder, ReminderState


class Waiting(Protocol):
    """A part of `Store`."""

    def post(self, outgoing: Outgoing) -> bool:
        """Put a message in the outbox; False when that key was posted before."""

    def unasked(self, to: str, since: date, until: date) -> int:
        """How many messages count as said unasked in that room from one day to another, both included."""

    def hold(self, held: HeldPost) -> bool:
        """Keep what a room hears in its next bundle; False when that key was posted or held before."""

    def held(self, to: str) -> tuple[HeldPost, ...]:
        """What waits for that room, oldest first."""

    def told(self, held: HeldPost, at: datetime) -> None:
        """It was said, in the room or to the secretary, and waits no longer."""

    def posted(self, channel: str, event_id: str, *, exact: bool = False) -> Posted | None:
        """The sent message with that platform event id, or (unless `exact`) the answer in the thread that it began."""

    def offered_since(self, channel: str, event_id: str) -> tuple[Offer, ...]:
        """What is offered by the outcomes of its buttons that took the place of the message with that event id."""

    def heard_from(self, channel: str, event_id: str) -> str:
        """The chat id of who said that; "" when nothing was heard under that id."""

    def last_posted(self, to: str, *, offering: bool = False, asking: bool = False) -> Posted | None:
        """The newest message to that place that offers something or still asks something; `offering`: that offers,
        `asking`: that asks."""

    def deliveries(self) -> tuple[int, int]:
        """How many messages wait to be sent, and how many could not be delivered."""

    def undelivered(self, since: datetime) -> tuple[tuple[str, int], ...]:
        """Where messages could not be delivered that were decided since then, as outbox destinations, and how many."""

    def speaker(self, channel: str) -> Speaker | None:
        """The device the bot has on that channel, as it was at the last start; None where there is no such thing."""

    def voiceless_since(self, channel: str) -> datetime | None:
        """Since when the platform takes nothing from the bot (aware); None while it does."""

    def ask(self, question: Question) -> int:
        """Store an open question and return its number."""

    def question(self, id: int, *, state: QuestionState = "open") -> Question | None:
        """The question when it is in that state: still open unless another one is asked for."""

    def open_questions(self, person: str) -> tuple[Question, ...]:
        """What this person has not answered yet, oldest first."""

    def close_question(self, id: int, state: QuestionState) -> None:
        """An answered, cancelled or expired question never runs again."""

    def owe(self, about: str, dues: Sequence[Due], *, kinds: Sequence[str]) -> None:
        """Replace what is owed about an object: undone rows of these kinds go, `dues` come; done ones stay done."""

    def hasten(self, person: str, at: datetime) -> None:
        """What waits for this person alone, and is not due before `at`, falls due then."""

    def held_for(self, person: str, *, limit: int = 50) -> tuple[Due, ...]:
        """What waits for this person alone, first the oldest: it did not fit in a message, or comes in a bundle."""

    def done_before(self, about: str, kind: str, occasion: str) -> bool:
        """Whether that kind of moment about it was done on another occasion, such as the day it had before."""

    def next_due(self) -> Due | None:
        """What the clock owes first."""

    def reminders(
        self,
        *,
        person: str | None = None,
        body: str | None = None,
        anchor: str | None = None,
        states: Sequence[ReminderState] = (),
        limit: int = 200,
    ) -> tuple[Reminder, ...]:
        """Reminders that match all that is given, by the time they come next and id, at most `limit`."""

    def keep_news(self, news: News) -> None:
        """Keep it until `take_news`."""

    def take_news(self, person: str) -> tuple[News, ...]:
        """What was kept for this person, oldest first; it is kept no longer."""
