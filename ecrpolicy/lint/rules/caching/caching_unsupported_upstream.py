"""A registry that cannot be cached."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-unsupported-upstream",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-unsupported-upstream"),
    summary="an upstream registry cannot be cached",
    what="""
        Finds an `upstreamRegistryUrl` that is none of the registries that Amazon ECR caches.
        """,
    why="""
        The service refuses the rule. Docker Hub is `registry-1.docker.io`, not `docker.io`.
        """,
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "docker-hub",
              "upstreamRegistryUrl": "docker.io",
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
              "ecrRepositoryPrefix": "docker-hub",
              "upstreamRegistryUrl": "registry-1.docker.io",
              "credentialArn":
                "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-1a2b"
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Using pull through cache rules”",
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
    ),
)
