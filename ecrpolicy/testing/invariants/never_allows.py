"""Some callers are never allowed some actions."""

from dataclasses import dataclass, field
from typing import Any

from ecrpolicy.iam import Decision, Request
from ecrpolicy.testing.invariants.policies import Held, Policies
from ecrpolicy.testing.invariants.request_words import asked_json, asked_lines
from ecrpolicy.testing.invariants.requests import Requests, Sides, look, looked_at
from ecrpolicy.testing.invariants.result import Result
from ecrpolicy.testing.invariants.subjects import Alike
from ecrpolicy.testing.invariants.who import Who


@dataclass(frozen=True)
class AllowedRequest:
    """A request that is allowed and must not be; `alike` are the actions that fare as its own."""

    decision: Decision
    alike: Alike = field(repr=False)

    def text(self) -> str:
        """The request, and why it is allowed."""
        lines = ["a request that is allowed:", *asked_lines(self.decision.request, self.alike)]
        lines += self.decision.explain().text().splitlines()
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "request": asked_json(self.decision.request),
            "actionsAlike": [each.name for each in self.alike.several],
            "explanation": self.decision.explain().to_json(),
        }


def never_allows(policies: Policies, *, action: str, principal: Who, resource: str = "*") -> Result:
    """No request of such callers for such an action is allowed, whatever its context.

    `action` and `resource` are patterns as in policies. Without identity policies in the set, a
    caller of another account is taken to have all that its own account can give it, one of the
    resource's account to have none. The root user of the resource's account, whom no policy need
    allow, and service-linked roles are not looked at. Raises ValueError where no request is meant.

    >>> from ecrpolicy import iam
    >>> from ecrpolicy.testing.invariants import outside_account
    >>> policy = iam.parse(
    ...     '''{"Version": "2012-10-17", "Statement": {
    ...         "Effect": "Allow", "Principal": "*", "Action": "ecr:BatchGetImage"}}''',
    ...     kind=iam.Kind.REPOSITORY,
    ... )
    >>> outsiders = outside_account("111122223333")
    >>> never_allows(policy, action="ecr:PutImage", principal=outsiders).holds
    True
    >>> never_allows(policy, action="ecr:*", principal=outsiders).holds
    False
    """
    held = Held(policies)
    requests = Requests([held], action, principal, resource)
    sides = Sides(held)

    def can_break(request: Request) -> bool:
        if request.caller.is_root and request.is_same_account:
            return False
        return sides.outcome(request).is_good

    looked = look(requests, [held], can_break, lambda request: held.decide(request).allowed)
    found = None
    if looked.found is not None and looked.actions is not None:
        found = AllowedRequest(held.decide(looked.found), looked.actions)
    on = "" if resource == "*" else f" on `{resource}`"
    return Result(
        f"`{action}`{on} is never allowed to {principal}",
        found,
        looked_at(requests, looked),
        requests.is_complete and not looked.open_requests,
        (*requests.doubts, *looked.doubts),
    )
