"""The clock around a group's end date: two warnings, the lapse itself, and the question after (W4, digests.md §2.1).

The lapse is the only change of state that the clock makes by itself (INV-10); it is announced to nobody. People hear of
it on the first sending day after, and then at most a few times more: after that it is up to people.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import date, datetime, time, timedelta

from commands.kit import dates
from commands.kit.group_agenda import live_items, next_open_agenda, put_choice_on_agenda, put_outlook_on_agenda
from commands.kit.group_ends import bodies_within, open_things
from commands.kit.group_proposals import number_of
from commands.kit.owed import owe_group
from commands.kit.ports import Due, Offer
from commands.kit.register import FORMAL_KINDS
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.group_life import is_evaluated, lacks_evaluation
from commands.rules.timing import at_sending_time
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting
from commands.words.people import Person, RoleName
from commands.words.proposal import Proposal, ProposalKind
from commands.words.signal import Track
from commands.words.workgroup import GroupState, Workgroup

_BEFORE_END = (GroupState.FOUNDED, GroupState.ACTIVE)
#: The word that shows where the group stands.
SHOW = "toon"
_OFFERS: dict[str, Callable[[str], Offer]] = {
    SHOW: lambda code: Offer(SHOW, "werkgroep", {"name": code}),
    "evalueren": lambda code: Offer("evalueren", "evaluatie", {"act": "start", "place": code}),
    "afronden": lambda code: Offer("afronden", "werkgroep", {"name": code, "act": "afronden"}),
    "verlengen": lambda code: Offer("verlengen", "verleng", {"group": code}, rest="end"),
}
_AFTER = ("afronden", "verlengen")


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
    """groep_verloopt (W4): past its end date a group lapses, and its future is put before the body above it.

    While an extension waits to be confirmed the group waits too, but no longer than until that body has met (or the
    next question would have come): a proposal that nobody decides keeps no group alive.
    """
    group = _group(watch, due, _BEFORE_END)
    if group is None or group.end >= watch.today:
        return ()
    open_one = _extension(watch, group)
    note = f" Voorstel {open_one.id}: verlengen." if open_one else ""
    put_choice_on_agenda(watch, watch.put, group, note)
    if open_one is not None and watch.today <= _waits_until(watch, group):
        tomorrow = datetime.combine(watch.today + timedelta(days=1), time(0, 0), AMSTERDAM)
        watch.owe_again(replace(due, occasion=f"{group.end}-{watch.today}", at=tomorrow))
        return ()
    watch.put(replace(group, state=GroupState.LAPSED), "einddatum voorbij")
    for inner in bodies_within(watch, group):
        watch.put(replace(inner, state=GroupState.LAPSED), f"{group.code} is verlopen")
    owe_group(watch.store, watch.structure, watch.now, replace(group, state=GroupState.LAPSED))
    return ()


def _extension(watch: Watch, group: Workgroup) -> Proposal | None:
    """The extension of the group that nobody decided yet."""
    found = watch.store.proposals(about=group.code)
    return next((one for one in found if one.kind is ProposalKind.EXTEND_GROUP), None)


def _waits_until(watch: Watch, group: Workgroup) -> date:
    """The last day on which an open extension holds up the lapse."""
    since = date.fromordinal(group.end.toordinal() + 1)
    met = watch.store.meetings(body=group.parent, since=since, kinds=FORMAL_KINDS, limit=1)
    latest = watch.thresholds.group_ended_repeat.after(group.end, watch.structure.calendar)
    return min(met[0].day, latest) if met else latest


def comes_on_the_agenda(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_op_agenda: as long as a group has lapsed, each next meeting of the body above it has it as a proposal."""
    group = _group(watch, due, (GroupState.LAPSED,))
    if group is None:
        return ()
    put_choice_on_agenda(watch, watch.put, group)
    standing = live_items(watch, group)
    if standing:
        day = standing[0][0].day
        after = datetime.combine(day + timedelta(days=1), time(0, 0), AMSTERDAM)
        watch.owe_again(Due(due.kind, due.about, f"{group.end}-na-{day}", after))
    return ()


