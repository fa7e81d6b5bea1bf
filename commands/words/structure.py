"""The structure as data: bodies, tiers, parties and thresholds. Comes from a TOML file, never from code (G2, G7)."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, time
from enum import StrEnum
from functools import cached_property
from typing import Literal

from commands.words.calendar import WorkCalendar
from commands.words.people import Address
from commands.words.template import Template

Article = Literal["de", "het"]

#: The last part of what a body may be called, with its article; the first that fits holds ("beraad" before "raad").
_ENDINGS: tuple[tuple[str, Article], ...] = (
    *(
        (ending, "het")
        for ending in ("beraad", "overleg", "comité", "comite", "team", "platform", "netwerk", "bestuur")
    ),
    *((ending, "het") for ending in ("college", "verband", "gremium", "forum", "bureau", "panel", "orgaan", "huis")),
    *((ending, "de") for ending in ("groep", "commissie", "raad", "kring", "tafel", "staf", "top", "vergadering")),
    *((ending, "de") for ending in ("bijeenkomst", "delegatie", "kamer", "kern", "board", "conferentie", "sessie")),
    *((ending, "de") for ending in ("unie", "ploeg", "coalitie", "alliantie", "autoriteit", "directie", "taskforce")),
)


def article_for(code: str, name: str) -> Article:
    """The article of a body that is written as `code`: "het" for the AO (Ambtelijk overleg), "de" for the Stuurgroep.

    Looks at the code, then at each word of the name; *het*, as before an overleg, where nothing is recognised.
    """
    for word in (code, *name.split()):
        for ending, article in _ENDINGS:
            if word.casefold().endswith(ending):
                return article
    return "het"


class BodyKind(StrEnum):
    """R-024."""

    FIXED = "vast"
    WORKGROUP = "werkgroep"
    PROGRAMME = "programma"
    CONNECTION = "connectie"


@dataclass(frozen=True)
class Span:
    """A threshold with its unit: calendar days (`dagen`) or working days (`werkdagen`)."""

    n: int
    unit: Literal["dagen", "werkdagen"] = "dagen"

    def after(self, day: date, calendar: WorkCalendar) -> date:
        """The day that lies this span after `day` (INV-12: the caller moves it off a non-working day if needed)."""
        return calendar.add(day, self.n) if self.unit == "werkdagen" else date.fromordinal(day.toordinal() + self.n)

    def before(self, day: date, calendar: WorkCalendar) -> date:
        """The day that lies this span before `day`."""
        return calendar.add(day, -self.n) if self.unit == "werkdagen" else date.fromordinal(day.toordinal() - self.n)

    def passed(self, start: date, day: date, calendar: WorkCalendar) -> bool:
        """Whether more than this span lies between `start` and `day`."""
        return day > self.after(start, calendar)


@dataclass(frozen=True)
class Lead:
    """Lead times of a body's meetings in working days (digests.md §1.0); `update` None means no delta."""

    papers: int = 5
    digest: int = 4
    update: int | None = 1
    words: int = 400
    chair_words: int = 150
    items: int = 10


@dataclass(frozen=True)
class Party:
    """One of the standing parties (R-001); `code` is how it is written: Rijk, VNG, IPO, UvW.

    `members` is what the bodies it speaks for are called ("de gemeenten"): what binds it does not bind them (R-137).
    """

    code: str
    name: str = ""
    aliases: tuple[str, ...] = ()
    members: str = ""


