"""The one door to a room for what nobody there asked for: a full week holds back what can wait (R-181, R-217)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace
from datetime import date, datetime

from commands.kit.ports import Due, HeldPost, Outgoing
from commands.kit.register import Register
from commands.rules.posting import Spoken, Urgency, caps, has_room, is_one_extra, next_bundle, next_morning
from commands.words.calendar import AMSTERDAM
from commands.words.reminder import Intensity
from commands.words.signal import Signal, SignalKind
from commands.words.workgroup import RUNNING_STATES, Workgroup

BUNDLE = "kamerbundel"


def post(register: Register, outgoing: Outgoing, source: str = "") -> bool:
    """Put a message in the outbox, or keep it for the next bundle of its room; False when it was before.

    `source` is the chat message that it came from: while it waits it is taken back with that.
    """
    if not is_unasked(outgoing):
        return register.store.post(outgoing)
    at = _waits_until(register, outgoing)
    if at is None:
        return register.store.post(replace(outgoing, counted=register.today))
    out = outgoing
    held = HeldPost(out.key, out.to, register.now, out.message, out.about, source, out.until, out.offers)
    if not register.store.hold(held):
        return False
    owe_bundle(register, outgoing.to, at)
    return True


def owe_bundle(register: Register, room: str, at: datetime) -> None:
    """The room hears then what waits; an earlier bundle takes it along."""
    day = str(at.astimezone(AMSTERDAM).date())
    register.store.owe(room, [Due(BUNDLE, room, day, at)], kinds=())


def is_unasked(outgoing: Outgoing) -> bool:
    """Whether a room hears it without having asked; a reminder was asked for by a person."""
    to_a_room = not outgoing.to.startswith(("dm:", "room:"))
    return to_a_room and outgoing.kind not in ("reply", "reminder") and outgoing.urgency is not Urgency.ASKED


def intensity_of(register: Register, room: str) -> Intensity | None:
    """How often a room hears of its programme by the communication plan of that (R-217), also where a body within the
    programme sits; None without a plan, and when the programme is over.
    """
    group = register.store.get(Workgroup, room)
    if group is not None and group.communication is None and group.within is not None:
        group = register.store.get(Workgroup, group.within)
    if group is None or group.communication is None or group.state not in RUNNING_STATES:
        return None
    return group.communication.intensity


def spoken_in(register: Register, room: str) -> tuple[Spoken, ...]:
    """What the room heard unasked in the days of each cap that holds there today."""
    store, today = register.store, register.today
    now = store.unasked(room, today, today)
    found = caps(today, intensity_of(register, room), register.thresholds.unasked_most)
    return tuple(Spoken(cap, store.unasked(room, cap.since, cap.until), now) for cap in found)


def bundle_after(register: Register, room: str, day: date) -> datetime:
    """When the room hears what could not be said on that day."""
    return next_bundle(day, register.structure, intensity_of(register, room))


def owe_what_waits(register: Register, rooms: Iterable[str]) -> None:
    """After a plan changed: what waits in these rooms has a bundle at a moment that the plan has, too."""
    for room in rooms:
        if register.store.held(room):
            owe_bundle(register, room, bundle_after(register, room, register.today))


def _waits_until(register: Register, outgoing: Outgoing) -> datetime | None:
    """When it is said instead; None: now."""
    today = register.today
    spoken = spoken_in(register, outgoing.to)
    if has_room(spoken, len(register.store.held(outgoing.to))) or _goes_apart(register, outgoing):
        return None
    bundle = bundle_after(register, outgoing.to, today)
    if outgoing.until is None or outgoing.until > bundle.date():
        return bundle
    morning = next_morning(today, register.structure)
    if outgoing.until < morning.date() or is_one_extra(spoken):
        return None
    return morning


def _goes_apart(register: Register, outgoing: Outgoing) -> bool:
    """Digests, *acuut*, and, unless it says that it can wait, what asks someone for an answer or carries a file."""
    if outgoing.kind == "digest" or outgoing.urgency is Urgency.FIRM:
        return True
    if outgoing.urgency is None and (outgoing.offers or outgoing.mentions or outgoing.files):
        return True
    signals = (register.store.get(Signal, id) for id in outgoing.about)
    return any(signal is not None and signal.kind is SignalKind.ACUTE for signal in signals)
