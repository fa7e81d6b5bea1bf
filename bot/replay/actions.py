"""The actions of a scenario, typed: given, accepted, postponed and finished (domain.md §2.8)."""

from __future__ import annotations

from datetime import date

from bot.replay import scenario as file
from bot.replay.setting import TRACKS
from bot.replay.steps import Finish, Give, Postpone
from bot.replay.typist import Typing, Typist, quoted
from commands.words.action import Action, ActionState


class Actions:
    """Plays what happens to actions."""

    def __init__(self, typist: Typist) -> None:
        self.typist = typist

    def give(self, deed: Give) -> Typing[None]:
        """The secretary of the meeting records it; who is from outside says yes to it."""
        said, typist = deed.action, self.typist
        meeting = typist.scenario.meeting(said.source)
        code = meeting.body if meeting else typist.structure.filter.code
        near = f" bij:{typist.ids[said.signal]}" if said.signal in typist.ids else ""
        track = f" spoor:{TRACKS[said.track]}" if said.track in TRACKS else ""
        who = f"wie:@{said.holder} wat:{quoted(said.text)}"
        known = self._known()
        for due in self._ways(said.due_text, said.due):
            text = f"!actie {who} uiterlijk:{quoted(due)}{near}{track} gremium:{code}"
            answers = yield from typist.say(typist.secretary(code), code, text)
            new = [one for one in self._known() if one.id not in {before.id for before in known}]
            if new and new[-1].due == said.due:
                break
            if new:
                # Read otherwise than the scenario says it: the person corrects it at once.
                yield from typist.say(typist.secretary(code), code, "!ongedaan")
        else:
            typist.expect(False, answers)
            return
        typist.ids[said.id] = new[-1].id
        if new[-1].state is ActionState.REQUESTED:
            answers = yield from typist.say(said.holder, "dm", f"!aanvaard {new[-1].id}")
            typist.expect(self._again(said).state is ActionState.OPEN, answers)

    def postpone(self, deed: Postpone) -> Typing[None]:
        said, typist = deed.postponed, self.typist
        action = self._again(deed.action)
        for due in self._ways(said.text, said.due):
            reason = f" reden:{quoted(said.because)}" if said.because else ""
            text = f"!verzet {action.id} datum:{quoted(due)}{reason}"
            answers = yield from typist.say(said.by, "dm", text)
            now = self._again(deed.action)
            if now.due == said.due:
                return
            if now.due != action.due:
                yield from typist.say(said.by, "dm", "!ongedaan")
        secretary = typist.secretary(action.body)
        answers = yield from typist.say(secretary, action.body, f"!verzet {action.id} datum:{said.due.isoformat()}")
        typist.expect(self._again(deed.action).due == said.due, answers)

    def finish(self, deed: Finish) -> Typing[None]:
        action = self._again(deed.action)
        answers = yield from self.typist.say(action.holder, "dm", f"!gereed {action.id}")
        self.typist.expect(self._again(deed.action).state is ActionState.DONE, answers)

    def _ways(self, text: str, due: date) -> tuple[str, ...]:
        """As it was said, then as a date."""
        return (text, due.isoformat()) if text else (due.isoformat(),)

    def _known(self) -> tuple[Action, ...]:
        states = (ActionState.OPEN, ActionState.REQUESTED)
        found: tuple[Action, ...] = self.typist.ask(lambda store: store.actions(states=states, limit=5000))
        return tuple(sorted(found, key=lambda one: one.id))

    def _again(self, said: file.Action) -> Action:
        found = self.typist.get(Action, said.id) if said.id in self.typist.ids else None
        if found is None:
            raise LookupError(f"{said.id} is not in the register")
        return found
