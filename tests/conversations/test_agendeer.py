from __future__ import annotations

from collections.abc import Callable

from bot.testing import TestBot
from commands.rules.ways import RESERVED
from tests.conftest import at

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"


def raised(bot: TestBot) -> None:
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol")


def test_nature_and_horizon_are_asked_and_the_raiser_hears_it(bot: TestBot) -> None:
    raised(bot)
    [nature] = bot.say(SECRETARY, "!agendeer 1 voor AO")
    assert nature.text == "Ter besluitvorming of ter bespreking?"
    [horizon] = bot.say(SECRETARY, "bespreken", reply_to=nature.id)
    assert horizon.text == "Strategie of actualiteit?"
    answers = bot.say(SECRETARY, "actualiteit", reply_to=horizon.id)
    assert [(one.room, one.text) for one in answers] == [
        ("AO", "Punt 1 op AO do 14 jan 2027. Let op: de stukkentermijn (do 7 jan 2027) is voorbij."),
        ("dm:uvw.ao.1", "SIG-2027-001 (Baggerdepots zitten vol): staat op de agenda van het AO van do 14 jan 2027."),
    ]


def test_the_same_signal_twice_on_the_agenda_is_told(bot: TestBot) -> None:
    raised(bot)
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    [again] = bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    assert again.text == "Dit stond al op de agenda: punt 1 op AO do 14 jan 2027."


def test_an_unweighed_signal_on_the_agenda_stays_unweighed(bot: TestBot) -> None:
    raised(bot)
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    [weighed] = bot.say("vng.ao.1", "!toon 1")[:1]
    assert "ingediend" in weighed.text


def test_a_member_proposes_and_the_secretary_takes_it_with_yes(bot: TestBot) -> None:
    raised(bot)
    proposed, asked = bot.say("uvw.ao.1", "!agendeer 1 voor AO ter bespreking horizon:strategie")
    assert proposed.text == "AGP-2027-001 voorgesteld voor AO do 14 jan 2027; de secretaris zet het op de agenda."
    assert asked.room == "dm:rijk.secr.1"
    assert "SIG-2027-001 Baggerdepots zitten vol, ter bespreking" in asked.text
    answers = bot.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    assert answers[0].text.startswith("Punt 1 op AO do 14 jan 2027.")


def test_the_chair_of_the_filter_brings_in_process_points_only(bot: TestBot) -> None:
    [refused] = bot.say(CHAIR, "!agendeer Normen aanscherpen voor AO ter besluitvorming horizon:strategie")
    assert "breng je geen inhoudelijk punt in" in refused.text
    [put] = bot.say(CHAIR, "!agendeer Verslag van de vorige keer voor AO als proces horizon:actualiteit")
    assert put.text.startswith("Punt 1 op AO do 14 jan 2027.")


def test_a_signal_that_lies_lower_goes_up_by_a_proposal(bot: TestBot) -> None:
    raised(bot)
    bot.say(CHAIR, "!weeg 1 escaleren horizon:actualiteit")
    [refused] = bot.say(SECRETARY, "!agendeer 1 voor DO")
    assert refused.text == (
        "SIG-2027-001 ligt bij het AO. Het DO krijgt het met een voorstel; "
        "dat haalt di 25 mei 2027 (stukken uiterlijk do 13 mei 2027). Voorstellen voor het DO?"
    )
    [next_one] = bot.say(SECRETARY, "ja", reply_to=refused.id)
    assert next_one.text.startswith("Waarom kan het AO dit niet zelf afdoen?")


def test_current_affairs_on_a_reflection_meeting_get_the_next_regular_one(bot: TestBot) -> None:
    [refused] = bot.say(
        "rijk.secr.2",
        "!agendeer Drukte in de ondergrond voor DO reflectie ter bespreking horizon:actualiteit",
        room="DO",
    )
    assert refused.text == (
        "Het reflectieoverleg is voor strategie; actualiteit staat daar niet op de agenda. "
        "Eerstvolgend regulier DO: di 25 mei 2027. Daar op de agenda?"
    )
    [put] = bot.say("rijk.secr.2", "ja", room="dm", reply_to=refused.id)
    assert put.text == "Punt 1 op DO di 25 mei 2027. Stukken uiterlijk do 13 mei 2027."


def test_strategy_finds_its_place_on_the_reflection_meeting(bot: TestBot) -> None:
    text = "!agendeer Drukte in de ondergrond voor DO reflectie ter bespreking horizon:strategie"
    [put] = bot.say("rijk.secr.2", text, room="DO")
    assert put.text == "Punt 1 op DO reflectie di 28 sep 2027. Stukken uiterlijk di 14 sep 2027."