def is_past_its_end(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_einddatum_voorbij: from the first sending day after, again every 20 working days, a few times at most.

    The chair of the body above it hears it once (§4.2 line 6); after that the chair's block of the digest says it. Also
    while an extension holds up the lapse: who confirms it is then what the group waits for.
    """
    group = _group(watch, due, (GroupState.LAPSED, *_BEFORE_END))
    if group is None or group.end >= watch.today:
        return ()
    first = due.occasion == f"{group.end}-1"
    _repeat(watch, due, due.occasion.removeprefix(f"{group.end}-"), f"{group.end}")
    end = dates.say_day(group.end, today=watch.today)
    place = watch.need_body(group.parent).the
    when = _when_decided(watch, group)
    waiting = _extension(watch, group)
    if waiting is not None:
        return _to_both(watch, group, _undecided(watch, group, waiting), chair_too=first)
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
    ways = (SHOW if is_evaluated(group) else "evalueren", *_AFTER)
    return _to_both(watch, group, text, ways=ways, chair_too=first)


def _undecided(watch: Watch, group: Workgroup, proposal: Proposal) -> str:
    """What is said instead while it was proposed to extend the group and nobody decided."""
    end = dates.say_day(group.end, today=watch.today)
    over = "gaat door na" if group.track is Track.ENCOURAGE else "is over de einddatum van"
    number = number_of(proposal)
    return (
        f"{group.code} {over} {end} en krijgt geen nieuw werk. {proposal.id}, verlengen, wacht op de voorzitter van "
        f"{watch.need_body(proposal.confirms).the}: !bekrachtig {number}, of !wijsaf {number} met de reden."
    )


def _when_decided(watch: Watch, group: Workgroup) -> str:
    standing = live_items(watch, group)
    meeting = standing[0][0] if standing else watch.next_meeting(group.parent)
    return f"op {dates.say_day(meeting.day, today=watch.today)}" if meeting else "in de eerstvolgende vergadering"


def is_being_wound_up(watch: Watch, due: Due) -> Sequence[Nudge]:
    """groep_afronding: a group that is wound up but not over: what is left, every 20 working days, a few times."""
    group = watch.store.get(Workgroup, due.about)
    if group is None or group.state is not GroupState.WINDING_UP:
        return ()
    began, _, count = due.occasion.rpartition("-")
    _repeat(watch, due, count, began)
    left = open_things(watch, group)
    rest = f"Nog af te maken: {left.said}." if left else "Er staat niets meer open."
    word = "beëindigen" if group.is_programme else "opheffen"
    end = f"!programma beeindig {group.code}" if group.is_programme else f"!ophef {group.code}"
    lacks = lacks_evaluation(group)
    lacking = f" {lacks}." if lacks else ""
    text = f"{group.code} is in afronding. {rest}{lacking} Kan het {word}? Dat gaat met {end}."
    return _to_both(watch, group, text)


def asks_for_its_course(watch: Watch, due: Due) -> Sequence[Nudge]:
    """programma_koers (R-162): 24 and 12 months before its end "Vervolg en koers" is proposed, and its leader asked."""
    group = _group(watch, due, _BEFORE_END)
    if group is None or group.end <= watch.today:
        return ()
    put_outlook_on_agenda(watch, watch.put, group)
    end = dates.say_day(group.end, today=watch.today)
    meeting = next_open_agenda(watch, group)
    place = watch.need_body(group.parent).the
    when = f"van {dates.say_day(meeting.day, today=watch.today)}" if meeting else "dat nog gepland wordt"
    text = (
        f"{group.code} loopt tot en met {end}. Vervolg en koers staat als voorstel op de agenda van {place} {when}: "
        "wat blijft, wat gaat over, en wie neemt het over?"
    )
    return _to_both(watch, group, text)


def _group(watch: Watch, due: Due, states: Sequence[GroupState]) -> Workgroup | None:
    """The group as it is now, when this moment still holds for it: a new end date made new moments."""
    group = watch.store.get(Workgroup, due.about)
    if group is None or group.state not in states or not due.occasion.startswith(str(group.end)):
        return None
    return group


def _repeat(watch: Watch, due: Due, step: str, since: str) -> None:
    """The same question once more, as often as the setting says; after that it is up to people."""
    limits, count = watch.thresholds, int(step)
    if count < limits.group_ended_most:
        calendar = watch.structure.calendar
        day = calendar.sending_on_or_after(limits.group_ended_repeat.after(watch.today, calendar))
        watch.owe_again(Due(due.kind, due.about, f"{since}-{count + 1}", at_sending_time(day, watch.structure)))


def _to_both(
    watch: Watch, group: Workgroup, text: str, *, ways: tuple[str, ...] = (SHOW,), chair_too: bool = False
) -> Sequence[Nudge]:
    """One message each to who leads the group and the secretary of the body above it, if asked for also to the chair
    of that body; each person once.
    """
    secretary = watch.person_with(RoleName.SECRETARY, group.parent)
    chair = watch.person_with(RoleName.CHAIR, group.parent)
    above = [secretary or chair, chair if chair_too else None]
    ids = dict.fromkeys(id for id in (group.chair, *(one.id for one in above if one)) if id)
    people = [person for id in ids if (person := watch.store.get(Person, id)) and watch.in_office(person)]
    # Looking how the group stands is always possible, whatever the three are that a message names.
    offers = tuple(_OFFERS[way](group.code) for way in dict.fromkeys((*ways, SHOW)))
    return [Nudge(one.id, (f"{text} {_ways_out(one, ways)}",), (group.code,), offers) for one in people]


def _ways_out(person: Person, ways: tuple[str, ...]) -> str:
    formal = person.address == "u"
    if ways == (SHOW,):
        if formal:
            return f"Antwoordt u met {SHOW}, dan ziet u hoe de groep ervoor staat."
        return f"Antwoord met {SHOW} en je ziet hoe de groep ervoor staat."
    words = f"{', '.join(ways[:-1])} of {ways[-1]}"
    return f"U kunt antwoorden met {words}." if formal else f"Antwoord met {words}."


def _evaluation(watch: Watch, group: Workgroup) -> str:
    if group.evaluated_on is None or not is_evaluated(group):
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
ON_THE_AGENDA = Moment("groep_op_agenda", comes_on_the_agenda, silent=True)
IS_PAST_ITS_END = Moment("groep_einddatum_voorbij", is_past_its_end)
WINDING_UP = Moment("groep_afronding", is_being_wound_up)
COURSE = Moment("programma_koers", asks_for_its_course)
GROUP_MOMENTS = (NEARS_ITS_END, LAPSES, ON_THE_AGENDA, IS_PAST_ITS_END, WINDING_UP, COURSE)
