"""A variable where there are none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import document, statement
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "variable-unsupported-in-element"

NAME = "${aws:username}"
ACCOUNT = "arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*"


@table(
    trips("in an action", allow(Action=["ecr:*", f"ecr:{NAME}"]), "/Statement/0/Action/1"),
    trips("in NotAction", allow(NotAction=NAME), "/Statement/0/NotAction"),
    trips(
        "in a principal",
        grant(Principal={"AWS": f"arn:aws:iam::111122223333:user/{NAME}"}),
        "/Statement/0/Principal/AWS",
        kind=Kind.REPOSITORY,
    ),
    trips(
        "in a service",
        grant(NotPrincipal={"Service": f"{NAME}.amazonaws.com"}),
        "/Statement/0/NotPrincipal/Service",
        kind=Kind.REPOSITORY,
    ),
    trips("in an account", allow(Resource=ACCOUNT), "/Statement/0/Resource+14"),
    trips(
        "in a region",
        allow(NotResource=[f"arn:aws:ecr:{NAME}:*:a"]),
        "/Statement/0/NotResource/0+12",
    ),
    trips(
        "in the older version too",
        document(statement(Resource=ACCOUNT), version="2008-10-17"),
        "/Statement/0/Resource+14",
    ),
    passes("in a name", allow(Resource=f"arn:aws:ecr:*:*:repository/{NAME}")),
    passes("in a name without fields", allow(Resource=f"arn:aws:s3:::{NAME}/*")),
    passes("in a condition", allow(Condition={"StringEquals": {"aws:ResourceTag/a": NAME}})),
    passes("a dollar", allow(Resource="arn:aws:ecr:*:$a:repository/a")),
    passes("no ARN, which another rule tells", allow(Resource=NAME)),
    passes("unknown", allow(Action=UNKNOWN, Resource=[UNKNOWN])),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, allow(Action=f"ecr:{NAME}")) == (
        "a variable stands in the action `ecr:${aws:username}`; name the action"
    )
    assert message(RULE, allow(Resource=ACCOUNT)) == (
        "a variable stands before the fifth colon of the resource "
        "`arn:aws:ecr:*:${aws:PrincipalAccount}:repository/*`; "
        "write `*` there, and compare the key in a condition"
    )
    user = f"arn:aws:iam::111122223333:user/{NAME}"
    assert message(RULE, grant(Principal={"AWS": user}), Kind.REPOSITORY) == (
        f"a variable stands in the principal `{user}`; "
        "name who is meant, or compare `aws:PrincipalArn` in a condition"
    )
