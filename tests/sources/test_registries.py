"""Registries, from what the AWS CLI prints of them."""

import json
from typing import Any

import pytest

from ecrpolicy.errors import InvalidPolicy, InvalidSnapshot
from ecrpolicy.finding import Finding
from ecrpolicy.snapshot import Registry, Repository, TagMutability
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.registries import read_registry
from tests.builders import digest
from tests.iam.accounts import storefront
from tests.registry_builders import Json, cache, enhanced, replicate, scan, template

_ARN = "arn:aws-cn:ecr:cn-north-1:111122223333:repository/web"
_WEB = {"repositoryName": "web", "repositoryArn": _ARN, "registryId": "111122223333"}


def _source(*documents: object) -> Source:
    return Source("\n".join(map(json.dumps, documents)).encode(), "registry.json")


def test_one_document_holds_all() -> None:
    registry = storefront()
    assert (registry.account, registry.region, registry.policy_scope) == (
        "111122223333",
        "eu-central-1",
        "V2",
    )
    web = registry.repository("storefront/web")
    assert web is not None
    assert web.resource_tags == {"team": "storefront", "environment": "prod"}
    assert json.loads(web.policy or "")["Statement"][0]["Sid"] == "partner pulls"
    assert json.loads(registry.policy or "")["Statement"][0]["Sid"] == "WarehouseReplicates"


def test_answers_of_the_cli_stand_one_after_another() -> None:
    registry = read_registry(
        _source(
            {"repositories": [_WEB]},
            {"registryId": "111122223333", "repositoryName": "web", "policyText": "of web"},
            {"registryId": "111122223333", "policyText": "of all"},
            {"name": "REGISTRY_POLICY_SCOPE", "value": "V1"},
        )
    )
    assert (registry.partition, registry.region) == ("aws-cn", "cn-north-1")
    assert registry.repositories == (
        Repository("web", registry_id="111122223333", arn=_ARN, policy="of web"),
    )
    assert (registry.policy, registry.policy_scope) == ("of all", "V1")


def test_the_same_policy_may_stand_twice() -> None:
    of_all = {"registryId": "111122223333", "policyText": "of all"}
    registry = read_registry(_source({"repositories": [_WEB]}, of_all, of_all))
    assert registry.policy == "of all"


def test_what_is_not_told_is_no_none() -> None:
    [untold] = read_registry(_source({"repositories": [_WEB]})).repositories
    assert (untold.policy, untold.has_unknown_tags) == (None, True)
    nothing: dict[str, Any] = {"policyText": None, "tags": []}
    registry = read_registry(
        _source({"repositories": [_WEB | nothing], "registryPolicyText": None})
    )
    [told] = registry.repositories
    assert (told.policy, told.has_unknown_tags, registry.policy) == ("", False, "")


@pytest.mark.parametrize(
    ("documents", "message"),
    [
        ([{}], "nothing here tells of a registry"),
        ([{"repositories": []}], "nothing here tells the account and the Region"),
        ([{"repositories": [_WEB], "nextToken": "x"}], "stops at a `nextToken`"),
        ([{"repositories": [{}]}], "the member `repositoryName` is missing"),
        ([{"repositories": 1}], "expected a list, found `1`"),
        ([{"repositories": [_WEB, _WEB]}], "the repository `web` stands twice"),
        (
            [{"repositories": [_WEB]}, {"repositoryName": "api", "policyText": "x"}],
            "a policy of the repository `api` is here, which no listing has",
        ),
        (
            [
                {"repositories": [_WEB | {"policyText": "x"}]},
                {"repositoryName": "web", "policyText": "y"},
            ],
            "a second, different policy of the repository `web` is here",
        ),
        (
            [
                {"repositories": [_WEB], "registryPolicyText": "x"},
                {"registryId": "111122223333", "policyText": "y"},
            ],
            "a second, different policy of the registry is here",
        ),
    ],
)
def test_what_is_wrong_is_said(documents: list[Any], message: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_source(*documents))
    assert message in str(caught.value)


@pytest.mark.parametrize(
    ("members", "pointer"),
    [
        ({"account": "1"}, "/account"),
        ({"region": ""}, "/region"),
        ({"policy_scope": "V3"}, "/policy_scope"),
        ({"repositories": (Repository("a"), Repository("a"))}, "/repositories/1/name"),
        ({"repositories": (Repository("a", registry_id="9"),)}, "/repositories/0/registry_id"),
        ({"repositories": (Repository("a", arn=_ARN),)}, "/repositories/0/arn"),
    ],
)
def test_a_registry_that_cannot_be_is_refused(members: dict[str, Any], pointer: str) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        Registry(**{"account": "111122223333", "region": "us-east-1", **members})
    assert [found.location.pointer for found in caught.value.findings] == [pointer]


