"""How repositories are scanned under a configuration."""

from typing import Any

import pytest

from ecrpolicy import scanning
from ecrpolicy.scanning import EffectiveScanning, ScanFrequency, ScanType, Source
from ecrpolicy.snapshot import Repository
from tests.registry_builders import Json, basic, enhanced, scan

CONTINUOUS, ON_PUSH, MANUAL = "CONTINUOUS_SCAN", "SCAN_ON_PUSH", "MANUAL"


def found(configuration: Json, name: str = "web", **members: Any) -> EffectiveScanning:
    return scanning.evaluate(scanning.parse(configuration), Repository(name, **members))


def test_enhanced_scanning_without_rules_scans_all_continuously() -> None:
    everything = found({"scanType": "ENHANCED"}, "any/name")
    assert everything.frequency is ScanFrequency.CONTINUOUS_SCAN
    assert everything.scan_type is ScanType.ENHANCED
    assert everything.source is Source.NO_RULES
    assert (everything.rule, everything.filter, everything.applied) == (None, None, ())


@pytest.mark.parametrize(
    ("own", "frequency", "source"),
    [
        (True, ScanFrequency.SCAN_ON_PUSH, Source.OWN_SETTING),
        (False, ScanFrequency.MANUAL, Source.OWN_SETTING),
        (None, ScanFrequency.MANUAL, Source.UNKNOWN_SETTING),
    ],
)
def test_basic_scanning_without_rules_leaves_it_to_the_repository(
    own: bool | None, frequency: ScanFrequency, source: Source
) -> None:
    for configuration in ({}, basic()):
        scanned = found(configuration, scan_on_push=own)
        assert (scanned.frequency, scanned.source) == (frequency, source)
        assert scanned.scan_type is ScanType.BASIC


def test_a_rule_of_basic_scanning_takes_the_place_of_the_own_setting() -> None:
    configuration = basic(scan(ON_PUSH, "prod"))
    assert found(configuration, "prod", scan_on_push=False).frequency is ScanFrequency.SCAN_ON_PUSH
    unmatched = found(configuration, "web", scan_on_push=True)
    assert (unmatched.frequency, unmatched.source) == (ScanFrequency.MANUAL, Source.NO_MATCH)


def test_what_no_filter_of_enhanced_scanning_matches_is_off() -> None:
    scanned = found(enhanced(scan(CONTINUOUS, "prod")), "web")
    assert (scanned.frequency, scanned.source) == (None, Source.NO_MATCH)


@pytest.mark.parametrize("continuous_first", [True, False])
def test_continuous_scanning_beats_scan_on_push_wherever_it_stands(
    *, continuous_first: bool
) -> None:
    rules = [scan(CONTINUOUS, "zzz", "prod"), scan(ON_PUSH, "*", "web")]
    scanned = found(enhanced(*(rules if continuous_first else rules[::-1])), "web/prod")
    assert scanned.frequency is ScanFrequency.CONTINUOUS_SCAN
    assert scanned.rule == (0 if continuous_first else 1)
    assert scanned.filter == "prod"
    assert scanned.source is Source.RULE
    assert scanned.applied == ("prod",)
    loser = 1 if continuous_first else 0
    assert scanned.lost == ((loser, "*"), (loser, "web"))


def test_a_rule_for_manual_scans_loses_to_one_for_scan_on_push() -> None:
    scanned = found(basic(scan(MANUAL, "*"), scan(ON_PUSH, "*prod")), "web/prod")
    assert (scanned.frequency, scanned.rule) == (ScanFrequency.SCAN_ON_PUSH, 1)
    assert scanned.lost == ((0, "*"),)


def test_a_rule_for_manual_scans_is_told_where_it_decides() -> None:
    scanned = found(basic(scan(MANUAL, "web")), "web", scan_on_push=True)
    assert (scanned.frequency, scanned.source) == (ScanFrequency.MANUAL, Source.RULE)
    assert scanned.filter == "web"


def test_the_example_of_the_guide_scans_prod_continuously_and_the_others_on_push() -> None:
    configuration = enhanced(scan(CONTINUOUS, "prod"), scan(ON_PUSH, "*"))
    frequencies = {name: found(configuration, name).frequency for name in ("my-prod-app", "dev")}
    assert frequencies == {
        "my-prod-app": ScanFrequency.CONTINUOUS_SCAN,
        "dev": ScanFrequency.SCAN_ON_PUSH,
    }


def test_all_filters_that_match_are_told_and_the_first_is_named() -> None:
    scanned = found(enhanced(scan(ON_PUSH, "a", "b", "web*", "*w*b*", "we")), "web")
    assert scanned.filter == "b"
    assert scanned.applied == ("b", "web*", "*w*b*", "we")
    assert scanned.lost == ()


def test_a_rule_without_filters_matches_nothing() -> None:
    assert found(enhanced(scan(CONTINUOUS), scan(ON_PUSH, "*"))).rule == 1
    assert found(enhanced(scan(CONTINUOUS))).frequency is None


def test_many_repositories_are_taken_one_after_another() -> None:
    configuration = scanning.parse(enhanced(scan(ON_PUSH, "prod")))
    names = iter(["prod", "web", "prod/web"])
    evaluated = scanning.evaluate_all(configuration, (Repository(name) for name in names))
    assert next(evaluated).filter == "prod"
    assert next(names) == "web"
    assert [(each.repository, each.filter) for each in evaluated] == [("prod/web", "prod")]


def test_a_hundred_filters_of_each_rule_are_all_heard() -> None:
    of_rule = [f"team{number}/" + "long" * 20 + "/*" for number in range(100)]
    configuration = enhanced(scan(CONTINUOUS, *of_rule), scan(ON_PUSH, *of_rule))
    scanned = found(configuration, "team99/" + "long" * 20 + "/web")
    assert (scanned.rule, scanned.filter) == (0, of_rule[99])
    assert scanned.lost == ((1, of_rule[99]),)


def test_how_a_repository_is_scanned_is_a_value() -> None:
    configuration = enhanced(scan(ON_PUSH, "web"))
    assert found(configuration) == found(configuration)
    assert found(configuration) != found(enhanced(scan(ON_PUSH, "we")))
    assert "configuration" not in repr(found(configuration))
