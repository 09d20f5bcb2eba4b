"""Who calls."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from ecrpolicy.iam.model import Policy


@dataclass(frozen=True, slots=True)
class Caller:
    """Somebody whose credentials have been checked.

    `principal` is the ARN: of a user, of a session of a role, of the account's root. `role` is the
    role's own ARN for a session of it, `user` that of the user behind a federated session;
    `session` are the policies of the session, and `tags` what it was tagged with. `access_key` is
    the id of the key that it signs with; temporary ones end at `expires_at`.
    """

    principal: str
    account: str
    role: str | None = None
    user: str | None = None
    session: tuple[Policy, ...] = field(default=(), hash=False)
    tags: Mapping[str, str] = field(default_factory=dict, hash=False)
    access_key: str = ""
    expires_at: datetime | None = None
    is_temporary: bool = False

    @property
    def identity(self) -> str:
        """The ARN of what its policies are attached to."""
        return self.role or self.user or self.principal

    @property
    def is_root(self) -> bool:
        """Whether it is the root user of its account."""
        return self.principal.endswith(":root")

    def has_ended(self, now: datetime) -> bool:
        """Whether its temporary credentials have ended."""
        return self.expires_at is not None and now >= self.expires_at
