"""Rules that are not written in their order."""

from collections.abc import Iterator
from itertools import pairwise
from operator import itemgetter

from ecrpolicy.finding import Severity
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    rules = lifecycle_rules(subject)
    numbered = [(rule.priority, rule) for rule in rules.rules]
    known = [(priority, rule) for priority, rule in numbered if priority is not None]
    for (before, _), (priority, rule) in pairwise(known):
        if priority < before:
            is_all = len(known) == len(subject.value["rules"])
            in_order = [rule.value for _, rule in sorted(known, key=itemgetter(0))]
            yield Problem(
                (*rule.path, "rulePriority"),
                f"the rule of priority {priority} stands after one of priority {before}",
                "write the rules in the order in which they are applied",
                fix=(Replace(("rules",), in_order),) if is_all else (),
            )
            return


RULE = Rule(
    name="unsorted-priorities",
    severity=Severity.SUGGESTION,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="the rules are not written in the order of their priorities",
    what="""
        Finds the first rule whose `rulePriority` is lower than that of a rule before it.
        The fix puts all rules in order, which changes nothing that the policy does.
        """,
    why="""
        Rules are applied by `rulePriority`, from the lowest number, wherever they stand. Readers
        go by the order of the text.
        The service gives policies back in order: Terraform then shows a difference for ever.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "any",
                "countType": "imageCountMoreThan",
                "countNumber": 100
              },
              "action": {"type": "expire"}
            },
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
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "any",
                "countType": "imageCountMoreThan",
                "countNumber": 100
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
