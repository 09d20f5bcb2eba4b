"""A policy under which every image goes some day."""

from collections.abc import Iterator, Sequence

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import RuleView, lifecycle_rules
from ecrpolicy.lint.ownership import is_for_ever, selects_every_tag
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    found = lifecycle_rules(subject)
    if not found.is_complete or any(rule.storage_class is None for rule in found.rules):
        return
    rules = [rule for rule in found.rules if rule.storage_class == "standard"]
    if not rules or not all(_expires_by_age(rule) for rule in rules):
        return
    last = _last_of_all(rules)
    if last is not None:
        days = max(rule.count_number or 0 for rule in rules)
        age = "a day" if days == 1 else f"{days} days"
        yield Problem(
            (*last.path, "selection", "countType"),
            f"every image goes at the age of {age}, the newest too: nothing is kept",
            "keep the newest with `imageCountMoreThan`, or give the images that are in use an "
            "earlier rule that does",
        )


def _expires_by_age(rule: RuleView) -> bool:
    is_by_age = rule.count_type == "sinceImagePushed" and rule.count_number is not None
    return is_by_age and rule.action == "expire" and not is_for_ever(rule)


def _last_of_all(rules: Sequence[RuleView]) -> RuleView | None:
    """A rule with which no image is left that none selects."""
    for rule in rules:
        if rule.tag_status == "any":
            return rule
    is_untagged_selected = any(rule.tag_status == "untagged" for rule in rules)
    every_tag = (rule for rule in rules if selects_every_tag(rule))
    return next(every_tag, None) if is_untagged_selected else None


RULE = Rule(
    name="nothing-is-kept",
    severity=Severity.WARNING,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a policy can empty its repository: every image goes at some age",
    what="""
        Finds policies whose rules select all images, tagged and untagged ones, and all expire them
        by their age. A policy that keeps a number of some images, or some for ten years, or
        archives some, is let be.
        """,
    why="""
        When nothing has been pushed for so many days, nothing is left: the image that runs in
        production is the newest, and goes too. What is running does not stop, but no new task, pod
        or function can be started from it.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "any",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 90
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
                "tagPatternList": ["release*"],
                "countType": "imageCountMoreThan",
                "countNumber": 5
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "any",
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 90
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
