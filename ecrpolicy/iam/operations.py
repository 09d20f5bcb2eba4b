"""What one task needs: all the actions that it calls, each with what it is about.

Amazon ECR User Guide: "Required IAM permissions for pushing an image", "Using Amazon ECR images
with Amazon ECS", "Using pull through cache rules", "Private registry permissions for replication",
"Using Tag-Based Access Control". Where the guide lists no actions, they are those of the API
operations that its steps call.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from enum import StrEnum
from typing import TYPE_CHECKING, Final

# Whoever only asks what an operation needs does without what decides.
if TYPE_CHECKING:
    from ecrpolicy.iam.decision import Decision
    from ecrpolicy.iam.policies import PolicySet
    from ecrpolicy.iam.request import Context, Request


class About(StrEnum):
    """What an action of an operation is about."""

    REPOSITORY = "repository"
    NONE = "none"


class When(StrEnum):
    """When an action of an operation is needed."""

    ALWAYS = "always"
    NEW_REPOSITORY = "where the repository does not exist yet"
    WITH_TAGS = "where tags are given"


@dataclass(frozen=True, slots=True)
class Step:
    """One action of an operation."""

    action: str
    about: About = About.REPOSITORY
    when: When = When.ALWAYS


@dataclass(frozen=True, slots=True)
class Operation:
    """A task, its actions, and what more there is to say; `source` is where AWS lists them."""

    name: str
    steps: tuple[Step, ...]
    source: str
    note: str | None = None

    def needed(
        self, *, repository_exists: bool | None = None, with_tags: bool = False
    ) -> tuple[Step, ...]:
        """The steps that are needed; None where it is not known whether the repository exists.

        >>> [step.action for step in REPLICATE_IN.needed(repository_exists=True)]
        ['ecr:ReplicateImage']
        """
        return tuple(
            step
            for step in self.steps
            if step.when is When.ALWAYS
            or (step.when is When.NEW_REPOSITORY and not repository_exists)
            or (step.when is When.WITH_TAGS and with_tags)
        )


@dataclass(frozen=True, slots=True)
class OperationDecision:
    """What becomes of each action of an operation."""

    operation: Operation
    decisions: "Mapping[Step, Decision]" = field(hash=False)

    @property
    def allowed(self) -> bool:
        """Whether every action is allowed."""
        return not self.missing

    def __bool__(self) -> bool:
        return self.allowed

    @property
    def missing(self) -> tuple[str, ...]:
        """The actions that are not allowed."""
        return tuple(step.action for step, each in self.decisions.items() if not each.allowed)


def authorize_operation(
    operation: Operation,
    request: "Request",
    policies: "PolicySet",
    *,
    repository_exists: bool | None = None,
) -> OperationDecision:
    """Decide every action of an operation.

    The request says who asks, about which repository, in what context; its own action does not
    count. An action without a resource is asked of the caller's own account: a token for the
    registry of another account is got from there too.

    >>> from ecrpolicy.iam import PolicySet, Request
    >>> request = Request(principal="arn:aws:iam::111122223333:user/bob", action="ecr:PutImage",
    ...     resource="arn:aws:ecr:us-east-1:111122223333:repository/web")
    >>> authorize_operation(PULL, request, PolicySet()).missing[0]
    'ecr:GetAuthorizationToken'
    """
    from ecrpolicy.iam.evaluate import authorize

    steps = operation.needed(
        repository_exists=repository_exists, with_tags=has_request_tags(request.context)
    )
    return OperationDecision(
        operation, {step: authorize(request_of(step, request), policies) for step in steps}
    )


def request_of(step: Step, request: "Request") -> "Request":
    """The request with the action of a step, and what that is about."""
    if step.about is About.REPOSITORY:
        return replace(request, action=step.action)
    return replace(
        request,
        action=step.action,
        resource=None,
        resource_account=None,
        resource_tags={},
        resource_in_management_account=request.principal_in_management_account,
    )


def has_request_tags(context: "Context") -> bool:
    """Whether tags are given with a request: it then needs `ecr:TagResource` too.

    >>> has_request_tags({"aws:RequestTag/environment": "dev"})
    True
    """
    return any(
        key.lower().startswith("aws:requesttag/") or key.lower() == "aws:tagkeys" for key in context
    )


def _steps(*actions: str, login: bool = False) -> tuple[Step, ...]:
    """Actions about a repository; a Docker client logs in first."""
    token = (Step("ecr:GetAuthorizationToken", About.NONE),) if login else ()
    return (*token, *(Step(f"ecr:{action}") for action in actions))


def _of_registry(*actions: str) -> tuple[Step, ...]:
    return tuple(Step(f"ecr:{action}", About.NONE) for action in actions)


_CREATES: Final = Step("ecr:CreateRepository", when=When.NEW_REPOSITORY)

PUSH: Final = Operation(
    "push",
    _steps(
        "BatchCheckLayerAvailability",
        "InitiateLayerUpload",
        "UploadLayerPart",
        "CompleteLayerUpload",
        "PutImage",
        login=True,
    ),
    "Required IAM permissions for pushing an image",
    "a client that pushes an index, or mounts layers, may read first: that is `pull`",
)

PULL: Final = Operation(
    "pull",
    _steps("BatchGetImage", "GetDownloadUrlForLayer", login=True),
    "Using Amazon ECR images with Amazon ECS",
)

RETAG: Final = Operation("retag", _steps("BatchGetImage", "PutImage"), "Retagging an image")

DELETE: Final = Operation("delete", _steps("BatchDeleteImage"), "Deleting an image")

LIST: Final = Operation(
    "list", _steps("DescribeRepositories", "ListImages", "DescribeImages"), "Viewing image details"
)

INSPECT: Final = Operation(
    "inspect",
    _steps(
        "DescribeRepositories",
        "ListImages",
        "DescribeImages",
        "BatchGetImage",
        "GetRepositoryPolicy",
        "GetLifecyclePolicy",
        "ListTagsForResource",
        "DescribeImageScanFindings",
    ),
    "Using the Amazon ECR console",
)

SCAN: Final = Operation(
    "scan", _steps("StartImageScan", "DescribeImageScanFindings"), "Basic scanning"
)

REPLICATE_IN: Final = Operation(
    "replicate-in",
    (Step("ecr:ReplicateImage"), _CREATES),
    "Private registry permissions for replication",
    "the caller is the account of the source registry",
)

PULL_THROUGH_CACHE: Final = Operation(
    "pull-through-cache",
    (
        *_steps("BatchGetImage", "GetDownloadUrlForLayer", "BatchImportUpstreamImage", login=True),
        _CREATES,
    ),
    "Using pull through cache rules: Required IAM permissions",
)

CREATE_PULL_THROUGH_CACHE_RULE: Final = Operation(
    "create-pull-through-cache-rule",
    _of_registry("CreatePullThroughCacheRule"),
    "Using pull through cache rules: Required IAM permissions",
    "the first rule of a registry needs `iam:CreateServiceLinkedRole` too",
)

CREATE_REPOSITORY: Final = Operation(
    "create-repository",
    (Step("ecr:CreateRepository"), Step("ecr:TagResource", when=When.WITH_TAGS)),
    "Using Tag-Based Access Control",
)

DELETE_REPOSITORY: Final = Operation(
    "delete-repository", _steps("DeleteRepository"), "Deleting a private repository"
)

MANAGE_TAGS: Final = Operation(
    "manage-tags",
    _steps("ListTagsForResource", "TagResource", "UntagResource"),
    "Tagging a private repository",
    "these are the tags of the repository, not those of its images",
)

MANAGE_LIFECYCLE: Final = Operation(
    "manage-lifecycle",
    _steps(
        "GetLifecyclePolicy",
        "PutLifecyclePolicy",
        "DeleteLifecyclePolicy",
        "StartLifecyclePolicyPreview",
        "GetLifecyclePolicyPreview",
    ),
    "Lifecycle policies",
)

MANAGE_PERMISSIONS: Final = Operation(
    "manage-permissions",
    _steps("GetRepositoryPolicy", "SetRepositoryPolicy", "DeleteRepositoryPolicy"),
    "Private repository policies",
)

MANAGE_REGISTRY_PERMISSIONS: Final = Operation(
    "manage-registry-permissions",
    _of_registry("GetRegistryPolicy", "PutRegistryPolicy", "DeleteRegistryPolicy"),
    "Private registry permissions",
)

MANAGE_REPLICATION: Final = Operation(
    "manage-replication",
    _of_registry("DescribeRegistry", "PutReplicationConfiguration"),
    "Private image replication",
    "the first configuration of a registry needs `iam:CreateServiceLinkedRole` too",
)

MANAGE_SCANNING: Final = Operation(
    "manage-scanning",
    _of_registry("GetRegistryScanningConfiguration", "PutRegistryScanningConfiguration"),
    "Image scanning",
)

OPERATIONS: Final[Mapping[str, Operation]] = {
    operation.name: operation
    for operation in (
        PUSH,
        PULL,
        RETAG,
        DELETE,
        LIST,
        INSPECT,
        SCAN,
        REPLICATE_IN,
        PULL_THROUGH_CACHE,
        CREATE_PULL_THROUGH_CACHE_RULE,
        CREATE_REPOSITORY,
        DELETE_REPOSITORY,
        MANAGE_TAGS,
        MANAGE_LIFECYCLE,
        MANAGE_PERMISSIONS,
        MANAGE_REGISTRY_PERMISSIONS,
        MANAGE_REPLICATION,
        MANAGE_SCANNING,
    )
}
"""All operations, by name."""
