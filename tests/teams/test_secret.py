"""A secret that has ended or is wrong: the bot does not start with it; while it runs it goes on hearing, says so, asks
ever less often, and sends everything once it may."""

from __future__ import annotations

import asyncio
import json
import logging
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from microsoft_teams.api import ClientCredentials
from msal import ConfidentialClientApplication  # type: ignore[import-untyped]

from bot.channels.base import ChannelClosed, Heard
from bot.channels.recording import RecordingChannel
from bot.channels.teams import TeamsChannel
from bot.channels.teams.connector import _Manager
from bot.channels.teams.secret import Patience, SecretRefused, refused_secret
from bot.testing_teams import APP, TENANT, FakeConnector, entra
from config.people import PeopleFile
from tests.teams.ears import ListEars
from tests.teams.installation import Installation
from tests.teams.office import MORNING, Office, on_teams, words
from tests.teams.test_doctor import visit

ENDED = {
    "error": "invalid_client",
    "error_codes": [7000222],
    "error_description": "AADSTS7000222: The provided client secret keys for app are expired.",
}
WRONG = {"error": "invalid_client", "error_description": "AADSTS7000215: Invalid client secret provided."}
SECRETARY, HOLDER = "rijk.secr.1", "uvw.ao.1"


def private(office: Office, person: str) -> list[str]:
    return [words(one) for one in office.connector.messages if one.conversation == f"a:{entra(person)}"]


def ends(office: Office) -> None:
    """The token of the bot has run out, and its secret has ended."""
    office.connector.no_token = ENDED


async def tried_again(office: Office) -> None:
    """The clock goes to the next try of what waits."""
    before = office.now
    await office.postponed()
    assert office.now > before
    for _ in range(10):
        await office.moment()


# --- what Microsoft says ---------------------------------------------------------------------------------------------
@pytest.mark.parametrize(
    ("answer", "why"),
    [
        (ENDED, "the secret has ended (AADSTS7000222)"),
        (WRONG, "the secret is another than Microsoft knows (AADSTS7000215)"),
        (
            {"error": "unauthorized_client", "error_codes": [700016]},
            "the application is not known in this organisation",
        ),
        ({"error": "invalid_request", "error_codes": [90002]}, "the organisation is not known (AADSTS90002)"),
        ({"error": "invalid_client", "error_codes": ["x"], "error_description": None}, "invalid_client"),
    ],
)
def test_what_somebody_must_mend_is_named(answer: dict[str, Any], why: str) -> None:
    assert str(refused_secret(answer)).startswith(why)


@pytest.mark.parametrize("answer", [{}, {"error": "temporarily_unavailable", "error_codes": [90033]}, {"error": 3}])
def test_what_may_be_over_in_a_moment_is_no_reason_to_stop(answer: dict[str, Any]) -> None:
    assert refused_secret(answer) is None


@dataclass
class Answer:
    """As the library of Microsoft reads it."""

    status_code: int
    body: dict[str, Any]
    headers: dict[str, str] = field(default_factory=dict)

    @property
    def text(self) -> str:
        return json.dumps(self.body)

    def raise_for_status(self) -> None:
        return None


class Entra:
    """What its documentation says it answers, in place of the network of Microsoft's library."""

    def __init__(self, status: int, answer: dict[str, Any]) -> None:
        self._answer = Answer(status, answer)

    def get(self, url: str, **_: Any) -> Answer:
        base = f"https://login.microsoftonline.com/{TENANT}"
        names = ("issuer", "authorization_endpoint", "token_endpoint")
        return Answer(200, {name: f"{base}/{name}" for name in names} | {"issuer": f"{base}/v2.0"})

    def post(self, url: str, **_: Any) -> Answer:
        return self._answer

    def close(self) -> None:
        return None


