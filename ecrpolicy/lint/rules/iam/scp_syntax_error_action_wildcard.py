"""A wildcard before the end of an action of an SCP."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard, literal_head
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for text, path in policy_of(subject).actions:
        if has_wildcard(text[:-1]):
            yield Problem(
                path,
                f"a wildcard stands before the end of the action {shown(text)}",
                "name the actions that are meant, or end with one `*`",
                offset=len(literal_head(text)),
            )


RULE = Rule(
    name="scp-syntax-error-action-wildcard",
    severity=Severity.SUGGESTION,
    kinds=(Kind.SCP,),
    check=check,
    summary="an action of an SCP has a wildcard before its end",
    what="""
        Finds values of `Action` and `NotAction` in SCPs with a `*` or `?` anywhere but as their
        last character.
        `*` alone is every action.
        """,
    why="""
        Until September 2025, AWS Organizations refused such SCPs, and where it does not have the
        whole policy language yet, it still does.
        In the commercial Regions and in AWS GovCloud (US) they are taken, which is why this is no
        more than a suggestion; Access Analyzer calls it an error.
        An action written with one `*` at its end is taken everywhere.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Deny", "Action": "ecr:*Policy", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Action": ["ecr:Put*", "ecr:SetRepositoryPolicy"],
            "Resource": "*"
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “SCP syntax”, “Action and NotAction elements”",
        "AWS Security Blog, “Unlock new possibilities: AWS Organizations service control "
        "policy now supports full IAM language”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – SCP syntax error "
        "action wildcard”",
    ),
)
