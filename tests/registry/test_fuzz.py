"""Whatever is sent, on either protocol, the service does not fail: no answer is a 5xx."""

import base64
import json
from collections.abc import Iterator
from http.client import HTTPConnection
from typing import Any, Final
from urllib.parse import quote

import pytest
from botocore.auth import SigV4Auth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials
from botocore.model import ListShape, MapShape, Shape, StructureShape
from hypothesis import HealthCheck, Phase, example, given, settings
from hypothesis import strategies as st

from ecrpolicy.registry.ecr_api.model import service_model
from tests.registry.ecr_api.pushing import (
    IMAGE,
    INDEX,
    descriptor,
    digest_of,
    image_of,
    index_of,
    put,
)
from tests.registry.ecr_api.test_lifecycle import ON_ONE_LINE
from tests.registry.serving import ACCOUNT, ADMIN, REGION, Serving, serving

SETTINGS: Final = settings(
    max_examples=150,
    deadline=None,
    derandomize=True,
    database=None,
    phases=(Phase.explicit, Phase.generate),
    suppress_health_check=list(HealthCheck),
)

TARGET: Final = "AmazonEC2ContainerRegistry_V20150921"
LAYER: Final = b"a layer"
POLICY: Final = json.dumps(
    {
        "Version": "2012-10-17",
        "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:*"}],
    }
)

# Words that lead further than random ones.
WORDS: Final = (
    "web",
    "team/web",
    "v1",
    "multi",
    "ROOT",
    ACCOUNT,
    REGION,
    digest_of(LAYER),
    digest_of(b"{}"),
    digest_of(b"missing"),
    f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/web",
    ON_ONE_LINE,
    ON_ONE_LINE.replace("14", "9" * 400),
    ON_ONE_LINE.replace("Expire", "\\ud800"),
    POLICY,
    POLICY.replace("ecr:*", "\\udfff"),
    IMAGE,
    INDEX,
    "public.ecr.aws",
    "00000000-0000-0000-0000-000000000000",
    "",
    "\x00",
    "%00",
    "../../etc/passwd",
    "a" * 5000,
    "ä\u2028\U0001f600",
    "[" * 300,
    "1e999",
)

_TEXTS: Final = st.sampled_from(WORDS) | st.text(max_size=20)
_NUMBERS: Final = st.sampled_from((0, 1, -1, 2, 100, 1000, 2**31, 2**63 - 1, 2**63)) | st.integers()
_JUNK: Final = st.recursive(
    st.none() | st.booleans() | _NUMBERS | st.floats(allow_nan=False) | _TEXTS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(_TEXTS, inner, max_size=3),
    max_leaves=8,
)


def _values(shape: Shape) -> st.SearchStrategy[Any]:
    """Values that a member may have, and now and then others."""
    return st.one_of(*[_proper(shape)] * 12, _JUNK)


def _proper(shape: Shape) -> st.SearchStrategy[Any]:
    if isinstance(shape, StructureShape):
        members = {name: _values(member) for name, member in shape.members.items()}
        required = {name: members.pop(name) for name in list(shape.required_members)}
        return st.fixed_dictionaries(required, optional=members)
    if isinstance(shape, ListShape):
        return st.lists(_values(shape.member), max_size=3)
    if isinstance(shape, MapShape):
        return st.dictionaries(_TEXTS, _values(shape.value), max_size=3)
    match shape.type_name:
        case "string":
            enum = shape.metadata.get("enum")
            return st.sampled_from(enum) if enum else _TEXTS
        case "boolean":
            return st.booleans()
        case "blob":
            return st.binary(max_size=20).map(lambda each: base64.b64encode(each).decode())
    return _NUMBERS


@st.composite
def calls(draw: st.DrawFn) -> tuple[str, bytes]:
    """An operation, and the body of a request of it."""
    name = draw(st.sampled_from(service_model().operation_names))
    shape = service_model().operation_model(name).input_shape
    assert shape is not None
    body = draw(_values(shape))
    return name, json.dumps(body).encode()


