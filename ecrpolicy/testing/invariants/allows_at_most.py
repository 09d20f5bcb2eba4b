"""What some policies allow, others allow too."""

from dataclasses import dataclass, field
from typing import Any

from ecrpolicy.iam import Decision, Request
from ecrpolicy.testing.invariants.policies import Held, Policies
from ecrpolicy.testing.invariants.request_words import asked_json, asked_lines
from ecrpolicy.testing.invariants.requests import Requests, Sides, look, looked_at
from ecrpolicy.testing.invariants.result import Result
from ecrpolicy.testing.invariants.subjects import Alike
from ecrpolicy.testing.invariants.who import Who, anybody


@dataclass(frozen=True)
class AddedRequest:
    """A request that new policies allow, and the old ones do not."""

    new: Decision
    old: Decision
    alike: Alike = field(repr=False)

    def text(self) -> str:
        """The request, why it is allowed, and why it was not."""
        lines = [
            "a request that is allowed, and was not:",
            *asked_lines(self.new.request, self.alike),
        ]
        for name, decision in (("new", self.new), ("old", self.old)):
            lines.append(f"under the {name} policies")
            lines += (f"  {line}" for line in decision.explain().text().splitlines())
        return "\n".join(lines)

    def to_json(self) -> dict[str, Any]:
        """As plain JSON values."""
        return {
            "request": asked_json(self.new.request),
            "actionsAlike": [each.name for each in self.alike.several],
            "new": self.new.explain().to_json(),
            "old": self.old.explain().to_json(),
        }


def allows_at_most(
    new: Policies,
    old: Policies,
    *,
    action: str = "ecr:*",
    principal: Who | None = None,
    resource: str = "*",
) -> Result:
    """Every request that the new policies allow, the old ones allowed too.

    `action`, `principal` and `resource` say which requests, otherwise all of Amazon ECR are. What
    is taken of policies that are not given is as in `never_allows`.

    >>> from ecrpolicy import iam
    >>> def of(action):
    ...     statement = {"Effect": "Allow", "Principal": "*", "Action": action}
    ...     return iam.parse({"Statement": statement}, kind=iam.Kind.REPOSITORY)
    >>> allows_at_most(of("ecr:BatchGetImage"), of("ecr:*Image")).holds
    True
    >>> allows_at_most(of("ecr:*Image"), of("ecr:BatchGetImage")).holds
    False
    """
    after, before = Held(new), Held(old)
    who = anybody() if principal is None else principal
    requests = Requests([after, before], action, who, resource)
    sides = Sides(after), Sides(before)

    def can_break(request: Request) -> bool:
        return sides[0].outcome(request).is_good and not sides[1].outcome(request).is_bad

    def breaks(request: Request) -> bool:
        return after.decide(request).allowed and not before.decide(request).allowed

    looked = look(requests, [after, before], can_break, breaks)
    found = None
    if looked.found is not None and looked.actions is not None:
        request = looked.found
        found = AddedRequest(after.decide(request), before.decide(request), looked.actions)
    on = "" if resource == "*" else f" on `{resource}`"
    by = "" if principal is None else f" by {principal}"
    return Result(
        f"every request for `{action}`{on}{by} that is allowed was allowed before",
        found,
        looked_at(requests, looked),
        requests.is_complete and not looked.open_requests,
        (*requests.doubts, *looked.doubts),
    )
