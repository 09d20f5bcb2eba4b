"""The JSON Schema of case files, held against files and against what reads them."""

import json
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from ecrpolicy.errors import EcrPolicyError
from ecrpolicy.render.json import text
from ecrpolicy.testing.cases import read_cases
from ecrpolicy.testing.cases.schema import json_schema
from tests.docs.examples import ROOT
from tests.testing.documents import KEEP_ONE, access, lifecycle, source

VALIDATOR = Draft202012Validator(json_schema())
FILES = sorted((ROOT / "fixtures" / "cases").rglob("*.ecrpolicy.json"))


def test_the_schema_is_one() -> None:
    Draft202012Validator.check_schema(json_schema())


def test_the_published_file_is_the_schema() -> None:
    """`ecrpolicy schema cases > fixtures/cases/cases.schema.json` makes it anew."""
    published = ROOT / "fixtures" / "cases" / "cases.schema.json"
    assert published.read_text("utf-8") == text(json_schema())
    for file in FILES:
        named = json.loads(file.read_text("utf-8"))["$schema"]
        assert (file.parent / named).resolve() == published


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.name.partition(".")[0])
def test_the_own_files_are_valid(file: Path) -> None:
    assert [each.message for each in VALIDATOR.iter_errors(json.loads(file.read_text()))] == []


WRONG_VALUES: list[object] = [None, {}, ["a", None], [[]]]
REFUSAL = {"policy": {"rules": []}, "problems": [{"pointer": "/rules", "serviceText": None}]}


@pytest.mark.parametrize(
    "value",
    [
        lifecycle(),
        lifecycle(**{"$schema": "cases.schema.json", "name": "a", "why": "b", "source": {}}),
        lifecycle(now=1767225600, expected={"keeps": ["dev"]}),
        *(
            lifecycle(now=time)
            for time in (
                *("2026-01-31T00:00:00Z", "2026-01-31T00:00:00.5+05:30", "20260131T0000-0800"),
                *("2026-W05-6T00:00:00+00:00", "2026-01-31 00:00+00:00", 1767225600.5, -1, 0),
            )
        ),
        access(
            "IMPLICIT_DENY",
            request={
                "principal": None,
                "action": "ecr:PutImage",
                "context": {"aws:a": ["a", 1, True], "aws:b": 1.5, "aws:c": False, "aws:d": []},
            },
        ),
        access("DENY"),
        access(expected={"refused": True}, policies={"identity": [{"Statement": 1}]}),
        REFUSAL,
        [lifecycle(), access()],
        {"$schema": "cases.schema.json", "about": "b", "policies": {}, "cases": [REFUSAL]},
    ],
)
def test_what_is_read_is_valid(value: Any) -> None:
    assert read_cases(source(value))
    assert VALIDATOR.is_valid(value)


@pytest.mark.parametrize(
    "value",
    [
        1,
        {},
        [1],
        {"cases": {}},
        {"cases": [], "policy": {}},
        lifecycle(manifest={}),
        lifecycle(images=None),
        lifecycle(snapshot="s.json"),
        lifecycle(images=[1]),
        lifecycle(images=["prod-1"]),
        lifecycle(images=[{"imageDigest": "x"}]),
        lifecycle(policy=1),
        lifecycle(policy={"rules": [{**KEEP_ONE["rules"][0], "rulePriority": 0}]}),
        lifecycle(now=[]),
        lifecycle(expected={}),
        lifecycle(expected={"keep": []}),
        lifecycle(expected={"results": [], "keeps": []}),
        lifecycle(expected={"results": [{"imageDigest": "#1"}]}),
        lifecycle(expected={"expires": ["#1", "#1"]}),
        lifecycle(name=""),
        access(name=""),
        {**REFUSAL, "name": ""},
        lifecycle(manifests={"prod-1": "prod-2"}),
        access(None),
        access("NO"),
        access(expected={}),
        access(expected={"refused": False}),
        access(polices={}),
        access(request={"principal": None}),
        {**REFUSAL, "text": "{}"},
        {"problems": []},
        {**REFUSAL, "problems": [{}]},
        {**REFUSAL, "kind": "scanning"},
        lifecycle(now="yesterday"),
        lifecycle(now="2026-01-31"),
        lifecycle(now="2026-01-31T00:00:00"),
        lifecycle(now=10**12),
        lifecycle(now=True),
        lifecycle(snapshot=[5], images=None),
        *(
            access(request={"principal": None, "action": action})
            for action in ("PutImage", "ecr:", "ecr:*", "ecr:Put Image")
        ),
        *(
            access(
                request={"principal": None, "action": "ecr:PutImage", "context": {"aws:a": each}}
            )
            for each in WRONG_VALUES
        ),
        {**REFUSAL, "padTo": -5},
        {**REFUSAL, "padTo": 10**11},
    ],
)
def test_what_is_refused_is_not_valid(value: Any) -> None:
    with pytest.raises(EcrPolicyError):
        read_cases(source(value))
    assert not VALIDATOR.is_valid(value)
