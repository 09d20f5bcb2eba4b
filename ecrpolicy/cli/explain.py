"""`ecrpolicy explain`: why images go or stay."""

from argparse import ArgumentParser, Namespace

from ecrpolicy.cli.ending import guarded
from ecrpolicy.cli.inputs import add_policy_and_images, images_named, read_inputs, terminal
from ecrpolicy.render import json


def configure(parser: ArgumentParser) -> None:
    """Add the arguments."""
    add_policy_and_images(parser, optional_policy=False)
    parser.add_argument(
        "references",
        metavar="IMAGE",
        nargs="+",
        help="a tag, a digest, or the beginning of one; or a pattern of tags, such as `prod-*`, "
        "for a summary of the images that meet it",
    )
    parser.add_argument("--format", choices=("text", "json"), default="text", help="default: text")


@guarded
def run(arguments: Namespace) -> int:
    """Explain one image, several, or a group."""
    inputs = read_inputs(arguments)
    preview = inputs.preview()
    single, groups = [], []
    for reference in arguments.references:
        images = images_named(inputs.repository, reference)
        if "*" in reference:
            groups.append((reference, preview.summarise(images)))
        else:
            single += [preview.explain(image.digest) for image in images]
    if arguments.format == "json":
        answer = {
            "explanations": [explanation.to_json() for explanation in single],
            "groups": [{"tags": name, **summary.to_json()} for name, summary in groups],
        }
        print(json.text(answer), end="")
        return 0
    console, text = terminal()
    for index, explanation in enumerate(single):
        if index:
            console.print()
        text.explained(explanation, console)
    for name, summary in groups:
        text.group(name, summary, console)
    return 0
