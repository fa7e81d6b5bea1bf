"""!wijzig: correct what stands in a signal; the old wording stays in the history (C63)."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import replace
from typing import Annotated, Any

from commands.kit.arguments import Deadline
from commands.kit.correcting import FIELDS, correct
from commands.kit.declare import EVERYONE, About, command
from commands.kit.dialogue import run
from commands.kit.parse import split
from commands.kit.parties import Accountable, Parties, Responsible
from commands.kit.reply import say
from commands.kit.signal_life import keeps, raised, tell_weighers
from commands.kit.signals import place_of, tell_raisers
from commands.kit.turn import Ask, Outcome, Reply, Turn
from commands.rules import lifecycle, ways
from commands.rules.filing import may_raise
from commands.rules.visibility import room_may_see_signal
from commands.words.agreement import Agreement
from commands.words.attention import AttentionPoint
from commands.words.decision import Decision
from commands.words.meeting import ItemState, Meeting, MeetingState
from commands.words.people import Person, RoleName
from commands.words.signal import Horizon, Signal, SignalKind, Track
from commands.words.titles import as_title
from commands.words.verdict import Refused

QUESTION = "Wat wil je wijzigen? Bijvoorbeeld: thema grondwater."


_Signal = Annotated[
    Signal | Decision | Agreement | AttentionPoint, About("het signaal, het besluit of de afspraak", "id")
]
_Title = Annotated[str | None, About("de titel", "titel", greedy=True)]
_Topic = Annotated[str | None, About("het thema", "thema", greedy=True)]
_Kind = Annotated[SignalKind | None, About("acuut, trend, proces of overig", "soort", words=("soort",))]
_Horizon = Annotated[Horizon | None, About("strategie of actualiteit", "horizon", words=("horizon",))]
_Region = Annotated[str | None, About("de regio", "regio", greedy=True)]
_Origin = Annotated[str | None, About("waar het vandaan komt", "herkomst", greedy=True)]
_Interest = Annotated[str | None, About("wiens belang het is", "belang", greedy=True)]
_Sensitive = Annotated[bool | None, About("politiek gevoelig: ja of nee", "gevoelig", words=("gevoelig",))]
_SafetyNet = Annotated[bool | None, About("vangnet, en dus acuut: ja of nee", "vangnet", words=("vangnet",))]
_Relevant = Annotated[bool | None, About("bestuurlijk relevant", "relevant", words=("relevant",))]
_Track = Annotated[Track | None, About("aanspreken of aanjagen", "spoor", words=("spoor",))]
_Wording = Annotated[str | None, About("de tekst van een besluit of afspraak", "tekst", greedy=True)]
_Binds = Annotated[Parties | None, About("de gebonden partijen", "bindt", field_only=True, greedy=True)]
_Responsible = Annotated[Responsible | None, About("wie antwoordt", "verantwoordelijk", field_only=True)]
_Lead = Annotated[Person | None, About("wie het trekt", "trekker", field_only=True)]
_Accountable = Annotated[
    Accountable | None, About("aan wie verantwoording", "verantwoording", field_only=True, greedy=True)
]
_Due = Annotated[Deadline | None, About("de laatste dag", "uiterlijk", field_only=True, greedy=True)]
_Goal = Annotated[str | None, About("de doelstelling", "doelstelling", also=("doel",), greedy=True)]
_Source = Annotated[str | None, About("de bron van een afspraak", "bron", greedy=True)]
_Public = Annotated[str | None, About("of een besluit openbaar is", "openbaar", greedy=True)]
_Category = Annotated[str | None, About("het deel van het mandaat", "categorie", greedy=True)]
_Because = Annotated[str | None, About("de reden", "reden", greedy=True)]
_Text = Annotated[str | None, About("het veld en de nieuwe waarde", "wijziging", rest=True)]


@command(
    "wijzig",
    aliases=("wijzigen",),
    help="Wijzig een veld van een signaal, besluit of afspraak; de oude tekst blijft in de geschiedenis.",
    example="!wijzig 14 thema:grondwater",
    who=EVERYONE,
)
def wijzig(
    turn: Turn,
    signal: _Signal,
    title: _Title = None,
    topic: _Topic = None,
    kind: _Kind = None,
    horizon: _Horizon = None,
    region: _Region = None,
    origin: _Origin = None,
    interest: _Interest = None,
    sensitive: _Sensitive = None,
    safety_net: _SafetyNet = None,
    relevant: _Relevant = None,
    track: _Track = None,
    wording: _Wording = None,
    binds: _Binds = None,
    responsible: _Responsible = None,
    lead: _Lead = None,
    accountable: _Accountable = None,
    due: _Due = None,
    goal: _Goal = None,
    source: _Source = None,
    public: _Public = None,
    category: _Category = None,
    because: _Because = None,
    text: _Text = None,
) -> Outcome:
    of_a_signal: dict[str, Any] = {
        "title": as_title(" ".join(title.split())) if title else None,
        "topic": topic,
        "kind": kind,
        "horizon": horizon,
        "region": region,
        "origin": origin,
        "interest": interest,
        "sensitive": sensitive,
        "safety_net": safety_net,
        "relevant": relevant,
    }
    of_a_record: dict[str, Any] = {
        "wording": wording,
        "binds": binds,
        "responsible": responsible,
        "lead": lead,
        "accountable": accountable,
        "due": due,
        "goal": goal,
        "source": source,
        "public": public,
        "category": category,
    }
    wanted, more = _filled(of_a_signal), _filled(of_a_record)
    if not isinstance(signal, Signal):
        return _record(turn, signal, {**wanted, **more, **_filled({"track": track})}, text or "", because or "")
    if more:
        return _no_field_of_a_signal(of_a_signal, more)
    return _signal(turn, signal, wanted, track, text or "", because or "")


def _filled(parts: Mapping[str, Any]) -> dict[str, Any]:
    return {name: value for name, value in parts.items() if value is not None}


def _no_field_of_a_signal(known: Mapping[str, Any], typed: Mapping[str, Any]) -> Refused:
    fields = ", ".join(one.about.field for one in wijzig.arguments if one.name in known)
    named = next(one.about.field for one in wijzig.arguments if one.name in typed)
    return Refused(f"'{ways.shown(named)}' staat niet bij een signaal. Velden: {fields}.", code="E11")


def _signal(
    turn: Turn, signal: Signal, wanted: dict[str, Any], track: Track | None, text: str, because: str
) -> Outcome:
    """Whoever raised it or keeps it; its track is for a proposal (R-204)."""
    verdict = lifecycle.may_change(
        signal, wanted, raiser=raised(turn, signal), secretary=keeps(turn, signal), place=place_of(turn, signal)
    )
    if isinstance(verdict, Refused):
        return verdict
    if track is not None:
        who = turn.structure.filter.the
        return Refused(
            f"Het spoor wijzigt met een voorstel dat de voorzitter van {who} bekrachtigt: !spoor.", code="§2.6"
        )
    if not wanted:
        return _in_words(turn, signal, text)
    if wanted.get("safety_net"):
        # what is labelled vangnet is acute, whatever its kind was.
        wanted = {**wanted, "kind": SignalKind.ACUTE}
    elif signal.safety_net and wanted.get("kind", SignalKind.ACUTE) is not SignalKind.ACUTE:
        # What is no longer acute is no longer a vangnet either.
        wanted = {"safety_net": False, **wanted}
    for check in (_title(turn, wanted.get("title")), _kind(turn, signal, wanted.get("kind"))):
        if isinstance(check, Refused):
            return check
    changes = {name: value for name, value in wanted.items() if getattr(signal, name) != value}
    if not changes:
        return Refused(f"{signal.id}: dat stond er al zo. Niets gewijzigd.", code="E14")
    return _change(turn, signal, changes, because or text)


def _record(
    turn: Turn, record: Decision | Agreement | AttentionPoint, wanted: dict[str, Any], text: str, because: str
) -> Outcome:
    """Of what is no signal a sentence without a field is the new text."""
    word, _, value = text.strip().partition(" ")
    field = word.casefold().rstrip(":")
    known = next((one for one in wijzig.arguments if one.name in FIELDS[type(record)] and field in one.names), None)
    if not wanted and known is not None:
        if not value.strip():
            return Ask(known.name, f"Wat wordt {field}?", parts={"text": ""})
        parts: Mapping[str, str] = split(wijzig, f"{field}:{value}", turn, {"signal": record.id}).parts
        return run(wijzig, parts, turn)
    if not wanted and not text.strip():
        return Ask("wording", f"Wat wordt de tekst van {record.id}?")
    return correct(turn, record, wanted or {"wording": text.strip().strip("\"'")}, because)


def _in_words(turn: Turn, signal: Signal, text: str) -> Outcome:
    """ "thema grondwater" typed as words: the first one is the field. Asks for what is missing."""
    word, _, value = text.strip().partition(" ")
    field = word.casefold().rstrip(":")
    argument = next(
        (one for one in wijzig.arguments if field in one.names and one.name not in ("signal", "text")), None
    )
    if argument is None:
        return Ask("text", QUESTION, parts={"text": ""})
    if not value.strip() and not re.search(r":\S", word):
        return Ask(argument.name, f"Wat wordt {field}?", parts={"text": ""})
    typed = text if ":" in word else f"{field}:{value}"
    parts: Mapping[str, str] = split(wijzig, typed, turn, {"signal": signal.id}).parts
    return run(wijzig, parts, turn)


def _title(turn: Turn, title: str | None) -> Refused | None:
    if title is None:
        return None
    verdict = lifecycle.title_fits(title, turn.thresholds.title_least, turn.thresholds.title_most)
    return verdict if isinstance(verdict, Refused) else None


def _kind(turn: Turn, signal: Signal, kind: SignalKind | None) -> Refused | None:
    """R-048: a process point of the chair of the filter does not become a point of content by a correction."""
    if kind is None:
        return None
    place = turn.structure.filter
    chairs = {role.person for role in turn.store.roles(body=place.code, role=RoleName.CHAIR, on=turn.today)}
    own = bool(chairs & set(signal.raised_by))
    verdict = may_raise(signal.on_behalf_of, kind, chairs=own, place=place)
    return verdict if isinstance(verdict, Refused) else None


def _change(turn: Turn, signal: Signal, changes: Mapping[str, Any], because: str) -> Outcome:
    """Write it, keep the agendas that are not fixed in step, and tell who must know."""
    after = replace(signal, **changes)
    fields = {argument.name: argument.about.field for argument in wijzig.arguments}
    what = "; ".join(
        f"{fields[name]} {_word(getattr(signal, name))} → {_word(value)}" for name, value in changes.items()
    )
    turn.put(after, f"gewijzigd: {what}" + (f"; {because}" if because else ""))
    if "title" in changes:
        _retitle(turn, signal, after)
    tell_raisers(turn, after, f"gewijzigd door {turn.person.label}: {what}.")
    labelled = changes.get("safety_net")
    if (labelled or changes.get("kind") is SignalKind.ACUTE) and after.lies_with == turn.structure.filter.code:
        tell_weighers(turn, after, f"is nu acuut{', een vangnet' if labelled else ''}.")
    place = place_of(turn, after)
    read = ""
    if changes.get("sensitive") and place.with_externals:
        read = f" In {place.code} lezen externen mee: zij zien het vanaf nu niet meer. Wat er al stond, blijft staan."
    hidden = turn.room is not None and not room_may_see_signal(turn.room, after)
    line = f"{signal.id}: {what}.{read}"
    return Reply(say(line), about=(signal.id,), deed=f"{signal.id} gewijzigd", private=hidden)


def _retitle(turn: Turn, before: Signal, after: Signal) -> None:
    """The item on an agenda that is not fixed yet follows, when it bore the title of the signal."""
    for item in turn.store.items(signal=before.id):
        meeting = turn.store.get(Meeting, item.meeting)
        ahead = meeting is not None and meeting.state in (MeetingState.CONCEPT, MeetingState.PLANNED)
        if ahead and item.title == before.title and item.state in (ItemState.PROPOSED, ItemState.SCHEDULED):
            turn.put(replace(item, title=after.title), f"titel volgt {after.id}")


def _word(value: Any) -> str:
    """A value as people read it."""
    if isinstance(value, bool):
        return "ja" if value else "nee"
    return "(leeg)" if value in (None, "") else str(value)
