"""A role that may pull, and gets no token to do so."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st

from ecrpolicy import iam
from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.finding import Severity
from ecrpolicy.iam import PolicySet
from ecrpolicy.iam.operations import PULL, authorize_operation
from ecrpolicy.lint import Kind
from tests.iam.builders import REPOSITORY, document, request, statement
from tests.lint.tables import Case, allow, grant, message, passes, problems, table, trips

RULE = "cannot-log-in"
TOKEN = "ecr:GetAuthorizationToken"
PULLS = ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"]
PUSHES = ["ecr:*Layer*", "ecr:PutImage"]


@table(
    trips("a pull", allow(Action=PULLS), "/Statement/0/Action"),
    trips("a push", allow(Action=PUSHES), "/Statement/0/Action"),
    trips(
        "from two statements",
        document(*(allow(Action=each)["Statement"][0] for each in PULLS)),
        "/Statement/0/Action",
    ),
    trips(
        "for a repository alone",
        allow(Action=[*PULLS, TOKEN], Resource=REPOSITORY),
        "/Statement/0/Resource",
    ),
    trips(
        "for repositories alone",
        allow(Action="ecr:*", Resource=["arn:aws:ecr:*:*:repository/*"]),
        "/Statement/0/Resource",
    ),
    trips(
        "denied",
        document(*allow(Action=PULLS)["Statement"], statement("Deny", Action=TOKEN, Resource="*")),
        "/Statement/1/Action",
    ),
    trips(
        "allowed and denied",
        document(*allow()["Statement"], statement("Deny", Action="ecr:GetAuth*", Resource="*")),
        "/Statement/1/Action",
    ),
    trips(
        "denied beside what is unknown",
        {
            "Statement": [
                *allow()["Statement"],
                statement("Deny", Action=[TOKEN, UNKNOWN], Resource="*"),
                UNKNOWN,
            ]
        },
        "/Statement/1/Action",
    ),
    passes(
        "denied under a condition",
        document(
            *allow()["Statement"],
            statement("Deny", Action=TOKEN, Resource="*", Condition={"Bool": {"aws:x": "true"}}),
        ),
    ),
    passes(
        "denied for a repository",
        document(*allow()["Statement"], statement("Deny", Action=TOKEN, Resource=REPOSITORY)),
    ),
    passes(
        "denied, and no pull",
        document(
            *allow(Action="ecr:DescribeImages")["Statement"],
            statement("Deny", Action=TOKEN, Resource="*"),
        ),
    ),
    passes("with a token", allow(Action=[*PULLS, TOKEN])),
    passes("everything", allow()),
    passes(
        "in another statement",
        document(
            statement(Action=PULLS, Resource=REPOSITORY), statement(Action="ecr:Get*", Resource="*")
        ),
    ),
    passes("for all but something", document(statement(Action="*", NotResource=REPOSITORY))),
    passes("half a pull", allow(Action=PULLS[0])),
    passes(
        "half a pull, and what is unknown",
        document(
            statement(Action=PULLS[0], Resource="*"),
            {"Effect": UNKNOWN, "Action": PULLS[1], "Resource": "*"},
        ),
    ),
    passes("no pull", allow(Action="ecr:DescribeImages")),
    passes("a deny", allow(Effect="Deny", Action=PULLS)),
    passes("an action is unknown", allow(Action=[*PULLS, UNKNOWN])),
    passes("a resource is unknown", allow(Action=[*PULLS, TOKEN], Resource=[REPOSITORY, UNKNOWN])),
    passes("a statement is unknown", {"Statement": [*allow(Action=PULLS)["Statement"], UNKNOWN]}),
    passes("of a repository", grant(Action=PULLS), kind=Kind.REPOSITORY),
)
def test_places(case: Case) -> None:
    assert case.places(RULE) == case.expected


def test_message() -> None:
    advice = 'allow `ecr:GetAuthorizationToken` in a statement with `Resource` `"*"`'
    assert message(RULE, allow(Action=PULLS)) == (
        "images can be pulled or pushed, and `ecr:GetAuthorizationToken` is not allowed here; "
        f"{advice}, unless another policy does"
    )
    assert message(RULE, allow(Action=TOKEN, Resource=REPOSITORY)) == (
        "`ecr:GetAuthorizationToken` is about no repository, and allowed for this resource alone: "
        f"nobody can log in; {advice}"
    )


def test_another_policy_may_allow_what_this_one_does_not() -> None:
    [found] = problems(RULE, allow(Action=PULLS))
    assert found.severity is Severity.SUGGESTION
    [found] = problems(RULE, allow(Action=TOKEN, Resource=REPOSITORY))
    assert found.severity is None


STATEMENTS = st.builds(
    lambda effect, actions, resource: statement(effect, Action=actions, Resource=resource),
    st.sampled_from(["Allow", "Allow", "Deny"]),
    st.lists(st.sampled_from([*PULLS, TOKEN, "ecr:Get*", "ecr:*"]), min_size=1, unique=True),
    st.sampled_from(["*", REPOSITORY, [REPOSITORY, "*"]]),
)


@given(st.lists(STATEMENTS, min_size=1, max_size=3))
def test_where_the_rule_says_so_the_engine_gives_no_token(statements: list[dict[str, Any]]) -> None:
    value = document(*statements)
    policies = PolicySet(identity=(iam.parse(value, kind=iam.Kind.IDENTITY),))
    missing = authorize_operation(PULL, request(), policies).missing
    if problems(RULE, value):
        assert TOKEN in missing
    elif TOKEN in missing:
        is_denied = any(each["Effect"] == "Deny" for each in statements)
        assert is_denied or set(PULLS) & set(missing)
