"""All actions, in a registry policy that knows three."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, message, passes, table, trips

RULE = "all-actions-in-scope-v1"
V1: dict[str, Any] = {"scope": "V1"}


@table(
    trips("all", allow(Principal="*"), "/Statement/0/Action", **V1),
    trips("in other letters", allow(Action=["ECR:*"]), "/Statement/0/Action/0", **V1),
    trips("denied", allow(Effect="Deny", Action=[UNKNOWN, "ecr:*"]), "/Statement/0/Action/1", **V1),
    passes("by name", allow(Action="ecr:ReplicateImage"), **V1),
    passes("what is refused", allow(Action=["*", "ecr:Put*"]), **V1),
    passes("scope V2", allow(), scope="V2"),
    passes("a scope that is not known", allow()),
    passes("of a repository", allow(), kind=Kind.REPOSITORY, **V1),
    passes("unknown", allow(Action=UNKNOWN), **V1),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(), scope="V1") == (
        "`ecr:*` means `ecr:ReplicateImage`, `ecr:BatchImportUpstreamImage` and "
        "`ecr:CreateRepository` alone, in scope V1; name those of them that are meant, or go over "
        "to scope V2"
    )
