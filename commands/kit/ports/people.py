"""Who is who, who holds what role, and who reads along in which room."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Protocol

from commands.words.discipline import Discipline
from commands.words.people import Person, Role, RoleName
from commands.words.reminder import Preference


class People(Protocol):
    """A part of `Store`."""

    def person_on(self, channel: str, chat_id: str) -> Person | None:
        """Who has that chat id (INV-41)."""

    def find_people(self, word: str) -> tuple[Person, ...]:
        """People whose id, chat id, name or surname that is; case does not matter, sorted by id (dialogue.md §1.3)."""

    def roles(
        self, *, person: str | None = None, body: str | None = None, role: RoleName | None = None, on: date | None
    ) -> tuple[Role, ...]:
        """Roles that hold on that day (None: also past and coming ones), in the order of the register."""

    def stand_ins(self, role: RoleName, body: str, *, on: date) -> tuple[str, ...]:
        """Ids of the people named as deputy for that role in that body, on the role itself or on its holder."""

    def standing_in(self, person: str, *, on: date) -> tuple[Role, ...]:
        """The roles of others for whom this person is the deputy on that day, as roles of this person."""

    def body_at(self, channel: str, address: str) -> str | None:
        """The code of the body whose room that is."""

    def people_in(self, channel: str, address: str) -> tuple[str, ...]:
        """Chat ids of who is in a room, as far as the channel has told."""

    def outsiders_in(self, body: str, *, on: date) -> bool:
        """Whether someone from outside the parties holds a role in that body on that day."""

    def called(self, channel: str, chat_id: str) -> str:
        """How people know someone on a channel, for whom the register does not know; at least the chat id."""

    def outsiders_read(self, body: str) -> bool:
        """Whether people from outside the parties are in a room of that body, as the channels last told."""

    def not_named(self, channel: str, address: str, people: Sequence[str]) -> tuple[str, ...]:
        """Those of them that were not handed out before for this room; from now on they were."""

    def disciplines(self, *, people: Sequence[str] = (), name: str | None = None) -> tuple[Discipline, ...]:
        """What these people declared of themselves (() for everyone), or who declared that discipline (None: any); by
        name and person. At least one of the two is given."""

    def preference(self, person: str) -> Preference | None:
        """How this person wants to be told; None when they never chose."""
