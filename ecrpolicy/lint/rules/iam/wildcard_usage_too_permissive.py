"""A wildcard where values must be told apart."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.openings import LEAST_HEAD, is_sensitive, narrows, needs_head, openings
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements:
        for condition in statement.conditions:
            operator = condition.operator
            if operator is None or operator.comparison is not Comparison.STRING_LIKE:
                continue
            if narrows(statement, operator):
                yield from _open(condition, knows_variables=policy.knows_variables)


def _open(condition: Condition, *, knows_variables: bool | None) -> Iterator[Problem]:
    """The first wildcard too many of each value."""
    sensitive = is_sensitive(condition.key)
    if not (sensitive or needs_head(condition.lower_key)):
        return
    key = shown(condition.key)
    for text, path in condition.values:
        if knows_variables is None and "${" in text:
            continue
        for opening in openings(text, knows_variables=bool(knows_variables)):
            if opening.is_variable or not (sensitive or opening.head < LEAST_HEAD):
                continue
            message = f"a wildcard stands in {shown(text)}, a value of {key}"
            advice = "write each value in full"
            if not sensitive:
                message += f", with fewer than {LEAST_HEAD} characters right before it"
                advice = f"write at least {LEAST_HEAD} characters before each wildcard"
            yield Problem(path, message, advice, offset=opening.offset)
            break


RULE = Rule(
    name="wildcard-usage-too-permissive",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a wildcard lets in values that nobody thought of",
    what="""
        Finds wildcards in the values of `StringLike` and `StringNotLike` where the statement lets
        through what they cover: in an `Allow`, and in the exceptions of a `Deny`.
        On keys that the IAM User Guide calls sensitive, such as `aws:PrincipalOrgID`,
        `aws:SourceAccount` and `aws:SourceVpce`, every wildcard is one too many.
        On `aws:userid`, on the paths of organizations and on the subject of an identity provider
        (`…:sub`), six characters must stand right before each wildcard.
        Other keys are left alone.
        """,
    why="""
        The ids of accounts, organizations, VPCs and endpoints have no common beginning that means
        anything: a pattern covers those of strangers.
        A subject that begins with a wildcard, or nearly so, is that of any user of the provider.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:ResourceOrgID": "o-*"}}
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringEquals": {"aws:ResourceOrgID": "o-a1b2c3d4e5"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “Sensitive condition keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Wildcard usage "
        "too permissive”",
    ),
)
