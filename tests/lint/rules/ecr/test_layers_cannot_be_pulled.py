"""Manifests that may be pulled, and layers that may not."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "layers-cannot-be-pulled"

MANIFEST, LAYERS = "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"


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
    passes("of an identity", grant(Action=MANIFEST), kind=Kind.IDENTITY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Action=MANIFEST)) == (
        "`ecr:BatchGetImage` is allowed and `ecr:GetDownloadUrlForLayer` is not: no image can be "
        "pulled; add `ecr:GetDownloadUrlForLayer`"
    )
