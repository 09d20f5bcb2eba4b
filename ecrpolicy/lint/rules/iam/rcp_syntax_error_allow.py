"""An RCP that allows something in particular."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="rcp-syntax-error-allow",
    severity=Severity.ERROR,
    kinds=(Kind.RCP,),
    check=refused("rcp-syntax-error-allow"),
    summary="a resource control policy allows something in particular",
    what="""
        Finds statements of RCPs with `Effect` `Allow` that have a condition, or another `Resource`
        than `*`.
        """,
    why="""
        The policy is refused.
        RCPs only ever take away: everything is allowed by `RCPFullAWSAccess`, which is attached
        everywhere and cannot be taken off.
        What is meant to remain allowed is excepted in a `Deny`.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {
              "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
              "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
            }
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “RCP syntax”, “Effect element”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – RCP syntax error "
        "allow”",
    ),
)
