"""Cards against what they should be, written by hand; against the published schema; and against hostile text."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping
from functools import cache
from importlib.resources import files
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft6Validator
from jsonschema.exceptions import best_match
from markdown_it import MarkdownIt

from bot.renderers.clean import clean
from bot.renderers.markdown import escaped, line_of
from bot.renderers.plain import plain
from bot.renderers.teams_card import MOST_BYTES, Button, Card, Form, begun, cards, replaced
from commands.kit.files import Table
from commands.kit.reply import Code, Heading, Listing, Mention, Message, Strong, Text, listing, say
from tests.bot.renderers.test_renderers import NASTY, messages, words_of

DATA = Path(__file__).parents[2] / "data" / "cards"
JANSEN = {"vng.ao.2": "00000000-0000-0000-0000-000000000001"}
#: What a reader of Markdown could make of it; the lists and the bold words are ours.
MARKS = (
    *NASTY,
    "**vet** _schuin_ `code` ~~weg~~",
    "[klik](https://elders.example) ![x](https://elders.example/x.png) [a]: https://elders.example",
    "<https://elders.example> www.elders.example, iemand@elders.example //elders.example",
    "# kop",
    "- punt",
    "+ punt",
    "12. punt",
    "1) punt",
    "> citaat",
    "---",
    "===",
    "| a | b |",
    "    ingesprongen",
    "<at>Voorzitter</at>",
    "{{DATE(2027-01-01T00:00:00Z, SHORT)}}",
    "slot\\",
    "\\*",
    "&amp; &#42;",
)
marked = (
    st.text(alphabet="*_`#[]()<>~|{}&\\-+=.!:/@ 1ab\n", max_size=30) | st.sampled_from(MARKS) | st.text(max_size=30)
)
READER = MarkdownIt("commonmark", {"html": True}).enable(["table", "strikethrough"])
OURS = {"text", "text_special", "strong_open", "strong_close", "softbreak"}
PARTS = {"paragraph_open", "paragraph_close", "inline", "list_item_open", "list_item_close"} | {
    f"{kind}_list_{end}" for kind in ("bullet", "ordered") for end in ("open", "close")
}


def golden(name: str) -> dict[str, Any]:
    read: dict[str, Any] = json.loads((DATA / f"{name}.json").read_text(encoding="utf-8"))
    return read


@cache
def schema() -> Draft6Validator:
    text = files("adaptive_cards").joinpath("schemas/schema-1.5.json").read_text(encoding="utf-8")
    return Draft6Validator(json.loads(text))


def _as_published(element: Mapping[str, Any]) -> Mapping[str, Any]:
    return {name.replace("AsHeaders", "AsHeader"): value for name, value in element.items()}


def check(card: Card) -> None:
    """By the schema of Adaptive Cards 1.5, which leaves out what only Teams knows and misspells a word of tables."""
    content = {name: value for name, value in card.content.items() if name != "msteams"}
    content["body"] = [_as_published(one) for one in content["body"]]
    found = best_match(schema().iter_errors(content))
    assert found is None, found
    assert card.content["version"] == "1.5"
    assert not [one for one in numbers(card.content) if isinstance(one, float)]
    assert card.content["fallbackText"] == card.text
    assert len(json.dumps(card.content).encode()) <= 28_000 or len(card.content["body"]) <= 2


def numbers(body: object) -> list[object]:
    """Every value of a card that is no text."""
    values = [value for one in everything(body) for value in one.values()]
    return [value for value in values if isinstance(value, int | float)]


def everything(value: object) -> Iterator[Mapping[str, Any]]:
    """Every element of a card, in reading order."""
    if isinstance(value, Mapping):
        yield value
    for one in value.values() if isinstance(value, Mapping) else value if isinstance(value, list) else ():
        yield from everything(one)


def texts(card: Card) -> list[str]:
    return [one["text"] for one in everything(card.content["body"]) if one.get("type") == "TextBlock"]


def shown(markdown: str) -> str:
    """What a reader of Markdown shows of a text of ours; fails on links, tags, code, headings and everything else."""
    text = ""
    for part in READER.parse(markdown):
        assert part.type in PARTS, (part.type, markdown)
        for one in part.children or ():
            if one.type == "html_inline" and re.fullmatch(r"</?at>", one.content):
                continue
            assert one.type in OURS, (one.type, markdown)
            text += one.content
    return text


# --- by hand ---------------------------------------------------------------------------------------------------------
def only(found: tuple[Card, ...]) -> Mapping[str, Any]:
    (card,) = found
    check(card)
    return card.content


def test_an_action_has_a_button_and_a_typed_command_for_each_answer():
    message = say(
        (Mention("vng.ao.2", "VNG Jansen"), ": ACT-2027-031, brief_versturen [concept], uiterlijk vr 15 okt 2027.")
    )
    buttons = (
        Button("klaar", "Gereed", "!gereed 31"),
        Button("later", "Later", "!verzet 31"),
        Button("overdragen", "Overdragen", "!overdragen 31"),
    )
    assert only(cards(message, "actie:31", JANSEN, buttons=buttons)) == golden("actie")


def test_several_actions_are_told_apart_by_their_number():
    items = ("ACT-2027-031 Rapport, uiterlijk vr 15 okt", "ACT-2027-033 Brief, was ma 4 okt")
    message = Message((Text("Twee acties vragen aandacht."), listing(items)))
    buttons = (
        Button("klaar", "Gereed", "!gereed met het nummer", ("31", "33")),
        Button("later", "Later", "!verzet met het nummer", ("31", "33")),
    )
    assert only(cards(message, "bundel:1", {}, buttons=buttons)) == golden("actielijst")


def test_an_agenda_keeps_its_headings_numbers_and_the_lines_of_a_point():
    message = Message(
        (
            Heading("Agenda DO di 9 nov 2027", 1),
            Heading("Ter besluitvorming"),
            Listing((("Tijdelijk kader", "SIG-2027-014, van het AO"), ("Mededelingen",)), ordered=True, start=3),
            Text(("Stukken uiterlijk vr 29 okt: typ ", Code("!agenda DO"))),
        )
    )
    assert only(cards(message, "agenda:1", {})) == golden("agenda")


def test_a_question_with_likely_answers_leaves_room_for_another_date():
    form = Form("Vrijdag 8 of 15 oktober?", "date", ("vr 8 okt 2027", "vr 15 okt 2027"))
    assert only(cards(say(form.label), "vraag:7", {}, form=form, called="Overlegbot")) == golden("vraag_met_keuze")


def test_a_question_for_a_meeting_takes_a_day_and_perhaps_a_time():
    form = Form("Op welke dag?", "moment")
    assert only(cards(say(form.label), "vraag:8", {}, form=form, called="Overlegbot")) == golden("vraag_naar_moment")


def test_a_word_without_a_command_of_its_own_is_typed_as_a_reply():
    buttons = (Button("ja", "Agenderen", "!agendeer 14"), Button("nee", "Nee"))
    (card,) = cards(say("SIG-2027-014 op de agenda?"), "k", {}, buttons=buttons)
    check(card)
    assert card.text == "SIG-2027-014 op de agenda?\nTypen kan ook, als antwoord hierop: `!agendeer 14` of `nee`."
    assert texts(card)[-1] == "Typen kan ook, als antwoord hierop: **!agendeer 14** of **nee**."


def test_an_open_question_takes_what_is_written():
    form = Form("Wat moet het DO besluiten?")
    assert only(cards(say(form.label), "vraag:9", {}, form=form, called="Overlegbot")) == golden("vraag_naar_tekst")


def test_a_list_is_a_table_with_headers_and_no_empty_cell():
    table = Table(
        "Besluiten AO",
        ("#", "Besluit", "Datum"),
        (("BES-2027-012", "*Instemmen*", "2027-10-14"), ("BES-2027-013", "Uitstellen", "")),
    )
    _, card = cards(say("Zie de lijst."), "lijst:1", {}, tables=(table,))
    check(card)
    assert card.content == golden("lijst")


def test_a_list_that_is_wider_than_a_phone_is_read_row_by_row():
    table = Table(
        "Signalen",
        ("nr", "signaal", "namens", "status", "thema", "uitkomst"),
        (
            ("SIG-2027-001", "Depots *vol*", "VNG", "ingediend", "-", ""),
            ("SIG-2027-002", "Wegen", "UvW", "gesloten", "lood", "Hersteld"),
        ),
    )
    _, card = cards(say("Zie de lijst."), "lijst:2", {}, tables=(table,))
    check(card)
    assert card.content == golden("brede_lijst")


def test_an_answered_card_shows_the_result_and_no_buttons():
    card = replaced(say("VST-2027-007: SIG-2027-014 naar het DO."), say("SIG-2027-014 ligt bij het DO."), {})
    check(card)
    assert card.content == golden("beantwoord")


# --- size ------------------------------------------------------------------------------------------------------------
def test_a_long_digest_is_split_and_only_the_last_card_has_the_buttons():
    sections = [Heading("Digest AO", 1)]
    blocks = [block for n in range(60) for block in (Heading(f"Deel {n}"), listing([f"SIG-{n} " + "woord " * 40] * 3))]
    message = Message((*sections, *blocks))
    found = cards(message, "digest:1", {}, buttons=(Button("ja", "Koppelen", "!koppel 1 9"),))
    assert len(found) > 3
    for card in found:
        check(card)
        assert 2 * len(json.dumps(card.content, ensure_ascii=False)) <= 28_000
    assert [("actions" in card.content) for card in found] == [False] * (len(found) - 1) + [True]
    assert "".join(words_of("\n".join(card.text for card in found))).startswith("".join(words_of(plain(message))))


@pytest.mark.parametrize(("rows", "says"), [(3, ""), (2000, r"\nEn nog \d+ regels\.")])
def test_a_long_list_says_how_many_rows_it_leaves_out(rows: int, says: str):
    table = Table("Acties", ("Nummer", "Wat"), tuple((f"ACT-2027-{n:03}", "tekst " * 20) for n in range(rows)))
    card = cards(say("Lijst."), "k", {}, tables=(table,))[-1]
    check(card)
    there = len(next(one["rows"] for one in card.content["body"] if one["type"] == "Table")) - 1
    left = re.search(r"En nog (\d+) regels\.", card.text)
    assert there + (int(left[1]) if left else 0) == rows
    assert bool(re.search(says, card.text))
    assert (texts(card)[-1].startswith("En nog")) == bool(says)


def test_a_list_of_enormous_cells_still_shows_rows():
    table = Table("x" * 5000, ("A", "B"), (("y" * 9000, "z" * 9000),) * 9)
    card = cards(say("Lijst."), "k", {}, tables=(table,))[-1]
    check(card)
    assert "…" in card.text


def test_a_card_with_no_room_for_the_result_keeps_its_title():
    message = Message((Heading("Digest", 1), Text("woord " * 2000)))
    card = replaced(message, say("Genoteerd."), {})
    assert card.text == "Digest\n\nGenoteerd."
    assert replaced(message, say("uit " * 6000), {}).text.startswith("uit uit")
    assert 2 * len(json.dumps(replaced(message, say("uit " * 6000), {}).content)) <= MOST_BYTES + 400


def test_more_buttons_than_fit_go_behind_the_menu():
    buttons = [Button(f"w{n}", f"W{n}") for n in range(8)]
    (card,) = cards(say("Kies."), "k", {}, buttons=buttons)
    assert [one["mode"] for one in card.content["actions"]] == ["primary"] * 6 + ["secondary"] * 2


# --- people ----------------------------------------------------------------------------------------------------------
def test_of_two_people_with_one_name_only_the_first_is_called():
    addresses = {"a": "id-a", "b": "id-b"}
    (card,) = cards(say((Mention("a", "Jansen"), " en ", Mention("b", "Jansen"))), "k", addresses)
    assert texts(card) == ["<at>Jansen</at> en @Jansen"]
    assert [one["mentioned"]["id"] for one in card.content["msteams"]["entities"]] == ["id-a"]


def test_a_name_with_signs_calls_by_the_same_text_in_both_places():
    (card,) = cards(say((Mention("a", "De_Vries </at><b>"), ".")), "k", {"a": "id-a"})
    (entity,) = card.content["msteams"]["entities"]
    assert entity["text"] == "<at>De Vries at b</at>"
    assert texts(card) == ["<at>De Vries at b</at>."]


def test_who_must_act_is_called_within_the_card_and_what_is_sent_again_says_so_there():
    (card,) = cards(say("Waarom?"), "k", {})
    content = begun(card.content, ["Nog een keer *dit*:"], [("id-a", "VNG [Jansen]"), ("id-b", "[]")])
    check(Card(content, "Nog een keer *dit*:\n@VNG Jansen\nWaarom?"))
    assert [one["text"] for one in content["body"]] == ["Nog een keer \\*dit\\*:", "<at>VNG Jansen</at>", "Waarom?"]
    assert [one["text"] for one in content["msteams"]["entities"]] == ["<at>VNG Jansen</at>"]
    assert "entities" not in card.content["msteams"]


# --- hostile text ----------------------------------------------------------------------------------------------------
@given(marked)
def test_text_of_people_is_shown_as_it_was_typed(text: str):
    assert " ".join(shown(line_of(text, {})).split()) == " ".join(clean(text).split())


@pytest.mark.parametrize("text", MARKS)
def test_no_mark_of_people_becomes_markdown(text: str):
    for line in (text, ("nieuw: ", text), (Strong(text), " en ", Code(text)), (Mention("x", text), text)):
        (card,) = cards(Message((Heading(line, 1), Text(line), Listing(((line,), (line,))))), "k", {})
        check(card)
        for one in texts(card):
            assert "{{" not in one
            shown(one)


def test_addresses_that_people_type_are_broken_where_a_client_would_make_a_link():
    assert (
        escaped("zie https://elders.example of www.elders.nl") == r"zie https\:\/\/elders\.example of www\.elders\.nl"
    )
    assert escaped("mail iemand@elders.nl om 10:30, 3.5 m") == r"mail iemand\@elders\.nl om 10:30, 3.5 m"


@given(messages, st.lists(marked, max_size=3), st.none() | st.builds(Form, marked, options=st.lists(marked).map(tuple)))
def test_every_card_is_valid_and_says_everything_as_plain_text_too(
    message: Message, words: list[str], form: Form | None
):
    found = cards(message, "k", JANSEN, buttons=[Button(word, word, f"!{word}") for word in words], form=form)
    for card in found:
        check(card)
        for one in texts(card):
            shown(one)
        called = {one["text"] for one in card.content["msteams"].get("entities", [])}
        tags = {tag for one in texts(card) for tag in re.findall(r"(?<!\\)<at>.*?</at>", one)}
        assert tags == called
        assert {one["mentioned"]["id"] for one in card.content["msteams"].get("entities", [])} <= set(JANSEN.values())
    assert "".join(words_of("\n".join(card.text for card in found))).startswith("".join(words_of(plain(message))))


@given(messages)
def test_what_is_shown_is_what_the_plain_text_says(message: Message):
    bare = Message(tuple(Listing(b.items) if isinstance(b, Listing) else b for b in message.blocks))
    found = cards(bare, "k", {})
    read = "".join(words_of(" ".join(shown(one) for card in found for one in texts(card))))
    assert read == "".join(words_of(plain(bare)))


@given(st.lists(st.tuples(marked, marked), max_size=5), marked)
def test_every_table_is_valid_and_formats_nothing(rows: list[tuple[str, str]], title: str):
    card = cards(say("x"), "k", {}, tables=(Table(title, ("A", "#"), tuple(rows)),))[-1]
    check(card)
    for one in texts(card):
        shown(one)


def test_fields_are_labelled_and_a_button_tells_only_its_key_its_word_and_the_fields():
    form = Form("Wie?", "text", ("VNG", "IPO"))
    (card,) = cards(say("Wie?"), "k", {}, form=form, buttons=(Button("klaar", "Gereed", "!gereed 3", ("3", "4")),))
    for one in everything(card.content):
        if str(one.get("type", "")).startswith("Input."):
            assert one["label"]
        if one.get("type") == "Action.Execute":
            assert set(one["data"]) <= {"sleutel", "woord", "velden"}
