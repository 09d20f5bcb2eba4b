"""JSON texts as values that know their places."""

from ecrpolicy.document.location import pointer
from ecrpolicy.document.reader import Document, decode, read

__all__ = ["Document", "decode", "pointer", "read"]