def test_what_is_printed_of_members_that_are_not_set_is_left_out() -> None:
    destination = {"region": "eu-west-1", "registryId": "111122223333"}
    rule = {"destinations": [destination], "repositoryFilters": [], "deleteReplication": None}
    template = {
        "prefix": "ROOT",
        "appliedFor": ["REPLICATION"],
        "imageTagMutabilityExclusionFilters": [],
        "repositoryPolicy": None,
    }
    settings = {
        "registryId": "111122223333",
        "region": "eu-central-1",
        "replicationConfiguration": {"rules": [rule]},
        "repositoryCreationTemplates": [template],
    }
    found = read_registry(_source(settings), with_settings=True)
    assert found.replication_configuration == {"rules": [{"destinations": [destination]}]}
    assert found.repository_creation_templates == (
        {"prefix": "ROOT", "appliedFor": ["REPLICATION"]},
    )


# Settings

_HOME: dict[str, Any] = {"registryId": "111122223333", "region": "us-east-1"}
_API = {"repositoryName": "api"}


def _indented(*documents: object) -> Source:
    """Documents as the AWS CLI prints them, one after another."""
    text = "\n".join(json.dumps(each, indent=4) for each in documents)
    return Source(text.encode(), "registry.json")


def _refused(*documents: object, source: Source | None = None) -> tuple[Finding, ...]:
    """What the settings in some documents have against them."""
    with pytest.raises(InvalidPolicy) as caught:
        read_registry(source or _indented(*documents), with_settings=True)
    return caught.value.findings


def _said(*documents: object) -> tuple[Finding, ...]:
    """Why some documents tell of no registry."""
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_indented(*documents))
    return caught.value.findings


def test_the_settings_of_a_registry_are_read_from_the_answers_of_the_cli() -> None:
    scanning = enhanced(scan("SCAN_ON_PUSH", "prod"))
    replication = {"rules": [replicate(("444455556666", "us-east-1"))]}
    registry = read_registry(
        _indented(
            {"repositories": [_API]},
            {"registryId": "111122223333", "scanningConfiguration": scanning},
            {"registryId": "111122223333", "replicationConfiguration": replication},
            {"pullThroughCacheRules": [cache("quay")]},
            {"registryId": "111122223333", "repositoryCreationTemplates": [template("ROOT")]},
        ),
        region="us-east-1",
        with_settings=True,
    )
    assert (registry.account, registry.region, registry.partition) == (
        *("111122223333", "us-east-1", "aws"),
    )
    assert registry.scanning_configuration == scanning
    assert registry.replication_configuration == replication
    assert registry.pull_through_cache_rules == (cache("quay"),)
    assert registry.repository_creation_templates == (template("ROOT"),)


def test_settings_that_are_not_told_are_not_known_and_empty_ones_are() -> None:
    untold = read_registry(_indented(_HOME))
    assert untold.scanning_configuration is untold.replication_configuration is None
    assert untold.pull_through_cache_rules is untold.repository_creation_templates is None
    none: Json = {"scanningConfiguration": {}, "replicationConfiguration": {"rules": []}}
    lists: Json = {"pullThroughCacheRules": [], "repositoryCreationTemplates": []}
    told = read_registry(_indented({**_HOME, **none, **lists}), with_settings=True)
    assert (told.scanning_configuration, told.replication_configuration) == ({}, {"rules": []})
    assert told.pull_through_cache_rules == told.repository_creation_templates == ()


def test_listings_may_come_in_pages() -> None:
    registry = read_registry(
        _indented(
            {**_HOME, "repositories": [_API], "pullThroughCacheRules": [cache("quay")]},
            {"repositories": [{"repositoryName": "web"}]},
            {"pullThroughCacheRules": [cache("k8s", "registry.k8s.io")]},
            {"repositoryCreationTemplates": [template("a")]},
            {"repositoryCreationTemplates": [template("b")]},
        )
    )
    assert [each.name for each in registry.repositories] == ["api", "web"]
    assert registry.pull_through_cache_rules is not None
    assert [each["ecrRepositoryPrefix"] for each in registry.pull_through_cache_rules] == [
        *("quay", "k8s")
    ]
    assert registry.repository_creation_templates is not None
    assert [each["prefix"] for each in registry.repository_creation_templates] == ["a", "b"]


def test_several_files_tell_of_one_registry() -> None:
    registry = read_registry(
        _indented({**_HOME, "repositories": [_API]}),
        _indented({"scanningConfiguration": enhanced()}),
    )
    assert registry.scanning_configuration == enhanced()


