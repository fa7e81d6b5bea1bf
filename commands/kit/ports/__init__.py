"""The one port page: what commands may ask of the register, and the rows that travel through it.

`storage.store.SqlStore` implements it on SQLModel. One store lives as long as one transaction: everything a turn or a
moment decides is written together or not at all.
"""

from typing import Protocol

from commands.kit.ports.deeds import Deeds
from commands.kit.ports.groups import Groups
from commands.kit.ports.helping import Helping
from commands.kit.ports.meetings import Meetings
from commands.kit.ports.people import People
from commands.kit.ports.polls import Polls
from commands.kit.ports.records import Records
from commands.kit.ports.rows import (
    CLOCK,
    STRUCTURE,
    Change,
    Deed,
    Due,
    HeldPost,
    News,
    Offer,
    Option,
    Outgoing,
    Posted,
    PostKind,
    Question,
    QuestionState,
    R,
    Record,
    Savepoint,
    Speaker,
)
from commands.kit.ports.signals import Signals
from commands.kit.ports.waiting import Waiting

__all__ = [
    "CLOCK",
    "STRUCTURE",
    "Change",
    "Deed",
    "Due",
    "HeldPost",
    "News",
    "Offer",
    "Option",
    "Outgoing",
    "PostKind",
    "Posted",
    "Question",
    "QuestionState",
    "R",
    "Record",
    "Savepoint",
    "Speaker",
    "Store",
]


class Store(Records, People, Signals, Meetings, Groups, Helping, Polls, Waiting, Deeds, Protocol):
    """The register within one transaction. Reads see what was put before in the same transaction."""
