"""Previews as JSON."""

from json import loads

import pytest

from ecrpolicy.finding import Finding, Severity
from ecrpolicy.lifecycle import Action
from ecrpolicy.lifecycle.differences import Difference, Fate
from ecrpolicy.render import json
from ecrpolicy.snapshot import StorageClass
from tests.builders import INDEX, any_image, archived, count, digest, image, preview, pushed, rule
from tests.render import hostile


def test_a_result_has_the_services_members_and_ours() -> None:
    found = preview(
        [rule(any_image() | count(1), priority=7)],
        image("a", "v1", "v1.0", days=1, size_bytes=5),
        image("b"),
    )
    answer = loads(json.preview(found, (), None))
    assert answer["previewResults"] == [
        {
            "imageTags": ["v1", "v1.0"],
            "imageDigest": digest("a"),
            "imagePushedAt": "2026-01-30T00:00:00+00:00",
            "action": {"type": "EXPIRE"},
            "appliedRulePriority": 7,
            "storageClass": "STANDARD",
            "imageSizeInBytes": 5,
            "cascade": False,
            "cannotTell": False,
        }
    ]


def test_an_archived_image_says_so() -> None:
    found = preview(
        [rule(any_image() | archived(90))],
        image(
            "a",
            days=200,
            storage_class=StorageClass.ARCHIVE,
            archived_at=image("a", days=100).pushed_at,
        ),
    )
    (result,) = loads(json.preview(found, (), None))["previewResults"]
    assert result["storageClass"] == "ARCHIVE"


def test_a_referrer_on_its_way_from_the_archive_has_no_storage_class() -> None:
    """The service knows two; the third is no value of its member."""
    found = preview(
        [rule(any_image() | count(1))],
        image("a", "v1", days=1),
        image("b", "v2"),
        image("5", days=2, subject=digest("a"), storage_class=StorageClass.ACTIVATING),
    )
    results = loads(json.preview(found, (), None))["previewResults"]
    told = {each["imageDigest"][-1]: each.get("storageClass") for each in results}
    assert told == {"a": "STANDARD", "5": None}


def test_the_registry_is_left_out_where_it_is_not_known() -> None:
    found = preview([rule(any_image() | count(1))], image("a"))
    answer = loads(json.preview(found, (), None))
    assert "registryId" not in answer
    assert answer["repositoryName"] == "app"


def test_the_policy_text_is_as_it_was_given_else_written_anew() -> None:
    document = {"rules": [rule(any_image() | count(1), description="x")]}
    found = preview(document["rules"], image("a"))
    assert loads(json.preview(found, (), "as given"))["lifecyclePolicyText"] == "as given"
    assert loads(loads(json.preview(found, (), None))["lifecyclePolicyText"]) == document


def test_warnings_and_explanations_stand_under_a_name_of_ours() -> None:
    found = preview(
        [rule(any_image() | pushed(1))],
        image("a", days=2),
        image("d", "v1", manifest_media_type=INDEX),
    )
    ours = loads(json.preview(found, [found.explain(digest("a"))], None))["ecrpolicy"]
    assert set(ours) == {"now", "summary", "warnings", "explanations"}
    assert ours["now"] == "2026-01-31T00:00:00+00:00"
    assert ours["summary"] == loads(json.text(found.summarise().to_json()))
    assert ours["explanations"] == [loads(json.text(found.explain(digest("a")).to_json()))]
    first = ours["warnings"][0]
    assert first["rule"] == "unknown-children"
    assert first["severity"] == "warning"
    assert first["images"] == [digest("a")]


def test_a_finding() -> None:
    found = Finding("some-rule", Severity.SUGGESTION, "text", help="do", images=(digest("a"),))
    assert json.finding(found) == {
        "rule": "some-rule",
        "severity": "suggestion",
        "message": "text",
        "help": "do",
        "images": [digest("a")],
    }


def test_differences() -> None:
    found = [Difference(digest("a"), None, Fate(Action.TRANSITION, 3), known=False)]
    assert loads(json.differences(found)) == {
        "differences": [
            {
                "imageDigest": digest("a"),
                "ours": None,
                "theirs": {"action": "TRANSITION", "appliedRulePriority": 3},
                "inSnapshot": False,
            }
        ]
    }


@pytest.mark.parametrize("name", hostile.HOSTILE)
def test_other_peoples_text_is_kept_and_escaped(name: str) -> None:
    found = hostile.preview(name)
    text = json.preview(found, [found.explain(digest("a"))], None)
    assert [line for line in text.split("\n") if not line.isprintable()] == []
    assert text.isascii()
    answer = loads(text)
    assert answer["repositoryName"] == name
    assert answer["previewResults"][0]["imageTags"] == [f"{name}1"]
    assert answer["ecrpolicy"]["explanations"][0]["imageTags"] == [f"{name}1"]
    described = loads(answer["lifecyclePolicyText"])["rules"][0]["description"]
    assert described == name
