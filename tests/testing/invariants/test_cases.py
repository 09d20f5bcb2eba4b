"""The cases of `fixtures/cases/invariants`, worked out by hand."""

import json
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy import iam, lifecycle
from ecrpolicy.iam import Policy
from ecrpolicy.sources.invariants_file import span
from ecrpolicy.testing import invariants
from ecrpolicy.testing.invariants import (
    AddedRequest,
    AllowedRequest,
    BreakingRepository,
    Result,
    Who,
)

FOLDER = Path(__file__).parents[3] / "fixtures" / "cases" / "invariants"
Case = dict[str, Any]


def cases(name: str) -> list[Any]:
    held = json.loads((FOLDER / name).read_text("utf-8"))["cases"]
    return [pytest.param(case, id=case["name"]) for case in held]


@pytest.mark.parametrize("case", cases("lifecycle.json"))
def test_what_holds_of_a_lifecycle_policy(case: Case) -> None:
    result = _checked(case)
    expected = case["expected"]
    assert result.outcome == expected["outcome"], result.text()
    found = result.counterexample
    if "images" in expected:
        assert isinstance(found, BreakingRepository)
        assert len(found.preview.repository.images) == expected["images"]
        assert len(found.images[0].tags) == expected["tagsOfTheFirst"]


def _checked(case: Case) -> Result:
    policy = lifecycle.parse(case["policy"])
    options = case["options"]
    images = {name: options[name] for name in ("tag", "untagged") if name in options}
    younger_than = span(options["younger-than"]) if "younger-than" in options else None
    match case["invariant"]:
        case "never-expires":
            return invariants.never_expires(policy, **images, younger_than=younger_than)
        case "never-archives":
            return invariants.never_archives(policy, **images, younger_than=younger_than)
        case "always-keeps":
            return invariants.always_keeps(policy, **images, at_least=options["at-least"])
    return invariants.eventually_expires(policy, **images, within=span(options["within"]))


@pytest.mark.parametrize("case", cases("requests.json"))
def test_what_holds_of_iam_style_policies(case: Case) -> None:
    result = _asked(case)
    expected = case["expected"]
    assert result.outcome == expected["outcome"], result.text()
    found = result.counterexample
    if "context" in expected:
        assert isinstance(found, AllowedRequest | AddedRequest)
        assert found.to_json()["request"]["context"] == expected["context"]


def _asked(case: Case) -> Result:
    options = dict(case["options"])
    if "principal" in options:
        options["principal"] = Who.read(options["principal"])
    policies = _policies(case["policies"])
    if case["invariant"] == "allows-at-most":
        return invariants.allows_at_most(policies, _policies(case["old"]), **options)
    return invariants.never_allows(policies, **options)


def _policies(several: list[Case]) -> list[Policy]:
    return [iam.parse(each["document"], kind=iam.Kind(each["kind"])) for each in several]
