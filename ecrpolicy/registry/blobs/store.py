"""Content by digest."""


class BlobStore:
    """Blobs."""
