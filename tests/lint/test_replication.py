"""Replication configurations as rules read them."""

from typing import Any

import pytest

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind, Subject
from ecrpolicy.lint.replication import ReplicationRule, replication_rules
from tests.lint.rules.replication.builders import configuration, replicates, to


def read(*rules: Any) -> tuple[ReplicationRule, ...]:
    return replication_rules(Subject(Kind.REPLICATION, configuration(*rules)))


@pytest.mark.parametrize(
    ("filters", "is_for_all", "has_all"),
    [
        ([], True, True),
        (UNKNOWN, None, False),
        ([UNKNOWN], None, False),
        ([{"filter": "ab"}], False, True),
        ([{"filter": "ab"}, UNKNOWN], False, False),
        ([{"filter": UNKNOWN}], False, False),
        (None, None, False),
    ],
)
def test_for_which_repositories_a_rule_is(
    filters: Any, *, is_for_all: bool | None, has_all: bool
) -> None:
    [rule] = read(replicates(to()) | {"repositoryFilters": filters})
    assert (rule.is_for_all, rule.has_all_filters) == (is_for_all, has_all)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"enabled": True}, True),
        ({"enabled": False}, False),
        ({}, None),
        (UNKNOWN, None),
        ({"enabled": UNKNOWN}, None),
    ],
)
def test_whether_it_carries_deletions(value: Any, *, expected: bool | None) -> None:
    [rule] = read(replicates(to()) | {"deleteReplication": value})
    assert rule.deletes is expected


@pytest.mark.parametrize("junk", [None, 1, {}, "a", [[]], UNKNOWN])
def test_what_has_another_type_is_left_out(junk: Any) -> None:
    for rule in (junk, {"destinations": junk}, {"destinations": [junk, {"region": junk}]}):
        assert all(each.destinations == () for each in read(rule))


def test_one_rule_covers_another() -> None:
    for_all, some, fewer = read(
        replicates(to()), replicates(to(), filters=["ab"]), replicates(to(), filters=["abc", "abd"])
    )
    assert for_all.covers(some)
    assert some.covers(fewer)
    assert not fewer.covers(some)
    assert not some.covers(for_all)
    assert for_all.overlaps(fewer)
    assert fewer.overlaps(some)
