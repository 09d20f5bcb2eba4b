"""A destination that does not let the registry in."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.replication import Destination, ReplicationRule, replication_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

if TYPE_CHECKING:
    from ecrpolicy.snapshot import Registry


def check(subject: Subject) -> Iterator[Problem]:
    source = subject.registry
    if source is None or not subject.others:
        return
    known = {(each.region, each.account): each for each in subject.others}
    for rule in replication_rules(subject):
        for each in rule.destinations:
            destination = known.get((each.region, each.account))
            refused = None if destination is None else _refused(source, destination, rule)
            if refused is not None:
                action, name = refused
                yield Problem(
                    each.path,
                    f"{_place(each)} does not let this registry take {shown(action)} on "
                    f"{shown(name)}: it is not replicated",
                    f"allow it to {shown(f'arn:{source.partition}:iam::{source.account}:root')} in "
                    "the registry policy there",
                )


def _place(destination: Destination) -> str:
    return shown(f"{destination.account} {destination.region}")


def _refused(
    source: "Registry", destination: "Registry", rule: ReplicationRule
) -> tuple[str, str] | None:
    """The first action and repository that the policy of a destination refuses."""
    from ecrpolicy.replication import Outcome, Passage, Verdict

    try:
        passage = Passage(source, destination)
    except EcrPolicyError:
        return None
    for repository in source.repositories:
        name = repository.name
        if not (rule.is_for_all or any(name.startswith(each.text) for each in rule.filters)):
            continue
        if passage.outcome(name) is Outcome.DENIED:
            permissions = passage.permissions(name)
            denied = (each.action for each in permissions if each.verdict is Verdict.DENIED)
            return next(denied), name
    return None


RULE = Rule(
    name="replication-not-permitted",
    severity=Severity.WARNING,
    kinds=(Kind.REPLICATION,),
    check=check,
    summary="a destination does not let images of the registry be replicated to it",
    what="""
        Finds destinations whose registry policy does not allow `ecr:ReplicateImage`, or
        `ecr:CreateRepository` where the repository is missing there, for a repository that the
        rule replicates.
        That is looked for where there are snapshots of both registries; without them, nothing is
        said.
        """,
    why="""
        Between accounts, the destination decides. Without its permission nothing arrives, and the
        push succeeds all the same: only the status of the replication tells.
        """,
    trips="""
        {
          "rules": [
            {"destinations": [{"region": "us-east-1", "registryId": "444455556666"}]}
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {"destinations": [{"region": "eu-west-1", "registryId": "111122223333"}]}
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Private registry permissions for replication”",
        "Amazon ECR User Guide, “Private image replication”, “Considerations”",
    ),
)
