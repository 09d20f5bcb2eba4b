"""How commands end that cannot use what they are given, and how files are read for them."""

import sys
from argparse import Namespace
from collections import defaultdict
from collections.abc import Callable, Iterator, Sequence
from functools import wraps
from itertools import islice, zip_longest
from pathlib import Path
from typing import Final

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding
from ecrpolicy.wording import count, printable

UNUSABLE: Final = 2
STANDARD_INPUT: Final = "-"
STANDARD_INPUT_NAME: Final = "standard input"
_MAX_FINDINGS: Final = 20


class Unusable(Exception):
    """Input that cannot be used; the text says what, where, and what to do."""


def guarded(run: Callable[[Namespace], int]) -> Callable[[Namespace], int]:
    """A command that answers unusable input with clear lines and exit code 2."""

    @wraps(run)
    def command(arguments: Namespace) -> int:
        try:
            return run(arguments)
        except (EcrPolicyError, Unusable) as error:
            complain(error)
        return UNUSABLE

    return command


def complain(error: EcrPolicyError | Unusable) -> None:
    """Say on standard error what cannot be used."""
    if isinstance(error, Unusable):
        print(f"ecrpolicy: {printable(str(error))}", file=sys.stderr)
        return
    for line in _lines(error):
        print(line, file=sys.stderr)


def _lines(error: EcrPolicyError) -> Iterator[str]:
    shown = _shown(error.findings)
    for finding in shown:
        yield f"ecrpolicy: {printable(str(finding))}"
        if finding.service_text:
            from ecrpolicy.lifecycle import service_error

            yield f"  the service would say: {printable(service_error(finding.service_text))}"
    if left_out := error.left_out + len(error.findings) - len(shown):
        yield f"ecrpolicy: and {count(left_out, 'finding')} more"


def _shown(findings: Sequence[Finding]) -> list[Finding]:
    """The first findings; members of a document, and files, take turns, so that none hides one."""
    parts: defaultdict[tuple[str | None, str], list[int]] = defaultdict(list)
    for number, finding in enumerate(findings):
        member = finding.location.pointer.split("/", 2)[1:2]
        parts[finding.location.file, "".join(member)].append(number)
    turns = (each for turn in zip_longest(*parts.values()) for each in turn if each is not None)
    return [findings[number] for number in sorted(islice(turns, _MAX_FINDINGS))]


def content(path: str) -> bytes:
    """The bytes of a file, or of standard input for `-`; raises Unusable where there are none."""
    if path == STANDARD_INPUT:
        if sys.stdin is None:
            raise Unusable("standard input is closed: give a file")
        return sys.stdin.buffer.read()
    try:
        return Path(path).read_bytes()
    except FileNotFoundError:
        raise Unusable(f"`{path}` is not there: check the path") from None
    except IsADirectoryError:
        raise Unusable(f"`{path}` is a directory: name a file in it") from None
    except PermissionError:
        raise Unusable(f"`{path}` may not be read: check its permissions") from None
    except (OSError, ValueError) as error:
        raise Unusable(f"`{path}` cannot be read: {error}") from None


def missing_extra(what: str, extra: str, error: ModuleNotFoundError) -> str:
    """What to install where an extra is missing."""
    return f"{what} needs `{error.name}`: install it with `pip install 'ecrpolicy[{extra}]'`"
