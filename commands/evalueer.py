"""!evalueer: answer the three questions of an evaluation, in private, in one go or in parts (C39, R-091, INV-36)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.declare import EVERYONE, About, command
from commands.kit.evaluating import (
    in_words,
    leader_of,
    named,
    open_for,
    question,
    question_offer,
    respondent,
    track_of,
    under_way,
)
from commands.kit.reply import Block, Heading, Message, Text, listing, say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import evaluations as rules
from commands.words.evaluation import Aspect, Evaluation, EvaluationState, Respondent
from commands.words.structure import Body
from commands.words.verdict import Refused

VISIBLE = "Niet opgeslagen, wel zichtbaar: verwijder het zelf. De vraag komt in een privébericht."


@command(
    "evalueer",
    aliases=("evalueren",),
    help="Beantwoord de drie vragen van een evaluatie, zonder naam, in een privébericht.",
    example="!evalueer WG-PFAS proces: te veel mail inhoud: goed relatie: geen opmerkingen",
    who=EVERYONE,
    forgets=True,
)
def evalueer(
    turn: Turn,
    place: Annotated[Body | None, About("van welke groep of welk overleg", "van")] = None,
    process: Annotated[str | None, About("hoe het werk loopt", "proces", greedy=True)] = None,
    content: Annotated[str | None, About("wat het oplevert", "inhoud", greedy=True)] = None,
    relation: Annotated[str | None, About("hoe we met elkaar omgaan", "relatie", greedy=True)] = None,
    was: Annotated[str | None, About("wat je eerder schreef, als je dat wijzigt", "was", greedy=True)] = None,
    evaluation: Annotated[Evaluation | None, About("de evaluatie", "evaluatie", field_only=True)] = None,
    aspect: Annotated[Aspect | None, About("proces, inhoud of relatie", "vraag", field_only=True)] = None,
    change: Annotated[bool | None, About("of dit je vorige antwoord is", "wijzig", field_only=True)] = None,
    reads: Annotated[bool | None, About("of de voorzitter het mag lezen", "akkoord", field_only=True)] = None,
    text: Annotated[str | None, About("het antwoord op de vraag", "antwoord", rest=True)] = None,
) -> Outcome:
    if turn.room is not None:
        return _in_a_room(turn, place or turn.room)
    found = evaluation or _meant(turn, place)
    if not isinstance(found, Evaluation):
        return found
    me = respondent(turn, found, turn.person.id)
    if me is None:
        return Refused(
            f"Bij {found.id} is niets aan {_you(turn)} gevraagd. Wat openstaat, staat bij !mijn.", code="E04"
        )
    if reads is not None:
        return _consent(turn, found, me, reads)
    closed = dates.say_day(found.closes_on) if found.closes_on else ""
    verdict = rules.may_answer(found, turn.today, closed)
    if isinstance(verdict, Refused):
        return verdict
    given = {Aspect.PROCESS: process, Aspect.CONTENT: content, Aspect.RELATION: relation}
    answers = {one: said.strip() for one, said in given.items() if said and said.strip()}
    if aspect is not None and change and (before := text or answers.get(aspect)):
        return _take_back(turn, found, me, aspect, before)
    if aspect is not None and text and aspect not in answers:
        answers[aspect] = text.strip()
    return _keep(turn, found, me, answers, was, loose=text if aspect is None else None)


def _you(turn: Turn) -> str:
    return "u" if turn.formal else "jou"


def _in_a_room(turn: Turn, place: Body) -> Outcome:
    """Nothing of it is kept; the questions come in private, where they can be answered without a name."""
    found = under_way(turn, place)
    me = respondent(turn, found, turn.person.id) if found is not None else None
    if found is None or me is None or found.state is not EvaluationState.OUT:
        return Reply(say("Niet opgeslagen, wel zichtbaar: verwijder het zelf. Er loopt hier nu geen evaluatie."))
    left = next((one for one in Aspect if one not in me.answered), Aspect.PROCESS)
    turn.tell(
        turn.person.id,
        say(f"Over de evaluatie van {named(place)} ({found.id}).", question(left, track_of(turn, place))),
        about=(found.id,),
        offers=(question_offer(found, left),),
        receipt=False,
        oneself=True,
    )
    visible = VISIBLE.replace("je privé", "u privé") if turn.formal else VISIBLE
    return Reply(say(visible), mentions=(turn.person.id,), receipt=False)


def _meant(turn: Turn, place: Body | None) -> Evaluation | Outcome:
    """The evaluation that asks this person; which of several is never guessed, and nothing typed is kept for it."""
    found = open_for(turn, turn.person.id)
    if place is not None:
        here = [one for one in found if one.about == place.code]
        last = turn.store.evaluations(about=place.code)
        begun = [one for one in last if one.asked_on is not None and respondent(turn, one, turn.person.id)]
        chosen = here or begun[-1:]
        return (
            chosen[0]
            if chosen
            else Refused(
                f"Er is nu geen evaluatie van {place.the} die {_you(turn)} iets vraagt. Wat openstaat, staat bij !mijn."
            )
        )
    if not found:
        return Refused(f"Er is nu geen evaluatie die {_you(turn)} iets vraagt. Wat openstaat, staat bij !mijn.")
    if len(found) == 1:
        return found[0]
    codes = [one.about for one in found]
    return Refused(
        f"Er zijn {in_words(len(found))} evaluaties: {', '.join(codes[:-1])} en {codes[-1]}. Er is niets bewaard; zet "
        f"de naam erbij, zoals !evalueer {codes[0]}."
    )


def _keep(
    turn: Turn, found: Evaluation, me: Respondent, answers: Mapping[Aspect, str], was: str | None, *, loose: str | None
) -> Outcome:
    """Keep each answer apart, without a name, and ask what is still open."""
    again = [one for one in answers if one in me.answered]
    if was and len(again) == 1 and turn.store.drop_voice(found.id, str(again[0]), was):
        me = replace(me, answered=tuple(one for one in me.answered if one is not again[0]))
    elif again:
        return _already(turn, found, again[0], lost=bool(was))
    for aspect, said in answers.items():
        turn.store.add_voice(found.id, str(aspect), said)
    me = replace(me, answered=(*me.answered, *answers))
    turn.store.put_respondent(found.id, me)
    lead = f"Genoteerd zonder naam: {', '.join(map(str, answers))}." if answers else ""
    if loose and not answers:
        lead = "Bij welke vraag hoort dat? Ik heb er niets van bewaard."
    return _next(turn, found, me, lead)


def _next(turn: Turn, found: Evaluation, me: Respondent, lead: str) -> Reply:
    body = turn.need_body(found.about)
    left = next((one for one in Aspect if one not in me.answered), None)
    if left is not None:
        offers = (question_offer(found, left),)
        return Reply(say(lead, question(left, track_of(turn, body))), (found.id,), offers, receipt=False)
    until = dates.say_day(found.closes_on) if found.closes_on else ""
    least = in_words(turn.thresholds.anonymous_from)
    how = f"!evalueer {found.about} proces: nieuw was: oud"
    return Reply(
        say(
            f"Dank; zichtbaar vanaf {least} antwoorden, zonder namen. Wijzigen kan tot en met {until}, met de oude "
            f"tekst erbij: {how}."
        ),
        (found.id,),
    )


def _already(turn: Turn, found: Evaluation, aspect: Aspect, *, lost: bool) -> Reply:
    """Whose answer is whose is not known, so that the person says which one goes."""
    you, your = ("u", "Uw") if turn.formal else ("je", "Je")
    first = (
        f"Bij {aspect} vind ik die tekst niet terug."
        if lost
        else f"{your} antwoord op {aspect} is er al. Welk het is, weet ik niet: het staat er zonder naam."
    )
    ask = f"Typ letterlijk wat {you} toen schreef; dan haal ik dat weg en vraag ik het opnieuw."
    return Reply(say(first, ask), (found.id,), (question_offer(found, aspect, change=True),), receipt=False)


def _take_back(turn: Turn, found: Evaluation, me: Respondent, aspect: Aspect, text: str) -> Outcome:
    if aspect in me.answered:
        if not turn.store.drop_voice(found.id, str(aspect), text):
            return _already(turn, found, aspect, lost=True)
        me = replace(me, answered=tuple(one for one in me.answered if one is not aspect))
        turn.store.put_respondent(found.id, me)
    offers = (question_offer(found, aspect),)
    asked = question(aspect, track_of(turn, turn.need_body(found.about)))
    return Reply(say("Weggehaald.", asked), (found.id,), offers, receipt=False)


def _consent(turn: Turn, found: Evaluation, me: Respondent, reads: bool) -> Outcome:
    """Too few answers to show: the chair reads them once everyone who answered says yes."""
    if found.state in (EvaluationState.PLANNED, EvaluationState.OUT) or not me.answered:
        return Refused("Daar is nu niets over te beslissen. Wat openstaat, staat bij !mijn.", code="E12")
    turn.store.put_respondent(found.id, replace(me, reads=reads))
    if not reads:
        return Reply(say("Goed, de antwoorden blijven dicht."), (found.id,))
    if not rules.all_let_read(turn.store.respondents(found.id)):
        return Reply(
            say("Genoteerd. De voorzitter leest ze pas als iedereen die antwoordde het goed vindt."), (found.id,)
        )
    body = turn.need_body(found.about)
    leader = leader_of(turn, body)
    if leader is not None:
        you = "u" if leader.address == "u" else "je"
        blocks: list[Block] = [Text(f"Iedereen die antwoordde vindt het goed dat {you} dit leest ({found.id}).")]
        for aspect in Aspect:
            if texts := turn.store.voices(found.id, str(aspect)):
                blocks += [Heading(str(aspect).capitalize(), 2), listing(texts)]
        turn.tell(leader.id, Message(tuple(blocks)), about=(found.id,), oneself=True)
    return Reply(say("Genoteerd. De voorzitter krijgt de teksten, zonder namen."), (found.id,))
