"""`ecrpolicy schema`."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.schema import json_schema
from ecrpolicy.render.json import text


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    parser.add_argument("kind", choices=tuple(map(str, Kind)), help="the kind of documents")


def run(arguments: Namespace) -> int:
    """Print the schema."""
    print(text(json_schema(Kind(arguments.kind))), end="")
    return 0
