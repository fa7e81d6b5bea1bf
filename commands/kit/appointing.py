"""Giving someone a role: recorded by the secretary; a chair takes a second person (C57, W3, INV-14, INV-19)."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import date, timedelta

from commands.kit import dates
from commands.kit.founding import activate
from commands.kit.owed import owe_group
from commands.kit.ports import Offer
from commands.kit.reply import say
from commands.kit.signs import YES_SIGN
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.kit.waiting import subject
from commands.rules.groups import needs_motivation
from commands.rules.programmes import title_within
from commands.rules.roles import LEADING, confirms, fitting, may_hold, may_join
from commands.words.people import ROLE_TITLES, Person, Role, RoleName
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused
from commands.words.workgroup import Workgroup


@dataclass(frozen=True)
class Seating:
    """Who gets which role where. `because` is for a chair of the party that chairs the filter; `asked_by` recorded it
    when a second person confirms."""

    person: Person
    role: RoleName
    body: Body
    party: str | None = None
    until: date | None = None
    because: str = ""
    asked_by: Person | None = None


def appoint(turn: Turn, seating: Seating) -> Outcome:
    """Record the role, or ask who confirms a chair. An Ask is for the part `because`."""
    person, body, party, until = seating.person, seating.body, seating.party, seating.until
    because, asked_by = seating.because, seating.asked_by
    role = fitting(seating.role, body)
    new = Role(person.id, body.code, role, party or person.organisation, turn.today, until)
    allowed = _allowed(turn, person, new, body)
    if isinstance(allowed, Refused):
        return allowed
    old = next((one for one in turn.store.roles(person=person.id, body=body.code, role=role, on=turn.today)), None)
    if old is not None and (until is None or until == old.end):
        return Refused(f"Dit stond al genoteerd: {_said(turn, person, old, body)}.", code="E14")
    if role not in LEADING:
        if not _records(turn, body):
            return Refused(f"Rollen legt de secretaris van {body.the} vast. Vraag het daar.", code="E04")
        return _record(turn, person, replace(old, end=until) if old else new, body, allowed.warnings)
    if body.is_group and not because and needs_motivation(person.organisation, turn.structure.filter):
        return Ask("because", f"De voorzitter is niet bij voorbaat het {person.organisation}. Waarom hier wel?")
    if asked_by is None:
        return _ask_chair(turn, person, new, body, because)
    return _confirm(turn, person, new, body, asked_by, because, allowed.warnings)


def _allowed(turn: Turn, person: Person, new: Role, body: Body) -> Allowed | Refused:
    held = turn.store.roles(person=person.id, on=turn.today)
    verdict = may_hold(person, new.role, body, new.on_behalf_of, held)
    group = turn.store.get(Workgroup, body.code) if body.is_group else None
    if (
        isinstance(verdict, Allowed)
        and group is not None
        and isinstance(joining := may_join(group, turn.today), Refused)
    ):
        return joining
    return verdict


def _records(turn: Turn, body: Body) -> bool:
    """The secretary of the body, or of the filter, who is the registrar of the whole structure (G5)."""
    return any(turn.holds(RoleName.SECRETARY, code) for code in (body.code, turn.structure.filter.code))


def _record(
    turn: Turn,
    person: Person,
    role: Role,
    body: Body,
    warnings: tuple[str, ...],
    why: str = "",
    because: str = "",
    asked_by: Person | None = None,
) -> Reply:
    group = turn.store.get(Workgroup, body.code) if body.is_group else None
    turn.put(role, why)
    if group is not None:
        _in_group(turn, person, role, group, because)
    said = _said(turn, person, role, body)
    both = f"{asked_by.label} en bevestigd door " if asked_by is not None else ""
    lines = [f"{_you(turn, person, role, body)}, vastgelegd door {both}{turn.person.label}.", _waits(turn, role, body)]
    turn.tell(person.id, say(*[line for line in lines if line]))
    return done(f"{said}.", *warnings, deed=said)


def _waits(turn: Turn, role: Role, body: Body) -> str:
    """For who chairs a tier from now on: the proposals that wait for the decision of its chair."""
    if role.role is not RoleName.CHAIR or body.is_group:
        return ""
    found = [f"{one.id} ({subject(turn, one)})" for one in turn.store.proposals(confirms=body.code)]
    verb = "wacht" if len(found) == 1 else "wachten"
    return f"Op een besluit {verb}: {', '.join(found)}." if found else ""


def _in_group(turn: Turn, person: Person, role: Role, group: Workgroup, because: str) -> None:
    """The group's own list follows its roles; with a chair and two parties it becomes active (W3)."""
    members = tuple(one for one in group.members if one != person.id)
    if role.role in LEADING:
        group = replace(group, chair=person.id, members=members, chair_because=because)
    elif role.role in (RoleName.MEMBER, RoleName.EXTERNAL):
        group = replace(group, members=(*members, person.id), with_externals=group.with_externals or person.external)
    turn.put(group, f"{person.id} is {ROLE_TITLES[role.role]}")
    owe_group(turn.store, turn.structure, turn.now, activate(turn, group))


