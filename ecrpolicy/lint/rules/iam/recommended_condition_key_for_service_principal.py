"""A service that is limited by what says nothing of for whom it calls."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import OF_RESOURCES
from ecrpolicy.lint.policy import Statement, policy_of
from ecrpolicy.lint.presence import has_all_keys
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_calls import is_of_sources
from ecrpolicy.lint.subject import Subject

_KEYS: Final = frozenset(
    (
        "aws:sourceip",
        "aws:sourcevpc",
        "aws:sourcevpcarn",
        "aws:sourcevpce",
        "aws:vpceaccount",
        "aws:vpceorgid",
        "aws:vpceorgpaths",
        "aws:vpcsourceip",
    )
)


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        service = _service(statement)
        if service is None or not statement.allows or not has_all_keys(statement):
            continue
        if any(map(is_of_sources, statement.conditions)):
            continue
        for condition in statement.conditions:
            operator = condition.operator
            if operator is None or operator.comparison is Comparison.NULL:
                continue
            if condition.lower_key in _KEYS:
                yield Problem(
                    condition.path,
                    f"{shown(condition.key)} does not tell for whom {shown(service)} calls",
                    "compare `aws:SourceArn` or `aws:SourceAccount`",
                    at_name=True,
                )


def _service(statement: Statement) -> str | None:
    """The first service among the principals."""
    principals = statement.principal.values if statement.principal else ()
    return next((each.text for each in principals if each.kind == "Service"), None)


RULE = Rule(
    name="recommended-condition-key-for-service-principal",
    severity=Severity.SUGGESTION,
    kinds=OF_RESOURCES,
    check=check,
    summary="a service is limited by a key that does not tell for whom it calls",
    what="""
        Finds conditions on the network that a request comes from, in statements that allow
        something to a service and compare none of `aws:SourceArn`, `aws:SourceAccount`,
        `aws:SourceOrgID` and `aws:SourceOrgPaths`.
        That the service is allowed for whomever it calls is told by
        `restrict-access-to-service-principal`; keys that requests of services never have by
        `unsupported-condition-key-for-service-principal`, and what a caller can write as it likes,
        such as `aws:Referer`, by `untrustworthy-condition-key`.
        """,
    why="""
        A service calls from its own network, and is the same for all its customers: where it calls
        from does not tell for whom.
        AWS leaves such keys out where one service calls another, so that the condition may not even
        hold for the requests that were meant.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:BatchGetImage",
            "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:BatchGetImage",
            "Condition": {"StringEquals": {"aws:SourceAccount": "111122223333"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “The confused deputy problem”",
        "IAM User Guide, “AWS global condition context keys”, “aws:SourceAccount”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Recommended "
        "condition key for service principal”",
    ),
)
