"""What the commands read: files, standard input, or the service; and what they say of bad input."""

import os
import re
import sys
from argparse import ArgumentParser, ArgumentTypeError, Namespace
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from decimal import Decimal
from shutil import get_terminal_size
from types import ModuleType
from typing import TYPE_CHECKING, Any, Final

from ecrpolicy.cli.ending import (
    STANDARD_INPUT,
    STANDARD_INPUT_NAME,
    Unusable,
    content,
    missing_extra,
)
from ecrpolicy.lifecycle import Preview, RuleStorageClass, evaluate
from ecrpolicy.snapshot import Image, Repository, StorageClass, instant
from ecrpolicy.sources.files import Source, read_repository
from ecrpolicy.sources.policies import PolicyText, parse_text, read_policy
from ecrpolicy.wildcard import TagPattern
from ecrpolicy.wording import printable

if TYPE_CHECKING:
    from rich.console import Console

# A table of more rows than this is not read, and takes longer to draw than an answer to make.
ROWS: Final = 500

_HIGHEST_PRICE: Final = 1_000_000
_PRICE_LENGTH: Final = 20

_NUMBER: Final = re.compile(r"[0-9]+(?:\.[0-9]+)?|\.[0-9]+")
# Fewer digits are a year, or a date without dashes, as likely as seconds.
_EPOCH_DIGITS: Final = 9
# No terminal has a width of so many digits.
_SIZE_LENGTH: Final = 6


def add_policy_and_images(parser: ArgumentParser, *, optional_policy: bool = True) -> None:
    """Add the arguments that name a policy and a repository."""
    left_out = "; left out, the repository's own policy" if optional_policy else ""
    parser.add_argument(
        "policy",
        metavar="POLICY",
        nargs="?" if optional_policy else None,
        help="file of the policy, or of `get-lifecycle-policy` output; `-` is standard input"
        + left_out,
    )
    add_images(parser)


def add_images(parser: ArgumentParser) -> None:
    """Add the arguments that name a repository, and the time of the run."""
    files = parser.add_argument_group("the repository, from files")
    files.add_argument(
        "--images",
        metavar="FILE",
        action="append",
        default=[],
        help="output of `aws ecr describe-images`, or a file of `ecrpolicy snapshot`; "
        "`-` is standard input; may be repeated",
    )
    files.add_argument(
        "--manifests",
        metavar="FILE",
        action="append",
        default=[],
        help="output of `aws ecr batch-get-image`, for the children of indexes",
    )
    add_live(parser)
    add_time(
        parser,
        "--now",
        "when the policy runs, ISO 8601 with an offset or epoch seconds; default: when the "
        "snapshot was taken, else now",
    )


def add_time(parser: Any, option: str, what: str) -> None:
    """Add an argument that names a time."""
    parser.add_argument(option, metavar="TIME", type=_time, help=what)


def add_price(parser: ArgumentParser) -> None:
    """Add the argument that says what storage costs."""
    parser.add_argument(
        "--price-per-gb-month",
        metavar="N",
        type=_price,
        help="say what storage costs a month, at so much for a GB, in any currency",
    )


def _price(text: str) -> Decimal:
    is_short = is_number(text) and len(text) <= _PRICE_LENGTH
    price = Decimal(text) if is_short else Decimal(0)
    if not 0 < price <= _HIGHEST_PRICE:
        raise ArgumentTypeError(f"`{text}` is no price; give a number above 0, such as `0.10`")
    return price


def add_format(parser: ArgumentParser, *, what: str) -> None:
    """Add the arguments that say how an answer is written; `what` its longest tables list."""
    parser.add_argument(
        "--all", action="store_true", help=f"show all {what}, not the first {ROWS} of each table"
    )
    parser.add_argument(
        "--format",
        choices=("text", "json", "csv", "markdown", "html"),
        default="text",
        help="default: text; html is a page to look at, of one file",
    )


def add_live(parser: ArgumentParser) -> None:
    """Add the arguments that name a repository of the service."""
    live = parser.add_argument_group("the repository, live (needs the extra `aws`)")
    live.add_argument(
        "--repository", metavar="NAME", help="its name; beside --images, the name it must have"
    )
    add_service(live)


