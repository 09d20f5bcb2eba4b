"""Under which names clients reach a registry here.

Amazon ECR's are `ACCOUNT.dkr.ecr.REGION.amazonaws.com`. A service on one's own machine has the
names below `localhost` instead, which lead to the machine itself (RFC 6761, "The domain
localhost"); elsewhere it keeps the name that it was called by.
"""

import ipaddress
from functools import lru_cache
from typing import Final
from urllib.parse import urlsplit

from ecrpolicy.registry.place import Place

_API: Final = "api.ecr."
_MANY: Final = 256


@lru_cache(_MANY)
def registry_host(endpoint: str, place: Place) -> str:
    """The host, and the port, of the registry API for a registry.

    >>> registry_host("http://127.0.0.1:5000", Place("111122223333", "us-east-1"))
    '111122223333.dkr.ecr.us-east-1.localhost:5000'
    >>> registry_host("https://api.ecr.us-east-1.example.com", Place("111122223333", "us-east-1"))
    '111122223333.dkr.ecr.us-east-1.example.com'
    """
    parts = urlsplit(endpoint)
    name = parts.hostname or "localhost"
    _, colon, port = parts.netloc.rpartition("]")[2].partition(":")
    if _is_loopback(name):
        name = "localhost"
    elif _is_address(name):
        return parts.netloc
    name = name.removeprefix(f"{_API}{place.region}.")
    return f"{place.account}.dkr.ecr.{place.region}.{name}{colon}{port}"


def _is_loopback(name: str) -> bool:
    if name == "localhost" or name.endswith(".localhost"):
        return True
    return _is_address(name) and ipaddress.ip_address(name).is_loopback


def _is_address(name: str) -> bool:
    try:
        ipaddress.ip_address(name)
    except ValueError:
        return False
    return True
