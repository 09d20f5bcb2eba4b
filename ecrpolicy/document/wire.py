"""What the objects of the API's documents have in common as models."""

from collections.abc import Iterator
from typing import Any

from pydantic import BaseModel
from pydantic.alias_generators import to_camel


class WireModel(
    BaseModel,
    frozen=True,
    extra="forbid",
    alias_generator=to_camel,
    populate_by_name=True,
):
    """One object of a document; members that it does not know are refused."""

    def document(self) -> dict[str, Any]:
        """The object as plain JSON values, under the document's own names.

        What has its default is left out.
        """
        return self.model_dump(mode="json", by_alias=True, exclude_none=True, exclude_defaults=True)

    def __repr_args__(self) -> Iterator[tuple[str | None, Any]]:
        """What is shown of it: all but what has its default."""
        for name, value in super().__repr_args__():
            if name is None or value != type(self).model_fields[name].default:
                yield name, value
