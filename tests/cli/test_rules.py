"""`ecrpolicy rules` and `ecrpolicy rule`."""

from ecrpolicy import lint
from ecrpolicy.render.rule_page import page
from tests.cli.running import Run


def test_all_rules_are_listed(run: Run) -> None:
    ended = run("rules")
    assert (ended.code, ended.err) == (0, "")
    assert ended.lines[0] == "syntax"
    listed = {line.split()[0] for line in ended.lines if line.startswith("  ")}
    assert listed == {name for family in lint.FAMILIES for name in lint.names(family)}


def test_the_list_as_json(run: Run) -> None:
    found = {each["name"]: each for each in run("rules", "--format", "json").json}
    assert found["missing-effect"] == {
        "name": "missing-effect",
        "family": "iam",
        "severity": "error",
        "kinds": [kind.value for kind in lint.find("missing-effect").kinds],
        "summary": lint.find("missing-effect").summary,
    }


def test_a_page(run: Run) -> None:
    ended = run("rule", "missing-effect")
    assert (ended.code, ended.out) == (0, page(lint.find("missing-effect")))


def test_a_rule_that_there_is_not(run: Run) -> None:
    ended = run("rule", "MISSING_EFECT")
    assert (ended.code, ended.out) == (2, "")
    assert ended.err == (
        "ecrpolicy: no rule is called `MISSING_EFECT`: do you mean `missing-effect`?\n"
    )
