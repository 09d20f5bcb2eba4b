"""Scanning configurations as rules read them."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.scanning import scan_rules
from ecrpolicy.wildcard import ScanFilter
from tests.lint.rules.scanning.builders import configuration, scans


@pytest.mark.parametrize("text", ["prod", "*prod", "prod*", "p*d", "*"])
@pytest.mark.parametrize("name", ["prod", "repo-prod", "prod-repo", "repo-prod-repo", "pd"])
def test_a_filter_matches_what_it_matches_in_a_registry(text: str, name: str) -> None:
    [rule] = scan_rules(Subject(Kind.SCANNING, configuration(scans(text))))
    assert rule.filters[0].pattern.matches(name) == ScanFilter.compile(text).matches(name)


@pytest.mark.parametrize("junk", [None, 1, {}, "a", [[]], UNKNOWN])
def test_what_has_another_type_is_left_out(junk: Any) -> None:
    for value in (junk, {"rules": junk}, configuration(junk), configuration(scans(junk))):
        found = scan_rules(Subject(Kind.SCANNING, value))
        assert all(each.text == junk for rule in found for each in rule.filters)
