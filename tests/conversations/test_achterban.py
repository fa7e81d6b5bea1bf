"""What is decided goes to those the parties speak for, and what they say comes in: both by the umbrella contact, along
one line that is written down (R-128, R-129, R-177, C16)."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.kit.ports import Change
from commands.words.meeting import Meeting, MeetingState
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, Role, RoleName, Room
from commands.words.structure import Span, Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at, outsider_in

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
DO_SECRETARY, DO_CHAIR = "rijk.secr.2", "rijk.do.1"
VNG, IPO, WEB = "vng.wg.2", "ipo.wg.2", "web.1"
LINK = "https://stukken.example/verslag"


def only(said: list[Said], room: str) -> Said:
    [one] = [one for one in said if one.room == room]
    return one


def answers(said: list[Said]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said]


@pytest.fixture
def bot(structure: Structure, people: PeopleFile) -> Iterator[TestBot]:
    """WEB is the network of the VNG and has a room; VNG and IPO have a contact, the UvW has none. SIG-1 is the UvW's,
    SIG-2 came from WEB. Nothing is drafted because a network hears nothing: that has tests of its own."""
    patient = replace(structure.thresholds, radio_silence=Span(1000))
    bodies = tuple(replace(one, umbrella="VNG") if one.code == "WEB" else one for one in structure.bodies)
    everyone = replace(
        people,
        people=(*people.people, Person(WEB, "WEB")),
        roles=(*people.roles, Role(WEB, "WEB", RoleName.CONNECTION_MEMBER, "WEB")),
    )
    simulation = Simulation(replace(structure, bodies=bodies, thresholds=patient), everyone)
    made = TestBot(simulation, at("2027-01-11 09:00"))
    room = Room("WEB", matrix="!web:overleg.example")
    simulation.database.work(lambda session: SqlStore(session).put(room, Change(SECRETARY, made.at)))
    for person, party in ((VNG, "VNG"), (IPO, "IPO")):
        made.say(SECRETARY, f"!rol @{person} koepelcontact AO namens {party}")
    made.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")
    made.say(WEB, "!signaal Loketten lopen vol", room="dm")
    yield made
    simulation.close()


def bulletin(register: Any, number: int) -> Bulletin:
    found: Bulletin = register.ask(lambda store: store.get(Bulletin, f"TRK-2027-{number:03d}"))
    return found


# --- out -------------------------------------------------------------------------------------------------------------
def test_feedback_to_the_constituencies_waits_for_their_contacts(bot: TestBot, register: Any) -> None:
    said = bot.say(SECRETARY, "!terugkoppeling SIG-1 aan de achterban het AO maakt een kaart van de depots")
    assert answers(said) == [
        (
            "AO",
            "Concept klaar. Wacht op vrijgave door de koepelcontacten van VNG en IPO. "
            "Niet voor UvW: daar is geen koepelcontact.",
        ),
        (
            f"dm:{VNG}",
            "Concept voor de achterban van VNG (TRK-2027-001). Ik plaats dit niet zelf. "
            "Antwoord met ja, of met vervalt en een reden.\n"
            "[terugkoppeling] Van het AO, aan de achterban van VNG.\n"
            "het AO maakt een kaart van de depots.\n"
            "Langs deze lijn: AO, VNG, WEB.",
        ),
        (
            f"dm:{IPO}",
            "Concept voor de achterban van IPO (TRK-2027-002). Ik plaats dit niet zelf. "
            "Antwoord met ja, of met vervalt en een reden.\n"
            "[terugkoppeling] Van het AO, aan de achterban van IPO.\n"
            "het AO maakt een kaart van de depots.\n"
            "Langs deze lijn: AO, IPO.",
        ),
    ]
    said = bot.say(VNG, "ja", room="dm", reply_to=said[1].id)
    assert answers(said) == [
        (f"dm:{VNG}", "TRK-2027-001 staat in de kamer van WEB."),
        (
            "WEB",
            "[terugkoppeling] Van het AO, aan de achterban van VNG.\n"
            "het AO maakt een kaart van de depots.\n"
            "Langs deze lijn: AO, VNG, WEB.",
        ),
    ]
    sent = bulletin(register, 1)
    assert (sent.state, sent.released_by, sent.about, sent.line) == (
        BulletinState.SENT, VNG, "SIG-2027-001", ("AO", "VNG", "WEB"),
    )  # fmt: skip
    [shown] = bot.say(SECRETARY, "!toon SIG-1")
    assert "Terugkoppeling aan de achterban van VNG (TRK-2027-001): vrijgegeven ma 11 jan 2027." in shown.text
    assert "Terugkoppeling aan de achterban van IPO (TRK-2027-002): wacht op vrijgave." in shown.text


def test_a_contact_drafts_for_the_own_party_only_and_lets_it_go_all_the_same(bot: TestBot) -> None:
    said = bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via IPO het AO maakt een kaart")
    assert only(said, "AO").text == "Concept klaar. Wacht op vrijgave door het koepelcontact van IPO."
    [refused] = bot.say(WEB, "!terugkoppeling SIG-2 aan achterban klaar", room="dm")
    assert refused.text.startswith("Dit mag alleen")
    [rijk] = bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via Rijk klaar")
    assert rijk.text == "Rijk spreekt niet namens anderen. Dat kan via VNG, IPO en UvW."
    [uvw] = bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via UvW klaar")
    assert uvw.text == "Van UvW is geen koepelcontact bekend. Leg dat vast met !rol."


def test_nothing_of_what_is_sensitive_leaves_also_when_it_became_so_after_the_draft(bot: TestBot) -> None:
    bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via VNG het AO maakt een kaart")
    bot.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    text = (
        "SIG-2027-001 is politiek gevoelig of gaat daarover; dat gaat niet naar een achterban. "
        "Kies een ander onderwerp."
    )
    [kept] = bot.say(VNG, "!vrijgeef TRK-1", room="dm")
    assert kept.text == text
    [refused] = bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban toch")
    assert refused.text == text


@pytest.fixture
def decided(bot: TestBot) -> TestBot:
    """The DO of Tuesday 25 May decided; its minutes are in concept."""
    bot.until(at("2027-05-25 15:00"))
    bot.say(DO_SECRETARY, "!besluit het DO stemt in met het kader", room="DO")
    bot.say(DO_SECRETARY, "!besluit het DO betaalt de helft openbaar:nee, onderhandeling", room="DO")
    bot.say(DO_SECRETARY, "!vergadering gehouden DO aanwezig Rijk VNG IPO UvW", room="DO")
    bot.say(DO_SECRETARY, f"!verslag VRG-DO-2027-01 {LINK}", room="DO")
    return bot


def fix_minutes(bot: TestBot) -> list[Said]:
    [sure] = bot.say(DO_CHAIR, "!verslag vastgesteld schriftelijk", room="DO")
    return bot.say(DO_CHAIR, "ja", room="DO", reply_to=sure.id)


def test_what_the_do_decided_waits_for_the_contacts_once_its_minutes_are_fixed(decided: TestBot, register: Any) -> None:
    assert not [one for one in decided.log if "[terugkoppeling]" in one.text]
    said = fix_minutes(decided)
    assert only(said, "DO").text == (
        "Het verslag van DO di 25 mei 2027 is vastgesteld. Vast staan nu BES-2027-001 en BES-2027-002. "
        "De terugkoppeling staat klaar bij de koepelcontacten van VNG en IPO. "
        "Afgesloten is ze als de berichten verstuurd zijn."
    )
    shown = only(said, f"dm:{VNG}").text
    assert shown.endswith(
        "[terugkoppeling] Van het DO, aan de achterban van VNG.\n"
        "Besloten in het DO van dinsdag 25 mei 2027: het DO stemt in met het kader.\n"
        "Langs deze lijn: DO, AO, VNG, WEB."
    )
    decided.say(VNG, "!vrijgeef TRK-1", room="dm")
    [last] = decided.say(DO_SECRETARY, "!vrijgeef vervalt TRK-2 want het staat in de nieuwsbrief", room="DO")
    assert last.text == "TRK-2027-002 gaat niet uit. DO di 25 mei 2027 is afgesloten."
    assert register.ask(lambda store: store.get(Meeting, "VRG-DO-2027-01")).state is MeetingState.DONE


def test_a_concept_and_what_is_not_public_are_not_told_to_others(decided: TestBot) -> None:
    [concept] = decided.say(DO_SECRETARY, "!terugkoppeling BES-1 aan achterban het kader geldt", room="DO")
    assert concept.text == "BES-2027-001 is nog concept. Terugkoppelen kan als het is vastgesteld."
    fix_minutes(decided)
    [closed] = decided.say(DO_SECRETARY, "!terugkoppeling BES-2 aan achterban de helft", room="DO")
    assert closed.text == "BES-2027-002 is niet openbaar: nee, onderhandeling. Vraag het aan de secretaris."
    [nobody] = decided.say(DO_SECRETARY, "!terugkoppeling BES-1 het kader geldt", room="DO")
    assert nobody.text == "BES-2027-001 heeft geen indiener; wie meedeed, las het al. Aan de achterban?"
    said = decided.say(DO_SECRETARY, "ja", room="DO", reply_to=nobody.id)
    assert only(said, "DO").text.startswith("Concept klaar. Wacht op vrijgave door de koepelcontacten van VNG en IPO.")
    [shown] = decided.say(DO_SECRETARY, "!toon BES-1", room="DO")
    assert "Terugkoppeling aan de achterban van VNG (TRK-2027-003): wacht op vrijgave." in shown.text


def test_who_keeps_the_lists_sees_what_waits_for_others_and_after_ten_working_days_is_asked(bot: TestBot) -> None:
    bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via VNG het AO maakt een kaart")
    [listed] = bot.say(SECRETARY, "!vrijgeef")
    assert (listed.room, listed.text) == (
        f"dm:{SECRETARY}",
        "Wacht op een ander\n\n- TRK-2027-001 terugkoppeling voor VNG, ligt bij vng.wg.2",
    )
    said = bot.until(at("2027-01-25 09:00"))
    about = [(f"{one.at:%m-%d}", one.room) for one in said if "TRK-2027-001" in one.text]
    assert about == [("01-18", f"dm:{VNG}"), ("01-25", f"dm:{SECRETARY}")]


def test_feedback_to_a_raiser_keeps_the_line_it_went_back_along(bot: TestBot, register: Any) -> None:
    bot.say(CHAIR, "!weeg 2 afhandelen actualiteit")
    bot.say(CHAIR, "!afhandel 2 er komt een tweede loket")
    said = bot.say(SECRETARY, "!terugkoppeling 2 er komt een tweede loket")
    assert only(said, f"dm:{WEB}").text.endswith("er komt een tweede loket")
    [told] = register.ask(lambda store: store.feedback(about="SIG-2027-002"))
    assert told.line == ("AO", "VNG", "WEB")


def test_the_contact_of_a_network_sees_what_it_raised_and_may_tell_it_what_came_of_it(bot: TestBot) -> None:
    [shown] = bot.say(VNG, "!toon SIG-2", room="dm")
    assert shown.text.startswith("SIG-2027-002 Loketten lopen vol")
    [other] = bot.say(IPO, "!toon SIG-2", room="dm")
    assert other.text == "SIG-2027-002 bestaat niet. Kijk bij !signalen."
    bot.say(CHAIR, "!weeg 2 afhandelen actualiteit")
    bot.say(CHAIR, "!afhandel 2 er komt een tweede loket")
    said = bot.say(VNG, "!terugkoppeling SIG-2 er komt een tweede loket", room="dm")
    assert only(said, f"dm:{WEB}").text.endswith("er komt een tweede loket")


# --- in --------------------------------------------------------------------------------------------------------------
def test_what_a_network_says_waits_for_its_contact_and_its_member_hears_that_it_was_passed_on(
    bot: TestBot, register: Any
) -> None:
    said = bot.say(WEB, "!inbreng SIG-2 de gemeenten zien het ook", room="dm")
    assert answers(said) == [
        (f"dm:{WEB}", "TRK-2027-001 ligt bij het koepelcontact van VNG; je hoort het als het is doorgegeven."),
        (
            f"dm:{VNG}",
            "TRK-2027-001: inbreng van WEB, via VNG, over SIG-2027-002. Doorgeven aan het AO? "
            "Antwoord met ja, of met vervalt en een reden.\nde gemeenten zien het ook",
        ),
    ]
    [before] = bot.say(SECRETARY, "!toon SIG-2")
    assert "gemeenten zien het ook" not in before.text
    passed_on = bot.say(VNG, "ja", room="dm", reply_to=said[1].id)
    assert answers(passed_on) == [
        (f"dm:{VNG}", "TRK-2027-001 is doorgegeven aan het AO."),
        (
            f"dm:{SECRETARY}",
            "TRK-2027-001: inbreng van WEB, via VNG, over SIG-2027-002: de gemeenten zien het ook.",
        ),
        (f"dm:{WEB}", "TRK-2027-001 is doorgegeven aan het AO."),
    ]
    kept = bulletin(register, 1)
    assert (kept.kind, kept.state, kept.to, kept.line) == (
        BulletinKind.INWARD, BulletinState.SENT, "AO", ("WEB", "VNG", "AO"),
    )  # fmt: skip
    [after] = bot.say(SECRETARY, "!toon SIG-2")
    assert "Inbreng van WEB, via VNG: de gemeenten zien het ook (TRK-2027-001)." in after.text
    [digest] = bot.say(SECRETARY, "!digest")
    assert (
        "Inbreng van de achterban\n\n- TRK-2027-001 WEB, via VNG, bij SIG-2027-002: de gemeenten zien het ook"
        in digest.text
    )


def test_what_is_not_passed_on_is_told_with_the_reason(bot: TestBot) -> None:
    bot.say(WEB, "!inbreng de loketten zijn dicht", room="dm")
    [why] = bot.say(VNG, "!vrijgeef vervalt TRK-1", room="dm")
    assert why.text == "Waarom niet? De reden blijft in de geschiedenis."
    said = bot.say(VNG, "het staat al in SIG-2", room="dm", reply_to=why.id)
    assert answers(said) == [
        (f"dm:{VNG}", "TRK-2027-001 gaat niet door."),
        (f"dm:{WEB}", "TRK-2027-001 is niet doorgegeven: het staat al in SIG-2"),
    ]


def test_under_a_text_that_was_let_go_the_contact_brings_in_what_came_back(decided: TestBot, register: Any) -> None:
    fix_minutes(decided)
    sent, _ = decided.say(VNG, "!vrijgeef TRK-1", room="dm")
    said = decided.say(VNG, "!inbreng de kosten vallen hoger uit", room="dm", reply_to=sent.id)
    assert answers(said) == [
        (f"dm:{VNG}", "TRK-2027-003 vastgelegd bij het DO. Langs deze lijn: achterban, VNG, AO, DO."),
        (
            f"dm:{DO_SECRETARY}",
            "TRK-2027-003: inbreng van de achterban van VNG, over VRG-DO-2027-01: de kosten vallen hoger uit.",
        ),
    ]
    [named] = decided.say(VNG, "!inbreng TRK-1 het loopt goed vanuit WEB", room="dm")[:1]
    assert named.text == "TRK-2027-004 vastgelegd bij het DO. Langs deze lijn: WEB, VNG, AO, DO."
    digest = [one for one in decided.until(at("2027-11-01 09:00")) if one.kind == "digest" and one.room == "DO"][-1]
    assert "TRK-2027-003 de achterban van VNG, bij VRG-DO-2027-01: de kosten vallen hoger uit" in digest.text


def test_the_secretary_notes_it_and_names_the_party_it_came_through(bot: TestBot) -> None:
    [which] = bot.say(SECRETARY, "!inbreng SIG-1 de provincies zien het ook")
    assert which.text == "Via welke koepel?"
    said = bot.say(SECRETARY, "IPO", reply_to=which.id)
    assert only(said, "AO").text == "TRK-2027-001 vastgelegd bij het AO. Langs deze lijn: achterban, IPO, AO."


def test_a_network_of_which_nobody_said_whose_it_is_raises_a_signal_instead(bot: TestBot, register: Any) -> None:
    boog = Person("boog.1", "BOOG")

    def know(session: Any) -> None:
        store = SqlStore(session)
        store.put(boog, Change("beheerder", bot.at))
        store.put(Role("boog.1", "BOOG", RoleName.CONNECTION_MEMBER, "BOOG"), Change("beheerder", bot.at))

    bot.simulation.database.work(know)
    [refused] = bot.say("boog.1", "!inbreng de provincies zien het ook", room="dm")
    assert refused.text == "Van welke koepel BOOG het netwerk is, is nog niet ingevuld. Als signaal indienen?"
    said = bot.say("boog.1", "ja", room="dm", reply_to=refused.id)
    assert said[0].text.startswith("SIG-2027-003, namens BOOG.")
    assert bulletin(register, 1) is None


def test_who_speaks_for_nobody_brings_nothing_in(bot: TestBot) -> None:
    [member] = bot.say("uvw.ao.1", "!inbreng de gemeenten zien het ook")
    assert member.text.startswith("Dit mag alleen")
    [outside] = bot.say("drinkwater.wg.1", "!inbreng de gemeenten zien het ook", room="dm")
    assert "gemeenten" not in outside.text
    [other] = bot.say(VNG, "!inbreng de provincies zien het ook via IPO", room="dm")
    assert other.text == "Namens de achterban van IPO doet dit het koepelcontact van IPO."
    [tier] = bot.say(VNG, "!inbreng de gemeenten zien het ook vanuit DO", room="dm")
    assert tier.text.startswith("Inbreng komt vanuit een netwerk, niet vanuit het DO. Wel: ")


def test_in_a_room_in_which_someone_from_outside_is_no_inbreng_is_read(bot: TestBot) -> None:
    bot.say(WEB, "!inbreng SIG-2 de gemeenten zien het ook", room="dm")
    bot.say(VNG, "!vrijgeef TRK-1", room="dm")
    outsider_in(bot, "AO")
    [shown] = bot.say(SECRETARY, "!toon SIG-2")
    assert shown.room == f"dm:{SECRETARY}" or "gemeenten zien het ook" not in shown.text
    said = bot.until(at("2027-01-14 08:30"))
    assert not [one for one in said if one.room == "AO" and "gemeenten zien het ook" in one.text]


def test_bringing_in_and_drafting_are_undone(bot: TestBot, register: Any) -> None:
    bot.say(WEB, "!inbreng SIG-2 de gemeenten zien het ook", room="dm")
    bot.say(WEB, "!ongedaan", room="dm")
    assert bulletin(register, 1).state is BulletinState.WAIVED
    bot.say(SECRETARY, "!terugkoppeling SIG-1 aan achterban via VNG het AO maakt een kaart")
    bot.say(SECRETARY, "!ongedaan")
    [gone] = bot.say(VNG, "!vrijgeef TRK-2", room="dm")
    assert gone.text == "TRK-2027-002 is al vervallen."
