"""What the commands about decisions and agreements share: the meeting, who records, the parties, the mandate."""

from __future__ import annotations

from dataclasses import replace
from typing import TypeVar

from commands.kit import dates
from commands.kit.owed import owe_record
from commands.kit.planned import name_of
from commands.kit.ports import Offer, Option
from commands.kit.register import Register
from commands.kit.reply import Line, Strong, say
from commands.kit.signals import leads, raisers, recorded, sentence, tell_raisers
from commands.kit.turn import Ask, Turn
from commands.rules import decisions as rules
from commands.rules import ways
from commands.rules.decisions import Mandated
from commands.rules.programmes import categories as programme_categories
from commands.rules.programmes import may_decide
from commands.words.agreement import Agreement, AgreementState
from commands.words.decision import Decision, DecisionState, Stand, StandKind
from commands.words.enumeration import joined
from commands.words.mandate import Mandate
from commands.words.meeting import AgendaItem, Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.template import Seat
from commands.words.verdict import Allowed, Instead, Refused, Verdict
from commands.words.workgroup import Workgroup

#: Who sits at the table for a party.
SITTING = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.CHAIR)
R = TypeVar("R", Decision, Agreement, Decision | Agreement)
#: How far back a meeting may lie of which something is written down without naming it, in days.
DAYS_BACK = 31


def is_steering(turn: Register, body: Body) -> bool:
    """Whether this is the steering group of a programme, which decides within it."""
    group = turn.store.group(body.code) if body.is_group else None
    return group is not None and group.seat is Seat.STEERING


def place_for(turn: Turn) -> Body | None:
    """The body of the room; in private the one body of which the person is chair or secretary, if it is just one."""
    if turn.room is not None:
        return turn.room
    officer = (RoleName.CHAIR, RoleName.SECRETARY)
    codes = list(dict.fromkeys(role.body for role in turn.roles if role.role in officer))
    here = [code for code in codes if turn.meets_today(code)]
    chosen = here if len(here) == 1 else codes
    return turn.body(chosen[0]) if len(chosen) == 1 else None


def session_of(turn: Turn, place: Body, part: str = "meeting") -> Meeting | Ask | Refused:
    """The meeting of today; else the last one, which is asked about first."""
    today = turn.store.meetings(body=place.code, since=turn.today, until=turn.today)
    if len(today) == 1:
        return today[0]
    if today:
        options = tuple(Option(name_of(meeting), meeting.id) for meeting in today)
        labels = " of ".join(option.label for option in options)
        return Ask(part, f"Van welke vergadering: {labels}?", options)
    since = turn.today.fromordinal(turn.today.toordinal() - DAYS_BACK)
    past = [
        m for m in turn.store.meetings(body=place.code, since=since, until=turn.today) if m.state in rules.RECORDING
    ]
    if past:
        return Ask(part, f"Van {named(past[-1])}?", (Option("ja", past[-1].id),))
    coming = turn.next_meeting(place.code)
    when = (
        f"De volgende is {dates.say_short(coming.day)}; op die dag kan het."
        if coming
        else ways.look_at_meetings(place.code)
    )
    return Refused(f"{place.capital} vergadert vandaag niet. {when}", code="INV-22")


def named(meeting: Meeting) -> str:
    """ "DO di 25 mei 2027"."""
    return f"{name_of(meeting)} {dates.say_short(meeting.day)}"


def may_record(turn: Turn, place: Body, noun: str) -> Verdict:
    """C29, C30: the secretary of the body, or its chair. Members decide in the meeting, not in the chat."""
    if leads(turn, place) or turn.holds(RoleName.SECRETARY, place.code):
        return Allowed()
    if place.is_group and (parent := place.parent) and turn.holds(RoleName.SECRETARY, parent):
        return Allowed()
    you = "neemt u" if turn.formal else "neem je"
    taken = f"Een besluit {you}" if noun == "besluit" else "Een afspraak maken de partijen"
    return Refused(
        f"{taken} in de vergadering, niet in de chat. De secretaris van {place.the} legt het vast.", code="E04"
    )


def number_of(record: Decision | Agreement) -> str:
    """The number as people type it: 14 for BES-2027-014."""
    return record.id.rsplit("-", 1)[-1].lstrip("0")


# --- the parties -----------------------------------------------------------------------------------------------------
def at_the_table(turn: Turn, place: Body) -> tuple[str, ...]:
    """The standing parties that sit in the body today, in the order of the structure."""
    held = {role.on_behalf_of for role in turn.store.roles(body=place.code, on=turn.today) if role.role in SITTING}
    return tuple(party.code for party in turn.structure.parties if party.code in held)


