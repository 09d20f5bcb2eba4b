"""From the text of a policy to its model, or to everything that is wrong with it."""

import copy
import json
from operator import attrgetter
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import lifecycle
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding, Severity
from ecrpolicy.lifecycle import CountType, TagStatus
from tests.builders import any_image, archived, count, patterns, prefixes, pushed, rule, untagged
from tests.cases import PolicyCase, policy_cases
from tests.property.strategies import json_like_texts, json_values, policies, policy_texts
from tests.reference import lifecycle as reference

NOT_MAPPED = "Lifecycle policy parsing failure: Could not map policyString into LifecyclePolicy."

VALID: dict[str, Any] = {"rules": [rule(untagged() | pushed(14))]}
VALID_TEXT = json.dumps(VALID)


def findings(source: Any, file: str | None = None) -> tuple[Finding, ...]:
    with pytest.raises(InvalidPolicy) as caught:
        lifecycle.parse(source, file=file)
    return caught.value.findings


def told(source: Any) -> list[tuple[str, str]]:
    """Rule and pointer of each finding."""
    return [(found.rule, found.location.pointer) for found in findings(source)]


@pytest.mark.parametrize("case", policy_cases(), ids=attrgetter("name"))
def test_what_is_wrong_is_an_error_with_a_place(case: PolicyCase) -> None:
    for each in findings(case.text) if case.problems else ():
        assert each.severity is Severity.ERROR
        assert each.location.line
        assert each.location.column


@pytest.mark.parametrize("case", policy_cases(), ids=attrgetter("name"))
def test_the_reference_judges_a_case_alike(case: PolicyCase) -> None:
    assert bool(reference.violations(case.text)) == bool(case.problems)


def test_the_members_of_a_policy_are_read() -> None:
    policy = lifecycle.parse(
        {
            "rules": [
                rule(patterns("v*", "*-rc") | count(3), priority=7, description="releases"),
                rule(untagged() | archived(120), priority=2),
                rule(any_image() | pushed(5), priority=9, action="transition"),
            ]
        }
    )
    first, second, third = policy.rules
    assert (first.rule_priority, first.description) == (7, "releases")
    assert first.selection.tag_status is TagStatus.TAGGED
    assert first.selection.tag_pattern_list == ("v*", "*-rc")
    assert first.selection.tag_prefix_list is None
    assert first.selection.storage_class.value == "standard"
    assert first.selection.count_type is CountType.IMAGE_COUNT_MORE_THAN
    assert first.selection.count_unit is None
    assert first.selection.count_number == 3
    assert (first.action.type.value, first.action.target_storage_class) == ("expire", None)
    assert second.description is None
    assert second.selection.storage_class.value == "archive"
    assert second.selection.count_unit == "days"
    assert third.action.type.value == "transition"
    assert third.action.target_storage_class == "archive"


def test_complaints_stand_in_the_order_of_the_document_each_at_its_place() -> None:
    text = "\n".join(
        [
            "{",
            '  "rules": [',
            '    {"rulePriority": 0, "descripton": "x",',
            '     "selection": {"tagStatus": "tagged", "countType": "sinceImagePushed",',
            '                   "countUnit": "day", "countNumber": "3"},',
            '     "action": {"type": "expire", "targetStorageClass": "archive"}},',
            '    {"rulePriority": 4,',
            '     "selection": {"tagStatus": "any", "countType": "sinceImagePushed",',
            '                   "countNumber": 3},',
            '     "action": {}},',
            '    {"rulePriority": 4, "selection": {"tagStatus": "untagged",',
            '     "countType": "imageCountMoreThan", "countNumber": 1.0}}',
            "  ],",
            '  "Version": "2012-10-17"',
            "}",
        ]
    )
    assert [
        (found.rule, found.location.pointer, found.location.line, found.location.column)
        for found in findings(text)
    ] == [
        ("number-too-small", "/rules/0/rulePriority", 3, 22),
        ("unknown-member", "/rules/0/descripton", 3, 25),
        ("tagged-without-list", "/rules/0/selection", 4, 19),
        ("not-in-enum", "/rules/0/selection/countUnit", 5, 33),
        ("wrong-type", "/rules/0/selection/countNumber", 5, 55),
        ("target-storage-class", "/rules/0/action/targetStorageClass", 6, 57),
        ("count-unit", "/rules/1/selection", 8, 19),
        ("missing-member", "/rules/1/action", 10, 16),
        ("missing-member", "/rules/2", 11, 5),
        ("duplicate-priority", "/rules/2/rulePriority", 11, 22),
        ("wrong-type", "/rules/2/selection/countNumber", 12, 56),
        ("unknown-member", "/Version", 14, 3),
    ]


