"""Policies from files."""

import json

import pytest

from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Finding, Location
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.policies import parse_text, read_policy
from tests.builders import any_image, count, rule

TEXT = json.dumps({"rules": [rule(any_image() | count(3))]}, indent=2)


def findings(content: str | bytes, file: str | None = "policy.json") -> tuple[Finding, ...]:
    """The complaints about the content of a file."""
    raw = content.encode() if isinstance(content, str) else content
    with pytest.raises(InvalidPolicy) as raised:
        read_policy(Source(raw, file))
    return raised.value.findings


def wrapped(text: object) -> str:
    """The output of `get-lifecycle-policy`."""
    return json.dumps({"repositoryName": "app", "lifecyclePolicyText": text}, indent=4)


@pytest.mark.parametrize("content", [TEXT, wrapped(TEXT)])
def test_a_policy_is_read_with_its_own_text(content: str) -> None:
    read = read_policy(Source(content.encode(), "policy.json"))
    assert read.text == TEXT
    assert read.policy.rules[0].selection.count_number == 3
    assert read == parse_text(TEXT, None)


def test_places_are_those_in_the_file() -> None:
    broken = TEXT.replace('"countNumber": 3', '"countNumber": 0')
    (finding,) = findings(broken)
    line = broken[: broken.index('"countNumber"')].count("\n") + 1
    pointer = "/rules/0/selection/countNumber"
    assert finding.location == Location("policy.json", line, 24, pointer)


def test_places_in_an_answer_are_those_in_the_policys_own_text() -> None:
    broken = TEXT.replace('"countNumber": 3', '"countNumber": 0')
    (alone,) = findings(broken)
    (finding,) = findings(wrapped(broken), "answer.json")
    assert finding.location.file == "answer.json#lifecyclePolicyText"
    assert finding.location.line == alone.location.line
    assert finding.location.column == alone.location.column
    (nameless,) = findings(wrapped(broken), None)
    assert nameless.location.file == "#lifecyclePolicyText"


def test_a_listing_is_named_as_what_it_is() -> None:
    (finding,) = findings('{"imageDetails": []}')
    assert finding.rule == "not-a-policy"
    assert str(finding) == (
        "policy.json:1:1: this is a listing of images, not a lifecycle policy; give the policy "
        "first, and the listing with `--images`"
    )


@pytest.mark.parametrize("text", [None, 5, ["x"], {"rules": []}])
def test_an_answer_whose_policy_is_no_text_is_no_answer(text: object) -> None:
    told = findings(wrapped(text))
    assert "/lifecyclePolicyText" in {finding.location.pointer for finding in told}


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", "the text is empty"),
        (b"\xff\xfe{\x00", "the text is UTF-16"),
        (b'{"\xff": 1}', "the text is not UTF-8"),
        (b"\xef\xbb\xbf{}", "the text starts with a byte-order mark"),
    ],
)
def test_what_is_no_text_is_refused(content: bytes, said: str) -> None:
    (finding,) = findings(content)
    assert finding.message == said
    assert finding.location.file == "policy.json"


def test_every_complaint_is_raised_at_once() -> None:
    broken = TEXT.replace('"any"', '"all"').replace('"countNumber": 3', '"countNumber": 0')
    assert {finding.rule for finding in findings(broken)} == {"not-in-enum", "number-too-small"}
