"""Creating the role of all services but some, as nothing excepts it."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.any_role import By, creates_any_role
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="create-slr-with-not-action-and-not-resource",
    severity=Severity.WARNING,
    kinds=(Kind.IDENTITY,),
    check=creates_any_role(By.EXCEPTION, with_not_resource=True),
    summary="`NotAction` allows `iam:CreateServiceLinkedRole` with `NotResource`",
    what="""
        Finds statements that allow all but some actions, `iam:CreateServiceLinkedRole` not among
        these, for all resources but some, where these are not all roles of services.

        Statements are left alone that compare `iam:AWSServiceName`, and policies that deny
        `iam:CreateServiceLinkedRole` for all roles of services.
        It is looked for in identity-based policies alone: boundaries, session policies and SCPs
        grant nothing.
        """,
    why="""
        A service-linked role lets a service act in the account, with the permissions that AWS gave
        that role: whoever may create them all starts services that nobody asked for.
        Amazon ECR needs it for two roles, those of replication and of pull through cache rules.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "NotAction": "ecr:*",
            "NotResource": "arn:aws:iam::*:role/admin"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "NotAction": ["ecr:*", "iam:*"],
            "NotResource": "arn:aws:iam::*:role/admin"
          }
        }
        """,
    references=(
        "IAM User Guide, “Create a service-linked role”",
        "Amazon ECR User Guide, “Using service-linked roles for Amazon ECR”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Create "
        "SLR with NotAction and NotResource”",
    ),
)
