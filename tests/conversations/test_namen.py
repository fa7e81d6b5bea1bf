"""People who have a name in the people file are found by it, by their surname too (dialogue.md §1.3)."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.testing import TestBot
from commands.kit.ports import Change
from commands.words.people import Person
from storage.store import SqlStore

NAMES = {"vng.ao.1": "Petra de Vries", "uvw.ao.1": "Jan de Vries", "ipo.ao.1": "Nina Tuur"}


@pytest.fixture
def named(bot: TestBot) -> TestBot:
    def write(session: object) -> None:
        store = SqlStore(session)  # type: ignore[arg-type]
        for id, name in NAMES.items():
            person = store.get(Person, id)
            assert person is not None
            store.put(replace(person, name=name), Change("test", bot.at, "naam"))

    bot.simulation.database.work(write)
    return bot


@pytest.mark.parametrize("who", ["Tuur", "tuur", "Nina Tuur", "@Nina Tuur", "@ipo.ao.1", "@Tuur"])
def test_an_action_is_given_by_surname_full_name_or_id(named: TestBot, who: str) -> None:
    said = named.say("rijk.secr.1", f"!actie {who} kaart maken voor vrijdag")
    assert said[0].text == "ACT-2027-001 Nina Tuur: kaart maken, uiterlijk do 14 jan 2027 (vóór vrijdag)."


def test_two_of_one_surname_are_asked_about_with_their_organisation(named: TestBot) -> None:
    [asked] = named.say("rijk.secr.1", "!actie De Vries kaart maken voor vrijdag")
    assert asked.text == "De Vries van UvW of VNG?"
    said = named.say("rijk.secr.1", "vng")
    assert said[0].text.startswith("ACT-2027-001 Petra de Vries: kaart maken")


def test_a_first_name_is_no_surname(named: TestBot) -> None:
    [asked] = named.say("rijk.secr.1", "!actie Nina kaart maken voor vrijdag")
    assert asked.text == "Wie pakt dit op? Noem één actiehouder."


def test_members_are_added_by_name_and_who_is_in_already_keeps_nobody_out(named: TestBot) -> None:
    said = named.say("rijk.secr.1", "!werkgroep leden WG-LOOD Nina Tuur, Petra de Vries en @rijk.ao.1")
    assert said[0].text == (
        "Nina Tuur (IPO) is lid van WG-LOOD.\nPetra de Vries (VNG) is lid van WG-LOOD.\n"
        "rijk.ao.1 (Rijk) is lid van WG-LOOD."
    )
    said = named.say("rijk.secr.1", "!werkgroep leden WG-LOOD Tuur @ipo.ao.1 @uvw.ao.1")
    assert said[0].text == "Nina Tuur (IPO) is al lid van WG-LOOD.\nJan de Vries (UvW) is lid van WG-LOOD."
    assert [one.room for one in said[1:]] == ["dm:uvw.ao.1"]
    shown = named.say("rijk.secr.1", "!werkgroep leden WG-LOOD")[0].text
    assert shown.count("Nina Tuur") == 1
    assert "Jan de Vries (UvW)" in shown


def test_one_who_is_in_already_is_said_so(named: TestBot) -> None:
    named.say("rijk.secr.1", "!werkgroep leden WG-LOOD Tuur")
    [again] = named.say("rijk.secr.1", "!werkgroep leden WG-LOOD Tuur")
    assert again.text == "Dit stond al genoteerd: Nina Tuur is lid van WG-LOOD namens IPO."


def test_a_chair_is_named_with_all_of_the_name_and_hears_who_wrote_it_down_and_who_confirmed(named: TestBot) -> None:
    said = named.say("rijk.secr.1", "!werkgroep voorzitter WG-LOOD Nina Tuur")
    assert said[0].text.startswith("Gevraagd aan vng.wg.1. Nina Tuur wordt voorzitter van WG-LOOD")
    said = named.react("vng.wg.1", "✅", said[1].id, room="dm")
    assert [one.text for one in said if one.room == "dm:ipo.ao.1"] == [
        "Je bent voorzitter van WG-LOOD namens IPO, vastgelegd door rijk.secr.1 en bevestigd door vng.wg.1."
    ]
