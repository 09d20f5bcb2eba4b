"""A role that may pull, and gets no token to do so."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.lint.grants import allowing
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import PolicyView, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_LOG_IN: Final = "ecr:GetAuthorizationToken"
_PULL: Final = ("ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer")
_PUSH: Final = ("ecr:CompleteLayerUpload", "ecr:PutImage")


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    denied = next((each for each in policy.statements if _denies_token(each)), None)
    user = _user(policy)
    if denied is not None and denied.action is not None and user is not None:
        yield Problem(
            denied.action.path,
            f"images can be pulled or pushed, and `{_LOG_IN}` is denied: nobody can log in",
            "leave it out",
        )
        return
    if not policy.is_complete or any(_may_grant_token(each) for each in policy.statements):
        return
    named = allowing(policy, _LOG_IN)
    if named is not None and named.resource is not None:
        yield Problem(
            named.resource.path,
            f"`{_LOG_IN}` is about no repository, and allowed for this resource alone: nobody can "
            "log in",
            f'allow `{_LOG_IN}` in a statement with `Resource` `"*"`',
        )
        return
    if user is not None and user.action is not None:
        yield Problem(
            user.action.path,
            f"images can be pulled or pushed, and `{_LOG_IN}` is not allowed here",
            f'allow `{_LOG_IN}` in a statement with `Resource` `"*"`, unless another policy does',
            severity=Severity.SUGGESTION,
        )


def _denies_token(statement: Statement) -> bool:
    """Whether a statement denies the token whatever comes; `*` is the only resource for it."""
    return (
        statement.denies
        and bool(statement.means(_LOG_IN))
        and not statement.conditions
        and statement.has_all_conditions
        and statement.resource is not None
        and "*" in statement.resource.texts
    )


def _may_grant_token(statement: Statement) -> bool:
    """Whether a statement allows the token, or may turn out to; `*` is the only resource for it."""
    means = statement.means(_LOG_IN)
    if statement.denies or means is False:
        return False
    resource = statement.resource
    return means is None or resource is None or not resource.is_complete or "*" in resource.texts


def _user(policy: PolicyView) -> Statement | None:
    """A statement that allows to pull or to push, if the policy allows all of that."""
    for actions in (_PULL, _PUSH):
        statements = [allowing(policy, action) for action in actions]
        if None not in statements:
            return statements[0]
    return None


RULE = Rule(
    name="cannot-log-in",
    severity=Severity.WARNING,
    kinds=(Kind.IDENTITY,),
    check=check,
    summary="a policy lets images be pulled or pushed, and nobody log in",
    what="""
        Finds identity-based policies that allow a whole pull or push, and nowhere
        `ecr:GetAuthorizationToken`; and those that allow it for a resource other than `*`, which
        has no effect. It also finds a `Deny` of the token beside them.
        Statements that are not known yet are given the benefit of the doubt. What other policies
        allow is not looked at: where the action is allowed nowhere in this one, it is a suggestion,
        since another policy of the same role may allow it.
        """,
    why="""
        Docker needs a token before anything else. A token is about no repository, so only a
        statement with `Resource` `"*"` grants it, and no policy of a repository or a registry
        does.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": [
              "ecr:GetAuthorizationToken",
              "ecr:BatchGetImage",
              "ecr:GetDownloadUrlForLayer"
            ],
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": [
            {
              "Effect": "Allow",
              "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
              "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/*"
            },
            {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}
          ]
        }
        """,
    references=(
        "Amazon ECR User Guide, “Private registry authentication”",
        "Service Authorization Reference, “Actions, resources, and condition keys for Amazon "
        "Elastic Container Registry”",
    ),
)
