"""A member that is null."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_OPTIONAL: Final = frozenset(
    (
        "description",
        "tagPatternList",
        "tagPrefixList",
        "storageClass",
        "countUnit",
        "targetStorageClass",
    )
)


def check(subject: Subject) -> Iterator[Problem]:
    for problem in refused("null-member")(subject):
        is_optional = problem.path[-1] in _OPTIONAL
        yield problem._replace(fix=(Remove(problem.path),)) if is_optional else problem


RULE = Rule(
    name="null-member",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a member is `null`, which is not the same as absent",
    what="""
        Finds members, and elements of lists, that are `null`. The fix deletes those that a policy
        can do without.
        """,
    why="""
        The service refuses the policy. Tools that write out every member that they know, whether or
        not it has a value, make such policies.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "description": null,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    passes="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Lifecycle policy properties”",
        "Amazon ECR API Reference, “PutLifecyclePolicy”",
    ),
)
