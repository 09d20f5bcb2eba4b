"""Which policies a request is held against.

IAM User Guide, "Policy evaluation logic"; AWS Organizations User Guide, "Service control
policies" and "Resource control policies"; Amazon ECR User Guide, "Private repository policies"
and "Private registry permissions".
"""

from functools import cache
from typing import Final

from ecrpolicy.arn import Arn
from ecrpolicy.iam.callers import Caller
from ecrpolicy.iam.model import Kind

# Each kind of policy is a bit, and a registry policy of scope V1 one of its own.
BITS: Final = {kind: 1 << number for number, kind in enumerate(Kind)}
REGISTRY_V1: Final = 1 << len(BITS)

_IDENTITY: Final = BITS[Kind.IDENTITY]
_LIMITS: Final = BITS[Kind.BOUNDARY] | BITS[Kind.SESSION]
_SCP: Final = BITS[Kind.SCP]
_RCP: Final = BITS[Kind.RCP]
_ENDPOINT: Final = BITS[Kind.ENDPOINT]
_RESOURCE: Final = BITS[Kind.RESOURCE]
_REPOSITORY: Final = BITS[Kind.REPOSITORY]
_REGISTRY: Final = BITS[Kind.REGISTRY]

_ECR: Final = "ecr:"

# Granted by identity policies alone ("Private repository policies", "Private registry
# permissions").
IDENTITY_ONLY_ACTIONS: Final = frozenset(
    ("ecr:getauthorizationtoken", "ecr:createpullthroughcacherule")
)

# "Private registry permissions": what scope V1 knows.
REGISTRY_V1_ACTIONS: Final = (
    "ecr:ReplicateImage",
    "ecr:BatchImportUpstreamImage",
    "ecr:CreateRepository",
)
_REGISTRY_V1_ACTIONS: Final = frozenset(action.lower() for action in REGISTRY_V1_ACTIONS)


@cache
def kinds(bits: int) -> tuple[Kind, ...]:
    """The kinds of policies whose bits are set.

    >>> [kind.value for kind in kinds(BITS[Kind.SCP] | BITS[Kind.IDENTITY])]
    ['identity', 'scp']
    """
    if bits & REGISTRY_V1:
        bits |= _REGISTRY
    return tuple(kind for kind, bit in BITS.items() if bits & bit)


def binding_caller(caller: Caller, *, is_service_linked: bool, is_in_management: bool) -> int:
    """The kinds of policies that bind the caller: its own, and SCPs.

    SCPs bind callers of member accounts, their root users too, but no service-linked roles.
    Permissions boundary and session policies do not bind the root user.
    """
    if not caller.has_identity:
        return 0
    bits = _IDENTITY
    if not caller.is_root:
        bits |= _LIMITS
    if not is_service_linked and not is_in_management:
        bits |= _SCP
    return bits


def binding_resource(
    action: str, resource: Arn | None, *, is_service_linked: bool, is_in_management: bool
) -> int:
    """The kinds of policies that come with the resource; the action is in lower case.

    RCPs bind resources of member accounts whoever calls, but for service-linked roles. A registry
    policy is about the actions of the registry's service.
    """
    bits = _ENDPOINT
    if not is_service_linked and not is_in_management:
        bits |= _RCP
    if action in IDENTITY_ONLY_ACTIONS:
        return bits
    bits |= _RESOURCE
    if resource is not None and is_repository(resource):
        bits |= _REPOSITORY
    if action.startswith(_ECR):
        bits |= _REGISTRY
    if action in _REGISTRY_V1_ACTIONS:
        bits |= REGISTRY_V1
    return bits


def is_repository(resource: Arn) -> bool:
    """Whether an ARN is that of a repository, `arn:<…>:ecr:<region>:<account>:repository/<name>`.

    >>> is_repository(Arn("aws", "ecr", "us-east-1", "111122223333", "repository/a"))
    True
    """
    kind, slash, name = resource.resource.partition("/")
    return resource.service == "ecr" and kind == "repository" and bool(slash and name)
