"""One question, one word, no name: the energy of a group, and whether a meeting was worth it (R-157, R-174)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
import sqlalchemy
from sqlmodel import Session, SQLModel

from bot.testing import Said, Simulation, TestBot
from commands.words.poll import Poll
from commands.words.signal import Track
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at

GROUP = "WG-STAAL"
ASK = (
    "Hoeveel energie zit er nu in Werkgroep secundaire bouwstoffen? Antwoord met een cijfer van 1 (weinig) tot 5 "
    "(veel); er komt geen naam bij."
)


def started(structure: Structure, people: PeopleFile, when: str, *, track: Track = Track.ENCOURAGE) -> TestBot:
    groups = tuple(replace(one, track=track) if one.code == GROUP else one for one in people.groups)
    return TestBot(Simulation(structure, replace(people, groups=groups)), at(when))


@pytest.fixture
def bot(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """WG-STAAL on aanjagen, from Monday 11 January 2027."""
    made = started(structure, people, "2027-01-11 09:00")
    yield made
    made.simulation.close()


def asked(said: list[Said], words: str = "Hoeveel energie") -> list[Said]:
    return [one for one in said if words in one.text]


def polls(bot: TestBot, about: str = GROUP) -> tuple[Poll, ...]:
    return bot.simulation.database.work(lambda session: SqlStore(session).polls(about=about))


def until_asked(bot: TestBot) -> list[Said]:
    """Go on a week at a time until the energy is asked for."""
    for month in range(1, 13):
        for day in (1, 8, 15, 22):
            when = at(f"2027-{month:02d}-{day:02d} 12:00")
            if when > bot.at and (found := asked(bot.until(when))):
                return found
    raise AssertionError("never asked")


def test_everyone_in_a_group_on_aanjagen_is_asked_once_and_reads_the_mean_after_the_end(bot: TestBot) -> None:
    found = until_asked(bot)
    people = sorted(one.room.removeprefix("dm:") for one in found)
    [poll] = polls(bot)
    assert len(people) == poll.asked >= 4
    assert {one.text for one in found} == {ASK}
    for person, answer in zip(people, ("2", "3", "4", "4"), strict=False):
        [thanks] = bot.say(person, answer, room="dm")
        assert thanks.text == "Dank, genoteerd zonder naam. Te zien is het na de sluiting, vanaf 4 antwoorden."
    [open_] = bot.say(people[0], f"!peiling {GROUP}", room="dm")
    assert f"loopt nog, 4 van {poll.asked} antwoordden." in open_.text
    said = bot.until(at(f"{poll.closes_on + timedelta(days=1)} 12:00"))
    assert not asked(said)
    [shown] = bot.say(people[0], f"!peiling {GROUP}", room="dm")
    assert shown.text.endswith(f": 3,2 (4 van {poll.asked}).")


def test_no_row_holds_what_someone_said_beside_who_it_was(bot: TestBot) -> None:
    """INV-36, as with an evaluation: the word that was typed is kept nowhere but among the voices."""
    [first, *_] = until_asked(bot)
    bot.say(first.room.removeprefix("dm:"), "5", room="dm")

    def texts(session: Session) -> list[tuple[str, dict[str, Any]]]:
        found = []
        for name in SQLModel.metadata.tables:
            every = session.execute(sqlalchemy.text(f'SELECT * FROM "{name}"')).mappings()  # noqa: S608
            found += [(name, dict(row)) for row in every]
        return found

    rows = bot.simulation.database.work(texts)
    assert [row["text"] for name, row in rows if name == "inbox"] == [""]
    assert [row["texts"] for name, row in rows if name == "voice"] == ['["5"]']
    assert not [row for name, row in rows if name == "history" and row["kind"] == "Polled"]


def test_a_second_answer_another_word_a_room_and_a_stranger_are_refused(bot: TestBot) -> None:
    [first, *_] = until_asked(bot)
    person = first.room.removeprefix("dm:")
    [id] = [one.id for one in polls(bot)]
    [wrong] = bot.say(person, f"!peiling {id} 6", room="dm")
    assert wrong.text == "Antwoord met 1, 2, 3, 4 of 5."
    [seen] = bot.say(person, f"!peiling {id} 3", room=GROUP)
    assert seen.text == "Niet opgeslagen, wel zichtbaar: verwijder het zelf, en antwoord in een privébericht."
    bot.say(person, f"!peiling {id} 3", room="dm")
    [again] = bot.say(person, f"!peiling {id} 4", room="dm")
    assert again.text == "Er is al geantwoord; wijzigen kan niet, want wie wat zei weet ik niet."
    [stranger] = bot.say("rijk.secr.1", f"!peiling {id} 4", room="dm")
    assert stranger.text == f"Bij {id} is niets aan jou gevraagd. Wat openstaat, staat bij !mijn."


def test_on_the_other_track_nobody_is_asked(structure: Structure, people: PeopleFile) -> None:
    bot = started(structure, people, "2027-01-11 09:00", track=Track.HOLD)
    assert not asked(bot.until(at("2027-12-31 12:00")))
    bot.simulation.close()


def test_after_a_meeting_it_is_asked_whether_that_was_worth_the_time_where_that_is_switched_on(
    structure: Structure, people: PeopleFile
) -> None:
    on = replace(structure, thresholds=replace(structure.thresholds, meeting_question=True))
    bot = TestBot(Simulation(on, people), at("2027-01-11 09:00"))
    said = asked(bot.until(at("2027-01-16 12:00")), "tijd waard")
    assert {one.at for one in said} == {at("2027-01-15 08:30")}
    assert "Was het AO van donderdag 14 januari je tijd waard? Antwoord met ja, deels of nee" in said[0].text
    people_asked = sorted(one.room.removeprefix("dm:") for one in said)
    for person, answer in zip(people_asked, ("ja", "ja", "deels", "nee"), strict=False):
        bot.say(person, answer, room="dm")
    bot.until(at("2027-02-05 09:00"))
    [shown] = bot.say("rijk.secr.1", "!peiling AO", room="dm")
    assert shown.text == f"Tijd waard, do 14 jan 2027: 2 ja, 1 deels, 1 nee (4 van {len(people_asked)})."
    [lean] = bot.say("rijk.secr.1", "!evaluatie toon AO", room="dm")
    assert "Tijd waard, do 14 jan 2027: 2 ja, 1 deels, 1 nee" in lean.text
    [none] = bot.say("vng.do.1", "!peiling AO", room="dm")
    assert none.text == "De peilingen van het AO zijn voor het AO zelf. Vraag het aan de voorzitter van het AO."
    bot.simulation.close()


def test_where_it_is_not_switched_on_nobody_is_asked_after_a_meeting(bot: TestBot) -> None:
    assert not asked(bot.until(at("2027-02-26 12:00")), "tijd waard")


def test_taking_back_after_an_answer_without_a_name_takes_back_nothing_else_unasked(bot: TestBot) -> None:
    [first, *_] = until_asked(bot)
    person = first.room.removeprefix("dm:")
    bot.say(person, "!signaal Baggerdepots zitten vol", room="dm")
    bot.say(person, "5", room="dm", reply_to=first.id)
    [kept] = bot.say(person, "!ongedaan", room="dm")
    assert kept.text == (
        "Wat zonder naam is gezegd, draai ik niet terug: er staat niet bij van wie het is. "
        "Wel terugdraaien wat eerder was (SIG-2027-001 ingediend)?"
    )
    [id] = [one.id for one in polls(bot)]
    assert bot.simulation.database.work(lambda session: SqlStore(session).voices(id, "antwoord")) == ("5",)
    [back] = bot.say(person, "ja", room="dm", reply_to=kept.id)
    assert back.text.startswith("Ongedaan gemaakt: SIG-2027-001 ingediend.")
