"""A range of addresses that begins with another one than it says."""

from collections.abc import Iterator
from ipaddress import ip_network

from ecrpolicy.finding import Severity
from ecrpolicy.iam.operators import Comparison
from ecrpolicy.iam.values import address_of, network_of
from ecrpolicy.iam.wording import shown
from ecrpolicy.lint.edit import Replace
from ecrpolicy.lint.kind import IAM
from ecrpolicy.lint.policy import policy_of
from ecrpolicy.lint.rule import Problem, Rule
from ecrpolicy.lint.subject import Subject


def check(subject: Subject) -> Iterator[Problem]:
    for condition in policy_of(subject).conditions:
        operator = condition.operator
        if operator is None or operator.comparison is not Comparison.IP_ADDRESS:
            continue
        for text, path in condition.values:
            better = _begun(text)
            if better is not None:
                yield Problem(
                    path,
                    f"{shown(text)} is the range {shown(better)}: the bits behind its prefix do "
                    "not count",
                    f"write {shown(better)}, or the address that is meant",
                    fix=(Replace(path, better),),
                )


def _begun(text: str) -> str | None:
    """The range by its first address, where it is written with another one."""
    network, address = network_of(text), address_of(text.partition("/")[0])
    if network is None or address is None or network.first == address.value:
        return None
    return str(ip_network(text, strict=False))


RULE = Rule(
    name="improve-ip-range",
    severity=Severity.SUGGESTION,
    kinds=IAM,
    check=check,
    summary="a range of addresses is written with an address in the middle of it",
    what="""
        Finds values of `IpAddress` and `NotIpAddress` that have bits behind the prefix, such as
        `203.0.113.9/24`.
        """,
    why="""
        Those bits do not count: the range is `203.0.113.0/24`.
        Who wrote it may have meant the one address.
        The fix writes the range by its first address, which changes no decision.
        """,
    trips="""
        {
          "Version": "2012-10-17",
          "Statement": {
            "Effect": "Allow",
            "Action": "ecr:*",
            "Resource": "*",
            "Condition": {"IpAddress": {"aws:SourceIp": "203.0.113.9/24"}}
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
            "Condition": {
              "IpAddress": {"aws:SourceIp": ["203.0.113.0/24", "198.51.100.9/32"]}
            }
          }
        }
        """,
    references=(
        "IAM User Guide, “IAM JSON policy elements: Condition operators”, “IP address "
        "condition operators”",
        "IAM User Guide, “Access Analyzer policy check reference”, “Suggestion – Improve IP range”",
    ),
)
