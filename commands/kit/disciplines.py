"""The disciplines of people and of groups, as people read and type them (R-153, R-207)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit.group_proposals import leads_group
from commands.kit.one_discipline import declared, owe_one_discipline
from commands.kit.owed import owe_group
from commands.kit.reply import say
from commands.kit.turn import Ask, Outcome, Reply, Turn, done
from commands.rules import ways
from commands.rules.disciplines import Read, read
from commands.words.discipline import Discipline, DisciplineState
from commands.words.enumeration import joined
from commands.words.people import RoleName
from commands.words.verdict import Refused
from commands.words.workgroup import LIVING_STATES, Workgroup

_NO_LIST = (
    "In deze overlegstructuur is geen lijst van disciplines. De beheerder kan die toevoegen: [disciplines] in het "
    "structuurbestand."
)
_NONE = ("geen", "geen enkele", "leeg", "niets", "wis", "weg")


def known(turn: Turn) -> str:
    """The list to choose from, as it stands behind a question."""
    return f"Kies uit: {', '.join(one[0] for one in turn.structure.disciplines)}."


def example(turn: Turn, *, first: Sequence[str] = ()) -> str:
    """Two of the list, or what is there and the next of the list: "bodem, water"."""
    names = [*first, *(one[0] for one in turn.structure.disciplines if one[0] not in first)]
    return ", ".join(names[: max(2, len(first) + 1)])


# --- of oneself ------------------------------------------------------------------------------------------------------
def my_disciplines(turn: Turn, text: str, more: str) -> Outcome:
    """What someone says of oneself takes the place of what was said before; `more` came as an answer behind `text`."""
    if not turn.structure.disciplines:
        return Refused(_NO_LIST, code="E11")
    before = _of(turn, turn.person.id)
    said = ", ".join(part for part in (text, more) if part.strip())
    if not said:
        return Reply(say(_shown(turn, before)), private=True)
    wanted = Read(()) if _bare(said) in _NONE else read(said, turn.structure.disciplines)
    if wanted.unknown or not (wanted.names or _bare(said) in _NONE):
        return _unknown(turn, wanted, "text", "disciplines")
    if set(wanted.names) == set(before):
        return Refused(f"Dat stond al zo: {joined(before) or 'geen'}. Er is niets veranderd.", code="E14")
    for name in dict.fromkeys((*before, *wanted.names)):
        if (name in before) is not (name in wanted.names):
            state = DisciplineState.DECLARED if name in wanted.names else DisciplineState.TAKEN_BACK
            turn.put(Discipline(turn.person.id, name, state), str(state))
    for role in turn.store.roles(person=turn.person.id, on=turn.today):
        group = turn.store.get(Workgroup, role.body)
        if group is not None:
            owe_one_discipline(turn.store, turn.structure, turn.now, group)
    if wanted.names:
        return Reply(say(_shown(turn, wanted.names)), deed="disciplines opgegeven", private=True)
    your = "Uw" if turn.person.address == "u" else "Je"
    again = f"Opnieuw opgeven kan met !mijn disciplines {example(turn)}"
    return Reply(say(f"{your} disciplines zijn weg. {again}"), deed="disciplines weggehaald", private=True)


def _shown(turn: Turn, names: Sequence[str]) -> str:
    formal = turn.person.address == "u"
    if not names:
        have = "U hebt" if formal else "Je hebt"
        return f"{have} nog geen disciplines opgegeven. {known(turn)} Bijvoorbeeld: !mijn disciplines {example(turn)}"
    your = "uw" if formal else "je"
    word, them = ("discipline", "die") if len(names) == 1 else ("disciplines", "ze")
    seen = f"Wie {your} functie kan zien, ziet {them} ook: bij !wie, bij !wieweet en bij {your} groepen."
    return f"{your.capitalize()} {word}: {joined(names)}. {seen} Weghalen kan met !mijn disciplines geen"


def _of(turn: Turn, person: str) -> tuple[str, ...]:
    """In the order of the structure; what is no longer on its list comes last."""
    names = [one.name for one in turn.store.disciplines(people=(person,))]
    order = [one[0] for one in turn.structure.disciplines]
    return tuple(sorted(names, key=lambda name: order.index(name) if name in order else len(order)))


def of_person(turn: Turn, person: str) -> str:
    """A sentence for who may see that person, "" when nothing was declared."""
    names = _of(turn, person)
    return f" {'Discipline' if len(names) == 1 else 'Disciplines'}: {joined(names)}." if names else ""


def _unknown(turn: Turn, said: Read, rest: str, missing: str, before: str = "") -> Ask:
    """Asked again with the list; what was known stays in the part `rest`, behind `before`."""
    text = f"Welke disciplines? {known(turn)}"
    if said.unknown:
        text = f"'{ways.shown(said.unknown[0])}' ken ik niet als discipline. {known(turn)}"
    return Ask(missing, text, parts={rest: f"{before} {', '.join(said.names)}".strip()})


def _bare(text: str) -> str:
    return text.strip(" .!").casefold()


# --- of a group ------------------------------------------------------------------------------------------------------
def asked_of_new(turn: Turn, text: str) -> Ask | Refused | None:
    """What stands in the way of the disciplines that were typed for a new group, if any were."""
    if not text.strip():
        return None
    if not turn.structure.disciplines:
        return Refused(_NO_LIST, code="E11")
    wanted = read(text, turn.structure.disciplines)
    return _unknown(turn, wanted, "disciplines", "more_disciplines") if wanted.unknown or not wanted.names else None


def of_new(turn: Turn, text: str) -> tuple[str, ...]:
    """The disciplines that a new group has from the beginning."""
    return read(text, turn.structure.disciplines).names


def set_disciplines(turn: Turn, group: Workgroup, text: str, more: str) -> Outcome:
    """R-153: who leads the group or the registrar writes down from which disciplines it looks at its task."""
    if not turn.structure.disciplines:
        return Refused(_NO_LIST, code="E11")
    registrar = any(turn.holds(RoleName.SECRETARY, tier.code) for tier in turn.structure.tiers)
    if not (registrar or leads_group(turn, group)):
        title = "trekker" if group.is_programme else "voorzitter"
        yours = "Uw eigen disciplines geeft u" if turn.formal else "Je eigen disciplines geef je"
        because = f"De disciplines van {group.code} legt de {title} of de secretaris vast."
        return Refused(f"{because} {yours} op met !mijn disciplines {example(turn).split(',')[0]}", code="E04")
    if group.state not in LIVING_STATES:
        return Refused(
            f"{group.code} is {group.state}; er verandert niets meer aan. {ways.look(group.code)}", code="E12"
        )
    said = ", ".join(part for part in (text, more) if part.strip())
    if not said:
        return Ask("disciplines", f"Welke disciplines horen bij {group.code}? {known(turn)}")
    none = _bare(said) in _NONE
    wanted = Read(()) if none else read(said, turn.structure.disciplines)
    if wanted.unknown or not (wanted.names or none):
        return _unknown(turn, wanted, "name", "disciplines", group.code)
    if set(wanted.names) == set(group.disciplines):
        return Refused(f"Dat stond al zo: {joined(group.disciplines) or 'geen'}. Er is niets veranderd.", code="E14")
    after = replace(group, disciplines=wanted.names)
    turn.put(after, f"disciplines: {joined(wanted.names) or 'geen'}")
    owe_group(turn.store, turn.structure, turn.now, after)
    told = f"Disciplines van {group.code}: {joined(wanted.names) or 'geen'}."
    return done(told, about=(group.code,), deed=f"disciplines van {group.code}")


def of_group(turn: Turn, group: Workgroup) -> str:
    """Its own, and which of its people declared what; "" in a structure without a list and where none can come."""
    if not turn.structure.disciplines:
        return ""
    said = [f"{turn.person_named(id)} {joined(names)}" for id, names in declared(turn.store, group).items() if names]
    given = f" Opgegeven: {'; '.join(said)}." if said else ""
    if group.disciplines:
        return f"Disciplines: {joined(group.disciplines)}.{given}"
    if group.state not in LIVING_STATES or group.within:
        return f"Disciplines: nog niet.{given}" if given else ""
    command = "programma" if group.is_programme else "werkgroep"
    return f"Disciplines: nog niet; dat kan met !{command} disciplines {group.code}.{given}"
