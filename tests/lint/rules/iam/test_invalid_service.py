"""A service of an ARN that there is not."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, grant, message, passes, table, trips

RULE = "invalid-service"


KNOWN = installed()


def of(service: str) -> dict[str, Any]:
    return allow(Resource=f"arn:aws:{service}:us-east-1:111122223333:a")


@table(
    trips("misspelled", of("ecrr"), "/Statement/0/Resource+8", facts=KNOWN),
    trips("in capitals", of("ECRR"), "/Statement/0/Resource+8", facts=KNOWN),
    trips("none", of(""), "/Statement/0/Resource+8", facts=KNOWN),
    trips("none, without the extra", of(""), "/Statement/0/Resource+8", facts=OWN),
    trips(
        "it ends early",
        allow(NotResource=["arn:aws:nothing:*"]),
        "/Statement/0/NotResource/0+8",
        facts=KNOWN,
    ),
    passes("misspelled, without the extra", of("ecrr"), facts=OWN),
    passes("one that there is", of("s3"), facts=KNOWN),
    passes("in capitals, which another rule tells", of("S3"), facts=KNOWN),
    passes("it stands in ARNs alone", of("catalog"), facts=KNOWN),
    passes("a pattern", of("ecrr*"), facts=KNOWN),
    passes("everything", allow(Resource="arn:*"), facts=KNOWN),
    passes("in a repository policy", grant(Resource="arn:aws::::"), kind=Kind.REPOSITORY),
    passes("unknown", allow(Resource=UNKNOWN), facts=KNOWN),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_messages() -> None:
    assert message(RULE, allow(Resource="arn:aws:ecrr:*"), facts=KNOWN) == (
        "`ecrr` in the resource `arn:aws:ecrr:*` is no service; write `ecr`"
    )
    assert message(RULE, allow(Resource="arn:aws::*"), facts=KNOWN) == (
        "the resource `arn:aws::*` names no service; write it between the second and the third "
        "colon"
    )
    assert message(RULE, allow(Resource="arn:aws:zzzzzz:*"), facts=KNOWN).endswith(
        "; write the prefix of the service's actions"
    )
