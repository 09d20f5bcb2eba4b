"""Plans and states of Terraform, as `terraform show -json` prints them."""

import json
import re
from functools import partial
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.errors import InvalidSnapshot
from ecrpolicy.lint.engine import Context, lint
from ecrpolicy.lint.found import Reading
from ecrpolicy.lint.kind import Kind
from ecrpolicy.sources.terraform_resources import TYPES
from tests.sources.placed import at, misread, only, reading, values
from tests.work import work_of

Json = dict[str, Any]

LIFECYCLE: Json = {"rules": [{"rulePriority": 1, "description": 'é"\\'}]}
REPOSITORY: Json = {
    "Version": "2012-10-17",
    "Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}],
}


def resource(address: str, **of: Any) -> Json:
    """A resource as a plan has it; `of` are its values."""
    kind = re.sub(r"\[[^]]*\]$", "", address).split(".")[-2]
    mode = "data" if ".data." in f".{address}" else "managed"
    return {"address": address, "mode": mode, "type": kind, "values": of, "sensitive_values": {}}


def plan(*resources: Json, modules: tuple[Json, ...] = (), **beside: Any) -> Json:
    """A plan of format 1.2; `beside` is what it has besides."""
    root: Json = {"resources": list(resources)}
    if modules:
        root["child_modules"] = list(modules)
    return {
        "format_version": "1.2",
        "terraform_version": "1.11.4",
        "planned_values": {"root_module": root},
    } | beside


def changes(address: str, after_unknown: Any, **more: Any) -> Json:
    change = {"actions": ["create"], "before": None, "after_unknown": after_unknown}
    return {"resource_changes": [{"address": address, "change": change} | more]}


def of_plan(value: Json, **how: Any) -> Reading:
    return reading(json.dumps(value, **how), "plan.json")


def test_policies_are_texts_in_the_text() -> None:
    value = plan(
        resource(
            'aws_ecr_lifecycle_policy.web["a"]',
            id=None,
            policy=json.dumps(LIFECYCLE, ensure_ascii=False),
            repository="web",
        )
    )
    text = json.dumps(value)
    document = only(reading(text, "plan.json"))
    assert (document.kind, document.name) == (
        Kind.LIFECYCLE,
        'aws_ecr_lifecycle_policy.web["a"]',
    )
    assert document.value == LIFECYCLE
    assert document.text == json.dumps(LIFECYCLE, ensure_ascii=False)
    start, end = document.places.span(("rules", 0, "description"))
    assert text[start:end] == r"\"\u00e9\\\"\\\\\""
    start, end = document.places.span(("rules", 0, "description"), offset=1)
    assert text[start:end] == r"\\\""


def test_modules_within_modules() -> None:
    def module(address: str, *modules: Json) -> Json:
        name = f"{address}.aws_ecr_repository_policy.web"
        held: Json = {
            "address": address,
            "resources": [resource(name, policy=json.dumps({"Id": address}))],
        }
        return held | ({"child_modules": list(modules)} if modules else {})

    inner = module('module.a["x"].module.b')
    found = of_plan(plan(modules=(module('module.a["x"]', inner), module('module.a["y"]'))))
    assert values(found) == {
        'module.a["x"].aws_ecr_repository_policy.web': {"Id": 'module.a["x"]'},
        'module.a["x"].module.b.aws_ecr_repository_policy.web': {"Id": 'module.a["x"].module.b'},
        'module.a["y"].aws_ecr_repository_policy.web': {"Id": 'module.a["y"]'},
    }


REPLICATION = "aws_ecr_replication_configuration.all"


def test_what_is_known_after_the_apply() -> None:
    rule = {
        "destination": [{"region": "eu-west-1"}, {"region": "eu-west-1", "registry_id": "a"}],
        "repository_filter": [],
    }
    unknown = {
        "id": True,
        "replication_configuration": [
            {"rule": [{"destination": [{"registry_id": True}, {}], "repository_filter": []}]}
        ],
    }
    value = plan(
        resource(REPLICATION, replication_configuration=[{"rule": [rule]}]),
        **changes(REPLICATION, unknown),
    )
    document = only(of_plan(value, indent=1))
    assert (document.kind, document.name) == (Kind.REPLICATION, REPLICATION)
    assert document.value == {
        "rules": [
            {
                "destinations": [
                    {"region": "eu-west-1", "registryId": UNKNOWN},
                    {"region": "eu-west-1", "registryId": "a"},
                ],
            }
        ]
    }
    first = ("rules", 0, "destinations", 0)
    assert at(document, *first, "region") == '18:23 "eu-west-1"'
    assert at(document, *first, "region", at_name=True) == '18:13 "region"'
    assert at(document, *first, "registryId").startswith("17:12 {")


