"""From the JSON of cache rules and templates to their models, or to all that is wrong with them."""

from collections.abc import Mapping, Sequence
from functools import partial
from typing import Any

from ecrpolicy.caching import rule_problems, template_problems
from ecrpolicy.caching.model import CacheRule, CacheRules, Template, Templates
from ecrpolicy.document.shape import parsed

Source = str | bytes | Mapping[str, Any] | Sequence[Mapping[str, Any]]
"""JSON text, the document that the AWS CLI prints, or the list in it."""


def parse_rules(
    source: Source,
    *,
    file: str | None = None,
    account: str | None = None,
    region: str | None = None,
) -> tuple[CacheRule, ...]:
    """Read the cache rules of a registry, as `describe-pull-through-cache-rules` prints them.

    `account` and `region` are the registry's: its secrets must be there. Raises InvalidPolicy
    with every complaint, each with its place and what the service answers.

    >>> rule = {"ecrRepositoryPrefix": "quay", "upstreamRegistryUrl": "quay.io"}
    >>> parse_rules([rule])[0].ecr_repository_prefix
    'quay'
    """
    check = partial(rule_problems.problems, account=account, region=region)
    document = _document(source, "pullThroughCacheRules")
    return parsed(CacheRules, document, check, file=file).pull_through_cache_rules


def parse_templates(source: Source, *, file: str | None = None) -> tuple[Template, ...]:
    """Read repository creation templates, as `describe-repository-creation-templates` prints them.

    Raises InvalidPolicy with every complaint, those about the policies in them too.

    >>> parse_templates([{"prefix": "ROOT", "appliedFor": ["REPLICATION"]}])[0].prefix
    'ROOT'
    """
    document = _document(source, "repositoryCreationTemplates")
    read = parsed(Templates, document, template_problems.problems, file=file)
    return read.repository_creation_templates


def _document(source: Source, member: str) -> str | bytes | Mapping[str, Any]:
    """A list as the document that it stands in."""
    if isinstance(source, str | bytes | Mapping):
        return source
    return {member: list(source)}
