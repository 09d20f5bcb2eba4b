"""A variable where values must be told apart."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.openings import LEAST_HEAD, is_sensitive, narrows, needs_head, openings
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    policy = policy_of(subject)
    for statement in policy.statements if policy.knows_variables else ():
        for condition in statement.conditions:
            operator = condition.operator
            if operator is not None and operator.knows_variables and narrows(statement, operator):
                yield from _open(condition)


def _open(condition: Condition) -> Iterator[Problem]:
    """The first variable too many of each value."""
    sensitive = is_sensitive(condition.key)
    if not (sensitive or needs_head(condition.lower_key)):
        return
    key = shown(condition.key)
    for text, path in condition.values:
        for opening in openings(text, knows_variables=True):
            if not opening.is_variable or not (sensitive or opening.head < LEAST_HEAD):
                continue
            message = f"the variable {shown(opening.text)} stands in a value of {key}"
            advice = "write each value in full"
            if not sensitive:
                message += f", with fewer than {LEAST_HEAD} characters right before it"
                advice = f"write at least {LEAST_HEAD} characters before each variable"
            yield Problem(path, message, advice, offset=opening.offset)
            break


RULE = Rule(
    name="variable-usage-too-permissive",
    severity=Severity.ERROR,
    kinds=IAM,
    check=check,
    summary="a variable lets in values that somebody else chooses",
    what="""
        Finds variables in the values of String and Arn conditions where the statement lets through
        what they stand for: in an `Allow`, and in the exceptions of a `Deny`.
        On keys that the IAM User Guide calls sensitive, such as `aws:PrincipalOrgID`,
        `aws:ResourceAccount` and `aws:SourceVpce`, only variables that are such keys themselves are
        let pass, as in `"aws:ResourceAccount": "${aws:PrincipalAccount}"`: AWS alone sets those.
        On `aws:userid`, on the paths of organizations and on the subject of an identity provider
        (`…:sub`), six characters must stand right before each variable.
        Other keys are left alone.
        """,
    why="""
        Tags, names of sessions and the like are chosen by whoever may give them.
        Compared with a key that says which account or network is trusted, the choice is theirs as
        well.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"StringLike": {"aws:ResourceOrgID": "${aws:PrincipalTag/organization}"}}
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
            "Condition": {"StringEquals": {"aws:ResourceOrgID": "${aws:PrincipalOrgID}"}}
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS global condition context keys”, “Sensitive condition keys”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Variable usage "
        "too permissive”",
    ),
)
