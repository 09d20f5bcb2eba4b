"""From a scanning configuration to its model, or to everything that is wrong with it."""

import json
from typing import Any

import pytest

from ecrpolicy import scanning
from ecrpolicy.scanning import ScanFrequency, ScanningConfiguration, ScanType
from tests.registry_builders import basic, enhanced, findings, scan, told

FILTER = "/rules/0/repositoryFilters/0/filter"


def test_the_members_of_a_configuration_are_read() -> None:
    read = scanning.parse(enhanced(scan("SCAN_ON_PUSH", "a", "b*"), scan("CONTINUOUS_SCAN")))
    first, second = read.rules
    assert read.scan_type is ScanType.ENHANCED
    assert first.scan_frequency is ScanFrequency.SCAN_ON_PUSH
    assert [(each.filter, each.filter_type.value) for each in first.repository_filters] == [
        ("a", "WILDCARD"),
        ("b*", "WILDCARD"),
    ]
    assert (second.scan_frequency.value, second.repository_filters) == ("CONTINUOUS_SCAN", ())


def test_what_is_left_out_is_as_the_service_sets_it_up() -> None:
    assert scanning.parse({}) == ScanningConfiguration(scan_type=ScanType.BASIC, rules=())


def test_the_answer_of_the_cli_is_read_and_places_are_those_in_it() -> None:
    answer: dict[str, Any] = {"registryId": "111122223333", "scanningConfiguration": basic()}
    assert scanning.parse(answer) == scanning.parse(basic())
    answer["scanningConfiguration"]["rules"] = 3
    text = json.dumps(answer, indent=2)
    [found] = findings(scanning.parse, text)
    assert found.location.pointer == "/scanningConfiguration/rules"
    assert (found.location.line, found.location.column) == (5, 14)


@pytest.mark.parametrize(
    "text",
    [
        *("a", "*", "**", "a*b", "a.b", "a_b", "a-b", "a/b", "*/*", "prod*repo", "9", "a**b"),
        *("a" * 255, "*-*", "*.*"),
    ],
)
def test_a_filter_may_be(text: str) -> None:
    read = scanning.parse(basic(scan("SCAN_ON_PUSH", text)))
    assert read.rules[0].repository_filters[0].filter == text


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", ["filter-length"]),
        ("a" * 256, ["filter-length"]),
        ("A" * 256, ["filter-length", "malformed-filter"]),
        *(
            (text, ["malformed-filter"])
            for text in (
                *("A", "a b", "-a", "a-", "/a", "a/", ".", "_", "a--b", "a__b", "a.-b", "a//b"),
                *("é", "a\n", "?", "[a]", "*/", "a\u0660"),
            )
        ),
    ],
)
def test_a_filter_may_not_be(text: str, rules: list[str]) -> None:
    found = findings(scanning.parse, basic(scan("SCAN_ON_PUSH", text)))
    assert [(each.rule, each.location.pointer) for each in found] == [
        (rule, FILTER) for rule in rules
    ]
    assert all(each.message.isprintable() and len(each.message) < 200 for each in found)


