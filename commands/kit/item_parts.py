"""What is said of a point when it is put on an agenda or changed, and the point that comes of it (INV-32, R-046)."""

from __future__ import annotations

import re
from dataclasses import dataclass, fields, replace

from commands.kit.arguments import PartyCode
from commands.kit.filing import title_of
from commands.kit.turn import Turn
from commands.rules import agenda as rules
from commands.rules import ways
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon, Signal
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict

_LINKS = re.compile(r"[\s,;]+")


@dataclass(frozen=True)
class Parts:
    """Each is what was typed, or None; `papers` are links, separated by spaces or commas."""

    nature: Nature | None = None
    horizon: Horizon | None = None
    minutes: int | None = None
    on_behalf_of: PartyCode | None = None
    raiser: Person | None = None
    ask: str | None = None
    main_line: str | None = None
    choice: str | None = None
    without: str | None = None
    topic: str | None = None
    interest: str | None = None
    papers: str | None = None
    beforehand: str | None = None
    hammer: bool | None = None

    def __bool__(self) -> bool:
        return any(getattr(self, one.name) is not None for one in fields(self))

    def put_on(self, item: AgendaItem) -> AgendaItem:
        """The item with what was typed; the rest stays as it is."""
        given = {one.name: value for one in fields(self) if (value := getattr(self, one.name)) is not None}
        if self.raiser is not None:
            given["raiser"] = self.raiser.id
        if self.papers is not None:
            given["papers"] = tuple(link for link in _LINKS.split(self.papers) if link)
        return replace(item, **given)


def parts_fit(turn: Turn, parts: Parts, place: Body) -> Verdict:
    """R-046: the main line within its length, told with the count; R-093: an interest is shared or a party's."""
    most = turn.thresholds.main_line_most
    if parts.main_line and len(parts.main_line) > most:
        return Refused(f"De hoofdlijn is {len(parts.main_line)} tekens, maximaal {most}. Niets opgeslagen.", code="E10")
    shared = parts.interest is None or parts.interest.casefold() == "gezamenlijk"
    if not shared and turn.structure.party(parts.interest or "") is None:
        known = ", ".join(party.code for party in turn.structure.parties)
        return Refused(
            f"'{ways.shown(parts.interest or '')}' ken ik niet bij belang. Kies uit: gezamenlijk, {known}.", code="E11"
        )
    if parts.hammer and parts.nature not in (None, Nature.DECIDE):
        return Refused(
            "Alleen een punt ter besluitvorming kan een hamerstuk zijn. "
            "Typ het zonder hamerstuk, of met ter besluitvorming.",
            code="E12",
        )
    return Allowed()


def new_item(turn: Turn, signal: Signal | None, text: str, place: Body, meeting: Meeting, parts: Parts) -> AgendaItem:
    """The point about a signal, or about a few words of its own; `parts` has nature and horizon.

    Of too long a text the first sentence is the title and the rest the main line; nothing is lost (dialogue.md 6).
    """
    state = rules.state_for(turn.roles, place, turn.structure) or ItemState.PROPOSED
    nature, horizon = parts.nature or Nature.DISCUSS, parts.horizon or Horizon.CURRENT
    item = AgendaItem("", meeting.id, 0, "", nature, horizon, turn.person.id, "", state)
    if signal is not None:
        brief = signal.brief
        item = replace(
            item,
            title=signal.title,
            raiser=raiser_of(turn, signal, place),
            on_behalf_of=signal.on_behalf_of,
            signals=(signal.id,),
            main_line=brief.main_line if brief else "",
            ask=brief.ask if brief else "",
            topic=signal.topic,
            interest=signal.interest or "",
        )
    else:
        title, rest = title_of(text, turn.thresholds.title_most)
        who = parts.raiser or turn.person
        line = rest[: turn.thresholds.main_line_most]
        item = replace(item, title=title, main_line=line, raiser=who.id, on_behalf_of=_party(turn, who, place))
    return parts.put_on(item)


def raiser_of(turn: Turn, signal: Signal, place: Body) -> str:
    """INV-17: its raiser, but at the filter never the chair: then whoever brings in the content there."""
    if place.code != turn.structure.filter.code:
        return signal.raised_by[0]
    other = turn.person_with(RoleName.SUBSTANCE, place.code)
    free = [person for person in signal.raised_by if not chairs_filter(turn, person)]
    return free[0] if free else other.id if other is not None else signal.raised_by[0]


def chairs_filter(turn: Turn, person: str) -> bool:
    """Whether that person chairs the filter today."""
    return bool(turn.store.roles(person=person, body=turn.structure.filter.code, role=RoleName.CHAIR, on=turn.today))


def _party(turn: Turn, person: Person, place: Body) -> str:
    held = turn.store.roles(person=person.id, body=place.code, on=turn.today)
    return held[0].on_behalf_of if held else person.organisation
