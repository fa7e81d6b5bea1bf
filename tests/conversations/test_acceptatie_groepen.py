"""The acceptance scenarios of domain.md §4.2 about groups, evaluations and the tracks, from the words there.

Lines 6 and 7 are also in test_groep_einde.py, 10 in test_evaluatie.py, 24 in test_programma.py, 25 in test_midterm.py;
here each is played once from its own words, with ordinary commands only.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import pytest

from bot.house import CLOCK
from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Change
from commands.words.people import Role, RoleName
from commands.words.structure import Structure
from commands.words.workgroup import GroupState, Workgroup
from config.people import PeopleFile
from storage import inbox
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, CHAIR, LEADS = "rijk.secr.1", "rijk.ao.0", "vng.wg.1"
ENDED = "is sinds woensdag 31 maart over de einddatum"


def state(bot: TestBot, code: str = "WG-LOOD") -> GroupState:
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Workgroup, code))
    assert found is not None
    return found.state


def rooms(said: list[Said], words: str) -> list[str]:
    """Where something with these words was said."""
    return sorted(one.room for one in said if words in one.text)


def test_line_6_a_group_that_reaches_its_end_is_verlopen_the_next_day(make_bot: Callable[[str], TestBot]) -> None:
    """WG reaches einddatum at 23:59 → next day verlopen; one DM each to three persons; no new SIG possible; AO agenda
    has the proposal."""
    bot = make_bot("2027-03-30 09:00")
    bot.say("uvw.ao.1", "!signaal Lood in speeltuinen is te hoog")
    bot.until(at("2027-03-31 23:59"))
    assert state(bot) is GroupState.ACTIVE
    said = bot.until(at("2027-04-01 18:00"))
    assert state(bot) is GroupState.LAPSED
    assert rooms(said, ENDED) == [f"dm:{CHAIR}", f"dm:{SECRETARY}", f"dm:{LEADS}"]
    [refused] = bot.say(SECRETARY, "!beleg 1 bij WG-LOOD uiterlijk 1 mei")
    assert "verlopen sinds wo 31 mrt 2027 en krijgt geen nieuwe signalen" in refused.text
    [agenda] = bot.say(SECRETARY, "!agenda AO", room="dm")
    [point] = [line for line in agenda.text.splitlines() if "verlengen, afronden of opheffen" in line]
    assert "WG-LOOD" in point


def test_line_7_extending_is_refused_without_an_evaluation(make_bot: Callable[[str], TestBot]) -> None:
    """Verlengen without evaluatie → refused; after evaluatie afgerond → voorstel; after bekrachtiging → actief with new
    moments."""
    bot = make_bot("2027-04-01 09:00")
    extend = "!verleng WG-LOOD tot 31 december 2027 want het kader is nog niet af"
    [refused] = bot.say(LEADS, extend, room="WG-LOOD")
    assert refused.text.startswith("Eerst evalueren, dan verlengen.")
    [held] = bot.say(
        SECRETARY,
        "!evaluatie gehouden WG-LOOD proces: vlot inhoud: goed relatie: open advies: voortzetten want het loopt",
    )
    assert held.text.endswith("Afgerond.")
    said = bot.say(LEADS, extend, room="WG-LOOD")
    assert said[0].text.startswith("VST-2027-001: WG-LOOD verlengen tot vr 31 dec 2027; wacht op de voorzitter")
    assert state(bot) is GroupState.LAPSED
    [confirmed, *_] = bot.say(CHAIR, "!akkoord 1")
    assert confirmed.text == (
        "WG-LOOD is verlengd tot en met vr 31 dec 2027.\nEvaluatie op ma 16 aug 2027 en vr 5 nov 2027."
    )
    assert state(bot) is GroupState.ACTIVE


def test_line_8_a_nudge_of_a_day_without_the_bot_comes_once_and_says_so(
    structure: Structure, people: PeopleFile, tmp_path: Path
) -> None:
    """Bot is down on the nudge day → nudge sent once after restart with "(vertraagd)" (rulings.md 4 has the words)."""
    url = f"sqlite:///{tmp_path}/register.db"
    first = Simulation(structure, people, url)
    TestBot(first, at("2027-03-30 09:00")).until(at("2027-03-31 20:00"))
    # From Wednesday evening to Friday morning nothing runs: the nudge of Thursday 08:30 is missed.
    back = at("2027-04-02 10:00")
    first.database.work(lambda session: inbox.remember(session, *CLOCK, back.isoformat()))
    first.close()
    second = Simulation(structure, people, url)
    bot = TestBot(second, back)
    bot.until(at("2027-04-06 18:00"))
    second.close()
    said = bot.log
    told = [one for one in said if ENDED in one.text and one.room == f"dm:{LEADS}"]
    assert [one.text.splitlines()[0] for one in told] == [
        "Vertraagd door een storing; bedoeld voor donderdag 1 april 2027."
    ]
    assert rooms(said, ENDED) == [f"dm:{CHAIR}", f"dm:{SECRETARY}", f"dm:{LEADS}"]


@pytest.fixture
def seven(make_bot: Callable[[str], TestBot]) -> TestBot:
    """WG-STAAL has seven people, all asked, until Monday 25 January."""
    bot = make_bot("2027-01-11 09:00")

    def join(person: str, party: str) -> None:
        role = Role(person, "WG-STAAL", RoleName.MEMBER, party)
        bot.simulation.database.work(lambda session: SqlStore(session).put(role, change))

    change = Change("test", bot.at, "lid")
    join("vng.ao.1", "VNG")
    join("ipo.ao.1", "IPO")
    [started, *_] = bot.say(SECRETARY, "!evaluatie start WG-STAAL tot 25 januari")
    assert "7 mensen privé gevraagd" in started.text
    return bot


@pytest.mark.parametrize("answers", [3, 4])
def test_line_9_three_of_seven_give_no_result_and_four_do(seven: TestBot, answers: int) -> None:
    """Evaluatie with 3 of 7 answers → no group result; with 4 → shown "4 van 7"."""
    for who in ("bedrijf.wg.1", "ipo.wg.1", "vng.ao.1", "ipo.ao.1")[:answers]:
        seven.say(who, "!evalueer WG-STAAL proces: veel mail inhoud: goed relatie: open sfeer", room="dm")
    seven.until(at("2027-01-26 10:00"))
    said = {one.room: one.text for one in seven.say(SECRETARY, "!evaluatie sluit WG-STAAL")}
    shown = said["WG-STAAL"]
    assert f"Respons {answers} van 7." in shown
    assert ("open sfeer" in shown) is (answers == 4)
    assert ("Proces (4 van 7)" in shown) is (answers == 4)
    assert shown.endswith("dat kan vanaf vier.") is (answers == 3)


def test_line_10_a_complaint_without_an_answer_keeps_it_open(seven: TestBot) -> None:
    """klaagpunt without answer → afronden refused, point listed."""
    for who in ("bedrijf.wg.1", "ipo.wg.1", "vng.ao.1", "ipo.ao.1"):
        seven.say(who, "!evalueer WG-STAAL proces: vlot inhoud: goed relatie: open", room="dm")
    seven.say("vng.ao.1", "!klaag te veel mail bij WG-STAAL", room="dm")
    seven.until(at("2027-01-26 10:00"))
    seven.say(SECRETARY, "!evaluatie sluit WG-STAAL")
    [refused] = seven.say(SECRETARY, "!evaluatie afronden WG-STAAL advies voortzetten want het loopt")
    assert refused.text.startswith("Nog nodig: klaagpunt 1 heeft geen actie of toelichting.")
    [answered] = seven.say(SECRETARY, "!bijsturing WG-STAAL klaagpunt 1 want de mail wordt wekelijks")
    assert "klaagpunt 1: de mail wordt wekelijks" in answered.text
    [done, *_] = seven.say(SECRETARY, "!evaluatie afronden WG-STAAL advies voortzetten want het loopt")
    assert "afgerond. Respons 4 van 7. Advies: voortzetten." in done.text


def test_line_18_an_action_for_a_gemeente_counts_once_it_is_accepted(structure: Structure, people: PeopleFile) -> None:
    """Actie for a gemeente → verzoek; digest does not count it as open until aanvaard."""
    town = replace(next(one for one in people.people if one.id == "vng.wg.1"), id="gem.1", organisation="gemeente X")
    town = replace(town, matrix="@gem1:overleg.example", teams=None)
    file = replace(people, people=(*people.people, town))
    simulation = Simulation(structure, file)
    bot = TestBot(simulation, at("2027-01-11 09:00"))
    [asked, private] = bot.say(SECRETARY, "!actie @gem.1 de meetgegevens sturen uiterlijk 1 februari 2027")
    assert asked.text.startswith(
        "ACT-2027-001: verzoek gestuurd aan gem.1 (gemeente X); de actie telt pas na !aanvaard."
    )
    assert private.room == "dm:gem.1"
    bot.until(at("2027-02-26 08:00"))
    [digest] = [one for one in bot.until(at("2027-02-26 08:30")) if one.kind == "digest" and one.room == "AO"]
    assert "ACT-2027-001" not in digest.text
    bot.say("gem.1", "!aanvaard 1", room="dm")
    [later] = bot.say(SECRETARY, "!digest AO")
    assert "- ACT-2027-001 de meetgegevens sturen · gem.1 · maandag 1 februari" in later.text.splitlines()
    simulation.close()


def test_line_19_nothing_on_the_track_aanjagen_is_called_late(bot: TestBot) -> None:
    """Actie on spoor aanjagen past date → no message contains "te laat"."""
    bot.say(SECRETARY, "!actie @vng.ao.1 de regio's bij elkaar brengen uiterlijk 22 januari 2027 spoor:aanjagen")
    bot.until(at("2027-04-16 09:00"))
    [listed] = bot.say(SECRETARY, "!acties AO")
    [digest] = bot.say(SECRETARY, "!digest AO")
    about = [one.text for one in bot.log if "de regio's bij elkaar brengen" in one.text.casefold()]
    assert len(about) > 3
    assert not any("te laat" in text.casefold() for text in (*about, listed.text, digest.text))
    assert "In beweging\n\n- ACT-2027-001 de regio's bij elkaar brengen · vng.ao.1" in digest.text


def test_line_24_a_programme_ends_when_everything_open_has_a_place(make_bot: Callable[[str], TestBot]) -> None:
    """Programma beëindigd with open items → refused until overdracht; afterwards AO has them all, IDs unchanged."""
    bot = make_bot("2027-05-10 09:00")
    bot.say("uvw.ao.1", "!signaal Kennis verdwijnt bij de kleine gemeenten")
    bot.say(SECRETARY, "!beleg 1 bij PRG-KENNIS uitzoeken uiterlijk 1 juni 2027")
    bot.say(
        SECRETARY,
        '!programma eindevaluatie PRG-KENNIS behouden:"het loket" voortbouwen:"de kaarten" vernieuwen:"de aanpak" '
        'positionering:"ertussen" professionalisering:"meten" projecten:"drie proeven" prestaties:"alles"',
        room="dm",
    )
    [where] = bot.say(SECRETARY, "!programma beeindig PRG-KENNIS", room="dm")
    assert where.text == "Waar gaat 1 signaal heen?"
    assert state(bot, "PRG-KENNIS") is GroupState.ACTIVE
    bot.say(SECRETARY, "AO", room="dm")
    bot.say(SECRETARY, "ja", room="dm")
    bot.say(CHAIR, "!akkoord 1")
    bot.say("rijk.do.1", "!akkoord 2", room="DO")
    assert state(bot, "PRG-KENNIS") is GroupState.CONCLUDED
    [shown] = bot.say(SECRETARY, "!toon SIG-2027-001")
    assert "ligt bij AO" in shown.text or "ligt bij het AO" in shown.text


def test_line_25_a_list_is_published_after_a_decision_and_the_right_of_reply(
    make_bot: Callable[[str], TestBot],
) -> None:
    """Voortgangslijst: publish without besluit → refused; with besluit inside wederhoor → refused until the date."""
    bot = make_bot("2027-05-10 09:00")
    bot.say("vng.ao.1", "!spoor PRG-SPOED aanspreken want er zijn afspraken")
    bot.say(CHAIR, "!akkoord 1")
    bot.say(SECRETARY, "!rol @ipo.wg.1 lid PRG-SPOED")
    bot.say("rijk.wg.3", "!actie @ipo.wg.1 de lijst sturen uiterlijk 1 juni 2027", room="PRG-SPOED")
    bot.say(SECRETARY, "!midterm PRG-SPOED concept")
    [without] = bot.say(SECRETARY, "!midterm PRG-SPOED publiceer")
    assert without.text == "Publiceren kan na een besluit van DO of BO en na wederhoor."
    bot.until(at("2027-05-25 15:00"))
    [decided, *_] = bot.say("rijk.secr.2", "!besluit het DO laat de voortgangslijst publiceren", room="DO")
    number = decided.text.split(",")[0].split(" ")[0]
    bot.say("rijk.do.1", f"!besluit vaststellen {number}", room="DO")
    bot.say("rijk.do.1", "ja", room="DO")
    [within] = bot.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{number}")
    assert within.text == "Wederhoor loopt tot en met dinsdag 25 mei 2027. Publiceren kan daarna."
    bot.until(at("2027-05-26 09:00"))
    said = bot.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{number}")
    assert {one.room for one in said} == {"AO", "PRG-SPOED"}
