"""A message as a file, for those who are not in the chat: on paper, or as plain text to send on (digests.md §3.4)."""

from __future__ import annotations

from collections.abc import Iterable
from enum import StrEnum

from commands.kit.files import Document, File, FileFormat, Link
from commands.kit.reply import Heading, Message, flat


class Printed(StrEnum):
    """Forms of a text."""

    PDF = "pdf"
    ODT = "odt"
    TEXT = "tekst"


PRINTED_WORDS = {"txt": "tekst", "platte tekst": "tekst", "text": "tekst", "writer": "odt", "papier": "pdf"}
_FORMS: dict[Printed, FileFormat] = {Printed.PDF: "pdf", Printed.ODT: "odt", Printed.TEXT: "txt"}


def document_of(message: Message, title: str = "") -> Document:
    """The message as a document; its first heading is the title, unless another one is given."""
    blocks = message.blocks
    if not title and blocks and isinstance(blocks[0], Heading):
        return Document(flat(blocks[0].line), blocks[1:])
    return Document(title or "Overzicht", blocks)


def printed(document: Document, name: str, form: Printed) -> File:
    """The document as a file; `name` has no extension yet."""
    return File(f"{name}.{_FORMS[form]}", _FORMS[form], document)


def links(papers: Iterable[str]) -> tuple[Link, ...]:
    """Those papers that lie on the web, to click on; whatever else was typed stays text."""
    return tuple(Link(paper, paper) for paper in papers if paper.startswith(("https://", "http://")))
