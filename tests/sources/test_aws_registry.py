"""Snapshots of a whole registry from the service itself."""

import json
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy.errors import FetchProblem
from ecrpolicy.settings import Settings
from ecrpolicy.sources import aws_registry, aws_service
from ecrpolicy.sources.aws_registry import WhereRegistry, fetch_registry
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry
from tests.cli.documents import image
from tests.sources.registry_service import (
    ACCOUNT,
    CACHE_RULE,
    REGION,
    REPLICATION,
    SCANNING,
    TEMPLATE,
    denied,
    described,
    registry,
)
from tests.sources.service import (
    ONCE,
    Answer,
    Call,
    HangUp,
    Refusal,
    forget_the_environment,
    serving,
)

TAKEN_AT = datetime(2026, 1, 31, tzinfo=UTC)
POLICY = json.dumps({"Version": "2012-10-17", "Statement": []})


@pytest.fixture(autouse=True)
def _account(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    forget_the_environment(monkeypatch, tmp_path)


def fetched(script: Any, **words: Any) -> Any:
    """The document that is made of a service's answers."""
    with serving(script) as service:
        where = WhereRegistry(endpoint_url=service.url, registry_id=words.pop("registry_id", None))
        return json.loads(fetch_registry(where, taken_at=TAKEN_AT, **words))


# What is asked, and written down


def test_a_registry_is_written_down_whole() -> None:
    answer = fetched(registry("team/api", "team/web"))
    assert answer["takenAt"] == "2026-01-31T00:00:00+00:00"
    assert (answer["registryId"], answer["region"]) == (ACCOUNT, REGION)
    assert answer["replicationConfiguration"] == REPLICATION
    assert answer["scanningConfiguration"] == SCANNING
    assert answer["registryPolicyText"] is None
    assert answer["registryPolicyScope"] == "V2"
    [rule], [template] = answer["pullThroughCacheRules"], answer["repositoryCreationTemplates"]
    assert rule["ecrRepositoryPrefix"] == CACHE_RULE["ecrRepositoryPrefix"]
    assert template["prefix"] == TEMPLATE["prefix"]
    assert "refused" not in answer
    assert [each["repositoryName"] for each in answer["repositories"]] == ["team/api", "team/web"]
    first = answer["repositories"][0]
    assert (first["policyText"], first["lifecyclePolicyText"], first["tags"]) == (None, None, [])
    assert "imageDetails" not in first
    assert "refused" not in first


def test_what_is_written_is_read() -> None:
    with serving(registry("team/api", "team/web")) as service:
        where = WhereRegistry(endpoint_url=service.url)
        content = fetch_registry(where, taken_at=TAKEN_AT, with_images=True)
    read = read_registry(Source(content), with_settings=True)
    assert (read.account, read.region, read.taken_at) == (ACCOUNT, REGION, TAKEN_AT)
    assert Settings.of(read).unknown == ()
    assert read.policy == ""
    [api, _] = read.repositories
    assert (api.policy, api.lifecycle_policy, api.scan_on_push) == ("", "", True)
    assert not api.has_unknown_images
    assert not api.has_unknown_tags


def test_policies_and_tags_are_those_of_the_repository() -> None:
    def script(call: Call) -> Answer:
        name = call.parameters.get("repositoryName")
        if call.operation == "GetRepositoryPolicy" and name == "web":
            return {"policyText": POLICY}
        if call.operation == "GetLifecyclePolicy" and name == "api":
            return {"lifecyclePolicyText": "the text"}
        if call.operation == "ListTagsForResource":
            arn = call.parameters["resourceArn"]
            return {"tags": [{"Key": "arn", "Value": arn}]}
        return registry("api", "web")(call)

    first, second = fetched(script)["repositories"]
    assert (first["policyText"], second["policyText"]) == (None, POLICY)
    assert (first["lifecyclePolicyText"], second["lifecyclePolicyText"]) == ("the text", None)
    assert second["tags"] == [{"Key": "arn", "Value": described("web")["repositoryArn"]}]


def test_images_are_listed_where_they_are_wanted() -> None:
    details = [image("a", "v1", repositoryName="team/api")]
    with serving(registry("team/api", DescribeImages={"imageDetails": details})) as service:
        where = WhereRegistry(endpoint_url=service.url)
        content = fetch_registry(where, taken_at=TAKEN_AT, with_images=True)
        assert len(service.asked("DescribeImages")) == 1
        fetch_registry(where, taken_at=TAKEN_AT)
        assert len(service.asked("DescribeImages")) == 1
    assert service.asked("DescribeImages") == [
        {"repositoryName": "team/api", "filter": {"imageStatus": "ANY"}, "maxResults": 1000}
    ]
    [repository] = read_registry(Source(content)).repositories
    assert [each.tags for each in repository.images] == [("v1",)]


def test_listings_go_on_page_by_page(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_registry, "_PAGE", 2)
    names = ["a1", "b2", "c3", "d4", "e5"]

    def script(call: Call) -> Answer:
        start = int(call.parameters.get("nextToken", "0"))
        end = start + call.parameters.get("maxResults", 0)
        token = {"nextToken": str(end)} if end < len(names) else {}
        if call.operation == "DescribeRepositories":
            return {"repositories": [described(name) for name in names[start:end]], **token}
        if call.operation == "DescribePullThroughCacheRules":
            rules = [CACHE_RULE | {"ecrRepositoryPrefix": name} for name in names[start:end]]
            return {"pullThroughCacheRules": rules, **token}
        if call.operation == "DescribeRepositoryCreationTemplates":
            templates = [TEMPLATE | {"prefix": name} for name in names[start:end]]
            return {"repositoryCreationTemplates": templates, **token}
        return registry()(call)

    told: list[int] = []
    answer = fetched(script, progress=told.append)
    assert told == [1, 2, 3, 4, 5]
    assert [each["repositoryName"] for each in answer["repositories"]] == names
    assert [each["ecrRepositoryPrefix"] for each in answer["pullThroughCacheRules"]] == names
    assert [each["prefix"] for each in answer["repositoryCreationTemplates"]] == names


# What the service refuses


@pytest.mark.parametrize(
    ("operation", "member"),
    [
        ("GetRegistryPolicy", "registryPolicyText"),
        ("GetAccountSetting", "registryPolicyScope"),
        ("GetRegistryScanningConfiguration", "scanningConfiguration"),
        ("DescribeRegistry", "replicationConfiguration"),
        ("DescribePullThroughCacheRules", "pullThroughCacheRules"),
        ("DescribeRepositoryCreationTemplates", "repositoryCreationTemplates"),
    ],
)
def test_a_setting_that_is_refused_is_recorded(operation: str, member: str) -> None:
    answer = fetched(registry("team/api", **{operation: denied(operation)}))
    said = f"AccessDeniedException: User: x is not authorized to perform: {operation}"
    assert answer["refused"] == {member: said}
    assert member not in answer
    assert len(answer["repositories"]) == 1


@pytest.mark.parametrize(
    ("operation", "member"),
    [
        ("GetRepositoryPolicy", "policyText"),
        ("GetLifecyclePolicy", "lifecyclePolicyText"),
        ("ListTagsForResource", "tags"),
        ("DescribeImages", "imageDetails"),
    ],
)
def test_a_detail_that_is_refused_is_recorded(operation: str, member: str) -> None:
    script = registry("team/api", "team/web", **{operation: denied(operation)})
    for each in fetched(script, with_images=True)["repositories"]:
        said = f"AccessDeniedException: User: x is not authorized to perform: {operation}"
        assert each["refused"] == {member: said}
        assert member not in each


def test_a_repository_that_is_gone_meanwhile_is_recorded() -> None:
    gone = Refusal("RepositoryNotFoundException", "gone")
    [each] = fetched(registry("team/api", GetLifecyclePolicy=gone))["repositories"]
    assert each["refused"] == {"lifecyclePolicyText": "RepositoryNotFoundException: gone"}


ODD = [
    Refusal("KmsException", "the key is disabled"),
    Refusal("UnsupportedCommandException", ""),
    Refusal("UnknownOperationException", ""),
    Refusal("ServerException", "try later", 500),
    Refusal("ThrottlingException", "too fast"),
]


@pytest.mark.parametrize("odd", ODD, ids=lambda odd: odd.code)
def test_whatever_the_service_refuses_is_recorded(
    monkeypatch: pytest.MonkeyPatch, odd: Refusal
) -> None:
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)

    def script(call: Call) -> Answer:
        if call.operation == "GetLifecyclePolicy" and call.parameters["repositoryName"] == "api":
            return odd
        return registry("api", "web", DescribeRepositoryCreationTemplates=odd)(call)

    answer = fetched(script)
    said = f"{odd.code}: {odd.message}"
    assert answer["refused"] == {"repositoryCreationTemplates": said}
    api, web = answer["repositories"]
    assert api["refused"] == {"lifecyclePolicyText": said}
    assert api["tags"] == web["tags"] == []
    assert "refused" not in web


