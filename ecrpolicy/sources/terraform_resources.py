"""The resources of Terraform's AWS provider that hold policies and settings, and what they hold.

They are read in the same way where they stand in a configuration and in a plan: as nodes, in which
blocks are lists. AWS provider, the pages of the resources.
"""

from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import Final

from ecrpolicy.document.unknown import UNKNOWN
from ecrpolicy.lint.embedded import Resource, listed, only, policies, settings, with_policies_apart
from ecrpolicy.lint.found import Reading
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.nodes import Member, Node, list_of, object_of

_PLURALS: Final = {
    "destination": "destinations",
    "image_tag_mutability_exclusion_filter": "image_tag_mutability_exclusion_filters",
    "repository_filter": "repository_filters",
    "rule": "rules",
}
_RULE_MEMBERS: Final = (
    "credential_arn",
    "custom_role_arn",
    "ecr_repository_prefix",
    "upstream_registry_url",
    "upstream_repository_prefix",
)
_TEMPLATE_MEMBERS: Final = (
    "applied_for",
    "custom_role_arn",
    "description",
    "encryption_configuration",
    "image_tag_mutability",
    "image_tag_mutability_exclusion_filter",
    "lifecycle_policy",
    "prefix",
    "repository_policy",
    "resource_tags",
)
_OF_ORGANIZATIONS: Final = {
    "SERVICE_CONTROL_POLICY": Kind.SCP,
    "RESOURCE_CONTROL_POLICY": Kind.RCP,
}

ATTRIBUTES: Final = frozenset(
    ("assume_role_policy", "content", "lifecycle_policy", "policy", "repository_policy")
)
"""The attributes of resources, and of blocks in them, that hold policies."""

_POLICIES: Final[dict[str, dict[str, Kind]]] = {
    "aws_ecr_lifecycle_policy": {"policy": Kind.LIFECYCLE},
    "aws_ecr_registry_policy": {"policy": Kind.REGISTRY},
    "aws_ecr_repository_creation_template": {
        "lifecycle_policy": Kind.LIFECYCLE,
        "repository_policy": Kind.REPOSITORY,
    },
    "aws_ecr_repository_policy": {"policy": Kind.REPOSITORY},
    "aws_iam_group_policy": {"policy": Kind.IDENTITY},
    "aws_iam_policy": {"policy": Kind.IDENTITY},
    "aws_iam_role": {"assume_role_policy": Kind.RESOURCE, "inline_policy": Kind.IDENTITY},
    "aws_iam_role_policy": {"policy": Kind.IDENTITY},
    "aws_iam_user_policy": {"policy": Kind.IDENTITY},
    "aws_organizations_policy": {"content": Kind.SCP},
    "aws_vpc_endpoint": {"policy": Kind.ENDPOINT},
    "aws_vpc_endpoint_policy": {"policy": Kind.ENDPOINT},
}


def read_resource(resource: Resource) -> Iterator[Reading]:
    """The documents that a resource holds."""
    setting = _SETTINGS.get(resource.type)
    if setting is not None:
        yield from setting(resource)
    held = policies_of(resource)
    for name, kind in held.items():
        if name == "inline_policy":
            yield from _inline(resource)
        else:
            called = name if len(held) > 1 else ""
            yield from policies(resource, resource.properties.member(name), kind, called)


def policies_of(resource: Resource) -> dict[str, Kind]:
    """The attributes of a resource that hold policies, and the kind of each."""
    if resource.type != "aws_organizations_policy":
        return _POLICIES.get(resource.type, {})
    told = resource.properties.member("type")
    kind = _OF_ORGANIZATIONS.get(_text(told)) if told is not None else Kind.SCP
    return {} if kind is None else {"content": kind}


def _inline(resource: Resource) -> Iterator[Reading]:
    for number, each in enumerate(_elements(resource.properties.member("inline_policy"))):
        policy = each.member("policy")
        yield from policies(resource, policy, Kind.IDENTITY, f"inline_policy.{number}")


