"""How a digest is laid out: sections in a fixed order, cut from below when it gets too long, never a decision."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.kit.reply import Block, Heading, Line, Listing, Message, Strong, Text, flat


@dataclass(frozen=True)
class Section:
    """`none` is said in one line in place of an empty section that may not vanish; a heading would promise something
    below it. `keep` marks what is never cut, `most` how many entries are shown at first. `numbers` are the entries'
    own numbers. `more` says what is left out: "en nog 4 punten ter kennisname"."""

    heading: str
    entries: tuple[tuple[Line, ...], ...] = ()
    none: str = ""
    keep: bool = False
    most: int | None = None
    numbers: tuple[int, ...] = ()
    more: str = ""


def lay_out(head: Sequence[Block], sections: Sequence[Section], foot: Sequence[Block], words: int) -> Message:
    """The whole digest in at most that many words, as far as leaving out whole entries can do it (digests.md §1.0).

    The lowest section gives way first, entry by entry, to a count. What is `keep` stays, so the result can be longer.
    """
    shown = [len(one.entries) if one.most is None else min(one.most, len(one.entries)) for one in sections]
    while True:
        message = Message(
            (*head, *(block for one, n in zip(sections, shown, strict=True) for block in _blocks(one, n)), *foot)
        )
        lowest = next((at for at in reversed(range(len(shown))) if shown[at] and not sections[at].keep), None)
        if lowest is None or count_words(message) <= words:
            return message
        shown[lowest] -= 1


def _blocks(section: Section, shown: int) -> list[Block]:
    if not section.entries:
        name, _, nothing = section.none.partition(": ")
        return [Text((Strong(f"{name}:"), f" {nothing}."))] if section.none else []
    blocks: list[Block] = [Heading(section.heading)] if section.heading else []
    entries = section.entries[:shown]
    if section.numbers:
        blocks += numbered(entries, section.numbers[:shown])
    elif entries:
        blocks.append(Listing(entries))
    left = len(section.entries) - shown
    if left:
        blocks.append(Text(f"En nog {left} {section.more}." if section.more and left > 1 else f"En nog {left}."))
    return blocks


def numbered(entries: Sequence[tuple[Line, ...]], numbers: Sequence[int]) -> list[Block]:
    """Lists in which every entry keeps its own number: one list for each run of following numbers."""
    runs: list[tuple[int, list[tuple[Line, ...]]]] = []
    for number, entry in zip(numbers, entries, strict=True):
        if runs and runs[-1][0] + len(runs[-1][1]) == number:
            runs[-1][1].append(entry)
        else:
            runs.append((number, [entry]))
    return [Listing(tuple(run), ordered=True, start=start) for start, run in runs]


def count_words(message: Message) -> int:
    """Words as a reader counts them: what stands between spaces."""
    lines: list[Line] = []
    for block in message.blocks:
        lines += [line for item in block.items for line in item] if isinstance(block, Listing) else [block.line]
    return words_of(lines)


def words_of(lines: Sequence[Line]) -> int:
    """The words of these lines together."""
    return sum(len(flat(line).split()) for line in lines)
