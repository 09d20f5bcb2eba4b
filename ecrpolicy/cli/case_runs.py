"""Cases that are run by `ecrpolicy authorize --request` and `--cases`."""

import sys
from argparse import Namespace
from collections.abc import Sequence
from typing import Final

from ecrpolicy.cli.ending import Unusable
from ecrpolicy.cli.inputs import progress, source
from ecrpolicy.cli.verdicts import UNMET
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding
from ecrpolicy.iam import Decision, authorize
from ecrpolicy.render import iam_cases, iam_text, json
from ecrpolicy.render.iam_cases import Mismatch, Summary
from ecrpolicy.sources.iam_cases import EXPECTATIONS, Case, Found, find_cases

# How the option calls them, and cases do.
_EXPECT: Final = {"allow": "ALLOW", "deny": "DENY"}

_ALLOWED: Final = "ALLOW"


def run(arguments: Namespace) -> int:
    """Run the cases of a document: a summary, and every one that is not as expected."""
    found = find_cases(source(arguments.cases))
    if arguments.case is not None:
        return explained(_named(found, arguments.case), arguments)
    mismatches, findings = _run_all(found, arguments)
    if findings:
        raise EcrPolicyError(findings)
    summary = Summary(len(found), tuple(mismatches))
    if arguments.format == "json":
        print(json.text(iam_cases.to_json(summary)), end="")
    else:
        print(iam_cases.text(summary))
    return UNMET if mismatches else 0


def explained(case: Case, arguments: Namespace) -> int:
    """Decide one case, and explain it; what is expected of it counts, unless it is said."""
    decision = authorize(case.request, case.policies)
    expected = _expected(case, arguments)
    is_met = decision.effect in EXPECTATIONS[expected or _ALLOWED]
    if arguments.format == "json":
        print(json.text(iam_cases.case_json(decision, expected, is_met=is_met)), end="")
    else:
        print(iam_text.decision(decision))
    if expected is not None and not is_met:
        sys.stdout.flush()
        said = f"expected {expected}, found {decision.effect.value}"
        print(f"ecrpolicy: not as expected: {said}", file=sys.stderr)
    return 0 if is_met else UNMET


def _expected(case: Case, arguments: Namespace) -> str | None:
    return _EXPECT[arguments.expect] if arguments.expect is not None else case.expected


def _named(found: Sequence[Found], name: str) -> Case:
    named = [each for each in found if each.name == name]
    if not named:
        raise Unusable(f"no case is called `{name}`")
    if len(named) > 1:
        raise Unusable(f"{len(named)} cases are called `{name}`: names tell them apart")
    return named[0].read()


def _run_all(found: Sequence[Found], arguments: Namespace) -> tuple[list[Mismatch], list[Finding]]:
    """What is not as expected, and what is wrong with cases that cannot be used."""
    mismatches: list[Mismatch] = []
    findings: list[Finding] = []
    with progress("running", "cases", len(found)) as ran:
        for number, each in enumerate(found, start=1):
            try:
                case = each.read()
            except EcrPolicyError as error:
                findings += error.findings
            else:
                decision = authorize(case.request, case.policies)
                expected = _expected(case, arguments) or _ALLOWED
                if not _is_met(decision, expected):
                    mismatches.append(Mismatch(case.name, expected, decision))
            ran(number)
    return mismatches, findings


def _is_met(decision: Decision, expected: str) -> bool:
    return decision.effect in EXPECTATIONS[expected]
