"""Which registry a host name stands for.

`ACCOUNT.dkr.ecr.REGION.amazonaws.com` ("Amazon ECR private registry"), the suffixes of the other
partitions and of dual-stack endpoints, and the same below any other domain, such as `localhost`.
Every other name or address that leads here is one of the service's own: the default registry.
"""

import re
from functools import lru_cache
from typing import Final

from ecrpolicy.reference import Reference
from ecrpolicy.regions import partition_of
from ecrpolicy.registry.oci_api.errors import Problem
from ecrpolicy.registry.place import Place

_HOST: Final = re.compile(r"(?:[A-Za-z0-9._-]{1,253}|\[[0-9A-Fa-f:.]{2,45}\])(?::[0-9]{1,5})?")
_MAX_KNOWN: Final = 1_024


def is_host(text: str) -> bool:
    """Whether the text is a host, with or without a port, that may stand in an answer.

    >>> is_host("localhost:5000"), is_host('x", evil="')
    (True, False)
    """
    return _HOST.fullmatch(text) is not None


@lru_cache(_MAX_KNOWN)
def place_of(host: str, default: Place) -> Place:
    """The registry of a host; raises Problem for a Region that does not exist.

    >>> home = Place("111122223333", "us-east-1")
    >>> place_of("444455556666.dkr.ecr.eu-west-1.localhost:5000", home)
    Place(account='444455556666', region='eu-west-1')
    >>> place_of("localhost:5000", home) == home
    True
    """
    named = Reference.read(f"{host.partition(':')[0]}/any")
    if named is None or named.account is None or named.region is None:
        return default
    if partition_of(named.region) is None:
        raise Problem(404, "NAME_UNKNOWN", f"there is no Region `{named.region}`")
    return Place(named.account, named.region)
