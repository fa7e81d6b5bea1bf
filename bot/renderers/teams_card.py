"""Messages as Adaptive Cards 1.5 for Teams: to read aloud in order, to answer with buttons and fields. Pure.

A button sends the key of its message and a word, as if that word was typed under it; what is filled in follows the
word. So a card can do nothing that typing cannot, and nothing secret is in it.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any, Literal, assert_never

from microsoft_teams.cards import (
    Action,
    AdaptiveCard,
    CardElement,
    Choice,
    ChoiceSetInput,
    ColumnDefinition,
    Container,
    DateInput,
    ExecuteAction,
    MentionedEntity,
    Table,
    TableCell,
    TableRow,
    TeamsCardProperties,
    TextBlock,
    TextInput,
    TimeInput,
)
from microsoft_teams.cards import Mention as CalledPerson

from bot.renderers import columns
from bot.renderers.clean import clean
from bot.renderers.markdown import escaped, line_of
from bot.renderers.plain import plain
from bot.renderers.split import split
from commands.kit import files
from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Message, Strong, Text, say

#: What a button sends: the key of the message in the outbox, the word it stands for, and the names of the fields whose
#: values follow the word.
KEY, WORD, FIELDS = "sleutel", "woord", "velden"
#: The names of the fields.
WHICH, CHOICE, FREE, DAY, CLOCK = "welke", "keuze", "tekst", "datum", "tijd"
CANCEL_WORD = "laat maar"
#: A card may be 28 KB as UTF-16 in the strictest of the pages that say so; that leaves room for the message around it.
MOST_BYTES = 24_000
#: A card is about as wide as a phone: more columns than this stand in lines of a letter.
_MOST_COLUMNS = 4
#: More buttons than this Teams puts behind a menu, or does not show.
_BESIDE = 6
#: A cell or a title longer than this is cut: the file has it whole.
_LONGEST_CELL = 300
_MOST_TEXT = 2_000


@dataclass(frozen=True)
class Button:
    """`word` is what pressing says, `typed` the command that does the same ("": the word itself, as a reply). `which`
    are the numbers it may be about, when the message shows several; then the reader chooses first."""

    word: str
    title: str
    typed: str = ""
    which: tuple[str, ...] = ()


@dataclass(frozen=True)
class Form:
    """An open question. `label` is what is asked; `options` are likely answers; `kind` is what else may be filled in,
    a `moment` being a day with or without a time."""

    label: str
    kind: Literal["text", "date", "moment"] = "text"
    options: tuple[str, ...] = ()


@dataclass(frozen=True)
class Card:
    """A card as JSON values, and the same complete as plain text, which is its `fallbackText` as well. `part` is the
    part of the message that it shows."""

    content: Mapping[str, Any]
    text: str
    part: Message = field(default_factory=lambda: Message(()))


def cards(
    message: Message,
    key: str,
    addresses: Mapping[str, str],
    *,
    buttons: Sequence[Button] = (),
    form: Form | None = None,
    tables: Sequence[files.Table] = (),
    called: str = "",
) -> tuple[Card, ...]:
    """The message in as few cards as fit, in order, nothing lost; the last one has the fields and the buttons.

    `addresses` gives the Entra object id of people who can be called, `called` the name without which nothing that is
    typed there reaches the bot ("" in private). Each table is a card of its own, cut to the rows that fit.
    """
    bodies = split(message, lambda part: _fits(_card(part, key, addresses, buttons, form, called)))
    found = [replace(_card(part, key, addresses), part=part) for part in bodies[:-1]]
    found.append(replace(_card(bodies[-1], key, addresses, buttons, form, called), part=bodies[-1]))
    return (*found, *(_table_card(table) for table in tables))


def replaced(
    message: Message,
    result: Message,
    addresses: Mapping[str, str],
    *,
    key: str = "",
    buttons: Sequence[Button] = (),
    called: str = "",
) -> Card:
    """What stands in the place of a card once it was answered: the same, under it the result, and what `buttons` are
    left.

    Of a message that has no room for it only the headings stay.
    """
    heads = Message(tuple(block for block in message.blocks if isinstance(block, Heading)))
    for before in (message, heads, Message(())):
        card = _card(before, key, addresses, buttons, None, called, result)
        if _fits(card):
            return card
    first = split(result, lambda part: _fits(_card(Message(()), key, addresses, result=part)))[0]
    return _card(Message(()), key, addresses, result=first)


def begun(content: Mapping[str, Any], words: Sequence[str], called: Sequence[tuple[str, str]]) -> dict[str, Any]:
    """A card with sentences of the bot before it, and under those the people it calls (Entra object id and name): Teams
    makes two messages of words beside a card, so they stand in it."""
    names = [(id, _name(name)) for id, name in called if _name(name)]
    lines = [*(escaped(one) for one in words), " ".join(f"<at>{name}</at>" for _, name in names)]
    told = [*words, " ".join(f"@{name}" for _, name in names), content["fallbackText"]]
    teams = dict(content["msteams"])
    if names:
        entities = [_called(id, name).model_dump(by_alias=True, exclude_none=True) for id, name in names]
        teams["entities"] = [*teams.get("entities", ()), *entities]
    blocks = [block.model_dump(by_alias=True, exclude_none=True) for block in _paragraphs(lines)]
    fallback = "\n".join(line for line in told if line)
    return {**content, "fallbackText": fallback, "msteams": teams, "body": [*blocks, *content["body"]]}


def _ways(buttons: Sequence[Button], form: Form | None, called: str) -> Message:
    """What to type for every button, for whoever presses none."""
    answers: list[str | Code] = ["het antwoord", Code(CANCEL_WORD)] if form is not None else []
    typed = [*answers, *(Code(one) for one in dict.fromkeys(button.typed or button.word for button in buttons))]
    if not typed:
        return Message(())
    reply = ", als antwoord hierop" if answers or any(not button.typed for button in buttons) else ""
    spans: list[str | Code] = [f"Typen kan ook{reply}{f', na @{called}' if called else ''}: "]
    for number, one in enumerate(typed):
        spans += [one, " of " if number == len(typed) - 2 else ", "]
    return say((*spans[:-1], "."))


# --- one card --------------------------------------------------------------------------------------------------------
def _card(
    message: Message,
    key: str,
    addresses: Mapping[str, str],
    buttons: Sequence[Button] = (),
    form: Form | None = None,
    called: str = "",
    result: Message | None = None,
) -> Card:
    which = list(dict.fromkeys(number for button in buttons for number in button.which))
    body = _blocks(message if form is None else _unasked(message, form), addresses)
    if result is not None:
        body.append(_result(result, addresses))
        message += result
    if which:
        body.append(_which(which))
    if form is not None:
        body += _fields(form)
    ways = _ways(buttons, form, called)
    body += _blocks(ways, addresses)
    actions = [*_answers(form, key), *(_action(button, key) for button in buttons)]
    for number, action in enumerate(actions):
        action.mode = "primary" if number < _BESIDE else "secondary"
    asked = say(f"Antwoorden: {', '.join(form.options)}.") if form is not None and form.options else Message(())
    return _made(body, list(actions), message + asked + ways, addresses)


def _unasked(message: Message, form: Form) -> Message:
    """Without the question at its end, which is the label of the field."""
    last = message.blocks[-1:]
    return Message(message.blocks[:-1]) if plain(Message(last)) == form.label.strip() else message


def _made(body: list[CardElement], actions: list[Action], said: Message, addresses: Mapping[str, str]) -> Card:
    text = plain(said)
    called = [_called(id, label) for id, label in _people(said, addresses)]
    card = AdaptiveCard(
        version="1.5",
        lang="nl",
        fallback_text=text,
        body=body,
        actions=actions or None,
        msteams=TeamsCardProperties(width="full", entities=called or None),
    )
    return Card(_whole(card.model_dump(by_alias=True, exclude_none=True)), text)


def _whole(value: Any) -> Any:
    """Numbers as the schema has them: the library writes a length as 2000.0, which not every client reads."""
    if isinstance(value, dict):
        return {name: _whole(one) for name, one in value.items()}
    if isinstance(value, list):
        return [_whole(one) for one in value]
    return int(value) if isinstance(value, float) and value.is_integer() else value


def _fits(card: Card) -> bool:
    return _size(card.content) <= MOST_BYTES


def _size(value: object) -> int:
    """About as many bytes as the JSON has in UTF-16, an escaped sign as two."""
    if isinstance(value, str):
        return 2 * (len(value) + value.count('"') + value.count("\\") + value.count("\n") + 3)
    if isinstance(value, Mapping):
        return sum(_size(name) + _size(one) for name, one in value.items()) + 4
    return sum(_size(one) for one in value) + 4 if isinstance(value, list) else 12


# --- what is read ----------------------------------------------------------------------------------------------------
def _blocks(message: Message, addresses: Mapping[str, str]) -> list[CardElement]:
    named = {person: f"<at>{_name(label)}</at>" for person, label in _labels(message, addresses).items()}
    return [element for block in message.blocks for element in _block(block, named)]


def _block(block: Block, named: dict[str, str]) -> list[CardElement]:
    match block:
        case Heading():
            text = line_of(block.line, named)
            return [_heading(text, block.level)] if text else []
        case Text():
            return _paragraphs([line_of(block.line, named)])
        case Listing():
            return _listing(block, named)
        case _:
            assert_never(block)


def _heading(text: str, level: int) -> TextBlock:
    size: Literal["Large", "Medium"] = "Large" if level <= 1 else "Medium"
    return TextBlock(text=text, style="heading", size=size, weight="Bolder", wrap=True)


def _paragraphs(texts: Sequence[str]) -> list[CardElement]:
    return [TextBlock(text=text, wrap=True) for text in texts if text]


def _listing(block: Listing, named: dict[str, str]) -> list[CardElement]:
    """A list that is read as one; where items have more lines, each item is a group that keeps them together."""
    items = [[line_of(line, named) for line in item] for item in block.items]
    signs = [f"{number}. " if block.ordered else "- " for number in range(block.start, block.start + len(items))]
    if all(len([text for text in item if text]) < 2 for item in items):
        shown = [sign + "".join(item) for sign, item in zip(signs, items, strict=True) if "".join(item)]
        return _paragraphs(["\n".join(shown)])
    found: list[CardElement] = []
    for sign, item in zip(signs if block.ordered else [""] * len(items), items, strict=True):
        first, *others = [text for text in item if text] or [""]
        if first:
            more: list[CardElement] = [TextBlock(text=text, wrap=True, spacing="None") for text in others]
            found.append(Container(items=[TextBlock(text=sign + first, wrap=True), *more], spacing="Small"))
    return found


def _result(result: Message, addresses: Mapping[str, str]) -> CardElement:
    return Container(items=_blocks(result, addresses), style="emphasis", separator=True)


# --- who is called ---------------------------------------------------------------------------------------------------
def _labels(message: Message, addresses: Mapping[str, str]) -> dict[str, str]:
    """The people who can be called, each with their label. Of two with one name the first: Teams knows them by it."""
    found: dict[str, str] = {}
    for block in message.blocks:
        lines = [line for item in block.items for line in item] if isinstance(block, Listing) else [block.line]
        for span in (span for line in lines if not isinstance(line, str) for span in line):
            if isinstance(span, Mention) and span.person in addresses and span.person not in found:
                name = _name(span.label)
                if name and name not in map(_name, found.values()):
                    found[span.person] = span.label
    return found


def _people(message: Message, addresses: Mapping[str, str]) -> list[tuple[str, str]]:
    return [(addresses[person], _name(label)) for person, label in _labels(message, addresses).items()]


def _called(id: str, name: str) -> CalledPerson:
    return CalledPerson(text=f"<at>{name}</at>", mentioned=MentionedEntity(id=id, name=name))


def _name(label: str) -> str:
    """A name without signs, since it has to stand in the text exactly as in the list of people who are called."""
    return " ".join(re.sub(r"[^\w .,'’-]|_", " ", clean(label)).split())


# --- what is answered ------------------------------------------------------------------------------------------------
def _action(button: Button, key: str) -> ExecuteAction:
    return _execute(button.title, button.word, key, (WHICH,) if button.which else ())


def _execute(title: str, word: str, key: str, fields: Sequence[str]) -> ExecuteAction:
    data = {KEY: key, WORD: word} | ({FIELDS: list(fields)} if fields else {})
    asks: Literal["auto", "none"] = "auto" if fields else "none"
    return ExecuteAction(title=_title(title), verb=word or "antwoord", data=data, associated_inputs=asks)


def _which(numbers: Sequence[str]) -> CardElement:
    return ChoiceSetInput(
        id=WHICH,
        label="Waarover gaat het?",
        is_required=True,
        error_message="Kies eerst waarover het gaat.",
        choices=[Choice(title=number, value=number) for number in numbers],
        style="compact",
    )


def _fields(form: Form) -> list[CardElement]:
    """The likely answers first; beside them there is always room for another one. Each field has a label of its own,
    which a screen reader says."""
    label = _title(form.label)
    found: list[CardElement] = []
    if form.options:
        choices = [Choice(title=_title(option), value=option) for option in form.options]
        found.append(ChoiceSetInput(id=CHOICE, label=label, choices=choices, style="expanded", wrap=True))
    only = not form.options
    own = label if only else "Of een ander antwoord"
    missing = "Vul een antwoord in, of kies Laat maar." if only else None
    if form.kind == "text":
        found.append(
            TextInput(
                id=FREE,
                label=own,
                max_length=_MOST_TEXT,
                is_multiline=only,
                is_required=only or None,
                error_message=missing,
            )
        )
    else:
        own = label if only else "Of een andere datum"
        found.append(DateInput(id=DAY, label=own, is_required=only or None, error_message=missing))
    if form.kind == "moment":
        found.append(TimeInput(id=CLOCK, label="Tijd, als die bekend is"))
    return found


def _answers(form: Form | None, key: str) -> list[ExecuteAction]:
    if form is None:
        return []
    free = {"text": (FREE,), "date": (DAY,), "moment": (DAY, CLOCK)}[form.kind]
    fields = ((CHOICE,) if form.options else ()) + free
    return [_execute("Antwoorden", "", key, fields), _execute("Laat maar", CANCEL_WORD, key, ())]


def _title(text: str) -> str:
    """Labels and titles of fields and buttons are no Markdown: as they are, on one line."""
    shown = clean(text).strip()
    return shown if len(shown) <= _LONGEST_CELL else f"{shown[:_LONGEST_CELL].rstrip()}…"


# --- tables ----------------------------------------------------------------------------------------------------------
def _table_card(table: files.Table) -> Card:
    """A list as a table, of as many rows as fit; how many are left out stands under it."""
    most = _most(len(table.rows), lambda rows: _fits(_with_rows(table, rows)))
    return _with_rows(table, most)


def _most(whole: int, fits: Callable[[int], bool]) -> int:
    """The largest number up to `whole` that fits, else 0."""
    low, high = 0, whole
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if fits(middle) else (low, middle - 1)
    return low


def _with_rows(table: files.Table, rows: int) -> Card:
    shown, left = [[_cell(cell) for cell in row] for row in table.rows[:rows]], len(table.rows) - rows
    names = [_cell(name) for name in table.columns]
    body = _block(Heading(_cell(table.title)), {})
    if len(names) > _MOST_COLUMNS:
        body += _listing(Listing(tuple(_item(names, row) for row in shown)), {})
    elif shown:
        widths = columns.widths(files.Table("", tuple(names), tuple(map(tuple, shown))))
        body.append(
            Table(
                columns=[ColumnDefinition(width=width) for width in widths],
                rows=[_row(names, header=True), *(_row(row) for row in shown)],
                first_row_as_headers=True,
                show_grid_lines=True,
            )
        )
    more = _left(left)
    body += _paragraphs([escaped(more)])
    told: list[Line] = ["; ".join(f"{n}: {c}" for n, c in zip(names, row, strict=True) if c) for row in shown]
    said = (Heading(_cell(table.title)), Listing(tuple((line,) for line in told)), Text(more))
    return _made(body, [], Message(said), {})


def _item(names: Sequence[str], row: Sequence[str]) -> tuple[Line, ...]:
    """A row of a wide table: what is in its first two columns, and under it the others that say something."""
    first: list[Strong | str] = [Strong(row[0]), f" {row[1]}"] if row[0] else [row[1]]
    more = [f"{name}: {cell}" for name, cell in zip(names[2:], row[2:], strict=True) if cell.strip("-– ")]
    return tuple(first), "; ".join(more)


def _left(rows: int) -> str:
    return "" if rows == 0 else "En nog 1 regel." if rows == 1 else f"En nog {rows} regels."


def _row(cells: Sequence[str], *, header: bool = False) -> TableRow:
    """An empty cell says so with a dash, so that nobody who listens loses the column."""
    if header:
        texts = [TextBlock(text=line_of(cell, {}) or "–", wrap=True, weight="Bolder") for cell in cells]
    else:
        texts = [TextBlock(text=line_of(cell, {}) or "–", wrap=True) for cell in cells]
    return TableRow(cells=[TableCell(items=[text]) for text in texts])


def _cell(text: str) -> str:
    return _title(text)