def test_the_tenth_rule_comes_after_the_second() -> None:
    rules = [rule(prefixes(f"v{number}-") | count(1), priority=0) for number in range(11)]
    pointers = [pointer for _, pointer in told({"rules": rules}) if "rulePriority" in pointer]
    wanted = [f"/rules/{number}/rulePriority" for number in range(11)]
    assert list(dict.fromkeys(pointers)) == wanted


def test_a_complaint_says_what_is_wrong_and_what_to_do() -> None:
    wrong = {"rules": [rule(untagged() | pushed(14)) | {"descripton": "x"}]}
    (found,) = findings(json.dumps(wrong), file="policy.json")
    assert str(found) == (
        "policy.json:1:175: no member is called `descripton`; write `description`, or delete it "
        "(at `/rules/0/descripton`)"
    )
    assert found.service_text == (
        'object instance has properties which are not allowed by the schema: (["descripton"])'
    )


@pytest.mark.parametrize(
    ("value", "message", "advice"),
    [
        ("Tagged", "`Tagged` is no `tagStatus`", "write `tagged`"),
        (
            "all",
            "`all` is no `tagStatus`",
            "write one of `tagged`, `untagged`, `any`",
        ),
        (1, "expected a string, found an integer, `1`", None),
        (1.5, "expected a string, found a number, `1.5`", None),
        (True, "expected a string, found a boolean, `true`", None),
        ([], "expected a string, found an array", None),
        ({}, "expected a string, found an object", None),
        (None, "`tagStatus` is null", "give it a value, or delete it"),
    ],
)
def test_a_value_that_is_no_tag_status_is_named(
    value: object, message: str, advice: str | None
) -> None:
    wrong = copy.deepcopy(VALID)
    wrong["rules"][0]["selection"]["tagStatus"] = value
    (found,) = findings(wrong)
    assert (found.message, found.help) == (message, advice)


def test_an_only_choice_is_proposed() -> None:
    wrong = copy.deepcopy(VALID)
    wrong["rules"][0]["selection"]["countUnit"] = "weeks"
    (found,) = findings(wrong)
    assert found.help == "write `days`"


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([], [("no-rules", "/rules")]),
        ([3], [("wrong-type", "/rules/0")]),
        (
            [
                rule(prefixes("a") | count(1), priority=2),
                rule(any_image() | count(1), priority=1),
            ],
            [("any-not-last", "/rules/1/rulePriority")],
        ),
        (
            [
                rule(any_image() | count(1), priority=1),
                rule(any_image() | count(1), priority=2),
                rule(any_image() | count(1), priority=3),
            ],
            [
                ("two-any-rules", "/rules/1/selection/tagStatus"),
                ("two-any-rules", "/rules/2/selection/tagStatus"),
            ],
        ),
        (
            [
                rule(untagged() | count(1), priority=1),
                rule(untagged() | archived(90), priority=2),
                rule(untagged() | count(1) | {"storageClass": "standard"}, priority=3),
            ],
            [("two-untagged-rules", "/rules/2/selection/tagStatus")],
        ),
        (
            [
                rule(prefixes("a", "b") | count(1), priority=1),
                rule(prefixes("b", "a", "b") | count(2), priority=2),
                rule(prefixes("a", "b") | archived(90), priority=3),
            ],
            [("equal-prefixes", "/rules/1/selection/tagPrefixList")],
        ),
        (
            [rule({"tagStatus": "tagged", "tagPrefixList": []} | count(1))],
            [("empty-tag-list", "/rules/0/selection/tagPrefixList")],
        ),
        (
            [rule(any_image() | {"tagPatternList": ["a"], "tagPrefixList": ["a"]} | count(1))],
            [
                ("list-without-tagged", "/rules/0/selection/tagPatternList"),
                ("list-without-tagged", "/rules/0/selection/tagPrefixList"),
            ],
        ),
        (
            [rule(patterns("*", "a*b*c*d*e*") | count(1))],
            [("too-many-wildcards", "/rules/0/selection/tagPatternList/1")],
        ),
        (
            [rule(any_image() | archived(89))],
            [("too-few-archived-days", "/rules/0/selection")],
        ),
        (
            [rule(any_image() | archived(90), action="transition")],
            [("count-type-and-action", "/rules/0/action/type")],
        ),
    ],
)
def test_each_complaint_has_a_name(rules: list[Any], expected: list[tuple[str, str]]) -> None:
    assert told({"rules": rules}) == expected


