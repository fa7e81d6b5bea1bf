"""The structure file: tiers, connections, parties, thresholds and calendar, from TOML to `Structure`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from datetime import time
from importlib.resources import files
from pathlib import Path
from typing import Any, TypeVar, get_args

from commands.words.calendar import NamedPeriod, PeriodKind, WorkCalendar
from commands.words.structure import Body, BodyKind, Lead, Party, Span, Structure, Thresholds
from commands.words.template import Template
from config.reader import Source, Table
from config.templates import load_templates, templates_named
from config.tiers import check_chain
from config.vocabulary import disciplines, home_discipline, synonyms

DEFAULT = "bijlage4"
#: The structures that ship with the bot; a file can also be named by its path.
SHIPPED = (DEFAULT, "voorbeeldjaar")

#: No stretch of days is longer: a quiet period without an end would silence the bot.
LONGEST_PERIOD = 366
_CODE = re.compile(r"[^\W_][\w+.&/-]*")

Named = TypeVar("Named", Body, Party)


def load_structure(path: Path | str | None = None) -> Structure:
    """The structure of a TOML file; None is the shipped default, and a shipped name (`SHIPPED`) may stand for a path.

    Raises ConfigFaults with all faults of the file at once (domain.md §2.1, R-009, R-027, R-043, G7).
    """
    return _Reading(_open(DEFAULT if path is None else path)).structure()


def _open(path: Path | str) -> Source:
    if str(path) in SHIPPED:
        return shipped_source(str(path))
    return Source.of(Path(path))


def shipped_source(name: str) -> Source:
    """A file of `config/shipped/`, wherever the package is installed."""
    return Source(f"{name} (shipped)", files("config").joinpath("shipped", f"{name}.toml").read_bytes())


@dataclass
class _Reading:
    """One structure file while it is read; `base` is what it extends."""

    source: Source

    def structure(self) -> Structure:
        root = self.source.root()
        base = self._base(root)
        name = root.text("name") or (Path(self.source.file).stem if base is None else base.name)
        parties = self._named(root, "party", base.parties if base else (), self._party)
        self.parties = Structure(name, (), parties)
        bodies = self._named(root, "body", base.bodies if base else (), self._body)
        topics = root.texts("topics")
        yearly = root.texts("yearly_topics")
        listed = disciplines(root.table("disciplines"), base)
        codes = {body.code.casefold(): body.code for body in bodies}
        made = Structure(
            name=name,
            bodies=tuple(replace(one, parent=codes.get((one.parent or "").casefold(), one.parent)) for one in bodies),
            parties=parties,
            thresholds=_thresholds(root.table("thresholds"), base.thresholds if base else Thresholds()),
            calendar=WorkCalendar((base.calendar.periods if base else ()) + tuple(_periods(root, self.parties))),
            topics=topics if topics is not None else base.topics if base else (),
            yearly_topics=yearly if yearly is not None else base.yearly_topics if base else (),
            bot_name=root.text("bot_name") or (base.bot_name if base else "Overlegbot"),
            misread_parties=self._misread(root.table("misread_parties"), base),
            no_parties=(base.no_parties if base else ()) + (root.texts("no_parties") or ()),
            synonyms=synonyms(root.table("synonyms"), base),
            authorities=(base.authorities if base else ()) + (root.texts("authorities") or ()),
            common_words=(base.common_words if base else ()) + (root.texts("common_words") or ()),
            templates=self._templates(root, base),
            disciplines=listed,
            home_discipline=home_discipline(root, listed, base),
            because=root.text("because") or "",
        )
        if not parties:
            root.fault("party", "is missing: name at least one party")
        self._check_words(root, "party", [(party.code, party.aliases) for party in parties])
        self._check_words(root, "body", [(body.code, body.aliases) for body in bodies])
        check_chain(made, root)
        root.close()
        self.source.check()
        return made

    def _templates(self, root: Table, base: Structure | None) -> tuple[Template, ...]:
        names = root.texts("templates")
        if names is None:
            return base.templates if base else load_templates()
        return templates_named(names, Path(self.source.file).parent)

    def _base(self, root: Table) -> Structure | None:
        name = root.text("extends")
        if name is None:
            return None
        if name not in SHIPPED or self.source.file == f"{name} (shipped)":
            root.fault("extends", f"must be the name of a shipped structure: {', '.join(SHIPPED)}")
            return None
        return load_structure(name)

    def _named(
        self, root: Table, key: str, base: tuple[Named, ...], read: Callable[[Table, str, Named | None], Named | None]
    ) -> tuple[Named, ...]:
        """The tables under `[[key]]` laid over those of the base: a known code changes, a new one is added."""
        made = {one.code.casefold(): one for one in base}
        given: set[str] = set()
        for table in root.tables(key, label="code"):
            code = table.needed("code")
            if code is None or not _CODE.fullmatch(code):
                if code is not None:
                    table.fault("code", "must be one word of letters, digits and + - . & /")
                code = f"?{len(made)}"  # read on, for the other faults of this table
            elif code.casefold() in given:
                table.fault("code", "stands here twice")
            given.add(code.casefold())
            one = read(table, code, made.get(code.casefold()))
            table.close()
            if one is not None:
                made[code.casefold()] = one
        return tuple(made.values())

    def _party(self, table: Table, code: str, base: Party | None) -> Party | None:
        return replace(
            base or Party(code),
            **_given(name=table.text("name"), aliases=table.texts("aliases"), members=table.text("members")),
        )

    def _body(self, table: Table, code: str, base: Body | None) -> Body | None:
        kind = table.choice("kind", BodyKind)
        if base is None and not table.has("kind"):
            table.fault("kind", f"is missing: {BodyKind.FIXED} or {BodyKind.CONNECTION}")
        if kind in (BodyKind.WORKGROUP, BodyKind.PROGRAMME):
            table.fault("kind", "must be vast or connectie: running groups stand in the people file, under [[group]]")
        body = replace(
            base or Body(code, code, kind or BodyKind.FIXED),
            **_given(
                kind=kind,
                name=table.text("name"),
                level=table.number("level", 1, 99),
                parent=table.text("parent"),
                address=_word(table, "address", ("je", "u")),
                article=_word(table, "article", ("de", "het")),
                discreet=table.flag("discreet"),
                chair_from=self._parties(table, "chair_from"),
                regular_per_year=table.number("regular_per_year", 0, 366),
                reflection_per_year=table.number("reflection_per_year", 0, 366),
                lead=_lead(table, "lead", base),
                reflection_lead=_lead(table, "reflection_lead", base),
                mandate=table.texts("mandate"),
                aliases=table.texts("aliases"),
                umbrella=self._umbrella(table),
            ),
        )
        if body.kind is BodyKind.FIXED and body.level is None:
            table.fault("level", "is missing: 1 for the filter, one more for each tier above it")
        if body.kind is BodyKind.CONNECTION:
            for key in ("level", "parent", "chair_from", "regular_per_year", "reflection_per_year", "mandate"):
                if table.has(key):
                    table.fault(key, "is for a fixed body: a connection is no tier (R-081)")
        for key in ("start", "end"):
            if table.raw(key) is not None:
                table.fault(key, "is not for here: a standing body has no start and no end (R-009)")
        return body

    def _parties(self, table: Table, key: str) -> tuple[str, ...] | None:
        words = table.texts(key)
        if words is None:
            return None
        for word in words:
            if self.parties.party(word) is None:
                table.fault(key, f"{word} is no party of this structure")
        return tuple(party.code for party in map(self.parties.party, words) if party)

    def _umbrella(self, table: Table) -> str | None:
        word = table.text("umbrella")
        if word is None:
            return None
        party = self.parties.party(word)
        if party is None:
            table.fault("umbrella", f"{word} is no party of this structure")
            return None
        return party.code

    def _misread(self, table: Table | None, base: Structure | None) -> dict[str, str]:
        """Words that are easily taken for a party (G9): they are asked about, never mapped."""
        found = dict(base.misread_parties) if base else {}
        if table is None:
            return found
        for word in table.values:
            meant = table.needed(word)
            party = self.parties.party(meant) if meant else None
            if meant and party is None:
                table.fault(word, f"{meant} is no party of this structure")
            if self.parties.party(word):
                table.fault(word, "is itself a party of this structure")
            if party:
                found[word.casefold()] = party.code
        return found

    def _check_words(self, root: Table, key: str, named: Iterable[tuple[str, tuple[str, ...]]]) -> None:
        """No code or alias twice, whatever its case; the fault stands where this file says the word."""
        tables = {str(table.values.get("code")).strip().casefold(): table for table in root.tables(key, "code")}
        owner: dict[str, str] = {}
        for code, aliases in named:
            for word in (code, *aliases):
                other = owner.setdefault(word.casefold(), code)
                if other == code:
                    continue
                here, there = (code, other) if code.casefold() in tables else (other, code)
                table = tables.get(here.casefold(), root)
                table.fault(
                    "aliases" if word.casefold() != here.casefold() else "code", f"{word} also belongs to {there}"
                )


def _given(**values: Any) -> dict[str, Any]:
    """What the file says; what it leaves out stays as it was."""
    return {key: value for key, value in values.items() if value is not None}


def _word(table: Table, key: str, words: tuple[str, ...]) -> Any:
    found = table.text(key)
    if found is not None and found not in words:
        table.fault(key, "must be one of " + ", ".join(words))
        return None
    return found


def _lead(table: Table, key: str, base: Body | None) -> Lead | None:
    """`[body.lead]` and `[body.reflection_lead]`: lead times in working days; `update = false` means no update."""
    inner = table.table(key)
    if inner is None:
        return None
    new = Body("", "", BodyKind.FIXED)
    before: Lead = getattr(base or new, key)
    none = inner.values.get("update") is False
    given = _given(
        papers=inner.number("papers", 1, 60),
        digest=inner.number("digest", 1, 60),
        update=None if none else inner.number("update", 1, 60),
        words=inner.number("words", 20, 5000),
        chair_words=inner.number("chair_words", 0, 5000),
        items=inner.number("items", 1, 100),
    )
    inner.close(otherwise=("update",))
    lead = replace(before, **(given | {"update": None} if none else given))
    if lead.digest > lead.papers:
        inner.fault("digest", f"goes out before the papers are due, {lead.papers} working days ahead")
    if lead.update is not None and lead.update >= lead.digest:
        inner.fault("update", "must be nearer to the meeting than the digest (or false: no update)")
    return lead


def span(table: Table, key: str, value: object) -> Span | None:
    """A threshold with its unit: `{dagen = 14}` or `{werkdagen = 10}` (rulings.md, Moments)."""
    if isinstance(value, dict) and len(value) == 1:
        unit, n = next(iter(value.items()))
        if unit in ("dagen", "werkdagen") and isinstance(n, int) and not isinstance(n, bool) and 1 <= n <= 5000:
            return Span(n, unit)
    table.fault(key, "must be {dagen = 14} or {werkdagen = 10}, with a number from 1 to 5000")
    return None


def _thresholds(table: Table | None, base: Thresholds) -> Thresholds:
    """`[thresholds]`: the keys and kinds of value are those of the dataclass."""
    if table is None:
        return base
    given: dict[str, object] = {}
    for one in fields(Thresholds):
        now = getattr(base, one.name)
        value: object
        if isinstance(now, bool):
            value = table.flag(one.name)
        elif isinstance(now, int):
            value = table.number(one.name)
        elif isinstance(now, time):
            value = table.clock(one.name)
        else:
            value = table.raw(one.name)
            if value is not None and isinstance(now, Span):
                value = span(table, one.name, value)
            elif value is not None:
                value = _spans(table, one.name, value)
        given[one.name] = value
    table.close()
    made = replace(base, **_given(**given))
    if made.title_least > made.title_most:
        table.fault("title_least", f"is more than title_most ({made.title_most})")
    for name in ("strategy_share", "topic_share", "track_share"):
        if getattr(made, name) > 100:
            table.fault(name, "is a percentage: at most 100")
    return made


def _spans(table: Table, key: str, value: object) -> tuple[Span, ...] | None:
    if not isinstance(value, list):
        table.fault(key, "must be a list of thresholds: [{werkdagen = 1}, {werkdagen = 10}]; [] is never")
        return None
    return tuple(one for one in (span(table, key, each) for each in value) if one)


def _periods(root: Table, parties: Structure) -> Iterable[NamedPeriod]:
    """`[[period]]`: quiet periods, recess, school holidays and days off, of everyone or of one `party`.

    Both ends are inclusive; `days` is a list of single days instead of `start` and `end`.
    """
    for table in root.tables("period", label="name"):
        name, kind = table.needed("name"), _word(table, "kind", get_args(PeriodKind))
        start, end, region = table.day("start"), table.day("end"), table.text("region")
        days, party = table.days("days"), _of_party(table, parties, kind)
        for key in ("start", "end") if not table.has("days") else ():
            if not table.has(key):
                table.fault(key, "is missing")
        if not table.has("kind"):
            table.fault("kind", "is missing")
        if table.has("days") and (table.has("start") or table.has("end")):
            table.fault("days", "stands instead of start and end, not with them")
        table.close()
        if start and end and end < start:
            table.fault("end", "is before start")
        elif start and end and (end - start).days >= LONGEST_PERIOD:
            table.fault("end", f"is more than {LONGEST_PERIOD} days after start")
        elif name and kind:
            spans = [(start, end)] if start and end else [(day, day) for day in days or ()]
            yield from (NamedPeriod(name, *span, kind=kind, region=region or "", party=party) for span in spans)


def _of_party(table: Table, parties: Structure, kind: str | None) -> str:
    """The code of the party that is off, "" for everyone."""
    word = table.text("party")
    found = parties.party(word) if word else None
    if word and found is None:
        table.fault("party", f"{word} is no party of this structure")
    if word and kind == "stilte":
        table.fault("party", "is not for stilte: the bot is quiet for everyone or for nobody")
    return found.code if found else ""