def test_what_no_service_answers_is_recorded() -> None:
    answer = fetched(registry("api", GetRepositoryPolicy=b"<html>", DescribeRegistry={}))
    [api] = answer["repositories"]
    assert api["refused"] == {"policyText": "not told: the answer has no 'policyText'"}
    said = "not told: the answer has no 'replicationConfiguration'"
    assert answer["refused"] == {"replicationConfiguration": said}


def test_a_connection_that_is_lost_is_recorded(monkeypatch: pytest.MonkeyPatch) -> None:
    """Of that repository nothing more is asked, for each attempt takes long."""
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)

    def script(call: Call) -> Answer:
        name = call.parameters.get("repositoryName")
        if call.operation == "GetLifecyclePolicy" and name == "api":
            return HangUp()
        return registry("api", "web", DescribeRegistry=HangUp())(call)

    with serving(script) as service:
        where = WhereRegistry(endpoint_url=service.url)
        answer = json.loads(fetch_registry(where, taken_at=TAKEN_AT))
    api, web = answer["repositories"]
    assert list(api["refused"]) == ["lifecyclePolicyText", "tags"]
    for said in api["refused"].values():
        assert said.startswith("ConnectionClosedError: Connection was closed")
    assert api["policyText"] is None
    assert "refused" not in web
    assert len(service.asked("ListTagsForResource")) == 1
    assert next(iter(answer["refused"])) == "replicationConfiguration"
    read = read_registry(Source(json.dumps(answer).encode()), with_settings=True)
    assert len(read.repositories) == 2