def test_the_settings_of_repositories_are_read() -> None:
    web = {
        "repositoryName": "web",
        "imageTagMutability": "IMMUTABLE_WITH_EXCLUSION",
        "imageTagMutabilityExclusionFilters": [{"filterType": "WILDCARD", "filter": "v*"}],
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": "x"},
        "lifecyclePolicyText": {"rules": []},
        "refused": {"policyText": "AccessDeniedException: no"},
    }
    found, untold = read_registry(
        _indented({**_HOME, "repositories": [web, _API]}), with_settings=True
    ).repositories
    assert found.image_tag_mutability is TagMutability.IMMUTABLE_WITH_EXCLUSION
    assert found.image_tag_mutability_exclusion_filters == ("v*",)
    assert (found.scan_on_push, found.encryption_type) == (True, "KMS")
    assert found.lifecycle_policy == '{"rules": []}'
    assert found.refused == {"policyText": "AccessDeniedException: no"}
    assert (untold.image_tag_mutability, untold.scan_on_push, untold.encryption_type) == (
        *(None, None, None),
    )
    assert (untold.lifecycle_policy, untold.refused) == (None, {})
    mute = {"repositoryName": "api", "imageScanningConfiguration": {}}
    [silent] = read_registry(_indented({**_HOME, "repositories": [mute]})).repositories
    assert silent.scan_on_push is False


def test_what_was_refused_and_when_it_was_read_are_told() -> None:
    refused = {"scanningConfiguration": "AccessDeniedException: no"}
    registry = read_registry(
        _indented(
            {**_HOME, "refused": refused, "takenAt": "2026-01-31T02:00:00+02:00"},
            {"refused": {"registryPolicyText": "AccessDeniedException: neither"}},
        )
    )
    assert registry.refused == {
        **refused,
        "registryPolicyText": "AccessDeniedException: neither",
    }
    assert registry.taken_at is not None
    assert registry.taken_at.isoformat() == "2026-01-31T02:00:00+02:00"


def test_the_partition_is_told_or_that_of_the_region() -> None:
    new = {**_HOME, "region": "zz-new-1"}
    told = read_registry(_indented({**new, "partition": "aws-x"}))
    china = read_registry(_indented({**_HOME, "region": "cn-north-1"}))
    unknown = read_registry(_indented(new))
    assert (told.partition, china.partition, unknown.partition) == ("aws-x", "aws-cn", "aws")


def test_the_partition_of_another_region_is_refused() -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_indented({**_HOME, "partition": "aws-cn"}))
    assert [str(each) for each in caught.value.findings] == [
        "registry.json:4:18: `us-east-1` is in the partition `aws`, not in `aws-cn`; leave the "
        "partition out, or give the other Region (at `/partition`)"
    ]


def test_the_scope_of_the_policy_is_that_which_is_told() -> None:
    setting = {"name": "REGISTRY_POLICY_SCOPE", "value": "V1"}
    of_another = {"name": "BASIC_SCAN_TYPE_VERSION", "value": "V1"}
    for told, scope in (({}, None), (setting, "V1"), (of_another, None)):
        assert read_registry(_indented({**_HOME, **told})).policy_scope == scope
    assert read_registry(_indented({**_HOME, "registryPolicyScope": "V2"})).policy_scope == "V2"


def test_two_scopes_that_differ_are_refused_with_both_places() -> None:
    one = _indented({**_HOME, "registryPolicyScope": "V1"})
    same = _indented({"name": "REGISTRY_POLICY_SCOPE", "value": "V1"})
    other = Source(b'{"name": "REGISTRY_POLICY_SCOPE", "value": "V2"}', "scope.json")
    assert read_registry(one, same).policy_scope == "V1"
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(one, other)
    assert [str(each) for each in caught.value.findings] == [
        "scope.json:1:44: the scope of the registry policy is `V2` here, and `V1` at "
        "registry.json:4:28; give the one that it has now (at `/value`)"
    ]


def test_repositories_that_are_not_listed_are_not_known() -> None:
    assert read_registry(_indented(_HOME)).has_unknown_repositories
    assert read_registry(_indented({**_HOME, "repositories": None})).has_unknown_repositories
    told = read_registry(_indented({**_HOME, "repositories": []}))
    assert (told.repositories, told.has_unknown_repositories) == ((), False)


def _described(digit: str, **members: Any) -> Json:
    return {"imageDigest": digest(digit), "imagePushedAt": 0, **members}


