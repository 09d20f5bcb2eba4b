"""Which actions the statements of a policy allow together."""

from ecrpolicy.lint.policy import PolicyView, Statement


def may_allow(policy: PolicyView, action: str) -> bool:
    """Whether a statement allows an action, or may turn out to.

    >>> from ecrpolicy.lint import Kind, Subject
    >>> from ecrpolicy.lint.policy import policy_of
    >>> value = {"Statement": {"Effect": "Allow", "Action": "ecr:Put*"}}
    >>> policy = policy_of(Subject(Kind.IDENTITY, value))
    >>> may_allow(policy, "ecr:PutImage"), may_allow(policy, "ecr:BatchGetImage")
    (True, False)
    """
    return not policy.is_complete or any(
        statement.means(action) is not False and not statement.denies
        for statement in policy.statements
    )


def allowing(policy: PolicyView, *actions: str) -> Statement | None:
    """The first statement that allows one of the actions, by name or by pattern."""
    return next(
        (
            statement
            for statement in policy.statements
            if statement.allows
            and statement.action is not None
            and any(statement.means(action) for action in actions)
        ),
        None,
    )
