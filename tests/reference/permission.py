"""A naive, executable specification of what a registry permits another that replicates into it.

It shares no code with the real implementation, and asks `tests.reference.iam` about single
requests. The sources are the Amazon ECR User Guide ("Private registry permissions for
replication"), the IAM User Guide ("AWS global condition context keys") and the Service
Authorization Reference; where they are silent, it restates the decisions of this project.

Who calls is the service-linked role for replication of the source's account. Of most context keys
of its request nobody knows whether they are there, or what they say. A statement that asks for one
may speak of the request, or not: every combination of that is a world, and each world is decided.
What is so in all worlds is so; anything else is not known.
"""

import itertools
import re
from typing import Any, Literal

from tests.reference import iam

Object = dict[str, Any]
Permission = Literal["ALLOWED", "DENIED", "UNKNOWN"]

ROLE = "role/aws-service-role/replication.ecr.amazonaws.com/AWSServiceRoleForECRReplication"
ROLE_POLICY = {
    "Version": "2012-10-17",
    "Statement": [
        {
            "Effect": "Allow",
            "Action": ["ecr:CreateRepository", "ecr:ReplicateImage"],
            "Resource": "*",
        }
    ],
}

# What follows from the caller and from the registry that is called.
KNOWN = [
    "aws:principalarn",
    "aws:principalaccount",
    "aws:principaltype",
    "aws:principalisawsservice",
    "aws:resourceaccount",
    "aws:requestedregion",
]
# What a role never has.
NEVER = ["aws:username", "aws:principalservicename", "aws:principalservicenameslist"]


def permits(
    registry: Object,
    partition: str,
    source_account: str,
    action: str,
    name: str,
) -> Permission:
    """What a registry permits; nothing is known where nobody tells its policy."""
    if "registryPolicy" not in registry:
        return "UNKNOWN"
    policy = registry["registryPolicy"]
    answers = {
        decided(registry, world, partition, source_account, action, name)
        for world in worlds(policy, open_tags(registry, action, name), action)
    }
    if len(answers) > 1:
        return "UNKNOWN"
    return "ALLOWED" if answers == {True} else "DENIED"


def decided(
    registry: Object,
    policy: Object | None,
    partition: str,
    source_account: str,
    action: str,
    name: str,
) -> bool:
    """Whether one world allows the request."""
    account, region = registry["registryId"], registry["region"]
    policies: Object = {"identity": [ROLE_POLICY]}
    if policy is not None:
        policies["registry"] = policy
        policies["registryScope"] = registry.get("registryPolicyScope", "V2")
    case = {
        "principal": f"arn:{partition}:iam::{source_account}:{ROLE}",
        "serviceLinkedRole": True,
        "action": action,
        "resource": f"arn:{partition}:ecr:{region}:{account}:repository/{name}",
        "resourceAccount": account,
        "context": {"aws:RequestedRegion": region},
        "resourceTags": told_tags(registry, name) or {},
        "policies": policies,
    }
    return iam.decide(case).effect == "ALLOW"


def told_tags(registry: Object, name: str) -> dict[str, str] | None:
    """The tags of a repository; None where nobody tells them, or of one that is not listed."""
    for repository in registry.get("repositories", []):
        if repository["repositoryName"] == name and "resourceTags" in repository:
            return {tag["Key"]: tag["Value"] for tag in repository["resourceTags"]}
    return None


def open_tags(registry: Object, action: str, name: str) -> bool:
    """Whether nobody knows the tags of the repository.

    While it is created it has none; when the image arrives it may have those of a template.
    """
    if "repositories" not in registry:
        return True
    names = [repository["repositoryName"] for repository in registry["repositories"]]
    if name in names:
        return told_tags(registry, name) is None
    return action != "ecr:CreateRepository"


def worlds(policy: Object | None, has_open_tags: bool, action: str) -> list[Object | None]:
    """A policy in all combinations of its statements, each open one there or not."""
    if policy is None:
        return [None]
    statements = iam.as_list(policy["Statement"])
    has_variables = policy.get("Version") == "2012-10-17"
    choices = [sides(each, has_open_tags, action, has_variables) for each in statements]
    return [
        {**policy, "Statement": [each for each in world if each is not None]}
        for world in itertools.product(*choices)
    ]


def sides(
    statement: Object, has_open_tags: bool, action: str, has_variables: bool
) -> list[Object | None]:
    """A statement that asks for nothing unknown as it is; any other without that, and not at all.

    In a resource, a variable that nobody knows may stand for any text.
    """

    def is_open(text: str) -> bool:
        keys = variables(text) if has_variables else []
        return any(not is_known(key, has_open_tags, action) for key in keys)

    kept: Object = {}
    opened = False
    for operator, block in statement.get("Condition", {}).items():
        for key, values in block.items():
            if not is_known(key, has_open_tags, action) or any(map(is_open, iam.as_list(values))):
                opened = True
            else:
                kept.setdefault(operator, {})[key] = values
    resources = iam.as_list(statement.get("Resource", []))
    if any(map(is_open, iam.as_list(statement.get("NotResource", [])))):
        raise ValueError("a variable that nobody knows in NotResource is not understood")
    if any(map(is_open, resources)):
        opened = True
        resources = [
            re.sub(r"\$\{[^}]*\}", "*", text) if is_open(text) else text for text in resources
        ]
    if not opened:
        return [statement]
    widened = {name: value for name, value in statement.items() if name != "Condition"}
    if "Resource" in statement:
        widened["Resource"] = resources
    return [widened | ({"Condition": kept} if kept else {}), None]


def variables(text: str) -> list[str]:
    """The context keys that stand in a text as variables."""
    return [key for key in re.findall(r"\$\{([^}]*)\}", text) if key not in ["*", "?", "$"]]


def is_known(key: str, has_open_tags: bool, action: str) -> bool:
    """Whether the value of a context key is known, or that it is missing."""
    key = key.lower()
    if key.startswith(("aws:resourcetag/", "ecr:resourcetag/")):
        return not has_open_tags
    if key.startswith("aws:requesttag/") or key == "aws:tagkeys":
        return action != "ecr:CreateRepository"
    return key in KNOWN or key in NEVER or key.startswith("ecr:")