def test_images_are_those_of_the_repositories_that_they_name() -> None:
    web: Json = {"repositoryName": "web", "imageDetails": [_described("a", imageTags=["v1"])]}
    names = [{"repositoryName": name} for name in ("none", "untold")]
    of_api, of_web = (_described(d, repositoryName=n) for d, n in (("b", "api"), ("c", "web")))
    registry = read_registry(
        _indented(
            {**_HOME, "repositories": [_API, web, *names]},
            {"imageDetails": [of_api, of_web]},
            {"repositoryName": "api", "imageDetails": [_described("d")]},
            {"repositoryName": "api", "imageDetails": [_described("e", repositoryName="web")]},
            {"repositoryName": "none", "imageDetails": []},
        )
    )
    digits = {
        each.name: None if each.has_unknown_images else [one.digest[-1] for one in each.images]
        for each in registry.repositories
    }
    assert digits == {"api": ["b", "d"], "web": ["a", "c", "e"], "none": [], "untold": None}


def test_lifecycle_policies_are_those_of_the_repositories_that_they_name() -> None:
    web = {"repositoryName": "web", "lifecyclePolicyText": None}
    policy = {"repositoryName": "api", "lifecyclePolicyText": "of api"}
    registry = read_registry(
        _indented({**_HOME, "repositories": [_API, web, {"repositoryName": "x1"}]}, policy)
    )
    texts = [each.lifecycle_policy for each in registry.repositories]
    assert texts == ["of api", "", None]


@pytest.mark.parametrize(
    ("documents", "message", "place"),
    [
        (
            [_HOME, {"scanningConfiguration": {}}, {"scanningConfiguration": enhanced()}],
            "a second, different scanning configuration is here",
            (9, 30),
        ),
        (
            [
                {**_HOME, "replicationConfiguration": {"rules": []}},
                {"replicationConfiguration": {}},
            ],
            "a second, different replication configuration is here",
            (9, 33),
        ),
        (
            [
                {**_HOME, "repositories": [_API]},
                {"imageDetails": [_described("a", repositoryName="web")]},
            ],
            f"`{digest('a')}` is of no repository that is listed here",
            (12, 9),
        ),
        (
            [{**_HOME, "repositories": [_API]}, {"imageDetails": [_described("a")]}],
            f"`{digest('a')}` is of no repository that is listed here",
            (12, 9),
        ),
        (
            [
                {**_HOME, "repositories": [_API]},
                {"repositoryName": "web", "lifecyclePolicyText": "x"},
            ],
            "a policy of the repository `web` is here, which no listing has",
            (12, 28),
        ),
        (
            [_HOME, {"registryId": "444455556666"}],
            "this document is of the registry `444455556666`, an earlier one of `111122223333`",
            (6, 19),
        ),
        (
            [_HOME, {"region": "eu-west-1"}],
            "this document is of the Region `eu-west-1`, an earlier one of `us-east-1`",
            (6, 15),
        ),
        (
            [_HOME, {"repositories": [{"repositoryName": "web", "imageTagMutability": "NO"}]}],
            "`NO` is none of `MUTABLE`, `IMMUTABLE`, `MUTABLE_WITH_EXCLUSION`, "
            "`IMMUTABLE_WITH_EXCLUSION`",
            (9, 35),
        ),
        ([_HOME, {"scanningConfiguration": []}], "expected", (6, 30)),
        ([_HOME, {"pullThroughCacheRules": [3]}], "expected", (7, 9)),
    ],
)
def test_what_is_wrong_is_said_at_its_place(
    documents: list[Any], message: str, place: tuple[int, int]
) -> None:
    [found] = _said(*documents)
    assert message in found.message
    assert (found.location.file, found.location.line, found.location.column) == (
        *("registry.json", *place),
    )


def test_the_same_setting_may_stand_twice() -> None:
    twice = {**_HOME, "scanningConfiguration": enhanced()}
    assert read_registry(_indented(twice, twice)).scanning_configuration == enhanced()


_LISTINGS: dict[str, Json] = {
    "repositories": {"repositories": [_API]},
    "pull through cache rules": {"pullThroughCacheRules": [cache("quay")]},
    "repository creation templates": {"repositoryCreationTemplates": [template("ROOT")]},
    "images of `api`": {"imageDetails": [_described("a", repositoryName="api")]},
}


@pytest.mark.parametrize("token", ["nextToken", "NextToken"])
@pytest.mark.parametrize("what", _LISTINGS)
def test_a_listing_that_stops_is_told_as_such(what: str, token: str) -> None:
    source = _source({**_HOME, "repositories": [_API]}, {token: "x", **_LISTINGS[what]})
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(source)
    [found] = caught.value.findings
    assert found.message == f"the listing of {what} stops at a `nextToken`: there are more"
    assert (str(found.location), found.location.pointer) == ("registry.json:2:15", f"/{token}")


