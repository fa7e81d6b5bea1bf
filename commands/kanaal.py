"""!kanaal: make this room the room of a body; its chair confirms (domain.md §2.1: one body, one room per channel)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.chat_rooms import look_round, outsiders, strangers
from commands.kit.declare import About, Right, Where, command
from commands.kit.ports import Offer
from commands.kit.reply import say
from commands.kit.signs import YES_SIGN
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.chat_rooms import may_bind
from commands.rules.posting import Urgency
from commands.rules.roles import LEADING
from commands.words.people import Person, RoleName, Room
from commands.words.structure import Body
from commands.words.verdict import Refused

HELLO = "Ik ben {bot}. Dit is nu de kamer van {body}. Eén ding om te onthouden: !signaal en je zin."


@command(
    "kanaal",
    aliases=("kamer",),
    help="Koppel deze kamer aan een overleg of groep.",
    example="!kanaal AO",
    who=(
        Right(RoleName.SECRETARY, Where.ANY),
        Right(RoleName.OPERATOR, Where.ANY),
        Right(RoleName.CHAIR, Where.ANY, explain=True),
        Right(RoleName.LEAD, Where.ANY, explain=True),
    ),
    otherwise="vraag het de secretaris.",
)
def kanaal(
    turn: Turn,
    body: Annotated[Body | None, About("het overleg of de groep", "gremium", words=("van",), bare=True)] = None,
    channel: Annotated[str | None, About("op welk kanaal; vult de bot in", "via")] = None,
    address: Annotated[str | None, About("welke kamer; vult de bot in", "adres")] = None,
    asked_by: Annotated[Person | None, About("wie dit vroeg; vult de bot in", "gevraagd")] = None,
) -> Outcome:
    channel, address = channel or turn.channel, address or turn.address
    if not channel or not address:
        return Refused("Typ !kanaal in de kamer die van het overleg wordt, niet in een privébericht.", code="E06")
    if body is None:
        return Ask("body", "Van welk overleg is deze kamer?", parts={"channel": channel, "address": address})
    holder = turn.store.body_at(channel, address)
    group = turn.store.group(body.code) if body.is_group else None
    verdict = may_bind(body, turn.need_body(holder) if holder else None, group)
    if isinstance(verdict, Refused):
        return verdict
    who = asked_by or turn.person
    if not _records(turn, who, body):
        return Refused(f"De kamer van {body.the} wijst de secretaris aan, of de beheerder. Vraag het daar.", code="E04")
    confirmer = _confirmer(turn, body, who)
    if confirmer is None:
        return Refused(
            f"{body.capital} heeft nu geen voorzitter die dit kan bevestigen. Leg eerst een voorzitter vast met !rol.",
            code="E04",
        )
    old = turn.store.get(Room, Room(body.code).id) or Room(body.code)
    if asked_by is None:
        return _ask(turn, body, channel, address, confirmer, old)
    if turn.person.id != confirmer.id:
        return Refused(
            f"Dit bevestigt {confirmer.label}, een ander dan wie het vroeg. {ways.ask(confirmer.label)}", code="INV-05"
        )
    turn.put(old.moved(channel, address), f"gevraagd door {who.id}, bevestigd door {turn.person.id}")
    look_round(turn, channel, address, body)
    hello = say(HELLO.format(bot=turn.structure.bot_name, body=body.the))
    turn.announce(body.code, hello, urgency=Urgency.ASKED)
    turn.tell(who.id, say(f"{turn.person.label} heeft bevestigd: de kamer is van {body.the}."))
    return Reply(say(f"De kamer is nu van {body.the}."), deed=f"de kamer van {body.the} gekoppeld")


def _ask(turn: Turn, body: Body, channel: str, address: str, confirmer: Person, old: Room) -> Reply:
    """Nothing changes yet: the chair sees who is in that room, and confirms."""
    parts = {"body": body.code, "channel": channel, "address": address, "asked_by": f"@{turn.person.id}"}
    offers = tuple(Offer(word, "kanaal", parts) for word in (YES_SIGN, "ja"))
    your = "uw" if confirmer.address == "u" else "je"
    lines = (
        f"{turn.person.label} vraagt: een kamer wordt de kamer van {body.the}. Wat {body.the} leest, staat dan daar.",
        _who_is_there(turn, channel, address),
        f"Die komt in de plaats van de kamer die {body.the} nu heeft." if old.on(channel) else "",
        f"Akkoord? Antwoord met ja, of ✅ op dit bericht; zonder {your} antwoord verandert er niets.",
    )
    turn.tell(confirmer.id, say(*lines), offers=offers, receipt=False)
    return Reply(say(f"Gevraagd aan {confirmer.label}. Zodra dat is bevestigd, is deze kamer van {body.the}."))


def _who_is_there(turn: Turn, channel: str, address: str) -> str:
    people = turn.store.people_in(channel, address)
    if not people:
        return ""
    known = [person for id in people if (person := turn.store.person_on(channel, id)) is not None]
    named = ", ".join(sorted(person.label for person in known)) or "niemand die ik ken"
    text = f"In die kamer: {named}."
    if unknown := strangers(turn, channel, people):
        text += f" Ik ken niet: {', '.join(turn.store.called(channel, one) for one in unknown)}."
    if external := outsiders(turn, channel, people):
        text += f" Van buiten de overheid: {', '.join(person.label for person in external)}."
    return text


def _records(turn: Turn, who: Person, body: Body) -> bool:
    """The operator, or the secretary of the body, of the one above a group, or of the filter (G5)."""
    held = turn.store.roles(person=who.id, on=turn.today) + turn.store.standing_in(who.id, on=turn.today)
    if any(role.role is RoleName.OPERATOR for role in held):
        return True
    near = dict.fromkeys((body.code, *((body.parent,) if body.is_group and body.parent else ())))
    mine = {role.body for role in held if role.role is RoleName.SECRETARY}
    return any(code in mine for code in (*near, turn.structure.filter.code))


def _confirmer(turn: Turn, body: Body, asker: Person) -> Person | None:
    """Who leads the body, else the body above it; never the person who asks."""
    for code in (body.code, body.parent or turn.structure.filter.code):
        for role in LEADING:
            found = turn.person_with(role, code)
            if found is not None and found.id != asker.id:
                return found
    return None
