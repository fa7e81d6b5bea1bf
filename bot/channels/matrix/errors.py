"""The one kind of error that requests to the homeserver end in."""

from __future__ import annotations

_TOKEN_GONE = {"M_UNKNOWN_TOKEN", "M_MISSING_TOKEN", "M_USER_DEACTIVATED", "M_USER_LOCKED"}


class MatrixError(Exception):
    """What the server refused, or that it could not be reached (`status` None). Never holds content or a token.

    `soft`: only the token has ended; the device and its keys go on with the next login.
    """

    def __init__(
        self, code: str, status: int | None, why: str, retry_after: float | None = None, *, soft: bool = False
    ) -> None:
        super().__init__(f"{code} ({status}): {why}" if status else f"{code}: {why}")
        self.code = code
        self.status = status
        self.retry_after = retry_after
        self.soft = soft

    @property
    def token_gone(self) -> bool:
        """The session is no longer valid: only the operator can help."""
        return self.code in _TOKEN_GONE

    @property
    def passing(self) -> bool:
        """May succeed when tried again. An answer without a Matrix code comes from a proxy, not from the server."""
        if self.status is None or self.status == 429 or self.status >= 500 or self.code == "M_LIMIT_EXCEEDED":
            return True
        return self.code == "" and self.status != 413
