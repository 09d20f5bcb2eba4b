"""Who may do what by the registry API, and which registry a request is about."""

import json
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.registry.oci_api.client import (
    ABSENT,
    CONFIG,
    Registry,
    basic,
    digest_of,
    manifest_of,
    password_of,
)
from tests.registry.serving import (
    ACCOUNT,
    ADMIN,
    NOBODY,
    OTHER,
    OTHER_ACCOUNT,
    READER,
    SESSION,
    Key,
    Serving,
    identities,
    inline,
    serving,
    user,
)

LAYER = b"a layer, packed"
UPLOAD = "00000000-0000-0000-0000-000000000000"
EVERY_ACTION = (
    ("HEAD", "blobs/" + ABSENT, "BatchCheckLayerAvailability"),
    ("GET", "blobs/" + ABSENT, "GetDownloadUrlForLayer"),
    ("GET", "manifests/v1", "BatchGetImage"),
    ("PUT", "manifests/v1", "PutImage"),
    ("DELETE", "manifests/v1", "BatchDeleteImage"),
    ("POST", "blobs/uploads/", "InitiateLayerUpload"),
    ("POST", f"blobs/uploads/?digest={ABSENT}", "InitiateLayerUpload"),
    ("POST", f"blobs/uploads/?mount={ABSENT}&from=other", "InitiateLayerUpload"),
    ("GET", f"blobs/uploads/{UPLOAD}", "UploadLayerPart"),
    ("PATCH", f"blobs/uploads/{UPLOAD}", "UploadLayerPart"),
    ("PUT", f"blobs/uploads/{UPLOAD}?digest={ABSENT}", "CompleteLayerUpload"),
    ("DELETE", f"blobs/uploads/{UPLOAD}", "UploadLayerPart"),
    ("GET", "tags/list", "ListImages"),
    ("GET", "referrers/" + ABSENT, "BatchGetImage"),
)


@pytest.mark.parametrize(("method", "rest", "action"), EVERY_ACTION)
def test_every_endpoint_asks_for_its_action(
    shared: Serving, repository: str, method: str, rest: str, action: str
) -> None:
    answer = Registry(shared, NOBODY).ask(method, f"/v2/{repository}/{rest}")
    assert answer.status == 403
    if method != "HEAD":
        assert answer.error == (403, "DENIED")
        # The form of AWS's services (IAM User Guide, "Troubleshoot access denied error messages").
        assert answer.message == (
            f"User: {NOBODY.principal} is not authorized to perform: ecr:{action} on resource: "
            f"arn:aws:ecr:us-east-1:{ACCOUNT}:repository/{repository} because no identity-based "
            f"policy allows the ecr:{action} action"
        )


def holder(action: str) -> Key:
    """A user who may take one action."""
    return Key(f"AKIA{action.upper():0<16.16}", "secret", f"arn:aws:iam::{ACCOUNT}:user/{action}")


@pytest.fixture(scope="module")
def holders(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Serving]:
    """A service with a repository, and a user for each action."""
    ours, theirs = identities()
    for action in {action for _, _, action in EVERY_ACTION}:
        may = {"Effect": "Allow", "Action": f"ecr:{action}", "Resource": "*"}
        ours["UserDetailList"].append(user(holder(action), UserPolicyList=[inline("one", [may])]))
    with serving(tmp_path_factory.mktemp("holders"), known=[ours, theirs]) as started:
        started.ecr().create_repository(repositoryName="web")
        yield started


@pytest.mark.parametrize(("method", "rest", "action"), EVERY_ACTION)
def test_its_action_is_all_that_an_endpoint_asks_for(
    holders: Serving, method: str, rest: str, action: str
) -> None:
    answer = Registry(holders, holder(action)).ask(method, f"/v2/web/{rest}")
    if "?digest" in rest and method == "POST":
        # All three steps of a push in one request.
        assert "ecr:UploadLayerPart" in answer.message
    else:
        assert answer.status not in (401, 403)


def test_the_catalog_is_a_description_of_repositories(shared: Serving) -> None:
    answer = Registry(shared, NOBODY).ask("GET", "/v2/_catalog")
    assert answer.error == (403, "DENIED")
    assert (
        f"ecr:DescribeRepositories on resource: arn:aws:ecr:us-east-1:{ACCOUNT}" in answer.message
    )


