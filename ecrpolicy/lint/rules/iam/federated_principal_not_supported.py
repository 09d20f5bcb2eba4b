"""An identity provider as a principal."""

from collections.abc import Iterator
from typing import Final

from ecrpolicy.finding import Severity
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject

_NAMES: Final = {Kind.REPOSITORY: "a repository policy", Kind.REGISTRY: "a registry policy"}


def check(subject: Subject) -> Iterator[Problem]:
    for principal in policy_of(subject).principals:
        if principal.kind == "Federated":
            yield Problem(
                principal.path,
                f"{_NAMES[subject.kind]} knows no identity provider: {shown(principal.text)}",
                "name the role that its users assume, under `AWS`",
            )


RULE = Rule(
    name="federated-principal-not-supported",
    severity=Severity.ERROR,
    kinds=(Kind.REPOSITORY, Kind.REGISTRY),
    check=check,
    summary="a policy of Amazon ECR names an identity provider as a principal",
    what="""
        Finds principals of the kind `Federated` in repository and registry policies.
        """,
    why="""
        A provider stands in the trust policy of a role, which its users assume.
        Requests to Amazon ECR are made by the session of that role: the statement is never about
        anybody.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"Federated": "cognito-identity.amazonaws.com"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    passes="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Principal": {"AWS": "arn:aws:iam::111122223333:role/ci"},
            "Action": "ecr:DescribeImages"
          }
        }
        """,
    references=(
        "IAM User Guide, “AWS JSON policy elements: Principal”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Error – Federated "
        "principal not supported”",
    ),
)