def manager(entra: Entra) -> _Manager:
    made = _Manager(ClientCredentials(client_id=APP, client_secret="geheim", tenant_id=TENANT))
    made._confidential_clients_by_tenant[TENANT] = ConfidentialClientApplication(
        APP,
        client_credential="geheim",
        authority=f"https://login.microsoftonline.com/{TENANT}",
        http_client=entra,
        instance_discovery=False,
    )
    return made


async def test_the_library_of_microsoft_tells_an_ended_secret_from_a_bad_moment() -> None:
    with pytest.raises(SecretRefused, match="the secret has ended"):
        await manager(Entra(401, ENDED)).get_app_token("https://api.botframework.com/.default", TENANT)
    with pytest.raises(ValueError, match="temporarily_unavailable"):
        await manager(Entra(400, {"error": "temporarily_unavailable"})).get_app_token("x/.default", TENANT)


def test_it_is_asked_again_ever_less_often_and_a_clock_that_goes_back_holds_nothing_up() -> None:
    now = 1000.0
    patience = Patience(lambda: now)
    patience.check()
    pauses = []
    for _ in range(8):
        pauses.append(patience.refused("over").after)
        with pytest.raises(SecretRefused, match="over"):
            patience.check()
        now += pauses[-1]
        patience.check()
    assert pauses == [60, 120, 240, 480, 960, 1800, 1800, 1800]
    patience.refused("over")
    now -= 100_000
    patience.check()
    patience.accepted()
    assert patience.refused("over").after == 60


