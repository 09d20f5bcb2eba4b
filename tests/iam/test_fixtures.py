"""The hand-worked cases of `fixtures/cases/iam`."""

import json
from pathlib import Path
from typing import Any

import pytest

from ecrpolicy import iam
from ecrpolicy.errors import InvalidPolicy
from ecrpolicy.iam import Kind, Policy, PolicySet, Request

_FOLDER = Path(__file__).parent.parent.parent / "fixtures" / "cases" / "iam"

# How a case names what a request knows under other names than we do.
_MEMBERS = {
    "resourceAccount": "resource_account",
    "serviceLinkedRole": "service_linked_role",
    "principalInManagementAccount": "principal_in_management_account",
    "resourceInManagementAccount": "resource_in_management_account",
    "principalTags": "principal_tags",
    "resourceTags": "resource_tags",
}

# Cases about values that are malformed in a policy: this library refuses the policy, as it would
# refuse every document whose meaning nobody can have wanted.
REFUSED = {
    "match-resource-question-is-no-colon",
    "ip-malformed-policy",
    "ip-malformed-alike",
    "ip-not-malformed-policy",
    "ip-malformed-beside-good",
    "principal-wildcard-user",
    "principal-wildcard-role",
    "principal-wildcard-question",
    "principal-wildcard-deny",
    "variable-not-in-ip-operators",
}


def _cases() -> list[Any]:
    found = []
    for file in sorted(_FOLDER.glob("*.json")):
        held = json.loads(file.read_text("utf-8"))
        found += [pytest.param(case, held["policies"], id=case["name"]) for case in held["cases"]]
    return found


def _policies(given: dict[str, Any], named: dict[str, Any]) -> PolicySet:
    def read(document: dict[str, Any], kind: Kind) -> Policy:
        return iam.parse(named[document["$ref"]] if "$ref" in document else document, kind=kind)

    def several(name: str, kind: Kind) -> tuple[Policy, ...]:
        return tuple(read(each, kind) for each in given.get(name, ()))

    def levels(name: str, kind: Kind) -> tuple[tuple[Policy, ...], ...]:
        return tuple(tuple(read(each, kind) for each in level) for level in given.get(name, ()))

    def one(name: str, kind: Kind) -> Policy | None:
        return read(given[name], kind) if given.get(name) else None

    resource = [one("repository", Kind.REPOSITORY), one("registry", Kind.REGISTRY)]
    return PolicySet(
        identity=several("identity", Kind.IDENTITY),
        resource=(
            *(policy for policy in resource if policy is not None),
            *several("resource", Kind.RESOURCE),
        ),
        boundary=one("boundary", Kind.BOUNDARY),
        session=several("session", Kind.SESSION),
        scps=levels("scps", Kind.SCP),
        rcps=levels("rcps", Kind.RCP),
        endpoint=one("endpoint", Kind.ENDPOINT),
        registry_scope=given.get("registryScope", "V2"),
    )


@pytest.mark.parametrize(("case", "named"), _cases())
def test_a_case_is_decided_as_worked_out(case: dict[str, Any], named: dict[str, Any]) -> None:
    asked = {_MEMBERS.get(name, name): value for name, value in case["request"].items()}
    if case["name"] in REFUSED:
        with pytest.raises(InvalidPolicy):
            _policies(case["policies"], named)
        return
    policies = _policies(case["policies"], named)
    decision = iam.authorize(Request(**asked), policies)
    assert decision.effect == case["expected"]["effect"], decision.explain().text()
