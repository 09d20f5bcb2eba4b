"""A text that is too long or too short."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lifecycle.parse import length_problem
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    if subject.text is not None:
        found = length_problem(len(subject.text))
        if found is not None:
            yield Problem((), found.message, found.help)


RULE = Rule(
    name="policy-length",
    severity=Severity.ERROR,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="the text of the policy is too long or too short",
    what="""
        Finds texts of fewer than 100 or more than 30,720 characters, where the text that would be
        sent is known. White space counts.
        """,
    why="""
        The service refuses the policy, though a long one may be in order: spaces can be left out of
        it. No policy with a rule is too short.
        """,
    trips="""
        {"rules": []}
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
        "Amazon ECR User Guide, “Amazon ECR service quotas”",
        "Amazon ECR API Reference, “PutLifecyclePolicy”",
    ),
)