@pytest.fixture(scope="module")
def fuzzed(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service with something in it."""
    with serving(tmp_path_factory.mktemp("fuzzed")) as started:
        ecr = started.ecr()
        for name in ("web", "team/web"):
            ecr.create_repository(repositoryName=name)
            manifest = image_of(ecr, name, LAYER)
            put(ecr, name, manifest, "v1")
            put(ecr, name, index_of(manifest), "multi")
            signature = image_of(ecr, name, b"s", subject=descriptor(IMAGE, manifest))
            put(ecr, name, signature)
        ecr.put_lifecycle_policy(repositoryName="web", lifecyclePolicyText=ON_ONE_LINE)
        yield started


def _asked(
    started: Serving, method: str, path: str, body: bytes, headers: dict[str, str]
) -> tuple[int, bytes]:
    connection = HTTPConnection(started.host, started.port, timeout=30)
    try:
        connection.request(method, path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.read()
    finally:
        connection.close()


def _signed(started: Serving, body: bytes, target: str) -> dict[str, str]:
    headers = {"X-Amz-Target": target, "Content-Type": "application/x-amz-json-1.1"}
    request = AWSRequest("POST", f"{started.url}/", headers, body)
    SigV4Auth(Credentials(ADMIN.id, ADMIN.secret), "ecr", REGION).add_auth(request)
    return dict(request.headers.items())


def _check_api(started: Serving, target: str, body: bytes) -> None:
    status, content = _asked(started, "POST", "/", body, _signed(started, body, target))
    assert status < 500, content
    answer = json.loads(content)
    assert isinstance(answer, dict)
    assert status == 200 or answer["__type"]


@SETTINGS
@given(call=calls())
@example(call=("PutLifecyclePolicy", b'{"repositoryName": "web"'))
@example(call=("PutImage", b'{"repositoryName": "web", "imageManifest": "\\ud800"}'))
@example(call=("DescribeRepositories", b'{"maxResults": 1e400}'))
@example(call=("DescribeRepositories", b'{"maxResults": ' + b"9" * 5000 + b"}"))
@example(call=("ListImages", b"[" * 100_000))
def test_the_api_does_not_fail(fuzzed: Serving, call: tuple[str, bytes]) -> None:
    name, body = call
    _check_api(fuzzed, f"{TARGET}.{name}", body)


@SETTINGS
@given(target=st.sampled_from((f"{TARGET}.ListImages", "", "x", f"{TARGET}.")), body=st.binary())
def test_the_api_does_not_fail_on_garbage(fuzzed: Serving, target: str, body: bytes) -> None:
    _check_api(fuzzed, target, body)


_HEADER: Final = st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30)


@SETTINGS
@given(
    authorization=st.sampled_from(
        (
            "",
            "Basic",
            "Bearer x",
            "AWS4-HMAC-SHA256",
            f"AWS4-HMAC-SHA256 Credential={ADMIN.id}/20260131/us-east-1/ecr/aws4_request,"
            "SignedHeaders=host,Signature=0",
        )
    )
    | _HEADER,
    date=st.sampled_from(("20260131T000000Z", "")) | _HEADER,
    token=_HEADER,
    query=st.text(st.characters(min_codepoint=33, max_codepoint=126), max_size=30),
)
def test_signatures_that_are_none_are_refused(
    fuzzed: Serving, authorization: str, date: str, token: str, query: str
) -> None:
    headers = {
        "X-Amz-Target": f"{TARGET}.ListImages",
        "Authorization": authorization,
        "X-Amz-Date": date,
        "X-Amz-Security-Token": token,
    }
    status, content = _asked(fuzzed, "POST", f"/?{quote(query, safe='=&%')}", b"{}", headers)
    assert 400 <= status < 500, content


# The registry API

_SEGMENTS: Final = st.sampled_from(
    (
        "v2",
        "web",
        "team",
        "manifests",
        "blobs",
        "uploads",
        "tags",
        "list",
        "referrers",
        "_catalog",
        "v1",
        "multi",
        digest_of(LAYER),
        digest_of(b"missing"),
        "sha256:0",
        "..",
        ".",
        "%2e%2e",
        "%00",
        "%ff",
        "a" * 300,
        "00000000-0000-0000-0000-000000000000",
        "",
    )
) | st.text(max_size=8).map(lambda each: quote(each, safe=""))

_PATHS: Final = st.sampled_from(
    (
        "/v2/",
        "/v2/web/tags/list",
        "/v2/web/manifests/v1",
        "/v2/team/web/manifests/multi",
        f"/v2/web/manifests/{digest_of(b'missing')}",
        f"/v2/web/blobs/{digest_of(LAYER)}",
        "/v2/web/blobs/uploads/",
        "/v2/web/blobs/uploads/00000000-0000-0000-0000-000000000000",
        f"/v2/web/referrers/{digest_of(LAYER)}",
        "/_layers/x",
    )
) | st.lists(_SEGMENTS, max_size=6).map(lambda each: "/v2/" + "/".join(each))

_QUERIES: Final = st.sampled_from(
    (
        "",
        "n=1",
        "n=-1",
        f"n={'9' * 400}",
        "n=1&last=v1",
        "last=%00",
        f"digest={digest_of(LAYER)}",
        "digest=%ff",
        f"mount={digest_of(LAYER)}&from=team/web",
        "mount=x&from=../x",
        "artifactType=x",
    )
)

_HEADERS: Final = st.fixed_dictionaries(
    {},
    optional={
        "Range": st.sampled_from(("bytes=0-1", "bytes=-0", "bytes=9-", "bytes=x", "0-5")) | _HEADER,
        "Content-Range": st.sampled_from(("0-4", "5-0", f"0-{'9' * 400}")) | _HEADER,
        "Content-Type": st.sampled_from((IMAGE, INDEX, "application/octet-stream")) | _HEADER,
        "Accept": st.sampled_from((IMAGE, "*/*", "application/json;q=0")) | _HEADER,
        "Host": st.sampled_from((f"{ACCOUNT}.dkr.ecr.us-east-1.localhost", "x", "a..b")),
    },
)

_BODIES: Final = (
    st.sampled_from((b"", LAYER, b"{}", b"[" * 300, b'{"schemaVersion": 2}', b"\xff", b"null"))
    | st.binary(max_size=50)
    | _JUNK.map(lambda each: json.dumps({"schemaVersion": 2, "config": each}).encode())
)


@pytest.fixture(scope="module")
def basic(fuzzed: Serving) -> str:
    """The header of somebody who is let in."""
    [found] = fuzzed.ecr().get_authorization_token()["authorizationData"]
    return f"Basic {found['authorizationToken']}"


@SETTINGS
@given(
    method=st.sampled_from(("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "BREW")),
    path=_PATHS,
    query=_QUERIES,
    headers=_HEADERS,
    body=_BODIES,
)
def test_the_registry_api_does_not_fail(
    fuzzed: Serving,
    basic: str,
    method: str,
    path: str,
    query: str,
    headers: dict[str, str],
    body: bytes,
) -> None:
    asked = {**headers, "Authorization": basic}
    status, content = _asked(fuzzed, method, f"{path}?{query}", body, asked)
    assert status < 500, content


@SETTINGS
@given(authorization=st.sampled_from(("", "Basic", "Basic QVdTOg==", "Basic \x7f")) | _HEADER)
def test_nobody_gets_in_by_chance(fuzzed: Serving, authorization: str) -> None:
    status, content = _asked(
        fuzzed, "GET", "/v2/web/tags/list", b"", {"Authorization": authorization}
    )
    assert status in (400, 401, 403), content
