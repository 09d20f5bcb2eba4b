"""Replication configurations: where a push goes besides, under which rule, and what stops it.

>>> from ecrpolicy import replication
"""

from ecrpolicy.replication.coverage import Coverage, coverage
from ecrpolicy.replication.evaluate import Choice, NotChosen, Selection, evaluate, is_carried
from ecrpolicy.replication.model import (
    DeleteReplication,
    Destination,
    FilterType,
    ReplicationConfiguration,
    ReplicationRule,
    RepositoryFilter,
)
from ecrpolicy.replication.parse import parse
from ecrpolicy.replication.passage import Outcome, Passage
from ecrpolicy.replication.permission import Entrance, Permission, Verdict, permission
from ecrpolicy.replication.topology import (
    Edge,
    NotChained,
    Replica,
    Replication,
    Topology,
)

__all__ = [
    "Choice",
    "Coverage",
    "DeleteReplication",
    "Destination",
    "Edge",
    "Entrance",
    "FilterType",
    "NotChained",
    "NotChosen",
    "Outcome",
    "Passage",
    "Permission",
    "Replica",
    "Replication",
    "ReplicationConfiguration",
    "ReplicationRule",
    "RepositoryFilter",
    "Selection",
    "Topology",
    "Verdict",
    "coverage",
    "evaluate",
    "is_carried",
    "parse",
    "permission",
]
