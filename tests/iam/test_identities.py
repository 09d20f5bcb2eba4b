"""Identities, as `get-account-authorization-details` prints them."""

import json
from typing import Any
from urllib.parse import quote

import pytest

from ecrpolicy import iam
from ecrpolicy.errors import InvalidSnapshot
from tests.iam import accounts
from tests.iam.accounts import allow, people, policy


def _named(identity: iam.Identity | None) -> list[str]:
    assert identity is not None
    return [each.name for each in identity.policies]


def _findings(document: Any) -> list[tuple[str, str]]:
    text = document if isinstance(document, str) else json.dumps(document)
    with pytest.raises(InvalidSnapshot) as caught:
        iam.Identities.parse(text, file="details.json")
    assert all(found.location.line for found in caught.value.findings)
    return [(found.location.pointer, found.message) for found in caught.value.findings]


def test_groups_bring_their_policies() -> None:
    found = people().find(accounts.ALICE)
    assert _named(found) == [
        "policy `create-with-tags` of group `developers`",
        "policy `arn:aws:iam::aws:policy/AmazonEC2ContainerRegistryPowerUser`",
    ]
    assert found is not None
    assert found.tags == {"team": "storefront"}
    assert found.unique_id == "AIDAALICE00000000001"


def test_managed_policies_that_the_document_lacks_are_those_of_the_package() -> None:
    found = people().find(accounts.ALICE)
    assert found is not None
    assert found.policies[1].taken_as == "version v3 of 2019-12-10"
    assert found.missing == ()


def test_what_neither_holds_is_missing() -> None:
    found = people().find(accounts.DAVE)
    assert found is not None
    assert found.missing == ("arn:aws:iam::aws:policy/ReadOnlyAccess",)
    assert found.policies == ()


def test_the_default_version_of_a_boundary_counts() -> None:
    found = people().find(accounts.CAROL)
    assert found is not None
    assert found.boundary is not None
    assert found.boundary.policy.statements[0].sid == "AllButDeletion"


def test_policies_stand_there_as_encoded_text_too() -> None:
    found = people().find(accounts.CI)
    assert _named(found) == ["policy `push-own-team` of role `ci`"]


@pytest.mark.parametrize("encode", [quote, str, lambda text: "\n" + text])
def test_text_need_not_be_encoded(encode: Any) -> None:
    text = encode(json.dumps(policy(allow("ecr:*"))))
    held = {"PolicyName": "p", "PolicyDocument": text}
    found = accounts.user(UserPolicyList=[held]).find(f"arn:aws:iam::{accounts.ACCOUNT}:user/u")
    assert _named(found) == ["policy `p` of user `u`"]


@pytest.mark.parametrize(
    "principal",
    [
        accounts.CI,
        accounts.CI_SESSION,
        accounts.CI_SESSION.replace("/ci/", "/CI/"),
        accounts.CI.replace("/ci", "/Ci"),
    ],
)
def test_a_role_is_found_by_its_sessions_and_in_any_case(principal: str) -> None:
    found = people().find(principal)
    assert found is not None
    assert found.arn == accounts.CI


@pytest.mark.parametrize(
    "principal",
    [
        accounts.ALICE.replace("alice", "Alice"),
        accounts.BOB.replace("office/", ""),
        accounts.CI.replace("build/", ""),
        accounts.CI.replace("build", "Build"),
        f"arn:aws:iam::{accounts.ACCOUNT}:root",
        "arn:aws:iam::000000000000:user/alice",
        "alice",
    ],
)
def test_others_are_not_found(principal: str) -> None:
    assert people().find(principal) is None


def test_a_service_linked_role_is_known_by_its_path() -> None:
    found = people().find(accounts.REPLICATION)
    assert found is not None
    assert found.is_service_linked


def test_several_accounts_stand_together() -> None:
    both = people()
    assert set(both.accounts) == {accounts.ACCOUNT, accounts.PARTNER}
    texts = [accounts.text_of("identities", name) for name in ("storefront", "partner")]
    assert iam.Identities.parse(f"[{','.join(texts)}]") == both


def test_of_the_same_account_both_are_kept() -> None:
    first, second = accounts.user(name="a"), accounts.user(name="b")
    assert [each.name for each in first | second] == ["a", "b"]


def test_the_organizations_policies_have_levels() -> None:
    account = people().accounts[accounts.ACCOUNT]
    assert account.scps is not None
    names = [[each.name for each in level] for level in account.scps]
    assert names == [["SCP 1 of level 1"], ["SCP `guardrails`"]]
    assert account.rcps == ()


def test_without_them_they_are_not_given() -> None:
    account = people().accounts[accounts.PARTNER]
    assert account.scps is None
    assert account.rcps is None


def test_an_account_can_be_empty() -> None:
    found = iam.Identities.parse({"AccountId": accounts.PARTNER, "ManagementAccount": True})
    assert found.accounts[accounts.PARTNER].is_management
    assert list(found) == []


def test_policies_that_nobody_has_are_not_read() -> None:
    document = {
        "UserDetailList": [],
        "Policies": [
            {
                "Arn": "arn:aws:iam::111122223333:policy/odd",
                "PolicyVersionList": [{"Document": {"Nothing": 1}, "IsDefaultVersion": True}],
            }
        ],
    }
    assert list(iam.Identities.parse(document)) == []


