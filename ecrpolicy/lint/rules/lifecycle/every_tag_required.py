"""Several tags in one list, all of which an image must have."""

import json
from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

# A help that shows more lists is too long to be read.
_MOST: Final = 4


def check(subject: Subject) -> Iterator[Problem]:
    for rule in lifecycle_rules(subject).rules:
        found = rule.tag_list
        if rule.tag_status != "tagged" or found is None:
            continue
        entries = list(dict.fromkeys(entry.text for entry in found.entries))
        if len(entries) > 1:
            yield Problem(
                found.path,
                f"an image must have tags for all of {listed(entries, 'and')}, not for one of them",
                _rewrite(found.name, entries),
            )


def _rewrite(name: str, entries: list[str]) -> str:
    lists = [f"`{json.dumps(name)}: {json.dumps([each])}`" for each in entries[:_MOST]]
    if len(entries) > _MOST:
        lists.append("and so on")
    return f"if one is enough, write one rule for each: {', '.join(lists)}"


RULE = Rule(
    name="every-tag-required",
    severity=Severity.WARNING,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule asks for all of several tags, where one of them is mostly meant",
    what="""
        Finds lists with more than one entry in rules for tagged images.
        There is no fix, as that would change what the policy does: the help shows the lists of
        the rules to be written instead.
        """,
    why="""
        The entries of one list are joined by “and”: `["prod", "dev"]` selects images that have
        both a tag that begins with `prod` and one that begins with `dev`. Hardly any image has,
        so the rule does nothing, and nobody notices before the repository is full.

        For “or”, write one rule for each entry, each with its own `rulePriority`. A count then
        holds for each of them, and not for all together.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["dev", "test"],
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
                "tagPrefixList": ["dev"],
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
                "tagPrefixList": ["test"],
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
        "Amazon ECR User Guide, “Lifecycle policy properties”, “Tag pattern list” and “Tag prefix "
        "list”",
    ),
)
