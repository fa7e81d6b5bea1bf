"""!verslag, !corrigeer and !vrijgeef: from the meeting to minutes that are fixed and texts for others (V4-V6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from bot.testing import Simulation, TestBot
from commands.kit.ports import Change
from commands.words.decision import Decision, DecisionState
from commands.words.meeting import Meeting, MeetingState
from commands.words.minutes import Bulletin, BulletinState, Correction, CorrectionState
from commands.words.people import Room
from commands.words.structure import Structure
from config.people import PeopleFile
from storage.store import SqlStore
from tests.conftest import at, outsider_in

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
VRG = "VRG-AO-2027-01"
LINK = "https://stukken.example/verslag"


def answers(said: list[Any]) -> list[tuple[str, str]]:
    return [(one.room, one.text) for one in said]


def only(said: list[Any], room: str) -> Any:
    [one] = [one for one in said if one.room == room]
    return one


@pytest.fixture
def held(filed: TestBot) -> TestBot:
    """The AO of Thursday 14 January: one point with a decision, one action, held."""
    filed.say(SECRETARY, "!agendeer 1 ter besluitvorming horizon:actualiteit")
    filed.until(at("2027-01-14 10:30"))
    filed.say(CHAIR, "!besluit 1 het AO maakt een depotkaart mandaat:ja")
    filed.say(SECRETARY, "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    filed.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG IPO UvW")
    return filed


def test_one_working_day_later_the_concept_list_is_in_the_room_and_on_paper_for_chair_and_secretary(
    held: TestBot,
) -> None:
    said = [one for one in held.until(at("2027-01-15 08:30")) if "esluiten- en actielijst" in one.text]
    room = only(said, "AO")
    assert room.at == at("2027-01-15 08:30")
    assert room.text == (
        "Besluiten- en actielijst AO · donderdag 14 januari 2027 (concept)\n\n"
        "Besluiten\n\n"
        "- BES-2027-001 (punt 1): het AO maakt een depotkaart. Rijk, VNG, IPO en UvW akkoord.\n\n"
        "Acties\n\n"
        "- ACT-2027-001 vng.ao.1: depotkaart sturen, uiterlijk vrijdag 5 februari.\n"
        "Klopt er iets niet? Typ `!corrigeer` en wat er anders moet, tot en met vrijdag 22 januari."
    )
    for person in (CHAIR, SECRETARY):
        sent = only(said, f"dm:{person}")
        assert sent.text.startswith(
            "De concept besluiten- en actielijst van AO do 14 jan 2027, als document en als PDF."
        )
        assert [file.name for file in sent.files] == [
            "besluiten-en-actielijst-ao-2027-01-14.odt",
            "besluiten-en-actielijst-ao-2027-01-14.pdf",
        ]


def test_the_list_in_the_room_holds_no_decision_where_someone_from_outside_is_there(held: TestBot) -> None:
    outsider_in(held, "AO")
    said = [one for one in held.until(at("2027-01-15 08:30")) if "esluiten- en actielijst" in one.text]
    room = only(said, "AO")
    assert "depotkaart sturen" in room.text
    assert "BES-2027-001" not in room.text
    assert [file.name for file in only(said, f"dm:{SECRETARY}").files]


def test_the_list_is_posted_once_also_when_the_day_is_noted_again(held: TestBot) -> None:
    held.until(at("2027-01-15 09:00"))
    held.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG IPO")
    said = held.until(at("2027-01-22 09:00"))
    assert not [one for one in said if one.text.startswith("Besluiten- en actielijst")]


def test_a_meeting_that_is_marked_as_held_late_gets_its_list_the_next_working_day(bot: TestBot) -> None:
    bot.until(at("2027-01-14 11:00"))
    bot.say(SECRETARY, "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.until(at("2027-01-20 11:00"))
    bot.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG")
    said = bot.until(at("2027-01-21 09:00"))
    assert [one.at for one in said if one.text.startswith("Besluiten- en actielijst")] == [at("2027-01-21 08:30")]


def test_of_a_meeting_without_a_word_no_list_is_posted_and_the_secretary_hears_so(bot: TestBot) -> None:
    bot.until(at("2027-01-14 11:00"))
    bot.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG")
    said = bot.until(at("2027-01-15 09:00"))
    assert not [one for one in said if one.room == "AO" and "actielijst" in one.text]
    assert "Van AO do 14 jan 2027 is nog niets vastgelegd." in only(said, f"dm:{SECRETARY}").text


# --- corrections -----------------------------------------------------------------------------------------------------
def test_a_correction_is_noted_and_worked_in_by_the_secretary(held: TestBot, register: Any) -> None:
    held.until(at("2027-01-18 09:00"))
    said = held.say("vng.ao.1", "!corrigeer BES-1 het gaat om een kaart van de depots")
    assert answers(said) == [
        ("AO", "COR-2027-001 genoteerd bij BES-2027-001. De secretaris van het AO verwerkt het."),
        (
            f"dm:{SECRETARY}",
            "COR-2027-001 van vng.ao.1 bij BES-2027-001: het gaat om een kaart van de depots\n"
            "Verwerk het met !wijzig BES-2027-001 en de nieuwe tekst. "
            "Antwoord daarna met verwerkt, of met afgewezen en een reden.",
        ),
    ]
    [listed] = held.say(SECRETARY, "!corrigeer")
    assert listed.text == (
        "Open correcties, AO do 14 jan 2027\n\n"
        "- COR-2027-001 BES-2027-001 het gaat om een kaart van de depots (vng.ao.1)"
    )
    held.say(SECRETARY, "!wijzig BES-1 het AO maakt een kaart van de depots")
    done = held.say(SECRETARY, "verwerkt", room="dm", reply_to=said[1].id)
    assert answers(done) == [
        (f"dm:{SECRETARY}", "COR-2027-001 is verwerkt."),
        ("dm:vng.ao.1", "COR-2027-001 (AO do 14 jan 2027) is verwerkt."),
    ]
    found = register.ask(lambda store: store.get(Correction, "COR-2027-001"))
    assert (found.state, found.settled_by) == (CorrectionState.WORKED_IN, SECRETARY)


def test_a_correction_that_is_not_worked_in_says_why(held: TestBot) -> None:
    said = held.say("vng.ao.1", "!corrigeer punt 1 dit was een bespreekstuk")
    assert "Verwerk het met !wijzig BES-2027-001 en de nieuwe tekst." in only(said, f"dm:{SECRETARY}").text
    [asked] = held.say(SECRETARY, "!corrigeer afgewezen 1")
    assert asked.text == "Waarom niet? vng.ao.1 leest dit."
    said = held.say(SECRETARY, "het stond als besluit op de agenda", reply_to=asked.id)
    assert ("dm:vng.ao.1", "COR-2027-001 (AO do 14 jan 2027) is afgewezen: het stond als besluit op de agenda.") in (
        answers(said)
    )
    [again] = held.say(SECRETARY, "!corrigeer verwerkt 1")
    assert again.text == "COR-2027-001 is al afgewezen."


def test_after_five_working_days_it_is_too_late_and_the_way_is_said(held: TestBot, register: Any) -> None:
    held.until(at("2027-01-22 16:00"))
    assert "genoteerd" in held.say("vng.ao.1", "!corrigeer punt 1 nog net op tijd")[0].text
    held.until(at("2027-01-25 09:00"))
    [refused] = held.say("vng.ao.1", "!corrigeer punt 1 te laat")
    assert refused.text == ("Corrigeren kon tot en met vr 22 jan 2027. Noem het bij het vaststellen van het verslag.")
    assert len(register.ask(lambda store: store.corrections(meeting=VRG))) == 1


def test_only_the_secretary_works_a_correction_in_and_nobody_else_sees_the_list(held: TestBot) -> None:
    held.say("vng.ao.1", "!corrigeer punt 1 dit was een bespreekstuk")
    [refused] = held.say("ipo.ao.1", "!corrigeer verwerkt 1")
    assert refused.text == "Een correctie verwerkt de secretaris."
    [outside] = held.say("drinkwater.wg.1", "!corrigeer BES-1 anders", room="dm")
    assert outside.text.startswith("BES-2027-001 bestaat niet.")


def test_what_is_wrong_with_an_action_or_the_whole_list_is_worked_in_by_what_changes_it(held: TestBot) -> None:
    said = held.say("vng.ao.1", "!corrigeer ACT-1 dit was voor 12 februari")
    assert "Verwerk het met !verzet of !overdragen ACT-2027-001." in only(said, f"dm:{SECRETARY}").text
    said = held.say("ipo.ao.1", "!corrigeer het IPO was er ook bij")
    assert only(said, "AO").text.startswith("COR-2027-002 genoteerd bij AO do 14 jan 2027.")
    assert "Verwerk het met !besluit, !actie of !uitkomst." in only(said, f"dm:{SECRETARY}").text


def test_a_correction_is_undone(held: TestBot, register: Any) -> None:
    held.say("vng.ao.1", "!corrigeer punt 1 dit was een bespreekstuk")
    held.say("vng.ao.1", "!ongedaan")
    found = register.ask(lambda store: store.get(Correction, "COR-2027-001"))
    assert found.state is CorrectionState.WITHDRAWN


def test_the_minutes_of_every_meeting_as_one_list(held: TestBot) -> None:
    held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    [sent] = held.say("vng.ao.1", "!exporteer verslag AO als csv")
    assert (sent.room, sent.text) == ("dm:vng.ao.1", "Export klaar (1 regel).")
    head, row = sent.files[0].data.decode("utf-8-sig").splitlines()
    assert head == "vergadering;datum;nr;punt;tekst;soort;stand per partij;status;verslag"
    assert row == (
        f"{VRG};2027-01-14;BES-2027-001;1;het AO maakt een depotkaart;besluit;"
        f"Rijk, VNG, IPO en UvW akkoord;concept;{LINK}"
    )


# --- the minutes -----------------------------------------------------------------------------------------------------
def test_every_point_needs_an_outcome_before_there_are_minutes(filed: TestBot) -> None:
    filed.say(SECRETARY, "!agendeer 1 ter bespreking horizon:actualiteit")
    filed.until(at("2027-01-14 11:00"))
    [early] = filed.say(SECRETARY, f"!verslag {VRG} {LINK}")
    assert early.text == f"{VRG} is nog niet gehouden. Eerst !vergadering gehouden AO."
    filed.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG")
    [refused] = filed.say(SECRETARY, f"!verslag {VRG} {LINK}")
    assert refused.text == ("Nog zonder uitkomst: punt 1 (AGP-2027-001). Noteer die met !uitkomst AGP-2027-001.")
    [no_link] = filed.say(SECRETARY, f"!verslag {VRG} ergens op de schijf")
    assert no_link.text == "'ergens op de schijf' is geen koppeling. Geef er een die met https:// begint."


def test_a_link_makes_the_minutes_a_concept_and_without_umbrella_contacts_the_secretary_hears_so(
    held: TestBot, register: Any
) -> None:
    said = held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    assert only(said, "AO").text == (
        "Verslag in concept. 1 besluit en 1 actie. "
        "Geen terugblik voor VNG, IPO en UvW: daar is geen koepelcontact. Leg dat vast met !rol."
    )
    meeting = register.ask(lambda store: store.get(Meeting, VRG))
    assert (meeting.state, meeting.minutes) == (MeetingState.MINUTES, LINK)
    chair = only(said, f"dm:{CHAIR}")
    assert chair.text.startswith(f"Het verslag van AO do 14 jan 2027 is in concept: {LINK}.")
    assert len(chair.files) == 2


def test_a_member_reads_the_list_and_takes_it_along_but_links_no_minutes(held: TestBot) -> None:
    [shown] = held.say("vng.ao.1", "!verslag AO")
    assert shown.text.startswith("Besluiten- en actielijst AO · donderdag 14 januari 2027 (concept)")
    [sent] = held.say("vng.ao.1", "!verslag AO als pdf")
    assert (sent.room, sent.text) == ("dm:vng.ao.1", "Hierbij de besluiten- en actielijst van AO do 14 jan 2027.")
    [refused] = held.say("vng.ao.1", f"!verslag {VRG} {LINK}")
    assert refused.text == "Het verslag koppelt de secretaris van het AO."
    [outside] = held.say("vng.do.1", "!verslag AO", room="DO")
    assert outside.text == "Het verslag van het AO is voor wie in het AO zit. Vraag het aan de secretaris van het AO."


def test_the_chair_fixes_the_minutes_in_the_next_meeting_and_the_decisions_with_them(
    held: TestBot, register: Any
) -> None:
    held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    held.until(at("2027-02-01 09:00"))
    [early] = held.say(CHAIR, "!verslag vastgesteld")
    assert early.text == (
        "Een verslag wordt vastgesteld in het volgende overleg, of in een schriftelijke ronde. "
        "Was er een schriftelijke ronde?"
    )
    held.until(at("2027-03-04 10:05"))
    [refused] = held.say("vng.ao.1", "!verslag vastgesteld")
    assert refused.text == "Vaststellen doet de voorzitter van het AO."
    [sure] = held.say(CHAIR, "!verslag vastgesteld")
    assert sure.text == (
        "Het verslag van AO do 14 jan 2027 wordt vastgesteld; de besluiten en afspraken staan daarna vast. Vaststellen?"
    )
    said = held.say(CHAIR, "ja", reply_to=sure.id)
    assert only(said, "AO").text == (
        "Het verslag van AO do 14 jan 2027 is vastgesteld. Vast staan nu BES-2027-001. "
        "Afgesloten is ze als de berichten verstuurd zijn."
    )
    decision = register.ask(lambda store: store.get(Decision, "BES-2027-001"))
    assert decision.state is DecisionState.FIXED
    assert register.ask(lambda store: store.get(Meeting, VRG)).state is MeetingState.CONFIRMED
    held.say(CHAIR, "!ongedaan")
    assert register.ask(lambda store: store.get(Decision, "BES-2027-001")).state is DecisionState.CONCEPT
    assert register.ask(lambda store: store.get(Meeting, VRG)).state is MeetingState.MINUTES


def test_a_round_in_writing_is_the_other_way(held: TestBot) -> None:
    held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    held.until(at("2027-02-01 09:00"))
    [sure] = held.say(CHAIR, "!verslag vastgesteld schriftelijk")
    assert sure.text.endswith("Vaststellen?")
    assert "is vastgesteld." in held.say(CHAIR, "ja", reply_to=sure.id)[0].text


# --- texts for others ------------------------------------------------------------------------------------------------
@pytest.fixture
def drafted(held: TestBot) -> TestBot:
    """Minutes in concept, with an umbrella contact of the VNG."""
    held.say(SECRETARY, "!rol @vng.ao.2 koepelcontact AO namens VNG")
    held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    return held


def draft(bot: TestBot, person: str) -> Any:
    return [one for one in bot.log if one.room == f"dm:{person}" and one.text.startswith("Concept voor")][-1]


def test_the_umbrella_contact_gets_a_draft_without_positions_and_lets_it_go(drafted: TestBot, register: Any) -> None:
    shown = draft(drafted, "vng.ao.2")
    assert shown.text == (
        "Concept voor de achterban van VNG (TRK-2027-001). Ik plaats dit niet zelf. "
        "Antwoord met ja, of met vervalt en een reden.\n"
        "[ter informatie] Terugblik op het AO van donderdag 14 januari 2027.\n"
        "Wat is besproken: Baggerdepots zitten vol.\n"
        "Wat is afgesproken: het AO maakt een depotkaart.\n"
        "Wat betekent dit voor de regio: (nog aan te vullen)\n"
        "Wanneer weer: donderdag 4 maart 2027."
    )
    [asked] = drafted.say("vng.ao.2", "ja", room="dm", reply_to=shown.id)
    assert asked.text == "Wat betekent dit voor de regio? Eén of twee zinnen is genoeg."
    [sent] = drafted.say("vng.ao.2", "u ziet waar nog plek is", room="dm", reply_to=asked.id)
    assert sent.text == "TRK-2027-001 is vrijgegeven. Hierbij de tekst; zo stuur je het door."
    text = sent.files[0].data.decode()
    assert "Wat betekent dit voor de regio: u ziet waar nog plek is" in text
    assert len(text.split()) <= 120
    found = register.ask(lambda store: store.get(Bulletin, "TRK-2027-001"))
    assert (found.state, found.released_by, found.route) == (
        BulletinState.SENT,
        "vng.ao.2",
        "door het koepelcontact",
    )


def test_nothing_goes_out_by_itself_and_the_secretary_is_asked_after_ten_working_days(drafted: TestBot) -> None:
    said = drafted.until(at("2027-02-12 09:00"))
    assert not [one for one in said if "Terugblik op" in one.text]
    asked = [one for one in said if one.room == f"dm:{SECRETARY}" and "nog niet verstuurd" in one.text]
    assert len(asked) == 1
    assert (
        "TRK-2027-001: De terugblik voor de achterban van VNG over AO do 14 jan 2027 is nog niet verstuurd. "
        "Het ligt bij vng.ao.2." in asked[0].text
    )
    assert "TRK-2027-002: Het bericht aan het DO" in asked[0].text


def test_who_is_not_the_contact_lets_nothing_go(drafted: TestBot) -> None:
    [refused] = drafted.say(SECRETARY, "!vrijgeef TRK-1 regio: alles blijft open")
    assert refused.text == "TRK-2027-001 geeft het koepelcontact vrij (vng.ao.2)."


def test_a_text_that_is_too_long_is_not_sent(drafted: TestBot) -> None:
    [asked] = drafted.say("vng.ao.2", f"!vrijgeef TRK-1 regio: {'woord ' * 110}", room="dm")
    assert asked.text.endswith("woorden; hooguit 120. Hoe kan het korter?")


def test_the_message_to_the_do_goes_to_its_room_when_the_secretary_says_yes(drafted: TestBot) -> None:
    shown = draft(drafted, SECRETARY)
    assert shown.text == (
        "Concept voor het DO (TRK-2027-002). Ik plaats dit niet zelf. Antwoord met ja, of met vervalt en een reden.\n"
        "[ter informatie] AO van donderdag 14 januari 2027.\n"
        "Besloten: het AO maakt een depotkaart.\n"
        "Acties: 1. Volgend AO: donderdag 4 maart 2027."
    )
    said = drafted.say(SECRETARY, "ja", room="dm", reply_to=shown.id)
    assert only(said, "DO").text.startswith("[ter informatie] AO van donderdag 14 januari 2027.")


def test_where_the_network_of_a_party_has_a_room_the_text_is_put_there_once_it_is_let_go(
    structure: Structure, people: PeopleFile
) -> None:
    network = structure.connections[0]
    bodies = [replace(one, umbrella="VNG") if one == network else one for one in structure.bodies]
    simulation = Simulation(replace(structure, bodies=tuple(bodies)), people)
    bot = TestBot(simulation, at("2027-01-14 10:30"))
    room = Room(network.code, matrix="!netwerk:overleg.example")
    simulation.database.work(lambda session: SqlStore(session).put(room, Change(SECRETARY, at("2027-01-14 10:30"))))
    bot.say(SECRETARY, "!rol @vng.ao.2 koepelcontact AO namens VNG")
    bot.say(SECRETARY, "!actie @vng.ao.1 depotkaart sturen vrijdag 5 februari")
    bot.say(SECRETARY, "!vergadering gehouden AO aanwezig Rijk VNG IPO UvW")
    before = bot.say(SECRETARY, f"!verslag {VRG} {LINK}")
    assert not [one for one in before if one.room == network.code]
    said = bot.say("vng.ao.2", "!vrijgeef TRK-1 regio: er verandert niets", room="dm")
    assert [(one.room, one.text.splitlines()[0]) for one in said] == [
        ("dm:vng.ao.2", f"TRK-2027-001 staat in de kamer van {network.code}."),
        (network.code, "[ter informatie] Terugblik op het AO van donderdag 14 januari 2027."),
    ]
    simulation.close()


def test_when_the_last_text_is_gone_the_meeting_is_closed(drafted: TestBot, register: Any) -> None:
    drafted.until(at("2027-03-04 10:05"))
    [sure] = drafted.say(CHAIR, "!verslag vastgesteld")
    drafted.say(CHAIR, "ja", reply_to=sure.id)
    drafted.say(SECRETARY, "!vrijgeef TRK-2", room="dm")
    [asked] = drafted.say("vng.ao.2", "!vrijgeef vervalt TRK-1", room="dm")
    assert asked.text == "Waarom niet? De reden blijft in de geschiedenis."
    [done] = drafted.say("vng.ao.2", "het staat al in de nieuwsbrief", room="dm", reply_to=asked.id)
    assert done.text == "TRK-2027-001 gaat niet uit. AO do 14 jan 2027 is afgesloten."
    assert register.ask(lambda store: store.get(Meeting, VRG)).state is MeetingState.DONE
    drafted.say("vng.ao.2", "!ongedaan", room="dm")
    assert register.ask(lambda store: store.get(Meeting, VRG)).state is MeetingState.CONFIRMED
    assert register.ask(lambda store: store.get(Bulletin, "TRK-2027-001")).state is BulletinState.DRAFT


def test_minutes_that_were_taken_back_and_linked_again_make_their_drafts_once_more(
    drafted: TestBot, register: Any
) -> None:
    drafted.say(SECRETARY, "!ongedaan")
    assert register.ask(lambda store: store.get(Meeting, VRG)).state is MeetingState.HELD
    drafted.say(SECRETARY, f"!verslag {VRG} {LINK}")
    drafted.say(SECRETARY, f"!verslag {VRG} {LINK}/2")
    found = register.ask(lambda store: store.bulletins(meeting=VRG, states=(BulletinState.DRAFT,)))
    assert [(one.id, one.to) for one in found] == [("TRK-2027-003", "VNG"), ("TRK-2027-004", "DO")]


def test_what_is_sensitive_or_not_public_stays_out_of_every_text_for_others(held: TestBot) -> None:
    held.say(CHAIR, "!besluit het AO spreekt de vergoeding af mandaat:ja openbaar:nee, onderhandeling")
    held.say(SECRETARY, "!wijzig SIG-1 gevoelig:ja")
    held.say(SECRETARY, "!rol @vng.ao.2 koepelcontact AO namens VNG")
    held.say(SECRETARY, f"!verslag {VRG} {LINK}")
    for person in ("vng.ao.2", SECRETARY):
        text = draft(held, person).text
        assert "vergoeding" not in text
        assert "depot" not in text.casefold()


# --- visibility ------------------------------------------------------------------------------------------------------
def test_where_outsiders_read_the_list_holds_no_decisions_and_nothing_sensitive(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-02-01 09:00")
    bot.room = "WG-PFAS"
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 3 februari 10:00")
    bot.until(at("2027-02-03 10:30"))
    bot.say("uvw.wg.1", "!actie @uvw.wg.1 monsters nemen vrijdag 5 maart")
    bot.say("uvw.wg.1", "!vergadering gehouden WG-PFAS")
    said = [one for one in bot.until(at("2027-02-04 09:00")) if "actielijst" in one.text]
    assert "BES-" not in only(said, "WG-PFAS").text
    assert "monsters nemen" in only(said, "WG-PFAS").text
    assert not [one for one in said if one.room == "dm:drinkwater.wg.1"]