@dataclass(frozen=True)
class Body:
    """A gremium. `level` 0 = working groups and programmes, 1 = the filter, then upward; None = a connection."""

    code: str
    name: str
    kind: BodyKind
    level: int | None = None
    parent: str | None = None
    address: Address = "je"
    discreet: bool = False
    chair_from: tuple[str, ...] = ()
    regular_per_year: int | None = None
    reflection_per_year: int = 0
    lead: Lead = Lead()
    reflection_lead: Lead = Lead(papers=10, digest=9, update=None, words=250, chair_words=100, items=3)
    mandate: tuple[str, ...] = ()
    aliases: tuple[str, ...] = ()
    umbrella: str | None = None
    with_externals: bool = False
    #: As configured; None for what follows from the code and the name.
    article: Article | None = None

    @property
    def the(self) -> str:
        """With its article, as in a sentence: "het AO", "de Stuurgroep", "WG-PFAS"."""
        return self.called(self.code)

    def called(self, name: str) -> str:
        """Something that is named after the body, with its article: "het DO reflectie", "de Stuurgroep reflectie"."""
        return f"{self._article} {name}" if self.kind is BodyKind.FIXED else name

    def inflected(self, adjective: str) -> str:
        """An adjective as it stands before the name without an article: "regulier AO", "reguliere Stuurgroep"."""
        return adjective if self.kind is BodyKind.FIXED and self._article == "het" else f"{adjective}e"

    @property
    def which(self) -> str:
        """The word that refers back to it: "het AO, dat …", "de Stuurgroep, die …"."""
        return "dat" if self.kind is not BodyKind.FIXED or self._article == "het" else "die"

    @property
    def _article(self) -> Article:
        return self.article or article_for(self.code, self.name)

    @property
    def capital(self) -> str:
        """The same at the start of a sentence: "Het AO"."""
        return self.the[0].upper() + self.the[1:]

    @property
    def sitting(self) -> str:
        """How one of its meetings is called, after "geen": "AO", "vergadering van WG-PFAS"."""
        return f"vergadering van {self.code}" if self.is_group else self.code

    @property
    def is_group(self) -> bool:
        """A working group or a programme."""
        return self.kind in (BodyKind.WORKGROUP, BodyKind.PROGRAMME)


@dataclass(frozen=True)
class Thresholds:
    """All thresholds with their units; defaults of domain.md §4.1 and rulings.md "Moments"."""

    floating: Span = Span(10, "werkdagen")
    floating_after_meeting: bool = True
    floating_repeat: Span = Span(10, "werkdagen")
    silent: Span = Span(60)
    silent_encourage: Span = Span(120)
    feedback: Span = Span(10, "werkdagen")
    feedback_reminders: tuple[Span, ...] = (Span(5, "werkdagen"), Span(10, "werkdagen"))
    reopen_months: int = 12
    action_before: tuple[Span, ...] = (Span(5, "werkdagen"),)
    action_on_the_day: bool = False
    action_overdue: tuple[Span, ...] = (Span(1, "werkdagen"), Span(10, "werkdagen"))
    group_end_warnings: tuple[Span, ...] = (Span(60), Span(30))
    group_ended_repeat: Span = Span(20, "werkdagen")
    group_ended_most: int = 3
    radio_silence: Span = Span(42)
    letting_go: bool = True
    letting_go_silence: Span = Span(90)
    unasked_most: int = 2
    invitation: Span = Span(10, "werkdagen")
    group_months_warn_short: int = 2
    group_months_warn_long: int = 24
    group_months_most: int = 36
    group_evaluation_before: Span = Span(56)
    group_evaluation_months: int = 12
    programme_outlook_months: int = 24
    programme_outlook_again_months: int = 12
    evaluation_ahead: Span = Span(20, "werkdagen")
    evaluation_behind: Span = Span(10, "werkdagen")
    evaluation_term: Span = Span(10, "werkdagen")
    evaluation_term_least: Span = Span(5, "werkdagen")
    evaluation_reminders: tuple[Span, ...] = (Span(5, "werkdagen"), Span(10, "werkdagen"))
    evaluation_months: int = 12
    anonymous_from: int = 4
    energy_months: int = 6
    meeting_question: bool = False
    right_of_reply: Span = Span(10, "werkdagen")
    wall_all_year: bool = False
    round_lead: Span = Span(15, "werkdagen")
    title_least: int = 5
    title_most: int = 120
    main_line_most: int = 600
    text_most: int = 4000
    load_warning: int = 7
    refuse_within: Span = Span(2, "werkdagen")
    held_reminders: tuple[Span, ...] = (Span(3, "werkdagen"),)
    minutes_list: Span = Span(1, "werkdagen")
    corrections: Span = Span(5, "werkdagen")
    bulletin_own_reminder: Span = Span(5, "werkdagen")
    bulletin_reminder: Span = Span(10, "werkdagen")
    consultation_reminders: tuple[Span, ...] = (Span(5, "werkdagen"), Span(1, "werkdagen"))
    measure_asked: Span = Span(10, "werkdagen")
    monitor_months: int = 6
    coverage_months: int = 12
    through_secretary: bool = True
    undo_minutes: int = 10
    one_discipline: Span = Span(10, "werkdagen")
    picture_in_digest: bool = False
    digest_to_forward: bool = False
    silence_consents: bool = False
    housekeeping: bool = True
    asks_to_fetch: bool = True
    late_after_minutes: int = 60
    bundle_most: int = 5
    strategy_share: int = 30
    track_share: int = 20
    topic_share: int = 50
    topic_meetings: int = 4
    send_at: time = time(8, 30)


