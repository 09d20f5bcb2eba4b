"""What a lifecycle policy is (Amazon ECR User Guide, "Lifecycle policy properties").

The models have the members of the policy document under their Python names, and are read and
written under the document's own.
"""

from enum import StrEnum
from functools import cached_property
from typing import Annotated, Self

from pydantic import Field, StrictInt, StrictStr, model_validator

from ecrpolicy import quotas
from ecrpolicy.document.shape import Problem
from ecrpolicy.document.wire import WireModel
from ecrpolicy.lifecycle.constraints import problems


class TagStatus(StrEnum):
    """Which images a rule looks at, by whether they have tags."""

    TAGGED = "tagged"
    UNTAGGED = "untagged"
    ANY = "any"


class RuleStorageClass(StrEnum):
    """The storage class that a rule looks at."""

    STANDARD = "standard"
    ARCHIVE = "archive"


class CountType(StrEnum):
    """What a rule's `countNumber` is compared with."""

    IMAGE_COUNT_MORE_THAN = "imageCountMoreThan"
    SINCE_IMAGE_PUSHED = "sinceImagePushed"
    SINCE_IMAGE_PULLED = "sinceImagePulled"
    SINCE_IMAGE_TRANSITIONED = "sinceImageTransitioned"


class CountUnit(StrEnum):
    """The unit of `countNumber` in a rule about age."""

    DAYS = "days"


class Action(StrEnum):
    """What a rule does with an image."""

    EXPIRE = "expire"
    TRANSITION = "transition"


class TargetStorageClass(StrEnum):
    """Where a transition takes an image."""

    ARCHIVE = "archive"


# How many there may be is checked with the other constraints: pydantic would stop at the first.
_Entries = Annotated[tuple[StrictStr, ...], Field(json_schema_extra={"minItems": 1})]
_Rules = Annotated[
    "tuple[Rule, ...]",
    Field(json_schema_extra={"minItems": 1, "maxItems": quotas.LIFECYCLE_POLICY_MAX_RULES}),
]


class Selection(WireModel, frozen=True):
    """The images that a rule identifies, and how many or how old of them it lets be."""

    tag_status: TagStatus
    tag_pattern_list: _Entries | None = Field(
        default=None,
        description="patterns of tags, every one of which some tag of the image must meet; "
        "`*` stands for any characters",
    )
    tag_prefix_list: _Entries | None = Field(
        default=None,
        description="beginnings of tags, every one of which some tag of the image must have",
    )
    storage_class: RuleStorageClass = RuleStorageClass.STANDARD
    count_type: CountType
    count_unit: CountUnit | None = None
    count_number: Annotated[StrictInt, Field(ge=1)]

    @property
    def entries(self) -> tuple[str, ...]:
        """The prefixes or the patterns, whichever the selection has."""
        return self.tag_pattern_list or self.tag_prefix_list or ()


class RuleAction(WireModel, frozen=True):
    """What happens to an image that a rule marks."""

    type: Action
    target_storage_class: TargetStorageClass | None = None


class Rule(WireModel, frozen=True):
    """One rule of a policy."""

    rule_priority: Annotated[StrictInt, Field(ge=1)]
    description: StrictStr | None = None
    selection: Selection
    action: RuleAction


class LifecyclePolicy(WireModel, frozen=True, title="Amazon ECR lifecycle policy"):
    """A lifecycle policy that the service would accept."""

    rules: _Rules

    @cached_property
    def by_priority(self) -> tuple[Rule, ...]:
        """The rules in the order in which they are applied."""
        return tuple(sorted(self.rules, key=lambda rule: rule.rule_priority))

    @model_validator(mode="after")
    def _check(self) -> Self:
        """Refuse what the members alone cannot tell; `parse` says the same with places."""
        found = list(problems(self.document()))
        if found:
            raise ValueError("; ".join(_line(problem) for problem in found))
        return self


def _line(problem: Problem) -> str:
    return f"{problem.message} (at `{problem.pointer}`)"
