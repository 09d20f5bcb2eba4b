"""A rule that replicates to nowhere."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.settings import settings_of
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import objects


def check(subject: Subject) -> Iterator[Problem]:
    value, start = settings_of(subject)
    for rule, path in objects(value, "rules", path=start):
        if rule.get("destinations") == []:
            yield Problem(
                (*path, "destinations"),
                "the rule replicates to nowhere",
                "name a destination, or delete the rule",
            )


RULE = Rule(
    name="replication-no-destinations",
    severity=Severity.WARNING,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a replication rule has no destination",
    what="Finds rules whose `destinations` is `[]`.",
    why="The service takes the rule, and nothing is replicated by it.",
    trips="""
        {
          "rules": [
            {
              "destinations": [],
              "repositoryFilters": [{"filter": "prod", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "prod", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “ReplicationRule”",),
)
