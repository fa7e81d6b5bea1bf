"""The ways onto an agenda: a point, several signals under one, an initiative of the top, and what is asked for it."""

from __future__ import annotations

import re
from dataclasses import replace

from commands.kit import dates
from commands.kit.agenda_ways import agenda_stops
from commands.kit.agendas import meeting_named, next_number, stands_on
from commands.kit.item_parts import Parts, new_item
from commands.kit.ports import Offer, Option
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, save, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import agenda as rules
from commands.rules import ways
from commands.words.meeting import AgendaItem, ItemState, Meeting, Nature
from commands.words.people import RoleName
from commands.words.signal import Horizon, Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

_INITIATIVE = re.compile(r",?\s*(?:\bals\s+)?\bbestuurlijk initiatief\b", re.IGNORECASE)


def ask_nature() -> Ask:
    options = (Option("ter besluitvorming", "besluitvorming"), Option("ter bespreking", "bespreking"))
    return Ask("nature", "Ter besluitvorming of ter bespreking?", options)


def ask_horizon() -> Ask:
    return Ask("horizon", "Strategie of actualiteit?", tuple(Option(str(one), str(one)) for one in Horizon))


def missing_of(place: Body, turn: Turn, signal: Signal | None, parts: Parts) -> Ask | None:
    """What every item needs (INV-32); above the filter a decision also says what is decided (S9)."""
    if parts.nature is None:
        return ask_nature()
    if parts.horizon is None:
        return ask_horizon()
    above_filter = place.level is not None and place.level > (turn.structure.filter.level or 0)
    if parts.nature is Nature.DECIDE and above_filter and not (parts.ask or (signal and signal.brief)):
        return Ask("ask", f"Wat moet {place.the} besluiten?")
    return None


# --- a political initiative (J3, INV-04) -----------------------------------------------------------------------------
def as_initiative(text: str) -> tuple[str, bool]:
    """The text without "als bestuurlijk initiatief", and whether that was said."""
    left = _INITIATIVE.sub("", text).strip(" ,.;")
    return (left, True) if left != text.strip(" ,.;") else (text, False)


def propose_initiative(turn: Turn, text: str, place: Body, parts: Parts) -> Outcome:
    """By the chair of the top: proposed at once at the tier below, which prepares it."""
    below = turn.structure.below(place)
    if below is None or turn.structure.above(place) is not None or place.is_group:
        top = turn.structure.tiers[-1]
        return Refused(f"Een bestuurlijk initiatief is voor {top.the}.", Instead("", {"body": top.code}, "Daar?"), "J3")
    if not leads(turn, place):
        return Refused(f"Een bestuurlijk initiatief neemt de voorzitter van {place.the}.", code="E04")
    parts = replace(parts, nature=parts.nature or Nature.DECIDE)
    missing = missing_of(place, turn, None, parts)
    if missing is not None:
        return missing
    meeting, goal = turn.next_meeting(below.code), turn.next_meeting(place.code)
    if meeting is None:
        how = f"Plan het met !vergadering plan {below.code} soort:tussentijds."
        return Refused(
            f"Eerst {below.the}, het voorportaal van {place.the}; er is geen {below.code} gepland. {how}", code="J3"
        )
    item = replace(new_item(turn, None, text, place, meeting, parts), state=ItemState.PROPOSED)
    item = replace(
        item,
        id=turn.new_id("AGP"),
        number=next_number(turn, meeting),
        beforehand=f"bestuurlijk initiatief van {place.the}",
    )
    turn.put(item, f"bestuurlijk initiatief van {place.the}, voorgesteld voor {meeting.id}")
    offer_to_keeper(turn, item, below, meeting)
    late = goal is not None and meeting.day >= goal.day
    warned = f" Let op: dat is niet vóór {place.the}; het vraagt een tussentijds {below.code}." if late else ""
    line = f" is voorgesteld voor {meeting_named(meeting)}: {below.the} bereidt het voor.{warned}"
    return Reply(say((Strong(item.id), line)), about=(item.id,), deed=f"{item.id} voorgesteld")


