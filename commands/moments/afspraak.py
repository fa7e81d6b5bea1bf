"""The clock around decisions and agreements: how one sees whether it works, how it stands, whether anyone speaks of it
(R-058, R-060, R-175, digests.md §2.1). The tone follows the track.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.kit import dates
from commands.kit.decisions import keeper_of, named
from commands.kit.owed import measure_asked_on
from commands.kit.ports import Due, Offer
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules import agreements, monitoring
from commands.rules.decisions import unanswered
from commands.rules.groups import add_months
from commands.rules.timing import at_sending_time
from commands.words.agreement import Agreement
from commands.words.decision import Decision, DecisionState
from commands.words.enumeration import joined
from commands.words.meeting import ItemState, Meeting, MeetingState
from commands.words.people import Person
from commands.words.signal import Track

#: The word of an offer that whatever is said under it answers.
ANSWER = "antwoord"


# --- afspraak_zonder_monitoring --------------------------------------------------------------------------------------
def without_measure(watch: Watch, due: Due) -> Sequence[Nudge]:
    """10 werkdagen after the meeting, then before each DO and BO: to who answers for it, else the secretary."""
    record = _record(watch, due)
    if record is None or not monitoring.lacks_measure(record):
        return ()
    watch.owe_again(_again(watch, due, measure_asked_on(watch.store, watch.structure, watch.now, record)))
    encourage = isinstance(record, Agreement) and record.track is Track.ENCOURAGE
    what = f"{record.id} ({record.text.rstrip('.')})"
    if encourage:
        text = (
            f"{what} laat zich lastig tellen. Waaraan zouden we over een jaar merken dat het helpt? Denk aan een "
            "verhaal uit de regio, een voorbeeld of een vraag aan de achterban. Wie kijkt mee?"
        )
    else:
        text = (
            f"Bij {what} staat nog niet hoe we zien of het werkt. Nodig: een maat, een meetmoment en wie meet. "
            f"Vul aan met !monitoring {record.id}, of zet 'niet nodig' met een reden."
        )
    reader, lead = _reader(watch, record)
    if reader is None:
        return ()
    this = {"record": record.id}
    offers = tuple(Offer(word, "monitoring", this, rest="text") for word in (ANSWER, "monitoring"))
    return [Nudge(reader.id, (f"{lead}{text}",), (record.id,), offers, subject=f"{record.id}:maat")]


# --- afspraak_stand --------------------------------------------------------------------------------------------------
def how_it_stands(watch: Watch, due: Due) -> Sequence[Nudge]:
    """R-060: twice a year (a setting) the *trekker* is asked how it stands, counted from when somebody last said so."""
    agreement = watch.store.get(Agreement, due.about)
    day = monitoring.next_look(agreement, watch.structure) if agreement is not None else None
    if agreement is None or day is None:
        return ()
    if day > watch.today:
        watch.owe_again(_again(watch, due, day))
        return ()
    watch.owe_again(_again(watch, due, _months_on(watch, watch.thresholds.monitor_months)))
    return _asked_to_the_lead(watch, agreement)


def _asked_to_the_lead(watch: Watch, agreement: Agreement) -> Sequence[Nudge]:
    last = dates.say_day(monitoring.looked_at(agreement), today=watch.today)
    what = f"{agreement.id}: {agreement.text.rstrip('.')}"
    if agreement.track is Track.ENCOURAGE:
        text = (
            f"De vorige keer dat we keken naar {what} was {last}. Wat is er sindsdien in beweging gekomen, en wat "
            "vraagt nog hulp? Twee zinnen zijn genoeg."
        )
    else:
        text = (
            f"Hoe staat het met {what}? De laatste stand is {agreements.standing(agreement)}, van {last}. Antwoord in "
            "één zin: op papier, in voorbereiding, in uitvoering of gerealiseerd, en is het haalbaar in tijd en geld?"
        )
    lead = watch.store.get(Person, agreement.lead)
    reader, opening = _through_secretary(watch, agreement, lead)
    if reader is None:
        return ()
    offers = tuple(Offer(word, "voortgang", {"record": agreement.id}, rest="text") for word in (ANSWER, "voortgang"))
    return [
        Nudge(reader.id, (f"{opening}{text}",), (agreement.id,), offers, "reminder", subject=f"{agreement.id}:stand")
    ]


# --- afspraak_dekking ------------------------------------------------------------------------------------------------
def on_no_agenda(watch: Watch, due: Due) -> Sequence[Nudge]:
    """R-175: twelve months (a setting) on no agenda; the secretary hears it, and is offered to put it on one."""
    agreement = watch.store.get(Agreement, due.about)
    if agreement is None:
        return ()
    day = monitoring.uncovered_on(agreement, _spoken_of(watch, agreement), watch.structure)
    if day is None:
        return ()
    if day > watch.today:
        watch.owe_again(_again(watch, due, day))
        return ()
    watch.owe_again(_again(watch, due, _months_on(watch, watch.thresholds.coverage_months)))
    reader = keeper_of(watch, agreement)
    if reader is None:
        return ()
    months = watch.thresholds.coverage_months
    span = "een jaar" if months == 12 else f"{months} maanden"
    body = watch.need_body(agreement.body)
    meeting = watch.next_meeting(body.code)
    when = f" van {dates.say_day(meeting.day, today=watch.today)}" if meeting else ""
    text = (
        f"{agreement.id} ({agreement.text.rstrip('.')}) stond {span} op geen agenda. "
        f"Op die van {body.the}{when} zetten? Antwoord met agendeer."
    )
    parts = {"text": f"{agreement.id}: {agreement.text}", "body": body.code, "nature": "bespreking"}
    offers = (Offer("agendeer", "agendeer", parts), Offer("ja", "agendeer", parts))
    return [Nudge(reader.id, (text,), (agreement.id,), offers, "reminder", subject=f"{agreement.id}:dekking")]


def _spoken_of(watch: Watch, agreement: Agreement) -> list[date]:
    """The days of meetings with an item about its signals, or that names it, up to today."""
    since = add_months(watch.today, -watch.thresholds.coverage_months)
    days: list[date] = []
    kept = (ItemState.SCHEDULED, ItemState.TREATED)
    for meeting in watch.store.meetings(since=since, until=watch.today, limit=500):
        items = [item for item in watch.store.items(meeting=meeting.id) if item.state in kept]
        named = (f"{item.title} {item.main_line} {item.ask}" for item in items)
        if any(set(item.signals) & set(agreement.signals) for item in items) or any(agreement.id in t for t in named):
            days.append(meeting.day)
    own = watch.store.get(Meeting, agreement.meeting)
    return [*days, *([own.day] if own else [])]


# --- schriftelijke_ronde ---------------------------------------------------------------------------------------------
def round_is_over(watch: Watch, due: Due) -> Sequence[Nudge]:
    """digests.md §3.2: the day after the last one to answer, the secretary hears who did not; silence is no consent."""
    decision = watch.store.get(Decision, due.about)
    reader = keeper_of(watch, decision) if decision is not None else None
    if decision is None or reader is None or decision.state is not DecisionState.CONCEPT:
        return ()
    what = f"De schriftelijke ronde over {decision.id} ({decision.text.rstrip('.')}) is voorbij."
    silent = unanswered(decision)
    if silent and watch.thresholds.silence_consents:
        way = f"Vaststellen kan met !besluit {decision.id} vaststellen."
        rest = f"Geen antwoord van {joined(silent)}, dat telt als instemming. {way}"
    elif silent:
        meeting = watch.store.get(Meeting, decision.meeting)
        if meeting is None or meeting.state is MeetingState.CANCELLED:
            meeting = watch.next_meeting(decision.body)
        when = f" Het staat op {named(meeting)}." if meeting is not None else ""
        rest = f"Nog geen antwoord van {joined(silent)}; wie niets zegt, stemt niet in.{when}"
    else:
        rest = f"Alle partijen hebben geantwoord. Vaststellen kan met !besluit {decision.id} vaststellen."
    return [Nudge(reader.id, (f"{what} {rest}",), (decision.id,), subject=f"{decision.id}:ronde")]


# --- shared ----------------------------------------------------------------------------------------------------------
def _record(watch: Watch, due: Due) -> Decision | Agreement | None:
    return watch.store.get(Decision, due.about) or watch.store.get(Agreement, due.about)


def _again(watch: Watch, due: Due, day: date) -> Due:
    return Due(due.kind, due.about, str(day), at_sending_time(day, watch.structure))


def _months_on(watch: Watch, months: int) -> date:
    return watch.structure.calendar.sending_on_or_after(add_months(watch.today, months))


def _reader(watch: Watch, record: Decision | Agreement) -> tuple[Person | None, str]:
    """Who answers for it where that is a person, else who leads it; of a decision the secretary."""
    if isinstance(record, Decision):
        return keeper_of(watch, record), ""
    person = watch.store.get(Person, record.responsible) or watch.store.get(Person, record.lead)
    return _through_secretary(watch, record, person)


def _through_secretary(watch: Watch, record: Agreement, person: Person | None) -> tuple[Person | None, str]:
    """A bot does not chase a director: who is addressed with *u* is reached through the secretary (a setting)."""
    keeper = keeper_of(watch, record)
    if person is None:
        return keeper, ""
    if person.address == "u" and watch.thresholds.through_secretary and keeper is not None and keeper.id != person.id:
        return keeper, f"Voor {person.label}: "
    return person, ""


AGREEMENT_MOMENTS = (
    Moment("afspraak_zonder_monitoring", without_measure),
    Moment("afspraak_stand", how_it_stands),
    Moment("afspraak_dekking", on_no_agenda),
    Moment("schriftelijke_ronde", round_is_over),
)
