"""The two tracks: changing them, steering on aanjagen, and which words each keeps to itself (C44, C45, INV-29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.testing import Said, Simulation, TestBot
from commands.moments.actie_teksten import TEXTS, Facts, write
from commands.words.action import Action
from commands.words.signal import Track
from commands.words.structure import Structure
from commands.words.workgroup import Workgroup
from config.people import PeopleFile
from tests.conftest import at
from tests.conversations.conftest import Register

#: What is said on aanspreken only (§2.0 and §2.1 of the digests, INV-29).
KEPT = ("te laat", "over de datum", "over de einddatum", "achterstallig", "rekent hierop", "verwachten we",
        "verwachten wij", "uiterlijk", "voortgangslijst", "herinnerd, geen reactie", "ontbreekt")  # fmt: skip


# --- changing it -----------------------------------------------------------------------------------------------------
def test_the_track_changes_when_a_second_person_confirms_and_the_history_says_so(
    bot: TestBot, register: Register
) -> None:
    bot.say("uvw.ao.1", "!actie @vng.ao.2 regio Noord bellen, uiterlijk 1 maart")
    said = bot.say("uvw.ao.1", "!spoor act1 aanjagen want de aanpak is nog open")
    assert said[0].text == (
        "VST-2027-001: ACT-2027-001 naar aanjagen; wacht op de voorzitter van het AO. Dan geen deadlines maar "
        "check-ins."
    )
    assert said[1].room == "dm:rijk.ao.0"
    assert "stelt voor dat ACT-2027-001 (regio Noord bellen) naar het spoor aanjagen gaat." in said[1].text
    done = bot.say("rijk.ao.0", "!akkoord 1")
    assert done[0].text == "ACT-2027-001 staat nu op het spoor aanjagen. Dan geen deadlines maar check-ins."
    action = register.ask(lambda store: store.get(Action, "ACT-2027-001"))
    assert action.track is Track.ENCOURAGE
    last = register.ask(lambda store: store.history("ACT-2027-001"))[-1]
    assert last.why == "VST-2027-001 bekrachtigd: spoor onbepaald wordt aanjagen; de aanpak is nog open"
    [shown] = bot.say("vng.ao.2", "!toon act1")
    assert "Open, check-in ma 1 mrt 2027.\nSpoor aanjagen." in shown.text


def test_a_group_takes_along_the_actions_that_inherited_its_track(bot: TestBot, register: Register) -> None:
    bot.say("uvw.wg.1", "!actie @vng.wg.2 depots tellen, uiterlijk 1 maart", room="WG-PFAS")
    bot.say("uvw.wg.1", "!actie @vng.wg.2 spoor:aanspreken kaart sturen, uiterlijk 1 maart", room="WG-PFAS")
    before = register.ask(lambda store: store.get(Workgroup, "WG-PFAS")).track
    to = "aanjagen" if before is not Track.ENCOURAGE else "aanspreken"
    bot.say("vng.ao.2", f"!spoor WG-PFAS {to} want de vraag is anders dan gedacht")
    said = bot.say("rijk.ao.0", "!akkoord 1")
    assert said[0].text.startswith(f"WG-PFAS staat nu op het spoor {to}.")
    tracks = register.ask(lambda store: [str(store.get(Action, f"ACT-2027-00{n}").track) for n in (1, 2)])
    assert tracks[0] == to
    assert tracks[1] == ("aanspreken" if before is not Track.HOLD else to)


def test_it_can_be_undone_and_turned_down(bot: TestBot, register: Register) -> None:
    bot.say("uvw.ao.1", "!actie @vng.ao.2 regio Noord bellen, uiterlijk 1 maart")
    bot.say("uvw.ao.1", "!spoor act1 aanjagen want de aanpak is nog open")
    bot.say("rijk.ao.0", "!akkoord 1")
    bot.say("rijk.ao.0", "!ongedaan")
    assert register.ask(lambda store: store.get(Action, "ACT-2027-001")).track is Track.OPEN
    [turned, *_] = bot.say("rijk.ao.0", "!wijsaf 1 want er is een product")
    assert turned.text == "VST-2027-001 afgewezen: er is een product. ACT-2027-001 houdt het spoor dat het had."


@pytest.mark.parametrize(
    ("text", "answer"),
    [
        ("!spoor act1 aanjagen", "Waarom? Wie bekrachtigt leest dit."),
        ("!spoor act1", "Naar welk spoor: aanspreken of aanjagen?"),
        ("!spoor act1 onbepaald want ja", "Kies aanspreken of aanjagen; onbepaald is alleen het begin."),
        ("!spoor act1 zijspoor want ja", "Naar welk spoor: aanspreken of aanjagen?"),
    ],
)
def test_what_is_missing_is_asked(bot: TestBot, text: str, answer: str) -> None:
    bot.say("uvw.ao.1", "!actie @vng.ao.2 regio Noord bellen, uiterlijk 1 maart")
    [said] = bot.say("uvw.ao.1", text)
    assert said.text == answer


def test_nothing_changes_twice_and_two_proposals_do_not_wait_at_once(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!actie @vng.ao.2 spoor:aanjagen regio Noord bellen, uiterlijk 1 maart")
    [same] = bot.say("uvw.ao.1", "!spoor act1 aanjagen want het is zo")
    assert same.text == "ACT-2027-001 staat al op aanjagen. Er is niets veranderd."
    bot.say("uvw.ao.1", "!spoor act1 aanspreken want er is een product")
    [waits] = bot.say("vng.ao.1", "!spoor act1 aanspreken want er is een product")
    assert waits.text == "Over ACT-2027-001 wacht al een voorstel: VST-2027-001. Kijk met !toon VST-2027-001."


# --- steering --------------------------------------------------------------------------------------------------------
@pytest.fixture
def encouraged(bot: TestBot) -> TestBot:
    """ACT-2027-001 of vng.ao.2 on the track aanjagen, to look at on 1 February."""
    bot.say("uvw.ao.1", "!actie @vng.ao.2 spoor:aanjagen regio Noord bellen, uiterlijk 1 februari")
    return bot


def test_the_holder_rewords_it_and_the_old_words_stay_visible(encouraged: TestBot, register: Register) -> None:
    said = encouraged.say("vng.ao.2", "!stuurbij 1 Verken samen met regio Noord want de vraag is veranderd")
    assert said[0].text == (
        "ACT-2027-001 bijgesteld: Verken samen met regio Noord. De vorige omschrijving blijft zichtbaar."
    )
    [shown] = encouraged.say("vng.ao.2", "!toon act1")
    assert shown.text.endswith(
        "Eerder\n\n1. ma 11 jan 2027, bijgesteld, was: regio Noord bellen; de vraag is veranderd"
    )
    assert register.ask(lambda store: store.get(Action, "ACT-2027-001")).text == "Verken samen met regio Noord"


def test_another_date_is_no_postponement(encouraged: TestBot, register: Register) -> None:
    [said] = encouraged.say("vng.ao.2", "!stuurbij 1 Verken samen op 1 maart want de regio kan later")
    assert "Check-in ma 1 mrt 2027." in said.text
    action = register.ask(lambda store: store.get(Action, "ACT-2027-001"))
    assert (str(action.due), action.postponed) == ("2027-03-01", 0)


def test_the_reason_is_asked_and_others_may_not(encouraged: TestBot) -> None:
    [why] = encouraged.say("vng.ao.2", "!stuurbij 1 Verken samen met regio Noord")
    assert why.text == "Waarom? Dat blijft bij de vorige omschrijving staan."
    [no] = encouraged.say("ipo.ao.1", "!stuurbij 1 Verken samen want het kan beter")
    assert no.text == "ACT-2027-001 is van vng.ao.2; alleen vng.ao.2 of de secretaris stuurt bij."


def test_on_aanspreken_the_words_stay_as_agreed(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!actie @vng.ao.2 spoor:aanspreken kaart sturen, uiterlijk 1 februari")
    [no] = bot.say("vng.ao.2", "!stuurbij 1 kaart maken want dat is beter")
    assert no.text == (
        "ACT-2027-001 staat op het spoor aanspreken: daar blijft de omschrijving zoals afgesproken. Een andere datum "
        "kan met !verzet 1, een ander spoor met !spoor 1 aanjagen."
    )


# --- the words of each track -----------------------------------------------------------------------------------------
FACTS = st.builds(
    Facts,
    id=st.just("ACT-2027-001"),
    action=st.sampled_from(("regio Noord bellen", "verkennen wie meedoet")),
    due=st.sampled_from(("vrijdag 15 januari", "zondag 20 juni", "donderdag 6 januari 2028")),
    days=st.integers(0, 400),
    body=st.sampled_from(("het AO", "het DO", "WG-PFAS")),
    meeting=st.sampled_from(("", "donderdag 4 maart")),
    note=st.sampled_from(("", ", tweede uitstel")),
)


@given(facts=FACTS, kind=st.sampled_from(sorted(TEXTS)), formal=st.booleans())
def test_no_reminder_on_aanjagen_holds_a_word_of_aanspreken(facts: Facts, kind: str, formal: bool) -> None:
    text = write(kind, facts, encourage=True, formal=formal).casefold()
    assert [word for word in KEPT if word in text] == []


@pytest.fixture
def make_encouraging(structure: Structure, people: PeopleFile) -> Callable[[str], TestBot]:
    def make(start: str) -> TestBot:
        groups = tuple(replace(one, track=Track.ENCOURAGE) for one in people.groups)
        return TestBot(Simulation(structure, replace(people, groups=groups)), at(start))

    return make


@settings(max_examples=4, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    start=st.integers(0, 40),
    term=st.integers(3, 40),
    text=st.sampled_from(("regio Noord bellen", "wie doet er mee?", "verkenning")),
)
def test_a_year_in_which_nobody_answers_says_nothing_of_aanspreken_on_aanjagen(
    make_encouraging: Callable[[str], TestBot], start: int, term: int, text: str
) -> None:
    """Every group, signal and action encourages: every nudge, digest and list of the year is read (scenario 19)."""
    first = at("2027-01-11 09:00") + timedelta(days=start)
    bot = make_encouraging(first.isoformat()[:16].replace("T", " "))
    until = (first + timedelta(days=term)).strftime("%d-%m-%Y")
    said: list[Said] = []
    for who, holder, room in (
        ("uvw.ao.1", "vng.ao.2", "AO"),
        ("uvw.do.1", "vng.do.1", "DO"),
        ("uvw.wg.1", "vng.wg.2", "WG-PFAS"),
    ):
        said += bot.say(who, f"!actie @{holder} spoor:aanjagen {text} uiterlijk:{until}", room=room)
    bot.say("uvw.ao.1", "!signaal Verzilting komt verder landinwaarts")
    bot.say("rijk.ao.0", "!weeg 1 afhandelen actualiteit spoor:aanjagen")
    said += [one for one in bot.until(first + timedelta(days=200)) if _about_work(one)]
    said += bot.say("ipo.wg.1", '!werkgroep afronden WG-STAAL advies:"klaar" beleid:nee')
    bot.say("rijk.secr.1", f"!vergadering plan WG-BODEMMON {first + timedelta(days=231):%d-%m-%Y} 10:00")
    said += [one for one in bot.until(first + timedelta(days=330)) if _about_work(one)]
    for who, command in (
        ("rijk.secr.1", "!toon WG-LOOD"),
        ("rijk.secr.1", "!agenda AO"),
        ("rijk.secr.1", "!kaart"),
        ("rijk.secr.1", "!structuur gaten"),
        ("rijk.secr.1", "!werkgroepen verlopen"),
        ("rijk.secr.1", "!digest AO"),
        ("rijk.secr.2", "!digest DO"),
        ("rijk.wg.2", "!digest WG-BODEMMON"),
        ("vng.ao.2", "!mijn"),
        ("vng.ao.2", "!acties"),
        ("rijk.secr.1", "!toon act1"),
        ("rijk.secr.1", "!werkgroepen"),
        ("rijk.secr.1", "!zwevend"),
    ):
        said += bot.say(who, command)
    bot.simulation.close()
    assert len(said) > 10
    for one in said:
        lines = [line for line in one.text.casefold().splitlines() if not _not_of_a_track(line)]
        found = [(word, line) for word in KEPT for line in lines if word in line]
        assert found == [], one


def _about_work(said: Said) -> bool:
    """Everything the clock says, but for the agenda and its papers, which have no track."""
    return said.kind in ("nudge", "reminder", "digest")


def _not_of_a_track(line: str) -> bool:
    """Lines about papers of a meeting and its planning: dates of a meeting, not of work."""
    return "stukken uiterlijk" in line or "terugkoppeling aan" in line