@pytest.mark.parametrize(
    ("unknown", "expected"),
    [
        ({"replication_configuration": True}, None),
        ({"replication_configuration": [True]}, None),
        ({"replication_configuration": [{"rule": True}]}, {"rules": UNKNOWN}),
        ({"replication_configuration": [{"rule": [True]}]}, {"rules": [UNKNOWN]}),
        ({"replication_configuration": [{"rule": [{}, {"x": True}]}]}, {"rules": UNKNOWN}),
        ({"replication_configuration": [{"rule": [{}, {}]}]}, {"rules": [{}]}),
        ({"replication_configuration": [{"rule": [{"destination": [{"region": True}]}]}]}, "more"),
        ({}, {"rules": [{}]}),
        (None, {"rules": [{}]}),
        (False, {"rules": [{}]}),
        (True, None),
    ],
)
def test_unknown_parts_of_several_shapes(unknown: Any, expected: Any) -> None:
    given = resource(REPLICATION, replication_configuration=[{"rule": [{}]}])
    found = of_plan(plan(given, **changes(REPLICATION, unknown)))
    if expected is None:
        assert found.is_empty
    elif expected == "more":
        assert only(found).value == {"rules": [{"destinations": UNKNOWN}]}
    else:
        assert only(found).value == expected


def test_a_policy_that_is_known_after_the_apply_is_not_guessed_at() -> None:
    name = "aws_iam_policy.a"
    assert of_plan(plan(resource(name, name="a"), **changes(name, {"policy": True}))).is_empty
    stale = resource(name, policy="{}")
    assert of_plan(plan(stale, **changes(name, {"policy": True}))).is_empty
    deposed = changes(name, {"policy": True}, deposed="0123abcd")
    assert only(of_plan(plan(stale, **deposed))).value == {}


def test_settings_without_what_is_null() -> None:
    found = of_plan(
        plan(
            resource(
                "aws_ecr_registry_scanning_configuration.all",
                id="111122223333",
                registry_id="111122223333",
                scan_type="BASIC",
                rule=[
                    {
                        "scan_frequency": "MANUAL",
                        "repository_filter": [{"filter": "*", "filter_type": None}],
                    }
                ],
            ),
            resource(
                "aws_ecr_pull_through_cache_rule.hub",
                credential_arn=None,
                ecr_repository_prefix="hub",
                upstream_registry_url="public.ecr.aws",
            ),
            resource(
                "aws_ecr_repository_creation_template.all",
                prefix="ROOT",
                applied_for=["REPLICATION"],
                description=None,
                encryption_configuration=[],
                image_tag_mutability_exclusion_filter=[],
                lifecycle_policy=json.dumps(LIFECYCLE),
                resource_tags={"Ref": "a"},
            ),
        )
    )
    assert values(found) == {
        "aws_ecr_registry_scanning_configuration.all": {
            "scanType": "BASIC",
            "rules": [{"scanFrequency": "MANUAL", "repositoryFilters": [{"filter": "*"}]}],
        },
        "aws_ecr_pull_through_cache_rule.hub": {
            "pullThroughCacheRules": [
                {"ecrRepositoryPrefix": "hub", "upstreamRegistryUrl": "public.ecr.aws"}
            ]
        },
        "aws_ecr_repository_creation_template.all": {
            "repositoryCreationTemplates": [
                {
                    "prefix": "ROOT",
                    "appliedFor": ["REPLICATION"],
                    "lifecyclePolicy": UNKNOWN,
                    "resourceTags": [{"Key": "Ref", "Value": "a"}],
                }
            ]
        },
        "aws_ecr_repository_creation_template.all.lifecycle_policy": LIFECYCLE,
    }


def prior(*resources: Json) -> Json:
    """The state that a plan was made from."""
    return {
        "prior_state": {
            "format_version": "1.0",
            "values": {"root_module": {"resources": list(resources)}},
        }
    }


def test_data_sources_are_told_of_by_the_resources_that_use_them() -> None:
    text = json.dumps(REPOSITORY)
    data = resource("data.aws_iam_policy_document.a", json=json.dumps(REPOSITORY, indent=2))
    used = resource("aws_ecr_repository_policy.a", policy=text)
    document = only(of_plan(plan(used, **prior(data, resource("aws_iam_policy.old", policy="{}")))))
    assert (document.kind, document.name) == (Kind.REPOSITORY, "aws_ecr_repository_policy.a")


def test_data_sources_that_nobody_uses_are_known_by_their_content() -> None:
    data = resource("module.a.data.aws_iam_policy_document.b", json=json.dumps(REPOSITORY))
    again = resource("module.c.data.aws_iam_policy_document.b", json=json.dumps(REPOSITORY))
    document = only(of_plan(plan(**prior(data, again))))
    assert (document.kind, document.name, document.value) == (
        Kind.REPOSITORY,
        "module.a.data.aws_iam_policy_document.b",
        REPOSITORY,
    )
    assert document.why_kind == "it has principals and no resources"


def test_data_sources_that_are_read_later() -> None:
    assert of_plan(plan(resource("data.aws_iam_policy_document.a", statement=[]))).is_empty
    broken = resource("data.aws_iam_policy_document.a", json="{")
    assert of_plan(plan(broken)).is_empty


