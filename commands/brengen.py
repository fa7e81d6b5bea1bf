"""!brengen: how often the own organisation helped another and was helped; who leads a programme reads it of each
(R-188). Only counts, never of a person; no scores and no order but the alphabet."""

from __future__ import annotations

from typing import Annotated

from commands.kit.declare import EVERYONE, About, command
from commands.kit.exchange import met_in
from commands.kit.reply import Code, Line, Message, listing, say
from commands.kit.signals import leads
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.bringing import Exchange, exchanges
from commands.rules.groups import add_months
from commands.rules.ways import shown
from commands.words.period import Period
from commands.words.verdict import Refused
from commands.words.workgroup import RUNNING_STATES


@command(
    "brengen",
    aliases=("halen", "brengenenhalen"),
    help="Toon hoe vaak je organisatie het afgelopen halfjaar een ander hielp en zelf hulp kreeg.",
    example="!brengen",
    who=EVERYONE,
)
def brengen(
    turn: Turn,
    organisation: Annotated[str | None, About("een andere organisatie", "van", rest=True)] = None,
) -> Outcome:
    own = turn.person.organisation
    wanted = " ".join((organisation or own).split())
    party = turn.structure.party(wanted)
    wanted = party.code if party is not None else wanted
    everyone = _leads_a_programme(turn)
    mine = wanted.casefold() == own.casefold()
    if not (mine or everyone):
        named = shown(wanted)
        because = f"Brengen en halen van {named} is voor {named} zelf. Dat van {own} zie je met !brengen."
        return Refused(because.replace("zie je", "ziet u") if turn.formal else because, code="R-188")
    found = exchanges(met_in(turn, Period(add_months(turn.today, -6), turn.today)))
    by_name = {name.casefold(): one for name, one in found.items()}
    head = say(
        f"Brengen en halen van {own if mine else shown(wanted)}, het afgelopen halfjaar: "
        f"{_said(by_name.get(wanted.casefold(), Exchange()))}.",
        "Een vraag zonder naam telt bij niemand als gekregen.",
    )
    others: list[Line] = [
        f"{name}: {_said(one)}" for name, one in found.items() if name.casefold() != wanted.casefold()
    ]
    if everyone and not organisation and others:
        head += say("De andere organisaties, op alfabet:") + Message((listing(others),))
    you = "u" if turn.formal else "je"
    fetch: Line = (f"Wat zou {you} willen halen? Stel de vraag met ", Code("!hulpvraag"), " en één zin.")
    return Reply(head + say(fetch) if mine else head, private=True, receipt=False)


def _leads_a_programme(turn: Turn) -> bool:
    """The programmadirecteur: who leads a running programme, not a body within one (R-131)."""
    return any(
        one.chair == turn.person.id or leads(turn, one.as_body())
        for one in turn.store.groups(states=RUNNING_STATES)
        if one.is_programme and not one.within
    )


def _said(one: Exchange) -> str:
    return f"{one.given or 'nog geen'} keer hulp geboden, {one.received or 'nog geen'} keer hulp gekregen".replace(
        "nog geen keer hulp", "nog geen hulp"
    )
