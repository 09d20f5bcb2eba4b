"""Why a repository is scanned as it is, in words."""

from ecrpolicy import scanning
from ecrpolicy.scanning.explain import wording
from ecrpolicy.snapshot import Repository
from tests.registry_builders import Json, basic, enhanced, scan


def explained(configuration: Json, name: str) -> scanning.Explanation:
    return scanning.evaluate(scanning.parse(configuration), Repository(name)).explain()


BOTH = enhanced(scan("SCAN_ON_PUSH", "*", "api"), scan("CONTINUOUS_SCAN", "prod", "prod*"))


def test_every_filter_is_told_with_what_it_says() -> None:
    assert explained(BOTH, "web/prod").text().splitlines() == [
        "scanning: CONTINUOUS_SCAN (ENHANCED)",
        "  a filter of the registry matches",
        "  rule 0 (SCAN_ON_PUSH), filter `*`: the name is covered and loses",
        "  rule 0 (SCAN_ON_PUSH), filter `api`: the name does not contain it",
        "  rule 1 (CONTINUOUS_SCAN), filter `prod`: the name contains it and wins",
        "  rule 1 (CONTINUOUS_SCAN), filter `prod*`: the name is not covered as a whole",
    ]


def test_the_text_is_what_is_printed() -> None:
    explanation = explained(BOTH, "web")
    assert str(explanation) == explanation.text()


def test_what_is_off_is_called_so() -> None:
    assert explained(enhanced(scan("SCAN_ON_PUSH", "prod")), "web").text().splitlines() == [
        "scanning: off (ENHANCED)",
        "  no filter of the registry matches",
        "  rule 0 (SCAN_ON_PUSH), filter `prod`: the name does not contain it",
    ]
    off = scanning.evaluate(scanning.parse(enhanced(scan("SCAN_ON_PUSH"))), Repository("web"))
    assert wording(off) == "off (ENHANCED)"


def test_without_rules_there_are_no_filters_to_tell() -> None:
    assert explained(basic(), "web").text().splitlines() == [
        "scanning: MANUAL (BASIC)",
        "  the registry has no rules, and the repository's own setting is not known",
    ]


def test_an_explanation_is_json_too() -> None:
    assert explained(BOTH, "prod").to_json() == {
        "scanType": "ENHANCED",
        "scanFrequency": "CONTINUOUS_SCAN",
        "because": "a filter of the registry matches",
        "rule": 1,
        "appliedScanFilters": ["prod", "prod*"],
        "lostScanFilters": ["*"],
        "filters": [
            {
                "rule": 0,
                "scanFrequency": "SCAN_ON_PUSH",
                "filter": "*",
                "matches": True,
                "because": "the name is covered",
            },
            {
                "rule": 0,
                "scanFrequency": "SCAN_ON_PUSH",
                "filter": "api",
                "matches": False,
                "because": "the name does not contain it",
            },
            {
                "rule": 1,
                "scanFrequency": "CONTINUOUS_SCAN",
                "filter": "prod",
                "matches": True,
                "because": "the name contains it",
            },
            {
                "rule": 1,
                "scanFrequency": "CONTINUOUS_SCAN",
                "filter": "prod*",
                "matches": True,
                "because": "the name is covered",
            },
        ],
    }
    off = explained(enhanced(scan("SCAN_ON_PUSH")), "web").to_json()
    assert (off["scanFrequency"], off["rule"]) == (None, None)
