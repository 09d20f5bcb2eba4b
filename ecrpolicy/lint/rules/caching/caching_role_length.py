"""The ARN of a role that is too long."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-role-length",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING, Kind.TEMPLATES),
    check=refused("caching-role-length"),
    summary="the ARN of a role is longer than 2,048 characters",
    what="Finds a `customRoleArn` of 2,049 characters or more.",
    why="The service refuses the rule or the template.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com",
              "customRoleArn": "arn:aws:iam::111122223333:role/LONG/Cache"
            }
          ]
        }
        """.replace("LONG", "/".join(["team"] * 405)),
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "team",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com",
              "customRoleArn": "arn:aws:iam::111122223333:role/team/Cache"
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
        "Amazon ECR API Reference, “CreateRepositoryCreationTemplate”",
    ),
)
