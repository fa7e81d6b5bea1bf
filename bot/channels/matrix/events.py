"""A Matrix event as the bot hears it, or None if it is not for the bot. Pure; an event may hold anything."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, datetime
from html import unescape
from typing import Any
from urllib.parse import unquote

from bot.channels.base import Heard, HeardKind
from bot.channels.outside import as_dict, as_text

_PILL = re.compile(r'<a\s[^>]*?href="https://matrix\.to/#/(@[^"?/]+|%40[^"?/]+)[^"]*"[^>]*>([^<]*)</a>', re.IGNORECASE)
_VARIATION = "\ufe0f"  # some clients send it after an emoji, some do not


def to_heard(channel: str, event: Mapping[str, Any], me: str, room: str, *, private: bool) -> Heard | None:
    """Messages of people, their edits, reactions and redactions, and calendar files; not the bot's own, notices, emotes
    or other files."""
    event_id, sender = event.get("event_id"), event.get("sender")
    if not isinstance(event_id, str) or not isinstance(sender, str) or sender == me or "state_key" in event:
        return None
    found = _understood(event)
    if found is None:
        return None
    kind, text, target, thread = found
    at = _instant(event.get("origin_server_ts"))
    return Heard(channel, event_id, at, "" if private else room, private, sender, kind, text, target, thread)


def unreadable(channel: str, event: Mapping[str, Any], room: str, session: str, *, private: bool) -> Heard:
    """That a message cannot be read; once for each `session`, so that one answer does for everything in it."""
    thread = as_dict(as_dict(event.get("content")).get("m.relates_to"))
    root = as_text(thread.get("event_id")) if thread.get("rel_type") == "m.thread" else None
    at, sender = _instant(event.get("origin_server_ts")), str(event.get("sender"))
    target = as_text(event.get("event_id"))
    place = "" if private else room
    return Heard(channel, f"unreadable:{session}", at, place, private, sender, "unreadable", "", target, root)


def _understood(event: Mapping[str, Any]) -> tuple[HeardKind, str, str | None, str | None] | None:
    content = as_dict(event.get("content"))
    relates = as_dict(content.get("m.relates_to"))
    related = as_text(relates.get("event_id"))
    match event.get("type"):
        case "m.room.message" if relates.get("rel_type") == "m.replace":
            new = as_dict(content.get("m.new_content"))
            return ("edit", _body(new), related, None) if related and new.get("msgtype") == "m.text" else None
        case "m.room.message" if content.get("msgtype") == "m.key.verification.request":
            return "verifies", "", None, None
        case "m.room.message" if content.get("msgtype") == "m.text":
            return _message(content, relates)
        case "m.room.message" if _is_calendar(content):
            name, (_, caption, reply, thread) = as_text(content.get("filename")), _message(content, relates)
            return "file", caption if name and caption != name else "", reply, thread
        case "m.reaction" if relates.get("rel_type") == "m.annotation":
            key = as_text(relates.get("key"))
            return ("reaction", key.replace(_VARIATION, ""), related, None) if key and related else None
        case "m.room.redaction":
            target = as_text(content.get("redacts")) or as_text(event.get("redacts"))
            return ("redaction", "", target, None) if target else None
        case _:
            return None


def _message(content: Mapping[str, Any], relates: Mapping[str, Any]) -> tuple[HeardKind, str, str | None, str | None]:
    reply = as_text(as_dict(relates.get("m.in_reply_to")).get("event_id"))
    thread = as_text(relates.get("event_id")) if relates.get("rel_type") == "m.thread" else None
    text = _body(content)
    if reply:
        text = _without_fallback(text)
    # In a thread older clients want a reply to show; then it says only what came before.
    falls_back = thread is not None and relates.get("is_falling_back") is True
    return "message", text, None if falls_back else reply, thread


def _is_calendar(content: Mapping[str, Any]) -> bool:
    if content.get("msgtype") != "m.file":
        return False
    name = as_text(content.get("filename")) or as_text(content.get("body")) or ""
    return name.casefold().endswith(".ics") or as_dict(content.get("info")).get("mimetype") == "text/calendar"


def _body(content: Mapping[str, Any]) -> str:
    """The plain text, with the Matrix id of a person where the client shows a pill with a display name."""
    body = as_text(content.get("body")) or ""
    formatted = as_text(content.get("formatted_body")) or ""
    done = ""
    for link, label in _PILL.findall(formatted):
        person, name = unquote(unescape(link)), unescape(label)
        before, found, after = body.partition(name)
        if name and found:
            done, body = done + before + person, after
    return done + body


def _without_fallback(body: str) -> str:
    lines = body.split("\n")
    kept = next((n for n, line in enumerate(lines) if not (line.startswith("> ") or line == ">")), len(lines))
    return "\n".join(lines[kept:]).lstrip("\n") if kept else body


def _instant(milliseconds: object) -> datetime:
    """When the sender's server says it was; now if it says nothing possible."""
    try:
        return datetime.fromtimestamp(float(milliseconds) / 1000, UTC)  # type: ignore[arg-type]
    except (TypeError, ValueError, OverflowError, OSError):
        return datetime.now(UTC)