def add_service(live: Any) -> None:
    """Add the arguments that say where the service is, and as whom it is asked."""
    live.add_argument("--region", help="default: as the AWS CLI finds it")
    live.add_argument("--profile", help="default: as the AWS CLI finds it")
    live.add_argument("--registry-id", metavar="ACCOUNT", help="default: the caller's own account")
    live.add_argument("--endpoint-url", metavar="URL", help="another endpoint than the region's")


def _time(text: str) -> datetime:
    if is_number(text) and len(text.partition(".")[0]) < _EPOCH_DIGITS:
        raise ArgumentTypeError(
            f"`{text}` could be a date or seconds; write `2026-01-31T00:00:00Z`, or epoch seconds "
            f"of {_EPOCH_DIGITS} digits or more"
        )
    try:
        return instant(float(text) if is_number(text) else text)
    except ValueError as error:
        raise ArgumentTypeError(str(error)) from None


def is_number(text: str) -> bool:
    """Whether a text is a decimal number without a sign, such as `20` or `0.10`."""
    return _NUMBER.fullmatch(text) is not None


@dataclass(frozen=True, slots=True)
class Inputs:
    """What a command about a policy and a repository works on."""

    policy: PolicyText
    repository: Repository
    now: datetime

    def preview(self) -> Preview:
        """The policy evaluated on the repository."""
        return evaluate(self.policy.policy, self.repository, now=self.now)


def read_inputs(arguments: Namespace) -> Inputs:
    """Read what `add_policy_and_images` asks for.

    Raises EcrPolicyError and Unusable where something cannot be used.
    """
    require_one_standard_input(arguments, arguments.policy, getattr(arguments, "against", None))
    policy = None if arguments.policy is None else read_policy(source(arguments.policy))
    repository = repository_named(arguments)
    if policy is None:
        if repository.lifecycle_policy is None:
            raise Unusable("the repository has no policy of its own: name a file as POLICY")
        policy = parse_text(repository.lifecycle_policy, "lifecyclePolicyText")
    require_images(repository)
    warn_of_missing_archive(repository, policy)
    return Inputs(policy, repository, time_of_run(arguments, repository))


def require_one_standard_input(arguments: Namespace, *paths: str | None) -> None:
    """Raise Unusable where standard input would be read twice."""
    in_use = getattr(arguments, "in_use", ())
    if [*paths, *arguments.images, *arguments.manifests, *in_use].count(STANDARD_INPUT) > 1:
        raise Unusable("standard input can be read once: give the other as a file")


def require_images(repository: Repository) -> None:
    """Raise Unusable where a repository has no image."""
    if not repository.images:
        raise Unusable(
            f"`{repository.name}` has no image, so there is nothing to preview: "
            "check repository, Region and what was listed"
        )


def time_of_run(arguments: Namespace, repository: Repository | None) -> datetime:
    """The time that was asked for, or that of the snapshot, or the present."""
    taken_at = repository.taken_at if repository else None
    now: datetime = arguments.now or taken_at or datetime.now(UTC)
    return now


def warn_of_missing_archive(repository: Repository, *policies: PolicyText) -> None:
    """Amazon ECR API Reference, "DescribeImagesFilter": active images alone, unless asked."""
    looks_there = any(
        rule.selection.storage_class is RuleStorageClass.ARCHIVE
        for policy in policies
        for rule in policy.policy.rules
    )
    is_any_there = any(image.storage_class is StorageClass.ARCHIVE for image in repository.images)
    if looks_there and not is_any_there:
        print(
            "ecrpolicy: warning: the policy has rules for archived images and none is listed; "
            "if there are any, list them too, with `--filter imageStatus=ANY`",
            file=sys.stderr,
        )


def repository_named(arguments: Namespace) -> Repository:
    """The repository that the arguments name; raises Unusable where they name none."""
    manifests = [source(path) for path in arguments.manifests]
    if arguments.images:
        images = [source(path) for path in arguments.images]
        return read_repository(*images, *manifests, name=arguments.repository)
    if arguments.repository is None:
        raise Unusable(
            "name the repository: `--images FILE`, or `--repository NAME` to read it live"
        )
    return read_repository(Source(fetched(arguments), arguments.repository), *manifests)


