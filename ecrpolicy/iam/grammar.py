"""What the policies of each kind are made of.

IAM User Guide, "Grammar of the IAM JSON policy language"; AWS Organizations User Guide, "SCP
syntax" and "RCP syntax"; Amazon ECR User Guide, "Private repository policies" and "Private
registry permissions".
"""

from dataclasses import dataclass
from enum import Enum, auto
from typing import Final

from ecrpolicy import quotas
from ecrpolicy.iam.model import Kind

VERSIONS: Final = ("2012-10-17", "2008-10-17")
POLICY_ELEMENTS: Final = frozenset(("Version", "Id", "Statement"))
STATEMENT_ELEMENTS: Final = frozenset(
    (
        "Sid",
        "Effect",
        "Principal",
        "NotPrincipal",
        "Action",
        "NotAction",
        "Resource",
        "NotResource",
        "Condition",
    )
)
PRINCIPAL_KINDS: Final = ("AWS", "Service", "Federated", "CanonicalUser")


class Presence(Enum):
    """Whether an element can, must or must not be there."""

    REQUIRED = auto()
    OPTIONAL = auto()
    REFUSED = auto()


@dataclass(frozen=True, slots=True)
class Grammar:
    """The grammar of one kind of policy.

    `name` is what messages call such a policy. `max_characters` leaves white space out where
    `counts_space` is false; what is longer than `max_sent` is refused unread.
    `plain_unique_sids`: ids of letters and digits, each once. `is_rcp`: RCP syntax, in which
    everybody is the principal.
    """

    name: str
    size_rule: str
    max_characters: int
    max_sent: int
    counts_space: bool = True
    principal: Presence = Presence.REFUSED
    resource: Presence = Presence.REQUIRED
    plain_unique_sids: bool = False
    is_rcp: bool = False

    def excess(self, text: str) -> int | None:
        """How many characters count of a text that has too many; None where it has not."""
        if len(text) > self.max_characters and not self.counts_space:
            text = "".join(text.split())
        return len(text) if len(text) > self.max_characters else None

    def too_long(self, characters: int | None = None) -> str:
        """What is said of a text that has too many characters."""
        space = "" if self.counts_space else " without white space"
        found = "it has more" if characters is None else f"not {characters:,}"
        return f"{self.name} has {self.max_characters:,} characters at most{space}, {found}"


_IDENTITY_SIZE: Final = "policy-size-exceeds-identity-policy-quota"
_RESOURCE_SIZE: Final = "policy-size-exceeds-resource-policy-quota"


def _identity(name: str) -> Grammar:
    return Grammar(
        name,
        _IDENTITY_SIZE,
        quotas.IDENTITY_POLICY_MAX_CHARACTERS,
        quotas.IDENTITY_POLICY_MAX_CHARACTERS_SENT,
        counts_space=False,
        plain_unique_sids=True,
    )


def _resource(name: str, most: int, resource: Presence) -> Grammar:
    return Grammar(
        name,
        _RESOURCE_SIZE,
        most,
        most,
        principal=Presence.REQUIRED,
        resource=resource,
    )


GRAMMARS: Final = {
    Kind.IDENTITY: _identity("an identity-based policy"),
    Kind.BOUNDARY: _identity("a permissions boundary"),
    Kind.SESSION: Grammar(
        "a session policy",
        _IDENTITY_SIZE,
        quotas.SESSION_POLICY_MAX_CHARACTERS,
        quotas.SESSION_POLICY_MAX_CHARACTERS,
        plain_unique_sids=True,
    ),
    Kind.SCP: Grammar(
        "a service control policy",
        "policy-size-exceeds-scp-quota",
        quotas.SERVICE_CONTROL_POLICY_MAX_CHARACTERS,
        quotas.SERVICE_CONTROL_POLICY_MAX_CHARACTERS,
        plain_unique_sids=True,
    ),
    Kind.RCP: Grammar(
        "a resource control policy",
        "policy-size-exceeds-rcp-quota",
        quotas.RESOURCE_CONTROL_POLICY_MAX_CHARACTERS,
        quotas.RESOURCE_CONTROL_POLICY_MAX_CHARACTERS,
        principal=Presence.REQUIRED,
        plain_unique_sids=True,
        is_rcp=True,
    ),
    Kind.ENDPOINT: Grammar(
        "a VPC endpoint policy",
        _RESOURCE_SIZE,
        quotas.ENDPOINT_POLICY_MAX_CHARACTERS,
        quotas.ENDPOINT_POLICY_MAX_CHARACTERS,
        principal=Presence.OPTIONAL,
    ),
    Kind.REPOSITORY: _resource(
        "a repository policy", quotas.REPOSITORY_POLICY_MAX_CHARACTERS, Presence.REFUSED
    ),
    Kind.REGISTRY: _resource(
        "a registry policy", quotas.REGISTRY_POLICY_MAX_CHARACTERS, Presence.REQUIRED
    ),
    Kind.RESOURCE: _resource(
        "a resource-based policy", quotas.RESOURCE_POLICY_MAX_CHARACTERS, Presence.OPTIONAL
    ),
}
