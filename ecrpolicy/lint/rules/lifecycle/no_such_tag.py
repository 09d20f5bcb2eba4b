"""An entry of a list of tags that no tag can have."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject
from ecrpolicy.tagging import is_image_tag, may_match_image_tag

_PREFIXES: Final = "tagPrefixList"
_WILDCARD: Final = "*"


def check(subject: Subject) -> Iterator[Problem]:
    for rule in lifecycle_rules(subject).rules:
        found = rule.tag_list
        if rule.tag_status != "tagged" or found is None:
            continue
        is_prefix = found.name == _PREFIXES
        for text, path in found.entries:
            if text and not (is_image_tag(text) if is_prefix else may_match_image_tag(text)):
                yield Problem(
                    path,
                    f"no tag {'begins with' if is_prefix else 'matches'} {shown(text)}: the rule "
                    "selects nothing",
                    _advice(text, is_prefix=is_prefix),
                )


def _advice(text: str, *, is_prefix: bool) -> str:
    if is_prefix and _WILDCARD in text and may_match_image_tag(text):
        return "`*` is a character in a prefix: put it into a `tagPatternList`, or leave it out"
    return (
        "a tag has letters, digits, `_`, `.` and `-`, begins with none of the last two, and has "
        "128 characters at most"
    )


RULE = Rule(
    name="no-such-tag",
    severity=Severity.WARNING,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a list of tags has an entry that no tag can have",
    what="""
        Finds entries of `tagPrefixList` and `tagPatternList` that match no tag, since tags have
        letters, digits, `_`, `.` and `-` alone, begin with none of the last two, and have 128
        characters at most. Mostly it is a `*` in a prefix, which stands for itself there.
        """,
    why="""
        An image must have a tag for each entry of the list: with one entry that no tag has, the
        rule never acts.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["release-*"],
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
                "tagPatternList": ["release-*"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Lifecycle policy properties in Amazon ECR”",
        "OCI Distribution Specification, “Pulling manifests”",
    ),
)
