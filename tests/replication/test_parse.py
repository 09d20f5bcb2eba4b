"""From a replication configuration to its model, or to everything that is wrong with it."""

import json
from functools import partial
from typing import Any

import pytest

from ecrpolicy import replication
from ecrpolicy.regions import PARTITIONS
from tests.registry_builders import (
    EAST,
    EUROPE,
    HOME,
    OTHER,
    WEST,
    findings,
    place,
    replicate,
    told,
)

parse_home = partial(replication.parse, account=HOME, region=EAST)
FILTER = "/rules/0/repositoryFilters/0/filter"
REGIONS = [region for region, partition in PARTITIONS.items() if partition == "aws"]


def test_the_members_of_a_configuration_are_read() -> None:
    read = replication.parse(
        {
            "rules": [
                replicate((HOME, WEST), filters=("prod",), deleteReplication={"enabled": True}),
                replicate((OTHER, EAST), deleteReplication={"enabled": False}),
                replicate((OTHER, WEST)),
            ]
        }
    )
    first, second, third = read.rules
    assert first.destinations == (place(HOME, WEST),)
    assert [(each.filter, each.filter_type.value) for each in first.repository_filters] == [
        ("prod", "PREFIX_MATCH")
    ]
    assert [each.carries_deletions for each in (first, second, third)] == [True, False, False]
    assert (third.repository_filters, third.delete_replication) == ((), None)
    assert str(first.destinations[0]) == "111122223333 us-west-2"


def test_the_answer_of_the_cli_is_read_and_places_are_those_in_it() -> None:
    rule = replicate((HOME, EAST))
    answer = {"registryId": HOME, "replicationConfiguration": {"rules": [rule]}}
    assert replication.parse(answer) == replication.parse({"rules": [rule]})
    pointer = "/replicationConfiguration/rules/0/destinations/0"
    assert told(parse_home, answer) == [("own-registry", pointer)]
    [found] = findings(parse_home, json.dumps(answer, indent=2))
    assert (found.location.line, found.location.column) == (7, 11)


@pytest.mark.parametrize(
    "text",
    [*("ab", "a/", "prod", "prod/", "prod-", "a.b_c", "--", "..", "a--b", "a/_", "0/", "a" * 256)],
)
def test_a_filter_may_be(text: str) -> None:
    read = replication.parse({"rules": [replicate((HOME, WEST), filters=(text,))]})
    assert read.rules[0].repository_filters[0].filter == text


@pytest.mark.parametrize(
    ("text", "rules"),
    [
        ("", ["filter-length"]),
        ("a", ["filter-length"]),
        ("a" * 257, ["filter-length"]),
        ("*", ["filter-length", "malformed-filter"]),
        *((text, ["malformed-filter"]) for text in ("Prod", "prod*", "a b", "/a", "a//b", "-/a")),
        *((text, ["malformed-filter"]) for text in ("é/", "ab\n", "a/./b", "a\u0660")),
    ],
)
def test_a_filter_may_not_be(text: str, rules: list[str]) -> None:
    found = findings(replication.parse, {"rules": [replicate((HOME, WEST), filters=(text,))]})
    assert [(each.rule, each.location.pointer) for each in found] == [
        (rule, FILTER) for rule in rules
    ]
    assert all(each.message.isprintable() for each in found)


def test_a_wildcard_in_a_filter_is_told_to_be_none() -> None:
    [found] = findings(replication.parse, {"rules": [replicate((HOME, WEST), filters=("prod*",))]})
    assert found.help == (
        "use lower-case letters, digits, `.`, `_`, `-` and `/` "
        "and no `*`: a filter is the beginning as it is"
    )


def test_long_filters_are_judged_at_once() -> None:
    """A pattern that tries its pieces in every way would not come to an end with these."""
    for text in ("a" * 200_000 + "!", "a-" * 100_000 + "!", "a/" * 100_000 + "!"):
        rules = [replicate((HOME, WEST), filters=(text,))]
        assert [rule for rule, _ in told(replication.parse, {"rules": rules})] == [
            "filter-length",
            "malformed-filter",
        ]


