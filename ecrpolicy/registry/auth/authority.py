"""The identities of the service, and their access keys."""


class Authority:
    """Who there is."""
