"""!ligtbij: who or what has an action now, beside who answers for it (*ligt nu bij*, digests.md §3.1)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from commands.kit.actions import actor_in, offers_for
from commands.kit.declare import EVERYONE, About, command
from commands.kit.reply import say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules.actions import may_say_who_has_it
from commands.words.action import Action
from commands.words.verdict import Refused

MOST = 60
_BACK = re.compile(r"(?:niemand|(?:weer )?(?:bij )?(?:mij|mezelf|mijzelf|de actiehouder)|niet meer)", re.IGNORECASE)


@command(
    "ligtbij",
    aliases=("wachtop",),
    help="Zeg bij wie of wat een actie nu ligt; de actiehouder blijft dezelfde. Met niemand haal je het weg.",
    example="!ligtbij 1 de jurist van het IPO",
    who=EVERYONE,
)
def ligtbij(
    turn: Turn,
    action: Annotated[Action, About("de actie", "actie")],
    whom: Annotated[
        str, About("bij wie of wat", "bij", words=("bij", "op"), rest=True, ask="Bij wie of wat ligt het nu?")
    ],
) -> Outcome:
    verdict = may_say_who_has_it(action, actor_in(turn, action), turn.person_named(action.holder))
    if isinstance(verdict, Refused):
        return verdict
    said = " ".join(whom.split()).strip(" .,;")
    if len(said) > MOST:
        return Refused(
            f"Dat is te lang voor een lijst: hooguit {MOST} tekens. Een naam of functie is genoeg.", code="E06"
        )
    back = _BACK.fullmatch(said) is not None
    after = replace(action, waits_for="" if back else said)
    if after == action:
        return Refused(f"{action.id} stond al zo. Er is niets veranderd.", code="E14")
    holder = turn.person_named(action.holder)
    turn.put(after, "ligt weer bij de actiehouder" if back else f"ligt nu bij {said}")
    line = (
        f"{action.id} ligt weer bij {holder}."
        if back
        else f"{action.id} ligt nu bij {said}; {holder} blijft actiehouder."
    )
    return Reply(
        say(line), (action.id,), offers_for(after), deed=f"{action.id}: {'terug' if back else f'ligt bij {said}'}"
    )
