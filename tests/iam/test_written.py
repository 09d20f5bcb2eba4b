"""From the model of a policy back to its document."""

from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.iam import Kind
from tests.iam.builders import HERE, REPOSITORY, SERVICE, THERE, USER

_DOCUMENTS: dict[str, tuple[Kind, dict[str, Any]]] = {
    "everything": (
        Kind.RESOURCE,
        {
            "Version": "2012-10-17",
            "Id": "all",
            "Statement": [
                {
                    "Sid": "One",
                    "Effect": "Allow",
                    "Principal": {"AWS": [HERE, USER], "Service": SERVICE},
                    "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
                    "Resource": REPOSITORY,
                    "Condition": {
                        "StringEquals": {"aws:PrincipalOrgID": "o-a1b2c3d4e5", "a:b": ["c", "d"]},
                        "ForAnyValue:StringLikeIfExists": {"aws:TagKeys": "team*"},
                    },
                },
                {
                    "Effect": "Deny",
                    "NotPrincipal": {"AWS": THERE},
                    "NotAction": "ecr:Get*",
                    "NotResource": ["*", REPOSITORY],
                },
            ],
        },
    ),
    "no principal": (
        Kind.IDENTITY,
        {"Statement": [{"Effect": "Allow", "Action": "ecr:*", "Resource": "*"}]},
    ),
    "no version": (
        Kind.REPOSITORY,
        {"Statement": [{"Effect": "Allow", "Principal": "*", "Action": "ecr:*"}]},
    ),
}


@pytest.mark.parametrize(("kind", "document"), _DOCUMENTS.values(), ids=_DOCUMENTS)
def test_a_document_comes_back_as_it_was(kind: Kind, document: dict[str, Any]) -> None:
    policy = iam.parse(document, kind=kind)
    assert policy.document() == document
    assert iam.parse(policy.document(), kind=kind) == policy


def test_several_ways_to_write_a_policy_become_one() -> None:
    policy = iam.parse(
        {
            "Statement": {
                "Effect": "Allow",
                "Principal": {"AWS": ["*"]},
                "Action": ["ecr:*"],
                "Condition": {"Bool": {"aws:SecureTransport": True}},
            }
        },
        kind=Kind.REPOSITORY,
    )
    assert policy.document() == {
        "Statement": [
            {
                "Effect": "Allow",
                "Principal": "*",
                "Action": "ecr:*",
                "Condition": {"Bool": {"aws:SecureTransport": "true"}},
            }
        ]
    }
