"""Which rules are looked for."""

import pytest

from ecrpolicy.lint.selection import Selection, closest, is_selector

ALL = Selection()


@pytest.mark.parametrize(
    ("name", "expected"),
    [("iam", True), ("missing-effect", True), ("missing", False), ("Kind", False)],
)
def test_rules_and_families_select(name: str, expected: bool) -> None:
    assert is_selector(name) is expected


def test_a_selection_is_narrowed() -> None:
    narrower = Selection(ignore=frozenset({"ecr"})).without(["missing-effect"])
    assert narrower.ignore == {"ecr", "missing-effect"}
    assert not narrower.has("missing-effect")
    assert not narrower.has("public-access")
    assert narrower.has("missing-version")
    assert ALL.has("missing-effect")


def test_the_nearest_name_is_found_whatever_its_case() -> None:
    names = ["missing-effect", "missing-version"]
    assert closest("Missing_Efect", names) == "missing-effect"
    assert closest("something", names) is None
