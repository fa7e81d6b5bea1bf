"""A Teams activity as the bot hears it, or None if it is not for the bot. Pure; an activity may hold anything."""

from __future__ import annotations

import re
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime
from hashlib import sha256
from html import unescape
from typing import Any, Literal

from bot.channels.base import FILE_NOT_HERE, Heard, HeardKind
from bot.channels.outside import as_dict, as_list, as_text

Activity = Mapping[str, Any]

#: Where the first message of a thread stands in the id of a conversation.
_THREAD = ";messageid="
#: All that is looked for is bounded, so that no text takes long to read, whoever wrote it.
_AT = re.compile(r"<at(?:\s[^<>]{0,200})?>([^<>]{0,300})</at>", re.IGNORECASE)
#: The quoted message in a reply, as Teams sends it beside the text.
_QUOTED = re.compile(
    r'<blockquote[^<>]{0,300}?schema\.skype\.com/Reply"[^<>]{0,300}?itemid="(\d{1,30})"', re.IGNORECASE
)
_SPACES = re.compile(r"&nbsp;|\u00a0", re.IGNORECASE)
_FILE = "application/vnd.microsoft.teams.file.download.info"
_VARIATION = "\ufe0f"
#: The reactions with a name of their own; the others are called after their code point.
_NAMED = {"like": "👍", "heart": "❤", "laugh": "😆", "surprised": "😮", "sad": "😢", "angry": "😡"}
_CODE_POINT = re.compile(r"([0-9a-f]{4,6})(?:[_-].*)?", re.IGNORECASE)
#: What a button of a card carries: the word that it stands for, and the fields whose values follow the word.
WORD, FIELDS = "woord", "velden"
#: Of the fields of a question: the likely answers, beside which there is always one for another answer.
CHOICE = "keuze"
#: The only invoke that is heard: a button with Action.Execute.
PRESSED = "adaptiveCard/action"


Shape = Literal["personal", "groupChat", "channel"]


@dataclass(frozen=True)
class Place:
    """Where something was said: the conversation without its thread, and the thread's first message, if it has one.

    `shape` is `personal` (a chat with the bot alone), `groupChat` or `channel`.
    """

    conversation: str
    root: str | None
    shape: Shape


def place_of(activity: Activity) -> Place | None:
    """None when the activity does not say where."""
    conversation = as_dict(activity.get("conversation"))
    id = as_text(conversation.get("id"))
    if id is None:
        return None
    base, _, root = id.partition(_THREAD)
    # What is for one person alone goes where this says: a room is never taken for somebody's own chat.
    shape: Shape = "groupChat"
    if has_threads(base) or conversation.get("conversationType") == "channel":
        shape = "channel"
    elif conversation.get("conversationType") == "personal" and not _is_group(base) and not conversation.get("isGroup"):
        shape = "personal"
    return Place(base, root or None, shape)


def event_id(conversation: str, id: str) -> str:
    """The name of a message within the channel: Teams counts anew in each conversation. The id comes first, and the
    conversation only as a mark, so that no log shows it."""
    return f"{id}.{sha256(conversation.encode()).hexdigest()[:16]}"


def message_id(event: str) -> str:
    """The id that the message has in its conversation."""
    return event.rpartition(".")[0]


def reaction_key(event: str) -> str:
    """What a reaction and its withdrawal have in common: the message, the person and the sign."""
    return "~".join(event.split("~")[:3]).partition(".")[0]


def threaded(conversation: str, root: str | None) -> str:
    """The conversation with the thread of that first message; only channels have threads."""
    return f"{conversation}{_THREAD}{root}" if root and has_threads(conversation) else conversation


def has_threads(conversation: str) -> bool:
    """Whether a conversation is a channel: only there Teams keeps threads."""
    return conversation.endswith(("@thread.tacv2", "@thread.skype"))


def _is_group(conversation: str) -> bool:
    return conversation.endswith(("@thread.v2", "@thread.skype"))


def sender_of(activity: Activity) -> str | None:
    """The Entra object id of the person, in lower case. Who has none is nobody the register can know."""
    found = as_text(as_dict(activity.get("from")).get("aadObjectId"))
    return found.lower() if found else None


