"""!toon: the dossier with its route, only for who may see it, only where it may be read (C03, R-004, INV-39)."""

from __future__ import annotations

import pytest

from bot.testing import TestBot

CHAIR = "rijk.ao.0"


def test_the_whole_route_the_brief_and_the_next_step(delegated: TestBot) -> None:
    [answer] = delegated.say("ipo.ao.1", "!toon 1")
    assert answer.text.splitlines() == [
        "SIG-2027-001 Baggerdepots zitten vol",
        "",
        "In behandeling, ligt bij AO, eigenaar DO.",
        "Ingediend door uvw.ao.1, namens UvW, ma 11 jan 2027.",
        "horizon: actualiteit; richting: van onderop.",
        "Gevraagd besluit: Een tijdelijk kader toestaan.",
        "Waarom dit niveau: het raakt alle partijen.",
        "Opdracht: twee opties uitwerken.",
        "",
        "Route",
        "",
        "1. ma 11 jan 2027, ingediend bij AO door uvw.ao.1",
        "2. ma 11 jan 2027, in behandeling bij AO door rijk.ao.0: gewogen: afhandelen",
        "3. ma 11 jan 2027, in behandeling bij DO door rijk.ao.0: VST-2027-001 bekrachtigd: het raakt alle partijen",
        "4. ma 11 jan 2027, in behandeling bij AO door rijk.do.1: opdracht: twee opties uitwerken",
        "Gremia: AO (ligt hier), DO (eigenaar).",
        "Mensen: AO: voorzitter rijk.ao.0 (Rijk), secretaris rijk.secr.1 (Rijk); DO: voorzitter rijk.do.1 (Rijk), "
        "secretaris rijk.secr.2 (Rijk).",
        "Volgende stap: AO meldt terug aan DO uiterlijk do 18 mrt 2027.",
    ]


def test_an_unweighed_one_says_when_it_is_weighed(filed: TestBot) -> None:
    [answer] = filed.say("ipo.ao.1", "!toon 1")
    assert answer.text.endswith("Volgende stap bij het AO: weging do 14 jan 2027.")


def test_what_does_not_exist_and_what_may_not_be_seen_read_the_same(filed: TestBot) -> None:
    [hidden] = filed.say("vng.do.1", "!toon 1", room="dm")
    [missing] = filed.say("vng.do.1", "!toon 99", room="dm")
    assert hidden.text == "SIG-2027-001 bestaat niet. Kijk bij !signalen."
    assert missing.text == hidden.text.replace("001", "099")


def test_in_a_room_that_may_not_see_it_the_answer_is_private(filed: TestBot) -> None:
    [answer] = filed.say("uvw.ao.1", "!toon 1", room="WG-PFAS")
    assert answer.room == "dm:uvw.ao.1"
    [answer] = filed.say("rijk.secr.1", "!toon 1", room="AO")
    assert answer.room == "AO"


def test_where_externals_read_along_nothing_of_the_fixed_bodies_is_shown(delegated: TestBot) -> None:
    delegated.say(CHAIR, "!beleg 1 bij pfas uiterlijk 5 maart")
    for person, room in (("uvw.wg.1", "WG-PFAS"), ("drinkwater.wg.1", "WG-PFAS"), ("drinkwater.wg.1", "dm")):
        [answer] = delegated.say(person, "!toon 1", room=room)
        assert "Baggerdepots zitten vol" in answer.text
        for secret in ("kader", "raakt alle partijen", "twee opties", "rijk.ao.0", "rijk.do.1", "VST-"):
            assert secret not in answer.text
    [answer] = delegated.say("uvw.wg.1", "!toon 1", room="dm")
    assert "raakt alle partijen" in answer.text


def test_a_proposal_in_its_own_room_and_elsewhere_in_private(proposed: TestBot) -> None:
    [answer] = proposed.say("ipo.ao.1", "!toon vst1")
    assert answer.room == "AO"
    assert "voorgesteld door vng.ao.1: het raakt alle partijen." in answer.text
    assert "Ingediend; de voorzitter van het AO beslist." in answer.text
    [answer] = proposed.say("uvw.ao.1", "!toon vst1", room="WG-PFAS")
    assert answer.room == "dm:uvw.ao.1"
    proposed.say(CHAIR, "!akkoord 1")
    [answer] = proposed.say("ipo.ao.1", "!toon vst1")
    assert "Bekrachtigd door rijk.ao.0, ma 11 jan 2027." in answer.text


