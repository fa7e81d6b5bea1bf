"""!balans: how agenda, tracks and the sides that signals come from are divided (C51, R-158, R-184)."""

from __future__ import annotations

from typing import Annotated

from commands.kit import dates
from commands.kit.authorise import EXTERNAL_REFUSED
from commands.kit.balance import Counted, counted
from commands.kit.chat_rooms import as_read
from commands.kit.declare import About, Right, Where, command
from commands.kit.looking_back import looked_back
from commands.kit.reply import Message, listing, say
from commands.kit.turn import Outcome, Reply, Turn
from commands.rules import ways
from commands.rules.agenda import balance_of
from commands.rules.balance import OnTrack, side_counts, thin_tracks
from commands.rules.periods import ahead, halves, named_half, year_of
from commands.rules.visibility import may_see_body
from commands.words.people import RoleName
from commands.words.period import Period
from commands.words.signal import Direction, SignalKind, Track
from commands.words.structure import Body, BodyKind
from commands.words.verdict import Refused

SEEING = (RoleName.CHAIR, RoleName.SECRETARY, RoleName.MEMBER, RoleName.SUBSTANCE)


@command(
    "balans",
    help="Toon hoe de agenda, de sporen en de richting van de signalen van een overleg verdeeld zijn.",
    example="!balans DO 2027",
    who=tuple(Right(role, Where.TIER) for role in SEEING),
    otherwise="vraag het de voorzitter of de secretaris.",
)
def balans(
    turn: Turn,
    body: Annotated[Body | None, About("van welk overleg", "gremium", words=("van",), bare=True)] = None,
    period: Annotated[str | None, About("een jaar of een halfjaar", "periode", words=("over",), rest=True)] = None,
) -> Outcome:
    here = turn.room if turn.room is not None and turn.room.kind is BodyKind.FIXED else None
    place = body or here or turn.structure.filter
    if place.kind is not BodyKind.FIXED:
        *tiers, low = [tier.code for tier in reversed(turn.structure.tiers)]
        known = f"{', '.join(tiers)} en {low}" if tiers else low
        return Refused(f"Van {place.the} is er geen balans. Wel: {known}.", code="E11")
    if turn.person.external or not may_see_body(turn.viewer, place, turn.structure):
        text = f"De balans van {place.the} is voor {place.the}. {ways.ask_secretary(place.the)}"
        return Refused(EXTERNAL_REFUSED, code="E16") if turn.person.external else Refused(text, code="E04")
    looked = looked_back(period, turn.today) if period else year_of(turn.today.year, turn.today)
    if looked is None:
        known = f"{turn.today.year}, vorig jaar, eerste helft {turn.today.year} of vorig halfjaar"
        return Refused(f"'{ways.shown(period or '')}' ken ik niet als periode. Wel: {known}.", code="E11")
    found = None if ahead(looked, turn.today) else counted(turn, place, looked)
    if found is None or not found.meetings:
        return Refused("Nog geen gehouden vergaderingen in deze periode. Kies een andere periode.", code="C51")
    message = say(_head(place, found)) + Message((listing(_lines(turn, found)),)) + _by_half(turn, place, looked)
    seen = turn.room is not None and turn.room.code == place.code and not as_read(turn, place).with_externals
    return Reply(message, private=turn.room is not None and not seen, receipt=False)


def _head(place: Body, found: Counted) -> str:
    stretch = dates.say(dates.Period(found.period.start, found.period.end))
    return f"Balans {place.code}, {stretch}, {_n(len(found.meetings), 'vergadering', 'vergaderingen')}:"


def _lines(turn: Turn, found: Counted) -> list[str]:
    return [
        line for line in (_horizon(found), *_tracks(turn, found), _sides(found), _kinds(found), _topic(found)) if line
    ]


def _horizon(found: Counted) -> str:
    """R-026: in minutes where every item has them."""
    if not found.items:
        return "Er stond niets op de agenda's."
    balance = balance_of(found.items)
    rest = balance.items - balance.strategic
    told = f"{balance.strategic} en {rest} van {_n(balance.items, 'agendapunt', 'agendapunten')}"
    if balance.minutes is not None:
        left = balance.minutes - balance.strategic_minutes
        told += f", {balance.strategic_minutes} en {left} van {_n(balance.minutes, 'minuut', 'minuten')}"
    return f"Strategie {balance.strategy}%, actualiteit {100 - balance.strategy}% ({told})."


def _tracks(turn: Turn, found: Counted) -> list[str]:
    """Each track apart: nothing is added up over the two (R-112)."""
    hold, encourage = found.on(Track.HOLD), found.on(Track.ENCOURAGE)
    lines = [f"Aanspreken: {_on(hold)}.", f"Aanjagen: {_on(encourage)}."]
    none = found.on(Track.OPEN)
    if none.items or none.actions or none.signals:
        lines.append(f"Nog zonder spoor: {_on(none)}.")
    least = turn.thresholds.track_share
    return lines + [
        f"Let op: {track} is minder dan {least}% van de {kind} met een spoor ({part} van {total})."
        for track, kind, part, total in thin_tracks(hold, encourage, least)
    ]


def _on(track: OnTrack) -> str:
    time = f" ({_n(track.minutes, 'minuut', 'minuten')})" if track.minutes else ""
    points = _n(track.items, "agendapunt", "agendapunten")
    return f"{points}{time}, {_n(track.actions, 'actie', 'acties')}, {_n(track.signals, 'signaal', 'signalen')}"


def _sides(found: Counted) -> str:
    if not found.signals:
        return "Signalen: geen."
    sides = side_counts(found.signals)
    unknown = f"; van {sides[None]} is dat niet bekend" if sides[None] else ""
    return f"Signalen: {sides[Direction.BELOW]} van onderop, {sides[Direction.ABOVE]} van bovenaf{unknown}."


def _kinds(found: Counted) -> str:
    """R-036: what came up by itself, and what was seen coming."""
    acute = sum(one.kind is SignalKind.ACUTE for one in found.signals)
    trends = sum(one.kind is SignalKind.TREND for one in found.signals)
    if not acute and not trends:
        return ""
    return f"Daarvan {_n(acute, 'acuut knelpunt', 'acute knelpunten')} en {_n(trends, 'trend', 'trends')}."


def _topic(found: Counted) -> str:
    """R-028."""
    if not found.topics:
        return ""
    topic, n = found.topics.most_common(1)[0]
    total = len(found.items)
    return f"Grootste thema: {topic}, {n} van {_n(total, 'agendapunt', 'agendapunten')} ({round(100 * n / total)}%)."


def _by_half(turn: Turn, place: Body, period: Period) -> Message:
    """R-184, R-201: how it moves, by half year."""
    parts = halves(period)
    if len(parts) < 2:
        return Message(())
    lines: list[str] = []
    for part in parts:
        found = counted(turn, place, part)
        hold, encourage = found.on(Track.HOLD), found.on(Track.ENCOURAGE)
        sides = side_counts(found.signals)
        lines.append(
            f"{named_half(part.start)}: aanspreken {_on(hold)}; aanjagen {_on(encourage)}; "
            f"{sides[Direction.BELOW]} van onderop, {sides[Direction.ABOVE]} van bovenaf."
        )
    return say("Per halfjaar:") + Message((listing(lines),))


def _n(number: int, one: str, more: str) -> str:
    return f"1 {one}" if number == 1 else f"{number} {more}"
