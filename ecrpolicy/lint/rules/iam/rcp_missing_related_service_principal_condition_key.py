"""A deny of services for strangers that denies everybody."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_calls import is_about_others, is_of_sources
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        found = next(filter(_is_met_without, statement.conditions), None)
        if statement.denies and found is not None and is_about_others(statement):
            yield Problem(
                found.path,
                f"only requests of AWS services have {shown(found.key)}: others are denied, too",
                'add `"Bool": {"aws:PrincipalIsAWSService": "true"}`',
                at_name=True,
            )


def _is_met_without(condition: Condition) -> bool:
    return is_of_sources(condition) and holds_without_key(condition) is True


RULE = Rule(
    name="rcp-missing-related-service-principal-condition-key",
    severity=Severity.WARNING,
    kinds=(Kind.RCP,),
    check=check,
    summary="a deny of services that call for others denies everybody else, too",
    what="""
        Finds statements of RCPs that deny under a condition on for whom a service calls, which
        holds where the key is missing, and does not ask that a service calls: on `aws:SourceOrgID`,
        `aws:SourceOrgPaths`, `aws:SourceAccount` and `aws:SourceArn`.
        Statements that compare who calls are left alone, and those that no request without a source
        meets.
        """,
    why="""
        Only requests that a service makes itself have these keys.
        `StringNotEquals` holds where the key is missing, so that the statement denies all users and
        roles, those of the own organization among them.
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
              "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"}
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
              "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
              "Null": {"aws:SourceAccount": "false"},
              "Bool": {"aws:PrincipalIsAWSService": "true"}
            }
          }
        }
        """,
    references=(
        "AWS Organizations User Guide, “Resource control policies (RCPs)”",
        "IAM User Guide, “Establish permissions guardrails using data perimeters”",
        "IAM User Guide, “AWS global condition context keys”, “aws:PrincipalIsAWSService”",
        "IAM User Guide, “Access Analyzer policy check reference”, “General Warning – RCP "
        "missing related service principal condition key”",
    ),
)
