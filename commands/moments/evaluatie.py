"""The clock around an evaluation: asking who leads for it, reminding who has not answered, and asking to close it
(R-079, R-149, digests.md §2.1). The tone follows the track of the group."""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.evaluating import in_words, leader_of, named, track_of, under_way
from commands.kit.groups import still_in
from commands.kit.ports import Due, Offer
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules import evaluations as rules
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.people import Person
from commands.words.signal import Track
from commands.words.structure import Body
from commands.words.workgroup import RUNNING_STATES


def is_needed(watch: Watch, due: Due) -> Sequence[Nudge]:
    """evaluatie_nodig: before its day, on it, and once after; to who leads the group, of a fixed body the secretary."""
    found = watch.store.get(Evaluation, due.about)
    if found is None or found.state is not EvaluationState.PLANNED or not due.occasion.startswith(f"{found.day}-"):
        return ()
    body = watch.body(found.about)
    if body is None or under_way(watch, body) is not None:
        return ()
    group = watch.store.group(body.code) if body.is_group else None
    if group is not None and group.state not in RUNNING_STATES:
        return ()
    reader = (leader_of(watch, body) if body.is_group else None) or secretary_of(watch, body.code)
    if reader is None:
        return ()
    offers = tuple(
        Offer(word, "evaluatie", {"act": act, "place": body.code}, rest=rest)
        for word, act, rest in (("start", "start", None), ("gehouden", "gehouden", "on"), ("later", "plan", "until"))
    )
    text = _needed(watch, found, body, reader, past=found.day < watch.today)
    return [Nudge(reader.id, (text,), (found.id,), offers, day=found.day)]


def _needed(watch: Watch, found: Evaluation, body: Body, reader: Person, *, past: bool) -> str:
    day = dates.say_day(found.day, today=watch.today)
    formal = reader.address == "u"
    ways = (
        "U antwoordt met start (dan vraag ik het ieder privé), gehouden of later met een datum."
        if formal
        else "Antwoord met start (dan vraag ik het ieder privé), gehouden of later met een datum."
    )
    if track_of(watch, body) is Track.ENCOURAGE:
        when = f"; we spraken {day} af" if past else f", voor {day}"
        you = "wie wilt u daarvoor een podium geven" if formal else "wie willen we daarvoor een podium geven"
        return (
            f"Tijd om met {named(body)} achterom te kijken{when}. Wat is er gaan bewegen, wat verraste, en {you}? "
            f"Een goed gesprek en vijf regels zijn genoeg. {ways}"
        )
    stands = "stond" if past else "staat"
    return (
        f"De evaluatie van {named(body)} {stands} voor {day}. Drie vragen, hooguit één bladzijde: proces, inhoud, "
        f"relatie. Wie vult in, en wanneer? {ways}"
    )


def is_unanswered(watch: Watch, due: Due) -> Sequence[Nudge]:
    """evaluatie_herinnering: only to who has not answered all three. Directors are not chased: they are asked once."""
    found = watch.store.get(Evaluation, due.about)
    if found is None or found.state is not EvaluationState.OUT or not due.occasion.startswith(f"{found.asked_on}-"):
        return ()
    body = watch.body(found.about)
    if body is None or found.closes_on is None or watch.today > found.closes_on:
        return ()
    nudges: list[Nudge] = []
    for one in watch.store.respondents(found.id):
        person = watch.store.get(Person, one.person)
        if person is None or rules.is_complete(one) or not watch.in_office(person):
            continue
        if not still_in(watch, body.code, person.id):
            # Who left may still answer and is not asked again.
            continue
        if person.address == "u" and watch.thresholds.through_secretary:
            continue
        text = _unanswered(watch, found, body, person, begun=bool(one.answered))
        offer = Offer("evalueer", "evalueer", {"evaluation": found.id, "place": body.code})
        nudges.append(Nudge(person.id, (text,), (found.id,), (offer,), "reminder", found.closes_on, found.id))
    return nudges


def _unanswered(watch: Watch, found: Evaluation, body: Body, person: Person, *, begun: bool) -> str:
    until = dates.say_day(found.closes_on, today=watch.today) if found.closes_on else ""
    formal = person.address == "u"
    left = "de rest van " if begun else ""
    answer = "Antwoordt u met evalueer" if formal else "Antwoord met evalueer"
    then = "dan stel ik ze" if formal else "en ik stel ze"
    return (
        f"Tot en met {until} kan {left}de evaluatie van {named(body)} nog worden ingevuld: drie vragen, zonder namen. "
        f"{answer}, {then}."
    )


def may_close(watch: Watch, due: Due) -> Sequence[Nudge]:
    """evaluatie_sluiten: the day after the last one, to the secretary; people close it, not the clock (INV-10)."""
    found = watch.store.get(Evaluation, due.about)
    if found is None or found.state is not EvaluationState.OUT or due.occasion != str(found.closes_on):
        return ()
    body = watch.body(found.about)
    reader = (secretary_of(watch, body.code) or leader_of(watch, body)) if body is not None else None
    if body is None or reader is None:
        return ()
    count = rules.answered(watch.store.respondents(found.id))
    verb = "antwoordde" if count == 1 else "antwoordden"
    least = in_words(watch.thresholds.anonymous_from)
    hidden = "" if rules.may_show(count, watch.thresholds) else f" Getoond wordt vanaf {least}."
    close = "Antwoordt u met sluit, dan" if reader.address == "u" else "Antwoord met sluit, dan"
    text = (
        f"De inbreng voor de evaluatie van {named(body)} kan dicht: {count} van {found.asked} {verb}.{hidden} "
        f"{close} zet ik de uitkomst klaar."
    )
    offers = tuple(Offer(word, "evaluatie", {"act": word, "place": body.code}) for word in ("sluit", "toon"))
    return [Nudge(reader.id, (text,), (found.id,), offers)]


EVALUATION_MOMENTS = (
    Moment("evaluatie_nodig", is_needed),
    Moment("evaluatie_herinnering", is_unanswered),
    Moment("evaluatie_sluiten", may_close),
)
