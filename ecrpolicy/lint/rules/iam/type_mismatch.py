"""An operator that does not compare what the key is."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.key_types import mismatch
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        found = mismatch(condition, subject.facts)
        if found is not None and condition.is_complete:
            yield Problem(
                condition.path,
                f"{shown(condition.key)} is {found.is_a}, and {shown(condition.operator_name)} "
                f"compares {found.compares}",
                f"write {shown(found.instead)}, or its like",
                at_name=True,
            )


RULE = Rule(
    name="type-mismatch",
    severity=Severity.WARNING,
    kinds=IAM,
    check=check,
    without_facts="""
        The keys of all services, of Amazon ECR and of Amazon ECR Public are checked; of the keys of
        other services, nothing is said.
        """,
    summary="a condition key is of another type than its operator compares",
    what="""
        Finds conditions whose operator is for another type than the key has, as the IAM User Guide
        and the Service Authorization Reference tell it: `StringLike` on `aws:SourceIp`,
        `NumericEquals` on `aws:CurrentTime`.

        An ARN may be compared as text, `aws:EpochTime` as a number, and a text with ARNs.
        Tags, in which anything may stand, may be compared with everything, and `Null` asks for no
        type.
        """,
    why="""
        Where the value is not of the type that the operator compares, the condition does not hold,
        and with a negated operator it always does.
        Where both are compared as text, values that mean the same count as different: `TRUE` and
        `true`, or two ways of writing an address.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:SourceIp": "203.0.113.*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.0/24"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”",
        "IAM User Guide, “AWS global condition context keys”",
        "Service Authorization Reference, “Actions, resources, and condition keys for AWS "
        "services”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Type "
        "mismatch”",
    ),
)
