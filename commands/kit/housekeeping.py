"""What nobody looks after: empty seats, people and rooms that cannot be reached, what waits, what is past (R-089)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from commands.kit import dates
from commands.kit.chat_rooms import strangers
from commands.kit.connections import contact_for, has_room, members_of, who_lets_go
from commands.kit.constituencies import contact_of
from commands.kit.register import Register
from commands.kit.reply import Code, Line
from commands.rules import monitoring
from commands.rules.floating import awaits_feedback, is_floating
from commands.rules.minutes import CONCEPT
from commands.rules.planning import AHEAD
from commands.words.action import Action, ActionState
from commands.words.agreement import LIVE_AGREEMENTS
from commands.words.calendar import AMSTERDAM
from commands.words.decision import LIVE_DECISIONS
from commands.words.minutes import BulletinState, CorrectionState
from commands.words.people import Person, RoleName, Room
from commands.words.signal import Signal, SignalState, Track
from commands.words.workgroup import RUNNING_STATES, GroupState

#: How many are named of each kind; the rest is counted.
NAMED = 4
#: Where a room can be.
CHANNELS = ("matrix", "teams")
#: More of a kind than a register holds open at one time.
MOST = 2000
_WAITING = (SignalState.SUBMITTED, SignalState.HANDLING, SignalState.HELD)
_SETTLED = (SignalState.SETTLED, SignalState.REJECTED)


@dataclass(frozen=True)
class Finding:
    """One kind of thing that nobody looks after: what it is, which ones, and what to do about it."""

    what: str
    found: tuple[str, ...]
    way: Line = ""

    @property
    def line(self) -> Line:
        """ "Zonder bezetting: secretaris DO, trekker PRG-SPOED en nog 2. Geef een rol met !rol." """
        shown, left = self.found[:NAMED], len(self.found) - NAMED
        rest = f" en nog {left}" if left > 0 else ""
        way = (self.way,) if isinstance(self.way, str) else self.way
        return (f"{self.what}: {', '.join(shown)}{rest}.", *((" ", *way) if self.way else ()))


def findings(register: Register, since: date) -> list[Finding]:
    """All of it as it is now; what could not be delivered from `since` on. Ids and functions, no titles."""
    people = _in_office(register)
    found = (
        Finding("Lege plekken", tuple(_empty_seats(register)), ("Invullen met ", Code("!rol"), ".")),
        Finding("Zonder chatadres", tuple(_unreachable(people)), "De beheerder voegt het toe aan het personenbestand."),
        Finding("Niet bezorgd", tuple(_undelivered(register, since)), "Zie het logboek van de beheerder."),
        Finding("Onbekenden in een kamer", tuple(_strangers(register)), "Zij lezen mee."),
        Finding("Acties zonder iemand", tuple(_orphans(register)), ("Geef ze over met ", Code("!overdragen"), ".")),
        Finding("Verzoeken zonder antwoord", tuple(_unanswered(register)), ""),
        Finding("Over de datum", tuple(_late(register)), ("Zie ", Code("!acties te laat"), ".")),
        Finding("Zwevende signalen", tuple(_floating(register)), ("Zie ", Code("!zwevend"), ".")),
        Finding("Aangehouden zonder datum", tuple(_undated(register)), ("Weeg opnieuw met ", Code("!weeg"), ".")),
        Finding("Nog niet teruggekoppeld", tuple(_untold(register)), ("Doe het met ", Code("!terugkoppeling"), ".")),
        Finding("Vergaderingen zonder vervolg", tuple(_unheld(register)), ("Meld ze met ", Code("!vergadering"), ".")),
        Finding("Groepen na hun einddatum", tuple(_lapsed(register)), ("Zie ", Code("!werkgroepen"), ".")),
        Finding("Zonder maat of meetmoment", tuple(_unmeasured(register)), ("Vul aan met ", Code("!monitoring"), ".")),
        Finding("Concepten die wachten", tuple(_drafts(register)), ("Zie ", Code("!vrijgeef"), ".")),
        Finding("Correcties die wachten", tuple(_corrections(register)), ("Zie ", Code("!correcties"), ".")),
    )
    return [one for one in found if one.found]


# --- people and rooms ------------------------------------------------------------------------------------------------
def _in_office(register: Register) -> list[Person]:
    """Who has a role today and acts under it, by id."""
    ids = sorted({role.person for role in register.store.roles(on=register.today)})
    people = (register.store.get(Person, id) for id in ids)
    return [person for person in people if person is not None and register.in_office(person)]


def _empty_seats(register: Register) -> Iterable[str]:
    for body in register.structure.tiers:
        for role in (RoleName.CHAIR, RoleName.SECRETARY):
            if register.person_with(role, body.code) is None:
                yield f"{role} {body.code}"
    place = register.structure.filter
    here = {role.on_behalf_of for role in register.store.roles(body=place.code, on=register.today)}
    for party in register.structure.parties:
        if party.code not in here:
            yield f"{party.code} in {place.the}"
        if party.members and contact_of(register, party.code) is None:
            yield f"koepelcontact {party.code}"
    for connection in register.structure.connections:
        used = has_room(register, connection) or members_of(register, connection)
        if used and contact_for(register, connection) is None:
            yield f"koepelcontact {connection.code}"
    for group in register.store.groups(states=RUNNING_STATES):
        chair = register.store.get(Person, group.chair) if group.chair else None
        if not group.within and (chair is None or not register.in_office(chair)):
            yield f"voorzitter {group.code}"


def _unreachable(people: Sequence[Person]) -> Iterable[str]:
    return (person.label for person in people if not (person.matrix or person.teams))


def _undelivered(register: Register, since: date) -> Iterable[str]:
    midnight = register.now.astimezone(AMSTERDAM).replace(
        year=since.year, month=since.month, day=since.day, hour=0, minute=0, second=0, microsecond=0
    )
    for to, count in register.store.undelivered(midnight):
        kind, _, whom = to.partition(":")
        label = register.person_named(whom) if kind == "dm" else f"de kamer van {to}"
        yield f"{count} aan {label}"


def _strangers(register: Register) -> Iterable[str]:
    bodies = [*register.structure.bodies, *(group.as_body() for group in register.store.groups(states=RUNNING_STATES))]
    for body in bodies:
        room = register.store.get(Room, Room(body.code).id)
        for channel in CHANNELS:
            address = room.on(channel) if room is not None else None
            unknown = strangers(register, channel, register.store.people_in(channel, address)) if address else ()
            if unknown:
                yield f"{len(unknown)} in {body.code}"


# --- what waits and what is past -------------------------------------------------------------------------------------
def _orphans(register: Register) -> Iterable[str]:
    for action in _actions(register, ActionState.OPEN):
        holder = register.store.get(Person, action.holder)
        if holder is None or not register.in_office(holder):
            yield f"{action.id} ({action.holder})"


def _unanswered(register: Register) -> Iterable[str]:
    """Requests that nobody took or turned down for as long as a signal may lie."""
    calendar = register.structure.calendar
    for action in _actions(register, ActionState.REQUESTED):
        made = action.made_at.astimezone(AMSTERDAM).date()
        if register.thresholds.floating.passed(made, register.today, calendar):
            yield f"{action.id} ({register.person_named(action.holder)})"


def _late(register: Register) -> Iterable[str]:
    """On the track aanspreken only: the other one has no arrears (INV-29)."""
    past = (one for one in _actions(register, ActionState.OPEN) if one.due < register.today)
    return (_dated(one, register.today) for one in past if one.track is not Track.ENCOURAGE)


def _actions(register: Register, state: ActionState) -> Iterable[Action]:
    found = (register.store.actions(body=code, states=(state,), limit=MOST) for code in register.codes())
    return (action for here in found for action in here)


def _dated(action: Action, today: date) -> str:
    return f"{action.id} ({dates.say_short(action.due).removesuffix(f' {today.year}')})"


def _signals(register: Register, states: Sequence[SignalState]) -> tuple[Signal, ...]:
    return register.store.signals(states=states, limit=MOST)


def _floating(register: Register) -> Iterable[str]:
    place, today = register.structure.filter, register.today
    for signal in _signals(register, _WAITING):
        filed = signal.filed_at.astimezone(AMSTERDAM).date()
        meetings = register.store.meetings(body=place.code, since=filed, limit=3)
        if is_floating(signal, today, meetings, register.structure):
            yield signal.id


def _undated(register: Register) -> Iterable[str]:
    return (one.id for one in _signals(register, (SignalState.HELD,)) if one.due is None)


def _untold(register: Register) -> Iterable[str]:
    settled = _signals(register, _SETTLED)
    return (one.id for one in settled if awaits_feedback(one, register.today, register.structure))


def _unheld(register: Register) -> Iterable[str]:
    """Of the past year: nobody said whether it was held."""
    since, until = register.today - timedelta(days=365), register.today - timedelta(days=1)
    past = register.store.meetings(since=since, until=until, limit=MOST)
    return (one.id for one in past if one.state in AHEAD)


def _lapsed(register: Register) -> Iterable[str]:
    return (group.code for group in register.store.groups(states=(GroupState.LAPSED,)) if not group.within)


def _unmeasured(register: Register) -> Iterable[str]:
    for code in register.codes():
        decisions = register.store.decisions(body=code, states=tuple(LIVE_DECISIONS), limit=MOST)
        agreements = register.store.agreements(body=code, states=tuple(LIVE_AGREEMENTS), limit=MOST)
        yield from (one.id for one in decisions if monitoring.lacks_measure(one))
        yield from (one.id for one in agreements if monitoring.lacks_measure(one))


def _drafts(register: Register) -> Iterable[str]:
    structure = register.structure
    readers = [*(one.code for one in structure.parties), *(one.code for one in structure.bodies)]
    for to in readers:
        for one in register.store.bulletins(to=to, states=(BulletinState.DRAFT,), limit=MOST):
            reader = who_lets_go(register, one)
            yield f"{one.id} ({reader.label if reader is not None else 'geen koepelcontact'})"


def _corrections(register: Register) -> Iterable[str]:
    past = register.store.meetings(since=register.today - timedelta(days=365), until=register.today, limit=MOST)
    for meeting in past:
        if meeting.state in CONCEPT:
            waiting = register.store.corrections(meeting=meeting.id, states=(CorrectionState.OPEN,))
            yield from (one.id for one in waiting)
