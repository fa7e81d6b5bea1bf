"""Who may not see something cannot find out that it is there: by id, number, reply, reaction, count, list or error."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import replace
from datetime import date

import pytest

from bot.testing import Said, Simulation, TestBot
from commands.words.people import Person, Role, RoleName
from commands.words.structure import Structure
from config.people import PeopleFile
from tests.conftest import at, outsider_in

SECRETARY, CHAIR = "rijk.secr.1", "rijk.ao.0"
EXTRA = (
    (Person("web.1", "WEB", name="Jansen"), Role("web.1", "WEB", RoleName.CONNECTION_MEMBER, "WEB")),
    (Person("web.2", "WEB"), Role("web.2", "WEB", RoleName.CONNECTION_MEMBER, "WEB")),
    (Person("vng.koepel.1", "VNG", name="Jansen"), Role("vng.koepel.1", "AO", RoleName.UMBRELLA_CONTACT, "VNG")),
    (Person("vng.oud.1", "VNG"), Role("vng.oud.1", "AO", RoleName.MEMBER, "VNG", end=date(2027, 1, 11))),
    (Person("vng.los.1", "VNG"), None),
)
Make = Callable[[], TestBot]


@pytest.fixture
def make(structure: Structure, people: PeopleFile) -> Iterator[Make]:
    """A bot that also knows people of a connection, an umbrella, one who leaves tonight and one without any role."""
    made: list[Simulation] = []
    file = replace(
        people,
        people=(*people.people, *(person for person, _ in EXTRA)),
        roles=(*people.roles, *(role for _, role in EXTRA if role is not None)),
    )

    def start() -> TestBot:
        made.append(Simulation(structure, file))
        return TestBot(made[-1], at("2027-01-11 09:00"))

    yield start
    for simulation in made:
        simulation.close()


@pytest.fixture
def bot(make: Make) -> TestBot:
    return make()


def texts(said: list[Said]) -> str:
    return "\n".join(f"{one.room}: {one.text}" for one in said)


# --- what is not there and what may not be seen sound the same --------------------------------------------------------
def open_things(bot: TestBot) -> None:
    """Nothing that the curious may see, so that the numbers are the same with and without what is hidden."""
    bot.say("uvw.ao.1", "!actie @uvw.ao.1 eigen werk 5 februari", room="AO")


def hidden_things(bot: TestBot) -> None:
    """A sensitive signal at the AO, one with the DO, a proposal, actions, points and a group nobody outside knows."""
    bot.say("uvw.ao.1", "!signaal Geheim van de sloot gevoelig:ja thema:bodem", room="dm")
    bot.say("vng.ao.1", "!signaal Geheim van de kering thema:bodem regio:Limburg", room="dm")
    bot.say(CHAIR, "!weeg 2 afhandelen actualiteit", room="dm")
    bot.say("vng.ao.1", "!escaleer 2 want het moet vraag:iets besluiten", room="dm")
    bot.say("ipo.ao.1", "!actie @ipo.ao.1 geheim werk 5 februari bij 2", room="AO")
    bot.say(SECRETARY, "!agendeer Geheim punt voor AO aard:bespreking horizon:strategie", room="AO")
    bot.say("rijk.secr.2", "!agendeer Geheim punt voor DO aard:bespreking horizon:strategie", room="DO")


ASKED = (
    *(f"!toon {prefix}{n}" for prefix in ("", "sig", "act", "vst", "sig-2027-00") for n in (1, 2)),
    *(f"!signalen {words}" for words in ("", "bij AO", "bij DO", "van mij", "over bodem", "status:ingediend")),
    *("!mijn", "!acties", "!acties ipo", "!acties van AO", "!acties @ipo.ao.1", "!acties te laat", "!zwevend"),
    *("!digest", "!digest AO", "!digest DO", "!digest voorzitter AO", "!werkgroepen", "!wie", "!help", "!help alles"),
    *("!weeg 1 afwijzen nee", "!escaleer 1 want nee", "!afhandel 2 klaar", "!terugkoppeling 2 gedaan", "!akkoord 1"),
    *("!wijsaf 1 want nee", "!agendeer 1 voor AO", "!agendeer AGP-2027-001", "!beleg 1 bij lood", "!delegeer 2 doe"),
    *("!gereed 2 klaar", "!verzet 2 volgende week", "!overdragen 2 aan ik", "!aanvaard 2", "!weiger 2 nee"),
    *("!nietakkoord 2 nee", "!gereed sig2 klaar", "!actie ik bellen morgen bij 1", "!werkgroep Proef over 1"),
    *("!vulaan 1 meer", "!intrek 1", "!heropen 2 want nee", "!wijzig 1 thema:lucht", "!parkeer AGP-2027-001 bij lood"),
    *("!deescaleer 2 want nee", "!ongedaan"),
)
#: Who follows none of it: from outside, of a connection, of no body at all, of a group and of the body on top.
CURIOUS = ("drinkwater.wg.1", "web.1", "vng.los.1", "vng.wg.2", "vng.bo.1")


@pytest.mark.parametrize("who", CURIOUS)
def test_with_and_without_what_is_hidden_every_answer_is_the_same(make: Make, who: str) -> None:
    empty, full = make(), make()
    for one in (empty, full):
        open_things(one)
    hidden_things(full)
    rooms = ("dm", "WG-PFAS") if who == "drinkwater.wg.1" else ("dm",)
    different = [
        (room, words, texts(without), texts(within))
        for room in rooms
        for words in ASKED
        if texts(without := empty.say(who, words, room=room)) != texts(within := full.say(who, words, room=room))
    ]
    assert different == []


def test_an_id_that_is_not_there_and_one_that_is_hidden_get_the_same_text(bot: TestBot) -> None:
    hidden_things(bot)
    for prefix, number in (("SIG", 2), ("VST", 1), ("ACT", 1)):
        [hidden] = bot.say("web.1", f"!toon {prefix}-2027-{number:03d}", room="dm")
        [absent] = bot.say("web.1", f"!toon {prefix}-2027-099", room="dm")
        assert hidden.text.replace(f"{number:03d}", "099") == absent.text


@pytest.mark.parametrize("who", CURIOUS)
def test_filing_something_alike_tells_nothing_of_what_is_hidden(bot: TestBot, who: str) -> None:
    hidden_things(bot)
    room = "WG-PFAS" if who == "drinkwater.wg.1" else "dm"
    answer = texts(bot.say(who, "!signaal Geheim van de sloot en Geheim van de kering", room=room))
    assert "SIG-2027-003" in answer
    assert "SIG-2027-001" not in answer
    assert "SIG-2027-002" not in answer


def test_an_item_of_another_body_is_not_there_for_who_does_not_follow_it(bot: TestBot) -> None:
    hidden_things(bot)
    [hidden] = bot.say("vng.wg.2", "!agendeer AGP-2027-002", room="dm")
    [absent] = bot.say("vng.wg.2", "!agendeer AGP-2027-099", room="dm")
    assert hidden.text.replace("002", "099") == absent.text
    [listed] = bot.say("vng.ao.1", "!agenda DO", room="dm")
    assert "Geheim punt" not in listed.text
    [own] = bot.say("vng.do.1", "!agenda DO", room="DO")
    assert "Geheim punt" in own.text


# --- replies, reactions, answers elsewhere ----------------------------------------------------------------------------
def in_the_group(bot: TestBot) -> Said:
    """SIG-2027-001 with WG-PFAS, told in its room where externals read; returns that message."""
    bot.say("vng.ao.1", "!signaal Korrels in de berm", room="dm")
    said = bot.say(CHAIR, "!beleg 1 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027")
    return next(one for one in said if one.room == "WG-PFAS")


def test_what_becomes_sensitive_later_is_gone_for_externals_also_by_reply_and_reaction(bot: TestBot) -> None:
    told = in_the_group(bot)
    [before] = bot.say("drinkwater.wg.1", "!toon", room="WG-PFAS", reply_to=told.id)
    assert "Korrels in de berm" in before.text
    marked = bot.say(SECRETARY, "!wijzig 1 gevoelig:ja", room="dm")
    assert "WG-PFAS" in marked[0].text, "it says that what was read there stays"
    for words in ("!toon", "!vulaan meer", "!gereed klaar", "ja", "klaar"):
        after = bot.say("drinkwater.wg.1", words, room="WG-PFAS", reply_to=told.id)
        assert "Korrels" not in texts(after)
        assert "SIG-2027-001" not in texts(after)
    assert bot.react("drinkwater.wg.1", "✅", told.id, room="WG-PFAS") == []
    [unknown] = bot.say("drinkwater.wg.1", "!toon 1", room="WG-PFAS")
    assert unknown.text.startswith("SIG-2027-001 bestaat niet.")


def test_a_sensitive_signal_goes_past_the_room_of_a_group_with_externals_to_its_chair(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Korrels in de berm gevoelig:ja", room="dm")
    said = bot.say(CHAIR, "!beleg 1 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027")
    assert "WG-PFAS" not in {one.room for one in said}
    assert any(one.room == "dm:uvw.wg.1" and "Korrels in de berm" in one.text for one in said)
    [listed] = bot.say("uvw.wg.1", "!signalen", room="WG-PFAS")
    assert listed.text.startswith("Geen signalen gevonden.")
    shown = bot.say("uvw.wg.1", "!toon 1", room="WG-PFAS")
    assert [one.room for one in shown] == ["dm:uvw.wg.1"]


def test_a_sensitive_signal_is_spoken_of_in_no_room_in_which_someone_from_outside_is(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Korrels in de berm gevoelig:ja", room="dm")
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol")
    assert [one.room for one in bot.say(SECRETARY, "!toon 1")] == ["AO"]
    outsider_in(bot, "AO")
    typed = ("!toon 1", "!actie @vng.ao.1 kaart maken voor vrijdag bij:1", "!weeg 1 agenderen horizon:actualiteit")
    for text in typed:
        said = bot.say(SECRETARY, text)
        assert said
        assert not any(one.room == "AO" for one in said), text
    assert [one.room for one in bot.say(SECRETARY, "!toon 2")] == ["AO"]
    from_outside = {text: bot.say("kennis.wg.1", text) for text in ("!toon 1", "!toon 88")}
    assert [one.room for one in from_outside["!toon 1"]] == [one.room for one in from_outside["!toon 88"]]


def test_a_decision_written_down_elsewhere_goes_past_a_room_in_which_someone_from_outside_is(at_do: TestBot) -> None:
    at_do.until(at("2027-05-20 09:00"))
    at_do.say("rijk.secr.2", "!agendeer 1 voor DO ter besluitvorming horizon:actualiteit", room="DO")
    at_do.until(at("2027-05-25 14:30"))
    outsider_in(at_do, "DO")
    said = at_do.say("rijk.secr.2", "!besluit DO 1 het DO stemt in met een tijdelijk kader", room="dm")
    told = {one.room: one.text for one in said}
    assert "DO" not in told
    assert told["dm:rijk.do.1"].startswith("Niet in de kamer van DO, want niet iedereen daar mag dit lezen:")
    assert "BES-2027-001" in told["dm:rijk.do.1"]


def test_a_sensitive_signal_is_in_no_digest_that_externals_read(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Korrels in de berm gevoelig:ja", room="dm")
    bot.say(CHAIR, "!beleg 1 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027")
    bot.say("uvw.wg.1", "!actie @uvw.wg.1 Korrels tellen 18 januari bij 1 gremium:WG-PFAS", room="dm")
    bot.say("uvw.wg.1", "!vergadering plan WG-PFAS 25 januari 2027 10:00", room="WG-PFAS")
    said = bot.until(at("2027-01-25 12:00"))
    read = [one for one in said if one.room == "WG-PFAS"]
    assert read, "there is a digest to read"
    assert "Korrels" not in texts(read)
    [asked] = bot.say("drinkwater.wg.1", "!digest", room="WG-PFAS")
    assert "Korrels" not in asked.text
    [actions] = bot.say("uvw.wg.1", "!acties", room="WG-PFAS")
    assert "Korrels" not in actions.text or actions.room == "dm:uvw.wg.1"


def test_an_answer_about_a_fixed_body_is_not_given_where_externals_read(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol", room="dm")
    for words in ("!toon 1", "!weeg 1 afhandelen actualiteit", "!escaleer 1 want nodig", "!zwevend", "!agenda AO"):
        said = bot.say(CHAIR, words, room="WG-PFAS")
        assert said != []
        assert "WG-PFAS" not in {one.room for one in said if "SIG-2027-001" in one.text or "Bagger" in one.text}, words


def test_a_question_asked_in_private_is_answered_there_when_the_room_may_not_read_it(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol", room="dm")
    bot.say(CHAIR, "!weeg 1 afhandelen actualiteit", room="dm")
    [question] = bot.say("vng.ao.1", "!escaleer 1 want nodig", room="WG-PFAS")
    done = bot.say("vng.ao.1", "Een kader voor baggerdepots", room="WG-PFAS", reply_to=question.id)
    assert "WG-PFAS" not in {one.room for one in done}


def test_the_receipt_of_ones_own_signal_stays_where_it_was_typed_unless_it_is_sensitive(bot: TestBot) -> None:
    [open_one] = bot.say("drinkwater.wg.1", "!signaal Iets in ons winveld", room="WG-PFAS")
    assert open_one.room == "WG-PFAS"
    [hidden] = bot.say("uvw.wg.1", "!signaal Iets gevoeligs hier gevoelig:ja", room="WG-PFAS")
    assert hidden.room == "dm:uvw.wg.1"


def test_taking_back_tells_the_room_nothing_it_did_not_know(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Korrels in de berm gevoelig:ja", room="dm")
    bot.say(CHAIR, "!beleg 1 bij WG-PFAS opdracht:Zoek het uit uiterlijk:1-3-2027")
    undone = bot.say(CHAIR, "!ongedaan")
    assert "WG-PFAS" not in {one.room for one in undone}
    assert "dm:uvw.wg.1" in {one.room for one in undone}


def test_the_clock_asks_no_one_from_outside_about_what_became_sensitive(bot: TestBot) -> None:
    bot.say("drinkwater.wg.1", "!signaal Geheim in ons winveld", room="dm")
    bot.say(CHAIR, "!weeg 1 aanhouden Waar precies? uiterlijk:25-1-2027")
    bot.say(SECRETARY, "!wijzig 1 gevoelig:ja", room="dm")
    read = [one for one in bot.until(at("2027-01-29 12:00")) if one.room == "dm:drinkwater.wg.1"]
    assert "Geheim" not in texts(read)
    assert "SIG-2027-001" not in texts(read)


# --- people ----------------------------------------------------------------------------------------------------------
def test_an_external_raiser_hears_of_a_sensitive_signal_only_that_there_is_news(bot: TestBot) -> None:
    bot.say("drinkwater.wg.1", "!signaal Geheim in ons winveld", room="dm")
    for words in ("!wijzig 1 gevoelig:ja", "!weeg 1 afwijzen Geheim loopt al"):
        said = bot.say(SECRETARY if "wijzig" in words else CHAIR, words)
        [told] = [one for one in said if one.room == "dm:drinkwater.wg.1"]
        assert told.text == "Er is nieuws over een signaal van je. De secretaris van het AO vertelt je meer."
    [mine] = bot.say("drinkwater.wg.1", "!mijn", room="dm")
    assert mine.text == "Er staat niets voor je open."


def test_a_connection_member_sees_the_own_signal_and_no_other(bot: TestBot) -> None:
    bot.say("web.1", "!signaal Hoog grondwater in de wijk namens WEB", room="dm")
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol", room="dm")
    [own] = bot.say("web.1", "!signalen", room="dm")
    assert own.text.startswith("1 signaal (eigen)")
    [every] = bot.say("web.1", "!signalen bij AO", room="dm")
    assert "Bagger" not in every.text
    [colleague] = bot.say("web.2", "!toon 1", room="dm")
    assert colleague.text.startswith("SIG-2027-001 bestaat niet.")


def test_an_umbrella_contact_sees_what_the_umbrella_raised_and_not_the_rest_of_the_body(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol", room="dm")
    bot.say("ipo.ao.1", "!signaal Provincie zoekt zand", room="dm")
    [own] = bot.say("vng.koepel.1", "!toon 1", room="dm")
    assert "Baggerdepots" in own.text
    [other] = bot.say("vng.koepel.1", "!toon 2", room="dm")
    assert other.text.startswith("SIG-2027-002 bestaat niet.")
    for words in ("!acties AO", "!digest AO"):
        [refused] = bot.say("vng.koepel.1", words, room="dm")
        assert "alleen" in refused.text


def test_whoever_lost_a_role_sees_no_more_than_what_they_raised(bot: TestBot) -> None:
    bot.say("ipo.ao.1", "!signaal Provincie zoekt zand", room="dm")
    bot.say("vng.oud.1", "!signaal Baggerdepots zitten vol", room="dm")
    [before] = bot.say("vng.oud.1", "!toon 1", room="dm")
    assert "zand" in before.text
    bot.until(at("2027-01-12 09:00"))
    [after] = bot.say("vng.oud.1", "!toon 1", room="dm")
    assert after.text.startswith("SIG-2027-001 bestaat niet.")
    [own] = bot.say("vng.oud.1", "!toon 2", room="dm")
    assert "Baggerdepots" in own.text
    [room] = bot.say("vng.oud.1", "!signalen", room="AO")
    assert "zand" not in room.text


def test_two_people_of_one_name_are_told_apart_by_id_and_never_mixed_up(bot: TestBot) -> None:
    bot.say("web.1", "!signaal Hoog grondwater in de wijk", room="dm")
    [question] = bot.say(SECRETARY, "!actie Jansen stukken sturen 5 februari", room="AO")
    assert question.text == "Jansen van VNG of WEB?"
    [other] = bot.say("vng.koepel.1", "!toon 1", room="dm")
    assert other.text.startswith("SIG-2027-001 bestaat niet.")


def test_someone_from_outside_learns_no_names_but_those_of_the_own_group(bot: TestBot) -> None:
    [probe] = bot.say("drinkwater.wg.1", "!actie Jansen meten 5 februari", room="WG-PFAS")
    [nobody] = bot.say("drinkwater.wg.1", "!actie Pietersen meten 5 februari", room="WG-PFAS")
    assert probe.text.replace("Jansen", "Pietersen") == nobody.text
    [unknown] = bot.say("drinkwater.wg.1", "!wie rijk.ao.0", room="dm")
    [absent] = bot.say("drinkwater.wg.1", "!wie rijk.ao.9", room="dm")
    assert unknown.text.replace("ao.0", "ao.9") == absent.text


def test_an_action_is_not_handed_to_someone_from_outside_who_is_not_of_the_group(bot: TestBot) -> None:
    bot.say("rijk.do.1", "!actie @rijk.do.1 Geheim uitzoeken 5 februari", room="DO")
    said = bot.say("rijk.do.1", "!overdragen 1 aan @drinkwater.wg.1", room="dm")
    assert [one.room for one in said] == ["dm:rijk.do.1"]
    assert said[0].text.startswith("drinkwater.wg.1 komt van buiten en zit niet in DO.")


# --- whose rights count where -----------------------------------------------------------------------------------------
def test_leading_a_group_gives_no_say_over_what_lies_with_the_body_above_it(bot: TestBot) -> None:
    bot.say("uvw.wg.1", "!signaal Korrels in de berm", room="dm")
    for words in (
        "!weeg 1 afhandelen actualiteit",
        "!afhandel 1 klaar",
        "!escaleer 1 want nodig",
        "!terugkoppeling 1 x",
    ):
        [refused] = bot.say("uvw.wg.1", words, room="dm")
        assert refused.text.startswith("Dit mag alleen") or "het AO" in refused.text
        [shown] = bot.say("uvw.ao.1", "!toon 1", room="dm")
        assert shown.text.splitlines()[2].startswith("Ingediend, ligt bij AO"), words
    [asked] = bot.say("uvw.wg.1", "!actie @vng.ao.1 stukken sturen 5 februari gremium:AO", room="dm")
    assert asked.text == "Een actie voor het AO geven de leden, de voorzitter en de secretaris zelf."
    [planned] = bot.say("uvw.wg.1", "!vergadering plan AO 20 januari 2027 10:00", room="dm")
    assert planned.text.startswith("Dit mag alleen de voorzitter of de secretaris van het AO.")
    [fixed] = bot.say("uvw.wg.1", "!agenda AO vaststellen", room="dm")
    assert fixed.text == "Dit mag alleen de voorzitter van het AO."


def test_the_secretary_of_a_higher_tier_does_not_weigh_and_gives_no_roles_elsewhere(bot: TestBot) -> None:
    bot.say(SECRETARY, "!rol @vng.do.1 secretaris DO")
    bot.say("vng.ao.1", "!signaal Baggerdepots zitten vol", room="dm")
    for words in ("!weeg 1 afhandelen actualiteit", "!toon 1", "!rol @vng.wg.1 lid AO", "!acties AO", "!digest AO"):
        [refused] = bot.say("vng.do.1", words, room="dm")
        assert "Bagger" not in refused.text
        assert refused.text.startswith(("Dit mag alleen", "SIG-2027-001 bestaat niet", "Rollen legt", "De acties van"))
