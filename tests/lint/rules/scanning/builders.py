"""Short ways to write down scanning configurations."""

from typing import Any


def configuration(*rules: Any, scan_type: Any = "ENHANCED") -> dict[str, Any]:
    """A configuration of some rules, of enhanced scanning unless it says otherwise."""
    return {"scanType": scan_type, "rules": list(rules)}


def scans(*filters: Any, frequency: Any = "SCAN_ON_PUSH") -> dict[str, Any]:
    """A rule of some filters."""
    several = [{"filter": each, "filterType": "WILDCARD"} for each in filters]
    return {"scanFrequency": frequency, "repositoryFilters": several}
