"""A unit that is missing, or one too many."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Add
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path, text


def check(subject: Subject) -> Iterator[Problem]:
    for problem in refused("count-unit")(subject):
        selection = at_path(subject.value, problem.path)
        if text(selection, "countType") == "imageCountMoreThan":
            yield problem
        else:
            yield problem._replace(fix=(Add((*problem.path, "countUnit"), "days"),))


RULE = Rule(
    name="count-unit",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a count of days has no unit, or a count of images has one",
    what="""
        Finds `since…` count types without `countUnit`, and `imageCountMoreThan` with it.
        The fix adds `days`, which is the only unit.
        """,
    why="The service refuses the policy.",
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "sinceImagePushed",
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
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
