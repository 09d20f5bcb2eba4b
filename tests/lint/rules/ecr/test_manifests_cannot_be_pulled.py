"""Layers that may be pulled, and manifests that may not."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, grant, message, passes, table, trips

RULE = "manifests-cannot-be-pulled"

MANIFEST, LAYERS = "ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"


@table(
    trips("by name", grant(Action=LAYERS), "/Statement/0/Action"),
    trips("by pattern", grant(Action=["ecr:Get*"]), "/Statement/0/Action"),
    trips(
        "manifests are denied",
        document(statement(Action=LAYERS), statement("Deny", Action=MANIFEST)),
        "/Statement/0/Action",
    ),
    passes("both", grant(Action=[MANIFEST, LAYERS])),
    passes("everything", grant(Action="ecr:*")),
    passes("neither", grant(Action="ecr:DescribeImages")),
    passes("denied", grant(Effect="Deny", Action=LAYERS)),
    passes(
        "manifests in another statement",
        document(statement(Action=LAYERS), statement(Action="ecr:Batch*")),
    ),
    passes("an action is unknown", grant(Action=[LAYERS, UNKNOWN])),
    passes("a statement is unknown", {"Statement": [statement(Action=LAYERS), UNKNOWN]}),
    passes("of an identity", grant(Action=LAYERS), kind=Kind.IDENTITY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Action=LAYERS)) == (
        "`ecr:GetDownloadUrlForLayer` is allowed and `ecr:BatchGetImage` is not: no image can be "
        "pulled; add `ecr:BatchGetImage`"
    )
