"""The AWS managed policies for Amazon ECR, as data.

Amazon ECR User Guide, "AWS managed policies for Amazon Elastic Container Registry"; each says
which version it is, and of what day.
"""

import json
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any, Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.model import Kind, Policy
from ecrpolicy.iam.statements import Reader

FOLDER: Final = "managed"


@dataclass(frozen=True, slots=True)
class ManagedPolicy:
    """A managed policy: its default version, the day that version is of, and where it is from.

    `document` and `section` say where AWS describes it, and are None where no copy of that
    description was at hand; `source` is the package that its text was taken from, on `taken`.
    """

    name: str
    arn: str
    version: str
    date: str
    document: str | None
    section: str | None
    source: str
    taken: str
    policy: Policy = field(repr=False)


def is_managed_by_aws(arn: str) -> bool:
    """Whether the ARN is that of an AWS managed policy.

    >>> is_managed_by_aws("arn:aws:iam::aws:policy/ReadOnlyAccess")
    True
    """
    read = Arn.read(arn)
    return (
        read is not None
        and (read.service, read.account) == ("iam", "aws")
        and read.resource.startswith("policy/")
    )


@cache
def policies() -> tuple[ManagedPolicy, ...]:
    """All that the package holds, by name."""
    folder = files("ecrpolicy.iam") / FOLDER
    held = sorted(
        (each for each in folder.iterdir() if each.name.endswith(".json")),
        key=lambda each: each.name,
    )
    return tuple(_read(json.loads(each.read_text("utf-8"))) for each in held)


def find(arn: str) -> ManagedPolicy | None:
    """A managed policy by its ARN, in any partition; None for one that the package does not hold.

    >>> find("arn:aws-cn:iam::aws:policy/AmazonEC2ContainerRegistryPullOnly").version
    'v1'
    >>> find("arn:aws:iam::aws:policy/ReadOnlyAccess") is None
    True
    """
    read = Arn.read(arn)
    return None if read is None else _by_arn().get(str(read._replace(partition="aws")))


@cache
def _by_arn() -> dict[str, ManagedPolicy]:
    return {policy.arn: policy for policy in policies()}


def _read(held: dict[str, Any]) -> ManagedPolicy:
    return ManagedPolicy(
        name=held["arn"].rpartition("/")[2],
        arn=held["arn"],
        version=held["version"],
        date=held["date"],
        document=held["document"],
        section=held["section"],
        source=held["source"],
        taken=held["taken"],
        policy=Reader(Kind.IDENTITY, None).policy(held["policy"]),
    )
