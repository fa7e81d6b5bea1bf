"""The midterm review: only on aanspreken, of organisations, out after a decision and the right of reply (C43)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest

from bot.testing import Simulation, TestBot
from commands.kit.ports import Change
from commands.words.decision import Decision, DecisionState
from commands.words.evaluation import Evaluation
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at
from tests.conversations.conftest import Register

SECRETARY = "rijk.secr.1"
#: Who is in PRG-SPOED besides its trekker.
MEMBERS = {"IPO": "ipo.wg.1", "VNG": "vng.wg.2"}


def start(structure: Structure, people: PeopleFile, track: Track) -> TestBot:
    groups = tuple(replace(one, track=track) if one.code == "PRG-SPOED" else one for one in people.groups)
    return TestBot(Simulation(structure, replace(people, groups=groups)), at("2027-05-03 09:00"))


@pytest.fixture
def programme(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """PRG-SPOED on aanspreken, on Monday 3 May 2027, with two actions of IPO (one past its date) and one of VNG."""
    bot = start(structure, people, Track.HOLD)
    for person in MEMBERS.values():
        bot.say(SECRETARY, f"!rol @{person} lid PRG-SPOED")
    lead, members = "rijk.wg.3", MEMBERS
    bot.say(lead, f"!actie @{members['IPO']} locaties opruimen, uiterlijk 4 mei", room="PRG-SPOED")
    bot.say(lead, f"!actie @{members['IPO']} kaart bijwerken, uiterlijk 1 juli", room="PRG-SPOED")
    bot.say(lead, f"!actie @{members['VNG']} spoor:aanspreken lijst sturen, uiterlijk 1 juli", room="PRG-SPOED")
    bot.say(lead, f"!actie @{members['VNG']} spoor:aanjagen gemeenten bellen, uiterlijk 1 juli", room="PRG-SPOED")
    bot.say(members["VNG"], "!gereed 3 verstuurd", room="PRG-SPOED")
    bot.say(members["VNG"], "!gereed 4 drie gemeenten doen mee", room="PRG-SPOED")
    bot.until(at("2027-05-10 09:00"))
    yield bot
    bot.simulation.close()


def decide(bot: TestBot, state: DecisionState = DecisionState.FIXED) -> str:
    """BES-2027-001 of the DO, in that state, put into the register by hand."""
    moment = bot.at

    def put(session: object) -> None:
        store = SqlStore(session)  # type: ignore[arg-type]
        [meeting, *_] = store.meetings(body="DO")
        made = Decision("BES-2027-001", "de lijst mag naar buiten", "DO", meeting.id, "rijk.secr.2", moment, state)
        store.put(made, Change("rijk.secr.2", moment))

    bot.simulation.database.work(put)
    return "BES-2027-001"


def review(bot: TestBot) -> Evaluation:
    [found] = Register(bot).ask(lambda store: [one for one in store.evaluations(about="PRG-SPOED") if one.progress])
    assert isinstance(found, Evaluation)
    return found


def test_the_concept_goes_to_who_made_it_and_each_organisation_hears_its_own_line(
    programme: TestBot, people: PeopleFile
) -> None:
    said = programme.say(SECRETARY, "!midterm PRG-SPOED concept")
    assert (said[0].room, said[0].text.split("\n")[0]) == (
        f"dm:{SECRETARY}",
        f"{review(programme).id}, concept midterm review van Programma afronding spoedlocaties: 2 organisaties. "
        "Wederhoor tot en met dinsdag 25 mei 2027.",
    )
    ipo = [one.text for one in said if one.room == "dm:ipo.wg.1"]
    assert ipo
    assert "staat over IPO: 0 afgerond, 2 open, waarvan 1 over de datum." in ipo[0]
    assert "VNG" not in ipo[0]
    lines = [(one.organisation, one.done, one.open, one.past) for one in review(programme).progress]
    assert lines == [("IPO", 0, 2, 1), ("VNG", 1, 0, 0)]


def test_it_is_published_only_after_a_decision_and_the_right_of_reply(programme: TestBot, people: PeopleFile) -> None:
    """INV-30, R-196. Scenario 25 of domain.md §4.2."""
    programme.say(SECRETARY, "!midterm PRG-SPOED concept")
    [without] = programme.say(SECRETARY, "!midterm PRG-SPOED publiceer")
    assert without.text == "Publiceren kan na een besluit van DO of BO en na wederhoor."
    bes = decide(programme)
    [within] = programme.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{bes}")
    assert within.text == "Wederhoor loopt tot en met dinsdag 25 mei 2027. Publiceren kan daarna."
    [noted] = programme.say("ipo.wg.1", "!midterm PRG-SPOED wederhoor de opruiming wacht op een vergunning", room="dm")
    assert noted.text == "Genoteerd; dit komt bij IPO te staan."
    programme.until(at("2027-05-26 09:00"))
    said = programme.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{bes}")
    assert {one.room for one in said} == {"AO", "PRG-SPOED"}
    [text] = {one.text for one in said}
    assert text == (
        f"{review(programme).id}: midterm review van Programma afronding spoedlocaties\n\n"
        "Stand op woensdag 26 mei 2027, organisaties op naam. Vastgesteld met BES-2027-001.\n"
        "- IPO: 0 afgerond, 2 open, waarvan 1 over de datum. IPO zegt daarover: de opruiming wacht op een vergunning.\n"
        "- VNG: 1 afgerond, 0 open.\n\n"
        "Op het spoor aanjagen, in woorden\n\n- gemeenten bellen: drie gemeenten doen mee."
    )
    assert not any(f"{person.id}" in text for person in people.people)
    assert "score" not in text
    [again] = programme.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{bes}")
    assert "nog geen concept" in again.text


def test_a_decision_that_is_not_fixed_lets_nothing_out(programme: TestBot) -> None:
    """INV-30, R-196."""
    programme.say(SECRETARY, "!midterm PRG-SPOED concept")
    bes = decide(programme, DecisionState.CONCEPT)
    programme.until(at("2027-05-26 09:00"))
    [no] = programme.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{bes}")
    assert no.text == "BES-2027-001 is concept; publiceren kan met een besluit dat is vastgesteld."


def test_after_the_term_there_is_no_reply_any_more_and_others_have_none(programme: TestBot, people: PeopleFile) -> None:
    programme.say(SECRETARY, "!midterm PRG-SPOED concept")
    [other] = programme.say("uvw.ao.1", "!midterm PRG-SPOED wederhoor wij ook", room="dm")
    assert other.text == "Er is geen concept waarin UvW genoemd wordt. Vraag het aan de trekker."
    programme.until(at("2027-05-26 09:00"))
    [late] = programme.say("vng.wg.2", "!midterm PRG-SPOED wederhoor toch nog iets", room="dm")
    assert late.text == "Wederhoor kon tot en met dinsdag 25 mei 2027. Vraag het aan de trekker."


@pytest.mark.parametrize(
    ("track", "answer"),
    [
        (
            Track.ENCOURAGE,
            "Op het spoor aanjagen maak ik geen lijst. Wel een duiding met voorbeelden: !evaluatie en de groep.",
        ),
        (
            Track.OPEN,
            "Het spoor van PRG-SPOED is nog onbepaald; een lijst is er alleen op aanspreken. Voorstellen kan met "
            "!spoor PRG-SPOED aanspreken.",
        ),
    ],
)
def test_there_is_no_list_on_another_track(structure: Structure, people: PeopleFile, track: Track, answer: str) -> None:
    """INV-29, R-190, R-197."""
    bot = start(structure, people, track)
    [no] = bot.say(SECRETARY, "!midterm PRG-SPOED concept")
    assert no.text == answer
    bot.simulation.close()


def test_a_member_does_not_make_it(programme: TestBot) -> None:
    [no] = programme.say("vng.ao.2", "!midterm PRG-SPOED concept")
    assert no.text.startswith("Een evaluatie van PRG-SPOED leidt de trekker of de secretaris.")


def test_how_many_authorities_told_how_they_stand_is_said_with_how_many_there_are(programme: TestBot) -> None:
    """R-110: 29 of 42, in the concept, in what is published and in the file; never a number alone."""
    first = programme.say(SECRETARY, "!midterm PRG-SPOED concept")[0]
    assert first.text.split("\n")[1] == (
        "Hoeveel van de 42 bevoegde gezagen stand doorgaven, weet ik niet. Met respons: en het aantal erbij zet ik het "
        "in het concept."
    )
    [many] = programme.say(SECRETARY, "!midterm PRG-SPOED concept respons:43")
    assert many.text == "Er zijn er 42; meer kan niet. Geef een getal tot en met 42."
    [other] = programme.say(SECRETARY, "!midterm PRG-SPOED concept respons:29 van 40")
    assert other.text == "Er zijn 42 bevoegde gezagen, volgens de structuur. Typ alleen het aantal dat antwoordde."
    [words] = programme.say(SECRETARY, "!midterm PRG-SPOED concept respons:de meeste")
    assert words.text == "Hoeveel bevoegde gezagen gaven stand door? Een getal, zoals 29 van 42."
    second = programme.say(SECRETARY, "!midterm PRG-SPOED concept respons:29")[0]
    assert second.text.split("\n")[1] == "29 van 42 bevoegde gezagen gaven stand door."
    assert (review(programme).reported, review(programme).authorities) == (29, 42)
    # What was said once stays when the concept is made again.
    assert "29 van 42" in programme.say(SECRETARY, "!midterm PRG-SPOED concept")[0].text
    bes = decide(programme)
    programme.until(at("2027-05-26 09:00"))
    said = programme.say(SECRETARY, f"!midterm PRG-SPOED publiceer besluit:{bes}")
    assert {one.text.split("\n")[3] for one in said} == {"29 van 42 bevoegde gezagen gaven stand door."}
