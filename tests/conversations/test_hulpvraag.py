"""Asking for help, with a name or without: two people meet only when both said yes (C46, C50, R-186, R-209, R-211)."""

from __future__ import annotations

import io
from dataclasses import replace
from datetime import date

import pytest
from sqlmodel import Session, select

from bot.doors import export
from bot.testing import Said, TestBot
from commands.kit.ports import Change, Store
from commands.words.helping import HelpRequest, HelpState
from commands.words.people import Person
from storage import tables
from tests.conftest import at

ASKER = "uvw.ao.1"
QUESTION = "Wie kent PFAS in grondwater van dichtbij?"


def to(said: list[Said], room: str) -> Said:
    [found] = [one for one in said if one.room == room]
    return found


@pytest.fixture
def listed(bot: TestBot) -> TestBot:
    """Four people can be found for PFAS."""
    for person in ("vng.ao.1", "ipo.ao.1", "rijk.ao.1", "vng.ao.2"):
        bot.say(person, "!wieweet ik PFAS", room="dm")
    return bot


def kept_of(bot: TestBot, person: str) -> str:
    """Everything that the inbox still has of what this person typed."""

    def read(session: Session) -> str:
        rows = session.exec(select(tables.Inbox).where(tables.Inbox.sender == person)).all()
        return "\n".join(row.text for row in rows)

    return bot.simulation.database.work(read)


def rows_of(bot: TestBot, id: str) -> set[tuple[str, str | None, int | None, str | None]]:
    """By whom, from which message and by which deed the history has something of it, and who asked."""

    def read(session: Session) -> set[tuple[str, str | None, int | None, str | None]]:
        rows = session.exec(select(tables.History).where(tables.History.about == id)).all()
        return {(row.by, row.source, row.deed, row.after["by"]) for row in rows}

    return bot.simulation.database.work(read)


def request(register: object, number: int = 1) -> HelpRequest:
    found = register.ask(lambda store: store.get(HelpRequest, f"HV-2027-{number:03d}"))  # type: ignore[attr-defined]
    assert isinstance(found, HelpRequest)
    return found


def test_who_offers_to_be_found_is_found(bot: TestBot) -> None:
    [nobody] = bot.say("uvw.ao.1", "!wieweet PFAS")
    assert nobody.text == "Nog niemand heeft zich gemeld voor PFAS. Zelf aanmelden: !wieweet ik PFAS"
    [told] = bot.say("vng.ao.1", "!wieweet ik PFAS")
    assert told.text == (
        "Wie !wieweet PFAS typt, vindt nu je naam. Bij een hulpvraag vraag ik je eerst of je wilt meedenken."
    )
    [found] = bot.say("uvw.ao.1", "!wieweet pfas")
    assert found.text.startswith("Voor PFAS heeft zich gemeld: ")
    assert "(VNG)" in found.text
    [gone] = bot.say("vng.ao.1", "!wieweet ik niet PFAS")
    assert gone.text == "Je naam staat niet meer bij PFAS."
    [again] = bot.say("vng.ao.1", "!wieweet ik niet PFAS")
    assert again.text == "Dat was al zo: niet aangemeld voor PFAS."
    assert "Nog niemand" in bot.say("uvw.ao.1", "!wieweet PFAS")[0].text


def test_someone_from_outside_finds_only_the_people_of_the_own_groups(bot: TestBot) -> None:
    """INV-20, as with !wie: who else offered to be found sounds as nobody."""
    bot.say("vng.do.1", "!wieweet ik PFAS", room="dm")
    [nobody] = bot.say("bedrijf.wg.1", "!wieweet PFAS", room="dm")
    assert nobody.text == "Nog niemand heeft zich gemeld voor PFAS. Zelf aanmelden: !wieweet ik PFAS"
    bot.say("rijk.wg.1", "!wieweet ik PFAS", room="dm")
    [found] = bot.say("bedrijf.wg.1", "!wieweet PFAS", room="dm")
    assert found.text == "Voor PFAS heeft zich gemeld: rijk.wg.1 (Rijk)."
    [both] = bot.say("uvw.ao.1", "!wieweet PFAS", room="dm")
    assert both.text == "Voor PFAS hebben zich gemeld: rijk.wg.1 (Rijk), vng.do.1 (VNG)."


def test_where_people_from_outside_read_only_those_of_the_group_are_named(bot: TestBot) -> None:
    bot.say("rijk.wg.1", "!wieweet ik PFAS", room="dm")
    [here] = bot.say("vng.ao.2", "!wieweet PFAS", room="WG-STAAL")
    assert here.room == "WG-STAAL"
    bot.say("vng.do.1", "!wieweet ik PFAS", room="dm")
    [aside] = bot.say("vng.ao.2", "!wieweet PFAS", room="WG-STAAL")
    assert aside.room == "dm:vng.ao.2"


