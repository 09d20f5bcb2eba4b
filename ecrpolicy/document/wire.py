"""What the objects of the API's documents have in common as models."""

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
