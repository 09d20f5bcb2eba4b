"""`ecrpolicy snapshot`: what the service tells of a repository, or of a registry, in a file."""

import sys
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from pathlib import Path

from ecrpolicy.cli.ending import Unusable, guarded, missing_extra
from ecrpolicy.cli.inputs import add_service, fetched, progress
from ecrpolicy.snapshot import Registry
from ecrpolicy.sources.files import Source, read_repository
from ecrpolicy.sources.registries import read_registry
from ecrpolicy.wording import count, repositories


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    live = parser.add_argument_group("what is read, live (needs the extra `aws`)")
    what = live.add_mutually_exclusive_group(required=True)
    what.add_argument("--repository", metavar="NAME", help="a repository with its images")
    what.add_argument(
        "--registry", action="store_true", help="the settings of a registry, all repositories"
    )
    live.add_argument(
        "--with-images", action="store_true", help="with --registry: list the images too"
    )
    add_service(live)
    parser.add_argument("--output", metavar="FILE", help="default: standard output")


@guarded
def run(arguments: Namespace) -> int:
    """Fetch, and write it down after reading it as what reads it later will."""
    if arguments.with_images and not arguments.registry:
        raise Unusable("`--with-images` is about `--registry`: a repository always has its images")
    if arguments.registry:
        content = _fetched_registry(arguments)
        _write(content, _registry(read_registry(Source(content, "the registry"))), arguments)
        return 0
    content = fetched(arguments)
    repository = read_repository(Source(content, arguments.repository))
    _write(content, f"{count(len(repository.images), 'image')} of {repository.name}", arguments)
    return 0


def _fetched_registry(arguments: Namespace) -> bytes:
    """The registry that the arguments name, read live."""
    try:
        from ecrpolicy.sources.aws_registry import WhereRegistry, fetch_registry
    except ModuleNotFoundError as error:
        raise Unusable(missing_extra("reading live", "aws", error)) from None
    where = WhereRegistry(
        region=arguments.region,
        profile=arguments.profile,
        registry_id=arguments.registry_id,
        endpoint_url=arguments.endpoint_url,
    )
    with progress("reading the registry", "repositories") as read:
        return fetch_registry(
            where, taken_at=datetime.now(UTC), with_images=arguments.with_images, progress=read
        )


def _registry(registry: Registry) -> str:
    """How much there is, and how much the service refused to tell."""
    refused = len(registry.refused) + sum(len(each.refused) for each in registry.repositories)
    told = f"{repositories(len(registry.repositories))} of {registry.account} {registry.region}"
    return told + (f", {count(refused, 'detail')} refused," if refused else "")


def _write(content: bytes, told: str, arguments: Namespace) -> None:
    """Write a document, and say on standard error what is in it, where that goes to a file."""
    if arguments.output is None:
        sys.stdout.write(content.decode() + "\n")
        return
    try:
        Path(arguments.output).write_bytes(content + b"\n")
    except OSError as error:
        raise Unusable(f"`{arguments.output}` cannot be written: {error.strerror}") from None
    print(f"{told} written to {arguments.output}", file=sys.stderr)
