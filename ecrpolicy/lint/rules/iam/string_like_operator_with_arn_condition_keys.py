"""ARNs compared as plain text."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Edit, Rename
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.openings import openings
from ecrpolicy.lint.policy import Condition, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_FIELDS: Final = 6


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements:
        renamed: set[str] = set()
        for condition in statement.conditions:
            if not _is_text_of_arn(condition, subject.facts):
                continue
            if not _has_pattern(condition, knows_variables=policy.knows_variables is not False):
                continue
            name = condition.operator_name
            operator = name.replace("String", "Arn")
            fix: tuple[Edit, ...] = ()
            if name not in renamed and _are_the_same(statement, name, operator, subject.facts):
                fix = (Rename(condition.operator_path, operator),)
                renamed.add(name)
            key = shown(condition.key)
            yield Problem(
                condition.path,
                f"{shown(name)} compares the ARN in {key} as text: a wildcard covers colons",
                f"write {shown(operator)}",
                at_name=True,
                fix=fix,
            )


def _is_text_of_arn(condition: Condition, facts: Facts) -> bool:
    operator = condition.operator
    if operator is None or operator.comparison is not Comparison.STRING_LIKE:
        return False
    key = facts.condition_key(condition.key)
    return key is not None and key.type == "ARN"


def _has_pattern(condition: Condition, *, knows_variables: bool) -> bool:
    return any(
        not opening.is_variable
        for value in condition.values
        for opening in openings(value.text, knows_variables=knows_variables)
    )


def _are_the_same(statement: Statement, name: str, operator: str, facts: Facts) -> bool:
    """Whether all that stands under an operator means the same under the other one."""
    under = [each for each in statement.conditions if each.operator_name == name]
    block = statement.value["Condition"]
    return (
        operator not in block
        and len(under) == len(block[name])
        and all(
            each.is_complete
            and _is_text_of_arn(each, facts)
            and all(_is_fixed_but_for_name(value.text) for value in each.values)
            for each in under
        )
    )


def _is_fixed_but_for_name(text: str) -> bool:
    fields = text.split(":", _FIELDS - 1)
    return (
        len(fields) == _FIELDS
        and fields[0] == "arn"
        and not has_variables(text)
        and not any(map(has_wildcard, fields[:-1]))
    )


RULE = Rule(
    name="string-like-operator-with-arn-condition-keys",
    severity=Severity.SECURITY_WARNING,
    kinds=IAM,
    check=check,
    without_facts="""
        Keys of all services, of Amazon ECR and of Amazon ECR Public are checked; of the keys of
        other services, nothing is said.
        """,
    example=Kind.REPOSITORY,
    summary="an ARN is compared as text, so that a wildcard runs across its parts",
    what="""
        Finds `StringLike` and `StringNotLike`, with any qualifier, on condition keys whose values
        are ARNs, where a value has a wildcard.
        """,
    why="""
        `ArnLike` compares the six parts of an ARN one by one, `StringLike` the text: `*` in the
        place of the account covers colons too, and with them ARNs of which another part was to be
        fixed.
        The fix writes `ArnLike` where wildcards stand in the last part alone and the two are the
        same, so that no decision changes.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Service": "codebuild.amazonaws.com"},
            "Action": "ecr:DescribeImages",
            "Condition": {
              "StringLike": {
                "aws:SourceArn": "arn:aws:codebuild:us-east-1:111122223333:project/web-*"
              }
            }
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
            "Condition": {
              "ArnLike": {
                "aws:SourceArn": "arn:aws:codebuild:us-east-1:111122223333:project/web-*"
              }
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Amazon Resource "
        "Name (ARN) condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – String "
        "like operator with ARN condition keys”",
    ),
)