# --- at the start ----------------------------------------------------------------------------------------------------
async def test_the_bot_does_not_start_with_a_secret_that_has_ended(
    connector: FakeConnector, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = Installation(tmp_path, connector)
    process = await bot.start(token="AADSTS7000222 ended")
    async with asyncio.timeout(60):
        assert await process.wait() == 78
    [said] = [line for line in bot.log.read_text("utf-8").splitlines() if line.startswith("overlegbot: ")]
    assert said == (
        "overlegbot: Microsoft gives the bot no token for Teams: AADSTS7000222 ended; mend teams.secret_file, "
        "teams.app_id or teams.tenant_id and start the bot anew; see docs/teams.md"
    )


async def test_a_start_without_a_network_waits_for_it(connector: FakeConnector) -> None:
    connector.no_token = {"error": "temporarily_unavailable"}
    ears, channel = ListEars(), TeamsChannel(connector.options())
    await channel.start(ears)
    assert ears.lost == []
    await channel.stop()
    connector.no_token = WRONG
    with pytest.raises(ChannelClosed, match="another than Microsoft knows") as closed:
        await TeamsChannel(connector.options()).start(ears)
    assert closed.value.code == 78
    connector.no_token = {}
    other = TeamsChannel(connector.options())
    await other.start(ears)
    assert ears.lost == [False]
    await other.stop()


# --- while it runs ---------------------------------------------------------------------------------------------------
async def test_what_is_typed_is_filed_meanwhile_and_answered_once_when_the_secret_is_there(
    office: Office, connector: FakeConnector, caplog: pytest.LogCaptureFixture
) -> None:
    connector.token_seconds = 60  # too short to be kept
    caplog.set_level(logging.INFO)
    async with office.running():
        ends(office)
        asked = connector.tokens_asked
        await office.say(HOLDER, "!signaal Sloten groeien dicht", "AO")
        await office.say(HOLDER, "!signaal Kades zakken weg", "AO")
        for _ in range(6):
            await tried_again(office)
        assert office.now - timedelta(hours=1) < MORNING
        assert connector.messages == []
        assert connector.tokens_asked - asked < 7
        connector.no_token = {}
        office.now += timedelta(minutes=31)
        app = office.app
        assert app is not None
        app.poster.wake()
        await office.all_sent()
        status = words(await office.ask(HOLDER, "!status", "AO"))
    assert [f"SIG-2027-00{n}" in words(one) for n, one in enumerate(connector.messages[:2], 1)] == [True, True]
    assert "niets zeggen" not in status
    told = [record.message for record in caplog.records if "hear on Teams but not speak" in record.message]
    assert len(told) == 1
    assert "the secret has ended (AADSTS7000222)" in told[0]
    assert [record.message for record in caplog.records].count("the bot can speak on Teams again") == 1


async def test_a_new_start_with_a_new_secret_sends_what_waited_at_once(
    office: Office, connector: FakeConnector
) -> None:
    connector.token_seconds = 60
    async with office.running():
        ends(office)
        await office.say(HOLDER, "!signaal Sloten groeien dicht", "AO")
        await office.until(lambda: office.channel._voice.lost)
    connector.no_token = {}
    office.restart()
    async with office.running():
        await office.all_sent()
    assert ["SIG-2027-001" in words(one) for one in connector.messages] == [True]


async def test_a_button_says_that_the_answer_waits(office: Office, connector: FakeConnector) -> None:
    connector.token_seconds = 60
    async with office.running():
        card = await office.ask(SECRETARY, "!actie @uvw.ao.1 stukken sturen uiterlijk 20 januari 2027", "AO")
        await office.all_sent()
        ends(office)
        await office.say(HOLDER, "!mijn", "AO")
        await office.until(lambda: office.channel._voice.lost)
        answer = await connector.bring(office.channel.port, connector.pressed(card, "Gereed", HOLDER))
        assert answer.json()["value"] == (
            "Ontvangen. Antwoorden kan ik pas weer als de beheerder mijn toegang tot Teams heeft vernieuwd."
        )


async def test_the_secretary_hears_it_once_on_the_other_channel_and_so_does_status(
    office: Office, connector: FakeConnector, people: PeopleFile
) -> None:
    connector.token_seconds = 60
    matrix = RecordingChannel("matrix")
    office.others = [matrix]
    office.people(on_teams(people, matrix=True))
    async with office.running():
        ends(office)
        await office.say(HOLDER, "!signaal Sloten groeien dicht", "AO")
        await office.until(lambda: bool(matrix.sent))
        for _ in range(3):
            await tried_again(office)
        [told] = [kept for kept in matrix.sent if "clientgeheim" in kept.parcel.rendered.text]
        assert (told.parcel.private, told.parcel.room) == (True, f"@{SECRETARY}:overleg.example")
        assert told.parcel.rendered.text == (
            "Op Teams kan ik niets meer zeggen: mijn eigen toegang (het clientgeheim) wordt daar niet meer aanvaard.\n"
            "Wat mensen mij daar vragen, verwerk ik wel. Mijn antwoorden en berichten bewaar ik.\n"
            "De beheerder zet een nieuw geheim klaar en start mij opnieuw; dan komt alles alsnog."
        )
        asker = f"@{HOLDER}:overleg.example"
        await matrix.hear(Heard("matrix", "$vraag", office.now, "", True, asker, "message", "!status"))
        await office.until(
            lambda: "Op Teams kan ik sinds maandag 11 januari 2027, 09:00 niets zeggen" in matrix.texts[-1]
        )
        connector.no_token = {}
        for _ in range(6):
            if office.channel._voice.lost:
                await tried_again(office)
        await office.until(lambda: "Op Teams kan ik weer alles zeggen. Wat wachtte, is onderweg." in matrix.texts)
    assert sum("clientgeheim" in kept.parcel.rendered.text for kept in matrix.sent if kept.parcel.private) <= 2
    assert ["SIG-2027-001" in words(one) for one in connector.messages] == [True]


async def test_doctor_says_that_the_secret_has_ended(
    connector: FakeConnector, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    bot = Installation(tmp_path, connector)
    connector.no_token = ENDED
    code, found = await visit(bot, connector, monkeypatch, capsys)
    assert code == 1
    assert found["Teams token"] == (
        "NOT Microsoft gives the bot none (the secret has ended (AADSTS7000222)); mend teams.secret_file, teams.app_id "
        "or teams.tenant_id and start the bot anew; see docs/teams.md"
    )