SNAKE_CASE = {
    "rules": [
        {
            "rule_priority": 1,
            "selection": {
                "tag_status": "untagged",
                "count_type": "imageCountMoreThan",
                "count_number": 1,
            },
            "action": {"type": "expire"},
        }
    ]
}


def test_members_have_the_names_of_the_document_not_of_the_model() -> None:
    assert ("unknown-member", "/rules/0/rule_priority") in told(SNAKE_CASE)
    assert ("unknown-member", "/rules/0/selection/tag_status") in told(json.dumps(SNAKE_CASE))


def test_a_null_is_told_once_and_hides_nothing_else() -> None:
    wrong = copy.deepcopy(VALID)
    wrong["rules"][0]["rulePriority"] = None
    wrong["rules"][0]["action"]["type"] = "delete"
    assert told(wrong) == [
        ("null-member", "/rules/0/rulePriority"),
        ("not-in-enum", "/rules/0/action/type"),
    ]


@pytest.mark.parametrize(
    ("document", "pointer", "wanted"),
    [
        ({"rules": [None]}, "/rules/0", "object"),
        (
            {"rules": [rule({"tagStatus": "tagged", "tagPrefixList": [None]} | count(1))]},
            "/rules/0/selection/tagPrefixList/0",
            "string",
        ),
    ],
)
def test_a_null_element_is_of_the_wrong_type(
    document: dict[str, Any], pointer: str, wanted: str
) -> None:
    texts = [each.service_text for each in findings(document) if each.location.pointer == pointer]
    assert texts == [
        f'instance type (null) does not match any allowed primitive type (allowed: ["{wanted}"])'
    ]


@pytest.mark.parametrize("source", ["[]", "3", '"rules"', "null", "true", "1.5"])
def test_a_document_that_is_no_object_is_refused(source: str) -> None:
    (found,) = findings(source.ljust(100))
    assert (found.rule, found.location.pointer) == ("wrong-type", "")
    assert (found.location.line, found.location.column) == (1, 1)


@pytest.mark.parametrize("source", [[], 3, "", None])
def test_a_value_that_is_no_object_is_refused(source: Any) -> None:
    assert {found.location.pointer for found in findings(source)} == {""}


def test_what_is_no_json_could_not_be_mapped() -> None:
    (first, second) = findings('{"rules": [1,], }', file="policy.json")
    assert (first.service_text, second.service_text) == (NOT_MAPPED, NOT_MAPPED)
    assert str(first.location) == "policy.json:1:14"
    assert str(second.location) == "policy.json:1:17"


def test_two_names_in_a_row_are_no_json() -> None:
    assert findings('{rules "a": 1}')[0].service_text == NOT_MAPPED


