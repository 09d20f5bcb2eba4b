"""The images that an invariant is about: those with certain tags, those without any, or all."""

from dataclasses import dataclass
from functools import cached_property

from ecrpolicy.lifecycle import CountType, Selection, TagStatus
from ecrpolicy.snapshot import Image
from ecrpolicy.tagging import may_match_image_tag
from ecrpolicy.wildcard import TagPattern
from ecrpolicy.wording import printable


@dataclass(frozen=True)
class Images:
    """Images with a tag that meets a pattern, images without a tag, or all images.

    A pattern is one of lifecycle policies: `*` stands for any characters, and it covers the whole
    tag. An image may have other tags besides. Raises ValueError for a pattern that no tag meets,
    of which anything would hold, and where both are asked for.
    """

    tag: str | None = None
    untagged: bool = False

    def __post_init__(self) -> None:
        if self.tag is not None and self.untagged:
            raise ValueError("`tag` and `untagged` cannot stand together: state two invariants")
        if self.tag == "":
            raise ValueError("the pattern of tags is empty; write `*` for any tag")
        if self.tag is not None and not may_match_image_tag(self.tag):
            raise ValueError(
                f"no tag meets `{printable(self.tag)}`; write the characters of tags, and `*`"
            )

    @cached_property
    def selection(self) -> Selection:
        """What identifies them, were they those of a rule."""
        status = TagStatus.UNTAGGED if self.untagged else TagStatus.ANY
        return Selection(
            tag_status=status if self.tag is None else TagStatus.TAGGED,
            tag_pattern_list=None if self.tag is None else (self.tag,),
            count_type=CountType.IMAGE_COUNT_MORE_THAN,
            count_number=1,
        )

    def has(self, image: Image) -> bool:
        """Whether an image is one of them."""
        if self.tag is not None:
            return any(map(TagPattern.compile(self.tag).matches, image.tags))
        return not (self.untagged and image.tags)

    def __str__(self) -> str:
        if self.tag is not None:
            return f"image with a tag that meets `{self.tag}`"
        return "image without a tag" if self.untagged else "image"
