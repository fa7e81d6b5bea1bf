"""The table of all commands in the README, from the declarations.

`python -m bot.commands_table` prints it; with a file it renews the table between the marks in that file.
"""

from __future__ import annotations

import sys
from collections.abc import Sequence
from pathlib import Path

from commands.catalogue import ALL
from commands.kit.declare import EVERYONE, Command, Right, Where
from commands.words.people import ROLE_TITLES

HEAD = ("Opdracht", "Wat", "Voorbeeld", "Wie")
MARKS = ("<!-- opdrachten -->\n", "\n<!-- /opdrachten -->")
EVERYBODY = "iedereen die de bot kent"
WHERE = {
    Where.HERE: "in het gremium van de kamer",
    Where.FILTER: "in het filter (AO)",
    Where.TIER: "in een vast overleg",
    Where.GROUP: "in een werkgroep of programma",
    Where.ANY: "in elk gremium",
}


def table(commands: Sequence[Command] = ALL) -> str:
    """The commands by name, as a Markdown table without a line end after the last row."""
    rows = [HEAD, ("---",) * len(HEAD), *(_row(one) for one in sorted(commands, key=lambda one: one.name))]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)


def _row(one: Command) -> tuple[str, str, str, str]:
    names = ", ".join(f"`!{name}`" for name in (one.name, *one.aliases))
    return names, one.help, f"`{one.example}`", rights(one.who)


def rights(who: Sequence[Right]) -> str:
    """Who may use a command and where, in Dutch; what someone may only propose comes last."""
    if set(who) & set(EVERYONE):
        return EVERYBODY
    cells: dict[tuple[bool, Where], list[str]] = {}
    for right in who:
        if right.role != "bekend" and not right.explain:
            cells.setdefault((right.propose, right.where), []).append(ROLE_TITLES[right.role])
    said = []
    for (propose, where), titles in sorted(cells.items(), key=lambda cell: cell[0][0]):
        opening = "voorstellen: " if propose else ""
        said.append(f"{opening}{', '.join(dict.fromkeys(titles))} {WHERE[where]}")
    return "; ".join(said)


def renew(text: str) -> str:
    """The text with the table between the marks as it is now. ValueError without the marks."""
    before, rest = text.split(MARKS[0], 1)
    _, after = rest.split(MARKS[1], 1)
    return before + MARKS[0] + table() + MARKS[1] + after


if __name__ == "__main__":
    if len(sys.argv) > 1:
        page = Path(sys.argv[1])
        page.write_text(renew(page.read_text(encoding="utf-8")), encoding="utf-8")
    else:
        print(table())
