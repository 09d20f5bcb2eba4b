"""A policy that nobody can change any more."""

from collections.abc import Iterator, Sequence
from typing import Final, NamedTuple

from ecrpolicy.arn import Arn, is_account
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import listed
from ecrpolicy.lint.edit import Path
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import Principal, Statement, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


class _Control(NamedTuple):
    """The actions that change a policy, and that delete it."""

    change: str
    delete: str


_IDENTITIES: Final = ("role/", "user/")
_EVERYBODY: Final = "*"

_CONTROLS: Final = {
    Kind.REPOSITORY: _Control("ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"),
    Kind.REGISTRY: _Control("ecr:PutRegistryPolicy", "ecr:DeleteRegistryPolicy"),
}


def check(subject: Subject) -> Iterator[Problem]:
    if subject.kind is Kind.REGISTRY and subject.scope != "V2":
        return
    control = _CONTROLS[subject.kind]
    account = None if subject.registry is None else subject.registry.account
    for statement in policy_of(subject).statements:
        if not _hits_everywhere(statement, subject.kind):
            continue
        path = _hit(statement, account)
        if path is not None and statement.means(control.change):
            denied = [each for each in control if statement.means(each)]
            yield Problem(
                path,
                f"the policy denies {listed(denied, 'and')} to its own account",
                "leave out who looks after it, with a condition such as `ArnNotEquals` on "
                "`aws:PrincipalArn`",
            )


def _hits_everywhere(statement: Statement, kind: Kind) -> bool:
    """Whether it denies under all conditions; what changes a registry's policy has no resource."""
    if not statement.denies or statement.conditions or not statement.has_all_conditions:
        return False
    resource = statement.resource
    return kind is Kind.REPOSITORY or (resource is not None and "*" in resource.texts)


def _hit(statement: Statement, account: str | None) -> Path | None:
    """The principal that means all callers of the account, or the exceptions that none of it is."""
    principal, exceptions = statement.principal, statement.not_principal
    if principal is not None:
        found = (each.path for each in principal.values if _is_owner(each, account))
        return next(found, None)
    if exceptions is None or not exceptions.is_complete:
        return None
    if _excepts_nobody(exceptions.values):
        return exceptions.path
    if account is None:
        return None
    is_excepted = any(each.kind != "AWS" or _is_of(each, account) for each in exceptions.values)
    return None if is_excepted else exceptions.path


def _excepts_nobody(exceptions: Sequence[Principal]) -> bool:
    """Whether all are users and roles whose accounts are not excepted: the deny is theirs too."""
    accounts = {each.text for each in exceptions if each.kind == "AWS"}
    for each in exceptions:
        arn = Arn.read(each.text)
        if each.kind != "AWS" or arn is None or not is_account(arn.account):
            return False
        root = f"arn:{arn.partition}:iam::{arn.account}:root"
        if not arn.resource.startswith(_IDENTITIES) or not accounts.isdisjoint(
            (arn.account, root, _EVERYBODY)
        ):
            return False
    return bool(exceptions)


def _is_owner(principal: Principal, account: str | None) -> bool:
    if principal.is_everybody:
        return True
    if account is None or not _is_of(principal, account):
        return False
    return principal.text == account or principal.text.endswith(":root")


def _is_of(principal: Principal, account: str) -> bool:
    """Whether it is an account, or somebody in it; of unique ids, that is not known."""
    if principal.kind != "AWS" or principal.text == account:
        return principal.kind == "AWS"
    arn = Arn.read(principal.text)
    return principal.is_everybody or (
        not is_account(principal.text) if arn is None else arn.account == account
    )


RULE = Rule(
    name="owner-locked-out",
    severity=Severity.ERROR,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY),
    check=check,
    summary="a policy denies its own account to change or delete it",
    what="""
        Finds statements without a condition that deny `ecr:SetRepositoryPolicy` to everybody; in
        a registry policy of scope V2, `ecr:PutRegistryPolicy`. The message says whether deleting
        the policy is denied too.
        A `NotPrincipal` that names a user or a role, and not its account, excepts nobody: the
        account is denied, and with it all that is in it.
        Where a snapshot says whose the registry is, the rule also looks for that account as the
        principal, and for a `NotPrincipal` that excepts nobody in it.
        """,
    why="""
        A `Deny` goes before all that is allowed, and it is about administrators and the root user
        too. The service refuses a repository policy under which its author could not set another
        one, unless that is forced. Forced, it stays as it is, unless deleting it is still allowed.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"]
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": ["ecr:SetRepositoryPolicy", "ecr:DeleteRepositoryPolicy"],
            "Condition": {
              "ArnNotEquals": {"aws:PrincipalArn": "arn:aws:iam::111122223333:role/RegistryAdmin"}
            }
          }
        }
        """,
    references=(
        "Amazon ECR API Reference, “SetRepositoryPolicy”, “force”",
        "IAM User Guide, “Policy evaluation logic”",
    ),
)
