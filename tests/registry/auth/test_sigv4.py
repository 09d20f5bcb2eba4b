"""Signature Version 4: what is signed as AWS says passes, and nothing else does.

`VECTORS` are of AWS's "Signature Version 4 test suite": its key, its time, requests and signatures.
The other requests are signed by botocore.
"""

from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path
from typing import Any

import boto3
import pytest
from botocore.auth import SigV4Auth, SigV4QueryAuth
from botocore.awsrequest import AWSRequest
from botocore.credentials import Credentials

from ecrpolicy.registry.auth import sigv4
from ecrpolicy.registry.auth.authority import Authority
from ecrpolicy.registry.auth.sigv4 import HttpRequest, Signed, authenticate
from ecrpolicy.registry.refusal import Refusal
from tests.registry.auth.identity_files import (
    BOB,
    SESSION,
    authority,
    details,
    role,
    session,
    user,
)

BODY = b'{"repositoryName":"web"}'
NO_MATCH = "The request signature we calculated does not match the signature you provided."
DESCRIBE = "AmazonEC2ContainerRegistry_V20150921.DescribeRepositories"


@pytest.fixture(scope="module")
def known(tmp_path_factory: pytest.TempPathFactory) -> Authority:
    everybody = details(UserDetailList=[user()], RoleDetailList=[role(session())])
    return authority(tmp_path_factory.mktemp("known"), everybody)


def signed(
    *,
    key: str = "AKIABOB",
    secret: str = "secret-of-bob",
    token: str | None = None,
    region: str = "us-east-1",
    service: str = "ecr",
    headers: Mapping[str, str] | None = None,
    signer: Callable[..., Any] = SigV4Auth,
    body: bytes = BODY,
) -> HttpRequest:
    """A request of the API, as botocore signs it."""
    request = AWSRequest(
        "POST",
        "http://localhost:5000/",
        headers={
            "Host": "localhost:5000",
            "X-Amz-Target": DESCRIBE,
            "Content-Type": "application/x-amz-json-1.1",
            **(headers or {}),
        },
        data=body,
    )
    signer(Credentials(key, secret, token), service, region).add_auth(request)
    query = str(request.url).partition("?")[2]
    sent = {name.lower(): value for name, value in request.headers.items()}
    return HttpRequest("POST", "/", query, sent, body)


def signed_query(**how: Any) -> HttpRequest:
    """The same without a body, with the signature in the query, for an hour."""

    def signer(credentials: Credentials, service: str, region: str) -> SigV4QueryAuth:
        return SigV4QueryAuth(credentials, service, region, expires=3600)

    return signed(signer=signer, body=b"", **how)


def instant(http: HttpRequest) -> datetime:
    """When it was signed, by what it says itself."""
    text = http.headers.get("x-amz-date") or http.query.split("X-Amz-Date=")[1][:16]
    return datetime.strptime(text, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)


def accepted(known: Authority, http: HttpRequest, late: timedelta = timedelta()) -> Signed:
    return authenticate(known, http, instant(http) + late)


def refused(known: Authority, http: HttpRequest, now: datetime) -> tuple[str, str]:
    with pytest.raises(Refusal) as refusal:
        authenticate(known, http, now)
    assert refusal.value.status == 400
    return refusal.value.code, refusal.value.message


def with_header(http: HttpRequest, name: str, value: str | None) -> HttpRequest:
    headers = {each: text for each, text in http.headers.items() if each != name}
    return replace(http, headers=headers if value is None else {**headers, name: value})


VECTORS: dict[str, tuple[str, str, dict[str, str], str]] = {
    "get-vanilla": (
        "GET",
        "",
        {},
        "5fa00fa31553b73ebf1942676e86291e8372ff2a2260956d9b8aae1d763fbf31",
    ),
    "get-vanilla-query-order-key-case": (
        "GET",
        "Param2=value2&Param1=value1",
        {},
        "b97d918cfa904a5beff61c982a1b6f458b799221646efd99d3219ec94cdf2500",
    ),
    "post-vanilla": (
        "POST",
        "",
        {},
        "5da7c1a2acd57cee7505fc6676e4e544621c30862966e37dddb68e92efbe5d6b",
    ),
    "get-header-value-trim": (
        "GET",
        "",
        {"my-header1": " value1", "my-header2": ' "a   b   c"'},
        "acc3ed3afb60bb290fc8d2dd0098b9911fcaa05412b367055dee359757a9c736",
    ),
    "post-header-key-sort": (
        "POST",
        "",
        {"my-header1": "value1"},
        "c5410059b04c1ee005303aed430f6e6645f61f4dc9e1461ec8f8916fdf18852c",
    ),
}


