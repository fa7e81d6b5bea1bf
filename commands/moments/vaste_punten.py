"""What comes back on an agenda once a year: monitoring of the policy for each tier, and the topics of the structure for
the filter (R-011, R-012, R-063). At the last meeting but one of the year chair and secretary hear what is missing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.kit import dates
from commands.kit.planned import name_of
from commands.kit.ports import Due, Offer
from commands.kit.register import FORMAL_KINDS
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.agenda import LIVE, is_monitoring, last_but_one
from commands.rules.planning import AHEAD
from commands.words.meeting import AgendaItem, ItemState, Meeting
from commands.words.people import RoleName
from commands.words.structure import Body

STANDING = "Monitoring en beleidsevaluatie"


def lacks_standing_points(watch: Watch, due: Due) -> Sequence[Nudge]:
    """vaste_punten: on the day of the digest of the last but one; nothing when all of it stood on an agenda."""
    meeting = watch.store.get(Meeting, due.about)
    body = watch.body(meeting.body) if meeting else None
    if meeting is None or body is None or meeting.state not in AHEAD or due.occasion != str(meeting.day):
        return ()
    year = watch.store.meetings(
        body=body.code,
        since=date(meeting.day.year, 1, 1),
        until=date(meeting.day.year, 12, 31),
        kinds=FORMAL_KINDS,
        limit=1000,
    )
    if not last_but_one(year, meeting):
        return ()
    items = [item for one in year for item in watch.store.items(meeting=one.id)]
    stood = [item for item in items if item.state in (*LIVE, ItemState.TREATED)]
    lines, offers = _missing(watch, body, year[-1], stood)
    people = {
        person.id
        for role in (RoleName.CHAIR, RoleName.SECRETARY)
        if (person := watch.person_with(role, body.code)) is not None
    }
    return [
        Nudge(person, tuple(lines), about=(meeting.id,), offers=offers, day=meeting.day)
        for person in sorted(people)
        if lines
    ]


def _missing(
    watch: Watch, body: Body, last: Meeting, stood: Sequence[AgendaItem]
) -> tuple[list[str], tuple[Offer, ...]]:
    lines: list[str] = []
    offers: tuple[Offer, ...] = ()
    day = dates.say_day(last.day, today=watch.today)
    if not any(is_monitoring(item) for item in stood):
        lines.append(
            f"'{STANDING}' stond dit jaar nog niet op een agenda van {body.the}. Het laatste overleg van dit jaar is "
            f"{name_of(last)} van {day}. Antwoord met ja: dan staat het daar op."
        )
        parts = {"text": STANDING, "meeting": last.id, "nature": "evaluatie", "horizon": "strategie"}
        offers = (Offer("ja", "agendeer", parts),)
    topics = watch.structure.yearly_topics if body.code == watch.structure.filter.code else ()
    missing = [topic for topic in topics if not any(_is_about(item, topic) for item in stood)]
    if missing:
        named = ", ".join(missing)
        lines.append(
            f"Het thema {named} stond dit jaar nog niet op een agenda van {body.the}. "
            f"Met !agendeer, een paar woorden en thema:{missing[0]} komt het erop."
        )
    return lines, offers


def _is_about(item: AgendaItem, topic: str) -> bool:
    return (item.topic or "").casefold() == topic.casefold() or topic.casefold() in item.title.casefold()


STANDING_POINTS = Moment("vaste_punten", lacks_standing_points)
