"""`ecrpolicy registry push`: what a push would set off."""

import re
from argparse import ArgumentParser, ArgumentTypeError, Namespace

from ecrpolicy.cli.ending import guarded
from ecrpolicy.cli.registry_inputs import add_inputs, read_survey, write_outline
from ecrpolicy.cli.verdicts import UNMET
from ecrpolicy.render import push_json, push_outline
from ecrpolicy.render.json import text
from ecrpolicy.settings import Verdict, answer, push
from ecrpolicy.wording import printable

_DIGEST = re.compile(r"sha256:[0-9a-fA-F]{64}")


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_inputs(parser)
    parser.add_argument(
        "image", metavar="REPOSITORY:TAG", type=_image, help="what is pushed, such as `team/app:v1`"
    )
    parser.add_argument(
        "--digest", type=_digest, help="that of the image; default: one that no image has"
    )
    parser.add_argument(
        "--replicated", action="store_true", help="the image arrives by replication itself"
    )
    parser.add_argument(
        "--format", choices=("text", "json", "markdown"), default="text", help="default: text"
    )


def _image(text: str) -> tuple[str, str]:
    name, sign, tag = text.rpartition(":")
    if "@" in text:
        advice = "write `repository:tag`, and the digest with `--digest`"
        raise ArgumentTypeError(f"`{printable(text)}` has a digest; {advice}")
    if not (name and sign and tag) or "/" in tag:
        raise ArgumentTypeError(f"`{printable(text)}` has no tag; write `repository:tag`")
    return name, tag


def _digest(text: str) -> str:
    if not _DIGEST.fullmatch(text):
        advice = "a digest is `sha256:` and 64 hexadecimal digits"
        raise ArgumentTypeError(f"`{printable(text)}` is no digest; {advice}")
    return text


@guarded
def run(arguments: Namespace) -> int:
    """Say whether the push is taken, and what follows; 0 where it is taken, as far as is known."""
    survey = read_survey(arguments)
    name, tag = arguments.image
    found = push(
        survey.settings,
        survey.topology,
        name,
        tag,
        digest=arguments.digest,
        is_replica=arguments.replicated,
    )
    answered = answer(found, survey.settings)
    if arguments.format == "json":
        print(text(push_json.pushed(found, answered, survey)), end="")
    else:
        write_outline(arguments, push_outline.pushed(found, answered, survey))
    return 0 if answered.verdict is Verdict.ALLOWED else UNMET
