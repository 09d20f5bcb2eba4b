"""A rule that counts images which it cannot act on."""

from collections.abc import Iterator

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import lifecycle_rules
from ecrpolicy.lint.ownership import earlier, selects_all_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    rules = lifecycle_rules(subject)
    for rule in rules.rules:
        if rule.count_type != "imageCountMoreThan" or rule.tag_list is None:
            continue
        inside = [
            pointer(*each.path)
            for each in earlier(rules, rule)
            if selects_all_of(rule, each) and not selects_all_of(each, rule)
        ]
        if inside:
            yield Problem(
                rule.tag_list.path,
                f"the rule counts the images of {listed(inside, 'and')} too, and cannot act on "
                "them",
                "count them in, or choose tags that do not overlap",
            )


RULE = Rule(
    name="overlapping-tags",
    severity=Severity.WARNING,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule that keeps a number of images counts those of an earlier rule too",
    what="""
        Finds rules with `imageCountMoreThan` whose list of tags covers all images of an earlier
        rule for tagged images: `prod` after `prod-eu`.
        Tags that overlap otherwise, as `*-eu` and `prod-*` do, are not looked at; nor are rules
        about age, which no other rule's images matter to.
        """,
    why="""
        A count takes in every image that the rule selects, those too that belong to an earlier
        rule. They take places among the newest, and the rule acts on older images of its own
        sooner than its number says: it may keep none of them.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["prod-eu"],
                "countType": "imageCountMoreThan",
                "countNumber": 20
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["prod"],
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
                "tagPrefixList": ["prod-eu"],
                "countType": "imageCountMoreThan",
                "countNumber": 20
              },
              "action": {"type": "expire"}
            },
            {
              "rulePriority": 2,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["prod-us"],
                "countType": "imageCountMoreThan",
                "countNumber": 10
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
