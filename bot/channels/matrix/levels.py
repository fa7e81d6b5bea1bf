"""Who may do what in a Matrix room, from the raw events of its state.

nio merges power levels, so that someone who lost a right keeps it there, and does not know that the creators of rooms
of version 12 may do everything. These levels tell only whether the bot can write in a room. What a person may do in the
register never depends on them.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from typing import Any

from bot.channels.outside import as_dict, as_list

#: From this version on the creators of a room may do everything and stand in no list.
_CREATORS_RULE = 12


def level_of(user: str, levels: Mapping[str, Any] | None, create: Mapping[str, Any] | None) -> float:
    """The power of a user; `levels` is the content of m.room.power_levels as it is now, `create` the creation event.

    Infinite for creators of rooms of version 12 and later. Without power levels the creator has 100, others 0.
    """
    made = create or {}
    content = as_dict(made.get("content"))
    creators = {made.get("sender")}
    if _version(content.get("room_version")) >= _CREATORS_RULE:
        creators |= {one for one in as_list(content.get("additional_creators")) if isinstance(one, str)}
        if user in creators:
            return math.inf
    if levels is None:
        return 100 if user in creators else 0
    users = as_dict(levels.get("users"))
    return _number(users.get(user), _number(levels.get("users_default"), 0))


def needed_for(event_type: str, levels: Mapping[str, Any] | None) -> float:
    """The power that is needed to send a message of that type."""
    if levels is None:
        return 0
    return _number(as_dict(levels.get("events")).get(event_type), _number(levels.get("events_default"), 0))


def _version(value: object) -> int:
    return int(value) if isinstance(value, str) and value.isdigit() else 1


def _number(value: object, otherwise: float) -> float:
    """Old rooms may hold numbers as text."""
    if isinstance(value, bool):
        return otherwise
    if isinstance(value, int | float):
        return value
    try:
        return int(value) if isinstance(value, str) else otherwise
    except ValueError:
        return otherwise