def to_heard(channel: str, activity: Activity, people: Mapping[str, str]) -> tuple[Heard, ...]:
    """What people said to the bot: messages that mention it or come in private, edits, removals, reactions, buttons.

    `people` gives the Entra object id for the ids that Teams uses in mentions. In channels and group chats everything
    that does not mention the bot is left out: an organisation may have Teams send it all.
    """
    place, sender = place_of(activity), sender_of(activity)
    if place is None or sender is None:
        return ()
    at = _instant(activity.get("timestamp"))
    thread = event_id(place.conversation, place.root) if place.root else None
    private = place.shape == "personal"
    found: list[Heard] = []
    for kind, id, text, target in _understood(activity, place, people):
        own = event_id(place.conversation, id)
        room = "" if private else place.conversation
        about = event_id(place.conversation, target) if target else None
        begins = None if thread == own else thread
        quoted = FILE_NOT_HERE if kind == "file" else ""
        found.append(Heard(channel, own, at, room, private, sender, kind, text, about, begins, quoted))
    return tuple(found)


Understood = tuple[HeardKind, str, str, str | None]


def _understood(activity: Activity, place: Place, people: Mapping[str, str]) -> Sequence[Understood]:
    id = as_text(activity.get("id"))
    what = as_text(as_dict(activity.get("channelData")).get("eventType"))
    when = as_text(activity.get("timestamp")) or ""
    match activity.get("type"):
        case "message" if id and (place.shape == "personal" or _mentions_bot(activity)):
            value = activity.get("value")
            text = _pressed(value) if isinstance(value, Mapping) else words(activity, people)
            if _brings_a_calendar(activity):
                return [("file", id, text, _target(activity, place))]
            return [("message", id, text, _target(activity, place))]
        case "messageUpdate" if id and what == "editMessage":
            if place.shape == "personal" or _mentions_bot(activity):
                return [("edit", f"{id}-edit-{when}", words(activity, people), id)]
        case "messageDelete" if id:
            return [("redaction", f"{id}-delete-{when}", "", id)]
        case "messageReaction":
            return _reactions(activity, when)
        case "invoke" if activity.get("name") == PRESSED:
            return _button(activity, id)
    return ()


def _reactions(activity: Activity, when: str) -> Sequence[Understood]:
    target = as_text(activity.get("replyToId"))
    sender = sender_of(activity)
    if target is None:
        return ()
    lists: tuple[tuple[HeardKind, str], ...] = (("reaction", "reactionsAdded"), ("unreaction", "reactionsRemoved"))
    found: list[Understood] = []
    for kind, name in lists:
        for one in as_list(activity.get(name)):
            sign = _sign(as_text(as_dict(one).get("type")) or "")
            if kind == "unreaction":
                # What is taken back is the reaction itself, which Teams does not name: the channel knows which it was.
                found.append((kind, f"{target}~{sender}~{sign}~{when}~", "", f"{target}~{sender}~{sign}"))
            elif sign:
                found.append((kind, f"{target}~{sender}~{sign}~{when}", sign, target))
    return found


def _sign(name: str) -> str:
    """The emoji that a reaction stands for, without a variation selector."""
    if name in _NAMED:
        return _NAMED[name]
    match = _CODE_POINT.fullmatch(name)
    if match is not None:
        code = int(match[1], 16)
        # Beyond these, and between them, are no signs.
        return chr(code) if code < 0xD800 or 0xE000 <= code <= sys.maxunicode else ""
    return name.replace(_VARIATION, "") if len(name) <= 4 else ""


def _button(activity: Activity, id: str | None) -> Sequence[Understood]:
    """A pressed button is an answer to the card with the word it stands for, as if it were typed under it."""
    action = as_dict(as_dict(activity.get("value")).get("action"))
    data = as_dict(action.get("data"))
    target = as_text(activity.get("replyToId"))
    if id is None or target is None:
        return ()
    text = _pressed(data)
    return [("pressed", id, text, target)] if text else ()


def answers_twice(activity: Activity) -> bool:
    """Whether a likely answer was chosen and another one filled in as well: which is meant is never guessed."""
    data = as_dict(as_dict(as_dict(activity.get("value")).get("action")).get("data"))
    filled = [name for name in as_list(data.get(FIELDS)) if isinstance(name, str) and as_text(data.get(name))]
    return not as_text(data.get(WORD)) and CHOICE in filled and len(filled) > 1


def _pressed(data: Mapping[str, Any]) -> str:
    """The word of a button with what was filled in, in the order that the card gives."""
    filled = [as_text(data.get(name)) for name in as_list(data.get(FIELDS)) if isinstance(name, str)]
    return " ".join(part for part in (as_text(data.get(WORD)), *filled) if part)


