"""What an evaluation gave, as people may read it: from four answers up, without names (R-110, INV-36)."""

from __future__ import annotations

from commands.kit import dates
from commands.kit.evaluating import in_words, leader_of, named
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.reply import Block, Heading, Message, Text, listing, say
from commands.kit.signals import sentence
from commands.kit.turn import Turn
from commands.rules import evaluations as rules
from commands.words.evaluation import Aspect, Evaluation, EvaluationState
from commands.words.structure import Body, Thresholds


def wall(register: Register, evaluation: Evaluation, subject: str) -> list[str]:
    """The points of a wall for this evaluation, in the order of the alphabet."""
    found = (*register.store.voices(evaluation.id, subject), *register.store.voices(evaluation.about, subject))
    return sorted(found, key=lambda text: (text.casefold(), text))


def response(evaluation: Evaluation) -> str:
    """ "5 van 7" (R-110: always with the number that was asked)."""
    return f"{evaluation.answers} van {evaluation.asked}"


def outcome(register: Register, evaluation: Evaluation, body: Body) -> Message:
    """What an evaluation gave, without names: the answers where there are enough, the walls, advice and steering."""
    blocks: list[Block] = [Heading(f"{evaluation.id}: evaluatie van {named(body)}", 1)]
    blocks += [Text(line) for line in _stand(evaluation) if line]
    counts = rules.per_aspect(register.store.respondents(evaluation.id))
    hidden: list[Aspect] = []
    if _may_be_read(evaluation) and evaluation.answers:
        hidden = [aspect for aspect, n in counts.items() if n and not rules.may_show(n, register.thresholds)]
    if (
        hidden
        and not rules.may_show(evaluation.answers, register.thresholds)
        and not any(rules.findings(evaluation).values())
    ):
        blocks.append(Text(too_few(evaluation.answers, register.thresholds)))
        hidden = []
    for aspect, found in rules.findings(evaluation).items():
        shown = rules.may_show(counts[aspect], register.thresholds) and _may_be_read(evaluation)
        texts = register.store.voices(evaluation.id, str(aspect)) if shown else ()
        count = f" ({counts[aspect]} van {evaluation.asked})" if evaluation.asked else ""
        joined = "; ".join(texts)
        if hidden and not found and aspect in hidden:
            few = too_few(counts[aspect], register.thresholds)
            blocks.append(Text(f"{str(aspect).capitalize()}: {few}"))
        if texts:
            blocks += [Heading(f"{str(aspect).capitalize()}{count}", 2), listing(texts)]
        if found and found != joined:
            head = "Conclusie" if texts else str(aspect).capitalize()
            blocks.append(Text(f"{head}: {found}"))
    if _may_be_read(evaluation):
        blocks += _walls(evaluation)
    return Message(tuple(blocks))


def _may_be_read(evaluation: Evaluation) -> bool:
    """Nothing is shown while people can still answer: who sees it grow knows whose is new."""
    return evaluation.state not in (EvaluationState.PLANNED, EvaluationState.OUT)


def _walls(evaluation: Evaluation) -> list[Block]:
    blocks: list[Block] = []
    if evaluation.praise:
        blocks += [Heading("Jubelmuur", 2), listing(evaluation.praise)]
    if evaluation.complaints:
        points = [f"{point.text}: {point.answer or 'nog geen antwoord'}" for point in evaluation.complaints]
        blocks += [Heading("Klaagmuur", 2), listing(points, ordered=True)]
    return blocks


def _stand(evaluation: Evaluation) -> list[str]:
    day = dates.say_short(evaluation.held_on or evaluation.day)
    until = f", inbreng tot en met {dates.say_short(evaluation.closes_on)}" if evaluation.closes_on else ""
    if evaluation.state is EvaluationState.PLANNED:
        return [f"Gepland voor {day}."]
    lines = [f"{str(evaluation.state).capitalize()}{until if evaluation.state is EvaluationState.OUT else ''}."]
    if evaluation.held_on:
        lines.append(f"Gehouden op {day}.")
    if evaluation.asked and evaluation.state is not EvaluationState.OUT:
        lines.append(f"Respons {response(evaluation)}.")
    lines += [
        f"Methode: {evaluation.method}." if evaluation.method else "",
        f"Advies: {evaluation.advice}." if evaluation.advice else "",
        f"Verbeteracties: {', '.join(evaluation.actions)}." if evaluation.actions else "",
        f"Geen bijsturing nodig: {sentence(evaluation.no_actions)}" if evaluation.no_actions else "",
        f"Reden: {sentence(evaluation.because)}" if evaluation.because else "",
    ]
    return lines


def too_few(count: int, limits: Thresholds) -> str:
    """That the answers are not shown, and from how many they would be."""
    least = in_words(limits.anonymous_from)
    answers = "1 antwoord is" if count == 1 else f"{count} antwoorden zijn"
    return f"{answers} te weinig om te tonen; dat kan vanaf {least}."


def ask_consent(turn: Turn, evaluation: Evaluation, body: Body) -> None:
    """Ask whoever answered whether the chair may read what is not shown (INV-36)."""
    leader = leader_of(turn, body)
    if leader is None:
        return
    for one in turn.store.respondents(evaluation.id):
        if not one.answered:
            continue
        parts = {"evaluation": evaluation.id, "place": body.code}
        offers = tuple(Offer(word, "evalueer", {**parts, "reads": word}) for word in ("ja", "nee"))
        text = (
            f"Bij de evaluatie van {named(body)} zijn er te weinig antwoorden om te tonen. Mag {leader.label} de "
            "teksten lezen, zonder namen? Antwoord met ja of nee; het gebeurt alleen als iedereen ja zegt."
        )
        turn.tell(one.person, say(text), about=(evaluation.id,), offers=offers, receipt=False, oneself=True)
