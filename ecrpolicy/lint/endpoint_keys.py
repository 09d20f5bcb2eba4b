"""The condition keys about VPC endpoints that only some services have, as data.

IAM User Guide, "AWS global condition context keys", "Properties of the network".
"""

import json
from functools import cache
from importlib.resources import files
from typing import NamedTuple


class EndpointKey(NamedTuple):
    """A key, and the services whose requests have it; of these, some actions do not."""

    name: str
    services: frozenset[str]
    without: frozenset[str]

    def lacks(self, action: str) -> bool:
        """Whether requests for an action, in lower case, do not have the key."""
        return action.partition(":")[0] not in self.services or action in self.without


@cache
def endpoint_keys() -> dict[str, EndpointKey]:
    """The keys, by their names in lower case.

    >>> key = endpoint_keys()["aws:vpceorgid"]
    >>> key.lacks("ecr:putimage"), key.lacks("ec2:runinstances"), key.lacks("iam:passrole")
    (False, True, True)
    """
    held = json.loads((files("ecrpolicy.lint") / "data" / "endpoint_keys.json").read_text("utf-8"))
    without = frozenset(action.lower() for action in held["not_actions"])
    return {
        name.lower(): EndpointKey(
            name,
            frozenset((*services, *held["common"])),
            without,
        )
        for name, services in held["keys"].items()
    }
