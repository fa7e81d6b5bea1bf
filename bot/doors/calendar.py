"""`overlegbot calendar`: the meetings of the register as an iCalendar file, and such a file into the register."""

from __future__ import annotations

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from sqlmodel import Session

from bot.calendars import Came, read
from bot.doors import FAULTS_FOUND, WELL, DoorError
from bot.doors.opening import checked, database, database_of, register_of, settings_of, stored_clock
from bot.renderers.ics import ics
from bot.renderers.plain import plain
from bot.seed import IMPORT
from commands.kit.calendars import calendar_of, wishes_from
from commands.kit.discretion import for_its_reader
from commands.kit.files import Calendar
from commands.kit.ports import Change
from commands.kit.posting import post
from commands.kit.register import Register
from commands.kit.turn import Turn
from commands.kit.year_plan import Plan, carry_out, weigh
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.structure import Body, Structure
from config.structure import load_structure
from storage.store import SqlStore

#: Before every clock.
_NEVER = datetime.min.replace(tzinfo=UTC)


class ByOperator(Turn):
    """What a file brings, without a chat message: the history names the operator, and nobody can take it back."""

    def change(self, why: str = "") -> Change:
        return Change(IMPORT, self.now, why or "uit een agenda")


def main(args: argparse.Namespace) -> int:
    """Export to standard output, or import `args.file`. DoorError: a file that is none (2), a database (3)."""
    structure = checked(lambda: load_structure(settings_of(args).structure))
    return _export(args, structure) if args.verb == "export" else _import(args, structure)


def _export(args: argparse.Namespace, structure: Structure) -> int:
    with register_of(database_of(args)) as made:
        now = stored_clock(made) or datetime.now(UTC)
        data = made.work(lambda session: ics(meetings(session, structure, now, args.body)))
    # RFC 5545 ends every line with CR LF, also where the shell writes other ends.
    sys.stdout.buffer.write(data)
    return WELL


def _import(args: argparse.Namespace, structure: Structure) -> int:
    try:
        came = read(Path(args.file).read_bytes())
    except OSError as failure:
        raise DoorError(f"{args.file}: {failure.strerror or 'cannot be read'}") from failure
    except ValueError as failure:
        raise DoorError(f"{args.file}: {failure}") from failure
    with database(database_of(args)) as made:
        now = max(datetime.now(UTC), stored_clock(made) or _NEVER)
        plan, faults = made.work(lambda session: bring_in(session, structure, came, now, args.reason or ""))
    print(f"{args.file}: {account(plan)}")
    for fault in faults:
        print(f"overlegbot: not imported: {fault}", file=sys.stderr)
    for remark in plan.remarks:
        print(f"overlegbot: mind: {remark}", file=sys.stderr)
    return FAULTS_FOUND if faults else WELL


def meetings(session: Session, structure: Structure, now: datetime, named: str | None) -> Calendar:
    """The meetings of the tiers, or of the body that is named; DoorError when there is none of that name."""
    register = Register(SqlStore(session), structure, now.astimezone(AMSTERDAM))
    body = register.body(named) if named else None
    if named and body is None:
        raise DoorError(f"{named} is no body of this register")
    bodies: tuple[Body, ...] = (body,) if body else structure.tiers
    return calendar_of(register, bodies, f"Vergaderingen {body.code}" if body else "Vergaderingen")


def bring_in(
    session: Session, structure: Structure, came: Came, now: datetime, reason: str
) -> tuple[Plan, tuple[str, ...]]:
    """Plan, move and call off what the events say, as far as the rules allow it; returns that and what they do not.

    Rooms and people hear of it through the outbox. DoorError when there are more meetings than the structure gives and
    no reason (INV-33); nothing is stored then.
    """
    operator = Person(IMPORT, "", name=IMPORT)
    local = now.astimezone(AMSTERDAM)
    turn = ByOperator(SqlStore(session), structure, local, operator, None, f"calendar:{local.isoformat()}", 0)
    wishes, unknown = wishes_from(turn, came.events)
    plan = weigh(turn, wishes)
    if plan.excess and not reason:
        raise DoorError(f"{' '.join(plan.excess)} Give the reason with --reason")
    carry_out(turn, plan, reason)
    for outgoing in turn.pending:
        notice = for_its_reader(turn, outgoing, plain(outgoing.message))
        if notice is not None:
            post(turn, notice, turn.source)
    strangers = (f'"{name}": no body of this register is named in it' for name in unknown)
    return plan, (*map(str, came.faults), *strangers, *plan.faults)


def account(plan: Plan) -> str:
    """What came of a file, in one line."""
    counts = (
        (len(plan.new), "planned"),
        (len(plan.moved), "moved"),
        (len(plan.off), "cancelled"),
        (len(plan.same), "unchanged"),
        (plan.outdated, "older than the register"),
        (plan.past, "past or unknown and cancelled"),
    )
    said = ", ".join(f"{n} {what}" for n, what in counts if n)
    return said or "no meetings in it"
