"""!inbreng: what those a party speaks for say about something, along the line it came by (R-128, R-177)."""

from __future__ import annotations

from typing import Annotated

from commands.kit.arguments import PartyCode
from commands.kit.constituencies import (
    UNNAMED,
    contact_of,
    handed_on,
    inward_line,
    line_in_words,
    put_before,
    source_of,
)
from commands.kit.declare import About, Right, Where, command
from commands.kit.ports import Option
from commands.kit.records import body_of, from_context
from commands.kit.reply import Strong, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules.agenda import keeps
from commands.rules.consultations import is_contact, with_network
from commands.rules.minutes import BACK_WORDS, words_in
from commands.words.agreement import Agreement
from commands.words.decision import Decision
from commands.words.minutes import Bulletin, BulletinKind
from commands.words.people import RoleName
from commands.words.signal import Signal
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Instead, Refused


@command(
    "inbreng",
    aliases=("inbrengen",),
    help="Breng in wat een achterban van een signaal, besluit of afspraak vindt; het koepelcontact geeft het door.",
    example="!inbreng SIG-14 de gemeenten zien het ook vanuit WEB via VNG",
    who=(
        Right(RoleName.UMBRELLA_CONTACT, Where.ANY),
        Right(RoleName.CONNECTION_MEMBER, Where.ANY),
        Right(RoleName.SECRETARY, Where.TIER),
    ),
    otherwise="breng het in met !signaal en één zin.",
)
def inbreng(
    turn: Turn,
    about: Annotated[
        Signal | Decision | Agreement | Bulletin | None,
        About("het signaal, het besluit, de afspraak of het bericht", "over", words=("over",), bare=True),
    ] = None,
    origin: Annotated[Body | None, About("van welk netwerk", "van", words=("vanuit",))] = None,
    party: Annotated[PartyCode | None, About("via welke koepel", "via", words=("via", "namens"))] = None,
    to: Annotated[Body | None, About("voor welk overleg", "aan", words=("aan",))] = None,
    text: Annotated[str | None, About("wat de achterban zegt", "tekst", greedy=True, rest=True)] = None,
) -> Outcome:  # fmt: skip
    source = origin or _own_network(turn)
    if source is not None and source.kind is not BodyKind.CONNECTION:
        known = ", ".join(one.code for one in turn.structure.connections)
        return Refused(f"Inbreng komt vanuit een netwerk, niet vanuit {source.the}. Wel: {known}.", code="J6")
    about = about or _replied_to(turn)
    place = _place(turn, about, to)
    through = party or (source.umbrella if source is not None else None) or _own_party(turn)
    if through is None and source is not None and not keeps(turn.roles, place, turn.structure):
        because = f"Van welke koepel {source.code} het netwerk is, is nog niet ingevuld."
        return Refused(because, _as_signal(text), "G8")
    if through is None or turn.structure.party(through) is None:
        able = [one.code for one in with_network(turn.structure)]
        return Ask("party", "Via welke koepel?", tuple(Option(code, code) for code in able))
    said = (text or "").strip()
    if not said:
        return Ask("text", "Wat zegt de achterban? Een paar zinnen is genoeg.")
    if words_in(said) > BACK_WORDS:
        return Refused(f"Dat zijn {words_in(said)} woorden; hooguit {BACK_WORDS}. Kan het korter?", code="R-056")
    return _brought_in(turn, _subject(about), source, through, place, said)


def _brought_in(turn: Turn, about: str, source: Body | None, party: str, place: Body, text: str) -> Outcome:
    """At once by the contact of that party or who keeps the lists; from a network it waits for that contact."""
    line = inward_line(turn, source.code if source is not None else UNNAMED, party, place)
    contact = contact_of(turn, party)
    hands_on = is_contact(turn.roles, party) or keeps(turn.roles, place, turn.structure)
    member = source is not None and turn.holds(RoleName.CONNECTION_MEMBER, source.code)
    if not (hands_on or member):
        return Refused(f"Namens de achterban van {party} doet dit het koepelcontact van {party}.", code="E04")
    if contact is None and not hands_on:
        return Refused(f"{party} heeft nu geen koepelcontact.", _as_signal(text), "C16")
    reader = turn.person if hands_on or contact is None else contact
    id = turn.new_id("TRK")
    draft = Bulletin(id, None, BulletinKind.INWARD, place.code, text, reader.id, turn.now, about=about, line=line)
    known = (about,) if about else ()
    if hands_on:
        turn.put(draft, f"ingebracht: {line_in_words(line)}")
        after = handed_on(turn, draft)
        told = say((Strong(after.id), f" vastgelegd bij {place.the}. Langs deze lijn: {line_in_words(line)}."))
        return Reply(told, about=(after.id, *known), deed=f"{after.id} ingebracht", private=_away(turn, place))
    answer = "U antwoordt" if reader.address == "u" else "Antwoord"
    over = f", over {about}" if about else ""
    ask = f"Doorgeven aan {place.the}? {answer} met ja, of met vervalt en een reden."
    put_before(turn, draft, reader, (Strong(draft.id), f": inbreng van {source_of(draft)}{over}. {ask}"))
    hears = "u hoort" if turn.formal else "je hoort"
    text = f"{draft.id} ligt bij het koepelcontact van {party}; {hears} het als het is doorgegeven."
    return Reply(say(text), about=(draft.id, *known), deed=f"{draft.id} ingebracht")


def _own_network(turn: Turn) -> Body | None:
    """The connection in whose name the person speaks, if it is just one."""
    codes = dict.fromkeys(role.body for role in turn.roles if role.role is RoleName.CONNECTION_MEMBER)
    found = [one for one in turn.structure.connections if one.code in codes]
    return found[0] if len(found) == 1 else None


def _own_party(turn: Turn) -> str | None:
    own = [one.code for one in with_network(turn.structure) if is_contact(turn.roles, one.code)]
    return own[0] if len(own) == 1 else None


def _replied_to(turn: Turn) -> Bulletin | None:
    """A text for a network that the message replies to: what is said under it is about that."""
    found = [one for one in from_context((Bulletin,), turn) if isinstance(one, Bulletin)]
    return found[0] if len(found) == 1 else None


def _subject(about: Signal | Decision | Agreement | Bulletin | None) -> str:
    """The id of what it is about; of a text for others that is what the text was about."""
    if isinstance(about, Bulletin):
        return about.about or about.meeting or ""
    return about.id if about is not None else ""


def _place(turn: Turn, about: Signal | Decision | Agreement | Bulletin | None, to: Body | None) -> Body:
    """The body that was named, or where it lies; a group hears it by the body above it, and what is about nothing in
    particular goes to the filter (domain.md §2.4)."""
    match about:
        case Signal():
            code = about.lies_with
        case Bulletin():
            code = body_of(turn, about)
        case None:
            code = ""
        case _:
            code = about.body
    place = to or turn.body(code) or turn.structure.filter
    if place.is_group and place.parent:
        return turn.need_body(place.parent)
    return place if place.kind is BodyKind.FIXED else turn.structure.filter


def _as_signal(text: str | None) -> Instead:
    """Whatever else is missing, a signal is always possible (R-081)."""
    return Instead("signaal", {"text": text or ""}, "Als signaal indienen?")


def _away(turn: Turn, place: Body) -> bool:
    return turn.room is not None and turn.room.code != place.code
