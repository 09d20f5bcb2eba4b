"""Conditions: operators, qualifiers, missing keys, variables."""

from typing import Any

import pytest

from ecrpolicy.iam import Kind
from ecrpolicy.iam.conditions import completed
from tests.iam.builders import REPOSITORY, decide, policy, request, statement


def _holds(
    operator: str, found: Any, wanted: Any, version: str | None = "2012-10-17", **others: Any
) -> bool:
    """Whether an identity policy with the condition allows; `found` None: the key is missing."""
    condition = {operator: {"K:Key": wanted}}
    allowing = policy(Kind.IDENTITY, statement(Resource="*", Condition=condition), version=version)
    context = dict(others) if found is None else {"k:kEY": found, **others}
    return decide(request(context=context), identity=(allowing,)).allowed


@pytest.mark.parametrize(
    ("operators", "found", "wanted", "holds"),
    [
        ("StringEquals StringNotEquals", "a", ["b", "a"], True),
        ("StringEquals StringNotEquals", "A", "a", False),
        ("StringEquals StringNotEquals", "ab", "a*", False),
        ("StringEquals StringNotEquals", "true", True, True),
        ("StringEquals StringNotEquals", "10", 10, True),
        ("StringEqualsIgnoreCase StringNotEqualsIgnoreCase", "Ab", "aB", True),
        ("StringEqualsIgnoreCase StringNotEqualsIgnoreCase", "Ab", "a", False),
        ("StringLike StringNotLike", "abc", "a?*", True),
        ("StringLike StringNotLike", "ABC", "a*", False),
        ("NumericEquals NumericNotEquals", "10.0", 10, True),
        ("NumericEquals NumericNotEquals", "10abc", "10abc", False),
        ("DateEquals DateNotEquals", "1577836800", "2020-01-01T00:00:00Z", True),
        ("DateEquals DateNotEquals", "soon", "soon", False),
        ("IpAddress NotIpAddress", "203.0.113.4", "203.0.113.9/24", True),
        ("IpAddress NotIpAddress", "203.0.114.4", ["203.0.113.0/24", "10.0.0.1"], False),
        ("IpAddress NotIpAddress", "2001:db8:0::1", "2001:0DB8::/32", True),
        ("IpAddress NotIpAddress", "10.0.0.1", "::/0", False),
        ("IpAddress NotIpAddress", "x", "0.0.0.0/0", False),
        ("ArnEquals ArnNotEquals", REPOSITORY, "arn:aws:ecr:*:*:repository/*", True),
        ("ArnLike ArnNotLike", REPOSITORY, "arn:aws:ecr:*:*:repository/*", True),
        ("ArnLike ArnNotLike", REPOSITORY, "arn:aws:ecr:*", False),
        ("ArnLike ArnNotLike", REPOSITORY, "arn:aws:ECR:*:*:*", False),
        ("ArnLike ArnNotLike", "no arn", "*:*:*:*:*:*", False),
        ("ArnLike ArnNotLike", "arn:a:b:c:d:e:f", "arn:a:?:c:d:*f", True),
    ],
)
def test_a_comparison_and_its_negation(
    operators: str, found: Any, wanted: Any, holds: bool
) -> None:
    positive, negated = operators.split()
    assert _holds(positive, found, wanted) is holds
    assert _holds(negated, found, wanted) is not holds


@pytest.mark.parametrize(
    ("comparison", "less", "same", "more"),
    [
        ("LessThan", True, False, False),
        ("LessThanEquals", True, True, False),
        ("GreaterThan", False, False, True),
        ("GreaterThanEquals", False, True, True),
    ],
)
def test_orders(comparison: str, less: bool, same: bool, more: bool) -> None:
    for found, holds in (("9.5", less), ("1e1", same), ("11", more), ("x", False)):
        assert _holds(f"Numeric{comparison}", found, "10") is holds
    for found, holds in (("2019", less), ("1577836800", same), ("2020-01-02", more), ("x", False)):
        assert _holds(f"Date{comparison}", found, "2020-01-01") is holds


@pytest.mark.parametrize(
    ("operator", "found", "wanted", "holds"),
    [
        ("Bool", "TRUE", "true", True),
        ("Bool", False, "false", True),
        ("Bool", "yes", "yes", False),
        ("BinaryEquals", "QUI=", "QUI=", True),
        ("BinaryEquals", "QUI=", "QUJD", False),
        ("BinaryEquals", "!!", "!!", False),
        ("Null", None, "true", True),
        ("Null", None, "false", False),
        ("Null", "a", False, True),
        ("Null", "a", "true", False),
        ("Null", "", "false", True),
        ("Null", [], "true", True),
        ("Null", ["a", "b"], "false", True),
        ("Null", "a", "maybe", False),
        ("ForAllValues:Null", "a", "true", True),
        ("ForAnyValue:Null", "a", "false", False),
    ],
)
def test_the_other_comparisons(operator: str, found: Any, wanted: Any, holds: bool) -> None:
    assert _holds(operator, found, wanted) is holds


_POSITIVE = ["StringEquals", "StringLike", "NumericEquals", "DateLessThan", "Bool", "IpAddress"]
_NEGATED = ["StringNotEquals", "StringNotLike", "NumericNotEquals", "NotIpAddress", "ArnNotLike"]


@pytest.mark.parametrize("operator", _POSITIVE + _NEGATED)
def test_missing_and_several_values(operator: str) -> None:
    wanted = "10.0.0.1"
    assert _holds(operator, None, wanted) is (operator in _NEGATED)
    assert _holds(operator, [], wanted) is (operator in _NEGATED)
    assert _holds(f"{operator}IfExists", None, wanted)
    assert not _holds(operator, ["8", "9"], wanted)
    nothings: list[Any] = [None, [], ""]
    for nothing in nothings:
        assert _holds(f"ForAllValues:{operator}", nothing, wanted)
        assert not _holds(f"ForAnyValue:{operator}", nothing, wanted)
    assert _holds(f"ForAnyValue:{operator}IfExists", None, wanted)


