"""Documents and lists that a secretary can edit: OpenDocument text (ODT) and spreadsheet (ODS).

Every cell is a text or a date with its own type, never a formula; what people typed is only ever the text of a node.
"""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Sequence
from contextlib import suppress
from datetime import date, datetime
from typing import Any

from bot.renderers import odf_styles as styles
from bot.renderers.clean import clean
from bot.renderers.columns import is_wide, readable, untitled, widths
from bot.renderers.outline import outline
from commands.kit.files import Document, Link, Table
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Span, Strong, Text

_ISO = re.compile(r"\d{4}-\d\d-\d\d")
#: No moment goes into the file, so that the same contents are the same file.
_NO_TIME = datetime(2000, 1, 1)  # noqa: DTZ001 (ODF keeps no zone)


def odt(content: Document | Table) -> bytes:
    """The document as OpenDocument text, with real headings, lists and tables with a header row."""
    from odfdo import Document as Odf

    document = readable(content if isinstance(content, Document) else Document(content.title, (untitled(content),)))
    made = Odf("text")
    _name(made, document.title)
    body = made.body
    body.clear()
    wide = is_wide(document.parts)
    styles.page(made, wide=wide)
    styles.plain_headings(made)
    styles.text_styles(made, wide=wide)
    body.append(_heading(document.title, 1))
    for number, (part, level) in enumerate(outline(document), 1):
        if isinstance(part, Table):
            elements = _table(made, part, number, level + 1, wide=wide)
        else:
            elements = _elements(part, level + 1)
        for element in elements:
            body.append(element)
    return _bytes(made)


def ods(content: Document | Table) -> bytes:
    """The lists as a spreadsheet, one sheet each, with a header row; dates are dates, everything else is text."""
    from odfdo import Document as Odf

    tables = [content] if isinstance(content, Table) else [one for one in content.parts if isinstance(one, Table)]
    if not tables:
        raise ValueError(f"{content.title}: no list to put in a spreadsheet")
    made = Odf("spreadsheet")
    _name(made, content.title)
    made.body.clear()
    styles.sheet_styles(made)
    styles.printed_whole(made)
    for number, one in enumerate(tables, 1):
        made.body.append(_sheet(one, number, styles.sheet_columns(made, number, widths(one))))
    styles.frozen_header(made, [_sheet_name(one.title, number) for number, one in enumerate(tables, 1)])
    return _bytes(made)


# --- text ------------------------------------------------------------------------------------------------------------
def _elements(part: Block | Link, level: int) -> list[Any]:
    from odfdo import Link as OdfLink
    from odfdo import List, ListItem, Paragraph

    match part:
        case Heading():
            return [_heading(_plain(part.line), level)]
        case Text():
            paragraph = _paragraph(part.line)
            paragraph.set_attribute("text:style-name", styles.PARAGRAPH)
            return [paragraph]
        case Link():
            paragraph = Paragraph("", style=styles.PARAGRAPH)
            paragraph.append(OdfLink(part.address, text=clean(part.label)))
            return [paragraph]
        case Listing():
            listed = List(style=styles.NUMBERS if part.ordered else styles.BULLETS)
            for number, lines in enumerate(part.items):
                item = ListItem()
                if part.ordered and number == 0 and part.start != 1:
                    item.set_attribute("text:start-value", str(part.start))
                for line in lines:
                    item.append(_paragraph(line))
                listed.append(item)
            return [listed]


def _heading(text: str, level: int) -> Any:
    from odfdo import Header

    return Header(level, clean(text), style=f"Heading_20_{level}")


def _paragraph(line: Line) -> Any:
    from odfdo import Paragraph, Span

    paragraph = Paragraph("")
    for span in (line,) if isinstance(line, str) else line:
        style = "Strong" if isinstance(span, Strong) else "Typed" if isinstance(span, Code) else None
        if style:
            paragraph.append(Span(clean(_words(span)), style=style))
        else:
            paragraph.append_plain_text(clean(_words(span)))
    return paragraph


def _words(span: Span) -> str:
    match span:
        case str():
            return span
        case Strong() | Code():
            return span.text
        case Mention():
            return span.label


