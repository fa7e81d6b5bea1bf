"""A connector and a key server in place of Microsoft's, on this machine: for tests and for trying things out offline.

It issues real RS256 tokens and bad ones of every kind, takes what the bot sends, and refuses on demand. Ships with the
product, beside `bot.testing`; nothing of it is reachable by a setting."""

from __future__ import annotations

import asyncio
import itertools
import json
import re
import threading
import time
import uuid
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from html import escape
from typing import Any

import httpx
import jwt
import uvicorn
from cryptography.hazmat.primitives.asymmetric.rsa import RSAPrivateKey, generate_private_key
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Route

from bot.channels.teams.options import Services, TeamsOptions
from bot.channels.teams.secret import refused_secret
from config.people import EXAMPLE_YEAR
from config.structure import shipped_source

APP = "00000000-0000-4000-8000-0000000000aa"
TENANT = "00000000-0000-4000-8000-0000000000bb"
BOT = f"28:{APP}"
BOT_NAME = "Overlegbot"
CARD = "application/vnd.microsoft.card.adaptive"
ISSUER = "https://api.botframework.com"
_KID, _ROGUE, _OTHER = "sleutel-1", "sleutel-vreemd", "sleutel-directline"
_DAY = 86_400

Json = dict[str, Any]


def entra(person: str) -> str:
    """The Entra object id that a person of the register has here."""
    return str(uuid.uuid5(uuid.UUID(TENANT), person))


def channel_of(body: str) -> str:
    """The Teams channel that a body has here."""
    return f"19:{body.lower()}@thread.tacv2"


def example_people(text: str = "", *, alone: bool = True) -> str:
    """The people file of the example year, or another, with everyone and every room on Teams; `alone`: there only."""
    text = re.sub(r'^teams = ".*"\n', "", text or shipped_source(EXAMPLE_YEAR).text, flags=re.MULTILINE)
    if alone:
        text = re.sub(r'^matrix = ".*"\n', "", text, flags=re.MULTILINE)
    text = re.sub(r'(\[\[person\]\]\nid = "(.+)"\n)', lambda one: f'{one[1]}teams = "{entra(one[2])}"\n', text)
    return re.sub(r'(\[\[room\]\]\nbody = "(.+)"\n)', lambda one: f'{one[1]}teams = "{channel_of(one[2])}"\n', text)


@dataclass(frozen=True)
class Sent:
    """What the bot asked of the connector: method, conversation with its thread, and the body."""

    what: str
    conversation: str
    body: Mapping[str, Any]
    id: str = ""

    @property
    def text(self) -> str:
        """The text of a message as it was sent, with its tags; of a card the summary as well."""
        parts = (self.body.get("text"), escape(self.body.get("summary") or "", quote=False))
        return "\n".join(str(part) for part in parts if part)

    @property
    def card(self) -> Json:
        """The card, empty when there is none."""
        attached = self.body.get("attachments") or ()
        return next((dict(one["content"]) for one in attached if one["contentType"] == CARD), {})

    def attached(self, kind: str) -> Json:
        """What is attached of that content type, empty when nothing is."""
        found = self.body.get("attachments") or ()
        return next((dict(one) for one in found if one["contentType"] == kind), {})

    @property
    def buttons(self) -> dict[str, Json]:
        """What each button of the card sends, by its title."""
        return {str(one["title"]): dict(one["data"]) for one in self.card.get("actions", ())}


@dataclass
class Upload:
    """A file that the bot brought, and how often."""

    data: bytes
    range: str
    authorization: str
    times: int = 1


@dataclass
class Fault:
    """The next request is answered so; `delivered` keeps the message nevertheless, as a broken connection may."""

    status: int
    headers: Mapping[str, str] = field(default_factory=dict)
    delivered: bool = False