def test_the_catalog(alone: Serving) -> None:
    registry = Registry(alone)
    for name in ("b/one", "aa", "ab"):
        alone.ecr().create_repository(repositoryName=name)
    alone.ecr(region="eu-west-1").create_repository(repositoryName="elsewhere")
    assert registry.ask("GET", "/v2/_catalog").json == {"repositories": ["aa", "ab", "b/one"]}
    answer = registry.ask("GET", "/v2/_catalog?n=2")
    assert answer.json == {"repositories": ["aa", "ab"]}
    assert answer.headers["link"] == '</v2/_catalog?last=ab&n=2>; rel="next"'
    assert registry.ask("GET", "/v2/_catalog?last=ab").json == {"repositories": ["b/one"]}


def test_a_reader_pulls_and_does_not_push(
    shared: Serving, registry: Registry, repository: str
) -> None:
    digest = registry.push_image(repository, "v1", LAYER)
    reader = Registry(shared, READER)
    assert reader.ask("GET", f"/v2/{repository}/manifests/{digest}").status == 200
    assert reader.ask("GET", f"/v2/{repository}/blobs/{digest_of(LAYER)}").body == LAYER
    assert reader.ask("GET", f"/v2/{repository}/tags/list").json["tags"] == ["v1"]
    answer = reader.push_manifest(repository, "v2", manifest_of(LAYER))
    assert answer.error == (403, "DENIED")


def test_a_session_pushes(shared: Serving, repository: str) -> None:
    Registry(shared, SESSION).push_image(repository, "v1", LAYER)


def test_another_account_needs_a_grant(
    shared: Serving, registry: Registry, repository: str
) -> None:
    registry.push_image(repository, "v1", LAYER)
    other, path = Registry(shared, OTHER), f"/v2/{repository}/manifests/v1"
    assert other.ask("GET", path).error == (403, "DENIED")
    policy = {
        "Version": "2012-10-17",
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": {"AWS": f"arn:aws:iam::{OTHER_ACCOUNT}:root"},
                "Action": "ecr:BatchGetImage",
            }
        ],
    }
    shared.ecr().set_repository_policy(repositoryName=repository, policyText=json.dumps(policy))
    assert other.ask("GET", path).status == 200


def test_the_host_names_the_registry(shared: Serving, registry: Registry, repository: str) -> None:
    registry.push_image(repository, "v1", LAYER)
    path = f"/v2/{repository}/manifests/v1"
    own = f"{ACCOUNT}.dkr.ecr.us-east-1.localhost:{shared.port}"
    aws = f"{ACCOUNT}.dkr.ecr.us-east-1.amazonaws.com"
    for host in (own, aws, "localhost", f"any.localhost:{shared.port}"):
        assert Registry(shared, host=host).ask("GET", path).status == 200
    elsewhere = Registry(
        shared, host=f"{ACCOUNT}.dkr.ecr.eu-west-1.localhost:{shared.port}", region="eu-west-1"
    )
    answer = elsewhere.ask("GET", path)
    assert answer.error == (404, "NAME_UNKNOWN")
    assert answer.message == (
        f"The repository with name '{repository}' does not exist in the registry with id "
        f"'{ACCOUNT}'"
    )
    theirs = Registry(shared, OTHER, host=f"{OTHER_ACCOUNT}.dkr.ecr.us-east-1.localhost")
    assert theirs.ask("GET", path).error == (404, "NAME_UNKNOWN")
    nowhere = Registry(shared, host=f"{ACCOUNT}.dkr.ecr.mars-1.localhost")
    assert nowhere.ask("GET", path).error == (404, "NAME_UNKNOWN")


@pytest.mark.parametrize(
    "header",
    [
        *("", "Basic", "Basic !", "Bearer abc", "Basic QVdT", basic("AWS", ""), basic("AWS", "x")),
        "Basic " + "A" * 8_000,
    ],
)
def test_who_is_not_known_is_challenged(shared: Serving, header: str) -> None:
    answer = Registry(shared, None).ask("GET", "/v2/", Authorization=header)
    assert answer.status == 401
    assert answer.headers["www-authenticate"].startswith('Basic realm="https://127.0.0.1:')


def test_the_user_is_aws(shared: Serving) -> None:
    header = basic("aws", password_of(shared, ADMIN))
    answer = Registry(shared, None).ask("GET", "/v2/", Authorization=header)
    assert answer.error == (401, "UNAUTHORIZED")


@pytest.mark.parametrize("host", ['evil", x="', "a b"])
def test_a_host_that_is_none_is_not_repeated(shared: Serving, host: str) -> None:
    answer = Registry(shared, None, host=host).ask("GET", "/v2/")
    expected = 'Basic realm="https://localhost/",service="ecr.amazonaws.com"'
    assert answer.headers["www-authenticate"] == expected


class Clock:
    """A clock that a test sets."""

    def __init__(self) -> None:
        self.now = datetime(2026, 1, 31, 9, tzinfo=UTC)

    def __call__(self) -> datetime:
        return self.now


