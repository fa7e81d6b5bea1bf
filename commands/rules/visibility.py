"""Who may see an item (rulings.md 9, R-082, INV-20, INV-39). Who may not gets the text for an id that is not there."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import Decision
from commands.words.people import Role, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body, Structure


@dataclass(frozen=True)
class Viewer:
    """A person with the roles of today, as far as seeing goes; `networks` are those of the parties that the person is
    the umbrella contact of."""

    person: str
    organisation: str
    external: bool
    roles: tuple[Role, ...]
    networks: frozenset[str] = frozenset()

    @property
    def bodies(self) -> frozenset[str]:
        """Bodies whose matters the person follows; the operator's role gives no sight of content (INV-21), that of
        umbrella contact only of what was raised for the own umbrella (rulings.md 9).
        """
        blind = (RoleName.OPERATOR, RoleName.UMBRELLA_CONTACT)
        return frozenset(role.body for role in self.roles if role.role not in blind)


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
    return is_contact_of_raiser(viewer, signal) or bool(places(signal) & viewer.bodies)


def is_asked_about(viewer: Viewer, signal: Signal, consultations: Sequence[Consultation]) -> bool:
    """C48: an umbrella contact reads what the own party is asked about, and nothing else for that. Not what became
    sensitive: that goes to no constituency (INV-39). `consultations` are those about the signal."""
    if viewer.external or signal.sensitive:
        return False
    own = {role.on_behalf_of for role in viewer.roles if role.role is RoleName.UMBRELLA_CONTACT}
    return any(
        one.about == signal.id and one.state is not ConsultationState.WITHDRAWN and own & set(one.parties)
        for one in consultations
    )


def networks_of(roles: Sequence[Role], structure: Structure) -> frozenset[str]:
    """The connections whose party one of these roles is the umbrella contact of (R-065)."""
    parties = {role.on_behalf_of for role in roles if role.role is RoleName.UMBRELLA_CONTACT}
    return frozenset(one.code for one in structure.connections if one.umbrella in parties)


def is_contact_of_raiser(viewer: Viewer, signal: Signal) -> bool:
    """rulings.md 9: the umbrella contact of whoever raised it, be it the party or a network of that party."""
    own = any(r.role is RoleName.UMBRELLA_CONTACT and r.on_behalf_of == signal.on_behalf_of for r in viewer.roles)
    return own or signal.on_behalf_of in viewer.networks


def room_may_see_signal(room: Body, signal: Signal) -> bool:
    """INV-39: a room shows an item only when its body has or had it; sensitive ones never where externals read."""
    if room.with_externals and (signal.sensitive or signal.lies_with != room.code):
        return False
    return room.code in places(signal)


def may_see_body(viewer: Viewer, body: Body, structure: Structure) -> bool:
    """Agendas, lists and digests of a body: its own people, and for a group also those of the filter above it.

    INV-20: externals see their own groups only. The secretary of the filter is the registrar of the whole structure
    (G5) and sees every body; chair and secretary of another tier see the groups (C35).
    """
    if body.code in viewer.bodies:
        return True
    if viewer.external:
        return False
    tiers = {tier.code for tier in structure.tiers}
    officers = {role.body for role in viewer.roles if role.role in (RoleName.CHAIR, RoleName.SECRETARY)} & tiers
    registrar = any(r.role is RoleName.SECRETARY and r.body == structure.filter.code for r in viewer.roles)
    return registrar or (body.is_group and (body.parent in viewer.bodies or bool(officers)))


def room_may_see_people(room: Body, body: Body) -> bool:
    """INV-20, INV-39: who sits in a fixed body is no secret between the parties; the people of a group, and that there
    is one, are for the room of that group and of the body above it. Where externals read only their own group is named.
    """
    if room.with_externals:
        return room.code == body.code
    return not body.is_group or room.code in (body.code, body.parent)


def may_see_action(viewer: Viewer, action: Action, body: Body, signal: Signal | None, structure: Structure) -> bool:
    """Its holder and who stands in, whoever asked for it, and who sees the lists of its body; what belongs to a
    sensitive signal is for no external but the one who does it (INV-39). `signal` is what it belongs to, if anything.
    """
    if viewer.person in (action.holder, action.asked_by, action.deputy):
        return True
    if viewer.external and signal is not None and signal.sensitive:
        return False
    return may_see_body(viewer, body, structure)


def may_see_decision(
    viewer: Viewer,
    decision: Decision | Agreement | AttentionPoint,
    body: Body,
    signals: Sequence[Signal],
    structure: Structure,
) -> bool:
    """What was decided is for the people of the body that decided it (and of the one an agreement is accounted for
    to), for who leads it, and for whoever sees every signal under it (R-057, rulings.md 9). Outsiders never see it.
    """
    if viewer.external:
        return False
    own = (decision.lead, decision.made_by) if isinstance(decision, Agreement) else (decision.made_by,)
    near = isinstance(decision, Agreement) and decision.accountable_to in viewer.bodies
    if near or viewer.person in own or may_see_body(viewer, body, structure):
        return True
    return bool(signals) and all(may_see_signal(viewer, one) for one in signals)


def room_may_see_decision(
    room: Body, decision: Decision | Agreement | AttentionPoint, signals: Sequence[Signal]
) -> bool:
    """INV-39: the room of the body that decided, and rooms that follow its signals; never where outsiders read."""
    if room.with_externals:
        return False
    return decision.body == room.code or (bool(signals) and all(room_may_see_signal(room, one) for one in signals))


def parties_shown(viewer: Viewer, one: Consultation, body: Body, structure: Structure) -> tuple[str, ...]:
    """Of which parties this person may read what they answered: the people of the body of all, an umbrella contact of
    the own party (rulings.md 9), outsiders of none (INV-20)."""
    if viewer.external:
        return ()
    if may_see_body(viewer, body, structure):
        return one.parties
    own = {role.on_behalf_of for role in viewer.roles if role.role is RoleName.UMBRELLA_CONTACT}
    return tuple(party for party in one.parties if party in own)


def may_see_consultation(viewer: Viewer, one: Consultation, body: Body, structure: Structure) -> bool:
    """Who asked it, and whoever may read an answer to it."""
    asked_it = viewer.person == one.made_by and not viewer.external
    return asked_it or bool(parties_shown(viewer, one, body, structure))


def room_may_see_consultation(room: Body, one: Consultation) -> bool:
    """INV-39: positions of parties are for the room of the body that asked, never where outsiders read."""
    return room.code == one.body and not room.with_externals


def room_may_see_action(room: Body, action: Action, body: Body, signal: Signal | None) -> bool:
    """INV-39: a room reads its own actions and those of the groups under it, with externals nothing of a sensitive
    signal. `body` is the action's, `signal` what it belongs to, if anything.
    """
    if room.with_externals:
        return action.body == room.code and not (signal is not None and signal.sensitive)
    return action.body == room.code or body.parent == room.code
