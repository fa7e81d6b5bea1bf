"""Texts for those a party speaks for, and what they say back, along one line with the umbrella contact in it.

A text is a draft until that contact lets it go; nothing is ever posted by itself (R-128, R-129, domain.md §2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit.owed import owe_bulletin
from commands.kit.ports import Offer
from commands.kit.records import is_sensitive
from commands.kit.register import Register
from commands.kit.reply import Line, Message, Text, say
from commands.kit.turn import Turn
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused


def contact_of(register: Register, party: str) -> Person | None:
    """Who keeps the contact with the network of a party; a role, in whatever body it is held."""
    for role in register.store.roles(role=RoleName.UMBRELLA_CONTACT, on=register.today):
        person = register.store.get(Person, role.person)
        if role.on_behalf_of == party and person is not None and register.in_office(person):
            return person
    return None


def network_of(register: Register, party: str) -> tuple[Body, ...]:
    """The connections through which a party reaches those it speaks for; empty until someone entered them (G8)."""
    return tuple(one for one in register.structure.connections if one.umbrella == party)


def outward_line(register: Register, place: Body, party: str) -> tuple[str, ...]:
    """R-128: from the body, through the filter, by the party to its network."""
    network = (one.code for one in network_of(register, party))
    return tuple(dict.fromkeys((place.code, register.structure.filter.code, party, *network)))


def line_in_words(line: Sequence[str]) -> str:
    """ "DO, AO, VNG, WEB"."""
    return ", ".join(line)


def as_message(text: str) -> Message:
    """A text of several lines."""
    return Message(tuple(Text(line) for line in text.splitlines() if line))


def release_offers(draft: Bulletin) -> tuple[Offer, ...]:
    """The words that answer a draft."""
    this = {"bulletin": draft.id}
    return (
        Offer("✅", "vrijgeef", this),
        Offer("ja", "vrijgeef", this),
        Offer("regio", "vrijgeef", this, rest="region"),
        Offer("vervalt", "vrijgeef", {**this, "act": "vervalt"}, rest="because"),
    )


def put_before(turn: Turn, draft: Bulletin, reader: Person, lead: Line, offers: Sequence[Offer] = ()) -> None:
    """Keep the draft and put it before who may let it go."""
    turn.put(draft, f"concept voor {draft.to}")
    owe_bulletin(turn.store, turn.structure, turn.now, draft)
    turn.tell(
        reader.id,
        say(lead) + as_message(draft.text),
        about=(draft.id, *((draft.about,) if draft.about else ())),
        offers=(*release_offers(draft), *offers),
        receipt=False,
        oneself=True,
    )


def waive_drafts(turn: Turn, about: str, because: str) -> tuple[str, ...]:
    """What waits about something that is over goes nowhere; returns the ids."""
    drafts = turn.store.bulletins(about=about, states=(BulletinState.DRAFT,))
    for draft in drafts:
        after = replace(
            draft, state=BulletinState.WAIVED, because=because, released_by=turn.person.id, released_at=turn.now
        )
        turn.put(after, f"vervallen: {because}")
        owe_bulletin(turn.store, turn.structure, turn.now, after)
    return tuple(draft.id for draft in drafts)


def not_outside(register: Register, about: str) -> Refused | None:
    """INV-39: nothing of a sensitive signal goes to those a party speaks for."""
    if not is_sensitive(register, about):
        return None
    return Refused(f"{about} is politiek gevoelig of gaat daarover; dat gaat niet naar een achterban.", code="INV-39")


def what_it_is(draft: Bulletin, over: str) -> str:
    """ "de terugblik voor de achterban van VNG over AO do 14 jan 2027"; `over` names what it is about."""
    match draft.kind:
        case BulletinKind.LOOKING_BACK:
            return f"de terugblik voor de achterban van {draft.to} over {over}"
        case BulletinKind.UPWARD:
            return f"het bericht aan het {draft.to} over {over}"
        case BulletinKind.CONSULTATION:
            return f"de raadpleging van de achterban van {draft.to} ({over})"
        case BulletinKind.FEEDBACK:
            return f"de terugkoppeling aan de achterban van {draft.to} over {over}"
        case BulletinKind.INWARD:
            return f"de inbreng van {draft.line[0]} over {over}"
