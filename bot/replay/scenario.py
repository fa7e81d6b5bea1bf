"""The file of a scenario year, as it is written: Dutch keys, ISO dates, references by its own ids."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated, Any, Literal

import yaml
from pydantic import BaseModel, BeforeValidator, ConfigDict, Field, ValidationError


class ScenarioFault(Exception):
    """The file cannot be read as a scenario; one line that says why and where."""


def _listed(value: Any) -> Any:
    """Nothing, one or several: always a list."""
    return [] if value is None else value if isinstance(value, list) else [value]


Texts = Annotated[list[str], BeforeValidator(_listed)]


class Part(BaseModel):
    """What the file says more than this is left alone."""

    model_config = ConfigDict(extra="ignore", frozen=True, populate_by_name=True, coerce_numbers_to_str=True)


class Floating(Part):
    days: int = Field(alias="dagen")
    unit: str = Field(default="kalenderdagen", alias="soort")


class Nudges(Part):
    before: int = Field(alias="binnenkort_werkdagen_voor")
    on_the_day: bool = Field(default=False, alias="op_de_dag")
    first: int = Field(alias="te_laat_1_na_werkdagen")
    second: int | None = Field(default=None, alias="te_laat_2_na_werkdagen")
    third: int | None = Field(default=None, alias="te_laat_3_na_werkdagen")

    @property
    def overdue(self) -> tuple[int, ...]:
        """Working days after the date, step by step."""
        return tuple(n for n in (self.first, self.second, self.third) if n is not None)


class Rules(Part):
    floating: Floating = Field(alias="zwevend")
    nudges: Nudges = Field(alias="actie_nudges")
    end_warnings: list[int] = Field(alias="werkgroep_einddatum_waarschuwing_dagen")
    silence: int = Field(alias="radiostilte_dagen")
    feedback: int = Field(alias="terugkoppeling_werkdagen")
    papers: dict[str, int] = Field(alias="stukken_werkdagen_voor")
    digest: dict[str, int] = Field(alias="digest_werkdagen_voor")
    digest_time: str = Field(default="08:30", alias="digest_tijd")


class Period(Part):
    name: str = Field(default="", alias="naam")
    reason: str = Field(default="", alias="reden")
    start: date = Field(alias="van")
    end: date = Field(alias="tot_en_met")
    region: str = Field(default="", alias="regio")


class Calendar(Part):
    special: dict[date, str] = Field(default_factory=dict, alias="bijzondere_dagen")
    school: list[Period] = Field(default_factory=list, alias="schoolvakanties")
    recess: list[Period] = Field(default_factory=list, alias="kamerreces_aanname")
    no_meetings: list[Period] = Field(default_factory=list, alias="geen_vergaderingen")
    quiet: list[Period] = Field(default_factory=list, alias="stilteperioden")


class Party(Part):
    id: str
    name: str = Field(alias="naam")


class Term(Part):
    start: date | None = Field(default=None, alias="van")
    end: date | None = Field(default=None, alias="tot_en_met")


class Person(Part):
    id: str
    party: str = Field(alias="partij")
    roles: Texts = Field(default_factory=list, alias="rollen")
    bodies: Texts = Field(default_factory=list, alias="gremia")
    channel: str = Field(default="matrix", alias="kanaal")
    address: Literal["je", "u"] = Field(default="je", alias="aanspreekvorm")
    account: str | None = None
    deputy: str | None = Field(default=None, alias="vervanger")
    external: bool = Field(default=False, alias="extern")
    terms: list[Term] = Field(default_factory=list, alias="bezetting")


class Body(Part):
    id: str
    name: str = Field(alias="naam")
    level: int = Field(alias="laag")
    parent: str | None = Field(default=None, alias="valt_onder")
    chair: str | None = Field(default=None, alias="voorzitter")
    secretary: str | None = Field(default=None, alias="secretaris")
    per_year: str = Field(default="", alias="frequentie_per_jaar")
    members: Texts = Field(default_factory=list, alias="leden")

    @property
    def frequency(self) -> tuple[int | None, int]:
        """Regular meetings a year (None: not said) and those that reflect: "2+1"."""
        regular, _, extra = self.per_year.partition("+")
        return (int(regular) if regular.isdigit() else None), (int(extra) if extra.isdigit() else 0)


class Moved(Part):
    start: date = Field(alias="van")
    on: date = Field(alias="op")
    because: str = Field(default="", alias="reden")


class Meeting(Part):
    id: str
    body: str = Field(alias="gremium")
    kind: str = Field(default="regulier", alias="soort")
    day: date = Field(alias="datum")
    hours: str = Field(default="", alias="tijd")
    moved: Moved | None = Field(default=None, alias="verplaatst")


class GroupDecision(Part):
    day: date = Field(alias="datum")
    meeting: str | None = Field(default=None, alias="vergadering")
    kind: str = Field(alias="besluit")
    end: date | None = Field(default=None, alias="nieuwe_einddatum")
    because: str = Field(default="", alias="motivatie")


class Group(Part):
    id: str
    name: str = Field(alias="naam")
    kind: Literal["werkgroep", "programma"] = Field(alias="soort")
    chair: str | None = Field(default=None, alias="voorzitter")
    members: Texts = Field(default_factory=list, alias="leden")
    task: str = Field(default="", alias="opdracht")
    start: date
    end: date = Field(alias="einddatum")
    evaluate_by: date | None = Field(default=None, alias="evaluatie_uiterlijk")
    evaluated: date | None = Field(default=None, alias="evaluatie_gehouden")
    decisions: list[GroupDecision] = Field(default_factory=list, alias="besluiten")
    feedback: list[date] = Field(default_factory=list, alias="terugkoppelingen")
    room: dict[str, Any] = Field(default_factory=dict, alias="kanaal")


class Step(Part):
    day: date = Field(alias="datum")
    act: str = Field(alias="handeling")
    start: str | None = Field(default=None, alias="van")
    to: str | None = Field(default=None, alias="naar")
    by: str = Field(alias="door")
    because: str = Field(default="", alias="motivatie")
    meeting: str | None = Field(default=None, alias="vergadering")
    urgent: bool = Field(default=False, alias="spoed")


class Signal(Part):
    id: str
    title: str = Field(alias="titel")
    text: str = Field(default="", alias="omschrijving")
    topic: str = Field(default="", alias="onderwerp")
    track: str = Field(default="", alias="spoor")
    horizon: str = Field(default="", alias="horizon")
    party: str = Field(alias="partij")
    raised_by: str = Field(alias="ingebracht_door")
    day: date = Field(alias="datum")
    path: list[Step] = Field(default_factory=list, alias="pad")


class Postponed(Part):
    on: date = Field(alias="op")
    by: str = Field(alias="door")
    text: str = Field(default="", alias="tekst")
    due: date = Field(alias="nieuwe_termijn")
    because: str = Field(default="", alias="reden")


class Action(Part):
    id: str
    text: str = Field(alias="omschrijving")
    holder: str = Field(alias="actiehouder")
    source: str | None = Field(default=None, alias="bron")
    said_on: date = Field(alias="gezegd_op")
    due_text: str = Field(default="", alias="termijn_tekst")
    due: date = Field(alias="termijn")
    done_on: date | None = Field(default=None, alias="gereed_op")
    track: str = Field(default="", alias="spoor")
    signal: str | None = Field(default=None, alias="signaal")
    postponed: list[Postponed] = Field(default_factory=list, alias="uitstel")


class Monitoring(Part):
    what: str = Field(alias="indicator")
    moments: list[date] = Field(default_factory=list, alias="meetmomenten")
    who: str | None = Field(default=None, alias="verantwoordelijk")
    filled_on: date | None = Field(default=None, alias="ingevuld_op")


class Reservation(Part):
    party: str = Field(alias="partij")
    text: str = Field(default="", alias="tekst")
    lifted_on: date | None = Field(default=None, alias="opgeheven_op")


class Decision(Part):
    id: str
    meeting: str = Field(alias="vergadering")
    item: str | None = Field(default=None, alias="agendapunt")
    kind: str = Field(alias="soort")
    text: str = Field(alias="tekst")
    signal: str | None = Field(default=None, alias="signaal")
    stands: dict[str, str] = Field(default_factory=dict, alias="standpunten")
    needs_measure: bool = Field(default=True, alias="monitoring_nodig")
    monitoring: Monitoring | None = None
    fixed_on: date | None = Field(default=None, alias="lijst_vastgesteld_op")
    state: str = Field(default="loopt", alias="status")
    lapsed_on: date | None = Field(default=None, alias="vervallen_op")
    reservation: Reservation | None = Field(default=None, alias="voorbehoud")


class Scenario(Part):
    """One year; the conversations in the file show tone and are not played."""

    rules: Rules = Field(alias="spelregels")
    calendar: Calendar = Field(default_factory=Calendar, alias="kalender")
    parties: list[Party] = Field(alias="partijen")
    outsiders: list[Party] = Field(default_factory=list, alias="externe_partijen")
    people: list[Person] = Field(alias="personen")
    bodies: list[Body] = Field(alias="gremia")
    meetings: list[Meeting] = Field(alias="vergaderingen")
    groups: list[Group] = Field(default_factory=list, alias="werkgroepen_en_programmas")
    signals: list[Signal] = Field(default_factory=list, alias="signalen")
    actions: list[Action] = Field(default_factory=list, alias="acties")
    decisions: list[Decision] = Field(default_factory=list, alias="afspraken_en_besluiten")

    def meeting(self, id: str | None) -> Meeting | None:
        """The meeting with that id of the file."""
        return next((one for one in self.meetings if one.id == id), None)

    def chair_of(self, code: str) -> str | None:
        """Who chairs a body or group."""
        chairs = {one.id: one.chair for one in self.bodies} | {one.id: one.chair for one in self.groups}
        return chairs.get(code)

    def secretary_of(self, code: str) -> str | None:
        """Who keeps the list of a body; for a group and for a body without one that of the lowest tier."""
        found = next((one.secretary for one in self.bodies if one.id == code), None)
        return found or min(self.bodies, key=lambda one: one.level).secretary


def load(path: Path) -> Scenario:
    """Read a scenario. ScenarioFault when it is no YAML, or not of this form."""
    try:
        data = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError, yaml.YAMLError) as failure:
        raise ScenarioFault(f"{path}: {' '.join(str(failure).split())}") from failure
    try:
        return Scenario.model_validate(data)
    except ValidationError as failure:
        first = failure.errors()[0]
        where = ".".join(str(part) for part in first["loc"])
        raise ScenarioFault(f"{path}: {where}: {first['msg']} ({failure.error_count()} in all)") from failure