@pytest.fixture
def clock() -> Clock:
    return Clock()


def test_a_password_is_good_for_12_hours(tmp_path: Path, clock: Clock) -> None:
    with serving(tmp_path, clock=clock) as started:
        registry = Registry(started)
        clock.now += timedelta(hours=12, seconds=-1)
        assert registry.ask("GET", "/v2/").status == 200
        clock.now += timedelta(seconds=1)
        answer = registry.ask("GET", "/v2/")
    assert answer.error == (401, "DENIED")
    assert answer.message == ("Your authorization token has expired. Reauthenticate and try again.")
    assert "www-authenticate" in answer.headers


def test_a_password_is_good_in_the_region_that_gave_it(shared: Serving) -> None:
    """Amazon ECR User Guide, "You have authenticated to a different region": it is HTTP 403."""
    [told] = shared.ecr(region="us-west-2").get_authorization_token()["authorizationData"]
    registry = Registry(shared, None)
    header = f"Basic {told['authorizationToken']}"
    host = f"{ACCOUNT}.dkr.ecr.us-west-2.localhost:{shared.port}"
    assert registry.ask("GET", "/v2/", Host=host, Authorization=header).status == 200
    answer = registry.ask("GET", "/v2/", Authorization=header)
    assert answer.error == (403, "DENIED")
    assert "is of the Region us-west-2, and cannot be used in us-east-1" in answer.message
    assert "www-authenticate" not in answer.headers


def test_too_many_calls_are_told_so(tmp_path: Path, clock: Clock) -> None:
    # Amazon ECR User Guide, "Amazon ECR service quotas": 10 requests of PutImage a second.
    with serving(tmp_path, clock=clock, throttles=True) as started:
        registry = Registry(started)
        path = "/v2/web/manifests/v1"
        answers = [registry.ask("PUT", path, b"{}").status for _ in range(10)]
        assert set(answers) == {404}
        answer = registry.ask("PUT", path, b"{}")
        assert answer.error == (429, "TOOMANYREQUESTS")
        assert answer.message == "Rate exceeded"
        # Each account has a quota of its own, wherever it pushes to.
        assert Registry(started, OTHER).ask("PUT", path, b"{}").error == (403, "DENIED")
        clock.now += timedelta(seconds=1)
        assert registry.ask("PUT", path, b"{}").status == 404


def test_what_is_asked_must_be_of_a_size(registry: Registry, repository: str) -> None:
    path = f"/v2/{repository}/tags/list"
    assert registry.ask("GET", path, X_Long="a" * 33_000).status == 431
    assert registry.ask("GET", f"{path}?last=" + "a" * 5_000).status == 414
    assert registry.ask("GET", f"{path}?" + "a=1&" * 17).status == 400
    assert registry.ask("GET", f"{path}?last=%ff").status == 400


@pytest.mark.parametrize(
    ("method", "rest", "allowed"),
    [
        ("POST", "manifests/v1", "HEAD, GET, PUT, DELETE"),
        ("PATCH", "tags/list", "HEAD, GET"),
        ("GET", "blobs/uploads/", "POST"),
        ("PUT", "referrers/" + ABSENT, "HEAD, GET"),
    ],
)
def test_methods_that_an_endpoint_has_not(
    registry: Registry, method: str, rest: str, allowed: str
) -> None:
    answer = registry.ask(method, f"/v2/web/{rest}")
    assert answer.error == (405, "UNSUPPORTED")
    assert answer.headers["allow"] == allowed


@pytest.mark.parametrize(
    "path", ["/v2/web", "/v2/web/none/v1", "/v2/web/tags/list/", "/v2//", "/v2/w%0ab/tags/list"]
)
def test_paths_that_are_none(registry: Registry, path: str) -> None:
    assert registry.ask("GET", path).status in (400, 404)


@pytest.mark.parametrize("name", ["..%2f..%2fetc", "%2e%2e", "WEB", "a%00b", "%c3%a9t%c3%a9"])
def test_names_that_are_none(registry: Registry, name: str) -> None:
    answer = registry.ask("GET", f"/v2/{name}/manifests/v1")
    assert answer.error == (400, "NAME_INVALID")


def test_configurations_are_blobs_like_any_other(registry: Registry, repository: str) -> None:
    assert registry.push_blob(repository, CONFIG) == digest_of(CONFIG)


def test_keys_are_told_apart(shared: Serving) -> None:
    """Two passwords of the same moment are those of their own holders."""
    keys: tuple[Key, ...] = (ADMIN, READER)
    assert len({password_of(shared, key) for key in keys}) == 2
