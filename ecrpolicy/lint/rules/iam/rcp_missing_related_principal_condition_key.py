"""A deny of strangers that denies services."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_calls import is_about_services, is_of_callers
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        found = next(filter(_is_met_without, statement.conditions), None)
        if statement.denies and found is not None and is_about_services(statement):
            yield Problem(
                found.path,
                f"requests of AWS services have no {shown(found.key)}: they are denied, too",
                'add `"BoolIfExists": {"aws:PrincipalIsAWSService": "false"}`',
                at_name=True,
            )


def _is_met_without(condition: Condition) -> bool:
    return is_of_callers(condition) and holds_without_key(condition) is True


RULE = Rule(
    name="rcp-missing-related-principal-condition-key",
    severity=Severity.WARNING,
    kinds=(Kind.RCP,),
    check=check,
    summary="a deny of callers from elsewhere denies AWS services, too",
    what="""
        Finds statements of RCPs that deny under a condition on who calls, which holds where the key
        is missing, without an exception for AWS services: on `aws:PrincipalOrgID`,
        `aws:PrincipalOrgPaths`, `aws:PrincipalAccount`, `aws:PrincipalArn` and
        `aws:PrincipalTag/…`.
        Statements that compare `aws:PrincipalIsAWSService`, the name of a service or the source of
        its request are left alone where services do not meet that, and so are those that only
        requests from some network meet.
        """,
    why="""
        A service belongs to no organization and no account.
        `StringNotEquals` holds where the key is missing, so that the statement denies all services:
        replication, scanning, a pipeline that pulls an image.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {
              "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"}
            }
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Deny",
            "Principal": "*",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {
              "StringNotEqualsIfExists": {"aws:PrincipalOrgID": "o-a1b2c3d4e5"},
              "BoolIfExists": {"aws:PrincipalIsAWSService": "false"}
            }
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “Resource control policies (RCPs)”",
        "IAM User Guide, “Establish permissions guardrails using data perimeters”",
        "IAM User Guide, “AWS global condition context keys”, “aws:PrincipalIsAWSService”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – RCP "
        "missing related principal condition key”",
    ),
)
