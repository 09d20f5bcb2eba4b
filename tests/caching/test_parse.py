"""From cache rules and templates to their models, or to everything that is wrong with them."""

import json
from functools import partial
from typing import Any

import pytest

from ecrpolicy import caching
from ecrpolicy.caching import Cause, EncryptionType, UpstreamRegistry
from ecrpolicy.snapshot import TagMutability
from tests.registry_builders import EAST, HOME, OTHER, Json, cache, findings, template, told

parse_rules = partial(caching.parse_rules, account=HOME, region=EAST)
SECRET = f"arn:aws:secretsmanager:{EAST}:{HOME}:secret:ecr-pullthroughcache/hub-a1b2c3"
ROLE = f"arn:aws:iam::{HOME}:role/cache"
ECR = f"{OTHER}.dkr.ecr.us-west-2.amazonaws.com"
KEY = f"arn:aws:kms:{EAST}:{HOME}:key/1234abcd"
HUB = "registry-1.docker.io"
INVALID = "InvalidParameterException: Invalid parameter at"


def of_rules(*rules: Any) -> list[tuple[str, str]]:
    """Rule and pointer of each finding, the pointer from the list on."""
    found = told(parse_rules, list(rules))
    return [(rule, place.removeprefix("/pullThroughCacheRules")) for rule, place in found]


def of_templates(*templates: Any) -> list[tuple[str, str]]:
    found = told(caching.parse_templates, list(templates))
    return [(rule, place.removeprefix("/repositoryCreationTemplates")) for rule, place in found]


# Cache rules


def test_the_members_of_a_rule_are_read() -> None:
    written = {
        **cache("hub/team", HUB, upstreamRegistry="docker-hub", credentialArn=SECRET),
        "customRoleArn": ROLE,
        "upstreamRepositoryPrefix": "ROOT",
        "registryId": HOME,
        "createdAt": 1700000000.0,
        "updatedAt": "2026-01-31T00:00:00Z",
    }
    [read] = caching.parse_rules([written])
    assert read.ecr_repository_prefix == "hub/team"
    assert read.upstream_registry_url == HUB
    assert read.upstream_registry is UpstreamRegistry.DOCKER_HUB
    assert (read.credential_arn, read.custom_role_arn) == (SECRET, ROLE)
    assert (read.upstream_repository_prefix, read.registry_id) == ("ROOT", HOME)
    assert "created" not in repr(read)


def test_rules_are_read_from_a_list_from_what_the_cli_prints_and_from_text() -> None:
    rules = [cache("quay")]
    answer = {"pullThroughCacheRules": rules}
    read = caching.parse_rules(rules)
    assert read == caching.parse_rules(tuple(rules)) == caching.parse_rules(answer)
    assert read == caching.parse_rules(json.dumps(answer))
    assert read == caching.parse_rules(json.dumps(answer).encode())
    assert caching.parse_rules([]) == ()


def test_the_place_of_a_complaint_is_told() -> None:
    text = json.dumps({"pullThroughCacheRules": [cache("quay"), cache("Quay")]}, indent=1)
    [found] = findings(partial(caching.parse_rules, file="rules.json"), text)
    assert str(found.location) == "rules.json:8:27"
    assert found.message == "`Quay` can be the beginning of no repository name"


@pytest.mark.parametrize(
    "prefix",
    [*("ab", "a1", "quay", "quay/", "a/b", "a.b", "a_b", "a__b", "a---b", "ROOT", "a" * 30)],
)
def test_a_prefix_may_be(prefix: str) -> None:
    assert caching.parse_rules([cache(prefix)])[0].ecr_repository_prefix == prefix


@pytest.mark.parametrize(
    ("prefix", "rule"),
    [
        *((each, "prefix-length") for each in ("", "a", "a" * 31, "a" * 30 + "/")),
        *((each, "malformed-prefix") for each in ("Ab", "Root", "ROOT/", "a//", "/a", "a//b")),
        *((each, "malformed-prefix") for each in ("a-", "-a", "a___b", "a..b", "a.-b", "a b")),
        *((each, "malformed-prefix") for each in ("é1", "ab\n", "a*", "ROOT/a", "a\u0660")),
    ],
)
def test_a_prefix_may_not_be(prefix: str, rule: str) -> None:
    assert of_rules(cache(prefix)) == [(rule, "/0/ecrRepositoryPrefix")]
    below = cache("ab", ECR, upstreamRepositoryPrefix=prefix, customRoleArn=ROLE)
    assert of_rules(below) == [(rule, "/0/upstreamRepositoryPrefix")]