# --- several signals under one point (rulings.md 10) -----------------------------------------------------------------
def join(turn: Turn, signal: Signal, item: AgendaItem) -> Outcome:
    """Clustered without merging: each signal keeps its own dossier, the point its title and raiser."""
    meeting, place = stands_on(turn, item)
    stop = agenda_stops(turn, signal, place, meeting, item.nature, item.horizon)
    if stop is not None:
        return stop
    if item.state not in rules.LIVE:
        return Refused(f"Punt {item.number} is {item.state}. {ways.look_at_agenda(place.code)}", code="E12")
    where = f"punt {item.number} van {meeting_named(meeting)}"
    if signal.id in item.signals:
        return Refused(f"{signal.id} staat al bij {where}.", code="E14")
    if rules.state_for(turn.roles, place, turn.structure) is not ItemState.SCHEDULED:
        keeper = turn.person_with(RoleName.SECRETARY, place.code) or turn.person_with(RoleName.CHAIR, place.code)
        words = {"subject": signal.id, "under": item.id}
        if keeper is not None:
            asked = f"{turn.person.label} stelt voor {signal.id} ({signal.title}) te bespreken bij {where}."
            line = f"{asked} Met ja of ✅ staat het erbij."
            offers = tuple(Offer(word, "agendeer", words) for word in ("✅", "ja"))
            turn.tell(keeper.id, say(line), about=(signal.id, item.id), offers=offers, receipt=False)
        return Reply(say(f"{signal.id} is voorgesteld bij {where}."), about=(signal.id, item.id))
    turn.put(replace(item, signals=(*item.signals, signal.id)), f"met {signal.id}")
    if item.state is ItemState.SCHEDULED:
        schedule(turn, signal, item, meeting)
        tell_raisers(turn, signal, f"staat op de agenda van {place.the} van {dates.say_short(meeting.day)}.")
    return Reply(
        say(f"{signal.id} staat bij {where}."), about=(item.id, signal.id), deed=f"{signal.id} bij punt {item.number}"
    )


def schedule(turn: Turn, signal: Signal, item: AgendaItem, meeting: Meeting) -> None:
    for other in turn.store.items(signal=signal.id):
        # A proposal for another meeting of the same body is answered by this place.
        if other.id != item.id and other.state is ItemState.PROPOSED and len(other.signals) == 1:
            elsewhere = turn.store.get(Meeting, other.meeting)
            if elsewhere is not None and elsewhere.body == meeting.body:
                turn.put(replace(other, state=ItemState.DROPPED), f"staat op {meeting.id}")
    told = replace(signal, horizon=signal.horizon or item.horizon)
    if signal.state is SignalState.HANDLING:
        save(turn, replace(told, state=SignalState.SCHEDULED, changed_at=turn.now), f"op {meeting.id}")
    elif told != signal:
        turn.put(told, f"{item.horizon}, op {meeting.id}")


def offer_to_keeper(turn: Turn, item: AgendaItem, place: Body, meeting: Meeting) -> None:
    """The secretary, or without one the chair, puts a proposed point on the agenda with one word."""
    keeper = turn.person_with(RoleName.SECRETARY, place.code) or turn.person_with(RoleName.CHAIR, place.code)
    if keeper is None:
        return
    offers = (Offer("✅", "agendeer", {"subject": item.id}), Offer("ja", "agendeer", {"subject": item.id}))
    who = f"{turn.person.label} ({item.on_behalf_of})"
    what = f"{', '.join(item.signals)} {item.title}".strip()
    day = dates.say_short(meeting.day)
    line = f"{who} stelt voor {place.the} van {day} voor: {what}, ter {item.nature}. Met ja of ✅ staat het erop."
    turn.tell(keeper.id, say(line), about=(item.id,), offers=offers, receipt=False)
