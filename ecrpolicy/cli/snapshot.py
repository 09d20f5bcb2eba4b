"""`ecrpolicy snapshot`: what the service tells of a repository, in a file."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.inputs import add_live, fetched
from ecrpolicy.sources.files import Source, read_repository
from ecrpolicy.wording import count


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_live(parser, only=True)
    parser.add_argument("--output", metavar="FILE", help="default: standard output")


@guarded
def run(arguments: Namespace) -> int:
    """Fetch a repository and write it down, after reading it as what reads it later will."""
    content = fetched(arguments)
    repository = read_repository(Source(content, arguments.repository))
    if arguments.output is None:
        sys.stdout.write(content.decode() + "\n")
        return 0
    try:
        Path(arguments.output).write_bytes(content + b"\n")
    except OSError as error:
        raise Unusable(f"`{arguments.output}` cannot be written: {error.strerror}") from None
    told = f"{count(len(repository.images), 'image')} of {repository.name}"
    print(f"{told} written to {arguments.output}", file=sys.stderr)
    return 0
