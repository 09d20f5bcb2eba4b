"""Parts of what is drawn, and what is read around it: for `from_type`, which asks for any model."""

import dataclasses
from collections.abc import Iterator, Mapping
from typing import Any, Final, TypeVar

from hypothesis import assume
from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy
from pydantic import BaseModel

from ecrpolicy.caching.model import CacheRules, Templates
from ecrpolicy.iam import Identities, Identity, Kind
from ecrpolicy.iam.identities import Account, IdentityKind, NamedPolicy
from ecrpolicy.settings import Settings
from ecrpolicy.snapshot import Layer
from ecrpolicy.testing.strategies import words
from ecrpolicy.testing.strategies.building import built, tuples_of
from ecrpolicy.testing.strategies.iam import iam_policies
from ecrpolicy.testing.strategies.registries import registries

_T = TypeVar("_T")

_MAX_LAYER_BYTES: Final = 10**9
_USER_NAMES: Final = ("bob", "dev", "ci")


@st.composite
def part_of(draw: DrawFn, model: type[_T], whole: SearchStrategy[object]) -> _T:
    """A part of what is drawn, of a model that means nothing by itself."""
    found = [each for each in _within(draw(whole)) if isinstance(each, model)]
    assume(found)
    return draw(st.sampled_from(found))


def _within(value: object) -> Iterator[object]:
    """A value, and all that it is made of."""
    yield value
    members: list[Any] = []
    if isinstance(value, BaseModel):
        members = [getattr(value, name) for name in type(value).model_fields]
    elif dataclasses.is_dataclass(value):
        members = [getattr(value, each.name) for each in dataclasses.fields(value)]
    elif isinstance(value, tuple):
        members = list(value)
    elif isinstance(value, Mapping):
        members = list(value.values())
    for each in members:
        yield from _within(each)


def layers() -> SearchStrategy[Layer]:
    """Layers of images. Shrinks to the digest of zeros without bytes."""
    return built(Layer, words.digests(), st.integers(0, _MAX_LAYER_BYTES))


def all_settings() -> SearchStrategy[Settings]:
    """The settings of registries, as models. Shrinks to nothing set."""
    return registries().map(Settings.of)


def all_cache_rules() -> SearchStrategy[CacheRules]:
    """The cache rules of registries."""
    return all_settings().map(lambda found: CacheRules(pull_through_cache_rules=found.cache_rules))


def all_templates() -> SearchStrategy[Templates]:
    """The repository creation templates of registries."""
    return all_settings().map(
        lambda found: Templates(repository_creation_templates=found.templates)
    )


def identities() -> SearchStrategy[Identities]:
    """The users and roles of an account, with their policies. Shrinks to an account without any."""
    return built(
        _identities,
        words.account_ids(),
        tuples_of(
            st.tuples(
                st.sampled_from(IdentityKind),
                st.sampled_from(_USER_NAMES),
                tuples_of(iam_policies(kind=Kind.IDENTITY, max_statements=1), most=2),
            ),
            most=2,
            key=lambda each: each[:2],
        ),
    )


def _identities(account: str, drawn: tuple[tuple[IdentityKind, str, Any], ...]) -> Identities:
    found = [
        Identity(
            kind,
            f"arn:aws:iam::{account}:{kind}/{name}",
            policies=tuple(
                NamedPolicy(f"policy-{number}", each) for number, each in enumerate(policies)
            ),
        )
        for kind, name, policies in drawn
    ]
    return Identities({account: Account(account, {each.arn: each for each in found})})
