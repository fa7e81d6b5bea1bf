"""The word lists of a structure: what means the same in signals, and the disciplines of people and groups."""

from __future__ import annotations

from commands.words.structure import Structure
from config.reader import Table


def synonyms(table: Table | None, base: Structure | None) -> tuple[tuple[str, ...], ...]:
    """`[synonyms]`: a word, and the words and abbreviations that mean the same when signals are compared."""
    found = base.synonyms if base else ()
    return (*found, *_lists(table, {}, filled=True)) if table is not None else found


def disciplines(table: Table | None, base: Structure | None) -> tuple[tuple[str, ...], ...]:
    """`[disciplines]`: a name, and the other words for it (R-207). A known name gets more words, a new one is added."""
    found = {one[0].casefold(): one for one in (base.disciplines if base else ())}
    if table is None:
        return tuple(found.values())
    owner = {word.casefold(): one[0] for one in found.values() for word in one}
    for name, *words in _lists(table, owner, filled=False):
        known = found.get(name.casefold(), (name,))
        more = [word for word in words if word.casefold() not in {one.casefold() for one in known}]
        found[name.casefold()] = (*known, *dict.fromkeys(more))
    return tuple(found.values())


def home_discipline(root: Table, listed: tuple[tuple[str, ...], ...], base: Structure | None) -> str:
    """`home_discipline`: the one that is not enough alone (R-153); "" asks no group about it."""
    if not root.has("home_discipline"):
        return base.home_discipline if base else ""
    word = root.text("home_discipline") or ""
    found = next((one[0] for one in listed if word.casefold() in (name.casefold() for name in one)), "")
    if word and not found:
        root.fault("home_discipline", f"{word} does not stand under [disciplines]")
    return found


def _lists(table: Table, owner: dict[str, str], *, filled: bool) -> list[tuple[str, ...]]:
    """Each key with its words; a word stands in one list only, whatever its case. `owner` has those of the base."""
    made: list[tuple[str, ...]] = []
    for name in table.values:
        words = table.texts(name)
        if words is None:
            continue
        if filled and not words:
            table.fault(name, "is empty")
        known = owner.get(name.casefold(), name)
        mine = known if known.casefold() == name.casefold() else name
        for word in (name, *words):
            other = owner.setdefault(word.casefold(), mine)
            if other != mine:
                table.fault(name, f"{word} also stands under {other}")
        made.append((name, *words))
    table.close()
    return made