def test_a_page_that_others_follow_may_say_so() -> None:
    registry = read_registry(
        _indented(
            {**_HOME, "repositories": [_API], "nextToken": "x"},
            {"repositories": [{"repositoryName": "web"}]},
            {"imageDetails": [_described("a", repositoryName="api")], "NextToken": "x"},
            {"imageDetails": [_described("b", repositoryName="api")]},
        )
    )
    assert [len(each.images) for each in registry.repositories] == [2, 0]
    images = {"imageDetails": [_described("a", repositoryName="api")], "NextToken": "x"}
    [found] = _said(
        {**_HOME, "repositories": [_API, {"repositoryName": "web"}]},
        images,
        {"imageDetails": [_described("b", repositoryName="web")]},
    )
    assert found.message.startswith("the listing of images of `api` stops")


def test_the_region_that_is_asked_for_is_that_of_the_documents() -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_indented(_HOME), region="eu-west-1")
    assert "these documents are of the Region `us-east-1`, not of `eu-west-1`" in str(caught.value)
    assert read_registry(_indented(_HOME), region="us-east-1").region == "us-east-1"


# Settings that the service would not keep


def test_settings_are_judged_where_that_is_asked_for() -> None:
    wrong = {**_HOME, "scanningConfiguration": {"scanType": "NONE"}}
    assert read_registry(_indented(wrong)).scanning_configuration == {"scanType": "NONE"}
    [found] = _refused(wrong)
    assert found.rule == "not-in-enum"


def test_what_settings_have_against_them_is_told_with_file_line_and_column() -> None:
    source = Source(
        b"""{"registryId": "111122223333", "region": "us-east-1",
 "scanningConfiguration": {"scanType": "BASIC", "rules": [
  {"scanFrequency": "CONTINUOUS_SCAN", "repositoryFilters": [
   {"filter": "prod-", "filterType": "WILDCARD"}]}]}}
{"registryId": "111122223333", "replicationConfiguration": {"rules": [
 {"destinations": [{"region": "us-east-1", "registryId": "111122223333"},
                   {"region": "cn-north-1", "registryId": "111122223333"}]}]}}

{"pullThroughCacheRules": [
  {"ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "ghcr.io"},
  {"ecrRepositoryPrefix": "Hub", "upstreamRegistryURL": "quay.io",
   "upstreamRegistryUrl": "quay.io"}]}
{"repositoryCreationTemplates": [{"prefix": "ROOT", "appliedFor": [],
  "resourceTags": [{"Key": "aws:a", "Value": ""}]}]}
{"repositories": [{"repositoryName": "Web"}, {"repositoryName": "api",
  "imageTagMutability": "MUTABLE_WITH_EXCLUSION"}]}
""",
        "all.json",
    )
    found = _refused(source=source)
    assert [(each.rule, str(each.location), each.location.pointer) for each in found] == [
        ("frequency-and-type", "all.json:3:21", "/scanningConfiguration/rules/0/scanFrequency"),
        (
            "malformed-filter",
            "all.json:4:15",
            "/scanningConfiguration/rules/0/repositoryFilters/0/filter",
        ),
        ("own-registry", "all.json:6:20", "/replicationConfiguration/rules/0/destinations/0"),
        (
            "other-partition",
            "all.json:7:31",
            "/replicationConfiguration/rules/0/destinations/1/region",
        ),
        ("credential-needed", "all.json:10:3", "/pullThroughCacheRules/0"),
        ("malformed-prefix", "all.json:11:27", "/pullThroughCacheRules/1/ecrRepositoryPrefix"),
        ("unknown-member", "all.json:11:34", "/pullThroughCacheRules/1/upstreamRegistryURL"),
        ("no-cause", "all.json:13:67", "/repositoryCreationTemplates/0/appliedFor"),
        (
            "reserved-tag",
            "all.json:14:28",
            "/repositoryCreationTemplates/0/resourceTags/0/Key",
        ),
        ("malformed-name", "all.json:15:38", "/repositories/0/repositoryName"),
        ("filters-needed", "all.json:15:46", "/repositories/1"),
    ]
    texts = {each.rule: each.service_text for each in found}
    assert texts["own-registry"] == (
        "InvalidParameterException: Invalid parameter at 'replicationConfiguration' failed to "
        "satisfy constraint: 'Replication destination cannot be the same as the source registry'"
    )
    assert texts["credential-needed"] == (
        "UnsupportedUpstreamRegistryException: The specified upstream registry requires "
        "authentication. Specify a valid Secrets Manager ARN"
    )
    assert texts["other-partition"] is None


def test_secrets_and_roles_are_those_of_the_registry_that_the_documents_tell() -> None:
    secret = "arn:aws:secretsmanager:us-east-1:444455556666:secret:ecr-pullthroughcache/hub-abc"
    rule = cache("hub", "ghcr.io", credentialArn=secret)
    [found] = _refused(_HOME, {"pullThroughCacheRules": [rule]})
    assert found.rule == "credential-elsewhere"
    home = {"registryId": "444455556666", "region": "us-east-1"}
    read = read_registry(_indented(home, {"pullThroughCacheRules": [rule]}), with_settings=True)
    assert read.pull_through_cache_rules == (rule,)


