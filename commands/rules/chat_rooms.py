"""May a room become the room of this body, and may this person bring the bot into one? (domain.md §2.1, INV-20)"""

from __future__ import annotations

from commands.rules import ways
from commands.words.people import Person
from commands.words.structure import Body
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import LIVING_STATES, Workgroup

DECLINED = "Ik kom alleen op uitnodiging van iemand uit dit overleg. Vraag het secretariaat je aan te melden."
DECLINED_OUTSIDER = "Een kamer openen doet een lid van het overleg. Vraag het daar, of schrijf mij in een privégesprek."


def may_bind(body: Body, holder: Body | None, group: Workgroup | None) -> Verdict:
    """One body per room; `holder` is the body that the room belongs to now. A group must still live (`group`)."""
    if holder is not None and holder.code == body.code:
        return Refused(f"Deze kamer is al van {body.the}.", code="E14")
    if holder is not None:
        return Refused(f"Deze kamer is van {holder.the}. Maak voor {body.the} een eigen kamer.", code="E12")
    if group is not None and group.state not in LIVING_STATES:
        return Refused(f"{body.code} is {group.state}; die krijgt geen kamer meer. {ways.look(body.code)}", code="E12")
    return Allowed()


def may_invite(person: Person | None, *, in_office: bool, private: bool) -> Verdict:
    """Whoever the register knows and who acts today may invite the bot: to a private chat, and unless from outside to a
    room. Which body a room is for is confirmed apart. The refusal is what the inviter reads."""
    if person is None or not in_office:
        return Refused(DECLINED, code="E05")
    if person.external and not private:
        return Refused(DECLINED_OUTSIDER, code="E16")
    return Allowed()
