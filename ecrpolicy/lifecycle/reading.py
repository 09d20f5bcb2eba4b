"""How the rules are read where Amazon's documents leave it open.

Each decision that this library takes has a name here, so that a preview can be made under the
other reading too, and the two held against each other.
"""

from dataclasses import dataclass
from enum import StrEnum


class Age(StrEnum):
    """What "older than N days" means."""

    STRICT = "strictly more than N times 24 hours"
    INCLUSIVE = "N times 24 hours or more"
    WHOLE_DAYS = "more than N whole days"


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """The decisions; the defaults are those taken.

    Those that say what an image is (restored, a referrer, on its way from the archive) are not
    here: the other reading of them is another image.
    """

    counts_owned: bool = True
    children_wait: bool = True
    archived_indexes_hold: bool = False
    age: Age = Age.STRICT
    greater_digest_is_younger: bool = True
    counts_children: bool = True
    owners_cross_classes: bool = False


DECIDED = Reading()
