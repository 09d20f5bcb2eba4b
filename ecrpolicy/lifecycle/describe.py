"""A rule in words."""

from typing import assert_never

from ecrpolicy.lifecycle.model import CountType, Rule, RuleStorageClass, Selection, TagStatus
from ecrpolicy.wording import printable


def describe(rule: Rule) -> str:
    """What a rule marks, in words.

    >>> describe(Rule.model_validate({"rulePriority": 1, "action": {"type": "expire"},
    ...     "selection": {"tagStatus": "tagged", "tagPrefixList": ["prod"],
    ...                   "countType": "imageCountMoreThan", "countNumber": 10}}))
    'images with a tag that starts with `prod`, beyond the newest 10'
    """
    return f"{_images(rule.selection)}, {_limit(rule.selection)}"


def _images(selection: Selection) -> str:
    kind = "archived images" if selection.storage_class is RuleStorageClass.ARCHIVE else "images"
    if selection.tag_status is TagStatus.UNTAGGED:
        return f"untagged {kind}"
    if selection.tag_status is TagStatus.ANY:
        return f"all {kind}"
    verb = "starts with" if selection.tag_prefix_list else "meets"
    clauses = (f"a tag that {verb} `{printable(entry)}`" for entry in selection.entries)
    return f"{kind} with {' and '.join(clauses)}"


def _limit(selection: Selection) -> str:
    number = f"{selection.count_number:,}"
    match selection.count_type:
        case CountType.IMAGE_COUNT_MORE_THAN:
            return f"beyond the newest {number}"
        case CountType.SINCE_IMAGE_PUSHED:
            return f"pushed over {number} d ago"
        case CountType.SINCE_IMAGE_PULLED:
            return f"not pulled for over {number} d"
        case CountType.SINCE_IMAGE_TRANSITIONED:
            return f"archived over {number} d ago"
        case never:
            assert_never(never)
