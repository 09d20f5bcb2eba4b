"""A secret of another account or Region."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-credential-elsewhere",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-credential-elsewhere"),
    summary="a credential is in another account or Region than the registry",
    what="""
        Finds a `credentialArn` whose secret is not in the account and the Region of the registry
        that the rule is of, where that is known.
        """,
    why="The service refuses the rule.",
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "docker-hub",
              "upstreamRegistryUrl": "registry-1.docker.io",
              "credentialArn":
                "arn:aws:secretsmanager:eu-west-1:111122223333:secret:ecr-pullthroughcache/hub-1a2b"
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
    ),
)
