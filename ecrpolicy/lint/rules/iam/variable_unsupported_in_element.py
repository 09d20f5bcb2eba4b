"""A variable where there are none."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.resources import behind_fields
from ecrpolicy.iam.variables import has_variables
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_refused: Final = refused("variable-unsupported-in-element")


def check(subject: Subject) -> Iterator[Problem]:
    yield from _refused(subject)
    resources = () if subject.kind is Kind.REPOSITORY else policy_of(subject).resources
    for text, path in resources:
        behind = behind_fields(text)
        fields = text[: len(text) - len(behind)]
        if behind and text.startswith("arn:") and has_variables(fields):
            yield Problem(
                path,
                f"a variable stands before the fifth colon of the resource {shown(text)}",
                "write `*` there, and compare the key in a condition",
                offset=fields.index("${"),
            )


RULE = Rule(
    name="variable-unsupported-in-element",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a variable stands where policies have none",
    what="""
        Finds `${…}` in actions and principals, and in the first five parts of the ARNs of
        resources.
        Variables have a meaning behind the fifth colon of a resource, and in the values of String
        and Arn conditions.
        """,
    why="""
        In actions and principals, the policy is refused.
        In the parts of an ARN before its name, such as region and account, a variable is plain
        text: the ARN covers nothing.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/*",
            "Condition": {"StringEquals": {"aws:ResourceAccount": "${aws:PrincipalAccount}"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM policy elements: Variables and tags”, “Where you can use policy "
        "variables”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Variable "
        "unsupported in element”",
    ),
)
