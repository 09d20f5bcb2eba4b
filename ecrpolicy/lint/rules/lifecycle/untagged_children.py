"""A count of untagged images, in which those of indexes are counted."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for rule in lifecycle_rules(subject).rules:
        if rule.tag_status == "untagged" and rule.count_type == "imageCountMoreThan":
            yield Problem(
                (*rule.path, "selection", "countType"),
                "the images of an index are mostly untagged: they are counted, and stay as long as "
                "the index does",
                "choose untagged images by `sinceImagePushed`",
            )


RULE = Rule(
    name="untagged-children",
    severity=Severity.SUGGESTION,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule counts untagged images, and the children of indexes among them",
    what="""
        Finds rules that keep a number of untagged images.
        A rule about the age of untagged images is let be: it waits for indexes too, and that is
        all.
        """,
    why="""
        An image for several platforms is an index, and its children, one for each platform, have
        no tags of their own. No rule acts on them while the index stands in the repository: an
        untagged rule waits until another rule has taken the index, and takes them in a later run.

        Meanwhile they are counted. A rule that keeps one untagged image keeps the newest child and
        expires every other untagged image that no index refers to, however new; and the repository
        has more untagged images than the rule says.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "untagged",
                "countType": "imageCountMoreThan",
                "countNumber": 1
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
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
