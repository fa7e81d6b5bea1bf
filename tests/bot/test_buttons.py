"""The buttons and fields of a card against the words that people type: the same things can be done with both."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

import pytest

from bot.buttons import as_card, cards_of, controls
from bot.renderers.teams_card import Button, Form
from commands.catalogue import COMMANDS
from commands.kit import dates
from commands.kit.actions import offers_for, request_offers
from commands.kit.files import File, Table
from commands.kit.group_proposals import offers_on
from commands.kit.ports import Offer, Option, Outgoing, Question
from commands.kit.reply import Heading, Message, listing, say
from commands.words.action import Action, ActionState
from commands.words.calendar import WorkCalendar
from commands.words.proposal import Proposal, ProposalKind, ProposalState
from tests.conftest import at

NOON = datetime(2027, 10, 5, 10, 0, tzinfo=UTC)


def question(command: str, missing: str | None, text: str, *labels: str) -> Question:
    options = tuple(Option(label, label) for label in labels)
    return Question("vng.ao.1", command, {}, missing, text, options, "AO", None, NOON, NOON)


def outgoing(**fields: Any) -> Outgoing:
    plain = Outgoing("k", "reply", "AO", say("Genoteerd."))
    return replace(plain, **fields)


def action(number: int) -> Action:
    return Action(
        id=f"ACT-2027-{number:03}",
        text="rapport",
        holder="vng.ao.2",
        on_behalf_of="VNG",
        body="AO",
        due=at("2027-10-15 10:00").date(),
        first_due=at("2027-10-15 10:00").date(),
        state=ActionState.OPEN,
        asked_by="vng.ao.1",
        made_at=NOON,
    )


def test_an_action_is_done_put_off_or_handed_over_and_no_sign_is_a_second_button():
    assert controls(offers_for(action(31)), None, COMMANDS).buttons == (
        Button("klaar", "Gereed", "!gereed 31"),
        Button("later", "Later", "!verzet 31"),
        Button("overdragen", "Overdragen", "!overdragen 31"),
    )


def test_a_request_is_accepted_declined_or_put_off():
    assert controls(request_offers(action(31)), None, COMMANDS).buttons == (
        Button("ja", "Aanvaarden", "!aanvaard 31"),
        Button("weiger", "Weigeren", "!weiger 31"),
        Button("⏰", "Later", "!verzet 31"),
    )


def test_several_actions_in_one_message_share_their_buttons():
    found = controls((*offers_for(action(31)), *offers_for(action(33))), None, COMMANDS).buttons
    assert found[0] == Button("klaar", "Gereed", "!gereed met het nummer", ("31", "33"))
    assert [button.title for button in found] == ["Gereed", "Later", "Overdragen"]


def test_a_proposal_is_confirmed_or_rejected():
    proposal = Proposal(
        id="VST-2027-007",
        kind=ProposalKind.ESCALATE,
        about="SIG-2027-014",
        proposer="vng.ao.1",
        because="het raakt alle partijen",
        confirms="AO",
        state=ProposalState.SUBMITTED,
        made_at=NOON,
    )
    assert controls(offers_on(proposal), None, COMMANDS).buttons == (
        Button("✅", "Bekrachtigen", "!bekrachtig 7"),
        Button("afwijzen", "Afwijzen", "!wijsaf 7"),
    )


def test_an_evaluation_and_what_is_asked_on_behalf_of_someone_have_buttons_too():
    offers = (Offer("evalueer", "evalueer", {"evaluation": "EVA-2027-002", "place": "AO"}),)
    assert [button.title for button in controls(offers, None, COMMANDS).buttons] == ["Evalueren"]
    asked = [Offer(word, "agendeer", {"subject": "SIG-2027-014"}, to="AO") for word in ("✅", "ja")]
    declined = [Offer(word, "", {"item": "SIG-2027-014"}, to="AO") for word in ("❌", "nee")]
    assert controls((*asked, *declined), None, COMMANDS).buttons == (
        Button("ja", "Agenderen", "!agendeer 14"),
        Button("nee", "Nee"),
    )


def test_a_word_that_only_a_written_answer_fits_is_no_button():
    assert controls((Offer("antwoord", "vulaan", {}), Offer("datum", "verzet", {})), None, COMMANDS).buttons == ()


@pytest.mark.parametrize(
    ("asked", "form"),
    [
        (question("actie", "due", "Wanneer?"), Form("Wanneer?", "date")),
        (question("vergadering", "day", "Op welke dag?"), Form("Op welke dag?", "moment")),
        (question("actie", "due", "8 of 15?", "8", "15"), Form("8 of 15?", "date", ("8", "15"))),
        (question("escaleer", "why", "Waarom?"), Form("Waarom?")),
        (question("toon", "record", "VNG of IPO?", "VNG", "IPO"), Form("VNG of IPO?", "text", ("VNG", "IPO"))),
    ],
)
def test_a_question_has_the_field_that_its_answer_needs(asked: Question, form: Form):
    assert controls((), asked, COMMANDS).form == form


@pytest.mark.parametrize("missing", [None, "change"])
def test_yes_or_no_are_two_buttons(missing: str | None):
    found = controls((), question("signaal", missing, "Toch?", "ja", "nee"), COMMANDS)
    assert found.buttons == (Button("ja", "Ja"), Button("nee", "Nee"))
    assert found.form is None


def test_what_becomes_a_card():
    table = Table("Acties", ("Nummer",), (("ACT-1",),))
    assert not as_card(outgoing(), private=False)
    assert as_card(outgoing(kind="digest"), private=True)
    assert as_card(outgoing(message=Message((Heading("Agenda"),))), private=True)
    assert as_card(outgoing(offers=(Offer("ja", "koppel"),)), private=True)
    actions = Message((listing(["ACT-2027-031 rapport", "ACT-2027-033 brief"]),))
    assert as_card(outgoing(message=actions, about=("ACT-2027-031", "ACT-2027-033")), private=False)
    assert not as_card(outgoing(message=Message((listing(["!acties", "!agenda"]),))), private=False)
    assert as_card(outgoing(files=(File("acties.csv", "csv", table),)), private=False)
    assert as_card(outgoing(question=7), private=False)
    assert not as_card(outgoing(question=7, offers=(Offer("ja", "koppel"),)), private=True)


@pytest.mark.parametrize(
    ("filled", "meant"),
    [
        ("2027-10-15", dates.Day(date(2027, 10, 15))),
        ("2027-10-15 14:00", dates.Instant(at("2027-10-15 14:00"))),
    ],
)
def test_what_a_date_field_sends_is_read_as_that_date(filled: str, meant: dates.Result):
    assert dates.read(filled, at("2027-10-05 10:00"), WorkCalendar()) == meant


def test_a_question_is_a_card_in_a_channel_and_plain_text_in_private():
    asked = question("actie", "due", "Wanneer?")
    message = outgoing(key="vraag:7", message=say("Wanneer?"), question=7)
    (card,) = cards_of(message, asked, COMMANDS, {}, private=False, bot_name="Overlegbot")
    assert [one["type"] for one in card.content["body"]] == ["Input.Date", "TextBlock"]
    assert "na @Overlegbot: het antwoord" in card.text
    assert card.content["actions"][0]["data"] == {"sleutel": "vraag:7", "woord": "", "velden": ["datum"]}
    assert cards_of(message, asked, COMMANDS, {}, private=True, bot_name="Overlegbot") == ()


def test_a_message_with_offers_carries_its_own_key_and_its_lists_follow_it():
    table = Table("Acties", ("Nummer",), (("ACT-2027-031",),))
    message = outgoing(key="bundel:1", offers=offers_for(action(31)), files=(File("acties.ods", "ods", table),))
    first, second = cards_of(message, None, COMMANDS, {}, private=True, bot_name="Overlegbot")
    assert {one["data"]["sleutel"] for one in first.content["actions"]} == {"bundel:1"}
    assert "actions" not in second.content
