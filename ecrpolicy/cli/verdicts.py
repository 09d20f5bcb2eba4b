"""How the answers of `ecrpolicy authorize` are written, and the exit codes that they end with."""

import sys
from argparse import Namespace
from collections.abc import Callable
from typing import Any, Final, TypeVar

from ecrpolicy.iam import Verdict
from ecrpolicy.render import json

UNMET: Final = 1

_T = TypeVar("_T")


def told(
    arguments: Namespace,
    verdict: Verdict,
    text: Callable[[_T], str],
    plain: Callable[[_T], dict[str, Any]],
    found: _T,
) -> int:
    """Write an answer; 0 where it is allowed, or as expected.

    One that depends on what is not known is neither allowed nor denied.
    """
    expected = Verdict.NO if arguments.expect == "deny" else Verdict.YES
    is_met = verdict is expected
    if arguments.format == "json":
        answer = plain(found)
        if arguments.expect is not None:
            answer = {"expected": arguments.expect, "asExpected": is_met, **answer}
        print(json.text(answer), end="")
    else:
        print(text(found))
    if arguments.expect is not None and not is_met:
        sys.stdout.flush()
        print(f"ecrpolicy: not as expected: expected {arguments.expect}", file=sys.stderr)
    return 0 if is_met else UNMET
