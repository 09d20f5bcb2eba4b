"""The answers of the service about a registry: `script` as a test wants it, all else by default."""

from typing import Any

from tests.sources.service import Answer, Call, Refusal, Script

ACCOUNT = "111122223333"
REGION = "eu-west-1"

REPLICATION = {
    "rules": [
        {
            "destinations": [{"region": "us-east-1", "registryId": ACCOUNT}],
            "repositoryFilters": [{"filter": "team/", "filterType": "PREFIX_MATCH"}],
        }
    ]
}
SCANNING = {"scanType": "BASIC", "rules": []}
CACHE_RULE = {
    "ecrRepositoryPrefix": "quay",
    "upstreamRegistryUrl": "quay.io",
    "createdAt": 1767225600,
}
TEMPLATE = {"prefix": "ROOT", "appliedFor": ["REPLICATION"], "createdAt": 1767225600}


def described(name: str, **members: Any) -> dict[str, Any]:
    """A repository as `describe-repositories` prints it."""
    return {
        "repositoryName": name,
        "repositoryArn": f"arn:aws:ecr:{REGION}:{ACCOUNT}:repository/{name}",
        "registryId": ACCOUNT,
        "createdAt": 1767225600,
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": True},
        "encryptionConfiguration": {"encryptionType": "AES256"},
        **members,
    }


def registry(*names: str, **answers: Answer) -> Script:
    """A registry of some repositories, with other answers to some operations."""
    plain: dict[str, Answer] = {
        "DescribeRepositories": {"repositories": [described(name) for name in names]},
        "GetRepositoryPolicy": Refusal("RepositoryPolicyNotFoundException"),
        "GetLifecyclePolicy": Refusal("LifecyclePolicyNotFoundException"),
        "ListTagsForResource": {"tags": []},
        "DescribeImages": {"imageDetails": []},
        "GetRegistryPolicy": Refusal("RegistryPolicyNotFoundException"),
        "GetAccountSetting": {"name": "REGISTRY_POLICY_SCOPE", "value": "V2"},
        "GetRegistryScanningConfiguration": {
            "registryId": ACCOUNT,
            "scanningConfiguration": SCANNING,
        },
        "DescribeRegistry": {"registryId": ACCOUNT, "replicationConfiguration": REPLICATION},
        "DescribePullThroughCacheRules": {"pullThroughCacheRules": [CACHE_RULE]},
        "DescribeRepositoryCreationTemplates": {
            "registryId": ACCOUNT,
            "repositoryCreationTemplates": [TEMPLATE],
        },
    }

    def script(call: Call) -> Answer:
        return (plain | answers)[call.operation]

    return script


def denied(operation: str) -> Refusal:
    """The service's answer to a caller that may not."""
    return Refusal("AccessDeniedException", f"User: x is not authorized to perform: {operation}")
