"""Texts for those a party speaks for, and what they say back, along one line with the umbrella contact in it.

A text is a draft until that contact lets it go; nothing is ever posted by itself (R-128, R-129, domain.md §2.4).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.owed import owe_bulletin
from commands.kit.ports import Offer
from commands.kit.records import body_of, is_sensitive, visible
from commands.kit.register import Register
from commands.kit.reply import Line, Message, Strong, Text, say
from commands.kit.signals import sentence
from commands.kit.turn import Turn
from commands.words.calendar import AMSTERDAM
from commands.words.enumeration import joined
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import Person, RoleName
from commands.words.structure import Body
from commands.words.verdict import Refused

#: How a line begins where nobody said from which network.
UNNAMED = "achterban"


def contact_of(register: Register, party: str) -> Person | None:
    """Who keeps the contact with the network of a party; a role, in whatever body it is held. While nobody fills that
    function it is the deputy, if there is one."""
    held = register.store.roles(role=RoleName.UMBRELLA_CONTACT, on=register.today)
    here = [role for role in held if role.on_behalf_of == party]
    holders = [role.person for role in here]
    deputies = [
        deputy
        for role in here
        for deputy in (role.deputy_on(register.today), _deputy_of(register, role.person))
        if deputy is not None
    ]
    people = (register.store.get(Person, id) for id in (*holders, *deputies))
    return next((person for person in people if person is not None and register.in_office(person)), None)


def _deputy_of(register: Register, person: str) -> str | None:
    found = register.store.get(Person, person)
    return found.deputy if found is not None else None


def network_of(register: Register, party: str) -> tuple[Body, ...]:
    """The connections through which a party reaches those it speaks for; empty until someone entered them (G8)."""
    return tuple(one for one in register.structure.connections if one.umbrella == party)


def outward_line(register: Register, place: Body, party: str) -> tuple[str, ...]:
    """R-128: from the body, through the filter, by the party to its network."""
    network = (one.code for one in network_of(register, party))
    return tuple(dict.fromkeys((place.code, register.structure.filter.code, party, *network)))


def inward_line(register: Register, origin: str, party: str, place: Body) -> tuple[str, ...]:
    """The same line the other way: from a network, by its party, through the filter to the body (R-128, J7)."""
    return tuple(dict.fromkeys((origin, party, register.structure.filter.code, place.code)))


def party_of(draft: Bulletin) -> str:
    """The party whose contact lets it go."""
    return draft.line[1] if draft.kind is BulletinKind.INWARD else draft.to


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
        about=_about(draft),
        offers=(*release_offers(draft), *offers),
        receipt=False,
        oneself=True,
    )


def draft_feedback(
    turn: Turn, place: Body, parties: Sequence[str], text: str, *, about: str = "", meeting: str | None = None
) -> tuple[list[str], list[str]]:
    """What came of something, put before the contact of each party; returns which have one, and which do not (C16)."""
    asked: list[str] = []
    missing: list[str] = []
    for party in parties:
        contact = contact_of(turn, party)
        if contact is None:
            missing.append(party)
            continue
        asked.append(party)
        line = outward_line(turn, place, party)
        lines = (
            f"[terugkoppeling] Van {place.the}, aan de achterban van {party}.",
            sentence(text),
            f"Langs deze lijn: {line_in_words(line)}.",
        )
        id = turn.new_id("TRK")
        draft = Bulletin(
            id, meeting, BulletinKind.FEEDBACK, party, "\n".join(lines), contact.id, turn.now, about=about, line=line
        )
        put_before(turn, draft, contact, before_release(draft, turn.the(draft.to)))
    return asked, missing


def before_release(draft: Bulletin, the: str) -> str:
    """What stands above a draft; it goes nowhere before someone says yes. `the` is whom it goes to, with an article."""
    network = {BulletinKind.UPWARD: the, BulletinKind.STANDING: draft.to}
    whom = network.get(draft.kind, f"de achterban van {draft.to}")
    return f"Concept voor {whom} ({draft.id}). Ik plaats dit niet zelf. Antwoord met ja, of met vervalt en een reden."


def who_brought(register: Register, draft: Bulletin) -> str:
    """The person with whom a text began."""
    rows = register.store.history(draft.id)
    return rows[0].by if rows else ""


def handed_on(turn: Turn, draft: Bulletin) -> Bulletin:
    """What comes in goes to who keeps the lists of the body, and stands in its digest and in the dossier."""
    after = replace(
        draft,
        state=BulletinState.SENT,
        route=f"aan {turn.need_body(draft.to).the}",
        released_by=turn.person.id,
        released_at=turn.now,
    )
    turn.put(after, f"doorgegeven: {line_in_words(after.line)}")
    owe_bulletin(turn.store, turn.structure, turn.now, after)
    keeper = secretary_of(turn, draft.to)
    if keeper is not None:
        turn.tell(keeper.id, say((Strong(after.id), f": {brought(after)}")), about=_about(after))
    return after


def brought(one: Bulletin) -> str:
    """ "inbreng van WEB, via VNG, over BES-2027-003: de kosten vallen hoger uit"."""
    over = f", over {one.about}" if one.about else ""
    return f"inbreng van {source_of(one)}{over}: {sentence(one.text)}"


def source_of(one: Bulletin) -> str:
    """ "WEB, via VNG", or "de achterban van VNG" where nobody said which network."""
    network, party = one.line[:2]
    return f"{network}, via {party}" if network != UNNAMED else f"de achterban van {party}"


def contacts_in_words(parties: Sequence[str]) -> str:
    """ "het koepelcontact van VNG", "de koepelcontacten van VNG en IPO"."""
    who = "het koepelcontact" if len(parties) == 1 else "de koepelcontacten"
    return f"{who} van {joined(list(parties))}"


def lines_about(turn: Turn, about: str) -> list[str]:
    """What went to and came from those the parties speak for, for a dossier: as far as this person, and in a room all
    who read there, may know of it; what was waived is left out."""
    found: list[str] = []
    for one in turn.store.bulletins(about=about):
        if not visible(one, turn) or (turn.room is not None and turn.room.code != body_of(turn, one)):
            continue
        if one.kind is BulletinKind.INWARD and one.state is BulletinState.SENT:
            text = brought(replace(one, about=""))
            found.append(f"{text[0].upper()}{text[1:].rstrip('.')} ({one.id}).")
        elif one.kind is BulletinKind.FEEDBACK and one.state is not BulletinState.WAIVED:
            sent = one.released_at.astimezone(AMSTERDAM).date() if one.released_at else None
            how = f"vrijgegeven {dates.say_short(sent)}" if sent else "wacht op vrijgave"
            found.append(f"Terugkoppeling aan de achterban van {one.to} ({one.id}): {how}.")
    return found


def _about(draft: Bulletin) -> tuple[str, ...]:
    return (draft.id, *((draft.about,) if draft.about else ()))


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
    return Refused(
        f"{about} is politiek gevoelig of gaat daarover; dat gaat niet naar een achterban. Kies een ander onderwerp.",
        code="INV-39",
    )


def what_it_is(draft: Bulletin, over: str, the: str) -> str:
    """ "de terugblik voor de achterban van VNG over AO do 14 jan 2027"; `over` names what it is about, `the` whom it
    goes to, with its article."""
    match draft.kind:
        case BulletinKind.LOOKING_BACK:
            return f"de terugblik voor de achterban van {draft.to} over {over}"
        case BulletinKind.UPWARD:
            return f"het bericht aan {the} over {over}"
        case BulletinKind.CONSULTATION:
            return f"de raadpleging van de achterban van {draft.to} ({over})"
        case BulletinKind.FEEDBACK:
            return f"de terugkoppeling aan de achterban van {draft.to} over {over}"
        case BulletinKind.INWARD:
            return f"de inbreng van {draft.line[0]} over {over}"
        case BulletinKind.STANDING:
            return f"de stand van zaken voor {draft.to}"
