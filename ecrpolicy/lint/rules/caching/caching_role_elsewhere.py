"""A role of another account."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-role-elsewhere",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-role-elsewhere"),
    summary="the role of a cache rule is of another account than the registry",
    what="""
        Finds a `customRoleArn` whose role is not of the account of the registry that the rule is
        of, where that is known.
        """,
    why="""
        A role can be handed to a service in its own account alone. It is the repositories of the
        other account whose policies must let the role in.
        """,
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com",
              "customRoleArn": "arn:aws:iam::444455556666:role/Cache"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com",
              "customRoleArn": "arn:aws:iam::111122223333:role/Cache"
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Using pull through cache rules”, “ECR to ECR pull through cache”",
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
    ),
)
