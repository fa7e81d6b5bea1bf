"""The clock around a consultation: a reminder to who has not answered, and once it is closed what came in, and what
becomes of a text that was never let go (R-127).

It closes because its last day is over; the clock changes no state, it tells and asks (INV-10).
"""

from __future__ import annotations

from collections.abc import Sequence

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.constituencies import contact_of
from commands.kit.consultations import answer_offer, positions
from commands.kit.ports import Due, Offer
from commands.kit.reply import Line, Strong
from commands.kit.signals import sentence
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.agenda import keeps
from commands.rules.consultations import waiting
from commands.words.consultation import Consultation, ConsultationState
from commands.words.minutes import BulletinState
from commands.words.people import Person


def is_unanswered(watch: Watch, due: Due) -> Sequence[Nudge]:
    """raadpleging_herinnering: before the closing date, only to the contact of a party that said nothing yet."""
    one = _open(watch, due)
    if one is None or watch.today > one.closes_on:
        return ()
    nudges: list[Nudge] = []
    for party in waiting(one):
        contact = contact_of(watch, party)
        if contact is None:
            continue
        drafts = watch.store.bulletins(about=one.id, to=party, states=(BulletinState.DRAFT,))
        draft = f" De tekst voor de achterban ({drafts[0].id}) wacht nog op vrijgave." if drafts else ""
        answer = "U antwoordt" if contact.address == "u" else "Antwoord"
        body = watch.need_body(one.body)
        line: Line = (
            Strong(one.id),
            f": tot en met {dates.say_day(one.closes_on, today=watch.today)} vraagt {body.the} het standpunt van "
            f"{party}: {sentence(one.question)}{draft} {answer} met standpunt en wat {party} vindt.",
        )
        offers = (answer_offer(one, party),)
        nudges.append(Nudge(contact.id, (line,), (one.id,), offers, "reminder", one.closes_on, one.id))
    return nudges


def is_closed(watch: Watch, due: Due) -> Sequence[Nudge]:
    """raadpleging_gesloten: on the first sending day after it, to who keeps the lists and, if not a contact, who asked;
    a contact hears only what was heard of the own party (rulings.md 9)."""
    one = _open(watch, due)
    if one is None or due.occasion != str(one.closes_on) or watch.today <= one.closes_on:
        return ()
    silent = waiting(one)
    watch.put(one, f"gesloten, {len(one.parties) - len(silent)} van {len(one.parties)} geantwoord")
    keeper = secretary_of(watch, one.body)
    readers = dict.fromkeys((*((keeper.id,) if keeper is not None else ()), one.made_by))
    line: Line = (
        "[ter informatie] ",
        Strong(one.id),
        f" is gesloten: {positions(one, one.parties)}. Een antwoord dat nog komt, noteer ik als na sluiting.",
    )
    return [
        Nudge(person, (line,), (one.id,), day=one.closes_on)
        for person in readers
        if (keeper is not None and person == keeper.id) or _reads_all(watch, person, one)
    ]


def has_drafts(watch: Watch, due: Due) -> Sequence[Nudge]:
    """raadpleging_concept: a text that can go out no more is asked about once, of who might have let it go."""
    one = watch.store.get(Consultation, due.about)
    if one is None or one.state is ConsultationState.WITHDRAWN or due.occasion != str(one.closes_on):
        return ()
    closed = dates.say_day(one.closes_on, today=watch.today)
    nudges: list[Nudge] = []
    for draft in watch.store.bulletins(about=one.id, states=(BulletinState.DRAFT,)):
        reader = contact_of(watch, draft.to) or watch.store.get(Person, draft.releases)
        if reader is None:
            continue
        answer = "U antwoordt" if reader.address == "u" else "Antwoord"
        line: Line = (
            Strong(draft.id),
            f": {one.id} sloot op {closed}, en deze tekst voor de achterban van {draft.to} is niet vrijgegeven. Hij "
            f"gaat niet meer uit. Zal ik hem laten vervallen? {answer} met ja. Ik vraag dit één keer.",
        )
        waive = {"act": "vervalt", "bulletin": draft.id}
        parts = {**waive, "because": f"{one.id} is gesloten"}
        offers = (
            *(Offer(word, "vrijgeef", parts) for word in ("ja", "✅")),
            Offer("vervalt", "vrijgeef", waive, rest="because"),
        )
        nudges.append(Nudge(reader.id, (line,), (draft.id,), offers, day=one.closes_on))
    return nudges


def _reads_all(watch: Watch, person: str, one: Consultation) -> bool:
    body = watch.need_body(one.body)
    return keeps(watch.store.roles(person=person, on=watch.today), body, watch.structure)


def _open(watch: Watch, due: Due) -> Consultation | None:
    one = watch.store.get(Consultation, due.about)
    if one is None or one.state is not ConsultationState.OPEN or not due.occasion.startswith(str(one.closes_on)):
        return None
    return one


CONSULTATION_MOMENTS = (
    Moment("raadpleging_herinnering", is_unanswered),
    Moment("raadpleging_gesloten", is_closed),
    Moment("raadpleging_concept", has_drafts),
)
