"""The storage class `standard`, written out."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.lint.values import text


def check(subject: Subject) -> Iterator[Problem]:
    for rule in lifecycle_rules(subject).rules:
        if text(rule.value, "selection", "storageClass") == "standard":
            path = (*rule.path, "selection", "storageClass")
            yield Problem(
                path,
                "`standard` is the storage class that a rule looks at anyway",
                "delete the `storageClass`",
                at_name=True,
                fix=(Remove(path),),
            )


RULE = Rule(
    name="explicit-standard",
    severity=Severity.SUGGESTION,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule names the storage class that it would look at anyway",
    what="Finds `storageClass` `standard`, which is what a rule means that has no `storageClass`.",
    why="""
        It says nothing, and tools that do not know storage classes refuse it.
        Terraform shows a difference for ever where the service gives the policy back without it.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "storageClass": "standard",
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
    references=("Amazon ECR User Guide, “Lifecycle policy properties”",),
)
