"""Cases that are run by `ecrpolicy authorize --request` and `--cases`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Final

from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import source
from ecrpolicy.cli.verdicts import UNMET
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import authorize
from ecrpolicy.render import iam_json, iam_text, json
from ecrpolicy.sources.iam_cases import EXPECTATIONS, Case

if TYPE_CHECKING:
    from ecrpolicy.testing.cases import Found

# How the option calls them, and cases do.
_EXPECT: Final = {"allow": "ALLOW", "deny": "DENY"}

_ALLOWED: Final = "ALLOW"


def run(arguments: Namespace) -> int:
    """Run the cases of a document: a summary, and every one that is not as expected."""
    from ecrpolicy.cli.checked_cases import checked
    from ecrpolicy.testing.cases import AccessCase, Found, find_cases, read_each

    file = source(arguments.cases)
    found = find_cases(file)
    if arguments.case is not None:
        return explained(_named(found, arguments.case).read_access(), arguments)
    cases = [
        (
            file.file or "",
            AccessCase(each.name, replace(each, expected=_expected(each, arguments) or _ALLOWED)),
        )
        for each in read_each(found, Found.read_access)
    ]
    return UNMET if checked(cases, arguments.format).failures else 0


def explained(case: Case, arguments: Namespace) -> int:
    """Decide one case, and explain it; what is expected of it counts, unless it is said."""
    if case.policies is None:
        raise InvalidPolicy(case.refusal)
    decision = authorize(case.request, case.policies)
    expected = _expected(case, arguments)
    is_met = decision.effect in EXPECTATIONS[expected or _ALLOWED]
    if arguments.format == "json":
        about = {} if expected is None else {"expected": expected, "asExpected": is_met}
        print(json.text({**about, **iam_json.decision(decision)}), end="")
    else:
        print(iam_text.decision(decision))
    if expected is not None and not is_met:
        sys.stdout.flush()
        said = f"expected {expected}, found {decision.effect.value}"
        print(f"ecrpolicy: not as expected: {said}", file=sys.stderr)
    return 0 if is_met else UNMET


def _expected(case: Case, arguments: Namespace) -> str | None:
    return _EXPECT[arguments.expect] if arguments.expect is not None else case.expected


def _named(found: Sequence["Found"], name: str) -> "Found":
    for each in found:
        if each.name == name:
            return each
    raise Unusable(f"no case is called `{name}`")
