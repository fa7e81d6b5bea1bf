"""The shipped templates of bodies within a programme, from TOML to words (domain.md §2.1, R-119..R-134)."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache
from importlib.resources import files
from pathlib import Path

from commands.words.template import Seat, Template, TemplateBody
from config.reader import Source, Table

SHIPPED = ("uitvoeringsprogramma",)


@cache
def load_templates() -> tuple[Template, ...]:
    """Every template that ships. Raises ConfigFaults with all faults of a file at once."""
    return tuple(_template(name) for name in SHIPPED)


def templates_named(names: Iterable[str], folder: Path) -> tuple[Template, ...]:
    """Those that a structure file names: of those that ship, or as files beside it. Raises ConfigFaults as above."""
    return tuple(_template(name) if name in SHIPPED else read_template(Source.of(folder / name)) for name in names)


def _template(name: str) -> Template:
    source = Source(f"{name} (shipped)", files("config").joinpath("shipped", f"{name}.toml").read_bytes())
    return read_template(source)


def read_template(source: Source) -> Template:
    """A template from a file; raises ConfigFaults with all its faults."""
    root = source.root()
    bodies = tuple(_body(table) for table in root.tables("body", label="code"))
    made = Template(
        name=root.needed("name") or "",
        bodies=bodies,
        authorities=root.number("authorities", 0, 1000) or 0,
        routes=root.texts("routes") or (),
    )
    codes = [body.code for body in bodies]
    if len(set(codes)) < len(codes):
        root.fault("body", "has a code twice")
    root.close()
    source.check()
    return made


def _body(table: Table) -> TemplateBody:
    seat = table.choice("seat", Seat)
    if seat is None:
        table.fault("seat", f"is missing: {', '.join(Seat)}")
    decides = table.texts("decides") or ()
    if decides and seat is not Seat.STEERING:
        table.fault("decides", "is for a stuurgroep: the other bodies prepare and do (R-119)")
    made = TemplateBody(
        code=table.needed("code") or "?",
        name=table.needed("name") or "?",
        seat=seat or Seat.PROJECT,
        all_parties=bool(table.flag("all_parties")),
        decides=decides,
    )
    table.close()
    return made
