"""May this working group be founded, and what follows from its dates? (W1-W3, R-073..R-080, R-210, INV-12, INV-19)"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from collections.abc import Collection, Iterable
from datetime import date
from difflib import SequenceMatcher

from commands.words.calendar import WorkCalendar
from commands.words.people import Role, RoleName
from commands.words.structure import Body, Structure, Thresholds
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import LIVING_STATES, GroupState, Workgroup

#: A proposed end date when someone names none (dialogue.md).
USUAL_MONTHS = 6
#: Words that say nothing of what a group is about.
_EMPTY_WORDS = frozenset("werkgroep programma wg prg de het een en in van voor over op bij met naar aan te".split())
_LONGEST_CODE = 32
#: From here on a topic looks so much like what was typed that it is named first.
_NEAR_TOPIC = 0.7
_NO_END = frozenset(
    (
        "ntb",
        "nnb",
        "pm",
        "tbd",
        "nvt",
        "geen",
        "geen einde",
        "geen einddatum",
        "zonder einde",
        "zonder einddatum",
        "doorlopend",
        "permanent",
        "structureel",
        "blijvend",
        "altijd",
        "onbepaald",
        "onbepaalde tijd",
        "voor onbepaalde tijd",
        "onbekend",
        "onbeperkt",
        "onbeperkte tijd",
        "voor onbeperkte tijd",
        "nog onbekend",
        "open",
        "open einde",
        "nog niet bekend",
        "nog te bepalen",
        "nader te bepalen",
        "tot nader order",
        "nader order",
    )
)

PROPOSERS = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)


def says_no_end(text: str) -> bool:
    """R-078: whether someone types that there is no end date ("n.t.b.", "doorlopend", "nader te bepalen")."""
    word = " ".join(text.casefold().replace(".", "").strip(" ,;:!\"'").split())
    return word in _NO_END


def add_months(day: date, n: int) -> date:
    """The same day of the month `n` months on; the last day of the month where that one is shorter."""
    year, month = divmod(day.year * 12 + day.month - 1 + n, 12)
    return date(year, month + 1, min(day.day, monthrange(year, month + 1)[1]))


def may_propose(roles: Iterable[Role], place: Body) -> Verdict:
    """W1: a member, the secretary or the chair of the filter proposes a group (E04); its chair confirms."""
    if any(role.body == place.code and role.role in PROPOSERS for role in roles):
        return Allowed()
    return Refused(
        f"Een werkgroep stelt een lid of de secretaris van {place.the} voor. "
        "Wat wel kan: breng het onderwerp in met !signaal en één zin.",
        code="E04",
    )


def may_last(start: date, end: date, limits: Thresholds, *, bounded: bool = True) -> Verdict:
    """R-080, INV-12: a group ends after it starts and within the maximum; warned when very short or long.

    `start` is the first day, `end` the last one. Refused with code R-080 when it lasts too long. The maximum and the
    warnings are for working groups: a programme is not `bounded` (rulings.md 5).
    """
    if end <= start:
        return Refused("De einddatum ligt na de begindatum. Kies een latere datum.", code="INV-12")
    if not bounded:
        return Allowed()
    if end > add_months(start, limits.group_months_most):
        return Refused(
            f"Dat is langer dan {limits.group_months_most} maanden. "
            "Een werkgroep duurt een paar maanden tot een paar jaar.",
            code="R-080",
        )
    if end < add_months(start, limits.group_months_warn_short):
        return Allowed((f"Dat is korter dan {limits.group_months_warn_short} maanden; genoeg voor deze opdracht?",))
    if end > add_months(start, limits.group_months_warn_long):
        return Allowed((f"Dat is langer dan {limits.group_months_warn_long} maanden; kan het korter?",))
    return Allowed()


def needs_motivation(party: str, place: Body) -> bool:
    """R-074, INV-19: the party that chairs the filter is never the obvious chair of a group; it takes a reason."""
    return party in place.chair_from


def evaluation_days(group: Workgroup, calendar: WorkCalendar, limits: Thresholds) -> tuple[date, ...]:
    """R-079, INV-12: when a group is evaluated: half-way, eight weeks before its end, and at least every twelve months.

    Counted from its start, or from its last extension; each on a working day (the one before), in order. Of a
    programme the half-way one is its midterm review (R-176).
    """
    start = group.extended_on or group.start
    wanted = sorted(
        {
            day
            for day in (_half(start, group.end), limits.group_evaluation_before.before(group.end, calendar))
            if start < day < group.end
        }
    )
    found: list[date] = []
    previous = start
    for day in wanted:
        while (between := add_months(previous, limits.group_evaluation_months)) < day:
            found.append(between)
            previous = between
        found.append(day)
        previous = day
    moved = (calendar.on_or_before(day) for day in found)
    return tuple(dict.fromkeys(day for day in moved if day > start))


def midterm_day(group: Workgroup, calendar: WorkCalendar) -> date:
    """R-176: the midterm review of a programme is half-way its whole term, on a working day (the one before)."""
    return calendar.on_or_before(_half(group.start, group.end))


def _half(start: date, end: date) -> date:
    return start + (end - start) / 2


def may_be_active(chair: str | None, parties: Collection[str], structure: Structure) -> bool:
    """W3, R-075: a group becomes active once it has a chair and people of at least two standing parties."""
    return chair is not None and len({party for party in parties if structure.party(party)}) >= 2


def is_near_its_end(group: Workgroup, day: date, limits: Thresholds, calendar: WorkCalendar) -> bool:
    """Whether the first warning about the end date of a group that still runs has passed (digests.md §2.1)."""
    if group.state not in (GroupState.FOUNDED, GroupState.ACTIVE, GroupState.WINDING_UP) or group.end < day:
        return False
    return any(day >= span.before(group.end, calendar) for span in limits.group_end_warnings)


def group_code(name: str, taken: Collection[str], prefix: str = "WG") -> str:
    """`WG-<NAME>` (or another prefix) in plain capitals, at most 32 characters, and free: `taken` are never reused."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    words = [word for word in re.findall(r"[a-z0-9]+", plain) if word not in _EMPTY_WORDS] or ["groep"]
    code = prefix
    for word in words:
        if code != prefix and len(f"{code}-{word}") > _LONGEST_CODE:
            break
        code = f"{code}-{word}"
    code = code[:_LONGEST_CODE].upper()
    known = {one.casefold() for one in taken}
    number = 1
    free = code
    while free.casefold() in known:
        number += 1
        free = f"{code}-{number}"
    return free


