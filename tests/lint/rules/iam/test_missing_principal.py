"""A statement that does not say whom it is about."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.iam.builders import THERE, document, statement
from tests.lint.tables import (
    Case,
    allow,
    deny,
    fixed,
    grant,
    message,
    passes,
    problems,
    table,
    trips,
)

RULE = "missing-principal"


NOBODY = document(statement())


@table(
    trips("in a repository policy", NOBODY, "/Statement/0"),
    trips("in a registry policy", allow(), "/Statement/0", kind=Kind.REGISTRY),
    trips("in another policy of a resource", NOBODY, "/Statement/0", kind=Kind.RESOURCE),
    trips("in an RCP", deny(), "/Statement/0", kind=Kind.RCP),
    passes("Principal", grant()),
    passes("NotPrincipal", grant(NotPrincipal={"AWS": THERE})),
    passes("an endpoint policy may have none", allow(), kind=Kind.ENDPOINT),
    passes("in an identity-based policy", allow(), kind=Kind.IDENTITY),
    passes("unknown", grant(Principal=UNKNOWN)),
    passes("the statement is unknown", {"Statement": [UNKNOWN]}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, NOBODY) == (
        "the statement has neither `Principal` nor `NotPrincipal`; say whom it is about"
    )


def test_fix() -> None:
    assert fixed(RULE, deny(), Kind.RCP) == deny(Principal="*")
    assert problems(RULE, NOBODY)[0].fix == ()
