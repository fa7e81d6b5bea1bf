"""The terminal of the interactive console: prompt, history and completion; plain lines where there is no terminal."""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from bot.doors import WELL
from bot.doors.talk import Stop, Talk
from commands import catalogue

HISTORY = "console_history"


def converse(talk: Talk, lines: Iterable[str], out: TextIO) -> int:
    """Carry out line after line until the input or the person stops. Returns the exit code."""
    _show(talk.begin(), out)
    for line in lines:
        try:
            _show(talk.say(line), out)
        except Stop:
            break
    return WELL


def plain_lines(talk: Talk, given: TextIO, out: TextIO) -> Iterator[str]:
    """Lines of a file or pipe, shown behind the prompt as if they were typed."""
    for line in given:
        print(talk.prompt + line.rstrip("\n"), file=out, flush=True)
        yield line


def typed_lines(talk: Talk) -> Iterator[str]:
    """Lines from the keyboard, with history and completion."""
    # Imported here: whoever pipes lines in needs no terminal library.
    from prompt_toolkit import PromptSession
    from prompt_toolkit.completion import Completer, Completion
    from prompt_toolkit.document import Document
    from prompt_toolkit.history import FileHistory, InMemoryHistory

    class Words(Completer):
        def get_completions(self, document: Document, complete_event: object) -> Iterator[Completion]:
            before = document.text_before_cursor
            start = before.rsplit(" ", 1)[-1]
            for word in completions(talk, before):
                yield Completion(word, start_position=-len(start))

    path = history_file(os.environ)
    session: PromptSession[str] = PromptSession(
        history=FileHistory(str(path)) if path else InMemoryHistory(), completer=Words(), complete_while_typing=False
    )
    while True:
        try:
            yield session.prompt(talk.prompt)
        except KeyboardInterrupt:
            continue  # the line is dropped, as in a shell
        except EOFError:
            return


def completions(talk: Talk, before: str) -> list[str]:
    """What may stand where the cursor is, given what stands before it."""
    word, space, rest = before.partition(" ")
    last = before.rsplit(" ", 1)[-1].casefold()
    if not space:
        known: Iterable[str] = (*talk.slash_words, *(f"!{command.name}" for command in catalogue.ALL))
        return sorted({one for one in known if last and one.casefold().startswith(last)})
    if word == "/als" and " " not in rest:
        return [one for one in talk.people() if one.casefold().startswith(last)]
    if word in ("/in", "/wie") and " " not in rest:
        return [one for one in talk.rooms() if one.casefold().startswith(last)]
    if last.startswith("@"):
        return [f"@{one}" for one in talk.people() if one.casefold().startswith(last[1:])]
    return []


def history_file(environ: os._Environ[str] | dict[str, str]) -> Path | None:
    """Where what was typed is kept, in the state directory of the user; None when that cannot be written."""
    base = environ.get("XDG_STATE_HOME") or str(Path(environ.get("HOME", "")) / ".local" / "state")
    path = Path(base) / "overlegbot" / HISTORY
    if not path.is_absolute():
        return None
    try:
        path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
        path.touch(mode=0o600)
    except OSError:
        return None
    return path


def talk_in_terminal(talk: Talk) -> int:
    """Talk at the keyboard when there is one, else line by line."""
    given = typed_lines(talk) if sys.stdin.isatty() else plain_lines(talk, sys.stdin, sys.stdout)
    return converse(talk, given, sys.stdout)


def _show(shown: Iterable[str], out: TextIO) -> None:
    for text in shown:
        print(text, file=out, flush=True)
