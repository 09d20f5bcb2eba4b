"""An action that is nothing to the policy's resource."""

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint import Kind
from ecrpolicy.lint.facts import OWN, installed
from tests.lint.tables import Case, allow, grant, message, passes, problems, table, trips

RULE = "unsupported-action-in-policy"


KNOWN = installed()


@table(
    trips("about the registry", grant(Action="ecr:DescribeRegistry"), "/Statement/0/Action"),
    trips(
        "a pattern of such",
        grant(Action=["ecr:PutImage", "ecr:*ReplicationConfiguration"]),
        "/Statement/0/Action/1",
    ),
    trips("of another service", grant(Action="s3:GetObject"), "/Statement/0/Action", facts=KNOWN),
    trips(
        "of another service, without the extra",
        grant(Action="s3:GetObject"),
        "/Statement/0/Action",
        facts=OWN,
    ),
    trips("of the public registry", grant(Action="ecr-public:*"), "/Statement/0/Action"),
    trips(
        "of another service, in a registry policy",
        grant(Action="s3:*", Resource="*"),
        "/Statement/0/Action",
        kind=Kind.REGISTRY,
    ),
    trips(
        "in scope V1",
        grant(Action=["ecr:ReplicateImage", "ecr:PutImage"], Resource="*"),
        "/Statement/0/Action/1",
        kind=Kind.REGISTRY,
        scope="V1",
    ),
    trips(
        "of another service in scope V1, told once",
        grant(Action="s3:*", Resource="*"),
        "/Statement/0/Action",
        kind=Kind.REGISTRY,
        scope="V1",
    ),
    trips(
        "NotAction in scope V1",
        grant(NotAction="ecr:PutImage", Resource="*"),
        "/Statement/0/NotAction (name)",
        kind=Kind.REGISTRY,
        scope="V1",
    ),
    passes("about repositories", grant(Action=["ecr:PutImage", "ecr:*", "ECR:Put*"])),
    passes("all actions", grant(Action=["*", "ecr*:*"])),
    passes(
        "about the registry, in its policy",
        grant(Action="ecr:DescribeRegistry"),
        kind=Kind.REGISTRY,
    ),
    passes("which another rule tells", grant(Action="ecr:GetAuthorizationToken")),
    passes("there is no such action", grant(Action=["ecr:Pull", "ecr-public:Pull"])),
    passes("there is no such service", grant(Action="erc:PutImage"), facts=KNOWN),
    passes(
        "there is no such action in scope V1",
        grant(Action="ecr:Pull"),
        kind=Kind.REGISTRY,
        scope="V1",
    ),
    passes("all that scope V1 knows", grant(Action="ecr:*"), kind=Kind.REGISTRY, scope="V1"),
    passes("in scope V2", grant(Action="ecr:PutImage"), kind=Kind.REGISTRY, scope="V2"),
    passes("no action", grant(Action="PutImage")),
    passes("NotAction", grant(NotAction="s3:*")),
    passes("in an identity-based policy", allow(Action="s3:*"), kind=Kind.IDENTITY),
    passes("unknown", grant(Action=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_what_the_service_stores_is_no_error() -> None:
    for action, severity in (("ecr:DescribeRegistry", Severity.WARNING), ("s3:GetObject", None)):
        [found] = problems(RULE, grant(Action=action), facts=KNOWN)
        assert found.severity is severity


def test_message() -> None:
    assert message(RULE, grant(Action="ecr:DescribeRegistry")) == (
        "`ecr:DescribeRegistry` is nothing that a repository policy has a say in; "
        "delete it, or allow it in a policy of the user or role"
    )
