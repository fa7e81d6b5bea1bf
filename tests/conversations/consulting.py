"""What the tests of a consultation share: who is asked, where it starts, and how to look at it."""

from __future__ import annotations

from typing import Any

from bot.testing import Said, TestBot
from commands.words.consultation import Consultation

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
VNG, IPO = "vng.wg.2", "ipo.wg.2"
ASK = '!raadpleeg VNG en IPO over SIG-1 "Steunt u een tijdelijk kader?" sluit 1 maart voor VRG-AO-2027-02'


def only(said: list[Said], room: str) -> Said:
    [one] = [one for one in said if one.room == room]
    return one


def answers(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said]


def consultation(register: Any, number: int = 1) -> Consultation:
    found: Consultation = register.ask(lambda store: store.get(Consultation, f"RPL-2027-{number:03d}"))
    return found


def draft(bot: TestBot, person: str) -> Said:
    return [one for one in bot.log if one.room == f"dm:{person}" and "[raadpleging]" in one.text][-1]
