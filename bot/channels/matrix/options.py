"""What the Matrix channel has to be told."""

from __future__ import annotations

from dataclasses import dataclass, field
from pathlib import Path


@dataclass(frozen=True)
class MatrixOptions:
    """`homeserver` is the address with scheme, `user_id` complete (`@overlegbot:overleg.example`).

    Either `password` (used once, to log in for the first time) or `access_token`. `store_path` is a directory of the
    bot's own, made 0700: the session and the encryption keys are kept there, and it belongs in the backup.
    `allowed_servers`: invitations and private chats only from and to people on these servers; empty means any.
    `encrypt_private`: the private chats that the bot makes are encrypted; a server may do so even without.
    """

    homeserver: str
    user_id: str
    store_path: Path
    password: str | None = field(default=None, repr=False)
    access_token: str | None = field(default=None, repr=False)
    device_id: str | None = None
    device_name: str = "overlegbot"
    pickle_key: str | None = field(default=None, repr=False)
    allowed_servers: tuple[str, ...] = ()
    encrypt_private: bool = True

    def allows(self, user_id: str) -> bool:
        """Whether the server of this Matrix id may take part."""
        return not self.allowed_servers or user_id.partition(":")[2] in self.allowed_servers
