"""A credential that is no secret for a cache."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-malformed-credential",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-malformed-credential"),
    summary="a credential is not the ARN of a secret for a pull-through cache",
    what="""
        Finds a `credentialArn` that is not the ARN of a secret whose name starts with
        `ecr-pullthroughcache/`.
        """,
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "docker-hub",
              "upstreamRegistryUrl": "registry-1.docker.io",
              "credentialArn": "arn:aws:secretsmanager:us-east-1:111122223333:secret:hub-1a2b"
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
        "Amazon ECR User Guide, “Storing your upstream repository credentials in an AWS "
        "Secrets Manager secret”",
        "Amazon ECR API Reference, “CreatePullThroughCacheRule”",
    ),
)
