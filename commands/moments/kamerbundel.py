"""kamerbundel: what a room did not hear yet because the week was full, in one message and in order (R-181, R-217).

What the message has no place for goes to the secretary; nothing is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from commands.kit import dates
from commands.kit.actions import secretary_of
from commands.kit.discretion import may_be_told
from commands.kit.ports import Due, HeldPost, Outgoing
from commands.kit.posting import BUNDLE, bundle_after, intensity_of, owe_bundle, owe_what_waits, spoken_in
from commands.kit.reply import Line, Listing, Message, Text, flat, listing
from commands.moments.watch import Moment, Nudge, Watch
from commands.rules.posting import Urgency, bundle_goes, caps, rank
from commands.words.calendar import AMSTERDAM
from commands.words.people import Person
from commands.words.reminder import Intensity
from commands.words.structure import Body


def tells_what_waited(watch: Watch, due: Due) -> Sequence[Nudge]:
    """In the room what it may read, the most important first; the rest to who keeps its list."""
    body = watch.body(due.about)
    held = sorted(watch.store.held(due.about), key=lambda one: (rank(one.about), one.at))
    if body is None or not held:
        return ()
    keeper = _keeper(watch, body)
    goes = bundle_goes(spoken_in(watch, body.code), deadline=any(one.until for one in held))
    if not goes and keeper is None:
        owe_bundle(watch, body.code, bundle_after(watch, body.code, watch.today))
        return ()
    readable = [one for one in held if may_be_told(watch, body, _as_text(one.message), one.about)]
    most = watch.thresholds.bundle_most if keeper is not None else len(readable)
    # A deadline may be why it goes, so it has a place before what could wait.
    places = sorted(readable, key=lambda one: one.until is None)[:most] if goes else []
    shown = [one for one in readable if one in places]
    # What came in a full week and has no haste waits for the bundle of the next one.
    rest = [one for one in held if one not in shown and (goes or one.until or _is_ripe(watch, body, one))]
    if shown:
        _post(watch, due, body.code, _opening(watch, body), shown)
    if rest and keeper is not None:
        _post(watch, due, f"dm:{keeper.id}", _to_pass_on(rest, body, keeper), rest)
    for one in (*shown, *rest):
        watch.store.told(one, watch.now)
    # A plan that was made meanwhile may have moved that bundle.
    owe_what_waits(watch, (body.code,))
    return ()


def _is_ripe(watch: Watch, body: Body, held: HeldPost) -> bool:
    return bundle_after(watch, body.code, held.at.astimezone(AMSTERDAM).date()) <= watch.now


def _keeper(watch: Watch, body: Body) -> Person | None:
    """Who keeps the list of the body; not someone from outside, who may not read everything."""
    found = (secretary_of(watch, code) for code in (body.code, watch.structure.filter.code))
    return next((person for person in found if person is not None and not person.external), None)


def _post(watch: Watch, due: Due, to: str, opening: str, told: Sequence[HeldPost]) -> None:
    message = Message((Text(opening), listing([_item(one, watch) for one in told])))
    about = tuple(dict.fromkeys(id for one in told for id in one.about))
    key = f"{BUNDLE}:{due.about}:{due.occasion}:{'kamer' if to == due.about else 'secretaris'}"
    out = Outgoing(key, "notice", to, message, about=about, receipt=True, due=due.at, urgency=Urgency.FIRM)
    offers = tuple(offer for one in told for offer in one.offers) if to == due.about else ()
    watch.post(replace(out, offers=offers))


def _opening(watch: Watch, body: Body) -> str:
    """Why it comes now: the narrowest cap."""
    intensity = intensity_of(watch, body.code)
    cap = caps(watch.today, intensity, watch.thresholds.unasked_most)[-1]
    what = "één los bericht" if cap.most == 1 else f"{cap.most} losse berichten"
    term = "maand" if intensity is Intensity.MONTHLY else "week"
    return f"Dit is hier nog niet gemeld; ik stuur niet meer dan {what} per {term}. Op volgorde van belang:"


def _to_pass_on(told: Sequence[HeldPost], body: Body, keeper: Person) -> str:
    ask = "Geeft u door wat daar nodig is" if keeper.address == "u" else "Geef door wat daar nodig is"
    many = "Dit bericht paste" if len(told) == 1 else "Deze berichten pasten"
    return f"{many} niet meer in de kamer van {body.the}. {ask}:"


def _item(held: HeldPost, watch: Watch) -> list[Line]:
    day = dates.say_short(held.at.astimezone(AMSTERDAM).date()).removesuffix(f" {watch.today.year}")
    first, *more = _lines(held.message)
    lead: Line = (f"{day}: ", first) if isinstance(first, str) else (f"{day}: ", *first)
    return [lead, *more]


def _lines(message: Message) -> list[Line]:
    """Every line of a message, a list item by item."""
    found: list[Line] = []
    for block in message.blocks:
        found += [line for item in block.items for line in item] if isinstance(block, Listing) else [block.line]
    return found or [""]


def _as_text(message: Message) -> str:
    return "\n".join(flat(line) for line in _lines(message))


ROOM_BUNDLE = Moment(BUNDLE, tells_what_waited)
