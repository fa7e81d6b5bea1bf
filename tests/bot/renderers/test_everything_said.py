"""Everything a long conversation says, read with a parser: complete in both forms, and no text of people does harm."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from html.parser import HTMLParser

import pytest
from sqlmodel import Session, col, select

from bot.channels.base import Parcel, Rendered
from bot.channels.matrix import sending
from bot.renderers.matrix_html import matrix_html
from bot.renderers.plain import plain
from bot.renderers.teams_html import teams_html
from bot.testing import TestBot
from commands.kit.reply import Listing, Message, from_data
from storage import tables
from tests.conftest import at

#: What someone may type in a title, a reason, a text or a name.
NASTY = (
    "<b>vet</b><img src=x onerror=alert(1)><script>alert(1)</script>",
    "@room kom allen",
    "zie https://matrix.to/#/@admin:elders.example en [klik](https://elders.example)",
    '"><a href="https://matrix.to/#/@admin:elders.example">Voorzitter</a>',
    "SIG-9 \u202eneliets\u202c en \u2066verder\u2069",
    "nul\x00bel\x07 tab\ten\u2028regel",
    "| a | b |\n|---|---|\n| 1 | 2 |",
    "&lt;li&gt; &amp; </li></ul></p>",
    '<at id="28:elders">Voorzitter</at>',
)
ALLOWED = {"h3", "h4", "p", "ul", "ol", "li", "br", "strong", "code"}
HIDDEN = re.compile("[\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069]")
BASE = "https://matrix.to/#/"


class Reader(HTMLParser):
    """Fails on what is not ours or not closed in order; keeps the text, the links and the outline."""

    def __init__(self, calls: tuple[str, str] = ("a", "href")) -> None:
        super().__init__(convert_charrefs=True)
        self.calls = calls
        self.open: list[str] = []
        self.tags: list[str] = []
        self.links: list[str] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        link, attribute = self.calls
        assert tag in {*ALLOWED, link}, tag
        names = {name for name, _ in attrs}
        assert names <= ({attribute} if tag == link else {"start"} if tag == "ol" else set()), (tag, names)
        assert tag != "li" or self.open[-1] in ("ul", "ol")
        assert tag in (link, "strong", "code", "br", "li") or not self.open, (tag, self.open)
        self.links += [value or "" for name, value in attrs if name == attribute]
        self.tags.append(tag)
        if tag != "br":
            self.open.append(tag)

    def handle_endtag(self, tag: str) -> None:
        assert self.open, tag
        assert self.open.pop() == tag

    def handle_data(self, data: str) -> None:
        self.text += data

    def handle_comment(self, data: str) -> None:
        raise AssertionError(f"a comment: {data}")

    def handle_decl(self, decl: str) -> None:
        raise AssertionError(f"a declaration: {decl}")

    def handle_pi(self, data: str) -> None:
        raise AssertionError(f"an instruction: {data}")


def said(bot: TestBot) -> list[tables.Outbox]:
    def unit(session: Session) -> list[tables.Outbox]:
        rows = list(session.exec(select(tables.Outbox).order_by(col(tables.Outbox.id))))
        session.expunge_all()
        return rows

    return bot.simulation.database.work(unit)


@pytest.fixture(scope="module")
def long_talk(make_module_bot: Callable[[str], TestBot]) -> TestBot:
    """Half a year in which every free text is hostile."""
    bot = make_module_bot("2027-01-11 09:00")
    for number, text in enumerate(NASTY, 1):
        bot.say("uvw.ao.1", f"!signaal Titel {number} {text}", room="AO")
        bot.say("vng.ao.2", f"!signaal Titel {number} {text}", room="dm")
    for number, text in enumerate(NASTY, 1):
        bot.say("rijk.secr.1", f"!actie @vng.ao.2 taak {number} {text} uiterlijk 5 februari", room="AO")
        bot.say("ipo.ao.1", f"!weeg {number} afwijzen want {text}", room="AO")
        bot.say("rijk.ao.0", f"!weeg {number} afhandelen actualiteit", room="AO")
        bot.say("vng.ao.1", f"!escaleer {number} want {text} vraag: {text} hoofdlijn: {text}", room="AO")
        bot.say("rijk.ao.0", f"!akkoord {number}", room="AO")
        bot.say("rijk.do.1", f"!delegeer {number} {text}, uiterlijk 18 maart", room="DO")
        bot.say("vng.ao.1", f"!toon {number}", room="AO")
        bot.say("vng.ao.1", f"!vulaan {number} {text}", room="AO")
        bot.say("vng.ao.1", f"!{text}", room="AO")
        bot.say("vng.ao.1", f"!toon {text}", room="AO")
        bot.say("vng.ao.1", f"!wie {text}", room="dm")
        bot.say("rijk.secr.1", f"!agendeer {text} voor AO aard:bespreking horizon:strategie", room="AO")
        bot.say("rijk.secr.1", f"!werkgroep Groep {number} {text} opdracht: {text} tot 1 juli", room="AO")
    bot.until(at("2027-01-18 08:31"))
    for typed in ("!signalen", "!acties", "!agenda", "!digest", "!zwevend", "!mijn", "!help alles", "!werkgroepen"):
        bot.say("rijk.secr.1", typed, room="AO")
        bot.say("vng.ao.2", typed, room="dm")
    bot.until(at("2027-06-01 09:00"))
    assert len(bot.log) > 200
    return bot


@pytest.fixture(scope="module")
def make_module_bot(structure: object, people: object) -> Iterator[Callable[[str], TestBot]]:
    from bot.testing import Simulation

    made: list[Simulation] = []

    def make(start: str) -> TestBot:
        made.append(Simulation(structure, people))  # type: ignore[arg-type]
        return TestBot(made[-1], at(start))

    yield make
    for simulation in made:
        simulation.close()


@pytest.fixture(scope="module")
def addresses(long_talk: TestBot) -> dict[str, str]:
    return {person.id: f"@{person.id}:overleg.example" for person in long_talk.simulation.people.people}


def test_the_html_is_ours_alone_and_links_only_to_people_of_the_register(
    long_talk: TestBot, addresses: dict[str, str]
) -> None:
    links: set[str] = set()
    for row in said(long_talk):
        reader = Reader()
        reader.feed(matrix_html(from_data(row.message), addresses))
        reader.close()
        assert reader.open == [], row.key
        links |= set(reader.links)
    assert links
    assert links <= {f"{BASE}{address}" for address in addresses.values()}


def test_the_html_for_teams_is_ours_alone_and_calls_only_people_of_the_register(
    long_talk: TestBot, addresses: dict[str, str]
) -> None:
    called: set[str] = set()
    for row in said(long_talk):
        reader = Reader(("at", "id"))
        reader.feed(teams_html(from_data(row.message), addresses))
        reader.close()
        assert reader.open == [], row.key
        called |= set(reader.links)
    assert called
    assert called <= set(addresses.values())


def test_both_forms_are_complete_and_say_the_same(long_talk: TestBot, addresses: dict[str, str]) -> None:
    for row in said(long_talk):
        message = from_data(row.message)
        bare = Message(tuple(Listing(b.items) if isinstance(b, Listing) else b for b in message.blocks))
        reader = Reader()
        reader.feed(matrix_html(bare, addresses))
        assert "".join(re.findall(r"\w+", reader.text)) == "".join(re.findall(r"\w+", plain(bare))), row.key
        assert plain(message).strip(), row.key


def test_nothing_turns_the_reading_order_or_hides(long_talk: TestBot, addresses: dict[str, str]) -> None:
    for row in said(long_talk):
        message = from_data(row.message)
        assert HIDDEN.search(plain(message)) is None, row.key
        assert HIDDEN.search(matrix_html(message, addresses)) is None, row.key


def test_there_are_headings_and_lists_and_no_tables(long_talk: TestBot, addresses: dict[str, str]) -> None:
    seen: set[str] = set()
    for row in said(long_talk):
        reader = Reader()
        reader.feed(matrix_html(from_data(row.message), addresses))
        seen |= set(reader.tags)
    assert {"h3", "h4", "ul", "ol", "li", "p", "strong", "a"} <= seen


def test_only_those_addressed_are_notified_whatever_the_text_says(long_talk: TestBot) -> None:
    for row in said(long_talk):
        message = from_data(row.message)
        mentions = tuple(f"@{person}:overleg.example" for person in row.mentions)
        for part in sending.render(message, {}):
            content = sending.content_of(Parcel(row.key, "!ao", False, part, mentions=mentions))
            assert content["m.mentions"] == ({"user_ids": list(mentions)} if mentions else {})
            assert "room" not in content["m.mentions"]


def test_a_long_digest_is_split_at_its_sections_and_every_part_fits(
    long_talk: TestBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = [row for row in said(long_talk) if row.kind == "digest"]
    assert rows
    monkeypatch.setattr(sending, "_CONTENT_BYTES", 2500)
    several = 0
    for row in rows:
        message = from_data(row.message)
        parts: list[Rendered] = list(sending.render(message, {}))
        several += len(parts) > 1
        assert all(len(part.text.encode()) <= 2500 for part in parts)
        assert "".join(re.findall(r"\w+", "".join(p.text for p in parts))) == "".join(
            re.findall(r"\w+", plain(message))
        )
    assert several
