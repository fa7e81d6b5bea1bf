"""!koploper: a stage for who went ahead, once the organisation agrees to it (C47, R-187, R-215, R-216)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit.constituencies import contact_of
from commands.kit.declare import EVERYONE, About, command
from commands.kit.ports import Offer
from commands.kit.reply import Line, Strong, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ways
from commands.words.helping import Success, SuccessState
from commands.words.people import Person, RoleName
from commands.words.signal import Track
from commands.words.verdict import Refused

#: Words that a name of more than one word begins with.
_KINDS = ("gemeente", "provincie", "waterschap", "hoogheemraadschap", "omgevingsdienst")
_WHO = "Wie is de koploper, en met wat? Eén zin is genoeg."
_GROUPS = ("werkgroep", "programma", "projectgroep")


class Act(StrEnum):
    WITHDRAW = "intrekken"
    SHARE = "delen"


@command(
    "koploper",
    aliases=("succes",),
    help="Geef een koploper of een klein succes een podium, als de organisatie dat goed vindt.",
    example="!koploper Waterschap Drents bodemdaling samen met de provincie aangepakt",
    who=EVERYONE,
)
def koploper(
    turn: Turn,
    success: Annotated[Success | None, About("het succes", "id")] = None,
    act: Annotated[Act | None, About("intrekken of delen", "opdracht", synonyms={"ingetrokken": "intrekken"})] = None,
    consent: Annotated[
        bool | None, About("of de organisatie het goed vindt: ja of nee", "toestemming", words=("toestemming",))
    ] = None,
    track: Annotated[Track | None, About("aanspreken of aanjagen", "spoor", field_only=True)] = None,
    pioneer: Annotated[
        str | None, About("welke organisatie", "organisatie", field_only=True, greedy=True, length="short")
    ] = None,
    text: Annotated[
        str | None, About("de organisatie, en wat die deed", "wat", rest=True, greedy=True, length="short")
    ] = None,
) -> Outcome:
    if success is not None:
        return _further(turn, success, None if act is Act.SHARE else act, consent)
    said = " ".join((text or "").split()).strip("\"' ")
    if not said and pioneer is None:
        if act is Act.SHARE:
            return Reply(say("Goed, dan deel ik het niet.")) if consent is False else Ask("text", _WHO)
        return _listed(turn)
    who, what = (pioneer.strip(" .,\"'"), said) if pioneer else _divided(turn, said)
    if not who or _is_group(turn, who):
        return Ask("pioneer", "Welke organisatie is de koploper?", parts={"text": what} if what else {})
    if not what:
        return Ask("text", f"Wat deed {who}? Eén zin is genoeg.", parts={"pioneer": who})
    return _noted(turn, who, what, consent, track)


def _divided(turn: Turn, said: str) -> tuple[str, str]:
    """The organisation in front and what it did; no organisation when the sentence does not begin with a name."""
    words = said.split(" ")
    length = 2 if words[0].casefold() in _KINDS and len(words) > 1 else 1
    name = " ".join(words[:length]).strip(",:")
    party = turn.structure.party(name)
    place = turn.structure.body(name)
    if party is None and place is None and length == 1 and not name[:1].isupper():
        return "", said
    known = party.code if party else place.code if place else name
    return known, " ".join(words[length:])


def _is_group(turn: Turn, who: str) -> bool:
    """R-215: the stage is for who did it, never for the group or programme around it."""
    body = turn.body(who)
    return who.casefold() in _GROUPS or (body is not None and body.is_group)


def _noted(turn: Turn, who: str, what: str, consent: bool | None, track: Track | None) -> Outcome:
    """Kept either way; shared only with consent."""
    asked = () if consent else tuple(id for id in _can_agree(turn, who) if id != turn.person.id)
    own = turn.person.organisation.casefold() == who.casefold()
    success = Success(
        turn.new_id("SUC"), what, who, turn.person.id, turn.now, track or Track.OPEN, asked=asked, within=_within(turn)
    )
    if consent is False:
        return Refused(
            f"Zonder toestemming van {who} leg ik niets vast. Vraag het daar, en typ het dan opnieuw.", code="R-216"
        )
    if consent:
        success = _agreed(turn, success)
    turn.put(success, f"toestemming volgens {turn.person.id}" if consent and not own else str(success.state))
    for person in asked if not own else ():
        _ask(turn, success, person)
    offers = _offers(success) if own and not consent else ()
    return Reply(
        say((Strong(success.id), f" genoteerd{_what_now(turn, success, own=own)}")),
        (success.id,),
        offers=offers,
        receipt=not offers,
        deed=f"{success.id} genoteerd",
        private=success.state is SuccessState.WAITING and turn.room is not None and turn.room.with_externals,
    )


def _within(turn: Turn) -> str | None:
    """The programme in whose room, or in the room of one of whose bodies, it is told: that gives it a stage too."""
    group = turn.store.group(turn.room.code) if turn.room is not None and turn.room.is_group else None
    if group is None:
        return None
    whole = turn.store.group(group.within) if group.within else group
    return whole.code if whole is not None and whole.is_programme else None


def _stages(turn: Turn, success: Success) -> str:
    """Where it will be read: "het AO", or "het AO en die van PRG-SPOED"."""
    return turn.structure.filter.the + (f" en die van {success.within}" if success.within else "")


def _what_now(turn: Turn, success: Success, *, own: bool) -> str:
    if success.state is SuccessState.SHARED:
        return f"; gaat mee in de digest van {_stages(turn, success)}."
    if own:
        verb = "Mag ik het namens uw organisatie delen" if turn.formal else "Mag ik het namens je organisatie delen"
        return f". {verb}? Antwoord met ja of nee; tot die tijd deel ik niets."
    if success.asked:
        return ". Ik vraag eerst toestemming aan de organisatie; tot die tijd deel ik niets."
    asks = "Vraagt u" if turn.formal else "Vraag"
    number = success.id.rsplit("-", 1)[-1].lstrip("0")
    return (
        f"; ik deel niets zonder toestemming. Ik ken niemand van {success.pioneer}. {asks} het daar, en typ daarna: "
        f"!koploper {number} toestemming ja"
    )


def _can_agree(turn: Turn, who: str) -> tuple[str, ...]:
    """For a party its umbrella contact, else its member of the filter; for a connection one of its people."""
    party, place = turn.structure.party(who), turn.structure.body(who)
    if party is not None:
        contact = contact_of(turn, party.code)
        if contact is not None:
            return (contact.id,)
        members = turn.store.roles(body=turn.structure.filter.code, role=RoleName.MEMBER, on=turn.today)
        return tuple(one.person for one in members if one.on_behalf_of == party.code)[:1]
    code = place.code if place is not None else ""
    people = turn.store.roles(body=code, role=RoleName.CONNECTION_MEMBER, on=turn.today) if code else ()
    return tuple(one.person for one in people)[:1]


def _speakers(turn: Turn, success: Success) -> tuple[str, ...]:
    """R-216: who says yes or no for the organisation: who was asked, and who has that function now. A colleague does
    not decide in their place; where nobody is known, everyone of the organisation may."""
    asked = [id for id in success.asked if (one := turn.store.get(Person, id)) is not None and turn.in_office(one)]
    return tuple(dict.fromkeys((*asked, *_can_agree(turn, success.pioneer))))


def _ask(turn: Turn, success: Success, person: str) -> None:
    reader = turn.store.get(Person, person)
    formal = reader is not None and reader.address == "u"
    asks = "Vindt u het goed dat" if formal else "Vind je het goed dat"
    stages = _stages(turn, success)
    text = (
        f"[gevraagd: toestemming] {turn.person.label} ({turn.person.organisation}) wil {success.pioneer} een podium "
        f"geven ({success.id}): {success.text.rstrip('.')}. {asks} dit in de digest van {stages} staat? "
        f"{'U antwoordt' if formal else 'Antwoord'} met ja of nee."
    )
    turn.tell(person, say(text), about=(success.id,), offers=_offers(success), receipt=False)


def _offers(success: Success) -> tuple[Offer, ...]:
    words = (("✅", "ja"), ("ja", "ja"), ("nee", "nee"))
    return tuple(Offer(word, "koploper", {"success": success.id, "consent": said}) for word, said in words)


def _agreed(turn: Turn, success: Success) -> Success:
    return replace(success, state=SuccessState.SHARED, consent_by=turn.person.id, consent_at=turn.now)


def _further(turn: Turn, success: Success, act: Act | None, consent: bool | None) -> Outcome:
    """The organisation says yes or no; who brought it in may pass on what the organisation said."""
    if act is None and consent is None:
        return Reply(
            say((Strong(success.id), f" {success.pioneer}: {success.text.rstrip('.')} · {success.state}.")),
            (success.id,),
            private=success.state in (SuccessState.WAITING, SuccessState.WITHDRAWN),
        )
    own = turn.person.organisation.casefold() == success.pioneer.casefold()
    speakers = _speakers(turn, success)
    if not (turn.person.id in (success.by, *speakers) or (own and not speakers)):
        who = turn.person_named(speakers[0]) if speakers else success.pioneer
        return Refused(f"Namens {success.pioneer} beslist {who}. {ways.ask(who)}", code="E04")
    if success.state in (SuccessState.PLACED, SuccessState.WITHDRAWN):
        return Refused(f"{success.id} is al {success.state}.", code="E14")
    if act is Act.WITHDRAW or consent is False:
        turn.put(replace(success, state=SuccessState.WITHDRAWN), "ingetrokken" if act else "geen toestemming")
        if turn.person.id != success.by:
            turn.tell(success.by, say(f"{success.pioneer} deelt {success.id} liever niet. Er is niets gedeeld."))
        return Reply(say(f"{success.id} deel ik niet."), (success.id,), deed=f"{success.id} ingetrokken", private=True)
    if success.state is SuccessState.SHARED:
        return Refused(f"Voor {success.id} was al toestemming.", code="E14")
    turn.put(_agreed(turn, success), "toestemming" if own or turn.person.id in success.asked else "toestemming gemeld")
    place = _stages(turn, success)
    if turn.person.id != success.by:
        text = f"{success.id} gaat mee in de digest van {place}: {success.pioneer} vindt het goed."
        turn.tell(success.by, say(text), about=(success.id,))
    return Reply(
        say(f"{success.id} gaat mee in de digest van {place}."), (success.id,), deed=f"toestemming voor {success.id}"
    )


def _listed(turn: Turn) -> Outcome:
    found = turn.store.successes(states=(SuccessState.SHARED, SuccessState.PLACED))[-5:]
    if not found or turn.person.external:
        return Ask("text", _WHO)
    lines: list[Line] = [(Strong(one.id), f" {one.pioneer}: {one.text.rstrip('.')}") for one in reversed(found)]
    return Reply(say(*lines), private=turn.room is not None and turn.room.with_externals)
