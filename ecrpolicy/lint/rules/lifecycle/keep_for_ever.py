"""A rule that keeps all its images."""

from collections.abc import Iterator

from ecrpolicy.document.location import pointer
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.lifecycle import RulesView, RuleView, lifecycle_rules
from ecrpolicy.lint.ownership import earlier, is_for_ever, may_own_both, owners
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    rules = lifecycle_rules(subject)
    if not (rules.is_complete and _is_known(rules)):
        return
    for rule in rules.rules:
        number = rule.count_number
        if number is None or not is_for_ever(rule) or owners(rules, rule):
            continue
        path = (*rule.path, "selection", "countNumber")
        unit = "images" if rule.count_type == "imageCountMoreThan" else "days"
        shielded = [pointer(*each.path) for each in rules.rules if _shields(rules, rule, each)]
        if shielded:
            yield Problem(
                path,
                f"{number} {unit} is as good as for ever: the rule keeps its images from "
                f"{listed(shielded, 'and')}, and does nothing else",
                None if "description" in rule.value else "say so in a `description`",
            )
        else:
            yield Problem(
                path,
                f"{number} {unit} is as good as for ever: the rule does nothing",
                "delete it: images that no rule acts on stay anyway",
            )


def _is_known(rules: RulesView) -> bool:
    """Whether all is known that tells whose images are whose."""
    return all(
        None not in (each.priority, each.tag_status, each.storage_class)
        and (each.tag_status != "tagged" or _has_all_tags(each))
        for each in rules.rules
    )


def _has_all_tags(rule: RuleView) -> bool:
    return rule.tag_list is not None and rule.tag_list.is_complete


def _shields(rules: RulesView, rule: RuleView, later: RuleView) -> bool:
    """Whether some image belongs to a rule that a later one would select too.

    An image can have tags for any two rules about tags.
    """
    if not any(each is rule for each in earlier(rules, later)):
        return False
    match rule.tag_status, later.tag_status:
        case "untagged", "any":
            return True
        case "tagged", "tagged" | "any":
            return not may_own_both(rules, rule, later)
    return False


RULE = Rule(
    name="keep-for-ever",
    severity=Severity.SUGGESTION,
    kinds=(Kind.LIFECYCLE,),
    check=check,
    summary="a rule has a number so great that it keeps all its images",
    what="""
        Finds rules that keep 9,999 images or more, or images of ten years, and says what they do.
        A rule that later rules overlap with keeps its images from them. Any other one does
        nothing, as long as the repository has no more images than that. Rules whose images all
        belong to earlier ones are left to `rule-never-acts`.
        """,
    why="""
        No rule says “keep”. A rule that never acts does so all the same, because its images belong
        to it and later rules leave them alone: that is a good way to protect releases, and not
        easy to see. Without a later rule there is nothing to protect from.
        """,
    trips="""
        {
          "rules": [
            {
              "rulePriority": 1,
              "selection": {
                "tagStatus": "tagged",
                "tagPrefixList": ["release"],
                "countType": "imageCountMoreThan",
                "countNumber": 99999
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
                "tagPrefixList": ["release"],
                "countType": "imageCountMoreThan",
                "countNumber": 999
              },
              "action": {"type": "expire"}
            }
          ]
        }
        """,
    references=("Amazon ECR User Guide, “Lifecycle policy evaluation rules”",),
)
