"""No request, whatever is in it, makes the ECR API fail: each answer is below 500.

Requests are made of AWS's model by chance, the same every time: mostly of the right types, with
names of things that are there, and here and there something else altogether.
"""

import json
from collections.abc import Iterator
from random import Random
from typing import Any

import pytest
from botocore.model import ListShape, Shape, StructureShape

from ecrpolicy.registry.ecr_api import model
from tests.registry.ecr_api.pushing import digest_of, push_layer
from tests.registry.ecr_api.test_app import Raw
from tests.registry.serving import ACCOUNT, REGION, serving

NAME = "fuzzed/web"
REQUESTS = 12
NOT_BUILT = "UnsupportedOperationException"

DIGEST = "sha256:" + "0" * 64
POLICY = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Sid": "replicate",
                "Effect": "Allow",
                "Principal": {"AWS": "444455556666"},
                "Action": ["ecr:ReplicateImage"],
            }
        ],
    }
)
SELECTION = {"tagStatus": "any", "countType": "imageCountMoreThan", "countNumber": 1}
RULE = {"rulePriority": 1, "selection": SELECTION, "action": {"type": "expire"}}
LIFECYCLE = json.dumps({"rules": [RULE]})
MANIFEST = json.dumps(
    {
        "schemaVersion": 2,
        "mediaType": "application/vnd.oci.image.index.v1+json",
        "manifests": [],
    }
)
PUSHED, LAYER = digest_of(MANIFEST), digest_of("a layer")
TEXTS = ("", "x", "\0", "\x7f", "..", "../../etc/passwd", "*", "é", "\N{GRINNING FACE}", "null")
ANYTHING: tuple[Any, ...] = (
    *(None, True, 0, -1, 2**31, 2**63, 2**64, 10**400, 1e308, 0.5, [], {}, [[]], [None], [{}]),
    *({"a": {"b": [1]}}, "x" * 100_000, ["x"] * 200, "\ud800", "\udfff", *TEXTS),
)
KNOWN = {
    "repositoryName": (NAME, "no/such"),
    "registryId": (ACCOUNT,),
    "repositoryNames": (NAME,),
    "registryIds": (ACCOUNT,),
    "resourceArn": (f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{NAME}", "arn:aws:ecr:::"),
    "imageDigest": (PUSHED, DIGEST, "sha256:", "sha512:" + "0" * 128),
    "layerDigest": (LAYER, DIGEST, "sha256:0"),
    "layerDigests": (LAYER, DIGEST, "sha256:0"),
    "imageTag": ("latest", "v1", "-"),
    "imageManifest": (
        MANIFEST,
        "{}",
        "[]",
        '{"schemaVersion": 2}',
        "{" * 9_000,
        '{"a":' * 9_000,
        "1" * 9_000,
    ),
    "policyText": (
        POLICY,
        POLICY,
        '{"Version": "2012-10-17", "Statement": []}',
        "[" * 9_000,
        "1" * 9_000,
    ),
    "repositoryPolicy": (POLICY, "{}", "[" * 9_000),
    "lifecyclePolicyText": (
        LIFECYCLE,
        LIFECYCLE,
        '{"rules": []}' + " " * 100,
        "[" * 9_000,
        "1" * 9_000,
    ),
    "lifecyclePolicy": (LIFECYCLE, '{"rules": []}' + " " * 100, "[" * 9_000),
    "uploadId": ("00000000-0000-0000-0000-000000000000",),
    "layerPartBlob": ("", "AAAA"),
    "nextToken": ("A" * 100,),
    "name": ("REGISTRY_POLICY_SCOPE", "BASIC_SCAN_TYPE_VERSION"),
    "prefix": ("ROOT", "fuzzed", "fuzzed/"),
    "ecrRepositoryPrefix": ("fuzzed", "ROOT"),
    "upstreamRegistryUrl": ("quay.io", "public.ecr.aws"),
    "filter": ("fuzzed", "*"),
    "region": ("eu-west-1", REGION),
    "Key": ("team", "Team", "aws:x"),
    "tagKeys": ("team", "Team"),
}


class Maker:
    """Makes requests by chance."""

    def __init__(self, seed: str) -> None:
        self._random = Random(seed)

    def value(self, name: str, shape: Shape) -> Any:
        """A value that a member may have; now and then one that it may not."""
        if self._random.random() < 0.05:
            return self._random.choice(ANYTHING)
        match shape:
            case StructureShape():
                return self.structure(shape)
            case ListShape():
                return [self.value(name, shape.member) for _ in range(self._random.randrange(4))]
        match shape.type_name:
            case "boolean":
                return self._random.random() < 0.5
            case "integer" | "long":
                return self._random.choice((-1, 0, 1, 2, 1_000, 1_001, 2**31 - 1, 2**63 - 1))
        known = (*KNOWN.get(name, ()), *shape.metadata.get("enum", ()))
        return self._random.choice(known if known and self._random.random() < 0.9 else TEXTS)

    def structure(self, shape: StructureShape) -> dict[str, Any]:
        """Members that must be there nearly always are, and the others every second time."""
        return {
            name: self.value(name, member)
            for name, member in shape.members.items()
            if self._random.random() < (0.95 if name in shape.required_members else 0.5)
        }


@pytest.fixture(scope="module")
def raw(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Raw]:
    with serving(tmp_path_factory.mktemp("fuzzed")) as started:
        made = Raw(started)
        ecr = started.ecr()
        ecr.create_repository(repositoryName=NAME)
        push_layer(ecr, NAME, b"a layer")
        yield made
        made.connection.close()


@pytest.mark.parametrize("operation", sorted(model.operation_of().values()))
def test_no_members_make_an_operation_fail(raw: Raw, operation: str) -> None:
    maker, shape = Maker(operation), model.input_shape(operation)
    raw.call("CreateRepository", json.dumps({"repositoryName": NAME}).encode())
    image = {"repositoryName": NAME, "imageManifest": MANIFEST, "imageTag": "latest"}
    raw.call("PutImage", json.dumps(image).encode())
    for _ in range(REQUESTS):
        asked = maker.structure(shape)
        status, told, _ = raw.call(operation, json.dumps(asked).encode())
        assert status < 500 or told["__type"] == NOT_BUILT, (asked, told)


@pytest.mark.parametrize(
    ("operation", "body"),
    [
        ("PutImage", b'{"repositoryName": "fuzzed/web", "imageManifest": "\\ud800"}'),
        ("DescribeRepositories", b'{"maxResults": 1e400}'),
        ("DescribeRepositories", b'{"maxResults": ' + b"9" * 5_000 + b"}"),
        ("ListImages", b"[" * 100_000),
        ("ListImages", b'{"repositoryName": {"a":' * 5_000),
        ("GetAuthorizationToken", b"null"),
    ],
)
def test_what_made_others_fail_is_refused(raw: Raw, operation: str, body: bytes) -> None:
    status, _, _ = raw.call(operation, body)
    assert 400 <= status < 500


def test_no_body_makes_it_fail(raw: Raw) -> None:
    chance = Random(1)
    bodies = [chance.randbytes(chance.randrange(100)) for _ in range(50)]
    whole = b'{"repositoryNames": ["fuzzed/web"], "maxResults": 1}'
    for body in [*bodies, *(whole[:end] for end in range(len(whole)))]:
        status, _, _ = raw.call("DescribeRepositories", body)
        assert status < 500, body


PARTS = (
    *(
        "",
        " ",
        "=",
        ",",
        ";",
        "/",
        "%",
        "%zz",
        "é",
        "AWS4-HMAC-SHA256",
        "Credential=",
        "Signature=",
    ),
    *("AKIAADMIN00000000000", "20260101", "us-east-1", "ecr", "aws4_request", "SignedHeaders="),
    *("host", "x-amz-date", "20260101T000000Z", "20261399T999999Z", "Basic QVdTOng=", "9" * 5_000),
)
HEADERS = ("Authorization", "X-Amz-Date", "X-Amz-Security-Token", "Date", "X-Amz-Content-SHA256")
PARAMETERS = ("Algorithm", "Credential", "Date", "SignedHeaders", "Signature", "Expires")


def test_no_headers_and_no_query_make_it_fail(raw: Raw) -> None:
    chance = Random(2)
    target = {"X-Amz-Target": "AmazonEC2ContainerRegistry_V20150921.DescribeRegistry"}

    def made() -> str:
        return "".join(chance.choice(PARTS) for _ in range(chance.randrange(12)))

    for _ in range(200):
        headers = {each: made().encode("latin-1") for each in HEADERS if chance.random() < 0.5}
        query = "&".join(
            f"X-Amz-{each}={made().encode('ascii', 'ignore').decode().replace(' ', '+')}"
            for each in PARAMETERS
            if chance.random() < 0.5
        )
        status, _, _ = raw.send("POST", f"/?{query}", {**target, **headers}, b"{}")
        assert 400 <= status < 500, (headers, query)