def test_duplicate_names_are_refused_without_a_known_text() -> None:
    text = VALID_TEXT.replace('"countNumber"', '"countNumber": 1, "countNumber"')
    (found,) = findings(text)
    assert (found.rule, found.service_text) == ("duplicate-key", None)
    assert found.location.pointer == "/rules/0/selection/countNumber"


# Lengths


@pytest.mark.parametrize("length", [len(VALID_TEXT), 30_719, 30_720])
def test_a_text_within_the_limits_is_read(length: int) -> None:
    assert lifecycle.parse(VALID_TEXT.ljust(length)) == lifecycle.parse(VALID)


@pytest.mark.parametrize("length", [30_721, 307_200, 307_201, 5_000_000])
def test_a_text_past_the_limit_is_refused(length: int) -> None:
    (found,) = findings(VALID_TEXT.ljust(length))
    assert (found.rule, found.location.pointer) == ("policy-length", "")
    assert found.message == f"a policy has 100 to 30720 characters, not {length}"
    assert found.help == "shorten it"


def test_characters_are_counted_not_bytes() -> None:
    described = {"rules": [VALID["rules"][0] | {"description": "€" * 30_000}]}
    text = json.dumps(described, ensure_ascii=False)
    assert len(text.encode()) > 90_000
    assert lifecycle.parse(text.encode()).rules[0].description == "€" * 30_000
    assert findings(text.ljust(30_721).encode())[0].rule == "policy-length"


def test_a_text_below_the_limit_is_refused() -> None:
    assert told('{"rules": []}'.ljust(99)) == [("policy-length", ""), ("no-rules", "/rules")]
    assert told('{"rules": []}'.ljust(100)) == [("no-rules", "/rules")]


def test_a_document_has_no_least_length() -> None:
    assert told({"rules": []}) == [("no-rules", "/rules")]


def test_a_document_is_as_long_as_its_shortest_text() -> None:
    described = {"rules": [VALID["rules"][0] | {"description": ""}]}
    spare = 30_720 - len(json.dumps(described, separators=(",", ":")))
    described["rules"][0]["description"] = "€" * spare
    assert lifecycle.parse(described).rules[0].description == "€" * spare
    described["rules"][0]["description"] += "€"
    assert told(described) == [("policy-length", "")]


def test_a_broken_text_may_be_too_long_besides() -> None:
    rules = {found.rule for found in findings(VALID_TEXT.ljust(30_721) + "}")}
    assert rules == {"json-syntax-error", "policy-length"}


# Sources


@pytest.mark.parametrize("text", [VALID_TEXT, "\r\n" + json.dumps(VALID, indent="\t") + "\r\n"])
def test_a_text_its_bytes_and_its_document_are_one_policy(text: str) -> None:
    policy = lifecycle.parse(text)
    assert lifecycle.parse(text.encode()) == policy == lifecycle.parse(VALID)
    assert policy.document() == VALID


def test_findings_name_the_file() -> None:
    assert findings(VALID_TEXT + "x", file="policy.json")[0].location.file == "policy.json"
    assert findings({"rules": []}, file="policy.json")[0].location.file == "policy.json"
    assert findings(" " * 400_000, file="policy.json")[0].location.file == "policy.json"
    assert findings("[]".ljust(100), file="policy.json")[0].location.file == "policy.json"


def test_a_document_has_no_lines() -> None:
    (found,) = findings({"rules": []})
    assert (found.location.line, found.location.column) == (None, None)
    assert str(found) == (
        "/rules: a policy has one rule at least; delete the policy to keep all images"
    )


@pytest.mark.parametrize("source", [b"\xff\xfe{}", b'{"\xff"}', b"\xef\xbb\xbf{}", b""])
def test_bytes_that_are_no_text_are_refused(source: bytes) -> None:
    (found,) = findings(source)
    assert found.service_text == NOT_MAPPED