def test_a_new_point_for_the_top_goes_by_the_tier_below(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.2", "!agendeer Nieuw kader voor BO ter besluitvorming horizon:strategie", room="BO")
    assert refused.text == (
        "Een nieuw punt gaat eerst langs het DO, het voorportaal van het BO. "
        "Dat wordt di 25 mei 2027 (stukken uiterlijk do 13 mei 2027). Op de agenda van het DO?"
    )
    [question] = bot.say("rijk.secr.2", "ja", room="dm", reply_to=refused.id)
    assert question.text == "Wat moet het DO besluiten?"
    [put] = bot.say("rijk.secr.2", "Een tijdelijk kader toestaan", room="dm", reply_to=question.id)
    assert put.text == "Punt 1 op DO di 25 mei 2027. Stukken uiterlijk do 13 mei 2027."


def test_a_fixed_agenda_is_opened_by_the_chair_who_is_asked(bot: TestBot) -> None:
    raised(bot)
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:strategie")
    [confirm] = bot.say(CHAIR, "!agenda AO vaststellen")
    assert confirm.text == (
        "Agenda AO do 14 jan 2027: 1 punt; strategie 100%, actualiteit 0%. "
        "Let op: Er staat geen punt over actualiteit op. Toch vaststellen?"
    )
    [fixed] = bot.say(CHAIR, "ja", reply_to=confirm.id)
    assert fixed.text.startswith("De agenda van het AO van do 14 jan 2027 staat vast: 1 punt")
    bot.say("vng.ao.1", "!signaal Regio's horen te laat wat we afspreken")
    [refused] = bot.say("vng.ao.1", "!agendeer 2 voor AO ter bespreking horizon:strategie")
    assert refused.text == "Die agenda staat vast. De voorzitter vragen?"
    receipt, asked = bot.say("vng.ao.1", "ja", reply_to=refused.id)
    assert receipt.text == "Gevraagd."
    assert asked.room == "dm:rijk.ao.0"
    answers = bot.say(CHAIR, "ja", room="dm", reply_to=asked.id)
    assert [(one.room, one.text.split(".")[0]) for one in answers] == [
        ("dm:rijk.ao.0", "Punt 2 op AO do 14 jan 2027"),
        (
            "dm:vng.ao.1",
            "SIG-2027-002 (Regio's horen te laat wat we afspreken): staat op de agenda van het AO van do 14 jan 2027",
        ),
    ]


def test_another_day_than_a_meeting_day_gets_the_next_meeting(bot: TestBot) -> None:
    [refused] = bot.say("rijk.secr.2", "!agendeer Rolverdeling voor DO ter bespreking 29 september 2027", room="DO")
    assert refused.text == "Het DO vergadert niet op wo 29 sep 2027. Op di 25 mei 2027?"


def test_the_agenda_shows_what_is_on_it_and_what_is_proposed(bot: TestBot) -> None:
    raised(bot)
    bot.say(SECRETARY, "!agendeer 1 voor AO ter besluitvorming horizon:actualiteit minuten:15")
    bot.say("vng.ao.1", "!agendeer Hoe werken we samen ter bespreking horizon:strategie")
    [agenda] = bot.say("ipo.ao.1", "!agenda")
    assert agenda.text == (
        "Agenda AO · donderdag 14 januari 2027, 10:00–12:00\n\n"
        "1. Baggerdepots zitten vol · SIG-2027-001 · UvW · ter besluitvorming · actualiteit · 15 minuten\n"
        "- Hoe werken we samen · VNG · ter bespreking · strategie · voorgesteld (AGP-2027-002)\n"
        "1 punt, 15 minuten; strategie 0%, actualiteit 100%.\n"
        "Nog niet compleet: AGP-2027-002 (nog een voorstel).\n"
        "Stukken uiterlijk do 7 jan 2027."
    )


def test_outside_its_room_the_agenda_comes_in_private_and_holds_only_ones_own(bot: TestBot) -> None:
    bot.say("rijk.secr.2", "!agendeer Rolverdeling voor DO ter bespreking horizon:strategie", room="DO")
    [agenda] = bot.say("vng.ao.1", "!agenda DO")
    assert agenda.room == "dm:vng.ao.1"
    assert "Rolverdeling" not in agenda.text
    [own] = bot.say("vng.do.1", "!agenda DO", room="dm")
    assert "Rolverdeling" in own.text


def test_externals_get_no_agenda_of_a_fixed_body(bot: TestBot) -> None:
    [refused] = bot.say("drinkwater.wg.1", "!agenda AO", room="WG-PFAS")
    assert refused.text == RESERVED


def test_putting_on_the_agenda_can_be_undone(bot: TestBot) -> None:
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    bot.say(SECRETARY, "!ongedaan")
    [agenda] = bot.say(SECRETARY, "!agenda")
    assert "Er staat nog niets op." in agenda.text


def test_the_points_are_put_in_order_by_their_numbers(bot: TestBot) -> None:
    for title in ("Eerste", "Tweede", "Derde"):
        bot.say(SECRETARY, f"!agendeer {title} punt voor AO ter bespreking horizon:strategie")
    [agenda] = bot.say(SECRETARY, "!agenda volgorde 3 1")
    assert [line.split(" · ")[0] for line in agenda.text.splitlines() if line[1:3] == ". "] == [
        "1. Derde punt",
        "2. Eerste punt",
        "3. Tweede punt",
    ]
    [refused] = bot.say(SECRETARY, "!agenda volgorde 3 5")
    assert refused.text == "Punt 5 staat niet op deze agenda. Er staan: 1, 2, 3."
    [member] = bot.say("vng.ao.1", "!agenda volgorde 2 1")
    assert member.text == (
        "De volgorde bepalen doet de voorzitter of de secretaris van het AO. Vraag het de secretaris."
    )


def test_without_numbers_hammer_items_come_before_what_is_discussed(bot: TestBot) -> None:
    for text in (
        "Rondvraag ter informatie",
        "Hoe werken we samen ter bespreking",
        "Opdracht aan de werkgroep ter besluitvorming",
        "Verdeelsleutel als hamerstuk",
        "Verslag van de vorige keer als proces",
    ):
        bot.say(SECRETARY, f"!agendeer {text} voor AO horizon:strategie")
    [agenda] = bot.say(SECRETARY, "!agenda AO volgorde")
    assert [line.split(" · ")[0] for line in agenda.text.splitlines() if line[1:3] == ". "] == [
        "1. Verslag van de vorige keer",
        "2. Verdeelsleutel",
        "3. Opdracht aan de werkgroep",
        "4. Hoe werken we samen",
        "5. Rondvraag",
    ]


def test_the_warning_is_acknowledged_in_its_own_words(bot: TestBot) -> None:
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    [confirm] = bot.say(CHAIR, "!agenda AO vaststellen")
    [fixed] = bot.say(CHAIR, "toch vaststellen", reply_to=confirm.id)
    assert fixed.text.startswith("De agenda van het AO van do 14 jan 2027 staat vast")


def test_or_at_once(bot: TestBot) -> None:
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    [fixed] = bot.say(CHAIR, "!agenda AO toch vaststellen")
    assert fixed.text.startswith("De agenda van het AO van do 14 jan 2027 staat vast")


def test_several_signals_stand_under_one_point_and_keep_their_dossiers(bot: TestBot) -> None:
    raised(bot)
    bot.say("vng.ao.1", "!signaal Gemeentewerven hebben geen depot voor specie")
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    answers = bot.say(SECRETARY, "!agendeer 2 bij punt 1")
    assert [(one.room, one.text) for one in answers] == [
        ("AO", "SIG-2027-002 staat bij punt 1 van AO do 14 jan 2027."),
        (
            "dm:vng.ao.1",
            "SIG-2027-002 (Gemeentewerven hebben geen depot voor specie): "
            "staat op de agenda van het AO van do 14 jan 2027.",
        ),
    ]
    [agenda] = bot.say(SECRETARY, "!agenda")
    assert "1. Baggerdepots zitten vol · SIG-2027-001, SIG-2027-002 · UvW · ter bespreking" in agenda.text
    bot.say(CHAIR, "!weeg 2 escaleren horizon:actualiteit")
    bot.say(SECRETARY, "!escaleer 2 want het raakt alle partijen vraag:Een tijdelijk kader toestaan")
    bot.say(CHAIR, "!akkoord 1")
    [left] = bot.say(SECRETARY, "!agenda")
    assert "1. Baggerdepots zitten vol · SIG-2027-001 · UvW · ter bespreking" in left.text


def test_a_member_proposes_a_signal_for_a_point(bot: TestBot) -> None:
    raised(bot)
    bot.say("vng.ao.1", "!signaal Gemeentewerven hebben geen depot voor specie")
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit")
    receipt, asked = bot.say("vng.ao.1", "!agendeer 2 bij punt 1")
    assert receipt.text == "SIG-2027-002 is voorgesteld bij punt 1 van AO do 14 jan 2027."
    [done, *_] = bot.say(SECRETARY, "ja", room="dm", reply_to=asked.id)
    assert done.text == "SIG-2027-002 staat bij punt 1 van AO do 14 jan 2027."


def test_what_is_said_of_a_point_can_be_filled_in_later(bot: TestBot) -> None:
    bot.say(SECRETARY, "!agendeer Hoe werken we samen voor AO ter bespreking horizon:strategie")
    [done] = bot.say(SECRETARY, "!agendeer punt 1 minuten:20 belang:gezamenlijk stukken:https://voorbeeld.example/nota")
    assert done.text == "Punt 1 van AO do 14 jan 2027 is gewijzigd."
    [agenda] = bot.say(SECRETARY, "!agenda")
    assert (
        "1. Hoe werken we samen · Rijk · ter bespreking · strategie · belang: gezamenlijk · 20 minuten\n"
        "   Stukken: https://voorbeeld.example/nota\n"
    ) in agenda.text
    [refused] = bot.say(SECRETARY, "!agendeer punt 1 belang:bedrijven")
    assert refused.text == "'bedrijven' ken ik niet bij belang. Kies uit: gezamenlijk, Rijk, VNG, IPO, UvW."


def test_a_main_line_that_is_too_long_is_told_with_its_length(bot: TestBot) -> None:
    line = "woord " * 120
    [refused] = bot.say(SECRETARY, f"!agendeer Samen voor AO ter bespreking horizon:strategie hoofdlijn:{line}")
    assert refused.text == "De hoofdlijn is 719 tekens, maximaal 600. Niets opgeslagen."


def test_the_secretary_does_not_make_the_chair_of_the_filter_the_raiser(bot: TestBot) -> None:
    text = "!agendeer Normen aanscherpen voor AO ter besluitvorming horizon:strategie inbrenger:@rijk.ao.0"
    [refused] = bot.say(SECRETARY, text)
    assert refused.text == (
        "Als voorzitter van het AO breng je geen inhoudelijk punt in. @rijk.ao.1 kan dit doen; "
        "een procespunt kan wel, met aard:proces."
    )


def test_the_chair_puts_a_point_of_someone_else_on_the_agenda(bot: TestBot) -> None:
    text = "!agendeer Normen aanscherpen voor AO ter besluitvorming horizon:strategie inbrenger:@rijk.ao.1"
    assert bot.say(CHAIR, text)[0].text.startswith("Punt 1 op AO do 14 jan 2027.")


def test_an_initiative_of_the_top_is_proposed_to_the_tier_below_first(bot: TestBot) -> None:
    text = "!agendeer Een landelijk bodemakkoord als bestuurlijk initiatief horizon:strategie vraag:Begin de gesprekken"
    done, asked = bot.say("rijk.bo.1", text, room="BO")
    assert done.text == "AGP-2027-001 is voorgesteld voor DO di 25 mei 2027: het DO bereidt het voor."
    assert asked.room == f"dm:{'rijk.secr.2'}"
    [put, *_] = bot.say("rijk.secr.2", "ja", room="dm", reply_to=asked.id)
    assert put.text.startswith("Punt 1 op DO di 25 mei 2027.")
    [refused] = bot.say("rijk.secr.2", text, room="BO")
    assert refused.text == "Een bestuurlijk initiatief neemt de voorzitter van het BO."


def test_what_the_tier_below_treated_goes_on_to_the_top(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    text = "!agendeer Een landelijk bodemakkoord als bestuurlijk initiatief horizon:strategie vraag:Begin de gesprekken"
    _, asked = bot.say("rijk.bo.1", text, room="BO")
    bot.say("rijk.secr.2", "ja", room="dm", reply_to=asked.id)
    bot.until(at("2027-05-25 15:00"))
    bot.say("rijk.secr.2", "!uitkomst 1 kennisgenomen", room="DO")
    [put, *_] = bot.say("rijk.secr.2", "!agendeer agp2 voor BO ter besluitvorming", room="DO")
    assert put.text == "Punt 1 op BO wo 16 jun 2027. Stukken uiterlijk wo 2 jun 2027."


def test_strategie_or_actualiteit_behind_a_signal_needs_no_field(filed: TestBot) -> None:
    answer, *_ = filed.say("rijk.secr.1", "!agendeer 1 voor AO ter bespreking actualiteit")
    assert answer.text.startswith("Punt 1 op AO do 14 jan 2027.")
