"""Passing every role."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.any_role import By, passes_any_role
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="pass-role-with-star-in-resource",
    severity=Severity.SECURITY_WARNING,
    kinds=(Kind.IDENTITY,),
    check=passes_any_role(By.NAME, with_not_resource=False),
    summary="`iam:PassRole` is allowed for every role of an account",
    what="""
        Finds statements that allow `iam:PassRole`, by its name, for a resource that covers all
        roles of an account, such as `*` or `arn:aws:iam::111122223333:role/*`.
        A pattern that fixes how their names begin is fine.

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
            "Action": "iam:PassRole",
            "Resource": "arn:aws:iam::111122223333:role/*"
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
        "role with star in resource”",
    ),
)
