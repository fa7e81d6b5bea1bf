"""The digests as people read them. Expected texts are written by hand from digests.md §1."""

from __future__ import annotations

from collections.abc import Callable

from hypothesis import given
from hypothesis import strategies as st

from bot.renderers.plain import plain
from bot.testing import Said, TestBot
from commands.kit.reply import Heading
from commands.moments.digest_layout import Section, count_words, lay_out
from tests.conftest import at, outsider_in

SECRETARY, CHAIR, UPPER = "rijk.secr.1", "rijk.ao.0", "rijk.secr.2"


def digests(said: list[Said], room: str) -> list[Said]:
    return [one for one in said if one.kind == "digest" and one.room == room]


def test_the_directors_read_their_decisions_six_working_days_before_at_half_past_eight(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-05-03 09:00")
    bot.say("uvw.ao.2", "!signaal Depotruimte voor bagger met PFAS")
    bot.say(CHAIR, "!weeg 1 escaleren horizon:actualiteit")
    bot.say(SECRETARY, "!escaleer 1 naar DO want het raakt alle partijen vraag:Kies het plan per regio")
    bot.say(CHAIR, "!akkoord 1")
    text = "!agendeer 1 voor DO ter besluitvorming minuten:30 keuze:landelijk depot of plan per regio"
    bot.say(UPPER, f"{text} hoofdlijn:baggerwerk ligt stil", room="DO")
    [digest] = digests(bot.until(at("2027-05-14 09:00")), "DO")
    assert digest.at == at("2027-05-14 08:30")
    assert digest.text == (
        "DO 1 · dinsdag 25 mei 2027, 14:00–16:00\n\n"
        "Stand: vrijdag 14 mei, 08:30\n"
        "Gevraagd: 1 besluit. Samen 30 minuten.\n\n"
        "Ter besluitvorming\n\n"
        "1. Depotruimte voor bagger met PFAS · SIG-2027-001 · UvW\n"
        "   Hoofdlijn: baggerwerk ligt stil.\n"
        "   Keuze: landelijk depot of plan per regio.\n"
        "   Gevraagd: Kies het plan per regio.\n"
        "Stand afspraken: geen afspraken vastgelegd.\n\n"
        "Van het AO\n\n"
        "- 1 signaal dit jaar. 1 ligt bij u.\n"
        "- WG-LOOD is over de einddatum (31 maart). Het AO besluit hierover.\n\n"
        "Vooruit\n\n"
        "- BO woensdag 16 juni. Stukken uiterlijk woensdag 2 juni.\n"
        "- AO donderdag 27 mei. Stukken uiterlijk donderdag 20 mei.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_the_filter_reads_what_is_asked_what_floats_and_what_is_late(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-02-01 09:30")
    bot.say("uvw.ao.1", "!signaal Baggerdepots zitten vol regio:Zuid-Limburg")
    bot.say("vng.ao.1", "!signaal Regio's horen te laat wat we afspreken")
    text = "!agendeer 1 voor AO ter besluitvorming horizon:actualiteit minuten:20 vraag:Wie pakt dit op?"
    bot.say(SECRETARY, text)
    bot.say(SECRETARY, "!agendeer 2 voor AO ter bespreking horizon:strategie minuten:30")
    bot.say(SECRETARY, "!actie @uvw.ao.2 stukken sturen uiterlijk 12 februari")
    bot.until(at("2027-02-25 10:00"))
    bot.say("ipo.ao.1", "!signaal Tegenstrijdige gegevens bij aardwarmte")
    said = bot.until(at("2027-02-26 09:00"))
    [digest] = digests(said, "AO")
    assert digest.at == at("2027-02-26 08:30")
    assert digest.text == (
        "AO 2 · donderdag 4 maart 2027, 10:00–12:00\n\n"
        "Stand: vrijdag 26 februari, 08:30\n"
        "Gevraagd: 1 besluit, 1 bespreekpunt. Samen 50 minuten. Te wegen: 3 signalen.\n\n"
        "Ter besluitvorming\n\n"
        "1. Baggerdepots zitten vol · SIG-2027-001 · UvW · actualiteit. Wie pakt dit op? (20 min)\n\n"
        "Ter bespreking\n\n"
        "2. Regio's horen te laat wat we afspreken · SIG-2027-002 · VNG · strategie. (30 min)\n\n"
        "Zwevende signalen (langer dan 14 dagen zonder plek)\n\n"
        "- SIG-2027-001 Baggerdepots zitten vol · UvW, 25 dagen → punt 1\n"
        "- SIG-2027-002 Regio's horen te laat wat we afspreken · VNG, 25 dagen → punt 2\n\n"
        "Te wegen signalen\n\n"
        "- SIG-2027-003 Tegenstrijdige gegevens bij aardwarmte · IPO, do 25 feb 2027\n\n"
        "Acties over de datum\n\n"
        "- ACT-2027-001 stukken sturen · uvw.ao.2 · vrijdag 12 februari\n\n"
        "Groepen\n\n"
        "- WG-LOOD (Werkgroep diffuus lood): loopt tot en met woensdag 31 maart, nog 33 dagen; "
        "de evaluatie ontbreekt.\n"
        "- Op koers: PRG-KENNIS, PRG-SPOED, WG-BODEMMON, WG-PFAS, WG-STAAL.\n\n"
        "Uit de regio\n\n"
        "- SIG-2027-001 Baggerdepots zitten vol · UvW, Zuid-Limburg\n\n"
        "Vooruit\n\n"
        "- DO dinsdag 25 mei. Stukken uiterlijk donderdag 13 mei.\n"
        "Klopt er iets niet? Zeg het de secretaris (rijk.secr.1). Een dossier lezen: `!toon` en het nummer."
    )
    block = digests(said, f"dm:{CHAIR}")[0]
    assert block.text == (
        "Alleen voor voorzitter en secretaris, AO donderdag 4 maart 2027\n\n"
        "- Balans: 1 van de 2 punten gaat over strategie (30 van 50 minuten). Dat is niet onder je grens van 30%.\n"
        "- Inbreng sinds het vorige AO: Rijk 0, VNG 1, IPO 1, UvW 1.\n"
        "- Zwevend: 2 signalen.\n"
        "- Tijd: 50 van 120 minuten verdeeld; 70 minuten over."
    )
    assert [one.text for one in digests(said, f"dm:{SECRETARY}")] == [block.text]


def test_what_may_not_vanish_says_so_when_there_is_nothing(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-01-11 09:00")
    [digest] = bot.say(SECRETARY, "!digest")
    assert "Zwevende signalen: geen" in digest.text
    assert "Uit de regio: geen signalen" in digest.text
    [upper] = bot.say(UPPER, "!digest", room="DO")
    assert "Stand afspraken: geen afspraken vastgelegd" in upper.text


def test_what_may_not_vanish_is_a_line_and_no_heading_without_anything_below_it(
    make_bot: Callable[[str], TestBot],
) -> None:
    [digest] = make_bot("2027-01-11 09:00").say(SECRETARY, "!digest")
    parts = digest.text.split("\n\n")
    # A heading stands alone between blank lines.
    assert "Vooruit" in parts
    assert not [part for part in parts if "\n" not in part and "geen" in part]
    message = lay_out([], [Section("", none="Uit de regio: geen signalen")], [], 100)
    assert plain(message) == "Uit de regio: geen signalen."
    assert not [block for block in message.blocks if isinstance(block, Heading)]


def test_a_change_is_told_once_on_the_working_day_before_and_only_then(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.until(at("2027-03-01 10:00"))
    bot.say("rijk.ao.1", "!signaal Rijk vraagt inbreng voor de ruimtelijke visie")
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:strategie minuten:10")
    [update] = digests(bot.until(at("2027-03-03 12:00")), "AO")
    assert update.at == at("2027-03-03 08:30")
    assert update.text == (
        "Nieuw sinds vrijdag 26 februari voor het AO van donderdag 4 maart:\n"
        "- Punt 1: SIG-2027-001 Rijk vraagt inbreng voor de ruimtelijke visie (Rijk, strategie), ter bespreking, "
        "10 minuten.\n"
        "Verder geen wijzigingen."
    )


def test_what_is_said_otherwise_of_a_point_is_a_change_and_so_is_what_a_party_says_of_it(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say("rijk.ao.1", "!signaal Rijk vraagt inbreng voor de ruimtelijke visie")
    bot.say(SECRETARY, "!agendeer 1 voor AO ter besluitvorming horizon:strategie minuten:10")
    bot.say(SECRETARY, "!standpunt 1 IPO akkoord")
    bot.until(at("2027-03-01 10:00"))
    bot.say("rijk.ao.1", "!wijzig 1 titel:Rijk vraagt inbreng voor de visie op de ondergrond")
    bot.say(SECRETARY, "!agendeer punt 1 minuten:20 vraag:Stem in met de inbreng")
    bot.say(SECRETARY, "!hamerstuk 1")
    bot.say(SECRETARY, "!standpunt 1 VNG voorbehoud ruimte voor lokaal maatwerk")
    bot.say(SECRETARY, "!vergadering verplaats AO 4 maart naar 11:00")
    [update] = digests(bot.until(at("2027-03-03 12:00")), "AO")
    assert update.text == (
        "Nieuw sinds vrijdag 26 februari voor het AO van donderdag 4 maart:\n"
        "- Het AO is nu om 11:00 (was 10:00–12:00).\n"
        "- Punt 1: SIG-2027-001 Rijk vraagt inbreng voor de visie op de ondergrond: heette Rijk vraagt inbreng voor de "
        "ruimtelijke visie; nu een hamerstuk; nu 20 minuten (was 10); gevraagd wordt nu: Stem in met de inbreng; "
        "VNG akkoord met voorbehoud: ruimte voor lokaal maatwerk.\n"
        "Verder geen wijzigingen."
    )


def test_where_people_from_outside_read_along_a_standing_body_reads_the_reduced_digest(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say("rijk.ao.1", "!signaal Rijk vraagt inbreng voor de visie")
    bot.say("rijk.ao.1", "!signaal Geheime zaak gevoelig:ja")
    bot.say(SECRETARY, "!agendeer 1 voor AO ter besluitvorming horizon:strategie minuten:10 vraag:Stem in")
    bot.say(SECRETARY, "!agendeer 2 voor AO ter bespreking horizon:strategie minuten:10")
    bot.say(SECRETARY, "!standpunt 1 VNG voorbehoud ruimte voor lokaal maatwerk")
    bot.say(SECRETARY, "!actie @uvw.ao.2 stukken sturen uiterlijk 24 februari")
    [full] = bot.say(SECRETARY, "!agenda")
    assert "Stand: VNG akkoord met voorbehoud: ruimte voor lokaal maatwerk." in full.text
    outsider_in(bot, "AO")
    [digest] = digests(bot.until(at("2027-02-26 09:00")), "AO")
    assert digest.text == (
        "AO 2 · donderdag 4 maart 2027, 10:00–12:00\n\n"
        "Stand: vrijdag 26 februari, 08:30\n"
        "Gevraagd: 1 besluit. Samen 10 minuten.\n"
        "1. Rijk vraagt inbreng voor de visie (SIG-2027-001) · ter besluitvorming. (10 min)\n\n"
        "Acties over de datum\n\n"
        "- ACT-2027-001 stukken sturen · uvw.ao.2 · woensdag 24 februari\n"
        "In dit kanaal lezen leden van buiten de overheid mee.\n"
        "Klopt er iets niet? Zeg het de secretaris (rijk.secr.1). Een dossier lezen: `!toon` en het nummer."
    )
    for typed in ("!agenda", "!agenda AO", "!digest AO"):
        [shown] = bot.say(SECRETARY, typed)
        assert "Rijk vraagt inbreng" in shown.text
        assert not any(word in shown.text for word in ("Geheime zaak", "voorbehoud", "Stem in"))
    [alone] = bot.say("vng.ao.2", "!agenda AO", room="dm")
    assert "Geheime zaak" in alone.text
    assert "voorbehoud" in alone.text


def test_nothing_changed_means_no_second_message(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say("rijk.ao.1", "!signaal Rijk vraagt inbreng voor de ruimtelijke visie")
    said = bot.until(at("2027-03-04 09:00"))
    assert [one.at for one in digests(said, "AO")] == [at("2027-02-26 08:30")]


def test_a_dropped_item_is_a_change(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say("rijk.ao.1", "!signaal Rijk vraagt inbreng voor de ruimtelijke visie")
    bot.say(SECRETARY, "!weeg 1 agenderen horizon:strategie")
    bot.until(at("2027-03-02 10:00"))
    bot.say(CHAIR, "!afhandel 1 het antwoord is verstuurd")
    [update] = digests(bot.until(at("2027-03-03 12:00")), "AO")
    assert "Punt 1 vervalt: SIG-2027-001" in update.text


def test_a_moved_meeting_sends_its_digest_for_the_new_day_only(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-08-23 10:00")
    bot.say(SECRETARY, "!vergadering AO-2027-6 naar 16 september 2027")
    said = bot.until(at("2027-09-16 12:00"))
    assert [one.at for one in digests(said, "AO")] == [at("2027-09-10 08:30")]


def test_a_cancelled_meeting_sends_nothing(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say(SECRETARY, "!vergadering annuleer VRG-AO-2027-02 want er is te weinig")
    assert digests(bot.until(at("2027-03-05 09:00")), "AO") == []


def test_a_digest_that_would_fall_in_a_quiet_period_goes_out_before_it(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-16 09:00")
    [planned] = bot.say(SECRETARY, "!vergadering plan AO 11 mei 2027 10:00")
    assert "Stukken uiterlijk vr 30 apr 2027, digest vr 23 apr 2027." in planned.text
    said = bot.until(at("2027-05-10 08:00"))
    assert [one.at for one in digests(said, "AO")] == [at("2027-04-23 08:30")]


def test_the_reflection_meeting_gets_questions_and_no_arrears(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-09-01 09:00")
    text = "!agendeer Wie ordent de ruimte onder onze voeten? voor DO reflectie ter bespreking horizon:strategie"
    bot.say(UPPER, f"{text} hoofdlijn:Niemand is eigenaar van de afweging.", room="DO")
    [digest] = digests(bot.until(at("2027-09-15 09:00")), "DO")
    assert digest.text == (
        "DO reflectie · dinsdag 28 september 2027, 13:00–17:00\n\n"
        "Stand: woensdag 15 september, 08:30\n"
        "Eén vraag, geen besluiten over lopende zaken. Actualiteit staat niet op de agenda.\n"
        "1. Wie ordent de ruimte onder onze voeten?\n"
        "   Niemand is eigenaar van de afweging.\n\n"
        "Samenwerking\n\n"
        "- Laatste half uur: hoe werkt dit overleg voor ieder van ons? Proces, inhoud, relatie.\n"
        "Meenemen: één voorbeeld uit uw eigen praktijk. U hoeft niets voor te bereiden op papier.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_a_room_with_outsiders_reads_the_reduced_version_without_sensitive_matters(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-06-01 09:00")
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 9 juni 2027 13:00-14:30", room="WG-PFAS")
    bot.say("vng.ao.1", "!signaal Geheim dossier over een locatie gevoelig:ja")
    bot.say(SECRETARY, "!beleg 1 bij WG-PFAS uiterlijk 24 juni")
    bot.say("uvw.wg.1", "!agendeer 1 ter bespreking horizon:actualiteit", room="WG-PFAS")
    bot.say("uvw.wg.1", "!agendeer Verder of klaar? ter besluitvorming horizon:strategie", room="WG-PFAS")
    [digest] = digests(bot.until(at("2027-06-07 09:00")), "WG-PFAS")
    assert digest.at == at("2027-06-07 08:30")
    assert digest.text == (
        "Werkgroep PFAS in baggerspecie · woensdag 9 juni 2027, 13:00–14:30\n\n"
        "Stand: maandag 7 juni, 08:30\n"
        "Gevraagd: 1 besluit.\n"
        "Onze opdracht: Werk voor het BO van juni 2027 uit hoe bagger met PFAS regionaal een plek krijgt en wat "
        "daarvoor nodig is.\n"
        "Einddatum: donderdag 15 juli, nog 36 dagen na dit overleg. Evaluatie: uiterlijk dinsdag 15 juni.\n"
        "2. Verder of klaar? · ter besluitvorming.\n"
        "Terugkoppeling aan het AO: uiterlijk donderdag 24 juni.\n"
        "In dit kanaal lezen leden van buiten de overheid mee."
    )


def test_the_chair_of_the_top_is_warned_that_the_filter_still_has_to_meet(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-11-22 09:00")
    bot.say(SECRETARY, "!vergadering verplaats VRG-AO-2027-08 naar 9 december 2027")
    bot.say(UPPER, "!agendeer Jaarverslag samenwerking voor BO ter informatie horizon:strategie", room="BO")
    said = bot.until(at("2027-12-02 09:00"))
    [block] = digests(said, "dm:rijk.bo.1")
    assert "Planning: de digest van het BO gaat uit op do 2 dec 2027, vóór het AO van do 9 dec 2027." in block.text
    [digest] = digests(said, "BO")
    assert digest.text == (
        "BO 2 · woensdag 15 december 2027, 15:30–17:00\n\n"
        "Stand: donderdag 2 december, 08:30\n"
        "Gevraagd: nog geen besluiten of bespreekpunten op de agenda.\n"
        "1. Jaarverslag samenwerking · ter informatie\n"
        "Stand afspraken: geen afspraken vastgelegd.\n\n"
        "Hierna\n\n"
        "- Er is geen DO gepland.\n"
        "- Er is geen BO gepland.\n"
        "Besluiten neemt u in de vergadering; dit bericht is een samenvatting.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_what_was_finished_since_the_last_digest_is_shown_once_more(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-02-22 09:00")
    bot.say(SECRETARY, "!actie @uvw.ao.2 overzicht maken uiterlijk 25 februari")
    bot.say("uvw.ao.2", "!gereed ACT-2027-001")
    first = digests(bot.until(at("2027-02-26 09:00")), "AO")[0].text
    assert "Afgeronde acties sinds de vorige keer\n\n- ACT-2027-001 overzicht maken · uvw.ao.2" in first
    second = digests(bot.until(at("2027-04-09 09:00")), "AO")[-1].text
    assert "ACT-2027-001" not in second


def test_too_long_a_digest_cuts_the_lowest_section_and_never_a_decision() -> None:
    ten = "een twee drie vier vijf zes zeven acht negen tien"
    decisions = Section("Besluiten", ((f"{ten} besluit 1",), (f"{ten} besluit 2",)), keep=True)
    middle = Section("Signalen", ((f"{ten} signaal 1",), (f"{ten} signaal 2",)), more="signalen")
    low = Section("Groepen", ((f"{ten} groep 1",), (f"{ten} groep 2",)), more="groepen")
    head = [Heading("AO", level=1)]
    full = lay_out(head, [decisions, middle, low], [], 76)
    assert count_words(full) == 1 + 3 + 6 * 12
    assert "En nog" not in plain(full)
    cut = plain(lay_out(head, [decisions, middle, low], [], 70))
    assert "groep 1\nEn nog 1." in cut
    assert "signaal 2" in cut
    least = plain(lay_out(head, [decisions, middle, low], [], 1))
    assert least == (
        f"AO\n\nBesluiten\n\n- {ten} besluit 1\n- {ten} besluit 2\n\n"
        "Signalen\n\nEn nog 2 signalen.\n\nGroepen\n\nEn nog 2 groepen."
    )


@given(st.lists(st.integers(1, 6), min_size=1, max_size=6), st.integers(0, 120))
def test_whatever_the_limit_every_decision_stays_and_every_entry_is_shown_or_counted(
    sizes: list[int], words: int
) -> None:
    sections = [
        Section(f"S{n}", tuple((f"regel {n} {at} met woorden",) for at in range(size)), keep=n == 0, more="stuks")
        for n, size in enumerate(sizes)
    ]
    text = plain(lay_out([Heading("AO", level=1)], sections, [], words))
    for n, size in enumerate(sizes):
        shown = text.count(f"regel {n} ")
        part = text.split(f"S{n}\n")[1].split("\n\nS")[0]
        counted = [
            int(word)
            for line in part.splitlines()
            if line.startswith("En nog")
            for word in line.rstrip(".").split()[2:3]
        ]
        assert shown + sum(counted) == size
        assert n > 0 or shown == size


def test_items_keep_their_own_numbers_over_the_sections() -> None:
    entries = (("eerste",), ("tweede",), ("vierde",))
    text = plain(lay_out([], [Section("Ter bespreking", entries, numbers=(1, 2, 4))], [], 100))
    assert text == "Ter bespreking\n\n1. eerste\n2. tweede\n4. vierde"


def test_how_agreements_stand_shows_those_of_the_body_and_those_accounted_for_to_it_each_once(
    make_bot: Callable[[str], TestBot],
) -> None:
    bot = make_bot("2027-01-14 11:00")
    who = "bindt alle partijen verantwoordelijk @vng.ao.1 trekker @vng.ao.1"
    for what, to in (("elk signaal krijgt een plek", "AO"), ("elke regio een loket", "DO")):
        bot.say(SECRETARY, f"!afspraak {what} {who} verantwoording {to} termijn:doorlopend mandaat:ja")
    bot.until(at("2027-05-25 15:00"))
    binds = "bindt Rijk, IPO en VNG verantwoordelijk IPO trekker @ipo.do.1 verantwoording aan het DO"
    bot.say(UPPER, f"!afspraak Overzicht per regio {binds} uiterlijk 1 november", room="DO")
    [digest] = bot.say(UPPER, "!digest", room="DO")
    assert (
        "Stand afspraken\n\n"
        "- 2 afspraken: 2 op papier. Zonder monitoring: AFS-2027-002, AFS-2027-003.\n"
        "- AFS-2027-002 elke regio een loket · op papier\n"
        "- AFS-2027-003 Overzicht per regio · op papier · uiterlijk maandag 1 november\n"
    ) in digest.text
    assert "AFS-2027-001" not in digest.text
