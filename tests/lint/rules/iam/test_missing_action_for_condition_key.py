"""A condition on what only another action may set."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, deny, grant, message, passes, table, trips

RULE = "missing-action-for-condition-key"

CREATE, TAG = "ecr:CreateRepository", "ecr:TagResource"
TAGGED = {"StringEquals": {"aws:RequestTag/team": "a"}}


def with_tags(
    *actions: Any, key: str = "aws:RequestTag/team", operator: str = "StringEquals"
) -> Any:
    return allow(Action=list(actions), Condition={operator: {key: "a"}})


@table(
    trips("a repository", with_tags(CREATE), "/Statement/0/Action/0"),
    trips(
        "the keys of tags",
        with_tags("ecr:PutImage", CREATE, key="aws:TagKeys", operator="ForAnyValue:StringEquals"),
        "/Statement/0/Action/1",
    ),
    trips("a public one", with_tags("ecr-public:CreateRepository"), "/Statement/0/Action/0"),
    trips("tags of a session", with_tags("sts:AssumeRole"), "/Statement/0/Action/0"),
    trips(
        "a source identity",
        with_tags("sts:AssumeRole", "sts:TagSession", key="sts:SourceIdentity"),
        "/Statement/0/Action/0",
    ),
    trips(
        "in a trust policy",
        grant(Action="sts:AssumeRole", Condition=TAGGED),
        "/Statement/0/Action",
        kind=Kind.RESOURCE,
    ),
    trips(
        "the other is denied",
        document(
            statement(Action=CREATE, Resource="*", Condition=TAGGED),
            statement("Deny", Action=TAG, Resource="*"),
        ),
        "/Statement/0/Action",
    ),
    passes("both", with_tags(CREATE, TAG)),
    passes("a pattern means both", with_tags(CREATE, "ecr:Tag*")),
    passes(
        "in another statement",
        document(
            statement(Action=CREATE, Resource="*", Condition=TAGGED),
            statement(Action=TAG, Resource="*"),
        ),
    ),
    passes(
        "another statement is unknown", {"Statement": [*with_tags(CREATE)["Statement"], UNKNOWN]}
    ),
    passes("another action is unknown", with_tags(CREATE, UNKNOWN)),
    passes("it may be missing", with_tags(CREATE, operator="StringEqualsIfExists")),
    passes("tags of the resource", with_tags(CREATE, key="aws:ResourceTag/team")),
    passes(
        "a federated user has no source identity",
        with_tags("sts:GetFederationToken", key="sts:SourceIdentity"),
    ),
    passes("it needs no other", with_tags("ecr:TagResource")),
    passes("what it needs sets no tags", with_tags("ecr:PutReplicationConfiguration")),
    passes("no condition", allow(Action=CREATE)),
    passes("it denies", deny(Action=CREATE, Condition=TAGGED)),
    passes("unknown", allow(Action=CREATE, Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    for facts in (OWN, installed()):
        assert Case(case.what, case.document, [], case.kind, {"facts": facts}).places(RULE) == (
            case.expected
        )


def test_message() -> None:
    assert message(RULE, with_tags(CREATE)) == (
        "`ecr:CreateRepository` is allowed with `aws:RequestTag/team`, which takes "
        "`ecr:TagResource` to set; add `ecr:TagResource`"
    )
