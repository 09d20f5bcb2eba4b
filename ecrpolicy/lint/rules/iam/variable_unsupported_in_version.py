"""A variable in a policy of the older version."""

import re
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.resources import behind_fields
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.policy import PolicyView, Value, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import member

_OLDER: Final = "2008-10-17"
_VARIABLE: Final = re.compile(r"\$\{[^}]*\}?")


def check(subject: Subject) -> Iterator[Problem]:
    version = member(subject.value, "Version")
    if version not in (None, _OLDER):
        return
    reason = f"its version is `{_OLDER}`" if version else "the policy has no `Version`"
    is_about_itself = subject.kind is Kind.REPOSITORY
    for (text, path), start in _places(policy_of(subject), has_resources=not is_about_itself):
        found = _VARIABLE.search(text, start)
        if found is not None:
            yield Problem(
                path,
                f"the variable {shown(found[0])} is plain text: {reason}",
                'write `"Version": "2012-10-17"`',
                offset=found.start(),
            )


def _places(policy: PolicyView, *, has_resources: bool) -> Iterator[tuple[Value, int]]:
    """The values that may hold variables, and from where on."""
    for value in policy.resources if has_resources else ():
        yield value, len(value.text) - len(behind_fields(value.text))
    for condition in policy.conditions:
        if condition.operator is not None and condition.operator.knows_variables:
            for value in condition.values:
                yield value, 0


RULE = Rule(
    name="variable-unsupported-in-version",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a variable is plain text, for want of `Version` `2012-10-17`",
    what="""
        Finds `${…}` behind the fifth colon of resources and in the values of String and Arn
        conditions, where the policy has no `Version`, or `2008-10-17`.
        """,
    why="""
        Variables came with version 2012-10-17; before, and without a version, they are plain text.
        An ARN with one covers nothing, so that an `Allow` grants nothing and a `Deny` refuses
        nothing.
        With the newer version the statement decides otherwise than now, which is why there is no
        fix.
        """,
    trips="""
        {
          "Version": "2008-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:DescribeImages",
            "Resource": "arn:aws:ecr:*:*:repository/${aws:PrincipalTag/team}/*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Version”",
        "IAM User Guide, “IAM policy elements: Variables and tags”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Variable "
        "unsupported in version”",
    ),
)
