"""Whatever is asked of the registry API: no answer is a failure of its own."""

import json
from urllib.parse import quote, urlencode

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.registry.oci_api.client import (
    ABSENT,
    CONFIG,
    OCI_INDEX,
    OCI_MANIFEST,
    Registry,
    digest_of,
    manifest_of,
)

LAYER = b"a layer, packed"
SCHEMA_1 = "application/vnd.docker.distribution.manifest.v1+prettyjws"
UPLOAD = "00000000-0000-0000-0000-000000000000"
NAMES = ("fuzz/web", "fuzz/none")

words = st.sampled_from(
    (
        *("blobs", "uploads", "manifests", "tags", "list", "referrers", "_catalog", "v1", UPLOAD),
        *("fuzz", "web", "..", "", ABSENT, digest_of(CONFIG), digest_of(manifest_of(LAYER))),
    )
)
texts = st.text(max_size=20)
paths = st.lists(words | texts, max_size=6).map("/".join) | st.builds(
    "{}/{}/{}".format,
    st.sampled_from(NAMES),
    st.sampled_from(("manifests", "blobs", "blobs/uploads", "referrers", "tags")),
    words | texts,
)
parameters = st.dictionaries(
    st.sampled_from(("digest", "mount", "from", "n", "last", "artifactType", "other")),
    words | texts | st.integers().map(str),
    max_size=4,
)
methods = st.sampled_from(("GET", "HEAD", "PUT", "POST", "PATCH", "DELETE", "OPTIONS", "TRACE"))
numbers = st.integers(-2, 30) | st.integers()
ranges = st.builds("{}{}-{}".format, st.sampled_from(("", "bytes=", "bytes ")), numbers, numbers)
printable = st.text(st.characters(min_codepoint=0x20, max_codepoint=0x7E), max_size=40)
headers = st.fixed_dictionaries(
    {},
    optional={
        "Accept": st.sampled_from((OCI_MANIFEST, OCI_INDEX, SCHEMA_1, "*/*")) | printable,
        "Content-Type": st.sampled_from((OCI_MANIFEST, OCI_INDEX, "text/plain")) | printable,
        "Content-Range": ranges | printable,
        "Range": ranges | printable,
        "If-Range": printable,
        "Host": st.sampled_from(("localhost", "[::1]:1", "1.dkr.ecr.x.y")) | printable,
    },
)
values = st.recursive(
    st.none()
    | st.booleans()
    | numbers
    | words
    | texts
    | st.sampled_from((OCI_MANIFEST, OCI_INDEX, "\ud800")),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(("mediaType", "digest", "size", "urls")), inner, max_size=4
        )
    ),
    max_leaves=8,
)
manifests = st.dictionaries(
    st.sampled_from(
        (
            *("schemaVersion", "mediaType", "config", "layers", "manifests", "subject"),
            *("annotations", "artifactType", "fsLayers"),
        )
    ),
    values | st.sampled_from((1, 2, OCI_MANIFEST)),
).map(lambda value: json.dumps(value).encode())
bodies = st.none() | st.binary(max_size=100) | manifests | st.just(manifest_of(LAYER))


@pytest.fixture(scope="module")
def fuzzed(registry: Registry) -> Registry:
    """The registry, with an image in a repository."""
    registry.serving.ecr().create_repository(repositoryName=NAMES[0])
    registry.push_image(NAMES[0], "v1", LAYER)
    return registry


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(method=methods, path=paths, parameters=parameters, headers=headers, body=bodies)
def test_no_request_makes_it_fail(
    fuzzed: Registry,
    method: str,
    path: str,
    parameters: dict[str, str],
    headers: dict[str, str],
    body: bytes | None,
) -> None:
    query = urlencode(parameters, errors="surrogatepass")
    target = f"/v2/{quote(path, errors='surrogatepass')}?{query}"
    answer = fuzzed.ask(method, target, body, **headers)
    assert answer.status < 500


@settings(
    max_examples=100, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(manifest=manifests, media_type=st.sampled_from((OCI_MANIFEST, OCI_INDEX)))
def test_no_manifest_makes_it_fail(fuzzed: Registry, manifest: bytes, media_type: str) -> None:
    path = f"/v2/{NAMES[0]}/manifests/pushed"
    answer = fuzzed.ask("PUT", path, manifest, Content_Type=media_type)
    assert answer.status in (201, 400, 404)


@settings(
    max_examples=50, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture]
)
@given(authorization=st.sampled_from(("", "Basic", "Basic QVdTOg==", "Bearer x")) | printable)
def test_nobody_gets_in_by_chance(fuzzed: Registry, authorization: str) -> None:
    answer = fuzzed.ask("GET", f"/v2/{NAMES[0]}/tags/list", Authorization=authorization)
    assert answer.status == 401


@pytest.mark.parametrize(
    "sent",
    [
        b"GET /v2/%zz HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /v2/\xff\xfe HTTP/1.1\r\nHost: a\r\n\r\n",
        b"GET /v2/ HTTP/1.1\r\nHost: \xff\r\n\r\n",
        b"GET /v2/ HTTP/1.1\r\n\r\n",
        b"GET /v2/ HTTP/1.0\r\n\r\n",
        b"GET http://elsewhere/v2/ HTTP/1.1\r\nHost: a\r\n\r\n",
        b"PUT /v2/web/manifests/v1 HTTP/1.1\r\nHost: a\r\nContent-Length: -1\r\n\r\n",
        b"GET /v2/ HTTP/1.1\r\nHost: a\r\nAuthorization: Basic \xff\xff\r\n\r\n",
    ],
)
def test_no_bytes_make_it_fail(registry: Registry, sent: bytes) -> None:
    status = registry.raw(sent)
    assert 200 <= status < 500
