"""A statement id without a character."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        if statement.sid == "":
            path = (*statement.path, "Sid")
            yield Problem(
                path, "the statement id is empty", "name it, or delete it", fix=(Remove(path),)
            )


RULE = Rule(
    name="empty-sid-value",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a statement id is empty",
    what="Finds `Sid` that is an empty text.",
    why="""
        It names nothing, and takes the place of a name that would help whoever reads the policy, or
        an explanation of a decision.
        The fix deletes it; nothing depends on a `Sid`, so no decision changes.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Sid": "",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Sid": "LogIn",
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Sid”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty Sid value”",
    ),
)
