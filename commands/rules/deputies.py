"""Who may stand in for whom, and from when to when? (C58, domain.md §2.3, INV-20)"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from commands.words.people import Person, Role, RoleName
from commands.words.verdict import Allowed, Refused, Verdict

OUTSIDE = "Een extern lid heeft geen vervanger en is er geen; de secretaris legt een eigen rol vast met !rol."


def replaceable(roles: Sequence[Role]) -> tuple[Role, ...]:
    """The roles that a deputy can take over: all but running the bot, which is no matter of a party (INV-21)."""
    return tuple(role for role in roles if role.role not in (RoleName.OPERATOR, RoleName.EXTERNAL))


def may_stand_in(deputy: Person, holder: Person, roles: Sequence[Role], first: date, last: date | None) -> Verdict:
    """Whether `deputy` may take over these roles of `holder` from `first` to `last` (both inclusive, None: open end).

    C58: someone of the same party. INV-20: nobody from outside, on either side.
    """
    if deputy.id == holder.id:
        return Refused("Een vervanger is een ander dan wie vervangen wordt. Kies een ander.", code="C58")
    if deputy.external or holder.external:
        return Refused(OUTSIDE, code="E16")
    parties = {role.on_behalf_of for role in roles} or {holder.organisation}
    if parties != {deputy.organisation}:
        wanted = " of ".join(sorted(parties))
        return Refused(f"Een vervanger komt van dezelfde partij ({wanted}). Kies een ander.", code="C58")
    if not roles:
        return Refused(
            f"{holder.label} heeft nu geen rol om in te vervangen. Rollen legt de secretaris vast.", code="C58"
        )
    if last is not None and last < first:
        return Refused("De laatste dag ligt voor de eerste. Noem de dagen opnieuw: van en tot.", code="E08")
    return Allowed()
