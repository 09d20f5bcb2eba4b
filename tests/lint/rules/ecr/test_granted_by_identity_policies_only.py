"""Actions that a policy of a repository or a registry has no say in."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.iam import PolicySet
from ecrpolicy.lint import Kind
from tests.iam.builders import FOREIGN_USER, HERE, USER, request
from tests.lint.tables import Case, allow, fixed, grant, message, passes, problems, table, trips

RULE = "granted-by-identity-policies-only"
TOKEN, CACHE = "ecr:GetAuthorizationToken", "ecr:CreatePullThroughCacheRule"
PLACE = "/Statement/0/Action"


@table(
    trips("by name", grant(Action=TOKEN), PLACE),
    trips("in other letters", grant(Action=["ECR:getauthorizationtoken"]), f"{PLACE}/0"),
    trips("both", grant(Action=[TOKEN, "ecr:PutImage", CACHE]), f"{PLACE}/0", f"{PLACE}/2"),
    trips("by pattern", grant(Action="ecr:GetAuth*"), PLACE),
    trips("denied", grant(Effect="Deny", Action=TOKEN), PLACE),
    trips("in a registry policy", grant(Action=TOKEN), PLACE, kind=Kind.REGISTRY),
    trips("beside what is unknown", grant(Action=[UNKNOWN, TOKEN]), f"{PLACE}/1"),
    passes("a pattern that means others", grant(Action=["ecr:Get*", "ecr:*", "*"])),
    passes("a pattern that means none", grant(Action="ecr:GetAuthorized*")),
    passes("of the public service", grant(Action="ecr-public:GetAuthorizationToken")),
    passes("excepted", grant(NotAction=TOKEN)),
    passes("unknown", grant(Action=UNKNOWN)),
    passes("in an identity policy", allow(Action=TOKEN), kind=Kind.IDENTITY),
    passes("refused in scope V1", grant(Action=TOKEN), kind=Kind.REGISTRY, scope="V1"),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    assert message(RULE, grant(Action=TOKEN)) == (
        "`ecr:GetAuthorizationToken` is granted by identity-based policies alone: it has no effect "
        "here; allow it in a policy of the user or role"
    )


def test_fix() -> None:
    assert fixed(RULE, grant(Action=[TOKEN, "ecr:PutImage", CACHE])) == grant(
        Action=["ecr:PutImage"]
    )


def test_the_last_action_is_not_deleted() -> None:
    for actions in (TOKEN, [TOKEN], [TOKEN, CACHE], [TOKEN, UNKNOWN]):
        assert all(found.fix == () for found in problems(RULE, grant(Action=actions)))


ACTIONS = [TOKEN, CACHE, "ecr:GetAuth*", "ecr:PutImage", "ecr:Get*"]


@given(
    st.lists(st.sampled_from(ACTIONS), min_size=1, unique=True),
    st.sampled_from([TOKEN, CACHE, "ecr:PutImage", "ecr:GetLifecyclePolicy"]),
)
def test_the_fix_changes_no_decision(actions: list[str], asked: str) -> None:
    value = grant(Action=[*actions, "ecr:BatchGetImage"])
    for principal in (USER, FOREIGN_USER):
        about: dict[str, Any] = {"resource_account": HERE}
        if asked in (TOKEN, CACHE):
            about = {"resource": None}
        before, after = (
            iam.authorize(
                request(principal, asked, **about),
                PolicySet(resource=(iam.parse(each, kind=iam.Kind.REPOSITORY),)),
            ).effect
            for each in (value, fixed(RULE, value))
        )
        assert before is after