@pytest.mark.parametrize(
    ("configuration", "expected"),
    [
        ([], [("wrong-type", "")]),
        ({}, [("missing-member", "")]),
        ({"rules": {}}, [("wrong-type", "/rules")]),
        ({"rules": [], "rule": []}, [("unknown-member", "/rule")]),
        ({"rules": [{}]}, [("missing-member", "/rules/0")]),
        ({"rules": [{"destinations": None}]}, [("wrong-type", "/rules/0/destinations")]),
        (
            {"rules": [replicate((HOME, WEST), deleteReplication=None)]},
            [("wrong-type", "/rules/0/deleteReplication")],
        ),
        (
            {"rules": [replicate((HOME, WEST), deleteReplication={"enabled": "true"})]},
            [("wrong-type", "/rules/0/deleteReplication/enabled")],
        ),
        (
            {"rules": [replicate((HOME, WEST), repositoryFilters=[])]},
            [("empty-list", "/rules/0/repositoryFilters")],
        ),
        (
            {"rules": [replicate((HOME, WEST), repositoryFilters=None)]},
            [("wrong-type", "/rules/0/repositoryFilters")],
        ),
        (
            {
                "rules": [
                    replicate(
                        (HOME, WEST),
                        repositoryFilters=[{"filter": "prod", "filterType": "WILDCARD"}],
                    )
                ]
            },
            [("not-in-enum", "/rules/0/repositoryFilters/0/filterType")],
        ),
        (
            {"rules": [replicate(("1111222233333", WEST), ("٠" * 12, WEST))]},
            [
                ("malformed-account", "/rules/0/destinations/0/registryId"),
                ("malformed-account", "/rules/0/destinations/1/registryId"),
            ],
        ),
        (
            {"rules": [replicate((HOME, "us-east-9"), (HOME, "EU"), (HOME, ""))]},
            [
                ("unknown-region", "/rules/0/destinations/0/region"),
                ("unknown-region", "/rules/0/destinations/1/region"),
                ("unknown-region", "/rules/0/destinations/2/region"),
            ],
        ),
        (
            {"rules": [replicate((HOME, "cn-north-1"), (OTHER, "us-gov-west-1"))]},
            [
                ("other-partition", "/rules/0/destinations/0/region"),
                ("other-partition", "/rules/0/destinations/1/region"),
            ],
        ),
        (
            {"rules": [replicate((HOME, WEST)), replicate((OTHER, EAST), (HOME, EAST))]},
            [("own-registry", "/rules/1/destinations/1")],
        ),
        ({"rules": [replicate((HOME, WEST))] * 11}, [("too-many-rules", "/rules")]),
        (
            {"rules": [replicate((HOME, WEST), filters=tuple(f"a{n}" for n in range(101)))]},
            [("too-many-filters", "/rules/0/repositoryFilters")],
        ),
        (
            {"rules": [replicate(*((OTHER, region) for region in REGIONS[:26]))]},
            [("too-many-destinations", "/rules")],
        ),
        (
            {"rules": [replicate(*[(HOME, WEST)] * 101)]},
            [("too-many-destinations", "/rules/0/destinations")],
        ),
    ],
)
def test_each_complaint_has_a_name_and_a_place(
    configuration: Any, expected: list[tuple[str, str]]
) -> None:
    assert told(parse_home, json.dumps(configuration)) == expected


def test_what_there_may_be_at_most_is_taken() -> None:
    hundred = tuple(f"a{number}" for number in range(100))
    rules = [
        replicate(*((OTHER, region) for region in REGIONS[:25]), filters=hundred),
        replicate(*[(OTHER, REGIONS[0])] * 100),
        *[replicate((OTHER, REGIONS[1]))] * 8,
    ]
    read = parse_home({"rules": rules})
    assert len(read.rules) == 10
    assert len(read.destinations) == 25


