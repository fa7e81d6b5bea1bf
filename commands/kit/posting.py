"""The one door to a room for what nobody there asked for: a full week holds back what can wait (R-181)."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from commands.kit.ports import Due, HeldPost, Outgoing
from commands.kit.register import Register
from commands.rules.posting import Urgency, has_room, is_one_extra, next_bundle, next_morning, week_of
from commands.words.calendar import AMSTERDAM
from commands.words.signal import Signal, SignalKind

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


def _waits_until(register: Register, outgoing: Outgoing) -> datetime | None:
    """When it is said instead; None: now."""
    store, today, most = register.store, register.today, register.thresholds.unasked_most
    monday, sunday = week_of(today)
    week = store.unasked(outgoing.to, monday, sunday)
    if has_room(week, len(store.held(outgoing.to)), most) or _goes_apart(register, outgoing):
        return None
    if outgoing.until is None or outgoing.until > next_bundle(today, register.structure).date():
        return next_bundle(today, register.structure)
    morning = next_morning(today, register.structure)
    if outgoing.until < morning.date() or is_one_extra(week, store.unasked(outgoing.to, today, today), most):
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
