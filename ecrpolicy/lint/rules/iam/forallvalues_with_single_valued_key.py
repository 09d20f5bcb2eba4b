"""`ForAllValues` on a key with one value."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.values import boolean_of
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        for condition in statement.conditions:
            if not _is_for_all(condition):
                continue
            key = subject.facts.condition_key(condition.key)
            if key is None or key.is_multivalued or not _may_be_missing(statement, condition):
                continue
            plain = condition.operator_name.removeprefix(Qualifier.FOR_ALL_VALUES)
            yield Problem(
                condition.path,
                f"{shown(condition.operator_name)} holds where there is no {shown(condition.key)}, "
                "a key with one value",
                f"write {shown(plain)}",
                at_name=True,
            )


def _is_for_all(condition: Condition) -> bool:
    operator = condition.operator
    return (
        operator is not None
        and operator.qualifier is Qualifier.FOR_ALL_VALUES
        and operator.comparison is not Comparison.NULL
    )


def _may_be_missing(statement: Statement, condition: Condition) -> bool:
    """Whether the statement does not ask that the key be there."""
    return statement.has_all_conditions and not any(
        each.operator is not None
        and each.operator.comparison is Comparison.NULL
        and each.operator.qualifier is Qualifier.NONE
        and each.lower_key == condition.lower_key
        and all(boolean_of(value.text) is False for value in each.values)
        for each in statement.conditions
    )


RULE = Rule(
    name="forallvalues-with-single-valued-key",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    without_facts="""
        Keys of all services, of Amazon ECR and of Amazon ECR Public are checked; of the keys of
        other services, nothing is said.
        """,
    example=Kind.REPOSITORY,
    summary="`ForAllValues` stands before a key that has one value, and holds without it",
    what="""
        Finds `ForAllValues:` operators on condition keys that have one value at most, as the IAM
        User Guide and the Service Authorization Reference list them.
        Statements that ask with `Null` that the key be there are left alone, and
        `ForAllValues:Null` is told by `null-with-qualifier`.
        """,
    why="""
        `ForAllValues` holds for all values of a request, and so it holds where there are none.
        An `Allow` for an organization then lets in every caller that belongs to none, anonymous
        ones too; a `Deny` refuses more than was meant.
        The fault is common, since the set operators look as though they were needed for lists in
        the policy; they are about lists in the request.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {"ForAllValues:StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:DescribeImages",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – "
        "ForAllValues with single valued key”",
    ),
)
