"""`ecrpolicy registry graph`: which registries replicate into which."""

from pathlib import Path

from tests.cli.registry_documents import PARTNER, STOREFRONT, WAREHOUSE
from tests.cli.running import Run


def test_mermaid(run: Run) -> None:
    assert run("registry", "graph", WAREHOUSE, PARTNER, STOREFRONT) == (
        0,
        "flowchart LR\n"
        '  r0["777788889999<br/>eu-central-1"]\n'
        '  r1["444455556666<br/>eu-central-1"]\n'
        '  r2["111122223333<br/>eu-central-1"]\n'
        '  r3(["777788889999<br/>eu-west-1"]):::named\n'
        '  r4(["444455556666<br/>us-east-1"]):::named\n'
        '  r0 ==>|"rule 0: prod/<br/>deletions too"| r3\n'
        '  r0 -->|"rule 1: mirror/, prod/stock<br/>1 of 2 repositories permitted"| r1\n'
        '  r0 -->|"rule 1: mirror/, prod/stock<br/>1 of 2 repositories permitted"| r2\n'
        '  r1 -->|"rule 0: all repositories"| r4\n'
        "  classDef named stroke-dasharray: 5 5\n",
        "",
    )


def test_dot(run: Run) -> None:
    assert run("registry", "graph", WAREHOUSE, PARTNER, "--format", "dot") == (
        0,
        "digraph replication {\n"
        "  rankdir=LR;\n"
        "  node [shape=box];\n"
        '  r0 [label="777788889999\\neu-central-1"];\n'
        '  r1 [label="444455556666\\neu-central-1"];\n'
        '  r2 [label="777788889999\\neu-west-1", style=dashed];\n'
        '  r3 [label="111122223333\\neu-central-1", style=dashed];\n'
        '  r4 [label="444455556666\\nus-east-1", style=dashed];\n'
        '  r0 -> r2 [label="rule 0: prod/\\ndeletions too", style=bold];\n'
        '  r0 -> r1 [label="rule 1: mirror/, prod/stock\\n1 of 2 repositories permitted"];\n'
        '  r0 -> r3 [label="rule 1: mirror/, prod/stock"];\n'
        '  r1 -> r4 [label="rule 0: all repositories"];\n'
        "}\n",
        "",
    )


def test_standard_input(run: Run) -> None:
    text = Path(WAREHOUSE).read_text("utf-8")
    assert run("registry", "graph", "-", PARTNER, stdin=text) == run(
        "registry", "graph", WAREHOUSE, PARTNER
    )
