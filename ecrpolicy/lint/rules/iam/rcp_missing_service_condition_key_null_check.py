"""A deny of services for strangers that denies those that call for nobody."""

from collections.abc import Iterator

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import Condition, policy_of
from ecrpolicy.lint.presence import holds_without_key
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.service_calls import asks_for_source, is_for_services_alone, is_of_sources
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for statement in policy_of(subject).statements:
        found = next(filter(_is_met_without, statement.conditions), None)
        if (
            statement.denies
            and found is not None
            and is_for_services_alone(statement)
            and not asks_for_source(statement)
        ):
            yield Problem(
                found.path,
                f"services that tell no source have no {shown(found.key)}: they are denied, too",
                _advice(found),
                at_name=True,
            )


def _is_met_without(condition: Condition) -> bool:
    return is_of_sources(condition) and holds_without_key(condition) is True


def _advice(condition: Condition) -> str:
    key = "aws:SourceArn" if condition.lower_key == "aws:sourcearn" else "aws:SourceAccount"
    return f'add `"Null": {{"{key}": "false"}}`'


RULE = Rule(
    name="rcp-missing-service-condition-key-null-check",
    severity=Severity.WARNING,
    kinds=(Kind.RCP,),
    check=check,
    summary="a deny of services that call for others denies those that tell no source, too",
    what="""
        Finds statements of RCPs that deny services under a condition on for whom they call, which
        holds where the key is missing, and does not ask that there is a source: on
        `aws:SourceOrgID`, `aws:SourceOrgPaths`, `aws:SourceAccount` and `aws:SourceArn`.
        Statements that are about all callers are told by
        `rcp-missing-related-service-principal-condition-key`.
        """,
    why="""
        Not every service tells for whom it calls.
        `StringNotEquals` holds where the key is missing, so that the statement denies those that do
        not, also where they work for the own organization.
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
              "StringNotEqualsIfExists": {"aws:SourceOrgID": "o-a1b2c3d4e5"},
              "Bool": {"aws:PrincipalIsAWSService": "true"}
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
        "missing service condition key null check”",
    ),
)