def test_states() -> None:
    root = {
        "resources": [
            resource("aws_iam_policy.a", policy=json.dumps(REPOSITORY)),
            resource("data.aws_iam_policy_document.a", json=json.dumps({"Id": "a"})),
        ]
    }
    state = {
        "format_version": "1.0",
        "terraform_version": "1.11.4",
        "values": {"root_module": root},
    }
    assert list(values(of_plan(state))) == ["aws_iam_policy.a", "data.aws_iam_policy_document.a"]


def test_a_policy_that_is_no_json() -> None:
    value = plan(resource("aws_iam_policy.a", policy='{"a" 1}'))
    text = json.dumps(value)
    column = text.index("1}") + 1
    assert misread(reading(text, "plan.json")) == [
        ("json-syntax-error", f"1:{column}", "expected `:`, found `1`")
    ]


@pytest.mark.parametrize("version", ["0.1", "0.2", "1.0", "1.2", "1.99"])
def test_known_formats(version: str) -> None:
    value = plan(resource("aws_iam_policy.a", policy="{}")) | {"format_version": version}
    assert only(of_plan(value)).value == {}


@pytest.mark.parametrize("version", ["2.0", "10.0", "", "x", None, 1, 1.0, ["1.0"]])
def test_unknown_formats_are_refused(version: Any) -> None:
    value = plan(resource("aws_iam_policy.a", policy="{}")) | {"format_version": version}
    with pytest.raises(InvalidSnapshot) as raised:
        of_plan(value)
    [finding] = raised.value.findings
    assert finding.message == f"the format `{version}` of Terraform's plans and states is not known"
    assert str(finding.location) == "plan.json:1:20"


def test_a_plan_of_nothing() -> None:
    assert of_plan({"format_version": "1.0", "terraform_version": "1.11.4"}).is_empty
    assert of_plan(plan()).is_empty


_ODD = st.recursive(
    st.none() | st.booleans() | st.integers() | st.sampled_from(["aws_iam_policy", "{}", "data"]),
    lambda inner: (
        st.lists(inner, max_size=3)
        | st.dictionaries(
            st.sampled_from(
                [
                    "root_module",
                    "resources",
                    "child_modules",
                    "values",
                    "type",
                    "address",
                    "mode",
                    "policy",
                    "change",
                    "after_unknown",
                    "json",
                    "rule",
                    "inline_policy",
                ]
            ),
            inner,
            max_size=4,
        )
    ),
    max_leaves=20,
)


@given(
    st.fixed_dictionaries(
        {"format_version": st.just("1.0"), "planned_values": _ODD},
        optional={"prior_state": _ODD, "resource_changes": _ODD, "values": _ODD},
    )
)
def test_plans_of_any_shape_are_read(value: Json) -> None:
    for each in lint(of_plan(value), Context()):
        assert 0 <= each.span.start <= each.span.end <= len(each.source.text)


@given(_ODD, st.sampled_from(sorted(TYPES)), _ODD)
def test_resources_of_any_shape_are_read(odd: Any, kind: str, unknown: Any) -> None:
    held = dict.fromkeys(("policy", "rule", "replication_configuration", "resource_tags"), odd)
    value = plan(resource(f"{kind}.a", **held), **changes(f"{kind}.a", unknown))
    for each in lint(of_plan(value), Context()):
        assert 0 <= each.span.start <= each.span.end <= len(each.source.text)


def _plan_of(number: int) -> str:
    """A plan of so many policies and other resources, in modules of modules."""
    text = json.dumps(REPOSITORY)
    many = [resource(f'aws_ecr_repository_policy.a["{n}"]', policy=text) for n in range(number)]
    others = [resource(f'aws_instance.a["{n}"]', tags={"a": "b" * 2000}) for n in range(number)]
    module: Json = {"address": "module.a", "resources": [*many, *others]}
    for _ in range(3):
        module = {"address": "module.b", "child_modules": [module]}
    return json.dumps(plan(modules=(module,)))


def test_reading_a_plan_stays_linear() -> None:
    few, many = _plan_of(50), _plan_of(500)
    assert len(reading(many, "plan.json").documents) == 500
    work = work_of(partial(reading, few, "plan.json"))
    assert work_of(partial(reading, many, "plan.json")) < work * 11


def test_a_plan_is_not_mended() -> None:
    rule = {"rulePriority": 1, "selection": {"storageClass": "standard"}}
    policy = json.dumps({"rules": [rule]})
    found = of_plan(plan(resource("aws_ecr_lifecycle_policy.web", policy=policy)))
    told = [each for each in lint(found, Context()) if each.rule == "explicit-standard"]
    assert [each.changes for each in told] == [()]


def test_blocks_that_there_are_none_of_are_no_empty_lists() -> None:
    rule = {"destination": [{"region": "eu-west-1", "registry_id": "111122223333"}]}
    value = plan(
        resource(
            "aws_ecr_replication_configuration.all",
            replication_configuration=[{"rule": [{**rule, "repository_filter": []}]}],
        ),
        resource(
            "aws_ecr_repository_creation_template.all",
            prefix="ROOT",
            applied_for=["REPLICATION"],
            image_tag_mutability_exclusion_filter=[],
        ),
    )
    assert lint(of_plan(value), Context()) == []
