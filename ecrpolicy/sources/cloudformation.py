"""Templates of CloudFormation and SAM, JSON or YAML: the policies and settings in them.

YAML needs the extra `cloudformation`.
AWS CloudFormation Template Reference, the pages of the types.
"""

from collections.abc import Callable, Iterator
from typing import Any, Final

from ecrpolicy.lint.embedded import (
    Resource,
    listed,
    only,
    policies,
    repeated,
    settings,
    with_policies_apart,
)
from ecrpolicy.lint.found import Misread, Reading, SourceText, Span
from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.nodes import Node
from ecrpolicy.sources.json_nodes import json_node

_SYNTAX_ERROR: Final = "json-syntax-error"

_RULE_MEMBERS: Final = (
    "EcrRepositoryPrefix",
    "UpstreamRegistryUrl",
    "UpstreamRegistry",
    "CredentialArn",
    "CustomRoleArn",
    "UpstreamRepositoryPrefix",
)


def read_template(source: SourceText, value: Any = None) -> Reading:
    """The documents in a template; `value` is what its text is, where that is JSON."""
    if value is not None:
        start = len(source.text) - len(source.text.lstrip())
        return _read(source, json_node(source, Span(start, len(source.text.rstrip()))))
    from ecrpolicy.sources.yaml_nodes import NotYaml, yaml_nodes

    try:
        return Reading.joined([_read(source, each) for each in yaml_nodes(source)])
    except NotYaml as error:
        place = Span(error.at, min(error.at + 1, len(source.text)))
        return Reading(misread=(Misread(source, _SYNTAX_ERROR, place, error.message),))


def _read(source: SourceText, template: Node) -> Reading:
    resources = template.member("Resources")
    if resources is None:
        return Reading()
    whole = Resource(source, "", "", template, ())
    return Reading.joined(
        (
            repeated(whole, template.flat),
            repeated(whole, resources.flat),
            *(
                reading
                for name, member in (resources.members or {}).items()
                for reading in _resource(source, name, member.node, member.name_span)
            ),
        )
    )


def _resource(source: SourceText, name: str, node: Node, head: Span) -> Iterator[Reading]:
    kind, properties = node.member("Type"), node.member("Properties")
    if kind is None or properties is None or not isinstance(kind.scalar, str):
        return
    read = _TYPES.get(kind.scalar)
    if read is not None:
        resource = Resource(source, kind.scalar, name, properties, (head.start,))
        yield Reading(has_resources=True)
        yield repeated(resource, node.flat)
        yield repeated(resource, properties.flat)
        yield from read(resource)


def _repository(resource: Resource) -> Iterator[Reading]:
    text = resource.properties.member("LifecyclePolicy", "LifecyclePolicyText")
    yield from policies(resource, text, Kind.LIFECYCLE, "LifecyclePolicyText")
    policy = resource.properties.member("RepositoryPolicyText")
    yield from _iam(resource, policy, Kind.REPOSITORY, "RepositoryPolicyText")


def _registry_policy(resource: Resource) -> Iterator[Reading]:
    yield from _iam(resource, resource.properties.member("PolicyText"), Kind.REGISTRY)


def _replication(resource: Resource) -> Iterator[Reading]:
    found = resource.properties.member("ReplicationConfiguration")
    yield from settings(resource, found, Kind.REPLICATION, _uncapitalised)


def _scanning(resource: Resource) -> Iterator[Reading]:
    found = only(resource.properties, ("ScanType", "Rules"))
    yield from settings(resource, found, Kind.SCANNING, _uncapitalised)


def _cache_rule(resource: Resource) -> Iterator[Reading]:
    found = only(resource.properties, _RULE_MEMBERS)
    member = "pullThroughCacheRules"
    yield from listed(resource, found, Kind.CACHING, member, _uncapitalised)


