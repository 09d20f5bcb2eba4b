"""A destination in another partition."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.replication import replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.regions import partition_of

_refused: Final = refused("replication-other-partition")


def check(subject: Subject) -> Iterator[Problem]:
    if subject.registry is not None:
        yield from _refused(subject)
        return
    first: tuple[str, str] | None = None
    for rule in replication_rules(subject):
        for each in rule.destinations:
            partition = partition_of(each.region)
            if partition is None:
                continue
            if first is None:
                first = each.region, partition
            elif partition != first[1]:
                yield Problem(
                    (*each.path, "region"),
                    f"{shown(each.region)} is in the partition `{partition}`, and "
                    f"{shown(first[0])} in `{first[1]}`: a registry is in one of them",
                    "images are not replicated between partitions: copy them by other means",
                )


RULE = Rule(
    name="replication-other-partition",
    severity=Severity.ERROR,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a destination is in another partition than its registry",
    what="""
        Finds destinations in China or in GovCloud of a registry that is elsewhere, and the other
        way about, where it is known of which registry the configuration is; else destinations in
        another partition than the first one.
        """,
    why="Images are not replicated between partitions.",
    trips="""
        {
          "rules": [{"destinations": [{"region": "cn-north-1", "registryId": "111122223333"}]}]
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
    references=("Amazon ECR User Guide, “Private image replication”",),
)
