"""What people typed is shown as they typed it, and nothing of it formats, links or pings."""

from __future__ import annotations

import re
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.renderers.clean import clean
from bot.renderers.matrix_html import matrix_html
from bot.renderers.plain import plain
from bot.renderers.split import split
from commands.kit.reply import Code, Heading, Line, Listing, Mention, Message, Span, Strong, Text, say

ADDRESSES = {"vng.ao.2": "@jansen:overleg.example", "rws.ao.1": "@de/vries:overleg.example"}
NASTY = [
    "<b>vet</b><script>alert(1)</script>",
    "@room kom allen",
    "https://matrix.to/#/@admin:overleg.example",
    '"><a href="https://matrix.to/#/@admin:overleg.example">klik</a>',
    "SIG-1 \u202egnidelom\u202c",
    "een\nNieuwe regel: afgewezen",
    "nul\x00 en bel\x07",
    "&lt;li&gt; &amp;",
]
words = st.text(alphabet=st.characters(exclude_categories=()), max_size=40) | st.sampled_from(NASTY)
spans: st.SearchStrategy[Span] = st.one_of(
    words,
    words.map(Strong),
    words.map(Code),
    st.builds(Mention, st.sampled_from([*ADDRESSES, "onbekend"]), words),
)
lines: st.SearchStrategy[Line] = st.one_of(words, st.lists(spans, max_size=4).map(tuple))
items = st.lists(st.lists(lines, max_size=3).map(tuple), max_size=6).map(tuple)
blocks = st.one_of(
    st.builds(Heading, lines, st.sampled_from([1, 2])),
    st.builds(Text, lines),
    st.builds(Listing, items, st.booleans(), st.integers(1, 30)),
)
messages = st.lists(blocks, max_size=8).map(tuple).map(Message)


