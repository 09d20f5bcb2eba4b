"""`NotAction` in an RCP."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="rcp-syntax-error-notaction",
    severity=Severity.ERROR,
    kinds=(Kind.RCP,),
    check=refused("rcp-syntax-error-notaction"),
    summary="a resource control policy has a `NotAction`",
    what="Finds `NotAction` in RCPs.",
    why="""
        The policy is refused: an RCP names the actions that it is about, since only some services
        know RCPs at all.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "NotAction": "ecr:Get*",
            "Resource": "*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Principal": "*", "Action": "ecr:Put*", "Resource": "*"}
        }
        """,
    references=(
        "AWS Organizations User Guide, “RCP syntax”, “Action element”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – RCP syntax error "
        "NotAction”",
    ),
)
