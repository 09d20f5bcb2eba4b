"""A resource of a registry policy that is no repository."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, REPOSITORY
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "unsupported-resource-arn-in-policy"

OURS = f"arn:aws:ecr:us-east-1:{HERE}"


def about(resource: Any, name: str = "Resource") -> dict[str, Any]:
    return grant(**{name: resource})


@table(
    trips("of another service", about("arn:aws:s3:::bucket"), "/Statement/0/Resource"),
    trips(
        "a public repository",
        about(f"arn:aws:ecr-public::{HERE}:repository/a"),
        "/Statement/0/Resource",
    ),
    trips("another type", about(["*", f"{OURS}:repo/a"]), "/Statement/0/Resource/1"),
    trips("no type", about(f"{OURS}:team/a"), "/Statement/0/Resource"),
    trips("the type alone", about(f"{OURS}:repository"), "/Statement/0/Resource"),
    trips("in NotResource", about(f"{OURS}:image/*", "NotResource"), "/Statement/0/NotResource"),
    passes("everything", about("*")),
    passes("a repository", about(REPOSITORY)),
    passes(
        "with wildcards",
        about([f"{OURS}:repository/*", f"{OURS}:rep*", f"{OURS}:*", f"{OURS}:?epository/a"]),
    ),
    passes("wildcards in the fields", about("arn:*:e?r:*:*:repository/a")),
    passes("it runs on", about(["arn:aws:ecr:*", "arn:aws:e*:*:*:repository/a"])),
    passes("a variable", about(f"{OURS}:repository/${{aws:PrincipalTag/team}}/*")),
    passes("no ARN, which another rule tells", about("team/a")),
    passes("unknown", about([UNKNOWN])),
    passes("of an identity", about("arn:aws:s3:::bucket"), kind=Kind.IDENTITY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, about("arn:aws:s3:::bucket")) == (
        "the resource `arn:aws:s3:::bucket` is no repository of Amazon ECR; "
        "write `arn:aws:ecr:REGION:ACCOUNT:repository/NAME`, with `*` where need be"
    )
