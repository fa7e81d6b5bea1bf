"""Filing a signal: it lands at the filter at once, whoever raises it and by whatever way (S1, R-003, INV-01)."""

from __future__ import annotations

import re

from commands.kit.next_meeting import weighing
from commands.kit.ports import Offer
from commands.kit.reply import Mention, Strong, say
from commands.kit.signals import save, sentence
from commands.kit.similar import done_before, lookalikes, named, said_before
from commands.kit.turn import Reply, Turn
from commands.rules.balance import direction_of
from commands.words.people import Person, RoleName
from commands.words.signal import Signal, SignalKind, SignalState
from commands.words.titles import as_title

QUESTION = "Waarover? Eén zin is genoeg."


def file_signal(
    turn: Turn,
    text: str,
    party: str,
    *,
    kind: SignalKind | None = None,
    topic: str | None = None,
    region: str | None = None,
    origin: str | None = None,
    interest: str | None = None,
    sensitive: bool = False,
    safety_net: bool = False,
    source: Person | None = None,
) -> Reply:
    """Write the signal, warn who must know at once, and say where it lies and when it is weighed.

    `source` said it in a message that was taken as the signal, and hears that it was (domain.md §3.1).
    """
    title, explanation = title_of(text, turn.thresholds.title_most)
    place = turn.structure.filter
    signal = Signal(
        id=turn.new_id("SIG"),
        title=title,
        explanation=explanation,
        raised_by=(turn.person.id,),
        on_behalf_of=party,
        state=SignalState.SUBMITTED,
        lies_with=place.code,
        owner=place.code,
        filed_at=turn.now,
        changed_at=turn.now,
        passed=(turn.room.code,) if turn.room is not None and turn.room.is_group else (),
        kind=kind,
        topic=topic,
        region=region,
        origin=origin or (f"bericht van {source.label}" if source else None),
        interest=interest,
        sensitive=sensitive,
        safety_net=safety_net,
        direction=direction_of(turn.room, turn.roles, turn.structure),
    )
    save(turn, signal, "")
    if source is not None:
        _tell_source(turn, signal, source)
    warned = f" {_warn(turn, signal)}" if kind is SignalKind.ACUTE else ""
    shown = f" Titel: {title}." if explanation else ""
    when = weighing(turn)
    lies = f"Ligt bij {place.the}{', ' if when.startswith('weging') else '; '}{when}."
    like, offers = _like(turn, signal)
    return Reply(
        say((Strong(signal.id), f", namens {party}. {lies}{shown}{warned}{like}".rstrip()), _earlier(turn, signal)),
        about=(signal.id,),
        offers=offers,
        receipt=not offers,
        deed=f"{signal.id} ingediend",
    )


def _like(turn: Turn, signal: Signal) -> tuple[str, tuple[Offer, ...]]:
    """What it looks like, and the step that joins it to the nearest signal; filed it is in any case (R-021)."""
    found = lookalikes(turn, signal)
    if not found:
        return "", ()
    text = f" Lijkt op {', '.join(named(near) for near in found)}."
    signals = [near for near in found if isinstance(near, Signal)]
    if not signals:
        return text, ()
    mine, *numbers = [one.id.rsplit("-", 1)[-1].lstrip("0") for one in (signal, *signals)]
    if len(signals) == 1:
        ask = f" Zelfde? Antwoord met ja, of ✅: dan wordt het !koppel {mine} aan {numbers[0]}."
    else:
        ask = f" Zelfde? Antwoord met ja en het nummer, zoals ja {numbers[0]} (of ✅ voor {numbers[0]})."
    # The target comes first: by it one of several offers is told from the others.
    parts = [{"target": near.id, "signal": signal.id} for near in signals]
    return text + ask, (Offer("✅", "koppel", parts[0]), *(Offer("ja", "koppel", one) for one in parts))


def _earlier(turn: Turn, signal: Signal) -> str:
    """R-173, in one short line: what was done about this before."""
    return said_before(done_before(turn, signal))


def _tell_source(turn: Turn, signal: Signal, source: Person) -> None:
    """Whoever said it hears what became of their words; it is not they who raised it."""
    your = "uw" if source.address == "u" else "je"
    place = turn.structure.filter
    text = (
        f"{turn.person.label} ({turn.person.organisation}) diende {your} bericht in als ",
        Strong(signal.id),
        f", met {your} naam als bron: {sentence(signal.title)} Het ligt bij {place.the}; {weighing(turn)}. "
        f"Klopt er iets niet? Zeg het {turn.person.label}.",
    )
    turn.tell(source.id, say(text), about=(signal.id,))


def _warn(turn: Turn, signal: Signal) -> str:
    """R-070: chair and secretary of the filter hear of an acute one at once; it is weighed like any other."""
    place = turn.structure.filter
    label = ", een vangnet" if signal.safety_net else ""
    text = (
        f" ({signal.title}) is acuut{label}, namens {signal.on_behalf_of}. Het ligt bij {place.the}, {weighing(turn)}."
    )
    number = signal.id.rsplit("-", 1)[-1].lstrip("0")
    titles: list[str] = []
    for role in (RoleName.CHAIR, RoleName.SECRETARY):
        person = turn.person_with(role, place.code)
        if person is not None:
            turn.tell(
                person.id, say((Strong(signal.id), text), f"Wegen: !weeg {number}."), about=(signal.id,), receipt=False
            )
            titles.append(str(role))
    if not titles:
        return f"{place.capital} heeft nu geen voorzitter of secretaris om te waarschuwen."
    verb = "is" if len(titles) == 1 else "zijn"
    who = " en ".join(titles)
    return f"{who[0].upper()}{who[1:]} {place.code} {verb} gewaarschuwd."


def forward_to(turn: Turn, person: Person, text: str) -> Reply:
    """R-048: what the chair may not bring in goes to who may, who files it with one word."""
    you = "u" if person.address == "u" else "je"
    offers = tuple(Offer(word, "signaal", {"text": text}) for word in ("✅", "ja"))
    ask = f"{turn.person.label} vraagt {you} dit in te dienen: {sentence(text)}"
    turn.tell(person.id, say(f"{ask} Doen? Antwoord met ja, of ✅ op dit bericht."), offers=offers, receipt=False)
    return Reply(say(("Doorgestuurd aan ", Mention(person.id, person.label), "; er is nog niets ingediend.")))


def title_of(text: str, most: int) -> tuple[str, str]:
    """The title and the explanation of what was typed: too long is no error (dialogue.md 6)."""
    text = text.strip()
    if len(text) <= most and "\n" not in text:
        return as_title(text), ""
    title, _, rest = text.partition("\n")
    if len(title.strip()) <= most and rest.strip():
        # Who starts a new line has made a title.
        return as_title(title), rest.strip()
    found = re.match(r".+?[.!?](?=\s)|[^\n]+", text, re.DOTALL)
    first = (found[0] if found else text).strip()
    if len(first) > most:
        first = first[: most - 1].rsplit(" ", 1)[0] + "…"
        return first, text
    return as_title(first), text[len(first) :].strip() or text
