"""`ecrpolicy schema`."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.lint.kind import Kind
from ecrpolicy.lint.schema import json_schema
from ecrpolicy.render.json import text


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    kinds = ", ".join(Kind)
    parser.add_argument(
        "kind", metavar="KIND", choices=tuple(map(str, Kind)), help=f"one of {kinds}"
    )


def run(arguments: Namespace) -> int:
    """Print the schema."""
    print(text(json_schema(Kind(arguments.kind))), end="")
    return 0