def test_a_managed_policy_of_aws_may_be_longer_than_a_customers() -> None:
    arn = "arn:aws:iam::aws:policy/ReadOnlyAccess"
    names = [f"service{number}:Describe*" for number in range(1000)]
    document = {
        "UserDetailList": [
            {"Arn": accounts.DAVE, "AttachedManagedPolicies": [{"PolicyArn": arn}]},
        ],
        "Policies": [
            {
                "Arn": arn,
                "DefaultVersionId": "v9",
                "PolicyVersionList": [{"Document": policy(allow(*names)), "VersionId": "v9"}],
            }
        ],
    }
    assert _named(iam.Identities.parse(document).find(accounts.DAVE)) == [f"policy `{arn}`"]


def test_a_managed_policy_of_several_identities_is_read_once() -> None:
    arn = f"arn:aws:iam::{accounts.ACCOUNT}:policy/shared"
    attached = {"AttachedManagedPolicies": [{"PolicyArn": arn}]}
    version = {"Document": policy(allow("ecr:*")), "IsDefaultVersion": True}
    document = {
        "UserDetailList": [
            {"Arn": accounts.ALICE, **attached},
            {"Arn": accounts.CAROL, "PermissionsBoundary": {"PermissionsBoundaryArn": arn}},
        ],
        "Policies": [{"Arn": arn, "PolicyVersionList": [version]}],
    }
    alice, carol = iam.Identities.parse(document)
    assert _named(alice) == [f"policy `{arn}`"]
    assert carol.boundary is alice.policies[0]


def test_a_group_that_is_not_there_is_missing() -> None:
    found = accounts.user(GroupList=["ghosts"]).find(f"arn:aws:iam::{accounts.ACCOUNT}:user/u")
    assert found is not None
    assert found.missing == ("group ghosts",)


@pytest.mark.parametrize(
    ("document", "pointer", "message"),
    [
        ("{", "", "the end of the text"),
        ("[]x", "", ""),
        ({"Users": []}, "", "nothing here tells of users or roles"),
        ({"UserDetailList": {}}, "/UserDetailList", "expected a list, found `{}`"),
        ({"UserDetailList": [1]}, "/UserDetailList/0", "expected an object, found `1`"),
        ({"UserDetailList": [{}]}, "/UserDetailList/0", "the member `Arn` is missing"),
        ({"UserDetailList": [{"Arn": 7}]}, "/UserDetailList/0/Arn", "expected a string, found `7`"),
        (
            {"UserDetailList": [{"Arn": accounts.ALICE, "GroupList": ["a", 7]}]},
            "/UserDetailList/0/GroupList/1",
            "expected a string, found `7`",
        ),
        (
            {"UserDetailList": [{"Arn": accounts.ALICE, "PermissionsBoundary": "limit"}]},
            "/UserDetailList/0/PermissionsBoundary",
            "expected an object, found `limit`",
        ),
        (
            {"UserDetailList": [{"Arn": accounts.ALICE, "UserPolicyList": [{"PolicyName": "p"}]}]},
            "/UserDetailList/0/UserPolicyList/0",
            "the member `PolicyDocument` is missing",
        ),
        (
            {"AccountId": "111122223333", "ServiceControlPolicies": [[{"Policy": 7}]]},
            "/ServiceControlPolicies/0/0",
            "expected a policy, found `7`",
        ),
        (
            {"UserDetailList": [{"Arn": "arn:aws:iam::1:user/a"}]},
            "/UserDetailList/0/Arn",
            "`arn:aws:iam::1:user/a` is no ARN of a user",
        ),
        (
            {"RoleDetailList": [{"Arn": accounts.ALICE}]},
            "/RoleDetailList/0/Arn",
            f"`{accounts.ALICE}` is no ARN of a role",
        ),
        (
            {"UserDetailList": [], "IsTruncated": True},
            "/IsTruncated",
            "the listing stops half-way: there are more identities",
        ),
        ({"AccountId": "12"}, "/AccountId", "`12` is no account"),
        (
            {"AccountId": "111122223333", "ServiceControlPolicies": [{}]},
            "/ServiceControlPolicies/0",
            "expected a list, found `{}`",
        ),
        (
            {"AccountId": "111122223333", "ServiceControlPolicies": [[{"Statement": []}]]},
            "/ServiceControlPolicies/0/0/Statement",
            "the policy has no statements",
        ),
    ],
)
def test_what_is_wrong_is_said_where_it_is(document: Any, pointer: str, message: str) -> None:
    found = _findings(document)
    assert found[0][0] == pointer
    assert message in found[0][1]


def _with_inline(held: object) -> dict[str, Any]:
    inline = {"PolicyName": "p", "PolicyDocument": held}
    return {"UserDetailList": [{"Arn": accounts.ALICE, "UserPolicyList": [inline]}]}


def test_a_policy_within_is_complained_about_where_it_stands() -> None:
    place = "/UserDetailList/0/UserPolicyList/0/PolicyDocument"
    odd = policy({"Effect": "Alow", "Action": "ecr:*", "Resource": "*"})
    assert _findings(_with_inline(odd)) == [(f"{place}/Statement/0/Effect", "`Alow` is no effect")]
    encoded = _findings(_with_inline(quote(json.dumps(odd))))
    assert encoded == [(f"{place}/Statement/0/Effect", "`Alow` is no effect")]
    assert _findings(_with_inline("%7B"))[0][0] == place
    assert _findings(_with_inline(7)) == [(place, "expected a policy, found `7`")]


def test_control_characters_are_escaped() -> None:
    [(_, message)] = _findings({"UserDetailList": [{"Arn": "\x1b[2J"}]})
    assert message == r"`\x1b[2J` is no ARN of a user"


def test_all_complaints_are_told_up_to_a_limit() -> None:
    assert len(_findings({"UserDetailList": [{}, {}, {}]})) == 3
    assert len(_findings({"UserDetailList": [{}] * 100})) == 20
