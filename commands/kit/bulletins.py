"""Short texts that tell others of a meeting: drafts that a person releases (R-056, R-129, digests.md §1.6).

They hold no position of a party, nothing of a sensitive signal and nothing that is not public.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace

from commands.kit import dates
from commands.kit.constituencies import before_release, contact_of, draft_feedback, outward_line, put_before
from commands.kit.minutes import gather
from commands.kit.owed import owe_bulletin, owe_connections
from commands.kit.planned import name_of
from commands.kit.ports import Record
from commands.kit.register import Register
from commands.kit.turn import Turn
from commands.rules.consultations import with_network
from commands.rules.minutes import shortened
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.meeting import AgendaItem, ItemOutcome, Meeting, MeetingState
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, RoleName
from commands.words.signal import OPEN_STATES, Signal
from commands.words.structure import Body

#: What only the one who releases it can say.
REGION = "Wat betekent dit voor de regio:"
NAMES = ("besluit of afspraak", "besluiten of afspraken")
TO_FILL = f"{REGION} (nog aan te vullen)"


def draft_bulletins(turn: Turn, meeting: Meeting, place: Body) -> tuple[list[Bulletin], list[str]]:
    """The drafts of the filter's meeting, each put before who may release it; and what the secretary must know."""
    known = turn.store.bulletins(meeting=meeting.id)
    # A draft that was taken back with the minutes was waived by nobody, and is made anew.
    decided = any(one.state is not BulletinState.WAIVED or one.released_by for one in known)
    if place.code != turn.structure.filter.code or decided:
        return [], []
    made: list[Bulletin] = []
    missing: list[str] = []
    text = looking_back(turn, meeting, place)
    for party in turn.structure.parties:
        if not party.members:
            continue
        contact = contact_of(turn, party.code)
        if contact is None:
            missing.append(party.code)
            continue
        made.append(_draft(turn, meeting, BulletinKind.LOOKING_BACK, party.code, text, contact))
    above = turn.structure.above(place)
    keeper = turn.person_with(RoleName.SECRETARY, place.code) or turn.person_with(RoleName.CHAIR, place.code)
    if above is not None and keeper is not None:
        made.append(_draft(turn, meeting, BulletinKind.UPWARD, above.code, upward(turn, meeting, place), keeper))
    return made, missing


def _draft(turn: Turn, meeting: Meeting, kind: BulletinKind, to: str, text: str, reader: Person) -> Bulletin:
    place = turn.need_body(meeting.body)
    line = outward_line(turn, place, to) if kind is BulletinKind.LOOKING_BACK else (place.code, to)
    draft = Bulletin(turn.new_id("TRK"), meeting.id, kind, to, text, reader.id, turn.now, line=line)
    put_before(turn, draft, reader, before_release(draft, turn.the(to)))
    return draft


def draft_decided(turn: Turn, meeting: Meeting, place: Body) -> list[str]:
    """What a body above the filter decided, for those the parties speak for; made when its minutes are fixed, as a
    draft for each contact (R-128, R-177). Returns the parties; none where there is nothing to tell."""
    known = turn.store.bulletins(meeting=meeting.id)
    told = any(one.kind is BulletinKind.FEEDBACK and one.state is not BulletinState.WAIVED for one in known)
    minutes = gather(turn.store, meeting, _may_be_told(turn))
    fixed = [one for one in minutes.spoken if str(one.state) != "concept"]
    if place.is_group or place.code == turn.structure.filter.code or told or not fixed:
        return []
    agreed = shortened(_texts(fixed), 80, *NAMES)
    parties = [party.code for party in with_network(turn.structure)]
    text = f"Besloten in {place.called(name_of(meeting))} van {dates.say_day(meeting.day)}: {agreed}."
    return draft_feedback(turn, place, parties, text, meeting=meeting.id)[0]


# --- the texts -------------------------------------------------------------------------------------------------------
def looking_back(register: Register, meeting: Meeting, place: Body) -> str:
    """*Wat is besproken · Wat is afgesproken · Wat betekent dit voor de regio · Wanneer weer*."""
    minutes = gather(register.store, meeting, _may_be_told(register))
    spoken = shortened([item.title for item in minutes.items], 24, "punt", "punten") or "geen punten om te delen"
    agreed = shortened(_texts(minutes.spoken), 30, *NAMES)
    return "\n".join(
        (
            f"[ter informatie] Terugblik op {place.called(name_of(meeting))} van {dates.say_day(meeting.day)}.",
            f"Wat is besproken: {spoken}.",
            f"Wat is afgesproken: {agreed or 'geen besluiten of afspraken'}.",
            TO_FILL,
            f"Wanneer weer: {_next(register, meeting, place)}.",
        )
    )