def test_destinations_are_counted_over_all_rules_and_each_once() -> None:
    halves = [(OTHER, region) for region in REGIONS[:13]], [(OTHER, r) for r in REGIONS[12:25]]
    assert len(parse_home({"rules": [replicate(*half) for half in halves]}).destinations) == 25
    further = replicate((HOME, EUROPE))
    rules = [*(replicate(*half) for half in halves), further]
    assert told(parse_home, {"rules": rules}) == [("too-many-destinations", "/rules")]


def test_what_names_no_registry_is_not_counted() -> None:
    rules = [replicate(*((OTHER, each) for each in REGIONS[:25]), ("1", WEST), (OTHER, "x"))]
    assert [rule for rule, _ in told(parse_home, {"rules": rules})] == [
        "malformed-account",
        "unknown-region",
    ]


def test_a_registry_of_china_replicates_within_china() -> None:
    rules = [replicate((HOME, "cn-northwest-1"))]
    parse = partial(replication.parse, account=HOME, region="cn-north-1")
    assert parse({"rules": rules}).destinations == (place(HOME, "cn-northwest-1"),)
    assert told(parse, {"rules": [replicate((HOME, WEST))]}) == [
        ("other-partition", "/rules/0/destinations/0/region")
    ]


def test_of_a_registry_that_is_not_known_no_destination_is_its_own() -> None:
    rules = [replicate((HOME, EAST), (HOME, "cn-north-1"))]
    assert len(replication.parse({"rules": rules}).destinations) == 2
    assert len(replication.parse({"rules": rules}, account=HOME).destinations) == 2
    assert told(partial(replication.parse, region=EAST), {"rules": rules}) == [
        ("other-partition", "/rules/0/destinations/1/region")
    ]


def _texts(rules: list[Any]) -> list[str | None]:
    return [each.service_text for each in findings(parse_home, {"rules": rules})]


def test_the_answer_of_the_service_is_told_where_it_is_known() -> None:
    invalid = "InvalidParameterException: Invalid parameter at 'replicationConfiguration"
    assert _texts([replicate((HOME, EAST))]) == [
        f"{invalid}' failed to satisfy constraint: "
        "'Replication destination cannot be the same as the source registry'"
    ]
    assert _texts([replicate((HOME, WEST))] * 11) == [
        f"{invalid}.rules' failed to satisfy constraint: "
        "'Member must have length less than or equal to 10'"
    ]
    assert _texts([replicate((HOME, WEST), repositoryFilters=[])]) == [
        f"{invalid}.rules.1.member.repositoryFilters' failed to satisfy constraint: "
        "'Member must have length greater than or equal to 1'"
    ]
    assert _texts([replicate(("1", WEST))]) == [
        f"{invalid}.rules.1.member.destinations.1.member.registryId' failed to satisfy "
        "constraint: 'Member must satisfy regular expression pattern: [0-9]{12}'"
    ]
    assert _texts([{}]) == [
        f"{invalid}.rules.1.member.destinations' failed to satisfy constraint: "
        "'Member must not be null'"
    ]
    # A name of the right form, which no Region has, is refused in words that are not documented.
    assert _texts([replicate((HOME, "us-east-9"), (HOME, "EU"))]) == [
        None,
        f"{invalid}.rules.1.member.destinations.2.member.region' failed to satisfy constraint: "
        "'Member must satisfy regular expression pattern: [0-9a-z-]{2,25}'",
    ]
    assert _texts([replicate((HOME, "cn-north-1"))]) == [None]


def test_a_region_that_is_nearly_one_is_proposed() -> None:
    found = findings(parse_home, {"rules": [replicate((HOME, "eu-wst-1"), (HOME, "Tokyo"))]})
    assert [each.help for each in found] == ["write `eu-west-1`", "write one such as `eu-west-1`"]
