"""`Null` with a qualifier."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison, Qualifier
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    operators = {each.operator_path: each.operator for each in policy_of(subject).conditions}
    for path, operator in operators.items():
        if operator is None or operator.comparison is not Comparison.NULL:
            continue
        if operator.qualifier is not Qualifier.NONE:
            is_all = operator.qualifier is Qualifier.FOR_ALL_VALUES
            yield Problem(
                path,
                f"{shown(operator.text)} {'always' if is_all else 'never'} holds",
                "write `Null`",
                at_name=True,
            )


RULE = Rule(
    name="null-with-qualifier",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="`Null` with a qualifier holds always, or never",
    what="Finds the operators `ForAllValues:Null` and `ForAnyValue:Null`.",
    why="""
        `Null` asks whether a key is there, which has nothing to do with its values.
        With `ForAllValues` it always holds, with `ForAnyValue` it never does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"ForAnyValue:Null": {"aws:TagKeys": "true"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": "ecr:CreateRepository",
            "Resource": "*",
            "Condition": {"Null": {"aws:TagKeys": "true"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “Condition operator "
        "to check existence of condition keys”",
        "IAM User Guide, “Set operators for multivalued context keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Null with "
        "qualifier”",
    ),
)
