"""A filter that no repository's name begins with."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.replication import replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    registry = subject.registry
    if registry is None or not registry.repositories:
        return
    names = [repository.name for repository in registry.repositories]
    for rule in replication_rules(subject):
        for text, path in rule.filters:
            if not any(name.startswith(text) for name in names):
                yield Problem(
                    path,
                    f"no repository of the registry has a name that begins with {shown(text)}",
                    "a filter is the beginning of a name: write it in full, from the left",
                )


RULE = Rule(
    name="replication-filter-matches-nothing",
    severity=Severity.SUGGESTION,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a replication filter matches no repository that there is",
    what="""
        Finds replication filters that none of the names of the registry's repositories begin with,
        where there is a snapshot of it with repositories. Without one, nothing is said: filters
        that can match no name at all are refused, which another rule tells.
        """,
    why="""
        A filter is no pattern, and it starts at the left: `prod` does not match `team/prod-web`,
        and what it was meant for is not replicated. It may also be for repositories that are
        still to come.
        """,
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
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
              "repositoryFilters": [{"filter": "team/prod", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “RepositoryFilter”",),
)
