"""What is said of costs, in every format for people."""

from collections.abc import Iterator

from ecrpolicy.lifecycle.costs import Costs
from ecrpolicy.wording import size


def costs(found: Costs) -> Iterator[str]:
    """What storage costs a month, and what was counted."""
    yield f"storage a month, at {found.price_per_gb_month} for a GB:"
    for amount in found.amounts:
        yield f"  {amount.per_month:,.2f} {amount.when}, for {size(amount.bytes)}"
    shared = (
        "once"
        if found.layers_once
        else "with each of them, for the manifests of some images are not given"
    )
    yield f"  layers that images share are counted {shared}; the archive is not priced"
