"""The way of a signal, typed: raised, on the agenda, weighed, up, down, settled, and told (domain.md §2.5)."""

from __future__ import annotations

from datetime import date, timedelta

from bot.replay import scenario as file
from bot.replay.setting import TRACKS
from bot.replay.steps import Propose, Raise, Walk
from bot.replay.typist import Answer, Typing, Typist, quoted
from commands.words.action import ActionState
from commands.words.meeting import AgendaItem, ItemState, Meeting
from commands.words.proposal import Proposal
from commands.words.signal import Signal, SignalState
from commands.words.structure import Body
from commands.words.workgroup import Workgroup

ON_AGENDA = (ItemState.PROPOSED, ItemState.SCHEDULED)
#: What a signal is put on an agenda for: after these a decision was taken about it.
DECIDING = ("geescaleerd", "gedelegeerd", "gedeescaleerd", "afgehandeld", "belegd_werkgroep", "belegd_programma")
#: A tier that gives no date to be back meets again by then.
HALF_A_YEAR = timedelta(days=182)


class Signals:
    """Plays what happens to signals."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist
        self.filter = typist.structure.filter.code

    def raise_(self, deed: Raise) -> Typing[None]:
        signal, typist = deed.signal, self.typist
        room = typist.room(signal.raised_by, self.filter)
        topic = f" thema:{quoted(signal.topic)}" if signal.topic else ""
        answers = yield from typist.say(signal.raised_by, room, f"!signaal {_sentence(signal)}{topic}")
        known: tuple[Signal, ...] = typist.ask(lambda store: store.signals(filed_since=typist.now))
        new = [one for one in known if one.id not in typist.ids.values()]
        typist.expect(bool(new), answers)
        if new:
            typist.ids[signal.id] = new[-1].id

    def propose(self, deed: Propose) -> Typing[None]:
        """An item for a meeting, when the signal lies with the body that meets."""
        signal, meeting = self._signal(deed.signal), self._meeting(deed.meeting)
        if signal is None or meeting is None or signal.lies_with != meeting.body:
            return
        item = self._item(signal, meeting)
        if item is not None and item.state is ItemState.PROPOSED:
            # What came up from below stands there as a proposal.
            text = f"!agendeer {item.id}"
            yield from self.typist.say(self.typist.secretary(meeting.body), meeting.body, text)
        if item is not None:
            return
        nature = "besluitvorming" if deed.last.act in DECIDING else "bespreking"
        yield from self._agenda(signal, deed.signal, meeting, nature, deed.last.because)

    def walk(self, deed: Walk) -> Typing[None]:
        signal, step = self._signal(deed.signal), deed.step
        if signal is None:
            return
        match step.act:
            case "geagendeerd":
                yield from self._scheduled(signal, deed.signal, step)
            case "belegd_werkgroep" | "belegd_programma":
                yield from self._assigned(signal, deed.signal, step)
            case "geclusterd":
                yield from self._merged(signal, step)
            case "geescaleerd":
                yield from self._up(signal, deed.signal, step)
            case "gedelegeerd":
                yield from self._down(signal, deed.signal, step)
            case "gedeescaleerd":
                yield from self._back(signal, step)
            case "afgehandeld":
                yield from self._settled(signal, deed.signal, step)
            case "teruggekoppeld":
                yield from self._told(signal, step)
            case "aangehouden" if signal.state is SignalState.SUBMITTED:
                yield from self._held(signal, step)
            case "aangehouden" | "besproken":
                yield from self._talked(signal, step, "aangehouden" if step.act == "aangehouden" else "geen besluit")
            case other:
                self.typist.fault(f"{other} is no step of a signal")

    # --- on the way --------------------------------------------------------------------------------------------------
    def _scheduled(self, signal: Signal, said: file.Signal, step: file.Step) -> Typing[None]:
        """On the agenda of the body it goes to. Elsewhere it is only mentioned there, as text."""
        typist = self.typist
        place = step.to or self.filter
        if self._group(signal.lies_with) and step.start:
            signal = yield from self._home(signal, step.because)
        meeting = self._today(place, step) or typist.next_meeting(place)
        if signal.lies_with != place:
            if meeting is not None:
                yield from self._mentioned(signal, said, meeting, step)
            return
        if place == self.filter and signal.state in (SignalState.SUBMITTED, SignalState.HELD):
            fields = f"{_horizon(said)}{_track(said)} relevant:ja reden:{quoted(step.because)}"
            answers = yield from typist.say(step.by, place, f"!weeg {signal.id} agenderen {fields}")
        elif meeting is not None and not self._item(signal, meeting):
            answers = yield from self._agenda(signal, said, meeting, "bespreking", step.because)
        else:
            return
        now = self._again(signal)
        typist.expect(now.state in (SignalState.SCHEDULED, SignalState.HANDLING), answers)

    def _assigned(self, signal: Signal, said: file.Signal, step: file.Step) -> Typing[None]:
        yield from self._to_group(signal, said, step.to or "", step.by, step.because)

    def _to_group(self, signal: Signal, said: file.Signal, code: str, by: str, because: str) -> Typing[None]:
        typist = self.typist
        signal = yield from self._home(signal, because)
        group = typist.get(Workgroup, code)
        due = self._due(signal, self.filter, group.end if group else None)
        kind = "programma" if code.upper().startswith("PRG") else "werkgroep"
        fields = f"{kind}:{code} {_horizon(said)}{_track(said)} uiterlijk:{due} reden:{quoted(because)}"
        answers = yield from typist.say(by, self.filter, f"!weeg {signal.id} {kind} {fields}")
        typist.expect(self._again(signal).lies_with == code.upper(), answers)

    def _merged(self, signal: Signal, step: file.Step) -> Typing[None]:
        target = self.typist.ids.get(step.to or "", step.to or "")
        answers = yield from self.typist.say(step.by, self.filter, f"!koppel {signal.id} aan {target}", yes="?")
        self.typist.expect(self._again(signal).state is SignalState.MERGED, answers)

    def _up(self, signal: Signal, said: file.Signal, step: file.Step) -> Typing[None]:
        """Tier by tier to where it goes, each time proposed by one and confirmed by another."""
        typist = self.typist
        signal = yield from self._home(signal, step.because)
        if signal.state in (SignalState.SUBMITTED, SignalState.HELD):
            fields = f"{_horizon(said)}{_track(said)} relevant:ja reden:{quoted(step.because)}"
            yield from typist.say(typist.chair(self.filter), self.filter, f"!weeg {signal.id} escaleren {fields}")
        target = self._body(step.to)
        while target is not None and (here := self._body(self._again(signal).lies_with)) is not None:
            above = typist.structure.above(here)
            if here.code == target.code or above is None or (here.level or 0) >= (target.level or 0):
                break
            between = " tussentijds:ja" if step.urgent else ""
            brief = f"hoofdlijn:{quoted(said.title)} vraag:{quoted(step.because)} waarom:{quoted(step.because)}"
            proposer = self._second(here.code, typist.chair(here.code))
            text = f"!escaleer {signal.id} naar:{above.code} {brief}{between}"
            answers = yield from typist.say(proposer, here.code, text)
            answers += yield from self._confirmed(signal.id, here.code)
            if self._again(signal).lies_with == here.code:
                typist.expect(False, answers)
                return

    def _confirmed(self, about: str, code: str) -> Typing[list[Answer]]:
        """The chair says yes to what was proposed about it."""
        found: tuple[Proposal, ...] = self.typist.ask(lambda store: store.proposals(about=about))
        if not found:
            return []
        return (yield from self.typist.say(self.typist.chair(code), code, f"!akkoord {found[0].id}", yes="?"))

    def _down(self, signal: Signal, said: file.Signal, step: file.Step) -> Typing[None]:
        """Hop by hop to where it goes; a group gets it from the filter."""
        typist = self.typist
        by: str | None = step.by
        goal = (step.to or "").upper()
        while (here := self._body(self._again(signal).lies_with)) is not None and here.code != goal:
            below = typist.structure.below(here)
            if below is None:
                yield from self._to_group(self._again(signal), said, goal, by or "", step.because)
                return
            due = self._due(self._again(signal), here.code, None)
            text = f"!delegeer {signal.id} naar:{below.code} opdracht:{quoted(step.because)} uiterlijk:{due}"
            answers = yield from typist.say(by, here.code, text)
            if self._again(signal).lies_with != below.code:
                typist.expect(False, answers)
                return
            by = typist.chair(below.code)

    def _back(self, signal: Signal, step: file.Step) -> Typing[None]:
        text = f"!deescaleer {signal.id} reden:{quoted(step.because)}"
        answers = yield from self.typist.say(step.by, signal.lies_with, text)
        self.typist.expect(self._again(signal).lies_with == step.to, answers)

    def _settled(self, signal: Signal, said: file.Signal, step: file.Step) -> Typing[None]:
        """Above the filter a decision comes first; one of the scenario about this signal has been taken already."""
        typist = self.typist
        signal = yield from self._home(signal, step.because)
        place = signal.lies_with
        if signal.state in (SignalState.SUBMITTED, SignalState.HELD):
            fields = f"{_horizon(said)}{_track(said)} reden:{quoted(step.because)}"
            yield from typist.say(step.by, place, f"!weeg {signal.id} afhandelen {fields}")
        elif place != self.filter and signal.state is not SignalState.DECIDED:
            yield from self._decided(signal, place, step.because)
        actions = typist.ask(
            lambda store: store.actions(signal=signal.id, states=(ActionState.OPEN, ActionState.REQUESTED))
        )
        despite = ' reden:"de actie loopt door"' if actions else ""
        text = f"!afhandel {signal.id} uitkomst:{quoted(step.because)} beleid:nee{despite}"
        answers = yield from typist.say(step.by, place, text, yes="?")
        typist.expect(self._again(signal).state is SignalState.SETTLED, answers)

    def _decided(self, signal: Signal, place: str, text: str) -> Typing[None]:
        """A decision that only settles this signal: nothing of it has to be measured."""
        typist = self.typist
        before = {one.id for one in typist.ask(lambda store: store.decisions(body=place, limit=5000))}
        secretary = typist.secretary(place)
        yield from typist.say(secretary, place, f"!besluit {signal.id} tekst:{quoted(text)}")
        now = {one.id for one in typist.ask(lambda store: store.decisions(body=place, limit=5000))}
        for id in sorted(now - before):
            yield from typist.say(secretary, place, f"!monitoring {id} niet nodig: het signaal is hiermee afgehandeld")

    def _told(self, signal: Signal, step: file.Step) -> Typing[None]:
        text = f"!terugkoppeling {signal.id} {quoted(step.because)}"
        answers = yield from self.typist.say(step.by, self.filter, text, yes="tussenbericht")
        self.typist.expect(any("Verstuurd" in one.text for one in answers), answers)

    def _held(self, signal: Signal, step: file.Step) -> Typing[None]:
        due = self._due(signal, self.filter, None)
        text = f"!weeg {signal.id} aanhouden vraag:{quoted(step.because)} uiterlijk:{due}"
        answers = yield from self.typist.say(step.by, self.filter, text)
        self.typist.expect(self._again(signal).state is SignalState.HELD, answers)

    def _talked(self, signal: Signal, step: file.Step, outcome: str) -> Typing[None]:
        """What was said of an item in a meeting; outside a meeting it is added to the signal."""
        typist = self.typist
        meeting = self._today(signal.lies_with, step)
        item = self._item(signal, meeting) if meeting else None
        if item is None:
            yield from typist.say(typist.secretary(signal.lies_with), "dm", f"!vulaan {signal.id} {step.because}")
            return
        text = f"!uitkomst {item.id} {outcome} toelichting:{quoted(step.because)}"
        answers = yield from typist.say(typist.secretary(signal.lies_with), signal.lies_with, text)
        typist.expect(typist.get(AgendaItem, item.id) != item, answers)

    # --- what several steps need -------------------------------------------------------------------------------------
    def _home(self, signal: Signal, result: str) -> Typing[Signal]:
        """From a group back to the filter, with its result, by who leads the group."""
        typist = self.typist
        if not self._group(signal.lies_with):
            return signal
        text = f"!gereed {signal.id} {quoted(result)}"
        answers = yield from typist.say(typist.chair(signal.lies_with), signal.lies_with, text)
        now = self._again(signal)
        typist.expect(now.lies_with != signal.lies_with, answers)
        return now

    def _agenda(
        self, signal: Signal, said: file.Signal, meeting: Meeting, nature: str, ask: str
    ) -> Typing[list[Answer]]:
        fields = f"aard:{nature} {_horizon(said)} vraag:{quoted(ask)} vergadering:{meeting.id}"
        text = f"!agendeer {signal.id} {fields}"
        answers = yield from self.typist.say(self.typist.secretary(meeting.body), meeting.body, text, yes="?")
        self.typist.expect(self._item(signal, meeting) is not None, answers)
        return answers

    def _mentioned(self, signal: Signal, said: file.Signal, meeting: Meeting, step: file.Step) -> Typing[None]:
        fields = f"aard:informatie {_horizon(said)} vergadering:{meeting.id}"
        text = f"!agendeer {fields} tekst:{quoted(f'{said.title}: {step.because}')}"
        yield from self.typist.say(self.typist.secretary(meeting.body), meeting.body, text)

    def _due(self, signal: Signal, giver: str, end: date | None) -> str:
        """The next meeting of who gives it; not later than the date above it, nor than the end of a group."""
        meeting = self.typist.next_meeting(giver)
        today = self.typist.now.date()
        days = [meeting.day if meeting else today + HALF_A_YEAR]
        days += [hop.due for hop in signal.hops if hop.due is not None and hop.due > today]
        return min([*days, *([end] if end and end > today else [])]).isoformat()

    def _second(self, code: str, chair: str | None) -> str | None:
        """Someone of the body who may propose and is not its chair."""
        secretary = self.typist.secretary(code)
        return (
            secretary
            if secretary != chair
            else next(
                (
                    role.person
                    for role in self.typist.ask(lambda s: s.roles(body=code, on=self.typist.now.date()))
                    if role.person != chair
                ),
                None,
            )
        )

    def _signal(self, said: file.Signal) -> Signal | None:
        found = self.typist.get(Signal, said.id) if said.id in self.typist.ids else None
        if found is None:
            self.typist.fault(f"{said.id} is not in the register")
        return found

    def _again(self, signal: Signal) -> Signal:
        return self.typist.get(Signal, signal.id) or signal

    def _meeting(self, said: file.Meeting) -> Meeting | None:
        return self.typist.get(Meeting, said.id) if said.id in self.typist.ids else None

    def _today(self, code: str, step: file.Step) -> Meeting | None:
        found = self.typist.get(Meeting, step.meeting) if step.meeting in self.typist.ids else None
        return found if found and found.body == code else self.typist.meeting_on(code, self.typist.now.date())

    def _item(self, signal: Signal, meeting: Meeting) -> AgendaItem | None:
        items: tuple[AgendaItem, ...] = self.typist.ask(lambda store: store.items(signal=signal.id))
        return next((one for one in items if one.meeting == meeting.id and one.state in ON_AGENDA), None)

    def _group(self, code: str) -> bool:
        return self.typist.structure.body(code) is None

    def _body(self, code: str | None) -> Body | None:
        return self.typist.structure.body(code) if code else None


def _sentence(said: file.Signal) -> str:
    """The title, and the explanation on the lines below it."""
    title = " ".join(said.title.split())
    return f"{title}\n{' '.join(said.text.split())}" if said.text else title


def _horizon(said: file.Signal) -> str:
    return f"horizon:{said.horizon}" if said.horizon in ("strategie", "actualiteit") else "horizon:actualiteit"


def _track(said: file.Signal) -> str:
    track = TRACKS.get(said.track)
    return f" spoor:{track}" if track else ""
