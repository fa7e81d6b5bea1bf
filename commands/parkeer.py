"""!parkeer: the discussion of an agenda item goes on in a group, or as a request for help; the main line stays on the
agenda (R-045, C52)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.anchors import said_again
from commands.kit.arguments import Deadline
from commands.kit.assigning import assign
from commands.kit.declare import About, Right, Where, command
from commands.kit.helping import ask_for_help
from commands.kit.ports import Option
from commands.kit.records import from_context
from commands.kit.reply import say
from commands.kit.signals import asked_chair, may_decide
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder, lifecycle, route, ways
from commands.rules.agenda import LIVE
from commands.words.meeting import AgendaItem, Meeting, Nature
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused
from commands.words.workgroup import Workgroup


class AsHelp(StrEnum):
    HELP = "hulpvraag"


@command(
    "parkeer",
    help="Laat de inhoud van een agendapunt verder gaan in een groep of als hulpvraag; de hoofdlijn blijft.",
    example="!parkeer AGP-2027-012 naar WG-PFAS voor 6 november",
    who=(
        Right(RoleName.CHAIR, Where.TIER),
        Right(RoleName.SECRETARY, Where.TIER),
    ),
    otherwise="vraag het de secretaris.",
)
def parkeer(
    turn: Turn,
    item: Annotated[AgendaItem | None, About("het agendapunt", "punt")] = None,
    signal: Annotated[Signal | None, About("het signaal dat op de agenda staat", "signaal")] = None,
    group: Annotated[
        Workgroup | None,
        About("de werkgroep of het programma", "naar", words=("naar", "bij", "aan"), bare=True),
    ] = None,
    kind: Annotated[AsHelp | None, About("als hulpvraag", "als", words=("naar", "als", "bij"))] = None,
    due: Annotated[
        Deadline | None,
        About("terug uiterlijk", "uiterlijk", words=("uiterlijk",), greedy=True, trailing=True),
    ] = None,
    task: Annotated[str | None, About("wat de groep uitwerkt", "opdracht", greedy=True, rest=True)] = None,
    ask_chair: Annotated[bool | None, About("de voorzitter vragen", "vraagvoorzitter")] = None,
) -> Outcome:
    point = _point(turn, item, signal, group, kind)
    if not isinstance(point, AgendaItem):
        return point
    item = point
    meeting = turn.store.get(Meeting, item.meeting)
    place = turn.body(meeting.body) if meeting else None
    if place is None:
        return Refused(f"{item.id} bestaat niet. Kijk bij !agenda.", code="E03")
    verdict = lifecycle.may_park(item)
    if isinstance(verdict, Refused):
        return verdict
    signals = [one for id in item.signals if (one := turn.store.get(Signal, id)) is not None]
    if kind is not None:
        return _as_help(turn, item, place, signals, task)
    if group is None:
        return Ask("group", "Naar welke groep?")
    stop = _stops(turn, signals, place, group, item)
    parts = {"item": item.id, "group": group.code, "task": task or "", "due": said_again(turn, due)}
    if stop is not None:
        way = stop.instead
        if way is None or way.command != "delegeer":
            return stop
        return replace(stop, instead=replace(way, parts={**way.parts, "task": parts["task"], "due": parts["due"]}))
    if ask_chair:
        return asked_chair(turn, place, "parkeer", parts, f"{item.id} parkeren bij {group.name}", item.id)
    verdict = may_decide(turn, place, "parkeren", any_day=True)
    if isinstance(verdict, Refused):
        return verdict
    for signal in signals:
        outcome = assign(turn, signal, group, task or signal.title, due, f"geparkeerd vanuit {item.id}", keep=item.id)
        if isinstance(outcome, Ask):
            return outcome
        if isinstance(outcome, Refused):
            return _other_group(outcome)
    turn.put(replace(item, nature=Nature.INFORM), f"inhoud verder in {group.code}")
    back = f" Terug bij {place.the} uiterlijk {dates.say_short(due)}." if due else ""
    line = f"De inhoudelijke bespreking gaat verder in {group.code}; hier blijft de hoofdlijn.{back}"
    ids = (item.id, *(signal.id for signal in signals))
    return Reply(say(line), about=ids, deed=f"{item.id} geparkeerd bij {group.code}")


def _point(
    turn: Turn, item: AgendaItem | None, signal: Signal | None, group: Workgroup | None, kind: AsHelp | None
) -> AgendaItem | Ask | Refused:
    """The point that was named: by itself, by the signal that stands under it, or by the message replied to."""
    if item is not None:
        return item
    signals = [signal] if signal is not None else [s for s in from_context((Signal,), turn) if isinstance(s, Signal)]
    found: list[AgendaItem] = (
        [] if signal else [p for p in from_context((AgendaItem,), turn) if isinstance(p, AgendaItem)]
    )
    found += [one for each in signals for one in turn.store.items(signal=each.id) if one.state in LIVE]
    if len(found) == 1:
        return found[0]
    if found:
        options = tuple(Option(one.id, one.id) for one in found)
        return Ask("item", f"Welk agendapunt: {' of '.join(one.id for one in found)}?", options)
    if signal is None:
        return Ask("item", "Om welk agendapunt gaat het? Een nummer is genoeg.")
    return _not_on_an_agenda(signal, group, kind)


def _not_on_an_agenda(signal: Signal, group: Workgroup | None, kind: AsHelp | None) -> Refused:
    """Parking is about a discussion at a meeting; what stands on no agenda has a way of its own."""
    because = f"{signal.id} staat niet op een agenda; er is geen punt om te parkeren."
    if group is not None:
        way = Instead("beleg", {"signal": signal.id, "group": group.code}, f"Bij {group.code} onderbrengen?")
        return Refused(because, way, "E12")
    if kind is not None and not signal.sensitive:
        return Refused(because, Instead("hulpvraag", {"text": signal.title}, "Als hulpvraag stellen?"), "E12")
    return Refused(f"{because} Onderbrengen kan met !beleg.", code="E12")


def _as_help(turn: Turn, item: AgendaItem, place: Body, signals: list[Signal], task: str | None) -> Outcome:
    """R-045: who knows of it is asked; nothing moves, and what is sensitive is asked of nobody (INV-39)."""
    if any(one.sensitive for one in signals):
        return Refused(
            f"{item.id} is politiek gevoelig; daarover vraag ik niemand buiten {place.the}. Kies een groep, met naar.",
            code="INV-39",
        )
    verdict = may_decide(turn, place, "parkeren", any_day=True)
    if isinstance(verdict, Refused):
        return verdict
    topic = next((one.topic for one in signals if one.topic), None)
    asked = ask_for_help(turn, task or item.main_line or item.title, topic, anonymous=False)
    if not isinstance(asked, Reply):
        return asked
    turn.put(replace(item, nature=Nature.INFORM), f"inhoud verder als {asked.about[0]}")
    line = "De inhoudelijke bespreking gaat verder als hulpvraag; hier blijft de hoofdlijn."
    return replace(
        asked, message=say(line) + asked.message, about=(item.id, *asked.about), deed=f"{item.id} geparkeerd"
    )


def _stops(turn: Turn, signals: list[Signal], place: Body, group: Workgroup, item: AgendaItem) -> Refused | None:
    """Only a signal moves, only from where it lies, and only from the filter to a group (J1, J4, J5)."""
    if not signals:
        way = Instead("signaal", {"text": item.title}, "Als signaal indienen?")
        return Refused(f"Onder {item.id} staat geen signaal; alleen een signaal kan naar een groep.", way, "C52")
    for signal in signals:
        if signal.lies_with != place.code:
            return Refused(
                f"{signal.id} ligt bij {signal.lies_with}, niet bij {place.the}. {ways.look(signal.id)}", code="E12"
            )
        for verdict in (
            route.downward(signal.id, place, group.as_body(), turn.structure),
            ladder.may_weigh(signal, turn.structure, turn.store.proposals(about=signal.id)),
        ):
            if isinstance(verdict, Refused):
                return verdict
    return None


def _other_group(refused: Refused) -> Refused:
    """Where another group is offered, the point is parked there instead."""
    way = refused.instead
    kept = Instead("", {"group": way.parts["group"]}, way.ask) if way is not None and way.command == "beleg" else None
    return replace(refused, instead=kept)