def stand_line(stand: Stand) -> str:
    """ "VNG akkoord met voorbehoud: ruimte voor maatwerk (opgeheven do 1 jul 2027)"."""
    reason = f": {stand.because.rstrip('.')}" if stand.because else ""
    lifted = f" (opgeheven {dates.say_short(stand.lifted_on)})" if stand.lifted_on else ""
    return f"{stand.party} {stand.kind}{reason}{lifted}"


def stands_in_words(stands: tuple[Stand, ...]) -> str:
    """All positions in one sentence: who agree together, the others one by one; "" when nobody said anything."""
    agree = [one.party for one in stands if one.kind is StandKind.AGREES]
    other = [stand_line(one) for one in stands if one.kind is not StandKind.AGREES]
    parts = [f"{joined(agree)} akkoord"] if agree else []
    return "; ".join([*parts, *other])


# --- the mandate -----------------------------------------------------------------------------------------------------
def categories(turn: Register, place: Body) -> tuple[str, ...]:
    """What the body may settle by itself."""
    return rules.categories_of(place, turn.store.get(Mandate, place.code))


def within_mandate(
    turn: Turn, place: Body, category: str | None, said: bool | None, signal: Signal | None
) -> bool | Ask | Refused | None:
    """INV-24: whether it lies within the mandate; None where none is needed, or where the chair still has to say so.

    Only the chair says so, or the secretary on the chair's behalf in the meeting (dialogue.md 15).
    """
    if is_steering(turn, place):
        return _within_programme(turn, place, category)
    known = categories(turn, place)
    answer = rules.mandated(place, turn.structure, known, category, said)
    if answer in (Mandated.NOT_ASKED, Mandated.WITHIN):
        return True if answer is Mandated.WITHIN else None
    if answer is Mandated.ASK_CATEGORY:
        options = tuple(Option(one, one) for one in (*known, "anders"))
        return Ask("category", f"Onder welk deel van het mandaat valt dit: {', '.join(known)}, of anders?", options)
    if answer is Mandated.ASK_CHAIR:
        if not leads(turn, place):
            return None
        options = (Option("ja", "ja"), Option("nee", "nee"))
        return Ask("mandate", f"Valt dit binnen het mandaat van {place.the}: ja of nee?", options)
    above = turn.structure.above(place)
    because = f"Dit valt buiten het mandaat van {place.the}" + (f" ({', '.join(known)})." if known else ".")
    if above is None:
        return Refused(f"{because} {ways.ask(f'de voorzitter van {place.the}')}", code="R-051")
    if signal is None:
        return Refused(f"{because} {above.capital} besluit; leg het voor met !escaleer.", code="R-051")
    return Refused(because, Instead("escaleer", {"signal": signal.id}, f"Naar {above.the} escaleren?"), "R-051")


def _within_programme(turn: Turn, place: Body, category: str | None) -> Ask | Refused | None:
    """R-123: a steering group decides in its own categories, within its programme."""
    group = turn.store.get(Workgroup, place.code)
    if group is None:
        return None
    verdict = may_decide(group, category, turn.structure.templates)
    if isinstance(verdict, Refused):
        own = programme_categories(group, turn.structure.templates)
        return Ask("category", verdict.because, tuple(Option(one, one) for one in own)) if own else verdict
    return None


def ask_chair_about_mandate(turn: Turn, place: Body, record: Decision | Agreement) -> str:
    """Put the case before the chair (R-051); returns what the one who recorded it reads about that."""
    chair = turn.person_with(RoleName.CHAIR, place.code)
    if chair is None:
        return f"{place.capital} heeft nu geen voorzitter; of het binnen het mandaat valt, is nog niet gezegd."
    offers = tuple(
        Offer(word, "mandaat", {"subject": record.id, "answer": answer})
        for word, answer in (("ja", "ja"), ("✅", "ja"), ("nee", "nee"))
    )
    line: Line = (
        Strong(record.id),
        f": {sentence(record.text)} Valt dit binnen het mandaat van {place.the}? Antwoord met ja of nee.",
    )
    turn.tell(chair.id, say(line), about=(record.id,), offers=offers, receipt=False)
    return "Of dit binnen het mandaat valt, vraag ik de voorzitter."


# --- writing ---------------------------------------------------------------------------------------------------------
def save_record(turn: Turn, record: Decision | Agreement, why: str) -> None:
    """Write it with its history row, and what the clock now owes about it."""
    turn.put(record, why)
    owe_record(turn.store, turn.structure, turn.now, record)


