"""How many of a registry's repositories an edge of a topology is about, and how many get there."""

from collections import Counter
from dataclasses import dataclass

from ecrpolicy.replication.passage import Outcome
from ecrpolicy.replication.topology import Edge, Topology


@dataclass(frozen=True, slots=True)
class Coverage:
    """The repositories that an edge is about, by what becomes of their images.

    `unknown` are those of which it is not known whether the destination permits them.
    """

    permitted: int
    denied: int
    unknown: int

    @property
    def repositories(self) -> int:
        """All that the edge is about."""
        return self.permitted + self.denied + self.unknown


def coverage(topology: Topology, edge: Edge) -> Coverage:
    """The repositories of an edge's source that its rule chooses, and whether they may arrive.

    >>> from ecrpolicy.snapshot import Registry, Repository
    >>> rule = {"destinations": [{"region": "eu-west-1", "registryId": "444455556666"}]}
    >>> home = Registry("111122223333", "us-east-1", repositories=(Repository("web"),),
    ...     replication_configuration={"rules": [rule]})
    >>> topology = Topology((home, Registry("444455556666", "eu-west-1", policy="")))
    >>> coverage(topology, topology.edges[0])
    Coverage(permitted=0, denied=1, unknown=0)
    """
    names = topology.chosen(edge.source, edge.rule)
    passage = topology.passage(edge.source, edge.destination)
    if passage is None:
        return Coverage(permitted=0, denied=0, unknown=len(names))
    found = Counter(map(passage.outcome, names))
    return Coverage(found[Outcome.REPLICATED], found[Outcome.DENIED], found[Outcome.UNKNOWN])