def test_tags_of_a_repository_without_exclusion_need_no_filters() -> None:
    silences: tuple[Json, ...] = ({}, {"imageTagMutabilityExclusionFilters": []})
    for more in silences:
        web = {"repositoryName": "web", "imageTagMutability": "IMMUTABLE", **more}
        read = read_registry(_indented({**_HOME, "repositories": [web]}), with_settings=True)
        assert read.repositories[0].image_tag_mutability is TagMutability.IMMUTABLE
    filters = [{"filter": "v*", "filterType": "WILDCARD"}]
    web = {"repositoryName": "web", "imageTagMutability": "IMMUTABLE"}
    wrong = {**web, "imageTagMutabilityExclusionFilters": filters}
    [found] = _refused({**_HOME, "repositories": [wrong]})
    assert (found.rule, found.location.pointer) == (
        "filters-not-taken",
        "/repositories/0/imageTagMutabilityExclusionFilters",
    )


def test_of_each_setting_some_complaints_are_told_and_the_rest_is_counted() -> None:
    filters = [f"A{number}" for number in range(120)]
    configuration = {
        "scanType": "BASIC",
        "rules": [scan("SCAN_ON_PUSH", *filters[:60]), scan("MANUAL", *filters[60:])],
    }
    destinations = [("111122223333", "eu-west-9")]
    with pytest.raises(InvalidPolicy) as caught:
        read_registry(
            _indented(
                {
                    **_HOME,
                    "scanningConfiguration": configuration,
                    "replicationConfiguration": {"rules": [replicate(*destinations)]},
                    "repositories": [{"repositoryName": f"A{number}"} for number in range(50)],
                }
            ),
            with_settings=True,
        )
    rules = [each.rule for each in caught.value.findings]
    assert rules == ["malformed-filter"] * 20 + ["unknown-region"] + ["malformed-name"] * 20
    assert caught.value.left_out == (120 - 20) + (50 - 20)


def test_complaints_about_types_are_counted_too() -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_indented({**_HOME, "repositories": [3] * 50}))
    assert (len(caught.value.findings), caught.value.left_out) == (20, 30)


def test_places_after_a_byte_order_mark_are_those_that_an_editor_shows() -> None:
    text = json.dumps({**_HOME, "scanningConfiguration": {"scanType": "NONE"}})
    [found] = _refused(source=Source(b"\xef\xbb\xbf" + text.encode(), "marked.json"))
    assert str(found.location) == f"marked.json:1:{text.index('NONE')}"


def test_a_scanning_rule_may_have_no_filters() -> None:
    rule = {"scanFrequency": "SCAN_ON_PUSH", "repositoryFilters": []}
    configuration = {"scanType": "BASIC", "rules": [rule]}
    settings = {
        "registryId": "111122223333",
        "region": "eu-central-1",
        "scanningConfiguration": configuration,
    }
    found = read_registry(_source(settings), with_settings=True)
    assert found.scanning_configuration == configuration


# Pages


def _told(*documents: object) -> list[tuple[str, str, str]]:
    """The rule, the place and the pointer of each finding about the settings, a page a line."""
    found = _refused(source=_source(*documents))
    return [(each.rule, str(each.location), each.location.pointer) for each in found]


@pytest.mark.parametrize(
    ("member", "prefix", "entry"),
    [
        ("pullThroughCacheRules", "ecrRepositoryPrefix", cache("ROOT")),
        ("repositoryCreationTemplates", "prefix", template("ROOT")),
    ],
)
def test_a_prefix_twice_over_two_pages_stands_at_the_second(
    member: str, prefix: str, entry: Json
) -> None:
    second = {member: [{**entry, prefix: "team"}, {prefix: "ROOT", **entry}]}
    column = json.dumps(second).index('"ROOT"') + 1
    assert _told(_HOME, {member: [entry]}, second) == [
        ("duplicate-prefix", f"registry.json:3:{column}", f"/{member}/1/{prefix}")
    ]


def test_too_many_rules_over_two_pages_stand_at_the_last() -> None:
    rules = [cache(f"quay-{number}") for number in range(51)]
    pages = [{"pullThroughCacheRules": each} for each in (rules[:50], rules[50:])]
    assert _told(_HOME, *pages, {"pullThroughCacheRules": []}) == [
        ("too-many-rules", "registry.json:3:27", "/pullThroughCacheRules")
    ]


