"""A value of another JSON type than it must have."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "data-type-mismatch"


@table(
    trips("the policy", [], ""),
    trips("the version", {**allow(), "Version": 2012}, "/Version"),
    trips("a statement", {"Statement": [allow()["Statement"][0], "x"]}, "/Statement/1"),
    trips("all statements", {"Statement": "x"}, "/Statement"),
    trips("an effect", allow(Effect=["Allow"]), "/Statement/0/Effect"),
    trips("an action", allow(Action=["ecr:*", 7]), "/Statement/0/Action/1"),
    trips("all actions", allow(Action={}), "/Statement/0/Action"),
    trips("a resource", allow(Resource=None), "/Statement/0/Resource"),
    trips("conditions", allow(Condition=["x"]), "/Statement/0/Condition"),
    trips("the keys of an operator", allow(Condition={"Bool": "x"}), "/Statement/0/Condition/Bool"),
    trips(
        "the value of a key",
        allow(Condition={"Bool": {"aws:SecureTransport": {}}}),
        "/Statement/0/Condition/Bool/aws:SecureTransport",
    ),
    trips(
        "accounts",
        grant(Principal={"AWS": [111122223333]}),
        "/Statement/0/Principal/AWS/0",
        kind=Kind.REPOSITORY,
    ),
    passes("one value in place of a list", allow(Action="ecr:*")),
    passes("a boolean in a condition", allow(Condition={"Bool": {"aws:SecureTransport": True}})),
    passes("a number in a condition", allow(Condition={"NumericEquals": {"s3:max-keys": 1}})),
    passes("a principal, which another rule tells", grant(Principal=[]), kind=Kind.REPOSITORY),
    passes("unknown", {"Version": UNKNOWN, "Statement": [UNKNOWN]}),
    passes("unknown elements", allow(Effect=UNKNOWN, Action=[UNKNOWN], Condition=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, allow(Action=["ecr:*", 7])) == "expected a string, found a number"
