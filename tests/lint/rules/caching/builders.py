"""Short ways to write down cache rules and repository creation templates."""

from typing import Any

from ecrpolicy.lint import Kind
from ecrpolicy.snapshot import Registry

HOME: dict[str, Any] = {"registry": Registry("111122223333", "us-east-1")}
TEMPLATES: dict[str, Any] = {"kind": Kind.TEMPLATES}

SECRET = "arn:aws:secretsmanager:us-east-1:111122223333:secret:ecr-pullthroughcache/hub-1a2b"
KEY = "arn:aws:kms:us-east-1:111122223333:key/1234abcd-12ab-34cd-56ef-1234567890ab"


def rules(*several: Any) -> dict[str, Any]:
    """The cache rules of a registry."""
    return {"pullThroughCacheRules": list(several)}


def cache(prefix: Any = "quay", url: Any = "quay.io", **members: Any) -> dict[str, Any]:
    """A cache rule."""
    return {"ecrRepositoryPrefix": prefix, "upstreamRegistryUrl": url, **members}


def templates(*several: Any) -> dict[str, Any]:
    """The repository creation templates of a registry."""
    return {"repositoryCreationTemplates": list(several)}


def template(prefix: Any = "ROOT", **members: Any) -> dict[str, Any]:
    """A template, for replication unless it says otherwise."""
    return {"prefix": prefix, "appliedFor": ["REPLICATION"], **members}


def excludes(text: Any) -> dict[str, Any]:
    """An exclusion filter."""
    return {"filter": text, "filterType": "WILDCARD"}


def tag(key: Any, value: Any = "1") -> dict[str, Any]:
    """A resource tag."""
    return {"Key": key, "Value": value}
