"""Who leads an agreement: another one after a yes, and none left behind by a group that ends (INV-26, R-165, R-221)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import replace

from commands.kit.decisions import may_answer_for, save_record
from commands.kit.ports import Offer
from commands.kit.register import Register
from commands.kit.reply import say
from commands.kit.signals import sentence
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.actions import Hand
from commands.rules.agreements import LEAD_DECLINED, LEAD_OFFERED, LEAD_PASSED, LEAD_WANTED, agreed_to_lead, may_pass_on
from commands.words.agreement import LIVE_AGREEMENTS, Agreement
from commands.words.people import Person
from commands.words.verdict import Allowed, Refused, Verdict
from commands.words.workgroup import Workgroup


def pass_on(turn: Turn, agreement: Agreement, to: Person, *, no: bool = False, reason: str = "") -> Outcome:
    """Ask whoever still has to say yes; when both did, it is theirs. `no`: who was asked would rather not."""
    if no:
        return _declined(turn, agreement, to, reason)
    if to.external:
        return Refused(f"{to.label} komt van buiten. Een trekker komt van een van de partijen.", code="E16")
    if not turn.in_office(to):
        return Refused(f"De functie {to.label} is nu niet bezet. Kies een ander.", code="E05")
    gives = isinstance(may_answer_for(turn, agreement), Allowed)
    agreed = _agreed(turn, agreement, to)
    hand = may_pass_on(agreement, to=to.id, by=turn.person.id, gives=gives, agreed=agreed)
    if isinstance(hand, Refused):
        return hand
    lead = turn.person_named(agreement.lead)
    what = f"{agreement.text.rstrip('.')} ({agreement.id})."
    parts = {"action": agreement.id, "to": f"@{to.id}"}
    declines = Offer("nee", "overdragen", {**parts, "answer": "nee"}, rest="reason")
    offers = (Offer("ja", "overdragen", parts), declines, Offer("✅", "overdragen", parts))
    why = f" De reden: {reason.rstrip('.')}." if reason else ""
    match hand:
        case Hand.DONE:
            return _passed(turn, agreement, to)
        case Hand.ASK_NEW:
            turn.put(agreement, f"{LEAD_OFFERED}{to.id}")
            asks = "of u deze afspraak gaat trekken" if to.address == "u" else "of je deze afspraak gaat trekken"
            answer = "U antwoordt met ja of nee." if to.address == "u" else "Antwoord met ja of nee."
            text = f"{turn.person.label} vraagt {asks}: {what}{why} {answer}"
            turn.tell(to.id, say(text), about=(agreement.id,), offers=offers, receipt=False)
            line = f"Gevraagd aan {to.label} ({to.organisation}). Tot die ja zegt, blijft {lead} de trekker."
            return Reply(say(line), (agreement.id,), deed=f"{agreement.id} aangeboden aan {to.label}")
        case Hand.ASK_HOLDER:
            turn.put(agreement, f"{LEAD_WANTED}{to.id}")
            text = f"{to.label} wil deze afspraak trekken: {what}{why} Akkoord: ja of nee?"
            turn.tell(agreement.lead, say(text), about=(agreement.id,), offers=offers, receipt=False)
            line = f"Gevraagd aan {lead}. Tot die ja zegt, blijft {lead} de trekker."
            return Reply(say(line), (agreement.id,), deed=f"trekken van {agreement.id} gevraagd")


def _agreed(turn: Turn, agreement: Agreement, to: Person) -> tuple[str, ...]:
    return agreed_to_lead(agreement, to.id, [row.why for row in reversed(turn.store.history(agreement.id))])


def _declined(turn: Turn, agreement: Agreement, to: Person, reason: str) -> Outcome:
    """Who was asked says no: it stays where it is, and who asked hears so."""
    me, agreed = turn.person.id, _agreed(turn, agreement, to)
    if not ((me == to.id and agreement.lead in agreed) or (me == agreement.lead and to.id in agreed)):
        return Refused(
            f"Over {agreement.id} is {'u' if turn.formal else 'jou'} niets gevraagd. {ways.look(agreement.id)}",
            code="E12",
        )
    asked = (f"{LEAD_OFFERED}{to.id}", f"{LEAD_WANTED}{to.id}")
    by = next(row.by for row in reversed(turn.store.history(agreement.id)) if row.why in asked)
    turn.put(agreement, f"{LEAD_DECLINED}{to.id}{': ' if reason else ''}{reason}")
    why = f" De reden: {reason.rstrip('.')}." if reason else ""
    stays = f"{agreement.id} houdt {turn.person_named(agreement.lead)} als trekker."
    for person in dict.fromkeys((by, agreement.lead, to.id)):
        turn.tell(person, say(f"{turn.person.label} zegt nee: {stays}{why}"), about=(agreement.id,))
    return Reply(say(f"Genoteerd. {stays}"), (agreement.id,), deed=f"{agreement.id} niet overgedragen")


def _passed(turn: Turn, agreement: Agreement, to: Person) -> Reply:
    save_record(turn, replace(agreement, lead=to.id), f"{LEAD_PASSED}{to.id}")
    line = f"{agreement.id} heeft nu {to.label} ({to.organisation}) als trekker: {sentence(agreement.text)}"
    turn.tell(agreement.lead, say(line), about=(agreement.id,))
    turn.tell(to.id, say(line), about=(agreement.id,))
    return Reply(say(line), (agreement.id,), deed=f"{agreement.id} naar {to.label}")


# --- when a group ends -----------------------------------------------------------------------------------------------
def keeps_a_trekker(register: Register, group: Workgroup, within: Iterable[Workgroup] = ()) -> Verdict:
    """INV-26, R-221: an agreement whose trekker is nothing but in this group has another one, who agreed, before the
    group ends. `within` are the bodies that end with it."""
    codes = {group.code, *(one.code for one in within)}
    people = {role.person for code in codes for role in register.store.roles(body=code, on=register.today)}
    for person in sorted(people):
        if any(role.body not in codes for role in register.store.roles(person=person, on=register.today)):
            continue
        left = register.store.agreements(lead=person, states=LIVE_AGREEMENTS, limit=1)
        if left:
            name = register.person_named(person)
            return Refused(
                f"{left[0].id} trekt {name}, en die stopt met {group.code}. Vraag eerst een andere trekker, die ja "
                f"zegt: !overdragen {left[0].id} aan @naam.",
                code="INV-26",
            )
    return Allowed()
