"""The settings of one installation: environment over a TOML file over defaults; secrets also from files."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from difflib import get_close_matches
from pathlib import Path
from typing import Annotated, Any, Literal, get_args

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    SecretStr,
    StringConstraints,
    ValidationError,
)
from pydantic_core import ErrorDetails
from pydantic_settings import BaseSettings, PydanticBaseSettingsSource, SettingsConfigDict

from config.faults import ConfigFaults, Fault
from config.settings_sources import ENVIRONMENT, Given, gather
from config.structure import DEFAULT, SHIPPED

#: The file that is read when none is named and it is there.
DEFAULT_FILE = Path("overlegbot.toml")

#: An id as Entra gives it, in lower case.
EntraId = Annotated[
    str,
    StringConstraints(to_lower=True, pattern=r"^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$"),
]
MatrixId = Annotated[str, StringConstraints(pattern=r"^@[^\s:]+:[^\s:]+(:\d+)?$")]
_MATRIX_ID = re.compile(r"@[^\s:]+:[^\s:]+(:\d+)?")
_ENTRA_ID = re.compile(r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", re.IGNORECASE)


def _words(value: object) -> object:
    """A list may be one text with commas, as an environment variable has it."""
    return tuple(word.strip() for word in value.split(",") if word.strip()) if isinstance(value, str) else value


def _web_address(value: str) -> str:
    scheme, _, rest = value.partition("://")
    host = rest.partition("/")[0]
    if scheme not in ("https", "http") or not host or any(sign.isspace() for sign in value):
        raise ValueError("must be a web address such as https://matrix.example")
    if "@" in host:
        raise ValueError("must hold no user and no password: they have settings of their own")
    return value.rstrip("/")


def _chat_id(value: str) -> str:
    """A Matrix id as it is, an Entra object id in lower case, as the people file keeps them."""
    if _ENTRA_ID.fullmatch(value):
        return value.lower()
    if not _MATRIX_ID.fullmatch(value):
        raise ValueError("must be a Matrix id such as @naam:server.example, or the Entra object id of the person")
    return value


def _database(value: str) -> str:
    if "://" not in value:
        raise ValueError("must be a database URL such as sqlite:///overlegbot.db")
    return value


class MatrixSettings(BaseModel):
    """How to reach the homeserver. Log in with `password`, or give an `access_token` that exists already."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    homeserver: Annotated[str, AfterValidator(_web_address)]
    user_id: MatrixId
    password: SecretStr | None = None
    password_file: Path | None = None
    access_token: SecretStr | None = None
    access_token_file: Path | None = None
    device_id: str | None = None
    device_name: str = "overlegbot"
    store_path: Path = Path("matrix-store")
    pickle_key: SecretStr | None = None
    pickle_key_file: Path | None = None
    #: Servers whose people may invite the bot; empty = only the bot's own server.
    allowed_servers: Annotated[tuple[str, ...], BeforeValidator(_words)] = ()
    #: Whether the private chats that the bot makes are encrypted; those of others are as they made them.
    encrypt_private: bool = True


class TeamsSettings(BaseModel):
    """The bot as it is registered at Microsoft (single tenant), and where the proxy brings what Teams sends."""

    model_config = ConfigDict(extra="forbid", frozen=True, hide_input_in_errors=True)

    app_id: EntraId
    tenant_id: EntraId
    secret: SecretStr | None = None
    secret_file: Path | None = None
    #: The address of this machine that is listened on: behind a proxy, that of the machine itself.
    host: str = "127.0.0.1"
    port: Annotated[int, Field(ge=1, le=65535)] = 3978
    path: Annotated[str, StringConstraints(pattern=r"^/[A-Za-z0-9/_.-]*$")] = "/api/messages"
    #: The organisations whose messages are heard; empty = only the bot's own.
    allowed_tenants: Annotated[tuple[EntraId, ...], BeforeValidator(_words)] = ()


class Settings(BaseSettings):
    """All settings. Made by `load_settings`; by itself it reads no environment, no `.env` and no file."""

    model_config = SettingsConfigDict(
        env_prefix="OVERLEGBOT_",
        env_nested_delimiter="__",
        extra="forbid",
        frozen=True,
        hide_input_in_errors=True,
    )

    #: Not shown in a repr: the URL of a database server may hold a password.
    database: Annotated[str, AfterValidator(_database)] = Field(default="sqlite:///overlegbot.db", repr=False)
    structure: str = DEFAULT
    people: Path | None = None
    log_level: Literal["debug", "info", "warning", "error"] = "info"
    backup_directory: Path | None = None
    #: Who looks after the register first, as the people file has them on Matrix or on Teams.
    secretary: Annotated[str, AfterValidator(_chat_id)] | None = None
    matrix: MatrixSettings | None = None
    teams: TeamsSettings | None = None

    @classmethod
    def settings_customise_sources(
        cls,
        settings_cls: type[BaseSettings],
        init_settings: PydanticBaseSettingsSource,
        env_settings: PydanticBaseSettingsSource,
        dotenv_settings: PydanticBaseSettingsSource,
        file_secret_settings: PydanticBaseSettingsSource,
    ) -> tuple[PydanticBaseSettingsSource, ...]:
        """Only what `load_settings` gathered: it knows the place of each value, which the stock sources do not."""
        return (init_settings,)


