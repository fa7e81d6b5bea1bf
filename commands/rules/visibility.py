"""Who may see an item (rulings.md 9, R-082, INV-20, INV-39). Who may not gets the text for an id that is not there."""

from __future__ import annotations

from dataclasses import dataclass

from commands.words.people import Role, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body, Structure


@dataclass(frozen=True)
class Viewer:
    """A person with the roles of today, as far as seeing goes."""

    person: str
    organisation: str
    external: bool
    roles: tuple[Role, ...]

    @property
    def bodies(self) -> frozenset[str]:
        """Bodies whose matters the person follows; the operator's role gives no sight of content (INV-21)."""
        return frozenset(r.body for r in self.roles if r.role is not RoleName.OPERATOR)


def places(signal: Signal) -> frozenset[str]:
    """Every body that has or had the signal: where it lies, its owner, and each it passed."""
    return frozenset({signal.lies_with, signal.owner, *signal.passed, *(hop.giver for hop in signal.hops)})


def may_see_signal(viewer: Viewer, signal: Signal) -> bool:
    """rulings.md 9: raisers, those of the bodies it lies with or passed, the raiser's umbrella contact.

    A sensitive signal is never for externals, not even in their own group (R-002); a fixed body's signals are theirs
    only through their own raising.
    """
    if viewer.external and signal.sensitive:
        return False
    if viewer.person in signal.raised_by:
        return True
    if viewer.external:
        return signal.lies_with in viewer.bodies
    contact = any(r.role is RoleName.UMBRELLA_CONTACT and r.on_behalf_of == signal.on_behalf_of for r in viewer.roles)
    return contact or bool(places(signal) & viewer.bodies)


def room_may_see_signal(room: Body, signal: Signal) -> bool:
    """INV-39: a room shows an item only when its body has or had it; sensitive ones never where externals read."""
    if room.with_externals and (signal.sensitive or signal.lies_with != room.code):
        return False
    return room.code in places(signal)


def may_see_body(viewer: Viewer, body: Body, structure: Structure) -> bool:
    """Agendas, lists and digests of a body: its own people, and for a group also those of the filter above it.

    INV-20: externals see their own groups only. The secretary of the filter is the registrar of the whole structure
    (G5) and sees every body.
    """
    if body.code in viewer.bodies:
        return True
    if viewer.external:
        return False
    registrar = any(
        role.role is RoleName.SECRETARY and (found := structure.body(role.body)) is not None and found.level is not None
        for role in viewer.roles
    )
    return registrar or (body.is_group and body.parent in viewer.bodies)
