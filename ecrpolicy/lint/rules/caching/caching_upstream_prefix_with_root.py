"""An upstream prefix of a rule for all repositories."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-upstream-prefix-with-root",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-upstream-prefix-with-root"),
    summary="a cache rule for `ROOT` has an upstream prefix",
    what="""
        Finds an `upstreamRepositoryPrefix` other than `ROOT` in a cache rule whose
        `ecrRepositoryPrefix` is `ROOT`.
        """,
    why="The service takes an upstream prefix only beside another prefix than `ROOT`.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "ROOT",
              "upstreamRegistryUrl": "444455556666.dkr.ecr.us-east-1.amazonaws.com",
              "upstreamRepositoryPrefix": "team"
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
              "upstreamRepositoryPrefix": "team"
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Customizing repository prefixes for ECR to ECR pull through "
        "cache”",
    ),
)
