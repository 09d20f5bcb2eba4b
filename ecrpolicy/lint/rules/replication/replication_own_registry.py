"""A registry that is its own destination."""

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Rule

RULE = Rule(
    name="replication-own-registry",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=refused("replication-own-registry"),
    summary="a destination is the registry itself",
    what="""
        Finds destinations in the account and the Region of the registry that the configuration is
        of, where that is known.
        """,
    why="""
        The service refuses the configuration, and the one before it stays. Configurations that are
        copied from one Region to the next end up so.
        """,
    trips="""
        {
          "rules": [{"destinations": [{"region": "us-east-1", "registryId": "111122223333"}]}]
        }
        """,
    passes="""
        {
          "rules": [{"destinations": [{"region": "us-east-1", "registryId": "444455556666"}]}]
        }
        """,
    references=("Amazon ECR User Guide, “Private image replication”",),
)