@pytest.mark.parametrize(
    "id", ["1", "001", "sig1", "SIG-2027-001", "sig-2027-1", "2027-001", "SIG-2027-001,", "(sig1)"]
)
def test_an_id_in_any_spelling(filed: TestBot, id: str) -> None:
    [answer] = filed.say("uvw.ao.1", f"!toon {id}")
    assert answer.text.startswith("SIG-2027-001 Baggerdepots zitten vol")


def test_in_reply_to_the_bot_no_number_is_needed(bot: TestBot) -> None:
    [filed] = bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    [answer] = bot.say("ipo.ao.1", "!toon", reply_to=filed.id)
    assert answer.text.startswith("SIG-2027-001")


def test_without_any_it_asks(filed: TestBot) -> None:
    [question] = filed.say("uvw.ao.1", "!toon")
    assert question.text == "Om welk nummer gaat het?"
    [wrong] = filed.say("uvw.ao.1", "99", reply_to=question.id)
    assert "bestaat niet" in wrong.text
    [answer] = filed.say("uvw.ao.1", "1", reply_to=wrong.id)
    assert answer.text.startswith("SIG-2027-001")


def test_a_signal_on_an_agenda_names_that_meeting_as_its_next_step(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!weeg 1 agenderen horizon:actualiteit")
    [shown] = bot.say("uvw.ao.1", "!toon 1")
    assert "Volgende stap: het AO van do 14 jan 2027." in shown.text


def test_a_merged_signal_is_named_only_to_who_may_see_where_it_went(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol gevoelig:ja")
    bot.say("ipo.ao.1", "!signaal Provincies missen depotruimte gevoelig:ja")
    bot.say("rijk.secr.1", "!koppel 2 aan 1")
    [shown] = bot.say("ipo.ao.1", "!toon 2", room="dm")
    assert "samengevoegd met SIG-2027-001" in shown.text
    [hidden] = bot.say("vng.bo.1", "!toon 2", room="dm")
    assert hidden.text == "SIG-2027-002 bestaat niet. Kijk bij !signalen."


def test_a_group_is_shown_by_its_code_or_name(bot: TestBot) -> None:
    for typed in ("!toon WG-PFAS", "!toon pfas", "!toon wg-pfas"):
        [answer] = bot.say("rijk.secr.1", typed)
        assert answer.text.startswith("WG-PFAS, "), typed
    [hidden] = bot.say("drinkwater.wg.1", "!toon WG-LOOD", room="dm")
    assert "LOOD" not in hidden.text.replace("WG-LOOD", "")
    [tier] = bot.say("rijk.secr.1", "!toon AO")
    assert tier.text == "Het AO heeft geen dossier. Kijk bij !wie AO, !agenda AO of !signalen bij:AO."
    [asked] = bot.say("rijk.secr.1", "!toon")
    assert asked.text == "Om welk nummer gaat het?"


def test_it_says_from_which_side_it_came(bot: TestBot) -> None:
    """R-184: where it was raised decides that, and nobody has to type it."""
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.do.1", "!signaal Norm blokkeert grondverzet", room="DO")
    [low] = bot.say("rijk.secr.1", "!toon 1")
    [high] = bot.say("rijk.secr.1", "!toon 2", room="dm")
    assert "\nrichting: van onderop.\n" in low.text
    assert "\nrichting: van bovenaf.\n" in high.text


def test_an_evaluation_is_shown_by_its_id_to_who_may_see_the_group(bot: TestBot) -> None:
    [shown] = bot.say("uvw.wg.1", "!toon EVA-2027-001", room="WG-PFAS")
    assert (shown.room, shown.text.splitlines()) == (
        "WG-PFAS",
        ["EVA-2027-001: evaluatie van Werkgroep PFAS in baggerspecie", "", "Gepland voor di 15 jun 2027."],
    )
    [elsewhere] = bot.say("rijk.secr.1", "!toon eva-2027-001", room="AO")
    assert elsewhere.room == "dm:rijk.secr.1"
    [hidden] = bot.say("ipo.wg.1", "!toon EVA-2027-001", room="dm")
    [missing] = bot.say("ipo.wg.1", "!toon EVA-2027-099", room="dm")
    assert missing.text.startswith("EVA-2027-099 bestaat niet.")
    assert hidden.text == missing.text.replace("099", "001")
