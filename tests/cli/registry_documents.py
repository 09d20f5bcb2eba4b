"""Registries as their documents tell of them, for tests of the command line."""

import json
from pathlib import Path
from typing import Any

FIXTURES = Path(__file__).parents[2] / "fixtures" / "registries"
WAREHOUSE = str(FIXTURES / "warehouse.json")
PARTNER = str(FIXTURES / "warehouse-partner.json")
STOREFRONT = str(FIXTURES / "storefront.json")
OTHERS = ("--other", PARTNER, "--other", STOREFRONT)

ACCOUNT = "111122223333"
REGION = "eu-central-1"

Members = dict[str, Any]


def repository(name: str, **members: Any) -> Members:
    """A repository of which all is told: mutable, without images and policies."""
    return {
        "repositoryName": name,
        "imageTagMutability": "MUTABLE",
        "imageScanningConfiguration": {"scanOnPush": False},
        "lifecyclePolicyText": None,
        "imageDetails": [],
        **members,
    }


def registry(*repositories: Members, **members: Any) -> str:
    """A registry of which all is told: no settings, unless they are given; a member a line."""
    plain: Members = {
        "registryId": ACCOUNT,
        "region": REGION,
        "scanningConfiguration": {"scanType": "BASIC", "rules": []},
        "replicationConfiguration": {"rules": []},
        "pullThroughCacheRules": [],
        "repositoryCreationTemplates": [],
        "repositories": list(repositories),
        **members,
    }
    return json.dumps({name: value for name, value in plain.items() if value is not ...}, indent=1)


def replicating(*rules: Members) -> Members:
    """A replication configuration."""
    return {"replicationConfiguration": {"rules": list(rules)}}


def rule(*destinations: str, **members: Any) -> Members:
    """A replication rule to some destinations, each an account and a Region."""
    places = [
        dict(zip(("registryId", "region"), each.split(), strict=True)) for each in destinations
    ]
    return {"destinations": places, **members}


def prefixes(*texts: str) -> Members:
    """The filters of a replication rule."""
    return {"repositoryFilters": [{"filter": text, "filterType": "PREFIX_MATCH"} for text in texts]}


def scanned(scan_type: str, **filters: list[str]) -> Members:
    """A scanning configuration: the filters of each frequency."""
    return {
        "scanType": scan_type,
        "rules": [
            {
                "scanFrequency": frequency,
                "repositoryFilters": [
                    {"filter": text, "filterType": "WILDCARD"} for text in several
                ],
            }
            for frequency, several in filters.items()
        ],
    }


def image(digit: str, *tags: str) -> Members:
    """An image of some tags."""
    return {
        "imageDigest": "sha256:" + digit * 64,
        "imageTags": list(tags),
        "imagePushedAt": "2026-01-01T00:00:00+00:00",
    }
