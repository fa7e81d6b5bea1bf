"""Beside the digest of a group: from which of its organisations nothing came lately, for its chair alone (R-152)."""

from __future__ import annotations

from datetime import datetime, time, timedelta

from commands.kit.register import FORMAL_KINDS, Register
from commands.kit.reply import Message, say
from commands.rules.balance import is_over
from commands.words.action import ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting
from commands.words.people import Person, RoleName
from commands.words.structure import Body, BodyKind

#: After so many meetings without anything the chair hears it.
MEETINGS = 3
#: More than a group has of one kind.
_ALL = 1000
_TAKES_PART = (RoleName.MEMBER, RoleName.EXTERNAL)


def quiet_block(register: Register, body: Body, meeting: Meeting) -> tuple[Person, Message] | None:
    """The chair, and which organisations that chair might ask; None when each brought something, or too little was held
    to say so. A question and no judgement: little activity is no fault (R-150, R-169).
    """
    chair = register.person_with(RoleName.CHAIR, body.code) if body.kind is BodyKind.WORKGROUP else None
    until = meeting.day - timedelta(days=1)
    met = register.store.meetings(body=body.code, until=until, kinds=FORMAL_KINDS, limit=_ALL)
    held = [one for one in met if is_over(one, register.today)][-MEETINGS:]
    if chair is None or len(held) < MEETINGS:
        return None
    quiet = _quiet(register, body, held, chair)
    if not quiet:
        return None
    names = quiet[0] if len(quiet) == 1 else f"{', '.join(quiet[:-1])} en {quiet[-1]}"
    ask = "Wilt u daar eens" if chair.address == "u" else "Wil je daar eens"
    what = "punt, signaal of afgeronde actie"
    return chair, say(
        f"[ter informatie] Alleen voor de voorzitter van {body.code}: van {names} kwam in de laatste "
        f"{MEETINGS} overleggen geen {what}. Dat kan goed zijn. {ask} vragen wat zij van de groep nodig hebben?"
    )


def _quiet(register: Register, body: Body, held: list[Meeting], chair: Person) -> list[str]:
    """Organisations with a member in the group, but for that of the chair, from which nothing came since the first."""
    store = register.store
    since = datetime.combine(held[0].day, time(0), AMSTERDAM)
    seats = [role for role in store.roles(body=body.code, on=register.today) if role.role in _TAKES_PART]
    members = {role.person for role in seats}
    came = {item.on_behalf_of for one in held for item in store.items(meeting=one.id)}
    signals = store.signals(filed_since=since, limit=_ALL)
    came |= {one.on_behalf_of for one in signals if members.intersection(one.raised_by)}
    done = store.actions(body=body.code, states=(ActionState.DONE,), done_since=since, limit=_ALL)
    came |= {one.on_behalf_of for one in done}
    return sorted({role.on_behalf_of for role in seats} - came - {chair.organisation})