def words(activity: Activity, people: Mapping[str, str]) -> str:
    """What was typed, without the mention of the bot wherever it stood; other people by their Entra object id, or by
    name when that is not known."""
    recipient = as_dict(activity.get("recipient"))
    bot, own_name = as_text(recipient.get("id")), as_text(recipient.get("name"))
    names: dict[str, str] = {}
    for entity in _mentions(activity):
        mentioned = as_dict(entity.get("mentioned"))
        id, text = as_text(mentioned.get("id")), as_text(entity.get("text"))
        if id and text:
            known = people.get(id)
            names[text] = "" if id == bot else known if known is not None else _AT.sub(r"\1", text)
    text = as_text(activity.get("text")) or ""
    for mention, name in names.items():
        text = text.replace(mention, name or " ")
    text = _SPACES.sub(" ", _AT.sub(lambda at: " " if unescape(at[1]).strip() == own_name else at[1], text))
    lines = (re.sub(r"[ \t]+", " ", line).strip() for line in unescape(text).splitlines())
    return "\n".join(lines).strip()


def _mentions_bot(activity: Activity) -> bool:
    bot = as_text(as_dict(activity.get("recipient")).get("id"))
    mentioned = (as_dict(entity.get("mentioned")).get("id") for entity in _mentions(activity))
    return bot is not None and bot in mentioned


def _mentions(activity: Activity) -> Sequence[Mapping[str, Any]]:
    entities = [as_dict(entity) for entity in as_list(activity.get("entities"))]
    return [entity for entity in entities if entity.get("type") == "mention"]


def _brings_a_calendar(activity: Activity) -> bool:
    """Only in a personal chat Teams gives the bot the files that people send; elsewhere they lie in SharePoint."""
    brought = [as_dict(one) for one in as_list(activity.get("attachments"))]
    files = [one for one in brought if one.get("contentType") == _FILE]
    return any((as_text(file.get("name")) or "").casefold().endswith(".ics") for file in files)


def _target(activity: Activity, place: Place) -> str | None:
    """The message that is replied to: the quoted one, else what Teams names, unless that only is the thread."""
    for attachment in as_list(activity.get("attachments")):
        quoted = _QUOTED.search(as_text(as_dict(attachment).get("content")) or "")
        if quoted is not None:
            return quoted[1]
    named = as_text(activity.get("replyToId"))
    return named if named != place.root else None


# --- people and rooms -----------------------------------------------------------------------------------------------
@dataclass(frozen=True)
class Tidings:
    """What an activity says of the places themselves: who came or went, and whether the bot did."""

    changed: bool = False
    gone: bool = False
    by: str = ""


def tidings(activity: Activity) -> Tidings:
    """Nothing for what people say; `changed` when others came or went, `gone` when the bot was taken out."""
    if activity.get("type") == "installationUpdate":
        return Tidings(gone=activity.get("action") in ("remove", "remove-upgrade"), by=sender_of(activity) or "")
    if activity.get("type") != "conversationUpdate":
        return Tidings()
    bot = as_text(as_dict(activity.get("recipient")).get("id"))
    removed = [as_text(as_dict(one).get("id")) for one in as_list(activity.get("membersRemoved"))]
    lost = as_dict(activity.get("channelData")).get("eventType") in ("channelDeleted", "teamDeleted")
    return Tidings(changed=True, gone=lost or (bot is not None and bot in removed), by=sender_of(activity) or "")


def team_of(activity: Activity) -> str:
    """The team of a channel; "" elsewhere."""
    return as_text(as_dict(as_dict(activity.get("channelData")).get("team")).get("id")) or ""


def account_of(activity: Activity) -> tuple[str, str] | None:
    """The id that Teams uses for the sender in mentions, and the name they are shown with."""
    sender = as_dict(activity.get("from"))
    id = as_text(sender.get("id"))
    return (id, as_text(sender.get("name")) or "") if id else None


def _instant(stamp: object) -> datetime:
    """When Teams says it was; now if it says nothing possible."""
    try:
        found = datetime.fromisoformat(str(stamp))
        return found.astimezone(UTC) if found.tzinfo is not None else found.replace(tzinfo=UTC)
    except (ValueError, OverflowError):
        return datetime.now(UTC)
