"""The people file: people, roles, rooms, running groups and meetings, from TOML to words (rulings.md 5)."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, time
from pathlib import Path
from typing import Any

from commands.rules.disciplines import read
from commands.words.meeting import MeetingKind
from commands.words.people import Person, Role, RoleName, Room
from commands.words.reminder import Intensity
from commands.words.signal import Track
from commands.words.structure import BodyKind, Structure
from commands.words.workgroup import GroupState, Workgroup
from config.people_checks import check_roles, group_roles
from config.reader import Source, Table
from config.structure import load_structure, shipped_source

EXAMPLE_YEAR = "voorbeeldjaar_mensen"
#: Who sits in a body; its secretary writes to it, and is addressed as a colleague.
_SITTING = (RoleName.CHAIR, RoleName.MEMBER, RoleName.SUBSTANCE)

_PERSON_ID = re.compile(r"[^\W_](?:[\w.-]*\w)?")
_GROUP_CODE = re.compile(r"[^\W_][\w.-]*")
_MATRIX_PERSON = re.compile(r"@[^\s:]+:[^\s:]+(?::\d+)?")
_MATRIX_ROOM = re.compile(r"[#!]\S+")
#: An Entra object id, in any case as Microsoft's pages show it; kept in lower case.
_ENTRA_ID = re.compile(r"[0-9a-fA-F]{8}(?:-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}")
#: A channel of a team, or a group chat.
_TEAMS_ROOM = re.compile(r"19:[^\s;]+@(?:thread\.tacv2|thread\.skype|thread\.v2|unq\.gbl\.spaces)")


@dataclass(frozen=True)
class SeedMeeting:
    """A meeting that is already planned when the register begins; times are wall-clock values in Europe/Amsterdam."""

    body: str
    kind: MeetingKind
    day: date
    start: time | None = None
    end: time | None = None
    round: str | None = None


@dataclass(frozen=True)
class PeopleFile:
    """Everything a people file holds. `roles` includes those that follow from the groups' chairs and members; `light`
    are the ids of who begins with the profile *licht*."""

    people: tuple[Person, ...] = ()
    roles: tuple[Role, ...] = ()
    rooms: tuple[Room, ...] = ()
    groups: tuple[Workgroup, ...] = ()
    meetings: tuple[SeedMeeting, ...] = ()
    light: tuple[str, ...] = ()


def load_people(
    path: Path | str | None = None,
    structure: Structure | None = None,
    *,
    known_people: Iterable[Person] = (),
    known_groups: Iterable[Workgroup] = (),
) -> PeopleFile:
    """The people of a TOML file; None is the shipped example year (also by its name, `EXAMPLE_YEAR`).

    Bodies are those of `structure` (None: the shipped default) and the groups in the file; `known_people` and
    `known_groups` are those a register holds already, so that a file may add to them. The checks for founding a group
    are not applied. Raises ConfigFaults with all faults at once (R-043, INV-12, INV-16, INV-18, INV-20, G9).
    """
    source = shipped_source(EXAMPLE_YEAR) if path is None or str(path) == EXAMPLE_YEAR else Source.of(Path(path))
    reading = _Reading(source, structure or load_structure())
    reading.known = {person.id.casefold(): person for person in known_people}
    reading.bodies = {group.code.casefold(): group.code for group in known_groups}
    return reading.people_file()


@dataclass
class _Reading:
    """One people file while it is read."""

    source: Source
    structure: Structure
    known: dict[str, Person] = field(default_factory=dict)
    bodies: dict[str, str] = field(default_factory=dict)
    light: list[str] = field(default_factory=list)
    unsaid: set[str] = field(default_factory=set)

    def people_file(self) -> PeopleFile:
        root = self.source.root()
        self.chats: dict[tuple[str, str], str] = {}
        people = self._people(root.tables("person", "id"))
        groups = self._groups(root.tables("group", "code"))
        roles = [role for table in root.tables("role", "person") if (role := self._role(table))]
        given = [role for role, _ in roles]
        check_roles(self.structure, self.known, roles)
        made = PeopleFile(
            people=self._addressed(people, given),
            roles=group_roles(groups, self.known, given),
            rooms=tuple(self._rooms(root.tables("room", "body"))),
            groups=groups,
            meetings=tuple(self._meetings(root.tables("meeting", "body"))),
            light=tuple(self.light),
        )
        root.close()
        self.source.check()
        return made

    # -- people

    def _people(self, tables: list[Table]) -> tuple[Person, ...]:
        made: dict[str, Person] = {}
        deputies: list[tuple[Table, str]] = []
        for table in tables:
            person = self._person(table)
            if person is None:
                continue
            if person.id.casefold() in made:
                table.fault("id", f"{person.id} stands here twice")
            made[person.id.casefold()] = person
            if person.deputy:
                deputies.append((table, person.id))
        self.known |= made
        for table, id in deputies:
            deputy = self._known_person(table, "deputy")
            if deputy and deputy.id == id:
                table.fault("deputy", "is the person itself")
        return tuple(made.values())

    def _person(self, table: Table) -> Person | None:
        id = table.needed("id")
        if id is not None and not _PERSON_ID.fullmatch(id):
            table.fault("id", "must be one word of letters, digits and . _ - (such as vng.ao.2)")
            id = None
        address = table.text("address")
        if address not in (None, "je", "u"):
            table.fault("address", "must be je or u")
        if address is None and id is not None:
            self.unsaid.add(id)
        profile = table.text("profile")
        if profile not in (None, str(Intensity.LIGHT)):
            table.fault("profile", f"must be {Intensity.LIGHT}")
        elif profile is not None and id is not None:
            self.light.append(id)
        start, end = self._span(table, "from", "until")
        made: dict[str, Any] = {
            "organisation": self._organisation(table, "organisation", needed=True),
            "matrix": self._chat(table, "matrix", _MATRIX_PERSON, "a Matrix id such as @naam:server.example", "person"),
            "teams": self._chat(table, "teams", _ENTRA_ID, "the Entra object id of the person", "person"),
            "external": bool(table.flag("external")),
            "name": table.text("name") or "",
            "deputy": table.text("deputy"),
        }
        table.close()
        if id is None or made["organisation"] is None:
            return None
        return Person(id=id, address="u" if address == "u" else "je", start=start, end=end, **made)

    def _addressed(self, people: Sequence[Person], roles: Sequence[Role]) -> tuple[Person, ...]:
        """The people, with *u* for who sits only in bodies of that address and for whom the file says nothing."""
        formal = {body.code: body.address == "u" for body in self.structure.tiers}
        sits = [role for role in roles if role.body in formal and role.role in _SITTING]

        def of(person: Person) -> Person:
            here = [formal[role.body] for role in sits if role.person == person.id]
            return replace(person, address="u") if person.id in self.unsaid and here and all(here) else person

        return tuple(of(person) for person in people)

    def _chat(self, table: Table, key: str, form: re.Pattern[str], wanted: str, whose: str) -> str | None:
        """A chat id: well-formed and of one person, or of one room, only (INV-41, domain.md §2.1)."""
        found = table.text(key)
        if found is None:
            return None
        if not form.fullmatch(found):
            table.fault(key, f"must be {wanted}")
            return None
        found = found.lower() if form is _ENTRA_ID else found
        other = self.chats.setdefault((key, found.casefold()), table.name)
        if other is not table.name:
            table.fault(key, f"already belongs to {other}: one {whose} for each chat address")
        return found

    def _organisation(self, table: Table, key: str, *, needed: bool = False) -> str | None:
        """A party as the structure writes it, any other as entered; a misread party is asked about (R-001, G9)."""
        word = table.needed(key) if needed else table.text(key)
        if word is None:
            return None
        meant = self.structure.misread_parties.get(word.casefold())
        party = self.structure.party(meant or word)
        if meant is not None:
            named = f" ({party.name})" if party and party.name else ""
            table.fault(key, f"{word} is no party here. Bedoel je {meant}{named}?")
            return None
        return party.code if party else word

    def _known_person(self, table: Table, key: str) -> Person | None:
        word = table.text(key)
        return self._person_named(table, key, word) if word else None

    def _person_named(self, table: Table, key: str, word: str) -> Person | None:
        found = self.known.get(word.casefold())
        if found is None:
            table.fault(key, f"{word} is no person of this file")
        return found

    def _span(self, table: Table, first: str, last: str) -> tuple[date | None, date | None]:
        start, end = table.day(first), table.day(last)
        if start and end and end < start:
            table.fault(last, f"is before {first}")
        return start, end

    # -- bodies, roles and rooms

    def _body(self, table: Table, key: str = "body") -> str | None:
        """The code of a standing body or of a group, as it is written."""
        word = table.needed(key)
        if word is None:
            return None
        body = self.structure.body(word)
        code = body.code if body else self.bodies.get(word.casefold())
        if code is None:
            table.fault(key, f"{word} is no body of the structure {self.structure.name} and no group of this file")
        return code

    def _role(self, table: Table) -> tuple[Role, Table] | None:
        table.needed("person")
        person = self._known_person(table, "person")
        body = self._body(table)
        role = table.choice("role", RoleName)
        if not table.has("role"):
            table.fault("role", "is missing")
        party = self._organisation(table, "on_behalf_of")
        deputy = self._known_person(table, "deputy")
        start, end = self._span(table, "from", "until")
        table.close()
        if not (person and body and role):
            return None
        party = party or person.organisation
        return Role(person.id, body, role, party, start, end, deputy.id if deputy else None), table

    def _rooms(self, tables: list[Table]) -> Iterable[Room]:
        taken: set[str] = set()
        for table in tables:
            body = self._body(table)
            matrix = self._chat(table, "matrix", _MATRIX_ROOM, "a Matrix room, #name:server or !id", "body")
            teams = self._chat(table, "teams", _TEAMS_ROOM, "the id of a channel, 19:…@thread.tacv2", "body")
            table.close()
            if not table.has("matrix") and not table.has("teams"):
                table.fault("", "has no address: give matrix, teams or both")
            if body in taken:
                table.fault("body", f"{body} has a room already: put matrix and teams under one [[room]]")
            if body:
                taken.add(body)
                yield Room(body, matrix, teams)

    # -- groups and meetings

    def _groups(self, tables: list[Table]) -> tuple[Workgroup, ...]:
        made = [read for table in tables if (read := self._group(table))]
        words: dict[str, str] = {}
        for group, table in made:
            for word in (group.code, *group.aliases):
                body = self.structure.body(word)
                other = body.code if body else words.get(word.casefold())
                if other:
                    table.fault("code" if word == group.code else "aliases", f"{word} already belongs to {other}")
                words.setdefault(word.casefold(), group.code)
        self.bodies |= words
        return tuple(group for group, _table in made)

    def _group(self, table: Table) -> tuple[Workgroup, Table] | None:
        code = table.needed("code")
        if code is not None and not _GROUP_CODE.fullmatch(code):
            table.fault("code", "must be one word of letters, digits and . _ - (such as WG-PFAS)")
            code = None
        start, end = self._span(table, "start", "end")
        for key in ("start", "end"):
            if not table.has(key):
                table.fault(key, "is missing: every group has a start and an end date (INV-12)")
        if start and start == end:
            table.fault("end", "must be after start (INV-12)")
        chair = self._known_person(table, "chair")
        named = [(word, self._person_named(table, "members", word)) for word in table.texts("members") or ()]
        members = dict.fromkeys(person.id for _, person in named if person and person is not chair)
        external = any(self.known[id.casefold()].external for id in members)
        made = Workgroup(
            code=code or "",
            name=table.text("name") or code or "",
            kind=self._group_kind(table, code),
            state=table.choice("state", GroupState) or GroupState.ACTIVE,
            start=start or date.min,
            end=end or date.max,
            parent=self.structure.filter.code,
            task=table.text("task") or "",
            not_task=table.text("not_task") or "",
            value=table.text("value") or "",
            topic=self._topic(table),
            chair=chair.id if chair else None,
            members=tuple(members),
            with_externals=bool(table.flag("with_externals")) or external or bool(chair and chair.external),
            track=table.choice("track", Track) or Track.OPEN,
            evaluate_by=table.day("evaluate_by"),
            evaluated_on=table.day("evaluated_on"),
            last_feedback=table.day("last_feedback"),
            aliases=table.texts("aliases") or (),
            disciplines=self._disciplines(table),
        )
        table.close()
        return (made, table) if code else None

    def _group_kind(self, table: Table, code: str | None) -> BodyKind:
        kind = table.text("kind")
        if kind is None:
            return BodyKind.PROGRAMME if (code or "").casefold().startswith("prg-") else BodyKind.WORKGROUP
        for one in (BodyKind.WORKGROUP, BodyKind.PROGRAMME):
            if one.value == kind.casefold():
                return one
        table.fault("kind", "must be werkgroep or programma")
        return BodyKind.WORKGROUP

    def _disciplines(self, table: Table) -> tuple[str, ...]:
        """Those of the group, as the structure writes them (R-153)."""
        found = read("; ".join(table.texts("disciplines") or ()), self.structure.disciplines)
        for word in found.unknown:
            table.fault("disciplines", f"{word} is no discipline of this structure: see its [disciplines]")
        return found.names

    def _topic(self, table: Table) -> str | None:
        """The topic as the structure writes it; one that is not on its list is taken as entered."""
        word = table.text("topic")
        return next((one for one in self.structure.topics if word and one.casefold() == word.casefold()), word)

    def _meetings(self, tables: list[Table]) -> Iterable[SeedMeeting]:
        planned: set[tuple[str, MeetingKind, date]] = set()
        for table in tables:
            body = self._body(table)
            kind = table.choice("kind", MeetingKind) or MeetingKind.REGULAR
            day, start, end, round = table.day("date"), table.clock("start"), table.clock("end"), table.text("round")
            table.close()
            if not table.has("date"):
                table.fault("date", "is missing")
            if start and end and end <= start:
                table.fault("end", "is not after start")
            if body is None or day is None:
                continue
            if (body, kind, day) in planned:
                table.fault("date", f"the {body} has this meeting already")
            planned.add((body, kind, day))
            yield SeedMeeting(body, kind, day, start, end, round)
