"""!evaluatie: begin, close, discuss and finish an evaluation, or record one that was held (C38, domain.md §2.10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.arguments import Deadline, is_date_shaped, read_moment
from commands.kit.connections import has_room
from commands.kit.declare import About, Right, Where, command
from commands.kit.dialogue import not_read
from commands.kit.evaluating import (
    COMPLAINTS,
    PRAISE,
    ask_members,
    named,
    new_evaluation,
    note_held,
    people_of,
    planned_near,
    save,
    under_way,
)
from commands.kit.evaluation_results import ask_consent, outcome, response, wall
from commands.kit.held_days import held_day
from commands.kit.polls import results
from commands.kit.ports import Option
from commands.kit.records import only_an_id
from commands.kit.reply import Message, listing, say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import evaluations as rules
from commands.rules import ways
from commands.rules.posting import Urgency
from commands.rules.visibility import may_see_body
from commands.words.evaluation import Advice, Aspect, Complaint, Evaluation, EvaluationKind, EvaluationState
from commands.words.people import RoleName
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused
from commands.words.workgroup import RUNNING_STATES

MOST = 10


class Act(StrEnum):
    START = "start"
    CLOSE = "sluit"
    SHOW = "toon"
    DISCUSSED = "besproken"
    FINISH = "afronden"
    HELD = "gehouden"
    PLAN = "plan"
    DROP = "vervalt"


@dataclass(frozen=True)
class Given:
    """What was typed besides the act and the body."""

    kind: EvaluationKind | None
    until: date | None
    on: str | None
    advice: Advice | None
    found: dict[str, str]
    method: str
    because: str
    sure: bool


@command(
    "evaluatie",
    aliases=("evaluaties",),
    help="Begin, sluit of rond een evaluatie af, of leg vast dat er een gehouden is.",
    example="!evaluatie start WG-PFAS tot 5 maart",
    who=(
        *(Right(role, Where.ANY) for role in (RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)),
        *(Right(role, Where.ANY) for role in (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.EXTERNAL)),
    ),
)
def evaluatie(
    turn: Turn,
    act: Annotated[
        Act | None,
        About(
            "start, sluit, toon, besproken, afronden, gehouden, plan of vervalt",
            "wat",
            synonyms={
                "begin": "start",
                "sluiten": "sluit",
                "rondaf": "afronden",
                "verzet": "plan",
                "vervallen": "vervalt",
            },
        ),
    ] = None,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "van")] = None,
    evaluation: Annotated[Evaluation | None, About("de evaluatie", "evaluatie", field_only=True)] = None,
    kind: Annotated[
        EvaluationKind | None,
        About(
            "werkgroep, overleg, jubel- en klaagmuur, midterm of eind",
            "soort",
            words=("soort",),
            synonyms={"lean": "overleg", "jubelklaag": "jubel- en klaagmuur", "muur": "jubel- en klaagmuur"},
        ),
    ] = None,
    until: Annotated[Deadline | None, About("tot wanneer er antwoord kan komen", "tot", words=("tot",))] = None,
    on: Annotated[str | None, About("de dag", "op", words=("op", "naar"))] = None,
    advice: Annotated[
        Advice | None, About("voortzetten, bijstellen, combineren of opheffen", "advies", words=("advies",))
    ] = None,
    process: Annotated[str | None, About("de conclusie over het proces", "proces", greedy=True)] = None,
    content: Annotated[str | None, About("de conclusie over de inhoud", "inhoud", greedy=True)] = None,
    relation: Annotated[str | None, About("de conclusie over de relatie", "relatie", greedy=True)] = None,
    method: Annotated[str | None, About("hoe er gevraagd is", "methode", greedy=True)] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True, rest=True)] = None,
    sure: Annotated[bool | None, About("of het nu al moet", "zeker", field_only=True)] = None,
) -> Outcome:
    named = only_an_id(because, Evaluation, turn, "evaluation") if because and evaluation is None else None
    if isinstance(named, Ask | Refused):
        return named
    if isinstance(named, Evaluation):
        evaluation, because = named, None
    where = place or (turn.body(evaluation.about) if evaluation else None) or _own(turn)
    stray = not_read(evaluatie, because) if act in (None, Act.SHOW) else None
    if stray is not None:
        return stray
    if where is None:
        return _overview(turn) if act in (None, Act.SHOW) else Ask("place", "Van welke groep of welk overleg?")
    if act in (None, Act.SHOW):
        return _show(turn, where, evaluation)
    verdict = rules.may_lead(turn.roles, where, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    if because and is_date_shaped(because, turn) and act in (Act.HELD, Act.PLAN):
        on, because = on or because, None
    found = {"process": process, "content": content, "relation": relation}
    typed = {name: text.strip() for name, text in found.items() if text and text.strip()}
    given = Given(kind, until, on, advice, typed, method or "", (because or "").strip(), bool(sure))
    return _ACTS[act or Act.SHOW](turn, where, given)


def _own(turn: Turn) -> Body | None:
    """The room; in private the only body that the person leads."""
    if turn.room is not None:
        return turn.room
    led = dict.fromkeys(role.body for role in turn.roles if role.role in (RoleName.CHAIR, RoleName.LEAD))
    return turn.body(next(iter(led))) if len(led) == 1 else None


# --- looking ---------------------------------------------------------------------------------------------------------
def _show(turn: Turn, body: Body, evaluation: Evaluation | None) -> Outcome:
    if not may_see_body(turn.viewer, body, turn.structure):
        return Refused(
            f"De evaluaties van {body.the} zijn voor {body.the} zelf. {ways.ask_secretary(body.the)}", code="E04"
        )
    known = turn.store.evaluations(about=body.code)
    held = [one for one in known if one.state is EvaluationState.DONE]
    chosen = evaluation or under_way(turn, body) or next(iter(held[-1:]), None)
    planned = [one for one in known if one.state is EvaluationState.PLANNED]
    if chosen is None and planned:
        chosen = planned[0]
    if chosen is None:
        return Reply(say(f"Er is nog geen evaluatie van {body.the}."))
    message = outcome(turn, chosen, body)
    if chosen.state is EvaluationState.OUT:
        count = rules.answered(turn.store.respondents(chosen.id))
        message = message + say(f"Tot nu toe antwoordden {count} van {chosen.asked}.")
    later = [f"{one.id} op {dates.say_short(one.day)}" for one in planned if one.id != chosen.id]
    if later:
        message = message + say(f"Gepland: {', '.join(later)}.")
    # what people said after each meeting since the evaluation before this one.
    before = [one.held_on for one in held if one.held_on is not None and one.id != chosen.id]
    if lines := results(turn, body, since=max(before, default=None)):
        message = message + say(*lines)
    private = turn.room is not None and turn.room.code != body.code
    return Reply(message, (chosen.id,), private=private)


def _overview(turn: Turn) -> Outcome:
    """What runs and what comes, of every body this person may see."""
    states = tuple(state for state in EvaluationState if state not in (EvaluationState.DONE, EvaluationState.DROPPED))
    found = [
        one
        for one in turn.store.evaluations(states=states)
        if (body := turn.body(one.about)) is not None and may_see_body(turn.viewer, body, turn.structure)
    ]
    if not found:
        return Reply(say("Er loopt geen evaluatie en er is er geen gepland."), private=True)
    lines = [f"{one.id} {one.about}: {one.state}, {dates.say_short(one.day)}" for one in found[:MOST]]
    rest = f"En nog {len(found) - MOST}." if len(found) > MOST else ""
    message = say("Evaluaties:") + Message((listing(lines),)) + say(rest)
    return Reply(message, tuple(one.id for one in found[:MOST]), private=True)


# --- asking ----------------------------------------------------------------------------------------------------------
def _start(turn: Turn, body: Body, given: Given) -> Outcome:
    group = turn.store.group(body.code) if body.is_group else None
    if group is not None and group.state not in RUNNING_STATES:
        return Refused(f"{body.code} is {group.state}; er is niets te evalueren. {ways.look(body.code)}", code="E12")
    running = under_way(turn, body)
    if running is not None:
        return Refused(f"{running.id} van {body.the} loopt al: {running.state}.", code="E14")
    limits, calendar = turn.thresholds, turn.structure.calendar
    until = given.until or limits.evaluation_term.after(turn.today, calendar)
    earliest = dates.say_day(limits.evaluation_term_least.after(turn.today, calendar))
    verdict = rules.may_last_until(turn.today, until, earliest, calendar, limits)
    if isinstance(verdict, Refused):
        return replace(verdict, instead=Instead("evaluatie", {"until": earliest}, f"Tot en met {earliest}?"))
    people = people_of(turn, body)
    if not people:
        return Refused(f"{body.capital} heeft nog geen leden om te vragen. Zet ze erin met !rol.", code="C38")
    base = planned_near(turn, body, turn.today) or new_evaluation(turn, body, given.kind, turn.today)
    begun = replace(
        base,
        kind=given.kind or base.kind,
        state=EvaluationState.OUT,
        asked_on=turn.today,
        closes_on=until,
        asked=len(people),
        method=given.method or base.method,
    )
    save(turn, begun, f"{len(people)} gevraagd, tot en met {dates.say_short(until)}")
    ask_members(turn, begun, body, people)
    what = "de jubel- en klaagmuur" if begun.kind is EvaluationKind.WALL else "proces, inhoud, relatie"
    who = "1 persoon" if len(people) == 1 else f"{len(people)} mensen"
    return Reply(
        say(
            f"{begun.id} gestart voor {body.the}: {what}. {who} privé gevraagd, inbreng tot en met "
            f"{dates.say_day(until)}. Zonder namen."
        ),
        (begun.id,),
        deed=f"{begun.id} gestart",
    )


def _close(turn: Turn, body: Body, given: Given) -> Outcome:
    """The answers are shown to the body from four up; fewer only to the chair, when all who answered agree (INV-36)."""
    found = under_way(turn, body)
    if found is None or found.state is not EvaluationState.OUT:
        return Refused(
            f"Er is geen evaluatie van {body.the} die openstaat. Begin met !evaluatie start {body.code}.", code="E12"
        )
    asked = turn.store.respondents(found.id)
    count = rules.answered(asked)
    early = found.closes_on is not None and turn.today <= found.closes_on
    if early and not all(rules.is_complete(one) for one in asked) and not given.sure:
        last = found.closes_on or turn.today
        until = "vandaag" if last == turn.today else dates.say_day(last)
        way = Instead("evaluatie", {"place": body.code, "act": str(Act.CLOSE), "sure": "ja"}, "Toch nu sluiten?")
        return Refused(f"Antwoorden kan nog tot en met {until}; {count} van {found.asked} deed het.", way, "C38")
    closed = replace(
        found,
        state=EvaluationState.CLOSED,
        closes_on=min(turn.today, found.closes_on or turn.today),
        answers=count,
        praise=tuple(wall(turn, found, PRAISE)),
        complaints=tuple(Complaint(text) for text in wall(turn, found, COMPLAINTS)),
    )
    per = rules.per_aspect(asked)
    texts = {
        name: "; ".join(turn.store.voices(found.id, str(aspect)))
        for name, aspect in zip(("process", "content", "relation"), Aspect, strict=True)
        if rules.may_show(per[aspect], turn.thresholds)
    }
    closed = replace(closed, **texts)  # type: ignore[arg-type]
    save(turn, closed, f"respons {response(closed)}")
    for subject in (PRAISE, COMPLAINTS):
        for text in turn.store.voices(body.code, subject):
            turn.store.drop_voice(body.code, subject, text)
            turn.store.add_voice(found.id, subject, text)
    message = outcome(turn, closed, body)
    few = count > 0 and not rules.may_show(count, turn.thresholds)
    if few:
        ask_consent(turn, closed, body)
    turn.announce(body.code, message, about=(closed.id,), urgency=Urgency.ASKED)
    here = turn.room is not None and turn.room.code == body.code
    if not here and not has_room(turn, body):
        alone = say(f"{body.code} heeft nog geen kamer: geef dit zelf door, of koppel er een met !kanaal.")
        return Reply(message + alone, (closed.id,), private=turn.room is not None, deed=f"{closed.id} gesloten")
    told = say(
        f"{closed.id}: inbreng gesloten, respons {response(closed)}. De uitkomst staat in de kamer van {body.code}."
    )
    return Reply(message if here else told, (closed.id,), deed=f"{closed.id} gesloten")


# --- what comes of it ------------------------------------------------------------------------------------------------
def _discussed(turn: Turn, body: Body, given: Given) -> Outcome:
    found = under_way(turn, body)
    if found is None or found.state is not EvaluationState.CLOSED:
        return Refused(
            f"Er is geen evaluatie van {body.the} die op bespreking wacht. Kijk bij !evaluatie toon {body.code}.",
            code="E12",
        )
    save(turn, _with(replace(found, state=EvaluationState.DISCUSSED), given), given.because)
    return Reply(say(f"{found.id} is besproken. {_still(found)}"), (found.id,), deed=f"{found.id} besproken")


def _with(evaluation: Evaluation, given: Given) -> Evaluation:
    """With the conclusions, advice and method that were typed."""
    return replace(
        evaluation,
        **given.found,  # type: ignore[arg-type]
        advice=given.advice or evaluation.advice,
        method=given.method or evaluation.method,
    )


def _still(evaluation: Evaluation) -> str:
    """What is needed to finish it."""
    needed = list(rules.gaps(evaluation))
    if not rules.is_steered(evaluation):
        needed.append("een verbeteractie of de reden dat die niet nodig is")
    if evaluation.advice is None:
        needed.append("het advies")
    if not needed:
        return "Afronden kan: !evaluatie afronden."
    return f"Nog nodig om af te ronden: {'; '.join(needed)}."


def _held(turn: Turn, body: Body, given: Given) -> Outcome:
    """An evaluation that took place, on that day, whatever the bot knew of it; what is missing comes later."""
    day = held_day(given.on, turn, "on")
    if not isinstance(day, date):
        return day
    running = under_way(turn, body)
    if running is not None and running.state is EvaluationState.OUT:
        way = Instead("evaluatie", {"place": body.code, "act": str(Act.CLOSE), "on": ""}, "De inbreng nu sluiten?")
        return Refused(f"{running.id} loopt nog: leden kunnen antwoorden.", way, "E12")
    base = running or planned_near(turn, body, day) or new_evaluation(turn, body, given.kind, day)
    held = replace(_with(base, given), state=EvaluationState.DISCUSSED, held_on=day)
    if given.because and not held.actions:
        held = replace(held, no_actions=given.because)
    done = not rules.gaps(held) and rules.is_steered(held) and held.advice is not None
    held = replace(held, state=EvaluationState.DONE) if done else held
    save(turn, held, f"gehouden op {dates.say_short(day)}")
    note_held(turn, held, day)
    ends = "Afgerond." if done else _still(held)
    text = f"{held.id}: {body.the} is geëvalueerd op {dates.say_day(day)}. {ends}"
    return Reply(say(text), (held.id,), deed=f"{held.id} gehouden")


def _finish(turn: Turn, body: Body, given: Given) -> Outcome:
    """INV-35: proces, inhoud, relatie, advice, and an answer to every complaint; and steering (R-090)."""
    found = under_way(turn, body)
    if found is None:
        return Refused(f"Er loopt geen evaluatie van {body.the}. Begin met !evaluatie start {body.code}.", code="E12")
    if found.state is EvaluationState.OUT:
        return Refused(f"{found.id} is nog niet gesloten. Eerst !evaluatie sluit {body.code}.", code="E12")
    done = _with(found, given)
    if given.because and not done.actions:
        done = replace(done, no_actions=given.because)
    if gaps := rules.gaps(done):
        how = "De conclusies typ je erbij: proces: … inhoud: … relatie: …"
        points = f"Een klaagpunt: !bijsturing {body.code} klaagpunt 1 want … of met een actie."
        needed = (how if "leeg" in gaps[0] else "", points if any("klaagpunt" in gap for gap in gaps) else "")
        more = "".join(f" {part}" for part in needed if part)
        return Refused(f"Nog nodig: {'; '.join(gaps)}. Typ het erbij.{more}", code="INV-35")
    if not rules.is_steered(done):
        ask = "Er is nog geen verbeteractie. Leg er een vast met !bijsturing, of zeg hier waarom die niet nodig is."
        return Ask("because", ask)
    if done.advice is None:
        options = tuple(Option(str(one), str(one)) for one in Advice)
        return Ask("advice", "Wat is het advies: voortzetten, bijstellen, combineren of opheffen?", options)
    day = found.held_on or turn.today
    done = replace(done, state=EvaluationState.DONE, held_on=day)
    save(turn, done, f"advies {done.advice}")
    note_held(turn, done, day)
    text = _finished(done)
    for code in dict.fromkeys((body.code, body.parent if body.is_group else "")):
        if code:
            turn.announce(code, say(f"Evaluatie van {named(body)} ({done.id}) afgerond. {text}"), about=(done.id,))
    return Reply(say(f"{done.id} afgerond. {text}"), (done.id,), deed=f"{done.id} afgerond")


def _finished(done: Evaluation) -> str:
    asked = f"Respons {response(done)}. " if done.asked else ""
    n = len(done.actions)
    steered = (
        f"{n} verbeteractie{'s' if n != 1 else ''} belegd."
        if n
        else f"Geen bijsturing nodig: {sentence(done.no_actions)}"
    )
    return f"{asked}Advies: {done.advice}. {steered}"


# --- planning --------------------------------------------------------------------------------------------------------
def _plan(turn: Turn, body: Body, given: Given) -> Outcome:
    until = given.until
    if until is None:
        result = read_moment(given.on, turn) if given.on else None
        if result is None or isinstance(result, dates.Unreadable):
            return Ask("until", f"Wanneer wordt {body.the} geëvalueerd?", parts={"on": ""})
        until = dates.deadline(result) or turn.today
    found = next(iter(turn.store.evaluations(about=body.code, states=(EvaluationState.PLANNED,))), None)
    own_day = (found.instead_of or found.day) if found else until
    planned = replace(found or new_evaluation(turn, body, given.kind, until), day=until, instead_of=own_day)
    save(turn, planned, given.because)
    return Reply(
        say(f"{planned.id}: evaluatie van {body.the} op {dates.say_day(until)}."),
        (planned.id,),
        deed=f"{planned.id} gepland",
    )


def _drop(turn: Turn, body: Body, given: Given) -> Outcome:
    found = next(iter(turn.store.evaluations(about=body.code, states=(EvaluationState.PLANNED,))), None)
    if found is None:
        return Refused(
            f"Er is geen evaluatie van {body.the} gepland. Kijk bij !evaluatie toon {body.code}.", code="E12"
        )
    if not given.because:
        return Ask("because", "Waarom gaat de evaluatie niet door?")
    save(turn, replace(found, state=EvaluationState.DROPPED, because=given.because), given.because)
    text = f"{found.id} van {dates.say_short(found.day)} vervalt: {given.because}"
    return Reply(say(text), (found.id,), deed=f"{found.id} vervallen")


_ACTS: dict[Act, Callable[[Turn, Body, Given], Outcome]] = {
    Act.START: _start,
    Act.CLOSE: _close,
    Act.DISCUSSED: _discussed,
    Act.FINISH: _finish,
    Act.HELD: _held,
    Act.PLAN: _plan,
    Act.DROP: _drop,
}
