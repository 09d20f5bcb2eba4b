"""`ecrpolicy preview`: what a lifecycle policy would do with a repository."""

from argparse import ArgumentParser, Namespace
from collections.abc import Sequence
from typing import Final

from ecrpolicy.cli.ending import Unusable, guarded
from ecrpolicy.cli.expected import Expected, add_expectations, read_expected, tell
from ecrpolicy.cli.inputs import (
    ROWS,
    Inputs,
    add_format,
    add_policy_and_images,
    add_price,
    images_named,
    read_inputs,
    source,
    terminal,
)
from ecrpolicy.lifecycle import Explanation, LifecyclePolicy, Preview, Rule
from ecrpolicy.lifecycle.costs import of_preview
from ecrpolicy.lifecycle.differences import Fate, differences
from ecrpolicy.render import csv, json, markdown
from ecrpolicy.render.in_use_words import Guard
from ecrpolicy.snapshot import Image
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
    add_expectations(parser)
    add_price(parser)
    add_format(parser, what="images")


@guarded
def run(arguments: Namespace) -> int:
    """Preview a policy, or hold the preview against the service's own."""
    if arguments.against and arguments.format not in ("text", "json"):
        raise Unusable("`--against` is written as text or json: choose one with `--format`")
    if arguments.explain and arguments.format == "csv":
        raise Unusable("`--explain` has no place in csv: choose another `--format`")
    if arguments.against and (arguments.in_use or arguments.fail_on):
        raise Unusable("`--against` is about two previews: leave out `--in-use` and `--fail-on`")
    if arguments.explain and arguments.format == "html":
        raise Unusable("`--explain` is not for html, which explains every image: leave it out")
    inputs = read_inputs(arguments)
    expected = read_expected(arguments)
    preview = inputs.preview()
    if arguments.against:
        return _against(preview, read_service_preview(source(arguments.against)), arguments)
    explanations = [
        preview.explain(image.digest)
        for reference in arguments.explain
        for image in images_named(inputs.repository, reference)
    ]
    guard = None if expected.is_none else _guard(expected, preview)
    _write(preview, explanations, guard, inputs, arguments)
    return _UNMET if guard and guard.unmet else 0


def _guard(expected: Expected, preview: Preview) -> Guard:
    def how(image: Image) -> str:
        result = preview.by_digest[image.digest]
        return str(Fate(result.action, result.rule_priority))

    return expected.guard(preview.repository, [each.image for each in preview.results], how)


def _write(
    preview: Preview,
    explanations: Sequence[Explanation],
    guard: Guard | None,
    inputs: Inputs,
    arguments: Namespace,
) -> None:
    price = arguments.price_per_gb_month
    costs = of_preview(preview, price) if price else None
    match arguments.format:
        case "json":
            print(json.preview(preview, explanations, inputs.policy.text, guard, costs), end="")
            tell(guard)
        case "csv":
            print(csv.preview(preview), end="")
            tell(guard)
        case "markdown":
            limit = None if arguments.all else markdown.COMMENT
            print(markdown.preview(preview, explanations, guard, costs, limit=limit), end="")
        case "html":
            from ecrpolicy.render.report import previews

            print(previews.preview(preview, guard, costs), end="")
            tell(guard)
        case _:
            console, text = terminal()
            rows = None if arguments.all else ROWS
            text.preview(preview, explanations, console, rows=rows)
            if costs:
                text.costs(costs, console)
            if guard:
                text.guard(guard, console, rows=rows)


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