def source(path: str) -> Source:
    """A file, or standard input for `-`; raises Unusable where there is none."""
    return Source(content(path), STANDARD_INPUT_NAME if path == STANDARD_INPUT else path)


def images_named(repository: Repository, reference: str) -> tuple[Image, ...]:
    """The images that a reference names; with `*`, those with a tag that meets the pattern.

    Raises Unusable where there is none.
    """
    if "*" in reference:
        matches = TagPattern.compile(reference).matches
        found = tuple(image for image in repository.images if any(map(matches, image.tags)))
    else:
        found = repository.find(reference)
    if not found:
        if "*" in reference:
            raise Unusable(f"no image has a tag that meets `{reference}`")
        raise Unusable(f"no image is called `{reference}`: give a tag, a digest or its beginning")
    return found


def terminal() -> tuple["Console", ModuleType]:
    """A console on standard output, and the module that writes previews to it."""
    console = rich_console()
    from ecrpolicy.render import text

    return console, text


def rich_console() -> "Console":
    """A console on standard output; raises Unusable where the extra is missing."""
    try:
        from rich.console import Console
    except ModuleNotFoundError as error:
        advice = missing_extra("text output", "cli", error)
        raise Unusable(f"{advice}, or choose another `--format`") from None

    class Terminal(Console):
        def on_broken_pipe(self) -> None:
            """Left to the command line as a whole, where a reader may have seen enough."""
            raise BrokenPipeError

    width, height = _size()
    return Terminal(width=width, height=height, highlight=False, emoji=False, markup=False)


def _size() -> tuple[int, int] | tuple[None, None]:
    """What rich is told of the terminal's size: nothing, unless `COLUMNS` or `LINES` is no size.

    It would take a width of 0 as it is, and fail over a digit such as `²`.
    """
    if all(_is_size(os.environ.get(name, "1")) for name in ("COLUMNS", "LINES")):
        return None, None
    columns, lines = get_terminal_size()
    return columns, lines


def _is_size(text: str) -> bool:
    return text.isascii() and text.isdigit() and 0 < len(text.lstrip("0")) < _SIZE_LENGTH


def width() -> int:
    """How wide text is written: as `COLUMNS` says, else as the terminal is, else 80."""
    return get_terminal_size().columns


def fetched(arguments: Namespace) -> bytes:
    """The repository that the arguments name, read live, as a document of `ecrpolicy snapshot`."""
    try:
        from ecrpolicy.sources.aws import Where, fetch
    except ModuleNotFoundError as error:
        raise Unusable(missing_extra("reading live", "aws", error)) from None
    where = Where(
        repository=arguments.repository,
        region=arguments.region,
        profile=arguments.profile,
        registry_id=arguments.registry_id,
        endpoint_url=arguments.endpoint_url,
    )
    with progress(f"listing {arguments.repository}") as listed:
        return fetch(where, taken_at=datetime.now(UTC), progress=listed)


@contextmanager
def progress(
    what: str, noun: str = "images", total: int | None = None
) -> Iterator[Callable[[int], None]]:
    """A bar on standard error that counts, images or others, where that is a terminal."""
    if not sys.stderr.isatty():
        yield lambda _: None
        return
    try:
        from rich.console import Console
        from rich.progress import Progress, SpinnerColumn, TextColumn, TimeElapsedColumn
    except ModuleNotFoundError:
        yield lambda _: None
        return
    columns = (
        SpinnerColumn(),
        TextColumn("{task.description}", markup=False),
        TextColumn("{task.completed:,} " + ("" if total is None else f"of {total:,} ") + noun),
        TimeElapsedColumn(),
    )
    width, height = _size()
    console = Console(stderr=True, width=width, height=height)
    with Progress(*columns, console=console, transient=True) as bar:
        task = bar.add_task(printable(what), total=total)
        yield lambda listed: bar.update(task, completed=listed)
