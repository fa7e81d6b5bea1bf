"""!afspraak: whom it binds, who answers for it, who leads it, to whom, and until when (C30, INV-25, INV-26)."""

from __future__ import annotations

from typing import Any

import pytest

from bot.testing import TestBot
from commands.words.agreement import Agreement, AgreementState, DueKind
from storage.store import SqlStore

SECRETARY, CHAIR = "rijk.secr.2", "rijk.do.1"
WHOLE = (
    "!afspraak Overzicht knelpunten per regio gereed bindt Rijk, IPO en VNG verantwoordelijk IPO "
    "trekker @ipo.do.1 verantwoording aan het DO uiterlijk 1 november"
)


@pytest.fixture
def meeting(make_bot: Any) -> TestBot:
    """The DO of Tuesday 25 May."""
    bot = make_bot("2027-05-25 14:30")
    assert isinstance(bot, TestBot)
    bot.room = "DO"
    return bot


def agreement(bot: TestBot, number: int = 1) -> Agreement:
    id = f"AFS-2027-{number:03d}"
    found = bot.simulation.database.work(lambda session: SqlStore(session).get(Agreement, id))
    assert isinstance(found, Agreement)
    return found


def test_in_one_sentence(meeting: TestBot) -> None:
    said = meeting.say(SECRETARY, WHOLE)
    assert [(one.room, one.text) for one in said] == [
        (
            "DO",
            "AFS-2027-001, concept, bij DO di 25 mei 2027, uiterlijk ma 1 nov 2027. "
            "Bindt Rijk, VNG en IPO, niet automatisch de gemeenten en de provincies. Voorbehouden?",
        ),
        (
            "dm:ipo.do.1",
            "Het DO heeft afgesproken, met u als trekker: Overzicht knelpunten per regio gereed, "
            "uiterlijk ma 1 nov 2027 (AFS-2027-001).",
        ),
    ]
    made = agreement(meeting)
    assert made.text == "Overzicht knelpunten per regio gereed"
    assert (made.binds, made.responsible, made.lead, made.accountable_to) == (
        ("Rijk", "VNG", "IPO"),
        "IPO",
        "ipo.do.1",
        "DO",
    )
    assert (made.due_kind, str(made.due), made.state) == (DueKind.ULTIMATELY, "2027-11-01", AgreementState.CONCEPT)


def test_in_fields(meeting: TestBot) -> None:
    meeting.say(
        SECRETARY,
        '!afspraak "Overzicht knelpunten gereed" bindt:Rijk,IPO,VNG verantwoordelijk:IPO trekker:@ipo.do.1 '
        'verantwoording:DO streef:"1 november" spoor:aanjagen bron:convenant doel:zicht op knelpunten',
    )
    made = agreement(meeting)
    assert (made.text, made.binds, made.due_kind, str(made.due)) == (
        "Overzicht knelpunten gereed",
        ("Rijk", "VNG", "IPO"),
        DueKind.TARGET,
        "2027-11-01",
    )
    assert (made.track, made.source, made.goal) == ("aanjagen", "convenant", "zicht op knelpunten")


def test_what_is_missing_is_asked_one_by_one_with_likely_answers(meeting: TestBot) -> None:
    [ask] = meeting.say(SECRETARY, "!afspraak elke regio maakt een overzicht", room="DO")
    heard = []
    for reply in ("ja", "IPO", "ipo.do.1", "DO", "doorlopend"):
        heard.append(ask.text)
        ask, *_ = meeting.say(SECRETARY, reply, room="dm", reply_to=ask.id)
    assert heard == [
        "Wie bindt dit: alle partijen (Rijk, VNG, IPO en UvW), of noem ze.",
        "Wie is verantwoordelijk: Rijk, VNG, IPO of UvW?",
        "Wie trekt het? Bijvoorbeeld ipo.do.1 of rijk.secr.2.",
        "Aan wie wordt verantwoording afgelegd: DO of BO?",
        "Voor wanneer? Een datum, streefdatum met een datum, of doorlopend.",
    ]
    assert ask.text.startswith("AFS-2027-001, concept, bij DO di 25 mei 2027, doorlopend.")
    assert agreement(meeting).due is None


def test_an_agreement_of_vng_alone_does_not_bind_the_municipalities(meeting: TestBot) -> None:
    """§4.2 line 12."""
    line = "!afspraak kaart delen bindt VNG verantwoordelijk VNG trekker @vng.do.1 verantwoording DO termijn:doorlopend"
    [said, _] = meeting.say(SECRETARY, line)
    assert "Bindt VNG, niet automatisch de gemeenten." in said.text


def test_uwv_is_asked_about_and_nothing_is_stored_until_then(meeting: TestBot) -> None:
    """§4.2 line 13."""
    line = "!afspraak kaart delen bindt:uwv verantwoordelijk:UvW trekker:@uvw.do.1 verantwoording:DO termijn:1-11-2027"
    [asked] = meeting.say(SECRETARY, line)
    assert asked.text == "Bedoelt u UvW (Unie van Waterschappen)?"
    assert meeting.simulation.database.work(_count) == 0
    said, *_ = meeting.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    assert said.text.startswith("AFS-2027-001, concept")
    assert agreement(meeting).binds == ("UvW",)


def test_business_is_no_party(meeting: TestBot) -> None:
    [refused] = meeting.say(SECRETARY, "!afspraak kaart delen bindt Rijk en bedrijfsleven verantwoordelijk Rijk")
    assert refused.text == (
        "Het bedrijfsleven is geen partij bij deze afspraken. Noem een eigen convenant bij de bron."
    )
    assert meeting.simulation.database.work(_count) == 0


def test_it_is_fixed_by_the_chair_and_replaced_by_a_new_one(meeting: TestBot) -> None:
    meeting.say(SECRETARY, WHOLE)
    [sure] = meeting.say(CHAIR, "!afspraak vaststellen 1")
    assert sure.text == (
        "AFS-2027-001: Overzicht knelpunten per regio gereed. Daarna staat de tekst vast. Vaststellen?"
    )
    meeting.say(CHAIR, "ja", room="dm", reply_to=sure.id)
    assert agreement(meeting).state is AgreementState.FIXED
    meeting.say(SECRETARY, WHOLE.replace("gereed", "af") + " vervangt:AFS-1")
    assert (agreement(meeting).state, agreement(meeting).replaced_by) == (AgreementState.REPLACED, "AFS-2027-002")
    meeting.say(SECRETARY, "!ongedaan")
    assert agreement(meeting).state is AgreementState.FIXED


def test_a_member_and_a_group_make_none(meeting: TestBot) -> None:
    [refused] = meeting.say("vng.do.1", "!afspraak we delen de kaart")
    assert refused.text == (
        "Een afspraak maken de partijen in de vergadering, niet in de chat. De secretaris van het DO legt het vast."
    )
    [group] = meeting.say("uvw.wg.1", "!afspraak we delen de kaart", room="WG-PFAS")
    assert group.text == "Afspraken maken de partijen in een vast overleg. Typ dit in de kamer daarvan."


def _count(session: Any) -> int:
    return len(SqlStore(session).agreements())


def test_parties_with_nothing_but_commas_between_them_are_parties(meeting: TestBot) -> None:
    text = "!afspraak Elke koepel deelt een terugblik bindt VNG,IPO,UvW verantwoordelijk VNG trekker @vng.do.1"
    meeting.say(SECRETARY, f"{text} verantwoording DO streef eind oktober")
    assert agreement(meeting).binds == ("VNG", "IPO", "UvW")
