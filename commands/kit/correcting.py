"""Correcting what was written down of a decision, an agreement or an attention point (C63); never what is fixed
(INV-23).
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date
from typing import Any

from commands.kit import dates
from commands.kit.decisions import save_record
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import agreements, decisions, ways
from commands.words.agreement import Agreement, AgreementState, DueKind
from commands.words.attention import WAITING, AttentionPoint
from commands.words.decision import Decision, DecisionState
from commands.words.enumeration import joined
from commands.words.people import Person, RoleName
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused

#: The fields of each, by the name of the part of `!wijzig`.
FIELDS: dict[type, dict[str, str]] = {
    Decision: {"wording": "text", "due": "due", "public": "public", "category": "category"},
    Agreement: {
        "wording": "text",
        "binds": "binds",
        "responsible": "responsible",
        "lead": "lead",
        "accountable": "accountable_to",
        "due": "due",
        "goal": "goal",
        "source": "source",
        "track": "track",
        "category": "category",
    },
    AttentionPoint: {"wording": "text"},
}
NAMES = {
    "wording": "tekst", "binds": "bindt", "responsible": "verantwoordelijk", "lead": "trekker",
    "accountable": "verantwoording", "due": "uiterlijk", "goal": "doelstelling", "source": "bron", "track": "spoor",
    "public": "openbaar", "category": "categorie",
}  # fmt: skip


def correct(
    turn: Turn, record: Decision | Agreement | AttentionPoint, given: Mapping[str, Any], because: str
) -> Outcome:
    """Write the new values of the fields that the record has; the old ones stay in the history."""
    known = FIELDS[type(record)]
    strange = [name for name in given if name not in known]
    if strange:
        fields = ", ".join(NAMES[name] for name in known)
        named = NAMES.get(strange[0], strange[0])
        return Refused(f"'{ways.shown(named)}' staat niet bij {record.id}. Velden: {fields}.", code="E11")
    stop = _may_correct(turn, record, given)
    if stop is not None:
        return stop
    if isinstance(record, Agreement) and "binds" in given:
        verdict = agreements.binds_only_parties(given["binds"], turn.structure)
        if isinstance(verdict, Refused):
            return verdict
    values = {known[name]: _stored(value) for name, value in given.items()}
    if isinstance(record, Agreement) and "due" in values:
        values["due_kind"] = record.due_kind if record.due is not None else DueKind.ULTIMATELY
    if isinstance(record, Agreement) and "binds" in values:
        values["stands"] = decisions.first_stands(values["binds"], record.stands, ())
    changed = {name: value for name, value in values.items() if getattr(record, name) != value}
    if not changed:
        return Refused(f"{record.id}: dat stond er al zo. Niets gewijzigd.", code="E14")
    what = "; ".join(
        f"{NAMES[name]} {_word(turn, getattr(record, known[name]))} → {_word(turn, values[known[name]])}"
        for name in given
        if known[name] in changed
    )
    after = replace(record, **changed)
    why = f"gewijzigd: {what}" + (f"; {because}" if because else "")
    if isinstance(after, AttentionPoint):
        turn.put(after, why)
    else:
        save_record(turn, after, why)
    return Reply(
        say(f"{record.id}: {what}."),
        about=(record.id,),
        deed=f"{record.id} gewijzigd",
        private=turn.room is not None and turn.room.code != record.body,
    )


def _may_correct(turn: Turn, record: Decision | Agreement | AttentionPoint, given: Mapping[str, Any]) -> Refused | None:
    """C63: who made it, and the secretary or chair of its body; only as long as it is a concept (INV-23)."""
    place = turn.need_body(record.body)
    keeps = any(turn.holds(role, place.code) for role in (RoleName.SECRETARY, RoleName.CHAIR))
    if not keeps and turn.person.id != record.made_by:
        return Refused(f"Wijzigen doet de secretaris van {place.the}.", code="E04")
    if isinstance(record, AttentionPoint):
        return (
            None
            if record.state in WAITING
            else Refused(f"{record.id} is {record.state}. {ways.look(record.id)}", code="E12")
        )
    if record.state in (DecisionState.CONCEPT, AgreementState.CONCEPT) or set(given) == {"public"}:
        return None
    frozen = decisions.frozen(record)
    if isinstance(record, Decision) and "wording" in given and keeps:
        parts = {"revises": record.id, "text": str(given["wording"])}
        return Refused(frozen.because, Instead("besluit", parts, "Als nieuw besluit vastleggen?"), frozen.code)
    return frozen


def _stored(value: Any) -> Any:
    """A value as the record holds it: a person or body by its id."""
    if isinstance(value, Person):
        return value.id
    return value.code if isinstance(value, Body) else value


def _word(turn: Turn, value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, tuple):
        return joined(value)
    if isinstance(value, date):
        return dates.say_short(value)
    return "(leeg)" if value in (None, "") else turn.person_named(str(value))
