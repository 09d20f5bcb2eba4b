"""A list of tags where no tags are asked for."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path


def check(subject: Subject) -> Iterator[Problem]:
    for problem in refused("list-without-tagged")(subject):
        is_empty = at_path(subject.value, problem.path) == []
        yield problem._replace(fix=(Remove(problem.path),)) if is_empty else problem


RULE = Rule(
    name="list-without-tagged",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule for untagged images, or for all, lists tags",
    what="""
        Finds `tagPatternList` and `tagPrefixList` in rules whose `tagStatus` is `untagged` or
        `any`.
        The fix deletes those that are empty.
        """,
    why="""
        The service refuses the policy. Whoever wrote the list wanted images with those tags: then
        `tagStatus` is `tagged`.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "tagPrefixList": ["dev"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
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
                "tagStatus": "tagged",
                "tagPrefixList": ["dev"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
