"""Whether there are the actions that a policy names."""

from functools import lru_cache

from ecrpolicy.iam.patterns import has_wildcard, matcher
from ecrpolicy.lint.facts import Facts


def is_known(pattern: str, facts: Facts) -> bool:
    """Whether an action, or one that a pattern means, exists; so it is taken if nobody knows.

    A service that there is not, is another matter.

    >>> from ecrpolicy.lint.facts import OWN
    >>> [is_known(text, OWN) for text in ("ecr:putimage", "ecr:Putimages", "ecr:Pot*", "s3:Get")]
    [True, False, False, True]
    """
    return _is_known(pattern.lower(), facts)


@lru_cache(maxsize=4096)
def _is_known(pattern: str, facts: Facts) -> bool:
    prefix = pattern.partition(":")[0]
    found = None if has_wildcard(prefix) else facts.find(prefix)
    if found is None or pattern in found.actions:
        return True
    return has_wildcard(pattern) and any(map(matcher(pattern), found.actions))