def test_what_a_later_page_has_against_it_stands_there() -> None:
    pages = {"pullThroughCacheRules": [cache("quay")]}, {"pullThroughCacheRules": [{"a/b": 1}]}
    assert _told(_HOME, *pages) == [
        ("missing-member", "registry.json:3:28", "/pullThroughCacheRules/0"),
        ("missing-member", "registry.json:3:28", "/pullThroughCacheRules/0"),
        ("unknown-member", "registry.json:3:29", "/pullThroughCacheRules/0/a~1b"),
    ]


# Places of what makes no registry


@pytest.mark.parametrize(
    ("second", "at", "pointer"),
    [
        ({"repositoryName": "api"}, '"api"', "/repositories/0/repositoryName"),
        (
            {"repositoryName": "web", "registryId": "444455556666"},
            '"444455556666"',
            "/repositories/0/registryId",
        ),
        (
            {"repositoryName": "web", "repositoryArn": _ARN},
            f'"{_ARN}"',
            "/repositories/0/repositoryArn",
        ),
    ],
)
def test_a_repository_that_does_not_belong_stands_in_its_page(
    second: Json, at: str, pointer: str
) -> None:
    page = {"repositories": [second]}
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_source({**_HOME, "repositories": [_API]}, page))
    [found] = caught.value.findings
    place = f"registry.json:2:{json.dumps(page).index(at) + 1}"
    assert (str(found.location), found.location.pointer) == (place, pointer)


def test_an_image_twice_stands_in_its_page() -> None:
    page = {"imageDetails": [_described("b"), _described("a")], "repositoryName": "api"}
    other = {"repositories": [{"repositoryName": "web", "imageDetails": [_described("c")] * 2}]}
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(
            _source(
                {**_HOME, "repositories": [_API]},
                {"imageDetails": [_described("a", repositoryName="api")]},
                page,
                other,
            )
        )
    column = json.dumps(page).rindex('"sha256') + 1
    of_other = json.dumps(other).rindex('"sha256') + 1
    assert [(str(each.location), each.location.pointer) for each in caught.value.findings] == [
        (f"registry.json:3:{column}", "/imageDetails/1/imageDigest"),
        (f"registry.json:4:{of_other}", "/repositories/0/imageDetails/1/imageDigest"),
    ]


def test_a_tag_of_a_repository_twice_stands_there() -> None:
    tags = [{"Key": key, "Value": "1"} for key in ("team", "stage", "team")]
    [found] = _said({**_HOME, "repositories": [{**_API, "tags": tags}]})
    assert found.message == "the key `team` stands twice"
    assert (found.location.line, found.location.pointer) == (16, "/repositories/0/tags/2")


@pytest.mark.parametrize(
    ("document", "at", "pointer"),
    [
        ({"registryId": "1", "region": "us-east-1"}, '"1"', "/registryId"),
        (
            {"repositories": [{"repositoryName": "a1", "repositoryArn": "arn:aws:ecr:a:b:c"}]},
            '"arn',
            "/repositories/0/repositoryArn",
        ),
    ],
)
def test_an_account_that_is_none_stands_where_it_is_told(
    document: Json, at: str, pointer: str
) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_source(document))
    found = caught.value.findings[0]
    assert found.message.endswith("is no account")
    place = f"registry.json:1:{json.dumps(document).index(at) + 1}"
    assert (str(found.location), found.location.pointer) == (place, pointer)


@pytest.mark.parametrize(
    ("document", "at", "pointer"),
    [
        ({"registryId": "111122223333", "region": "mars"}, '"mars"', "/region"),
        (
            {"repositories": [_WEB | {"repositoryArn": _ARN.replace("cn-north-1", "mars")}]},
            '"arn',
            "/repositories/0/repositoryArn",
        ),
    ],
)
def test_a_region_that_nobody_knows_stands_where_it_is_told(
    document: Json, at: str, pointer: str
) -> None:
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(_source(document), with_settings=True)
    [found] = caught.value.findings
    assert found.message == "`mars` is no Region that is known"
    place = f"registry.json:1:{json.dumps(document).index(at) + 1}"
    assert (str(found.location), found.location.pointer) == (place, pointer)


def test_a_syntax_error_of_a_later_document_stands_in_the_file() -> None:
    text = json.dumps(_HOME, indent=1) + '\n\n {"repositories": [],\n  "repositories": []}'
    with pytest.raises(InvalidSnapshot) as caught:
        read_registry(Source(text.encode(), "registry.json"))
    [found] = caught.value.findings
    assert (found.rule, str(found.location)) == ("duplicate-key", "registry.json:7:3")


# Types and words


