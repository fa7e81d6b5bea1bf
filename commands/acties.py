"""!acties: the open actions of this body, or mine in the private chat; over the date first (C19, digests.md §3.1)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Annotated

from commands.kit import dates
from commands.kit.actions import action_line, actor_in, finished_line, offers_for
from commands.kit.arguments import PartyCode
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.declare import EVERYONE, About, command
from commands.kit.exports import FORMAT_WORDS, Format, file_reply
from commands.kit.lists import actions_table
from commands.kit.meeting_dates import Leaning, leans_on
from commands.kit.ports import Offer
from commands.kit.records import clean, find_record, looks_like_id, visible
from commands.kit.reply import Message, Text, listing, say
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import actions as rules
from commands.rules import ways
from commands.rules.visibility import may_see_body
from commands.words.action import Action, ActionState
from commands.words.calendar import AMSTERDAM
from commands.words.meeting import Meeting
from commands.words.people import Person
from commands.words.structure import Body
from commands.words.verdict import Refused

MOST = 10
#: What a list offers for each of its actions.
WORDS = ("klaar", "later", "overdragen")
_LATE = ("te laat", "telaat", "over de datum", "voorbij", "achterstallig")


@command(
    "acties",
    aliases=("actielijst",),
    help="Toon de open acties: hier, van iemand, van een organisatie, voor een vergadering, of te laat.",
    example="!acties vng",
    who=EVERYONE,
    menu=True,
    reads=True,
)
def acties(
    turn: Turn,
    person: Annotated[Person | None, About("van wie", "van", words=("van",), bare=True)] = None,
    party: Annotated[
        PartyCode | None, About("van welke organisatie", "organisatie", words=("namens", "van"), bare=True)
    ] = None,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van", "bij"), bare=True)] = None,
    meeting: Annotated[
        str | None, About("voor welke vergadering", "voor", words=("voor",), also=("vergadering",), greedy=True)
    ] = None,
    as_file: Annotated[
        Format | None,
        About("als bestand: ods, csv, odt, pdf of md", "als", words=("als",), synonyms=FORMAT_WORDS),
    ] = None,
    only: Annotated[str | None, About("te laat: alleen wat over de datum is", "alleen", rest=True)] = None,
) -> Outcome:
    late = False
    if only:
        late, left = _without_late(only)
        party = party or _party(left, turn)
        if left and party is None:
            return Refused(
                f"'{ways.shown(left)}' ken ik niet bij !acties. Kies een naam, een organisatie, een overleg of "
                "te laat.",
                code="E11",
            )
    if meeting:
        behind, meeting = _without_late(meeting, as_typed=True)
        late = late or behind
    met = _meeting(turn, meeting) if meeting else None
    if isinstance(met, Ask | Refused):
        return met
    place = (turn.body(met.body) if met else None) or body or turn.room
    if place is not None and not may_see_body(turn.viewer, place, turn.structure):
        hidden = f"De acties van {place.the} zijn alleen zichtbaar voor {place.the}. {ways.ask_secretary(place.the)}"
        return Refused(
            EXTERNAL_REFUSED if turn.person.external else hidden, code="E16" if turn.person.external else "E04"
        )
    if person is None and party is None and place is None:
        person = turn.person
    whose = Whose(person.id if person else None, party)
    found = [one for one in _live(turn, whose, place, met) if not late or rules.is_late(one, turn.today)]
    if as_file is not None:
        return file_reply(actions_table(turn.store, found, turn.today), place or whose.holder or party, as_file, turn)
    where = f"{place.code} van {dates.say_short(met.day)}" if place and met else place.code if place else ""
    words = [where, person.label if person else "", party or "", "over de datum" if late else ""]
    elsewhere = turn.room is not None and place is not None and place.code != turn.room.code
    message = _list(found, [word for word in words if word], turn, with_body=place is None)
    if met is not None and not late:
        message += _finished(turn, whose, met)
    shown = rules.in_order(found, turn.today)[:MOST]
    about = tuple(action.id for action in shown)
    return Reply(
        message, about, _offers(shown, turn, read_by_all=turn.room is not None and not elsewhere), private=elsewhere
    )


def _offers(shown: Sequence[Action], turn: Turn, *, read_by_all: bool) -> tuple[Offer, ...]:
    """The words that answer the list, with the number: in a room of whatever is open, since who reads it may be its
    holder; in private of what this person may finish. No signs: ✅ under a list often only says that it was seen."""
    found: list[Offer] = []
    for action in shown:
        if action.state is not ActionState.OPEN:
            continue
        actor = actor_in(turn, action)
        if read_by_all or actor.own or actor.officer:
            found += [offer for offer in offers_for(action) if offer.word in WORDS]
    return tuple(found)


def _list(found: Sequence[Action], words: Sequence[str], turn: Turn, *, with_body: bool) -> Message:
    scope = ", ".join(words)
    if not found:
        return say(f"Geen open acties. Filter: {scope}.")
    today = turn.today
    shown = rules.in_order(found, today)
    open_ones = [action for action in shown if action.state is ActionState.OPEN]
    late = sum(rules.is_late(action, today) for action in open_ones)
    asked = len(shown) - len(open_ones)
    counts = [f"{len(open_ones)} open"]
    counts += [f"{late} over de datum"] if late and late < len(shown) else []
    counts += [f"{asked} nog niet aanvaard"] if asked else []
    lines = [action_line(turn, action, with_body=with_body) for action in shown[:MOST]]
    left = len(shown) - MOST
    rest = (Text(f"En nog {left}, met een latere datum of nog niet aanvaard."),) if left > 0 else ()
    return Message((Text(f"{scope}: {', '.join(counts)}."), listing(lines), *rest))


@dataclass(frozen=True)
class Whose:
    """Of whom: a person, a party, or anyone."""

    holder: str | None
    party: str | None


def _live(turn: Turn, whose: Whose, place: Body | None, met: Meeting | None) -> list[Action]:
    """What still asks for something; for a meeting what is due by it, or leans on it."""
    until = met.day + timedelta(days=1) if met else None
    found = list(
        turn.store.actions(
            holder=whose.holder,
            on_behalf_of=whose.party,
            body=place.code if place else None,
            states=rules.LIVE,
            due_before=until,
        )
    )
    if met is not None:
        found += turn.store.actions(holder=whose.holder, on_behalf_of=whose.party, anchor=met.id, states=rules.LIVE)
    return [action for action in {one.id: one for one in found}.values() if visible(action, turn)]


def _meeting(turn: Turn, said: str) -> Meeting | Ask | Refused:
    """The meeting that was meant: "het AO van 14 oktober", "VRG-AO-2027-07", "het volgende DO"."""
    if not clean(said).isdigit() and looks_like_id(said, (Meeting,)):
        record = find_record(said, (Meeting,), turn, "meeting")
        if isinstance(record, Meeting | Ask | Refused):
            return record
    found = leans_on(f"voor {said}", turn)
    if isinstance(found, Leaning):
        return found.meeting
    because = (
        found.because if isinstance(found, dates.Unreadable) else f"'{ways.shown(said)}' ken ik niet als vergadering."
    )
    return Refused(
        f"{because} Schrijf bijvoorbeeld: !acties voor {turn.structure.filter.the} van 14 oktober.", code="E03"
    )


def _finished(turn: Turn, whose: Whose, meeting: Meeting) -> Message:
    """What was finished since the meeting before: it is shown once more (rulings.md 3)."""
    earlier = turn.store.meetings(body=meeting.body, until=meeting.day - timedelta(days=1))
    since = earlier[-1].day if earlier else date(meeting.day.year, 1, 1)
    done = turn.store.actions(
        holder=whose.holder,
        on_behalf_of=whose.party,
        body=meeting.body,
        states=(ActionState.DONE,),
        done_since=datetime.combine(since, time(0), AMSTERDAM),
    )
    shown = [action for action in done if visible(action, turn)]
    if not shown:
        return Message(())
    heading = f"Afgerond sinds {dates.say_short(since)}:" if earlier else "Afgerond:"
    return Message((Text(heading), listing([finished_line(turn, action) for action in shown[:MOST]])))


def _without_late(text: str, *, as_typed: bool = False) -> tuple[bool, str]:
    """Whether only what is over its date is asked for, and the words without that."""
    said = " ".join(text.strip(" .,;").split())
    low = said.casefold()
    for word in _LATE:
        if low == word or low.startswith(f"{word} ") or low.endswith(f" {word}"):
            at = low.index(word)
            said = f"{said[:at]}{said[at + len(word) :]}".strip(" ,")
            return True, said if as_typed else said.casefold()
    return False, said if as_typed else low


def _party(word: str, turn: Turn) -> PartyCode | None:
    party = turn.structure.party(word) if word else None
    return PartyCode(party.code) if party else None
