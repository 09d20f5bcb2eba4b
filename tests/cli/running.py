"""What a call of the command leaves behind."""

import json
from typing import Any, NamedTuple, Protocol


class Ended(NamedTuple):
    """The exit code, and what was written."""

    code: int
    out: str
    err: str

    @property
    def lines(self) -> list[str]:
        """The lines of standard output, without the spaces that pad them."""
        return [line.rstrip() for line in self.out.splitlines()]

    @property
    def json(self) -> Any:
        """Standard output as JSON."""
        return json.loads(self.out)


class Run(Protocol):
    """Calls the command."""

    def __call__(self, *words: str, stdin: str | bytes = b"") -> Ended: ...
