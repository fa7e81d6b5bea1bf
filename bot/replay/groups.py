"""The groups of a scenario, typed: what they report, their evaluation, what is decided about them (domain.md §2.10)."""

from __future__ import annotations

from bot.replay.steps import Conclude, Report, Review
from bot.replay.typist import Answer, Typing, Typist, quoted
from commands.words.proposal import Proposal
from commands.words.workgroup import GroupState, Workgroup

#: States in which a group is no more.
OVER = (GroupState.ENDED, GroupState.ABSORBED)


class Groups:
    """Plays what happens to groups."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist

    def report(self, deed: Report) -> Typing[None]:
        """Who leads the group tells the body above it how it stands."""
        code, typist = deed.group.id.upper(), self.typist
        answers = yield from typist.say(typist.chair(code), code, "!terugkoppeling Stand van zaken")
        group = typist.get(Workgroup, code)
        typist.expect(group is not None and group.last_feedback == typist.now.date(), answers)

    def review(self, deed: Review) -> Typing[None]:
        """The secretary records that the evaluation was held."""
        code, typist = deed.group.id.upper(), self.typist
        filter_ = typist.structure.filter.code
        found = 'proces:"besproken" inhoud:"besproken" relatie:"besproken" advies:voortzetten'
        text = f'!evaluatie gehouden {code} {found} reden:"geen bijsturing nodig"'
        answers = yield from typist.say(typist.secretary(filter_), filter_, text, yes="?")
        group = typist.get(Workgroup, code)
        typist.expect(group is not None and group.evaluated_on is not None, answers)

    def conclude(self, deed: Conclude) -> Typing[None]:
        """What was decided: proposed by who leads the group, confirmed by the chairs that have to."""
        code, typist, decision = deed.group.id.upper(), self.typist, deed.decision
        before = typist.get(Workgroup, code)
        because = quoted(decision.because)
        until = decision.end.isoformat() if decision.end else ""
        match decision.kind:
            case "verlengen":
                texts = [f"!verleng {code} tot:{until} reden:{because}"]
            case "omvormen":
                task = quoted(decision.because or deed.group.task)
                texts = [f"!werkgroep omvormen {code} tot:{until} opdracht:{task} reden:{because}"]
            case "afronden":
                place = typist.structure.filter.code
                end = f"advies:{because} beleid:nee zeker:ja"
                programme = deed.group.kind == "programma"
                last = f"!programma beeindig {code}" if programme else f"!ophef {code}"
                texts = [f"!werkgroep afronden {code} {end}", f"{last} open-naar:{place} {end}"]
            case other:
                typist.fault(f"{other} is no decision about a group")
                return
        answers: list[Answer] = []
        for text in texts:
            answers += yield from typist.say(typist.chair(code), code, text, yes="?")
            answers += yield from self._confirmed(code)
        after = typist.get(Workgroup, code)
        done = after is not None and (after.end == decision.end if decision.end else after.state in OVER)
        typist.expect(done and after != before, answers)

    def _confirmed(self, code: str) -> Typing[list[Answer]]:
        """Each chair in turn says yes, as long as something waits."""
        answers: list[Answer] = []
        for _ in self.typist.structure.tiers:
            found: tuple[Proposal, ...] = self.typist.ask(lambda store: store.proposals(about=code))
            if not found:
                break
            place = found[0].confirms
            text = f"!akkoord {found[0].id}"
            answers += yield from self.typist.say(self.typist.chair(place), place, text, yes="?")
        return answers
