"""The JSON Schema, held against the policies that are refused and those that are not."""

import json
from itertools import product
from typing import Any

import jsonschema
import pytest

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.lifecycle.schema import json_schema
from tests.cases import PolicyCase, policy_cases

VALIDATOR = jsonschema.Draft202012Validator(json_schema())

# What is wrong with these concerns several rules together.
ABOUT_SEVERAL_RULES = {
    "any-rule-before-a-tagged-one",
    "any-rule-before-an-untagged-one",
    "any-rule-not-last-in-the-archive",
    "any-rule-twice",
    "equal-priorities-and-equal-prefixes",
    "prefix-sets-equal",
    "prefix-sets-equal-but-for-a-repetition",
    "prefix-sets-equal-in-another-order",
    "prefix-sets-equal-in-the-archive",
    "priorities-equal",
    "priorities-equal-across-storage-classes",
    "untagged-rule-twice",
    "untagged-rule-twice-in-the-archive",
    "untagged-rule-twice-one-written-out",
}

# What is wrong with these is in the text and not in its value: its length, or `1.0`, which is an
# integer to JSON Schema.
ABOUT_THE_TEXT = {
    "count-number-with-a-fraction-of-zero",
    "priority-with-a-fraction-of-zero",
    "text-of-30721-characters",
}


def value(case: PolicyCase) -> Any:
    """The value of a policy text; None where it is not JSON."""
    try:
        return json.loads(case.text)
    except ValueError:
        return None


CASES = [case for case in policy_cases() if isinstance(value(case), dict)]
BEYOND = ABOUT_SEVERAL_RULES | ABOUT_THE_TEXT


def named(cases: list[PolicyCase]) -> list[Any]:
    """Cases as parameters."""
    return [pytest.param(case, id=case.name) for case in cases]


@pytest.mark.parametrize("case", named([case for case in CASES if not case.problems]))
def test_what_the_service_accepts_is_accepted(case: PolicyCase) -> None:
    assert VALIDATOR.is_valid(value(case))


@pytest.mark.parametrize(
    "case", named([case for case in CASES if case.problems and case.name not in BEYOND])
)
def test_what_the_service_refuses_is_refused(case: PolicyCase) -> None:
    assert not VALIDATOR.is_valid(value(case))


@pytest.mark.parametrize("name", sorted(BEYOND))
def test_what_no_schema_can_say_is_left_to_parsing(name: str) -> None:
    (case,) = (case for case in CASES if case.name == name)
    assert case.problems
    assert VALIDATOR.is_valid(value(case))
    with pytest.raises(InvalidPolicy):
        lifecycle.parse(case.text)


def is_accepted(document: dict[str, Any]) -> bool:
    """Whether parsing accepts a policy document."""
    try:
        lifecycle.parse(document)
    except InvalidPolicy:
        return False
    return True


TAG_LISTS: list[dict[str, Any]] = [
    {},
    {"tagPrefixList": ["v"]},
    {"tagPatternList": ["*.*.*.*"]},
    {"tagPatternList": ["*.*.*.*.*.*"]},
    {"tagPrefixList": []},
    {"tagPrefixList": ["v"], "tagPatternList": ["v*"]},
]
STORAGE_CLASSES: list[dict[str, Any]] = [
    {},
    {"storageClass": "standard"},
    {"storageClass": "archive"},
]
COUNT_UNITS: list[dict[str, Any]] = [{}, {"countUnit": "days"}]
ACTIONS: list[dict[str, Any]] = [
    {"type": kind, **target}
    for kind in ("expire", "transition")
    for target in ({}, {"targetStorageClass": "archive"})
]


@pytest.mark.parametrize(
    "count_type",
    ["imageCountMoreThan", "sinceImagePushed", "sinceImagePulled", "sinceImageTransitioned"],
)
@pytest.mark.parametrize("tag_status", ["tagged", "untagged", "any"])
def test_schema_and_parsing_agree_on_every_single_rule(tag_status: str, count_type: str) -> None:
    policies = [
        {
            "rules": [
                {
                    "rulePriority": 1,
                    "selection": {
                        "tagStatus": tag_status,
                        **tag_list,
                        **storage_class,
                        "countType": count_type,
                        **count_unit,
                        "countNumber": number,
                    },
                    "action": action,
                }
            ]
        }
        for tag_list, storage_class, count_unit, number, action in product(
            TAG_LISTS, STORAGE_CLASSES, COUNT_UNITS, (1, 90), ACTIONS
        )
    ]
    verdicts = [(VALIDATOR.is_valid(policy), is_accepted(policy)) for policy in policies]
    disagreed = [
        policy
        for policy, (by_schema, by_parsing) in zip(policies, verdicts, strict=True)
        if by_schema != by_parsing
    ]
    assert disagreed == []
    assert (True, True) in verdicts


def test_the_schema_is_one() -> None:
    jsonschema.Draft202012Validator.check_schema(json_schema())
    assert json_schema()["title"] == "Amazon ECR lifecycle policy"


def test_the_schema_is_a_new_value_each_time() -> None:
    first = json_schema()
    first["$defs"].clear()
    assert json_schema()["$defs"]


def test_a_null_is_no_absence() -> None:
    rule: dict[str, Any] = {
        "rulePriority": 1,
        "selection": {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1},
        "action": {"type": "expire"},
    }
    assert VALIDATOR.is_valid({"rules": [rule]})
    for member in ("tagPrefixList", "tagPatternList", "countUnit", "storageClass"):
        selection = rule["selection"] | {member: None}
        assert not VALIDATOR.is_valid({"rules": [rule | {"selection": selection}]})
    assert not VALIDATOR.is_valid({"rules": [rule | {"description": None}]})
