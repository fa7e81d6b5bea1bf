"""What a scenario plays in: its rules and calendar as a structure, its people and groups as a people file."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import replace
from datetime import time

from bot.replay import scenario as file
from commands.words.calendar import NamedPeriod, PeriodKind, WorkCalendar
from commands.words.people import Person, Role, RoleName
from commands.words.signal import Track
from commands.words.structure import Body, BodyKind, Lead, Party, Span, Structure, Thresholds
from commands.words.workgroup import GroupState, Workgroup
from config.people import PeopleFile
from config.people_checks import group_roles
from config.structure import load_structure

#: How a scenario names the two tracks (rulings.md 4).
TRACKS: Mapping[str, Track] = {"getemd": Track.HOLD, "wicked": Track.ENCOURAGE}
#: How its rules name a meeting that reflects, and groups.
REFLECTION, GROUPS = "reflectie", "werkgroep"


def structure_of(scenario: file.Scenario) -> Structure:
    """The shipped structure with the bodies, parties, thresholds and calendar of the scenario in place of its own."""
    base = load_structure()
    parties = tuple(_party(one, base) for one in scenario.parties)
    codes = {one.id.casefold(): party.code for one, party in zip(scenario.parties, parties, strict=True)}
    chairs = {one.id: codes.get(one.party.casefold(), "") for one in scenario.people}
    bodies = [_body(one, scenario, base, chairs) for one in scenario.bodies]
    known = {body.code for body in bodies}
    others = [body for body in base.bodies if body.kind is BodyKind.CONNECTION and body.code not in known]
    topics = dict.fromkeys((*base.topics, *(signal.topic for signal in scenario.signals if signal.topic)))
    return replace(
        base,
        name="scenario",
        bodies=(*bodies, *others),
        parties=parties,
        thresholds=_thresholds(scenario.rules, base.thresholds),
        calendar=WorkCalendar(tuple(_periods(scenario.calendar))),
        topics=tuple(topics),
    )


def _party(one: file.Party, base: Structure) -> Party:
    known = base.party(one.id)
    return known or Party(one.name, one.name, (one.id,) if one.id.casefold() != one.name.casefold() else ())


def _body(one: file.Body, scenario: file.Scenario, base: Structure, parties: Mapping[str, str]) -> Body:
    known = base.body(one.id) or Body(one.id, one.name, BodyKind.FIXED, discreet=one.level > 1)
    regular, reflecting = one.frequency
    formal = [parties.get(member, "") for member in one.members]
    address = next((p.address for p in scenario.people if p.id == one.chair), known.address)
    return replace(
        known,
        name=one.name,
        kind=BodyKind.FIXED,
        level=one.level,
        parent=one.parent,
        address=address,
        chair_from=tuple(party for party in known.chair_from if party in formal),
        regular_per_year=regular,
        reflection_per_year=reflecting,
        lead=_lead(known.lead, scenario.rules, one.id),
        reflection_lead=_lead(known.reflection_lead, scenario.rules, f"{one.id}-{REFLECTION}"),
    )


def _lead(lead: Lead, rules: file.Rules, name: str) -> Lead:
    return replace(lead, papers=rules.papers.get(name, lead.papers), digest=rules.digest.get(name, lead.digest))


def _thresholds(rules: file.Rules, base: Thresholds) -> Thresholds:
    working = rules.floating.unit.startswith("werk")
    steps = tuple(Span(n, "werkdagen") for n in rules.nudges.overdue)
    return replace(
        base,
        floating=Span(rules.floating.days, "werkdagen" if working else "dagen"),
        floating_after_meeting=False,
        feedback=Span(rules.feedback, "werkdagen"),
        action_before=(Span(rules.nudges.before, "werkdagen"),),
        action_on_the_day=rules.nudges.on_the_day,
        action_overdue=steps,
        group_end_warnings=tuple(Span(n, "dagen") for n in rules.end_warnings),
        send_at=time.fromisoformat(rules.digest_time),
    )


def _periods(calendar: file.Calendar) -> Iterable[NamedPeriod]:
    for day, name in calendar.special.items():
        yield NamedPeriod(name, day, day, "bijzonder")
    lists: tuple[tuple[PeriodKind, list[file.Period]], ...] = (
        ("vakantie", calendar.school),
        ("reces", calendar.recess),
        ("vergadervrij", calendar.no_meetings),
        ("stilte", calendar.quiet),
    )
    for kind, periods in lists:
        for one in periods:
            region = "" if one.region in ("", "alle") else one.region
            yield NamedPeriod(one.name or one.reason or kind, one.start, one.end, kind, region)


# --- people and groups -----------------------------------------------------------------------------------------------
def people_of(scenario: file.Scenario, structure: Structure) -> PeopleFile:
    """The people with their roles, and the groups that run when the year begins. Meetings are planned by command."""
    people = tuple(_person(one, structure) for one in scenario.people)
    known = {person.id.casefold(): person for person in people}
    groups = tuple(_group(one, known, structure) for one in scenario.groups)
    given = list(_roles(scenario, known))
    return PeopleFile(people=people, roles=group_roles(groups, known, given), groups=groups)


def _person(one: file.Person, structure: Structure) -> Person:
    party = structure.party(one.party)
    return Person(
        one.id,
        party.code if party else one.party,
        external=one.external,
        address=one.address,
        deputy=one.deputy,
        matrix=one.account if one.channel == "matrix" else None,
        teams=one.account if one.channel == "teams" else None,
    )


def _roles(scenario: file.Scenario, known: Mapping[str, Person]) -> Iterable[Role]:
    terms = {one.id: one.terms for one in scenario.people}
    said = {one.id: " ".join(one.roles).casefold() for one in scenario.people}
    for body in scenario.bodies:
        chair = known.get((body.chair or "").casefold())
        seats: list[tuple[str | None, RoleName]] = [
            (body.chair, RoleName.CHAIR),
            (body.secretary, RoleName.SECRETARY),
        ]
        for member in body.members:
            person = known.get(member.casefold())
            if person is None or member in (body.chair, body.secretary):
                continue
            # The party that chairs brings in its content by someone else.
            second = chair is not None and person.organisation == chair.organisation and "inbreng" in said[member]
            seats.append((member, RoleName.SUBSTANCE if second else RoleName.MEMBER))
        for id, role in seats:
            person = known.get((id or "").casefold())
            if person is None:
                continue
            for term in terms[person.id] or [file.Term()]:
                yield Role(person.id, body.id, role, person.organisation, term.start, term.end)


def _group(one: file.Group, known: Mapping[str, Person], structure: Structure) -> Workgroup:
    everyone = [known[id.casefold()] for id in (one.chair, *one.members) if id and id.casefold() in known]
    return Workgroup(
        code=one.id.upper(),
        name=one.name,
        kind=BodyKind.PROGRAMME if one.kind == "programma" else BodyKind.WORKGROUP,
        state=GroupState.ACTIVE,
        start=one.start,
        end=one.end,
        parent=structure.filter.code,
        task=one.task,
        chair=one.chair,
        members=tuple(person.id for person in everyone if person.id != one.chair),
        with_externals=bool(one.room.get("leden_van_buiten")) or any(person.external for person in everyone),
        evaluate_by=one.evaluate_by,
    )
