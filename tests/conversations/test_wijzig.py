"""!wijzig: who made it or the secretary corrects a field; the old wording stays in the history (C63)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.signal import SignalKind

CHAIR, SECRETARY, RAISER, OTHER = "rijk.ao.0", "rijk.secr.1", "uvw.ao.1", "vng.ao.1"


@pytest.mark.parametrize("typed", ["!wijzig sig1 thema:grondwater", "!wijzig 1 thema grondwater"])
def test_a_field_is_changed_and_the_old_value_stays_in_the_history(filed: TestBot, register: Any, typed: str) -> None:
    filed.say(RAISER, "!wijzig 1 thema:PFAS")
    [answer] = filed.say(RAISER, typed)
    assert answer.text == "SIG-2027-001: thema PFAS → grondwater."
    assert register.signal().topic == "grondwater"
    assert register.ask(lambda store: store.history("SIG-2027-001"))[-1].why == "gewijzigd: thema PFAS → grondwater"


def test_several_fields_at_once_with_a_reason(filed: TestBot, register: Any) -> None:
    [answer] = filed.say(RAISER, "!wijzig 1 titel: Depots in Zeeland zitten vol regio:Zeeland reden: scherper")
    assert answer.text == (
        "SIG-2027-001: titel Baggerdepots zitten vol → Depots in Zeeland zitten vol; regio (leeg) → Zeeland."
    )
    assert register.signal().title == "Depots in Zeeland zitten vol"
    assert register.ask(lambda store: store.history("SIG-2027-001"))[-1].why.endswith("; scherper")


def test_without_a_field_it_asks_and_then_for_the_value(filed: TestBot, register: Any) -> None:
    [question] = filed.say(RAISER, "!wijzig 1")
    assert question.text == "Wat wil je wijzigen? Bijvoorbeeld: thema grondwater."
    [question] = filed.say(RAISER, "regio", reply_to=question.id)
    assert question.text == "Wat wordt regio?"
    [answer] = filed.say(RAISER, "Zeeland", reply_to=question.id)
    assert answer.text == "SIG-2027-001: regio (leeg) → Zeeland."
    assert register.signal().region == "Zeeland"


def test_a_field_that_does_not_exist_is_asked_again(filed: TestBot) -> None:
    [question] = filed.say(RAISER, "!wijzig 1 prioriteit hoog")
    assert question.text == "Wat wil je wijzigen? Bijvoorbeeld: thema grondwater."


def test_the_secretary_changes_it_and_the_raiser_hears_it(filed: TestBot) -> None:
    answer, told = filed.say(SECRETARY, "!wijzig 1 soort:acuut")[:2]
    assert answer.text == "SIG-2027-001: soort (leeg) → acuut."
    assert told.room == "dm:uvw.ao.1"


def test_what_becomes_acute_warns_who_weighs(filed: TestBot) -> None:
    said = filed.say(RAISER, "!wijzig 1 soort:acuut")
    assert {one.room for one in said} == {"AO", "dm:rijk.secr.1", "dm:rijk.ao.0"}


@pytest.mark.parametrize(
    ("who", "typed", "because"),
    [
        (OTHER, "thema:grondwater", "Wijzigen doet de indiener of de secretaris van het AO."),
        (RAISER, "titel:abc", "De titel is 3 tekens, minstens 5. Niets gewijzigd."),
        (RAISER, f"titel:{'a' * 121}", "De titel is 121 tekens, maximaal 120. Niets gewijzigd."),
        (RAISER, "gevoelig:nee", "SIG-2027-001: dat stond er al zo. Niets gewijzigd."),
        (
            RAISER,
            "relevant:ja",
            "Of het bestuurlijk relevant is, bepaalt wie weegt; vraag het de secretaris van het AO.",
        ),
        (
            SECRETARY,
            "spoor:aanjagen",
            "Het spoor wijzigt met een voorstel dat de voorzitter van het AO bekrachtigt: !spoor.",
        ),
        (RAISER, "soort:onzin", "'onzin' ken ik niet bij soort. Kies uit: acuut, trend, proces, overig."),
    ],
)
def test_what_may_not_be_changed_is_refused_and_nothing_is_stored(
    filed: TestBot, register: Any, who: str, typed: str, because: str
) -> None:
    before = register.signal()
    [refused] = filed.say(who, f"!wijzig 1 {typed}")
    assert refused.text == because
    assert register.signal() == before
    assert len(register.ask(lambda store: store.history(before.id))) == 1


def test_after_the_weighing_the_topic_is_the_secretarys(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(RAISER, "!wijzig 1 thema:grondwater")
    assert refused.text == "Dit is bij de weging vastgesteld; de secretaris van het AO wijzigt het."
    assert register.signal().topic is None
    weighed.say(SECRETARY, "!wijzig 1 thema:grondwater")
    assert register.signal().topic == "grondwater"


def test_a_closed_one_is_reopened_first(weighed: TestBot, register: Any) -> None:
    weighed.say(CHAIR, "!afhandel 1 klaar")
    [refused] = weighed.say(RAISER, "!wijzig 1 regio:Zeeland")
    assert refused.text == "SIG-2027-001 is afgehandeld; wijzigen kan niet. Kijk met !toon SIG-2027-001."
    weighed.say(SECRETARY, "!terugkoppeling 1 klaar")
    [refused] = weighed.say(RAISER, "!wijzig 1 regio:Zeeland")
    assert refused.text == "SIG-2027-001 is gesloten; wijzigen kan niet. Kijk met !toon SIG-2027-001. Heropenen?"
    assert register.signal().region is None


def test_the_chair_of_the_filter_does_not_turn_a_process_point_into_content(bot: TestBot, register: Any) -> None:
    bot.say(CHAIR, "!signaal Verslagen komen te laat soort:proces")
    [refused] = bot.say(CHAIR, "!wijzig 1 soort:acuut")
    assert refused.text.startswith("Als voorzitter van het AO breng je geen inhoudelijk punt in")
    assert register.signal().kind is SignalKind.PROCESS


def test_sensitive_takes_effect_at_once_where_externals_read_along(bot: TestBot, register: Any) -> None:
    bot.say("uvw.wg.1", "!signaal PFAS in ons winveld", room="WG-PFAS")
    bot.say(CHAIR, "!beleg 1 bij WG-PFAS voor 6 maart")
    [shown] = bot.say("drinkwater.wg.1", "!toon 1", room="WG-PFAS")
    assert "PFAS in ons winveld" in shown.text
    [answer] = bot.say("uvw.wg.1", "!wijzig 1 gevoelig:ja", room="WG-PFAS")
    assert answer.room == "dm:uvw.wg.1"
    assert answer.text.startswith("SIG-2027-001: gevoelig nee → ja. In WG-PFAS lezen externen mee")
    assert register.signal().sensitive
    [hidden] = bot.say("drinkwater.wg.1", "!toon 1", room="WG-PFAS")
    assert "bestaat niet" in hidden.text


def test_a_new_title_follows_on_the_agenda_that_is_not_fixed(filed: TestBot, register: Any) -> None:
    filed.say(CHAIR, "!weeg 1 agenderen actualiteit")
    filed.say(RAISER, "!wijzig 1 titel:Depots in Zeeland zitten vol")
    [item] = register.ask(lambda store: store.items(signal="SIG-2027-001"))
    assert item.title == "Depots in Zeeland zitten vol"


def test_it_can_be_undone(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!wijzig 1 regio:Zeeland")
    filed.say(RAISER, "!ongedaan")
    assert register.signal().region is None


# --- vangnet (R-118) -------------------------------------------------------------------------------------------------
@pytest.mark.parametrize("typed", ["vangnet:ja", "vangnet ja", "vangnet:ja soort:trend"])
def test_the_label_vangnet_can_be_set_later_and_makes_it_acute(filed: TestBot, register: Any, typed: str) -> None:
    filed.say(SECRETARY, "!wijzig 1 soort:trend")
    said = filed.say(RAISER, f"!wijzig 1 {typed}")
    assert set(said[0].text.removeprefix("SIG-2027-001: ").rstrip(".").split("; ")) == {
        "vangnet nee → ja",
        "soort trend → acuut",
    }
    told = {one.room: one.text for one in said}
    assert "is nu acuut, een vangnet." in told[f"dm:{CHAIR}"]
    assert (register.signal().safety_net, register.signal().kind) == (True, "acuut")
    assert "vangnet: ja" in filed.say(SECRETARY, "!toon 1")[0].text


def test_the_label_goes_again_and_with_it_when_it_is_no_longer_acute(filed: TestBot, register: Any) -> None:
    filed.say(RAISER, "!wijzig 1 vangnet:ja")
    filed.say(RAISER, "!wijzig 1 vangnet:nee")
    assert (register.signal().safety_net, register.signal().kind) == (False, "acuut")
    filed.say(RAISER, "!wijzig 1 vangnet:ja")
    [answer] = [one for one in filed.say(RAISER, "!wijzig 1 soort:trend") if one.room == "AO"]
    assert answer.text == "SIG-2027-001: vangnet ja → nee; soort acuut → trend."
    assert register.signal().safety_net is False


def test_after_the_weighing_only_the_secretary_sets_the_label(weighed: TestBot, register: Any) -> None:
    [refused] = weighed.say(RAISER, "!wijzig 1 vangnet:ja")
    assert refused.text == "Dit is bij de weging vastgesteld; de secretaris van het AO wijzigt het."
    assert register.signal().safety_net is False
    weighed.say(SECRETARY, "!wijzig 1 vangnet:ja")
    assert register.signal().safety_net is True


def test_a_process_point_of_the_chair_becomes_no_vangnet(bot: TestBot, register: Any) -> None:
    bot.say(CHAIR, "!signaal Verslagen komen te laat soort:proces")
    [refused] = bot.say(CHAIR, "!wijzig 1 vangnet:ja")
    assert refused.text.startswith("Als voorzitter van het AO breng je geen inhoudelijk punt in")
    assert register.signal().safety_net is False
