"""How OpenDocument files look: page, headings without a number, lists with an indent, tables with lines."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

#: Widths in centimetres: what a line of text has, upright and on its side, and one letter of a cell.
UPRIGHT_TEXT, WIDE_TEXT, LETTER = 17.0, 25.7, 0.21
#: A column of a spreadsheet is never narrower than a date, or wider than this.
LEAST, MOST = 2.4, 9.0
BULLETS, NUMBERS = "Opsomming", "Nummering"
TEXT_CELL, TEXT_HEAD, CELL_TEXT, PARAGRAPH = "Vak", "Kopvak", "Vaktekst", "Alinea"
SHEET_CELL, SHEET_DATE, SHEET_HEAD = "Tekst", "Datum", "Kop"

#: A letter that every office has, with its like in LibreOffice and Word.
FONT = "Liberation Sans"
_LEVELS = 3
_LINE = "0.5pt solid #969696"


def page(made: Any, *, wide: bool) -> None:
    """A4, on its side for a wide list."""
    width, height = ("29.7cm", "21cm") if wide else ("21cm", "29.7cm")
    for layout in made.get_part("styles.xml").get_elements("//style:page-layout-properties"):
        layout.set_attribute("fo:page-width", width)
        layout.set_attribute("fo:page-height", height)
        layout.set_attribute("style:print-orientation", "landscape" if wide else "portrait")
        for side in ("top", "bottom", "left", "right"):
            layout.set_attribute(f"fo:margin-{side}", "2cm")


def plain_headings(made: Any) -> None:
    """A heading carries no number of its own: the points of an agenda have theirs."""
    for level in made.get_part("styles.xml").get_elements("//text:outline-level-style"):
        level.set_attribute("style:num-format", "")
        for name in ("style:num-suffix", "text:display-levels", "loext:num-list-format"):
            if level.get_attribute(name) is not None:
                level.del_attribute(name)


def text_styles(made: Any, *, wide: bool) -> None:
    """Strong and typed words, lists and the cells of tables."""
    _add(
        made,
        '<style:style style:name="Strong" style:family="text"><style:text-properties fo:font-weight="bold"/>'
        "</style:style>",
        '<style:style style:name="Typed" style:family="text"><style:text-properties fo:font-family="DejaVu Sans Mono"/>'
        "</style:style>",
        _list(BULLETS, '<text:list-level-style-bullet text:level="{}" text:bullet-char="•">', "bullet"),
        _list(NUMBERS, '<text:list-level-style-number text:level="{}" style:num-format="1" style:num-suffix=".">'),
        f'<style:style style:name="{CELL_TEXT}" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0cm"/>'
        f'<style:text-properties fo:font-family="{FONT}" fo:font-size="{8 if wide else 9}pt"/></style:style>',
        f'<style:style style:name="{PARAGRAPH}" style:family="paragraph" style:parent-style-name="Standard">'
        '<style:paragraph-properties fo:margin-top="0cm" fo:margin-bottom="0.2cm"/></style:style>',
        _text_cell(TEXT_CELL, ""),
        _text_cell(TEXT_HEAD, ' fo:background-color="#eeeeee"'),
    )


def _list(name: str, begin: str, kind: str = "number") -> str:
    levels = "".join(
        f"{begin.format(level)}"
        '<style:list-level-properties text:list-level-position-and-space-mode="label-alignment">'
        '<style:list-level-label-alignment text:label-followed-by="listtab" '
        f'text:list-tab-stop-position="{level * 0.75}cm" fo:text-indent="-0.65cm" fo:margin-left="{level * 0.75}cm"/>'
        f"</style:list-level-properties></text:list-level-style-{kind}>"
        for level in range(1, _LEVELS + 1)
    )
    return f'<text:list-style style:name="{name}">{levels}</text:list-style>'


def _text_cell(name: str, more: str) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-cell"><style:table-cell-properties '
        f'fo:padding="0.1cm" fo:border-top="{_LINE}" fo:border-bottom="{_LINE}" fo:border-left="none" '
        f'fo:border-right="none"{more}/></style:style>'
    )


def text_columns(made: Any, number: int, letters: Sequence[int], *, wide: bool) -> tuple[str, list[str]]:
    """The styles of the table and of its columns, which share the width of the text by what stands in them."""
    room = WIDE_TEXT if wide else UPRIGHT_TEXT
    names = [f"Lijst{number}.{place}" for place, _ in enumerate(letters, 1)]
    whole = f"Lijst{number}"
    _add(
        made,
        f'<style:style style:name="{whole}" style:family="table"><style:table-properties '
        f'style:width="{room}cm" table:align="margins"/></style:style>',
        *(_column(name, room * one / sum(letters)) for name, one in zip(names, letters, strict=True)),
    )
    return whole, names


def sheet_styles(made: Any) -> None:
    """Cells that wrap, dates as jjjj-mm-dd and a header that stands out."""
    _add(
        made,
        '<number:date-style style:name="Iso"><number:year number:style="long"/><number:text>-</number:text>'
        '<number:month number:style="long"/><number:text>-</number:text><number:day number:style="long"/>'
        "</number:date-style>",
        _sheet_cell(SHEET_CELL),
        _sheet_cell(SHEET_DATE, name=' style:data-style-name="Iso"'),
        _sheet_cell(
            SHEET_HEAD, more=' fo:background-color="#eeeeee"', text='<style:text-properties fo:font-weight="bold"/>'
        ),
    )


def _sheet_cell(style: str, *, name: str = "", more: str = "", text: str = "") -> str:
    return (
        f'<style:style style:name="{style}" style:family="table-cell" style:parent-style-name="Default"{name}>'
        f'<style:table-cell-properties fo:wrap-option="wrap" style:vertical-align="top"{more}/>'
        f'<style:paragraph-properties fo:text-align="start"/>{text}</style:style>'
    )


def sheet_columns(made: Any, number: int, letters: Sequence[int]) -> list[str]:
    """The styles of the columns of a sheet: wide enough for what stands in them, and for a date."""
    names = [f"Blad{number}.{place}" for place, _ in enumerate(letters, 1)]
    sizes = (min(max(one * LETTER, LEAST), MOST) for one in letters)
    _add(made, *(_column(name, size) for name, size in zip(names, sizes, strict=True)))
    return names


def _column(name: str, size: float) -> str:
    return (
        f'<style:style style:name="{name}" style:family="table-column"><style:table-column-properties '
        f'style:column-width="{size:.2f}cm"/></style:style>'
    )


def printed_whole(made: Any) -> None:
    """A sheet is printed on its side, as wide as the paper, without the words of the template above and below it."""
    page(made, wide=True)
    part = made.get_part("styles.xml")
    for layout in part.get_elements("//style:page-layout-properties"):
        layout.set_attribute("style:scale-to-X", "1")
        layout.set_attribute("style:scale-to-Y", "0")
    for name in ("header", "footer"):
        for one in part.get_elements(f"//style:master-page/style:{name}"):
            one.set_attribute("style:display", "false")


def frozen_header(made: Any, sheets: Sequence[str]) -> None:
    """The first row stays in sight when one reads on."""
    from odfdo import Element

    settings = made.get_part("settings.xml")
    [tables] = settings.get_elements('//config:config-item-map-named[@config:name="Tables"]')
    tables.clear()
    tables.set_attribute("config:name", "Tables")
    values = (
        ("VerticalSplitMode", "short", "2"), ("VerticalSplitPosition", "int", "1"), ("ActiveSplitRange", "short", "2"),
        ("PositionTop", "int", "0"), ("PositionBottom", "int", "1"),
    )  # fmt: skip
    for sheet in sheets:
        entry = Element.from_tag("config:config-item-map-entry")
        entry.set_attribute("config:name", sheet)
        for name, kind, value in values:
            item = Element.from_tag("config:config-item")
            item.set_attribute("config:name", name)
            item.set_attribute("config:type", kind)
            item.text = value
            entry.append(item)
        tables.append(entry)
    for active in settings.get_elements('//config:config-item[@config:name="ActiveTable"]'):
        active.text = sheets[0]


def _add(made: Any, *styles: str) -> None:
    from odfdo import Element

    place = made.get_part("content.xml").get_element("//office:automatic-styles")
    for style in styles:
        place.append(Element.from_tag(style))
