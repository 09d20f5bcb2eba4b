"""How often an operation may be called: token buckets."""


class Throttle:
    """Token buckets, one for each registry and operation."""