def upward(register: Register, meeting: Meeting, place: Body) -> str:
    """What the body above needs to know of it: what was decided, what comes its way, how much was agreed to do."""
    minutes = gather(register.store, meeting, _may_be_told(register))
    agreed = shortened(_texts(minutes.spoken), 26, *NAMES)
    coming = [item.title for item in minutes.items if item.outcome == ItemOutcome.ESCALATED]
    n = len(minutes.actions)
    lines = [
        f"[ter informatie] {name_of(meeting)} van {dates.say_day(meeting.day)}.",
        f"Besloten: {agreed or 'geen besluiten'}.",
        f"Komt naar u toe: {shortened(coming, 12, 'punt', 'punten')}." if coming else "",
        f"Acties: {n}. Volgend {place.code}: {_next(register, meeting, place)}.",
    ]
    return "\n".join(line for line in lines if line)


def standing(register: Register, place: Body) -> str:
    """How it stands, for a connection: what it brought in and where that lies, and the last meeting of the filter."""
    above = register.structure.filter
    brought = shortened(_brought_in(register, place), 40, "signaal", "signalen")
    past = register.store.meetings(body=above.code, until=register.today, limit=2000)
    last = ""
    if past:
        minutes = gather(register.store, past[-1], _may_be_told(register))
        agreed = shortened(_texts(minutes.spoken), 26, *NAMES) or "geen besluiten of afspraken"
        last = f"Laatste {name_of(past[-1])} ({dates.say_day(past[-1].day)}): {agreed}."
    coming = register.next_meeting(above.code)
    lines = (
        f"[ter informatie] Stand van zaken van {above.the} op {dates.say_day(register.today)}.",
        f"Uit {place.code}: {brought or 'geen open signalen'}.",
        last,
        TO_FILL,
        f"Wanneer weer: {dates.say_day(coming.day) if coming else 'nog niet gepland'}.",
    )
    return "\n".join(line for line in lines if line)


def _brought_in(register: Register, place: Body) -> list[str]:
    """Open signals of the people in a connection, with where each lies; nothing that is sensitive."""
    people = dict.fromkeys(role.person for role in register.store.roles(body=place.code, on=register.today))
    found = {
        signal.id: signal
        for person in people
        for signal in register.store.signals(raiser=person, states=tuple(OPEN_STATES))
        if not signal.sensitive
    }
    return [f"{one.title} (ligt bij {register.need_body(one.lies_with).the})" for _, one in sorted(found.items())]


def _next(register: Register, meeting: Meeting, place: Body) -> str:
    coming = register.next_meeting(place.code, after=meeting.day)
    return dates.say_day(coming.day) if coming else "nog niet gepland"


def _texts(records: Sequence[Decision | Agreement]) -> list[str]:
    return [one.text.rstrip(".") for one in records]


def _may_be_told(register: Register) -> Callable[[Record], bool]:
    """Whether others may hear of it: nothing of a sensitive signal, and no decision that is not public."""

    def told(record: Record) -> bool:
        match record:
            case AgendaItem() | Decision() | Agreement():
                ids = record.signals
            case _:
                return True
        private = isinstance(record, Decision) and not is_public(record)
        signals = (register.store.get(Signal, id) for id in ids)
        return not private and not any(one is not None and one.sensitive for one in signals)

    return told


def is_public(decision: Decision) -> bool:
    """Whether others may read it now; nobody said otherwise, or said *ja*."""
    return not decision.public.casefold().startswith(("nee", "later"))


# --- afterwards ------------------------------------------------------------------------------------------------------
def settle(turn: Turn, bulletin: Bulletin, why: str) -> Meeting | None:
    """Write it down; the meeting is closed when it was the last one (V6), and is then returned."""
    turn.put(bulletin, why)
    owe_bulletin(turn.store, turn.structure, turn.now, bulletin)
    owe_connections(turn.store, turn.structure, turn.now)
    meeting = turn.store.get(Meeting, bulletin.meeting) if bulletin.meeting else None
    return meeting if meeting is not None and close_if_told(turn, meeting) else None


def close_if_told(turn: Turn, meeting: Meeting) -> bool:
    """V6: the minutes are fixed and every bulletin went out or was waived."""
    waiting = turn.store.bulletins(meeting=meeting.id, states=(BulletinState.DRAFT,))
    if meeting.state is not MeetingState.CONFIRMED or waiting:
        return False
    turn.put(replace(meeting, state=MeetingState.DONE), "verslag vastgesteld, berichten verstuurd of vervallen")
    return True
