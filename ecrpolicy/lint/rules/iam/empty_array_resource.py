"""A statement about no resource."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import IAM, Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="empty-array-resource",
    severity=Severity.ERROR,
    kinds=tuple(kind for kind in IAM if kind is not Kind.REPOSITORY),
    check=refused("empty-array-resource"),
    summary="a statement has an empty list of resources",
    what="""
        Finds `Resource` and `NotResource` that are an empty list.
        In a repository policy, which has no `Resource` at all, `unsupported-resource` finds it.
        """,
    why="""
        An empty `Resource` means nothing, an empty `NotResource` everything: neither can be meant.
        IAM Access Analyzer has it as a suggestion; here it is an error, because such a policy is
        refused.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": []
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": ["*"]
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Resource”",
        "IAM User Guide, “IAM JSON policy elements: NotResource”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Empty array "
        "resource”",
    ),
)
