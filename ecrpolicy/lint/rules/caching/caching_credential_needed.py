"""An upstream registry that asks who pulls."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="caching-credential-needed",
    severity=Severity.ERROR,
    kinds=(Kind.CACHING,),
    check=refused("caching-credential-needed"),
    summary="a cache rule has no credential for a registry that asks for one",
    what="""
        Finds cache rules for Docker Hub, GitHub, GitLab, Azure and Chainguard without
        `credentialArn`.
        """,
    why="""
        The service refuses the rule. These registries let nobody pull without a user name and a
        token, which are kept in AWS Secrets Manager.
        """,
    trips="""
        {
          "pullThroughCacheRules": [
            {
              "ecrRepositoryPrefix": "docker-hub",
              "upstreamRegistryUrl": "registry-1.docker.io"
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
