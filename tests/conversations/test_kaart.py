"""!kaart: a picture with the words beside it, and nothing in it that the room may not see."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import matplotlib.image
import numpy

from bot.testing import Simulation, TestBot
from commands.rules.ways import RESERVED
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile


def pixels(data: bytes) -> Any:
    """The picture as numbers from 0 to 1: rows, columns, red, green, blue."""
    return matplotlib.image.imread(io.BytesIO(data), format="png")[:, :, :3]


def test_the_groups_stand_on_a_time_line_and_in_words(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-05 09:00")
    [answer] = bot.say("rijk.secr.1", "!kaart")
    assert answer.text.splitlines()[:3] == [
        "Werkgroepen en programma's onder het AO",
        "",
        "6 groepen; over de einddatum: WG-LOOD.",
    ]
    assert (
        "- WG-LOOD: verlopen sinds wo 31 mrt 2027, 5 dagen; nog niet geëvalueerd; "
        "evaluatie van zo 28 feb 2027 ontbreekt."
    ) in answer.text
    [file] = answer.files
    assert (file.name, file.media) == ("tijdlijn-groepen-2027-04-05.png", "image/png")
    assert file.alt.startswith("Werkgroepen en programma's onder het AO, stand maandag 5 april 2027. 6 groepen;")
    assert all(code in file.alt for code in ("WG-LOOD", "WG-PFAS", "WG-STAAL", "PRG-SPOED"))


def test_a_picture_is_readable_in_grey(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-05 09:00")
    drawn = pixels(bot.say("rijk.secr.1", "!kaart groepen")[0].files[0].data)
    assert numpy.allclose(drawn[:, :, 0], drawn[:, :, 1], atol=0.02)
    assert numpy.allclose(drawn[:, :, 0], drawn[:, :, 2], atol=0.02)
    assert drawn.min() < 0.2
    assert drawn.max() > 0.95


def test_the_way_of_signals_is_counted_station_by_station(filed: TestBot) -> None:
    filed.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    filed.say("vng.ao.1", "!escaleer 1 want het raakt alle partijen vraag: Een tijdelijk kader toestaan")
    filed.say("rijk.ao.0", "!akkoord 1")
    [answer] = filed.say("rijk.secr.1", "!kaart signalen")
    assert answer.text.splitlines()[2:] == [
        "1 signaal ingediend, 0 afgehandeld.",
        "- ingediend bij AO: 1",
        "- van AO naar DO: 1",
    ]
    assert answer.files[0].name == "stroom-signalen-2027-01-11.png"


def test_without_agreements_there_is_nothing_to_draw(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.1", "!kaart afspraken")
    assert answer.text == "Er is nog niets om te tekenen. Begin met !signaal en een zin."
    assert answer.files == ()


def test_outsiders_get_no_picture_of_the_tiers(bot: TestBot) -> None:
    [answer] = bot.say("kennis.wg.1", "!kaart", room="WG-LOOD")
    assert answer.text == RESERVED


def test_in_another_room_it_comes_in_private(bot: TestBot) -> None:
    [answer] = bot.say("rijk.secr.1", "!kaart", room="WG-LOOD")
    assert answer.room == "dm:rijk.secr.1"


def test_the_digest_of_the_ao_takes_it_along_when_that_is_switched_on(structure: Structure, people: PeopleFile) -> None:
    on = replace(structure, thresholds=replace(structure.thresholds, picture_in_digest=True))
    for made, files in ((on, ["tijdlijn-groepen-2027-01-08.png"]), (structure, [])):
        simulation = Simulation(made, people)
        bot = TestBot(simulation, datetime(2027, 1, 7, 9, tzinfo=AMSTERDAM))
        said = bot.until(datetime(2027, 1, 8, 8, 30, tzinfo=AMSTERDAM))
        [digest] = [one for one in said if one.kind == "digest" and one.room == "AO"]
        assert [file.name for file in digest.files] == files
        simulation.close()
