"""One module per subcommand of the command line: `main(arguments) -> int`, imported only when asked for."""

from __future__ import annotations

WELL = 0
FAULTS_FOUND = 1
WRONG_USE = 2
UNREACHABLE = 3
REFUSED_CONFIGURATION = 78


class DoorError(Exception):
    """An expected failure: one line for the operator and the exit code it deserves."""

    def __init__(self, message: str, code: int = WRONG_USE) -> None:
        super().__init__(message)
        self.message = message
        self.code = code
