"""!mandaat: what the AO may settle by itself, as the DO set it; and the chair's yes or no in one case (R-051, C61)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.decisions import categories, lapse, save_record, signals_under
from commands.kit.declare import About, Right, Where, command
from commands.kit.reply import say
from commands.kit.signals import asked_chair, may_decide, recorded, save
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.monitoring import lives
from commands.words.agreement import Agreement, AgreementState
from commands.words.calendar import AMSTERDAM
from commands.words.decision import Decision
from commands.words.mandate import Mandate, MandateState
from commands.words.meeting import AgendaItem
from commands.words.people import RoleName
from commands.words.signal import SignalState
from commands.words.structure import Body
from commands.words.verdict import Refused

SEEING = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR)
NONE = ("leeg", "geen", "wis")


@command(
    "mandaat",
    help="Toon wat een overleg zelf mag besluiten. De voorzitter van het overleg erboven stelt dat mandaat vast.",
    example="!mandaat AO planning, communicatie en werkafspraken",
    who=tuple(Right(role, Where.TIER) for role in SEEING),
    otherwise="vraag het de secretaris.",
)
def mandaat(
    turn: Turn,
    subject: Annotated[
        Decision | Agreement | None, About("het besluit of de afspraak waar het om gaat", "besluit", also=("id",))
    ] = None,
    answer: Annotated[bool | None, About("binnen het mandaat: ja of nee", "antwoord", bare=True)] = None,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van",), bare=True)] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
    text: Annotated[str | None, About("waarvoor het mandaat geldt", "categorieën", greedy=True, rest=True)] = None,
) -> Outcome:
    if subject is not None:
        return _one_case(turn, subject, answer, text or "")
    place = turn.structure.filter
    if body is not None and body.code != place.code:
        return Refused(
            f"Een mandaat heeft alleen {place.the}; {body.the} besluit uit eigen recht. Typ !mandaat {place.code}.",
            code="R-051",
        )
    wanted = [one.strip(" .") for one in re.split(r",|;|\ben\b", text or "") if one.strip(" .")]
    return _set(turn, place, wanted, text or "", bool(ask_chair)) if wanted else _show(turn, place)


def _show(turn: Turn, place: Body) -> Outcome:
    known = categories(turn, place)
    mandate = turn.store.get(Mandate, place.code)
    if not known:
        return Reply(say(f"Mandaat {place.code}: nog niet vastgelegd. Ik vraag de voorzitter {place.code} per geval."))
    when = ""
    if mandate is not None and mandate.state is MandateState.IN_FORCE:
        when = f" ({mandate.given_by}, {dates.say_short(mandate.set_at.astimezone(AMSTERDAM).date())})"
    return Reply(say(f"Mandaat {place.code}{when}: {', '.join(known)}."))


def _set(turn: Turn, place: Body, wanted: list[str], text: str, ask_chair: bool) -> Outcome:
    """By the chair of the body above, or its secretary in the meeting; others have it put before that chair."""
    above = turn.structure.above(place) or place
    if ask_chair:
        parts = {"body": place.code, "text": text}
        return asked_chair(turn, above, "mandaat", parts, f"mandaat {place.code} wijzigen in: {text}", place.code)
    verdict = may_decide(turn, above, "een mandaat vaststellen")
    if isinstance(verdict, Refused):
        return verdict
    kept = () if [one.casefold() for one in wanted] in ([one] for one in NONE) else tuple(dict.fromkeys(wanted))
    mandate = Mandate(place.code, kept, above.code, turn.person.id, turn.now, text if kept else "")
    turn.put(mandate, recorded(turn, above, f"mandaat: {', '.join(kept) or 'leeg'}"))
    said = f"Mandaat {place.code} vastgelegd namens {above.the}: {', '.join(kept)}."
    if not kept:
        said = f"Mandaat {place.code} is nu leeg; ik vraag de voorzitter {place.code} per geval."
    turn.announce(place.code, say(said))
    return Reply(say(said), deed=f"mandaat {place.code} gewijzigd")


# --- one case --------------------------------------------------------------------------------------------------------
def _one_case(turn: Turn, record: Decision | Agreement, answer: bool | None, because: str) -> Outcome:
    """INV-24: the chair of the filter says whether it lies within the mandate; *nee* ends it and points upward."""
    place = turn.need_body(record.body)
    if place.code != turn.structure.filter.code:
        return Refused(
            f"{record.id} is van {place.the}; daar speelt geen mandaat. {ways.look(record.id)}", code="R-051"
        )
    if not lives(record) or record.within_mandate is not None:
        said = {True: "binnen", False: "buiten", None: "?"}[record.within_mandate]
        because = (
            f"{record.id} is al {record.state}." if not lives(record) else f"{record.id} valt al {said} het mandaat."
        )
        return Refused(because, code="E14")
    verdict = may_decide(turn, place, "over het mandaat oordelen")
    if isinstance(verdict, Refused):
        return Refused(verdict.because, code=verdict.code)
    if answer is None:
        return Ask("answer", f"Valt {record.id} binnen het mandaat van {place.the}: ja of nee?")
    if answer:
        save_record(turn, replace(record, within_mandate=True), recorded(turn, place, "binnen mandaat"))
        _tell_maker(turn, record, "valt binnen het mandaat.")
        return Reply(
            say(f"{record.id} valt binnen het mandaat van {place.the}."),
            (record.id,),
            deed=f"{record.id} binnen mandaat",
        )
    return _outside(turn, record, place, because)


def _outside(turn: Turn, record: Decision | Agreement, place: Body, because: str) -> Outcome:
    above = turn.structure.above(place)
    why = f"buiten mandaat{f': {because}' if because else ''}"
    record = replace(record, within_mandate=False)
    if isinstance(record, Decision):
        lapse(turn, record, why)
    else:
        save_record(turn, replace(record, state=AgreementState.LAPSED, outcome=why), why)
    item = turn.store.get(AgendaItem, record.item) if record.item else None
    for signal in signals_under(turn, item, record.signals):
        if signal.state is SignalState.DECIDED and signal.lies_with == place.code:
            save(turn, replace(signal, state=SignalState.HANDLING, changed_at=turn.now), f"{record.id} {why}")
    up = f" {above.capital} besluit; leg het voor met !escaleer." if above else ""
    _tell_maker(turn, record, f"vervalt: het valt buiten het mandaat van {place.the}.{up}")
    return Reply(
        say(f"{record.id} vervalt: het valt buiten het mandaat van {place.the}.{up}"),
        (record.id, *record.signals),
        deed=f"{record.id} buiten mandaat",
    )


def _tell_maker(turn: Turn, record: Decision | Agreement, text: str) -> None:
    turn.tell(record.made_by, say(f"{record.id} {text}"), about=(record.id,))
