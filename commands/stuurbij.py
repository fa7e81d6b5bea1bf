"""!stuurbij: reword one's own work on the track aanjagen, with or without another date; the old words stay visible
(C45, R-104, R-106)."""

from __future__ import annotations

from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import actor_in, offers_for
from commands.kit.arguments import Deadline
from commands.kit.declare import EVERYONE, About, command
from commands.kit.owed import owe_action
from commands.kit.reply import say
from commands.kit.signal_life import keeps, raised, tell_place
from commands.kit.signals import place_of, save, sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import lifecycle, ways
from commands.rules.tracks import may_steer
from commands.words.action import Action
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.signal import Signal, Track
from commands.words.titles import as_title
from commands.words.verdict import Refused


@command(
    "stuurbij",
    aliases=("bijstellen",),
    help="Stel bij wat je doet op het spoor aanjagen; de vorige omschrijving blijft zichtbaar.",
    example="!stuurbij 40 Verken samen met regio Noord want de vraag is veranderd",
    who=EVERYONE,
)
def stuurbij(
    turn: Turn,
    item: Annotated[
        Action | Signal | Decision | Agreement, About("de actie of het signaal", "id", ask="Om welk nummer gaat het?")
    ],
    text: Annotated[
        str | None, About("de nieuwe omschrijving", "tekst", rest=True, ask="Wat is de nieuwe omschrijving?")
    ] = None,
    due: Annotated[Deadline | None, About("de nieuwe datum", "datum", words=("op", "datum"))] = None,
    because: Annotated[str | None, About("waarom", "reden", words=("want", "omdat"), greedy=True)] = None,
) -> Outcome:
    if isinstance(item, Decision | Agreement):
        what = "afspraak" if isinstance(item, Agreement) else "besluit"
        whose = "een vastgestelde afspraak" if what == "afspraak" else "een vastgesteld besluit"
        made = "haar" if what == "afspraak" else "het"
        return Refused(
            f"{whose.capitalize()} wijzigt alleen het gremium dat {made} maakte. {ways.look(item.id)}", code="INV-23"
        )
    if isinstance(item, Action):
        verdict = may_steer(item, actor_in(turn, item), turn.person_named(item.holder))
    else:
        verdict = lifecycle.may_change(
            item,
            {"title": text},
            raiser=raised(turn, item),
            secretary=keeps(turn, item),
            place=place_of(turn, item),
        )
        if not isinstance(verdict, Refused) and item.track is not Track.ENCOURAGE:
            verdict = Refused(
                f"{item.id} staat niet op het spoor aanjagen. Een veld wijzigen kan met !wijzig.", code="R-104"
            )
    if isinstance(verdict, Refused):
        return verdict
    if not text and due is None:
        return Ask("text", "Wat is de nieuwe omschrijving?")
    if not because:
        return Ask("because", "Waarom? Dat blijft bij de vorige omschrijving staan.")
    if isinstance(item, Action):
        return _action(turn, item, " ".join((text or item.text).split()), due, because)
    return _signal(turn, item, as_title(" ".join((text or item.title).split())), because)


def _action(turn: Turn, action: Action, text: str, due: Deadline | None, because: str) -> Outcome:
    """A new date here is no postponement: nothing is counted (R-106)."""
    day = due or action.due
    if (text, day) == (action.text, action.due):
        return Refused(f"{action.id}: dat stond er al zo. Er is niets veranderd.", code="E14")
    steered = replace(action, text=text, due=day)
    moved = f", {dates.say_short(action.due)} wordt {dates.say_short(day)}" if day != action.due else ""
    turn.put(steered, f"bijgesteld, was: {action.text}{moved}; {because}")
    owe_action(turn.store, turn.structure, turn.now, steered)
    when = f" Check-in {dates.say_short(day)}." if day != action.due else ""
    if turn.person.id != action.holder:
        told = say(f"{action.id} is bijgesteld: {sentence(text)}{when} Reden: {sentence(because)}")
        turn.tell(action.holder, told, about=(action.id,), offers=offers_for(steered))
    elsewhere = turn.room is not None and turn.room.code != action.body
    return Reply(
        say(f"{action.id} bijgesteld: {sentence(text)}{when} De vorige omschrijving blijft zichtbaar."),
        (action.id,),
        offers_for(steered),
        deed=f"{action.id} bijgesteld",
        private=elsewhere,
    )


def _signal(turn: Turn, signal: Signal, title: str, because: str) -> Outcome:
    verdict = lifecycle.title_fits(title, turn.thresholds.title_least, turn.thresholds.title_most)
    if isinstance(verdict, Refused):
        return verdict
    steered = replace(signal, title=title)
    save(turn, steered, f"bijgesteld, was: {signal.title}; {because}")
    tell_place(turn, steered, f"bijgesteld, eerst: {signal.title}. Reden: {sentence(because)}")
    return Reply(
        say(f"{signal.id} bijgesteld: {sentence(title)} De vorige omschrijving blijft zichtbaar."),
        (signal.id,),
        deed=f"{signal.id} bijgesteld",
    )
