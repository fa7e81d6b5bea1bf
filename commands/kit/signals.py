"""What every command that moves a signal does the same way: save it, tell its raisers, ask the chair."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from commands.kit.informing import inform
from commands.kit.owed import owe_signal
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.reply import Strong, say
from commands.kit.signs import NO_SIGN, UP_SIGN, YES_SIGN
from commands.kit.turn import Reply, Turn
from commands.rules.merging import everyone_who_raised
from commands.words.people import Person, RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Allowed, Instead, Refused, Verdict

#: Who proposes a signal for the tier above, in the body where it lies (S17).
PROPOSERS = (RoleName.MEMBER, RoleName.SUBSTANCE, RoleName.SECRETARY, RoleName.CHAIR, RoleName.LEAD)


def save(turn: Turn, signal: Signal, why: str) -> None:
    """Write the signal with its history row, and what the clock now owes about it."""
    turn.put(signal, why)
    owe_signal(turn.store, turn.structure, turn.now, signal)


def raisers(turn: Register, signal: Signal) -> tuple[str, ...]:
    """Everyone who raised it, those of signals that went up in it included, however far back (R-130, INV-08)."""
    return everyone_who_raised(signal, turn.store.merged_into)


def tell_raisers(
    turn: Turn, signal: Signal, text: str, *, offers: Sequence[Offer] = (), but: Sequence[str] = ()
) -> int:
    """Each raiser hears each step once, in private (dialogue.md 14); returns how many were told.

    With `offers` it is a question to them, which a phone shows. `but` have heard it already.
    """
    told = [person for person in raisers(turn, signal) if person != turn.person.id and person not in but]
    for person in told:
        message = say((Strong(signal.id), f" ({signal.title}): {text}"))
        if offers:
            turn.tell(person, message, about=(signal.id,), offers=offers, receipt=False)
        else:
            inform(turn, person, message, signal)
    return len(told)


def up_offers(signal: str) -> tuple[Offer, ...]:
    """One tier up, by the word or by 🔼; what is missing is then asked (S17)."""
    return (
        Offer("escaleer", "escaleer", {"signal": signal}, rest="why"),
        Offer(UP_SIGN, "escaleer", {"signal": signal}),
    )


def sentence(text: str) -> str:
    """What someone typed, closed as a sentence, so that what follows does not run on."""
    text = text.strip()
    return text if text.endswith((".", "!", "?", "…")) else f"{text}."


def place_of(turn: Turn, signal: Signal) -> Body:
    """The body where the signal lies now."""
    return turn.need_body(signal.lies_with)


def leads(turn: Turn, body: Body) -> bool:
    """Whether the person chairs the body (a programme is led by its *trekker*)."""
    return turn.holds(RoleName.CHAIR, body.code) or turn.holds(RoleName.LEAD, body.code)


def may_decide(turn: Turn, body: Body, act: str, *, any_day: bool = False) -> Verdict:
    """E04: the chair of the body, or its secretary in the meeting (dialogue.md 15, rulings.md 7).

    `any_day` is for what the secretary of the filter may do on any day (assigning, putting on the agenda). Others get
    the way of asking the chair.
    """
    if leads(turn, body):
        return Allowed()
    if turn.holds(RoleName.SECRETARY, body.code):
        if any_day or turn.meets_today(body.code):
            return Allowed()
        return Refused(
            f"{act.capitalize()} doet de voorzitter van {body.the}; "
            "de secretaris legt het vast op de dag van een vergadering.",
            Instead("", {"ask_chair": "ja"}, "De voorzitter vragen?"),
            "E04",
        )
    return Refused(
        f"{act.capitalize()} doet de voorzitter van {body.the}.",
        Instead("", {"ask_chair": "ja"}, "De voorzitter vragen?"),
        "E04",
    )


def asked_chair(
    turn: Turn, body: Body, command: str, parts: Mapping[str, str], text: str, about: str
) -> Reply | Refused:
    """Put it before the chair in private: ✅ or *ja* runs it with the chair's rights, where it was asked.

    What was typed goes along; `parts` are those that were recognised, such as a date, and come before it.
    """
    chair = turn.person_with(RoleName.CHAIR, body.code) or turn.person_with(RoleName.LEAD, body.code)
    if chair is None:
        return Refused(f"{body.capital} heeft nu geen voorzitter. Vraag het secretariaat.", code="E04")
    _put_before(turn, chair, command, parts, text, about)
    return Reply(say(f"Gevraagd aan de voorzitter van {body.the}."), about=(about,))


def asked_secretary(
    turn: Turn, body: Body, command: str, parts: Mapping[str, str], text: str, about: str
) -> Reply | Refused:
    """The same for what the secretary of the body may do on any day; without a secretary the chair is asked."""
    secretary = turn.person_with(RoleName.SECRETARY, body.code)
    if secretary is None:
        return asked_chair(turn, body, command, parts, text, about)
    _put_before(turn, secretary, command, parts, text, about)
    return Reply(say(f"Gevraagd aan de secretaris van {body.the}."), about=(about,))


def _put_before(turn: Turn, who: Person, command: str, parts: Mapping[str, str], text: str, about: str) -> None:
    kept = {name: raw for name, raw in {**turn.typed, **parts}.items() if name != "ask_chair" and raw}
    here = {"to": turn.place, "thread": turn.thread}
    yes = [Offer(word, command, kept, **here) for word in (YES_SIGN, "ja")]
    no = [Offer(word, "", {"item": about}, **here) for word in (NO_SIGN, "nee")]
    you = "u" if who.address == "u" else "je"
    question = f"{turn.person.label} vraagt {you}: {sentence(text)}"
    message = say(f"{question} Akkoord? Antwoord met ja of nee, of ✅ op dit bericht.")
    turn.tell(who.id, message, about=(about,), offers=(*yes, *no), receipt=False)


def recorded(turn: Turn, body: Body, why: str) -> str:
    """The reason for the history; what a secretary records names the chair too (dialogue.md 15)."""
    if leads(turn, body) or not turn.holds(RoleName.SECRETARY, body.code):
        return why
    chair = turn.person_with(RoleName.CHAIR, body.code)
    return f"{why} (namens de voorzitter {chair.id})".strip() if chair else why
