"""The two bots that `benchmarks/teams.py` compares, each a process of its own behind its connector.

    python benchmarks/teams_bots.py overlegbot|echo CONNECTOR TOKEN PORT [FOLDER]

The echo is what Microsoft's library does by itself: it checks the token and says back what it hears. Both have the
library's metrics switched off, which would fill the memory. Prints one line when it listens.
"""

from __future__ import annotations

import asyncio
import logging
import sys
import time
from dataclasses import replace
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from typing import Any
from zoneinfo import ZoneInfo

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from bot.testing_teams import APP, ISSUER, TENANT, entra

MORNING = datetime(2027, 1, 11, 9, 0, tzinfo=ZoneInfo("Europe/Amsterdam"))


async def overlegbot(connector: str, token: str, port: int, folder: Path) -> None:
    """The whole bot of the example year, with everyone on Teams, and without the pace that Teams asks for."""
    from bot.app import App
    from bot.channels.teams import TeamsChannel, TeamsOptions
    from bot.channels.teams.options import Services
    from bot.channels.teams.pace import Pace
    from bot.seed import import_people, know_bodies
    from config.people import load_people
    from config.structure import load_structure
    from storage.database import Database, upgrade

    structure = load_structure("voorbeeldjaar")
    people = load_people(None, structure)
    there = replace(people, people=tuple(replace(one, teams=entra(one.id)) for one in people.people))
    database = Database(f"sqlite:///{folder / 'register.db'}")
    upgrade(database, MORNING)
    database.work(lambda session: know_bodies(session, structure))
    database.work(lambda session: import_people(session, structure, there, MORNING))
    services = Services(keys=f"{connector}/v1/.well-known/keys", issuer=ISSUER, connector=connector)
    options = TeamsOptions(APP, TENANT, port=port, token=lambda: token, services=services)
    ticks = count(0, 10**6)
    channel = TeamsChannel(options, pace=Pace(lambda: float(next(ticks))))
    began = time.monotonic()
    app = App(structure, database, [channel], clock=lambda: MORNING + timedelta(seconds=time.monotonic() - began))
    running = asyncio.ensure_future(app.until_told_to_stop())
    await app.ready.wait()
    print("ready", flush=True)
    await running


async def echo(connector: str, token: str, port: int) -> None:
    """Microsoft's library with one handler."""
    import uvicorn
    from fastapi import FastAPI
    from microsoft_teams.api.activities.message import MessageActivity
    from microsoft_teams.api.auth.cloud_environment import PUBLIC, with_overrides
    from microsoft_teams.apps import ActivityContext, App, FastAPIAdapter
    from opentelemetry import metrics

    metrics.set_meter_provider(metrics.NoOpMeterProvider())
    logging.getLogger("microsoft_teams").setLevel(logging.WARNING)
    keys = f"{connector}/v1/.well-known/openidconfiguration"
    pages = FastAPI()
    app: Any = App(
        client_id=APP,
        tenant_id=TENANT,
        token=lambda scope, tenant: token,
        cloud=with_overrides(PUBLIC, openid_metadata_url=keys, login_endpoint=connector),
        http_server_adapter=FastAPIAdapter(app=pages),
        dangerously_allow_unauthenticated_requests=False,
    )

    @app.on_message  # type: ignore[untyped-decorator]
    async def heard(context: ActivityContext[MessageActivity]) -> None:
        await context.send(context.activity.text or "")

    await app.initialize()
    server = uvicorn.Server(uvicorn.Config(pages, host="127.0.0.1", port=port, log_config=None, access_log=False))
    serving = asyncio.ensure_future(server.serve())
    while not server.started:
        await asyncio.sleep(0.02)
    print("ready", flush=True)
    await serving


if __name__ == "__main__":
    which, address, its_token, its_port = sys.argv[1:5]
    if which == "echo":
        asyncio.run(echo(address, its_token, int(its_port)))
    else:
        asyncio.run(overlegbot(address, its_token, int(its_port), Path(sys.argv[5])))
