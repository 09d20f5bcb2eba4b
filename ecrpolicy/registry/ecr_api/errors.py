"""Errors of the JSON API: refusals in the library's words, and what is sent of one."""

from collections.abc import Iterable

from ecrpolicy.document.shape import Problem, invalid_parameter, parameter_path
from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Finding
from ecrpolicy.registry.refusal import Refusal

INVALID_PARAMETER = "InvalidParameterException"


def invalid(path: str, constraint: str) -> Refusal:
    """A parameter that breaks a constraint.

    >>> invalid("resourceArn", "Invalid ARN").message
    "Invalid parameter at 'resourceArn' failed to satisfy constraint: 'Invalid ARN'"
    """
    return spoken(invalid_parameter(path, constraint))


def spoken(service_text: str) -> Refusal:
    """A text of the service, its code before a colon, as a refusal.

    A text without a code is an InvalidParameterException.
    """
    code, colon, message = service_text.partition(": ")
    if colon and code.isalpha() and code.endswith("Exception"):
        return Refusal(code, message)
    return Refusal(INVALID_PARAMETER, service_text)


def refused(problems: Iterable[Problem], root: str = "") -> None:
    """Raise Refusal for the first problem, if there is one, in the service's words if known.

    `root` is where a request of the API has the value that the problems are about.
    """
    for each in problems:
        if each.service_text is not None:
            raise spoken(each.service_text)
        raise invalid(parameter_path(each.pointer, root), each.message)


def refusal_of(error: EcrPolicyError, path: str) -> Refusal:
    """What a parser of the library raised about the parameter at `path`, as a refusal.

    The first finding whose service text is known speaks for all; else the first.
    """
    findings = error.findings
    known = next((each for each in findings if each.service_text is not None), findings[0])
    return _of_finding(known, path)


def _of_finding(finding: Finding, path: str) -> Refusal:
    if finding.service_text is not None:
        return spoken(finding.service_text)
    return invalid(path, finding.message)