@pytest.mark.parametrize(
    ("rules", "expected"),
    [
        ([3], [("wrong-type", "/0")]),
        ([{}], [("missing-member", "/0"), ("missing-member", "/0")]),
        ([cache("quay", region="a")], [("unknown-member", "/0/region")]),
        (
            [cache("quay", credentialArn=None)],
            [
                ("credential-not-taken", "/0/credentialArn"),
                ("wrong-type", "/0/credentialArn"),
            ],
        ),
        ([cache("hub", HUB, credentialArn=None)], [("wrong-type", "/0/credentialArn")]),
        ([cache("quay", upstreamRegistry="dockerhub")], [("not-in-enum", "/0/upstreamRegistry")]),
        ([cache("quay", upstreamRegistry=[])], [("wrong-type", "/0/upstreamRegistry")]),
        ([cache("quay", registryId="1")], [("malformed-account", "/0/registryId")]),
        ([cache("quay", registryId=OTHER)], [("registry-elsewhere", "/0/registryId")]),
        (
            [cache("quay"), cache("quay/", HUB, credentialArn=SECRET), cache("quay")],
            [
                ("duplicate-prefix", "/1/ecrRepositoryPrefix"),
                ("duplicate-prefix", "/2/ecrRepositoryPrefix"),
            ],
        ),
        (
            [cache("Q1"), cache("Q1")],
            [
                ("malformed-prefix", "/0/ecrRepositoryPrefix"),
                ("malformed-prefix", "/1/ecrRepositoryPrefix"),
            ],
        ),
        ([cache("a1", "example.com")], [("unsupported-upstream", "/0/upstreamRegistryUrl")]),
        (
            [cache("a1", "https://quay.io")],
            [("unsupported-upstream", "/0/upstreamRegistryUrl")],
        ),
        (
            [cache("a1", "example.com", credentialArn="a", customRoleArn="a" * 2049)],
            [
                ("unsupported-upstream", "/0/upstreamRegistryUrl"),
                ("malformed-credential", "/0/credentialArn"),
                ("role-length", "/0/customRoleArn"),
            ],
        ),
        (
            [cache("a1", "quay.io", upstreamRegistry="k8s")],
            [("upstream-and-url", "/0/upstreamRegistry")],
        ),
        ([cache("hub", HUB)], [("credential-needed", "/0")]),
        ([cache("a1", credentialArn=SECRET)], [("credential-not-taken", "/0/credentialArn")]),
        (
            [cache("ROOT", upstreamRepositoryPrefix="prod")],
            [("upstream-prefix-with-root", "/0/upstreamRepositoryPrefix")],
        ),
        ([cache("a1", ECR)], [("role-needed", "/0")]),
        (
            [cache("a1", ECR, customRoleArn=ROLE.replace(HOME, OTHER))],
            [("role-elsewhere", "/0/customRoleArn")],
        ),
        (
            [cache(f"a{number}") for number in range(51)],
            [("too-many-rules", "")],
        ),
    ],
)
def test_each_complaint_about_a_rule_has_a_name_and_a_place(
    rules: list[Any], expected: list[tuple[str, str]]
) -> None:
    assert sorted(of_rules(*rules)) == sorted(expected)


def test_fifty_rules_are_as_many_as_there_may_be() -> None:
    assert len(parse_rules([cache(f"a{number}") for number in range(50)])) == 50


@pytest.mark.parametrize("start", ["team/hub", ""])
def test_a_secret_for_the_cache_has_a_name_of_its_own(start: str) -> None:
    secret = f"arn:aws:secretsmanager:{EAST}:{HOME}:secret:{start}/ecr-pullthroughcache-a1b2c3"
    assert of_rules(cache("hub", HUB, credentialArn=secret)) == [
        ("malformed-credential", "/0/credentialArn")
    ]


