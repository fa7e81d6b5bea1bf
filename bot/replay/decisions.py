"""What a scenario decides and agrees, typed: recorded, measured, fixed, lifted, lapsed (domain.md §2.8)."""

from __future__ import annotations

from bot.replay import scenario as file
from bot.replay.steps import Decide, Fix, Lapse, Lift, Measure
from bot.replay.typist import Answer, Typing, Typist, quoted
from commands.words.agreement import Agreement, AgreementState
from commands.words.decision import Decision, DecisionState
from commands.words.signal import Signal

AGREED, RESERVED = "akkoord", "akkoord met voorbehoud"
#: How a scenario says that a decision was carried out.
CARRIED_OUT = "uitgevoerd"


class Decisions:
    """Plays what happens to decisions and agreements."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist

    def decide(self, deed: Decide) -> Typing[None]:
        said, typist = deed.decision, self.typist
        meeting = typist.scenario.meeting(said.meeting)
        if meeting is None:
            return
        code = meeting.body
        by = typist.chair(code) if code == typist.structure.filter.code else typist.secretary(code)
        near = self._signal_here(said, code)
        mandate = " mandaat:ja" if code == typist.structure.filter.code else ""
        before = self._known()
        if said.kind == "afspraak":
            text = f"!afspraak {near}{self._terms(said, code)}{mandate} tekst:{quoted(said.text)}"
        else:
            text = f"!besluit {near}{mandate} tekst:{quoted(said.text)}"
        answers = yield from typist.say(by, code, text, yes="mandaat")
        new = sorted(self._known() - before)
        typist.expect(bool(new), answers)
        if not new:
            return
        typist.ids[said.id] = new[-1]
        yield from self._positions(said, code)
        if not said.needs_measure:
            yield from self.measure(Measure(said))
        if said.state == CARRIED_OUT and not said.fixed_on:
            # Carried out before the list was fixed: the chair fixes this one by itself.
            yield from self.fix(Fix(said))

    def measure(self, deed: Measure) -> Typing[None]:
        said, typist = deed.decision, self.typist
        code = self._code(said)
        found = said.monitoring
        if found is None:
            what = "niet nodig: staat op zichzelf"
        else:
            when = ", ".join(day.isoformat() for day in found.moments)
            what = f"maat:{quoted(found.what)} meetmoment:{quoted(when)} wie:{quoted(found.who or '')}"
        text = f"!monitoring {typist.ids.get(said.id, said.id)} {what}"
        answers = yield from typist.say(typist.secretary(code), code, text)
        record = self._record(said)
        typist.expect(record is not None and (record.measure is not None or not record.needs_measure), answers)

    def fix(self, deed: Fix) -> Typing[None]:
        said, typist = deed.decision, self.typist
        code = self._code(said)
        verb = "afspraak" if said.kind == "afspraak" else "besluit"
        text = f"!{verb} vaststellen {typist.ids.get(said.id, said.id)}"
        answers = yield from typist.say(typist.chair(code), code, text, yes="?")
        record = self._record(said)
        fixed = record is not None and record.state not in (DecisionState.CONCEPT, AgreementState.CONCEPT)
        typist.expect(fixed, answers)
        if said.state == CARRIED_OUT:
            yield from self._carried_out(said, code)

    def lift(self, deed: Lift) -> Typing[None]:
        said, typist = deed.decision, self.typist
        if said.reservation is None:
            return
        code = self._code(said)
        text = f"!voorbehoud {typist.ids.get(said.id, said.id)} {self._party(said.reservation.party)} opgeheven"
        answers = yield from typist.say(typist.secretary(code), code, text)
        record = self._record(said)
        typist.expect(record is not None and any(one.lifted_on for one in record.stands), answers)

    def lapse(self, deed: Lapse) -> Typing[None]:
        said, typist = deed.decision, self.typist
        code = self._code(said)
        text = f"!voortgang {typist.ids.get(said.id, said.id)} vervallen reden:{quoted('komt te vervallen')}"
        answers = yield from typist.say(typist.chair(code), code, text, yes="?")
        record = self._record(said)
        typist.expect(record is not None and record.state in (DecisionState.LAPSED, AgreementState.LAPSED), answers)

    # --- what several need -------------------------------------------------------------------------------------------
    def _carried_out(self, said: file.Decision, code: str) -> Typing[None]:
        typist = self.typist
        text = f"!voortgang {typist.ids[said.id]} uitgevoerd reden:{quoted(said.text)}"
        answers = yield from typist.say(typist.secretary(code), code, text, yes="?")
        record = self._record(said)
        typist.expect(record is not None and record.state is DecisionState.DONE, answers)

    def _positions(self, said: file.Decision, code: str) -> Typing[None]:
        typist = self.typist
        id = typist.ids[said.id]
        answers: list[Answer] = []
        for party, position in said.stands.items():
            if position == AGREED and said.kind == "afspraak":
                continue
            because = said.reservation.text if said.reservation and said.reservation.party == party else ""
            reason = f" waarom:{quoted(because)}" if because else ""
            word = {AGREED: "akkoord", RESERVED: "voorbehoud"}.get(position, "tegen")
            text = f"!standpunt {id} {self._party(party)} {word}{reason}"
            answers += yield from typist.say(typist.secretary(code), code, text)
        record = self._record(said)
        noted = {one.party for one in record.stands} if record is not None else set()
        wanted = {self._party(party) for party, position in said.stands.items() if position != AGREED}
        typist.expect(wanted <= noted, answers)

    def _terms(self, said: file.Decision, code: str) -> str:
        """Who is bound, who answers for it and to whom (rulings.md "Replay")."""
        typist = self.typist
        binds = ",".join(self._party(party) for party, position in said.stands.items() if position == AGREED)
        who = (said.monitoring.who if said.monitoring else None) or typist.secretary(code)
        people = f"verantwoordelijk:@{who} trekker:@{who} verantwoording:{code}"
        return f" bindt:{quoted(binds)} {people} termijn:doorlopend"

    def _signal_here(self, said: file.Decision, code: str) -> str:
        """The signal it is about, as long as it lies with the body that decides."""
        signal = self.typist.get(Signal, said.signal) if said.signal in self.typist.ids else None
        return f"{signal.id}" if signal is not None and signal.lies_with == code else ""

    def _party(self, id: str) -> str:
        party = self.typist.structure.party(id)
        return party.code if party else id

    def _code(self, said: file.Decision) -> str:
        meeting = self.typist.scenario.meeting(said.meeting)
        return meeting.body if meeting else self.typist.structure.filter.code

    def _known(self) -> set[str]:
        found = self.typist.ask(lambda store: (*store.decisions(limit=5000), *store.agreements(limit=5000)))
        return {one.id for one in found}

    def _record(self, said: file.Decision) -> Decision | Agreement | None:
        id = self.typist.ids.get(said.id)
        return self.typist.get(Decision, id) or self.typist.get(Agreement, id)
