"""Everybody is allowed something, in every account."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.matching import means
from ecrpolicy.lint.policy import PolicyView, Principal, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.strangers import excludes_strangers, keep_out, why_not
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements:
        everybody = _everybody(statement)
        if everybody is not None and not _is_limited(statement, policy):
            reasons = [
                f": the condition on {shown(each.key)} does not limit that, as {reason}"
                for each in statement.conditions
                if (reason := why_not(each, knows_variables=policy.knows_variables))
            ]
            yield Problem(
                everybody.path,
                f"everybody is allowed, in every account of AWS{''.join(reasons[:1])}",
                "name the accounts that are meant, or add a condition such as `StringEquals` on "
                "`aws:PrincipalOrgID`",
            )


def _everybody(statement: Statement) -> Principal | None:
    if not statement.allows or statement.principal is None:
        return None
    return next((each for each in statement.principal.values if each.is_everybody), None)


def _is_limited(statement: Statement, policy: PolicyView) -> bool:
    """Whether conditions keep strangers out, or another statement does; or may turn out to."""
    knows = policy.knows_variables
    return (
        not statement.has_all_conditions
        or not policy.is_complete
        or keep_out(statement.conditions, knows_variables=knows)
        or any(
            not each.allows
            and excludes_strangers(each, knows_variables=knows)
            and _covers(each, statement)
            for each in policy.statements
        )
    )


def _covers(deny: Statement, allow: Statement) -> bool:
    """Whether a deny is about all actions of an allow, or may turn out to be."""
    denied, allowed = deny.action, allow.action
    if denied is None or allowed is None:
        return denied is None or any(each == "*" for each in denied.texts)
    return not denied.is_complete or all(
        any(means(pattern, action) for pattern in denied.texts) for action in allowed.texts
    )


RULE = Rule(
    name="public-access",
    severity=Severity.SECURITY_WARNING,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY),
    check=check,
    summary="everybody is allowed, and no condition really limits who that is",
    what="""
        Finds statements that allow something to the principal `*`, unless a condition compares
        where the caller comes from: organization, account, ARN, address, VPC or VPC endpoint, the
        account or the ARN on whose behalf a service calls.

        A condition on such a key counts only if strangers cannot make it true.
        `…IfExists` and `ForAllValues` hold where the key is missing: for accounts outside any
        organization, and for services, which anybody can have call. A negated operator holds for
        all others. `Null` asks only whether the key is there. A pattern counts only if it has the
        account in full, or six characters of the id that follow its prefix; a range of addresses
        if it is a `/8` or smaller (IPv6: `/32`). A policy variable may become anything, unless it
        is about the resource.

        A `Deny` of the same actions for everybody outside an organization, an account and so on
        limits too. `Allow` with `NotPrincipal` is told by another rule.
        """,
    why="""
        The principal `*` is not your account, nor your organization: it is every user and every
        role of every customer of AWS, and every service. A private repository that everybody may
        pull from gives its images away, and one that everybody may push to is a way into
        whatever runs them.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": {"StringLikeIfExists": {"aws:PrincipalOrgID": "o-exampleorgid"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": "*",
            "Action": ["ecr:BatchGetImage", "ecr:GetDownloadUrlForLayer"],
            "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-exampleorgid"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”, “All principals”",
        "IAM User Guide, “AWS global condition context keys”",
        "Amazon ECR User Guide, “Private repository policies”",
    ),
)
