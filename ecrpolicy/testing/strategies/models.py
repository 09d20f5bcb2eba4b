"""Models of drawn members."""

from typing import Any, TypeVar

from hypothesis import strategies as st
from hypothesis.strategies import SearchStrategy
from pydantic import BaseModel

_M = TypeVar("_M", bound=BaseModel)


def models(model: type[_M], **members: SearchStrategy[Any]) -> SearchStrategy[_M]:
    """Models of drawn members; `builds` would look for them under the names of the document."""
    return st.fixed_dictionaries(members).map(lambda found: model(**found))
