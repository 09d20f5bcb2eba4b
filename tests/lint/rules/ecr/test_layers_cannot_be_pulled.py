"""Manifests that may be pulled, and layers that may not."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import HERE, ROLE, THERE, document, statement
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "layers-cannot-be-pulled"

MANIFEST, LAYERS = "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"


def halves(one: Any, other: Any) -> dict[str, Any]:
    """The manifest for one principal, the layers for another."""
    return document(
        statement(Action=MANIFEST, Principal=one), statement(Action=LAYERS, Principal=other)
    )


@table(
    trips("by name", grant(Action=MANIFEST), "/Statement/0/Action"),
    trips("by pattern", grant(Action=["ECR:Batch*"]), "/Statement/0/Action"),
    trips(
        "layers are denied",
        document(statement(Action=MANIFEST), statement("Deny", Action=LAYERS)),
        "/Statement/0/Action",
    ),
    passes("both", grant(Action=[MANIFEST, LAYERS])),
    passes("everything", grant(Action="ecr:*")),
    passes("all but deletion", grant(NotAction="ecr:BatchDeleteImage")),
    passes("neither", grant(Action="ecr:DescribeImages")),
    passes("denied", grant(Effect="Deny", Action=MANIFEST)),
    passes(
        "layers in another statement",
        document(statement(Action=MANIFEST), statement(Action="ecr:Get*")),
    ),
    passes("an action is unknown", grant(Action=[MANIFEST, UNKNOWN])),
    passes(
        "another effect is unknown",
        document(statement(Action=MANIFEST), {"Effect": UNKNOWN, "Action": "*"}),
    ),
    passes("a statement is unknown", {"Statement": [statement(Action=MANIFEST), UNKNOWN]}),
    trips("of an identity", allow(Action=MANIFEST), "/Statement/0/Action", kind=Kind.IDENTITY),
    passes(
        "of an identity that gives tags",
        allow(Action=[MANIFEST, "ecr:PutImage"]),
        kind=Kind.IDENTITY,
    ),
    trips(
        "layers for another account",
        halves({"AWS": THERE}, {"AWS": HERE}),
        "/Statement/0/Action",
    ),
    trips(
        "layers for a service",
        halves({"AWS": THERE}, {"Service": "codebuild.amazonaws.com"}),
        "/Statement/0/Action",
    ),
    passes("for somebody in the account", halves({"AWS": HERE}, {"AWS": [THERE, ROLE]})),
    passes("for everybody", halves({"AWS": THERE}, "*")),
    passes("for whom is not known", halves({"AWS": THERE}, {"AWS": [HERE, UNKNOWN]})),
    passes("for an id", halves({"AWS": THERE}, {"AWS": "AIDAEXAMPLE"})),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Action=MANIFEST)) == (
        "`ecr:BatchGetImage` is allowed and `ecr:GetDownloadUrlForLayer` is not: no image can be "
        "pulled; add `ecr:GetDownloadUrlForLayer`"
    )