def load_settings(path: Path | None, environ: Mapping[str, str], *, logging_in: bool = False) -> Settings:
    """The settings of this installation; for `logging_in` they need not say with what.

    `path` None: the file named by OVERLEGBOT_CONFIG, else `overlegbot.toml` if it is there. Relative paths in a file
    start at that file, those in the environment at the working directory. Raises ConfigFaults with all faults at once,
    each with file, line and name (for a variable: its name), never with the value of a secret.
    """
    given = _gather(path, environ)
    _check_secrets(given, logging_in=logging_in)
    made: Settings | None = None
    try:
        made = Settings(**given.values)
    except ValidationError as failure:
        for error in failure.errors(include_url=False, include_context=False, include_input=False):
            place = tuple(str(part) for part in error["loc"] if isinstance(part, str))
            given.fault(place, _sentence(error, place))
    if made is None or given.faults:
        raise ConfigFaults(sorted(given.faults, key=lambda fault: (fault.file == ENVIRONMENT, fault.line or 0)))
    return made


def files_named(path: Path | None, environ: Mapping[str, str]) -> tuple[str, Path | None]:
    """The structure and the people file, even when other settings are faulty, so that they can be checked as well.

    Raises ConfigFaults when the settings file itself cannot be read.
    """
    values = _gather(path, environ).values
    structure, people = values.get("structure"), values.get("people")
    return (
        structure if isinstance(structure, str) else DEFAULT,
        Path(people) if isinstance(people, str) and people else None,
    )


def _gather(path: Path | None, environ: Mapping[str, str]) -> Given:
    """What file and environment say, with relative paths of the file made to start at the file."""
    if path is None and environ.get("OVERLEGBOT_CONFIG"):
        path = Path(environ["OVERLEGBOT_CONFIG"])
    if path is None and DEFAULT_FILE.is_file():
        path = DEFAULT_FILE
    given = gather(path, environ)
    if path is not None:
        for model, table, place in _models(given.values):
            for key, info in model.model_fields.items():
                if not _is_place(key, info.annotation) or given.from_environment((*place, key)):
                    continue
                value = table.get(key, info.default)
                if isinstance(value, str | Path) and value:
                    table[key] = _from(path.parent, key, str(value))
    return given


def _models(values: dict[str, Any]) -> Iterator[tuple[type[BaseModel], dict[str, Any], tuple[str, ...]]]:
    """Each model with its part of the values: Settings itself, and the platforms that are configured."""
    yield Settings, values, ()
    if isinstance(values.get("matrix"), dict):
        yield MatrixSettings, values["matrix"], ("matrix",)
    if isinstance(values.get("teams"), dict):
        yield TeamsSettings, values["teams"], ("teams",)


def _is_place(key: str, annotation: Any) -> bool:
    return key in ("structure", "database") or annotation is Path or Path in get_args(annotation)


def _from(directory: Path, key: str, value: str) -> str:
    """The same place, seen from the working directory."""
    if key == "database":
        sqlite = "sqlite:///"
        relative = value.startswith(sqlite) and value[len(sqlite) :] not in ("", ":memory:")
        return sqlite + str(directory / value[len(sqlite) :]) if relative else value
    return value if key == "structure" and value in SHIPPED else str(directory / value)


def _check_secrets(given: Given, *, logging_in: bool) -> None:
    """Reads each `x_file` into its secret `x`; both, none where one is needed, and an unreadable file are faults."""
    for model, table, place in _models(given.values):
        secrets = [key for key, info in model.model_fields.items() if SecretStr in get_args(info.annotation)]
        for key in secrets:
            file = table.get(f"{key}_file")
            if table.get(key) == "":
                del table[key]
            if file is not None and key in table:
                given.fault((*place, f"{key}_file"), f"is not needed: {key} is given too; leave one of them out")
            elif isinstance(file, str):
                table[key] = _read_secret(given, (*place, f"{key}_file"), Path(file))
        if model is MatrixSettings and not any(key in table for key in ("password", "access_token")):
            kept = Path(str(table.get("store_path", model.model_fields["store_path"].default))) / "session.json"
            if not logging_in and not kept.exists():
                needed = "password, password_file, access_token or access_token_file"
                given.fault(place, f"needs {needed}, or a session: run `overlegbot matrix login`")
        if model is TeamsSettings and "secret" not in table:
            given.fault(place, "needs secret or secret_file")


def _read_secret(given: Given, place: tuple[str, ...], file: Path) -> str | None:
    try:
        text = file.read_text(encoding="utf-8").strip()
    except OSError as failure:
        given.fault(place, f"cannot be read: {failure.strerror}")
    except ValueError:
        given.fault(place, "cannot be read: is not UTF-8 text")
    else:
        if not text:
            given.fault(place, "is empty")
        return text
    return None


_SENTENCES = {
    "missing": "is missing",
    "string_pattern_mismatch": "must be a Matrix id such as @naam:server.example",
    "string_type": "must be a text",
    "path_type": "must be a path",
    "model_type": "must be a table",
    "tuple_type": "must be a list",
}


def _sentence(error: ErrorDetails, place: tuple[str, ...]) -> str:
    """What pydantic found, in our words; its own sentences name no value."""
    if error["type"] == "extra_forbidden":
        within: dict[str, type[BaseModel]] = {"matrix": MatrixSettings, "teams": TeamsSettings}
        model = within.get(place[0], Settings) if len(place) > 1 else Settings
        near = get_close_matches(place[-1], model.model_fields, n=1)
        return "is unknown here" + (f"; did you mean {near[0]}?" if near else "")
    if error["type"] == "string_pattern_mismatch" and place[0] == "teams":
        return "must be a path such as /api/messages" if place[-1] == "path" else "must be an id as Entra shows it"
    if error["type"] in _SENTENCES:
        return _SENTENCES[error["type"]]
    message = error["msg"].removeprefix("Value error, ")
    return message.replace("Input should be", "must be", 1)


__all__ = [
    "DEFAULT_FILE",
    "ConfigFaults",
    "Fault",
    "MatrixSettings",
    "Settings",
    "TeamsSettings",
    "files_named",
    "load_settings",
]
