"""What kind of document a value is taken for, and why."""

from typing import Any

import pytest

from ecrpolicy.lint import Kind
from ecrpolicy.lint.recognise import Recognised, forced, is_likely, recognise
from tests.iam.builders import REPOSITORY, THERE, document, statement

RULE = {"rulePriority": 1, "selection": {}, "action": {}}
POLICY = document(statement(Resource="*"))


def kind_of(value: Any, file: str = "policy.json") -> str | None:
    """The kind of the only document, and why it was taken for it."""
    found = recognise(value, file)
    if not found:
        return None
    [only] = found
    assert only.path == ()
    return f"{only.kind}: {only.why}" if only.why else str(only.kind)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"rules": [RULE]}, "lifecycle"),
        ({"rules": [{"rulePriority": 1}]}, "lifecycle"),
        ({"rules": [{"destinations": []}]}, "replication"),
        ({"rules": [{"scanFrequency": "MANUAL"}]}, "scanning"),
        ({"scanType": "BASIC"}, "scanning"),
        ({"scanType": "BASIC", "rules": []}, "scanning"),
        ({"pullThroughCacheRules": []}, "caching"),
        ({"repositoryCreationTemplates": []}, "templates"),
        ({"rules": []}, None),
        ({"rules": [{"files": "*.py"}]}, None),
        ({"rules": {"a": 1}}, None),
        ({"name": "app", "version": "1.0.0"}, None),
        ({"Statement": "hello"}, None),
        ({"Version": "2012-10-17"}, "identity: no statement has a principal"),
        ({"Version": "2012-10-17", "name": "app", "x": 1}, None),
        ([], None),
        ([POLICY], None),
        ("text", None),
        (None, None),
    ],
)
def test_by_content(value: Any, expected: str | None) -> None:
    assert kind_of(value) == expected


@pytest.mark.parametrize(
    ("elements", "expected"),
    [
        ({"Resource": "*"}, "identity: no statement has a principal"),
        ({}, "repository: its actions are those of Amazon ECR, without a resource"),
        ({"Action": "*"}, "identity: no statement has a principal"),
        ({"Principal": "*"}, "repository: it has principals and no resources"),
        (
            {"Principal": {"AWS": THERE}, "Action": "ecr:ReplicateImage", "Resource": REPOSITORY},
            "registry: its actions are those of a registry policy",
        ),
        (
            {"Principal": {"AWS": THERE}, "Action": "ecr:PutImage", "Resource": REPOSITORY},
            "registry: it has principals and names repositories",
        ),
        (
            {"Principal": {"AWS": THERE}, "Action": "ecr:PutImage", "Resource": "*"},
            "repository: it has principals, and its actions are those of Amazon ECR",
        ),
        (
            {"Principal": "*", "Action": "ecr:PutImage", "Resource": REPOSITORY},
            "endpoint: it is for everybody, and names repositories",
        ),
        (
            {"Principal": "*", "Action": "*", "Resource": "*"},
            "endpoint: it is for everybody, and names resources",
        ),
        (
            {"Effect": "Deny", "Principal": "*", "Action": "ecr:*", "Resource": "*"},
            "rcp: it denies to everybody, and names resources",
        ),
        (
            {"Principal": {"Service": "ec2.amazonaws.com"}, "Action": "sts:AssumeRole"},
            "resource: its actions are not those of Amazon ECR",
        ),
        (
            {"Principal": {"AWS": THERE}, "Action": ["ecr:*", "s3:*"], "Resource": "*"},
            "resource: its actions are of several services",
        ),
    ],
)
def test_iam_style_policies(elements: dict[str, Any], expected: str) -> None:
    assert kind_of(document(statement(**elements))) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("scp-ecr.json", "scp: the name of the file says `scp`"),
        ("a/scps/deny.json", "scp: the name of the file says `scps`"),
        (r"a\scps\deny.json", "scp: the name of the file says `scps`"),
        ("boundary.json", "boundary: the name of the file says `boundary`"),
        ("session/x.json", "identity: no statement has a principal"),
        ("repository-policy.json", "identity: no statement has a principal"),
        ("rcp.json", "identity: no statement has a principal"),
        ("escape.json", "identity: no statement has a principal"),
    ],
)
def test_names_of_files_tell_kinds_without_principals(file: str, expected: str) -> None:
    assert kind_of(POLICY, file) == expected


@pytest.mark.parametrize(
    ("file", "expected"),
    [
        ("rcp.json", "rcp: the name of the file says `rcp`"),
        ("vpce/ecr.json", "endpoint: the name of the file says `vpce`"),
        ("registry-policy.json", "registry: the name of the file says `registry`"),
        ("registry/policy.json", "endpoint: it is for everybody, and names resources"),
        ("my-repo.json", "repository: the name of the file says `repo`"),
        ("trust.json", "resource: the name of the file says `trust`"),
        ("scp.json", "endpoint: it is for everybody, and names resources"),
    ],
)
def test_names_of_files_tell_kinds_with_principals(file: str, expected: str) -> None:
    value = document(statement(Principal="*", Action="*", Resource="*"))
    assert kind_of(value, file) == expected


def test_a_registry_policy_names_resources_whatever_its_file_is_called() -> None:
    value = document(statement(Principal="*"))
    expected = "repository: it has principals and no resources"
    assert kind_of(value, "registry-policy.json") == expected


@pytest.mark.parametrize("word", ["lifecycle", "replication", "scanning"])
def test_no_rules_are_of_the_kind_that_the_name_tells(word: str) -> None:
    assert recognise({"rules": []}, f"{word}.json")[0].kind is Kind(word)
    assert recognise({"rules": [], "other": 1}, f"{word}.json") == ()


