"""Which registries replicate into which, as Mermaid and as DOT."""

import json
import re
from typing import Any

import pytest

from ecrpolicy.render import graph
from ecrpolicy.replication import Destination, Edge, Topology
from ecrpolicy.snapshot import Registry, Repository
from tests.render import hostile
from tests.render.registries import HOME, OTHER, replicating, rule

# A label of Mermaid: plain characters, line breaks, and entities by their numbers.
_LABEL = r"(?:[A-Za-z0-9 .,:/_()-]|<br/>|#\d+;)*"
_MERMAID = re.compile(
    rf'flowchart LR|  r\d+\["{_LABEL}"\]|  r\d+\(\["{_LABEL}"\]\):::named'
    rf'|  r\d+ (?:-->|==>)\|"{_LABEL}"\| r\d+|  classDef named stroke-dasharray: 5 5'
)

# A label of DOT: no quote and no backslash but those that are escaped.
_QUOTED = r'"(?:[^"\\]|\\["\\n])*"'
_DOT = re.compile(
    rf"digraph replication \{{|  rankdir=LR;|  node \[shape=box\];|\}}"
    rf"|  r\d+ \[label={_QUOTED}(?:, style=dashed)?\];"
    rf"|  r\d+ -> r\d+ \[label={_QUOTED}(?:, style=bold)?\];"
)


def home(*rules: dict[str, Any], names: tuple[str, ...] = ()) -> Registry:
    """A registry of some repositories that replicates."""
    return Registry(
        HOME,
        "us-east-1",
        repositories=tuple(map(Repository, names)),
        replication_configuration=replicating(*rules),
    )


def there(*resources: str) -> Registry:
    """Another account's registry, which permits some repositories."""
    statement = {
        "Sid": "all",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{HOME}:root"},
        "Action": ["ecr:ReplicateImage", "ecr:CreateRepository"],
        "Resource": [f"arn:aws:ecr:eu-west-1:{OTHER}:repository/{each}" for each in resources],
    }
    document = {"Version": "2012-10-17", "Statement": [statement]}
    return Registry(OTHER, "eu-west-1", policy=json.dumps(document) if resources else "")


def label(topology: Topology) -> str:
    """The label of the only edge, its lines joined."""
    [line] = [line for line in graph.mermaid(topology).splitlines() if "|" in line]
    return line.split('"')[1].replace("<br/>", "; ")


TO_OTHER = rule(f"{OTHER} eu-west-1")


def test_nothing_replicates() -> None:
    topology = Topology((home(),))
    assert graph.mermaid(topology) == f'flowchart LR\n  r0["{HOME}<br/>us-east-1"]\n'
    assert graph.dot(topology).splitlines()[3:] == [f'  r0 [label="{HOME}\\nus-east-1"];', "}"]


def test_what_a_destination_permits() -> None:
    names = ("prod/a", "prod/b", "dev/c")
    registry = home(TO_OTHER, names=names)
    assert label(Topology((registry,))) == "rule 0: all repositories"
    assert label(Topology((registry, Registry(OTHER, "eu-west-1")))) == "rule 0: all repositories"
    assert label(Topology((registry, there("prod/*")))) == (
        "rule 0: all repositories; 2 of 3 repositories permitted"
    )
    assert label(Topology((registry, there("*")))) == (
        "rule 0: all repositories; 3 of 3 repositories permitted"
    )
    assert label(Topology((registry, there()))) == (
        "rule 0: all repositories; denied: 3 repositories"
    )


def test_an_edge_is_about_the_repositories_of_its_rule() -> None:
    filtered = rule(f"{OTHER} eu-west-1", filters=("prod",))
    names = ("prod/a", "production", "dev/c")
    assert label(Topology((home(filtered, names=names), there("prod/*")))) == (
        "rule 0: prod; 1 of 2 repositories permitted"
    )
    assert label(Topology((home(filtered, names=("dev/c",)), there("prod/*")))) == "rule 0: prod"


def test_a_registry_of_the_own_account_permits_all() -> None:
    own = home(rule(f"{HOME} eu-west-1"), names=("a1", "b2"))
    topology = Topology((own, Registry(HOME, "eu-west-1", policy="")))
    assert label(topology) == "rule 0: all repositories; 2 of 2 repositories permitted"


