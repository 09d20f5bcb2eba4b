"""A service that knows no RCPs."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, allow, deny, message, passes, table, trips

RULE = "rcp-syntax-error-action"


def refusing(*actions: Any) -> dict[str, Any]:
    return deny(Principal="*", Action=list(actions))


@table(
    trips("one of two", refusing("ecr:*", "ec2:RunInstances"), "/Statement/0/Action/1"),
    trips("it exists", refusing("ec2:*"), "/Statement/0/Action/0", facts=installed()),
    trips("a pattern", refusing("ec2*:*"), "/Statement/0/Action/0"),
    trips("beside what is unknown", refusing(UNKNOWN, "ec2:*"), "/Statement/0/Action/1"),
    passes("known", refusing("ecr:*", "S3:PutObject", "sts:AssumeRole")),
    passes("a pattern that means a known one", refusing("ec*:*", "?3:*")),
    trips("everything", refusing("ecr:*", "*"), "/Statement/0/Action/1"),
    passes("everything, as AWS itself allows it", allow(Principal="*", Action="*")),
    passes("whether it denies is unknown", allow(Effect=UNKNOWN, Principal="*", Action="*")),
    passes("no service, which another rule tells", refusing("PutObject")),
    passes("no such service, which another rule tells", refusing("ec3:*"), facts=installed()),
    passes("NotAction, which another rule tells", deny(Principal="*", NotAction="ec2:*")),
    passes("unknown", refusing(UNKNOWN)),
    passes("in an SCP", deny(Action="ec2:*"), kind=Kind.SCP),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, refusing("*")) == (
        "`*` names no service that knows resource control policies; name them, such as `ecr:*`"
    )
    assert message(RULE, refusing("ec2:*")) == (
        "no service that knows resource control policies is called `ec2`; "
        "delete it, or write a service control policy"
    )
