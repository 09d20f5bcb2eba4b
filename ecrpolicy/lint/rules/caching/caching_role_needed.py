"""Another account's registry, and no role to pull from it."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-role-needed",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-role-needed"),
    summary="a cache rule for another account's registry names no role",
    what="""
        Finds cache rules for a registry of Amazon ECR in another account, without `customRoleArn`,
        where it is known of which registry the rule is.
        """,
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com"
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
