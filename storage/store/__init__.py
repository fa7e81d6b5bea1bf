"""The register within one transaction: the port of `commands.kit.ports` on SQLModel."""

from storage.store.deeds import Deeds
from storage.store.groups import Groups
from storage.store.helping import Helping
from storage.store.meetings import Meetings
from storage.store.people import People
from storage.store.polls import Polls
from storage.store.records import TABLES, state_of, word_of
from storage.store.signals import Signals
from storage.store.waiting import FOR_ONE, Waiting

__all__ = ["FOR_ONE", "TABLES", "SqlStore", "state_of", "word_of"]


class SqlStore(People, Signals, Meetings, Groups, Helping, Polls, Waiting, Deeds):
    """Implements `Store`; made for one session, thrown away with it. See the port for what each call means."""