def test_long_filters_are_judged_at_once() -> None:
    """A pattern that tries its pieces in every way would not come to an end with these."""
    text = "a" * 200_000 + "!"
    assert told(scanning.parse, basic(scan("SCAN_ON_PUSH", text))) == [
        ("filter-length", FILTER),
        ("malformed-filter", FILTER),
    ]
    assert [rule for rule, _ in told(scanning.parse, basic(scan("MANUAL", "a" * 254 + "-")))] == [
        "malformed-filter"
    ]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        (3, [("wrong-type", "")]),
        ({"scanType": "NONE"}, [("not-in-enum", "/scanType")]),
        ({"scanType": None}, [("wrong-type", "/scanType")]),
        ({"rules": None}, [("wrong-type", "/rules")]),
        ({"rules": [None]}, [("wrong-type", "/rules/0")]),
        ({"scantype": "BASIC"}, [("unknown-member", "/scantype")]),
        (
            {"rules": [{}]},
            [("missing-member", "/rules/0"), ("missing-member", "/rules/0")],
        ),
        (
            basic({"scanFrequency": "MANUAL", "repositoryFilters": None}),
            [("wrong-type", "/rules/0/repositoryFilters")],
        ),
        (
            basic({"scanFrequency": "MANUAL", "repositoryFilters": [{"filter": "a"}]}),
            [("missing-member", "/rules/0/repositoryFilters/0")],
        ),
        (
            basic(scan("MANUAL"), scan("SCAN_ON_PUSH"), scan("MANUAL")),
            [("too-many-rules", "/rules"), ("duplicate-frequency", "/rules/2/scanFrequency")],
        ),
        (
            enhanced(scan("SCAN_ON_PUSH", "a"), scan("SCAN_ON_PUSH", "b")),
            [("duplicate-frequency", "/rules/1/scanFrequency")],
        ),
        (basic(scan("CONTINUOUS_SCAN")), [("frequency-and-type", "/rules/0/scanFrequency")]),
        ({"rules": [scan("CONTINUOUS_SCAN")]}, [("frequency-and-type", "/rules/0/scanFrequency")]),
        (enhanced(scan("MANUAL")), [("frequency-and-type", "/rules/0/scanFrequency")]),
        (
            {"scanType": "NONE", "rules": [scan("DAILY"), scan("DAILY")]},
            [
                ("not-in-enum", "/scanType"),
                ("not-in-enum", "/rules/0/scanFrequency"),
                ("not-in-enum", "/rules/1/scanFrequency"),
            ],
        ),
        (
            basic(scan("MANUAL", *(f"a{number}" for number in range(101)))),
            [("too-many-filters", "/rules/0/repositoryFilters")],
        ),
    ],
)
def test_each_complaint_has_a_name_and_a_place(
    configuration: Any, expected: list[tuple[str, str]]
) -> None:
    assert told(scanning.parse, json.dumps(configuration)) == expected


def test_a_hundred_filters_and_two_rules_are_as_many_as_there_may_be() -> None:
    hundred = [f"a{number}" for number in range(100)]
    rules = scanning.parse(enhanced(scan("SCAN_ON_PUSH", *hundred), scan("CONTINUOUS_SCAN"))).rules
    assert [len(rule.repository_filters) for rule in rules] == [100, 0]


def _texts(configuration: Any) -> list[str | None]:
    return [each.service_text for each in findings(scanning.parse, configuration)]


def test_the_answer_of_the_service_is_told_where_it_is_known() -> None:
    invalid = "InvalidParameterException: Invalid parameter at"
    assert _texts(basic(*(scan("MANUAL") for _ in range(3))))[0] == (
        f"{invalid} 'rules' failed to satisfy constraint: "
        "'Member must have length less than or equal to 2'"
    )
    assert _texts(basic(scan("MANUAL", *["a"] * 101))) == [
        f"{invalid} 'rules.1.member.repositoryFilters' failed to satisfy constraint: "
        "'Member must have length less than or equal to 100'"
    ]
    assert _texts(basic(scan("MANUAL", "A"))) == [
        f"{invalid} 'rules.1.member.repositoryFilters.1.member.filter' failed to satisfy "
        "constraint: 'Member must satisfy regular expression pattern: "
        r"^[a-z0-9*](?:[._\-/a-z0-9*]?[a-z0-9*]+)*$'"
    ]
    assert _texts(enhanced(scan("MANUAL"))) == [
        f"{invalid} 'rules.1.member.scanFrequency' failed to satisfy constraint: "
        "'Member must satisfy enum value set: [SCAN_ON_PUSH, CONTINUOUS_SCAN]'"
    ]
    assert _texts({"rules": [{"scanFrequency": "MANUAL"}]}) == [
        f"{invalid} 'rules.1.member.repositoryFilters' failed to satisfy constraint: "
        "'Member must not be null'"
    ]
    assert _texts(enhanced(scan("SCAN_ON_PUSH"), scan("SCAN_ON_PUSH"))) == [None]


def test_complaints_say_what_to_do() -> None:
    [found] = findings(scanning.parse, json.dumps(basic(scan("CONTINUOUS_SCAN", "a"))))
    assert str(found) == (
        "1:51: `BASIC` scanning has no frequency `CONTINUOUS_SCAN`; write `SCAN_ON_PUSH` or "
        "`MANUAL` (at `/rules/0/scanFrequency`)"
    )
