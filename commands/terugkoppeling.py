"""!terugkoppeling: every raiser hears what came of it; only then is a signal closed (S15, INV-08, R-151)."""

from __future__ import annotations

from enum import StrEnum
from typing import Annotated

from commands.kit.declare import About, Right, Where, command
from commands.kit.reply import Strong, say
from commands.kit.signals import place_of, raisers, save
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ladder
from commands.words.people import RoleName
from commands.words.record import Feedback
from commands.words.signal import FINAL_STATES, Signal, SignalState
from commands.words.verdict import Instead, Refused


class Audience(StrEnum):
    """To whom feedback goes."""

    RAISER = "indiener"


@command(
    "terugkoppeling",
    aliases=("terugkoppelen", "tk"),
    help="Laat elke indiener weten wat er van een signaal terecht is gekomen.",
    example="!terugkoppeling 14 zit in het nieuwe kader",
    who=(
        Right(RoleName.SECRETARY, Where.TIER),
        Right(RoleName.CHAIR, Where.TIER),
        Right(RoleName.UMBRELLA_CONTACT, Where.ANY),
    ),
    otherwise="vraag het de secretaris.",
)
def terugkoppeling(
    turn: Turn,
    signal: Annotated[Signal, About("het signaal", "id")],
    text: Annotated[
        str,
        About(
            "wat je wilt laten weten",
            "tekst",
            greedy=True,
            rest=True,
            ask="Wat is de terugkoppeling? Twee zinnen is genoeg.",
        ),
    ],
    to: Annotated[Audience | None, About("aan wie", "aan", words=("aan",), synonyms={"indieners": "indiener"})] = None,
    interim: Annotated[bool | None, About("als tussenbericht", "tussenbericht")] = None,
) -> Outcome:
    place = place_of(turn, signal)
    allowed = turn.holds(RoleName.SECRETARY, place.code) or turn.holds(RoleName.CHAIR, place.code)
    registrar = turn.holds(RoleName.SECRETARY, turn.structure.filter.code)
    contact = any(r.role is RoleName.UMBRELLA_CONTACT and r.on_behalf_of == signal.on_behalf_of for r in turn.roles)
    if not (allowed or registrar or contact):
        return Refused(f"Dit doet de secretaris van {place.the} of het koepelcontact.", code="E04")
    settled = signal.state in (SignalState.SETTLED, SignalState.REJECTED)
    if signal.state in FINAL_STATES:
        return Refused(f"{signal.id} is {signal.state}; terugkoppelen hoeft niet meer.", code="E12")
    if not settled and not interim:
        way = Instead("terugkoppeling", {"interim": "ja"}, "Als tussenbericht?")
        return Refused(f"{signal.id} is nog niet afgehandeld.", way, "E12")
    people = raisers(turn, signal)
    feedback = Feedback(turn.new_id("TRK"), signal.id, str(to or Audience.RAISER), text, turn.person.id, turn.now)
    turn.put(feedback, text)
    for person in people:
        lead = "Tussenbericht over " if not settled else "Terugkoppeling over "
        turn.tell(person, say((lead, Strong(signal.id), f" ({signal.title}): {text}")), about=(signal.id,))
    if settled:
        save(turn, ladder.closed_if_told(signal, people, people, turn.now), f"teruggekoppeld: {text}")
    who = "de indiener" if len(people) == 1 else f"de {_count(len(people))} indieners"
    closed = f" {signal.id} is gesloten." if settled else ""
    return Reply(say(f"Verstuurd aan {who}.{closed}"), about=(signal.id,), deed=f"teruggekoppeld over {signal.id}")


def _count(n: int) -> str:
    return {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes"}.get(n, str(n))
