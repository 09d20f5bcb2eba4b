"""A filter that begins as another one of its rule does."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.replication import ReplicationRule, replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for rule in replication_rules(subject):
        for at, (text, path) in enumerate(rule.filters):
            other = _cover(rule, at)
            if other is not None:
                yield Problem(
                    path,
                    f"every name that begins with {shown(text)} begins with {shown(other)}",
                    "delete it",
                    fix=(Remove(path[:-1]),),
                )


def _cover(rule: ReplicationRule, at: int) -> str | None:
    """A shorter filter that a filter begins with; of two that are the same, the first."""
    mine = rule.filters[at].text
    for number, (other, _) in enumerate(rule.filters):
        if mine.startswith(other) and (mine != other or number < at):
            return other
    return None


RULE = Rule(
    name="replication-filter-covered",
    severity=Severity.SUGGESTION,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a shorter filter of the same rule matches all that a replication filter matches",
    what="""
        Finds replication filters that begin as another filter of their rule does: `prod-eu`
        beside `prod`. The fix deletes them.
        """,
    why="""
        It replicates nothing more, and reads as though it did. A filter is a prefix, so the
        shorter one matches all that the longer one does, and much besides: `prod` matches
        `production-tests` too.
        """,
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [
                {"filter": "prod", "filterType": "PREFIX_MATCH"},
                {"filter": "prod-eu", "filterType": "PREFIX_MATCH"}
              ]
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [
                {"filter": "prod-us", "filterType": "PREFIX_MATCH"},
                {"filter": "prod-eu", "filterType": "PREFIX_MATCH"}
              ]
            }
          ]
        }
        """,
    references=("Amazon ECR API Reference, “RepositoryFilter”",),
)