class FakeConnector:
    """Runs in a thread of its own between `with` and the end of it, because a process may be killed beside it."""

    def __init__(self) -> None:
        self._key = generate_private_key(65_537, 2048)
        self._kid = _KID
        self._rogue_key = generate_private_key(65_537, 2048)
        self._numbers = itertools.count(1_700_000_000_001)
        self._lock = threading.Lock()
        self.sent: list[Sent] = []
        self.faults: list[Fault] = []
        self.members: dict[str, list[Json]] = {}
        #: People whose private chat cannot be begun: the app is not installed there.
        self.uninstalled: set[str] = set()
        #: Conversations whose members the bot may not ask for.
        self.hidden: set[str] = set()
        #: How asking for members ends.
        self.member_status = 200
        self.keys_asked = 0
        self.slow_keys = 0.0
        self.broken_keys = False
        self.slow_posts = 0.0
        #: The files that the bot brought, by the address they were brought to.
        self.uploads: dict[str, Upload] = {}
        self.upload_faults: list[Fault] = []
        #: Conversations, with their threads, that are no longer there.
        self.gone: set[str] = set()
        #: Why Microsoft gives the bot no token, as Entra answers; {} when it does.
        self.no_token: Json = {}
        self.tokens_asked = 0
        #: How long the bot's own token lasts.
        self.token_seconds = _DAY
        #: What the bot showed of itself with each message.
        self.tokens: list[str] = []
        self._server: uvicorn.Server | None = None
        self._thread: threading.Thread | None = None
        self.url = ""

    # --- the server --------------------------------------------------------------------------------------------------
    def __enter__(self) -> FakeConnector:
        routes = [
            Route("/v1/.well-known/keys", self._keys, methods=["GET"]),
            Route("/v3/conversations", self._begin, methods=["POST"]),
            Route("/v3/conversations/{id}/activities", self._post, methods=["POST"]),
            Route("/v3/conversations/{id}/activities/{activity}", self._put, methods=["PUT"]),
            Route("/upload/{number}", self._upload, methods=["PUT"]),
            Route("/v3/conversations/{id}/pagedMembers", self._members, methods=["GET"]),
        ]
        config = uvicorn.Config(
            Starlette(routes=routes), host="127.0.0.1", port=0, log_config=None, access_log=False, lifespan="off"
        )
        self._server = server = uvicorn.Server(config)
        self._thread = threading.Thread(target=server.run, daemon=True)
        self._thread.start()
        until = time.monotonic() + 20
        while not server.started and time.monotonic() < until:
            time.sleep(0.01)
        self.url = f"http://127.0.0.1:{server.servers[0].sockets[0].getsockname()[1]}"
        return self

    def __exit__(self, *_: object) -> None:
        if self._server is not None and self._thread is not None:
            self._server.should_exit = True
            self._thread.join(10)

    def options(self, **more: Any) -> TeamsOptions:
        """For a channel that hears and speaks by this connector, on a port that the system chooses."""
        given = {"app_id": APP, "tenant_id": TENANT, "port": 0, "token": self.bot_token, "services": self.services}
        return TeamsOptions(**{**given, **more})

    @property
    def services(self) -> Services:
        """In place of Microsoft's."""
        return Services(keys=f"{self.url}/v1/.well-known/keys", issuer=ISSUER, connector=self.url, uploads=(self.url,))

    async def _keys(self, _: Request) -> Response:
        self.keys_asked += 1
        await asyncio.sleep(self.slow_keys)
        if self.broken_keys:
            return Response("<html>", status_code=200)
        return JSONResponse(
            {
                "keys": [
                    self._public(self._kid, ["msteams", "webchat"]),
                    self._public(_OTHER, ["directline"]),
                    {"kty": "EC", "kid": "krom"},
                ]
            }
        )

    def _public(self, kid: str, endorsements: Sequence[str]) -> Json:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self._key.public_key()))
        return {**public, "kid": kid, "use": "sig", "endorsements": list(endorsements)}

    async def _begin(self, request: Request) -> Response:
        body = await request.json()
        [member] = body["members"]
        if (refused := self._fault()) is not None:
            return refused
        if member["id"] in {entra(person) for person in self.uninstalled}:
            return JSONResponse({"error": {"code": "ForbiddenOperationException"}}, 403)
        with self._lock:
            self.sent.append(Sent("begin", "", body))
        return JSONResponse({"id": f"a:{member['id']}"}, 201)

    async def _post(self, request: Request) -> Response:
        body, conversation = await request.json(), request.path_params["id"]
        self.tokens.append(request.headers.get("authorization", ""))
        if conversation in self.gone:
            return JSONResponse({"error": {"code": "ActivityNotFoundInConversation"}}, 404)
        await asyncio.sleep(self.slow_posts)
        fault = self.faults.pop(0) if self.faults else None
        if fault is None or fault.delivered:
            with self._lock:
                kept = Sent("post", conversation, body, str(next(self._numbers)))
                self.sent.append(kept)
            if fault is None:
                return JSONResponse({"id": kept.id}, 201)
        return Response(status_code=fault.status, headers=dict(fault.headers))

    async def _put(self, request: Request) -> Response:
        body, conversation = await request.json(), request.path_params["id"]
        if (refused := self._fault()) is not None:
            return refused
        with self._lock:
            self.sent.append(Sent("put", conversation, body, request.path_params["activity"]))
        return JSONResponse({"id": request.path_params["activity"]})

    async def _upload(self, request: Request) -> Response:
        data, place = await request.body(), request.path_params["number"]
        if self.upload_faults:
            fault = self.upload_faults.pop(0)
            return Response(status_code=fault.status, headers=dict(fault.headers))
        headers = request.headers
        made = Upload(data, headers.get("content-range", ""), headers.get("authorization", ""))
        with self._lock:
            made.times += self.uploads[place].times if place in self.uploads else 0
            self.uploads[place] = made
        return JSONResponse({"id": place}, 201)

    async def _members(self, request: Request) -> Response:
        room = request.path_params["id"].partition(";")[0]
        if self.member_status != 200:
            return Response(status_code=self.member_status)
        if room in self.hidden:
            return JSONResponse({"error": {"code": "BotNotInConversationRoster"}}, 403)
        members = self.members.get(room, [])
        after = int(request.query_params.get("continuationToken", 0))
        more = after + 2 < len(members)
        page: Json = {"members": members[after : after + 2], **({"continuationToken": str(after + 2)} if more else {})}
        return JSONResponse(page)

    def _fault(self) -> Response | None:
        if not self.faults:
            return None
        fault = self.faults.pop(0)
        return Response(status_code=fault.status, headers=dict(fault.headers))

    # --- what arrived ------------------------------------------------------------------------------------------------
    @property
    def messages(self) -> list[Sent]:
        """The messages, in order."""
        with self._lock:
            return [one for one in self.sent if one.what == "post"]

    @property
    def replaced(self) -> list[Sent]:
        """What took the place of an earlier message, in order."""
        with self._lock:
            return [one for one in self.sent if one.what == "put"]

    async def message(self, words: str, *, within: float = 15.0) -> Sent:
        """The first message with these words; TimeoutError when there is none in time."""
        async with asyncio.timeout(within):
            while True:
                for one in self.messages:
                    if words in one.text:
                        return one
                await asyncio.sleep(0.02)

    def there(self, room: str, *people: str) -> None:
        """These are in a conversation from now on."""
        self.members[room] = [{"id": f"29:{one}", "name": one, "aadObjectId": entra(one)} for one in people]

    def rotate(self) -> None:
        """Microsoft signs with a new key from now on; the old one is no longer published."""
        self._key = generate_private_key(65_537, 2048)
        self._kid = "sleutel-nieuw"

    # --- tokens ------------------------------------------------------------------------------------------------------
    def token(self, **claims: Any) -> str:
        """What Microsoft sends with each activity. A claim of None is left out."""
        return self._signed(self._key, self._kid, claims)

    def _signed(self, key: RSAPrivateKey, kid: str, claims: Mapping[str, Any]) -> str:
        return jwt.encode(self._claims(claims), key, algorithm="RS256", headers={"kid": kid})

    def _claims(self, claims: Mapping[str, Any]) -> Json:
        now = int(time.time())
        usual = {"iss": ISSUER, "aud": APP, "exp": now + _DAY, "nbf": now - 60, "serviceurl": self.url}
        return {name: value for name, value in {**usual, **claims}.items() if value is not None}

    def bot_token(self) -> str:
        """The bot's own token, as Entra would give it."""
        self.tokens_asked += 1
        refused = refused_secret(self.no_token) if self.no_token else None
        if refused is not None:
            raise refused
        if self.no_token:
            raise ValueError(self.no_token["error"])
        return self.token(iss="https://login.microsoftonline.com", appid=APP, exp=int(time.time()) + self.token_seconds)

    def bad_headers(self) -> dict[str, str | None]:
        """Every bad way to say who one is, by name; None is no header at all."""
        now, claims = int(time.time()), self._claims({})
        unsigned = jwt.encode(claims, "", algorithm="none", headers={"kid": _KID})
        secret = jwt.encode(claims, "een-gedeeld-geheim-van-twee-en-dertig", algorithm="HS256", headers={"kid": _KID})
        nameless = jwt.encode(claims, self._key, algorithm="RS256")
        good = self.token()
        changed = good[:-8] + ("A" * 8 if good[-8:] != "A" * 8 else "B" * 8)
        bad = {
            "a rogue key under a known id": self._signed(self._rogue_key, _KID, {}),
            "a rogue key under an unknown id": self._signed(self._rogue_key, _ROGUE, {}),
            "a key that vouches for another channel": self._signed(self._key, _OTHER, {}),
            "no key id": nameless,
            "expired": self.token(exp=now - 600),
            "missing exp": self.token(exp=None),
            "not yet valid": self.token(nbf=now + 600),
            "another audience": self.token(aud="00000000-0000-4000-8000-0000000000cc"),
            "missing audience": self.token(aud=None),
            "another issuer": self.token(iss="https://sts.windows.net/elders/"),
            "an Entra token of the own tenant": self.token(
                iss=f"https://login.microsoftonline.com/{TENANT}/v2.0", tid=TENANT
            ),
            "missing issuer": self.token(iss=None),
            "another service address": self.token(serviceurl="https://elders.example"),
            "missing service address": self.token(serviceurl=None),
            "algorithm none": unsigned,
            "HS256": secret,
            "a changed signature": changed,
            "garbage": "geen.echt.token",
            "too long": "a" * 20_000,
        }
        headers: dict[str, str | None] = {name: f"Bearer {token}" for name, token in bad.items()}
        return {**headers, "no header": None, "an empty header": "", "basic": "Basic b3ZlcmxlZzpib3Q=", "bare": good}

    # --- activities --------------------------------------------------------------------------------------------------
    def mentioning(self, person: str) -> Json:
        """The part of a message that says whom it mentions; its `text` stands in the message."""
        return {
            "type": "mention",
            "text": f"<at>{person}</at>",
            "mentioned": {"id": f"29:{person}", "name": person},
        }

    def said(
        self,
        text: str,
        by: str,
        *,
        room: str = "",
        root: str | None = None,
        mention: bool = True,
        mentions: Sequence[Json] = (),
        id: str | None = None,
        **more: Any,
    ) -> Json:
        """A message as Teams sends it: in a channel or group chat with a mention of the bot, or in private."""
        at = f"<at>{BOT_NAME}</at>"
        private = not room
        entities = [{"type": "mention", "text": at, "mentioned": {"id": BOT, "name": BOT_NAME}}]
        number = id or str(next(self._numbers))
        there = room or f"a:{entra(by)}"
        if room.endswith("@thread.tacv2"):
            there = f"{room};messageid={root or number}"
        return {
            **self.about(by, there, private=private),
            "type": "message",
            "id": number,
            "textFormat": "plain",
            "text": text if private or not mention or at in text else f"{at} {text}",
            "entities": [*(entities if mention and not private else []), *mentions],
            **more,
        }

    def pressed(self, card: Sent, title: str, by: str, **filled: str) -> Json:
        """Someone presses a button of a card that the bot sent, having filled in its fields."""
        conversation = card.conversation
        if conversation.endswith("@thread.tacv2"):
            conversation = f"{conversation};messageid={card.id}"
        action = {"type": "Action.Execute", "title": title, "data": {**card.buttons[title], **filled}}
        return {
            **self.about(by, conversation, private=not conversation.startswith("19:")),
            "type": "invoke",
            "name": "adaptiveCard/action",
            "id": f"f:{next(self._numbers)}",
            "replyToId": card.id,
            "value": {"action": action, "trigger": "manual"},
        }

    def consented(self, card: Sent, by: str, *, action: str = "accept") -> Json:
        """Someone takes the file that a card offers, or declines it; each time Teams names another place for it."""
        offer, number = card.attached("application/vnd.microsoft.teams.card.file.consent"), next(self._numbers)
        info = {
            "contentUrl": f"{self.url}/lezen/{number}",
            "name": offer["name"],
            "uploadUrl": f"{self.url}/upload/{number}",
            "uniqueId": "uniek-1",
            "fileType": offer["name"].rpartition(".")[2],
        }
        value = {"type": "fileUpload", "action": action, "context": offer["content"][f"{action}Context"]}
        return {
            **self.about(by, card.conversation, private=True),
            "type": "invoke",
            "name": "fileConsent/invoke",
            "id": f"f:{number}",
            "replyToId": card.id,
            "value": value | ({"uploadInfo": info} if action == "accept" else {}),
        }

    def edited(self, said: Json, text: str, *, moment: str = "2027-01-11T08:01:00.000Z") -> Json:
        """The same message with another text."""
        new = text if said["conversation"]["conversationType"] == "personal" else f"<at>{BOT_NAME}</at> {text}"
        data = {**said["channelData"], "eventType": "editMessage"}
        return {**said, "type": "messageUpdate", "text": new, "channelData": data, "timestamp": moment}

    def removed(self, said: Json) -> Json:
        """The message is taken away by who said it."""
        data = {**said["channelData"], "eventType": "softDeleteMessage"}
        return {**said, "type": "messageDelete", "text": "", "channelData": data, "entities": []}

    def reacted(self, sent: Sent, sign: str, by: str, *, taken_back: bool = False) -> Json:
        """Someone puts a sign under a message of the bot, or takes it back."""
        which = "reactionsRemoved" if taken_back else "reactionsAdded"
        there = self.about(by, sent.conversation, private=not sent.conversation.startswith("19:"))
        return {**there, "type": "messageReaction", "replyToId": sent.id, which: [{"type": sign}]}

    def about(self, by: str, conversation: str, *, private: bool = False) -> Json:
        """What every activity holds: who, where, when and by which connector."""
        channel = conversation.partition(";")[0]
        shape = "personal" if private else "channel" if channel.endswith("@thread.tacv2") else "groupChat"
        data: Json = {"tenant": {"id": TENANT}}
        if shape == "channel":
            data |= {"team": {"id": "19:ploeg@thread.tacv2"}, "channel": {"id": channel}}
        return {
            "channelId": "msteams",
            "serviceUrl": self.url,
            "timestamp": "2027-01-11T08:00:00.000Z",
            "from": {"id": f"29:{by}", "name": by, "aadObjectId": entra(by)},
            "recipient": {"id": BOT, "name": BOT_NAME},
            "conversation": {"id": conversation, "conversationType": shape, "tenantId": TENANT},
            "channelData": data,
        }

    async def bring(self, port: int, activity: Json, authorization: str | None = "good") -> httpx.Response:
        """Post an activity to the bot, with a good token unless another header (or None) is given."""
        header = f"Bearer {self.token()}" if authorization == "good" else authorization
        headers = {"authorization": header} if header is not None else {}
        async with httpx.AsyncClient(timeout=20, trust_env=False) as client:
            # Written out as Teams does: signs that are half of one may come so too.
            body = json.dumps(activity)
            return await client.post(f"http://127.0.0.1:{port}/api/messages", content=body, headers=headers)
