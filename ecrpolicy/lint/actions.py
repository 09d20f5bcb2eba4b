"""Whether there are the actions that a policy names."""

from ecrpolicy.iam.patterns import has_wildcard
from ecrpolicy.lint.facts import Facts


def is_known(pattern: str, facts: Facts) -> bool:
    """Whether an action, or one that a pattern means, exists; so it is taken if nobody knows.

    A service that there is not, is another matter.

    >>> from ecrpolicy.lint.facts import OWN
    >>> [is_known(text, OWN) for text in ("ecr:putimage", "ecr:Putimages", "ecr:Pot*", "s3:Get")]
    [True, False, False, True]
    """
    if not has_wildcard(pattern) and facts.action(pattern) is not None:
        return True
    return facts.actions(pattern) != ()
