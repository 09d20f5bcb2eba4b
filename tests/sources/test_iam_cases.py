"""Requests and their policies from documents."""

import json

from ecrpolicy.iam import Kind
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_cases import read_case
from tests.cli.iam_documents import ALICE, APP, PULL, case, everybody, policy


def source(value: object, file: str = "c.json") -> Source:
    text = value if isinstance(value, str) else json.dumps(value)
    return Source(text.encode(), file)


def test_every_member_is_read() -> None:
    whole = case(policy(), name="a", effect="DENY")
    whole["request"] |= {
        "context": {"aws:a": ["1", "2"], "aws:b": True},
        "resourceAccount": "444455556666",
        "principalTags": {"k": "v"},
        "resourceInManagementAccount": True,
    }
    resource = policy(everybody(action=PULL))
    anywhere = policy(everybody(Resource="*"))
    whole["policies"] |= {
        "repository": resource,
        "registry": anywhere,
        "resource": [anywhere],
        "boundary": policy(),
        "session": [policy()],
        "scps": [[policy()], []],
        "rcps": [[policy(everybody("Deny", "ecr:PutImage", Resource="*"))]],
        "endpoint": anywhere,
    }
    found = read_case(source(whole))
    assert (found.name, found.expected) == ("a", "DENY")
    request, policies = found.request, found.policies
    assert policies is not None
    assert (request.principal, request.action, request.resource) == (ALICE, PULL, APP)
    assert (request.values["aws:a"], request.values["aws:b"]) == (("1", "2"), ("true",))
    assert request.resource_account == "444455556666"
    assert request.resource_in_management_account
    kinds = [each.kind for each in policies.resource]
    assert kinds == [Kind.REPOSITORY, Kind.REGISTRY, Kind.RESOURCE]
    assert [len(level) for level in policies.scps] == [1, 0]
    assert policies.boundary
    assert policies.endpoint
    assert policies.session
    assert policies.rcps
