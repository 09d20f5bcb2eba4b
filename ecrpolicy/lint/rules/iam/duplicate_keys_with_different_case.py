"""A condition key that stands twice, in different case."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        firsts: dict[tuple[str, str], Condition] = {}
        for condition in statement.conditions:
            first = firsts.setdefault((condition.operator_name, condition.lower_key), condition)
            if first is not condition:
                yield Problem(
                    condition.path,
                    f"the condition key {shown(condition.key)} stands here as "
                    f"{shown(first.key)}, too",
                    "keep one of the two",
                    at_name=True,
                    fix=(Remove(condition.path),) if _are_alike(first, condition) else (),
                )


def _are_alike(first: Condition, second: Condition) -> bool:
    """Whether two conditions on one key say the same."""
    texts = [[value.text for value in each.values] for each in (first, second)]
    return first.is_complete and second.is_complete and texts[0] == texts[1]


RULE = Rule(
    name="duplicate-keys-with-different-case",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a condition key stands twice under one operator, in different case",
    what="""
        Finds keys of one operator that differ in nothing but case, in the name of a tag too.
        The same name twice is told by `duplicate-key`.
        The fix deletes the later one where both have the same values.
        """,
    why="""
        In the names of condition keys, case does not count: the two are one key.
        The policy is refused.
        Where both conditions are meant, one value must fulfil both: put one of them under another
        operator, or in another statement.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {
              "StringEquals": {
                "aws:PrincipalOrgID": "o-a1b2c3d4e5",
                "aws:principalorgid": "o-f6g7h8i9j0"
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
            "Action": "ecr:BatchGetImage",
            "Resource": "*",
            "Condition": {
              "StringEquals": {"aws:PrincipalOrgID": ["o-a1b2c3d4e5", "o-f6g7h8i9j0"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Duplicate keys "
        "with different case”",
    ),
)