def _plain(line: Line) -> str:
    return line if isinstance(line, str) else "".join(_words(span) for span in line)


def _table(made: Any, table: Table, number: int, level: int, *, wide: bool) -> list[Any]:
    """A table in a text: its first row is marked as header, so that it is read out and repeated on each page."""
    from odfdo import Element, HeaderRows, Row
    from odfdo import Table as OdfTable

    title = [_heading(table.title, level)] if clean(table.title).strip() else []
    if not table.rows:
        return [*title, _paragraph("Geen.")]
    shown = OdfTable(_sheet_name(table.title, number))
    shown.clear()
    shown.set_attribute("table:name", _sheet_name(table.title, number))
    whole, columns = styles.text_columns(made, number, widths(table), wide=wide)
    shown.set_attribute("table:style-name", whole)
    for name in columns:
        column = Element.from_tag("table:table-column")
        column.set_attribute("table:style-name", name)
        shown.append(column)
    head = HeaderRows()
    head.append(_text_row([(Strong(name),) for name in table.columns], Row, styles.TEXT_HEAD))
    shown.append(head)
    for row in table.rows:
        shown.append(_text_row(row, Row, styles.TEXT_CELL))
    return [*title, shown]


def _text_row(cells: Sequence[Line], kind: Any, style: str) -> Any:
    from odfdo import Cell

    row = kind()
    row.clear()
    for line in cells:
        cell = Cell(cell_type="string", text="")
        cell.clear()
        cell.set_attribute("office:value-type", "string")
        cell.set_attribute("table:style-name", style)
        paragraph = _paragraph(line)
        paragraph.set_attribute("text:style-name", styles.CELL_TEXT)
        cell.append(paragraph)
        row.append(cell)
    return row


# --- spreadsheets ----------------------------------------------------------------------------------------------------
def _sheet(table: Table, number: int, columns: Sequence[str]) -> Any:
    from odfdo import Cell, Element, HeaderRows, Row
    from odfdo import Table as OdfTable

    made = OdfTable(_sheet_name(table.title, number))
    for name in columns:
        column = Element.from_tag("table:table-column")
        column.set_attribute("table:style-name", name)
        made.append(column)
    top = Row()
    for place, name in enumerate(table.columns):
        top.set_cell(place, Cell(clean(name), cell_type="string", style=styles.SHEET_HEAD))
    head = HeaderRows()
    head.append(top)
    made.append(head)
    for one in table.rows:
        row = Row()
        for place, text in enumerate(one):
            row.set_cell(place, _cell(text))
        made.append(row)
    return made


def _cell(text: str) -> Any:
    """A date where the text is one and no more, else a text: also what looks like a number or a formula."""
    from odfdo import Cell

    if _ISO.fullmatch(text):
        with suppress(ValueError):
            return Cell(date.fromisoformat(text), cell_type="date", text=text, style=styles.SHEET_DATE)
    return Cell(clean(text), cell_type="string", style=styles.SHEET_CELL)


def _sheet_name(title: str, number: int) -> str:
    """A name that every spreadsheet takes: none of its special signs, not too long, never empty."""
    kept = "".join(sign if sign.isalnum() or sign in " -." else " " for sign in title)
    return " ".join(kept.split())[:30].strip() or f"Lijst {number}"


# --- the file --------------------------------------------------------------------------------------------------------
def _name(made: Any, title: str) -> None:
    made.meta.title = clean(title)
    made.meta.creation_date = made.meta.date = _NO_TIME
    made.meta.generator = "overlegbot"
    made.language = "nl-NL"


def _bytes(made: Any) -> bytes:
    """The file with its parts in order and without moments of their own: the same contents give the same bytes."""
    out = io.BytesIO()
    made.save(out)
    same = io.BytesIO()
    with zipfile.ZipFile(out) as old, zipfile.ZipFile(same, "w") as new:
        names = sorted(old.namelist(), key=lambda name: (name != "mimetype", name))
        for name in names:
            kind = zipfile.ZIP_STORED if name == "mimetype" else zipfile.ZIP_DEFLATED
            new.writestr(zipfile.ZipInfo(name, _NO_TIME.timetuple()[:6]), old.read(name), kind)
    return same.getvalue()