@dataclass(frozen=True)
class Structure:
    """The whole structure in force. Only the standing part; running groups live in the register.

    Of `disciplines` each has its name first and then the words that mean the same; `home_discipline` is the one that
    everybody in it has anyway (R-153). By one of the words of `authorities` in its name an organisation is known as a
    *bevoegd gezag* (R-199). `because` is why this version of it differs from the one before, for the log.
    """

    name: str
    bodies: tuple[Body, ...]
    parties: tuple[Party, ...]
    thresholds: Thresholds = Thresholds()
    calendar: WorkCalendar = WorkCalendar()
    topics: tuple[str, ...] = ()
    yearly_topics: tuple[str, ...] = ()
    bot_name: str = "Overlegbot"
    misread_parties: dict[str, str] = field(default_factory=dict)
    no_parties: tuple[str, ...] = ()
    synonyms: tuple[tuple[str, ...], ...] = ()
    common_words: tuple[str, ...] = ()
    templates: tuple[Template, ...] = ()
    disciplines: tuple[tuple[str, ...], ...] = ()
    home_discipline: str = ""
    authorities: tuple[str, ...] = ()
    because: str = ""

    def body(self, code: str) -> Body | None:
        """The standing body with that code or alias, whatever its case."""
        return self._by_word.get(code.strip().casefold())

    def party(self, code: str) -> Party | None:
        """The standing party with that code or alias, whatever its case."""
        return self._party_by_word.get(code.strip().casefold())

    @cached_property
    def _by_word(self) -> dict[str, Body]:
        return {word.casefold(): body for body in self.bodies for word in (body.code, *body.aliases)}

    @cached_property
    def _party_by_word(self) -> dict[str, Party]:
        return {word.casefold(): party for party in self.parties for word in (party.code, *party.aliases)}

    @cached_property
    def tiers(self) -> tuple[Body, ...]:
        """The fixed tiers from the filter upward (R-027 in the shipped structure: AO, DO, BO)."""
        fixed = (body for body in self.bodies if body.kind is BodyKind.FIXED)
        return tuple(sorted(fixed, key=lambda body: body.level or 0))

    @property
    def filter(self) -> Body:
        """The tier that weighs every signal (R-040): the lowest fixed one."""
        return self.tiers[0]

    @cached_property
    def connections(self) -> tuple[Body, ...]:
        """Connections: signals in, feedback out, never a tier (R-081)."""
        return tuple(body for body in self.bodies if body.kind is BodyKind.CONNECTION)

    def above(self, body: Body) -> Body | None:
        """The body one step up, or None at the top and for connections."""
        return self.body(body.parent) if body.parent else None

    def below(self, body: Body) -> Body | None:
        """The fixed tier one step down, or None at the filter."""
        return next((tier for tier in self.tiers if tier.parent == body.code), None)