@pytest.mark.parametrize("name", VECTORS)
def test_the_vectors_of_aws(name: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    # The suite signs for a service that is called so.
    monkeypatch.setattr(sigv4, "SERVICE", "service")
    secret = "wJalrXUtnFEMI/K7MDENG+bPxRfiCYEXAMPLEKEY"
    known = authority(
        tmp_path,
        details(
            RootAccessKeyList=[{"AccessKeyId": "AKIDEXAMPLE", "SecretAccessKey": secret}],
        ),
    )
    method, query, more, signature = VECTORS[name]
    headers = {"host": "example.amazonaws.com", "x-amz-date": "20150830T123600Z", **more}
    authorization = (
        "AWS4-HMAC-SHA256 Credential=AKIDEXAMPLE/20150830/us-east-1/service/aws4_request, "
        f"SignedHeaders={';'.join(sorted(headers))}, Signature={signature}"
    )
    http = HttpRequest(method, "/", query, {**headers, "authorization": authorization}, b"")
    assert authenticate(known, http, datetime(2015, 8, 30, 12, 36, tzinfo=UTC)).region


def test_a_signed_request_is_its_signer_s(known: Authority) -> None:
    found = accepted(known, signed(region="eu-central-1"))
    assert found.caller.principal == BOB
    assert (found.region, found.access_key_id) == ("eu-central-1", "AKIABOB")


def test_a_signed_url_is_its_signer_s(known: Authority) -> None:
    assert accepted(known, signed_query()).caller.principal == BOB


@pytest.mark.parametrize("sign", [signed, signed_query])
def test_a_session_is_known_by_its_token_until_it_ends(
    sign: Callable[..., HttpRequest], tmp_path: Path
) -> None:
    http = sign(key="ASIASESSION", secret="secret-of-ASIASESSION", token="token-of-ASIASESSION")
    at = instant(http)
    given = session()
    given["Credentials"]["Expiration"] = (at + timedelta(seconds=1)).isoformat()
    known = authority(tmp_path, details(RoleDetailList=[role(given)]))
    assert accepted(known, http).caller.principal == SESSION
    assert refused(known, http, at + timedelta(seconds=1)) == (
        "ExpiredTokenException",
        "The security token included in the request is expired",
    )


@pytest.mark.parametrize(
    ("key", "token"),
    [
        ("ASIASESSION", None),
        ("ASIASESSION", "token-of-somebody"),
        ("AKIABOB", "token-of-ASIASESSION"),
        ("AKIANOBODY", None),
    ],
)
@pytest.mark.parametrize("sign", [signed, signed_query])
def test_a_wrong_token_and_an_unknown_key_are_the_same(
    sign: Callable[..., HttpRequest], key: str, token: str | None, known: Authority
) -> None:
    http = sign(key=key, token=token)
    assert refused(known, http, instant(http)) == (
        "UnrecognizedClientException",
        "The security token included in the request is invalid.",
    )


def test_boto3_signs_so(known: Authority) -> None:
    sent: list[Any] = []
    client = boto3.client(
        "ecr",
        region_name="us-west-2",
        endpoint_url="http://localhost:5000",
        aws_access_key_id="AKIABOB",
        aws_secret_access_key="secret-of-bob",
    )

    class Sent(Exception):
        pass

    def keep(request: Any, **_: Any) -> None:
        sent.append(request)
        raise Sent

    client.meta.events.register("before-send.ecr.*", keep)
    with pytest.raises(Sent):
        client.put_image(repositoryName="web", imageManifest="{}", imageTag="é")
    headers = {
        name.lower(): value.decode() if isinstance(value, bytes) else value
        for name, value in sent[0].headers.items()
    }
    # The client's HTTP library adds it when it sends.
    http = HttpRequest("POST", "/", "", {**headers, "host": "localhost:5000"}, sent[0].body)
    assert accepted(known, http).region == "us-west-2"


@pytest.mark.parametrize("minutes", [-5, 0, 5])
def test_clocks_may_differ_by_five_minutes(minutes: int, known: Authority) -> None:
    assert accepted(known, signed(), timedelta(minutes=minutes))


def test_a_request_that_is_too_old(known: Authority) -> None:
    http = signed()
    at = http.headers["x-amz-date"]
    now = instant(http) + timedelta(minutes=5, seconds=1)
    code, message = refused(known, http, now)
    least = (now - timedelta(minutes=5)).strftime("%Y%m%dT%H%M%SZ")
    told = now.strftime("%Y%m%dT%H%M%SZ")
    assert code == "InvalidSignatureException"
    assert message == f"Signature expired: {at} is now earlier than {least} ({told} - 5 min.)"


def test_a_request_of_the_future(known: Authority) -> None:
    http = signed()
    now = instant(http) - timedelta(minutes=5, seconds=1)
    code, message = refused(known, http, now)
    assert code == "InvalidSignatureException"
    assert message.startswith("Signature not yet current: ")
    assert message.endswith("+ 5 min.)")


def test_a_signed_url_holds_as_long_as_it_says(known: Authority) -> None:
    http = signed_query()
    hour = timedelta(hours=1)
    assert accepted(known, http, hour)
    code, message = refused(known, http, instant(http) + hour + timedelta(seconds=1))
    assert (code, message[:18]) == ("InvalidSignatureException", "Signature expired:")


def change_query(http: HttpRequest, old: str, new: str) -> HttpRequest:
    assert old in http.query
    return replace(http, query=http.query.replace(old, new))


@pytest.mark.parametrize("seconds", ["604801", "-1", "", "1e3", "٣", "9" * 400])
def test_a_signed_url_holds_for_a_week_at_most(seconds: str, known: Authority) -> None:
    http = change_query(signed_query(), "X-Amz-Expires=3600", f"X-Amz-Expires={seconds}")
    code, message = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert "X-Amz-Expires" in message


TAMPERED: dict[str, Callable[[HttpRequest], HttpRequest]] = {
    "method": lambda http: replace(http, method="PUT"),
    "path": lambda http: replace(http, path="/v2/"),
    "query": lambda http: replace(http, query="a=b"),
    "body": lambda http: replace(http, body=http.body + b" "),
    "target": lambda http: with_header(
        http, "x-amz-target", DESCRIBE.replace("Describe", "Delete")
    ),
    "host": lambda http: with_header(http, "host", "localhost:5001"),
    "content type": lambda http: with_header(http, "content-type", "text/plain"),
    "a signed header that is gone": lambda http: with_header(http, "content-type", None),
    "time": lambda http: with_header(
        http, "x-amz-date", (instant(http) + timedelta(seconds=1)).strftime("%Y%m%dT%H%M%SZ")
    ),
    "region": lambda http: in_authorization(http, "/us-east-1/", "/us-east-2/"),
    "key": lambda http: in_authorization(http, "=AKIABOB/", "=AKIAROOT/"),
    "signature": lambda http: with_header(
        http, "authorization", http.headers["authorization"][:-64] + "0" * 64
    ),
    "length of the signature": lambda http: with_header(
        http, "authorization", http.headers["authorization"][:-1]
    ),
    "signed headers": lambda http: in_authorization(http, "content-type;", ""),
    "hash of another body": lambda http: with_header(http, "x-amz-content-sha256", "0" * 64),
}


def in_authorization(http: HttpRequest, old: str, new: str) -> HttpRequest:
    """Something else in the header of the signature."""
    text = http.headers["authorization"]
    assert old in text
    return with_header(http, "authorization", text.replace(old, new))


@pytest.mark.parametrize("what", TAMPERED)
def test_nothing_that_is_signed_may_change(what: str, known: Authority) -> None:
    http = TAMPERED[what](signed())
    code, message = refused(known, http, instant(signed()))
    assert code == "InvalidSignatureException"
    if what != "hash of another body":
        assert message.startswith(NO_MATCH)


@pytest.mark.parametrize(
    ("old", "new"),
    [("us-east-1", "us-east-2"), ("AKIABOB", "AKIAROOT"), ("Expires=3600", "Expires=7200")],
)
def test_nothing_of_a_signed_url_may_change(old: str, new: str, known: Authority) -> None:
    http = change_query(signed_query(), old, new)
    code, message = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert message.startswith(NO_MATCH)


def test_a_signed_url_has_nothing_added(known: Authority) -> None:
    http = signed_query()
    code, _ = refused(known, replace(http, query=f"{http.query}&more=1"), instant(http))
    assert code == "InvalidSignatureException"


@pytest.mark.parametrize("value", ["UNSIGNED-PAYLOAD", "STREAMING-AWS4-HMAC-SHA256-PAYLOAD"])
def test_the_body_is_always_signed(value: str, known: Authority) -> None:
    http = signed(headers={"X-Amz-Content-SHA256": value})
    code, message = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert message.startswith(NO_MATCH)


def test_a_true_hash_of_the_body_is_fine(known: Authority) -> None:
    assert accepted(known, signed(headers={"X-Amz-Content-SHA256": sha256(BODY).hexdigest()}))


def test_a_header_of_aws_must_be_signed(known: Authority) -> None:
    http = with_header(signed(), "x-amz-meta", "added")
    assert refused(known, http, instant(http)) == (
        "InvalidSignatureException",
        "'x-amz-meta' must be a 'SignedHeader' in the AWS Authorization.",
    )


def test_the_host_must_be_signed(known: Authority) -> None:
    http = in_authorization(signed(), "host;", "")
    code, message = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert message == "'Host' or ':authority' must be a 'SignedHeader' in the AWS Authorization."


SCOPES = {
    "/us-east-1/": ("/mars-1/", "Credential should be scoped to a valid region."),
    "/ecr/": ("/s3/", "Credential should be scoped to correct service: 'ecr'."),
    "/aws4_request": ("/aws3", "Credential should be scoped with a valid terminator"),
}


@pytest.mark.parametrize("old", SCOPES)
def test_the_scope_of_a_credential(old: str, known: Authority) -> None:
    new, message = SCOPES[old]
    http = in_authorization(signed(), old, new)
    code, text = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert text.startswith(message)


def test_the_day_of_a_credential(known: Authority) -> None:
    http = signed()
    day = http.headers["x-amz-date"][:8]
    http = in_authorization(http, f"/{day}/", "/20150830/")
    code, text = refused(known, http, instant(http))
    assert code == "InvalidSignatureException"
    assert f"'20150830' != '{day}'" in text


INCOMPLETE = {
    "": "Unsupported AWS 'algorithm': ''.",
    "Basic QVdTOng=": "Unsupported AWS 'algorithm': 'Basic'.",
    "AWS4-HMAC-SHA256": "Authorization header requires 'Credential' parameter. Authorization "
    "header requires 'SignedHeaders' parameter. Authorization header requires 'Signature' "
    "parameter.",
    "AWS4-HMAC-SHA256 Credential=A/B, SignedHeaders=host, Signature=x": "Credential must have "
    "exactly 5 slash-delimited elements, e.g. keyid/date/region/service/term, got 'A/B'",
}


@pytest.mark.parametrize("authorization", INCOMPLETE)
def test_a_header_with_parts_missing(authorization: str, known: Authority) -> None:
    http = with_header(signed(), "authorization", authorization)
    code, message = refused(known, http, instant(http))
    assert code == "IncompleteSignatureException"
    assert message == INCOMPLETE[authorization]


@pytest.mark.parametrize("name", ["Credential", "Date", "SignedHeaders", "Signature"])
def test_a_query_with_parts_missing(name: str, known: Authority) -> None:
    http = signed_query()
    at = instant(http)
    http = change_query(http, f"X-Amz-{name}=", "X=")
    code, message = refused(known, http, at)
    assert code == "IncompleteSignatureException"
    assert f"'X-Amz-{name}'" in message


def test_a_request_without_a_time(known: Authority) -> None:
    http = signed()
    code, message = refused(known, with_header(http, "x-amz-date", None), instant(http))
    assert code == "IncompleteSignatureException"
    assert "'X-Amz-Date' or a 'Date' header" in message


@pytest.mark.parametrize("text", ["yesterday", "20260231T090000Z", "20260131T090000", "9" * 99])
def test_a_time_that_is_none(text: str, known: Authority) -> None:
    http = signed()
    at = instant(http)
    day = http.headers["x-amz-date"][:8]
    http = in_authorization(with_header(http, "x-amz-date", text), f"/{day}/", f"/{text[:8]}/")
    code, message = refused(known, http, at)
    assert code == "InvalidSignatureException"
    assert "ISO-8601" in message


def test_the_header_date_will_do(known: Authority) -> None:
    # As clients that know no `x-amz-date` sign: `Date` is signed, the string to sign has it.
    request = AWSRequest("POST", "http://localhost:5000/", data=BODY)
    request.headers["Host"] = "localhost:5000"
    request.headers["Date"] = "Sat, 31 Jan 2026 09:00:00 GMT"
    request.context["timestamp"] = "20260131T090000Z"
    signer = SigV4Auth(Credentials("AKIABOB", "secret-of-bob"), "ecr", "us-east-1")
    text = signer.string_to_sign(request, signer.canonical_request(request))
    authorization = (
        f"AWS4-HMAC-SHA256 Credential={signer.scope(request)}, SignedHeaders=date;host, "
        f"Signature={signer.signature(text, request)}"
    )
    headers = {name.lower(): value for name, value in request.headers.items()}
    http = HttpRequest("POST", "/", "", {**headers, "authorization": authorization}, BODY)
    now = datetime(2026, 1, 31, 9, 0, tzinfo=UTC)
    assert authenticate(known, http, now).caller.principal == BOB


def test_nobody_signed(known: Authority) -> None:
    http = HttpRequest("POST", "/", "", {"host": "localhost"}, b"")
    assert refused(known, http, datetime(2026, 1, 31, tzinfo=UTC)) == (
        "MissingAuthenticationTokenException",
        "Missing Authentication Token",
    )


def test_no_representation_shows_what_was_sent(known: Authority) -> None:
    http = signed()
    assert http.headers["authorization"] not in repr(http)
    assert "secret" not in repr(accepted(known, http))
