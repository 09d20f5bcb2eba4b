"""`ecrpolicy preview`: what a lifecycle policy would do with a repository."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Final

from ecrpolicy.cli.inputs import (
    ROWS,
    Inputs,
    Unusable,
    add_format,
    add_policy_and_images,
    guarded,
    images_named,
    read_inputs,
    source,
    terminal,
)
from ecrpolicy.lifecycle import Explanation, LifecyclePolicy, Preview, Rule
from ecrpolicy.lifecycle.differences import differences
from ecrpolicy.render import csv, json, markdown
from ecrpolicy.sources.policies import parse_text
from ecrpolicy.sources.service_preview import ServicePreview, read_service_preview

_UNMET: Final = 1


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_policy_and_images(parser)
    parser.add_argument(
        "--explain",
        metavar="IMAGE",
        action="append",
        default=[],
        help="explain an image too: a tag, a digest, or the beginning of one; may be repeated",
    )
    parser.add_argument(
        "--against",
        metavar="FILE",
        help="output of `aws ecr get-lifecycle-policy-preview`: show where it differs, and exit "
        "with 1 if it does",
    )
    add_format(parser, what="images")


@guarded
def run(arguments: Namespace) -> int:
    """Preview a policy, or hold the preview against the service's own."""
    if arguments.against and arguments.format not in ("text", "json"):
        raise Unusable("`--against` is written as text or json: choose one with `--format`")
    if arguments.explain and arguments.format == "csv":
        raise Unusable("`--explain` has no place in csv: choose another `--format`")
    if arguments.explain and arguments.format == "html":
        raise Unusable("`--explain` is not for html, which explains every image: leave it out")
    inputs = read_inputs(arguments)
    preview = inputs.preview()
    if arguments.against:
        return _against(preview, read_service_preview(source(arguments.against)), arguments)
    explanations = [
        preview.explain(image.digest)
        for reference in arguments.explain
        for image in images_named(inputs.repository, reference)
    ]
    _write(preview, explanations, inputs, arguments)
    return 0


def _write(
    preview: Preview, explanations: Sequence[Explanation], inputs: Inputs, arguments: Namespace
) -> None:
    match arguments.format:
        case "json":
            print(json.preview(preview, explanations, inputs.policy.text), end="")
        case "csv":
            print(csv.preview(preview), end="")
        case "markdown":
            limit = None if arguments.all else markdown.COMMENT
            print(markdown.preview(preview, explanations, limit=limit), end="")
        case "html":
            from ecrpolicy.render.report import previews

            print(previews.preview(preview), end="")
        case _:
            console, text = terminal()
            text.preview(preview, explanations, console, rows=None if arguments.all else ROWS)


def _against(preview: Preview, theirs: ServicePreview, arguments: Namespace) -> int:
    _require_same(preview, theirs, arguments.against)
    found = list(differences(preview, theirs.fates))
    if arguments.format == "json":
        print(json.differences(found), end="")
    else:
        console, text = terminal()
        text.differences(found, preview, console)
    return _UNMET if found else 0


def _require_same(preview: Preview, theirs: ServicePreview, file: str) -> None:
    """Previews of different things differ, and that would tell nothing."""
    name = preview.repository.name
    if theirs.repository not in (None, name):
        raise Unusable(f"`{file}` is a preview of `{theirs.repository}`, not of `{name}`")
    registries = {theirs.registry_id, preview.repository.registry_id} - {None}
    if len(registries) > 1:
        raise Unusable(f"`{file}` is a preview in the registry `{theirs.registry_id}`")
    if theirs.policy_text is not None:
        policy = parse_text(theirs.policy_text, f"{file}#lifecyclePolicyText").policy
        if _without_words(policy) != _without_words(preview.policy):
            raise Unusable(f"`{file}` is a preview of another policy: preview that one")


def _without_words(policy: LifecyclePolicy) -> list[Rule]:
    """The rules in their order, without what they are described as."""
    return [rule.model_copy(update={"description": None}) for rule in policy.by_priority]