@pytest.mark.parametrize(
    ("members", "message", "pointer"),
    [
        (
            {"imageScanningConfiguration": {"scanOnPush": "yes"}},
            'expected a boolean, found `"yes"`',
            "/imageScanningConfiguration/scanOnPush",
        ),
        (
            {"imageScanningConfiguration": {"scanOnPush": 0}},
            "expected a boolean, found `0`",
            "/imageScanningConfiguration/scanOnPush",
        ),
        (
            {"encryptionConfiguration": {"encryptionType": "aes256"}},
            "`aes256` is none of `AES256`, `KMS`, `KMS_DSSE`",
            "/encryptionConfiguration/encryptionType",
        ),
        (
            {"imageTagMutabilityExclusionFilters": [{"filter": "v*", "filterType": "REGEX"}]},
            "`REGEX` is none of `WILDCARD`",
            "/imageTagMutabilityExclusionFilters/0/filterType",
        ),
        (
            {"imageTagMutabilityExclusionFilters": [{"filter": "v*"}]},
            "the member `filterType` is missing",
            "/imageTagMutabilityExclusionFilters/0",
        ),
    ],
)
def test_the_settings_of_a_repository_have_their_types(
    members: Json, message: str, pointer: str
) -> None:
    [found] = _said({**_HOME, "repositories": [{**_API, **members}]})
    assert (found.message, found.location.pointer) == (message, f"/repositories/0{pointer}")


def test_exclusion_filters_are_judged_whatever_the_mutability() -> None:
    named = [{"filter": each, "filterType": "WILDCARD"} for each in ("v*", "***")]
    api = {**_API, "imageTagMutabilityExclusionFilters": named}
    [found] = _refused({**_HOME, "repositories": [api]})
    assert (found.rule, found.location.pointer) == (
        "malformed-exclusion-filter",
        "/repositories/0/imageTagMutabilityExclusionFilters/1/filter",
    )


@pytest.mark.parametrize(
    ("documents", "message", "pointer"),
    [
        (
            [{"registryPolicyScope": "V3"}],
            "`V3` is no scope of a registry policy",
            "/registryPolicyScope",
        ),
        (
            [{"name": "REGISTRY_POLICY_SCOPE", "value": "v2"}],
            "`v2` is no scope of a registry policy",
            "/value",
        ),
        (
            [{"registryPolicyScope": "V1"}, {"name": "REGISTRY_POLICY_SCOPE", "value": "V2"}],
            "the scope of the registry policy is `V2` here, and `V1` at registry.json:6:28",
            "/value",
        ),
    ],
)
def test_the_scope_of_the_registry_policy_is_one(
    documents: list[Json], message: str, pointer: str
) -> None:
    [found] = _said(_HOME, *documents)
    assert (found.message, found.location.pointer) == (message, pointer)


# Registry policies

_ALLOW = {
    "Effect": "Allow",
    "Principal": {"AWS": "arn:aws:iam::444455556666:root"},
    "Action": "ecr:ReplicateImage",
    "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/*",
}


def _policy_with(**members: Any) -> Json:
    return {"Version": "2012-10-17", "Statement": [{**_ALLOW, **members}]}


@pytest.mark.parametrize("member", ["registryPolicyText", "policyText"])
def test_the_registry_policy_is_judged_too(member: str) -> None:
    document = {"registryId": "111122223333", member: json.dumps(_policy_with(Effect="Permit"))}
    [found] = _refused(source=_source({"region": "us-east-1"}, document))
    at = json.dumps(_policy_with(Effect="Permit")).index('"Permit"') + 1
    assert found.rule == "invalid-effect"
    assert found.message.endswith(f" (in its text at 1:{at})")
    column = json.dumps(document).index(member) + len(member) + len('": "')
    assert str(found.location) == f"registry.json:2:{column}"
    assert found.location.pointer == f"/{member}"


def test_a_registry_policy_that_is_an_object_has_places_of_its_own() -> None:
    document = {"registryPolicyText": _policy_with(Effect="Permit")}
    [found] = _refused(source=_source(_HOME, document))
    assert "in its text" not in found.message
    column = json.dumps(document).index('"Permit"') + 1
    assert str(found.location) == f"registry.json:2:{column}"
    assert found.location.pointer == "/registryPolicyText/Statement/0/Effect"


def test_the_registry_policy_is_judged_by_its_scope() -> None:
    pull = _policy_with(Action="ecr:BatchGetImage")
    v2 = {**_HOME, "registryPolicyText": pull}
    assert read_registry(_source(v2), with_settings=True).effective_policy_scope == "V2"
    assert _refused({**v2, "registryPolicyScope": "V1"})


def test_no_registry_policy_is_no_wrong_one() -> None:
    for nothing in (None, ""):
        document = {**_HOME, "registryPolicyText": nothing}
        assert read_registry(_source(document), with_settings=True).policy == ""
