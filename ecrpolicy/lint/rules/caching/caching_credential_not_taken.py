"""A credential that nobody asks for."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-credential-not-taken",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-credential-not-taken"),
    summary="a cache rule has a credential for a registry that takes none",
    what="""
        Finds a `credentialArn` in cache rules for registries that everybody may pull from, and for
        other registries of Amazon ECR, which take a role.
        """,
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io",
              "credentialArn":
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-1a2b"
            }
          ]
        }
        """,
    passes="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "quay",
              "upstreamRegistryUrl": "quay.io"
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “CreatePullThroughCacheRule”",),
)