@given(policy=policies())
def test_a_document_is_let_be(policy: dict[str, Any]) -> None:
    before = copy.deepcopy(policy)
    lifecycle.parse(policy)
    assert policy == before


def test_a_document_that_is_refused_is_let_be() -> None:
    wrong = copy.deepcopy(VALID)
    wrong["rules"][0]["selection"] |= {"countNumber": None, "tagPrefixList": [None]}
    before = copy.deepcopy(wrong)
    findings(wrong)
    assert wrong == before


# What could break a reader


@pytest.mark.parametrize("old", ['"rulePriority": 1', '"countNumber": 14'])
def test_a_number_of_4300_digits_is_read(old: str) -> None:
    text = VALID_TEXT.replace(old, old.rstrip("0123456789") + "9" * 4300)
    (only,) = lifecycle.parse(text).rules
    assert max(only.rule_priority, only.selection.count_number) == 10**4300 - 1


# Python reads no integer of more than 4,300 digits, unless told to.
@pytest.mark.parametrize("old", ['"rulePriority": 1', '"countNumber": 14'])
@pytest.mark.parametrize("number", ["9" * 5000, "-" + "9" * 5000])
def test_a_number_of_thousands_of_digits_is_refused_at_its_place(old: str, number: str) -> None:
    text = VALID_TEXT.replace(old, old.rstrip("0123456789") + number)
    (found,) = findings(text)
    assert (found.rule, found.location.line) == ("wrong-type", 1)
    assert found.location.column == text.index(number) + 1


@pytest.mark.parametrize(("opened", "closed"), [("[", "]"), ('{"a":', "}")])
def test_nesting_is_refused_however_deep(opened: str, closed: str) -> None:
    for depth in [*range(800, 1001), 10_000, 100_000]:
        nested = opened * depth + "1" + closed * depth
        assert findings('{"rules":' + nested + ', "more": 1}')


@pytest.mark.parametrize(
    "document",
    [
        {"rules": [], "\ud800": 1},
        {"rules": [VALID["rules"][0] | {"action": {"type": "\ud800"}}]},
        {"rules": [VALID["rules"][0] | {"rulePriority": "\udfff"}]},
        {"rules": [VALID["rules"][0] | {"\udfff": 1}]},
    ],
)
def test_half_a_surrogate_pair_is_no_name_and_no_choice(document: dict[str, Any]) -> None:
    assert findings(json.dumps(document))
    assert findings(document)


@given(source=json_values() | json_like_texts() | st.text() | st.binary())
def test_nothing_but_a_policy_is_read(source: Any) -> None:
    found = findings(source)
    assert found
    assert all(each.message for each in found)


@given(text=policy_texts())
def test_a_text_is_accepted_where_the_reference_accepts_it(text: str) -> None:
    assert _is_accepted(text) is not bool(reference.violations(text))


def _is_accepted(text: str) -> bool:
    try:
        lifecycle.parse(text)
    except InvalidPolicy:
        return False
    return True


@given(policy=policies())
def test_what_is_valid_is_read_from_text_and_document_alike(policy: dict[str, Any]) -> None:
    text = json.dumps(policy, indent=2)
    assert reference.violations(text) == set()
    assert lifecycle.parse(text) == lifecycle.parse(policy)


# The service's own words


@pytest.mark.parametrize(
    ("text", "message"),
    [
        (
            "Duplicate priority in multiple rules",
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
            "'Lifecycle policy validation failure: Duplicate priority in multiple rules'",
        ),
        (
            NOT_MAPPED,
            "Invalid parameter at 'LifecyclePolicyText' failed to satisfy constraint: "
            "'Lifecycle policy parsing failure: Could not map policyString into "
            "LifecyclePolicy.'",
        ),
        ("LimitExceededException: Too many rules", "LimitExceededException: Too many rules"),
    ],
)
def test_the_message_of_the_service_is_put_around_its_text(text: str, message: str) -> None:
    assert lifecycle.service_error(text) == message
