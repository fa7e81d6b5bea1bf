"""!kaart: a picture with the words beside it, and nothing in it that the room may not see."""

from __future__ import annotations

import io
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

import matplotlib.image
import numpy
import pytest

from bot.testing import Simulation, TestBot
from commands.rules.ways import RESERVED
from commands.words.calendar import AMSTERDAM
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at


def pixels(data: bytes) -> Any:
    """The picture as numbers from 0 to 1: rows, columns, red, green, blue."""
    return matplotlib.image.imread(io.BytesIO(data), format="png")[:, :, :3]


def test_the_groups_stand_on_a_time_line_and_in_words(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-05 09:00")
    [answer] = bot.say("rijk.secr.1", "!kaart")
    assert answer.text.splitlines()[:3] == [
        "Werkgroepen en programma's onder het AO",
        "",
        "6 groepen; na hun einddatum: WG-LOOD.",
    ]
    assert (
        "- WG-LOOD: verlopen sinds wo 31 mrt 2027, 5 dagen; nog niet geëvalueerd; "
        "evaluatie van zo 28 feb 2027 niet gehouden."
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


def test_the_evaluations_are_those_that_people_have(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-05 09:00")
    bot.say("rijk.secr.1", "!evaluatie plan WG-PFAS 1 juni")
    bot.say("uvw.wg.1", "!evaluatie start WG-STAAL")
    bot.say("rijk.secr.1", "!evaluatie gehouden PRG-SPOED op 2 april")
    [answer] = bot.say("rijk.secr.1", "!kaart")
    assert "nog 101 dagen; nog niet geëvalueerd; evaluatie gepland op di 1 jun 2027." in answer.text
    assert ("nog 452 dagen; nog niet geëvalueerd; evaluatie gepland op do 30 sep 2027 en do 4 mei 2028.") in answer.text
    assert "geëvalueerd op vr 2 apr 2027; evaluatie EVA-2027-006 loopt; evaluatie gepland op" in answer.text


def test_an_evaluation_after_an_extension_that_did_not_come_is_named(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-06-24 09:00")
    bot.say("rijk.secr.1", "!evaluatie gehouden WG-PFAS proces: vlot inhoud: goed relatie: open "
            "advies: voortzetten reden: het loopt")  # fmt: skip
    bot.until(at("2027-07-01 09:00"))
    bot.say("uvw.wg.1", "!verleng WG-PFAS tot 31 januari 2028 want de proef loopt nog")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.until(at("2027-12-30 09:00"))
    [answer] = bot.say("rijk.secr.1", "!kaart")
    [line] = [one for one in answer.text.splitlines() if one.startswith("- WG-PFAS")]
    assert line == (
        "- WG-PFAS: tot en met ma 31 jan 2028, nog 32 dagen; geëvalueerd op do 24 jun 2027; "
        "evaluatie van vr 15 okt 2027 en ma 6 dec 2027 niet gehouden."
    )


def test_forty_groups_with_long_names_are_all_in_the_picture_and_in_the_words(
    structure: Structure, people: PeopleFile
) -> None:
    [usual] = [one for one in people.groups if one.code == "WG-STAAL"]
    codes = [f"WG-VERONTREINIGING-MET-NUMMER-{n:02d}" for n in range(40)]
    groups = tuple(replace(usual, code=code, aliases=()) for code in codes)
    standing = {body.code for body in structure.bodies}
    roles = tuple(role for role in people.roles if role.body in standing)
    rooms = tuple(room for room in people.rooms if room.body in standing)
    simulation = Simulation(structure, replace(people, groups=groups, roles=roles, rooms=rooms))
    [answer] = TestBot(simulation, at("2027-04-05 09:00")).say("rijk.secr.1", "!kaart")
    simulation.close()
    assert all(f"- {code}: " in answer.text and code in answer.files[0].alt for code in codes)
    drawn = pixels(answer.files[0].data)
    dark = (drawn.mean(axis=2) < 0.5).any(axis=1)
    names = drawn[:, : drawn.shape[1] // 5].mean(axis=2) < 0.5
    rows_with_a_name = numpy.flatnonzero(numpy.diff(names.any(axis=1).astype(int)) == 1)
    assert len(rows_with_a_name) >= 40
    # The legend stands right below the axis, however many rows there are.
    assert not (numpy.convolve(~dark, numpy.ones(150), "valid") == 150).any()


def test_agreements_stand_where_they_are_and_where_they_were_and_all_are_in_the_words(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-01-14 10:30")
    for n in range(1, 63):
        bot.say("rijk.secr.1", f"!afspraak partijen delen ${n} en <b>vet</b> bindt:VNG,IPO verantwoordelijk:VNG "
                "trekker:@vng.ao.1 verantwoording:AO uiterlijk:1-11-2027")  # fmt: skip
    [before] = bot.say("rijk.secr.1", "!kaart afspraken", room="dm")
    bot.say("vng.ao.1", "!voortgang AFS-62 in uitvoering want begonnen")
    [after] = bot.say("rijk.secr.1", "!kaart afspraken", room="dm")
    assert after.text.splitlines()[2] == "Op papier: 61, in voorbereiding: 0, in uitvoering: 1, gerealiseerd: 0."
    assert all(f"- AFS-2027-{n:03d} partijen delen ${n} en <b>vet</b>: " in after.text for n in range(1, 63))
    assert "AFS-2027-062 partijen delen $62 en <b>vet</b>: in uitvoering, eerder op papier" in after.files[0].alt
    # Sixty fit; what moved is among them and the two that are left out are named below the drawing.
    drawn, moved = pixels(before.files[0].data), pixels(after.files[0].data)
    assert drawn.shape[0] > 60 * 38
    assert drawn.shape == moved.shape
    assert not numpy.allclose(drawn, moved)


@pytest.mark.parametrize(
    ("typed", "answer"),
    [
        ("!kaart afspraken", "Van het AO zijn er nog geen afspraken om te tekenen. Vastleggen kan met !afspraak."),
        (
            "!kaart signalen",
            "Bij het AO bewoog in die tijd geen signaal. Verder terug kan met dagen: en een getal.",
        ),
        ("!kaart groepen van DO", "Onder het DO zijn er geen werkgroepen of programma's om te tekenen. "
         "Kijk bij !werkgroepen."),
        ("!kaart depots", "'depots' ken ik niet bij !kaart. Wat wel kan: !kaart groepen. Meer staat bij !help kaart."),
    ],
)  # fmt: skip
def test_without_anything_to_draw_it_says_what_is_missing(bot: TestBot, typed: str, answer: str) -> None:
    [said] = bot.say("rijk.secr.1", typed)
    assert said.text == answer
    assert said.files == ()


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
