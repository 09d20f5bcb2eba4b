"""Creating the role of every service, as nothing excepts it."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.any_role import By, creates_any_role
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="create-slr-with-star-in-resource-and-not-action",
    severity=Severity.WARNING,
    kinds=(Kind.IDENTITY,),
    check=creates_any_role(By.EXCEPTION, with_not_resource=False),
    summary="`NotAction` allows `iam:CreateServiceLinkedRole` for the roles of all services",
    what="""
        Finds statements that allow all but some actions, `iam:CreateServiceLinkedRole` not among
        these, for a resource that covers the roles of all services.

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
          "Statement": {"Effect": "Allow", "NotAction": "ecr:Delete*", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "NotAction": ["ecr:Delete*", "iam:*"],
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “Create a service-linked role”",
        "Amazon ECR User Guide, “Using service-linked roles for Amazon ECR”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – Create "
        "SLR with star in resource and NotAction”",
    ),
)
