"""Places on the ladder to start from. The signal is always SIG-2027-001, raised by uvw.ao.1."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.signal import Signal
from storage.store import SqlStore
from tests.conversations.consulting import ASK, IPO, SECRETARY, VNG


class Register:
    """The register behind a bot, to look into after a conversation."""

    def __init__(self, bot: TestBot) -> None:
        self.bot = bot

    def ask(self, question: Any) -> Any:
        """What `question` gives for the store."""
        return self.bot.simulation.database.work(lambda session: question(SqlStore(session)))

    def signal(self, number: int = 1) -> Signal:
        """SIG-2027-00n; AssertionError when it is not there."""
        found = self.ask(lambda store: store.get(Signal, f"SIG-2027-{number:03d}"))
        assert isinstance(found, Signal)
        return found

    def count(self) -> int:
        """How many signals there are, whatever their state."""
        return len(self.ask(lambda store: store.signals()))


@pytest.fixture
def register(bot: TestBot) -> Register:
    return Register(bot)


@pytest.fixture
def filed(bot: TestBot) -> TestBot:
    """Filed at the AO, not weighed."""
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    return bot


@pytest.fixture
def weighed(filed: TestBot) -> TestBot:
    """Weighed by the chair: the AO handles it, horizon actualiteit."""
    filed.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    return filed


@pytest.fixture
def proposed(weighed: TestBot) -> TestBot:
    """VST-2027-001 lies before the chair of the AO, proposed by vng.ao.1 for the DO."""
    weighed.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    return weighed


@pytest.fixture
def at_do(proposed: TestBot) -> TestBot:
    """Confirmed: it lies with the DO."""
    proposed.say("rijk.ao.0", "!akkoord 1")
    return proposed


@pytest.fixture
def delegated(at_do: TestBot) -> TestBot:
    """The DO asks the AO for two options, back by Thursday 18 March."""
    at_do.say("rijk.do.1", "!delegeer 1 twee opties uitwerken, uiterlijk 18 maart", room="DO")
    return at_do


@pytest.fixture
def at_group(filed: TestBot) -> TestBot:
    """Placed with WG-LOOD, back by Friday 5 March."""
    filed.say("rijk.ao.0", "!beleg 1 bij lood voor 6 maart")
    return filed


# --- a consultation ---------------------------------------------------------------------------------------------------
@pytest.fixture
def contacts(filed: TestBot) -> TestBot:
    """An umbrella contact of the VNG and of the IPO, none of the UvW; they sit in no body. SIG-1 lies at the AO."""
    filed.say(SECRETARY, f"!rol @{VNG} koepelcontact AO namens VNG")
    filed.say(SECRETARY, f"!rol @{IPO} koepelcontact AO namens IPO")
    return filed


@pytest.fixture
def asked(contacts: TestBot) -> TestBot:
    """RPL-2027-001 about SIG-1, for the AO of 4 March, closes on Monday 1 March."""
    contacts.say(SECRETARY, ASK)
    return contacts
