"""!terugkoppeling: every raiser hears what came of it (S15, INV-08, R-151); a group tells the body above it (R-072)."""

from __future__ import annotations

from dataclasses import replace
from enum import StrEnum
from typing import Annotated

from commands.kit import dates
from commands.kit.bulletins import is_public
from commands.kit.constituencies import contacts_in_words, draft_feedback, not_outside
from commands.kit.declare import About, Right, Where, command
from commands.kit.owed import owe_silence
from commands.kit.parties import Parties
from commands.kit.reply import Strong, say
from commands.kit.signals import leads, place_of, raisers, save
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import ladder, ways
from commands.rules.consultations import is_contact, may_be_asked, with_network
from commands.rules.visibility import is_contact_of_raiser
from commands.words.agreement import Agreement, AgreementState
from commands.words.decision import Decision, DecisionState
from commands.words.enumeration import joined
from commands.words.people import RoleName
from commands.words.record import Feedback
from commands.words.signal import FINAL_STATES, Signal, SignalState
from commands.words.structure import Body
from commands.words.verdict import Instead, Refused
from commands.words.workgroup import RUNNING_STATES, Workgroup


class Audience(StrEnum):
    """To whom feedback goes."""

    RAISER = "indiener"
    CONSTITUENCY = "achterban"


AUDIENCES = {
    "indieners": "indiener",
    "de indiener": "indiener",
    "de indieners": "indiener",
    "de achterban": "achterban",
    "achterbannen": "achterban",
    "de achterbannen": "achterban",
}


@command(
    "terugkoppeling",
    aliases=("terugkoppelen", "tk"),
    help="Laat de indieners of een achterban weten wat er van iets terecht is gekomen.",
    example="!terugkoppeling 14 zit in het nieuwe kader",
    who=(
        Right(RoleName.SECRETARY, Where.TIER),
        Right(RoleName.CHAIR, Where.TIER),
        Right(RoleName.UMBRELLA_CONTACT, Where.ANY),
        Right(RoleName.CHAIR, Where.GROUP),
        Right(RoleName.LEAD, Where.GROUP),
    ),
    otherwise="vraag het de secretaris.",
)
def terugkoppeling(
    turn: Turn,
    signal: Annotated[
        Signal | Decision | Agreement | None, About("het signaal, het besluit of de afspraak", "id")
    ] = None,
    group: Annotated[Workgroup | None, About("de groep die terugkoppelt", "groep", bare=True)] = None,
    text: Annotated[
        str | None,
        About(
            "wat je wilt laten weten",
            "tekst",
            greedy=True,
            rest=True,
        ),
    ] = None,
    to: Annotated[
        Audience | None, About("aan de indiener of de achterban", "aan", words=("aan",), synonyms=AUDIENCES)
    ] = None,
    via: Annotated[Parties | None, About("via welke koepels", "via", words=("via",))] = None,
    body: Annotated[Body | None, About("aan welk overleg", "overleg", words=("aan",))] = None,
    interim: Annotated[bool | None, About("als tussenbericht", "tussenbericht")] = None,
) -> Outcome:
    if signal is None:
        group = group or (turn.store.group(turn.room.code) if turn.room is not None and turn.room.is_group else None)
    if group is not None:
        return _of_group(turn, group, body, text)
    if to is Audience.CONSTITUENCY or via is not None:
        return _to_networks(turn, signal, via, text)
    if signal is None:
        return Ask("signal", "Over welk signaal? Een nummer is genoeg.")
    if not isinstance(signal, Signal):
        way = Instead("", {"to": str(Audience.CONSTITUENCY)}, "Aan de achterban?")
        return Refused(f"{signal.id} heeft geen indiener; wie meedeed, las het al.", way, "C16")
    if not text:
        return Ask("text", "Wat is de terugkoppeling? Twee zinnen is genoeg.")
    place = place_of(turn, signal)
    allowed = turn.holds(RoleName.SECRETARY, place.code) or turn.holds(RoleName.CHAIR, place.code)
    registrar = turn.holds(RoleName.SECRETARY, turn.structure.filter.code)
    contact = is_contact_of_raiser(turn.viewer, signal)
    if not (allowed or registrar or contact):
        return Refused(f"Dit doet de secretaris van {place.the} of het koepelcontact.", code="E04")
    settled = signal.state in (SignalState.SETTLED, SignalState.REJECTED)
    if signal.state in FINAL_STATES:
        return Refused(
            f"{signal.id} is {signal.state}; terugkoppelen hoeft niet meer. {ways.look(signal.id)}", code="E12"
        )
    if not settled and not interim:
        way = Instead("terugkoppeling", {"interim": "ja"}, "Als tussenbericht?")
        return Refused(f"{signal.id} is nog niet afgehandeld.", way, "E12")
    people = raisers(turn, signal)
    line = _line_back(turn, place, signal)
    aim = str(to or Audience.RAISER)
    feedback = Feedback(turn.new_id("TRK"), signal.id, aim, text, turn.person.id, turn.now, line)
    turn.put(feedback, text)
    for person in people:
        lead = "Tussenbericht over " if not settled else "Terugkoppeling over "
        turn.tell(person, say((lead, Strong(signal.id), f" ({signal.title}): {text}")), about=(signal.id,))
    if settled:
        save(turn, ladder.closed_if_told(signal, people, people, turn.now), f"teruggekoppeld: {text}")
    who = "de indiener" if len(people) == 1 else f"de {_count(len(people))} indieners"
    closed = f" {signal.id} is gesloten." if settled else ""
    return Reply(say(f"Verstuurd aan {who}.{closed}"), about=(signal.id,), deed=f"teruggekoppeld over {signal.id}")