class Reader(HTMLParser):
    """Keeps the tags with their attributes, and the text."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.tags: list[tuple[str, dict[str, str | None]]] = []
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.append((tag, dict(attrs)))

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Reader:
    reader = Reader()
    reader.feed(html)
    reader.close()
    return reader


def words_of(text: str) -> list[str]:
    return re.findall(r"\w+", text)


@given(words)
def test_a_title_is_shown_unchanged_and_formats_nothing(title: str) -> None:
    seen = read(matrix_html(Message((Heading(title, 1),)), {}))
    assert [tag for tag, _ in seen.tags] == ["h3"] * bool(clean(title))
    assert seen.text == clean(title)
    assert clean(clean(title)) == clean(title)


@pytest.mark.parametrize("title", NASTY)
def test_a_hostile_title_keeps_its_words(title: str) -> None:
    seen = read(matrix_html(say(title), {}))
    assert [tag for tag, _ in seen.tags] == ["p"]
    assert words_of(seen.text) == words_of(re.sub(r"[\x00\x07\u202c\u202e]", "", title))
    assert "\n" not in plain(say(title))


@given(messages)
def test_html_has_only_our_own_tags_and_links_only_to_known_people(message: Message) -> None:
    seen = read(matrix_html(message, ADDRESSES))
    for tag, attributes in seen.tags:
        assert tag in {"h3", "h4", "p", "ul", "ol", "li", "br", "strong", "code", "a"}
        assert set(attributes) <= ({"href"} if tag == "a" else {"start"} if tag == "ol" else set())
        if tag == "a":
            assert attributes["href"] in {
                "https://matrix.to/#/@jansen:overleg.example",
                "https://matrix.to/#/@de%2Fvries:overleg.example",
            }


@given(messages)
def test_plain_text_and_html_carry_the_same_words(message: Message) -> None:
    bare = Message(tuple(Listing(b.items) if isinstance(b, Listing) else b for b in message.blocks))
    assert "".join(words_of(read(matrix_html(bare, ADDRESSES)).text)) == "".join(words_of(plain(bare)))


def test_a_message_reads_well_as_plain_text() -> None:
    message = Message(
        (
            Heading("Agenda AO", 1),
            Text(("Voor ", Mention("vng.ao.2", "VNG Jansen"), ": antwoord met ", Code("!akkoord 7"), ".")),
            Heading("Acties"),
            Listing((("Rapport", "uiterlijk vr 5 nov"), ("Brief",)), ordered=True, start=9),
            Listing((("los",),)),
        )
    )
    assert plain(message) == (
        "Agenda AO\n\nVoor @VNG Jansen: antwoord met `!akkoord 7`.\n\nActies\n\n"
        "9. Rapport\n   uiterlijk vr 5 nov\n10. Brief\n- los"
    )
    assert matrix_html(message, ADDRESSES) == (
        '<h3>Agenda AO</h3><p>Voor <a href="https://matrix.to/#/@jansen:overleg.example">VNG Jansen</a>: antwoord met '
        '<code>!akkoord 7</code>.</p><h4>Acties</h4><ol start="9"><li>Rapport<br>uiterlijk vr 5 nov</li><li>Brief</li>'
        "</ol><ul><li>los</li></ul>"
    )


def test_a_person_without_an_address_is_named() -> None:
    assert matrix_html(say((Mention("x", "Voorzitter <AO>"),)), {}) == "<p>@Voorzitter &lt;AO&gt;</p>"


@given(messages)
def test_what_fits_is_not_split(message: Message) -> None:
    assert split(message, lambda _: True) == [message]


@given(messages, st.integers(1, 120))
def test_a_split_message_loses_nothing_and_keeps_the_order(message: Message, limit: int) -> None:
    parts = split(message, lambda part: len(plain(part)) <= limit)
    assert "".join("".join(words_of(plain(part))) for part in parts) == "".join(words_of(plain(message)))


def test_a_long_message_is_split_at_its_sections() -> None:
    sections = [Message((Heading(f"Deel {n}"), Text("woord " * 20))) for n in range(6)]
    whole = sections[0]
    for section in sections[1:]:
        whole = whole + section
    parts = split(whole, lambda part: len(plain(part)) <= 300)
    assert [part.blocks[0] for part in parts] == [Heading("Deel 0"), Heading("Deel 2"), Heading("Deel 4")]
    assert tuple(block for part in parts for block in part.blocks) == whole.blocks


def test_a_long_list_goes_on_with_the_next_number() -> None:
    message = Message((Heading("Acties"), Listing(tuple((f"actie nummer {n}",) for n in range(1, 31)), ordered=True)))
    parts = split(message, lambda part: len(plain(part)) <= 120)
    assert parts[0].blocks[0] == Heading("Acties")
    assert "\n".join(plain(part) for part in parts) == plain(message)
    assert all(len(plain(part)) <= 120 for part in parts)


def test_one_huge_paragraph_is_cut_at_spaces_and_says_so() -> None:
    message = Message((Heading("Toelichting"), Text(("Eerst ", Strong("heel veel woorden " * 50), "slot"))))
    parts = split(message, lambda part: len(plain(part)) <= 100)
    shown = [plain(part) for part in parts]
    assert all(len(text) <= 100 for text in shown)
    assert shown[0].startswith("Toelichting\n\nEerst heel veel")
    assert all(text.endswith(" …") for text in shown[:-1])
    assert all(text.startswith("… ") for text in shown[1:])
    assert " ".join(text.strip("… ") for text in shown) == plain(message)


def test_a_word_without_spaces_is_cut_anywhere() -> None:
    parts = split(say("x" * 250), lambda part: len(plain(part)) <= 100)
    assert [len(plain(part)) for part in parts] == [100, 100, 56]
    assert sum(plain(part).count("x") for part in parts) == 250


def test_what_can_never_fit_is_still_said() -> None:
    assert [plain(part) for part in split(say("hallo"), lambda _: False)] == ["hallo"]
