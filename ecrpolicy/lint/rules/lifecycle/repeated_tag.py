"""An entry that stands twice in a list of tags."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Remove
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for rule in lifecycle_rules(subject).rules:
        seen: set[str] = set()
        for text, path in rule.tag_list.entries if rule.tag_list else ():
            if text in seen:
                yield Problem(
                    path,
                    f"{shown(text)} stands in the list already",
                    "delete it",
                    fix=(Remove(path),),
                )
            seen.add(text)


RULE = Rule(
    name="repeated-tag",
    severity=Severity.SUGGESTION,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a list of tags has an entry twice",
    what="""
        Finds entries of `tagPrefixList` and `tagPatternList` that stand before in the same list.
        The fix takes them out, which changes nothing that the policy does.
        """,
    why="Each entry must match a tag of the image: the same one again asks for nothing more.",
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["v", "v"],
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
                "tagPrefixList": ["v", "w"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy properties in Amazon ECR”",),
)
