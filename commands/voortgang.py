"""!voortgang: how an agreement stands, or what came of a decision (C31, R-058, R-155, R-160, INV-27)."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Annotated

from commands.kit import dates
from commands.kit.decisions import bodies_spoken_for, lapse, may_answer_for, save_record, tell_what_came
from commands.kit.declare import EVERYONE, About, command
from commands.kit.ports import Option
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import agreements as rules
from commands.rules import decisions, ways
from commands.words.agreement import Agreement, AgreementState, Feasible, MonitoringEntry, Pdca, Progress
from commands.words.decision import Decision, DecisionState
from commands.words.signal import Track
from commands.words.verdict import Refused

#: How people call a state, longest first.
STATES = {
    "niet gerealiseerd": "niet gerealiseerd",
    "niet uitgevoerd": "niet uitgevoerd",
    "in voorbereiding": "in voorbereiding",
    "in uitvoering": "in uitvoering",
    "voorbereiding": "in voorbereiding",
    "uitvoering": "in uitvoering",
    "gerealiseerd": "gerealiseerd",
    "op papier": "op papier",
    "uitgevoerd": "uitgevoerd",
    "vervallen": "vervallen",
    "vervalt": "vervallen",
    "papier": "op papier",
}
FEASIBLE = {
    "niet haalbaar": Feasible.NOT,
    "onhaalbaar": Feasible.NOT,
    "doorpakken nodig": Feasible.PUSH,
    "doorpakken": Feasible.PUSH,
    "haalbaar": Feasible.FEASIBLE,
    "onbekend": Feasible.UNKNOWN,
}
_STATE = re.compile(rf"(?:is |nu |wordt )?(?P<state>{'|'.join(STATES)})\b[\s,.:;]*", re.IGNORECASE)
_FEASIBLE = re.compile(
    rf"\b(?P<what>tijd|geld)\s+(?:is\s+)?(?P<how>{'|'.join(FEASIBLE)})\b[\s,.;]*(?:en\s+)?", re.IGNORECASE
)
_BECAUSE = re.compile(r"^(?:want|omdat)\s+", re.IGNORECASE)


@command(
    "voortgang",
    aliases=("stand",),
    help="Meld hoe een afspraak ervoor staat, of wat er van een besluit terecht is gekomen.",
    example="!voortgang AFS-2027-008 in uitvoering, tijd haalbaar, drie van de vier regio's zijn klaar",
    who=EVERYONE,
)
def voortgang(
    turn: Turn,
    record: Annotated[Agreement | Decision, About("de afspraak of het besluit", "afspraak", also=("id",))],
    state: Annotated[str | None, About("de stand", "stand", also=("uitkomst",), greedy=True)] = None,
    in_time: Annotated[str | None, About("haalbaar in tijd", "tijd", greedy=True)] = None,
    in_money: Annotated[str | None, About("haalbaar in geld", "geld", greedy=True)] = None,
    meaning: Annotated[str | None, About("de duiding", "duiding", greedy=True)] = None,
    evidence: Annotated[str | None, About("waar het uit blijkt", "bewijs", greedy=True)] = None,
    pdca: Annotated[Pdca | None, About("plan, do, check of act", "pdca", words=("pdca",))] = None,
    act: Annotated[str | None, About("voortzetten, bijstellen of stoppen", "keuze", greedy=True)] = None,
    decision: Annotated[Decision | None, About("het besluit daarover", "besluit", field_only=True)] = None,
    region: Annotated[str | None, About("de regio die het zo invult", "regio", greedy=True)] = None,
    because: Annotated[str | None, About("de reden", "reden", words=("want", "omdat"), greedy=True)] = None,
    text: Annotated[str | None, About("hoe het ervoor staat", "tekst", rest=True)] = None,
) -> Outcome:
    wanted, rest = _state_in(state, text or "")
    if isinstance(record, Decision):
        return _outcome(turn, record, wanted, because or meaning or rest)
    if wanted in (str(one) for one in rules.ENDINGS):
        return _ends(turn, record, AgreementState(wanted), because or rest)
    verdict = may_answer_for(turn, record)
    if isinstance(verdict, Refused):
        return verdict
    if region:
        return _variant(turn, record, region, meaning or rest)
    if pdca is not None:
        return _turn_over(turn, record, pdca, (act or "").strip().casefold(), decision)
    judged, rest = _feasible_in(rest, in_time, in_money)
    if isinstance(judged, Refused):
        return judged
    words = meaning or rest
    if not wanted and not words and not judged:
        return Ask("text", f"Hoe staat het met {record.id}: {record.text.rstrip('.')}?")
    to = Progress(wanted) if wanted else record.progress
    if to is Progress.REALISED and not evidence and not meaning:
        evidence = rest
    verdict = rules.may_progress(record, to, evidence=evidence or "", meaning=words, because=because or rest)
    if isinstance(verdict, Refused):
        asked = {"INV-27": "evidence", "INV-27-words": "meaning", "WHY": "because"}.get(verdict.code)
        return Ask(asked, verdict.because) if asked else verdict
    entry = MonitoringEntry(
        turn.today,
        turn.person.id,
        to,
        judged.get("tijd", record.in_time),
        judged.get("geld", record.in_money),
        words,
    )
    after = rules.progressed(record, entry, evidence or "")
    save_record(turn, after, "; ".join(word for word in (rules.standing(after), words, because or "") if word))
    if to is Progress.REALISED and record.progress is not Progress.REALISED:
        shown = evidence or words
        tell_what_came(turn, after, f"de afspraak hierover is {to}{f': {shown}' if shown else ''}".rstrip(".") + ".")
    where = turn.need_body(record.accountable_to).the
    return _done(turn, after, f"{record.id}: {rules.standing(after)}. Gaat mee in de stand voor {where}.")


# --- reading ---------------------------------------------------------------------------------------------------------
def _state_in(state: str | None, text: str) -> tuple[str, str]:
    """The state that was typed, in its own field or first in the sentence, and what is left of the sentence."""
    text = text.strip()
    found = _STATE.match(f"{state} " if state else f"{text} ")
    if found is None:
        return "", text
    rest = text if state else f"{text} "[found.end() :].strip()
    return STATES[found["state"].casefold()], _BECAUSE.sub("", rest)


def _feasible_in(text: str, in_time: str | None, in_money: str | None) -> tuple[dict[str, Feasible] | Refused, str]:
    """R-155: the two judgements, in their fields or in the sentence, and what is left of the sentence."""
    found: dict[str, Feasible] = {}
    for match in _FEASIBLE.finditer(text):
        found[match["what"].casefold()] = FEASIBLE[match["how"].casefold()]
    left = _FEASIBLE.sub("", text).strip(" ,.;")
    for name, said in (("tijd", in_time), ("geld", in_money)):
        if said:
            word = said.strip(" .,").casefold()
            if word not in FEASIBLE:
                choices = ", ".join(str(one) for one in Feasible)
                return Refused(f"'{ways.shown(said)}' ken ik niet bij {name}. Kies uit: {choices}.", code="E11"), left
            found[name] = FEASIBLE[word]
    return found, left


# --- agreements ------------------------------------------------------------------------------------------------------
def _ends(turn: Turn, record: Agreement, state: AgreementState, because: str) -> Outcome:
    """Only by the body that made it or a higher one, with the reason."""
    verdict = rules.may_end(record, bodies_spoken_for(turn), because, turn.structure)
    if isinstance(verdict, Refused):
        question = f"Waarom wordt {record.id} {state}?"
        return Ask("because", question) if verdict.code == "WHY" else verdict
    after = replace(record, state=state, outcome=because)
    save_record(turn, after, because)
    tell_what_came(turn, after, f"de afspraak hierover is {state}: {sentence(because)}")
    return _done(turn, after, f"{record.id} is {state}: {because.rstrip('.')}.")


def _variant(turn: Turn, record: Agreement, region: str, text: str) -> Outcome:
    """R-171: how one region carries it out."""
    if not text:
        return Ask("meaning", f"Hoe vult {region} dit in?")
    after = rules.with_variant(record, region.strip(" .,"), text)
    save_record(turn, after, f"invulling {region}: {text}")
    return _done(turn, after, f"{record.id}: invulling {region} genoteerd. Dat is een variant, geen afwijking.")


def _turn_over(turn: Turn, record: Agreement, to: Pdca, act: str, decision: Decision | None) -> Outcome:
    """R-059: the next step of the cycle."""
    verdict = rules.may_turn(record, to, act, decision, turn.structure)
    if isinstance(verdict, Refused):
        if verdict.code == "R-059-act":
            return Ask("act", verdict.because, tuple(Option(one, one) for one in rules.ACTS))
        return Ask("decision", verdict.because) if verdict.code == "R-059-decision" else verdict
    said = f"{act} ({decision.id})" if to is Pdca.ACT and decision is not None else ""
    after = replace(record, pdca=to, act=said or record.act)
    save_record(turn, after, f"pdca: {to}{f', {said}' if said else ''}")
    return _done(turn, after, f"{record.id} staat op {to}{f': {said}' if said else ''}.")


# --- decisions -------------------------------------------------------------------------------------------------------
def _outcome(turn: Turn, record: Decision, wanted: str, words: str) -> Outcome:
    """R-058: what came of it; *vervallen* only by the body that decided or a higher one."""
    states = {str(one): one for one in decisions.OUTCOMES}
    if wanted not in states:
        options = tuple(Option(word, word) for word in states)
        return Ask("state", f"Wat is er van {record.id} terecht gekomen: {', '.join(states)}?", options)
    state = states[wanted]
    if state is DecisionState.LAPSED:
        if not any(decisions.may_overrule(record.body, body, turn.structure) for body in bodies_spoken_for(turn)):
            the = turn.need_body(record.body).the
            return Refused(
                f"{record.id} laten vervallen kan alleen {the}, of een hoger overleg. {ways.look(record.id)}",
                code="INV-23",
            )
    else:
        verdict = may_answer_for(turn, record)
        if isinstance(verdict, Refused):
            return verdict
    verdict = decisions.may_become(record, state, words)
    if isinstance(verdict, Refused):
        return Ask("because", verdict.because) if verdict.code == "WHY" else verdict
    if state is DecisionState.LAPSED:
        lapse(turn, record, words)
    else:
        save_record(turn, decisions.became(record, state, words), words or str(state))
    became = f"{state}{f': {words}' if words else ''}".rstrip(".") + "."
    if state is not DecisionState.CARRYING_OUT:
        tell_what_came(turn, record, f"het besluit hierover is {became}")
    return _done(turn, record, f"{record.id} is {became}")


def _done(turn: Turn, record: Decision | Agreement, line: str) -> Reply:
    track = record.track if isinstance(record, Agreement) else Track.OPEN
    remark = ""
    if isinstance(record, Agreement) and record.due is not None and rules.is_past(record, turn.today):
        day = dates.say_short(record.due)
        said = "de datum die we afspraken is voorbij" if track is Track.ENCOURAGE else "de datum was"
        remark = f"{said[0].upper()}{said[1:]} ({day})." if track is Track.ENCOURAGE else f"De datum was {day}."
    return Reply(
        say(f"{line} {remark}".strip()),
        about=(record.id, *record.signals),
        deed=f"{record.id}: voortgang",
        private=turn.room is not None and turn.room.code != record.body,
    )