def test_what_was_done_about_it_before_is_told_at_once(listed: TestBot) -> None:
    """R-173: closed signals and shared successes, as far as the asker may see them."""
    listed.say("vng.ao.1", "!koploper Waterschap-X PFAS in grondwater gereinigd toestemming:ja")
    listed.say("uvw.ao.1", "!koploper IPO PFAS in grondwater gemeten")
    said = listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    assert to(said, f"dm:{ASKER}").text.endswith("\nZie ook SUC-2027-001 (Waterschap-X).")
    outside = listed.say("bedrijf.wg.1", f"!hulpvraag {QUESTION}", room="dm")
    assert "SUC-" not in to(outside, "dm:bedrijf.wg.1").text


def test_being_found_is_undone_like_anything(bot: TestBot) -> None:
    bot.say("vng.ao.1", "!wieweet ik PFAS", room="dm")
    bot.say("vng.ao.1", "!ongedaan", room="dm")
    assert "Nog niemand" in bot.say("uvw.ao.1", "!wieweet PFAS")[0].text


def test_without_a_question_it_is_asked_for(bot: TestBot) -> None:
    [asked] = bot.say(ASKER, "!hulpvraag", room="dm")
    assert asked.text == "Waarmee kunnen we helpen? Eén zin is genoeg."
    [noted] = bot.say(ASKER, "Wie heeft ervaring met slappe klei?", room="dm")
    assert noted.text == ("HV-2027-001 genoteerd. Ik herken geen thema. Met thema: erbij zoek ik wie je kan helpen.")


def test_three_people_at_most_are_asked_and_none_hears_who_asks(listed: TestBot) -> None:
    said = listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    assert to(said, f"dm:{ASKER}").text == (
        "HV-2027-001 genoteerd. Drie mensen hebben zich gemeld voor PFAS. Ik vraag of ze willen meedenken, en vraag je "
        "daarna of ik je in contact breng."
    )
    asked = [one for one in said if one.room != f"dm:{ASKER}"]
    assert len(asked) == 3
    assert all(one.text.startswith("[gevraagd: hulp] Iemand zoekt hulp over PFAS (HV-2027-001)") for one in asked)
    assert not any("uvw" in one.text.casefold() for one in asked)


