"""The JSON Schema of each kind of documents."""

from importlib import import_module
from typing import Any, Final

from ecrpolicy.lint.kind import IAM, Kind

_MODELS: Final = {
    Kind.SCANNING: ("ecrpolicy.scanning.model", "ScanningConfiguration"),
    Kind.REPLICATION: ("ecrpolicy.replication.model", "ReplicationConfiguration"),
    Kind.CACHING: ("ecrpolicy.caching.model", "CacheRules"),
    Kind.TEMPLATES: ("ecrpolicy.caching.model", "Templates"),
}


def json_schema(kind: Kind) -> dict[str, Any]:
    """The schema of the documents of a kind.

    >>> json_schema(Kind.SCANNING)["title"]
    'Amazon ECR scanning configuration'
    """
    if kind in IAM:
        from ecrpolicy import iam
        from ecrpolicy.iam.schema import json_schema as of_iam

        return of_iam(iam.Kind(kind.value))
    if kind is Kind.LIFECYCLE:
        from ecrpolicy.lifecycle.schema import json_schema as of_lifecycle

        return of_lifecycle()
    from ecrpolicy.document.json_schema import schema_of

    module, model = _MODELS[kind]
    return schema_of(getattr(import_module(module), model))
