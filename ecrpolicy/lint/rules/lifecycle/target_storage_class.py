"""Where a transition goes."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Add
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.refusals import refused
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import at_path, text


def check(subject: Subject) -> Iterator[Problem]:
    for problem in refused("target-storage-class")(subject):
        path = problem.path
        if text(at_path(subject.value, path), "type") == "transition":
            yield problem._replace(fix=(Add((*path, "targetStorageClass"), "archive"),))
        else:
            yield problem


RULE = Rule(
    name="target-storage-class",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a transition does not say where to, or an expiry does",
    what="""
        Finds `transition` without `targetStorageClass`, and `expire` with it.
        The fix adds `archive`, which is the only one.
        """,
    why="""
        The service refuses the policy, the first of the two with a text that says no more than that
        it cannot read it.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "countType": "sinceImagePulled",
                "countUnit": "days",
                "countNumber": 90
              },
              "action": {"type": "transition"}
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
                "tagStatus": "any",
                "countType": "sinceImagePulled",
                "countUnit": "days",
                "countNumber": 90
              },
              "action": {"type": "transition", "targetStorageClass": "archive"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