def fix(turn: Turn, record: R, place: Body, why: str = "") -> R:
    """INV-23: the text is fixed, by the chair, or by the secretary on the chair's behalf; also with the minutes."""
    after = rules.fixed(record, turn.person.id, turn.now)
    save_record(turn, after, recorded(turn, place, why or "vastgesteld"))
    return after


def fix_with_minutes(turn: Turn, meeting: Meeting) -> tuple[list[Decision | Agreement], list[Decision | Agreement]]:
    """V5: with the minutes the concept decisions and agreements of a meeting become fixed; returns those, and those
    that could not because the mandate is still in question.
    """
    place = turn.need_body(meeting.body)
    concepts: list[Decision | Agreement] = [
        *turn.store.decisions(meeting=meeting.id, states=(DecisionState.CONCEPT,)),
        *turn.store.agreements(meeting=meeting.id, states=(AgreementState.CONCEPT,)),
    ]
    done: list[Decision | Agreement] = []
    left: list[Decision | Agreement] = []
    for concept in concepts:
        record = rules.consented(concept, turn.structure, turn.today)
        if isinstance(rules.may_fix(record, place, turn.structure), Refused):
            left.append(record)
        else:
            done.append(fix(turn, record, place, f"met het verslag van {meeting.id}"))
    return done, left


def lapse(turn: Turn, decision: Decision, because: str) -> None:
    """It no longer holds; what it revised before it was fixed holds again."""
    old = turn.store.get(Decision, decision.revises) if decision.revises else None
    if old is not None and decision.state is DecisionState.CONCEPT and old.revised_by == decision.id:
        save_record(turn, rules.restored(old), f"{decision.id} vervalt: {because}")
    save_record(turn, replace(decision, state=DecisionState.LAPSED, outcome=because), because)


def signals_under(turn: Register, item: AgendaItem | None, ids: tuple[str, ...] = ()) -> list[Signal]:
    """The signals that something is about, in order."""
    found = dict.fromkeys((*(item.signals if item else ()), *ids))
    return [signal for id in found if (signal := turn.store.get(Signal, id)) is not None]


def tell_what_came(turn: Turn, record: Decision | Agreement, text: str, *, but: tuple[str, ...] = ()) -> None:
    """R-151, R-177: who raised what it is about hears what became of it; someone from outside only that something did
    (INV-20). `but` are signals whose raisers hear it otherwise."""
    for signal in signals_under(turn, None, tuple(id for id in record.signals if id not in but)):
        raised = (turn.store.get(Person, id) for id in raisers(turn, signal))
        outside = [one.id for one in raised if one is not None and one.external]
        tell_raisers(turn, signal, text, but=outside)
        for id in outside:
            news = f" ({signal.title}): er is nieuws over wat hierover is besloten."
            turn.tell(id, say((Strong(signal.id), news)), about=(signal.id,))


def keeper_of(turn: Register, record: Decision | Agreement) -> Person | None:
    """The secretary of the body that decided, else its chair."""
    found = turn.person_with(RoleName.SECRETARY, record.body)
    return found or turn.person_with(RoleName.CHAIR, record.body)


# --- who answers for it ----------------------------------------------------------------------------------------------
def may_answer_for(turn: Turn, record: Decision | Agreement) -> Verdict:
    """C31: who leads it or answers for it, whoever sits in the body for the party that answers for it, and who keeps
    the lists of that body or of the whole (G5).
    """
    place = turn.need_body(record.body)
    officers = any(turn.holds(role, place.code) for role in (RoleName.SECRETARY, RoleName.CHAIR))
    if officers or turn.holds(RoleName.SECRETARY, turn.structure.filter.code):
        return Allowed()
    who = f"de secretaris van {place.the}"
    if isinstance(record, Agreement):
        if turn.person.id in (record.lead, record.responsible):
            return Allowed()
        mine = [one for one in turn.roles if one.body == record.body and one.role in SITTING]
        if any(one.on_behalf_of == record.responsible for one in mine):
            return Allowed()
        if turn.holds(RoleName.SECRETARY, record.accountable_to):
            return Allowed()
        who = f"wie het trekt ({turn.person_named(record.lead)}) of {who}"
    if record.measure is not None and turn.person.id == record.measure.who:
        return Allowed()
    return Refused(f"Bij {record.id} doet dit {who}.", code="E04")


def bodies_spoken_for(turn: Turn) -> tuple[Body, ...]:
    """The bodies for which the person may speak the last word today: as chair, or as secretary in a meeting."""
    codes = [role.body for role in turn.roles if role.role is RoleName.CHAIR]
    codes += [role.body for role in turn.roles if role.role is RoleName.SECRETARY and turn.meets_today(role.body)]
    return tuple(body for code in dict.fromkeys(codes) if (body := turn.body(code)) is not None)
