"""What the commands about a consultation share: beginning it, answering it, and how it stands in words (R-127)."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.agendas import is_here
from commands.kit.chat_rooms import as_read
from commands.kit.constituencies import contact_of, line_in_words, outward_line, put_before, release_offers
from commands.kit.owed import owe_consultation
from commands.kit.planned import News
from commands.kit.ports import Offer, Option
from commands.kit.records import PREFIXES
from commands.kit.register import Register
from commands.kit.reply import Line, Span, Strong, say
from commands.kit.signals import sentence
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import consultations as rules
from commands.rules.agenda import keeps
from commands.rules.points import needs_reason
from commands.words.consultation import Answer, Consultation, ConsultationState
from commands.words.decision import StandKind
from commands.words.enumeration import joined
from commands.words.meeting import Meeting, MeetingState
from commands.words.minutes import Bulletin, BulletinKind, BulletinState
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body
from commands.words.verdict import Refused

QUESTIONS = {StandKind.RESERVED: "Welk voorbehoud?", StandKind.AGAINST: "Waarom niet?"}


def save(turn: Turn, one: Consultation, why: str) -> None:
    """Write it with its history row, and what the clock now owes about it."""
    turn.put(one, why)
    owe_consultation(turn.store, turn.structure, turn.now, one)


# --- in words --------------------------------------------------------------------------------------------------------
def said_of(answer: Answer) -> str:
    """ "VNG akkoord met voorbehoud: mits er geld komt (12 van 40, na sluiting)"."""
    kind = f" {answer.kind}" if answer.kind is not None else ""
    text = f": {answer.text.rstrip('.')}" if answer.text else ""
    heard = f"{answer.heard} van {answer.asked}" if answer.heard is not None else ""
    notes = ", ".join(note for note in (heard, "na sluiting" if answer.late else "") if note)
    return f"{answer.party}{kind}{text}" + (f" ({notes})" if notes else "")


def positions(one: Consultation, parties: Sequence[str]) -> str:
    """What each of these parties says, and who says nothing yet; in one sentence."""
    said = [said_of(answer) for answer in one.answers if answer.party in parties]
    silent = [party for party in rules.waiting(one) if party in parties]
    return "; ".join([*said, *([f"{joined(silent)} nog geen antwoord"] if silent else [])])


def term(one: Consultation, today: date) -> str:
    """ "sluit vr 29 okt 2027", or that it is over."""
    if one.state is ConsultationState.WITHDRAWN:
        return "ingetrokken"
    if one.state is ConsultationState.ANSWERED:
        return "iedereen heeft geantwoord"
    return f"{'gesloten op' if rules.closed_on(one, today) else 'sluit'} {dates.say_short(one.closes_on)}"


def line_of(one: Consultation, parties: Sequence[str], today: date) -> tuple[Span, ...]:
    """One line for a list."""
    said = positions(one, parties)
    return (
        Strong(one.id),
        f" {sentence(one.question)} {said}; {term(one, today)}."
        if said
        else f" {sentence(one.question)} {term(one, today).capitalize()}.",
    )


def of_meeting(register: Register, body: str, meeting: Meeting | None) -> list[Consultation]:
    """Those that the meeting is waiting for, and those whose own meeting was cancelled or moved past."""
    found = register.store.consultations(body=body, states=(ConsultationState.OPEN, ConsultationState.ANSWERED))
    return [one for one in found if meeting is not None and (one.meeting == meeting.id or _stranded(register, one))]


def _stranded(register: Register, one: Consultation) -> bool:
    meeting = register.store.get(Meeting, one.meeting)
    return meeting is not None and meeting.state is MeetingState.CANCELLED and one.state is ConsultationState.OPEN


def away(turn: Turn, place: Body) -> bool:
    """Whether what parties say goes to the person alone: elsewhere, and where someone from outside is (INV-39)."""
    return not is_here(turn, place) or (turn.room is not None and as_read(turn, place).with_externals)


# --- asking ----------------------------------------------------------------------------------------------------------
def begin(turn: Turn, one: Consultation, place: Body, meeting: Meeting) -> tuple[list[str], list[str]]:
    """Keep it, and put a text for its network before the contact of each party; returns which parties have one, and
    which have nobody to ask."""
    save(turn, one, f"{joined(one.parties)} gevraagd, tot en met {dates.say_short(one.closes_on)}")
    asked: list[str] = []
    missing: list[str] = []
    for party in one.parties:
        contact = contact_of(turn, party)
        if contact is None:
            missing.append(party)
            continue
        asked.append(party)
        line = outward_line(turn, place, party)
        text = _text(one, place, meeting, party, line)
        draft = Bulletin(
            turn.new_id("TRK"), None, BulletinKind.CONSULTATION, party, text, contact.id, turn.now, about=one.id,
            line=line,
        )  # fmt: skip
        put_before(
            turn,
            draft,
            contact,
            _lead(one, place, meeting, draft, formal=contact.address == "u"),
            (answer_offer(one, party),),
        )
    return asked, missing


def _text(one: Consultation, place: Body, meeting: Meeting, party: str, line: Sequence[str]) -> str:
    """What those the party speaks for read: purpose, question, until when, and along which line (R-178, R-183)."""
    return "\n".join(
        (
            f"[raadpleging] {place.capital} van {dates.say_day(meeting.day)} vraagt de achterban van {party}:",
            sentence(one.question),
            f"Antwoorden kan tot en met {dates.say_day(one.closes_on)}, bij het koepelcontact van {party}.",
            f"Langs deze lijn: {line_in_words(line)}.",
        )
    )


def _lead(one: Consultation, place: Body, meeting: Meeting, draft: Bulletin, *, formal: bool) -> Line:
    answer = "U antwoordt" if formal else "Antwoord"
    read = f" Het signaal lezen: !toon {one.about}." if one.about.startswith(f"{PREFIXES[Signal]}-") else ""
    return (
        Strong(one.id),
        f": {place.the} van {dates.say_day(meeting.day)} vraagt het standpunt van {draft.to}, uiterlijk "
        f"{dates.say_day(one.closes_on)}. Hieronder de tekst voor de achterban ({draft.id}); ik plaats die niet zelf. "
        f"{answer} met ja om hem vrij te geven, met standpunt en wat {draft.to} vindt, of met vervalt en een "
        f"reden.{read}",
    )


def rewrite_drafts(turn: Turn, one: Consultation, place: Body, meeting: Meeting) -> dict[str, Bulletin]:
    """The texts that still wait get the dates as they are now; returns them by party."""
    after: dict[str, Bulletin] = {}
    for draft in turn.store.bulletins(about=one.id, states=(BulletinState.DRAFT,)):
        if draft.kind is BulletinKind.CONSULTATION:
            after[draft.to] = replace(draft, text=_text(one, place, meeting, draft.to, draft.line))
            if after[draft.to] != draft:
                turn.put(after[draft.to], f"tekst met nieuwe datum, sluit {dates.say_short(one.closes_on)}")
    return after


def tell_new_date(turn: Turn, one: Consultation, text: str, drafts: Mapping[str, Bulletin]) -> None:
    """Every contact that still has to answer hears the new date, and what that means for the text for the network."""
    for party in rules.waiting(one):
        contact = contact_of(turn, party)
        if contact is None:
            continue
        draft, offers = drafts.get(party), [answer_offer(one, party)]
        if draft is not None:
            rest = f" De tekst voor de achterban ({draft.id}) heeft nu die datum."
            offers = [*release_offers(draft), *offers]
        elif turn.store.bulletins(about=one.id, to=party, states=(BulletinState.SENT,)):
            rest = f" De achterban van {party} kreeg de oude datum."
        else:
            rest = ""
        about = (one.id, *((draft.id,) if draft is not None else ()))
        turn.tell(contact.id, say((Strong(one.id), text + rest)), about=about, offers=tuple(offers))


def answer_offer(one: Consultation, party: str) -> Offer:
    """The word that answers a question to that party."""
    return Offer("standpunt", "standpunt", {"subject": one.id, "party": party}, rest="because")


def also_asked(offers: Sequence[Offer], turn: Turn) -> tuple[Offer, ...]:
    """With the other consultations that wait for the same party: a position that names none may be on any of them."""
    mine = {offer.parts["subject"]: offer.parts["party"] for offer in offers if is_answer_offer(offer)}
    if not mine:
        return tuple(offers)
    waits = {one.id: one for one in turn.store.consultations(states=(ConsultationState.OPEN,))}
    if not all(id in waits and party in rules.waiting(waits[id]) for id, party in mine.items()):
        return tuple(offers)
    parties = set(mine.values())
    others = [(one, party) for id, one in waits.items() if id not in mine for party in rules.waiting(one)]
    return (*offers, *(answer_offer(one, party) for one, party in others if party in parties))


def is_answer_offer(offer: Offer) -> bool:
    """Whether the offer is `answer_offer` of some consultation."""
    return (
        offer.command == "standpunt" and offer.rest == "because" and offer.parts.get("subject", "").startswith("RPL-")
    )


# --- when the meeting changes ----------------------------------------------------------------------------------------
def after_moving(turn: Turn, news: News, meeting: Meeting, heard: str) -> None:
    """Who asked, and who keeps the lists, hear of a closing date that is not before the meeting any more. Texts that
    were not let go yet name the new day."""
    for one in turn.store.consultations(meeting=meeting.id, states=(ConsultationState.OPEN,)):
        rewrite_drafts(turn, one, turn.need_body(one.body), meeting)
        if one.closes_on >= meeting.day:
            text = (
                f" sluit {dates.say_short(one.closes_on)}. Een andere dag kiezen: !raadpleeg {one.id} sluit en de dag."
            )
            _heard(turn, news, one, heard, text)


def after_cancelling(turn: Turn, news: News, meeting: Meeting, heard: str) -> None:
    """The question goes on: what is answered waits for the next meeting of the body."""
    for one in turn.store.consultations(meeting=meeting.id, states=(ConsultationState.OPEN,)):
        _heard(turn, news, one, heard, " loopt door; de antwoorden staan bij het volgende overleg.")


def _heard(turn: Turn, news: News, one: Consultation, heard: str, text: str) -> None:
    keeper = secretary_of(turn, one.body)
    for person in dict.fromkeys((one.made_by, *((keeper.id,) if keeper is not None else ()))):
        if heard not in news.lines.get(person, []):
            news.add(person, heard, ())
        news.add(person, (Strong(one.id), text), (one.id,))


# --- answering -------------------------------------------------------------------------------------------------------
def answer(turn: Turn, one: Consultation, party: str | None, kind: StandKind | None, text: str) -> Outcome:
    """The position of a party, by its umbrella contact or by who keeps the lists of the body; late ones are marked."""
    place = turn.need_body(one.body)
    party = party or _own(turn, one)
    if party is None:
        return Ask("party", "Van welke partij?", tuple(Option(code, code) for code in one.parties))
    verdict = rules.may_answer(one, party)
    if isinstance(verdict, Refused):
        return verdict
    if not (rules.is_contact(turn.roles, party) or keeps(turn.roles, place, turn.structure)):
        return Refused(
            f"Het standpunt van {party} geeft het koepelcontact, of de secretaris van {place.the}.", code="E04"
        )
    if rules.is_miscounted(text):
        ask = f"Dat aantal kan niet. Wat is het standpunt van {party}, en van hoeveel van de hoeveel?"
        return Ask("because", ask, parts={"subject": one.id, "party": party, "because": ""})
    given = _read(turn, kind, text)
    if given is None:
        ask = f"Wat is het standpunt van {party}: akkoord, voorbehoud of tegen, of in eigen woorden?"
        return Ask("because", ask)
    kind, said, heard, asked = given
    if kind is StandKind.PENDING:
        when = f" tot en met {dates.say_day(one.closes_on)}" if not rules.closed_on(one, turn.today) else ""
        return Refused(f"Dan wacht ik: noteren kan{when}, zodra het er is.", code="E12")
    if kind is not None and needs_reason(kind) and not said:
        return Ask("because", QUESTIONS[kind], parts={"subject": one.id, "party": party, "kind": str(kind)})
    late = rules.closed_on(one, turn.today)
    noted = Answer(party, kind, said, turn.person.id, turn.now, late, heard, asked)
    changed = rules.answer_of(one, party) is not None
    after = rules.with_answer(one, noted)
    save(turn, after, f"standpunt {said_of(noted)}")
    _tell_askers(turn, after, place, noted)
    return _noted(turn, after, place, noted, changed=changed)


def _own(turn: Turn, one: Consultation) -> str | None:
    """The party of which the person is the contact, or the only one that is asked."""
    own = [party for party in one.parties if rules.is_contact(turn.roles, party)]
    return own[0] if len(own) == 1 else one.parties[0] if len(one.parties) == 1 else None


def _read(turn: Turn, kind: StandKind | None, text: str) -> tuple[StandKind | None, str, int | None, int | None] | None:
    """What was typed as a position, its words, and how many were heard; None when nothing was."""
    said = text.strip()
    if kind is not None and said and turn.typed.get("kind", "").casefold() == "voor":
        # "voor de zomer lukt het niet" is a position in words of its own.
        kind, said = None, f"voor {said}"
    heard: int | None = None
    asked: int | None = None
    if counted := rules.heard_in(said):
        heard, asked, said = counted
    if kind is None:
        kind, said = rules.kind_in(said)
        if heard is None and (counted := rules.heard_in(said)):
            heard, asked, said = counted
    return (kind, said.strip(), heard, asked) if kind is not None or said.strip() else None


def _tell_askers(turn: Turn, after: Consultation, place: Body, noted: Answer) -> None:
    """Who asked and who keeps the lists hear when it is complete, and of each answer that came late."""
    complete = after.state is ConsultationState.ANSWERED
    if not (complete or noted.late):
        return
    keeper = secretary_of(turn, place.code)
    text = positions(after, after.parties) if complete else said_of(noted)
    lead = " is compleet: " if complete else ", na sluiting: "
    for person in dict.fromkeys((after.made_by, *((keeper.id,) if keeper is not None else ()))):
        if person != turn.person.id and _reads_all(turn, person, place):
            turn.tell(person, say((Strong(after.id), f"{lead}{text}.")), about=(after.id,))


def _reads_all(turn: Turn, person: str, place: Body) -> bool:
    """Whether that person may read what every party says: a contact who asked may not (rulings.md 9)."""
    roles = turn.store.roles(person=person, on=turn.today)
    blind = (RoleName.UMBRELLA_CONTACT, RoleName.OPERATOR)
    return keeps(roles, place, turn.structure) or any(r.body == place.code and r.role not in blind for r in roles)


def _noted(turn: Turn, after: Consultation, place: Body, noted: Answer, *, changed: bool) -> Reply:
    verb = "gewijzigd" if changed else "genoteerd"
    late = f" Dat is na sluiting ({dates.say_short(after.closes_on)}); zo staat het er ook bij." if noted.late else ""
    shown = after.parties if keeps(turn.roles, place, turn.structure) else ()
    left = [party for party in rules.waiting(after) if party in shown]
    rest = f" Nog niet: {joined(left)}." if left else ""
    text = f"{after.id}: standpunt {verb}. {said_of(replace(noted, late=False))}.{late}{rest}"
    return Reply(
        say(text), about=(after.id,), deed=f"standpunt {noted.party} bij {after.id}", private=away(turn, place)
    )
