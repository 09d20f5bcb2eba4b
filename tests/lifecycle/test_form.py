"""The form of lifecycle policies, held against their model."""

import json
from typing import Any

import pytest
from hypothesis import given

from ecrpolicy.document.fit import fits
from ecrpolicy.document.shape import misfits
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lifecycle import LifecyclePolicy
from ecrpolicy.lifecycle.parse import FORM
from tests.cases import PolicyCase, policy_cases
from tests.property.strategies import json_values, mutated_policies, policies

RULE = {"rulePriority": 1, "selection": {}, "action": {"type": "expire"}}


@pytest.mark.parametrize("case", policy_cases(), ids=lambda case: case.name)
def test_what_fits_the_form_fits_the_model(case: PolicyCase) -> None:
    try:
        value = json.loads(case.text)
    except ValueError:
        return
    assert not (fits(value, FORM) and list(misfits(LifecyclePolicy, value)))


@given(policies())
def test_valid_policies_fit(policy: Any) -> None:
    assert fits(policy, FORM)


@given(mutated_policies() | json_values())
def test_others_fit_only_if_they_fit_the_model(value: Any) -> None:
    assert not (fits(value, FORM) and list(misfits(LifecyclePolicy, value)))


def test_what_is_unknown_fits() -> None:
    assert fits({"rules": [UNKNOWN, {**RULE, "selection": UNKNOWN}]}, FORM)
    assert not fits({"rules": [{**RULE, "description": None}]}, FORM)
