"""Which record is meant: tolerant ids, a bare number, or the message replied to. Never guessed (dialogue.md 2)."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from typing import Any, cast

from commands.kit.dates.say import MONTHS
from commands.kit.ports import Option, Record
from commands.kit.register import Register
from commands.kit.turn import Ask, Turn
from commands.rules.agreements import agreed_to_lead
from commands.rules.visibility import (
    is_asked_about,
    may_see_action,
    may_see_body,
    may_see_consultation,
    may_see_decision,
    may_see_signal,
)
from commands.words.action import Action, ActionState
from commands.words.agreement import LIVE_AGREEMENTS, Agreement
from commands.words.attention import WAITING, AttentionPoint
from commands.words.consultation import Consultation, ConsultationState
from commands.words.decision import LIVE_DECISIONS, Decision
from commands.words.evaluation import Evaluation, EvaluationState
from commands.words.helping import OPEN_HELP, HelpRequest, Success, SuccessState
from commands.words.meeting import AgendaItem, Meeting
from commands.words.minutes import Bulletin, BulletinKind, BulletinState, Correction, CorrectionState
from commands.words.people import RoleName
from commands.words.poll import Poll
from commands.words.proposal import Proposal, ProposalState
from commands.words.reminder import Reminder, ReminderState
from commands.words.signal import FINAL_STATES, Signal
from commands.words.verdict import Refused
from commands.words.workgroup import Workgroup

PREFIXES: dict[type, str] = {
    Signal: "SIG",
    Action: "ACT",
    Proposal: "VST",
    AgendaItem: "AGP",
    Meeting: "VRG",
    Decision: "BES",
    Agreement: "AFS",
    AttentionPoint: "AAP",
    Reminder: "HER",
    Evaluation: "EVA",
    Correction: "COR",
    Bulletin: "TRK",
    HelpRequest: "HV",
    Success: "SUC",
    Consultation: "RPL",
    Poll: "PEI",
}
NOUNS: dict[type, tuple[str, str]] = {
    Signal: ("welk signaal", "Kijk bij !signalen."),
    Action: ("welke actie", "Kijk bij !acties of !mijn."),
    Proposal: ("welk voorstel", "Kijk bij !toon van het signaal."),
    AgendaItem: ("welk agendapunt", "Kijk bij !agenda."),
    Meeting: ("welke vergadering", "Kijk bij !agenda."),
    Decision: ("welk besluit", "Kijk bij !besluiten."),
    Agreement: ("welke afspraak", "Kijk bij !afspraken."),
    AttentionPoint: ("welk aandachtspunt", "Kijk bij !aandachtspunt."),
    Reminder: ("welke herinnering", "Kijk bij !herinner lijst."),
    Evaluation: ("welke evaluatie", "Kijk bij !evaluatie."),
    Correction: ("welke correctie", "Kijk bij !corrigeer."),
    Bulletin: ("welk bericht", "Kijk bij !vrijgeef."),
    HelpRequest: ("welke hulpvraag", "Kijk bij !hulpvraag."),
    Success: ("welk succes", "Kijk bij !koploper."),
    Consultation: ("welke raadpleging", "Kijk bij !raadpleeg."),
    Poll: ("welke peiling", "Kijk bij !peiling."),
    Workgroup: ("welke groep", "Kijk bij !werkgroepen."),
}
#: Kinds of which a bare number means none before the other: two candidates are asked about.
PEERS = (Decision, Agreement)
#: How many years back a bare number may point.
YEARS_BACK = 2

#: The prefixes as they are typed. Only these: "AO-2027-02" is a meeting, and "om 10" no record.
ANY_PREFIX = "|".join(PREFIXES.values())
_ID = re.compile(
    rf"(?:(?P<prefix>{ANY_PREFIX})[- ]?)?(?:(?P<year>20\d\d|(?<=-)\d{{4}})-)?(?P<number>\d{{1,4}})", re.IGNORECASE
)
_MEETING_ID = re.compile(
    r"(?:vrg-)?(?P<body>[a-z][\w+.&/]*(?:-[a-z][\w+.&/]*)*)-(?P<year>20\d\d)-(?P<number>\d{1,2})", re.IGNORECASE
)
#: A signal in a sentence: its id, or the word and a number that is not the day of a date.
_IN_TEXT = re.compile(
    rf"\b(?:SIG[- ]?|signaal (?:nr\.? |nummer )?)(?P<id>(?:20\d\d-)?\d{{1,4}})\b(?! (?:{'|'.join(MONTHS)})\b)",
    re.IGNORECASE,
)
#: A number that is a year and no id.
_YEAR = re.compile(r"(?:19|20)\d\d")


def clean(token: str) -> str:
    """A word without the punctuation that a sentence puts around it."""
    return token.strip().strip(".,:;!?()[]\"'")


def looks_like_id(token: str, types: Sequence[type]) -> bool:
    """Whether a word has the shape of an id of one of these kinds; a bare number has."""
    word = clean(token)
    if Meeting in types and _MEETING_ID.fullmatch(word):
        return True
    match = _ID.fullmatch(word)
    if not match:
        return False
    prefix = (match["prefix"] or "").upper()
    if not prefix and _YEAR.fullmatch(word):
        # "2027 wordt het jaar van de bodem" is a sentence.
        return False
    if not prefix:
        # A meeting is called by its body and number, never by a number alone.
        return any(kind is not Meeting for kind in types)
    return prefix in {PREFIXES[kind] for kind in types if kind in PREFIXES}


def find_record(raw: str, types: Sequence[type], turn: Turn, part: str) -> Record | Ask | Refused:
    """The record that `raw` names, an Ask when two could be meant, or E03 when there is none this person may see."""
    word = clean(raw)
    if Meeting in types and (match := _MEETING_ID.fullmatch(word)):
        meeting = turn.store.get(Meeting, _meeting_id(match, turn))
        return meeting if meeting and visible(meeting, turn) else missing(word, Meeting)
    match = _ID.fullmatch(word)
    if not match:
        return missing(word, types[0])
    prefix = (match["prefix"] or "").upper()
    kinds = [kind for kind in types if kind in PREFIXES and prefix in ("", PREFIXES[kind])]
    years = [int(match["year"])] if match["year"] else [turn.today.year - back for back in range(YEARS_BACK + 1)]
    found: list[Record] = []
    for kind in kinds:
        for year in years:
            record = turn.store.get(kind, f"{PREFIXES[kind]}-{year}-{int(match['number']):03d}")
            if record is not None and (visible(record, turn) or _asked_to_lead(record, turn)):
                found.append(record)
        if found and kind not in PEERS:
            break
    if not found:
        year = int(match["year"]) if match["year"] else turn.today.year
        kind = kinds[0] if kinds else types[0]
        return missing(f"{PREFIXES.get(kind, prefix)}-{year}-{int(match['number']):03d}", kind)
    return choose(found, part, turn)


def _meeting_id(match: re.Match[str], turn: Turn) -> str:
    """The id as the register writes it: with the code of the body as the structure writes that."""
    body = turn.body(match["body"])
    code = body.code if body is not None else match["body"].upper()
    return f"VRG-{code}-{match['year']}-{int(match['number']):02d}"


def only_an_id(text: str, kind: type, turn: Turn, part: str) -> Record | Ask | Refused | None:
    """The record when a text is nothing but the id of one of this kind, prefix included; None when it is a text."""
    match = _ID.fullmatch(clean(text))
    if match is None or (match["prefix"] or "").upper() != PREFIXES.get(kind):
        return None
    return find_record(text, (kind,), turn, part)


def mentioned(text: str, turn: Turn, part: str) -> Signal | Ask | Refused | None:
    """The signal that a text names in passing: "over SIG-1", "(sig 14)", "n.a.v. signaal 3"; None when it names none.

    What is about a signal has its limits (INV-39), however that was said. An Ask when two are named, E03 when there is
    none this person may see.
    """
    found: dict[str, Record] = {}
    for match in _IN_TEXT.finditer(text):
        named = find_record(f"SIG-{match['id']}", (Signal,), turn, part)
        if isinstance(named, Ask | Refused):
            return named
        found[named.id] = named
    chosen = choose(list(found.values()), part, turn) if found else None
    return cast(Signal | Ask | None, chosen)


def choose(found: Sequence[Record], part: str, turn: Turn) -> Record | Ask:
    """One record, preferring what is still open; an Ask with the candidates when that leaves more."""
    live = [record for record in found if is_open(record)] or list(found)
    if len(live) == 1:
        return live[0]
    ids = [str(record.id) for record in live]
    numbers = [id.rsplit("-", 1)[-1].lstrip("0") for id in ids]
    labels = numbers if len(set(numbers)) == len(numbers) else ids
    options = tuple(Option(label, id) for label, id in zip(labels, ids, strict=True))
    text = f"{', '.join(labels[:-1])} of {labels[-1]}?"
    return Ask(part, text[0].upper() + text[1:], options)


def missing(id: str, kind: type) -> Refused:
    """E03; the same text for what does not exist and for what may not be seen (rulings.md 9)."""
    hint = NOUNS.get(kind, ("", "Kijk bij !mijn."))[1]
    return Refused(f"{id} bestaat niet. {hint}", code="E03")


def is_open(record: Record) -> bool:
    """Whether the record still asks for something."""
    match record:
        case Signal():
            return record.state not in FINAL_STATES
        case Action():
            return record.state in (ActionState.OPEN, ActionState.REQUESTED)
        case Proposal():
            return record.state is ProposalState.SUBMITTED
        case Decision():
            return record.state in LIVE_DECISIONS
        case Agreement():
            return record.state in LIVE_AGREEMENTS
        case AttentionPoint():
            return record.state in WAITING
        case Reminder():
            return record.state is not ReminderState.STOPPED
        case Evaluation():
            return record.state not in (EvaluationState.DONE, EvaluationState.DROPPED)
        case Correction():
            return record.state is CorrectionState.OPEN
        case Bulletin():
            return record.state is BulletinState.DRAFT
        case HelpRequest():
            return record.state in OPEN_HELP
        case Success():
            return record.state is SuccessState.WAITING
        case Consultation():
            return record.state is ConsultationState.OPEN
        case _:
            return True


def visible(record: Record, turn: Turn) -> bool:
    """Whether this person may know that the record exists."""
    match record:
        case Signal():
            return visible_signal(turn)(record)
        case Proposal():
            return _sees_proposal(record, turn)
        case Action():
            body, signal = turn.body(record.body), _signal_of(record, turn)
            return body is not None and may_see_action(turn.viewer, record, body, signal, turn.structure)
        case AgendaItem():
            return _sees_item(record, turn)
        case Decision() | Agreement() | AttentionPoint():
            body = turn.body(record.body)
            ids = () if isinstance(record, AttentionPoint) else record.signals
            signals = [one for id in ids if (one := turn.store.get(Signal, id)) is not None]
            return body is not None and may_see_decision(turn.viewer, record, body, signals, turn.structure)
        case Meeting():
            body = turn.body(record.body)
            if body is None or turn.person.external:
                return body is not None and may_see_body(turn.viewer, body, turn.structure)
            return True
        case Reminder():
            place = turn.body(record.body) if record.body else None
            return turn.person.id == record.person or (
                place is not None and may_see_body(turn.viewer, place, turn.structure)
            )
        case Evaluation() | Poll():
            body = turn.body(record.about)
            return body is not None and may_see_body(turn.viewer, body, turn.structure)
        case Correction():
            return record.by == turn.person.id or _of_meeting(record.meeting, turn)
        case Bulletin():
            return _sees_bulletin(record, turn)
        case HelpRequest():
            # Who asked, and those who were asked to help; nobody else, not even a secretary.
            return turn.person.id in (turn.store.asker(record), *record.matches)
        case Success():
            return _sees_success(record, turn)
        case Consultation():
            body = turn.body(record.body)
            return body is not None and may_see_consultation(turn.viewer, record, body, turn.structure)
        case Workgroup():
            return not turn.person.external or record.code in turn.viewer.bodies
        case _:
            return True


def _of_meeting(meeting: str, turn: Turn) -> bool:
    """What belongs to a meeting is for the people of its body, and not for outsiders (INV-20)."""
    found = turn.store.get(Meeting, meeting)
    return found is not None and _of_body(found.body, turn)


def _of_body(code: str, turn: Turn) -> bool:
    body = turn.body(code)
    return body is not None and not turn.person.external and may_see_body(turn.viewer, body, turn.structure)


def _asked_to_lead(record: Record, turn: Turn) -> bool:
    """Who was asked to lead an agreement may name it (R-165). It reads the history, so lists do not ask this."""
    if not isinstance(record, Agreement) or turn.person.external:
        return False
    whys = [row.why for row in reversed(turn.store.history(record.id))]
    return record.lead in agreed_to_lead(record, turn.person.id, whys)


def _sees_success(success: Success, turn: Turn) -> bool:
    """R-216: before the organisation agreed, only who brought it in, that organisation and who may agree for it."""
    if success.state in (SuccessState.SHARED, SuccessState.PLACED) and not turn.person.external:
        return True
    own = turn.person.organisation.casefold() == success.pioneer.casefold()
    return own or turn.person.id in (success.by, *success.asked)


def _sees_bulletin(record: Bulletin, turn: Turn) -> bool:
    """Who may let it go, the contacts of the party it is for or comes through, and the people of the body."""
    contacts = {role.on_behalf_of for role in turn.roles if role.role is RoleName.UMBRELLA_CONTACT}
    near = bool(contacts & {record.to, *record.line})
    return record.releases == turn.person.id or near or _of_body(body_of(turn, record), turn)


def body_of(register: Register, record: Bulletin) -> str:
    """The code of the body of whose matters a text for others tells, or to which it is brought in."""
    meeting = register.store.get(Meeting, record.meeting) if record.meeting else None
    if meeting is not None:
        return meeting.body
    return record.line[-1 if record.kind is BulletinKind.INWARD else 0] if record.line else ""


def signals_behind(register: Register, about: str) -> tuple[str, ...]:
    """The ids of the signals that lie under what has this id; none where nothing does."""
    kind = next((kind for kind, prefix in PREFIXES.items() if about.startswith(f"{prefix}-")), None)
    found: Record | None = register.store.get(cast(Any, kind), about) if kind is not None else None
    match found:
        case Signal():
            return (found.id,)
        case AgendaItem() | Decision() | Agreement():
            return found.signals
        case Consultation():
            return signals_behind(register, found.about)
        case _:
            return ()


def is_sensitive(register: Register, about: str) -> bool:
    """Whether a sensitive signal lies under it."""
    found = (register.store.get(Signal, id) for id in signals_behind(register, about))
    return any(signal is not None and signal.sensitive for signal in found)


def visible_signal(turn: Turn) -> Callable[[Signal], bool]:
    """`visible` for many signals of one moment: what their reader raised that went up is looked up once, if at all."""
    went_up: list[frozenset[str]] = []
    is_contact = any(role.role is RoleName.UMBRELLA_CONTACT for role in turn.roles)

    def seen(signal: Signal) -> bool:
        """R-130: who raised a signal that was merged into this one hears all its steps, and so may look at it."""
        if may_see_signal(turn.viewer, signal):
            return True
        if turn.person.external and signal.sensitive:
            return False
        if is_contact and is_asked_about(turn.viewer, signal, turn.store.consultations(about=signal.id)):
            return True
        if not went_up:
            went_up.append(turn.store.raised_into(turn.person.id))
        return signal.id in went_up[0]

    return seen


def _signal_of(action: Action, turn: Turn) -> Signal | None:
    return turn.store.get(Signal, action.signal) if action.signal else None


def _sees_proposal(proposal: Proposal, turn: Turn) -> bool:
    """Who proposed it, and between the parties whoever sees what it is about or the body that decides (INV-20)."""
    if turn.person.id == proposal.proposer:
        return True
    if turn.person.external:
        return False
    signal = turn.store.get(Signal, proposal.about)
    body = turn.body(proposal.confirms)
    if signal is not None:
        return may_see_signal(turn.viewer, signal)
    group = turn.store.get(Workgroup, proposal.about)
    if group is not None and may_see_body(turn.viewer, group.as_body(), turn.structure):
        return True
    return body is not None and may_see_body(turn.viewer, body, turn.structure)


def _sees_item(item: AgendaItem, turn: Turn) -> bool:
    """The people of the body that meets; others only what they raised or what its signals show them (rulings.md 9)."""
    meeting = turn.store.get(Meeting, item.meeting)
    body = turn.body(meeting.body) if meeting else None
    if body is None:
        return False
    signals = [one for id in item.signals if (one := turn.store.get(Signal, id)) is not None]
    if may_see_body(turn.viewer, body, turn.structure):
        return not turn.person.external or all(may_see_signal(turn.viewer, one) for one in signals)
    if turn.person.external:
        return False
    return item.raiser == turn.person.id or (bool(signals) and all(may_see_signal(turn.viewer, s) for s in signals))


def from_context(types: Sequence[type], turn: Turn) -> list[Record]:
    """The records of these kinds that the replied-to message is about, those the person may see."""
    found: list[Record] = []
    for id in turn.context:
        for kind in types:
            record = turn.store.get(kind, id)
            if record is not None and (visible(record, turn) or _asked_to_lead(record, turn)):
                found.append(record)
    return found
