"""A condition key that an action does not have."""

from typing import Any

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.lint.facts import installed
from tests.lint.tables import Case, allow, deny, message, passes, problems, table, trips

RULE = "unsupported-action-for-condition-key"

LOGIN, PUSH, CREATE = "ecr:GetAuthorizationToken", "ecr:PutImage", "ecr:CreateRepository"
TAG = "ecr:ResourceTag/team"
PLACE = "/Statement/0/Condition/StringEquals/"
OF_TAG = f"{PLACE}ecr:ResourceTag~1team (name)"


def tagged(
    *actions: Any, key: str = TAG, operator: str = "StringEquals", value: Any = "a"
) -> dict[str, Any]:
    return allow(Action=list(actions), Condition={operator: {key: value}})


@table(
    trips("one of two", tagged(LOGIN, PUSH), OF_TAG),
    trips("in another case", tagged("ECR:getauthorizationtoken"), OF_TAG),
    trips(
        "a key of all services",
        tagged(LOGIN, key="aws:ResourceTag/team"),
        f"{PLACE}aws:ResourceTag~1team (name)",
    ),
    trips(
        "a tag of the request",
        tagged(CREATE, PUSH, key="aws:RequestTag/team"),
        f"{PLACE}aws:RequestTag~1team (name)",
    ),
    trips("it denies", deny(Action=LOGIN, Condition={"StringEquals": {TAG: "a"}}), OF_TAG),
    trips(
        "negated",
        deny(Action=LOGIN, Condition={"StringNotEquals": {TAG: "a"}}),
        "/Statement/0/Condition/StringNotEquals/ecr:ResourceTag~1team (name)",
    ),
    trips("of another service than the key", tagged(PUSH, "ecr-public:PutImage"), OF_TAG),
    trips("unknown value", tagged(LOGIN, value=UNKNOWN), OF_TAG),
    trips("beside what is unknown", tagged(LOGIN, UNKNOWN), OF_TAG),
    trips(
        "of other services",
        tagged("iam:GetUser", "iam:PassRole", key="iam:PassedToService"),
        f"{PLACE}iam:PassedToService (name)",
        facts=installed(),
    ),
    passes("without facts", tagged("iam:GetUser", key="iam:PassedToService")),
    passes("all of them have it", tagged(PUSH, "ecr:DeleteRepository")),
    passes("tags of the request", tagged(CREATE, "ecr:TagResource", key="aws:RequestTag/team")),
    passes("a pattern", tagged("ecr:*", "ecr:GetAuthorization*")),
    passes("it may be missing", tagged(LOGIN, operator="StringEqualsIfExists")),
    passes("so here", tagged(LOGIN, key="aws:TagKeys", operator="ForAllValues:StringEquals")),
    passes("whether it is there", tagged(LOGIN, operator="Null", value="true")),
    passes("a key of all requests", tagged(LOGIN, key="aws:PrincipalOrgID")),
    passes("a tag of the caller", tagged(LOGIN, key="aws:PrincipalTag/team")),
    passes("no such action", tagged("ecr:PullImage")),
    passes("no such key", tagged(PUSH, key="ecr:Tag")),
    passes("a key of no service", tagged(PUSH, key="organization:unit")),
    passes("an action of no service", tagged("nothing:PutImage")),
    passes("NotAction", allow(NotAction=LOGIN, Condition={"StringEquals": {TAG: "a"}})),
    passes(
        "no action of the service has it, which another rule tells",
        tagged("polly:GetLexicon", key="aws:ResourceTag/team"),
        facts=installed(),
    ),
    passes(
        "a key whose part that varies is a bare word in the reference",
        tagged("secretsmanager:GetSecretValue", key="secretsmanager:ResourceTag/team"),
        facts=installed(),
    ),
    passes(
        "a key that is listed for nothing",
        tagged("glacier:ListVaults", key="glacier:ResourceTag/team"),
        facts=installed(),
    ),
    passes("unknown", tagged(UNKNOWN)),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_of_other_services_not_all_is_known() -> None:
    for actions, key, severity in (
        ([LOGIN], TAG, None),
        (["iam:GetUser"], "iam:PassedToService", Severity.WARNING),
        (["iam:GetUser", PUSH], "iam:PassedToService", None),
    ):
        [found] = problems(RULE, tagged(*actions, key=key), facts=installed())
        assert found.severity is severity


def test_messages() -> None:
    assert message(RULE, tagged(LOGIN, PUSH)) == (
        "no request for `ecr:GetAuthorizationToken` has the condition key `ecr:ResourceTag/team`; "
        "move it to a statement without this condition"
    )
    assert message(RULE, tagged(LOGIN, "ecr:DescribeRegistry")) == (
        "no request for `ecr:GetAuthorizationToken` or `ecr:DescribeRegistry` has the condition "
        "key `ecr:ResourceTag/team`; move them to a statement without this condition"
    )
