"""A working group or programme as people read it, and which group a name means."""

from __future__ import annotations

from datetime import date

from commands.kit import dates
from commands.kit.arguments import LONGEST_NAME, groups_named
from commands.kit.disciplines import of_group
from commands.kit.evaluation_plan import coming
from commands.kit.founding import chair_role
from commands.kit.ports import Option
from commands.kit.records import clean, from_context
from commands.kit.register import Register
from commands.kit.turn import Ask, Turn
from commands.rules.group_life import may_receive
from commands.rules.visibility import may_see_body
from commands.words.evaluation import UNDER_WAY
from commands.words.people import ROLE_TITLES, Person
from commands.words.signal import Track
from commands.words.structure import Body
from commands.words.verdict import Refused
from commands.words.workgroup import LIVING_STATES, WORKING_STATES, Workgroup

#: Words that are in the name of nearly every group.
_TOO_WIDE = ("werk", "werkgroep", "groep", "programma")


def may_see_group(turn: Turn, group: Workgroup) -> bool:
    """Its own people, those of the body above it, and the secretaries of the fixed bodies (C35, INV-20)."""
    return may_see_body(turn.viewer, group.as_body(), turn.structure)


def named_groups(turn: Turn, name: str) -> tuple[Workgroup, ...]:
    """Groups this person may see that go by that code or name; what still lives before what is over."""
    exact = turn.store.group(name)
    found = [exact] if exact is not None and exact.state in LIVING_STATES else groups_named(name, turn)
    seen = [group for group in found if may_see_group(turn, group)]
    return tuple([group for group in seen if group.state in LIVING_STATES] or seen)


def same_name(turn: Turn, name: str) -> Workgroup | None:
    """The living group with that name or code, if any; a name that was used and is over may come back."""
    bare = _bare(name)
    for group in turn.store.groups(states=LIVING_STATES):
        words = (
            _bare(group.name),
            group.code.casefold().split("-", 1)[-1],
            *group.aliases,
        )
        if bare in (word.casefold() for word in words):
            return group
    return None


def _bare(name: str) -> str:
    return name.casefold().removeprefix("werkgroep ").removeprefix("programma ").strip()


def split_group(turn: Turn, words: str) -> tuple[tuple[Workgroup, ...], str]:
    """Which group the first words name, and the rest of them: a code or name in full, in the room of a group that
    group, else the part of a name. No group found leaves all words as the rest.
    """
    tokens = words.split()
    most = min(LONGEST_NAME, len(tokens))
    for length in range(most, 0, -1):
        exact = turn.store.group(clean(" ".join(tokens[:length])))
        if exact is not None and may_see_group(turn, exact):
            return (exact,), " ".join(tokens[length:])
    here = turn.store.get(Workgroup, turn.room.code) if turn.room is not None and turn.room.is_group else None
    if here is not None:
        return (here,), words.strip()
    for length in range(most, 0, -1):
        word = clean(" ".join(tokens[:length]))
        found = named_groups(turn, word) if len(word) > 3 and word.casefold() not in _TOO_WIDE else ()
        if found:
            return found, " ".join(tokens[length:])
    return (), words.strip()


def which_group(found: tuple[Workgroup, ...], part: str, text: str, rest: str = "") -> Ask:
    """The question which of these groups is meant; the rest of what was typed stays behind the answer."""
    options = tuple(Option(group.code, f"{group.code} {rest}".strip()) for group in found)
    return Ask(part, f"{', '.join(o.label for o in options[:-1])} of {options[-1].label}?" if found else text, options)


def group_meant(turn: Turn) -> Workgroup | None:
    """The group that the message replied to is about, else the one whose room this is."""
    about = [record for record in from_context((Workgroup,), turn) if isinstance(record, Workgroup)]
    if len(about) == 1:
        return about[0]
    return turn.store.get(Workgroup, turn.room.code) if turn.room is not None and turn.room.is_group else None


def places_for(turn: Turn, leaving: Workgroup) -> tuple[Option, ...]:
    """Where what is open can go: the filter first, then groups on the same topic that take work."""
    groups = turn.store.groups(states=WORKING_STATES)
    fit = [one.code for one in groups if one.takes_work(turn.today) and one.topic == leaving.topic and one != leaving]
    return tuple(Option(code, code) for code in (leaving.parent, *fit))


def place_fits(turn: Turn, leaving: Workgroup, target: Body | None) -> Ask | None:
    """Asked again when what is open cannot go there."""
    if target is None:
        return None
    group = turn.store.get(Workgroup, target.code)
    verdict = may_receive(target, group, leaving, turn.need_body(leaving.parent), turn.today)
    if isinstance(verdict, Refused):
        return Ask("open_to", f"{verdict.because} Waar gaat het dan heen?", places_for(turn, leaving))
    return None


