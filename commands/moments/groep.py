"""The clock around a group's end date: two warnings, the lapse itself, and the question after (W4, digests.md §2.1).

The lapse is the only change of state that the clock makes by itself (INV-10); it is announced to nobody. People hear of
it on the first sending day after, and then at most a few times more: after that it is up to people.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from commands.kit import dates
from commands.kit.ports import Due, Offer
from commands.kit.register import FORMAL_KINDS
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.timing import at_sending_time
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting
from commands.words.people import Person, RoleName
from commands.words.proposal import ProposalKind
from commands.words.signal import Track
from commands.words.workgroup import GroupState, Workgroup

_BEFORE_END = (GroupState.FOUNDED, GroupState.ACTIVE)
#: The word that shows where the group stands.
SHOW = "toon"


def nears_its_end(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_einddatum_nadert: 60 and 30 days before, to the group's chair and the secretary of the filter."""
    group = _group(watch, due, _BEFORE_END)
    if group is None or group.end <= watch.today:
        return ()
    end = dates.say_day(group.end, today=watch.today)
    left = _days((group.end - watch.today).days)
    opening = f"{group.code} loopt tot en met {end}: nog {left}."
    chance = _last_chance(watch, group)
    if group.track is Track.ENCOURAGE:
        text = (
            f"{opening} Wat is er in gang gezet dat zonder de groep doorgaat, en wat niet? "
            f"Dat is de vraag voor {_asked_at(watch, group, chance)}. Wie wil dat verhaal vertellen?"
        )
        return _to_both(watch, group, text)
    place = watch.need_body(group.parent).the
    text = f"{opening} Voor die datum besluit {place}: afronden, verlengen of omvormen."
    if chance is not None:
        day = dates.say_day(chance.day, today=watch.today)
        text = f"{text} Laatste kans om het te agenderen: {day}. Wie schrijft het voorstel?"
    else:
        text = f"{text} Er staat daarvoor geen vergadering meer gepland. Wie schrijft het voorstel?"
    return _to_both(watch, group, text)


def lapses(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_verloopt (W4): past its end date a group lapses, unless an extension waits for its confirmation."""
    group = _group(watch, due, _BEFORE_END)
    if group is None or group.end >= watch.today:
        return ()
    if any(one.kind is ProposalKind.EXTEND_GROUP for one in watch.store.proposals(about=group.code)):
        tomorrow = datetime.combine(watch.today + timedelta(days=1), time(0, 0), AMSTERDAM)
        watch.owe_again(replace(due, occasion=f"{group.end}-{watch.today}", at=tomorrow))
        return ()
    watch.put(replace(group, state=GroupState.LAPSED), "einddatum voorbij")
    return ()


def is_past_its_end(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_einddatum_voorbij: from the first sending day after, again every 20 working days, a few times at most."""
    group = _group(watch, due, (GroupState.LAPSED,))
    if group is None:
        return ()
    _repeat(watch, due, group)
    end = dates.say_day(group.end, today=watch.today)
    meeting = watch.next_meeting(group.parent)
    place = watch.need_body(group.parent).the
    when = f"op {dates.say_day(meeting.day, today=watch.today)}" if meeting else "in de eerstvolgende vergadering"
    if group.track is Track.ENCOURAGE:
        text = (
            f"{group.code} gaat door na {end}, zonder dat we dat hebben afgesproken. Dat zegt misschien dat "
            "de vraag nog leeft. Welke vorm past nu: een nieuwe opdracht, een andere tafel, of klaar? "
            f"We kiezen {when}."
        )
    else:
        text = (
            f"{group.code} is sinds {end} over de einddatum. Er is geen besluit genomen. De groep verandert niet "
            f"vanzelf: {when} kiest {place} tussen afronden, verlengen en omvormen. {_evaluation(watch, group)}"
        )
    return _to_both(watch, group, text)


def _group(watch: Watch, due: Due, states: Sequence[GroupState]) -> Workgroup | None:
    """The group as it is now, when this moment still holds for it: a new end date made new moments."""
    group = watch.store.get(Workgroup, due.about)
    if group is None or group.state not in states or not due.occasion.startswith(str(group.end)):
        return None
    return group


def _repeat(watch: Watch, due: Due, group: Workgroup) -> None:
    limits = watch.thresholds
    count = int(due.occasion.rsplit("-", 1)[-1])
    if count < limits.group_ended_most:
        calendar = watch.structure.calendar
        day = calendar.sending_on_or_after(limits.group_ended_repeat.after(watch.today, calendar))
        watch.owe_again(Due(due.kind, due.about, f"{group.end}-{count + 1}", at_sending_time(day, watch.structure)))


def _to_both(watch: Watch, group: Workgroup, text: str) -> Sequence[Nudge]:
    """One message each to the group's chair and the secretary of the body above it; each person once."""
    secretary = watch.person_with(RoleName.SECRETARY, group.parent) or watch.person_with(RoleName.CHAIR, group.parent)
    ids = dict.fromkeys(id for id in (group.chair, secretary.id if secretary else None) if id)
    people = [person for id in ids if (person := watch.store.get(Person, id)) and watch.in_office(person)]
    offers = (Offer(SHOW, "werkgroep", {"name": group.code}),)
    return [Nudge(one.id, (f"{text} {_ways_out(one)}",), (group.code,), offers) for one in people]


def _ways_out(person: Person) -> str:
    if person.address == "u":
        return f"Antwoordt u met {SHOW}, dan ziet u hoe de groep ervoor staat."
    return f"Antwoord met {SHOW} en je ziet hoe de groep ervoor staat."


def _evaluation(watch: Watch, group: Workgroup) -> str:
    if group.evaluated_on is None:
        return "Is de evaluatie er dan?"
    return f"De evaluatie is van {dates.say_day(group.evaluated_on, today=watch.today)}."


def _last_chance(watch: Watch, group: Workgroup) -> Meeting | None:
    found = watch.store.meetings(body=group.parent, since=watch.today, until=group.end, kinds=FORMAL_KINDS)
    return found[-1] if found else None


def _asked_at(watch: Watch, group: Workgroup, chance: Meeting | None) -> str:
    place = watch.need_body(group.parent).the
    day: date | None = chance.day if chance else None
    return f"{place} op {dates.say_day(day, today=watch.today)}" if day else place


def _days(n: int) -> str:
    return "1 dag" if n == 1 else f"{n} dagen"


NEARS_ITS_END = Moment("groep_einddatum_nadert", nears_its_end)
LAPSES = Moment("groep_verloopt", lapses, silent=True)
IS_PAST_ITS_END = Moment("groep_einddatum_voorbij", is_past_its_end)
GROUP_MOMENTS = (NEARS_ITS_END, LAPSES, IS_PAST_ITS_END)