def topic_for(name: str, given: str | None, topics: Iterable[str]) -> str | None:
    """The topic of the list that the given word or the name of the group is about; the given one as entered."""
    listed = tuple(topics)
    wanted = (given or "").casefold()
    for topic in listed:
        if topic.casefold() == wanted:
            return topic
    if given:
        return given
    mine = telling_words(name)
    return next((topic for topic in listed if telling_words(topic) <= mine), None)


def near_topics(text: str, topics: Iterable[str], most: int = 3) -> tuple[str, ...]:
    """The topics that look most like what was typed or share a word with it, nearest first, at most `most`."""
    words = telling_words(text)

    def likeness(topic: str) -> float:
        shared = len(words & telling_words(topic))
        whole = SequenceMatcher(None, text.casefold(), topic.casefold()).ratio()
        parts = (SequenceMatcher(None, one, two).ratio() for one in words for two in telling_words(topic))
        return shared + max((whole, *parts))

    ranked = sorted(((likeness(one), one) for one in topics), key=lambda pair: -pair[0])
    return tuple(one for like, one in ranked[:most] if like >= _NEAR_TOPIC)


def alternatives(name: str, topic: str | None, groups: Iterable[Workgroup]) -> tuple[Workgroup, ...]:
    """R-073, R-210: groups and programmes on the same topic or with a similar name, programmes first."""
    mine = telling_words(name)
    found = [
        group
        for group in groups
        if group.state in LIVING_STATES
        and (
            (topic is not None and (group.topic or "").casefold() == topic.casefold())
            or bool(mine & telling_words(group.name))
            or bool(mine & telling_words(group.topic or ""))
        )
    ]
    return tuple(sorted(found, key=lambda group: (group.kind != "programma", group.code)))


def telling_words(text: str) -> frozenset[str]:
    """The words of a name that say what it is about, lower case."""
    return frozenset(word for word in re.findall(r"\w{3,}", text.casefold()) if word not in _EMPTY_WORDS)
