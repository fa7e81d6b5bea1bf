"""INV-42: what goes out unasked says what it is for, and where there is a track, which one (R-178, R-200)."""

from __future__ import annotations

import re

import pytest

from bot.testing import Said, TestBot
from tests.conftest import at

SECRETARY = "rijk.secr.1"
TO_THE_CONSTITUENCY = re.compile(r"^\[(?:ter informatie|raadpleging|terugkoppeling|gevraagd: [^]]+)\] ", re.MULTILINE)
#: A digest says so in its first lines; a nudge asks, offers a choice, or is labelled.
DIGEST = re.compile(r"\A(?:Alleen voor voorzitter en secretaris|Huishouding|[^\n]+\n\n(?:Stand: [^\n]+\n)?Gevraagd: )")
ASKS = re.compile(r"\?|\bAntwoord|\bKies\b|\bGevraagd\b|!\w+")

YEAR = (
    ("uvw.ao.1", "!signaal Baggerdepots zitten vol"),
    ("vng.ao.1", "!signaal Sloten lopen over"),
    ("rijk.ao.0", "!weeg 1 afhandelen actualiteit"),
    ("vng.ao.1", "!actie @vng.ao.2 stukken sturen voor 5 maart spoor:aanspreken"),
    ("vng.ao.1", "!actie @ipo.ao.1 netwerk opbouwen voor 12 maart spoor:aanjagen"),
    (SECRETARY, "!rol @vng.wg.2 koepelcontact AO namens VNG"),
    (SECRETARY, '!raadpleeg VNG over SIG-1 "Steunt u een tijdelijk kader?" sluit 1 maart voor VRG-AO-2027-02'),
    (SECRETARY, "!agendeer Drukte in de ondergrond aard:bespreking horizon:strategie"),
    (SECRETARY, "!evaluatie start WG-STAAL tot 25 januari"),
)


def without_purpose(said: list[Said]) -> list[str]:
    """What went out unasked and does not say what it is for."""
    found: list[str] = []
    for one in said:
        clear = DIGEST.match(one.text) if one.kind == "digest" else None
        if not (clear or TO_THE_CONSTITUENCY.match(one.text) or (one.kind != "digest" and ASKS.search(one.text))):
            found.append(f"{one.kind} {one.room}: {one.text[:120]}")
    return found


def test_half_a_year_of_what_the_clock_says_says_what_it_is_for(bot: TestBot) -> None:
    for who, typed in YEAR:
        bot.say(who, typed)
    said = bot.until(at("2027-07-01 12:00"))
    assert {"digest", "nudge", "reminder"} <= {one.kind for one in said}
    assert len(said) > 60
    assert without_purpose(said) == []


def test_what_is_meant_for_a_constituency_begins_with_its_purpose(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say(SECRETARY, "!rol @vng.wg.2 koepelcontact AO namens VNG")
    said = bot.say(SECRETARY, '!raadpleeg VNG over SIG-1 "Steunt u dit?" sluit 1 maart voor VRG-AO-2027-02')
    [draft] = [one.text for one in said if one.room == "dm:vng.wg.2"]
    assert draft.splitlines()[1].startswith("[raadpleging] ")


@pytest.mark.parametrize("text", ["Er is iets veranderd.", "AO 2 · donderdag 4 maart 2027"])
def test_a_text_without_a_purpose_is_noticed(bot: TestBot, text: str) -> None:
    for kind in ("nudge", "digest"):
        assert without_purpose([Said(bot.at, "AO", kind, "x", None, text)])


def test_every_dossier_of_what_has_a_track_says_which(bot: TestBot) -> None:
    bot.until(at("2027-01-14 11:00"))
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit")
    bot.say("vng.ao.1", "!actie @vng.ao.2 netwerk opbouwen voor 5 maart spoor:aanjagen")
    bot.say(
        SECRETARY,
        "!afspraak alle partijen leveren gegevens aan bindt:alle verantwoordelijk:VNG trekker:@vng.ao.1 "
        "verantwoording:AO uiterlijk:1 juni spoor:aanjagen",
    )
    bot.say("vng.ao.1", "!spoor SIG-1 aanjagen want de aanpak is nog open")
    bot.say("rijk.ao.0", "!akkoord 1")
    assert "spoor aanjagen" in bot.say(SECRETARY, "!toon SIG-1")[0].text
    for item in ("ACT-1", "AFS-1"):
        assert "Spoor aanjagen." in bot.say(SECRETARY, f"!toon {item}")[0].text


@pytest.mark.parametrize("track", ["aanspreken", "aanjagen"])
def test_a_group_says_its_track_and_a_proposal_who_speaks_in_which_role(bot: TestBot, track: str) -> None:
    said = bot.say("vng.ao.1", f"!spoor WG-STAAL {track} want dat past beter bij de opdracht")
    if "VST-2027-001" in said[0].text:
        [asked] = [one for one in said if one.room == "dm:rijk.ao.0"]
        assert asked.text.startswith("VST-2027-001: vng.ao.1 (VNG, lid van het AO) stelt voor dat WG-STAAL")
        bot.say("rijk.ao.0", "!akkoord 1")
    assert f"Spoor {track}." in bot.say(SECRETARY, "!toon WG-STAAL")[0].text
