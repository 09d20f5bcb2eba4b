"""Passing all roles but some, by a pattern."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.any_role import By, passes_any_role
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="pass-role-with-star-in-action-and-not-resource",
    severity=Severity.SECURITY_WARNING,
    kinds=(Kind.IDENTITY,),
    check=passes_any_role(By.PATTERN, with_not_resource=True),
    summary="a pattern of actions allows `iam:PassRole` for all roles but those of `NotResource`",
    what="""
        Finds statements that allow `iam:PassRole` by a pattern, such as `*` or `iam:*`, with a
        `NotResource` that does not except all roles.

        Statements are left alone that compare `iam:PassedToService`, and policies that deny
        `iam:PassRole` for all roles.
        It is looked for in identity-based policies alone: boundaries, session policies and SCPs
        grant nothing.
        """,
    why="""
        Whoever may pass a role to a service, and start something there, does with it what the role
        may do: an identity that may pass every role has the permissions of the mightiest of them.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "iam:*",
            "NotResource": "arn:aws:iam::111122223333:role/admin"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "iam:PassRole",
            "Resource": "arn:aws:iam::111122223333:role/ecs-task-*"
          }
        }
        """,
    references=(
        "IAM User Guide, “Grant a user permissions to pass a role to an AWS service”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Security Warning – Pass "
        "role with star in action and NotResource”",
    ),
)