def test_a_secret_has_612_characters_at_most() -> None:
    longest = SECRET + "a" * (612 - len(SECRET))
    assert parse_rules([cache("hub", HUB, credentialArn=longest)])[0].credential_arn == longest
    assert of_rules(cache("hub", HUB, credentialArn=longest + "a")) == [
        ("malformed-credential", "/0/credentialArn")
    ]


@pytest.mark.parametrize("secret", [SECRET.replace(HOME, OTHER), SECRET.replace(EAST, "us-west-2")])
def test_a_secret_is_where_the_registry_is(secret: str) -> None:
    rule = cache("hub", HUB, credentialArn=secret)
    assert of_rules(rule) == [("credential-elsewhere", "/0/credentialArn")]
    assert caching.parse_rules([rule])[0].credential_arn == secret


def test_an_upstream_of_the_own_account_needs_no_role() -> None:
    rule = cache("a1", ECR.replace(OTHER, HOME))
    assert len(parse_rules([rule])) == 1
    assert len(parse_rules([cache("a1", ECR, customRoleArn=ROLE)])) == 1
    assert len(caching.parse_rules([cache("a1", ECR)])) == 1


def test_a_role_that_is_no_arn_is_taken() -> None:
    for role in ("", "cache", "arn:aws:iam::1:role/a", "a" * 2048):
        assert parse_rules([cache("a1", customRoleArn=role)])[0].custom_role_arn == role


def test_an_upstream_prefix_of_root_goes_with_root() -> None:
    [read] = parse_rules([cache("ROOT", upstreamRepositoryPrefix="ROOT")])
    assert read.upstream_repository_prefix == "ROOT"


def test_long_texts_are_judged_at_once() -> None:
    """Patterns that try their pieces in every way would not come to an end with these."""
    for text in ("a" * 200_000, "a-" * 100_000 + "!", "a/" * 100_000 + "!"):
        assert of_rules(cache(text)) == [("prefix-length", "/0/ecrRepositoryPrefix")]
        assert of_rules(cache("a1", text)) == [("unsupported-upstream", "/0/upstreamRegistryUrl")]
    assert of_templates(template("a-" * 127 + "!")) == [("malformed-prefix", "/0/prefix")]


def _rule_texts(*rules: Any) -> list[str | None]:
    return [each.service_text for each in findings(parse_rules, list(rules))]


def test_the_answer_of_the_service_to_rules_is_told_where_it_is_known() -> None:
    assert _rule_texts(cache("quay"), cache("quay")) == [
        "PullThroughCacheRuleAlreadyExistsException: A pull through cache rule with these "
        "settings already exists for the private registry."
    ]
    assert _rule_texts(cache("a1", "example.com")) == [
        "UnsupportedUpstreamRegistryException: The specified upstream registry isn't supported."
    ]
    assert _rule_texts(cache("hub", HUB)) == [
        "UnsupportedUpstreamRegistryException: The specified upstream registry requires "
        "authentication. Specify a valid Secrets Manager ARN"
    ]
    assert _rule_texts(*(cache(f"a{number}") for number in range(51))) == [
        "LimitExceededException: The operation did not succeed because it would have exceeded a "
        "service limit for your account."
    ]
    place = "ecrRepositoryPrefix"
    assert _rule_texts(cache("a" * 31)) == [
        f"{INVALID} '{place}' failed to satisfy constraint: "
        "'Member must have length less than or equal to 30'"
    ]
    assert _rule_texts(cache("a")) == [
        f"{INVALID} '{place}' failed to satisfy constraint: "
        "'Member must have length greater than or equal to 2'"
    ]
    assert _rule_texts(cache("a1", ECR)) == [None]


def test_root_is_proposed_to_who_writes_it_otherwise() -> None:
    [found] = findings(parse_rules, [cache("Root")])
    assert found.help == "write `ROOT`"


# Templates