def _ask_chair(turn: Turn, person: Person, new: Role, body: Body, because: str) -> Outcome:
    """Nothing is recorded yet: who may confirm is asked in private, with the whole command behind ✅."""
    if not _records(turn, body):
        return Refused(
            f"Een nieuwe voorzitter van {body.the} legt de secretaris vast; de zittende voorzitter bevestigt. "
            "Vraag het de secretaris.",
            code="E04",
        )
    confirmer = _confirmer(turn, person, body)
    parts = {
        "person": f"@{person.id}",
        "role": str(new.role),
        "body": body.code,
        "party": new.on_behalf_of,
        "until": dates.say_day(new.end) if new.end else "",
        "because": because,
        "asked_by": f"@{turn.person.id}",
    }
    kept = {name: raw for name, raw in parts.items() if raw}
    offers = tuple(Offer(word, "rol", kept) for word in (YES_SIGN, "ja"))
    what = _said(turn, person, new, body, verb="")
    asked = f"{turn.person.label} vraagt: wordt {what}? Bevestig met ja, of ✅ op dit bericht."
    turn.tell(confirmer.id, say(asked), offers=offers, receipt=False)
    return done(
        f"Gevraagd aan {confirmer.label}. {_said(turn, person, new, body, verb='wordt')} zodra dat is bevestigd."
    )


def _confirmer(turn: Turn, person: Person, body: Body) -> Person:
    """Who leads the body now, else the body above it, else the new chair; never the person who asks."""
    for code in (body.code, body.parent):
        for role in LEADING if code else ():
            found = turn.person_with(role, code or "")
            if found is not None and found.id not in (person.id, turn.person.id):
                return found
    return person


def _confirm(
    turn: Turn, person: Person, new: Role, body: Body, asked_by: Person, because: str, warnings: tuple[str, ...]
) -> Outcome:
    recorded = any(
        turn.store.roles(person=asked_by.id, body=code, role=RoleName.SECRETARY, on=turn.today)
        for code in (body.code, turn.structure.filter.code)
    )
    entitled = confirms(turn.roles, body) or _confirmer(turn, person, body).id == turn.person.id
    if not (recorded and entitled) or asked_by.id == turn.person.id:
        return Refused(f"Een nieuwe voorzitter van {body.the} bevestigt een ander dan wie het vastlegt.", code="INV-05")
    former: list[str] = []
    for role in turn.store.roles(body=body.code, role=new.role, on=turn.today):
        if role.person != person.id:
            former.append(turn.person_named(role.person))
            turn.put(replace(role, end=turn.today - timedelta(days=1)), f"opgevolgd door {person.id}")
    why = f"vastgelegd door {asked_by.id}, bevestigd door {turn.person.id}" + (f": {because}" if because else "")
    yours = "u" if asked_by.address == "u" else "je"
    again = "stelt u haar opnieuw" if yours == "u" else "stel haar opnieuw"
    left = [f"Een vraag van {yours} die nog bij {one} ligt, gaat niet vanzelf over: {again}." for one in former]
    turn.tell(asked_by.id, say(f"{turn.person.label} heeft bevestigd: {_said(turn, person, new, body)}.", *left))
    return _record(turn, person, new, body, warnings, why, because, asked_by)


def _title(turn: Turn, role: Role, body: Body) -> str:
    group = turn.store.get(Workgroup, body.code) if body.is_group else None
    return title_within(role.role, group) or ROLE_TITLES[role.role]


def _said(turn: Turn, person: Person, role: Role, body: Body, *, verb: str = "is") -> str:
    until = f" tot en met {dates.say_short(role.end)}" if role.end else ""
    words = (person.label, verb, _title(turn, role, body), "van", body.the, "namens", role.on_behalf_of)
    return " ".join(word for word in words if word) + until


def _you(turn: Turn, person: Person, role: Role, body: Body) -> str:
    until = f" tot en met {dates.say_day(role.end)}" if role.end else ""
    who = "U bent" if person.address == "u" else "Je bent"
    return f"{who} {_title(turn, role, body)} van {body.the} namens {role.on_behalf_of}{until}"
