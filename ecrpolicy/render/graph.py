"""Which registries replicate into which, as a drawing: Mermaid, or DOT for Graphviz.

Each edge is a rule that leads to a destination. Names are escaped for the language that they
stand in: none of them can end a label or add to the drawing.
"""

from collections.abc import Callable, Iterator
from typing import Final

from ecrpolicy.replication import Coverage, Destination, Edge, Topology, coverage
from ecrpolicy.wording import printable, repositories

# A label of more filters than this is wider than the drawing.
_FILTERS: Final = 4

# What Mermaid shows as it stands; all else is written as an entity.
_PLAIN: Final = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789 .,:/_-()")


def mermaid(topology: Topology) -> str:
    """The drawing in Mermaid; thick arrows carry deletions too.

    >>> print(mermaid(Topology(())), end="")
    flowchart LR
    """
    return "".join(f"{line}\n" for line in _mermaid(topology))


def dot(topology: Topology) -> str:
    """The drawing in DOT; bold arrows carry deletions too."""
    return "".join(f"{line}\n" for line in _dot(topology))


def _mermaid(topology: Topology) -> Iterator[str]:
    yield "flowchart LR"
    nodes = {place: f"r{number}" for number, place in enumerate(topology.places)}
    for place, node in nodes.items():
        label = _lines(_node(place), _in_mermaid, "<br/>")
        is_given = topology.registry(place) is not None
        yield f'  {node}["{label}"]' if is_given else f'  {node}(["{label}"]):::named'
    for edge in topology.edges:
        arrow = "==>" if edge.carries_deletions else "-->"
        label = _lines(_edge(topology, edge), _in_mermaid, "<br/>")
        yield f'  {nodes[edge.source]} {arrow}|"{label}"| {nodes[edge.destination]}'
    if any(topology.registry(place) is None for place in nodes):
        yield "  classDef named stroke-dasharray: 5 5"


def _dot(topology: Topology) -> Iterator[str]:
    yield "digraph replication {"
    yield "  rankdir=LR;"
    yield "  node [shape=box];"
    nodes = {place: f"r{number}" for number, place in enumerate(topology.places)}
    for place, node in nodes.items():
        label = _lines(_node(place), _in_dot, r"\n")
        style = "" if topology.registry(place) is not None else ", style=dashed"
        yield f'  {node} [label="{label}"{style}];'
    for edge in topology.edges:
        label = _lines(_edge(topology, edge), _in_dot, r"\n")
        style = ", style=bold" if edge.carries_deletions else ""
        yield f'  {nodes[edge.source]} -> {nodes[edge.destination]} [label="{label}"{style}];'
    yield "}"


def _node(place: Destination) -> list[str]:
    return [place.registry_id, place.region]


def _edge(topology: Topology, edge: Edge) -> list[str]:
    """The rule and its filters; whether it carries deletions; what the destination permits."""
    lines = [f"rule {edge.rule}: {_filters(edge.filters)}"]
    if edge.carries_deletions:
        lines.append("deletions too")
    return [*lines, *_permitted(coverage(topology, edge))]


def _filters(filters: tuple[str, ...]) -> str:
    if not filters:
        return "all repositories"
    more = f" and {len(filters) - _FILTERS:,} more" if len(filters) > _FILTERS else ""
    return ", ".join(filters[:_FILTERS]) + more


def _permitted(found: Coverage) -> list[str]:
    """Nothing where nothing is known: of no repository, or of none that the edge is about."""
    if found.repositories == found.unknown:
        return []
    if found.denied == found.repositories:
        return [f"denied: {repositories(found.denied)}"]
    unknown = f", {found.unknown:,} not known" if found.unknown else ""
    return [f"{found.permitted:,} of {repositories(found.repositories)} permitted{unknown}"]


def _lines(lines: list[str], escape: Callable[[str], str], between: str) -> str:
    return between.join(escape(printable(line)) for line in lines)


def _in_mermaid(text: str) -> str:
    """Text in a quoted label of Mermaid."""
    return "".join(each if each in _PLAIN else f"#{ord(each)};" for each in text)


def _in_dot(text: str) -> str:
    """Text in a quoted label of DOT, where entities of HTML count as well."""
    return text.replace("\\", "\\\\").replace('"', '\\"').replace("&", "&amp;")
