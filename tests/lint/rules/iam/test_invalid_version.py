"""A version that is none."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-version"


@table(
    trips("today", {**allow(), "Version": "2026-01-31"}, "/Version"),
    trips("empty", {**allow(), "Version": ""}, "/Version"),
    trips("in a repository policy", {**grant(), "Version": "1"}, "/Version", kind=Kind.REPOSITORY),
    passes("the newer one", allow()),
    passes("the older one", {**allow(), "Version": "2008-10-17"}),
    passes("none", {"Statement": allow()["Statement"]}),
    passes("a number, which another rule tells", {**allow(), "Version": 2012}),
    passes("unknown", {**allow(), "Version": UNKNOWN}),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, {**allow(), "Version": "2026-01-31"}) == (
        "`2026-01-31` is no version of the policy language; write `2012-10-17` or `2008-10-17`"
    )