def test_where_nothing_arrives_any_more_it_ends(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)
    monkeypatch.setattr(aws_registry, "_AT_ONCE", 1)
    monkeypatch.setattr(aws_registry, "_LOST_IN_A_ROW", 2)

    def losing(*names: str) -> Any:
        def script(call: Call) -> Answer:
            if call.parameters.get("repositoryName") in names:
                return HangUp()
            return registry("a1", "b1", "c1")(call)

        return script

    assert len(fetched(losing("a1", "c1"))["repositories"]) == 3
    said = problem(losing("b1", "c1"))
    assert said.startswith("the service could not be asked about `c1`: Connection was closed")


def problem(script: Any) -> str:
    """What is said where a registry cannot be fetched."""
    with pytest.raises(FetchProblem) as raised:
        fetched(script)
    [finding] = raised.value.findings
    return str(finding)


def test_repositories_must_be_listed() -> None:
    said = problem(registry(DescribeRepositories=denied("ecr:DescribeRepositories")))
    assert said == (
        "the service refused `DescribeRepositories` on the registry: AccessDeniedException: User: "
        "x is not authorized to perform: ecr:DescribeRepositories; allow the caller what "
        "`ecrpolicy snapshot` needs"
    )


@pytest.mark.parametrize(
    ("operation", "about"),
    [("GetRegistryPolicy", "the registry"), ("GetRepositoryPolicy", "`team/api`")],
)
@pytest.mark.parametrize("code", ["ExpiredTokenException", "InvalidSignatureException"])
def test_credentials_that_are_no_more_end_it(operation: str, about: str, code: str) -> None:
    over = Refusal(code, "the token is over")
    said = problem(registry("team/api", **{operation: over}))
    assert said == f"the service refused `{operation}` on {about}: {code}: the token is over"


def test_another_service_is_told_apart(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(aws_service, "_CONFIG", ONCE)
    said = "what answered about the registry is no Amazon ECR: its answer has no "
    assert problem(lambda _: {}).startswith(said)
    assert problem(lambda _: b"<html>").startswith(said)


# The registry of another account


def test_settings_of_another_account_are_not_taken_for_those_of_the_registry() -> None:
    other = "444455556666"
    with serving(registry("team/api")) as service:
        where = WhereRegistry(endpoint_url=service.url, registry_id=other)
        answer = json.loads(fetch_registry(where, taken_at=TAKEN_AT))
    said = "not told: the service tells this of the caller's own registry alone"
    assert answer["refused"] == dict.fromkeys(
        (
            "replicationConfiguration",
            "scanningConfiguration",
            "registryPolicyText",
            "registryPolicyScope",
            "repositoryCreationTemplates",
        ),
        said,
    )
    assert answer["registryId"] == other
    assert service.asked("GetAccountSetting") == []
    for operation in ("DescribeRepositories", "GetRepositoryPolicy", "GetLifecyclePolicy"):
        assert [each["registryId"] for each in service.asked(operation)] == [other]
    assert service.asked("DescribePullThroughCacheRules")[0]["registryId"] == other


def test_the_own_registry_may_be_named() -> None:
    assert "refused" not in fetched(registry("team/api"), registry_id=ACCOUNT)