def test_the_members_of_a_policy_in_any_case() -> None:
    value = {"version": "2012-10-17", "statement": [{"effect": "Allow", "action": "ecr:*"}]}
    assert recognise(value)[0].kind in (Kind.IDENTITY, Kind.REPOSITORY)


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ({"lifecyclePolicyText": "{}"}, [(Kind.LIFECYCLE, "/lifecyclePolicyText", True)]),
        (
            {"registryId": "1", "repositoryName": "a", "policyText": "{}"},
            [(Kind.REPOSITORY, "/policyText", True)],
        ),
        ({"registryId": "1", "policyText": "{}"}, [(Kind.REGISTRY, "/policyText", True)]),
        (
            {"registryId": "1", "replicationConfiguration": {"rules": []}},
            [(Kind.REPLICATION, "/replicationConfiguration", False)],
        ),
        (
            {"registryId": "1", "scanningConfiguration": {"rules": []}},
            [(Kind.SCANNING, "/scanningConfiguration", False)],
        ),
        (
            {"PolicyVersion": {"Document": POLICY}},
            [(Kind.IDENTITY, "/PolicyVersion/Document", False)],
        ),
        (
            {"RoleName": "a", "PolicyName": "b", "PolicyDocument": POLICY},
            [(Kind.IDENTITY, "/PolicyDocument", False)],
        ),
        (
            {"Role": {"AssumeRolePolicyDocument": POLICY}},
            [(Kind.RESOURCE, "/Role/AssumeRolePolicyDocument", False)],
        ),
        (
            {"Policy": {"PolicySummary": {"Type": "SERVICE_CONTROL_POLICY"}, "Content": "{}"}},
            [(Kind.SCP, "/Policy/Content", True)],
        ),
        (
            {"Policy": {"PolicySummary": {"Type": "RESOURCE_CONTROL_POLICY"}, "Content": "{}"}},
            [(Kind.RCP, "/Policy/Content", True)],
        ),
        ({"Policy": {"PolicySummary": {"Type": "TAG_POLICY"}, "Content": "{}"}}, []),
        ({"Policy": '{"Effect": 1}'}, [(Kind.RESOURCE, "/Policy", True)]),
        ({"Policy": "strict"}, []),
        (
            {"VpcEndpoints": [{"PolicyDocument": "{}"}, {}]},
            [(Kind.ENDPOINT, "/VpcEndpoints/0/PolicyDocument", True)],
        ),
        (
            {
                "registryPolicyText": "{}",
                "repositories": [{"policyText": "{}", "lifecyclePolicyText": "{}"}, None],
            },
            [
                (Kind.REGISTRY, "/registryPolicyText", True),
                (Kind.REPOSITORY, "/repositories/0/policyText", True),
                (Kind.LIFECYCLE, "/repositories/0/lifecyclePolicyText", True),
            ],
        ),
        (
            {
                "RoleDetailList": [
                    {
                        "AssumeRolePolicyDocument": POLICY,
                        "RolePolicyList": [{"PolicyDocument": POLICY}],
                    },
                    1,
                ],
                "Policies": [
                    {
                        "PolicyVersionList": [
                            {"Document": POLICY, "IsDefaultVersion": False},
                            {"Document": POLICY, "IsDefaultVersion": True},
                        ]
                    }
                ],
            },
            [
                (Kind.IDENTITY, "/RoleDetailList/0/RolePolicyList/0/PolicyDocument", False),
                (Kind.RESOURCE, "/RoleDetailList/0/AssumeRolePolicyDocument", False),
                (Kind.IDENTITY, "/Policies/0/PolicyVersionList/1/Document", False),
            ],
        ),
        ({"policyText": None, "lifecyclePolicyText": ""}, []),
        ({"policyText": 1}, []),
    ],
)
def test_answers_of_the_aws_cli(value: Any, expected: list[tuple[Kind, str, bool]]) -> None:
    found = recognise(value)
    places = ["".join(f"/{token}" for token in each.path) for each in found]
    assert [
        (each.kind, place, each.is_text) for each, place in zip(found, places, strict=True)
    ] == expected


def test_templates_hold_policies() -> None:
    held = {"repositoryPolicy": "{}", "lifecyclePolicy": "{}"}
    found = recognise({"repositoryCreationTemplates": [held]})
    assert [each.kind for each in found] == [Kind.TEMPLATES, Kind.REPOSITORY, Kind.LIFECYCLE]


def test_the_scope_of_a_registry_policy_is_told_beside_it() -> None:
    [found] = recognise({"registryPolicyText": "{}", "registryPolicyScope": "V1"})
    assert found.scope == "V1"


def test_a_kind_that_somebody_names() -> None:
    assert forced((), Kind.SCP) == (Recognised(Kind.SCP),)
    [found] = forced(recognise({"policyText": "{}"}), Kind.REGISTRY)
    assert (found.kind, found.path, found.why) == (Kind.REGISTRY, ("policyText",), None)
    [whole] = forced(recognise({"policyText": "{}"}), Kind.SCANNING)
    assert (whole.kind, whole.path) == (Kind.SCANNING, ())


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ('{"Statement": [{"Effect": "Allow"]}', True),
        ('{"rules": [{"rulePriority": 1,}]}', True),
        ('{// comments\n"compilerOptions": {}}', False),
    ],
)
def test_texts_that_were_to_be_documents(text: str, expected: bool) -> None:
    assert is_likely(text) is expected
