"""!midterm: the midterm review of a programme: a concept, what the organisations say of it, and letting it out (C43,
R-109, R-176, R-196, R-197, INV-30)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.declare import EVERYONE, About, command
from commands.kit.evaluating import named, new_evaluation, people_of, save, under_way
from commands.kit.files import Document, File, Table
from commands.kit.ports import Offer
from commands.kit.reply import Block, Heading, Message, Text, listing, say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import progress as rules
from commands.rules import ways
from commands.rules.evaluations import may_lead
from commands.rules.programmes import authorities
from commands.words.action import Action, ActionState
from commands.words.decision import Decision
from commands.words.evaluation import Evaluation, EvaluationKind, EvaluationState
from commands.words.signal import Track
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

ALL = 5000


class Act(StrEnum):
    CONCEPT = "concept"
    REPLY = "wederhoor"
    PUBLISH = "publiceer"


@command(
    "midterm",
    aliases=("voortgangslijst",),
    help="Maak de midterm review van een programma, geef wederhoor, of publiceer hem na een besluit.",
    example="!midterm PRG-SPOED concept",
    who=EVERYONE,
)
def midterm(
    turn: Turn,
    group: Annotated[Workgroup, About("het programma", "programma", ask="Van welk programma?")],
    act: Annotated[
        Act | None, About("concept, wederhoor of publiceer", "wat", synonyms={"publiceren": "publiceer"})
    ] = None,
    decision: Annotated[
        Decision | None, About("het besluit dat publiceren toestaat", "besluit", words=("besluit",))
    ] = None,
    reported: Annotated[
        str | None, About("hoeveel bevoegde gezagen stand doorgaven", "respons", words=("respons",), greedy=True)
    ] = None,
    text: Annotated[str | None, About("wat je organisatie ervan zegt", "tekst", rest=True)] = None,
) -> Outcome:
    if act is Act.REPLY:
        return _reply(turn, group, text or "")
    verdict = may_lead(turn.roles, group.as_body(), turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    verdict = rules.may_list(group)
    if isinstance(verdict, Refused):
        return verdict
    if act is Act.PUBLISH:
        return _publish(turn, group, decision)
    return _concept(turn, group, reported)


def _review(turn: Turn, group: Workgroup) -> Evaluation | None:
    """The midterm that is under way, or the planned one; what was let out is over."""
    running = under_way(turn, group.as_body())
    if running is not None and running.kind is EvaluationKind.MIDTERM:
        return running
    known = turn.store.evaluations(about=group.code)
    live = (one for one in known if one.state is not EvaluationState.DROPPED and one.published_by is None)
    return next((one for one in live if one.kind is EvaluationKind.MIDTERM), None)


def _work(turn: Turn, group: Workgroup) -> list[Action]:
    """The actions of the programme and of the bodies within it."""
    codes = [group.code, *(one.code for one in turn.store.groups() if one.within == group.code)]
    return [action for code in codes for action in turn.store.actions(body=code, limit=ALL)]


# --- the concept -----------------------------------------------------------------------------------------------------
def _concept(turn: Turn, group: Workgroup, reported: str | None) -> Outcome:
    found = _review(turn, group) or new_evaluation(turn, group.as_body(), EvaluationKind.MIDTERM, turn.today)
    lines = rules.lines_of(_work(turn, group), turn.today, found.progress)
    if not lines:
        return Refused(
            f"Er is nog geen werk van {group.code} op het spoor aanspreken om over te schrijven. "
            "Een spoor voorstellen kan met !spoor.",
            code="C43",
        )
    of = authorities(turn.structure.templates, group.template)
    count = rules.reported(reported, of) if reported else (found.reported, of)
    if isinstance(count, Refused):
        return count
    until = turn.thresholds.right_of_reply.after(turn.today, turn.structure.calendar)
    review = replace(found, progress=lines, reply_until=until, reported=count[0], authorities=count[1])
    save(turn, review, f"concept, wederhoor tot en met {dates.say_short(until)}")
    told = _ask_replies(turn, group, review)
    named_in = "1 organisatie" if len(lines) == 1 else f"{len(lines)} organisaties"
    silent = [line.organisation for line in lines if line.organisation not in told]
    rest = f"Niemand in de groep om te vragen: {', '.join(silent)}." if silent else ""
    summary = say(
        f"{review.id}, concept midterm review van {named(group.as_body())}: {named_in}. Wederhoor tot en met "
        f"{dates.say_day(until)}. {rest}".strip(),
        _told(review, unknown=True),
    )
    return Reply(summary, (review.id,), deed=f"{review.id} concept", private=True, files=(_file(turn, group, review),))


def _told(review: Evaluation, *, unknown: bool = False) -> str:
    """R-110: how many told how they stand, always with how many there are; `unknown` asks for it."""
    if review.reported is None:
        ask = f"Hoeveel van de {review.authorities} bevoegde gezagen stand doorgaven, weet ik niet. Met respons: en het"
        return f"{ask} aantal erbij zet ik het in het concept." if unknown and review.authorities else ""
    return f"{rules.reported_of(review)} gaven stand door."


def _ask_replies(turn: Turn, group: Workgroup, review: Evaluation) -> set[str]:
    """Each organisation hears its own line, and nobody another's."""
    told: set[str] = set()
    until = dates.say_day(review.reply_until) if review.reply_until else ""
    parts = {"group": group.code, "act": str(Act.REPLY)}
    offers = (Offer("wederhoor", "midterm", parts, rest="text"),)
    for person in people_of(turn, group.as_body()):
        line = next((one for one in review.progress if one.organisation == person.organisation), None)
        if line is None:
            continue
        told.add(line.organisation)
        ask = "Klopt dat? U antwoordt" if person.address == "u" else "Klopt dat? Antwoord"
        your = "uw" if person.address == "u" else "je"
        message = say(
            f"In het concept van de midterm review van {named(group.as_body())} staat over {line.organisation}: "
            f"{rules.in_words(line)}. {ask} met wederhoor en {your} tekst, tot en met {until}; die komt erbij te staan."
        )
        turn.tell(person.id, message, about=(review.id,), offers=offers, receipt=False, oneself=True)
    return told


