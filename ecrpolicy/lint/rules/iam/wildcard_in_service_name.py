"""A wildcard in the service of an action."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.patterns import has_wildcard, literal_head
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for text, path in policy_of(subject).actions:
        service, colon, name = text.partition(":")
        if colon and has_wildcard(service):
            yield Problem(
                path,
                f"a wildcard stands in the service of the action {shown(text)}",
                f"name each service that is meant, for example {shown(f'ecr:{name}')}",
                offset=len(literal_head(service)),
            )


RULE = Rule(
    name="wildcard-in-service-name",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="an action whose service has a wildcard means services that nobody thought of",
    what="""
        Finds actions with `*` or `?` before the colon, such as `ecr*:GetAuthorizationToken`.
        The action `*` alone is left to other rules.
        """,
    why="""
        The prefixes of services are not a tree: `ecr*` means `ecr-public` too, and `s3*` means
        `s3-outposts`, `s3express` and whatever else AWS will call so.
        The policy then grants, or denies, more with every service that AWS adds.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr*:GetAuthorizationToken", "Resource": "*"}
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {"Effect": "Allow", "Action": "ecr:GetAuthorizationToken", "Resource": "*"}
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Action”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Wildcard in "
        "service name”",
    ),
)
