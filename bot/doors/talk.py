"""The interactive console: what a line typed means, and what is shown for it. Knows no terminal."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Sequence
from datetime import date, datetime, time, timedelta
from difflib import get_close_matches

from sqlmodel import Session

from bot.testing import Said, Simulation
from commands.kit import dates
from commands.words.calendar import AMSTERDAM, WorkCalendar
from commands.words.people import Person, Role, RoleName
from storage.export import everyone
from storage.store import SqlStore

#: The first working day of the example year that has everything: three days before the first AO.
EXAMPLE_START = datetime(2027, 1, 11, 9, 0, tzinfo=AMSTERDAM)
#: A day without a time begins here.
MORNING = time(9, 0)
KINDS = {
    "reply": "antwoord",
    "notice": "bericht",
    "reminder": "herinnering",
    "nudge": "seintje",
    "digest": "digest",
}
HELP = """\
Wat je typt, zegt de persoon die je nu bent in de ruimte waar je nu bent. Daarnaast:
/als vng.ao.2           wees iemand anders
/in AO, /in dm          ga naar de ruimte van een overleg of groep, of naar de privéchat met de bot
/tijd +2w               laat de tijd lopen: +2w, +3d, +2u, +30m, 2027-05-14 09:00 of volgende dinsdag
/antwoord b3 tekst      antwoord op een bericht van de bot
/reactie ✅ b3          reageer op een bericht van de bot
/intrekken              haal je laatste bericht of reactie weg (of noem het id)
/wie, /wie AO           wie er zijn, met hun rollen
/help                   dit
/stop                   stoppen"""
_STEP = re.compile(r"\+\s*(\d{1,5})\s*(w|weken|week|d|dagen|dag|u|uur|uren|m|min|minuten)", re.IGNORECASE)
_UNITS = {"w": timedelta(weeks=1), "d": timedelta(days=1), "u": timedelta(hours=1), "m": timedelta(minutes=1)}
_CLOCK = re.compile(r"(\d{4}-\d{2}-\d{2})(?:[ T](\d{1,2}):(\d{2}))?")


class Stop(Exception):
    """The person is done."""


class Wrong(Exception):
    """What was typed cannot be done; the message says why, in Dutch."""


class Talk:
    """One conversation: who is talking, where, and what the clock shows. `say` takes a line and yields what to show."""

    def __init__(self, simulation: Simulation, start: datetime) -> None:
        self.simulation = simulation
        self.start = start
        self.room = simulation.structure.filter.code
        self.person = ""
        self._commands: dict[str, Callable[[str], Iterator[str]]] = {
            "/als": self._become,
            "/in": self._go,
            "/tijd": self._let_pass,
            "/antwoord": self._answer,
            "/reactie": self._react,
            "/intrekken": self._withdraw,
            "/wie": self._who,
            "/help": lambda _rest: iter([HELP]),
            "/stop": self._stop,
        }

    @property
    def now(self) -> datetime:
        """What the clock shows, in Amsterdam."""
        return self.simulation.now or self.start

    @property
    def prompt(self) -> str:
        """Clock, person and room, before what is typed."""
        return f"{dates.say_short(self.now.date())} {self.now:%H:%M} · {self.person or 'niemand'} · {self.room} › "

    @property
    def slash_words(self) -> tuple[str, ...]:
        """The words of the terminal itself."""
        return tuple(self._commands)

    def people(self) -> tuple[str, ...]:
        """Ids of everybody, for completion."""
        return tuple(person.id for person in self.simulation.database.work(everyone))

    def rooms(self) -> tuple[str, ...]:
        """Codes of all rooms, for completion."""
        groups = self.simulation.database.work(lambda session: SqlStore(session).groups())
        return (*(body.code for body in self.simulation.structure.bodies), *(group.code for group in groups), "dm")

    def begin(self) -> Iterator[str]:
        """What was not said before the last stop, and who you are."""
        yield from self._shown(self.simulation.pass_time(self.now))
        self.person = self._first_person()
        yield (
            f"De klok staat op {dates.say_instant(self.now)}. "
            + (f"Je bent {self.person}, in {self.room}. " if self.person else "Het register kent nog niemand. ")
            + "Typ !help voor wat de bot kan, en /help voor deze terminal."
        )

    def say(self, line: str) -> Iterator[str]:
        """Carry out one line. Raises Stop when the person is done; anything wrong is shown and changes nothing."""
        line = line.strip()
        if not line:
            return
        try:
            line.encode("utf-8")
        except UnicodeEncodeError:
            yield "Dat is geen leesbare tekst (UTF-8)."
            return
        try:
            if line.startswith("/"):
                yield from self._slash(line)
            else:
                yield from self._hear(line)
        except Wrong as fault:
            yield str(fault)

    # --- the words of the terminal -----------------------------------------------------------------------------------
    def _slash(self, line: str) -> Iterator[str]:
        word, _, rest = line.partition(" ")
        command = self._commands.get(word.casefold())
        if command is None:
            near = get_close_matches(word.casefold(), self._commands, n=1)
            raise Wrong(f"{word} ken ik niet.{f' Bedoel je {near[0]}?' if near else ''} Typ /help.")
        return command(rest.strip())

    def _become(self, word: str) -> Iterator[str]:
        if not word:
            raise Wrong("Wie wil je zijn? Bijvoorbeeld /als vng.ao.2; /wie noemt iedereen.")
        wanted = word.removeprefix("@")
        found = self.simulation.database.work(lambda session: SqlStore(session).find_people(wanted))
        if len(found) != 1:
            names = ", ".join(person.id for person in found)
            raise Wrong(f"Welke van deze: {names}?" if found else f"{wanted} ken ik niet. /wie noemt iedereen.")
        self.person = found[0].id
        yield f"Je bent nu {introduced(found[0], self._roles(found[0].id))}."

    def _go(self, word: str) -> Iterator[str]:
        code = self.simulation.room(word) if word else None
        if code is None:
            raise Wrong(f"{word or 'Die ruimte'} ken ik niet. Kies uit: {', '.join(self.rooms())}.")
        self.room = code
        yield "Je bent nu in de privéchat met de bot." if code == "dm" else f"Je bent nu in de ruimte van {code}."

    def _let_pass(self, text: str) -> Iterator[str]:
        at = moment_of(text, self.now, self.simulation.structure.calendar, "/tijd ")
        if at < self.now:
            raise Wrong(f"De tijd loopt alleen vooruit; het is nu {dates.say_instant(self.now)}.")
        yield from self._shown(self.simulation.pass_time(at))
        yield f"Het is nu {dates.say_instant(self.now)}."

    def _answer(self, rest: str) -> Iterator[str]:
        to, _, text = rest.partition(" ")
        if not text.strip():
            raise Wrong("Zo: /antwoord b3 ja")
        return self._hear(text.strip(), reply_to=to)

    def _react(self, rest: str) -> Iterator[str]:
        key, _, to = rest.partition(" ")
        if not to.strip():
            raise Wrong("Zo: /reactie ✅ b3")
        return self._shown(self._heard(key, reply_to=to.strip(), kind="reaction"))

    def _withdraw(self, id: str) -> Iterator[str]:
        target = id or self.simulation.heard
        if not target:
            raise Wrong("Er is nog niets om in te trekken.")
        return self._shown(self._heard("", reply_to=target, kind="redaction"))

    def _who(self, word: str) -> Iterator[str]:
        code = self.simulation.room(word) if word else None
        if word and code is None:
            raise Wrong(f"{word} ken ik niet. Kies uit: {', '.join(self.rooms())}.")
        for person in self.simulation.database.work(everyone):
            roles = self._roles(person.id)
            if code is None or any(role.body == code for role in roles):
                yield introduced(person, roles)

    def _stop(self, _rest: str) -> Iterator[str]:
        raise Stop

    # --- talking to the bot ------------------------------------------------------------------------------------------
    def _hear(self, text: str, reply_to: str | None = None) -> Iterator[str]:
        return self._shown(self._heard(text, reply_to=reply_to, kind="message"))

    def _heard(self, text: str, *, reply_to: str | None, kind: str) -> Iterator[Said]:
        if not self.person:
            raise Wrong("Het register kent nog niemand: overlegbot people import BESTAND")
        return self.simulation.hear(self.now, self.room, self.person, text, reply_to=reply_to, kind=kind)  # type: ignore[arg-type]

    def _shown(self, said: Iterator[Said]) -> Iterator[str]:
        for one in said:
            when = f"{dates.say_short(one.at.date())} {one.at:%H:%M} · "
            text = one.text.replace("\n", "\n  ")
            yield f"‹ {when}{one.room} · {KINDS.get(one.kind, one.kind)} {one.id}\n  {text}"

    def _first_person(self) -> str:
        def secretary_or_first(session: Session) -> str:
            store = SqlStore(session)
            held = store.roles(role=RoleName.SECRETARY, body=self.room, on=self.now.date())
            people = everyone(session)
            return held[0].person if held else people[0].id if people else ""

        return self.simulation.database.work(secretary_or_first)

    def _roles(self, person: str) -> Sequence[Role]:
        today = self.now.date()
        return self.simulation.database.work(lambda session: SqlStore(session).roles(person=person, on=today))


def moment_of(text: str, now: datetime, calendar: WorkCalendar, before: str = "") -> datetime:
    """The moment that a person means to whom the clock belongs. Raises Wrong; `before` is typed before a moment."""
    if step := _STEP.fullmatch(text):
        try:
            wall = now.replace(tzinfo=None) + int(step[1]) * _UNITS[step[2][0].casefold()]
        except OverflowError:
            raise Wrong("Zover reikt de kalender niet.") from None
        return wall.replace(tzinfo=AMSTERDAM)
    try:
        if given := _CLOCK.fullmatch(text):
            hour = time(int(given[2]), int(given[3])) if given[2] else MORNING
            return datetime.combine(date.fromisoformat(given[1]), hour, AMSTERDAM)
    except ValueError:
        raise Wrong(f"{text} bestaat niet.") from None
    match dates.read(text, now, calendar):
        case dates.Instant(at):
            return at
        case dates.Day(day):
            return datetime.combine(day, MORNING, AMSTERDAM)
        case dates.Unreadable(options=[dates.Day(day), *_]):
            # The bot would ask; a clock that is played with takes the first, and says which it took.
            return datetime.combine(day, MORNING, AMSTERDAM)
        case _:
            raise Wrong(f"Hoe ver? Bijvoorbeeld {before}+2w, {before}2027-05-14 09:00 of {before}volgende dinsdag.")


def introduced(person: Person, roles: Sequence[Role]) -> str:
    """Who this is, with what they do today."""
    name = f" ({person.name})" if person.name else ""
    held = ", ".join(f"{role.role} {role.body}" for role in roles)
    return f"{person.id}{name}, {person.organisation}: {held or 'geen rol vandaag'}"
