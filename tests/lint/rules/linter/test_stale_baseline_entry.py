"""An entry of a baseline that nothing is found for: the tests of the baseline say when."""

from ecrpolicy import lint
from ecrpolicy.lint.baseline import Entry
from ecrpolicy.sources.baselines import parse_baseline

RULE = "stale-baseline-entry"


def test_its_examples_are_baselines() -> None:
    rule = lint.find(RULE)
    stale = parse_baseline(rule.trips).stale(lambda _: True)
    assert [(entry.file, entry.rule) for entry in stale] == [("gone.json", "missing-effect")]
    assert isinstance(stale[0], Entry)
    assert parse_baseline(rule.passes).stale(lambda _: True) == []
