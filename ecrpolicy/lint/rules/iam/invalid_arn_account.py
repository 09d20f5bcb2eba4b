"""An account of an ARN that is none."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.arn import is_account
from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.arns import ACCOUNT, WrittenArn, arns_of
from ecrpolicy.lint.kind import WITH_RESOURCES
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

# They own what AWS gives to all: managed policies, transforms, origin access identities.
_OF_AWS: Final = frozenset(("aws", "aws-marketplace", "cloudfront"))


def check(subject: Subject) -> Iterator[Problem]:
    for arn in arns_of(subject):
        account = arn.literal(ACCOUNT)
        if account and not (is_account(account) or account in _OF_AWS or _is_as_known(arn)):
            yield Problem(
                arn.path,
                f"{shown(account)} in the resource {shown(arn.text)} is no account",
                "write its twelve digits, or `*`",
                offset=arn.offset(ACCOUNT),
            )


def _is_as_known(arn: WrittenArn) -> bool:
    """Whether such resources have just that in place of an account, or have no account at all."""
    return arn.is_named(ACCOUNT) or arn.never_has(ACCOUNT)


RULE = Rule(
    name="invalid-arn-account",
    severity=Severity.ERROR,
    kinds=WITH_RESOURCES,
    check=check,
    summary="the account of an ARN is none",
    what="""
        Finds values of `Resource` and `NotResource` whose account has other characters than
        digits, or not twelve of them.
        Accounts with a wildcard are let be, and so are `aws` and the few other names that stand in
        the ARNs of resources of AWS itself.
        Where no resource of the kind has an account in its ARN, `arn-account-not-allowed` tells
        it.
        Behind a part that ends with `*`, which may stand for several parts, only ARNs are looked
        at that are known to have their account there.
        """,
    why="""
        No resource has such an ARN: an `Allow` grants nothing, a `Deny` refuses nothing.
        An account that was read as a number has lost the zeros that it begins with.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:1111-2222-3333:repository/team/app"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:BatchGetImage",
            "Resource": "arn:aws:ecr:us-east-1:111122223333:repository/team/app"
          }
        }
        """,
    references=(
        "IAM User Guide, “Identify AWS resources with Amazon Resource Names (ARNs)”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Invalid ARN account”",
    ),
)
