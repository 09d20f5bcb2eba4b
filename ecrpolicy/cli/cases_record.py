"""`ecrpolicy cases record`: a case that pins what comes out today."""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path
from typing import Any

from ecrpolicy import document
from ecrpolicy.cli.ending import STANDARD_INPUT, Unusable, guarded
from ecrpolicy.cli.inputs import add_policy_and_images, read_inputs, source
from ecrpolicy.render import json
from ecrpolicy.sources.files import Source
from ecrpolicy.sources.iam_cases import read_case
from ecrpolicy.testing.cases import read_cases, record
from ecrpolicy.wording import count


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_policy_and_images(parser)
    parser.add_argument(
        "--request",
        metavar="FILE",
        help="a request with its policies, as of `ecrpolicy authorize`, in place of a lifecycle "
        "policy and images",
    )
    parser.add_argument("--name", help="what reports call the case; default: the name of its file")
    parser.add_argument(
        "--output",
        metavar="FILE",
        help="such as `web.ecrpolicy.json`, which pytest collects; default: standard output",
    )
    parser.add_argument(
        "--force", action="store_true", help="write over a file that is there already"
    )


@guarded
def run(arguments: Namespace) -> int:
    """Make the case, and write it down after checking it as what reads it later will."""
    if not _folder(arguments.output).is_dir():
        raise Unusable(f"`{arguments.output}` cannot be written: its folder is not there")
    made = _of_request(arguments) if arguments.request else _of_preview(arguments)
    named = {} if arguments.name is None else {"name": arguments.name}
    content = json.text({**named, **made})
    output = arguments.output or STANDARD_INPUT
    for case in read_cases(Source(content.encode(), None if output == "-" else output)):
        if (mismatch := case.check()) is not None:
            raise Unusable(f"the case does not come out as recorded: {mismatch}")
    _write(content, arguments)
    return 0


def _of_preview(arguments: Namespace) -> dict[str, Any]:
    inputs = read_inputs(arguments)
    if arguments.policy in (None, STANDARD_INPUT):
        policy = document.read(inputs.policy.text).value
    else:
        policy = record.path_from(_folder(arguments.output), Path(arguments.policy))
    return record.of_preview(inputs.preview(), policy)


def _of_request(arguments: Namespace) -> dict[str, Any]:
    others = (
        arguments.policy,
        arguments.repository,
        arguments.now,
        *arguments.images,
        *arguments.manifests,
    )
    if any(each is not None for each in others):
        raise Unusable("`--request` is about access: leave policy, images and time out")
    given = source(arguments.request)
    made = record.of_request(read_case(given), document.read(given.content).value)
    policies = {
        name: record.rebased(each, _folder(arguments.request), _folder(arguments.output))
        for name, each in made.get("policies", {}).items()
    }
    return {**made, "policies": policies}


def _folder(file: str | None) -> Path:
    return Path() if file in (None, STANDARD_INPUT) else Path(str(file)).parent


def _write(content: str, arguments: Namespace) -> None:
    if arguments.output is None:
        sys.stdout.write(content)
        return
    try:
        with Path(arguments.output).open("w" if arguments.force else "x", encoding="utf-8") as file:
            file.write(content)
    except FileExistsError:
        advice = "choose another `--output`, or write over it with `--force`"
        raise Unusable(f"`{arguments.output}` is there already: {advice}") from None
    except OSError as error:
        raise Unusable(f"`{arguments.output}` cannot be written: {error.strerror}") from None
    print(f"{count(1, 'case')} written to {arguments.output}", file=sys.stderr)