def test_the_members_of_a_template_are_read() -> None:
    written = template(
        *("team/web/", "CREATE_ON_PUSH", "PULL_THROUGH_CACHE"),
        imageTagMutability="IMMUTABLE_WITH_EXCLUSION",
        imageTagMutabilityExclusionFilters=[{"filter": "v*", "filterType": "WILDCARD"}],
        encryptionConfiguration={"encryptionType": "KMS", "kmsKey": KEY},
        resourceTags=[{"Key": "team", "Value": ""}],
        customRoleArn=ROLE,
        description="",
        createdAt=0,
        updatedAt=None,
    )
    answer = {"registryId": HOME, "repositoryCreationTemplates": [written]}
    [read] = caching.parse_templates(answer)
    assert read.prefix == "team/web/"
    assert read.applied_for == (Cause.CREATE_ON_PUSH, Cause.PULL_THROUGH_CACHE)
    assert read.image_tag_mutability is TagMutability.IMMUTABLE_WITH_EXCLUSION
    assert read.image_tag_mutability_exclusion_filters is not None
    assert [each.filter for each in read.image_tag_mutability_exclusion_filters] == ["v*"]
    assert read.encryption_configuration is not None
    assert read.encryption_configuration.encryption_type is EncryptionType.KMS
    assert read.encryption_configuration.kms_key == KEY
    assert read.resource_tags is not None
    assert [(each.key, each.value) for each in read.resource_tags] == [("team", "")]
    assert (read.custom_role_arn, read.description) == (ROLE, "")


def excluding(mutability: str, *filters: str) -> Json:
    named = [{"filter": each, "filterType": "WILDCARD"} for each in filters]
    return {"imageTagMutability": mutability, "imageTagMutabilityExclusionFilters": named}


