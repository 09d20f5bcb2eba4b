"""Deletions that one rule carries and another does not."""

from collections.abc import Iterator

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.replication import replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    rules = replication_rules(subject)
    deleting = [rule for rule in rules if rule.deletes]
    for rule in rules if deleting else ():
        if rule.deletes is not False:
            continue
        for each in rule.destinations:
            for other in deleting:
                places = {(there.region, there.account) for there in other.destinations}
                if (each.region, each.account) in places and other.overlaps(rule):
                    yield Problem(
                        each.path,
                        f"deletions reach {shown(f'{each.account} {each.region}')} all the same: "
                        f"{shown(pointer(*other.path))} carries them, for repositories of this "
                        "rule too",
                        "set `deleteReplication` alike, or use filters that do not overlap",
                    )
                    break


RULE = Rule(
    name="replication-deletes-anyway",
    severity=Severity.WARNING,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a rule carries no deletions, and another one with the same destination does",
    what="""
        Finds destinations of rules that do not replicate deletions, where a rule that does names
        the same destination, and some repositories fall under both.
        """,
    why="""
        Rules add up. An image that is deleted here is deleted there, if one of the rules that
        replicate it says so: whoever kept the copy as a backup by leaving `deleteReplication` out
        has none.
        """,
    trips="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "deleteReplication": {"enabled": true}
            },
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "backup", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "web", "filterType": "PREFIX_MATCH"}],
              "deleteReplication": {"enabled": true}
            },
            {
              "destinations": [{"region": "eu-west-1", "registryId": "111122223333"}],
              "repositoryFilters": [{"filter": "backup", "filterType": "PREFIX_MATCH"}]
            }
          ]
        }
        """,
    references=(
        "Amazon ECR API Reference, “ReplicationRule”",
        "Amazon ECR User Guide, “Private image replication”, “Considerations”",
    ),
)
