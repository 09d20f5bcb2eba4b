"""What AWS publishes itself: managed policies, and the examples of its guides.

Nothing above a suggestion is found in them but what stands here, each with its reason.
"""

import json
from collections.abc import Iterator
from typing import Any, Final, Literal, NamedTuple

import pytest

from ecrpolicy.finding import Severity
from ecrpolicy.iam import managed
from ecrpolicy.lint import Kind
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.facts import OWN, Facts, installed
from ecrpolicy.lint.found import Excerpt, SourceText
from ecrpolicy.lint.json_places import read_json
from tests.docs.examples import ROOT

_CASES: Final = ROOT / "fixtures" / "cases"
_KINDS: Final = {
    "identity": Kind.IDENTITY,
    "boundary": Kind.BOUNDARY,
    "session": Kind.SESSION,
    "scps": Kind.SCP,
    "rcps": Kind.RCP,
    "endpoint": Kind.ENDPOINT,
    "repository": Kind.REPOSITORY,
    "registry": Kind.REGISTRY,
    "resource": Kind.RESOURCE,
}


class Published(NamedTuple):
    """A document: where it is from, its name there, and what it is."""

    source: str
    name: str
    kind: Kind
    value: Any
    scope: Literal["V1", "V2"] | None = None

    @property
    def found(self) -> "set[tuple[str, str]]":
        """The rule and the place of each finding above a suggestion."""
        return self.found_with(installed())

    def found_with(self, facts: Facts) -> "set[tuple[str, str]]":
        """The same, with some facts."""
        source = SourceText("published.json", json.dumps(self.value, indent=2))
        reading = read_json(Excerpt.whole(source), self.kind, scope=self.scope)
        return {
            (each.rule, each.pointer)
            for each in lint(reading, Context(facts=facts))
            if each.severity is not Severity.SUGGESTION
        }


def references(value: Any) -> Iterator[str]:
    """The names of the policies that a part of a case refers to."""
    if isinstance(value, dict):
        if "$ref" in value:
            yield value["$ref"]
        value = list(value.values())
    if isinstance(value, list):
        for each in value:
            yield from references(each)


def of_guides() -> Iterator[Published]:
    """The examples of the guides, each as what it is used for."""
    for path in sorted((_CASES / "iam").glob("guide-*.ecrpolicy.json")):
        held = json.loads(path.read_text("utf-8"))
        used = {
            (name, kind, case["policies"].get("registryScope") if kind is Kind.REGISTRY else None)
            for case in held["cases"]
            for member, kind in _KINDS.items()
            for name in references(case["policies"].get(member))
        }
        for name, kind, scope in sorted(used, key=str):
            if name in held["policies"]:
                yield Published(
                    path.name.partition(".")[0], name, kind, held["policies"][name], scope
                )
    examples = json.loads(
        (_CASES / "lifecycle" / "guide-examples.ecrpolicy.json").read_text("utf-8")
    )
    for case in examples["cases"]:
        yield Published("guide-examples", case["name"], Kind.LIFECYCLE, case["policy"])


def of_aws() -> Iterator[Published]:
    """The managed policies."""
    for path in sorted((ROOT / "ecrpolicy" / "iam" / managed.FOLDER).glob("*.json")):
        policy = json.loads(path.read_text("utf-8"))["policy"]
        yield Published("managed", path.stem, Kind.IDENTITY, policy)


PUBLISHED: Final = (*of_guides(), *of_aws())

_Expected = dict[tuple[str, str], dict[tuple[str, str], str]]

_NO_VERSION: Final = {
    ("missing-version", ""): "the guide leaves the version out, and it is read as the older one"
}

EXPECTED: Final[_Expected] = {
    ("guide-endpoint-policies", "allow-pull"): _NO_VERSION,
    ("guide-endpoint-policies", "combined"): _NO_VERSION,
    ("guide-endpoint-policies", "layer-bucket"): _NO_VERSION,
    ("guide-endpoint-policies", "prevent-delete"): _NO_VERSION,
    # Not of the guide: the identity beside the endpoint may do everything.
    ("guide-endpoint-policies", "everything"): {
        (
            "pass-role-with-star-in-action-and-resource",
            "/Statement/0/Resource",
        ): "who may do everything may pass every role",
        (
            "create-slr-with-star-in-action-and-resource",
            "/Statement/0/Resource",
        ): "who may do everything may create every role of a service",
    },
    ("guide-registry-policies", "registry-all-ecr"): {
        (
            "all-actions-in-scope-v1",
            "/Statement/0/Action",
        ): "the guide writes `ecr:*` for the three actions of the scope"
    },
    ("guide-repository-policies", "pull-users-and-admin"): {
        (
            "pusher-controls-policy",
            "/Statement/1/Action/0",
        ): "the administrator of the example may do all, and that includes giving it on"
    },
    ("guide-examples", "guide-multiple-tags-a"): {
        (
            "every-tag-required",
            "/rules/0/selection/tagPrefixList",
        ): "the guide shows that images must have both tags, which few expect"
    },
    ("guide-examples", "guide-multiple-tags-b"): {
        (
            "every-tag-required",
            "/rules/0/selection/tagPrefixList",
        ): "the same with other images"
    },
}


@pytest.mark.parametrize(
    "published", PUBLISHED, ids=lambda each: f"{each.source}-{each.name}-{each.kind}"
)
def test_nothing_is_found_without_a_reason(published: Published) -> None:
    assert published.found == EXPECTED.get((published.source, published.name), {}).keys()


@pytest.mark.parametrize(
    "published", PUBLISHED, ids=lambda each: f"{each.source}-{each.name}-{each.kind}"
)
def test_nothing_more_is_found_without_the_facts_of_other_services(published: Published) -> None:
    assert published.found_with(OWN) <= published.found


def test_all_that_is_expected_is_published() -> None:
    assert EXPECTED.keys() <= {(each.source, each.name) for each in PUBLISHED}
    assert all(reason for reasons in EXPECTED.values() for reason in reasons.values())