def test_what_is_not_known_of_some_repositories_is_told() -> None:
    statement = {
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{HOME}:root"},
        "Action": "ecr:*",
        "Resource": f"arn:aws:ecr:eu-west-1:{OTHER}:repository/a*",
    }
    under = {
        **statement,
        "Resource": f"arn:aws:ecr:eu-west-1:{OTHER}:repository/b*",
        "Condition": {"StringEquals": {"aws:PrincipalOrgID": "o-1"}},
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement, under]})
    destination = Registry(OTHER, "eu-west-1", policy=policy, repositories=())
    topology = Topology((home(TO_OTHER, names=("a1", "b1", "b2", "c1")), destination))
    assert label(topology) == (
        "rule 0: all repositories; 1 of 4 repositories permitted, 2 not known"
    )
    unlisted = Topology(
        (
            Registry(
                HOME, "us-east-1", replication_configuration={"rules": [rule(f"{OTHER} eu-west-1")]}
            ),
            destination,
        )
    )
    assert label(unlisted) == "rule 0: all repositories"


def test_a_repository_that_is_missing_must_be_permitted_to_be_created() -> None:
    statement = {
        "Sid": "all",
        "Effect": "Allow",
        "Principal": {"AWS": f"arn:aws:iam::{HOME}:root"},
        "Action": "ecr:ReplicateImage",
        "Resource": f"arn:aws:ecr:eu-west-1:{OTHER}:repository/*",
    }
    policy = json.dumps({"Version": "2012-10-17", "Statement": [statement]})
    destination = Registry(OTHER, "eu-west-1", policy=policy, repositories=(Repository("a1"),))
    topology = Topology((home(TO_OTHER, names=("a1", "b2")), destination))
    assert label(topology) == "rule 0: all repositories; 1 of 2 repositories permitted"


def test_many_filters_are_cut() -> None:
    filters = tuple(f"team-{number}/" for number in range(6))
    topology = Topology((home(rule(f"{OTHER} eu-west-1", filters=filters)),))
    assert label(topology) == "rule 0: team-0/, team-1/, team-2/, team-3/ and 2 more"


def test_rules_that_carry_deletions_are_marked() -> None:
    topology = Topology((home(rule(f"{OTHER} eu-west-1", deletions=True), TO_OTHER),))
    drawn = graph.mermaid(topology).splitlines()
    assert drawn[3:5] == [
        '  r0 ==>|"rule 0: all repositories<br/>deletions too"| r1',
        '  r0 -->|"rule 1: all repositories"| r1',
    ]
    assert graph.dot(topology).splitlines()[5:7] == [
        '  r0 -> r1 [label="rule 0: all repositories\\ndeletions too", style=bold];',
        '  r0 -> r1 [label="rule 1: all repositories"];',
    ]


def test_circles_are_drawn() -> None:
    one = home(rule(f"{HOME} eu-west-1"))
    back = replicating(rule(f"{HOME} us-east-1"))
    two = Registry(HOME, "eu-west-1", replication_configuration=back)
    drawn = graph.mermaid(Topology((one, two))).splitlines()
    assert [line.replace('|"rule 0: all repositories"|', "") for line in drawn[3:]] == [
        "  r0 --> r1",
        "  r1 --> r0",
    ]


@pytest.mark.parametrize("text", [*hostile.HOSTILE, '"', "\\", '\\"', "#59;", "&quot;", "]", ")"])
def test_names_cannot_add_to_the_drawing(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    here = Destination(region=f"x{text}", registry_id=HOME)
    away = Destination(region="eu-west-1", registry_id=text)
    edges = (Edge(here, away, 0, (text, text), True, False, True),)
    configuration = replicating(rule(f"{OTHER} eu-west-1"))
    registry = Registry(HOME, here.region, replication_configuration=configuration)
    monkeypatch.setattr(Topology, "edges", edges)
    monkeypatch.setattr(Topology, "places", (here, away))
    topology = Topology((registry,))
    for line in graph.mermaid(topology).split("\n")[:-1]:
        assert _MERMAID.fullmatch(line), line
    for line in graph.dot(topology).split("\n")[:-1]:
        assert line.isprintable()
        assert _DOT.fullmatch(line), line


def test_entities_are_not_read_as_such() -> None:
    registry = Registry(HOME, "x&lt;")
    assert r'label="111122223333\nx&amp;lt;"' in graph.dot(Topology((registry,)))
    assert "x#38;lt#59;" in graph.mermaid(Topology((registry,)))
