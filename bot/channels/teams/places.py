"""What the channel must know after a restart: where each conversation is reached, and who its people are."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass

from bot.channels.base import Ears

#: Under this key the rooms are kept.
ROOMS = "rooms"


@dataclass(frozen=True)
class Known:
    """A channel or group chat: the connector that serves it, and the team it is part of ("" for a group chat)."""

    service: str
    team: str = ""


def known_rooms(kept: str | None) -> dict[str, Known]:
    """The channels and group chats by conversation id, from what was kept under `ROOMS`."""
    return {room: Known(**known) for room, known in json.loads(kept or "{}").items()}


class Places:
    """The conversation references of this bot, in the database through the ears."""

    def __init__(self, name: str, ears: Ears) -> None:
        self._name = name
        self._ears = ears
        self.rooms: dict[str, Known] = {}
        self._accounts: dict[str, tuple[str, str]] = {}
        self._private: dict[str, tuple[str, str]] = {}

    async def recall(self) -> None:
        """The rooms that were known before the last stop."""
        self.rooms = known_rooms(await self._ears.recall(self._name, ROOMS))

    async def know_room(self, room: str, known: Known) -> bool:
        """Keep where a room is reached; whether that is news."""
        if self.rooms.get(room) == known:
            return False
        self.rooms[room] = known
        await self._keep_rooms()
        return True

    async def forget_room(self, room: str) -> None:
        """The bot is no longer there."""
        if self.rooms.pop(room, None) is not None:
            await self._keep_rooms()

    async def _keep_rooms(self) -> None:
        kept = {room: asdict(known) for room, known in self.rooms.items()}
        await self._ears.remember(self._name, ROOMS, json.dumps(kept))

    # --- private chats ---------------------------------------------------------------------------------------------
    async def private(self, person: str) -> tuple[str, str] | None:
        """Conversation and connector of the private chat with a person, or None."""
        if person not in self._private:
            kept = await self._ears.recall(self._name, f"dm:{person}")
            if not kept:
                return None
            conversation, service = json.loads(kept)
            self._private[person] = (conversation, service)
        return self._private[person]

    async def know_private(self, person: str, conversation: str, service: str) -> bool:
        """Keep the private chat with a person; whether that is news."""
        if await self.private(person) == (conversation, service):
            return False
        self._private[person] = (conversation, service)
        await self._ears.remember(self._name, f"dm:{person}", json.dumps([conversation, service]))
        return True

    async def forget_private(self, person: str) -> None:
        """The person took the bot out of their apps."""
        if await self.private(person) is not None:
            del self._private[person]
            await self._ears.remember(self._name, f"dm:{person}", "")

    # --- people ----------------------------------------------------------------------------------------------------
    async def account(self, person: str) -> tuple[str, str] | None:
        """The id and the name that Teams uses for a person, for mentions; None when the bot never met them there."""
        if person not in self._accounts:
            kept = await self._ears.recall(self._name, f"who:{person}")
            if not kept:
                return None
            id, name = json.loads(kept)
            self._accounts[person] = (id, name)
        return self._accounts[person]

    async def know_account(self, person: str, id: str, name: str) -> None:
        """Keep who a person is to Teams."""
        if await self.account(person) != (id, name):
            self._accounts[person] = (id, name)
            await self._ears.remember(self._name, f"who:{person}", json.dumps([id, name]))
            await self._ears.remember(self._name, f"name:{person}", name)

    @property
    def people(self) -> dict[str, str]:
        """The Entra object ids by the ids that Teams uses, of everyone that was met since the start."""
        return {id: person for person, (id, _) in self._accounts.items()}
