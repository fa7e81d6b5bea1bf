"""What the commands of an evaluation share: its questions, who is asked, what is shown, and writing it down."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from commands.kit import dates
from commands.kit.evaluation_plan import owe_evaluation, plan_bodies, plan_group
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.reply import Message, say
from commands.kit.turn import Turn
from commands.rules import evaluations as rules
from commands.words.evaluation import UNDER_WAY, Aspect, Evaluation, EvaluationKind, EvaluationState, Respondent
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

#: The word of an offer that whatever is said answers.
_ANSWER = "antwoord"
#: What the walls are called in the store (`Store.voices`).
PRAISE, COMPLAINTS = "jubel", "klaag"

_ASKED = {
    Aspect.PROCESS: "Proces: hoe lopen de afspraken, de planning en de stukken?",
    Aspect.CONTENT: "Inhoud: wat levert het op, en wat ontbreekt?",
    Aspect.RELATION: "Relatie: hoe gaan we met elkaar om?",
}
_ASKED_ENCOURAGE = {
    Aspect.PROCESS: "Proces: wat is er gaan bewegen, en hoe ging dat?",
    Aspect.CONTENT: "Inhoud: wat verraste, en wat leren we daarvan?",
    Aspect.RELATION: "Relatie: wie vonden elkaar, en wie missen we nog?",
}


def track_of(register: Register, body: Body) -> Track:
    """The track of a group; a fixed body has none."""
    group = register.store.group(body.code) if body.is_group else None
    return group.track if group is not None else Track.OPEN


def named(body: Body) -> str:
    """How a text names it: "Werkgroep diffuus lood", "het AO"."""
    return body.name if body.is_group else body.the


def open_for(register: Register, person: str) -> list[Evaluation]:
    """The evaluations in which this person is asked now."""
    found = register.store.evaluations(states=(EvaluationState.OUT,))
    return [one for one in found if respondent(register, one, person) is not None]


def respondent(register: Register, evaluation: Evaluation, person: str) -> Respondent | None:
    """The person as one who was asked, None when not."""
    return next((one for one in register.store.respondents(evaluation.id) if one.person == person), None)


def under_way(register: Register, body: Body) -> Evaluation | None:
    """The evaluation of the body that was begun and is not finished."""
    found = register.store.evaluations(about=body.code, states=UNDER_WAY)
    return found[-1] if found else None


def id_under_way(register: Register, group: Workgroup) -> str:
    """Its id, of a group; "" when none is."""
    found = under_way(register, group.as_body())
    return found.id if found else ""


def planned_near(register: Register, body: Body, day: date) -> Evaluation | None:
    """The planned evaluation that one begun or held on that day is: the first, unless its day is far ahead."""
    found = register.store.evaluations(about=body.code, states=(EvaluationState.PLANNED,))
    return next((one for one in found if (one.day - day).days <= rules.EARLY), None)


def people_of(register: Register, body: Body) -> list[Person]:
    """Who is asked: everyone with a part in the body, also from outside, each once."""
    roles = register.store.roles(body=body.code, on=register.today)
    ids = dict.fromkeys(role.person for role in roles if rules.takes_part([role], body))
    people = (register.store.get(Person, id) for id in ids)
    return [person for person in people if person is not None and register.in_office(person)]


def leader_of(register: Register, body: Body) -> Person | None:
    """The chair of the body, of a programme its trekker."""
    return register.person_with(RoleName.CHAIR, body.code) or register.person_with(RoleName.LEAD, body.code)


def new_evaluation(turn: Turn, body: Body, kind: EvaluationKind | None, day: date) -> Evaluation:
    """One that was not planned."""
    usual = rules.kind_for(body, day, turn.store.group(body.code) if body.is_group else None)
    return Evaluation(turn.new_id("EVA"), kind or usual, body.code, day, EvaluationState.PLANNED)


def save(turn: Turn, evaluation: Evaluation, why: str = "") -> None:
    """Write it with its history row, and what the clock owes about it now."""
    turn.put(evaluation, why)
    owe_evaluation(turn.store, turn.structure, turn.now, evaluation)


def note_held(turn: Turn, evaluation: Evaluation, day: date) -> None:
    """The group was evaluated on that day (INV-13), and what was planned before it is over; the next is planned."""
    group = turn.store.get(Workgroup, evaluation.about)
    if group is None:
        plan_bodies(turn.store, turn.structure, turn.now)
        return
    later = [
        one.day
        for one in turn.store.evaluations(about=group.code, states=(EvaluationState.PLANNED,))
        if one.day > max(day, evaluation.day)
    ]
    held = max(day, group.evaluated_on or day)
    changed = replace(group, evaluated_on=held, evaluate_by=min(later, default=group.evaluate_by))
    if changed != group:
        turn.put(changed, f"{evaluation.id} gehouden op {dates.say_short(day)}")
    plan_group(turn.store, turn.structure, turn.now, changed)


# --- asking ----------------------------------------------------------------------------------------------------------
def question(aspect: Aspect, track: Track) -> str:
    """The open question about one aspect, in the words of the track."""
    asked = _ASKED_ENCOURAGE if track is Track.ENCOURAGE else _ASKED
    return asked[aspect]


def question_offer(evaluation: Evaluation, aspect: Aspect, *, change: bool = False) -> Offer:
    """What is said under the question is the answer; with `change`, what was said before and has to go."""
    parts = {"evaluation": evaluation.id, "place": evaluation.about, "aspect": str(aspect)}
    return Offer(_ANSWER, "evalueer", {**parts, **({"change": "ja"} if change else {})}, rest="text")


def opening(turn: Turn, evaluation: Evaluation, body: Body, person: Person) -> Message:
    """The first message to someone who is asked, with the first question."""
    formal = person.address == "u"
    until = dates.say_day(evaluation.closes_on) if evaluation.closes_on else ""
    if evaluation.kind is EvaluationKind.WALL:
        you = "U kunt" if formal else "Je kunt"
        return say(
            f"De jubel- en klaagmuur van {named(body)} is open tot en met {until} ({evaluation.id}).",
            f"{you} hier, in dit gesprek, !jubel of !klaag typen en één zin. Er komt geen naam bij.",
        )
    your = "Uw antwoorden bewaar ik" if formal else "Ik bewaar je antwoorden"
    least = turn.thresholds.anonymous_from
    return say(
        f"Evaluatie van {named(body)} ({evaluation.id}): drie vragen, tot en met {until}. {your} zonder naam; zij zijn "
        f"te zien vanaf {in_words(least)} antwoorden. Geen opmerkingen mag ook.",
        question(Aspect.PROCESS, track_of(turn, body)),
    )


def ask_members(turn: Turn, evaluation: Evaluation, body: Body, people: Sequence[Person]) -> None:
    """Put the first question to everyone, each in private (INV-36)."""
    for person in people:
        if respondent(turn, evaluation, person.id) is None:
            turn.store.put_respondent(evaluation.id, Respondent(person.id))
        asks = evaluation.kind is not EvaluationKind.WALL
        offers = (question_offer(evaluation, Aspect.PROCESS),) if asks else ()
        text = opening(turn, evaluation, body, person)
        turn.tell(person.id, text, about=(evaluation.id,), offers=offers, receipt=False, oneself=True)


def in_words(n: int) -> str:
    """A small number as people write it: "vier"."""
    words = ("nul", "één", "twee", "drie", "vier", "vijf", "zes", "zeven", "acht", "negen", "tien")
    return words[n] if n < len(words) else str(n)
