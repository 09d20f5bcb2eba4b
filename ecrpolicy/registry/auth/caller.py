"""Who calls."""

from dataclasses import dataclass

from ecrpolicy.iam.model import Policy


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose credentials have been checked.

    `principal` is the ARN: of a user, of a session of a role, of the account's root. `role` is the
    role's own ARN for a session of it; `session` are the policies of the session.
    """

    principal: str
    account: str
    role: str | None = None
    session: tuple[Policy, ...] = ()
