"""A key with several values, compared as if it had one."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.condition_keys import global_key
from ecrpolicy.lint.facts import is_own
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if (
            operator is None
            or operator.qualifier is not Qualifier.NONE
            or operator.comparison is Comparison.NULL
        ):
            continue
        key = subject.facts.condition_key(condition.key)
        if key is not None and key.is_multivalued:
            yield Problem(
                condition.path,
                f"requests may have several values of {shown(condition.key)}, and "
                f"{shown(operator.text)} compares one",
                f"write {shown(Qualifier.FOR_ANY_VALUE + operator.text)} where it must hold for "
                f"one of them, or {shown(Qualifier.FOR_ALL_VALUES + operator.text)} for all",
                at_name=True,
                severity=None if _is_sure(condition.key) else Severity.WARNING,
            )


def _is_sure(key: str) -> bool:
    return global_key(key) is not None or is_own(key.partition(":")[0])


RULE = Rule(
    name="missing-qualifier",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    without_facts="""
        Keys of all services, of Amazon ECR and of Amazon ECR Public are checked; of the keys of
        other services, nothing is said.
        """,
    summary="a key of which requests have several values is compared as if there were one",
    what="""
        Finds conditions without `ForAllValues:` or `ForAnyValue:` on keys of which a request may
        have several values, such as `aws:TagKeys` and `aws:CalledVia`.
        `Null`, which asks whether there is any, needs none.
        For keys of services other than Amazon ECR and Amazon ECR Public it is a warning: some of
        them, such as `events:detail-type`, are listed as having several values, and requests have
        one.
        """,
    why="""
        The condition does not say whether one of the values must fit or all of them.
        What the service does with several values then is nowhere written down; a Deny may not
        deny.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:TagResource",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:TagKeys": ["team", "stage"]}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:TagResource",
            "Resource": "*",
            "Condition": {
              "ForAllValues:StringEquals": {"aws:TagKeys": ["team", "stage"]},
              "Null": {"aws:TagKeys": "false"}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “AWS global condition context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing qualifier”",
    ),
)
