"""What people typed, so that a reader of Markdown shows it as it is (the TextBlocks of an Adaptive Card read it)."""

from __future__ import annotations

import re

from bot.renderers.clean import clean
from commands.kit.reply import Code, Line, Mention, Span, Strong

#: Emphasis, code, headings, links, tags, tables, entities, and the functions of a card (`{{DATE(…)}}`).
_MARKS = re.compile(r"[\\`*_#\[\]<>~|{}&]")
#: What only makes an address of words that stand together: "https://", "overleg.example", "iemand@overleg".
_ADDRESSES = re.compile(r"(?<=\w)(?::(?=//)|@(?=\w)|\.(?=[^\W\d_]))|/(?=/)|(?<=/)/")
#: What a line would begin a list, a rule or an underline with.
_BEGINNING = re.compile(r"(?P<number>\d+)(?=[.)])|(?=[-+=])")


def escaped(text: str) -> str:
    """The text on one line with a backslash before every mark; a reader of Markdown shows the text unchanged."""
    return _MARKS.sub(r"\\\g<0>", _ADDRESSES.sub("\x00\\g<0>", clean(text))).replace("\x00", "\\")


def line_of(line: Line, named: dict[str, str]) -> str:
    """One line of a message in Markdown, safe at the beginning of a paragraph or an item; "" when nothing is shown.

    `named` gives what stands for a person who can be called; others are named only. Strong words and what is to be
    typed are bold, where Markdown can tell so.
    """
    spans = _merged(line)
    pieces: list[str] = []
    for number, span in enumerate(spans):
        if isinstance(span, Strong | Code):
            before = pieces[-1] if pieces else ""
            after = spans[number + 1] if number + 1 < len(spans) else ""
            pieces.append(_bold(clean(span.text), before, after if isinstance(after, str) else "x"))
        elif isinstance(span, Mention):
            pieces.append(named.get(span.person, f"@{escaped(span.label)}"))
        else:
            pieces.append(escaped(span))
    return _begun("".join(pieces).strip())


def _merged(line: Line) -> list[Span]:
    """The spans that show something, texts beside each other as one, so that no mark is made of two."""
    found: list[Span] = []
    for span in (line,) if isinstance(line, str) else line:
        if isinstance(span, str) and found and isinstance(found[-1], str):
            found[-1] += span
        elif isinstance(span, Mention) or clean(span if isinstance(span, str) else span.text):
            found.append(span)
    return found


def _bold(text: str, before: str, after: str) -> str:
    """Bold when words are all there is around the marks; Markdown reads `**` beside other signs in ways of its own."""
    opens = not before or before[-1].isspace()
    closes = not after or after[0].isspace() or (text[-1:].isalnum() and not (after[0].isalnum() or after[0] == "_"))
    if not text.strip() or text != text.strip() or not (opens and closes):
        return escaped(text)
    return f"**{escaped(text)}**"


def _begun(text: str) -> str:
    """With a backslash where the line begins like a list."""
    match = _BEGINNING.match(text)
    if match is None:
        return text
    return f"{match['number'] or ''}\\{text[match.end() :]}"
