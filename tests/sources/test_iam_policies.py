"""IAM-style policies within other documents, with their places."""

import json

import pytest

from ecrpolicy import document
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.finding import Location
from ecrpolicy.iam import Kind
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_policies import managed_policy, read_policy, read_within

POLICY = {"Statement": {"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}}
PULL_ONLY = "arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly"


def test_a_policy_knows_its_file() -> None:
    read = read_policy(Source(json.dumps(POLICY).encode(), "p.json"), Kind.IDENTITY)
    assert (read.file, read.kind) == ("p.json", Kind.IDENTITY)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ('{"Statement": 1}', "p.json:1:15"),
        ('{"PolicyDocument": {"Statement": 1}}', "p.json:1:34"),
        ('{\n"PolicyDocument":\n {\n  "Statement": 1}}', "p.json:4:16"),
        ('{"PolicyDocument": {"Statment": []}}', "p.json:1:20"),
        ('{"PolicyDocument": "{\\n\\"Statement\\": 1}"}', "p.json#PolicyDocument:2:14"),
    ],
)
def test_places_are_those_in_the_file(text: str, place: str) -> None:
    with pytest.raises(InvalidPolicy) as raised:
        read_policy(Source(text.encode(), "p.json"), Kind.IDENTITY)
    assert str(raised.value.findings[0].location) == place


def test_pointers_lead_through_the_document() -> None:
    held = document.read(json.dumps({"a": [{"Statement": {"Effect": "No"}}]}))
    with pytest.raises(InvalidPolicy) as raised:
        read_within(held, ("a", 0), Kind.IDENTITY)
    pointers = {each.location.pointer for each in raised.value.findings}
    assert "/a/0/Statement/Effect" in pointers


def test_a_document_without_lines_has_pointers() -> None:
    held = document.read({"a": {"Statement": 1}})
    with pytest.raises(InvalidPolicy) as raised:
        read_within(held, ("a",), Kind.IDENTITY)
    assert raised.value.findings[0].location == Location(pointer="/a/Statement")


def test_the_managed_policies() -> None:
    assert managed_policy(PULL_ONLY, Kind.SESSION).statements
    held = document.read(json.dumps([PULL_ONLY]))
    assert read_within(held, (0,), Kind.IDENTITY).statements
    with pytest.raises(InvalidPolicy, match="cannot be named by an ARN"):
        read_within(held, (0,), Kind.SCP)
