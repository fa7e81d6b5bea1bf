"""`overlegbot console --jsonl`: the door for programs. One JSON object per line, in and out.

A line is answered by what falls due up to its moment, by what it brings about, and by `{"kind": "done", "line": n}`.
What was printed is marked as sent right after it was flushed: a kill in between prints that one message, with the same
id, once more at the next start. A line without an id that was not answered with `done` may be fed again after a kill:
as the first one after a start it is known from the last one before.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from hashlib import sha256
from pathlib import Path
from typing import Any, TextIO

from bot.channels.base import HeardKind
from bot.doors import WELL, WRONG_USE
from bot.renderers.files import Ready
from bot.testing import Said, Simulation

#: Where files that are sent are put, unless told otherwise.
FILES = Path("overlegbot-files")
#: Years outside these are a slip of the pen, and some lie beyond what a date can hold.
YEARS = range(1970, 3000)
#: What a line may be besides a message, by the key that says so; the value of that key is text or target.
OTHER_KINDS: dict[str, HeardKind] = {"react": "reaction", "redact": "redaction", "edit": "edit"}


class Malformed(Exception):
    """A line that cannot be used; the message says why."""


@dataclass(frozen=True)
class Line:
    """One line as it was understood; without `room` it only lets time pass."""

    at: datetime
    room: str = ""
    sender: str = ""
    kind: HeardKind = "message"
    text: str = ""
    target: str | None = None
    id: str | None = None
    mark: str = ""


def serve(lines: Iterable[bytes], out: TextIO, err: TextIO, simulation: Simulation, files: Path = FILES) -> int:
    """Answer every line; returns the exit code: 0 at the end of the input, 2 at the first line that cannot be used.

    A file that is sent is written to `files`/<id of the message>/<name>.

    Everything before such a line is kept, and nothing of the line itself. Empty lines are skipped.
    """
    for said in simulation.resume():
        _print(said, out, files)
    for number, raw in enumerate(lines, 1):
        if not raw.strip():
            continue
        try:
            line = read_line(raw)
            _answer(line, out, simulation, files)
        except Malformed as fault:
            print(f"overlegbot: line {number}: {fault}", file=err, flush=True)
            return WRONG_USE
        out.write(f'{{"kind": "done", "line": {number}}}\n')
        out.flush()
    simulation.settle()
    return WELL


def _answer(line: Line, out: TextIO, simulation: Simulation, files: Path) -> None:
    clock = simulation.now
    if clock is not None and line.at < clock:
        raise Malformed(f"at goes back, from {clock.isoformat()} to {line.at.isoformat()}")
    if not line.room:
        for said in simulation.pass_time(line.at):
            _print(said, out, files)
        return
    room = simulation.room(line.room)
    if room is None:
        raise Malformed(f"room {line.room!r} is unknown: it must be the code of a body, or dm")
    for said in simulation.hear(
        line.at, room, line.sender, line.text, id=line.id, reply_to=line.target, kind=line.kind, line=line.mark
    ):
        _print(said, out, files)


def _print(said: Said, out: TextIO, files: Path) -> None:
    shown: dict[str, Any] = {
        "at": said.at.isoformat(),
        "room": said.room,
        "kind": said.kind,
        "id": said.id,
        "reply_to": said.reply_to,
        "text": said.text,
    }
    if said.files:
        shown["files"] = [{"name": one.name, "path": str(_written(one, files / said.id))} for one in said.files]
    out.write(json.dumps(shown, ensure_ascii=False) + "\n")
    out.flush()


def _written(file: Ready, folder: Path) -> Path:
    """Where the file was put; the same file again takes the same place."""
    folder.mkdir(parents=True, exist_ok=True)
    path = (folder / file.name).absolute()
    path.write_bytes(file.data)
    return path


def read_line(raw: bytes) -> Line:
    """A line of input. Raises Malformed for what is no JSON object, lacks a key or has a value of the wrong kind.

    A key with null counts as absent, and keys that mean nothing here are left alone.
    """
    try:
        data = json.loads(raw.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise Malformed("is no UTF-8") from None
    except (ValueError, RecursionError) as failure:
        raise Malformed(f"is no JSON ({failure})") from None
    if not isinstance(data, dict):
        raise Malformed("is no JSON object")
    given = {key: value for key, value in data.items() if value is not None}
    at = _moment(_text(given, "at"))
    if not given.keys() & {"room", "from", "text", "id", "reply_to", "to", *OTHER_KINDS}:
        return Line(at)
    kinds = [key for key in OTHER_KINDS if key in given]
    if len(kinds) > 1 or ("text" in given and kinds and kinds != ["edit"]):
        raise Malformed(f"has {' and '.join([*kinds, *(['text'] if 'text' in given else [])])}: one of them is meant")
    mark = sha256(json.dumps(data, sort_keys=True).encode("ascii", "replace")).hexdigest()[:32]
    room, sender = _text(given, "room"), _text(given, "from")
    id = _text(given, "id") if "id" in given else None
    if not kinds:
        if "to" in given:
            raise Malformed("has to without react: an answer to a message has reply_to")
        target = _text(given, "reply_to") if "reply_to" in given else None
        return Line(at, room, sender, "message", _text(given, "text", empty=True), target, id, mark)
    [key] = kinds
    value = _text(given, key)
    if key == "react":
        return Line(at, room, sender, OTHER_KINDS[key], value, _text(given, "to"), id, mark)
    text = _text(given, "text", empty=True) if key == "edit" else ""
    return Line(at, room, sender, OTHER_KINDS[key], text, value, id, mark)


def _text(given: dict[str, Any], key: str, *, empty: bool = False) -> str:
    value = given.get(key)
    if value is None:
        raise Malformed(f"has no {key}")
    if not isinstance(value, str):
        raise Malformed(f"{key} must be a text")
    if not value.strip() and not empty:
        raise Malformed(f"{key} is empty")
    if any("\ud800" <= sign <= "\udfff" for sign in value):
        raise Malformed(f"{key} is no text: it holds half a character")
    return value


def _moment(text: str) -> datetime:
    try:
        at = datetime.fromisoformat(text)
    except ValueError:
        raise Malformed(f"at must be a time such as 2027-01-11T09:00:00+01:00, not {text!r}") from None
    if at.utcoffset() is None:
        raise Malformed(f"at has no offset (such as 2027-01-11T09:00:00+01:00): {text!r}")
    if at.year not in YEARS:
        raise Malformed(f"at lies too far away: {text!r}")
    return at
