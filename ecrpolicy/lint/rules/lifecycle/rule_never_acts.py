"""A rule whose images are all owned by earlier rules."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import RuleView, lifecycle_rules
from ecrpolicy.lint.ownership import owners
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_PREFIXES: Final = "tagPrefixList"


def check(subject: Subject) -> Iterator[Problem]:
    rules = lifecycle_rules(subject)
    for rule in rules.rules:
        found = owners(rules, rule)
        if found and not _are_equal_prefixes(found[0], rule):
            places = listed([pointer(*owner.path) for owner in found], "and")
            first = min(owner.priority or 0 for owner in found)
            yield Problem(
                (*rule.path, "rulePriority"),
                f"the rule can never act: {places} {'own' if len(found) > 1 else 'owns'} every "
                "image that it selects",
                f"give it a `rulePriority` below {first}, or delete it",
            )


def _are_equal_prefixes(one: RuleView, other: RuleView) -> bool:
    """Whether the service refuses the two: that is told elsewhere."""
    lists = (one.tag_list, other.tag_list)
    sets = [
        {entry.text for entry in each.entries}
        for each in lists
        if each is not None and each.name == _PREFIXES and each.is_complete
    ]
    return len(sets) == 2 and sets[0] == sets[1]


RULE = Rule(
    name="rule-never-acts",
    severity=Severity.WARNING,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="earlier rules own every image that a rule selects",
    what="""
        Finds rules that cannot act on any image, whatever images there are, and names the rules
        that own theirs.
        That is so where each entry of an earlier rule's list of tags covers one of this rule's
        entries, and where a rule for `any` image comes after one for the untagged images and one
        for all that are tagged.

        Rules with the same set of prefixes, and rules after one for `any` image, are refused by
        the service: other rules tell that.
        """,
    why="""
        Each image belongs to the first rule that selects it, in the order of `rulePriority`, even
        if that rule leaves it alone. Later rules never act on it.
        So a rule for `v1*` after one for `v*` does nothing, whatever it says about age or number.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["v*"],
                "countType": "imageCountMoreThan",
                "countNumber": 50
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["v*-rc*"],
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
                "tagStatus": "tagged",
                "tagPatternList": ["v*-rc*"],
                "countType": "sinceImagePushed",
                "countUnit": "days",
                "countNumber": 14
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "tagged",
                "tagPatternList": ["v*"],
                "countType": "imageCountMoreThan",
                "countNumber": 50
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
