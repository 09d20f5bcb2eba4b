"""Which cache rule and which template a repository's name falls under, and what follows.

Amazon ECR User Guide, "Using pull through cache rules" and "Templates to control repositories
created during a pull through cache, create on push, or replication action".
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from ecrpolicy.caching.model import ROOT, CacheRule, Cause, EncryptionType, Template
from ecrpolicy.caching.prefixes import Prefixes, below
from ecrpolicy.snapshot import Repository, TagMutability


@dataclass(frozen=True, slots=True)
class Cached:
    """A name that a cache rule serves: the rule, and what the image is called upstream."""

    rule: CacheRule
    upstream_name: str

    @property
    def upstream(self) -> str:
        """The upstream repository with its registry."""
        return f"{self.rule.upstream_registry_url}/{self.upstream_name}"


@dataclass(frozen=True, slots=True)
class NewRepository:
    """What a repository gets that the service creates; `template` is None where none applies."""

    name: str
    cause: Cause
    template: Template | None
    image_tag_mutability: TagMutability = TagMutability.MUTABLE
    image_tag_mutability_exclusion_filters: tuple[str, ...] = ()
    encryption_type: EncryptionType = EncryptionType.AES256
    kms_key: str | None = None
    resource_tags: Mapping[str, str] = field(default_factory=dict, hash=False)
    policy: str | None = None
    lifecycle_policy: str | None = None
    custom_role_arn: str | None = None

    def repository(self) -> Repository:
        """The repository as it will be: new, and without images."""
        return Repository(
            name=self.name,
            images=(),
            policy=self.policy or "",
            lifecycle_policy=self.lifecycle_policy,
            resource_tags=dict(self.resource_tags),
            image_tag_mutability=self.image_tag_mutability,
            image_tag_mutability_exclusion_filters=self.image_tag_mutability_exclusion_filters,
            scan_on_push=False,
            encryption_type=self.encryption_type.value,
        )


def cached(rules: Iterable[CacheRule], name: str) -> Cached | None:
    """The cache rule that serves a repository's name, None where none does.

    The longest prefix wins, and `ROOT` serves what no other prefix does. A rule's upstream
    prefix takes the place of its own.

    >>> rule = CacheRule(ecr_repository_prefix="quay", upstream_registry_url="quay.io")
    >>> cached([rule], "quay/prometheus/node-exporter").upstream
    'quay.io/prometheus/node-exporter'
    """
    return cached_by(by_prefix(rules), name)


def by_prefix(rules: Iterable[CacheRule]) -> Prefixes[CacheRule]:
    """Cache rules by their prefixes, for many names."""
    return Prefixes.compile((each.ecr_repository_prefix, each) for each in rules)


def cached_by(rules: Prefixes[CacheRule], name: str) -> Cached | None:
    """The cache rule that serves a name; as `cached`, for many names."""
    rule = rules.find(name)
    if rule is None:
        return None
    rest = below(rule.ecr_repository_prefix, name) or name
    upstream_prefix = rule.upstream_repository_prefix or ROOT
    if upstream_prefix == ROOT:
        return Cached(rule, rest)
    return Cached(rule, f"{upstream_prefix.removesuffix('/')}/{rest}")


def by_cause(templates: Iterable[Template]) -> Mapping[Cause, Prefixes[Template]]:
    """Templates by what they are for and by their prefixes, for many names."""
    templates = tuple(templates)
    return {
        cause: Prefixes.compile(
            (each.prefix, each) for each in templates if cause in each.applied_for
        )
        for cause in Cause
    }


def template_for(templates: Iterable[Template], name: str, cause: Cause) -> Template | None:
    """The template that a new repository is made from, None where none applies.

    Templates that are not for the cause do not count; of the others the longest prefix wins.
    """
    considered = ((each.prefix, each) for each in templates if cause in each.applied_for)
    return Prefixes.compile(considered).find(name)


def new_repository(templates: Iterable[Template], name: str, cause: Cause) -> NewRepository:
    """What a repository of a name gets that the service creates; without a template, the defaults.

    >>> template = Template(prefix="ROOT", applied_for=(Cause.REPLICATION,),
    ...     image_tag_mutability=TagMutability.IMMUTABLE)
    >>> new_repository([template], "web", Cause.REPLICATION).image_tag_mutability.value
    'IMMUTABLE'
    >>> new_repository([template], "web", Cause.CREATE_ON_PUSH).image_tag_mutability.value
    'MUTABLE'
    """
    template = template_for(templates, name, cause)
    if template is None:
        return NewRepository(name, cause, None)
    encryption = template.encryption_configuration
    return NewRepository(
        name,
        cause,
        template,
        template.image_tag_mutability or TagMutability.MUTABLE,
        tuple(each.filter for each in template.image_tag_mutability_exclusion_filters or ()),
        encryption.encryption_type if encryption else EncryptionType.AES256,
        (encryption.kms_key or None) if encryption else None,
        {each.key: each.value for each in template.resource_tags or ()},
        template.repository_policy or None,
        template.lifecycle_policy or None,
        template.custom_role_arn,
    )
