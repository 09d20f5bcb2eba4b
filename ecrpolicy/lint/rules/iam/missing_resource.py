"""A statement without resources."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import OF_IDENTITIES, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="missing-resource",
    severity=Severity.ERROR,
    kinds=(*OF_IDENTITIES, Kind.SCP, Kind.RCP, Kind.ENDPOINT, Kind.REGISTRY),
    check=refused("missing-resource"),
    summary="a statement does not say which resources it is about",
    what="""
        Finds statements that have neither `Resource` nor `NotResource`, in the kinds of policies
        that need one.
        An empty list is told by `empty-array-resource`.
        A repository policy is about its repository: there, a resource is refused, which
        `unsupported-resource` tells.
        """,
    why="The policy is refused. `*` means every resource.",
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:GetAuthorizationToken",
            "Resource": "*"
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Resource”",
        "Amazon ECR User Guide, “Private registry permissions”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Missing resource”",
    ),
)
