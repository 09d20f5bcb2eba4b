"""What the role of a cache rule or a template has against it.

Amazon ECR API Reference, "CreatePullThroughCacheRule" and "CreateRepositoryCreationTemplate".
"""

from collections.abc import Iterator
from typing import Any

from ecrpolicy import quotas
from ecrpolicy.arn import Arn, is_account
from ecrpolicy.document.shape import Problem, parameter_path, too_long


def role_problems(place: str, role: Any, account: str | None = None) -> Iterator[Problem]:
    """What a `customRoleArn` has against it; it is a role of the registry's own account."""
    if not isinstance(role, str):
        return
    most = quotas.ROLE_MAX_CHARACTERS
    if len(role) > most:
        message = f"the ARN of a role has {most} characters at most, not {len(role)}"
        text = too_long(parameter_path(place), most)
        yield Problem("role-length", place, message, "shorten it", text)
    arn = Arn.read(role)
    if account is None or arn is None or arn.service != "iam":
        return
    if is_account(arn.account) and arn.account != account:
        message = f"the role is of the account `{arn.account}`, not of the registry's"
        yield Problem("role-elsewhere", place, message, f"name a role of `{account}`")
