"""Who may push may also let others in."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint import Kind
from ecrpolicy.snapshot import Registry
from tests.iam.builders import HERE, REPOSITORY, ROLE, THERE
from tests.lint.tables import Case, allow, deny, grant, message, passes, table, trips

RULE = "pusher-controls-policy"
PLACE = "/Statement/0/Action"
PUSH, SET, PUT = "ecr:PutImage", "ecr:SetRepositoryPolicy", "ecr:PutRegistryPolicy"
HOME: dict[str, Any] = {"registry": Registry(HERE, "us-east-1")}


@table(
    trips("by name", grant(Action=[PUSH, SET]), f"{PLACE}/1"),
    trips("everything", grant(Action="ecr:*"), PLACE),
    trips("by pattern", grant(Action=[PUSH, "ecr:*Policy"]), f"{PLACE}/1"),
    trips("to another account", grant(), PLACE, **HOME),
    trips("of a registry", allow(Principal={"AWS": THERE}), PLACE, kind=Kind.REGISTRY),
    trips("an identity's pattern", allow(Action="ecr:Put*"), PLACE, kind=Kind.IDENTITY),
    trips("an identity's name", allow(Action=[PUSH, PUT]), f"{PLACE}/1", kind=Kind.IDENTITY),
    trips("all actions on one repository", allow(Resource=REPOSITORY), PLACE, kind=Kind.IDENTITY),
    trips("beside what is unknown", grant(Action=[UNKNOWN, PUSH, SET]), f"{PLACE}/2"),
    passes("a push", grant(Action=[PUSH, "ecr:*Layer*"])),
    passes("administration", grant(Action=[SET, "ecr:GetRepositoryPolicy"])),
    passes("denied", grant(Effect="Deny")),
    passes(
        "scope V1 has neither",
        allow(Principal={"AWS": THERE}),
        kind=Kind.REGISTRY,
        scope="V1",
    ),
    passes("the registry's policy has no say", grant(Action=[PUSH, PUT])),
    passes("to the account itself", grant(Principal={"AWS": [HERE, ROLE]}), **HOME),
    passes("all but something", grant(NotAction="ecr:DeleteRepository")),
    passes("an administrator", allow(), kind=Kind.IDENTITY),
    passes("an administrator of everything", allow(Action="*"), kind=Kind.IDENTITY),
    passes("it may be all", allow(Action=["ecr:Put*", UNKNOWN]), kind=Kind.IDENTITY),
    passes("a resource is unknown", allow(Resource=[UNKNOWN]), kind=Kind.IDENTITY),
    passes("a limit", allow(Action="ecr:Put*"), kind=Kind.SCP),
    passes("a deny of an identity", deny(Action="ecr:Put*"), kind=Kind.IDENTITY),
    passes("unknown", grant(Action=UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Action=[PUSH, SET])) == (
        "who may push may also change who else may: `ecr:SetRepositoryPolicy` is allowed; allow "
        "it to administrators alone, in a statement of their own"
    )
    assert message(RULE, allow(Action="ecr:Put*"), Kind.IDENTITY) == (
        "who may push may also change who else may: `ecr:Put*` means `ecr:PutRegistryPolicy` too; "
        "name the actions that are meant"
    )
