"""Five mornings of the example year, set up by ordinary commands: the digests of digests.md §1.1-1.5 as far as the
register holds what they say. Every expected text was written from those pages by hand."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime

from bot.testing import Said, TestBot
from commands.kit.ports import Change, Record
from commands.words.agreement import Agreement, AgreementState, DueKind, Progress
from commands.words.decision import Measure
from storage.store import SqlStore
from tests.conftest import at

SECRETARY, CHAIR, UPPER, DIRECTOR = "rijk.secr.1", "rijk.ao.0", "rijk.secr.2", "rijk.do.1"


def digest(said: list[Said], room: str) -> Said:
    [found] = [one for one in said if one.kind == "digest" and one.room == room]
    return found


def to_the_directors(bot: TestBot, number: int, ask: str, horizon: str = "actualiteit") -> None:
    """SIG-2027-00n from the AO to the DO: weighed, proposed and confirmed."""
    bot.say(CHAIR, f"!weeg {number} escaleren {horizon}")
    [proposed, *_] = bot.say(SECRETARY, f"!escaleer {number} want het raakt alle partijen vraag:{ask}")
    bot.say(CHAIR, f"!akkoord {int(proposed.text.split(':')[0].rsplit('-', 1)[-1])}")


def keep(bot: TestBot, *records: Record) -> None:
    """Records that no command of these tests makes."""
    change = Change(UPPER, datetime(2027, 2, 1, 9, 0, tzinfo=UTC))

    def put(session: object) -> None:
        for record in records:
            SqlStore(session).put(record, change)  # type: ignore[arg-type]

    bot.simulation.database.work(put)


def test_the_officials_on_the_eighth_of_october(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-08-30 10:00")
    bot.say("vng.ao.1", "!signaal Zinkassen bij wegwerk")
    bot.say("uvw.ao.2", "!signaal Dijkklei met PFAS")
    bot.say("ipo.ao.1", "!signaal Opdracht bodemenergie en drinkwater")
    bot.until(at("2027-09-09 10:30"))
    bot.say(CHAIR, "!weeg 2 afhandelen actualiteit")
    bot.say(CHAIR, "!afhandel 2 de norm staat in het handelingskader")
    bot.say(SECRETARY, "!weeg 3 agenderen strategie")
    bot.say(SECRETARY, "!doorschuif 3")
    bot.until(at("2027-09-14 09:00"))
    bot.say("vng.ao.2", "!signaal Regio's horen te laat wat we afspreken")
    bot.until(at("2027-09-20 09:00"))
    bot.say(SECRETARY, "!actie @rijk.ao.1 eerste tekst kader staalslak uiterlijk 30 september 2027")
    bot.say(
        SECRETARY,
        "!agendeer 4 voor AO ter bespreking horizon:strategie minuten:20 vraag:Wat kan elke koepel zelf doen?",
    )
    bot.say(SECRETARY, "!agendeer 1 voor AO ter bespreking horizon:actualiteit minuten:15 vraag:Wie pakt dit op?")
    bot.until(at("2027-10-04 09:00"))
    bot.say("ipo.ao.1", "!signaal Tegenstrijdige gegevens bij aardwarmte")
    text = "!agendeer 5 voor AO ter bespreking horizon:actualiteit minuten:10 vraag:Kan het AO dit zelf afdoen?"
    bot.say(SECRETARY, text)
    for group, act in (("WG-LOOD", "!agendeer {} minuten:20"), ("WG-STAAL", "!agendeer {} minuten:20")):
        [agenda] = bot.say(SECRETARY, "!agenda")
        line = next(one for one in agenda.text.splitlines() if group in one)
        bot.say(SECRETARY, act.format(line.rsplit("(", 1)[1].rstrip(")")))
    [agenda] = bot.say(SECRETARY, "!agenda")
    line = next(one for one in agenda.text.splitlines() if "WG-PFAS" in one)
    bot.say(CHAIR, f"!voeraf {line.rsplit('(', 1)[1].rstrip(')')} want dit komt op 25 november")
    number = next(one for one in agenda.text.splitlines() if "bodemenergie" in one).split(".")[0].removeprefix("- ")
    bot.say(SECRETARY, f"!agendeer punt {number} minuten:20 vraag:Klopt de opdrachttekst?")
    bot.say(SECRETARY, "!agenda volgorde")
    [agenda] = bot.say(SECRETARY, "!agenda volgorde 1 2 3 5 4 6")
    said = bot.until(at("2027-10-08 09:00"))
    found = digest(said, "AO")
    assert found.at == at("2027-10-08 08:30")
    assert found.text == (
        "AO 7 · donderdag 14 oktober 2027, 10:00–12:00\n\n"
        "Stand: vrijdag 8 oktober, 08:30\n"
        "Gevraagd: 2 besluiten, 4 bespreekpunten. Samen 105 minuten. Te wegen: 3 signalen.\n\n"
        "Ter besluitvorming\n\n"
        "1. WG-LOOD: verlengen, afronden of opheffen · Rijk · actualiteit. "
        "Verlengen, afronden of opheffen? (20 min)\n"
        "2. WG-STAAL: verlengen, afronden of opheffen · Rijk · actualiteit. "
        "Verlengen, afronden of opheffen? (20 min)\n\n"
        "Ter bespreking\n\n"
        "3. Opdracht bodemenergie en drinkwater · SIG-2027-003 · IPO · strategie. Klopt de opdrachttekst? (20 min)\n"
        "4. Zinkassen bij wegwerk · SIG-2027-001 · VNG · actualiteit. Wie pakt dit op? (15 min)\n"
        "5. Regio's horen te laat wat we afspreken · SIG-2027-004 · VNG · strategie. "
        "Wat kan elke koepel zelf doen? (20 min)\n"
        "6. Tegenstrijdige gegevens bij aardwarmte · SIG-2027-005 · IPO · actualiteit. "
        "Kan het AO dit zelf afdoen? (10 min)\n\n"
        "Zwevende signalen (langer dan 14 dagen zonder plek)\n\n"
        "- SIG-2027-001 Zinkassen bij wegwerk · VNG, 39 dagen → punt 4\n"
        "- SIG-2027-004 Regio's horen te laat wat we afspreken · VNG, 24 dagen → punt 5\n\n"
        "Te wegen signalen\n\n"
        "- SIG-2027-005 Tegenstrijdige gegevens bij aardwarmte · IPO, ma 4 okt 2027 → punt 6\n\n"
        "Acties over de datum\n\n"
        "- ACT-2027-001 eerste tekst kader staalslak · rijk.ao.1 · donderdag 30 september\n\n"
        "Nog te doen\n\n"
        "- Terugkoppeling aan uvw.ao.2 over SIG-2027-002 (Dijkklei met PFAS), afgehandeld op donderdag 9 september.\n\n"
        "Groepen\n\n"
        "- WG-LOOD (Werkgroep diffuus lood): de einddatum was woensdag 31 maart; de evaluatie ontbreekt.\n"
        "- WG-PFAS (Werkgroep PFAS in baggerspecie): de einddatum was donderdag 15 juli; de evaluatie ontbreekt.\n"
        "- WG-STAAL (Werkgroep secundaire bouwstoffen): de einddatum was donderdag 30 september; "
        "de evaluatie ontbreekt.\n"
        "- Op koers: PRG-KENNIS, PRG-SPOED, WG-BODEMMON.\n"
        "Uit de regio: geen signalen.\n\n"
        "Vooruit\n\n"
        "- DO dinsdag 9 november. Stukken uiterlijk vrijdag 29 oktober.\n"
        "Klopt er iets niet? Zeg het de secretaris (rijk.secr.1). Een dossier lezen: `!toon` en het nummer."
    )
    assert digest(said, f"dm:{CHAIR}").text == (
        "Alleen voor voorzitter en secretaris, AO donderdag 14 oktober 2027\n\n"
        "- Balans: 2 van de 6 punten gaan over strategie (40 van 105 minuten). Dat is niet onder je grens van 30%.\n"
        "- Inbreng sinds het vorige AO: Rijk 0, VNG 1, IPO 1, UvW 0.\n"
        "- Zwevend: 2 signalen.\n"
        "- Tijd: 105 van 120 minuten verdeeld; 15 minuten over."
    )


def test_the_directors_on_the_fourteenth_of_may(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-04-06 09:00")
    bot.say("uvw.ao.2", "!signaal Depotruimte voor bagger met PFAS")
    bot.say("ipo.ao.1", "!signaal Geen plek voor bagger in regionale depots")
    bot.say("vng.ao.1", "!signaal Gemeenten kunnen specie nergens kwijt")
    bot.say("ipo.ao.2", "!signaal Laatste twaalf spoedlocaties")
    bot.say("vng.ao.2", "!signaal Drukte in de ondergrond")
    bot.say("uvw.ao.1", "!signaal Verzilting van het grondwater")
    bot.say("vng.ao.1", "!signaal Kosten van drugsafval")
    bot.say(SECRETARY, "!koppel 2 aan 1")
    bot.say(SECRETARY, "!koppel 3 aan 1")
    to_the_directors(bot, 1, "Kies het plan per regio en leg dit als afspraak voor aan het BO")
    to_the_directors(bot, 4, "Stem in met de verdeelsleutel")
    to_the_directors(bot, 5, "Geef richting", "strategie")
    to_the_directors(bot, 6, "Bepaal wie dit oppakt", "strategie")
    to_the_directors(bot, 7, "Bepaal of dit naar het BO gaat")
    bot.say(DIRECTOR, "!delegeer 6 een verkenning maken, uiterlijk 3 september", room="DO")
    text = "hoofdlijn:baggerwerk ligt stil, regionale depots zijn vol keuze:landelijk depot of plan per regio"
    bot.say(UPPER, f"!agendeer 1 voor DO ter besluitvorming {text}", room="DO")
    bot.say(UPPER, "!agendeer 4 voor DO ter besluitvorming hoofdlijn:de dekking is niet rond", room="DO")
    bot.say(UPPER, "!agendeer 5 voor DO ter bespreking", room="DO")
    [agenda] = bot.say(UPPER, "!agenda", room="DO")
    line = next(one for one in agenda.text.splitlines() if "drugsafval" in one)
    bot.say(DIRECTOR, f"!voeraf {line.rsplit('(', 1)[1].rstrip(')')} want er is een subsidieregeling", room="DO")
    bot.say("ipo.do.1", "!escaleer 4 naar BO want het vraagt geld vraag:Bekrachtig de verdeelsleutel", room="DO")
    made = datetime(2027, 1, 20, 9, 0, tzinfo=UTC)
    first = Agreement(
        "AFS-2027-001",
        "Overzicht van knelpunten per regio",
        "DO",
        "VRG-DO-2027-01",
        ("IPO", "VNG"),
        "IPO",
        "ipo.do.1",
        "DO",
        UPPER,
        made,
        state=AgreementState.FIXED,
        progress=Progress.CARRYING_OUT,
        due=date(2027, 10, 1),
        due_kind=DueKind.ULTIMATELY,
        measure=Measure("aantal regio's", "in oktober", "ipo.do.1", date(2027, 2, 1)),
    )
    second = replace(
        first,
        id="AFS-2027-002",
        text="Eén loket voor vragen",
        progress=Progress.ON_PAPER,
        due=None,
        due_kind=DueKind.ONGOING,
        measure=None,
    )
    keep(bot, first, second)
    found = digest(bot.until(at("2027-05-14 09:00")), "DO")
    assert found.at == at("2027-05-14 08:30")
    assert found.text == (
        "DO 1 · dinsdag 25 mei 2027, 14:00–16:00\n\n"
        "Stand: vrijdag 14 mei, 08:30\n"
        "Gevraagd: 2 besluiten, 1 bespreekpunt. 1 punt is bedoeld voor het BO van 16 juni.\n\n"
        "Ter besluitvorming\n\n"
        "1. Depotruimte voor bagger met PFAS · SIG-2027-001 · UvW, mede IPO en VNG\n"
        "   Hoofdlijn: baggerwerk ligt stil, regionale depots zijn vol.\n"
        "   Keuze: landelijk depot of plan per regio.\n"
        "   Gevraagd: Kies het plan per regio en leg dit als afspraak voor aan het BO.\n"
        "2. Laatste twaalf spoedlocaties · SIG-2027-004 · IPO\n"
        "   Hoofdlijn: de dekking is niet rond.\n"
        "   Gevraagd: Stem in met de verdeelsleutel.\n\n"
        "Ter bespreking\n\n"
        "3. Drukte in de ondergrond · SIG-2027-005 · VNG\n"
        "   Gevraagd: Geef richting.\n\n"
        "Door naar het BO?\n\n"
        "- SIG-2027-004 Laatste twaalf spoedlocaties → punt 2. VST-2027-006 wacht op de voorzitter.\n\n"
        "Ligt bij u, niet op deze agenda\n\n"
        "- SIG-2027-007 Kosten van drugsafval · VNG\n\n"
        "Strategie\n\n"
        "- Punt 3 gaat over strategie.\n\n"
        "Opdrachten aan het AO\n\n"
        "- SIG-2027-006 Verzilting van het grondwater: een verkenning maken, terug uiterlijk vrijdag 3 september\n\n"
        "Stand afspraken\n\n"
        "- 2 afspraken: 1 op papier, 1 in uitvoering. Zonder monitoring: AFS-2027-002.\n"
        "- AFS-2027-001 Overzicht van knelpunten per regio · in uitvoering · uiterlijk vrijdag 1 oktober\n"
        "- AFS-2027-002 Eén loket voor vragen · op papier\n\n"
        "Van het AO\n\n"
        "- 5 verschillende signalen dit jaar; 2 dubbele zijn samengevoegd. 4 liggen bij u.\n"
        "- WG-LOOD is over de einddatum (31 maart). Het AO besluit hierover.\n\n"
        "Vooruit\n\n"
        "- BO woensdag 16 juni. Stukken uiterlijk woensdag 2 juni.\n"
        "- AO donderdag 27 mei. Stukken uiterlijk donderdag 20 mei.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_the_administrators_on_the_third_of_june(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-05-10 09:00")
    bot.say("uvw.ao.2", "!signaal Depotplannen voor bagger met PFAS")
    bot.say("ipo.ao.2", "!signaal Laatste twaalf spoedlocaties")
    bot.say("vng.ao.1", "!signaal Landelijk kader voor staalslak")
    asks = (
        "elke provincie maakt met waterschappen en gemeenten voor 1 december een depotplan",
        "bekrachtig de verdeelsleutel",
        "er komt een landelijk kader; het AO levert een voorstel voor het BO van december",
    )
    for number, ask in enumerate(asks, 1):
        to_the_directors(bot, number, ask)
        bot.say(UPPER, f"!agendeer {number} voor DO ter besluitvorming", room="DO")
    bot.until(at("2027-05-25 15:00"))
    for number, ask in enumerate(asks, 1):
        up = f"!escaleer {number} naar BO want er is een besluit nodig vraag:{ask}"
        [proposed, *_] = bot.say("ipo.do.1", up, room="DO")
        bot.say(DIRECTOR, f"!akkoord {int(proposed.text.split(':')[0].rsplit('-', 1)[-1])}", room="DO")
    without = (
        "zonder:baggerwerk blijft liggen, met risico op wateroverlast",
        "",
        "zonder:verschillen tussen gemeenten blijven bestaan nu de tijdelijke regeling stopt",
    )
    for number, rest in enumerate(without, 1):
        bot.say(UPPER, f"!agendeer {number} voor BO ter besluitvorming {rest}", room="BO")
    bot.say(UPPER, "!hamerstuk 2", room="BO")
    for party in ("Rijk", "VNG", "IPO", "UvW"):
        bot.say(UPPER, f"!standpunt 1 {party} akkoord", room="BO")
    for number, party in ((2, "Rijk"), (2, "VNG"), (2, "UvW"), (3, "Rijk"), (3, "IPO"), (3, "UvW")):
        bot.say(UPPER, f"!standpunt {number} {party} akkoord", room="BO")
    bot.say(UPPER, "!standpunt 2 IPO volgt reageert schriftelijk, uiterlijk 7 juni", room="BO")
    bot.say(UPPER, "!standpunt 3 VNG voorbehoud ruimte voor lokaal maatwerk bij woonwijken", room="BO")
    found = digest(bot.until(at("2027-06-03 09:00")), "BO")
    assert found.at == at("2027-06-03 08:30")
    assert found.text == (
        "BO 1 · woensdag 16 juni 2027, 15:30–17:00\n\n"
        "Stand: donderdag 3 juni, 08:30\n"
        "Gevraagd: 3 besluiten. Alle punten zijn in het DO van 25 mei voorbereid.\n"
        "1. Depotplannen voor bagger met PFAS (SIG-2027-001) · ter besluitvorming\n"
        "   Gevraagd besluit: elke provincie maakt met waterschappen en gemeenten voor 1 december een depotplan.\n"
        "   Zonder besluit: baggerwerk blijft liggen, met risico op wateroverlast.\n"
        "   Stand: alle vier de partijen akkoord.\n"
        "2. Laatste twaalf spoedlocaties (SIG-2027-002) · hamerstuk\n"
        "   Gevraagd besluit: bekrachtig de verdeelsleutel.\n"
        "   Stand: Rijk, VNG en UvW akkoord. IPO nog te bevestigen: reageert schriftelijk, uiterlijk 7 juni.\n"
        "3. Landelijk kader voor staalslak (SIG-2027-003) · ter besluitvorming\n"
        "   Gevraagd besluit: er komt een landelijk kader; het AO levert een voorstel voor het BO van december.\n"
        "   Zonder besluit: verschillen tussen gemeenten blijven bestaan nu de tijdelijke regeling stopt.\n"
        "   Stand: Rijk, IPO en UvW akkoord. VNG akkoord met voorbehoud: "
        "ruimte voor lokaal maatwerk bij woonwijken.\n"
        "Stand afspraken: geen afspraken vastgelegd.\n\n"
        "Hierna\n\n"
        "- DO reflectie dinsdag 28 september.\n"
        "- DO dinsdag 9 november. Stukken uiterlijk vrijdag 29 oktober.\n"
        "- BO woensdag 15 december. Stukken uiterlijk woensdag 1 december.\n"
        "Besluiten neemt u in de vergadering; dit bericht is een samenvatting.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_the_directors_reflect_on_the_fifteenth_of_september(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-08-30 09:00")
    bot.say("vng.ao.1", "!signaal Drukte in de ondergrond thema:ruimte")
    bot.say("ipo.ao.1", "!signaal Bomen en kabels vragen dezelfde plek thema:ruimte")
    bot.say("ipo.ao.2", "!signaal Opdracht bodemenergie en drinkwater thema:bodemenergie")
    bot.say("uvw.ao.1", "!signaal Zout schuift landinwaarts thema:grondwater")
    bot.say("rijk.ao.1", "!signaal Loden leidingen in oude wijken")
    bot.say(SECRETARY, "!koppel 2 aan 1")
    for number in (1, 3, 4):
        to_the_directors(bot, number, "Geef richting", "strategie")
    for title, line in (
        ("Wie ordent de ruimte onder onze voeten?", "Kabels, warmte, drinkwater en bomen vragen dezelfde plek"),
        ("Wat vraagt een veranderende bodem van ons samen?", "Zout schuift landinwaarts en veen daalt"),
    ):
        bot.say(
            UPPER, f"!agendeer {title} voor DO reflectie ter bespreking horizon:strategie hoofdlijn:{line}", room="DO"
        )
    for number in (1, 3, 4):
        [agenda] = bot.say(UPPER, "!agenda DO", room="DO")
        [put, *_] = bot.say(UPPER, f"!agendeer {number} bij punt {2 if number == 4 else 1}", room="DO")
        assert "staat bij punt" in put.text, (put.text, agenda.text)
    found = digest(bot.until(at("2027-09-15 09:00")), "DO")
    assert found.at == at("2027-09-15 08:30")
    assert found.text == (
        "DO reflectie · dinsdag 28 september 2027, 13:00–17:00\n\n"
        "Stand: woensdag 15 september, 08:30\n"
        "Twee vragen, geen besluiten over lopende zaken. Actualiteit staat niet op de agenda.\n"
        "1. Wie ordent de ruimte onder onze voeten?\n"
        "   Kabels, warmte, drinkwater en bomen vragen dezelfde plek.\n"
        "   Uit: SIG-2027-001 (VNG, mede IPO), SIG-2027-003 (IPO)\n"
        "2. Wat vraagt een veranderende bodem van ons samen?\n"
        "   Zout schuift landinwaarts en veen daalt.\n"
        "   Uit: SIG-2027-004 (UvW)\n\n"
        "Wat we dit jaar zien\n\n"
        "- 4 verschillende signalen: 3 over strategie, 0 over actualiteit, 1 nog niet gewogen.\n"
        "- Ruimte komt bij meer dan één partij terug.\n\n"
        "Samenwerking\n\n"
        "- Laatste half uur: hoe werkt dit overleg voor ieder van ons? Proces, inhoud, relatie.\n"
        "Meenemen: één voorbeeld uit uw eigen praktijk. U hoeft niets voor te bereiden op papier.\n"
        "Vragen over de lijst: secretaris (rijk.secr.2)."
    )


def test_the_working_group_on_the_seventh_of_june(make_bot: Callable[[str], TestBot]) -> None:
    bot = make_bot("2027-06-01 09:00")
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 9 juni 2027 13:00-14:30", room="WG-PFAS")
    bot.say("vng.ao.1", "!signaal Nieuwe meetmethode")
    bot.say("uvw.ao.2", "!signaal Dijkklei met PFAS")
    bot.say(SECRETARY, "!beleg 1 bij WG-PFAS uiterlijk 24 juni")
    bot.say(SECRETARY, "!beleg 2 bij WG-PFAS uiterlijk 24 juni")
    for text in (
        "Evaluatie ter besluitvorming horizon:strategie vraag:Wie doet wat voor 15 juni?",
        "Verder of klaar? ter besluitvorming horizon:strategie hoofdlijn:ons voorstel aan het AO van 1 juli",
        "1 ter bespreking horizon:actualiteit vraag:Vergelijking van de laboratoria",
        "2 ter bespreking horizon:actualiteit vraag:Past dit in de opdracht?",
    ):
        bot.say("uvw.wg.1", f"!agendeer {text}", room="WG-PFAS")
    found = digest(bot.until(at("2027-06-07 09:00")), "WG-PFAS")
    assert found.at == at("2027-06-07 08:30")
    assert found.text == (
        "Werkgroep PFAS in baggerspecie · woensdag 9 juni 2027, 13:00–14:30\n\n"
        "Stand: maandag 7 juni, 08:30\n"
        "Gevraagd: 2 besluiten, 2 bespreekpunten.\n"
        "Onze opdracht: Werk voor het BO van juni 2027 uit hoe bagger met PFAS regionaal een plek krijgt en wat "
        "daarvoor nodig is.\n"
        "Einddatum: donderdag 15 juli, nog 36 dagen na dit overleg. Evaluatie: uiterlijk dinsdag 15 juni.\n"
        "1. Evaluatie · ter besluitvorming. Wie doet wat voor 15 juni?\n"
        "2. Verder of klaar? · ter besluitvorming. ons voorstel aan het AO van 1 juli.\n"
        "3. Nieuwe meetmethode (SIG-2027-001) · ter bespreking. Vergelijking van de laboratoria.\n"
        "4. Dijkklei met PFAS (SIG-2027-002) · ter bespreking. Past dit in de opdracht?\n"
        "Terugkoppeling aan het AO: uiterlijk donderdag 24 juni.\n"
        "In dit kanaal lezen leden van buiten de overheid mee."
    )
