"""The service's own preview, read from a file."""

import json
from typing import Any

import pytest

from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.lifecycle import Action
from ecrpolicy.lifecycle.differences import Fate
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.service_preview import ServicePreview, read_service_preview
from tests.builders import digest


def result(digit: str, priority: int, action: str = "EXPIRE") -> dict[str, Any]:
    """One image of a preview."""
    return {
        "imageTags": ["x"],
        "imageDigest": digest(digit),
        "imagePushedAt": 1767225600.0,
        "action": {"type": action},
        "appliedRulePriority": priority,
    }


def page(*results: dict[str, Any], **members: Any) -> dict[str, Any]:
    """One page of a preview."""
    return {"repositoryName": "app", "previewResults": list(results), **members}


def read(*pages: object) -> ServicePreview:
    """What is read from pages one after another."""
    content = "\n".join(map(json.dumps, pages))
    return read_service_preview(Source(content.encode(), "theirs.json"))


def refusal(*pages: object) -> str:
    """The complaint about pages."""
    with pytest.raises(InvalidSnapshot) as raised:
        read(*pages)
    (finding,) = raised.value.findings
    return str(finding)


def test_the_fates_of_what_goes() -> None:
    found = read(
        page(
            result("a", 3),
            result("b", 1, "TRANSITION"),
            status="COMPLETE",
            lifecyclePolicyText="text",
        )
    )
    assert found == ServicePreview(
        {digest("a"): Fate(Action.EXPIRE, 3), digest("b"): Fate(Action.TRANSITION, 1)},
        "app",
        None,
        "text",
    )


def test_nothing_goes() -> None:
    assert read(page()) == ServicePreview({}, "app", None, None)


def test_pages_are_joined() -> None:
    found = read(page(result("a", 1), nextToken="x"), page(result("b", 2)))
    assert set(found.fates) == {digest("a"), digest("b")}


@pytest.mark.parametrize("member", ["nextToken", "NextToken"])
def test_the_last_page_must_be_there(member: str) -> None:
    assert refusal(page(result("a", 1), **{member: "x"})) == (
        "theirs.json: the preview stops at a `nextToken`: there are more results; get all of it, "
        "without `--max-items`"
    )


@pytest.mark.parametrize("status", ["IN_PROGRESS", "EXPIRED", "FAILED"])
def test_the_preview_must_be_complete(status: str) -> None:
    assert f"the preview has the status `{status}`" in refusal(page(status=status))


@pytest.mark.parametrize(
    ("value", "place"),
    [
        ({}, "/"),
        ([], "/"),
        (5, "/"),
        ({"previewResults": None}, "/previewResults"),
        ({"previewResults": [{}]}, "/previewResults/0"),
        (
            {"previewResults": [result("a", 1) | {"imageDigest": 1}]},
            "/previewResults/0/imageDigest",
        ),
        ({"previewResults": [result("a", 1, "DELETE")]}, "/previewResults/0/action/type"),
        (
            {"previewResults": [result("a", 1) | {"appliedRulePriority": "high"}]},
            "/previewResults/0/appliedRulePriority",
        ),
    ],
)
def test_what_is_no_preview_is_refused(value: object, place: str) -> None:
    said = refusal(value)
    assert said.startswith("theirs.json: no lifecycle policy preview: ")
    assert said.endswith(
        f" at `{place}`; give the output of `aws ecr get-lifecycle-policy-preview`"
    )


@pytest.mark.parametrize("content", [b"", b"{", b"\xff\xfe", b"[] ["])
def test_what_is_not_json_is_refused(content: bytes) -> None:
    with pytest.raises(InvalidSnapshot) as raised:
        read_service_preview(Source(content, "theirs.json"))
    assert {finding.location.file for finding in raised.value.findings} == {"theirs.json"}


def test_members_that_are_of_no_use_are_passed_over() -> None:
    content = page(result("a", 1), ecrpolicy={"now": "x"}, summary={"expiringImageTotalCount": 1})
    assert read(content).fates == {digest("a"): Fate(Action.EXPIRE, 1)}