def test_two_times_yes_brings_two_people_together(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    said = listed.say("ipo.ao.1", "ja", room="dm")
    assert to(said, "dm:ipo.ao.1").text == "Fijn. Zegt de vrager ook ja, dan hoor je het van me."
    offered = to(said, f"dm:{ASKER}").text
    assert "(IPO) wil meedenken over HV-2027-001. Zal ik je in contact brengen?" in offered
    assert request(register).state is HelpState.ASKED
    said = listed.say(ASKER, "ja", room="dm")
    assert "(IPO) weet nu dat de vraag van je is, en neemt contact op." in to(said, f"dm:{ASKER}").text
    assert "(UvW): Wie kent PFAS in grondwater van dichtbij? Neem je contact op?" in to(said, "dm:ipo.ao.1").text
    assert request(register).state is HelpState.IN_TOUCH
    [done] = listed.say(ASKER, "!hulpvraag 1 beantwoord", room="dm")
    assert done.text == "HV-2027-001 is beantwoord. Mooi."


def test_a_no_of_either_side_tells_the_other_nothing(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    [thanked] = listed.say("ipo.ao.1", "nee", room="dm")
    assert thanked.text == "Goed, dank. Ik zeg niemand dat ik het vroeg."
    listed.say("vng.ao.1", "ja", room="dm")
    [kept] = listed.say(ASKER, "nee", room="dm")
    assert (kept.room, kept.text) == (f"dm:{ASKER}", "Goed, dan breng ik niemand in contact.")
    assert request(register).in_touch == ()


def test_without_a_name_nobody_can_find_out_who_asks(listed: TestBot, register: object) -> None:
    said = listed.say(ASKER, f"!hulpvraag {QUESTION} anoniem:ja", room="dm")
    assert to(said, f"dm:{ASKER}").text.startswith("HV-2027-001 genoteerd, zonder naam. ")
    listed.say("vng.ao.1", "ja", room="dm")
    seen = [one.text for one in listed.log if one.room != f"dm:{ASKER}"]
    assert not any(ASKER in text or "UvW" in text for text in seen)
    # The register gives it to nobody either: no export with a name, no history with one, no dossier, no search.
    out = io.StringIO()
    listed.simulation.database.work(lambda session: export.write(session, out))
    [line] = [one for one in out.getvalue().splitlines() if "HV-2027" in one or "van dichtbij" in one]
    assert not any(name in line for name in (ASKER, "UvW", "vng.ao.1"))
    assert rows_of(listed, "HV-2027-001") == {("anoniem", None, None, None)}
    assert QUESTION not in kept_of(listed, ASKER)
    [secretary] = listed.say("rijk.secr.1", "!hulpvraag HV-2027-001", room="dm")
    assert secretary.text == "HV-2027-001 bestaat niet. Kijk bij !hulpvraag."
    assert listed.say("rijk.secr.1", "!zoek dichtbij", room="dm")[0].text.startswith("Niets gevonden")
    [asked] = listed.say("vng.ao.1", "!hulpvraag 1", room="dm")
    assert asked.text == f"HV-2027-001: {QUESTION}"
    # Only a second yes gives the name, to one person.
    said = listed.say(ASKER, "ja", room="dm")
    assert "(UvW)" in to(said, "dm:vng.ao.1").text


def test_without_a_name_in_a_room_nothing_is_kept(listed: TestBot, register: object) -> None:
    [answer] = listed.say(ASKER, f"!hulpvraag anoniem {QUESTION}")
    assert answer.text == "Niet opgeslagen, wel zichtbaar: verwijder het zelf, en stel de vraag in een privébericht."
    assert register.ask(lambda store: store.help_requests()) == ()  # type: ignore[attr-defined]
    assert QUESTION not in kept_of(listed, ASKER)


def test_a_request_becomes_a_signal_with_a_name_only_when_the_asker_says_so(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag anoniem {QUESTION}", room="dm")
    [asked] = listed.say(ASKER, "!hulpvraag 1 doorzetten", room="dm")
    assert asked.text == ("Een signaal heeft een indiener: je naam komt erbij te staan. Toch doorzetten: ja of nee?")
    [filed] = listed.say(ASKER, "ja", room="dm")
    assert filed.text.startswith("SIG-2027-001, namens UvW.")
    assert request(register).state is HelpState.PASSED_ON
    assert request(register).signal == "SIG-2027-001"
    [over] = listed.say(ASKER, "!hulpvraag 1 beantwoord", room="dm")
    assert over.text == "HV-2027-001 bestaat niet. Kijk bij !hulpvraag."


def test_the_chair_of_the_ao_makes_no_signal_of_it(listed: TestBot) -> None:
    listed.say("rijk.ao.0", f"!hulpvraag {QUESTION}", room="dm")
    [no] = listed.say("rijk.ao.0", "!hulpvraag 1 doorzetten", room="dm")
    assert "breng je geen inhoudelijk punt in" in no.text


def test_what_is_over_stays_over(listed: TestBot) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    listed.say(ASKER, "!hulpvraag 1 beantwoord", room="dm")
    [over] = listed.say(ASKER, "!hulpvraag 1 doorzetten", room="dm")
    assert over.text == "HV-2027-001 is beantwoord. Een nieuwe kan: !hulpvraag en de vraag."


def test_who_was_not_asked_sees_what_is_not_there(listed: TestBot) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    [no] = listed.say("rijk.ao.0", "!hulpvraag HV-2027-001 ja", room="dm")
    assert no.text == "HV-2027-001 bestaat niet. Kijk bij !hulpvraag."


def test_a_withdrawn_request_thanks_who_said_yes(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    listed.say("vng.ao.1", "ja", room="dm")
    said = listed.say(ASKER, "!hulpvraag 1 intrekken", room="dm")
    assert to(said, "dm:vng.ao.1").text == "HV-2027-001 is ingetrokken; meedenken hoeft niet meer. Dank."
    assert to(said, f"dm:{ASKER}").text == "HV-2027-001 is ingetrokken."
    [late] = listed.say("ipo.ao.1", "ja", room="dm")
    assert late.text == "Dank. Deze hulpvraag is al klaar."


def test_a_request_is_undone_without_a_name(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    said = listed.say(ASKER, "!ongedaan", room="dm")
    assert request(register).state is HelpState.WITHDRAWN
    assert to(said, "dm:vng.ao.1").text == "Ongedaan gemaakt: HV-2027-001 genoteerd."
    assert not any("uvw" in one.text.casefold() for one in said)


def test_a_request_without_a_name_is_no_deed_of_anyone_and_is_withdrawn_instead(
    listed: TestBot, register: object
) -> None:
    listed.say(ASKER, f"!hulpvraag anoniem {QUESTION}", room="dm")
    [nothing] = listed.say(ASKER, "!ongedaan", room="dm")
    assert nothing.text == "Er is niets om terug te draaien. Een nieuwe opdracht verandert het wel: zie !help."
    assert "HV-2027-001" in listed.say(ASKER, "!hulpvraag", room="dm")[0].text
    [gone] = listed.say(ASKER, "!hulpvraag 1 intrekken", room="dm")
    assert gone.text == "HV-2027-001 is ingetrokken. Dat jij het vroeg, is nu vergeten."
    assert request(register).state is HelpState.WITHDRAWN
    [unknown] = listed.say(ASKER, "!hulpvraag 1", room="dm")
    assert unknown.text == "HV-2027-001 bestaat niet. Kijk bij !hulpvraag."


def test_whoever_sits_in_for_the_asker_never_hears_who_asked(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag anoniem {QUESTION}", room="dm")

    def leave(store: Store) -> None:
        person = store.get(Person, ASKER)
        assert person is not None
        store.put(replace(person, end=date(2027, 1, 10)), Change("rijk.secr.1", at("2027-01-11 09:00")))

    register.ask(leave)  # type: ignore[attr-defined]
    said = listed.say("vng.ao.1", "ja", room="dm")
    assert [one.room for one in said] == ["dm:vng.ao.1"]


def test_two_who_met_are_not_undone(listed: TestBot, register: object) -> None:
    listed.say(ASKER, f"!hulpvraag {QUESTION}", room="dm")
    listed.say("ipo.ao.1", "ja", room="dm")
    listed.say(ASKER, "ja", room="dm")
    listed.say(ASKER, "!ongedaan", room="dm")
    assert request(register).in_touch == ("ipo.ao.1",)


WITHOUT_A_NAME = (
    "anoniem: {}",
    "Anoniem, {}",
    "graag anoniem: {}",
    "(anoniem) {}",
    "anonieme vraag: {}",
    "anonieme hulpvraag: {}",
    "zonder naam: {}",
    "{} (anoniem)",
    "{} zonder mijn naam",
    "anoniem:ja {}",
)


@pytest.mark.parametrize("form", WITHOUT_A_NAME)
def test_whoever_asks_for_no_name_gets_none_however_it_is_typed(listed: TestBot, register: object, form: str) -> None:
    said = listed.say(ASKER, f"!hulpvraag {form.format(QUESTION)}", room="dm")
    assert "zonder naam" in to(said, f"dm:{ASKER}").text
    assert request(register).text == QUESTION
    assert rows_of(listed, "HV-2027-001") == {("anoniem", None, None, None)}
    assert "PFAS" not in kept_of(listed, ASKER).replace("!wieweet ik PFAS", "")


@pytest.mark.parametrize("form", WITHOUT_A_NAME)
def test_in_a_room_no_question_without_a_name_is_kept_or_said_back(listed: TestBot, form: str) -> None:
    [answer] = listed.say(ASKER, f"!hulpvraag {form.format(QUESTION)}")
    assert answer.text.startswith("Niet opgeslagen, wel zichtbaar: verwijder het zelf")
    assert "PFAS" not in kept_of(listed, ASKER)


def test_anonymity_as_a_topic_is_a_question_like_any_other(bot: TestBot, register: object) -> None:
    said = bot.say(ASKER, "!hulpvraag Wie weet hoe burgers anoniem kunnen melden?", room="dm")
    assert "zonder naam" not in to(said, f"dm:{ASKER}").text
    assert request(register).text == "Wie weet hoe burgers anoniem kunnen melden?"


@pytest.mark.parametrize("typed", ["ja 1", "ja 999", "nee, laat maar"])
def test_an_answer_to_no_request_makes_none(bot: TestBot, register: object, typed: str) -> None:
    [asked] = bot.say(ASKER, f"!hulpvraag {typed}", room="dm")
    assert asked.text == "Om welke hulpvraag gaat het? Een nummer is genoeg."
    assert register.ask(lambda store: store.get(HelpRequest, "HV-2027-001")) is None  # type: ignore[attr-defined]


def test_a_request_without_a_full_stop_is_a_sentence_before_what_is_asked(bot: TestBot) -> None:
    bot.say("ipo.ao.1", "!wieweet ik grondwater", room="dm")
    said = bot.say("vng.ao.1", "!hulpvraag Hoe meten jullie het grondwater thema:grondwater", room="dm")
    [asked] = [one.text for one in said if one.room == "dm:ipo.ao.1"]
    assert "Hoe meten jullie het grondwater. Wil je meedenken?" in asked
