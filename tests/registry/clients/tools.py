"""Programs that others have written, run against the service; they are Debian's."""

import os
import shutil
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Final

import pytest

# Set where these tests must run: `.ci/run` does.
_REQUIRED: Final = "ECRPOLICY_REQUIRE_CLIENTS"
_SECONDS: Final = 120


@dataclass(frozen=True, slots=True)
class Tool:
    """A program, and the environment that it runs in: a home of the test's own, and no proxies."""

    path: str
    environment: Mapping[str, str] = field(repr=False)

    def run(self, *arguments: Any, given: str | None = None, fails: bool = False) -> str:
        """What it prints; where it `fails`, as the test says it does, what it complains of."""
        done = subprocess.run(
            [self.path, *(str(each) for each in arguments)],
            input=given,
            env=self.environment,
            capture_output=True,
            text=True,
            timeout=_SECONDS,
            check=False,
        )
        assert (done.returncode != 0) is fails, done.stderr
        return done.stderr if fails else done.stdout


def tool(name: str, home: Path, **variables: str) -> Tool:
    """A program by its name; the test is skipped where it is not installed."""
    # `/usr/bin` first: another `aws` may be another program.
    path = shutil.which(name, path=f"/usr/bin{os.pathsep}{os.environ['PATH']}")
    if path is None:
        message = f"{name} is not installed: it is not run against the service"
        if os.environ.get(_REQUIRED):
            pytest.fail(message)
        pytest.skip(message)
    environment = {
        "HOME": str(home),
        "XDG_RUNTIME_DIR": str(home),
        "TMPDIR": str(home),
        "PATH": os.environ["PATH"],
        "NO_PROXY": "*",
        **variables,
    }
    return Tool(path, environment)
