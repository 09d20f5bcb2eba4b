"""Conditions on tags: of resources, of requests, and the keys of the latter."""

from typing import Final

from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.lint.condition_keys import found_in, keys_of
from ecrpolicy.lint.facts import Facts
from ecrpolicy.lint.policy import Condition, Element
from ecrpolicy.lint.presence import holds_without_key

OF_RESOURCES: Final = "aws:resourcetag/"
_OF_TAGS: Final = (OF_RESOURCES, "aws:requesttag/")
_KEYS_OF_TAGS: Final = "aws:tagkeys"


def needs_tags(condition: Condition) -> bool:
    """Whether a condition is on tags, and does not hold where there are none.

    >>> from ecrpolicy.lint.policy import statement_of
    >>> block = {"StringEquals": {"aws:ResourceTag/team": "storefront"}}
    >>> needs_tags(statement_of({"Condition": block}).conditions[0])
    True
    """
    key = condition.lower_key
    is_of_tags = key == _KEYS_OF_TAGS or key.startswith(_OF_TAGS)
    return is_of_tags and holds_without_key(condition) is False


def services_without(element: Element, key: str, facts: Facts) -> list[str]:
    """The services of the actions that do not know a key, in the order of the actions."""
    prefixes = dict.fromkeys(text.partition(":")[0].lower() for text in element.texts)
    found = (facts.service(prefix) for prefix in prefixes if not has_wildcard(prefix))
    return [
        service.prefix
        for service in found
        if service is not None and found_in(keys_of(service.condition_keys), key) is None
    ]
