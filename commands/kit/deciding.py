"""Writing a decision down and fixing it: the item and its signals go along, and who must know is told (S11)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from commands.kit import dates
from commands.kit.decisions import (
    SITTING,
    ask_chair_about_mandate,
    at_the_table,
    fix,
    is_steering,
    named,
    number_of,
    save_record,
    signals_under,
    stand_line,
    tell_what_came,
)
from commands.kit.ports import Offer
from commands.kit.programme_bodies import missing_parties
from commands.kit.reply import Line, Strong, say
from commands.kit.signals import leads, raisers, recorded, save, sentence, tell_raisers
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import decisions as rules
from commands.rules import points, ways
from commands.rules.monitoring import lacks_measure
from commands.words.agreement import Agreement
from commands.words.decision import Decision, DecisionState, StandKind
from commands.words.enumeration import joined
from commands.words.meeting import AgendaItem, ItemOutcome, ItemState, Meeting
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused


@dataclass(frozen=True)
class Draft:
    """A decision as it was typed and found allowed."""

    text: str
    place: Body
    meeting: Meeting
    item: AgendaItem | None
    signal: Signal | None
    category: str | None
    within: bool | None
    absent: tuple[str, ...]
    pending: tuple[str, ...]
    revises: Decision | None
    due: date | None
    public: str | None
    written: date | None = None


def next_to_list(turn: Turn, place: Body) -> Meeting | Refused:
    """The meeting that lists a decision in writing (digests.md §3.2)."""
    found = turn.next_meeting(place.code, after=turn.today)
    if found is None:
        because = (
            f"Een schriftelijke ronde komt terug op {place.called(f'volgende {place.code}')}, en er is geen gepland."
        )
        return Refused(f"{because} Plan dat eerst, met !vergadering plan.", code="INV-22")
    return found


def record_decision(turn: Turn, draft: Draft) -> Outcome:
    """The concept, with the position of every party at the table; its item is treated and its signals decided."""
    place, meeting = draft.place, draft.meeting
    item = draft.item or item_about(turn, meeting, draft.signal)
    if item is not None and not draft.written and item.state not in (ItemState.SCHEDULED, ItemState.TREATED):
        if item.state is ItemState.PROPOSED:
            way = f"Eerst !agenda vaststellen {place.code}, door de voorzitter."
        else:
            way = ways.look_at_agenda(place.code)
        return Refused(f"Punt {item.number} is {item.state}; daar hoort geen besluit bij. {way}", code="E12")
    signals = signals_under(turn, item, (draft.signal.id,) if draft.signal else ())
    elsewhere = next((one for one in signals if draft.signal == one and one.lies_with != place.code), None)
    if elsewhere is not None:
        there = turn.need_body(elsewhere.lies_with).the
        return Refused(
            f"{elsewhere.id} ligt bij {there}; {place.the} besluit er niet over. {ways.look(elsewhere.id)}", code="E12"
        )
    if is_steering(turn, place) and not draft.absent:
        # of a steering group the parties for which nobody sits in it are noted with the decision.
        draft = replace(draft, absent=missing_parties(turn, place.code))
    if (twin := _twin(turn, draft)) is not None:
        return Refused(f"Dit stond al genoteerd als {twin.id}.", code="E14")
    parties = at_the_table(turn, place)
    pending = parties if draft.written else draft.pending
    if draft.written and not parties:
        return Refused(
            f"In {place.the} zit nu niemand namens een partij; er is niemand om te vragen. Leg rollen vast met !rol.",
            code="INV-22",
        )
    decision = Decision(
        id=turn.new_id("BES"),
        text=draft.text,
        body=place.code,
        meeting=meeting.id,
        made_by=turn.person.id,
        made_at=turn.now,
        item=item.id if item else None,
        signals=tuple(one.id for one in signals),
        category=draft.category,
        within_mandate=draft.within,
        not_represented=draft.absent,
        stands=rules.first_stands(parties, item.stands if item else (), draft.absent, pending),
        due=draft.due,
        revises=draft.revises.id if draft.revises else None,
        public=draft.public or "",
        written_until=draft.written,
    )
    within = "binnen mandaat; " if draft.within else ""
    if draft.written is not None:
        asked = f"schriftelijke ronde tot en met {dates.say_short(draft.written)}"
        save_record(turn, decision, recorded(turn, place, f"{within}{asked}"))
        return _asked_in_writing(turn, draft, decision)
    save_record(turn, decision, recorded(turn, place, f"{within}besloten in {meeting.id}"))
    if draft.revises is not None:
        _gives_way(turn, draft.revises, decision)
    if item is not None:
        turn.put(points.concluded(item, ItemOutcome.DECIDED), f"{decision.id}: {draft.text}")
    decide_signals(turn, signals, decision, place, meeting)
    return _answer(turn, draft, decision, item, signals)


def item_about(turn: Turn, meeting: Meeting, signal: Signal | None) -> AgendaItem | None:
    """The item of that meeting about the signal."""
    found = [one for one in turn.store.items(signal=signal.id) if one.meeting == meeting.id] if signal else []
    return next((one for one in found if one.state in (ItemState.SCHEDULED, ItemState.TREATED)), None)


def _twin(turn: Turn, draft: Draft) -> Decision | None:
    known = turn.store.decisions(meeting=draft.meeting.id, states=rules.OUTCOMES[DecisionState.LAPSED])
    return next((one for one in known if one.text.casefold() == draft.text.casefold()), None)


def decide_signals(
    turn: Turn, signals: Sequence[Signal], record: Decision | Agreement, place: Body, meeting: Meeting
) -> None:
    """S11; everyone who raised it hears it once, someone from outside without the text (INV-20)."""
    noun = "besluit" if isinstance(record, Decision) else "afspraak"
    written = isinstance(record, Decision) and record.written_until is not None
    when = f"{place.the}, in een schriftelijke ronde" if written else f"{place.the} van {dates.say_short(meeting.day)}"
    for signal in signals:
        after = points.signal_after(signal, place.code, ItemOutcome.DECIDED, turn.now)
        if after != signal:
            save(turn, after, f"{record.id}: {record.text}")
        raised = (turn.store.get(Person, id) for id in raisers(turn, signal))
        outside = [one.id for one in raised if one is not None and one.external]
        tell_raisers(turn, signal, f"{noun} van {when}: {sentence(record.text)}", but=outside)
        for id in outside:
            line: Line = (
                Strong(signal.id),
                f" ({signal.title}): hierover is besloten {'door' if written else 'in'} {when}.",
            )
            turn.tell(id, say(line), about=(signal.id,))


def _answer(turn: Turn, draft: Draft, decision: Decision, item: AgendaItem | None, signals: list[Signal]) -> Reply:
    place = draft.place
    where = f"punt {item.number} van {named(draft.meeting)}" if item else named(draft.meeting)
    lines = [f"{decision.id}, concept, bij {where}."]
    if decision.revises:
        lines.append(f"Herziet {decision.revises}.")
    if decision.not_represented:
        lines.append(f"Niet vertegenwoordigd: {joined(decision.not_represented)}.")
    others = [stand_line(one) for one in decision.stands if one.kind is not StandKind.AGREES]
    if others:
        lines.append(f"{'; '.join(others)}.")
    waiting = [one.id for one in signals if one.state is SignalState.SUBMITTED]
    if waiting:
        lines.append(f"Nog niet gewogen: {joined(waiting)}.")
    if decision.within_mandate is None and place.code == turn.structure.filter.code:
        lines.append(ask_chair_about_mandate(turn, place, decision))
    if decision.stands:
        lines.append("Voorbehouden?")
    if turn.room is None or turn.room.code != place.code:
        line: Line = (Strong(decision.id), f" (concept, {where}): {sentence(decision.text)}")
        turn.announce(place.code, say(line), about=(decision.id, *decision.signals), offers=reservations(decision))
    return Reply(
        say(" ".join(lines)),
        about=(decision.id, *((item.id,) if item else ()), *decision.signals),
        offers=reservations(decision),
        deed=f"{decision.id} vastgelegd",
        private=turn.room is not None and turn.room.code != place.code,
    )


def reservations(decision: Decision | Agreement) -> tuple[Offer, ...]:
    """The words that answer *Voorbehouden?*: the name of a party, with what it reserves, or *geen*."""
    this = {"record": decision.id}
    parties = [Offer(one.party, "voorbehoud", {**this, "party": one.party}, rest="text") for one in decision.stands]
    return (*parties, *(Offer(word, "voorbehoud", {**this, "text": "geen"}) for word in ("geen", "nee")))


# --- in writing ------------------------------------------------------------------------------------------------------
def _asked_in_writing(turn: Turn, draft: Draft, decision: Decision) -> Reply:
    """The question to the parties, in the room of the body; nothing is decided until each of them answered."""
    place, until = draft.place, dates.say_short(draft.written) if draft.written else ""
    asked = rules.unanswered(decision)
    silence = "stemt in" if turn.thresholds.silence_consents else "stemt niet in"
    question = (
        f"Gevraagd aan {joined(asked)}: antwoord met akkoord, of met voorbehoud of tegen en waarom. "
        f"Wie niets zegt, {silence}. Het staat op {named(draft.meeting)}."
    )
    lines: tuple[Line, ...] = (
        (Strong(decision.id), f", schriftelijke ronde tot en met {until}: {sentence(decision.text)}"),
        question if asked else f"Alle partijen hebben hier al op geantwoord. Het staat op {named(draft.meeting)}.",
    )
    this = {"subject": decision.id}
    offers = (
        Offer("akkoord", "standpunt", {**this, "kind": "akkoord"}),
        Offer("voorbehoud", "standpunt", {**this, "kind": "voorbehoud"}, rest="because"),
        Offer("tegen", "standpunt", {**this, "kind": "tegen"}, rest="because"),
    )
    about = (decision.id, *decision.signals)
    deed = f"{decision.id} schriftelijk voorgelegd"
    held = turn.store.roles(body=place.code, on=turn.today)
    people = dict.fromkeys(one.person for one in held if one.role in SITTING and one.on_behalf_of in asked)
    if turn.room is not None and turn.room.code == place.code:
        return Reply(say(*lines), about, offers, tuple(people), deed, receipt=False)
    turn.announce(place.code, say(*lines), about=about, offers=offers, mentions=tuple(people))
    line = f"{decision.id}: voorgelegd aan {place.the}, tot en met {until}."
    return Reply(say(line), about, deed=deed, private=turn.room is not None)


def decided_in_writing(turn: Turn, decision: Decision | Agreement, place: Body) -> None:
    """What a decision in a meeting does at once, when one in writing is fixed: its signals are decided, and what it
    revises gives way."""
    if not isinstance(decision, Decision) or decision.written_until is None:
        return
    meeting = turn.store.get(Meeting, decision.meeting)
    if meeting is not None:
        decide_signals(turn, signals_under(turn, None, decision.signals), decision, place, meeting)
    old = turn.store.get(Decision, decision.revises) if decision.revises else None
    if old is not None and isinstance(rules.may_revise(old, place, turn.structure), Allowed):
        _gives_way(turn, old, decision)


def _gives_way(turn: Turn, old: Decision, decision: Decision) -> None:
    """The old decision is revised; who raised what that one was about hears what holds now."""
    save_record(turn, rules.revised(old, decision.id), f"herzien door {decision.id}")
    text = f"het besluit hierover is herzien. Nu geldt: {sentence(decision.text)}"
    tell_what_came(turn, old, text, but=decision.signals)


# --- fixing ----------------------------------------------------------------------------------------------------------
def fix_record(turn: Turn, decision: Decision | Agreement, sure: bool) -> Outcome:
    """C29: by the chair, or by the secretary in the meeting on the chair's behalf; freezing asks for a *ja* first."""
    place = turn.need_body(decision.body)
    decision = rules.consented(decision, turn.structure, turn.today)
    in_meeting = turn.holds(RoleName.SECRETARY, place.code) and turn.meets_today(place.code)
    if not (leads(turn, place) or in_meeting):
        because = f"Vaststellen doet de voorzitter van {place.the}, of de secretaris op de dag van een vergadering."
        return Refused(because, code="E04")
    verdict = rules.may_fix(decision, place, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    if not sure:
        noted = f" Let op: {'; '.join(verdict.warnings)}." if verdict.warnings else ""
        fixing = f"{decision.id}: {sentence(decision.text)}{noted} Daarna staat de tekst vast."
        again = {"fixing": decision.id, "text": "", "point": "", "sure": "ja"}
        return Refused(fixing, Instead("", again, "Vaststellen?"), "INV-23")
    after = fix(turn, decision, place)
    decided_in_writing(turn, after, place)
    lines = [f"{after.id} is vastgesteld."]
    if lacks_measure(after):
        lines.append(f"Nog nodig: maat en meetmoment, met !monitoring {number_of(after)}.")
    return Reply(
        say(" ".join(lines)),
        about=(after.id, *after.signals),
        deed=f"{after.id} vastgesteld",
        private=turn.room is not None and turn.room.code != place.code,
    )
