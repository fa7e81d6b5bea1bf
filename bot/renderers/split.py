"""One message in parts that fit a platform, cut where a reader would: at a section, a paragraph, an item of a list."""

from __future__ import annotations

from collections.abc import Callable, Iterator

from commands.kit.reply import Block, Code, Heading, Line, Listing, Mention, Message, Span, Strong, Text

Fits = Callable[[Message], bool]
_MORE = "…"


def split(message: Message, fits: Fits) -> list[Message]:
    """The message in as few parts as fit, in order, nothing lost.

    A heading stays with what follows it. Only a line that is too long by itself is cut within, at a space, marked
    with `…` on both sides. What does not fit however small (one mention, one word without the marks) is a part still.
    """
    if fits(message):
        return [message]
    parts: list[Message] = []
    _pour(parts, message, fits, 0)
    return parts


def _pour(parts: list[Message], unit: Message, fits: Fits, depth: int) -> None:
    """Add the unit to the last part, else as a new part, else the pieces of it one by one."""
    if parts and fits(joined := _join(parts[-1], unit)):
        parts[-1] = joined
    elif fits(unit):
        parts.append(unit)
    elif depth < len(_CUTTERS):
        for piece in _CUTTERS[depth](unit):
            _pour(parts, piece, fits, depth + 1)
    else:
        parts.extend(_cut_last_line(unit, fits))


def _join(first: Message, second: Message) -> Message:
    """Both after each other; a list that was cut becomes one list again."""
    if first.blocks and second.blocks:
        one, two = first.blocks[-1], second.blocks[0]
        if isinstance(one, Listing) and isinstance(two, Listing) and _continues(one, two):
            whole = Listing(one.items + two.items, one.ordered, one.start)
            return Message((*first.blocks[:-1], whole, *second.blocks[1:]))
    return first + second


def _continues(one: Listing, two: Listing) -> bool:
    return one.ordered == two.ordered and (not one.ordered or two.start == one.start + len(one.items))


def _sections(message: Message) -> Iterator[Message]:
    """From heading to heading; headings that follow each other stay together."""
    section: list[Block] = []
    for block in message.blocks:
        if isinstance(block, Heading) and section and not isinstance(section[-1], Heading):
            yield Message(tuple(section))
            section = []
        section.append(block)
    if section:
        yield Message(tuple(section))


def _blocks(message: Message) -> Iterator[Message]:
    """Block by block, each with the headings before it."""
    held: list[Block] = []
    for block in message.blocks:
        held.append(block)
        if not isinstance(block, Heading):
            yield Message(tuple(held))
            held = []
    if held:
        yield Message(tuple(held))


def _items(message: Message) -> Iterator[Message]:
    """A list item by item, the first with the headings before the list."""
    *heads, last = message.blocks
    if not isinstance(last, Listing) or not last.items:
        yield message
        return
    for offset, item in enumerate(last.items):
        piece = Listing((item,), last.ordered, last.start + offset)
        yield Message((*heads, piece) if offset == 0 else (piece,))


def _lines(message: Message) -> Iterator[Message]:
    """An item line by line: the first as the item, the others as paragraphs."""
    *heads, last = message.blocks
    if not isinstance(last, Listing) or not last.items or len(last.items[0]) < 2:
        yield message
        return
    first, *others = last.items[0]
    yield Message((*heads, Listing(((first,),), last.ordered, last.start)))
    for line in others:
        yield Message((Text(line),))


_CUTTERS: tuple[Callable[[Message], Iterator[Message]], ...] = (_sections, _blocks, _items, _lines)


def _cut_last_line(message: Message, fits: Fits) -> Iterator[Message]:
    """Parts of a unit whose last block is one line that is too long; headings before it that are themselves too long
    are parts of their own."""
    *heads, block = message.blocks
    if heads and not fits(Message(tuple(heads))):
        for head in heads:
            yield from _cut_last_line(Message((head,)), fits)
        heads = []
    line, before, skip = _only_line(block), tuple(heads), 0
    while not fits(Message((*before, _with_line(block, line)))):
        at = _cut_place(before, block, line, skip, fits)
        if at is None:
            break
        yield Message((*before, _with_line(block, _upto(line, at))))
        line = (f"{_MORE} ", *_slice(line, at, _size(line)))
        before, block, skip = (), Text(""), len(f"{_MORE} ")
    yield Message((*before, _with_line(block, line)))


def _cut_place(before: tuple[Block, ...], block: Block, line: Line, skip: int, fits: Fits) -> int | None:
    """After the last space of the longest beginning that fits, else at its end; None if nothing past `skip` fits."""
    low, high = skip, _size(line) - 1
    while low < high:
        middle = (low + high + 1) // 2
        if fits(Message((*before, _with_line(block, _upto(line, middle))))):
            low = middle
        else:
            high = middle - 1
    shown = "".join(_text(span) for span in _slice(line, skip, low))
    if not shown:
        return None
    return skip + shown.rfind(" ") + 1 if " " in shown else low


def _upto(line: Line, at: int) -> Line:
    return (*_slice(line, 0, at), _MORE)


def _only_line(block: Block) -> Line:
    if isinstance(block, Listing):
        return block.items[0][0] if block.items and block.items[0] else ""
    return block.line


def _with_line(block: Block, line: Line) -> Block:
    if isinstance(block, Listing):
        return block if not block.items else Listing(((line,),), block.ordered, block.start)
    return Heading(line, block.level) if isinstance(block, Heading) else Text(line)


def _spans(line: Line) -> tuple[Span, ...]:
    return (line,) if isinstance(line, str) else line


def _text(span: Span) -> str:
    """As many characters as a cut may count; a mention counts as one and is never cut."""
    if isinstance(span, Mention):
        return "@"
    return span if isinstance(span, str) else span.text


def _size(line: Line) -> int:
    return sum(len(_text(span)) for span in _spans(line))


def _slice(line: Line, start: int, end: int) -> tuple[Span, ...]:
    found: list[Span] = []
    offset = 0
    for span in _spans(line):
        text = _text(span)
        here = text[max(0, start - offset) : max(0, end - offset)]
        offset += len(text)
        if not here:
            continue
        if isinstance(span, Strong | Code):
            found.append(type(span)(here))
        else:
            found.append(span if isinstance(span, Mention) else here)
    return tuple(found)
