"""The hand-worked cases of `fixtures/cases/registry`."""

from typing import Any

import pytest

from ecrpolicy.errors import InvalidPolicy
from tests import registry_answers as ours
from tests.reference import registry as reference
from tests.test_reference_registry import FILES, NO_INPUT, argument, cases, comparable

# Cases about what a template means that this library refuses to have: the texts of policies in it
# are none.
REFUSED = {
    "created-from-a-full-template",
    "created-for-another-cause",
    "created-from-the-longest-alone",
}

CASES = [pytest.param(case, id=case["name"]) for file in FILES for case in cases(file)]


@pytest.mark.parametrize("case", CASES)
def test_a_case_is_answered_as_worked_out(case: dict[str, Any]) -> None:
    function = case["function"]
    arguments = dict(argument(name, value) for name, value in case.items() if name not in NO_INPUT)
    answer = getattr(ours, function)
    if case["name"] in REFUSED:
        with pytest.raises(InvalidPolicy):
            answer(**arguments)
        return
    found = comparable(function, answer(**arguments))
    if function.endswith("_violations"):
        expected = ours.of_reference(function, case["expected"]["violations"], arguments)
        assert found == {"violations": [list(each) for each in expected]}
    elif function == "replicas":
        assert found == ours.of_reference(function, case["expected"], arguments)
    else:
        assert found == case["expected"]


def test_every_function_of_a_case_is_answered() -> None:
    asked = {case["function"] for file in FILES for case in cases(file)}
    assert asked <= vars(ours).keys() & vars(reference).keys()
