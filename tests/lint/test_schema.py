"""The JSON Schemas of all kinds, held against what is accepted and what is refused."""

import json
from typing import Any

import jsonschema
import pytest

from ecrpolicy.iam import managed
from ecrpolicy.lint import Kind
from ecrpolicy.lint.kind import IAM, OF_IDENTITIES
from ecrpolicy.lint.schema import json_schema
from tests.docs.examples import ROOT
from tests.iam.builders import REPOSITORY, THERE, document, statement


def accepts(kind: Kind, value: Any) -> bool:
    return jsonschema.Draft202012Validator(json_schema(kind)).is_valid(value)


@pytest.mark.parametrize("kind", Kind)
def test_a_schema_is_one(kind: Kind) -> None:
    schema = json_schema(kind)
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["title"]
    json.dumps(schema)


def test_managed_policies_are_accepted() -> None:
    for path in sorted((ROOT / "ecrpolicy" / "iam" / managed.FOLDER).glob("*.json")):
        held = json.loads(path.read_text("utf-8"))
        for kind in OF_IDENTITIES:
            assert accepts(kind, held["policy"]), path.name


@pytest.mark.parametrize("kind", [*OF_IDENTITIES, Kind.SCP])
def test_policies_without_principals(kind: Kind) -> None:
    assert accepts(kind, document(statement(Resource="*", Sid="a1")))
    assert accepts(kind, {"Statement": statement(Resource=["*"])})
    assert not accepts(kind, document(statement()))
    assert not accepts(kind, document(statement(Resource="*", Principal="*")))
    assert not accepts(kind, document(statement(Resource="*", Sid="a b")))


@pytest.mark.parametrize(
    ("kind", "has_resource", "accepted"),
    [
        (Kind.REPOSITORY, False, True),
        (Kind.REPOSITORY, True, False),
        (Kind.REGISTRY, False, False),
        (Kind.REGISTRY, True, True),
        (Kind.RESOURCE, False, True),
        (Kind.RESOURCE, True, True),
        (Kind.ENDPOINT, True, True),
        (Kind.RCP, True, True),
    ],
)
def test_policies_with_principals(kind: Kind, has_resource: bool, accepted: bool) -> None:
    resource = {"Resource": REPOSITORY} if has_resource else {}
    value = document(statement(Principal={"AWS": [THERE]}, **resource))
    assert accepts(kind, value) is accepted


@pytest.mark.parametrize("kind", IAM)
@pytest.mark.parametrize(
    "value",
    [
        {},
        {"Statement": 1},
        {"Statement": {"Effect": "allow", "Action": "ecr:*"}},
        {"statement": {"Effect": "Allow", "Action": "ecr:*"}},
        document(statement(Action="ecr", Resource="*", Principal="*")),
        document(statement(NotAction="ecr:*", Action="ecr:*", Resource="*", Principal="*")),
        document(statement(Condition={"StringEqual": {}}, Resource="*", Principal="*")),
        document(statement(Condition={"Bool": {"a": None}}, Resource="*", Principal="*")),
        document(statement(Principal="x", Resource="*")),
        document(statement(Principal={}, Resource="*")),
    ],
    ids=str,
)
def test_what_is_no_policy_is_refused(kind: Kind, value: Any) -> None:
    assert not accepts(kind, value)


def test_conditions() -> None:
    condition = {
        "ForAnyValue:StringLikeIfExists": {"aws:TagKeys": ["a", "b"]},
        "Bool": {"aws:SecureTransport": True},
        "NumericLessThan": {"aws:MultiFactorAuthAge": 1},
    }
    assert accepts(Kind.IDENTITY, document(statement(Resource="*", Condition=condition)))


def test_settings() -> None:
    scanning = {
        "scanType": "ENHANCED",
        "rules": [
            {
                "scanFrequency": "MANUAL",
                "repositoryFilters": [{"filter": "*", "filterType": "WILDCARD"}],
            }
        ],
    }
    assert accepts(Kind.SCANNING, scanning)
    assert not accepts(Kind.SCANNING, {**scanning, "scanType": "FAST"})
    destination = {"region": "eu-west-1", "registryId": "111122223333"}
    assert accepts(Kind.REPLICATION, {"rules": [{"destinations": [destination]}]})
    assert not accepts(Kind.REPLICATION, {"rules": [{"destination": destination}]})
    rule = {"ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "registry-1.docker.io"}
    assert accepts(Kind.CACHING, {"pullThroughCacheRules": [rule]})
    assert not accepts(Kind.CACHING, {"pullThroughCacheRules": [{}]})
    template = {"prefix": "ROOT", "appliedFor": ["REPLICATION"]}
    assert accepts(Kind.TEMPLATES, {"repositoryCreationTemplates": [template]})
    assert not accepts(Kind.TEMPLATES, {"repositoryCreationTemplates": [{"prefix": "a"}]})