def _line_back(turn: Turn, place: Body, signal: Signal) -> tuple[str, ...]:
    """R-128: back along the line it came by, to whoever raised it."""
    source = next((one for one in turn.structure.connections if one.code == signal.on_behalf_of), None)
    through = (source.umbrella,) if source is not None and source.umbrella else ()
    return tuple(dict.fromkeys((place.code, turn.structure.filter.code, *through, signal.on_behalf_of)))


def _to_networks(
    turn: Turn, subject: Signal | Decision | Agreement | None, via: Parties | None, text: str | None
) -> Outcome:
    """R-128, R-129: a draft for the contact of each party; nothing leaves before that contact lets it go."""
    if subject is None:
        return Ask("signal", "Waarover? Een nummer van een signaal, besluit of afspraak is genoeg.")
    place = _place(turn, subject)
    own = tuple(party.code for party in with_network(turn.structure) if is_contact(turn.roles, party.code))
    keeps_it = any(turn.holds(role, place.code) for role in (RoleName.SECRETARY, RoleName.CHAIR))
    registrar = turn.holds(RoleName.SECRETARY, turn.structure.filter.code)
    everyone = tuple(party.code for party in with_network(turn.structure)) if keeps_it or registrar else own
    parties = tuple(via) if via is not None else everyone
    able = may_be_asked(parties, turn.structure)
    if isinstance(able, Refused):
        return able
    if not parties or not set(parties) <= set(everyone):
        because = f"Dit doet de secretaris van {place.the}, of een koepelcontact voor de eigen koepel."
        return Refused(because, code="E04")
    verdict = not_outside(turn, subject.id) or _not_yet(subject)
    if verdict is not None:
        return verdict
    if not (text or "").strip():
        return Ask("text", "Wat is de terugkoppeling? Twee zinnen is genoeg.")
    asked, missing = draft_feedback(turn, place, parties, text or "", about=subject.id)
    if not asked:
        return Refused(f"Van {joined(missing)} is geen koepelcontact bekend. Leg dat vast met !rol.", code="C16")
    rest = f" Niet voor {joined(missing)}: daar is geen koepelcontact." if missing else ""
    return Reply(
        say(f"Concept klaar. Wacht op vrijgave door {contacts_in_words(asked)}.{rest}"),
        about=(subject.id,),
        deed=f"terugkoppeling aan de achterban over {subject.id}",
        private=turn.room is not None and turn.room.code != place.code,
    )


def _place(turn: Turn, subject: Signal | Decision | Agreement) -> Body:
    place = place_of(turn, subject) if isinstance(subject, Signal) else turn.need_body(subject.body)
    return turn.need_body(place.parent) if place.is_group and place.parent else place


def _not_yet(subject: Signal | Decision | Agreement) -> Refused | None:
    """What is a concept, or not public, is not told to others yet."""
    if isinstance(subject, Signal):
        return None
    if subject.state in (DecisionState.CONCEPT, AgreementState.CONCEPT):
        return Refused(f"{subject.id} is nog concept. Terugkoppelen kan als het is vastgesteld.", code="E12")
    if isinstance(subject, Decision) and not is_public(subject):
        return Refused(f"{subject.id} is niet openbaar: {subject.public}. {ways.ask('de secretaris')}", code="INV-39")
    return None


def _of_group(turn: Turn, group: Workgroup, body: Body | None, text: str | None) -> Outcome:
    """R-072, INV-16: a group reports to the body above it, by who leads it; its secretary may record it."""
    parent = turn.need_body(group.parent)
    if not (turn.holds(RoleName.SECRETARY, parent.code) or leads(turn, group.as_body())):
        return Refused(f"Namens {group.code} koppelt de voorzitter van de groep terug.", code="E04")
    if body is not None and body.code != parent.code:
        way = Instead("", {"body": parent.code}, f"Aan {parent.the}?")
        because = f"Dat gaat via {parent.the}: een groep koppelt terug aan {parent.the}."
        return Refused(because, way, "J2")
    if group.state not in RUNNING_STATES:
        return Refused(
            f"{group.code} is {group.state}; terugkoppelen kan niet meer. {ways.look(group.code)}", code="E12"
        )
    if not text:
        ask = f"Wat wil je terugkoppelen? Drie regels is genoeg: stand, hulp nodig, voor {parent.the}."
        return Ask("text", ask, parts={"group": group.code})
    line = (group.code, parent.code)
    feedback = Feedback(turn.new_id("TRK"), group.code, parent.code, text, turn.person.id, turn.now, line)
    turn.put(feedback, text)
    told = replace(group, last_feedback=turn.today)
    turn.put(told, f"teruggekoppeld aan {parent.code}: {text}")
    owe_silence(turn.store, turn.structure, turn.now, told)
    meeting = turn.next_meeting(parent.code)
    when = f" van {dates.say_short(meeting.day)}" if meeting else ""
    told_when = (Strong(feedback.id), f" van {group.code} vastgelegd; staat in de digest van {parent.the}{when}.")
    return Reply(say(told_when), about=(group.code,), deed=f"teruggekoppeld namens {group.code}")


def _count(n: int) -> str:
    return {2: "twee", 3: "drie", 4: "vier", 5: "vijf", 6: "zes"}.get(n, str(n))