@pytest.mark.parametrize(
    ("members", "expected"),
    [
        ({"prefix": "a" * 256}, []),
        ({"prefix": "a"}, []),
        ({"prefix": "a" * 257}, [("prefix-length", "/prefix")]),
        ({"prefix": ""}, [("prefix-length", "/prefix")]),
        ({"prefix": "Prod"}, [("malformed-prefix", "/prefix")]),
        ({"appliedFor": []}, [("no-cause", "/appliedFor")]),
        ({"appliedFor": None}, [("wrong-type", "/appliedFor")]),
        ({"appliedFor": ["PUSH"]}, [("not-in-enum", "/appliedFor/0")]),
        ({"description": "a" * 256}, []),
        ({"description": "a" * 257}, [("description-length", "/description")]),
        ({"description": None}, [("wrong-type", "/description")]),
        ({"customRoleArn": "a" * 2048}, []),
        ({"customRoleArn": "a" * 2049}, [("role-length", "/customRoleArn")]),
        ({"customRoleArn": ROLE.replace(HOME, OTHER)}, []),
        ({"imageTagMutability": "NONE"}, [("not-in-enum", "/imageTagMutability")]),
        ({"imageTagMutability": []}, [("wrong-type", "/imageTagMutability")]),
        ({"imageTagMutability": "IMMUTABLE"}, []),
        ({"imageTagMutability": "IMMUTABLE_WITH_EXCLUSION"}, [("filters-needed", "")]),
        (excluding("MUTABLE_WITH_EXCLUSION"), [("filters-needed", "")]),
        (
            excluding("MUTABLE", "v*"),
            [("filters-not-taken", "/imageTagMutabilityExclusionFilters")],
        ),
        (
            {"imageTagMutabilityExclusionFilters": [{"filter": "a", "filterType": "WILDCARD"}]},
            [("filters-not-taken", "/imageTagMutabilityExclusionFilters")],
        ),
        (excluding("IMMUTABLE"), [("empty-list", "/imageTagMutabilityExclusionFilters")]),
        (excluding("MUTABLE_WITH_EXCLUSION", *"abcde"), []),
        (
            excluding("MUTABLE_WITH_EXCLUSION", *"abcdef"),
            [("too-many-exclusion-filters", "/imageTagMutabilityExclusionFilters")],
        ),
        (excluding("MUTABLE_WITH_EXCLUSION", "*a*", "V_1.2-3", "a" * 128), []),
        (
            excluding("MUTABLE_WITH_EXCLUSION", "v", "*a*b*", "", "a" * 129, "a b", "é", "v\n"),
            [("too-many-exclusion-filters", "/imageTagMutabilityExclusionFilters")]
            + [
                ("malformed-exclusion-filter", f"/imageTagMutabilityExclusionFilters/{n}/filter")
                for n in range(1, 7)
            ],
        ),
        ({"encryptionConfiguration": {"encryptionType": "AES256"}}, []),
        ({"encryptionConfiguration": {"encryptionType": "AES256", "kmsKey": ""}}, []),
        ({"encryptionConfiguration": {"encryptionType": "KMS_DSSE", "kmsKey": KEY}}, []),
        (
            {"encryptionConfiguration": {"encryptionType": "AES256", "kmsKey": KEY}},
            [("kms-key-without-kms", "/encryptionConfiguration/kmsKey")],
        ),
        (
            {"encryptionConfiguration": {"kmsKey": KEY}},
            [("missing-member", "/encryptionConfiguration")],
        ),
        (
            {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": "alias/team"}},
            [("malformed-kms-key", "/encryptionConfiguration/kmsKey")],
        ),
        (
            {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": KEY + "a" * 2048}},
            [("kms-key-length", "/encryptionConfiguration/kmsKey")],
        ),
        (
            {"encryptionConfiguration": {"encryptionType": "KMS", "kmsKey": None}},
            [("wrong-type", "/encryptionConfiguration/kmsKey")],
        ),
        (
            {"resourceTags": [{"Key": "aws:a", "Value": "b"}, {"Key": "a"}, {"Key": "a%"}]},
            [
                ("reserved-tag", "/resourceTags/0/Key"),
                ("missing-member", "/resourceTags/1"),
                ("missing-member", "/resourceTags/2"),
                ("tag-characters", "/resourceTags/2/Key"),
            ],
        ),
        (
            {"resourceTags": [{"key": "a", "value": "b"}]},
            [
                ("missing-member", "/resourceTags/0"),
                ("missing-member", "/resourceTags/0"),
                ("unknown-member", "/resourceTags/0/key"),
                ("unknown-member", "/resourceTags/0/value"),
            ],
        ),
        ({"repositoryPolicy": {}}, [("wrong-type", "/repositoryPolicy")]),
        ({"repositoryPolicy": "{"}, [("json-syntax-error", "/repositoryPolicy")]),
        ({"createdAt": {"a": None}, "updatedAt": None}, []),
    ],
)
def test_each_complaint_about_a_template_has_a_name_and_a_place(
    members: Json, expected: list[tuple[str, str]]
) -> None:
    written = {**template("prod"), **members}
    if not expected:
        assert len(caching.parse_templates([written])) == 1
        return
    placed = [(rule, f"/0{place}") for rule, place in expected]
    assert sorted(of_templates(written)) == sorted(placed)


def test_of_two_templates_with_one_prefix_the_later_is_told() -> None:
    found = findings(caching.parse_templates, [template("prod"), template("a"), template("prod/")])
    assert [(each.rule, each.location.pointer) for each in found] == [
        ("duplicate-prefix", "/repositoryCreationTemplates/2/prefix")
    ]
    assert found[0].service_text == (
        "TemplateAlreadyExistsException: The repository creation template already exists."
    )


def test_the_texts_of_policies_are_judged_too() -> None:
    statement = {"Effect": "allow", "Principal": "*", "Action": "ecr:*"}
    written = template(
        "prod",
        repositoryPolicy=json.dumps({"Version": "2012-10-17", "Statement": [statement]}, indent=1),
        lifecyclePolicy=json.dumps({"rules": []}).ljust(100),
    )
    found = findings(caching.parse_templates, [written])
    assert {each.location.pointer.rpartition("/")[2] for each in found} == {
        *("repositoryPolicy", "lifecyclePolicy")
    }
    assert any("(in its text at 5:14)" in each.message for each in found)
    assert any(each.rule == "no-rules" for each in found)


def test_the_texts_of_policies_have_a_length() -> None:
    lengths = {"repositoryPolicy": 10_240, "lifecyclePolicy": 30_720}
    for member, most in lengths.items():
        written = template("prod", **{member: "".ljust(most + 1)})
        rules = {each.rule for each in findings(caching.parse_templates, [written])}
        assert any("length" in rule or "size" in rule for rule in rules)
        within = template("prod", **{member: "".ljust(most)})
        rules = {each.rule for each in findings(caching.parse_templates, [within])}
        assert rules == {"json-syntax-error"}