def _template(resource: Resource) -> Iterator[Reading]:
    member = "repositoryCreationTemplates"
    found = with_policies_apart(resource.properties, ("RepositoryPolicy", "LifecyclePolicy"))
    yield from listed(resource, found, Kind.TEMPLATES, member, _of_template)
    for name, kind in (("RepositoryPolicy", Kind.REPOSITORY), ("LifecyclePolicy", Kind.LIFECYCLE)):
        yield from policies(resource, resource.properties.member(name), kind, name)


def _iam_policy(resource: Resource) -> Iterator[Reading]:
    yield from _iam(resource, resource.properties.member("PolicyDocument"), Kind.IDENTITY)


def _iam_identity(resource: Resource) -> Iterator[Reading]:
    trust = resource.properties.member("AssumeRolePolicyDocument")
    yield from _iam(resource, trust, Kind.RESOURCE, "AssumeRolePolicyDocument")
    for number, each in enumerate(_elements(resource.properties.member("Policies"))):
        document = each.member("PolicyDocument")
        yield from _iam(resource, document, Kind.IDENTITY, f"Policies.{number}")


def _endpoint(resource: Resource) -> Iterator[Reading]:
    yield from _iam(resource, resource.properties.member("PolicyDocument"), Kind.ENDPOINT)


def _organization(resource: Resource) -> Iterator[Reading]:
    kind = resource.properties.member("Type")
    found = _OF_ORGANIZATIONS.get(kind.scalar) if kind and isinstance(kind.scalar, str) else None
    if found is not None:
        yield from _iam(resource, resource.properties.member("Content"), found)


def _serverless(resource: Resource) -> Iterator[Reading]:
    """What SAM makes a role for may have policies beside names of managed ones and of templates."""
    trust = resource.properties.member("AssumeRolePolicyDocument")
    yield from _iam(resource, trust, Kind.RESOURCE, "AssumeRolePolicyDocument")
    held = resource.properties.member("Policies")
    for number, each in enumerate([held] if held and held.members else _elements(held)):
        if each.member("Statement") is not None:
            yield from _iam(resource, each, Kind.IDENTITY, f"Policies.{number}")


def _iam(resource: Resource, node: Node | None, kind: Kind, name: str = "") -> Iterator[Reading]:
    """A policy; a number in it is taken for text, as which CloudFormation may pass it on."""
    held = None if node is None else node.as_strings()
    yield from policies(resource, held, kind, name)


def _elements(node: Node | None) -> tuple[Node, ...]:
    return (node.elements or ()) if node is not None else ()


def _uncapitalised(name: str) -> str:
    """What the API calls a member.

    >>> _uncapitalised("ScanType")
    'scanType'
    """
    return name[:1].lower() + name[1:]


def _of_template(name: str) -> str:
    """Tags alone have the same names in the API as in templates."""
    return name if name in ("Key", "Value") else _uncapitalised(name)


_OF_ORGANIZATIONS: Final = {
    "SERVICE_CONTROL_POLICY": Kind.SCP,
    "RESOURCE_CONTROL_POLICY": Kind.RCP,
}

_TYPES: Final[dict[str, Callable[[Resource], Iterator[Reading]]]] = {
    "AWS::ECR::Repository": _repository,
    "AWS::ECR::RegistryPolicy": _registry_policy,
    "AWS::ECR::ReplicationConfiguration": _replication,
    "AWS::ECR::RegistryScanningConfiguration": _scanning,
    "AWS::ECR::PullThroughCacheRule": _cache_rule,
    "AWS::ECR::RepositoryCreationTemplate": _template,
    "AWS::IAM::ManagedPolicy": _iam_policy,
    "AWS::IAM::Policy": _iam_policy,
    "AWS::IAM::RolePolicy": _iam_policy,
    "AWS::IAM::UserPolicy": _iam_policy,
    "AWS::IAM::GroupPolicy": _iam_policy,
    "AWS::IAM::Role": _iam_identity,
    "AWS::IAM::User": _iam_identity,
    "AWS::IAM::Group": _iam_identity,
    "AWS::EC2::VPCEndpoint": _endpoint,
    "AWS::Organizations::Policy": _organization,
    "AWS::Serverless::Function": _serverless,
    "AWS::Serverless::StateMachine": _serverless,
}
