"""A destination that another rule replicates everything to."""

from collections.abc import Iterator, Sequence

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.replication import Destination, ReplicationRule, replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    rules = replication_rules(subject)
    for number, rule in enumerate(rules):
        seen: set[tuple[str, str]] = set()
        for each in rule.destinations:
            if (each.region, each.account) in seen:
                yield Problem(
                    each.path,
                    f"the rule names {shown(f'{each.account} {each.region}')} already",
                    "delete one of the two",
                )
                continue
            seen.add((each.region, each.account))
            other = _cover(rules, number, each)
            if other is not None:
                yield Problem(
                    each.path,
                    f"{shown(pointer(*other.path))} replicates all of this to "
                    f"{shown(f'{each.account} {each.region}')} already",
                    "delete the destination, or give the other rule filters",
                )


def _cover(
    rules: Sequence[ReplicationRule], number: int, mine: Destination
) -> ReplicationRule | None:
    """Another rule that does all that a rule does for a destination; of two equals, the first."""
    rule = rules[number]
    for at, other in enumerate(rules):
        if at == number or other.deletes is None or other.deletes != rule.deletes:
            continue
        if (mine.region, mine.account) not in ((each[0], each[1]) for each in other.destinations):
            continue
        if other.covers(rule) and (at < number or not rule.covers(other)):
            return other
    return None


RULE = Rule(
    name="replication-destination-covered",
    severity=Severity.WARNING,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="another rule replicates all that a rule does to one of its destinations",
    what="""
        Finds destinations that another rule replicates the same repositories to, and more: mostly
        a rule that has filters beside one that has none. It also finds destinations that one rule
        names twice.
        Rules of which one carries deletions and the other does not are left to another rule of
        the linter.
        """,
    why="""
        Rules add up. A rule without filters is for every repository, and no other rule takes
        anything away from it: filters that were meant to choose choose nothing.
        """,
    trips="""
        {
          "rules": [
            {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]},
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
            {"destinations": [{"region": "us-west-2", "registryId": "111122223333"}]},
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "prod", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Private image replication”, “Considerations”",),
)