@pytest.mark.parametrize(
    ("operator", "found", "wanted", "holds"),
    [
        ("ForAllValues:StringEquals", ["a", "b"], ["a", "b", "c"], True),
        ("ForAllValues:StringEquals", ["a", "d"], ["a", "b"], False),
        ("ForAnyValue:StringEquals", ["a", "d"], ["a", "b"], True),
        ("ForAnyValue:StringEquals", ["c", "d"], ["a", "b"], False),
        ("ForAllValues:StringNotEquals", ["c", "d"], ["a"], True),
        ("ForAllValues:StringNotEquals", ["a", "d"], ["a"], False),
        ("ForAnyValue:StringNotEquals", ["a", "d"], ["a"], True),
        ("ForAnyValue:StringNotEquals", ["a"], ["a"], False),
        ("ForAnyValue:StringEqualsIfExists", "", "a", False),
        ("StringEqualsIfExists", "a", "b", False),
        ("StringEquals", ["a"], "a", True),
        ("StringEquals", "a", [], False),
    ],
)
def test_qualifiers(operator: str, found: Any, wanted: Any, holds: bool) -> None:
    assert _holds(operator, found, wanted) is holds


def test_operators_and_keys_are_all_wanted() -> None:
    condition = {"StringEquals": {"a:a": "1", "a:b": "2"}, "StringLike": {"a:c": "*"}}
    allowing = policy(Kind.IDENTITY, statement(Resource="*", Condition=condition))
    context = {"a:a": "1", "a:b": "2", "a:c": "x"}
    assert decide(request(context=context), identity=(allowing,)).allowed
    for key in context:
        less = {name: value for name, value in context.items() if name != key}
        assert not decide(request(context=less), identity=(allowing,)).allowed


@pytest.mark.parametrize(
    ("operator", "found", "wanted", "holds"),
    [
        ("StringEquals", "Bob", "${aws:username}", True),
        ("StringEquals", "x", "${k:other, 'x'}", True),
        ("StringEquals", "x", "${k:other}", False),
        ("StringNotEquals", "x", "${k:other}", True),
        ("StringEquals", "x", ["${k:other}", "x"], True),
        ("StringEqualsIgnoreCase", "bOB", "${aws:username}", True),
        ("StringLike", "Bob/1", "${aws:username}/*", True),
        ("StringLike", "a*b?c$", "a${*}b${?}c${$}", True),
        ("StringLike", "axbyc$", "a${*}b${?}c${$}", False),
        ("ArnLike", REPOSITORY, "arn:aws:ecr:*:${aws:PrincipalAccount}:*", True),
        ("NumericEquals", "5", "${k:five, '5'}", False),
    ],
)
def test_variables(operator: str, found: Any, wanted: Any, holds: bool) -> None:
    assert _holds(operator, found, wanted) is holds


def test_what_a_variable_puts_in_has_no_wildcards() -> None:
    assert not _holds("StringLike", "zzz", "${k:p}", **{"k:p": "z*"})
    assert _holds("StringLike", "z*", "${k:p}", **{"k:p": "z*"})
    assert _holds("ArnEquals", REPOSITORY, "${k:p}", **{"k:p": REPOSITORY})


@pytest.mark.parametrize("version", ["2008-10-17", None])
def test_an_older_version_has_no_variables(version: str | None) -> None:
    assert not _holds("StringEquals", "Bob", "${aws:username}", version)
    assert _holds("StringEquals", "${aws:username", "${aws:username", version)


@pytest.mark.parametrize("found", ["99999-01-01T00:00:00Z", "1" * 400, "9999-12-31T23:59:59-23:59"])
def test_far_dates_never_raise(found: str) -> None:
    assert _holds("DateLessThan", found, "2020-01-01") is False
    assert isinstance(_holds("DateGreaterThan", found, "99999"), bool)


def test_what_a_variable_puts_in_has_no_wildcards_in_any_field_of_an_arn() -> None:
    stars = REPOSITORY.replace("team/app", "*")
    assert not _holds("ArnLike", REPOSITORY, "${k:p}", **{"k:p": stars})
    assert _holds("ArnLike", stars, "${k:p}", **{"k:p": stars})
    assert _holds("ArnLike", REPOSITORY, "arn:aws:ecr:*:${k:p}/*", **{"k:p": "*:repository"}) is (
        False
    )


@pytest.mark.parametrize("qualifier", ["ForAllValues", "ForAnyValue"])
def test_variables_of_several_values(qualifier: str) -> None:
    operator = f"{qualifier}:StringEquals"
    assert _holds(operator, ["Bob", "Bob"], "${aws:username}")
    assert not _holds(operator, ["Eve"], "${aws:username}")


@pytest.mark.parametrize(
    ("operator", "version", "shown"),
    [
        ("StringEquals", "2012-10-17", ("Bob",)),
        ("StringEquals", "2008-10-17", ("${aws:username}",)),
        ("NumericEquals", "2012-10-17", ("${aws:username}",)),
    ],
)
def test_values_are_shown_as_they_are_compared(
    operator: str, version: str, shown: tuple[str, ...]
) -> None:
    condition = {operator: {"k:key": "${aws:username}"}}
    allowing = policy(Kind.IDENTITY, statement(Resource="*", Condition=condition), version=version)
    [[found]] = [each.conditions for each in allowing.statements]
    values = request().values
    assert completed(found, values, knows_variables=allowing.knows_variables) == shown