def _replication(resource: Resource) -> Iterator[Reading]:
    for each in _elements(resource.properties.member("replication_configuration")):
        whole = _with(each, "rule", list_of(each.span))
        found = _without_empty(whole, "repository_filter")
        yield from settings(resource, found, Kind.REPLICATION, _of_api)


def _scanning(resource: Resource) -> Iterator[Reading]:
    found = only(resource.properties, ("scan_type", "rule"))
    yield from settings(resource, found, Kind.SCANNING, _of_api)


def _cache_rule(resource: Resource) -> Iterator[Reading]:
    found = only(resource.properties, _RULE_MEMBERS)
    yield from listed(resource, found, Kind.CACHING, "pullThroughCacheRules", _of_api)


def _template(resource: Resource) -> Iterator[Reading]:
    given = only(resource.properties, _TEMPLATE_MEMBERS)
    known = _without_empty(given, "image_tag_mutability_exclusion_filter")
    found = with_policies_apart(known, ("lifecycle_policy", "repository_policy"))
    members = {
        _of_api(name): each
        for name, each in (found.members or {}).items()
        if name != "encryption_configuration" or each.node.elements != ()
    }
    for name, change in (
        ("encryptionConfiguration", _encryption),
        ("resourceTags", _tags),
    ):
        if name in members:
            members[name] = members[name]._replace(node=change(members[name].node))
    filters = "imageTagMutabilityExclusionFilters"
    if filters in members:
        members[filters] = members[filters]._replace(node=members[filters].node.renamed(_of_api))
    whole = replace(found, members=members)
    member = "repositoryCreationTemplates"
    yield from listed(resource, whole, Kind.TEMPLATES, member, lambda name: name)


def _encryption(node: Node) -> Node:
    """The block there is; the provider has a default for the type."""
    held = next(iter(_elements(node)), Node(node.span, UNKNOWN))
    if held.members is None:
        return held
    default = Node(held.span, "AES256")
    return _with(held, "encryption_type", default).renamed(_of_api)


def _tags(node: Node) -> Node:
    if node.members is None:
        return Node(node.span, UNKNOWN)
    return list_of(
        node.span,
        *(
            object_of(span, Key=Node(span, name), Value=value)
            for name, (span, value) in node.members.items()
        ),
    )


def _with(node: Node, name: str, default: Node) -> Node:
    if node.members is None or name in node.members:
        return node
    return replace(node, members={**node.members, name: Member(default.span, default)})


def _without_empty(node: Node, name: str) -> Node:
    """The same without empty members of a name, at any depth: blocks that there are none of."""
    if node.members is not None:
        members = {
            each: member._replace(node=_without_empty(member.node, name))
            for each, member in node.members.items()
            if each != name or member.node.elements != ()
        }
        return replace(node, members=members)
    if node.elements is not None:
        elements = tuple(_without_empty(each, name) for each in node.elements)
        return replace(node, elements=elements)
    return node


def _elements(node: Node | None) -> tuple[Node, ...]:
    return (node.elements or ()) if node is not None else ()


def _text(node: Node) -> str:
    return node.scalar if isinstance(node.scalar, str) else ""


def _of_api(name: str) -> str:
    """What the API calls an attribute or a block.

    >>> _of_api("scan_type"), _of_api("repository_filter")
    ('scanType', 'repositoryFilters')
    """
    first, *others = _PLURALS.get(name, name).split("_")
    return first + "".join(each.capitalize() for each in others)


_SETTINGS: Final[dict[str, Callable[[Resource], Iterator[Reading]]]] = {
    "aws_ecr_pull_through_cache_rule": _cache_rule,
    "aws_ecr_registry_scanning_configuration": _scanning,
    "aws_ecr_replication_configuration": _replication,
    "aws_ecr_repository_creation_template": _template,
}

TYPES: Final = frozenset((*_POLICIES, *_SETTINGS))
"""The types of resources that are read."""
