"""A key that requests of services do not have."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import OF_RESOURCES
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_callers import is_of_identities
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        service = _service(statement)
        for condition in statement.conditions if service else ():
            if is_of_identities(condition.lower_key) and _is_meant(condition):
                yield Problem(
                    condition.path,
                    f"no request of {shown(service)} has the condition key {shown(condition.key)}",
                    "compare `aws:SourceOrgID`, `aws:SourceAccount` or `aws:SourceArn`",
                    at_name=True,
                )


def _service(statement: Statement) -> str | None:
    """The first service among the principals."""
    principals = statement.principal.values if statement.principal else ()
    return next((each.text for each in principals if each.kind == "Service"), None)


def _is_meant(condition: Condition) -> bool:
    operator = condition.operator
    return not (
        operator is None
        or operator.if_exists
        or operator.comparison is Comparison.NULL
        or operator.qualifier is Qualifier.FOR_ALL_VALUES
    )


RULE = Rule(
    name="unsupported-condition-key-for-service-principal",
    severity=Severity.ERROR,
    kinds=OF_RESOURCES,
    check=check,
    summary="a condition compares a key that requests of a service do not have",
    what="""
        Finds conditions on `aws:PrincipalArn`, `aws:PrincipalOrgID`, `aws:PrincipalOrgPaths`,
        `aws:PrincipalTag/…`, `aws:username`, `aws:SourceIdentity`, `aws:FederatedProvider`,
        `aws:MultiFactorAuthPresent` and `aws:MultiFactorAuthAge`, in statements whose `Principal`
        has a service.
        Operators with `IfExists` or `ForAllValues`, which hold without the key, and `Null` are left
        alone.
        """,
    why="""
        A service belongs to no organization, has no tags and no ARN.
        An `Allow` with the condition grants it nothing, a `Deny` never refuses it.
        For whom it calls is told by `aws:SourceOrgID`, `aws:SourceAccount` and `aws:SourceArn`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:SourceOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Unsupported "
        "condition key for service principal”",
    ),
)