def group_lines(turn: Turn, group: Workgroup) -> list[str]:
    """What the group is for, until when, who is in it and when it is evaluated."""
    waits = "".join(f"; {one.id} wacht op een besluit" for one in turn.store.proposals(about=group.code))
    lines = [f"{group.code}, {group.name}: {group.state_on(turn.today)}{waits}."]
    if group.state in LIVING_STATES:
        lines.append(_until(group, turn.today))
    if group.track is not Track.OPEN:
        # R-200, INV-42: what track it is on decides what is asked of it.
        lines.append(f"Spoor {group.track}.")
    if group.task:
        lines.append(f"Opdracht: {_sentence(group.task)}")
    if group.not_task:
        lines.append(f"Niet: {_sentence(group.not_task)}")
    if group.value:
        lines.append(f"Meerwaarde: {_sentence(group.value)}")
    chair = _chair(turn, group)
    members = ", ".join(_named(turn, member) for member in members_now(turn, group))
    lines.append(f"{ROLE_TITLES[chair_role(group)].capitalize()}: {chair}. Leden: {members or 'nog niet bekend'}.")
    if group.chair_because:
        lines.append(f"Waarom deze {ROLE_TITLES[chair_role(group)]}: {_sentence(group.chair_because)}")
    if disciplines := of_group(turn, group):
        lines.append(disciplines)
    lines += [f"{name}: {_sentence(text)}" for name, text in _facts(group) if text]
    lines.append(_evaluated(turn, group))
    return lines


def members_now(turn: Turn, group: Workgroup) -> tuple[str, ...]:
    """The ids of its members, without whose role in it has ended (domain.md §2.3)."""
    return tuple(id for id in group.members if still_in(turn, group.code, id))


def still_in(register: Register, body: str, person: str) -> bool:
    """Whether someone named as one of its people is so today: neither the person nor every role there has ended."""
    found = register.store.get(Person, person)
    roles = register.store.roles(person=person, body=body, on=None)
    here = not roles or any(role.active_on(register.today) for role in roles)
    return here and (found is None or found.active_on(register.today))


def _chair(turn: Turn, group: Workgroup) -> str:
    if not group.chair:
        return "nog niet bekend"
    return _named(turn, group.chair) if still_in(turn, group.code, group.chair) else "nu niemand"


def _facts(group: Workgroup) -> list[tuple[str, str]]:
    """What only some groups have: how they were changed, what they advise, where they went."""
    changes = "" if not group.scope_changes else f"{group.scope_changes} keer gewijzigd"
    times = "" if not group.extensions else f"{group.extensions} keer, het laatst {_day(group.extended_on)}"
    return [
        ("Opdracht", changes),
        ("Verlengd", times),
        ("Waarom geen werkgroep", group.why_not_group),
        ("Fase", str(group.phase or "")),
        ("Waarop we het programma afrekenen", group.held_to),
        ("Communicatieplan", _plan(group)),
        ("Eindadvies", group.advice),
        ("Beleid aanpassen", str(group.policy_change or "")),
        ("Opgegaan in", group.absorbed_into or ""),
        ("Hoort bij", group.within or ""),
        ("Wat open stond is nu bij", group.handed_over_to or ""),
    ]


def _plan(group: Workgroup) -> str:
    """R-217: of a programme, also that there is none yet."""
    if group.communication is None:
        return f"nog niet; dat kan met !programma communicatie {group.code}" * (group.is_programme and not group.within)
    plan = group.communication
    return f"{plan.target.rstrip('.')}; via {plan.way.rstrip('.')}; {plan.intensity}"


def _day(day: date | None) -> str:
    return dates.say_short(day) if day else "eerder"


def _until(group: Workgroup, today: date) -> str:
    end = dates.say_day(group.end)
    if group.end >= today:
        return f"Loopt tot en met {end}: nog {days((group.end - today).days)}."
    return f"De einddatum was {end}, {days((today - group.end).days)} geleden."


def _evaluated(turn: Turn, group: Workgroup) -> str:
    running = turn.store.evaluations(about=group.code, states=UNDER_WAY)
    days = coming(turn.store, group)
    found = [f"Laatste evaluatie: {dates.say_short(group.evaluated_on)}."] if group.evaluated_on else []
    found += [f"{one.id}: {one.state}." for one in running]
    if days:
        next_one = dates.say_short(days[0])
        if group.track is Track.ENCOURAGE:
            found.append(f"Samen achteromkijken: {next_one}.")
        else:
            found.append(f"{'Volgende evaluatie' if found else 'Evaluatie'}: uiterlijk {next_one}, nog niet gehouden.")
    return " ".join(found) or "Evaluatie: nog niet gepland."


def _named(turn: Turn, person: str) -> str:
    return f"{turn.person_named(person)} ({turn.organisation_of(person)})"


def _sentence(text: str) -> str:
    return text if text.endswith((".", "?")) else f"{text}."


def days(n: int) -> str:
    """How people say a number of days: 1 dag, 3 dagen."""
    return "1 dag" if n == 1 else f"{n} dagen"
