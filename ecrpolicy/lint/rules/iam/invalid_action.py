"""An action that there is not."""

import re
from collections.abc import Iterable, Iterator
from difflib import get_close_matches
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam import elements
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.actions import is_known
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("invalid-action")
_FIRST_WORD: Final = re.compile("[A-Za-z][a-z]*")
_LIKENESS: Final = 0.75


def check(subject: Subject) -> Iterator[Problem]:
    yield from _refused(subject)
    for text, path in policy_of(subject).actions:
        prefix, colon, name = text.partition(":")
        if not colon or has_wildcard(prefix) or is_known(text, subject.facts):
            continue
        if elements.action(text) is None:
            known = subject.facts.service(prefix)
            what = "means no action" if has_wildcard(name) else "is no action"
            yield Problem(
                path,
                f"{shown(text)} {what} of {known.name if known else prefix}",
                _advice(text, known.actions if known else ()),
            )


def _advice(text: str, actions: Iterable[str]) -> str:
    """The action that was perhaps meant: one that does the same, to something with another name."""
    prefix, _, name = text.partition(":")
    names = {
        known.lower(): known
        for each in actions
        if name.lower().startswith(_verb(known := each.partition(":")[2]))
    }
    close = get_close_matches(name.lower(), names, n=1, cutoff=_LIKENESS)
    if close:
        return f"write {shown(f'{prefix.lower()}:{names[close[0]]}')}"
    return "look it up in the Service Authorization Reference"


def _verb(name: str) -> str:
    """The first word of an action, which says what is done: who writes another, means another."""
    found = _FIRST_WORD.match(name)
    return found[0].lower() if found else ""


RULE = Rule(
    name="invalid-action",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="""
        Of actions of Amazon ECR and Amazon ECR Public it is checked whether there are such
        actions; of those of other services, the form alone.
        """,
    summary="an action is none",
    what="""
        Finds values of `Action` and `NotAction` that are not of the form `service:Name`, names of
        actions that their service does not have, and patterns that mean none of them.
        Case does not count.
        A service that there is not is told by `invalid-service-in-action`, a wildcard in the
        service by `wildcard-in-service-name`.
        Actions that AWS has added after the facts were taken are not known; the extra `services`
        is published anew on most days.
        """,
    why="""
        What is not of the form is refused.
        An action that there is not allows nothing and denies nothing: often it is the name of an
        operation of the API, which may need another action.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorisationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid action”",
    ),
)