# --- the right of reply ----------------------------------------------------------------------------------------------
def _reply(turn: Turn, group: Workgroup, text: str) -> Outcome:
    review = _review(turn, group)
    organisation = turn.person.organisation
    line = next((one for one in review.progress if one.organisation == organisation), None) if review else None
    if review is None or line is None or review.reply_until is None:
        return Refused(f"Er is geen concept waarin {organisation} genoemd wordt. {ways.ask('de trekker')}", code="E03")
    if turn.today > review.reply_until:
        return Refused(
            f"Wederhoor kon tot en met {dates.say_day(review.reply_until)}. {ways.ask('de trekker')}", code="E12"
        )
    if not text.strip():
        return Ask("text", f"Wat zegt {organisation} ervan?")
    said = replace(line, reply=text.strip())
    lines = tuple(said if one.organisation == organisation else one for one in review.progress)
    save(turn, replace(review, progress=lines), f"wederhoor van {organisation}")
    return Reply(
        say(f"Genoteerd; dit komt bij {organisation} te staan."),
        (review.id,),
        deed=f"wederhoor {review.id}",
        private=True,
    )


# --- letting it out --------------------------------------------------------------------------------------------------
def _publish(turn: Turn, group: Workgroup, decision: Decision | None) -> Outcome:
    review = _review(turn, group)
    tiers = " of ".join(tier.code for tier in turn.structure.tiers[1:])
    if decision is None:
        return Refused(f"Publiceren kan na een besluit van {tiers} en na wederhoor.", code="INV-30")
    body = turn.need_body(decision.body)
    verdict = rules.may_decide(body, turn.store.group(body.code), group, turn.structure)
    if isinstance(verdict, Refused):
        return verdict
    if review is None:
        return Refused("Er is nog geen concept. Begin met !midterm en het programma.", code="E12")
    until = dates.say_day(review.reply_until) if review.reply_until else ""
    verdict = rules.may_publish(review, decision.state, decision.id, turn.today, until)
    if isinstance(verdict, Refused):
        return verdict
    out = replace(review, published_by=decision.id)
    save(turn, out, f"gepubliceerd met {decision.id}")
    message, file = _document(turn, group, out), _file(turn, group, out)
    for code in dict.fromkeys((group.code, group.parent)):
        turn.announce(code, message, about=(out.id,), files=(file,))
    here = turn.room is not None and turn.room.code in (group.code, group.parent)
    done = say(f"{out.id} gepubliceerd met {decision.id}, in {group.code} en {turn.need_body(group.parent).the}.")
    return Reply(message if here else done, (out.id,), deed=f"{out.id} gepubliceerd", files=(file,) if here else ())


def _document(turn: Turn, group: Workgroup, review: Evaluation) -> Message:
    """The list in words; organisations by name, side by side, no order of merit and no score."""
    items = [_line(line.organisation, rules.in_words(line), line.reply) for line in review.progress]
    blocks: list[Block] = [
        Heading(f"{review.id}: midterm review van {named(group.as_body())}", 1),
        Text(f"Stand op {dates.say_day(turn.today)}, organisaties op naam. Vastgesteld met {review.published_by}."),
        listing(items),
    ]
    if told := _told(review):
        blocks.insert(2, Text(told))
    if moving := _moving(turn, group):
        blocks += [Heading("Op het spoor aanjagen, in woorden", 2), listing(moving)]
    return Message(tuple(blocks))


def _line(organisation: str, stand: str, reply: str) -> str:
    return f"{organisation}: {stand}." + (f" {organisation} zegt daarover: {sentence(reply)}" if reply else "")


def _moving(turn: Turn, group: Workgroup) -> list[str]:
    """R-198: what is on the track aanjagen is told in words, with what came of it."""
    found = (one for one in _work(turn, group) if one.track is Track.ENCOURAGE)
    return [f"{one.text}: {sentence(one.result)}" for one in found if one.state is ActionState.DONE and one.result]


def _file(turn: Turn, group: Workgroup, review: Evaluation) -> File:
    rows = tuple(
        (line.organisation, str(line.done), str(line.open), str(line.past), line.reply) for line in review.progress
    )
    columns = ("organisatie", "afgerond", "open", "waarvan over de datum", "wederhoor")
    concept = "" if review.published_by else "Concept, niet voor verspreiding: het wederhoor loopt nog."
    parts: list[Block | Table] = [
        Text(concept or f"Gepubliceerd met {review.published_by}."),
        Text(f"Stand op {dates.say_day(turn.today)}. Organisaties staan op naam; er is geen score en geen volgorde."),
        *([Text(told)] if (told := _told(review)) else []),
        Table("Op het spoor aanspreken", columns, rows),
    ]
    if moving := _moving(turn, group):
        parts += [Heading("Op het spoor aanjagen, in woorden", 2), listing(moving)]
    title = f"Midterm review {group.name}"
    return File(f"midterm-{group.code.casefold()}-{turn.today}.odt", "odt", Document(title, tuple(parts)))
