"""What a pattern covers: names, and other patterns.

The dialects are those of `ecrpolicy.iam.patterns`. That one pattern covers another is only said
where it is sure: a `?` never covers a `*`.
"""

from functools import lru_cache
from typing import Final

from ecrpolicy.iam.patterns import Piece, matcher, resource_matcher
from ecrpolicy.wildcard import TagPattern

# So many pairs are remembered: many rules ask, and of the same ones.
_PAIRS: Final = 8192


@lru_cache(maxsize=_PAIRS)
def means(pattern: str, action: str) -> bool:
    """Whether a pattern of Action means an action, or all that another pattern means.

    >>> means("ecr:*", "ecr:PutImage"), means("ECR:Put*", "ecr:Put*Policy"), means("ecr:?", "ecr:*")
    (True, True, False)
    """
    return not _is_too_narrow(pattern, action) and matcher(pattern.lower())(action.lower())


@lru_cache(maxsize=_PAIRS)
def covers(pattern: str, resource: str) -> bool:
    """Whether a pattern of Resource covers an ARN, or all that another pattern covers.

    >>> covers("arn:aws:ecr:*:*:repository/*", "arn:aws:ecr:us-east-1:111122223333:repository/a*")
    True
    """
    if pattern in ("*", resource):
        return True
    return not _is_too_narrow(pattern, resource) and resource_matcher([Piece(pattern)])(resource)


def like(pattern: str, text: str) -> bool:
    """Whether a pattern of a StringLike covers a text, or all that another pattern covers.

    >>> like("o-*", "o-abc"), like("o-?", "o-*")
    (True, False)
    """
    return not _is_too_narrow(pattern, text) and matcher(pattern)(text)


def contains(general: TagPattern, special: TagPattern) -> bool:
    """Whether every text that meets one pattern of tags or names meets the other.

    What the wildcards of the special pattern stand for may be a character that the other one
    does not name: only its wildcards can cover that, and then they cover anything.

    >>> contains(TagPattern.compile("v*"), TagPattern.compile("v1.*-rc"))
    True
    >>> contains(TagPattern.compile("v*-rc"), TagPattern.compile("v*"))
    False
    """
    named = "".join((*general.parts, *special.parts))
    fresh = next(each for each in map(chr, range(0xE000, 0x110000)) if each not in named)
    return general.matches(fresh.join(special.parts))


def _is_too_narrow(pattern: str, other: str) -> bool:
    return "?" in pattern and "*" in other
