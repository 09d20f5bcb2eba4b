"""Cases in YAML. Needs PyYAML, of the extra `testing`."""

from collections.abc import Iterator
from dataclasses import replace

from ecrpolicy import document
from ecrpolicy.finding import Finding, Location, Severity
from ecrpolicy.lint.found import SourceText
from ecrpolicy.lint.nodes import Node
from ecrpolicy.testing.cases.case import InvalidCase
from ecrpolicy.testing.cases.place import Origin


def read_yaml(text: str, file: str) -> Origin:
    """The document of a YAML text; raises InvalidCase."""
    source = SourceText(file, text)

    def refusal(message: str, at: int, advice: str | None = None) -> InvalidCase:
        place = Location(file, *source.line_and_column(at))
        return InvalidCase([Finding("invalid-case", Severity.ERROR, message, place, advice)])

    try:
        from ecrpolicy.sources.yaml_nodes import NotYaml, yaml_nodes
    except ModuleNotFoundError as error:
        advice = "install it with `pip install 'ecrpolicy[testing]'`, or write JSON"
        raise refusal(f"YAML needs `{error.name}`", 0, advice) from None
    try:
        nodes = list(yaml_nodes(source))
    except NotYaml as error:
        raise refusal(error.message, error.at) from None
    if len(nodes) != 1:
        raise refusal(f"expected one document, found {len(nodes)}", 0, "give one, with `cases`")
    for each in _all(nodes[0]):
        for name, span in each.repeated:
            message = f"the member `{name}` stands twice in one object"
            raise refusal(message, span.start, "delete one of the two")
        if each.is_unknown:
            message = "tags and merge keys mean nothing in a case"
            raise refusal(message, each.span.start, "write what is meant")
    held = replace(document.read(nodes[0].value), file=file)
    return Origin(held, node=nodes[0], source=source)


def _all(node: Node) -> Iterator[Node]:
    """A node and all within it."""
    yield node
    for member in (node.members or {}).values():
        yield from _all(member.node)
    for element in node.elements or ():
        yield from _all(element)
